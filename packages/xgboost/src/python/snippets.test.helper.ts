import type { ndarray } from "@cognate/ndarray/core";
import * as np from "@cognate/numpy";
import * as pd from "@cognate/pandas";
import * as xgb from "../index.js";

// What test-fixtures/xgboost/snippets/generate.py has in front of each snippet.
export const X: ndarray = np.array([
  [1, 2, 0.5],
  [2, 1, -1],
  [3, 4, 0.25],
  [4, 3, 2],
  [5, 0, -0.5],
  [6, 1, 1],
  [7, 5, 0],
  [8, 2, 3],
]);
export const y: ndarray = np.array([0.5, 1, 2.5, 2, 4, 3.5, 6, 7]);
export const k: ndarray = np.array([0, 0, 1, 1, 2, 2, 2, 1]);
export const EX: ndarray = X.at("1:5").add(0.5);
export const EY: ndarray = y.at("1:5").add(np.array([0.25, -1, 1.5, 0.5]));
export const D: xgb.DMatrix = xgb.DMatrix(X, y);
export const E: xgb.DMatrix = xgb.DMatrix(EX, EY);
export const B: xgb.DMatrix = xgb.DMatrix(X, y.gt(2.2));
const LX = np.concatenate([X, X.add([0.5, 1, -0.25]), X.sub([0.25, 0.5, 1])]);
const LY = np.concatenate([y, y.add(0.5), y.sub(1)]);
export const L: xgb.DMatrix = xgb.DMatrix(LX, LY);
export const LB: xgb.DMatrix = xgb.DMatrix(LX, LY.gt(2.2));
export const bst: xgb.Booster = xgb.train({ max_depth: 2, eta: 0.5, tree_method: "exact" }, D, 4);
export const bst3: xgb.Booster = xgb.train({ max_depth: 2, tree_method: "exact" }, D, 3);
export { np, pd, xgb };
