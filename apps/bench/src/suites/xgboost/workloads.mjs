/**
 * What is measured; the goal is the ratio to XGBoost's time. XGBoost keeps the predictions of a DMatrix and gives them back,
 * so that only inplace_predict shows what its trees take.
 */
export const WORKLOADS = [
  { name: "hist", title: "hist 100,000×28, 50 rounds of depth 6", goal: { ratio: 1.3 } },
  { name: "exact", title: "exact 20,000×28, 20 rounds of depth 6", goal: { ratio: 1.3 } },
  { name: "predict", title: "predict 100,000 rows, 50 trees of depth 6 (kept by XGBoost)" },
  { name: "predictMissing", title: "the same, a tenth of the values missing" },
  { name: "inplace", title: "inplace_predict 100,000 rows, 50 trees of depth 6", goal: { ratio: 1 } },
  { name: "row", title: "inplace_predict 1 row", goal: { ratio: 1 } },
  { name: "shap", title: "pred_contribs of 1,000 rows", goal: { ratio: 3 } },
];
