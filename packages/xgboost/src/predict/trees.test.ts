import * as np from "@cognate/numpy";
import { expect, test } from "vitest";
import { xgb } from "../python/snippets.test.helper.js";

const N = 1100;
const r = np.random.default_rng(3);
const X = r.random([N, 6], { dtype: "float32" });
const y = X.at(":", 0)
  .mul(3)
  .add(X.at(":", 1).mul(X.at(":", 2)));
const holes = X.copy();
holes.set(r.random([N, 6]).lt(0.2), Number.NaN);
const few = (data: typeof X, from: number): xgb.DMatrix => xgb.DMatrix(data.at(`${from}:${from + 10}`));

/** Ten rows go node by node, 1,100 through the kernel, 300 through laid out trees: all must agree. */
function same(bst: xgb.Booster, data: typeof X, options: object = {}): void {
  const all = bst.predict(xgb.DMatrix(data), options as never).tolist() as unknown[];
  const middle = bst.predict(xgb.DMatrix(data.at(":300")), options as never).tolist() as unknown[];
  expect(all.slice(0, 300)).toEqual(middle);
  for (const from of [0, 123, 127, 290, 1024, 1090])
    expect(all.slice(from, from + 10)).toEqual(bst.predict(few(data, from), options as never).tolist());
}

test.each([
  ["present", X],
  ["missing", holes],
])("many rows as few: %s", (_name, data) => {
  const bst = xgb.train({ max_depth: 5 }, xgb.DMatrix(data, y), 6);
  same(bst, data);
  same(bst, data, { pred_leaf: true });
  same(bst, data, { iteration_range: [2, 5] });
  const classes = np.floor(y.mul(0.8)).astype("int64");
  const multi = xgb.train(
    { objective: "multi:softprob", num_class: 4, max_depth: 3, num_parallel_tree: 2 },
    xgb.DMatrix(data, classes as typeof y),
    3,
  );
  same(multi, data);
  same(xgb.train({ booster: "dart", rate_drop: 0.3, max_depth: 4 }, xgb.DMatrix(data, y), 5), data);
});

test("trees with categories and with several outputs", () => {
  const coded = np.concatenate([np.floor(X.at(":", ":2").mul(9)), X.at(":", "2:")], 1);
  const types = { feature_types: ["c", "c", "q", "q", "q", "q"], enable_categorical: true };
  const bst = xgb.train({ max_depth: 4 }, xgb.DMatrix(coded, y, types), 4);
  const all = bst.predict(xgb.DMatrix(coded, types)).tolist() as number[];
  expect(bst.predict(xgb.DMatrix(coded.at(":10"), types)).tolist()).toEqual(all.slice(0, 10));
  expect(bst.predict(xgb.DMatrix(coded.at(":300"), types)).tolist()).toEqual(all.slice(0, 300));
  const Y = np.stack([y, y.neg()], 1);
  same(xgb.train({ max_depth: 3, multi_strategy: "multi_output_tree" }, xgb.DMatrix(X, Y), 3), X);
});

test("sparse rows are rows with holes", () => {
  const bst = xgb.train({ max_depth: 4 }, xgb.DMatrix(holes, y), 4);
  const sparse = xgb.DMatrix(holes).get_data();
  const d = xgb.DMatrix({ data: sparse.data, indices: sparse.indices, indptr: sparse.indptr, shape: [N, 6] });
  expect(bst.predict(d).tolist()).toEqual(bst.predict(xgb.DMatrix(holes)).tolist());
});
