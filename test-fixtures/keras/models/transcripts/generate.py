"""What Keras prints and raises around layers and models: each case is a small program, and what it wrote."""

import io
import json
import os
import pathlib
import sys
import tempfile
from contextlib import redirect_stdout

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["COLUMNS"] = "80"
import h5py
import keras
import numpy as np
from keras import layers, ops

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import save

CASES = []


def case(f):
    keras.utils.clear_session()
    keras.utils.set_random_seed(1)
    out = io.StringIO()
    with redirect_stdout(out):
        f()
    CASES.append({"name": f.__name__, "out": out.getvalue()})
    return f


def attempt(f):
    try:
        print(f())
    except Exception as e:
        print(f"{type(e).__name__}: {e}")


def fill(shape, k=0):
    n = int(np.prod(shape))
    return ((np.arange(n) * 7 + k) % 11 - 5).reshape(shape).astype("float32") / 10


def set_all(model):
    model.set_weights([fill(w.shape, i) for i, w in enumerate(model.get_weights())])


@case
def sequential_grows():
    model = keras.Sequential()
    print(model, model.layers)
    model.add(layers.Dense(8, name="first"))
    print(model.built, model.weights)
    model.add(layers.Dense(4))
    model.build((None, 16))
    print(model.built, [w.path for w in model.weights], model.input_shape, model.output_shape)
    model.pop()
    print([l.name for l in model.layers], model.output_shape)
    model.add(layers.Dense(2, use_bias=False))
    model.summary()
    print(model.layers[-1].get_config())


@case
def sequential_with_input():
    model = keras.Sequential([keras.Input((4,), name="x"), layers.Dense(3, activation="relu"), layers.Dropout(0.5)])
    set_all(model)
    print(model.inputs, model.outputs)
    print(model(fill((2, 4))))
    print(model.predict_on_batch(fill((2, 4), 3)))
    print(model.count_params(), model.built, model.name)


@case
def deferred():
    model = keras.Sequential([layers.Flatten(), layers.Dense(2)])
    model.summary()
    attempt(lambda: model.input_shape)
    attempt(lambda: model.inputs)
    print(model(fill((2, 2, 3))).shape)
    model.summary()


@case
def graph_with_branches():
    a = keras.Input((8,), name="a")
    b = keras.Input((4,), name="b")
    shared = layers.Dense(5, name="shared_layer_with_a_long_name")
    left = shared(a)
    right = layers.Dense(8, name="widen")(b)
    right = shared(right)
    both = layers.Concatenate()([left, right])
    one = layers.Dense(1, name="one")(both)
    two = layers.Add(name="sum_of_two_branches_that_is_longer")([left, right])
    model = keras.Model([a, b], [one, two], name="branches")
    model.summary()
    set_all(model)
    y = model([fill((2, 8)), fill((2, 4), 5)])
    print([t.shape for t in y])
    print(y[0])
    print([w.path for w in model.weights])
    print(len(shared._inbound_nodes), model.output_names)
    print(json.dumps(model.get_config()["layers"][-1], default=str))


@case
def operations_in_graphs():
    x = keras.Input((3,), name="x")
    y = ops.exp(x * 2 + 1) / ops.sum(x, axis=-1, keepdims=True)
    model = keras.Model(x, y)
    model.summary()
    print(model(np.array([[1.5, 2.5, 3.5]], "float32")))


@case
def dict_inputs_and_outputs():
    inputs = {"left": keras.Input((2,), name="left"), "right": keras.Input((2,), name="right")}
    x = layers.Concatenate(name="cat")([inputs["left"], inputs["right"]])
    model = keras.Model(inputs, {"mean": layers.Dense(1, name="mean")(x), "x": x})
    set_all(model)
    y = model({"left": fill((1, 2)), "right": fill((1, 2), 4)})
    print(y["mean"], y["x"])
    print(sorted(y))
    print(model.input, list(model.output))
    attempt(lambda: model({"left": fill((1, 2))}))


@case
def nested_models():
    inner = keras.Sequential([keras.Input((4,)), layers.Dense(3, name="in_a"), layers.Dense(2, name="in_b")], name="inner")
    x = keras.Input((4,), name="outer_input")
    y = layers.Dense(1, name="head")(inner(x))
    model = keras.Model(x, y, name="outer")
    model.summary()
    model.summary(expand_nested=True, show_trainable=True)
    inner.trainable = False
    model.summary(show_trainable=True, line_length=70)
    print([w.path for w in model.trainable_weights], len(model.non_trainable_weights), inner.layers[0].trainable)
    print([l.name for l in model.layers], model.get_layer("inner").get_layer(index=1).name)


@case
def summary_options():
    model = keras.Sequential([keras.Input((4,)), layers.Dense(30, name="aa"), layers.Dense(200, name="bb"), layers.Dense(2, name="cc")])
    model.summary(line_length=60, positions=[0.5, 0.75, 1.0])
    model.summary(layer_range=["bb", "cc"])
    model.summary(print_fn=lambda s: print("[", s, "]"))
    attempt(lambda: model.summary(layer_range=["zz", "cc"]))
    attempt(lambda: model.summary(line_length=8))


@case
def summary_of_subclassed():
    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.a = layers.Dense(3)
            self.b = layers.Dense(2, name="out")

        def call(self, x):
            return self.b(self.a(x))

    net = Net()
    print(net)
    net.summary()
    print(net(fill((2, 4))).shape)
    net.summary()
    print([w.path for w in net.weights], net.layers)


@case
def trained_summary():
    model = keras.Sequential([keras.Input((3,)), layers.Dense(4), layers.Dense(1)])
    model.compile(optimizer="adam", loss="mse")
    model.train_on_batch(fill((2, 3)), fill((2, 1)))
    model.summary()


@case
def custom_layers():
    class Linear(layers.Layer):
        def __init__(self, units=3, **kwargs):
            super().__init__(**kwargs)
            self.units = units

        def build(self, input_shape):
            self.w = self.add_weight(shape=(input_shape[-1], self.units), initializer="ones", name="w")
            self.count = self.add_weight(shape=(), initializer="zeros", trainable=False, name="count", dtype="int32")

        def call(self, x):
            self.count.assign(self.count + 1)
            return ops.matmul(x, self.w)

    class Block(layers.Layer):
        def __init__(self, depth):
            super().__init__(name="block")
            self.blocks = [Linear(2) for _ in range(depth)]
            self.by_name = {"z": Linear(1, name="z"), "a": Linear(4, name="a")}

        def call(self, x):
            for b in self.blocks:
                x = b(x)
            return self.by_name["z"](x) + ops.sum(self.by_name["a"](x), axis=-1, keepdims=True)

    layer = Linear(2, name="lin")
    print(layer, layer.weights, layer.path)
    print(layer(fill((2, 3))))
    print(layer, [(w.path, w.trainable) for w in layer.weights], layer.path)
    print(layer.get_config())
    print(layer.count, layer.count_params())
    block = Block(2)
    print(block(fill((1, 3))))
    print([w.path for w in block.weights])
    print([w.path for w in block.trainable_weights])
    block.trainable = False
    print(len(block.trainable_weights), len(block.non_trainable_weights))
    print([l.name for l in block._layers], block.get_build_config())


@case
def losses_of_layers():
    class Penalty(layers.Layer):
        def call(self, x):
            self.add_loss(ops.sum(x) * 0.5)
            return x

    x = keras.Input((2,))
    y = layers.Dense(2, kernel_regularizer="l2", activity_regularizer="l1", name="d")(x)
    model = keras.Model(x, Penalty()(y))
    set_all(model)
    model(fill((2, 2)))
    print([float(l) for l in model.losses])
    model(fill((3, 2)))
    print(len(model.losses))


@case
def training_argument():
    class Tell(layers.Layer):
        def call(self, x, training=None):
            print("training", training)
            return x

    class Outer(layers.Layer):
        def __init__(self):
            super().__init__()
            self.tell = Tell()

        def call(self, x):
            return self.tell(x)

    x = fill((1, 2))
    Tell()(x)
    Tell()(x, training=True)
    Outer()(x, training=False)
    model = keras.Sequential([keras.Input((2,)), Outer()])
    model(x)
    model(x, training=True)


@case
def masks():
    class Show(layers.Layer):
        def __init__(self):
            super().__init__()
            self.supports_masking = True

        def call(self, x, mask=None):
            print("mask", None if mask is None else np.array(mask).tolist())
            return x

        def compute_output_shape(self, input_shape):
            return input_shape

    ids = np.array([[1, 2, 0], [3, 0, 0]])
    e = layers.Embedding(5, 2, mask_zero=True)
    y = Show()(e(ids))
    print(np.array(y._keras_mask).tolist())
    model = keras.Sequential([keras.Input((3,), dtype="int32"), layers.Embedding(5, 2, mask_zero=True), Show(), layers.Dense(2), Show()])
    model(ids)
    x = keras.Input((3,), dtype="int32", name="ids")
    h = layers.Embedding(5, 2, mask_zero=True, name="emb")(x)
    functional = keras.Model(x, Show()(h))
    functional(ids)
    functional.summary()


@case
def wrong_calls():
    dense = layers.Dense(2, name="d")
    dense(fill((2, 3)))
    attempt(lambda: dense(fill((2, 4))))
    attempt(lambda: dense(np.float32(3)))
    attempt(lambda: dense([[1.5, 2.5, 3.5]]))
    attempt(lambda: dense())
    attempt(lambda: dense(fill((2, 3)), speed=3))
    attempt(lambda: dense(fill((2, 3)), 3))
    attempt(lambda: dense.set_weights([fill((3, 2))]))
    attempt(lambda: dense.set_weights([fill((2, 2)), fill((2,))]))
    attempt(lambda: layers.Dense(2, speed=3))
    attempt(lambda: layers.Dense(2, name="a/b"))
    attempt(lambda: layers.Dense(2, trainable=1))
    attempt(lambda: layers.Dense())
    attempt(lambda: layers.Dense(3).count_params())
    attempt(lambda: layers.Dense(3).input)
    attempt(lambda: layers.Dense(-1))
    conv = layers.Conv2D(2, 3, name="conv")
    attempt(lambda: conv(fill((2, 8, 8))))
    attempt(lambda: layers.Layer()(fill((1, 2))))

    class Broken(layers.Layer):
        def call(self, x, scale=None, training=None):
            raise ValueError("it broke")

    attempt(lambda: Broken()(fill((2, 2)), scale=[fill((1,)), fill((2,))]))
    attempt(lambda: Broken()(fill((2, 2)), training=True))
    x = keras.Input((3,), name="x")
    attempt(lambda: Broken(name="broken")(x))


@case
def wrong_models():
    model = keras.Sequential([keras.Input((4,)), layers.Dense(3, name="a")], name="seq")
    attempt(lambda: model(fill((2, 5))))
    attempt(lambda: model(fill((2, 3, 4))))
    attempt(lambda: model.get_layer("nope"))
    attempt(lambda: model.get_layer(index=7))
    attempt(lambda: model.get_layer())
    attempt(lambda: model.add(layers.Dense(2, name="a")))
    attempt(lambda: model.add("dense"))
    attempt(lambda: model.add(keras.Input((3,))))
    attempt(lambda: model.build((None, 9)))
    attempt(lambda: keras.Sequential(name="empty").build((None, 2)))
    attempt(lambda: keras.Input())
    attempt(lambda: keras.Input((2,), batch_shape=(1, 2)))
    x = keras.Input((4,), name="x")
    z = keras.Input((4,), name="z")
    y = layers.Dense(2, name="b")(x)
    attempt(lambda: keras.Model(x, 3))
    attempt(lambda: keras.Model(x, layers.Add(name="add")([y, layers.Dense(2, name="c")(z)])))
    attempt(lambda: keras.Model(x, layers.Dense(2, name="b")(y)))
    functional = keras.Model([x, z], layers.Add(name="plus")([x, z]), name="two")
    attempt(lambda: functional(fill((1, 4))))
    attempt(lambda: functional([fill((1, 4)), fill((1, 5))]))

    class Empty(keras.Model):
        pass

    attempt(lambda: Empty()(fill((1, 2))))
    attempt(lambda: model.load_weights("weights.txt"))
    attempt(lambda: model.save("model.txt"))
    attempt(lambda: model.save_weights("model.h5"))
    attempt(lambda: keras.models.load_model("model.txt"))


@case
def parts_of_models():
    x = keras.Input((4,), name="x")
    h = layers.Dense(3, name="h")(x)
    y = layers.Dense(2, name="y")(h)
    model = keras.Model(x, y)
    set_all(model)
    features = keras.Model(model.input, model.get_layer("h").output)
    print(features(fill((1, 4))))
    head = keras.Model(h, y)
    print([l.name for l in head.layers])
    print(head(fill((1, 3))))
    print(model.get_layer("h").input.shape, model.get_layer("h").output.shape)
    print([w.path for w in head.weights], model.input_shape, model.output_shape)


@case
def dtypes():
    print(keras.DTypePolicy("mixed_float16"), keras.config.floatx())
    dense = layers.Dense(2, dtype="mixed_float16", name="d")
    y = dense(fill((1, 3)))
    print(y.dtype, dense.dtype, dense.compute_dtype, dense.variable_dtype, dense.kernel.dtype, dense.dtype_policy)
    wide = layers.Dense(2, dtype="float64")
    print(wide(fill((1, 3))).dtype, wide.weights[0].dtype)
    print(dense.get_config()["dtype"])
    keras.config.set_dtype_policy("mixed_bfloat16")
    print(layers.Dense(2).dtype_policy, layers.Dense(1)(fill((1, 2))).dtype)
    keras.config.set_dtype_policy("float32")
    attempt(lambda: layers.Dense(2, dtype="float31"))
    attempt(lambda: layers.Dense(2, autocast=False)(fill((1, 3)).astype("float64")).dtype)


@case
def configs():
    model = keras.Sequential([keras.Input((4,), name="in"), layers.Dense(3, activation="tanh", name="a"), layers.Dropout(0.25, name="b")], name="m")
    print(model.to_json())
    again = keras.models.model_from_json(model.to_json())
    print(again.to_json() == model.to_json())
    x = keras.Input((4,), name="x")
    functional = keras.Model(x, layers.Dense(2, name="b")(layers.Dense(2, name="a", kernel_initializer="he_normal")(x)), name="f")
    print(functional.to_json())
    print(keras.Model.from_config(functional.get_config()).name, keras.Sequential.from_config(model.get_config()).layers)


@case
def clones():
    x = keras.Input((4,), name="x")
    h = layers.Dense(3, name="h")(x)
    model = keras.Model(x, layers.Add(name="s")([h, layers.Dense(3, name="k")(h)]), name="m")
    set_all(model)
    copy = keras.models.clone_model(model)
    print(copy.name, [l.name for l in copy.layers], copy.layers[1] is model.layers[1])
    copy.set_weights(model.get_weights())
    print(copy(fill((1, 4))) - model(fill((1, 4))))

    def with_dropout(layer, *args, **kwargs):
        y = layer(*args, **kwargs)
        return layers.Dropout(0.5)(y) if isinstance(layer, layers.Dense) else y

    more = keras.models.clone_model(model, clone_function=lambda l: l, call_function=with_dropout)
    print([l.name for l in more.layers])
    seq = keras.Sequential([keras.Input((2,)), layers.Dense(2, name="a")], name="s")
    print([l.name for l in keras.models.clone_model(seq).layers], keras.models.clone_model(seq).name)


@case
def custom_objects():
    @keras.saving.register_keras_serializable("mine")
    class Scale(layers.Layer):
        def __init__(self, by=2, **kwargs):
            super().__init__(**kwargs)
            self.by = by

        def call(self, x):
            return x * self.by

        def get_config(self):
            return {**super().get_config(), "by": self.by}

    class Other(Scale):
        pass

    print(keras.saving.get_registered_name(Scale), keras.saving.get_registered_name(Other))
    model = keras.Sequential([keras.Input((2,)), Scale(3, name="s")])
    config = keras.saving.serialize_keras_object(model.layers[0])
    print(config)
    print(keras.saving.deserialize_keras_object(config).by)
    config = keras.saving.serialize_keras_object(Other(name="o"))
    attempt(lambda: keras.saving.deserialize_keras_object({**config, "module": "nowhere"}))
    with keras.saving.custom_object_scope({"Other": Other}):
        print(keras.saving.deserialize_keras_object(config).name)


@case
def weight_files():
    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.dense = layers.Dense(2)
            self.stack = [layers.Dense(3), layers.Dense(2), layers.Dropout(0.5)]
            self.table = {"a": layers.Dense(1)}
            self.inner = keras.Sequential([layers.Dense(2), layers.Dense(2)])

        def build(self, input_shape):
            self.own = self.add_weight(shape=(2,), name="own")
            super().build(input_shape)

        def call(self, x):
            x = self.dense(x)
            for s in self.stack:
                x = s(x)
            return self.inner(self.table["a"](x))

    net = Net()
    net(fill((1, 3)))
    path = os.path.join(tempfile.mkdtemp(), "net.weights.h5")
    net.save_weights(path)
    with h5py.File(path) as f:
        f.visititems(lambda n, o: print(n, getattr(o, "shape", None)))
    print([w.path for w in net.weights])
    other = keras.Sequential([keras.Input((3,)), layers.Dense(2, name="d")])
    other.save_weights(path)
    wrong = keras.Sequential([keras.Input((4,)), layers.Dense(2, name="d")])
    attempt(lambda: wrong.load_weights(path))


@case
def input_layers():
    x = keras.Input((None, 3), batch_size=2, dtype="int32", name="seq")
    print(x, x.shape, x.dtype)
    layer = layers.InputLayer((4,), name="il")
    print(layer.get_config(), layer.output)
    print(keras.Input(batch_shape=(5, 2)).shape, keras.Input(()).shape)
    print(keras.InputSpec(shape=(None, 3), dtype="float32"), keras.layers.InputSpec(min_ndim=2, axes={-1: 4}))


@case
def functions():
    a = keras.KerasTensor((None, 2), name="a")
    b = keras.KerasTensor((None, 2), name="b")
    f = keras.Function([a, b], ops.sigmoid(a + b), name="f")
    print(f, f([fill((1, 2)), fill((1, 2), 3)]))
    print(f.compute_output_shape([(5, 2), (5, 2)]))
    attempt(lambda: f([fill((1, 3)), fill((1, 2))]))


save(__file__, CASES, "keras")
