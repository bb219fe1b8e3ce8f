import type { ndarray } from "@cognate/ndarray/core";
import * as np from "@cognate/numpy";
import { dict } from "@cognate/py";
import { fixtureBytes, type GoldenArray, golden } from "@cognate/testing";
import { expect, test } from "vitest";
import * as xgb from "../index.js";

const array = (a: GoldenArray): unknown => np.array(a.array as never);
const [c] = golden("xgboost/files", { array }, "categories.json") as unknown as {
  file: string;
  columns: Record<string, (string | number)[]>;
  out: ndarray;
  dump: string[];
  types: string[];
}[];
const plain = (x: unknown): unknown[] =>
  Array.from(x as unknown[], (v) => (v instanceof Number ? v.valueOf() : v));
const given = c!.columns as unknown as Record<string, unknown> & Iterable<[string, unknown]>;
const columns = Object.fromEntries(
  (given instanceof Map ? [...given] : Object.entries(given)).map(([k, v]) => [k, plain(v)]),
) as Record<string, (string | number)[]>;

test("names of categories come with the model, and go with it", () => {
  const bytes = fixtureBytes(`xgboost/files/${c!.file}`);
  const bst = xgb.Booster({ model_file: bytes });
  expect(bst.feature_types).toEqual(c!.types);
  expect(bst.get_dump()).toEqual(c!.dump);
  expect(bst.get_categories().columns).toEqual([["lyon", "oslo", "rome", "bern"], null, ["10", "20", "30"]]);
  expect(bst.inplace_predict(dict(columns) as never).tolist()).toEqual(c!.out.tolist());
  expect(bst.save_raw()).toEqual(bytes);
});

test("texts are numbered anew for each matrix, and as the model's for its predictions", () => {
  const city = ["b", "a", "c", "a", "b", "c", "a", "b"];
  const d = xgb.DMatrix({ city, n: [1, 2, 3, 4, 5, 6, 7, 8] }, [5, 1, 9, 1.5, 5.5, 9.5, 1, 5], {
    enable_categorical: true,
  });
  const bst = xgb.train({ max_cat_to_onehot: 1, min_child_weight: 0, max_depth: 2 }, d, 3);
  const again = xgb.Booster({ model_file: bst.save_raw() });
  const all = bst.predict(d).tolist() as number[];
  // "c" alone is number 0 of its own matrix.
  const one = xgb.DMatrix({ city: ["c"], n: [3] }, { enable_categorical: true });
  for (const b of [bst, again]) {
    expect(b.predict(one).tolist()).toEqual([all[2]]);
    expect(b.inplace_predict({ city: ["a", "c"], n: [2, 3] } as never).tolist()).toEqual([all[1], all[2]]);
  }
  expect(() => bst.inplace_predict({ city: ["z"], n: [1] } as never)).toThrow(
    "Found a category not in the training set for the 0th (0-based) column: `z`",
  );
  expect(() => xgb.DMatrix({ city, n: [1, 2, 3, 4, 5, 6, 7, 8] })).toThrow("Invalid columns:city: str");
});
