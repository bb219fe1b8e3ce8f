"""Runs Keras layers and notes what they are and do: configuration, weights, outputs, masks and gradients.

Every weight and input differs in all its elements. Gradients are those of a sum in which each output element has a weight
of its own.
"""

import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
import tensorflow as tf
from keras.src import backend

# Behind the libraries: the folders here have their names.
sys.path.append(str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import distinct, save  # noqa: E402, F401

FIXED = {"bias", "gamma", "beta", "moving_mean", "moving_variance", "alpha", "scale", "concat_score_weight"}
# Names of FIXED that begin with random numbers in one class.
RANDOM = {("AdditiveAttention", "scale")}


class Layer:
    """A layer as an argument of another."""

    def __init__(self, cls, **kwargs):
        self.cls, self.kwargs = cls, kwargs

    def make(self):
        return getattr(keras.layers, self.cls)(**made(self.kwargs))

    def noted(self):
        return {"$layer": self.cls, "kwargs": noted(self.kwargs)}


def made(x):
    if isinstance(x, Layer):
        return x.make()
    if isinstance(x, dict):
        return {k: made(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return type(x)(made(v) for v in x)
    return x


def noted(x):
    if isinstance(x, Layer):
        return x.noted()
    if isinstance(x, dict):
        return {k: noted(v) for k, v in x.items()}
    if isinstance(x, (list, tuple)):
        return type(x)(noted(v) for v in x)
    return x


def flat(x):
    return [t for t in tf.nest.flatten(x) if t is not None]


def weighted(outputs):
    total = 0.0
    for y in flat(outputs):
        if y.dtype.is_floating:
            w = np.array([(i % 7 + 1) / 8 for i in range(int(np.prod(y.shape)))]).reshape(y.shape)
            total = total + tf.reduce_sum(y * tf.constant(w, y.dtype))
    return total


def tensors(inputs, masks):
    out = tf.nest.map_structure(lambda a: tf.constant(a), inputs)
    for t, m in zip(flat(out), masks or []):
        if m is not None:
            backend.set_keras_mask(t, tf.constant(m))
    return out


def run(layer, inputs, masks, call):
    xs = tensors(inputs, masks)
    floats = [t for t in flat(xs) if t.dtype.is_floating]
    with tf.GradientTape(watch_accessed_variables=False) as tape:
        tape.watch(floats)
        tape.watch([v.value for v in layer.trainable_weights])
        y = layer(xs, **call)
        loss = weighted(y)
    sources = floats + [v.value for v in layer.trainable_weights]
    grads = tape.gradient(loss, sources) if isinstance(loss, tf.Tensor) else [None] * len(sources)
    grads = [None if g is None else tf.convert_to_tensor(g).numpy() for g in grads]
    mask = tf.nest.map_structure(lambda t: backend.get_keras_mask(t), y)
    return {
        "out": y,
        "mask": mask,
        "input_grads": grads[: len(floats)],
        "weight_grads": grads[len(floats) :],
        "losses": [l.numpy() for l in layer.losses],
    }


def case(cls, inputs, kwargs=None, call=None, masks=None, training=(None,), args=(), low=-1.0, seed=0, dtype=None):
    """One configuration of a layer, run once for every entry of `training` (None: not given)."""
    keras.backend.clear_session()
    keras.utils.set_random_seed(seed + 1)
    kwargs, call = kwargs or {}, call or {}
    layer = getattr(keras.layers, cls)(*made(args), **made(kwargs))
    config = str(layer.get_config())
    layer(tensors(inputs, masks), **call)
    initial = {w.path: w.numpy() for w in layer.weights if w.name in FIXED and (cls, w.name) not in RANDOM}
    values = []
    for i, w in enumerate(layer.weights):
        positive = any(n in w.name for n in ("variance", "stddev"))
        values.append(distinct(w.shape, 10 + i, np.float32, 0.3 if positive else low * 0.8, 0.8))
    layer.set_weights(values)
    if getattr(layer, "stateful", False):
        layer.reset_state()
    runs = []
    for t in training:
        given = {**call, **({} if t is None else {"training": t})}
        runs.append({"training": t, **run(layer, inputs, masks, given), "after": layer.get_weights()})
    # Shapes and types of symbolic calls, the batch's length unknown where the layer can do without.
    keras.backend.clear_session()
    symbolic = getattr(keras.layers, cls)(*made(args), **made(kwargs))
    known = getattr(layer, "stateful", False) or "initial_state" in call
    batch = lambda a: {"batch_shape": a.shape} if known else {"shape": a.shape[1:]}
    y = symbolic(tf.nest.map_structure(lambda a: keras.Input(dtype=a.dtype.name, **batch(a)), inputs), **call)
    name = ", ".join([cls] + [str(noted(a)) for a in args] + [f"{k}={noted(v)}" for k, v in {**kwargs, **call}.items()])
    return {
        "name": name + (", masked" if masks else "") + ("" if np.asarray(flat(inputs)[0]).dtype == np.float32 else f", {flat(inputs)[0].dtype}"),
        "layer": cls,
        "args": noted(list(args)),
        "kwargs": noted(kwargs),
        "call": call,
        "inputs": inputs,
        "masks": masks,
        "config": config,
        "weights": values,
        "paths": [w.path for w in layer.weights],
        "shapes": [list(w.shape) for w in layer.weights],
        "initial": initial,
        "trainable": [w.path for w in layer.trainable_weights],
        "symbolic": [[list(t.shape), t.dtype] for t in tf.nest.flatten(y)],
        "known_batch": known,
        "runs": runs,
    }


def shapes_of(inputs):
    return "" if inputs is None else [np.shape(i) for i in inputs] if isinstance(inputs, list) else np.shape(inputs)


def error(cls, kwargs=None, inputs=None, args=(), call=None):
    """A wrong use and what Keras says."""
    keras.backend.clear_session()
    kwargs, call = kwargs or {}, call or {}
    try:
        layer = getattr(keras.layers, cls)(*made(args), **made(kwargs))
        if inputs is not None:
            layer(inputs if not isinstance(inputs, tuple) else keras.Input(inputs), **call)
    except Exception as e:
        return {
            "name": f"{cls} {kwargs} {shapes_of(inputs)}"[:120],
            "layer": cls,
            "args": noted(list(args)),
            "kwargs": noted(kwargs),
            "inputs": None if inputs is None else inputs,
            "call": call,
            "error": e,
        }
    raise AssertionError(f"{cls}({kwargs}) raised nothing")


def x(*shape, seed=1, low=-1.0, high=1.0, dtype=np.float32):
    return distinct(shape, seed, dtype, low, high)


