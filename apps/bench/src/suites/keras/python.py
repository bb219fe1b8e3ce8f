"""The workloads in Keras on TensorFlow; one thread unless BENCH_THREADS says more."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from harness import run, threads  # noqa: E402

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402
from keras import layers  # noqa: E402

tf.config.threading.set_intra_op_parallelism_threads(threads)
tf.config.threading.set_inter_op_parallelism_threads(threads)
ROWS = 1024
rng = np.random.default_rng(1)


def uniform(*shape):
    return rng.random((ROWS, *shape), dtype=np.float32)


def recurrent(cls):
    return uniform(20, 8), uniform(1), [keras.Input((20, 8)), cls(32), layers.Dense(1)], {"loss": "mse"}


CASES = {
    "digits": lambda: (
        uniform(8, 8, 1),
        (np.arange(ROWS) * 7 % 10).astype(np.int32),
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(16, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Conv2D(32, 3, activation="relu", padding="same"),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ],
        {"loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"]},
    ),
    "lstm": lambda: recurrent(layers.LSTM),
    "gru": lambda: recurrent(layers.GRU),
    "mlp": lambda: (uniform(8), uniform(1), [keras.Input((8,)), layers.Dense(16, activation="relu"), layers.Dense(1)], {"loss": "mse"}),
}


def compiled(name):
    x, y, made, how = CASES[name]()
    model = keras.Sequential(made)
    model.compile(optimizer="adam", **how)
    return model, x, y


def fit(name, batch):
    def make():
        model, x, y = compiled(name)

        def epoch():
            model.fit(x, y, batch_size=batch, epochs=1, verbose=0)

        # What the first epoch takes more (tracing) is no part of the comparison.
        epoch()
        return epoch

    return make


def predict(name):
    def make():
        model, x, _ = compiled(name)
        return lambda: model.predict(x, batch_size=32, verbose=0)

    return make


W = {f"{name}{b}": fit(name, b) for name in CASES for b in (8, 32, 128)}
W["digitsPredict"] = predict("digits")
W["lstmPredict"] = predict("lstm")
run(W)
