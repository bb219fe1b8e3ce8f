import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import *  # noqa: E402,F403

D = torch.float64
o = lambda *s: torch.ones(s)
i = lambda *v: torch.tensor(v)

cases = [
    call("cosine_similarity", t(3, 4, seed=1), t(3, 4, seed=2)),
    call("cosine_similarity", t(3, 4, seed=1, dtype=D), t(4, seed=2, dtype=D), dim=-1, eps=0.1),
    call("cosine_similarity", t(2, 1, 4, seed=1), t(3, 4, seed=2), 2),
    call("pairwise_distance", t(3, 4, seed=1), t(3, 4, seed=2)),
    call("pairwise_distance", t(3, 4, seed=1, dtype=D), t(4, seed=2, dtype=D), 1.0, 0.1, True),
    call("pairwise_distance", t(3, 4, seed=1), t(3, 4, seed=2), 3.0),
    call("pdist", t(4, 3, seed=1)), call("pdist", t(4, 3, seed=1, dtype=D), 1.0), call("pdist", t(4, 3, seed=1), 0.0), call("pdist", t(4, 3, seed=1, dtype=D), float("inf")), call("pdist", t(4, 3, seed=1), 2.5),
    call("pdist", torch.tensor([[1.0, 2], [1, 2], [3, 1]], requires_grad=True)), call("pdist", t(1, 3, seed=1)),
]
for p in (0.0, 0.5, 1.0, 1.5, 2.0, 3.0, float("inf")):
    cases.append(call("cdist", t(2, 3, 4, seed=1, dtype=D), t(5, 4, seed=2, dtype=D), p=p, _of=torch))
cases += [
    call("cdist", t(3, 4, seed=1), t(2, 4, seed=2), _of=torch),
    call("cdist", torch.tensor([[1.0, 2], [3, 1]], requires_grad=True), torch.tensor([[1.0, 2], [0, 1]], requires_grad=True), _of=torch),
]
errors = [
    ("cosine_similarity", [o(2, 3), o(2, 4)], F), ("cosine_similarity", [o(2, 3).long(), o(2, 3).long()], F), ("pairwise_distance", [o(2, 3), o(2, 4)], F),
    ("cdist", [o(2, 3), o(2, 4)], torch), ("cdist", [o(3), o(2, 3)], torch), ("cdist", [o(2, 3), o(2, 3), -1], torch), ("cdist", [o(2, 3).long(), o(2, 3)], torch),
    ("pdist", [o(2, 3, 4)], F), ("pdist", [o(2, 3), -1], F),
]
cases += [call(fn, *args, _of=of) for fn, args, of in errors]
save(__file__, cases, "torch")

