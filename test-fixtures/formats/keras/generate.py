"""Files of Keras 3 and of Keras 2 (tf_keras), with what is in them."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import io
import json
import pathlib
import sys
import zipfile

import h5py
import keras
import numpy as np
import tf_keras

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import distinct, lock, save

HERE = pathlib.Path(__file__).resolve().parent
cases = []


def filled(model):
    model.set_weights([distinct(w.shape, 10 + i, w.dtype) for i, w in enumerate(model.get_weights())])
    return model


def trained(k, layers):
    model = filled(k.Sequential(layers))
    model.compile("adam", "mse")
    model.fit(distinct((8, 6, 4), 1), distinct((8, 2), 2), verbose=0)
    return model


def put(name, model, weights, **more):
    path = HERE / name
    model.save_weights(path) if ".weights." in name else model.save(path)
    lock(path, "keras" if model.__class__.__module__.startswith("keras.") else "tf_keras")
    with zipfile.ZipFile(path) if name.endswith(".keras") else open(path, "rb") as f:
        with h5py.File(io.BytesIO(f.read("model.weights.h5") if name.endswith(".keras") else f.read())) as h:
            names = []
            h.visit(names.append)
    cases.append({"name": name, "weights": weights, "names": sorted(names), **more})


L = keras.layers
three = trained(keras, [keras.Input((6, 4)), L.LSTM(3), L.BatchNormalization(), L.Dense(2, name="last")])
arrays = [np.asarray(w) for w in three.get_weights()]
paths = [f"layers/lstm/cell/vars/{i}" for i in range(3)] + [f"layers/batch_normalization/vars/{i}" for i in range(4)]
paths += [f"layers/dense/vars/{i}" for i in range(2)]
put("three.keras", three, dict(zip(paths, arrays)), config=json.loads(three.to_json())["config"]["name"])
put("three.weights.h5", three, dict(zip(paths, arrays)))
put("three-legacy.h5", three, {})
half = keras.Sequential([keras.Input((2,)), L.Dense(2, dtype="bfloat16")])
put("bfloat16.weights.h5", filled(half), {"layers/dense/vars/0": np.asarray(half.get_weights()[0]).astype("f4")})

L = tf_keras.layers
two = trained(tf_keras, [L.InputLayer((6, 4)), L.GRU(3), L.Dense(2, name="last")])
put(
    "two.h5",
    two,
    {w.name: w.numpy() for w in two.weights},
    layers=[layer.name for layer in two.layers],
    config=two.get_config(),
)
save(__file__, cases, "keras")
