import * as keras from "@cognate/keras";
import { setThreads } from "@cognate/kernel";

declare const process: { env: Record<string, string | undefined> };
setThreads(Number(process.env.BENCH_THREADS ?? 1));

const { layers, ops, random } = keras;
const ROWS = 1024;
const uniform = (shape: readonly number[]) => random.uniform([ROWS, ...shape], { seed: 1 }).numpy();

interface Case {
  readonly x: unknown;
  readonly y: unknown;
  readonly layers: () => unknown[];
  readonly compile: { readonly loss: string; readonly metrics?: readonly string[] };
}
const recurrent = (make: () => unknown): Case => ({
  x: uniform([20, 8]),
  y: uniform([1]),
  layers: () => [keras.Input([20, 8]), make(), layers.Dense(1)],
  compile: { loss: "mse" },
});
const CASES: Record<string, () => Case> = {
  digits: () => ({
    x: uniform([8, 8, 1]),
    y: ops.mod(ops.multiply(ops.arange(ROWS), 7), 10).numpy(),
    layers: () => [
      keras.Input([8, 8, 1]),
      layers.Conv2D(16, 3, { activation: "relu" }),
      layers.MaxPooling2D(),
      layers.Conv2D(32, 3, { activation: "relu", padding: "same" }),
      layers.Flatten(),
      layers.Dense(64, { activation: "relu" }),
      layers.Dense(10, { activation: "softmax" }),
    ],
    compile: { loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] },
  }),
  lstm: () => recurrent(() => layers.LSTM(32)),
  gru: () => recurrent(() => layers.GRU(32)),
  mlp: () => ({
    x: uniform([8]),
    y: uniform([1]),
    layers: () => [keras.Input([8]), layers.Dense(16, { activation: "relu" }), layers.Dense(1)],
    compile: { loss: "mse" },
  }),
};

const compiled = ({ layers: made, compile }: Case) => {
  const model = keras.Sequential(made() as never);
  model.compile({ optimizer: "adam", ...compile } as never);
  return model;
};
const fit = (name: string, batch_size: number) => () => {
  const c = CASES[name]!();
  const model = compiled(c);
  const epoch = () => model.fit(c.x, c.y, { batch_size, epochs: 1, verbose: 0 });
  // What the first epoch takes more (tracing, compiling) is no part of the comparison.
  epoch();
  return epoch;
};
const predict = (name: string) => () => {
  const c = CASES[name]!();
  const model = compiled(c);
  return () => model.predict(c.x, { batch_size: 32, verbose: 0 });
};

export const workloads: Record<string, () => () => unknown> = {
  ...Object.fromEntries(
    Object.keys(CASES).flatMap((name) => [8, 32, 128].map((b) => [`${name}${b}`, fit(name, b)])),
  ),
  digitsPredict: predict("digits"),
  lstmPredict: predict("lstm"),
};
