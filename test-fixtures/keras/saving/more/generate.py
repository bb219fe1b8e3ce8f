"""More model files of Keras 3 and tf_keras: stateful and nested recurrences, attention, preparation, custom objects, every optimizer."""

import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tf_keras

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))
from fixtures import distinct, lock, save

CASES = []


def f32(shape, seed):
    return distinct(shape, seed).astype("float32")


def ids(shape, seed, n):
    return np.random.default_rng(seed).integers(0, n, shape).astype("int32")


def reset(model):
    for layer in model.layers:
        if getattr(layer, "stateful", False):
            layer.reset_state() if hasattr(layer, "reset_state") else layer.reset_states()


def add(name, model, x, y, library, weights=False, **compile):
    """Trains a little, saves, predicts, and trains on from the state that was saved."""
    model.compile(**compile)
    model.fit(x, y, batch_size=4, epochs=2, shuffle=False, verbose=0)
    reset(model)
    path = HERE / name
    (model.save_weights if weights else model.save)(path)
    out = model.predict(x, batch_size=4, verbose=0)
    reset(model)
    losses = model.fit(x, y, batch_size=4, epochs=3, shuffle=False, verbose=0).history["loss"]
    lock(path, library)
    CASES.append({"name": name, "x": x, "y": y, "out": out, "losses": [float(l) for l in losses], "params": int(model.count_params()), "resumes": not weights})
    print(name, path.stat().st_size)


class Scale(keras.layers.Layer):
    def __init__(self, by=2.0, **kwargs):
        super().__init__(**kwargs)
        self.by = by

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="gain")

    def call(self, x):
        return x * self.gain * self.by

    def get_config(self):
        return {**super().get_config(), "by": self.by}


class Scale2(tf_keras.layers.Layer):
    def __init__(self, by=2.0, **kwargs):
        super().__init__(**kwargs)
        self.by = by

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="gain")

    def call(self, x):
        return x * self.gain * self.by

    def get_config(self):
        return {**super().get_config(), "by": self.by}


Scale2.__name__ = "Scale"


class Net(keras.Model):
    def __init__(self, units=3, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.first = keras.layers.Dense(units, activation="tanh")
        self.rest = [keras.layers.Dense(2), Scale(0.5)]

    def call(self, x):
        x = self.first(x)
        for layer in self.rest:
            x = layer(x)
        return x

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def double(x):
    return x * 2.0


def squared(y_true, y_pred):
    return (y_true - y_pred) ** 2


def keras3():
    K, L, O = keras, keras.layers, keras.optimizers
    K.utils.set_random_seed(5)
    lib = "keras"

    x = K.Input((5, 4), name="x")
    a = L.MultiHeadAttention(2, 3, name="mha")(x, x, use_causal_mask=True)
    n = L.LayerNormalization(name="ln")(L.Add(name="add")([x, a]))
    q = L.RMSNormalization(name="rms")(L.GroupQueryAttention(2, 2, 1, name="gqa")(n, n))
    e = L.EinsumDense("abc,cd->abd", output_shape=(None, 3), bias_axes="d", activation="silu", name="ein")(q)
    add("attention.keras", K.Model(x, L.GlobalMaxPooling1D(name="max")(e), name="attention"), f32((8, 5, 4), 1), f32((8, 3), 2), lib,
        optimizer=O.AdamW(0.01, weight_decay=0.1), loss="mae")

    m = K.Sequential([K.Input((3, 4, 4, 2)), L.ConvLSTM2D(2, 3, padding="same", return_sequences=True, name="cl"), L.Conv3D(2, (2, 2, 2), name="c3"),
                      L.AveragePooling3D((1, 2, 2), name="ap"), L.GroupNormalization(2, name="gn"), L.Flatten(name="f"), L.Dense(1, name="y")], name="convlstm")
    add("convlstm.keras", m, f32((4, 3, 4, 4, 2), 3), f32((4, 1), 4), lib, optimizer=O.RMSprop(0.01, momentum=0.5, centered=True), loss="mse")

    m = K.Sequential([K.Input(batch_shape=(4, 5, 2)), L.LSTM(3, stateful=True, return_sequences=True, name="l"), L.GRU(2, stateful=True, name="g"), L.Dense(1, name="y")], name="stateful")
    add("stateful.keras", m, f32((8, 5, 2), 5), f32((8, 1), 6), lib, optimizer=O.Adam(0.01, amsgrad=True), loss="mse")

    cells = [L.LSTMCell(3), L.GRUCell(2), L.SimpleRNNCell(3)]
    x = K.Input((4, 2), name="x")
    r = L.RNN(cells, return_sequences=True, name="stack")(x)
    b = L.Bidirectional(L.LSTM(2, return_sequences=True), merge_mode="sum", name="b")(r)
    o, h, c = L.LSTM(2, return_state=True, name="s")(b)
    j = L.Concatenate(name="j")([o, h, c])
    add("cells.keras", K.Model(x, L.Dense(1, name="y")(j), name="cells"), f32((8, 4, 2), 7), f32((8, 1), 8), lib,
        optimizer=O.SGD(0.05, momentum=0.9, clipvalue=0.02), loss="log_cosh")

    norm = L.Normalization(name="norm")
    norm.adapt(f32((20, 3), 9) * 3 + 1)
    num, cat = K.Input((3,), name="num"), K.Input((1,), dtype="int64", name="cat")
    bins = L.Discretization(bin_boundaries=[-0.5, 0.0, 0.5], output_mode="one_hot", name="bins")(num[:, :1])
    look = L.IntegerLookup(name="look", output_mode="one_hot")
    look.adapt(np.array([[4], [7], [7], [9]]))
    coded = L.CategoryEncoding(12, output_mode="multi_hot", name="coded")(cat)
    j = L.Concatenate(name="j")([norm(num), bins, look(cat), coded, L.Rescaling(0.5, 1.0, name="re")(num), L.Hashing(3, output_mode="one_hot", name="hash")(cat)])
    add("prepared.keras", K.Model({"num": num, "cat": cat}, L.Dense(2, name="y")(j), name="prepared"), {"num": f32((8, 3), 10), "cat": np.array([[4], [7], [9], [1], [0], [11], [7], [4]])}, f32((8, 2), 11), lib,
        optimizer=O.Adamax(0.01), loss="mse")

    x = K.Input((3,), name="x")
    core = K.Sequential([K.Input((3,)), L.Dense(4, activation="elu", name="d"), L.BatchNormalization(name="bn")], name="core")
    z = K.Input((4,), name="z")
    tail = K.Model(z, [L.Dense(2, name="p")(z), L.Dense(1, name="q")(z)], name="tail")
    p, q = tail(core(x))
    deep = K.Model(x, {"left": L.Softmax(name="left")(p), "right": L.LeakyReLU(name="right")(q)}, name="deep")
    add("nested.keras", deep, f32((8, 3), 12), {"left": np.eye(2, dtype="float32")[ids((8,), 13, 2)], "right": f32((8, 1), 14)}, lib,
        optimizer=O.Nadam(0.01), loss={"left": "categorical_crossentropy", "right": "mse"}, loss_weights={"left": 0.3, "right": 1.0})

    m = K.Sequential([K.Input((4,)), L.Dense(3, activation=double, name="d"), Scale(0.5, name="scale"), L.Dense(1, name="y")], name="custom")
    add("custom.keras", m, f32((8, 4), 15), f32((8, 1), 16), lib, optimizer=O.Lion(0.01), loss=squared)

    net = Net(name="net")
    net(f32((8, 4), 17))
    add("subclass.keras", net, f32((8, 4), 17), f32((8, 2), 18), lib, optimizer=O.Adagrad(0.05), loss="mse")

    m = K.Sequential([K.Input((6, 3)), L.Conv1D(3, 3, dilation_rate=2, padding="causal", name="c"), L.PReLU(name="pr"), L.UpSampling1D(2, name="up"), L.Conv1DTranspose(2, 3, strides=2, name="ct"),
                      L.ZeroPadding1D(1, name="zp"), L.Cropping1D((1, 2), name="cr"), L.SpatialDropout1D(0.0, name="sd"), L.GlobalAveragePooling1D(name="g")], name="line")
    add("line.keras", m, f32((8, 6, 3), 19), f32((8, 2), 20), lib, optimizer=O.Adadelta(0.5), loss="mse")

    m = K.Sequential([K.Input((4,)), L.Dense(3, activation="relu", kernel_constraint="max_norm", bias_regularizer="l1", name="d"), L.ActivityRegularization(l2=0.01, name="ar"), L.Dense(1, name="y", dtype="float64")], name="ema")
    add("ema.keras", m, f32((8, 4), 21), f32((8, 1), 22), lib, optimizer=O.Adam(O.schedules.ExponentialDecay(0.02, 3, 0.9), use_ema=True, ema_momentum=0.9, clipnorm=0.5), loss=K.losses.Huber(), weighted_metrics=["mae"])

    m = K.Sequential([K.Input((4,)), L.Dense(3, name="d"), L.UnitNormalization(name="un"), L.SpectralNormalization(L.Dense(2, name="in"), name="sn"), L.Dense(1, name="y")], name="ftrl")
    add("ftrl.keras", m, f32((8, 4), 23), f32((8, 1), 24), lib, optimizer=O.Ftrl(0.1, l1_regularization_strength=0.01), loss="mse")

    m = K.Sequential([K.Input((6, 6, 2)), L.Conv2D(2, 3, name="c"), L.BatchNormalization(name="bn"), L.Conv2DTranspose(2, 2, name="ct"), L.Flatten(name="f"), L.Reshape((5, 10), name="r"), L.LSTM(2, name="l"), L.Dense(1, name="y")], name="wide")
    add("wide.weights.h5", m, f32((8, 6, 6, 2), 25), f32((8, 1), 26), lib, weights=True, optimizer="adam", loss="mse")

    m = K.Sequential([K.Input((5, 3)), L.Bidirectional(L.LSTM(2, return_sequences=True), name="b"), L.GRU(3, name="g"), L.Dense(2, activation="softmax", name="y")], name="legacyrnn")
    add("legacyrnn.h5", m, f32((8, 5, 3), 27), ids((8,), 28, 2), lib, optimizer=O.RMSprop(0.01), loss="sparse_categorical_crossentropy")


def keras2():
    K, L, O = tf_keras, tf_keras.layers, tf_keras.optimizers
    K.utils.set_random_seed(6)
    lib = "tf_keras"

    m = K.Sequential([L.Dense(3, activation=double, input_shape=(4,), name="d"), Scale2(0.5, name="scale"), L.Dense(1, name="y")], name="custom2")
    add("custom2.h5", m, f32((8, 4), 31), f32((8, 1), 32), lib, optimizer=O.Adam(0.01), loss=squared)

    m = K.Sequential([L.ConvLSTM2D(2, 3, padding="same", input_shape=(3, 4, 4, 1), name="cl"), L.Conv2DTranspose(2, 2, strides=2, name="ct"), L.SeparableConv2D(2, 3, name="sc"), L.DepthwiseConv2D(2, name="dc"), L.GlobalMaxPooling2D(name="g"), L.Dense(1, name="y")], name="conv2d")
    add("convlstm2.h5", m, f32((4, 3, 4, 4, 1), 33), f32((4, 1), 34), lib, optimizer=O.RMSprop(0.01, momentum=0.5, centered=True), loss="mse")

    m = K.Sequential([L.SimpleRNN(3, stateful=True, batch_input_shape=(4, 5, 2), return_sequences=True, name="r"), L.LSTM(2, stateful=True, name="l"), L.Dense(1, name="y")], name="stateful2")
    add("stateful2.h5", m, f32((8, 5, 2), 35), f32((8, 1), 36), lib, optimizer=O.Adagrad(0.05), loss="mse")

    x = K.Input((3,), name="x")
    inner = K.Sequential([L.Dense(4, activation="elu", input_shape=(3,), name="d"), L.BatchNormalization(name="bn")], name="core")
    z = K.Input((4,), name="z")
    tail = K.Model(z, [L.Dense(2, activation="softmax", name="p")(z), L.Dense(1, name="q")(z)], name="tail")
    add("nested2.h5", K.Model(x, tail(inner(x)), name="nested2"), f32((8, 3), 37), [np.eye(2, dtype="float32")[ids((8,), 38, 2)], f32((8, 1), 39)], lib,
        optimizer=O.Adam(0.01, amsgrad=True), loss=["categorical_crossentropy", "mse"], loss_weights=[0.3, 1.0])

    x = K.Input((5, 4), name="x")
    a = L.MultiHeadAttention(2, 3, name="mha")(x, x)
    n = L.LayerNormalization(name="ln")(L.Add(name="add")([x, a]))
    add("attention2.h5", K.Model(x, L.GlobalAveragePooling1D(name="g")(n), name="attention2"), f32((8, 5, 4), 40), f32((8, 4), 41), lib, optimizer=O.Adamax(0.01), loss="mse")

    norm = L.Normalization(name="norm")
    norm.adapt(f32((20, 3), 42) * 3 + 1)
    m = K.Sequential([K.Input((3,)), norm, L.Rescaling(2.0, name="re"), L.GaussianNoise(0.0, name="gn"), L.Dense(2, name="d"), L.ReLU(6.0, name="relu"), L.Dense(1, name="y")], name="prepared2")
    add("prepared2.h5", m, f32((8, 3), 43), f32((8, 1), 44), lib, optimizer=O.SGD(0.05, momentum=0.9, nesterov=True), loss="mae")

    x = K.Input((5, 3), name="x")
    t = L.TimeDistributed(L.Dense(2, name="each"), name="td")(x)
    s, h, c = L.LSTM(3, return_sequences=True, return_state=True, name="l")(t)
    d = L.GRU(3, name="g")(s, initial_state=h)
    b = L.Bidirectional(L.SimpleRNN(2), merge_mode="ave", name="b")(s)
    add("states2.h5", K.Model(x, L.Dense(1, name="y")(L.Concatenate(name="j")([d, b, c])), name="states2"), f32((8, 5, 3), 45), f32((8, 1), 46), lib, optimizer=O.Adadelta(0.5), loss="mse")

    m = K.Sequential([L.Embedding(7, 3, mask_zero=True, input_length=4, name="e"), L.LSTM(3, name="l"), L.Dense(2, name="y")], name="masked2")
    add("masked2.keras", m, ids((8, 4), 47, 7), f32((8, 2), 48), lib, optimizer=O.Ftrl(0.1), loss="mse")

    m = K.Sequential([L.Dense(3, input_shape=(4,), name="a"), L.BatchNormalization(name="bn"), L.Dense(2, name="b")], name="plain2")
    add("plain2.h5", m, f32((8, 4), 49), f32((8, 2), 50), lib, weights=True, optimizer="sgd", loss="mse")

    m = K.Sequential([L.Dense(3, input_shape=(4,), name="a"), L.Dense(2, name="b")], name="weights2")
    add("weights2.weights.h5", m, f32((8, 4), 51), f32((8, 2), 52), lib, weights=True, optimizer="sgd", loss="mse")


keras3()
keras2()
save(__file__, CASES, "keras")
