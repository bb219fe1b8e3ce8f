import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import *  # noqa: E402,F403

D = torch.float64
o = lambda *s: torch.ones(s)
i = lambda *v: torch.tensor(v)

x = t(1, 2, 3, 4, seed=1)
cases = [
    call("pad", x, (1, 2)), call("pad", x, (1, 2, 0, 1), "constant", 2.5), call("pad", x, (-1, 1, 2, -2), value=0.5), call("pad", x, (0, 0, 0, 0, 1, 1, 2, 0)),
    call("pad", x, (1, 2, 2, 0), "reflect"), call("pad", x, (1, 2, 2, 0), "replicate"), call("pad", x, (1, 2, 2, 0), "circular"), call("pad", t(2, 4, seed=1, dtype=D), (3, 2), "reflect"),
    call("pad", t(1, 1, 2, 3, 2, seed=1), (1, 1, 2, 1, 1, 0), "reflect"), call("pad", t(1, 2, 3, 2, seed=1, dtype=D), (1, 1, 2, 1, 1, 0), "replicate"), call("pad", t(1, 1, 2, 3, 2, seed=1), (1, 1, 2, 1, 1, 0), "circular"),
    call("pad", t(1, 1, 4, seed=1), (-1, 1), "replicate"), call("pad", t(1, 1, 4, seed=1), (-1, 1), "reflect"), call("pad", t(1, 1, 4, seed=1), (-1, 1), "circular"),
    call("pad", ints(1, 2, 3, shape=(1, 3)), (1, 1), "constant", 2.7), call("pad", o(1, 3).bool(), (1, 1), "constant", 1), call("pad", ints(1, 2, 3, shape=(1, 3)), (1, 1), "reflect"), call("pad", x, ()),
]
errors = [
    ("pad", [o(1, 1, 3), (3, 1), "reflect"]), ("pad", [o(1, 1, 3), (4, 1), "circular"]), ("pad", [o(1, 1, 3), (1, 1, 1, 1), "reflect"]), ("pad", [o(3), (1, 1), "reflect"]), ("pad", [o(3), (1, 1, 1), "constant"]),
    ("pad", [o(3), (1, 1, 1, 1), "constant"]), ("pad", [o(3), (-4, 1), "constant"]), ("pad", [o(1, 1, 3), (1, 1), "foo"]), ("pad", [o(1, 1, 3), (1, 1), "reflect", 1.0]), ("pad", [o(1, 1, 3, 3, 3), (1, 1, 1, 1), "reflect"]),
    ("pad", [o(1, 1, 0), (1, 1), "reflect"]), ("pad", [o(1, 1, 3, 3), (1, 1, 3, 1), "reflect"]), ("pad", [o(1, 1, 3), (-2, -2)]),
]
cases += [call(fn, *args) for fn, args in errors]
save(__file__, cases, "torch")

