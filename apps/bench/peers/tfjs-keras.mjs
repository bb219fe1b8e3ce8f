import * as tf from "@tensorflow/tfjs";

const backend = process.env.BENCH_BACKEND;
if (backend === "wasm") {
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  wasm.setThreadsCount?.(1);
  wasm.default?.setThreadsCount?.(1);
}
const t = tf.default ?? tf;
await t.setBackend(backend);
await t.ready();

const { layers } = t;
const ROWS = 1024;
const uniform = (...shape) => t.randomUniform([ROWS, ...shape]);

// tfjs knows no GRU with `reset_after`, so that its own default stands in.
const recurrent = (make) => () => ({
  x: uniform(20, 8),
  y: uniform(1),
  layers: [make({ units: 32, inputShape: [20, 8] }), layers.dense({ units: 1 })],
  loss: "meanSquaredError",
  metrics: [],
});
const CASES = {
  digits: () => ({
    x: uniform(8, 8, 1),
    y: t.tensor1d(
      Array.from({ length: ROWS }, (_, i) => (i * 7) % 10),
      "float32",
    ),
    layers: [
      layers.conv2d({ filters: 16, kernelSize: 3, activation: "relu", inputShape: [8, 8, 1] }),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu", padding: "same" }),
      layers.flatten(),
      layers.dense({ units: 64, activation: "relu" }),
      layers.dense({ units: 10, activation: "softmax" }),
    ],
    loss: "sparseCategoricalCrossentropy",
    metrics: ["accuracy"],
  }),
  lstm: recurrent((o) => layers.lstm(o)),
  gru: recurrent((o) => layers.gru({ ...o, resetAfter: false })),
  mlp: () => ({
    x: uniform(8),
    y: uniform(1),
    layers: [layers.dense({ units: 16, activation: "relu", inputShape: [8] }), layers.dense({ units: 1 })],
    loss: "meanSquaredError",
    metrics: [],
  }),
};
function compiled(name) {
  const { layers: made, loss, metrics, x, y } = CASES[name]();
  const model = t.sequential({ layers: made });
  model.compile({ optimizer: "adam", loss, metrics });
  return { model, x, y };
}
const fit = (name, batchSize) => async () => {
  const { model, x, y } = compiled(name);
  const epoch = () => model.fit(x, y, { batchSize, epochs: 1, verbose: 0 });
  // What the first epoch takes more (compiling) is no part of the comparison.
  await epoch();
  return epoch;
};
const predict = (name) => () => {
  const { model, x } = compiled(name);
  return async () => {
    const y = model.predict(x, { batchSize: 32 });
    await y.data();
    y.dispose();
  };
};

const { run } = await import("../src/harness.mjs");
await run({
  ...Object.fromEntries(
    Object.keys(CASES).flatMap((name) => [8, 32, 128].map((b) => [`${name}${b}`, fit(name, b)])),
  ),
  digitsPredict: predict("digits"),
  lstmPredict: predict("lstm"),
});
