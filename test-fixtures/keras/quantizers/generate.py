"""keras.quantizers, and layers in eight and four bits: values, gradients, variables, configs, errors and a file."""

import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy as np
import tensorflow as tf

# Behind the libraries: the folders here have their names.
sys.path.append(str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import distinct, lock, save  # noqa: E402

Q = keras.quantizers
HERE = pathlib.Path(__file__).resolve().parent
CASES = []


def function(name, *args, **kwargs):
    y = getattr(Q, name)(*[tf.constant(a) if isinstance(a, np.ndarray) else a for a in args], **kwargs)
    CASES.append({"name": f"{name} {len(CASES)}", "kind": "function", "op": name, "args": list(args), "kwargs": kwargs, "out": y})


w = distinct((7, 5), 3, np.float32, -2, 3)
q = np.random.default_rng(0).integers(-8, 8, (7, 5)).astype(np.int8)
function("abs_max_quantize", w, 0)
function("abs_max_quantize", w, -1, to_numpy=True)
function("abs_max_quantize", w, (0, 1), (-8, 7))
function("abs_max_quantize", w.astype(np.float16), 1)
function("abs_max_quantize_grouped_with_zero_point", w, 3)
function("abs_max_quantize_grouped_with_zero_point", w, 7, to_numpy=True)
for axis in (0, 1, -1):
    function("pack_int4", q, axis)
    function("unpack_int4", Q.pack_int4(q, axis)[0].numpy(), q.shape[axis], axis)
function("pack_int4", (q + 8).astype(np.uint8), 0, "uint8")
function("unpack_int4", np.arange(200, 220, dtype=np.uint8).reshape(4, 5), 7, 0, "uint8")
for amax in (2.5, 0.0, np.inf):
    function("compute_float8_scale", np.float32(amax).reshape(()), np.float32(0.7).reshape(()), 448.0)
function("compute_float8_amax_history", w, np.array([1.0, 2.0, 0.5], np.float32))
wide = np.concatenate([distinct((40,), 4, np.float32, -3, 3), np.float32([0, 1e-3, -2e-3, 500, -1e4, 7e4, 1e-5, 0.0097])])
for name in ("float8_e4m3fn", "float8_e5m2"):
    function("quantize_and_dequantize", wide, 0.5, name, "float32")
for kwargs in ({}, {"num_bits": 4}, {"narrow_range": True}, {"num_bits": 3, "narrow_range": True}):
    function("fake_quant_with_min_max_vars", w, -1.3, 2.2, **kwargs)
function("fake_quant_with_min_max_vars", w, distinct((5,), 1, np.float32, -2, -0.1), distinct((5,), 2, np.float32, 0.2, 2), axis=1)
function("fake_quant_with_min_max_vars", w, distinct((7,), 1, np.float32, -2, -0.1), distinct((7,), 2, np.float32, 0.2, 2), axis=0)


def fill(layer):
    layer.set_weights([distinct(v.shape, 5 + i, np.float32, -1, 1.5) for i, v in enumerate(layer.get_weights())])


def layer(kind, kwargs, shape, mode=None, config=None):
    made = getattr(keras.layers, kind)(name="own", **kwargs)
    ids = kind == "Embedding"
    x = np.random.default_rng(1).integers(0, kwargs["input_dim"], shape).astype(np.int32) if ids else distinct(shape, 9, np.float32)
    made.build(shape)
    fill(made)
    before = [v.numpy() for v in made.weights]
    given = getattr(Q, config[0])(**config[1]) if config else None
    made.quantize(mode, config=given)
    t = tf.constant(x)
    with tf.GradientTape() as tape:
        if not ids:
            tape.watch(t)
        y = made(t)
        loss = tf.reduce_sum(tf.cast(y, "float32") * tf.constant(distinct(y.shape, 11, np.float32)))
    CASES.append(
        {
            "name": f"{kind} {mode} {config or ''} {len(CASES)}",
            "kind": "layer",
            "layer": kind,
            "kwargs": kwargs,
            "shape": list(shape),
            "before": before,
            "mode": mode,
            "config": list(config) if config else None,
            "x": x,
            "y": y,
            "upstream": distinct(y.shape, 11, np.float32),
            "gradient": None if ids else tape.gradient(loss, t),
            "weights": [[v.path, v.numpy(), bool(v.trainable)] for v in made.weights],
            "policy": repr(made.dtype_policy),
            "json": keras.saving.serialize_keras_object(made),
        }
    )


FOUR, EIGHT = "Int4QuantizationConfig", "Int8QuantizationConfig"
for mode, config in (("int8", None), ("int4", None), (None, (FOUR, {"block_size": 2})), (None, (FOUR, {"block_size": -1})), (None, (EIGHT, {"activation_quantizer": None}))):
    layer("Dense", {"units": 5, "activation": "tanh"}, (2, 7), mode, config)
    layer("Embedding", {"input_dim": 6, "output_dim": 5}, (2, 3), mode, config)
    # Keras fails on equations with an ellipsis.
    for equation, output, bias, shape in (("ab,bc->ac", 3, "c", (2, 5)), ("abc,cde->abde", (None, 2, 3), "de", (2, 3, 4)), ("abcd,cde->abe", (None, 3), "e", (2, 3, 2, 4))):
        layer("EinsumDense", {"equation": equation, "output_shape": output, "bias_axes": bias}, shape, mode, config)
layer("Dense", {"units": 4, "use_bias": False}, (2, 3, 7), "int8")
layer("Dense", {"units": 4, "dtype": "mixed_bfloat16"}, (2, 7), "int8")


def attempt(name, f):
    try:
        f()
    except Exception as e:  # noqa: BLE001 - what is raised is asked
        CASES.append({"name": name, "kind": "error", "error": type(e).__name__, "message": str(e)})


built = keras.layers.Dense(2, name="built")
built.build((1, 3))
attempt("not built", lambda: keras.layers.Dense(2, name="fresh").quantize("int8"))
attempt("mode", lambda: built.quantize("int7"))
attempt("neither", lambda: built.quantize())
attempt("contradiction", lambda: built.quantize("int8", config=Q.Int4QuantizationConfig()))
attempt("no config", lambda: built.quantize("gptq"))
dropout = keras.layers.Dropout(0.5, name="drop")
dropout.build((1, 3))
attempt("other layer", lambda: dropout.quantize("int8"))
attempt("block", lambda: Q.Int4QuantizationConfig(block_size=0))
attempt("custom", lambda: Q.Int4QuantizationConfig(Q.AbsMaxQuantizer(axis=0)))
attempt("range", lambda: Q.AbsMaxQuantizer(value_range=(-200, 3)))
attempt("pack", lambda: Q.pack_int4(tf.constant([1, 2])))
attempt("policy", lambda: keras.dtype_policies.get("int4/0_from_float32"))
attempt("half", lambda: keras.layers.Dense(2, dtype="int8_from_float16"))

inputs = keras.Input((6,), dtype="int32", name="ids")
x = keras.layers.Embedding(9, 4, name="table")(inputs)
x = keras.layers.EinsumDense("abc,cd->abd", (6, 8), activation="relu", name="mixed")(x)
model = keras.Model(inputs, keras.layers.Dense(3, name="head")(keras.layers.Flatten(name="flat")(x)), name="small")
fill(model)
ids = np.random.default_rng(1).integers(0, 9, (4, 6)).astype(np.int32)
for mode in ("int8", "int4"):
    one = keras.models.clone_model(model)
    one.set_weights(model.get_weights())
    one.quantize(mode)
    one.save(HERE / f"{mode}.keras")
    lock(HERE / f"{mode}.keras", "keras")
    lines = []
    one.summary(print_fn=lambda s, line_break=None: lines.append(s))
    CASES.append({"name": f"model {mode}", "kind": "model", "file": f"{mode}.keras", "mode": mode, "x": ids, "y": one.predict(ids, verbose=0), "before": model.get_weights(), "summary": "\n".join(lines)})
save(__file__, CASES, "keras")
