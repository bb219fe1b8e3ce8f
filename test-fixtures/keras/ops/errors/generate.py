"""Wrong calls of keras.ops and what is raised: class and message."""

import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
import tensorflow as tf

sys.path.append(str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import save  # noqa: E402

a, b, c, s = (np.arange(n, dtype=np.float32).reshape(shape) for n, shape in ((6, (2, 3)), (35, (5, 7)), (24, (2, 3, 4)), (1, ())))
i, pairs, col = np.arange(6, dtype=np.int32).reshape(2, 3), np.array([[0, 1], [1, 2]]), np.array([[0], [1], [3]])
ids, v = np.array([0, 1, 1, 0, 2]), np.arange(3, dtype=np.float32)


def mapped(x):
    if isinstance(x, np.ndarray):
        return tf.constant(x)
    return type(x)(mapped(y) for y in x) if isinstance(x, (list, tuple)) else x


CASES = []


def wrong(name, *args, **kwargs):
    try:
        getattr(keras.ops, name)(*mapped(args), **kwargs)
    except Exception as e:  # noqa: BLE001 - the classes are what is asked
        text = f"{name}({', '.join('x'.join(map(str, x.shape)) if isinstance(x, np.ndarray) else repr(x) for x in tf.nest.flatten(list(args)))}, {kwargs})"
        CASES.append({"name": text, "op": name, "args": list(args), "kwargs": kwargs, "error": type(e).__name__, "message": str(e)})
        return
    raise AssertionError(f"{name} raises nothing")


for name in "sum mean prod max min any all var std logsumexp count_nonzero nansum nanmean".split():
    wrong(name, a, axis=5)
    wrong(name, a, axis=(0, 0))
for name in "argmax argmin cumsum cumprod sort argsort flip squeeze expand_dims".split():
    wrong(name, a, axis=4)
for name in "cumsum cumprod sort argsort flip squeeze".split():
    wrong(name, a, axis=-6)
for name in "add subtract multiply divide maximum minimum fmax fmin floor_divide fmod divide_no_nan power logical_and logical_or equal less greater_equal arctan2".split():
    wrong(name, a, b)
for name in "abs exp sqrt sin sum relu sigmoid softmax matmul".split():
    wrong(name, None, *([a] if name == "matmul" else []))
for name in "sin sqrt add divide maximum power log".split():
    wrong(name, "abc", *([a] if name in ("add", "divide", "maximum", "power") else []))
for name in "diagonal glu max_pool conv clip moments".split():
    wrong(name, None, *([2] if name == "max_pool" else [a] if name == "conv" else [0.0, 1.0] if name == "clip" else [0] if name == "moments" else []))
wrong("concatenate", [a, a], axis=5)
wrong("concatenate", [a, b])
wrong("concatenate", a)
wrong("append", a, a, axis=-4)
wrong("append", a, b, axis=1)
wrong("stack", [a, a], axis=5)
wrong("stack", [a, b])
wrong("unstack", a, axis=3)
wrong("split", c, 3, axis=2)
wrong("split", a, 2, axis=4)
wrong("hsplit", a, 2)
wrong("vsplit", c, 3)
wrong("array_split", a, 0)
wrong("reshape", a, (4, 2))
wrong("reshape", a, (-1, 4))
wrong("reshape", a, (-1, -1))
wrong("transpose", a, (0, 2))
wrong("transpose", c, (1, 0))
wrong("swapaxes", a, 0, 3)
wrong("moveaxis", a, 0, 5)
wrong("moveaxis", c, (0, 1), 2)
wrong("moveaxis", a, 1.5, 0)
wrong("rot90", v)
wrong("rot90", c, axes=(1, 1))
wrong("broadcast_to", a, (4, 6))
wrong("broadcast_to", v, (2, 3, 1))
wrong("tile", a, (-1, 2))
wrong("repeat", a, 2, axis=3)
wrong("repeat", a, 1.5)
wrong("roll", a, [1, 2])
wrong("flip", a, axis=(0, 0))
wrong("tril", s)
wrong("diag", c)
wrong("where", a, a)
wrong("where", b > 3, a, a)
wrong("take", a, [9, 1], axis=1)
wrong("take", a, [0], axis=4)
wrong("take_along_axis", c, pairs, axis=1)
wrong("searchsorted", v, v, side="up")
wrong("searchsorted", a, v)
wrong("meshgrid", v, v, indexing="yx")
wrong("histogram", a)
wrong("vander", a)
wrong("zeros", (2, -1))
wrong("full", (-1,), 3.0)
wrong("eye", 1.5)
wrong("arange", -9)
wrong("arange", 1, 2, 0)
wrong("power", i, -2)
wrong("gcd", i, np.arange(35, dtype=np.int32).reshape(5, 7))
wrong("matmul", a, a)
wrong("matmul", c, c)
wrong("dot", a, a)
wrong("inner", a, b)
wrong("vdot", a, b)
wrong("tensordot", a, b, axes=-1)
wrong("solve", a, a)
wrong("solve", np.eye(3, dtype=np.float32), b)
wrong("cholesky", a)
wrong("inv", v)
wrong("det", v)
wrong("segment_sum", c, ids)
wrong("segment_max", b, pairs)
wrong("segment_sum", b, ids, num_segments=-1)
wrong("one_hot", i, 5, axis=7)
wrong("one_hot", i, -2)
wrong("top_k", s, 2)
wrong("top_k", a, -1)
wrong("top_k", a, 7)
wrong("slice", c, (0, 1), (1, 1))
wrong("slice", c, (0, 9, 0), (1, 1, 1))
wrong("slice", c, (0, 1, 1), (9, 1, 1))
wrong("scatter", col, b, (4, 7))
wrong("scatter", pairs, b, (4, 7))
wrong("scatter_update", a, pairs, b)
wrong("scatter_update", c, pairs, v[:2].copy())
wrong("gelu", i)
wrong("hard_sigmoid", i)
wrong("max_pool", a, 2)
wrong("softmax", a, axis=4)
wrong("cumsum", a, dtype="bad")
save(__file__, CASES, "keras")
