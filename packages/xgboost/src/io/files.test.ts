import type { ndarray } from "@cognate/ndarray/core";
import * as np from "@cognate/numpy";
import { fixtureBytes, type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import { Booster } from "../python/booster.js";
import { DMatrix } from "../python/dmatrix.js";

interface Case {
  readonly name: string;
  readonly files: readonly string[];
  readonly X: ndarray;
  readonly options: Readonly<Record<string, unknown>>;
  readonly margin: ndarray;
  readonly rounds: number;
  readonly features: number;
  readonly names: readonly string[] | null;
  readonly types: readonly string[] | null;
  readonly attributes: Readonly<Record<string, string>>;
  readonly out: Readonly<Record<string, ndarray>>;
  readonly dump: Readonly<Record<string, readonly string[]>>;
  readonly scores: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly raw?: string;
  readonly config?: string;
}

const array = (a: GoldenArray): unknown => np.array(a.array as never);
const plain = (x: unknown): unknown =>
  x instanceof Number
    ? x.valueOf()
    : Array.isArray(x)
      ? x.map(plain)
      : x instanceof Map
        ? Object.fromEntries([...x].map(([k, v]) => [k, plain(v)]))
        : typeof x === "object" && x !== null && Object.getPrototypeOf(x) === Object.prototype
          ? Object.fromEntries(Object.entries(x).map(([k, v]) => [k, plain(v)]))
          : x;

const ASK: Readonly<Record<string, object>> = {
  value: {},
  margin: { output_margin: true },
  leaf: { pred_leaf: true },
  first: { iteration_range: [0, 1] },
  strict: { strict_shape: true, iteration_range: [1, 2] },
  leaf_strict: { pred_leaf: true, strict_shape: true },
  contribs: { pred_contribs: true },
  approx: { pred_contribs: true, approx_contribs: true },
  interactions: { pred_interactions: true },
  interactions_approx: { pred_interactions: true, approx_contribs: true },
  contribs_strict: { pred_contribs: true, strict_shape: true },
  interactions_strict: { pred_interactions: true, strict_shape: true },
};
/** What is compared to the last bit; SHAP values of other versions are summed in another order. */
const EXACT = ["value", "margin", "leaf", "first", "strict", "leaf_strict", "with_margin"];

/** Floats differ by at most this part of the largest one. */
function close(got: ndarray, want: ndarray, tolerance: number): void {
  expect(got.shape).toEqual(want.shape);
  const [a, b] = [got, want].map((x) => (x.ravel() as ndarray).tolist() as number[]);
  const scale = Math.max(1, ...b!.map(Math.abs));
  a!.forEach((v, i) => {
    if (!(Math.abs(v - b![i]!) <= tolerance * scale)) expect(a).toEqual(b);
  });
}

for (const version of ["1.7", "2.1", "3.2"])
  describe.each(golden("xgboost/files", { array }, `cases.${version}.json`) as unknown as Case[])(
    `XGBoost ${version} · $name`,
    (c) => {
      const options = plain(c.options) as object;
      const X = DMatrix(c.X as never, options);
      test.each(c.files)("%s", (file) => {
        const bst = new Booster(null, null, fixtureBytes(`xgboost/files/${file}`));
        // The old binary form knows no rounds of linear models, no names and no types.
        const old = file.endsWith(".model");
        if (!(old && c.name.startsWith("linear"))) expect(bst.num_boosted_rounds()).toBe(c.rounds);
        expect(bst.num_features()).toBe(c.features);
        expect(bst.attributes()).toEqual(plain(c.attributes));
        if (!old) {
          expect(bst.feature_names).toEqual(c.names);
          expect(bst.feature_types).toEqual(c.types);
        } else {
          bst.feature_names = c.names;
          bst.feature_types = c.types;
        }
        for (const [kind, want] of Object.entries(c.out)) {
          if (kind === "with_margin") continue;
          const got = bst.predict(X, ASK[kind] as never);
          close(got, want, EXACT.includes(kind) ? 0 : 2e-6);
        }
        const M = DMatrix(c.X as never, { ...options, base_margin: c.margin });
        close(bst.predict(M), c.out.with_margin!, 0);
        for (const [kind, want] of Object.entries(c.dump)) {
          const [dump_format, stats] = kind.split("_");
          expect(bst.get_dump({ dump_format, with_stats: stats !== undefined })).toEqual(plain(want));
        }
        for (const [importance_type, want] of Object.entries(plain(c.scores) as object))
          expect(plain(bst.get_score({ importance_type }))).toEqual(want);
        if (c.raw && file.endsWith(".json"))
          expect(new TextDecoder().decode(bst.save_raw({ raw_format: "json" }))).toBe(c.raw);
        if (file.endsWith(".3.2.ubj")) expect(bst.save_raw()).toEqual(fixtureBytes(`xgboost/files/${file}`));
      });
      if (c.config)
        test("config", () => {
          const bst = new Booster(null, null, fixtureBytes(`xgboost/files/${c.files[0]}`));
          bst.load_config(c.config!);
          expect(JSON.parse(bst.save_config())).toEqual(JSON.parse(c.config!));
          expect(bst.save_config()).toBe(c.config);
        });
    },
  );
