import { float, print, round, sorted, type } from "@cognate/py";
import { array, attempt, fill, setAll } from "../arrays.test.helper.js";
import * as keras from "../index.js";

/* Programs about training, as the generator of the fixture has them. */

// biome-ignore lint/suspicious/noExplicitAny: users' programs are written in JavaScript, without types.
type Untyped = any;
const K: Untyped = keras;
const { layers, ops, losses, optimizers, callbacks } = K;
const rounded = (x: Untyped, n = 4): Untyped =>
  Array.isArray(x) ? x.map((y: Untyped) => rounded(y, n)) : float(round(Number(x), n));
const list = (x: Untyped): Untyped => ops.convert_to_numpy(x).tolist();
const className = (x: Untyped): string => (type(x) as Untyped).__name__;
const line = (inputs: number): Untyped => {
  const model = K.Sequential([K.Input([inputs]), layers.Dense(1)]);
  setAll(model);
  return model;
};

export const trainingQuestions: Readonly<Record<string, () => void>> = {
  xor() {
    const x = array([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    const y = array([[0], [1], [1], [0]]);
    const model = K.Sequential([
      K.Input([2]),
      layers.Dense(4, { activation: "tanh" }),
      layers.Dense(1, { activation: "sigmoid" }),
    ]);
    model.compile({
      loss: "binary_crossentropy",
      optimizer: optimizers.SGD(0.5),
      metrics: ["binary_accuracy"],
    });
    const h = model.fit(x, y, { epochs: 3, batch_size: 4, verbose: 2 });
    print(rounded(h.history.loss));
    print(
      `dict_keys(['${Object.keys(model.evaluate(x, y, { verbose: 0, return_dict: true })).join("', '")}'])`,
    );
  },
  wrong_training() {
    const model = K.Sequential([K.Input([3]), layers.Dense(2, { name: "d" })], { name: "m" });
    const [x, y] = [ops.ones([4, 3]), ops.ones([4, 2])].map(ops.convert_to_numpy) as Untyped;
    attempt(() => model.fit(x, y));
    model.compile("sgd", "mse");
    attempt(() => model.fit(x, ops.convert_to_numpy(ops.ones([5, 2])), { verbose: 0 }));
    attempt(() => K.Sequential([K.Input([3]), layers.Dense(2)]).compile("nothing", "mse"));
    attempt(() => K.losses.get("nothing"));
    attempt(() => K.metrics.get("nothing"));
    attempt(() => K.optimizers.get("nothing"));
    attempt(() => K.initializers.get("nothing"));
  },
  losses_with_weights() {
    const y = array([
      [1, 0, 0],
      [0, 0, 1],
    ]);
    const p = array([
      [0.6, 0.3, 0.1],
      [0.2, 0.3, 0.5],
    ]);
    const w = array([0.5, 2]);
    for (const loss of [
      losses.CategoricalCrossentropy({ label_smoothing: 0.1 }),
      losses.CategoricalFocalCrossentropy(),
      losses.BinaryFocalCrossentropy({ gamma: 1.5 }),
      losses.KLDivergence(),
      losses.MeanSquaredError({ reduction: "sum" }),
      losses.Huber({ delta: 0.3 }),
      losses.LogCosh(),
      losses.CosineSimilarity(),
      losses.SquaredHinge(),
      losses.CategoricalHinge(),
      losses.Poisson(),
      losses.MeanAbsolutePercentageError(),
      losses.MeanSquaredLogarithmicError(),
      losses.Dice(),
      losses.Tversky(),
    ]) {
      const plain = ["dice", "tversky"].includes(loss.name);
      print(loss.name, rounded(loss(y, p), 5), rounded(loss(y, p, { sample_weight: plain ? null : w }), 5));
    }
    print(losses.MeanSquaredError({ reduction: null })(y, p));
  },
  optimizers_step() {
    for (const opt of [
      optimizers.SGD(0.1, { momentum: 0.9, nesterov: true }),
      optimizers.Adam(0.1, { amsgrad: true }),
      optimizers.AdamW(0.1, { weight_decay: 0.05 }),
      optimizers.RMSprop(0.1, { momentum: 0.3, centered: true }),
      optimizers.Adagrad(0.1),
      optimizers.Adadelta(1),
      optimizers.Adamax(0.1),
      optimizers.Nadam(0.1),
      optimizers.Ftrl(0.1, { l1_regularization_strength: 0.01 }),
      optimizers.Lion(0.1),
      optimizers.Lamb(0.1),
      optimizers.Adafactor(0.1),
    ]) {
      const v = K.Variable(
        array([
          [1, -2],
          [3, 0.5],
        ]),
      );
      for (const k of [0, 1, 2]) opt.apply([ops.convert_to_tensor(fill([2, 2], k))], [v]);
      print(className(opt), rounded(v.numpy().tolist()), Number(opt.iterations.numpy()));
    }
  },
  gradients_clipped() {
    for (const [text, kwargs] of [
      ["{'clipnorm': 0.5}", { clipnorm: 0.5 }],
      ["{'clipvalue': 0.1}", { clipvalue: 0.1 }],
      ["{'global_clipnorm': 0.3}", { global_clipnorm: 0.3 }],
      ["{'use_ema': True, 'ema_momentum': 0.5}", { use_ema: true, ema_momentum: 0.5 }],
      ["{'weight_decay': 0.1}", { weight_decay: 0.1 }],
      ["{'gradient_accumulation_steps': 2}", { gradient_accumulation_steps: 2 }],
    ] as Untyped) {
      const opt = optimizers.SGD(0.1, kwargs);
      const [v, w] = [K.Variable([float(1), float(2)]), K.Variable([[float(3)]])];
      for (const k of [0, 1])
        opt.apply([ops.convert_to_tensor([0.6, -0.8]), ops.convert_to_tensor([[1.5 + k]])], [v, w]);
      print(text, rounded(list(v)), rounded(list(w)));
    }
  },
  multiple_losses() {
    const x = K.Input([4], { name: "x" });
    const h = layers.Dense(3, { activation: "relu", kernel_initializer: "ones", name: "h" })(x);
    const price = layers.Dense(1, { name: "price", kernel_initializer: "ones" })(h);
    const kind = layers.Dense(2, { activation: "softmax", name: "kind", kernel_initializer: "ones" })(h);
    const model = K.Model(x, { price, kind });
    model.compile("sgd", {
      loss: { price: "mse", kind: "sparse_categorical_crossentropy" },
      loss_weights: { price: 0.5, kind: 1 },
      metrics: { kind: ["accuracy"] },
    });
    const y = { price: fill([8, 1], 2), kind: array([0, 1, 0, 1, 0, 1, 0, 1], "int64") };
    const { history } = model.fit(fill([8, 4]), y, { batch_size: 4, epochs: 2, verbose: 2, shuffle: false });
    print(sorted(Object.keys(history)));
    print(model.metrics_names);
  },
  class_and_sample_weights() {
    const [x, y] = [fill([6, 2]), array([0, 1, 0, 1, 1, 0], "int64")];
    const model = K.Sequential([K.Input([2]), layers.Dense(2, { activation: "softmax" })]);
    setAll(model);
    model.compile("sgd", "sparse_categorical_crossentropy", {
      metrics: ["accuracy"],
      weighted_metrics: ["accuracy"],
    });
    const plain = { batch_size: 3, shuffle: false, verbose: 2 };
    model.fit(x, y, { class_weight: { 0: 1, 1: 3 }, ...plain });
    model.fit(x, y, { sample_weight: array([1, 2, 0, 1, 1, 0.5], "float64"), ...plain });
    print(rounded(model.evaluate(x, y, { verbose: 0 })));
  },
  validation_of_data() {
    const x = fill([10, 3]);
    const y = (x as Untyped).sum({ axis: 1, keepdims: true });
    const model = line(3);
    model.compile("adam", "mae", { metrics: ["mse"] });
    const h = model.fit(x, y, {
      validation_split: 0.3,
      epochs: 2,
      batch_size: 4,
      verbose: 2,
      shuffle: false,
    });
    print(Object.fromEntries(Object.entries(h.history).map(([k, v]) => [k, rounded(v)])));
    const validation_data = [(x as Untyped).at(":4"), y.at(":4")];
    model.fit(x, y, { validation_data, epochs: 3, initial_epoch: 2, verbose: 2, shuffle: false });
  },
  batches_by_hand() {
    const model = line(3);
    model.compile(optimizers.SGD(0.1), "mse", { metrics: ["mae"] });
    for (const k of [0, 1, 2]) {
      const logs = model.train_on_batch(fill([4, 3], k), fill([4, 1], k + 1), { return_dict: true });
      print(Object.fromEntries(Object.entries(logs).map(([name, v]) => [name, rounded(v, 5)])));
    }
    print(rounded([...model.test_on_batch(fill([4, 3]), fill([4, 1]))], 5));
    print(model.predict_on_batch(fill([2, 3])));
  },
  generators_of_batches() {
    function* batches() {
      for (let k = 0; ; k++) yield [fill([2, 3], k), fill([2, 1], k)];
    }
    const model = line(3);
    model.compile("sgd", "mse");
    model.fit(batches(), { steps_per_epoch: 3, epochs: 2, verbose: 2 });
    class Batches extends K.utils.PyDataset {
      __len__() {
        return 3;
      }
      __getitem__(i: number) {
        return [fill([2, 3], i), fill([2, 1], i)];
      }
      on_epoch_end() {
        print("epoch ends");
      }
    }
    model.fit(new Batches(), { epochs: 2, verbose: 2, shuffle: false });
    print(model.predict(new Batches(), { verbose: 0 }).shape);
  },
  own_callbacks() {
    class Stop extends callbacks.Callback {
      on_epoch_end(epoch: number, logs: object) {
        print("after", epoch, sorted(Object.keys(logs)));
        if (epoch === 1) this.model.stop_training = true;
      }
    }
    const model = line(3);
    model.compile("sgd", "mse");
    const before = callbacks.LambdaCallback({ on_epoch_begin: (epoch: number) => print("before", epoch) });
    const h = model.fit(fill([4, 3]), fill([4, 1]), {
      epochs: 5,
      verbose: 0,
      callbacks: [new Stop(), before],
    });
    print(h.epoch, h.params);
  },
  plateaus() {
    const model = line(2);
    model.compile(optimizers.SGD(0), "mse");
    const h = model.fit(fill([4, 2]), fill([4, 1]), {
      epochs: 6,
      verbose: 0,
      callbacks: [
        callbacks.ReduceLROnPlateau({
          monitor: "loss",
          factor: 0.5,
          patience: 1,
          verbose: 1,
          min_delta: 0.1,
        }),
        callbacks.EarlyStopping({ monitor: "loss", patience: 3, verbose: 1 }),
      ],
    });
    print(sorted(Object.keys(h.history)), h.epoch.length);
  },
  subclassed() {
    class Net extends K.Model {
      constructor() {
        super();
        this.a = layers.Dense(4, { activation: "relu" });
        this.b = layers.Dense(1);
      }
      call(x: Untyped) {
        return this.b(this.a(x));
      }
    }
    const net: Untyped = new Net();
    print(net.built);
    net(fill([2, 3]));
    setAll(net);
    net.compile("sgd", "mse");
    net.fit(fill([4, 3]), fill([4, 1]), { verbose: 2, shuffle: false });
    net.summary();
    print(net.weights.map((w: Untyped) => w.path));
  },
};
