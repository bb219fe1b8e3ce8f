import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import *  # noqa: E402,F403

D = torch.float64
cases = [
    call("linear", t(4, 3, seed=1), t(5, 3, seed=2), t(5, seed=3)),
    call("linear", t(2, 2, 3, seed=1, dtype=D), t(5, 3, seed=2, dtype=D)),
    call("linear", t(3, seed=1), t(5, 3, seed=2), t(5, seed=3)),
    call("linear", t(2, 3, seed=1), t(3, seed=2)),
    call("linear", t(2, 3, seed=1), t(4, 3, seed=2), t(1, seed=3)),
    call("linear", t(2, 3, seed=1), t(4, 3, seed=2), t(2, 4, seed=3)),
    call("linear", t(2, 3, seed=1, dtype=torch.complex64), t(4, 3, seed=2, dtype=torch.complex64), t(4, seed=3, dtype=torch.complex64)),
    call("linear", ints(*range(6), shape=(2, 3)), ints(*range(12), shape=(4, 3)), ints(1, 2, 3, 4)),
    call("linear", t(0, 3, seed=1), t(4, 3, seed=2), t(4, seed=3)),
    call("linear", t(2, 0, seed=1), t(4, 0, seed=2), t(4, seed=3)),
    call("bilinear", t(4, 3, seed=1), t(4, 2, seed=2), t(5, 3, 2, seed=3), t(5, seed=4)),
    call("bilinear", t(2, 2, 3, seed=1, dtype=D), t(2, 2, 2, seed=2, dtype=D), t(4, 3, 2, seed=3, dtype=D)),
]
o = lambda *s: torch.ones(s)
errors = [
    ("linear", [o(64, 8), o(2, 5)]),
    ("linear", [o(3), o(4, 2)]),
    ("linear", [o(2, 2, 3), o(4, 2)]),
    ("linear", [o(2, 3), o(4, 3), o(3)]),
    ("linear", [o(2, 3), o(4, 3).double()]),
    ("linear", [o(2, 3), o(4, 3), o(4).double()]),
    ("linear", [o(2, 3).long(), o(4, 3)]),
    ("linear", [o(2, 3), o(4, 3, 2)]),
    ("linear", [torch.tensor(1.0), o(4, 3)]),
    ("bilinear", [o(2, 3), o(2, 4), o(5, 3, 3)]),
    ("bilinear", [o(2, 3), o(3, 4), o(5, 3, 4)]),
    ("bilinear", [o(2, 3), o(2, 4), o(5, 3, 4), o(4)]),
]
cases += [call(fn, *args) for fn, args in errors]
save(__file__, cases, "torch")
