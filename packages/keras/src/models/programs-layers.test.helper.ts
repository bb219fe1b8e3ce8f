import { print, tuple } from "@cognate/py";
import { array, fill, setAll } from "../arrays.test.helper.js";
import * as keras from "../index.js";

/* Programs about layers: their shapes, states, masks and printed tables, as the generator of the fixture has them. */

const { layers, ops } = keras;
// biome-ignore lint/suspicious/noExplicitAny: users' programs are written in JavaScript, without types.
type Untyped = any;
const Model: Untyped = keras.Model;
const shapes = (arrays: readonly { shape: readonly number[] }[]): unknown[] =>
  arrays.map((a) => tuple([...a.shape]));

export const layerPrograms: Readonly<Record<string, () => void>> = {
  convolutional_network() {
    const model = keras.Sequential([
      keras.Input([28, 28, 1]),
      layers.Conv2D(32, { kernel_size: [3, 3], activation: "relu" }),
      layers.MaxPooling2D({ pool_size: [2, 2] }),
      layers.Conv2D(64, { kernel_size: [3, 3], activation: "relu", padding: "same" }),
      layers.BatchNormalization(),
      layers.GlobalAveragePooling2D(),
      layers.Dropout(0.5),
      layers.Dense(10, { activation: "softmax" }),
    ]);
    model.summary();
    print(shapes(model.get_weights()));
    print(model(ops.zeros([2, 28, 28, 1])).shape);
  },
  shapes_of_layers() {
    const x = fill([2, 8, 8, 3]);
    const list: Untyped[] = [
      layers.Conv2D(4, 3),
      layers.Conv2D(4, 3, { strides: 2, padding: "same" }),
      layers.Conv2D(4, 3, { dilation_rate: 2 }),
      layers.Conv2DTranspose(4, 3, { strides: 2 }),
      layers.DepthwiseConv2D(3, { depth_multiplier: 2 }),
      layers.SeparableConv2D(5, 3),
      layers.MaxPooling2D(3, { strides: 2, padding: "same" }),
      layers.AveragePooling2D(2),
      layers.GlobalMaxPooling2D({ keepdims: true }),
      layers.ZeroPadding2D([
        [1, 2],
        [0, 3],
      ]),
      layers.Cropping2D(2),
      layers.UpSampling2D([2, 3]),
      layers.Flatten(),
      layers.Reshape([-1, 6]),
      layers.Permute([3, 1, 2]),
    ];
    for (const layer of list)
      print(
        layer.name,
        layer(x).shape,
        layer.compute_output_shape(tuple([null, 8, 8, 3])),
        layer.count_params(),
      );
  },
  recurrent_network() {
    const model = keras.Sequential([
      keras.Input([10]),
      layers.Embedding(1000, 16, { mask_zero: true }),
      layers.Bidirectional(layers.LSTM(8, { return_sequences: true })),
      layers.GRU(4),
      layers.Dense(1, { activation: "sigmoid" }),
    ]);
    model.summary();
    for (const w of model.weights) print(w.path, w.shape, w.dtype);
  },
  states_of_lstm() {
    const lstm: Untyped = layers.LSTM(3, { return_sequences: true, return_state: true });
    const x = fill([2, 4, 2]);
    lstm(x);
    setAll(lstm);
    const [whole, h, c] = lstm(x);
    print(whole.shape, h.shape, c.shape);
    print(h);
    print(ops.all(ops.isclose(whole.at(":", -1), h)).item());
    const c2 = lstm(x, { initial_state: [h, c] })[2];
    print(c2);
    const gru: Untyped = layers.GRU(2, { return_state: true });
    const [out, state] = gru(x);
    print(
      out.shape,
      state.shape,
      gru.weights.map((w: Untyped) => w.shape),
    );
  },
  autoencoder() {
    const encoderInput = keras.Input([28, 28, 1], { name: "img" });
    let x: Untyped = layers.Conv2D(16, 3, { activation: "relu" })(encoderInput);
    x = layers.MaxPooling2D(3)(x);
    const encoder = Model(encoderInput, layers.GlobalMaxPooling2D()(x), { name: "encoder" });
    const decoderInput = keras.Input([16], { name: "encoded_img" });
    x = layers.Reshape([4, 4, 1])(decoderInput);
    x = layers.Conv2DTranspose(16, 3, { activation: "relu" })(x);
    x = layers.UpSampling2D(3)(x);
    const decoder = Model(decoderInput, layers.Conv2DTranspose(1, 3, { activation: "relu" })(x), {
      name: "decoder",
    });
    const autoInput = keras.Input([28, 28, 1], { name: "img2" });
    const autoencoder = Model(autoInput, decoder(encoder(autoInput)), {
      name: "autoencoder",
    });
    encoder.summary();
    decoder.summary();
    autoencoder.summary({ expand_nested: true });
  },
  residual_network() {
    const inputs = keras.Input([16, 16, 3], { name: "img" });
    let x: Untyped = layers.Conv2D(8, 3, { activation: "relu", padding: "same" })(inputs);
    const block: Untyped = layers.MaxPooling2D(2)(x);
    x = layers.Conv2D(8, 3, { padding: "same", use_bias: false })(block);
    x = layers.BatchNormalization()(x);
    x = layers.Activation("relu")(x);
    x = layers.add([x, block]);
    x = layers.GlobalAveragePooling2D()(x);
    const model = Model(inputs, layers.Dense(4)(x), { name: "toy_resnet" });
    model.summary();
    model.layers[1].trainable = false;
    model.summary({ show_trainable: true });
    print(model.trainable_weights.length, model.non_trainable_weights.length, model.weights.length);
    print(model.layers.map((l: Untyped, i: number) => tuple([i, l.name, l.output.shape])));
  },
  shared_layers() {
    const shared = layers.Embedding(20, 4, { name: "words" });
    const a = keras.Input([5], { dtype: "int32", name: "a" });
    const b = keras.Input([5], { dtype: "int32", name: "b" });
    const pool = layers.GlobalAveragePooling1D({ name: "pool" });
    const left = pool(shared(a));
    const right = pool(shared(b));
    const score = layers.Dot({ axes: 1, normalize: true, name: "score" })([left, right]);
    const model: Untyped = keras.Model([a, b], score, { name: "siamese" });
    model.summary();
    setAll(model);
    const ids = ops.reshape(ops.arange(10, { dtype: "int32" }), [2, 5]);
    print(model([ids, ops.flip(ids, 0)]));
    print(model.predict({ a: ids, b: ids }, { verbose: 0 }));
    print(
      model.output_names,
      model.inputs.map((i: Untyped) => i.shape),
    );
    print(shared.count_params(), shared._inbound_nodes.length);
  },
  attention() {
    const mha: Untyped = layers.MultiHeadAttention({ num_heads: 2, key_dim: 2 });
    const [target, source] = [keras.Input([8, 16]), keras.Input([4, 16])];
    const [out, weights] = mha(target, source, { return_attention_scores: true });
    print(out.shape, weights.shape);
    print(mha.weights.map((w: Untyped) => tuple([w.path, w.shape])));
    const [q, v] = [fill([1, 2, 3]), fill([1, 4, 3], 2)];
    const attend: Untyped = layers.Attention();
    const [y, scores] = attend([q, v], { return_attention_scores: true });
    print(y, scores);
    print((layers.AdditiveAttention({ use_scale: false }) as Untyped)([q, v]));
    const causal = (layers.Attention() as Untyped)([v, v], { use_causal_mask: true });
    print(causal.shape, mha.get_config().num_heads, mha.count_params());
  },
  transformer_block() {
    class TransformerBlock extends keras.layers.Layer {
      constructor(dim: number, heads: number, ff: number, rate = 0.1) {
        super();
        this.att = layers.MultiHeadAttention({ num_heads: heads, key_dim: dim });
        this.ffn = keras.Sequential([layers.Dense(ff, { activation: "relu" }), layers.Dense(dim)]);
        this.norm1 = layers.LayerNormalization({ epsilon: 1e-6 });
        this.norm2 = layers.LayerNormalization({ epsilon: 1e-6 });
        this.drop = layers.Dropout(rate);
      }
      override call(x: Untyped) {
        const h = this.norm1(x.add(this.drop(this.att(x, x))));
        return this.norm2(h.add(this.ffn(h)));
      }
    }
    const inputs = keras.Input([6]);
    let x: Untyped = layers.Embedding(50, 8)(inputs);
    x = new TransformerBlock(8, 2, 16)(x);
    x = layers.GlobalAveragePooling1D()(x);
    const model = Model(inputs, layers.Dense(2, { activation: "softmax" })(x));
    model.summary();
    print(model.layers[2], model.weights.length);
    print(model.layers[2].trainable_weights.map((w: Untyped) => w.path));
  },
  cells_and_wrappers() {
    const x = fill([2, 3, 2]);
    const rnn: Untyped = layers.RNN([layers.LSTMCell(4), layers.GRUCell(3)], { return_state: true });
    const [out, ...states] = rnn(x);
    print(
      out.shape,
      states.map((s: Untyped) => s.shape ?? [...s].map((t: Untyped) => t.shape)),
    );
    print(rnn.weights.map((w: Untyped) => w.path));
    const both: Untyped = layers.Bidirectional(layers.SimpleRNN(2, { return_sequences: true }), {
      merge_mode: "sum",
    });
    both(x);
    setAll(both);
    print(both(x));
    const each: Untyped = layers.TimeDistributed(layers.Dense(3));
    print(each(x).shape, each.compute_output_shape(tuple([null, 7, 2])), each.weights[0].path);
    print((layers.ConvLSTM1D(2, 2) as Untyped)(fill([1, 3, 5, 1])).shape);
    class MinimalCell extends keras.layers.Layer {
      constructor(units: number, kwargs: object = {}) {
        super(kwargs);
        this.units = this.state_size = units;
      }
      override build(input_shape: Untyped) {
        this.kernel = this.add_weight({
          shape: [input_shape.at(-1), this.units],
          initializer: "ones",
          name: "kernel",
        });
      }
      override call(inputs: Untyped, states: Untyped): unknown {
        const h = (ops.matmul(inputs, this.kernel) as Untyped).add(states[0].mul(0.5));
        return tuple([h, [h]]);
      }
    }
    print((layers.RNN(new MinimalCell(2) as Untyped, { return_sequences: true }) as Untyped)(x));
  },
  activations_printed() {
    const values: Untyped = ops.convert_to_tensor(array([-3, -1, 0, 1, 3]));
    const names =
      "relu relu6 leaky_relu elu selu gelu silu mish softplus softsign tanh sigmoid hard_sigmoid exponential linear celu sparse_plus hard_tanh log_sigmoid squareplus";
    for (const name of names.split(" "))
      print(name, (keras.activations.get(name) as Untyped)(values).numpy());
    print(keras.activations.relu(values, { negative_slope: 0.1, max_value: 2, threshold: 0.5 }));
    print(
      (layers.PReLU() as Untyped)(values.at(null)).shape,
      (layers.LeakyReLU({ negative_slope: 0.2 }) as Untyped)(values),
    );
    print(
      (layers.Softmax({ axis: -1 }) as Untyped)(values.at(null)),
      layers.ReLU({ max_value: 1 }).get_config(),
    );
    const rows = ops.convert_to_tensor(
      array([
        [1, 2],
        [3, 5],
      ]),
    );
    print(keras.activations.softmax(rows, { axis: 0 }));
  },
  merging_layers() {
    const [a, b]: Untyped[] = [fill([2, 3]), fill([2, 3], 4)];
    print(layers.add([a, b]), layers.subtract([a, b]));
    print(layers.multiply([a, b]), layers.average([a, b]));
    print(layers.maximum([a, b]), layers.minimum([a, b]));
    print(
      (layers.concatenate([a, b], { axis: 0 }) as Untyped).shape,
      layers.dot([a, b], { axes: 1 } as Untyped),
    );
    const x: Untyped = layers.Concatenate({ axis: 1 })([
      keras.Input([2, 5], { name: "p" }),
      keras.Input([3, 5], { name: "q" }),
    ]);
    print(x.shape, x.name, x.dtype);
    for (const f of [
      () => layers.Add()([keras.Input([2]), keras.Input([3])]),
      () => layers.Concatenate()([keras.Input([2, 3]), keras.Input([3, 3])]),
      () => layers.Add()(a),
    ])
      try {
        f();
      } catch (e) {
        print((e as Error).message);
      }
  },
  bands_of_images() {
    const x: Untyped = ops.reshape(ops.cast(ops.arange(32), "float32"), [1, 4, 4, 2]);
    const run = (layer: Untyped, ...args: unknown[]): Untyped => layer(...args);
    print(run(layers.Resizing(2, 2), x).at(0, ":", ":", 0));
    print(
      run(layers.CenterCrop(2, 2), x).shape,
      run(layers.RandomFlip("horizontal", { seed: 1 }), x, { training: false }).shape,
    );
    print((ops.image.resize(x, [2, 3], { interpolation: "nearest" }) as Untyped).at(0, ":", ":", 1));
    print(
      (ops.image.pad_images(x, 1, 1, 1, 1) as Untyped).shape,
      (ops.image.crop_images(x, 1, 1, 1, 1) as Untyped).shape,
    );
    print(run(layers.AveragePooling2D(2), x).at(0), run(layers.MaxPooling2D(2, { strides: 1 }), x).shape);
    print((ops.image.rgb_to_grayscale(ops.ones([2, 2, 3])) as Untyped).shape);
    print(
      run(layers.Conv1D(2, 3, { padding: "causal" }), fill([1, 5, 3])).shape,
      run(layers.Conv3D(1, 2), fill([1, 3, 3, 3, 1])).shape,
    );
  },
  normalization_adapts() {
    const run = (layer: Untyped, ...args: unknown[]): Untyped => layer(...args);
    const norm: Untyped = layers.Normalization({ axis: -1 });
    const data = array([
      [0, 7, 4],
      [2, 9, 6],
      [0, 7, 4],
      [2, 9, 6],
    ]);
    norm.adapt(data);
    print(norm.mean, norm.variance);
    print(norm(data));
    print(run(layers.Normalization({ mean: 3, variance: 2 }), array([[1, 2, 3]])));
    print(run(layers.Rescaling(1 / 255), array([[0, 51, 255]], "int64")));
    const batch: Untyped = layers.BatchNormalization();
    print(batch(data, { training: true }));
    print(
      batch.weights.map((w: Untyped) => w.name),
      batch.moving_mean.numpy(),
    );
    print(run(layers.LayerNormalization(), data).at(0), run(layers.UnitNormalization(), data).at(1));
  },
};
