"""TensorFlow's convolutions and pools on channels-last images, with its asymmetric SAME padding."""

import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

import tensorflow as tf  # noqa: E402

from fixtures import distinct, save  # noqa: E402


def same(n, k, s, d=1):
    """How SAME pads: the odd element at the end."""
    total = max((-(-n // s) - 1) * s + d * (k - 1) + 1 - n, 0)
    return [total // 2, total - total // 2]


def case(name, fn, inputs, **facts):
    xs = [tf.Variable(v) for v in inputs]
    with tf.GradientTape() as tape:
        y = fn(*xs)
        gy = distinct(y.shape, 40, "float32")
        loss = tf.reduce_sum(y * gy)
    grads = tape.gradient(loss, xs)
    return {"name": name, "inputs": list(inputs), **facts, "y": y.numpy(), "gy": gy, "grads": [g.numpy() for g in grads]}


x = distinct((2, 5, 6, 3), 1, "float32")
w = distinct((3, 2, 3, 4), 2, "float32")
g = distinct((2, 3, 3, 4), 3, "float32")
cases = []
for strides in ((1, 1), (2, 2), (2, 3)):
    pad = [same(5, 3, strides[0]), same(6, 2, strides[1])]
    cases.append(case(f"conv {strides}", lambda a, b: tf.nn.conv2d(a, b, strides, "SAME"), [x, w], op="conv", strides=list(strides), padding=pad))
    for pool, f in (("MAX", tf.nn.max_pool2d), ("AVG", tf.nn.avg_pool2d)):
        cases.append(
            case(f"{pool} pool {strides}", lambda a: f(a, (3, 2), strides, "SAME"), [x], op=pool, strides=list(strides), padding=pad)
        )
cases.append(
    case("transposed conv", lambda a, b: tf.nn.conv2d_transpose(a, b, (2, 5, 6, 3), (2, 2), "SAME"), [g, w], op="transposed", strides=[2, 2],
         padding=[same(5, 3, 2), same(6, 2, 2)], spatial=[5, 6])
)
save(__file__, cases, "tensorflow-cpu")
