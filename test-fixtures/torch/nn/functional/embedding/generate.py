import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import *  # noqa: E402,F403

D = torch.float64
o = lambda *s: torch.ones(s)
i = lambda *v: torch.tensor(v)

idx = ints(3, 0, 3, 1, 4, 3, shape=(2, 3))
flat, off = ints(3, 0, 3, 1, 4, 2, 2), ints(0, 3, 3, 5)
# PyTorch divides by the frequency of another row where frequencies differ (aten EmbeddingBag.cpp reads indices[i] for indices[start]).
even = ints(3, 0, 3, 1, 0, 1, shape=(6,))
cases = [
    call("embedding", idx, t(5, 3, seed=1)),
    call("embedding", idx.int(), t(5, 3, seed=1, dtype=D), 3),
    call("embedding", idx, t(5, 3, seed=1), -2, scale_grad_by_freq=True),
    call("embedding", torch.tensor(2), t(5, 3, seed=1)),
    call("embedding", ints(shape=(0, 2)), t(5, 3, seed=1)),
    call("embedding", idx, t(5, 2, seed=1, dtype=torch.complex64, grad=False)),
    call("embedding_bag", idx, t(5, 3, seed=1)),
    call("embedding_bag", flat, t(5, 3, seed=1), off, mode="sum"),
    call("embedding_bag", flat, t(5, 3, seed=1, dtype=D), off, mode="mean", padding_idx=3),
    call("embedding_bag", flat, t(5, 3, seed=1), off, mode="max"),
    call("embedding_bag", flat, t(5, 3, seed=1, dtype=D), off, mode="max", padding_idx=-1),
    call("embedding_bag", flat, t(5, 3, seed=1), off, mode="sum", per_sample_weights=t(7, seed=2), padding_idx=1),
    call("embedding_bag", idx, t(5, 3, seed=1), mode="sum", per_sample_weights=t(2, 3, seed=2)),
    call("embedding_bag", flat, t(5, 3, seed=1), ints(0, 3, 3, 5, 7), mode="mean", include_last_offset=True),
    call("embedding_bag", even, t(5, 3, seed=1), off, mode="sum", scale_grad_by_freq=True),
    call("embedding_bag", even.int(), t(5, 3, seed=1), off.int(), mode="mean", scale_grad_by_freq=True),
    call("one_hot", idx), call("one_hot", idx, 7), call("one_hot", torch.tensor(2), 4), call("one_hot", ints(shape=(0,)), 3),
]
for fn, args, kwargs in (("embedding", [idx], {"max_norm": 0.9}), ("embedding", [idx], {"max_norm": 0.5, "norm_type": 1.0}), ("embedding_bag", [flat], {"offsets": off, "max_norm": 0.7})):
    # Rows that are too long are shortened in place.
    weight = t(5, 3, seed=1)
    before = weight.detach().clone().requires_grad_()
    c = call(fn, *args, weight, **kwargs)
    cases.append({**c, "args": [*args, before], "after": [None, weight.detach()], "name": f"{fn} {kwargs} shortens rows"})
errors = [
    ("embedding", [i(5), o(4, 2)], {}), ("embedding", [i(-1), o(4, 2)], {}), ("embedding", [o(2), o(4, 2)], {}), ("embedding", [i(1), o(4)], {}), ("embedding", [i(1), o(4, 2)], {"padding_idx": 4}),
    ("embedding_bag", [i(1, 2), o(4, 2)], {}), ("embedding_bag", [i(1, 9), o(4, 2), i(0)], {}), ("embedding_bag", [i(1, 2), o(4, 2), i(1)], {}), ("embedding_bag", [i(1, 2), o(4, 2), i(0, 3)], {}),
    ("embedding_bag", [i(1, 2), o(4, 2), i(0)], {"mode": "x"}), ("embedding_bag", [o(2), o(4, 2), i(0)], {}), ("embedding_bag", [i(1, 2), o(3, 2), i(0)], {"per_sample_weights": o(3)}),
    ("embedding_bag", [i(1, 2), o(3, 2), i(0)], {"per_sample_weights": o(2), "mode": "mean"}), ("embedding_bag", [i(1, 2), o(3, 2), i(0)], {"mode": "max", "scale_grad_by_freq": True}),
    ("embedding_bag", [i(1, 2).reshape(1, 2), o(3, 2), i(0)], {}), ("embedding_bag", [i(1, 2).reshape(1, 1, 2), o(3, 2), i(0)], {}), ("embedding_bag", [i(1, 2), o(3), i(0)], {}),
    ("embedding_bag", [i(1, 2), o(3, 2), i(0).reshape(1, 1)], {}), ("embedding_bag", [i(1, 2), o(3, 2), i(0)], {"per_sample_weights": o(2).double(), "mode": "sum"}),
    ("embedding_bag", [i(1, 2), o(3, 2), i(0)], {"padding_idx": 3}),
    ("one_hot", [i(1, 2), 2], {}), ("one_hot", [i(-1, 2)], {}), ("one_hot", [o(2)], {}), ("one_hot", [i(1, 2), 0], {}), ("one_hot", [torch.tensor([], dtype=torch.long)], {}),
]
cases += [call(fn, *args, **kwargs) for fn, args, kwargs in errors]
save(__file__, cases, "torch")

