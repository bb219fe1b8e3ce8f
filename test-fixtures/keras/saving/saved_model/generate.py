"""Folders that tf_keras saves (SavedModel), without their graphs, and what their models predict and train on to."""

import os
import pathlib
import shutil
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_USE_LEGACY_KERAS"] = "1"
import numpy as np
import tf_keras as keras

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))
from fixtures import distinct, lock, save

L = keras.layers
keras.utils.set_random_seed(3)


def dense():
    m = keras.Sequential([L.Input((6,)), L.Dense(5, activation="relu"), L.BatchNormalization(), L.Dropout(0.2), L.Dense(2, activation="softmax", kernel_regularizer="l2")])
    m.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return m, distinct((16, 6), 1, np.float32), np.arange(16) % 2


def recurrent():
    i = L.Input((5, 3))
    h = L.GRU(3)(L.Bidirectional(L.LSTM(4, return_sequences=True))(i))
    m = keras.Model(i, L.Dense(1, name="out")(h))
    m.compile(keras.optimizers.SGD(0.05, momentum=0.9), "mse")
    return m, distinct((8, 5, 3), 2, np.float32), distinct((8, 1), 3, np.float32)


def nested():
    inner = keras.Sequential([L.Conv1D(4, 3, input_shape=(8, 2)), L.BatchNormalization(), L.GlobalMaxPooling1D()], name="inner")
    i = L.Input((8, 2))
    m = keras.Model(i, L.Dense(3)(inner(i)))
    m.compile("rmsprop", "mse")
    return m, distinct((4, 8, 2), 4, np.float32), distinct((4, 3), 5, np.float32)


cases = []
for make in [dense, recurrent, nested]:
    model, x, y = make()
    model.fit(x, y, epochs=2, verbose=0, shuffle=False)
    folder = HERE / make.__name__
    shutil.rmtree(folder, ignore_errors=True)
    model.save(folder, save_format="tf")
    for name in ["saved_model.pb", "fingerprint.pb", "assets"]:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    predicted = model.predict(x, verbose=0)
    # Dropout would draw other numbers.
    losses = [] if make is dense else model.fit(x, y, epochs=3, verbose=0, shuffle=False).history["loss"]
    cases.append({"name": make.__name__, "x": x, "y": np.asarray(y), "predicted": predicted, "losses": losses, "optimizer": type(model.optimizer).__name__, "steps": 2})
    for path in sorted(folder.rglob("*.*")):
        lock(path, "tf_keras")
save(__file__, cases, "tf_keras")
