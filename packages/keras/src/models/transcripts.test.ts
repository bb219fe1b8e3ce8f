import { Hdf5Dataset, Hdf5File, Hdf5Group, pythonJson } from "@cognate/formats";
import { print, sorted, tuple, ValueError } from "@cognate/py";
import { golden, printed } from "@cognate/testing";
import { expect, test } from "vitest";
import { array, attempt, fill, rounded, setAll } from "../arrays.test.helper.js";
import * as keras from "../index.js";
import { declareCall } from "../ops/operation.js";
import { seedAll } from "../random/state.js";

const { layers, ops } = keras;

const paths = (layer: { weights: readonly { path: string }[] }): string[] => layer.weights.map((w) => w.path);
const names = (list: readonly { name: string }[]): string[] => list.map((l) => l.name);

/** The programs of the generator beside the fixture, name by name. */
const programs: Readonly<Record<string, () => void>> = {
  sequential_grows() {
    const model = keras.Sequential();
    print(model, model.layers);
    model.add(layers.Dense(8, { name: "first" }));
    print(model.built, model.weights);
    model.add(layers.Dense(4));
    model.build(tuple([null, 16]) as never);
    print(model.built, paths(model), model.input_shape, model.output_shape);
    model.pop();
    print(names(model.layers), model.output_shape);
    model.add(layers.Dense(2, { use_bias: false }));
    model.summary();
    print(model.layers.at(-1)!.get_config());
  },
  sequential_with_input() {
    const model = keras.Sequential([
      keras.Input([4], { name: "x" }),
      layers.Dense(3, { activation: "relu" }),
      layers.Dropout(0.5),
    ]);
    setAll(model);
    print(model.inputs, model.outputs);
    print(model(fill([2, 4])));
    print(model.predict_on_batch(fill([2, 4], 3)));
    print(model.count_params(), model.built, model.name);
  },
  deferred() {
    const model = keras.Sequential([layers.Flatten(), layers.Dense(2)]);
    model.summary();
    attempt(() => model.input_shape);
    attempt(() => model.inputs);
    print(model(fill([2, 2, 3])).shape);
    model.summary();
  },
  graph_with_branches() {
    const a = keras.Input([8], { name: "a" });
    const b = keras.Input([4], { name: "b" });
    const shared = layers.Dense(5, { name: "shared_layer_with_a_long_name" });
    const left = shared(a);
    const right = shared(layers.Dense(8, { name: "widen" })(b));
    const both = layers.Concatenate()([left, right]);
    const one = layers.Dense(1, { name: "one" })(both);
    const two = layers.Add({ name: "sum_of_two_branches_that_is_longer" })([left, right]);
    const model = keras.Model([a, b], [one, two], { name: "branches" });
    model.summary();
    setAll(model);
    const y = [...model([fill([2, 8]), fill([2, 4], 5)])];
    print(y.map((t) => t.shape));
    print(y[0]);
    print(paths(model));
    print(shared._inbound_nodes.length, (model as never as { output_names: string[] }).output_names);
    print(pythonJson((model.get_config() as { layers: unknown[] }).layers.at(-1)));
  },
  operations_in_graphs() {
    const x = keras.Input([3], { name: "x" });
    const y = ops.exp(x.mul(2).add(1)) as unknown as keras.KerasTensor;
    const z = y.div(ops.sum(x, { axis: -1, keepdims: true }) as never);
    const model = keras.Model(x, z);
    model.summary();
    print(model(array([[1.5, 2.5, 3.5]])));
  },
  dict_inputs_and_outputs() {
    const inputs = { left: keras.Input([2], { name: "left" }), right: keras.Input([2], { name: "right" }) };
    const x = layers.Concatenate({ name: "cat" })([inputs.left, inputs.right]);
    const model = keras.Model(inputs, { mean: layers.Dense(1, { name: "mean" })(x), x });
    setAll(model);
    const y = model({ left: fill([1, 2]), right: fill([1, 2], 4) }) as unknown as Record<
      string,
      keras.Tensor
    >;
    print(y.mean, y.x);
    print(sorted(Object.keys(y)));
    print(model.input, Object.keys(model.output));
    attempt(() => model({ left: fill([1, 2]) }));
  },
  nested_models() {
    const inner = keras.Sequential(
      [keras.Input([4]), layers.Dense(3, { name: "in_a" }), layers.Dense(2, { name: "in_b" })],
      { name: "inner" },
    );
    const x = keras.Input([4], { name: "outer_input" });
    const y = layers.Dense(1, { name: "head" })(inner(x));
    const model = keras.Model(x, y, { name: "outer" });
    model.summary();
    model.summary({ expand_nested: true, show_trainable: true });
    inner.trainable = false;
    model.summary({ show_trainable: true, line_length: 70 });
    print(
      model.trainable_weights.map((w) => w.path),
      model.non_trainable_weights.length,
      inner.layers[0]!.trainable,
    );
    print(
      names(model.layers),
      (model.get_layer("inner") as unknown as keras.Model).get_layer({ index: 1 } as never).name,
    );
  },
  summary_options() {
    const model = keras.Sequential([
      keras.Input([4]),
      layers.Dense(30, { name: "aa" }),
      layers.Dense(200, { name: "bb" }),
      layers.Dense(2, { name: "cc" }),
    ]);
    model.summary({ line_length: 60, positions: [0.5, 0.75, 1] });
    model.summary({ layer_range: ["bb", "cc"] });
    model.summary({ print_fn: (s: string) => print("[", s, "]") });
    attempt(() => model.summary({ layer_range: ["zz", "cc"] }));
    attempt(() => model.summary({ line_length: 8 }));
  },
  summary_of_subclassed() {
    class Net extends keras.Model {
      constructor() {
        super();
        this.a = layers.Dense(3);
        this.b = layers.Dense(2, { name: "out" });
      }
      override call(x: never) {
        return this.b(this.a(x));
      }
    }
    const net = new Net();
    print(net);
    net.summary();
    print(net(fill([2, 4])).shape);
    net.summary();
    print(paths(net), net.layers);
  },
  trained_summary() {
    const model = keras.Sequential([keras.Input([3]), layers.Dense(4), layers.Dense(1)]);
    model.compile({ optimizer: "adam", loss: "mse" });
    model.train_on_batch(fill([2, 3]), fill([2, 1]));
    model.summary();
  },
  custom_layers() {
    class Linear extends keras.layers.Layer {
      constructor(units = 3, kwargs: object = {}) {
        super(kwargs);
        this.units = units;
      }
      override build(input_shape: never) {
        const last = (input_shape as readonly number[]).at(-1)!;
        this.w = this.add_weight({ shape: [last, this.units], initializer: "ones", name: "w" });
        this.count = this.add_weight({
          shape: [],
          initializer: "zeros",
          trainable: false,
          name: "count",
          dtype: "int32",
        });
      }
      override call(x: never) {
        this.count.assign(this.count.add(1));
        return ops.matmul(x, this.w);
      }
    }
    class Block extends keras.layers.Layer {
      constructor(depth: number) {
        super({ name: "block" });
        this.blocks = Array.from({ length: depth }, () => new Linear(2));
        this.by_name = { z: new Linear(1, { name: "z" }), a: new Linear(4, { name: "a" }) };
      }
      override call(x: never) {
        let h: unknown = x;
        for (const b of this.blocks) h = b(h);
        const a = ops.sum(this.by_name.a(h), { axis: -1, keepdims: true });
        return this.by_name.z(h).add(a);
      }
    }
    const layer = new Linear(2, { name: "lin" });
    print(layer, layer.weights, layer.path);
    print(layer(fill([2, 3])));
    print(
      layer,
      layer.weights.map((w) => tuple([w.path, w.trainable])),
      layer.path,
    );
    print(layer.get_config());
    print(layer.count, layer.count_params());
    const block = new Block(2);
    print(block(fill([1, 3])));
    print(paths(block));
    print(block.trainable_weights.map((w) => w.path));
    block.trainable = false;
    print(block.trainable_weights.length, block.non_trainable_weights.length);
    print(names(block._layers), block.get_build_config());
  },
  losses_of_layers() {
    class Penalty extends keras.layers.Layer {
      override call(x: never) {
        this.add_loss(ops.sum(x).mul(0.5));
        return x as unknown;
      }
    }
    const x = keras.Input([2]);
    const y = layers.Dense(2, { kernel_regularizer: "l2", activity_regularizer: "l1", name: "d" })(x);
    const model = keras.Model(x, new Penalty()(y));
    setAll(model);
    model(fill([2, 2]));
    print(model.losses.map(Number));
    model(fill([3, 2]));
    print(model.losses.length);
  },
  training_argument() {
    class Tell extends keras.layers.Layer {
      override call(x: never, training: never = null as never) {
        print("training", training);
        return x as unknown;
      }
    }
    class Outer extends keras.layers.Layer {
      constructor() {
        super();
        this.tell = new Tell();
      }
      override call(x: never) {
        return this.tell(x);
      }
    }
    const x = fill([1, 2]);
    new Tell()(x);
    new Tell()(x, { training: true });
    new Outer()(x, { training: false });
    const model = keras.Sequential([keras.Input([2]), new Outer()]);
    model(x);
    model(x, { training: true });
  },
  masks() {
    class Show extends keras.layers.Layer {
      constructor() {
        super();
        this.supports_masking = true;
      }
      override call(x: never, mask: never = null as never) {
        print("mask", mask === null ? null : (mask as keras.Tensor).tolist());
        return x as unknown;
      }
      override compute_output_shape(input_shape: never) {
        return input_shape as unknown;
      }
    }
    const ids = array(
      [
        [1, 2, 0],
        [3, 0, 0],
      ],
      "int64",
    );
    const y = new Show()(layers.Embedding(5, 2, { mask_zero: true })(ids));
    print(y._keras_mask!.tolist());
    const model = keras.Sequential([
      keras.Input([3], { dtype: "int32" }),
      layers.Embedding(5, 2, { mask_zero: true }),
      new Show(),
      layers.Dense(2),
      new Show(),
    ]);
    model(ids);
    const x = keras.Input([3], { dtype: "int32", name: "ids" });
    const h = layers.Embedding(5, 2, { mask_zero: true, name: "emb" })(x);
    const functional = keras.Model(x, new Show()(h));
    functional(ids);
    functional.summary();
  },
  wrong_calls() {
    const dense = layers.Dense(2, { name: "d" });
    dense(fill([2, 3]));
    attempt(() => dense(fill([2, 4])));
    attempt(() => dense(array(3)));
    attempt(() => dense([[1.5, 2.5, 3.5]]));
    attempt(() => dense());
    attempt(() => dense(fill([2, 3]), { speed: 3 }));
    attempt(() => dense(fill([2, 3]), 3));
    attempt(() => dense.set_weights([fill([3, 2])]));
    attempt(() => dense.set_weights([fill([2, 2]), fill([2])]));
    attempt(() => layers.Dense(2, { speed: 3 } as never));
    attempt(() => layers.Dense(2, { name: "a/b" }));
    attempt(() => layers.Dense(2, { trainable: 1 as never }));
    attempt(() => (layers.Dense as unknown as () => unknown)());
    attempt(() => layers.Dense(3).count_params());
    attempt(() => layers.Dense(3).input);
    attempt(() => layers.Dense(-1));
    const conv = layers.Conv2D(2, 3, { name: "conv" });
    attempt(() => conv(fill([2, 8, 8])));
    attempt(() => keras.layers.Layer()(fill([1, 2])));
    class Broken extends keras.layers.Layer {
      override call(_x: never, _scale: never = null as never, _training: never = null as never): unknown {
        throw new ValueError("it broke");
      }
    }
    declareCall(Broken, "x scale? training?");
    attempt(() => new Broken()(fill([2, 2]), { scale: [fill([1]), fill([2])] }));
    attempt(() => new Broken()(fill([2, 2]), { training: true }));
    const x = keras.Input([3], { name: "x" });
    attempt(() => new Broken({ name: "broken" })(x));
  },
  wrong_models() {
    const model = keras.Sequential([keras.Input([4]), layers.Dense(3, { name: "a" })], { name: "seq" });
    attempt(() => model(fill([2, 5])));
    attempt(() => model(fill([2, 3, 4])));
    attempt(() => model.get_layer("nope"));
    attempt(() => model.get_layer({ index: 7 } as never));
    attempt(() => model.get_layer());
    attempt(() => model.add(layers.Dense(2, { name: "a" })));
    attempt(() => model.add("dense" as never));
    attempt(() => model.add(keras.Input([3])));
    attempt(() => model.build(tuple([null, 9]) as never));
    attempt(() => keras.Sequential({ name: "empty" }).build(tuple([null, 2]) as never));
    attempt(() => keras.Input());
    attempt(() => keras.Input([2], { batch_shape: [1, 2] }));
    const x = keras.Input([4], { name: "x" });
    const z = keras.Input([4], { name: "z" });
    const y = layers.Dense(2, { name: "b" })(x);
    attempt(() => keras.Model(x, 3 as never));
    attempt(() => keras.Model(x, layers.Add({ name: "add" })([y, layers.Dense(2, { name: "c" })(z)])));
    attempt(() => keras.Model(x, layers.Dense(2, { name: "b" })(y)));
    const functional = keras.Model([x, z], layers.Add({ name: "plus" })([x, z]), { name: "two" });
    attempt(() => functional(fill([1, 4])));
    attempt(() => functional([fill([1, 4]), fill([1, 5])]));
    class Empty extends keras.Model {}
    attempt(() => new Empty()(fill([1, 2])));
    attempt(() => model.load_weights("weights.txt"));
    attempt(() => model.save("model.txt"));
    attempt(() => model.save_weights("model.h5"));
    attempt(() => keras.models.load_model("model.txt"));
  },
  parts_of_models() {
    const x = keras.Input([4], { name: "x" });
    const h = layers.Dense(3, { name: "h" })(x);
    const y = layers.Dense(2, { name: "y" })(h);
    const model = keras.Model(x, y);
    setAll(model);
    const features = keras.Model(model.input as never, model.get_layer("h").output as never);
    print(features(fill([1, 4])));
    const head = keras.Model(h, y);
    print(names(head.layers));
    print(head(fill([1, 3])));
    const part = model.get_layer("h") as unknown as { input: keras.KerasTensor; output: keras.KerasTensor };
    print(part.input.shape, part.output.shape);
    const shapes = model as unknown as { input_shape: unknown; output_shape: unknown };
    print(paths(head), shapes.input_shape, shapes.output_shape);
  },
  dtypes() {
    print(keras.DTypePolicy("mixed_float16"), keras.config.floatx());
    const dense = layers.Dense(2, { dtype: "mixed_float16", name: "d" });
    const y = dense(fill([1, 3]));
    print(
      y.dtype,
      dense.dtype,
      dense.compute_dtype,
      dense.variable_dtype,
      (dense as unknown as { kernel: keras.Variable }).kernel.dtype,
      dense.dtype_policy,
    );
    const wide = layers.Dense(2, { dtype: "float64" });
    print(wide(fill([1, 3])).dtype, wide.weights[0]!.dtype);
    print(dense.get_config().dtype);
    keras.config.set_dtype_policy("mixed_bfloat16");
    print(layers.Dense(2).dtype_policy, layers.Dense(1)(fill([1, 2])).dtype);
    keras.config.set_dtype_policy("float32");
    attempt(() => layers.Dense(2, { dtype: "float31" }));
    attempt(() => layers.Dense(2, { autocast: false })(fill([1, 3], 0, "float64")).dtype);
  },
  configs() {
    const model = keras.Sequential(
      [
        keras.Input([4], { name: "in" }),
        layers.Dense(3, { activation: "tanh", name: "a" }),
        layers.Dropout(0.25, { name: "b" }),
      ],
      { name: "m" },
    );
    print(model.to_json());
    const again = keras.models.model_from_json(model.to_json());
    print(again.to_json() === model.to_json());
    const x = keras.Input([4], { name: "x" });
    const a = layers.Dense(2, { name: "a", kernel_initializer: "he_normal" })(x);
    const functional = keras.Model(x, layers.Dense(2, { name: "b" })(a), { name: "f" });
    print(functional.to_json());
    print(
      keras.Model.from_config(functional.get_config()).name,
      keras.Sequential.from_config(model.get_config()).layers,
    );
  },
  clones() {
    const x = keras.Input([4], { name: "x" });
    const h = layers.Dense(3, { name: "h" })(x);
    const s = layers.Add({ name: "s" })([h, layers.Dense(3, { name: "k" })(h)]);
    const model = keras.Model(x, s, { name: "m" });
    setAll(model);
    const copy = keras.models.clone_model(model);
    print(copy.name, names(copy.layers), copy.layers[1] === model.layers[1]);
    copy.set_weights(model.get_weights());
    print(copy(fill([1, 4])).sub(model(fill([1, 4]))));
    const more = keras.models.clone_model(model, {
      clone_function: (l) => l,
      call_function: (layer, ...args) => {
        const y = layer(...args);
        return layer instanceof layers.Dense ? layers.Dropout(0.5)(y) : y;
      },
    });
    print(names(more.layers));
    const seq = keras.Sequential([keras.Input([2]), layers.Dense(2, { name: "a" })], { name: "s" });
    print(names(keras.models.clone_model(seq).layers), keras.models.clone_model(seq).name);
  },
  custom_objects() {
    class Scale extends keras.layers.Layer {
      constructor(by = 2, kwargs: object = {}) {
        super(kwargs);
        this.by = by;
      }
      override call(x: never) {
        return (x as keras.Tensor).mul(this.by);
      }
      override get_config() {
        return { ...super.get_config(), by: this.by };
      }
    }
    keras.saving.register_keras_serializable("mine")(Scale);
    class Other extends Scale {}
    print(keras.saving.get_registered_name(Scale), keras.saving.get_registered_name(Other));
    const model = keras.Sequential([keras.Input([2]), new Scale(3, { name: "s" })]);
    const config = keras.saving.serialize_keras_object(model.layers[0]);
    print(config);
    print((keras.saving.deserialize_keras_object(config) as Scale).by);
    const other = keras.saving.serialize_keras_object(new Other(2, { name: "o" })) as object;
    attempt(() => keras.saving.deserialize_keras_object({ ...other, module: "nowhere" }));
    keras.saving.custom_object_scope({ Other }, () =>
      print((keras.saving.deserialize_keras_object(other) as Other).name),
    );
  },
  weight_files() {
    class Net extends keras.Model {
      constructor() {
        super();
        this.dense = layers.Dense(2);
        this.stack = [layers.Dense(3), layers.Dense(2), layers.Dropout(0.5)];
        this.table = { a: layers.Dense(1) };
        this.inner = keras.Sequential([layers.Dense(2), layers.Dense(2)]);
      }
      override build(input_shape: never) {
        this.own = this.add_weight({ shape: [2], name: "own" });
        super.build(input_shape);
      }
      override call(x: never) {
        let h = this.dense(x);
        for (const s of this.stack) h = s(h);
        return this.inner(this.table.a(h));
      }
    }
    const net = new Net();
    net(fill([1, 3]));
    const file = new Hdf5File(net.save_weights()!);
    const visit = (group: Hdf5Group, at: string): void => {
      for (const key of [...group.keys].sort()) {
        const item = group.get(key);
        print(at + key, item instanceof Hdf5Dataset ? tuple([...item.shape]) : null);
        if (item instanceof Hdf5Group) visit(item, `${at}${key}/`);
      }
    };
    visit(file, "");
    print(paths(net));
    const other = keras.Sequential([keras.Input([3]), layers.Dense(2, { name: "d" })]);
    const bytes = other.save_weights()!;
    const wrong = keras.Sequential([keras.Input([4]), layers.Dense(2, { name: "d" })]);
    attempt(() => wrong.load_weights(bytes));
  },
  input_layers() {
    const x = keras.Input([null, 3], { batch_size: 2, dtype: "int32", name: "seq" });
    print(x, x.shape, x.dtype);
    const layer = layers.InputLayer([4], { name: "il" });
    print(layer.get_config(), layer.output);
    print(keras.Input({ batch_shape: [5, 2] }).shape, keras.Input([]).shape);
    print(
      keras.InputSpec({ shape: [null, 3], dtype: "float32" }),
      keras.layers.InputSpec({ min_ndim: 2, axes: { [-1]: 4 } }),
    );
  },
  functions() {
    const a = keras.KerasTensor([null, 2], { name: "a" });
    const b = keras.KerasTensor([null, 2], { name: "b" });
    const f = keras.Function([a, b], ops.sigmoid(a.add(b)), { name: "f" });
    print(f, f([fill([1, 2]), fill([1, 2], 3)]));
    print(
      f.compute_output_shape([
        [5, 2],
        [5, 2],
      ]),
    );
    attempt(() => f([fill([1, 3]), fill([1, 2])]));
  },
};

test.each(golden("keras/models/transcripts"))("$name", ({ name, out }) => {
  keras.backend.clear_session();
  seedAll(1);
  const text = printed(() => {
    programs[name as string]!();
  });
  expect(rounded(text)).toBe(rounded(out as string));
});
