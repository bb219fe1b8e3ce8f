import { float, print, round, tuple, type } from "@cognate/py";
import { array, attempt, fill, setAll } from "../arrays.test.helper.js";
import * as keras from "../index.js";

/* Programs about layers and numbers, as the generator of the fixture has them. */

// biome-ignore lint/suspicious/noExplicitAny: users' programs are written in JavaScript, without types.
type Untyped = any;
const K: Untyped = keras;
const { layers, ops } = K;
const rounded = (x: Untyped, n = 4): Untyped =>
  Array.isArray(x) ? x.map((y: Untyped) => rounded(y, n)) : float(round(Number(x), n));
const className = (x: Untyped): string => (type(x) as Untyped).__name__;
const first = (y: Untyped): Untyped => rounded(ops.convert_to_numpy(y).at(0, 0).tolist());

export const valueQuestions: Readonly<Record<string, () => void>> = {
  seeded_layers() {
    print(layers.Dense(2)(array([[1, 1, 1]], "float64")));
    K.utils.set_random_seed(7);
    print(layers.Embedding(4, 3)(array([[0, 3]], "int64")));
    print(layers.LSTM(2)(fill([1, 3, 2])));
    print(K.random.normal([2, 2], { seed: 3 }), K.random.uniform([3], { seed: 4 }));
    print(
      K.random.randint([5], 0, 10, { seed: 5 }),
      K.random.shuffle(array([0, 1, 2, 3, 4, 5], "int64"), { seed: 6 }),
    );
  },
  dropout_in_training() {
    const layer = layers.Dropout(0.5, { seed: 3 });
    const x = ops.convert_to_numpy(ops.ones([2, 4]));
    print(layer(x), layer(x, { training: true }), layer(x, { training: true }));
    const y = ops.convert_to_numpy(ops.ones([1, 3, 4]));
    print(layers.SpatialDropout1D(0.5, { seed: 1 })(y, { training: true }));
    print(layers.GaussianNoise(0.1, { seed: 2 })(x, { training: true }));
  },
  weights_by_name() {
    const model = K.Sequential(
      [K.Input([3]), layers.Dense(2, { name: "a" }), layers.Dense(1, { name: "b" })],
      { name: "m" },
    );
    setAll(model);
    print(
      model.get_layer("a").kernel.numpy().tolist(),
      model.weights.map((w: Untyped) => w.name),
    );
    print(model.weights.map((w: Untyped) => tuple([w.path, tuple([...w.shape]), w.trainable])));
    model.get_layer("a").trainable = false;
    print(model.trainable_weights.length, model.non_trainable_weights.length, model.count_params());
    attempt(() => model.get_layer("c"));
    attempt(() => model.set_weights([ops.zeros([3, 2])]));
    attempt(() => model.get_layer({ index: 5 }));
  },
  masks_travel() {
    const x = array(
      [
        [1, 2, 0],
        [3, 0, 0],
      ],
      "int64",
    );
    const e = layers.Embedding(5, 2, { mask_zero: true });
    const y = e(x);
    print(y._keras_mask);
    print(layers.Dropout(0.1)(y)._keras_mask);
    const pooled = layers.GlobalAveragePooling1D()(y);
    print(pooled.shape, (pooled._keras_mask ?? null) !== null);
    print(e.compute_mask(x));
    const m = layers.Masking({ mask_value: 0 });
    const z = array([
      [
        [1, 2],
        [0, 0],
        [0, 1],
      ],
    ]);
    print(m(z)._keras_mask);
    const ones = { kernel_initializer: "ones", recurrent_initializer: "ones" };
    print(layers.SimpleRNN(2, { return_sequences: true, ...ones })(m(z)));
  },
  bidirectional_and_states() {
    const x = fill([1, 3, 2]);
    const layer = layers.Bidirectional(layers.GRU(2, { return_sequences: true, return_state: true }), {
      merge_mode: "concat",
    });
    layer(x);
    setAll(layer);
    const [y, f, b] = layer(x);
    print(y);
    print(f, b);
    print(layer.weights.map((w: Untyped) => w.path));
  },
  time_distributed_images() {
    const model = K.Sequential([
      K.Input([3, 6, 6, 1]),
      layers.TimeDistributed(layers.Conv2D(2, 3)),
      layers.TimeDistributed(layers.Flatten()),
      layers.LSTM(4),
      layers.Dense(1),
    ]);
    model.summary();
    print(model.output_shape, model.layers[1].output.shape);
  },
  norms_of_layers() {
    const x = fill([2, 3, 4]);
    for (const layer of [
      layers.BatchNormalization(),
      layers.LayerNormalization(),
      layers.GroupNormalization(2),
      layers.UnitNormalization(),
      layers.RMSNormalization(),
    ])
      print(className(layer), first(layer(x)));
    const b = layers.BatchNormalization({ momentum: 0.5 });
    print(first(b(x, { training: true })));
    print(b.weights.map((w: Untyped) => rounded(w.numpy().tolist())));
  },
  tensors_computed() {
    const a = ops.array([
      [float(1), float(2)],
      [float(3), float(4)],
    ]);
    const b = ops.array([
      [float(0), float(1)],
      [float(1), float(0)],
    ]);
    print(ops.matmul(a, b), a.matmul(b), a.mul(b).add(1), a.div(2));
    print(ops.mean(a, { axis: 0 }), ops.max(a), ops.argmax(a, { axis: -1 }), ops.std(a));
    print(ops.concatenate([a, b], { axis: 1 }), ops.stack([a, b]).shape);
    print(ops.where(a.gt(2), a, 0), ops.clip(a, 1.5, 3), ops.cumsum(a, { axis: 1 }));
    print(ops.softmax(a), ops.relu(a.sub(2)), ops.one_hot([0, 2], 3), ops.top_k(a, 1));
    print(ops.transpose(a), ops.reshape(a, [4]), ops.expand_dims(a, 0).shape, a.at(0, 1), a.at(":", 0));
    print(ops.norm(a), ops.det(a), ops.inv(a), ops.einsum("ij,jk->ik", a, b));
    print(ops.cast(a, "int32"), ops.round(a.div(3), 2), ops.logical_and(a.gt(1), a.lt(4)));
  },
  eight_bits() {
    const model = K.Sequential(
      [K.Input([3]), layers.Dense(4, { activation: "relu", name: "a" }), layers.Dense(2, { name: "b" })],
      { name: "m" },
    );
    setAll(model);
    print(model.predict(fill([2, 3]), { verbose: 0 }));
    model.quantize("int8");
    print(model.predict(fill([2, 3]), { verbose: 0 }));
    print(model.layers[0].kernel, model.layers[0].dtype_policy);
    model.summary();
    attempt(() => model.layers[0].quantize("int8"));
    attempt(() => model.quantize("int3"));
  },
  low_rank() {
    const layer = layers.Dense(3, { name: "d" });
    layer.build(tuple([null, 4]));
    layer.set_weights([fill([4, 3]), fill([3], 1)]);
    layer.enable_lora(2);
    print(layer.weights.map((w: Untyped) => tuple([w.path, tuple([...w.shape]), w.trainable])));
    print(layer(fill([1, 4])));
    attempt(() => layer.enable_lora(2));
  },
};
