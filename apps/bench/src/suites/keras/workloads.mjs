/** An epoch of `fit` over 1,024 rows (predict: over the same), by batch size; the goal is the ratio to Keras's time. */
const BATCHES = [8, 32, 128];
const goal = (batch) => ({ ratio: batch <= 32 ? 1 : 2.5 });
const over = (model, title) =>
  BATCHES.map((b) => ({
    name: `${model}${b}`,
    title: `fit ${title}, batch ${b}, 1,024 rows`,
    goal: goal(b),
  }));
export const WORKLOADS = [
  ...over("digits", "digits CNN 8×8"),
  ...over("lstm", "LSTM 8→32, 20 steps"),
  ...over("gru", "GRU 8→32, 20 steps"),
  ...over("mlp", "MLP 8-16-1"),
  { name: "digitsPredict", title: "predict digits CNN, batch 32, 1,024 rows", goal: goal(32) },
  { name: "lstmPredict", title: "predict LSTM, batch 32, 1,024 rows", goal: goal(32) },
];
