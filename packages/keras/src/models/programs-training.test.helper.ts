import { float, fmt, keys, print, round, sorted, tuple, type } from "@cognate/py";
import { array, fill, setAll } from "../arrays.test.helper.js";
import * as keras from "../index.js";

/* Programs about training: logs, callbacks, steps of one's own, files; as the generator of the fixture has them. */

declare const process: {
  getBuiltinModule(name: string): unknown;
  cwd(): string;
  chdir(folder: string): void;
};
interface Files {
  mkdtempSync(prefix: string): string;
  readdirSync(folder: string): string[];
  rmSync(folder: string, options: object): void;
}
const { mkdtempSync, readdirSync, rmSync } = process.getBuiltinModule("node:fs") as Files;
const { tmpdir } = process.getBuiltinModule("node:os") as { tmpdir(): string };

const { layers, ops } = keras;
// biome-ignore lint/suspicious/noExplicitAny: users' programs are written in JavaScript, without types.
type Untyped = any;
const K: Untyped = keras;
const same = (a: Untyped, b: Untyped): boolean =>
  (ops.all(ops.isclose(a, b)) as unknown as { item(): boolean }).item();
/** A model of one dense layer, with weights that differ. */
const line = (inputs: number): Untyped => {
  const model = keras.Sequential([keras.Input([inputs]), layers.Dense(1)]);
  setAll(model);
  return model;
};

export const trainingPrograms: Readonly<Record<string, () => void>> = {
  stateful_lstm() {
    const model: Untyped = keras.Sequential([
      keras.Input({ batch_shape: [1, 2, 1] }),
      layers.LSTM(2, { stateful: true }),
      layers.Dense(1),
    ]);
    setAll(model);
    model.compile({ loss: "mse", optimizer: "sgd" });
    const x = fill([1, 2, 1], 4);
    print(model.predict(x, { verbose: 0 }));
    print(model.predict(x, { verbose: 0 }));
    model.layers[0].reset_state();
    print(model.predict(x, { verbose: 0 }));
    let history: Untyped;
    for (let i = 0; i < 2; i++) {
      history = model.fit(x, array([[0.5]]), { epochs: 1, batch_size: 1, verbose: 2, shuffle: false });
      model.layers[0].reset_state();
    }
    print(history.epoch, Object.keys(history.history));
  },
  linear_regression() {
    const x = array(Array.from({ length: 20 }, (_, i) => [-1 + (2 * i) / 19]));
    const y = x.mul(2).add(1);
    const model: Untyped = keras.Sequential([
      keras.Input([1]),
      layers.Dense(1, { kernel_initializer: "ones" }),
    ]);
    model.compile({ optimizer: keras.optimizers.SGD({ learning_rate: 0.1 }), loss: "mean_squared_error" });
    const history = model.fit(x, y, { epochs: 30, batch_size: 5, verbose: 0, shuffle: false });
    print(
      history.history.loss.filter((_: number, i: number) => i % 6 === 0).map((v: number) => fmt("%.4f", v)),
    );
    const [w, b] = model.layers[0].get_weights();
    print(w.round(3), b.round(3));
    print(model.predict(array([[3]], "float64"), { verbose: 0 }).round(2));
  },
  logs_of_fit() {
    const x = fill([12, 3]);
    const y = array(Array.from({ length: 12 }, (_, i) => i % 2));
    const model: Untyped = keras.Sequential([
      keras.Input([3]),
      layers.Dense(4, { activation: "relu" }),
      layers.Dense(1, { activation: "sigmoid" }),
    ]);
    setAll(model);
    model.compile("adam", "binary_crossentropy", { metrics: ["accuracy"] });
    model.fit(x, y, { epochs: 2, batch_size: 4, shuffle: false, verbose: 1 });
    model.fit(x, y, { epochs: 2, batch_size: 4, shuffle: false, verbose: 2, validation_data: [x, y] });
    print(keys(model.fit(x, y, { epochs: 1, verbose: 0 }).history));
    model.evaluate(x, y, { verbose: 1 });
    model.evaluate(x, y, { batch_size: 6, verbose: 2 });
    const [loss, accuracy] = model.evaluate(x, y, { verbose: 0 });
    print(fmt("Test loss: %.3f, accuracy: %.3f", tuple([loss, accuracy])));
    print(keys(model.evaluate(x, y, { verbose: 0, return_dict: true })));
    print(model.predict(x.at(":2")));
    print(
      model.metrics_names,
      model.metrics.map((m: Untyped) => m.name),
    );
  },
  early_stopping() {
    const [x, y] = [fill([8, 2]), fill([8, 1], 3)];
    const model = line(2);
    model.compile(keras.optimizers.SGD(1.5), "mse");
    const stop = K.callbacks.EarlyStopping({
      monitor: "loss",
      patience: 2,
      restore_best_weights: true,
      verbose: 1,
    });
    const history = model.fit(x, y, { epochs: 20, verbose: 0, callbacks: [stop], shuffle: false });
    print(history.epoch.length, stop.stopped_epoch, stop.best_epoch, stop.patience, stop.wait);
    print(fmt("%.5f", stop.best));
    const slow = K.callbacks.EarlyStopping("loss", {
      min_delta: 10,
      patience: 1,
      verbose: 1,
      start_from_epoch: 2,
    });
    print(model.fit(x, y, { epochs: 9, verbose: 2, callbacks: slow, shuffle: false }).epoch);
  },
  checkpoints() {
    class Shown extends keras.callbacks.Callback {
      override on_epoch_end(epoch: number, logs: Untyped = null) {
        print("epoch", epoch, fmt("loss %.4f", logs.loss));
      }
    }
    const [x, y] = [fill([8, 2]), fill([8, 1], 3)];
    const model = line(2);
    model.compile(keras.optimizers.SGD(0.2), "mse");
    const here = process.cwd();
    const folder = mkdtempSync(`${tmpdir()}/cognate-checkpoints-`);
    process.chdir(folder);
    try {
      const best = K.callbacks.ModelCheckpoint("best.keras", {
        monitor: "loss",
        save_best_only: true,
        verbose: 1,
      });
      model.fit(x, y, { epochs: 2, verbose: 0, callbacks: [new Shown(), best], shuffle: false });
      model.optimizer.learning_rate = 0;
      model.fit(x, y, { epochs: 2, verbose: 2, callbacks: [best], shuffle: false });
      const each = K.callbacks.ModelCheckpoint("m-{epoch:02d}-{loss:.2f}.weights.h5", {
        save_weights_only: true,
        verbose: 1,
      });
      model.fit(x, y, { epochs: 2, verbose: 0, callbacks: [each], shuffle: false });
      print(readdirSync(".").sort());
      const again = K.models.load_model("best.keras");
      print(same(again.predict(x, { verbose: 0 }), model.predict(x, { verbose: 0 })));
    } finally {
      process.chdir(here);
      rmSync(folder, { recursive: true });
    }
  },
  learning_rates_of_callbacks() {
    const [x, y] = [fill([8, 2]), fill([8, 1], 3)];
    const model = line(2);
    model.compile(keras.optimizers.SGD(0.5), "mse");
    const schedule = (epoch: number, lr: number): number => (epoch < 2 ? lr : lr * 0.1);
    const scheduler = K.callbacks.LearningRateScheduler(schedule, { verbose: 1 });
    const history = model.fit(x, y, { epochs: 4, verbose: 0, shuffle: false, callbacks: [scheduler] });
    print(history.history.learning_rate.map((v: number) => round(float(v), 6)));
    const plateau = K.callbacks.ReduceLROnPlateau({
      monitor: "loss",
      factor: 0.5,
      patience: 1,
      verbose: 1,
      min_delta: 1,
    });
    model.fit(x, y, { epochs: 4, verbose: 2, shuffle: false, callbacks: [plateau] });
    print(fmt("%.6f", float(model.optimizer.learning_rate.numpy())));
  },
  callbacks_tell() {
    class Tell extends keras.callbacks.Callback {
      override on_train_begin(_logs: Untyped = null) {
        print("train begins", (this as Untyped).params);
      }
      override on_epoch_begin(epoch: number, logs: Untyped = null) {
        print("epoch", epoch, logs);
      }
      override on_train_batch_end(batch: number, logs: Untyped = null) {
        print("batch", batch, Object.keys(logs));
        if (batch === 1) (this as Untyped).model.stop_training = true;
      }
      override on_test_begin(_logs: Untyped = null) {
        print("test begins");
      }
      override on_predict_batch_end(batch: number, logs: Untyped = null) {
        print("predicted", batch, logs.outputs.shape);
      }
      override on_train_end(logs: Untyped = null) {
        print("train ends", Object.keys(logs));
      }
    }
    const [x, y] = [fill([6, 2]), fill([6, 1])];
    const model: Untyped = keras.Sequential([keras.Input([2]), layers.Dense(1)]);
    model.compile("sgd", "mse", { metrics: ["mae"] });
    const told = { batch_size: 2, epochs: 3, verbose: 0, callbacks: [new Tell()], validation_data: [x, y] };
    model.fit(x, y, told);
    model.predict(x, { batch_size: 4, verbose: 0, callbacks: [new Tell()] });
    const log = K.callbacks.LambdaCallback({
      on_epoch_end: (epoch: number, logs: object) => print(epoch, sorted(Object.keys(logs))),
    });
    model.fit(x, y, { epochs: 2, verbose: 0, callbacks: log });
    print(keras.callbacks.History, (type(log) as Untyped).__name__);
  },
  custom_train_step() {
    class CustomModel extends keras.Model {
      override train_step(data: Untyped) {
        const self = this as Untyped;
        const [x, y] = data;
        let y_pred: Untyped;
        const [tape, loss] = keras.GradientTape((tape: Untyped) => {
          y_pred = self(x, { training: true });
          return [tape, self.compute_loss({ y, y_pred })];
        }) as Untyped;
        const gradients = tape.gradient(loss, self.trainable_variables);
        self.optimizer.apply(gradients, self.trainable_variables);
        for (const metric of self.metrics)
          if (metric.name === "loss") metric.update_state(loss);
          else metric.update_state(y, y_pred);
        return Object.fromEntries(self.metrics.map((m: Untyped) => [m.name, m.result()]));
      }
      override test_step(data: Untyped) {
        const self = this as Untyped;
        const [x, y] = data;
        const y_pred = self(x, { training: false });
        for (const metric of self.metrics)
          if (metric.name === "loss") metric.update_state(self.compute_loss({ y, y_pred }));
          else metric.update_state(y, y_pred);
        return Object.fromEntries(self.metrics.map((m: Untyped) => [m.name, m.result()]));
      }
    }
    const inputs = keras.Input([3]);
    const model: Untyped = new (CustomModel as Untyped)(inputs, layers.Dense(1)(inputs));
    setAll(model);
    model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"] });
    model.fit(fill([6, 3]), fill([6, 1]), { epochs: 2, batch_size: 3, verbose: 2, shuffle: false });
    model.evaluate(fill([6, 3]), fill([6, 1]), { verbose: 2 });
  },
  saved_and_loaded() {
    const model: Untyped = keras.Sequential(
      [
        keras.Input([3]),
        layers.Dense(2, { activation: "relu", name: "hidden" }),
        layers.Dense(1, { name: "out" }),
      ],
      { name: "saved" },
    );
    setAll(model);
    model.compile(keras.optimizers.Adam(0.01), "mse", { metrics: ["mae"] });
    const [x, y] = [fill([4, 3]), fill([4, 1])];
    model.fit(x, y, { epochs: 1, verbose: 0 });
    const again = K.models.load_model(model.save());
    again.summary();
    print(
      again.optimizer.name,
      float(again.optimizer.learning_rate.numpy()),
      again.optimizer.iterations.numpy(),
    );
    print(same(again.predict(x, { verbose: 0 }), model.predict(x, { verbose: 0 })));
    print(again.get_compile_config());
    print(
      again.loss,
      again.metrics.map((m: Untyped) => m.name),
    );
  },
  many_outputs() {
    const x = keras.Input([3], { name: "x" });
    const h = layers.Dense(4, { activation: "relu", name: "h" })(x);
    const model: Untyped = K.Model(x, {
      price: layers.Dense(1, { name: "price" })(h),
      kind: layers.Dense(2, { activation: "softmax", name: "kind" })(h),
    });
    setAll(model);
    model.compile("sgd", {
      loss: { price: "mse", kind: "sparse_categorical_crossentropy" },
      loss_weights: { price: 1, kind: 0.5 },
      metrics: { price: ["mae"], kind: ["accuracy"] },
    });
    const y = { price: fill([6, 1]), kind: array([0, 1, 0, 1, 0, 1], "int64") };
    model.fit(fill([6, 3]), y, { epochs: 2, verbose: 2, shuffle: false });
    print(sorted(Object.keys(model.evaluate(fill([6, 3]), y, { verbose: 0, return_dict: true }))));
    const out = model.predict(fill([2, 3]), { verbose: 0 });
    print(
      Object.fromEntries(
        Object.keys(out)
          .sort()
          .map((k) => [k, out[k].shape]),
      ),
    );
  },
  custom_layers_train() {
    class Antirectifier extends keras.layers.Layer {
      override build(input_shape: Untyped) {
        this.kernel = this.add_weight({
          shape: [input_shape.at(-1) * 2, 2],
          initializer: "ones",
          name: "kernel",
          trainable: true,
        });
      }
      override call(inputs: Untyped): unknown {
        const x = inputs.sub(ops.mean(inputs, { axis: -1, keepdims: true }));
        this.add_loss(ops.sum(ops.square(x)).mul(0.01));
        return ops.matmul(ops.concatenate([ops.relu(x), ops.relu(x.neg())], { axis: -1 }), this.kernel);
      }
      override compute_output_shape(input_shape: Untyped): unknown {
        return tuple([...input_shape.slice(0, -1), 2]);
      }
    }
    const model: Untyped = keras.Sequential([
      keras.Input([3]),
      new Antirectifier(),
      layers.Dense(1, { kernel_initializer: "ones" }),
    ]);
    model.summary();
    model.compile(keras.optimizers.SGD(0.1), keras.losses.MeanAbsoluteError(), {
      metrics: [keras.metrics.MeanSquaredError({ name: "squares" })],
    });
    model.fit(fill([6, 3]), fill([6, 1]), { epochs: 3, batch_size: 3, verbose: 2, shuffle: false });
    print(model.layers[0].kernel.numpy().round(3));
  },
  custom_losses_and_metrics() {
    const weighted = (y_true: Untyped, y_pred: Untyped): unknown =>
      ops.mean((ops.square(y_true.sub(y_pred)) as Untyped).mul(3), { axis: -1 });
    class Largest extends keras.metrics.Metric {
      constructor(name = "largest", kwargs: object = {}) {
        super({ name, ...kwargs });
        (this as Untyped).total = (this as Untyped).add_variable({
          shape: [],
          initializer: "zeros",
          name: "total",
        });
      }
      override update_state(y_true: Untyped, y_pred: Untyped, _sample_weight: Untyped = null): Untyped {
        const total = (this as Untyped).total;
        total.assign(ops.maximum(total, ops.max(ops.abs(y_true.sub(y_pred)))));
      }
      override result(): Untyped {
        return (this as Untyped).total;
      }
    }
    function bias(y_true: Untyped, y_pred: Untyped): unknown {
      return ops.mean(y_pred.sub(y_true));
    }
    const model = line(3);
    model.compile("adam", weighted, { metrics: [new Largest(), bias, "mape"] });
    const history = model.fit(fill([6, 3]), fill([6, 1], 3), {
      epochs: 2,
      batch_size: 3,
      verbose: 2,
      shuffle: false,
    });
    print(Object.keys(history.history));
    print(
      model.metrics[0].name,
      model.metrics[0].variables.map((v: Untyped) => v.name),
    );
  },
  data_of_users() {
    const ten = array([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], "int64");
    const batches = K.utils.timeseries_dataset_from_array(ten, null, {
      sequence_length: 4,
      sequence_stride: 2,
      batch_size: 2,
    });
    for (const batch of batches) print(batch.numpy());
    const [left, right] = K.utils.split_dataset(ten, { left_size: 0.8 });
    print(left.length, right.length, [...right].map(Number));
    class Numbers extends keras.utils.PyDataset {
      constructor(n: number) {
        super();
        (this as Untyped).n = n;
      }
      __len__() {
        return (this as Untyped).n;
      }
      override __getitem__(i: number): Untyped {
        return tuple([fill([2, 3], i), fill([2, 1], i)]);
      }
      override on_epoch_end() {
        print("epoch ended");
      }
    }
    const model = line(3);
    model.compile("sgd", "mse");
    model.fit(new Numbers(3), { epochs: 2, verbose: 2, shuffle: false });
    print(model.predict(new Numbers(2), { verbose: 0 }).shape);
    function* endless() {
      while (true) yield tuple([fill([2, 3]), fill([2, 1])]);
    }
    model.fit(endless(), { steps_per_epoch: 2, epochs: 2, verbose: 2 });
    print(model.train_on_batch(fill([2, 3]), fill([2, 1])));
  },
  transfer_learning() {
    const base: Untyped = keras.Sequential(
      [
        keras.Input([4]),
        layers.Dense(6, { name: "b1" }),
        layers.BatchNormalization({ name: "bn" }),
        layers.Dense(3, { name: "b2" }),
      ],
      { name: "base" },
    );
    base.trainable = false;
    const inputs = keras.Input([4], { name: "in" });
    const model: Untyped = K.Model(
      inputs,
      layers.Dense(1, { name: "top" })(base(inputs, { training: false })),
      { name: "transfer" },
    );
    model.summary({ show_trainable: true });
    model.compile("adam", "mse");
    const before = base.get_weights();
    model.fit(fill([4, 4]), fill([4, 1]), { epochs: 1, verbose: 0 });
    const after = base.get_weights();
    print(before.every((w: Untyped, i: number) => same(w, after[i])));
    base.trainable = true;
    for (const layer of base.layers.slice(0, -1)) layer.trainable = false;
    print(model.trainable_variables.map((v: Untyped) => v.path));
    model.compile(keras.optimizers.Adam(1e-5), "mse");
    model.summary({ expand_nested: true });
  },
  regularized() {
    const R: Untyped = keras.regularizers;
    const C: Untyped = keras.constraints;
    const model: Untyped = keras.Sequential([
      keras.Input([3]),
      layers.Dense(2, {
        kernel_regularizer: R.L2(0.1),
        bias_regularizer: "l1",
        kernel_constraint: C.MaxNorm(0.5),
      }),
      layers.Dense(1, { activity_regularizer: R.L1(0.01) }),
    ]);
    setAll(model);
    print(model.losses.map((loss: Untyped) => fmt("%.5f", float(loss))));
    model.compile(keras.optimizers.SGD(0.1), "mse");
    model.fit(fill([4, 3]), fill([4, 1]), { epochs: 2, verbose: 2, shuffle: false });
    print((ops.norm(model.layers[0].get_weights()[0], { axis: 0 }) as Untyped).numpy().round(4));
    print(R.L1L2(0.1, 0.2)(ops.ones([2, 2])), R.get("l2").get_config());
    print(C.NonNeg()(ops.convert_to_tensor(array([-1, 2]))), C.UnitNorm().get_config());
    const square = array([
      [1, 2],
      [3, 4],
    ]);
    print(R.OrthogonalRegularizer(0.01)(ops.convert_to_tensor(square)));
  },
  rates_and_counts() {
    const model = line(2);
    const schedule = keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.5);
    model.compile(keras.optimizers.Adam(schedule as never), "mse");
    model.fit(fill([8, 2]), fill([8, 1]), { batch_size: 2, epochs: 2, verbose: 0, shuffle: false });
    print(model.optimizer.iterations.numpy(), fmt("%.5f", float(model.optimizer.learning_rate)));
    print(model.optimizer.variables.map((v: Untyped) => v.path));
    model.summary();
    model.compile("sgd", "mse");
    model.optimizer.learning_rate.assign(0.5);
    print(model.optimizer.learning_rate, model.optimizer.get_config().learning_rate);
    const ema: Untyped = keras.optimizers.SGD(0.1, { use_ema: true, ema_momentum: 0.5 });
    const w: Untyped = keras.Variable([float(1), float(2)]);
    for (let i = 0; i < 3; i++) ema.apply_gradients([tuple([ops.convert_to_tensor(array([1, 1])), w])]);
    print(w.numpy());
    ema.finalize_variable_values([w]);
    print(w.numpy());
  },
  mixed_models() {
    class MLP extends keras.Model {
      constructor(units: readonly number[]) {
        super({ name: "mlp" });
        this.hidden = units.map((u) => layers.Dense(u, { activation: "relu" }));
        this.out = layers.Dense(1);
      }
      override call(x: Untyped, training: Untyped = null): Untyped {
        let h = x;
        for (const layer of this.hidden) h = layer(h);
        if (training) h = h.mul(1);
        return this.out(h);
      }
    }
    const model: Untyped = new MLP([4, 3]);
    model.compile("sgd", "mse");
    model.build(tuple([null, 2]));
    model.summary();
    print(model.trainable_variables.map((v: Untyped) => tuple([v.path, v.shape])));
    setAll(model);
    model.fit(fill([4, 2]), fill([4, 1]), { epochs: 1, verbose: 2, shuffle: false });
    print(model.predict(fill([3, 2]), { verbose: 0 }).shape, model.count_params(), model.built);
    const double = layers.Lambda((t: Untyped) => t.mul(2), { name: "double" });
    const wrapped: Untyped = keras.Sequential([keras.Input([2]), model, double]);
    print(
      wrapped.output_shape,
      wrapped.layers.map((l: Untyped) => l.name),
    );
  },
};
