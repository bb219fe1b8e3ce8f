import { kw, setOutput, tuple } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { describe, expect, test } from "vitest";
import * as keras from "../index.js";
import { sessionEnds } from "./text.test.helper.js";

const array = ({ array: a }: GoldenArray): keras.Tensor => new keras.Tensor(new Value(a));
const [data] = golden("keras/trainers", { array }, "data.json") as unknown as readonly Record<
  "x" | "y" | "c" | "w",
  keras.Tensor
>[];
const { x: X, y: Y, c: C, w: W } = data!;
const cases = golden("keras/trainers", { array });
const { layers, optimizers, callbacks: CB, metrics: M } = keras;

/** Losses after some steps in float32. */
const CLOSE = { rtol: 1e-4, atol: 1e-5 };
type Options = Record<string, unknown>;
type Model = ReturnType<typeof keras.Sequential>;

const regression = (compile: Options = {}, seed = 5): Model => {
  keras.utils.clear_session();
  keras.utils.set_random_seed(seed);
  const m = keras.Sequential([keras.Input([3]), layers.Dense(4, { activation: "tanh" }), layers.Dense(1)]);
  m.compile({ optimizer: optimizers.SGD(0.05), loss: "mse", ...compile });
  return m;
};
const classifier = (compile: Options = {}): Model => {
  keras.utils.clear_session();
  keras.utils.set_random_seed(6);
  const m = keras.Sequential([
    keras.Input([3]),
    layers.Dense(5, { activation: "relu" }),
    layers.Dense(3, { activation: "softmax" }),
  ]);
  m.compile({
    optimizer: optimizers.Adam(0.02),
    loss: "sparse_categorical_crossentropy",
    metrics: ["accuracy"],
    ...compile,
  });
  return m;
};
const functional = (compile: Options = {}): Model => {
  keras.utils.clear_session();
  keras.utils.set_random_seed(8);
  const a = keras.Input([3], { name: "a" });
  const h = layers.Dense(4, {
    activation: "tanh",
    kernel_regularizer: keras.regularizers.L2(0.01),
  })(a);
  const m = keras.Model(a, [
    layers.Dense(1, { name: "size" })(h),
    layers.Dense(3, { activation: "softmax", name: "kind" })(h),
  ] as never);
  m.compile({
    optimizer: optimizers.Adam(0.01),
    loss: ["mse", "sparse_categorical_crossentropy"],
    ...compile,
  });
  return m as unknown as Model;
};

interface Run {
  readonly make: () => Model;
  readonly x?: unknown;
  readonly y?: unknown;
  readonly fit?: Options;
  readonly after?: (m: Model) => unknown;
}
const fast = () => regression({ optimizer: optimizers.SGD(0.9) });
const V = { validation_split: 0.3, epochs: 6 };
const oneHot = keras.ops.one_hot(C, 3);
const positive = keras.ops.cast(keras.ops.greater(Y, 0), "float32");
const seen: unknown[] = [];

const runs: Record<string, Run> = {
  shuffled: { make: regression },
  "not shuffled": { make: regression, fit: { shuffle: false } },
  "shuffled in batches": { make: regression, fit: { shuffle: "batch", batch_size: 5 } },
  "shuffled in batches of 8": { make: regression, fit: { shuffle: "batch" } },
  "verbose 2": { make: classifier, y: C, fit: { verbose: 2, validation_split: 0.25, epochs: 3 } },
  "verbose 1": { make: classifier, y: C, fit: { verbose: 1, epochs: 2 } },
  "verbose auto, one epoch": {
    make: regression,
    fit: { verbose: "auto", epochs: 1, validation_data: [X.at(":5"), Y.at(":5")] },
  },
  "class weight": {
    make: () => classifier({ weighted_metrics: ["accuracy"] }),
    y: C,
    fit: { class_weight: { 0: 1, 1: 5, 2: 0.5 } },
  },
  "sample weight": {
    make: () => regression({ metrics: ["mae"], weighted_metrics: ["mae", "mse"] }),
    fit: { sample_weight: W },
  },
  "validation weights": {
    make: () => regression({ weighted_metrics: ["mae"] }),
    fit: { validation_data: [X.at(":6"), Y.at(":6"), W.at(":6")], validation_batch_size: 4 },
  },
  "initial epoch": { make: regression, fit: { initial_epoch: 1, epochs: 3 } },
  steps: { make: regression, fit: { steps_per_epoch: 2, epochs: 3 } },
  "validation every other": {
    make: regression,
    fit: { validation_split: 0.3, validation_freq: 2, epochs: 3 },
  },
  "steps per execution": { make: () => regression({ steps_per_execution: 2 }) },
  "string metrics": {
    make: () =>
      regression({
        metrics: [
          "mse",
          "mae",
          "mean_absolute_percentage_error",
          M.RootMeanSquaredError(),
          M.MeanSquaredError({ name: "again" }),
        ],
      }),
  },
  binary: {
    make: () =>
      regression({ loss: "binary_crossentropy", metrics: ["acc", M.AUC({ name: "auc" }), "Precision"] }),
    y: positive,
  },
  "one-hot": {
    make: () =>
      classifier({ loss: "categorical_crossentropy", metrics: ["accuracy", "top_k_categorical_accuracy"] }),
    y: oneHot,
  },
  "loss object": { make: () => regression({ loss: keras.losses.Huber(0.5), optimizer: "adam" }) },
  "loss function": {
    make: () =>
      regression({
        loss: (t: keras.Tensor, p: keras.Tensor) => keras.ops.mean(keras.ops.abs(t.sub(p)), -1),
        optimizer: "rmsprop",
      }),
  },
  "evaluate and predict": {
    make: classifier,
    y: C,
    after: (m) => [
      m.evaluate(X, C, { verbose: 0 }),
      m.evaluate(X, C, { batch_size: 5, verbose: 0, return_dict: true }),
      m.predict(X, { verbose: 0 }),
      m.predict(X.at(":9"), { batch_size: 4, verbose: 0 }),
      m.evaluate(X, C, { batch_size: 8, verbose: 2 }),
    ],
  },
  batches: {
    make: classifier,
    y: C,
    after: (m) => {
      const [x, c] = [X.at(":4"), C.at(":4")];
      return [
        m.train_on_batch(x, c),
        m.train_on_batch(x, c, { return_dict: true }),
        m.train_on_batch(x, c, { class_weight: { 0: 2, 1: 1, 2: 0.5 } }),
        m.test_on_batch(X, C),
        m.predict_on_batch(X.at(":2")),
        m.metrics_names,
      ];
    },
  },
  "predict verbose": { make: regression, fit: { epochs: 1 }, after: (m) => m.predict(X, { batch_size: 8 }) },
  "two outputs": { make: functional, y: [Y, C] },
  "two outputs by name": {
    make: () =>
      functional({
        loss: { size: "mae", kind: "sparse_categorical_crossentropy" },
        loss_weights: { size: 2, kind: 0.5 },
        metrics: { kind: ["accuracy"], size: ["mse", "mae"] },
      }),
    y: { size: Y, kind: C },
    fit: { validation_split: 0.2, verbose: 2 },
  },
  "two outputs with lists": {
    make: () => functional({ loss_weights: [1, 0.3], metrics: [["mae"], ["accuracy"]] }),
    y: [Y, C],
    fit: { sample_weight: [W, keras.ops.flip(W)] },
  },
  "one of two losses": {
    make: () => functional({ loss: [null, "sparse_categorical_crossentropy"] }),
    y: [Y, C],
  },
  "early stopping": {
    make: fast,
    fit: { ...V, callbacks: [CB.EarlyStopping({ patience: 1, verbose: 1, restore_best_weights: true })] },
  },
  "early stopping by accuracy": {
    make: classifier,
    y: C,
    fit: {
      epochs: 8,
      callbacks: [CB.EarlyStopping({ monitor: "accuracy", patience: 2, baseline: 0.9, verbose: 1 })],
    },
  },
  plateau: {
    make: fast,
    fit: {
      ...V,
      callbacks: [CB.ReduceLROnPlateau({ patience: 1, factor: 0.5, verbose: 1, cooldown: 1, min_lr: 0.3 })],
    },
  },
  scheduler: {
    make: regression,
    fit: {
      epochs: 3,
      verbose: 2,
      callbacks: [CB.LearningRateScheduler((_epoch: number, rate: number) => rate * 0.5, { verbose: 1 })],
    },
  },
  nan: {
    make: () => regression({ optimizer: optimizers.SGD(1e30) }),
    fit: { epochs: 3, callbacks: [CB.TerminateOnNaN()] },
  },
  lambda: {
    make: regression,
    fit: {
      callbacks: [
        CB.LambdaCallback({
          on_epoch_end: (epoch, logs) => seen.push([epoch, Object.keys(logs).sort()]),
          on_train_batch_end: (batch) => seen.push(batch),
          on_train_end: () => seen.push("end"),
        }),
      ],
    },
  },
  ema: {
    make: () =>
      regression({ optimizer: optimizers.SGD({ learning_rate: 0.1, use_ema: true, ema_momentum: 0.6 }) }),
    fit: { validation_split: 0.3, epochs: 3, callbacks: [CB.SwapEMAWeights()] },
  },
  accumulated: {
    make: () =>
      regression({ optimizer: optimizers.Adam({ learning_rate: 0.05, gradient_accumulation_steps: 2 }) }),
    fit: { epochs: 3 },
  },
};

/** `f`'s value, and what it printed as a terminal shows it, times masked. */
function printed<T>(f: () => T): [T, string] {
  let text = "";
  const before = setOutput((t) => {
    text += t;
  });
  try {
    return [f(), sessionEnds(text)];
  } finally {
    setOutput(before);
  }
}
const numbers = (x: unknown): unknown =>
  JSON.parse(JSON.stringify(x, (_k, v) => (v instanceof Number ? Number(v) : v)));

describe("Model.fit", () => {
  test.each(cases.filter((g) => g.weights))("$name", (g) => {
    const run = runs[g.name]!;
    const m = run.make();
    const [[history, after], text] = printed(() => {
      const h = m.fit(
        run.x ?? X,
        run.y ?? Y,
        kw({ verbose: 0, epochs: 2, batch_size: 8, ...run.fit }) as never,
      );
      return [h, run.after?.(m) ?? null] as const;
    });
    expect(Object.keys(history.history)).toEqual(Object.keys(g.history as object));
    expect(history.history).toMatchGolden(g.history, CLOSE);
    expect(history.epoch).toEqual(g.epoch);
    expect(m.weights.map((v) => v.value)).toMatchGolden(g.weights, CLOSE);
    expect(text).toBe(g.text);
    if (g.after !== null) expect(after).toMatchGolden(g.after, CLOSE);
    if (g.seen) expect(numbers(seen)).toEqual(numbers(g.seen));
  });

  function* batches() {
    for (let i = 0; i < 5; i++) yield tuple([X.at(`${i * 4}:${i * 4 + 4}`), Y.at(`${i * 4}:${i * 4 + 4}`)]);
  }
  const named = (name: string) => cases.find((g) => g.name === name)!;
  test("generator", () => {
    const m = regression();
    const [h, text] = printed(() => m.fit(batches(), { epochs: 1, verbose: 2, shuffle: false }));
    expect(h.history).toMatchGolden(named("generator").history, CLOSE);
    expect(text).toBe(named("generator").text);
  });
  test("generator steps", () => {
    const h = regression().fit(batches(), { epochs: 2, steps_per_epoch: 2, verbose: 0 });
    expect(h.history).toMatchGolden(named("generator steps").history, CLOSE);
  });
  test("dataset", () => {
    class Batches extends keras.utils.PyDataset {
      __len__(): number {
        return 4;
      }
      override __getitem__(i: number): unknown {
        return tuple([X.at(`${i * 5}:${i * 5 + 5}`), Y.at(`${i * 5}:${i * 5 + 5}`)]);
      }
    }
    const h = regression().fit(new Batches(), { epochs: 3, verbose: 0 });
    expect(h.history).toMatchGolden(named("dataset").history, CLOSE);
  });
  test("fit_async gives way to other work and comes to the same", async () => {
    const h = await regression().fit_async(X, Y, { epochs: 2, batch_size: 8, verbose: 0 });
    expect(h.history).toMatchGolden(named("shuffled").history, CLOSE);
  });
  test("a train_step of one's own", () => {
    class Own extends keras.Model {
      dense = layers.Dense(1);
      override call(x: keras.Tensor): keras.Tensor {
        return this.dense(x) as keras.Tensor;
      }
      override train_step(data: unknown) {
        const [x, y] = data as [keras.Tensor, keras.Tensor];
        const [tape, loss] = keras.GradientTape((tape) => [
          tape,
          this.compute_loss({ y, y_pred: (this as unknown as (x: keras.Tensor) => keras.Tensor)(x) })!,
        ]);
        this.optimizer.apply(tape.gradient(loss, this.trainable_variables), this.trainable_variables);
        return { own: loss };
      }
    }
    keras.utils.set_random_seed(1);
    const m = new Own();
    m.compile({ optimizer: "sgd", loss: "mse" });
    const { history } = m.fit(X, Y, { epochs: 2, verbose: 0 });
    expect(Object.keys(history)).toEqual(["own"]);
    expect(Number(history.own![1])).toBeLessThan(Number(history.own![0]));
  });

  const fitted = (m: Model, options: Options = {}): unknown =>
    m.fit(X, Y, kw({ verbose: 0, ...options }) as never);
  const errors: Record<string, () => unknown> = {
    "not compiled": () => keras.Sequential([keras.Input([3]), layers.Dense(1)]).fit(X, Y),
    cardinality: () => regression().fit(X, Y.at(":5"), { verbose: 0 }),
    list: () => regression().fit([[1, 2, 3]], [[1]], { verbose: 0 }),
    split: () => regression().fit(X.at(":1"), Y.at(":1"), { validation_split: 0.5, verbose: 0 }),
    "generator and y": () => regression().fit(batches(), Y, { verbose: 0 }),
    "both weights": () => fitted(regression(), { class_weight: { 0: 1 }, sample_weight: W }),
    metrics: () => regression({ metrics: "mae" }),
    "loss weights": () => regression({ loss_weights: "x" }),
    "unknown loss": () => fitted(regression({ loss: "msee" })),
    "unknown metric": () => fitted(regression({ metrics: ["maee"] })),
    "unknown optimizer": () => regression({ optimizer: "addam" }),
    monitor: () =>
      classifier().fit(X, C, { verbose: 0, callbacks: [CB.EarlyStopping({ monitor: "val_foo" })] }),
    argument: () => fitted(regression(), { batchsize: 3 }),
    frequency: () => fitted(regression(), { validation_split: 0.2, validation_freq: "a" }),
    "no loss": () => fitted(regression({ loss: null })),
    "loss keys": () => functional({ loss: { size: "mse", sort: "mse" } }).fit(X, [Y, C], { verbose: 0 }),
    "checkpoint path": () => CB.ModelCheckpoint("model.ckpt"),
    "weights path": () => CB.ModelCheckpoint("model.keras", { save_weights_only: true }),
    factor: () => CB.ReduceLROnPlateau({ factor: 1.5 }),
  };
  /** Numbers that Python writes with a point; sets in any order; the printing of arrays inside of lists. */
  const loose = (text: string): string => text.replace(/(\d)\.0\b/g, "$1");
  test.each(cases.filter((g) => g.error))("$name", (g) => {
    let message = "";
    try {
      errors[g.name.replace("error ", "")]!();
    } catch (e) {
      message = `${(e as Error).name}: ${(e as Error).message}`;
    }
    const wanted = loose(`${g.error as string}: ${g.message as string}`);
    // Keras prints the arrays that it was given at full length.
    const cut = g.name === "error both weights" ? 60 : wanted.length;
    expect(loose(message).slice(0, cut)).toBe(wanted.slice(0, cut));
  });
});
