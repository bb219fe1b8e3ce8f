"""Edges of the pointwise functions: special values, wrapping integers, operators, in-place forms, PyTorch's refusals."""

import operator
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import Calls, c, g, i, t, torch  # noqa: E402

C = Calls(__file__)
F, M = C.F, C.M
inf, nan = float("inf"), float("nan")


def O(name, f, *args, note=None):
    """An operator, which is the method `name` in TypeScript."""
    C._record("method", name, lambda a, k: f(*a), args, {}, note)


EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.5, -2.5, 1e-30, -1e-30, 1e30, inf, -inf, nan]
UNARY = """abs acos acosh angle asin asinh atan atanh ceil cos cosh deg2rad digamma erf erfc erfinv exp exp2 expm1 floor frac i0
isfinite isinf isnan isneginf isposinf lgamma log log10 log1p log2 logical_not logit nan_to_num neg rad2deg reciprocal
relu round rsqrt sgn sigmoid sign signbit sin sinc sinh sqrt square tan tanh trunc selu celu special.entr special.erfcx
special.i0e special.i1 special.i1e special.log_ndtr special.ndtr special.ndtri special.airy_ai special.bessel_j0
special.bessel_j1 special.bessel_y0 special.bessel_y1 special.modified_bessel_i0 special.modified_bessel_k0
special.modified_bessel_k1 special.scaled_modified_bessel_k0 special.spherical_bessel_j0 nn.functional.elu
nn.functional.gelu nn.functional.hardshrink nn.functional.hardsigmoid nn.functional.hardswish nn.functional.hardtanh
nn.functional.leaky_relu nn.functional.logsigmoid nn.functional.mish nn.functional.relu6 nn.functional.silu
nn.functional.softplus nn.functional.softshrink nn.functional.softsign nn.functional.tanhshrink""".split()
# Where PyTorch has NaN for the limit at infinity, which our functions keep.
NO_LIMIT = """i0 special.i1 special.modified_bessel_i0 special.airy_ai special.bessel_j0 special.bessel_j1 special.bessel_y0
special.bessel_y1 nn.functional.gelu""".split()
small = [v for v in EDGES if not abs(v) == 1e30]
for f in UNARY:
    # Sines of huge numbers are a matter of argument reduction; what they give here is PyTorch's own rounding.
    wild = f.startswith("special.") or f in ("sin", "cos", "tan", "sinc", "digamma", "lgamma", "deg2rad", "rad2deg", "square")
    edges = [v for v in (small if wild else EDGES) if abs(v) != inf or f not in NO_LIMIT]
    F(f, torch.tensor(edges), note="at edges")
    if f != "special.airy_ai":  # PyTorch's has six digits below −2.09
        F(f, torch.tensor([v for v in edges if v in small or v != v], dtype=torch.float64), note="at edges in float64")
for f in "abs relu sign sgn sqrt reciprocal clamp_min maximum".split():
    M(f, *([torch.tensor([0.0, -0.0, 1.0, -1.0], requires_grad=True)] + ([0] if f == "clamp_min" else [torch.zeros(4)] if f == "maximum" else [])), note="gradient at 0")
for f in "hardtanh relu6 hardsigmoid hardswish hardshrink softshrink elu leaky_relu celu selu softplus silu mish gelu".split():
    F(f"nn.functional.{f}", torch.tensor([-3.0, -1.0, -0.5, 0.0, 0.5, 1.0, 3.0, 6.0, 25.0], requires_grad=True), note="gradient at bends")

x = torch.tensor([v for v in EDGES for _ in EDGES])
y = torch.tensor(EDGES * len(EDGES))
BINARY = """add atan2 copysign div eq floor_divide fmax fmin fmod ge heaviside hypot isclose ldexp logaddexp logaddexp2 logical_and
logical_xor lt maximum minimum mul ne nextafter pow remainder sub xlogy special.xlog1py igamma igammac""".split()
for f in BINARY:
    if f in ("fmod", "remainder", "floor_divide", "pow", "logaddexp", "logaddexp2", "igamma", "igammac", "ldexp"):
        keep = (x.abs() != 1e30) & (y.abs() != 1e30) & (x.abs() != 1e-30) & (y.abs() != 1e-30)
        if f.startswith("igamma"):
            keep &= ~(x.isnan() | y.isnan())  # PyTorch looks at 0 before it looks at NaN
        F(f, x[keep], y[keep], note="at edges")
    else:
        F(f, x, y, note="at edges")
for f in "maximum minimum fmax fmin clamp_min clamp_max".split():
    F(f, torch.tensor([1.0, 2.0, nan, 4.0], requires_grad=True), torch.tensor([1.0, 3.0, 0.0, nan], requires_grad=True), note="ties and NaN")
F("clamp", torch.tensor([0.0, 1.0, 2.0, 3.0, nan], requires_grad=True), 1, 2, note="gradient at bounds")
F("clamp", torch.tensor([0.0, 1.0, 2.0, 3.0], requires_grad=True), torch.tensor([1.0, 1.0, 3.0, 4.0], requires_grad=True), torch.tensor([2.0, 1.0, 2.0, 1.0], requires_grad=True), note="crossing bounds")
F("clamp", t(3), 0.5, nan)
M("clamp", t(3), min=0)
M("clamp", t(3), max=0.25)
M("clamp", t(2, 3), torch.zeros(3), torch.ones(2, 1))
M("clamp", i(4), 0.5)
M("clamp", t(3))
mask = torch.tensor([True, False, True])
F("where", mask, g(3), g(3))
F("where", mask, g(2, 3), 0)
F("where", mask, t(3), i(3))
F("where", mask, 1, 2.5)
F("where", mask, t(3, dtype=torch.float16), 2.5)
F("where", mask)
F("where", t(3), t(3), t(3))
F("where", mask, t(3), t(4))
M("where", g(3), mask, 0)
M("where", g(3), mask, g(2, 3))

# integers
seven = torch.tensor([7, -7, 7, -7, 0])
two = torch.tensor([2, 2, -2, -2, 3])
for name, f in (("floordiv", operator.floordiv), ("mod", operator.mod), ("div", operator.truediv), ("pow", operator.pow)):
    O(name, f, seven, two if name != "pow" else two.abs())
    O(name, f, seven.float(), two.float())
    O(name, f, seven, 2)
    O(name, f, seven, 2.5)
    O(name, f, seven.to(torch.int8), two.to(torch.int32))
    O("r" + name, lambda a, b: f(b, a), two if name != "pow" else two.abs(), 7)
    O(name, f, seven, 0)
    O(name, f, seven, torch.zeros(5, dtype=torch.int64))
for f in ("fmod", "remainder", "floor_divide"):
    F(f, seven, two)
    F(f, seven.to(torch.uint8), 3)
F("div", seven, two, rounding_mode="trunc")
F("div", seven, two, rounding_mode="floor")
F("div", seven, two, rounding_mode="round")
F("div", t(3), 0.3, rounding_mode="floor")
for d in (torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64):
    info = torch.iinfo(d)
    a = torch.tensor([info.max, info.min, 1, 3], dtype=d)
    b = torch.tensor([1, 1, info.max, 2], dtype=d)
    for f in ("add", "sub", "mul", "maximum", "bitwise_and", "bitwise_or", "bitwise_xor", "gcd", "pow"):
        if f != "gcd" and not (f == "pow" and d is torch.int64):
            F(f, a, b, note=f"at the ends of {d}")
    F("neg", a, note=f"at the ends of {d}")
    F("abs", a, note=f"at the ends of {d}")
    F("square", a, note=f"at the ends of {d}")
    F("bitwise_not", a, note=f"at the ends of {d}")
    F("bitwise_left_shift", a, torch.tensor([0, 1, 3, 7], dtype=d))
    F("bitwise_right_shift", a, torch.tensor([0, 1, 3, 7], dtype=d))
    F("add", a, 300)
    F("mul", a, 3)
F("gcd", torch.tensor([12, -18, 0, 7]), torch.tensor([18, 12, 0, 0]))
F("lcm", torch.tensor([12, -18, 0, 7]), torch.tensor([18, 12, 0, 0]))
F("lcm", torch.tensor([12, 100], dtype=torch.uint8), torch.tensor([18, 99], dtype=torch.uint8))
M("pow", i(3), -1)
M("pow", torch.tensor([1, -1, 2, 0]), torch.tensor([-1, -3, -2, 2]))
F("pow", 2, torch.tensor([0, 1, 5]))
F("pow", 2, g(3))
M("pow", g(3, low=0.5), 0)
M("pow", g(3, low=0.5), 0.5)
M("pow", torch.tensor([0.0, 0.0, 2.0], requires_grad=True), torch.tensor([0.0, 2.0, 3.0], requires_grad=True))
M("round", torch.tensor([0.5, 1.5, 2.5, -0.5, 2.675, 1234.5]))
M("round", torch.tensor([0.05, 1.25, 2.675, -0.35, 1234.5]), decimals=1)
M("round", torch.tensor([5.0, 15.0, 1250.0, -35.0, 1234.5]), decimals=-1)
M("round", i(3))
M("round", i(3), decimals=-1)

# operators with numbers on either side, and refusals
for name, f in (("add", operator.add), ("sub", operator.sub), ("mul", operator.mul), ("div", operator.truediv)):
    for b in (2, 2.5, True, 1j):
        O(name, f, t(3), b)
        O(name, f, i(3), b)
        O("r" + name, lambda a, v: f(v, a), t(3), b)
        O("r" + name, lambda a, v: f(v, a), i(3, low=1), b)
    O(name, f, torch.tensor([True, False]), torch.tensor([True, True]))
    O(name, f, torch.tensor([True, False]), 2)
    O(name, f, t(2, 3), t(3, 2))
    O(name, f, t(2, 3), t(4))
    O(name, f, t(2, 1, 3), t(4, 1))
    O(f"r{name}", lambda a, v: f(v, a), g(3, low=0.5), 2)
for name, f in (("and", operator.and_), ("or", operator.or_), ("xor", operator.xor), ("lshift", operator.lshift), ("rshift", operator.rshift)):
    O(name, f, torch.tensor([12, 5]), torch.tensor([10, 3]))
    O(name, f, torch.tensor([12, 5]), 2)
    O(name, f, t(2), 2)
    if "shift" not in name:
        O(name, f, torch.tensor([True, False]), torch.tensor([True, True]))
        O("r" + name, lambda a, v: f(v, a), torch.tensor([12, 5]), 10)
for name, f in (("eq", operator.eq), ("ne", operator.ne), ("lt", operator.lt), ("le", operator.le), ("gt", operator.gt), ("ge", operator.ge)):
    O(name, f, t(3), t(3))
    O(name, f, i(3), 2.5)
    O(name, f, torch.tensor([0.1, 0.5], dtype=torch.float16), 0.1)
    O(name, f, c(3).detach(), 1)
O("neg", operator.neg, t(3))
O("neg", operator.neg, torch.tensor([True]))
O("invert", operator.invert, torch.tensor([0, 5, -3]))
O("invert", operator.invert, torch.tensor([True, False]))
O("invert", operator.invert, t(2))
F("add", g(3), g(3), alpha=2)
F("add", i(3), i(3), alpha=2)
F("add", i(3), i(3), alpha=2.5)
F("add", t(3), t(3), alpha=1j)
F("add", i(3), i(3), alpha=True)
F("sub", g(3), 2, alpha=3)
F("rsub", g(3), 2, alpha=3)
F("rsub", i(3), i(3))
F("addcmul", g(2, 3), g(3), g(2, 1), value=0.5)
F("addcdiv", g(2, 3), g(3), g(2, 1, low=0.5), value=-2)
F("addcdiv", i(3), i(3), i(3))
F("lerp", g(3), g(3), 0.25)
F("lerp", g(3), g(3), g(3))
F("lerp", t(3), t(3, dtype=torch.float64), 0.5)
F("logit", torch.tensor([0.0, 0.05, 0.5, 0.97, 1.0], requires_grad=True))
F("logit", torch.tensor([0.0, 0.05, 0.5, 0.97, 1.0], requires_grad=True), 0.1)
F("nan_to_num", torch.tensor([nan, inf, -inf, 1.0], requires_grad=True))
F("nan_to_num", torch.tensor([nan, inf, -inf, 1.0], dtype=torch.float16))
F("nan_to_num", torch.tensor([nan, inf, -inf, 1.0]), 7.5, posinf=1.5)
F("nan_to_num", torch.tensor([complex(nan, 1), complex(2, -inf)]))
F("isclose", torch.tensor([1.0, inf, nan, 2.0]), torch.tensor([1.000001, inf, nan, 2.1]))
F("isclose", torch.tensor([1.0, nan]), torch.tensor([1.1, nan]), rtol=0.2, equal_nan=True)
F("isclose", t(2), t(2, dtype=torch.float64))
F("polygamma", 0, g(3, low=0.5))
F("polygamma", 3, g(3, low=0.5))
M("polygamma", g(3, low=0.5), 1)
F("polygamma", -1, t(3))
F("mvlgamma", g(3, low=2.0, high=5.0), 3)
F("mvlgamma", t(3), 0)
F("frexp", torch.tensor([0.0, -3.5, 1e-40, 1e30, inf, nan]))
F("frexp", i(3))
F("polar", g(3, low=0.5), g(3))
F("polar", t(3), t(3, dtype=torch.float64))
F("heaviside", t(3), t(3, dtype=torch.float64))
F("nn.functional.prelu", g(2, 3, 2), g(3))
F("nn.functional.prelu", g(2, 3), g(1))
F("nn.functional.prelu", t(2, 3), t(2))
F("nn.functional.glu", g(2, 4))
F("nn.functional.glu", g(2, 4), 0)
F("nn.functional.glu", t(3))
F("nn.functional.gelu", g(3), approximate="tanh")
F("nn.functional.gelu", g(3), approximate="other")
F("nn.functional.hardtanh", t(3), 1, -1)
F("nn.functional.softshrink", t(3), -1)
F("nn.functional.threshold", g(4), 0.1, 20)
F("nn.functional.celu", t(3), 0)
F("nn.functional.softplus", g(4), 2, 1)
for f in "abs exp sqrt sigmoid square relu".split():
    F(f, c(3), note="of complex") if f != "relu" else F(f, torch.tensor([1 + 1j]), note="of complex")
for f in "sqrt log asin acos atan asinh acosh atanh tanh reciprocal rsqrt pow2".split():
    z = torch.tensor([complex(-1, 0.0), complex(-1, -0.0), complex(0, 0), complex(2, 0.0), complex(2, -0.0), complex(0, 2), complex(-0.0, -2)], dtype=torch.complex128)
    if f == "pow2":
        M("pow", z, 2)
        M("pow", z, 0.5)
    elif f in ("reciprocal", "rsqrt"):
        F(f, z[3:5], note="on branch cuts")
    else:
        F(f, z, note="on branch cuts")

# in place
for f, more in (("add_", [2]), ("mul_", [2.5]), ("sub_", [t(3)]), ("div_", [2]), ("pow_", [2]), ("exp_", []), ("sigmoid_", []), ("clamp_", [0, 1]), ("relu_", []), ("round_", []), ("remainder_", [0.4]), ("addcmul_", [t(3), t(3)]), ("lerp_", [t(3), 0.3]), ("copysign_", [t(3)]), ("neg_", []), ("square_", []), ("lt_", [0.1]), ("eq_", [t(3)]), ("nan_to_num_", []), ("xlogy_", [2])):
    M(f, torch.rand(3, generator=torch.Generator().manual_seed(1)).double().requires_grad_(), *[m.double() if isinstance(m, torch.Tensor) else m for m in more])
M("add_", t(3), t(2, 3))
M("add_", t(2, 3), t(4))
M("add_", i(3), 1.5)
M("add_", i(3), t(3))
M("add_", torch.tensor([True]), 1)
M("add_", t(3), 1j)
M("add_", t(3, dtype=torch.float16), t(3, dtype=torch.float64))
M("add_", t(2, 3), i(3))
M("div_", i(3), 2)
M("div_", i(3, low=1), 2, rounding_mode="floor")
M("bitwise_and_", i(3), 6)
M("logical_and_", i(3), torch.tensor([1, 0, 1]))
M("clip_", t(3), 0)
M("multiply_", t(3), 2)
M("absolute_", t(3))
M("greater_", t(3), 0)
C.save()
