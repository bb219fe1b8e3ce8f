import * as np from "@cognate/numpy";
import * as xgb from "@cognate/xgboost";

const COLUMNS = 28;

/** The same data as in python.py: uniform features, and a label that takes trees of depth 6. */
function data(rows: number, missing = false) {
  const r = np.random.default_rng(1);
  const X = r.random([rows, COLUMNS], { dtype: "float32" });
  const x = (k: number) => X.at(":", k);
  const y = x(0)
    .mul(4)
    .add(x(1).mul(x(2)).mul(6))
    .add(np.sin(x(3).mul(9)))
    .sub(x(4).mul(2))
    .add(r.standard_normal(rows).mul(0.1));
  if (missing) X.set(r.random([rows, COLUMNS]).lt(0.1), Number.NaN);
  return { X, y };
}
const params = (tree_method: string) => ({ tree_method, max_depth: 6, nthread: 1 });
const model = () => {
  const { X, y } = data(20_000);
  return xgb.train(params("hist"), xgb.DMatrix(X, y), 51);
};
const iteration_range = [0, 50] as const;

export const workloads: Record<string, () => () => unknown> = {
  hist() {
    const { X, y } = data(100_000);
    return () => xgb.train(params("hist"), xgb.DMatrix(X, y), 50);
  },
  exact() {
    const { X, y } = data(20_000);
    return () => xgb.train(params("exact"), xgb.DMatrix(X, y), 20);
  },
  predict() {
    const bst = model();
    const d = xgb.DMatrix(data(100_000).X);
    return () => bst.predict(d, { iteration_range });
  },
  predictMissing() {
    const bst = model();
    const d = xgb.DMatrix(data(100_000, true).X);
    return () => bst.predict(d, { iteration_range });
  },
  inplace() {
    const bst = model();
    const { X } = data(100_000);
    return () => bst.inplace_predict(X);
  },
  row() {
    const bst = model();
    const { X } = data(1);
    return () => bst.inplace_predict(X);
  },
  shap() {
    const bst = model();
    const d = xgb.DMatrix(data(1000).X);
    return () => bst.predict(d, { pred_contribs: true, iteration_range });
  },
};
