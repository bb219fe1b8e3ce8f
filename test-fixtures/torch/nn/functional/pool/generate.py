import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import *  # noqa: E402,F403

D = torch.float64
ties = torch.tensor([[1.0, 3, 3, 0], [2, 3, 3, 5], [5, 5, float("nan"), 5], [-0.0, 0, 1, 1]]).reshape(1, 1, 4, 4).requires_grad_()
cases = [
    call("max_pool1d", t(2, 3, 7, seed=1), 3, 2, 1),
    call("max_pool1d", t(3, 7, seed=1), 2, return_indices=True),
    call("max_pool2d", t(2, 2, 5, 6, seed=1), 2),
    call("max_pool2d", t(2, 5, 6, seed=1), (3, 2), (2, 1), (1, 1), (1, 2), True, True),
    call("max_pool2d", t(1, 2, 7, 7, seed=1, dtype=D), 3, 2, ceil_mode=True, return_indices=True),
    call("max_pool2d", ties, 2, 1, return_indices=True),
    call("max_pool2d", ints(*range(16), shape=(1, 1, 4, 4)), 2, return_indices=True),
    call("max_pool2d", t(1, 1, 4, 4, seed=1, dtype=torch.bfloat16, grad=False), 2),
    call("max_pool2d_with_indices", t(1, 2, 4, 4, seed=1), 2),
    call("max_pool3d", t(1, 2, 4, 5, 4, seed=1), 2, 1, 1, 1, False, True),
    call("avg_pool1d", t(2, 3, 7, seed=1), 3, 2, 1, True, False),
    call("avg_pool1d", t(3, 7, seed=1), 2),
    call("avg_pool2d", t(2, 2, 5, 6, seed=1), 2),
    call("avg_pool2d", t(2, 5, 6, seed=1), (3, 2), (2, 2), (1, 1), True, True),
    call("avg_pool2d", t(2, 5, 6, seed=1, dtype=D), (3, 2), (2, 2), (1, 1), True, False),
    call("avg_pool2d", t(1, 2, 7, 7, seed=1), 3, 2, 1, divisor_override=5),
    call("avg_pool2d", ints(*range(16), shape=(1, 1, 4, 4)), 2),
    call("avg_pool3d", t(1, 2, 4, 5, 4, seed=1), (2, 3, 2), 2, (1, 1, 0), True, False),
    call("avg_pool3d", t(2, 4, 5, 4, seed=1), 2, 1, 0, False, True, 3),
    call("adaptive_avg_pool1d", t(2, 3, 7, seed=1), 3),
    call("adaptive_avg_pool2d", t(2, 3, 7, 5, seed=1), (3, 2)),
    call("adaptive_avg_pool2d", t(3, 5, 5, seed=1), (None, 7)),
    call("adaptive_avg_pool2d", t(2, 3, 4, 4, seed=1), 1),
    call("adaptive_avg_pool3d", t(1, 2, 4, 5, 3, seed=1, dtype=D), (2, 3, None)),
    call("adaptive_max_pool1d", t(2, 3, 7, seed=1), 3, True),
    call("adaptive_max_pool2d", t(2, 3, 7, 5, seed=1), (3, 2), return_indices=True),
    call("adaptive_max_pool2d", t(3, 5, 5, seed=1), (None, 3)),
    call("adaptive_max_pool3d", t(1, 2, 4, 5, 3, seed=1), 2, True),
    call("adaptive_max_pool3d_with_indices", t(2, 4, 5, 3, seed=1), 2),
    call("fractional_max_pool2d", t(2, 3, 7, 6, seed=1), 2, output_size=(4, 3), return_indices=True, _random_samples=t(2, 3, 2, seed=2, low=0, grad=False)),
    call("fractional_max_pool2d", t(3, 7, 7, seed=1), (3, 2), output_ratio=(0.5, 0.6), _random_samples=t(1, 3, 2, seed=2, low=0, grad=False)),
    call("fractional_max_pool3d", t(2, 2, 5, 5, 6, seed=1), 2, output_size=(3, 2, 4), return_indices=True, _random_samples=t(2, 2, 3, seed=2, low=0, grad=False)),
    call("lp_pool1d", t(2, 3, 7, seed=1), 2, 3, 2),
    call("lp_pool2d", t(2, 2, 5, 6, seed=1, low=0.1), 3.0, (2, 3), 2, True),
    call("lp_pool2d", t(2, 2, 5, 6, seed=1), float("inf"), 2),
    call("lp_pool2d", t(2, 2, 5, 6, seed=1), -float("inf"), 2),
    call("lp_pool3d", t(1, 2, 4, 4, 4, seed=1), 2.0, 2),
    call("max_unpool1d", t(1, 2, 3, seed=1), ints(0, 3, 5, 1, 2, 4, shape=(1, 2, 3)), 2),
    call("max_unpool2d", t(1, 1, 2, 2, seed=1), ints(0, 3, 10, 15, shape=(1, 1, 2, 2)), 2, 2),
    call("max_unpool2d", t(1, 2, 2, seed=1), ints(0, 3, 10, 18, shape=(1, 2, 2)), 2, 2, 0, (1, 5, 4)),
    call("max_unpool3d", t(1, 1, 1, 2, 2, seed=1), ints(0, 7, 18, 31, shape=(1, 1, 1, 2, 2)), 2, output_size=(2, 4, 4)),
]
o = lambda *s: torch.ones(s)
i = lambda *v: torch.tensor(v)
errors = [
    ("max_pool1d", [o(3), 2], {}), ("max_pool2d", [o(3, 3), 2], {}), ("max_pool2d", [o(1, 1, 2, 2), 3], {}),
    ("max_pool2d", [o(1, 1, 4, 4), 2], {"padding": 2}), ("max_pool2d", [o(1, 1, 4, 4), 2], {"stride": 0}),
    ("max_pool2d", [o(1, 1, 4, 4), (2, 2, 2)], {}), ("max_pool2d", [o(1, 1, 4, 4), 2], {"stride": (1, 2, 3)}),
    ("max_pool2d", [o(1, 1, 4, 4), 2], {"padding": (1, 2, 3)}), ("max_pool2d", [o(1, 1, 4, 4), 2], {"dilation": (1, 2, 3)}),
    ("max_pool2d", [o(1, 1, 4, 4), 2], {"dilation": 0}), ("max_pool2d", [o(1, 1, 4, 4).bool(), 2], {}),
    ("max_pool2d", [o(1, 0, 4, 4), 2], {}), ("max_pool1d", [o(1, 1, 4), 5], {}), ("max_pool1d", [o(1, 1, 4), 2], {"padding": 2}),
    ("max_pool1d", [o(1, 1, 4), 2], {"padding": -1}), ("max_pool1d", [o(1, 1, 4), (2, 2)], {}), ("max_pool1d", [o(1, 1, 4), 2], {"stride": 0}),
    ("max_pool1d", [o(1, 1, 4, 4), 2], {}), ("max_pool3d", [o(1, 1, 4, 4), 2], {}), ("max_pool3d", [o(4, 4, 4), 2], {}),
    ("avg_pool1d", [o(3), 2], {}), ("avg_pool1d", [o(1, 1, 4), 2], {"padding": 2}), ("avg_pool1d", [o(1, 1, 4), 5], {}),
    ("avg_pool2d", [o(1, 1, 2, 2), 3], {}), ("avg_pool2d", [o(1, 1, 4, 4), 2], {"divisor_override": 0}),
    ("avg_pool2d", [o(1, 1, 4, 4).int(), 2], {}), ("avg_pool2d", [o(1, 1, 4, 4), 2], {"stride": 0}),
    ("avg_pool2d", [o(1, 1, 4, 4), (2, 2, 2)], {}), ("avg_pool3d", [o(4, 4, 4), 2], {}),
    ("adaptive_avg_pool1d", [o(3), 2], {}), ("adaptive_avg_pool1d", [o(1, 3, 4), (2, 2)], {}), ("adaptive_avg_pool2d", [o(3, 3), 2], {}),
    ("adaptive_avg_pool2d", [o(1, 3, 0, 3), (2, 2)], {}),
    ("adaptive_avg_pool2d", [o(1, 3, 3, 3), -1], {}), ("adaptive_avg_pool2d", [o(1, 3, 3, 3).long(), 2], {}),
    ("adaptive_avg_pool3d", [o(3, 3, 3), 2], {}), ("adaptive_max_pool1d", [o(3), 2], {}), ("adaptive_max_pool2d", [o(3, 3), 2], {}),
    ("adaptive_max_pool3d", [o(3, 3, 3), 2], {}), ("adaptive_max_pool2d", [o(1, 1, 3, 3), (2, 2, 2)], {}),
    ("adaptive_max_pool2d", [o(1, 1, 3, 3).long(), 2], {}),
    ("fractional_max_pool2d", [o(1, 1, 5, 5), 2], {}), ("fractional_max_pool2d", [o(1, 1, 5, 5), 2], {"output_size": 6}),
    ("fractional_max_pool2d", [o(1, 5), 2], {"output_size": 2, "_random_samples": o(1, 1, 2)}),
    ("fractional_max_pool2d", [o(1, 1, 5, 5), 2], {"output_size": 2, "_random_samples": o(1, 2, 2)}),
    ("fractional_max_pool3d", [o(1, 1, 5, 5, 5), 2], {}),
    ("max_unpool2d", [o(1, 1, 2, 2), i(0, 1, 2, 99).reshape(1, 1, 2, 2), 2], {}), ("max_unpool2d", [o(1, 1, 2, 2), i(0, 1, 2).reshape(1, 1, 3), 2], {}),
    ("max_unpool2d", [o(1, 1, 2, 2), o(1, 1, 2, 2), 2], {}), ("max_unpool2d", [o(2, 2), i(0, 1, 2, 3).reshape(2, 2), 2], {}),
    ("max_unpool2d", [o(1, 1, 2, 2), i(0, 1, 2, 3).reshape(1, 1, 2, 2), 2], {"output_size": (1, 2, 3)}),
    ("max_unpool2d", [o(1, 1, 2, 2), i(0, 1, 2, 3).reshape(1, 1, 2, 2), 2], {"output_size": (9, 9)}),
    ("max_unpool1d", [o(1, 1, 2), i(0, 9).reshape(1, 1, 2), 2], {}), ("max_unpool3d", [o(1, 1, 1, 1, 2), i(0, 99).reshape(1, 1, 1, 1, 2), 2], {}),
]
cases += [call(fn, *args, **kwargs) for fn, args, kwargs in errors]
for op in ("max_pool1d", "max_pool2d", "max_pool3d", "avg_pool1d", "avg_pool2d", "avg_pool3d", "adaptive_avg_pool1d", "adaptive_avg_pool2d", "adaptive_avg_pool3d",
           "adaptive_max_pool1d", "adaptive_max_pool2d", "adaptive_max_pool3d"):
    cases += samples(op, most=6, largest=300)
for op in ("max_unpool1d", "max_unpool2d", "max_unpool3d"):
    cases += samples(op, most=3, largest=300)
save(__file__, cases, "torch")
