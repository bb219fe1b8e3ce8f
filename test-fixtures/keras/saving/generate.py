"""Model files written by Keras 3 and by tf_keras (Keras 2), what the models predict, and how they train on."""

import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
import tf_keras

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
from fixtures import distinct, lock, save

CASES = []


def f32(shape, seed):
    return distinct(shape, seed).astype("float32")


def ids(shape, seed, n):
    return np.random.default_rng(seed).integers(0, n, shape).astype("int32")


def add(K, name, model, x, y, compile, library, weights=False):
    """Trains a little, saves, predicts, and trains on from the state that was saved."""
    model.compile(**compile())
    model.fit(x, y, batch_size=4, epochs=2, shuffle=False, verbose=0)
    path = HERE / name
    if weights:
        model.save_weights(path)
    else:
        model.save(path)
    out = model.predict(x, verbose=0)
    losses = model.fit(x, y, batch_size=4, epochs=3, shuffle=False, verbose=0).history["loss"]
    lock(path, library)
    CASES.append({"name": name, "x": x, "y": y, "out": out, "losses": [float(l) for l in losses], "params": int(model.count_params())})


def keras3():
    K, L = keras, keras.layers
    K.utils.set_random_seed(3)

    x = K.Input((6,), name="x")
    h = L.Dense(5, activation="tanh", name="h")(x)
    b = L.BatchNormalization(name="bn")(h)
    n = L.LayerNormalization(name="ln")(h)
    c = L.Concatenate(name="cat")([b, n, x * 2 + 1])
    inner = K.Sequential([K.Input((16,)), L.Dense(4, activation="gelu", name="in"), L.Dropout(0.0, name="drop")], name="inner")
    y = L.Dense(2, name="y", kernel_regularizer=K.regularizers.L2(0.01))(inner(c))
    add(K, "functional.keras", K.Model(x, y, name="branches"), f32((8, 6), 1), f32((8, 2), 2),
        lambda: dict(optimizer=K.optimizers.Adam(0.01), loss="mse", metrics=["mae"]), "keras")

    a = K.Input((5,), dtype="int32", name="a")
    e = L.Embedding(9, 4, mask_zero=True, name="emb")(a)
    s = L.LSTM(3, return_sequences=True, name="lstm")(e)
    g = L.Bidirectional(L.GRU(3, return_sequences=True), name="bi")(s)
    t = L.TimeDistributed(L.Dense(2, name="each"), name="td")(g)
    r = L.SimpleRNN(3, name="rnn")(t)
    add(K, "recurrent.keras", K.Model(a, L.Dense(3, activation="softmax", name="p")(r), name="recurrent"), ids((8, 5), 4, 9), ids((8,), 5, 3),
        lambda: dict(optimizer=K.optimizers.RMSprop(0.01), loss="sparse_categorical_crossentropy"), "keras")

    conv = K.Sequential(
        [
            K.Input((8, 8, 2)),
            L.Conv2D(3, 3, padding="same", activation="relu", name="c1"),
            L.MaxPooling2D(name="p1"),
            L.DepthwiseConv2D(3, padding="same", name="dw"),
            L.BatchNormalization(name="bn"),
            L.SeparableConv2D(4, 3, name="sep"),
            L.GlobalAveragePooling2D(name="gap"),
            L.Dense(1, activation="sigmoid", name="p"),
        ],
        name="conv",
    )
    add(K, "conv.keras", conv, f32((8, 8, 8, 2), 6), ids((8, 1), 7, 2).astype("float32"),
        lambda: dict(optimizer=K.optimizers.SGD(0.05, momentum=0.9, nesterov=True), loss="binary_crossentropy"), "keras")

    left, right = K.Input((3,), name="left"), K.Input((3,), name="right")
    shared = L.Dense(4, activation="relu", name="shared")
    both = L.Add(name="add")([shared(left), shared(right)])
    add(K, "shared.keras", K.Model({"left": left, "right": right}, L.Dense(1, name="y")(both), name="shared"),
        {"left": f32((8, 3), 8), "right": f32((8, 3), 9)}, f32((8, 1), 10),
        lambda: dict(optimizer=K.optimizers.AdamW(0.01), loss=K.losses.Huber()), "keras")

    legacy = K.Sequential([K.Input((4,)), L.Dense(3, activation="relu", name="a"), L.BatchNormalization(name="bn"), L.Dense(1, name="b")], name="legacy")
    add(K, "legacy3.h5", legacy, f32((8, 4), 11), f32((8, 1), 12), lambda: dict(optimizer=K.optimizers.Adam(0.01), loss="mean_squared_error"), "keras")

    weights = K.Sequential([K.Input((4,)), L.Dense(3, name="a"), L.Dense(2, name="b")], name="weights")
    add(K, "plain.weights.h5", weights, f32((8, 4), 13), f32((8, 2), 14), lambda: dict(optimizer="sgd", loss="mse"), "keras", weights=True)


def keras2():
    K, L = tf_keras, tf_keras.layers
    K.utils.set_random_seed(4)

    x = K.Input((6, 3), name="x")
    m = L.Masking(name="mask")(x)
    l = L.LSTM(4, return_sequences=True, name="lstm")(m)
    g = L.GRU(3, reset_after=False, return_sequences=True, name="gru")(l)
    b = L.Bidirectional(L.GRU(2), name="bi")(g)
    add(K, "rnn2.h5", K.Model(x, L.Dense(2, name="y")(b), name="rnn2"), f32((8, 6, 3), 15), f32((8, 2), 16),
        lambda: dict(optimizer=K.optimizers.Adam(0.01), loss="mse", metrics=["mae"]), "tf_keras")

    conv = K.Sequential(
        [
            L.Conv2D(3, 3, activation="relu", input_shape=(8, 8, 1), name="c1"),
            L.BatchNormalization(name="bn"),
            L.AveragePooling2D(name="p1"),
            L.Dropout(0.0, name="drop"),
            L.Flatten(name="flat"),
            L.Dense(3, activation="softmax", name="p"),
        ],
        name="conv2",
    )
    add(K, "conv2.h5", conv, f32((8, 8, 8, 1), 17), ids((8,), 18, 3),
        lambda: dict(optimizer=K.optimizers.RMSprop(0.01), loss="sparse_categorical_crossentropy", metrics=["accuracy"]), "tf_keras")

    a, c = K.Input((3,), name="a"), K.Input((2,), name="c")
    shared = L.Dense(4, activation="relu", name="shared")
    j = L.Concatenate(name="cat")([shared(a), shared(L.Dense(3, name="w")(c))])
    add(K, "functional2.h5", K.Model([a, c], L.Dense(1, name="y")(j), name="functional2"), [f32((8, 3), 19), f32((8, 2), 20)], f32((8, 1), 21),
        lambda: dict(optimizer=K.optimizers.SGD(0.05, momentum=0.9), loss="mse"), "tf_keras")

    old = K.Sequential([L.Embedding(32, 3, input_length=4, name="emb"), L.Flatten(name="flat"), L.Dense(2, name="y")], name="old")
    x = K.Input((6, 3), name="x")
    l = L.LSTM(4, return_sequences=True, name="lstm")(x)
    n = L.BatchNormalization(name="bn")(L.Bidirectional(L.GRU(2), name="bi")(l))
    add(K, "archive2.keras", K.Model(x, L.Dense(2, name="y", kernel_regularizer="l2")(n), name="archive2"), f32((8, 6, 3), 24), f32((8, 2), 25),
        lambda: dict(optimizer=K.optimizers.Adam(0.01), loss="mse", metrics=["mae"]), "tf_keras")

    # Each row is read once a step: Keras 3 counts the squares of rows that are read twice in another way.
    once = np.random.default_rng(22).permutation(32).reshape(8, 4).astype("int32")
    add(K, "old2.h5", old, once, f32((8, 2), 23), lambda: dict(optimizer=K.optimizers.legacy.Adam(0.01), loss="mse"), "tf_keras")


keras3()
keras2()
save(__file__, CASES, "keras")
