import { createRequire } from "node:module";
import { run } from "../src/harness.mjs";

const XGBoost = await createRequire(import.meta.url)("ml-xgboost");
const COLUMNS = 28;

/** Data of the kind that the other sides have: uniform features, and a label that takes trees of depth 6. */
function data(rows) {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const X = Array.from({ length: rows }, () => Array.from({ length: COLUMNS }, uniform));
  const y = X.map((x) => 4 * x[0] + 6 * x[1] * x[2] + Math.sin(9 * x[3]) - 2 * x[4] + 0.1 * uniform());
  return { X, y };
}

const booster = (tree_method, iterations) =>
  new XGBoost({
    booster: "gbtree",
    objective: "reg:linear",
    tree_method,
    max_depth: 6,
    silent: 1,
    iterations,
  });

const training = (method, rows, rounds) => () => {
  const { X, y } = data(rows);
  return () => {
    const b = booster(method, rounds);
    b.train(X, y);
    b.free();
  };
};

await run({
  hist: training("hist", 100_000, 50),
  exact: training("exact", 20_000, 20),
  inplace() {
    const { X, y } = data(20_000);
    const b = booster("exact", 50);
    b.train(X, y);
    const rows = data(100_000).X;
    return () => b.predict(rows);
  },
});
