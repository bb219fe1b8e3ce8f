"""Loops, branches and functions of functions of keras.ops; the table's cases come from ../generate.py."""

import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
import tensorflow as tf

# Behind the libraries: the folders here have their names.
sys.path.append(str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import distinct, save  # noqa: E402

ops = keras.ops
a = distinct((3, 2), 1, np.float32)


@ops.custom_gradient
def clipped(x):
    return ops.exp(x), lambda *args, upstream=None: (args[0] if args else upstream) * 0.5


def gradient(f, x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = f(x)
    return tape.gradient(y, x)


cases = {
    "cond": [ops.cond(True, lambda: 1.0, lambda: 2.0), ops.cond(ops.sum(a) > 100, lambda: a, lambda: -a)],
    "switch": [ops.switch(i, [lambda x: x + 1, lambda x: x * 2, lambda x: x - 3], a) for i in (-1, 1, 7)],
    "while_loop": ops.while_loop(lambda i, x: i < 4, lambda i, x: (i + 1, x * 1.5), (0, a)),
    "while_loop once": ops.while_loop(lambda i: i < 10, lambda i: (i + 3,), (1,), maximum_iterations=2),
    "fori_loop": ops.fori_loop(1, 4, lambda i, x: x * ops.cast(i, "float32"), a),
    "map": ops.map(lambda x: ops.sum(x) + x, a),
    "map of a dict": ops.map(lambda d: {"s": d["x"] + d["y"], "n": ops.sum(d["x"])}, {"x": a, "y": a[::-1].copy()}),
    "vectorized_map": ops.vectorized_map(lambda x: ops.square(x), a),
    "scan": ops.scan(lambda c, x: (c + x, c * x), np.zeros(2, np.float32), a),
    "scan reverse": ops.scan(lambda c, x: (c + x, c * x), np.zeros(2, np.float32), a, reverse=True),
    "scan of nothing": ops.scan(lambda c, x: (c * 2, c + 1), np.ones((), np.float32), length=3),
    "associative_scan": ops.associative_scan(lambda x, y: x + y, a),
    "associative_scan axis": ops.associative_scan(lambda x, y: x * y, a, axis=1, reverse=True),
    "custom_gradient": gradient(lambda x: ops.sum(clipped(x)), a),
    "gradient of while_loop": gradient(lambda x: ops.sum(ops.while_loop(lambda i, y: i < 3, lambda i, y: (i + 1, y * x), (0, x))[1]), a),
    "gradient of scan": gradient(lambda x: ops.sum(ops.scan(lambda c, v: (c * v, c + v), ops.ones((2,)), x)[1]), a),
    "rearrange": ops.rearrange(a, "a b -> b a"),
}
save(__file__, [{"name": "input", "out": a}] + [{"name": k, "out": v} for k, v in cases.items()], "keras", "control.json")
