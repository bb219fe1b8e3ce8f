"""Element types of results, and PyTorch's words where it refuses: every pointwise function on every element type, pairs
of types, and Python numbers; and `torch.result_type` of everything with everything."""

import json
import pathlib
import sys
import warnings

import torch
import torch.nn.functional as F

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))
from fixtures import lock  # noqa: E402

warnings.simplefilter("ignore")

UNARY = """abs acos acosh angle asin asinh atan atanh bitwise_not ceil conj_physical cos cosh deg2rad digamma erf erfc erfinv
exp exp2 expm1 floor frac i0 isfinite isinf isnan isneginf isposinf isreal lgamma log log10 log1p log2 logical_not logit
nan_to_num neg positive rad2deg reciprocal relu round rsqrt sgn sigmoid sign signbit sin sinc sinh sqrt square tan tanh
trunc selu celu special.entr special.erfcx special.i0e special.i1 special.i1e special.log_ndtr special.ndtr special.ndtri
special.airy_ai special.bessel_j0 special.bessel_y1 special.modified_bessel_k0 special.spherical_bessel_j0
nn.functional.celu nn.functional.elu nn.functional.gelu nn.functional.glu nn.functional.hardshrink
nn.functional.hardsigmoid nn.functional.hardswish nn.functional.hardtanh nn.functional.leaky_relu
nn.functional.logsigmoid nn.functional.mish nn.functional.relu nn.functional.relu6 nn.functional.selu nn.functional.silu
nn.functional.softplus nn.functional.softshrink nn.functional.softsign nn.functional.tanhshrink""".split()
BINARY = """add atan2 bitwise_and bitwise_left_shift bitwise_or bitwise_right_shift bitwise_xor clamp clamp_max clamp_min copysign
div eq float_power floor_divide fmax fmin fmod gcd ge gt heaviside hypot igamma isclose lcm ldexp le logaddexp logaddexp2
logical_and logical_or logical_xor lt maximum minimum mul ne nextafter polar pow remainder rsub sub true_divide xlogy
special.xlog1py special.zeta special.chebyshev_polynomial_t nn.functional.prelu""".split()
D = {
    n: getattr(torch, n)
    for n in "bool uint8 int8 int16 int32 int64 float16 bfloat16 float32 float64 complex64 complex128".split()
}
SOME = "bool uint8 int64 float16 float32 float64 complex64".split()
NUMBERS = {"True": True, "2": 2, "2.5": 2.5, "1j": 1j}

texts = []


def note(text):
    if text not in texts:
        texts.append(text)
    return texts.index(text)


def outcome(f, *args):
    try:
        r = f(*args)
        return note(str(r.dtype).removeprefix("torch."))
    except Exception as e:  # noqa: BLE001: the words are what is wanted
        return note(f"{type(e).__name__}: {str(e).splitlines()[0]}")


def lookup(name):
    f = torch
    for part in name.split("."):
        f = getattr(f, part)
    return f


def operand(kind, level="array"):
    if kind in NUMBERS:
        return NUMBERS[kind]
    return torch.ones(2 if level == "array" else (), dtype=D[kind])


def in_place(name):
    return getattr(torch.Tensor, f"{name}_", None)


unary = {n: [outcome(lookup(n), operand(d)) for d in D] for n in UNARY}
unary_in_place = {n: [outcome(in_place(n), operand(d)) for d in D] for n in UNARY if in_place(n)}
others = SOME + list(NUMBERS)
binary = {n: [[outcome(lookup(n), operand(a), operand(b)) for b in others] for a in SOME] for n in BINARY}
binary_in_place = {
    n: [[outcome(in_place(n), operand(a), operand(b)) for b in others] for a in SOME] for n in BINARY if in_place(n)
}
levels = {}
for left in ("array", "zero-dim"):
    for right in ("array", "zero-dim", "number"):
        kinds = NUMBERS if right == "number" else D
        levels[f"{left}, {right}"] = [
            [outcome(lambda x, y: torch.empty((), dtype=torch.result_type(x, y)), operand(a, left), operand(b, right)) for b in kinds]
            for a in D
        ]
can_cast = [[int(torch.can_cast(a, b)) for b in D.values()] for a in D.values()]
data = {
    "dtypes": list(D),
    "some": SOME,
    "numbers": list(NUMBERS),
    "texts": texts,
    "unary": unary,
    "unary_in_place": unary_in_place,
    "binary": binary,
    "binary_in_place": binary_in_place,
    "result_type": levels,
    "can_cast": can_cast,
}
path = HERE / "dtypes.json"
path.write_text(json.dumps(data, separators=(",", ":")) + "\n")
lock(path, "torch")
print(path.stat().st_size, "bytes", len(texts), "texts")
