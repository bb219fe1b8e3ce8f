import { float, fmt, print, range, repr, sorted, tuple } from "@cognate/py";
import { array } from "../arrays.test.helper.js";
import * as keras from "../index.js";

/* Programs about values: losses, metrics, optimizers, operations, encodings and what is printed of them. */

const { layers, ops } = keras;
// biome-ignore lint/suspicious/noExplicitAny: users' programs are written in JavaScript, without types.
type Untyped = any;
const run = (layer: Untyped, ...args: unknown[]): Untyped => layer(...args);
const floats = (data: unknown): Untyped => ops.convert_to_tensor(array(data));
const wide = (data: unknown): Untyped => array(data, "float64");

export const valuePrograms: Readonly<Record<string, () => void>> = {
  losses_by_hand() {
    const [y_true, y_pred] = [
      wide([
        [0, 1],
        [0, 0],
      ]),
      wide([
        [0.6, 0.4],
        [0.4, 0.6],
      ]),
    ];
    const L: Untyped = keras.losses;
    for (const loss of [
      L.BinaryCrossentropy(),
      L.BinaryCrossentropy({ from_logits: true, label_smoothing: 0.1 }),
      L.MeanSquaredError(),
      L.MeanAbsoluteError({ reduction: "sum" }),
      L.Huber({ delta: 0.3 }),
      L.CosineSimilarity({ axis: 1 }),
      L.Hinge({ reduction: null }),
      L.LogCosh(),
      L.Poisson(),
      L.KLDivergence(),
    ])
      print(loss.name, loss.reduction, loss(y_true, y_pred));
    const cce = L.CategoricalCrossentropy();
    const kinds = array(
      [
        [0, 1, 0],
        [0, 0, 1],
      ],
      "int64",
    );
    const rates = wide([
      [0.05, 0.95, 0],
      [0.1, 0.8, 0.1],
    ]);
    print(cce(kinds, rates).numpy());
    print(cce(kinds, rates, { sample_weight: wide([0.3, 0.7]) }).numpy());
    print(L.SparseCategoricalCrossentropy({ reduction: "none" })(array([1, 2], "int64"), rates).numpy());
    print(L.mean_squared_error(wide([[1, 2]]), wide([[1.5, 2.5]])));
    print(L.get("mse").__name__, L.Huber(0.5).get_config());
    print(L.serialize(L.Tversky({ alpha: 0.3 })));
  },
  metrics_by_hand() {
    const M: Untyped = keras.metrics;
    const m = M.Accuracy();
    m.update_state([[1], [2], [3], [4]], [[0], [2], [3], [4]]);
    print(m.result(), m.name, m);
    m.reset_state();
    m.update_state([[1], [2], [3], [4]], [[0], [2], [3], [4]], { sample_weight: [1, 1, 0, 0] });
    print(m.result().numpy());
    for (const metric of [
      M.BinaryAccuracy({ threshold: 0.4 }),
      M.Precision(),
      M.Recall({ thresholds: [0.3, 0.7] }),
      M.AUC({ num_thresholds: 3 }),
      M.F1Score({ threshold: 0.5 }),
      M.MeanSquaredError(),
      M.RootMeanSquaredError(),
      M.R2Score(),
      M.FalsePositives(),
      M.PrecisionAtRecall(0.5),
    ]) {
      metric.update_state(wide([[0], [1], [1], [0]]), wide([[0.1], [0.9], [0.4], [0.6]]));
      print(
        metric.name,
        metric.result().numpy(),
        metric.variables.map((v: Untyped) => v.shape),
      );
    }
    const mean = M.Mean({ name: "avg" });
    for (const value of [1, 3, 5, 7]) mean.update_state(value);
    print(mean.result(), float(mean.result()), mean.variables[0].path);
    const iou = M.MeanIoU({ num_classes: 2 });
    iou.update_state([0, 0, 1, 1], [0, 1, 0, 1]);
    print(iou.result(), iou.get_config());
    const top = M.SparseTopKCategoricalAccuracy({ k: 1 });
    print(
      top(
        [2, 1],
        [
          [0.1, 0.9, 0.8],
          [0.05, 0.95, 0],
        ],
      ),
    );
  },
  configs_of_optimizers() {
    const O: Untyped = keras.optimizers;
    for (const optimizer of [
      O.SGD(0.1, { momentum: 0.9, nesterov: true }),
      O.Adam(),
      O.AdamW(1e-4, { weight_decay: 0.01 }),
      O.RMSprop({ rho: 0.8, centered: true }),
      O.Adagrad({ clipnorm: float(1) }),
      O.Adam(O.schedules.ExponentialDecay(0.1, 100, 0.9)),
    ])
      print(optimizer.name, optimizer.get_config());
    print(O.get("adam").learning_rate);
    print(O.get({ class_name: "SGD", config: { learning_rate: 0.25 } }).learning_rate.numpy());
    const adam = O.Adam();
    const w: Untyped = keras.Variable([float(1), float(2)], { name: "w" });
    adam.build([w]);
    print(adam.variables.map((v: Untyped) => tuple([v.path, v.shape])));
    adam.apply([ops.convert_to_tensor([0.5, -0.5])]);
    print(w.numpy(), adam.iterations.numpy());
  },
  schedules() {
    const s: Untyped = keras.optimizers.schedules;
    for (const schedule of [
      s.ExponentialDecay(0.1, { decay_steps: 10, decay_rate: 0.5 }),
      s.ExponentialDecay(0.1, { decay_steps: 10, decay_rate: 0.5, staircase: true }),
      s.PiecewiseConstantDecay([5, 15], [float(1), 0.5, 0.1]),
      s.PolynomialDecay(0.1, 20, { end_learning_rate: 0.01, power: float(2) }),
      s.InverseTimeDecay(0.1, 5, 0.5),
      s.CosineDecay(0.1, 20, { alpha: 0.1, warmup_steps: 4, warmup_target: 0.2 }),
      s.CosineDecayRestarts(0.1, 8, { t_mul: 1.5, m_mul: 0.9 }),
    ]) {
      print(
        schedule.constructor.__name__ ?? schedule.constructor.name,
        [...range(0, 25, 6)].map((step) => fmt("%.5f", float(schedule(step)))),
      );
      print(schedule.get_config());
    }
  },
  ops_printed() {
    const o: Untyped = ops;
    const x = floats([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    print(x);
    print(o.sum(x), o.mean(x, { axis: 0 }), o.max(x, { axis: 1, keepdims: true }));
    print(o.matmul(x, o.transpose(x)));
    print(o.softmax(x).numpy());
    print(o.concatenate([x, x], { axis: 1 }).shape, o.stack([x, x]).shape, o.expand_dims(x, 0).shape);
    print(o.argmax(x, { axis: -1 }), o.top_k(x, 2));
    print(o.where(x.gt(3), x, float(0)));
    print(o.one_hot([0, 2, 1], 3));
    print(o.cast(x, "int32"), o.arange(5), o.arange(0, 1, 0.25));
    print(o.shape(x), o.size(x), o.ndim(x));
    print(o.split(o.arange(6), 3));
    print(o.cumsum(x, { axis: 1 }), o.clip(x, 2, 5));
    print(o.einsum("ij,kj->ik", x, x), o.norm(x), o.std(x));
    print(o.linspace(float(0), float(1), 5), o.eye(2), o.full([2, 2], 7));
  },
  ops_with_indices() {
    const o: Untyped = ops;
    const x = o.reshape(o.arange(12), [3, 4]);
    print(x.at(1), x.at(":", "1:3"), x.at(-1, -1));
    print(o.take(x, [0, 2], { axis: 1 }));
    print(o.take_along_axis(x, o.argsort(x.neg(), { axis: 1 }), { axis: 1 }));
    print(o.scatter([[1], [3]], [10, 20], [5]));
    print(
      o.scatter_update(
        x,
        [
          [0, 0],
          [2, 3],
        ],
        [100, 200],
      ),
    );
    print(o.slice(x, [1, 1], [2, 2]), o.slice_update(x, [0, 0], [[9, 9]]));
    print(
      o.segment_sum(o.convert_to_tensor([1, 2, 3, 4]), o.convert_to_tensor([0, 0, 1, 2]), {
        num_segments: 4,
      }),
    );
    print(o.nonzero(o.convert_to_tensor([0, 3, 0, 5])));
    print(o.searchsorted([1, 3, 5], [2, 5]), o.bincount([1, 1, 3]));
    print(
      o.while_loop(
        (i: Untyped) => o.less(i, 4),
        (i: Untyped, s: Untyped) => tuple([o.add(i, 1), o.add(s, i)]),
        tuple([0, 0]),
      ),
    );
    print(
      o.cond(
        o.convert_to_tensor(true),
        () => o.ones(2),
        () => o.zeros(2),
      ),
    );
    print(
      o.vectorized_map((v: Untyped) => v.mul(2), x).shape,
      o.scan(
        (c: Untyped, v: Untyped) => tuple([c.add(v), c.add(v)]),
        o.convert_to_tensor(0),
        o.convert_to_tensor([1, 2, 3]),
      ),
    );
  },
  encodings() {
    const U: Untyped = keras.utils;
    print(U.to_categorical([0, 1, 2, 3], { num_classes: 4 }));
    print(U.to_categorical([1, 0, 2]).shape, U.to_categorical(array([[1], [0]], "int64")).dtype);
    const lists = [[1], [2, 3], [4, 5, 6]];
    print(U.pad_sequences(lists));
    print(U.pad_sequences(lists, { padding: "post", value: -1 }));
    print(U.pad_sequences(lists, { maxlen: 2, truncating: "post" }));
    print(
      U.normalize(
        wide([
          [3, 4],
          [6, 8],
        ]),
      ),
    );
    print(
      run(layers.CategoryEncoding({ num_tokens: 4, output_mode: "multi_hot" }), [
        [0, 1],
        [0, 0],
        [1, 2],
        [3, 1],
      ]),
    );
    print(
      run(layers.Discretization({ bin_boundaries: [float(0), float(1), float(2)] }), [[-1.5, 1, 3.4, 0.5]]),
    );
    print(
      run(layers.IntegerLookup({ vocabulary: [12, 36, 1138, 42] }), [
        [12, 1138, 42],
        [42, 1000, 36],
      ]),
    );
    print(
      run(layers.StringLookup({ vocabulary: ["a", "b", "c"] }), [
        ["a", "c"],
        ["d", "b"],
      ]),
    );
  },
  text_vectorized() {
    const text: Untyped = layers.TextVectorization({ output_mode: "int", output_sequence_length: 6 });
    text.adapt(["The cat sat on the mat.", "The dog sat on the log!"]);
    print(text.get_vocabulary().map(String));
    print(text.vocabulary_size());
    print(text(["the cat and the dog", "mat"]).numpy());
    print(text("sat on log").shape);
    const counts = layers.TextVectorization({
      output_mode: "count",
      vocabulary: ["foo", "bar"],
      standardize: null,
    });
    print(run(counts, ["foo bar foo", "qux"]));
    const pairs: Untyped = layers.TextVectorization({ ngrams: 2, output_mode: "multi_hot", max_tokens: 6 });
    pairs.adapt(["a b a b", "b a"]);
    print(pairs.get_vocabulary().map(String), pairs(["a b"]));
  },
  seeded_numbers() {
    const R: Untyped = keras.random;
    print(R.normal([2, 2], { seed: 3 }));
    keras.utils.set_random_seed(42);
    print(R.uniform([3]));
    print(R.randint([4], 0, 10), R.shuffle(ops.arange(5)));
    const gen = R.SeedGenerator(7);
    print(R.normal([2], { seed: gen }), R.normal([2], { seed: gen }));
    print(run(layers.Dense(2), wide([[1, 1, 1]])));
    print(run(layers.Dropout(0.5, { seed: 1 }), ops.ones([2, 6]), { training: true }));
    print(run(keras.initializers.GlorotUniform({ seed: 5 }), [2, 3]));
    print(run(keras.initializers.HeNormal({ seed: 5 }), [2, 3]).numpy());
    print(
      (keras.initializers.get("zeros") as Untyped).get_config(),
      (keras.initializers.RandomNormal({ stddev: 0.1, seed: 2 }) as Untyped).get_config(),
    );
  },
  json_of_models() {
    const model = keras.Sequential(
      [
        keras.Input([2], { name: "i" }),
        layers.Dense(3, { kernel_regularizer: keras.regularizers.L1L2(0.1, 0.2), name: "l" }),
      ],
      { name: "j" },
    );
    const config = JSON.parse(model.to_json());
    print(config.class_name, Object.keys(config), Object.keys(config.config));
    for (const layer of config.config.layers) print(layer.class_name, sorted(Object.keys(layer.config)));
    print(config.config.layers[1].config.kernel_regularizer);
    print((layers.Dense as Untyped).from_config(model.layers[0]!.get_config()).units);
    print(keras.layers.serialize(layers.Dropout(0.2, { name: "drop" })));
    print(
      (
        keras.layers.deserialize({
          module: "keras.layers",
          class_name: "ReLU",
          config: { max_value: float(6) },
          registered_name: null,
        } as Untyped) as Untyped
      ).get_config(),
    );
  },
  reprs() {
    const A: Untyped = keras.activations;
    print(keras.Input([3], { name: "x" }));
    print((keras.Input([null, 4], { dtype: "int32", name: "y" }) as Untyped).add(1));
    const v: Untyped = keras.Variable([[float(1), float(2)]], { name: "v" });
    print(v, v.shape, v.dtype, v.path, v.trainable);
    print(repr(keras.Variable(3, { dtype: "int64", name: "n", trainable: false })));
    print(layers.Dense(2, { name: "d" }), [layers.Flatten({ name: "f" })]);
    print(keras.Sequential({ name: "s" }), keras.losses.MeanSquaredError, keras.metrics.Mean({ name: "m" }));
    print(A.relu.__name__, A.get("tanh").__name__, A.serialize(A.gelu));
    print(
      keras.backend.floatx(),
      keras.config.epsilon(),
      keras.config.image_data_format(),
      keras.config.backend(),
    );
    print(layers.Dense(1).dtype_policy, keras.mixed_precision.Policy("mixed_float16"));
    print(keras.InputSpec({ ndim: 2 }), keras.KerasTensor([2, 3], { dtype: "float16", name: "k" }));
    v.assign([[float(5), float(6)]]);
    v.assign_add([[float(1), float(1)]]);
    print(v.numpy(), v.add(1), v.at(0, 1));
  },
};
