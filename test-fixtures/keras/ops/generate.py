"""keras.ops by table: values, types and gradients of eager calls, shapes and types of symbolic ones."""

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
from fixtures import distinct, save  # noqa: E402


def f(*shape, seed=1, low=-2.0, high=2.0, dtype=np.float32):
    return distinct(shape, seed, dtype, low, high)


def ints(*shape, seed=1, low=-4, high=5, dtype=np.int32):
    return np.random.default_rng(seed).integers(low, high, shape).astype(dtype)


def bools(*shape, seed=1):
    return np.random.default_rng(seed).integers(0, 2, shape).astype(bool)


def is_array(v):
    return isinstance(v, np.ndarray)


def mapped(fn, v):
    if is_array(v):
        return fn(v)
    if isinstance(v, (list, tuple)):
        return type(v)(mapped(fn, x) for x in v)
    return v


def flat(y):
    return [t for t in tf.nest.flatten(y) if t is not None]


def weighted(outputs):
    total = 0.0
    for y in flat(outputs):
        if isinstance(y, tf.Tensor) and y.dtype.is_floating:
            w = np.array([(i % 7 + 1) / 8 for i in range(int(np.prod(y.shape)))]).reshape(y.shape)
            total = total + tf.reduce_sum(y * tf.constant(w, y.dtype))
    return total


def case(name, *args, grad=True, symbolic=True, rtol=None, **kwargs):
    op = keras.ops
    for part in name.split("."):
        op = getattr(op, part)
    given = mapped(tf.constant, args)
    sources = [t for t in flat(given) if isinstance(t, tf.Tensor) and t.dtype.is_floating]
    with tf.GradientTape() as tape:
        tape.watch(sources)
        y = op(*given, **kwargs)
        loss = weighted(y) if grad else 0.0
    grads = None
    if grad and sources and isinstance(loss, tf.Tensor):
        grads = [None if g is None else tf.convert_to_tensor(g).numpy() for g in tape.gradient(loss, sources)]
    spec = None
    if symbolic and any(is_array(a) for a in tf.nest.flatten(args)):
        try:
            s = op(*mapped(lambda a: keras.KerasTensor(a.shape, a.dtype.name), args), **kwargs)
            spec = [[list(t.shape), t.dtype] for t in tf.nest.flatten(s) if isinstance(t, keras.KerasTensor)]
        except Exception:  # noqa: BLE001 - some functions have no symbolic form
            spec = None
    text = ", ".join(
        ["x".join(map(str, a.shape)) + f" {a.dtype.name}" if is_array(a) else repr(a) for a in tf.nest.flatten(list(args))]
        + [f"{k}={v!r}" for k, v in kwargs.items()]
    )
    return {"name": f"{name}({text})", "op": name, "args": list(args), "kwargs": kwargs, "out": y, "grads": grads, "spec": spec, "rtol": rtol}


def table(family, rows):
    cases = [case(*args, **kwargs) for args, kwargs in rows]
    save(pathlib.Path(__file__).parent / family / "generate.py", cases, "keras")


def r(*args, **kwargs):
    return (args, kwargs)


# Left out where Keras goes astray: shapes of symbolic calls that are not those of real ones (corrcoef, ndim, multi_hot, where,
# adaptive pooling, lu_factor), a negative mask_index of the beam search, half turns of oblong arrays, gradients of powers of negative numbers.
a, b, pos, unit, big = f(2, 3), f(2, 3, seed=2), f(2, 3, low=0.2, high=3), f(2, 3, low=-0.95, high=0.95), f(2, 3, low=1.1, high=3)
i, j, n, t, u = ints(2, 3), ints(2, 3, seed=2), ints(2, 3, low=1), bools(2, 3), bools(2, 3, seed=5)
half, dbl, cube = f(2, 3, dtype=np.float16), f(2, 3, dtype=np.float64), f(2, 3, 4)
odd = np.array([[1.5, np.nan, -np.inf], [np.inf, -2.5, 0.0]], np.float32)
hole = np.array([[1.5, np.nan, -3.0], [np.nan, -2.5, 0.5]], np.float32)

numpy = []
for name in "abs absolute ceil cos cosh cbrt deg2rad exp exp2 expm1 fabs floor negative rad2deg sign sin sinc sinh square tan tanh trunc round arctan arcsinh sigmoid".split():
    if name != "sigmoid":
        numpy += [r(name, a), r(name, i), r(name, dbl)]
for name in "arccos arcsin arctanh".split():
    numpy += [r(name, unit)]
numpy += [r("arccosh", big), r("i0", a), r("signbit", a), r("heaviside", a, b), r("reciprocal", a)]
for name in "log log10 log1p log2 sqrt".split():
    numpy += [r(name, pos), r(name, n)]
for name in "add subtract multiply divide true_divide maximum minimum fmax fmin arctan2 hypot logaddexp logaddexp2 nextafter floor_divide mod fmod divide_no_nan".split():
    numpy += [r(name, a, b, grad=name not in ("nextafter", "floor_divide", "mod", "fmod"))]
for name in "add subtract multiply divide maximum minimum floor_divide mod fmod".split():
    numpy += [r(name, i, n), r(name, a, n), r(name, i, 2), r(name, 2.5, n), r(name, t, n), r(name, half, b, grad=False), r(name, n, dbl, grad=False)]
numpy += [r("power", pos, b), r("power", i, 2), r("power", pos, 2)]
numpy += [r("bitwise_" + name, i, j) for name in ("and", "or", "xor", "left_shift", "right_shift") if "shift" not in name]
numpy += [r("left_shift", n, n), r("right_shift", n, n), r("bitwise_not", i), r("bitwise_invert", i), r("gcd", n, j), r("lcm", n, n[::-1].copy()), r("ldexp", a, n, grad=False)]
numpy += [r("logical_and", t, u), r("logical_or", t, u), r("logical_xor", t, u), r("logical_not", t), r("logical_and", i, a)]
numpy += [r(name, a, b) for name in "equal not_equal greater greater_equal less less_equal isclose".split()]
numpy += [r(name, i, n) for name in "equal not_equal greater greater_equal less less_equal".split()]
numpy += [r("allclose", a, a), r("isfinite", odd), r("isinf", odd), r("isnan", odd), r("isneginf", odd), r("isposinf", odd), r("isreal", odd), r("nan_to_num", odd, grad=False), r("nan_to_num", odd, nan=1.0, posinf=7.0, neginf=-7.0, grad=False), r("isin", i, [1, 2])]
for name in "sum mean prod max min amax amin var std any all argmax argmin count_nonzero median logsumexp ptp".split():
    numpy += [r(name, a), r(name, cube, axis=1)] + [r(name, i)] * (name != "logsumexp")
    if name not in ("argmax", "argmin", "median", "count_nonzero"):
        numpy += [r(name, cube, axis=(0, 2))] if name != "ptp" else []
        numpy += [r(name, cube, axis=-1, keepdims=True)]
numpy += [r("sum", t), r("mean", t), r("prod", t), r("argmax", cube, axis=-1, keepdims=True), r("median", cube, axis=(0, 1), keepdims=True, grad=False), r("quantile", cube, 0.3, axis=1), r("quantile", cube, [0.25, 0.6], grad=False), r("quantile", cube, 0.3, axis=1, method="nearest", grad=False), r("percentile", cube, 40.0, axis=2, grad=False), r("average", a, axis=1), r("average", a, axis=1, weights=pos)]
for name in "nansum nanmean nanmax nanmin nanprod nanvar nanstd nanmedian".split():
    numpy += [r(name, hole, grad=False), r(name, hole, axis=1, grad=False)]
numpy += [r("nanargmax", hole, axis=1), r("nanargmin", hole), r("nancumsum", hole, grad=False), r("nancumprod", hole, axis=1, grad=False), r("nanquantile", hole, 0.3, axis=1, grad=False), r("nanpercentile", hole, 30.0, grad=False)]
numpy += [r("cumsum", a), r("cumsum", a, axis=1), r("cumprod", a, axis=1), r("cumsum", t, axis=0), r("diff", a), r("diff", cube, n=2, axis=1), r("trapezoid", a), r("trapezoid", a, dx=0.5, axis=0)]
numpy += [r("reshape", a, (3, 2)), r("reshape", cube, (-1, 4)), r("transpose", cube), r("transpose", cube, (1, 0, 2)), r("swapaxes", cube, 0, 2), r("moveaxis", cube, 0, -1), r("moveaxis", cube, (0, 1), (2, 0)), r("expand_dims", a, 1), r("expand_dims", a, (0, -1)), r("squeeze", f(1, 3, 1)), r("squeeze", f(1, 3, 1), 0), r("ravel", a), r("broadcast_to", f(3), (2, 3)), r("flip", a), r("flip", cube, axis=1), r("fliplr", a), r("flipud", a), r("roll", a, 2), r("roll", cube, 1, axis=2), r("rot90", a), r("rot90", cube, k=3, axes=(0, 2)), r("repeat", a, 2), r("repeat", cube, 2, axis=1), r("repeat", cube, np.array([1, 2, 3]), axis=1, symbolic=False), r("tile", a, (2, 1)), r("tile", a, 2), r("tile", a, (2, 1, 2)), r("diagonal", cube), r("diagonal", a, offset=1), r("diag", f(3)), r("diag", a, k=1), r("diagflat", a), r("tril", cube), r("triu", a, k=1), r("trace", cube), r("copy", a)]
numpy += [r("concatenate", [a, b]), r("concatenate", [a, i], axis=1, grad=False), r("stack", [a, b]), r("stack", [a, b], axis=-1), r("hstack", [a, b]), r("vstack", [a, b]), r("dstack", [a, b]), r("append", a, b), r("append", a, b, axis=0), r("split", cube, 2, axis=2), r("split", cube, [1, 3], axis=2), r("array_split", cube, 3, axis=2), r("hsplit", cube, 3), r("vsplit", cube, 2), r("dsplit", cube, 2), r("unstack", cube, axis=1), r("meshgrid", f(2), f(3), grad=False), r("meshgrid", f(2), f(3), indexing="ij", grad=False)]
numpy += [r("pad", a, ((1, 0), (0, 2))), r("pad", a, ((1, 1), (2, 1)), mode="reflect"), r("pad", a, ((1, 1), (2, 1)), mode="symmetric"), r("pad", a, ((1, 1), (1, 0)), constant_values=3.0), r("clip", a, -0.5, 0.7), r("clip", i, -1, 2), r("where", t, a, b), r("where", t, a, 0.0), r("where", t, symbolic=False), r("nonzero", t), r("take", a, [1, 0], axis=1), r("take", a, np.array([[5, 0], [-1, 2]])), r("take", cube, np.array([[0, 2]]), axis=1), r("take_along_axis", a, np.array([[0, 2], [1, 0]]), axis=1), r("select", [t, u], [a, b], 1.5), r("select", [t, u], [a, b]), r("get_item", a, 1), r("searchsorted", np.array([0.1, 0.5, 1.0], np.float32), a[0]), r("searchsorted", np.array([0.1, 0.5, 1.0], np.float32), a[0], side="right"), r("digitize", a, np.array([-1.0, 0.0, 1.0])), r("sort", cube, axis=1), r("sort", a), r("argsort", cube), r("argsort", i, axis=0), r("angle", a), r("bincount", n), r("bincount", n[0], minlength=7), r("bincount", n[0], weights=pos[0]), r("histogram", f(7), bins=4), r("unique", i), r("unique", i, return_counts=True, return_inverse=True, symbolic=False)]
numpy += [r("dot", a, b.T.copy()), r("dot", f(3), f(3, seed=2)), r("dot", a, 2.0), r("matmul", a, b.T.copy()), r("matmul", f(2, 3, 4), f(4, 2)), r("matmul", i, n.T.copy()), r("inner", a, b), r("outer", a, b), r("vdot", a, b), r("tensordot", cube, f(4, 2), axes=1), r("tensordot", cube, f(3, 5), axes=([1], [0])), r("cross", f(2, 3), f(2, 3, seed=3)), r("kron", a, f(2, 2)), r("vander", f(3), grad=False), r("vander", f(3), N=2, increasing=True, grad=False), r("einsum", "ij,kj->ik", a, b), r("einsum", "ijk->kj", cube), r("einsum", "...j,jk->...k", cube, f(4, 2)), r("einsum", "ij,jk,kl->il", a, f(3, 4), f(4, 2)), r("correlate", f(5), f(3)), r("correlate", f(5), f(3), mode="full"), r("correlate", f(5), f(3), mode="same"), r("corrcoef", a, rtol=1e-5, symbolic=False)]
numpy += [r("zeros", (2, 3)), r("ones", (2,), dtype="int32"), r("full", (2, 2), 3), r("full", (2, 2), 3.5, dtype="float64"), r("zeros_like", i), r("ones_like", a), r("full_like", a, 2), r("eye", 3), r("eye", 2, 3, 1), r("identity", 3), r("tri", 3, 4, 1), r("arange", 5), r("arange", 1, 2, 0.25), r("arange", 2, 9, 3, dtype="float32"), r("linspace", 0.0, 1.0, 5), r("linspace", 0, 10, num=4, endpoint=False), r("linspace", a, b, 3, grad=False), r("logspace", 0.0, 2.0, 4), r("geomspace", 1.0, 8.0, 4), r("bartlett", 5), r("blackman", 5), r("hamming", 5), r("hanning", 5), r("kaiser", 5, 2.0), r("unravel_index", np.array([1, 5]), (2, 3), symbolic=False)]
numpy += [r("real", a), r("imag", a), r("conj", a), r("size", a), r("ndim", a, symbolic=False), r("array", a), r("rot90", f(3, 3), k=2), r("nanmean", a)]

seq, img, vol = f(2, 7, 3), f(2, 6, 5, 3), f(1, 4, 4, 4, 2)
nn = []
for name in "relu relu6 sigmoid sparse_sigmoid softplus softsign silu swish log_sigmoid leaky_relu hard_sigmoid hard_silu hard_swish elu selu gelu celu tanh_shrink hard_tanh hard_shrink soft_shrink squareplus threshold glu".split():
    extra = (0.5, 0.1) if name == "threshold" else ()
    nn += [r(name, f(2, 4), *extra), r(name, f(2, 4, dtype=np.float64), *extra)]
nn += [r("leaky_relu", a, negative_slope=0.3), r("elu", a, alpha=0.5), r("gelu", a, approximate=False), r("celu", a, alpha=2.0), r("glu", f(4, 3), axis=0), r("hard_shrink", a, threshold=1.0), r("soft_shrink", a, threshold=0.2), r("squareplus", a, b=2)]
nn += [r(name, cube, axis=ax) for name in ("softmax", "log_softmax") for ax in (-1, 1)] + [r("softmax", cube, axis=(0, 2)), r("sparsemax", cube)]
nn += [r(name, img, 2, **k) for name in ("max_pool", "average_pool") for k in ({}, {"padding": "same"}, {"strides": 1})] + [r("max_pool", seq, 3, 2), r("average_pool", vol, 2), r("max_pool", img, (2, 3), (2, 1), padding="same"), r("adaptive_average_pool", img, (2, 3), symbolic=False), r("adaptive_max_pool", seq, 3)]
nn += [r("conv", seq, f(3, 3, 4), **k) for k in ({}, {"padding": "same"}, {"strides": 2}, {"dilation_rate": 2})]
nn += [r("conv", img, f(3, 2, 3, 4), **k) for k in ({}, {"padding": "same", "strides": 2}, {"strides": (1, 2)}, {"dilation_rate": 2, "padding": "same"})] + [r("conv", vol, f(2, 2, 2, 2, 3)), r("conv", f(1, 5, 5, 4), f(2, 2, 2, 6))]
nn += [r("conv_transpose", img, f(3, 2, 4, 3), strides=s, padding=p) for s in (1, 2) for p in ("valid", "same")] + [r("conv_transpose", seq, f(3, 2, 3), strides=2), r("conv_transpose", img, f(3, 3, 4, 3), strides=2, padding="same", output_padding=1)]
nn += [r("depthwise_conv", img, f(3, 2, 3, 2)), r("depthwise_conv", img, f(3, 3, 3, 1), strides=2, padding="same"), r("depthwise_conv", seq, f(3, 3, 2)), r("separable_conv", img, f(3, 2, 3, 2), f(1, 1, 6, 4)), r("separable_conv", seq, f(3, 3, 1), f(1, 3, 4), padding="same")]
nn += [r("one_hot", ints(2, 3, low=0), 5), r("one_hot", ints(2, 3, low=0), 5, axis=1), r("one_hot", ints(3, low=-1), 4, dtype="int32"), r("multi_hot", ints(2, 3, low=0), 5, symbolic=False), r("multi_hot", ints(3, low=0), 6, symbolic=False)]
prob, label = np.array([[0.2, 0.5, 0.3], [0.1, 0.3, 0.6]], np.float32), np.array([[0.0, 1.0, 0.0], [0.2, 0.3, 0.5]], np.float32)
nn += [r("categorical_crossentropy", label, prob), r("categorical_crossentropy", label, a, from_logits=True), r("sparse_categorical_crossentropy", np.array([1, 2]), prob), r("sparse_categorical_crossentropy", np.array([1, 2]), a, from_logits=True), r("binary_crossentropy", label, prob), r("binary_crossentropy", label, a, from_logits=True)]
nn += [r("moments", cube, axes=1), r("moments", cube, axes=(0, 2), keepdims=True), r("batch_normalization", img, f(3), f(3, low=0.3, high=1), -1, f(3, seed=3), f(3, seed=4)), r("batch_normalization", cube, f(3), f(3, low=0.3, high=1), 1), r("normalize", a), r("normalize", cube, axis=1), r("normalize", a, axis=None), r("normalize", cube, axis=1, order=1), r("normalize", cube, order=3), r("layer_normalization", cube), r("layer_normalization", cube, f(4), f(4, seed=2)), r("rms_normalization", cube), r("rms_normalization", cube, f(4))]
q, k, v = f(2, 3, 2, 4), f(2, 5, 2, 4, seed=2), f(2, 5, 2, 4, seed=3)
nn += [r("dot_product_attention", q, k, v), r("dot_product_attention", q, k, v, bias=None, mask=None, scale=0.3), r("dot_product_attention", q, k, v, None, bools(2, 1, 3, 5)), r("dot_product_attention", q, q, q, is_causal=True), r("dot_product_attention", f(2, 3, 4, 4), k, v), r("dot_product_attention", q, k, v, f(2, 2, 3, 5))]
nn += [r("psnr", a, b, 2.0), r("space_to_depth", f(1, 4, 4, 3), 2), r("depth_to_space", f(1, 2, 2, 8), 2), r("unfold", f(1, 2, 4, 4), 2), r("unfold", f(1, 2, 4, 4), 2, stride=2)]
nn += [r("ctc_loss", np.array([[1, 2], [2, 1]]), f(2, 5, 4), np.array([2, 1]), np.array([5, 4]), symbolic=False, grad=False, rtol=1e-5)]

scores = f(2, 6, 4, low=-3, high=3)
nn += [r("ctc_decode", scores, np.array([6, 4]), grad=False, symbolic=False, **k) for k in ({}, {"merge_repeated": False}, {"mask_index": 2}, {"mask_index": None}, {"strategy": "beam_search", "top_paths": 3}, {"strategy": "beam_search", "beam_width": 3, "top_paths": 2, "mask_index": 1}, {"strategy": "beam_search", "beam_width": 5, "mask_index": None})]
segs = np.array([0, 1, 0, 2, 1])
math = [r("segment_" + s, f(5, 2), segs, num_segments=k, grad=s in ("sum", "max", "min")) for s in ("sum", "max", "min", "prod") for k in (None, 4)]
re, im = f(2, 6), f(2, 6, seed=2)
math += [r("fft", (re, im)), r("fft2", (f(2, 3, 4), f(2, 3, 4, seed=2)), rtol=1e-5), r("ifft2", (f(2, 3, 4), f(2, 3, 4, seed=2)), rtol=1e-5), r("rfft", re), r("rfft", re, fft_length=4, grad=False), r("rfft", f(2, 5), fft_length=8, grad=False), r("irfft", (re, im), rtol=1e-5), r("irfft", (re, im), fft_length=9, grad=False, rtol=1e-5), r("irfft", (re, im), fft_length=6, grad=False, rtol=1e-5)]
wave = f(2, 40)
math += [r("stft", wave, 8, 4, 8, rtol=1e-5), r("stft", wave, 6, 3, 10, window="hamming", rtol=1e-5), r("stft", wave, 8, 4, 8, window=None, center=False, rtol=1e-5), r("stft", wave[0], 5, 2, 8, window=f(5, low=0.2, high=1), rtol=1e-5), r("stft", f(2, 40, dtype=np.float64), 8, 4, 8)]
spec = (f(2, 7, 5), f(2, 7, 5, seed=2))
math += [r("istft", spec, 8, 4, 8, rtol=1e-5, symbolic=False), r("istft", spec, 8, 3, 8, length=15, rtol=1e-5, symbolic=False), r("istft", spec, 6, 4, 8, window="hamming", center=False, grad=False, rtol=1e-4, symbolic=False), r("istft", spec, 8, 4, 8, window=None, rtol=1e-5, symbolic=False)]
math += [r("top_k", cube, 2), r("top_k", i, 2), r("in_top_k", np.array([1, 2]), a, k=1), r("logsumexp", cube, axis=(0, 1)), r("extract_sequences", f(2, 8), 3, 2), r("erf", a), r("erfc", a), r("erfinv", unit, rtol=1e-5), r("rsqrt", pos), r("cdist", f(3, 2), f(4, 2, seed=2), rtol=1e-5), r("erf", dbl)]
linalg = [r("norm", a), r("norm", cube, axis=1), r("norm", a, ord=1, axis=1), r("norm", a, ord="fro", axis=(0, 1)), r("norm", a, ord=3, axis=0), r("norm", cube, ord=1, axis=(1, 2)), r("norm", cube, axis=(1, 2), keepdims=True), r("inv", f(3, 3) + 3 * np.eye(3, dtype=np.float32), rtol=1e-4), r("solve", f(3, 3) + 3 * np.eye(3, dtype=np.float32), f(3, 2), rtol=1e-4)]
def spd(*shape, seed=1, dtype=np.float32):
    g = f(*shape, seed=seed, dtype=dtype)
    return (g @ np.swapaxes(g, -1, -2) + 2 * np.eye(shape[-1])).astype(dtype)


s3, s23, g3, g23, tall, wide = spd(3, 3), spd(2, 3, 3), f(3, 3) + 3 * np.eye(3, dtype=np.float32), f(2, 3, 3) + 3 * np.eye(3, dtype=np.float32), f(4, 3), f(2, 3, 5)
low = np.tril(f(3, 3)) + 3 * np.eye(3, dtype=np.float32)
linalg += [r("cholesky", s3, rtol=1e-5), r("cholesky", s23, rtol=1e-5), r("cholesky", s3, upper=True, rtol=1e-5), r("linalg.cholesky", spd(3, 3, dtype=np.float64)), r("cholesky_inverse", low, rtol=1e-5), r("cholesky_inverse", low.T.copy(), upper=True, rtol=1e-5)]
linalg += [r("det", g3, rtol=1e-5), r("det", g23, rtol=1e-5), r("slogdet", g3, rtol=1e-5, symbolic=False), r("slogdet", -g23, rtol=1e-5, symbolic=False), r("logdet", s3, rtol=1e-5), r("logdet", s23, rtol=1e-5), r("linalg.inv", g23, rtol=1e-4)]
linalg += [r("lu_factor", g3[::-1].copy(), grad=False, symbolic=False, rtol=1e-5), r("lu_factor", f(4, 4), grad=False, symbolic=False, rtol=1e-5), r("qr", g3, rtol=1e-4), r("qr", tall, rtol=1e-4), r("qr", tall, mode="complete", grad=False, rtol=1e-4), r("qr", wide, grad=False, rtol=1e-4)]
linalg += [r("svd", tall, compute_uv=False, rtol=1e-4), r("svd", wide, compute_uv=False, grad=False, rtol=1e-4, symbolic=False), r("matrix_rank", tall), r("matrix_rank", np.array([[1, 2], [2, 4]], np.float32)), r("matrix_rank", wide, tol=2.5), r("pinv", tall, rtol=1e-4), r("pinv", wide, rtol=1e-4), r("pinv", tall, rcond=0.5, grad=False, rtol=1e-4)]
linalg += [r("solve", g23, f(2, 3, 2), rtol=1e-4), r("solve", g3, f(3), rtol=1e-4), r("solve_triangular", g3, f(3, 2), rtol=1e-4), r("solve_triangular", g3, f(3, 2), lower=True, rtol=1e-4), r("solve_triangular", g3, f(3), lower=True, rtol=1e-4), r("lstsq", tall, f(4, 2), rtol=1e-4), r("lstsq", tall, f(4), rtol=1e-4), r("lstsq", wide[0], f(3, 2), rtol=1e-4), r("lstsq", tall, f(4, 2), rcond=0.5, grad=False, rtol=1e-4)]
linalg += [r("norm", tall, ord=o, axis=(0, 1), rtol=1e-4) for o in ("nuc", 2, -2)] + [r("norm", wide, ord="nuc", axis=(0, 2), keepdims=True, rtol=1e-4, grad=False)]
core = [r("cast", a, "int32"), r("cast", t, "float32"), r("cast", i, "float16"), r("saturate_cast", a * 200, "uint8"), r("saturate_cast", i, "uint8"), r("shape", cube), r("dtype", half), r("slice", cube, (0, 1, 1), (2, 1, 2)), r("slice", cube, np.array([0, 1, 1]), (2, 2, 2), symbolic=False), r("slice_update", a, (0, 1), f(2, 2, seed=5), grad=False), r("scatter", np.array([[0], [2], [0]]), f(3, 2), (4, 2)), r("scatter_update", a, np.array([[0, 1], [1, 2]]), np.array([7.0, 8.0], np.float32)), r("stop_gradient", a), r("convert_to_tensor", a), r("convert_to_tensor", [1, 2], dtype="float32"), r("unstack", a), r("is_tensor", a), r("scatter", np.array([[0, 1], [1, 2]]), np.array([7, 8]), (2, 3)), r("cast", dbl, "float32")]
pic = f(1, 5, 6, 3, low=0, high=1)
image = [r("image.resize", pic, (3, 4)), r("image.resize", pic, (7, 9)), r("image.resize", pic, (3, 4), interpolation="nearest"), r("image.resize", pic, (8, 7), interpolation="bicubic"), r("image.rgb_to_grayscale", pic), r("image.rgb_to_hsv", pic, grad=False), r("image.hsv_to_rgb", pic, grad=False)]

image += [r("image.resize", pic, (7, 4), interpolation=m, grad=m not in ("area",), rtol=1e-5) for m in ("lanczos3", "lanczos5", "area", "bicubic")] + [r("image.resize", pic, (3, 4), interpolation=m, antialias=True, grad=False, rtol=1e-5) for m in ("bilinear", "bicubic", "lanczos3", "lanczos5")] + [r("image.resize", pic[0], (4, 4), crop_to_aspect_ratio=True), r("image.resize", pic, (4, 4), pad_to_aspect_ratio=True, fill_value=0.5)]
image += [r("image.crop_images", pic, top_cropping=1, left_cropping=2, target_height=3, target_width=2), r("image.crop_images", pic[0], 1, 1, 2, 2), r("image.crop_images", pic, top_cropping=1, bottom_cropping=1, right_cropping=0, target_width=2, data_format="channels_first", symbolic=False), r("image.pad_images", pic, 1, 2, target_height=9, target_width=9), r("image.pad_images", pic[0], top_padding=0, left_padding=1, bottom_padding=2, right_padding=3)]
maps = np.array([[1.1, 0.2, -1.0, -0.1, 0.9, 0.7, 0.01, -0.02], [0.8, -0.3, 1.3, 0.25, 1.2, -1.6, 0.0, 0.0]], np.float32)
image += [r("image.affine_transform", f(2, 5, 6, 2), maps, interpolation=i, fill_mode=m, fill_value=0.25, grad=False, rtol=1e-5) for i in ("bilinear", "nearest") for m in ("constant", "nearest", "wrap", "reflect")] + [r("image.affine_transform", f(2, 4, 5), maps[1], data_format="channels_first", grad=False, rtol=1e-5), r("image.affine_transform", ints(1, 5, 6, 2, low=0, high=200), maps[:1], grad=False), r("image.affine_transform", f(3, 3, 2), np.array([9.0, 2, -7, 3, -11, 5, 0, 0], np.float32), fill_mode="reflect", grad=False, rtol=1e-4), r("image.affine_transform", f(3, 3, 2), np.array([9.0, 2, -7, 3, -11, 5, 0, 0], np.float32), fill_mode="wrap", grad=False, rtol=1e-4)]
quad = np.array([[[0, 0], [4, 0], [0, 5], [4, 5]]], np.float32)
image += [r("image.perspective_transform", f(1, 5, 6, 2), quad, quad + f(1, 4, 2, low=-0.5, high=0.5), interpolation=i, fill_value=0.5, grad=False, rtol=1e-4) for i in ("bilinear", "nearest")] + [r("image.perspective_transform", f(5, 6, 2), quad[0], quad[0] + f(4, 2, low=-0.5, high=0.5), grad=False, rtol=1e-4)]
where = f(2, 3, 4, low=-1.5, high=5.5)
image += [r("image.map_coordinates", f(5, 6), where, order, fill_mode=m, grad=order == 1, rtol=1e-5) for order in (0, 1) for m in ("constant", "nearest", "wrap")] + [r("image.map_coordinates", f(5, 6), f(2, 3, 4, low=-1.5, high=3.9), 1, fill_mode=m, rtol=1e-5) for m in ("mirror", "reflect")] + [r("image.map_coordinates", ints(5, 6, low=0, high=99), where, 1, grad=False), r("image.map_coordinates", f(4, 3, 2), f(3, 5, low=0, high=1), 1, fill_value=0.5, rtol=1e-5)]
image += [r("image.gaussian_blur", pic, rtol=1e-5), r("image.gaussian_blur", pic[0], (5, 3), (1.5, 0.7), rtol=1e-5), r("image.elastic_transform", pic, alpha=2.0, sigma=1.2, seed=7, grad=False, rtol=1e-4), r("image.elastic_transform", pic[0], alpha=1.0, sigma=2.0, interpolation="nearest", fill_mode="constant", fill_value=0.3, seed=3, grad=False, rtol=1e-4), r("image.sobel_edges", pic, rtol=1e-5), r("image.ssim", f(2, 14, 13, 2, low=0, high=1), f(2, 14, 13, 2, low=0, high=1, seed=2), rtol=1e-5), r("image.ssim", f(8, 9, 1), f(8, 9, 1, seed=2), filter_size=5, max_val=2.0, rtol=1e-5)]
image += [r("image.extract_patches", pic, 2), r("image.extract_patches", pic, (2, 3), strides=1), r("image.extract_patches", pic[0], (3, 2), padding="same", dilation_rate=1, strides=(2, 1), symbolic=False), r("image.extract_patches", f(1, 4, 4, 4, 2), (2, 2, 2)), r("image.extract_patches_3d", f(1, 4, 4, 4, 2), 2, strides=1)]
image += [r("image.scale_and_translate", pic, (1, 8, 7, 3), np.array([1.5, 1.2], np.float32), np.array([0.3, -0.4], np.float32), (1, 2), m, grad=False, symbolic=False, rtol=1e-5) for m in ("linear", "cubic", "lanczos3", "lanczos5")] + [r("image.scale_and_translate", pic, (1, 3, 4, 3), np.array([0.6, 0.7], np.float32), np.array([0.0, 0.2], np.float32), (1, 2), "bilinear", antialias=a, grad=False, symbolic=False, rtol=1e-5) for a in (True, False)]

for family in sys.argv[1:] or ["numpy", "nn", "math", "linalg", "core", "image"]:
    (pathlib.Path(__file__).parent / family).mkdir(exist_ok=True)
    table(family, globals()[family])
