import type { ndarray } from "@cognate/ndarray/core";
import * as np from "@cognate/numpy";
import { fixtureBytes, type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as xgb from "../index.js";

interface Case {
  readonly name: string;
  readonly file: string;
  readonly X: ndarray;
  readonly options: Readonly<Record<string, unknown>>;
  readonly out: { readonly predict: ndarray; readonly proba?: ndarray };
  readonly shown: {
    readonly repr?: string;
    readonly importances?: ndarray;
    readonly best?: readonly [number, number];
    readonly evals?: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;
  };
}
const array = (a: GoldenArray): unknown => np.array(a.array as never);
const equal = (a: ndarray, b: ndarray): void => {
  expect(a.shape).toEqual(b.shape);
  expect(a.tolist()).toEqual(b.tolist());
};

for (const version of ["1.7", "2.1", "3.2"])
  describe(`XGBoost ${version}`, () => {
    const cases = golden("xgboost/files", { array }, `pickles.${version}.json`) as unknown as Case[];
    test.each(cases)("$name", (c) => {
      const m = xgb.pickle.load(fixtureBytes(`xgboost/files/${c.file}`));
      if (m instanceof xgb.Booster) {
        equal(m.predict(xgb.DMatrix(c.X as never, c.options as object)), c.out.predict);
        return;
      }
      equal(m.predict(c.X as never), c.out.predict);
      if (c.out.proba) equal((m as xgb.XGBClassifier).predict_proba(c.X as never), c.out.proba);
      if (c.shown.importances) {
        const [got, want] = [m.feature_importances_, c.shown.importances].map((x) => x.tolist() as number[]);
        got!.forEach((v, i) => expect(v).toBeCloseTo(want![i]!, 6));
      }
      // Other versions have other parameters.
      if (c.shown.repr && version === "3.2") expect(String(m)).toBe(c.shown.repr);
      if (c.shown.best)
        expect([m.best_iteration, m.best_score.valueOf()]).toEqual(Array.from(c.shown.best, Number));
      if (c.shown.evals) {
        const mae = m.evals_result().validation_0!.mae!;
        const want = c.shown.evals as unknown as Map<string, Map<string, number[]>> as unknown as Record<
          string,
          Record<string, number[]>
        >;
        expect(mae.map(Number)).toEqual(want.validation_0!.mae!.map(Number));
      }
    });
  });

test("other classes are refused", () => {
  const global = (module: string, name: string): Uint8Array =>
    Uint8Array.from(`c${module}\n${name}\n)R.`, (ch) => ch.charCodeAt(0));
  expect(() => xgb.pickle.loads(global("os", "system"))).toThrow(/os\.system|posix/);
  expect(() => xgb.pickle.loads(global("xgboost.core", "DMatrix"))).toThrow("xgboost.core.DMatrix");
});
