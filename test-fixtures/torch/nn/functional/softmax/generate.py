import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import *  # noqa: E402,F403

D = torch.float64
o = lambda *s: torch.ones(s)
i = lambda *v: torch.tensor(v)

cases = [
    call("softmax", t(2, 3, seed=1, high=4.0), 1),
    call("softmax", t(2, 3, 4, seed=1, dtype=D), dim=-2),
    call("softmax", torch.tensor([[0.5, -float("inf"), 1e4], [-float("inf")] * 3]), 1),
    call("softmax", ints(1, 2, 3), 0, dtype=torch.float64),
    call("softmax", t(3, seed=1), None),
    call("softmax", t(2, 3, 2, seed=1)),
    call("softmax", torch.tensor(1.5, requires_grad=True), 0),
    call("softmax", t(2, 3, seed=1, dtype=torch.bfloat16, grad=False), 1),
    call("softmin", t(2, 3, seed=1), 1),
    call("softmin", t(2, 3, seed=1), 0, dtype=D),
    call("log_softmax", t(2, 3, seed=1, high=4.0), 1),
    call("log_softmax", t(2, 3, 4, seed=1, dtype=D), dim=0),
    call("log_softmax", torch.tensor([[0.5, -float("inf"), 1e4]]), 1),
]
errors = [
    ("softmax", [o(2, 2).long(), 1], {}), ("softmax", [o(2, 2, 2).long(), 1], {}), ("softmax", [o(2, 2), 2], {}),
    ("log_softmax", [o(2, 2).int(), 1], {}), ("log_softmax", [o(2, 2, 2).long(), 1], {}), ("softmax", [o(2, 2).to(torch.complex64), 1], {}),
]
cases += [call(fn, *args, **kwargs) for fn, args, kwargs in errors]
save(__file__, cases, "torch")

