"""TensorFlow 2's public functions on small inputs: values, and gradients of Σ w·y in the float arguments.

A case is (function, arguments, keywords); arrays become tensors, everything else stays as it is. The generators of
test-fixtures/tf/<family>/ end with `write(__file__)`.
"""
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import numpy as np
import tensorflow as tf

from fixtures import save

_n = [0]


def f(*shape, lo=-2.0, hi=2.0, dtype="float32"):
    """Numbers of a range, all different."""
    _n[0] += 1
    size = int(np.prod(shape))
    order = np.random.RandomState(_n[0]).permutation(size)
    return (lo + (hi - lo) * (order + 0.37) / max(size, 1)).reshape(shape).astype(dtype)


def i(*shape, lo=0, hi=10, dtype="int32"):
    _n[0] += 1
    return np.random.RandomState(_n[0]).randint(lo, hi, shape).astype(dtype)


def c(*shape):
    return (f(*shape) + 1j * f(*shape)).astype("complex64")


pos = dict(lo=0.2, hi=3.0)
unit = dict(lo=-0.9, hi=0.9)
u01 = dict(lo=0.05, hi=0.95)
CASES = []


def add(name, *args, **kw):
    CASES.append((name, args, kw))


def resolve(name):
    x = tf
    for part in name.split("."):
        x = getattr(x, part)
    return x


SMOOTH = (np.float32, np.float64, np.complex64)


def run(name, args, kw):
    floats = []

    def conv(v):
        if isinstance(v, tf.SparseTensor):
            if v.dtype.as_numpy_dtype in SMOOTH:
                floats.append(v.values)
            return v
        if isinstance(v, dict):
            return tf.constant(v["$bytes"].encode("latin-1"))
        if isinstance(v, np.ndarray) or isinstance(v, np.generic):
            t = tf.constant(v)
            if v.dtype in SMOOTH:
                floats.append(t)
            return t
        if isinstance(v, list) and v and isinstance(v[0], (np.ndarray, tf.SparseTensor)):
            return [conv(x) for x in v]
        return v

    tf.random.set_seed(5)
    with tf.GradientTape(persistent=True) as tape:
        a = [conv(x) for x in args]
        k = {n: conv(x) for n, x in kw.items()}
        tape.watch(floats)
        y = resolve(name)(*a, **k)
        flat = [t for t in tf.nest.flatten(y, expand_composites=True) if t is not None]
        loss = None
        for j, t in enumerate(flat):
            if t.dtype.is_floating or t.dtype.is_complex:
                w = tf.cast(tf.reshape(tf.range(1, tf.size(t) + 1), t.shape), t.dtype.real_dtype) / 7 + 0.1 * j
                part = tf.reduce_sum(tf.math.real(t) * w)
                if t.dtype.is_complex:
                    part += tf.reduce_sum(tf.math.imag(t) * w * 0.5)
                loss = part if loss is None else loss + tf.cast(part, loss.dtype)
    grads = None
    if loss is not None and floats:
        try:
            grads = [None if g is None else tf.convert_to_tensor(g).numpy() for g in tape.gradient(loss, floats)]
        except (LookupError, TypeError, tf.errors.OpError) as e:
            print("no gradient", name, str(e)[:60])
    return [words(t.numpy()) for t in flat], grads


def words(a):
    """Texts as lists of numbers' stead: bytes one character each."""
    if isinstance(a, bytes):
        return a.decode("latin-1")
    if isinstance(a, np.ndarray) and a.dtype == object:
        return [words(x) for x in a]
    return a


def plain(v):
    if isinstance(v, tf.DType):
        return {"$tf": v.name}
    if isinstance(v, tf.SparseTensor):
        return {"$sparse": [v.indices.numpy(), words(v.values.numpy()), v.dense_shape.numpy()]}
    if isinstance(v, np.ndarray) and v.dtype.kind == "U":
        return {"$text": v.tolist()}
    if isinstance(v, (list, tuple)):
        return [plain(x) for x in v]
    return v


def write(path, values_only=()):
    """Runs the cases that were added and saves them beside the generator; some functions' values alone."""
    cases = []
    for name, args, kw in CASES:
        try:
            out, grads = run(name, args, kw)
        except Exception as e:
            print("ERROR", name, type(e).__name__, str(e)[:100])
            continue
        grads = None if name in values_only else grads
        cases.append(dict(fn=name, args=plain(list(args)), kw={k: plain(v) for k, v in kw.items()}, out=out, grads=grads))
    print(len(cases))
    save(path, cases, "tensorflow-cpu")
