import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import *  # noqa: E402,F403

D = torch.float64
o = lambda *s: torch.ones(s)
i = lambda *v: torch.tensor(v)

inf = float("inf")
x, y = t(3, 4, seed=1), t(3, 4, seed=2)
p, q = t(3, 4, seed=3, low=0.01, high=0.99), t(3, 4, seed=4, low=0.0, high=1.0)
sign = torch.tensor([1.0, -1, 1, -1, -1, 1, 1, 1, -1, 1, -1, 1]).reshape(3, 4)
w = t(3, 4, seed=5, low=0.2, high=2.0, grad=False)
cw = t(4, seed=6, low=0.2, high=2.0, grad=False)
cls = ints(2, 0, 3)
cls2 = ints(2, 0, 3, 1, -100, 2, shape=(2, 3))
img, img64 = t(2, 4, 3, seed=7), t(2, 4, 3, 2, seed=8, dtype=D)
cls3 = ints(2, 0, 3, 1, 1, 2, 0, 0, 3, 2, 1, 1, shape=(2, 3, 2))
prob = torch.softmax(t(3, 4, seed=9).detach(), 1).requires_grad_()
cases = []
for r in ("mean", "sum", "none"):
    cases += [
        call("mse_loss", x, y, reduction=r), call("l1_loss", x, y, reduction=r), call("smooth_l1_loss", x, y, reduction=r, beta=0.4),
        call("huber_loss", x, y, reduction=r, delta=0.4), call("binary_cross_entropy", p, q, reduction=r), call("binary_cross_entropy", p, q, w, reduction=r),
        call("binary_cross_entropy_with_logits", x, q, reduction=r), call("binary_cross_entropy_with_logits", x, q, w, reduction=r, pos_weight=cw),
        call("kl_div", x, q, reduction=r), call("kl_div", x, y, reduction=r, log_target=True),
        call("poisson_nll_loss", x, q, reduction=r), call("gaussian_nll_loss", x, y, p, reduction=r),
        call("hinge_embedding_loss", x, sign, 0.7, reduction=r), call("margin_ranking_loss", x, y, sign, 0.2, reduction=r),
        call("soft_margin_loss", x, sign, reduction=r), call("multi_margin_loss", x, cls, reduction=r), call("multi_margin_loss", x, cls, 2, 0.5, cw, reduction=r),
        call("multilabel_margin_loss", x, ints(2, 0, -1, 1, 3, -1, 0, 0, 0, 1, 2, 3, shape=(3, 4)), reduction=r),
        call("multilabel_soft_margin_loss", x, (sign > 0).float(), cw, reduction=r),
        call("cosine_embedding_loss", x, y, ints(1, -1, -1), 0.1, reduction=r), call("triplet_margin_loss", x, y, t(3, 4, seed=11), 0.8, reduction=r),
        call("triplet_margin_loss", x, y, t(3, 4, seed=11), 1.5, 1.0, 1e-4, True, reduction=r),
        call("triplet_margin_with_distance_loss", x, y, t(3, 4, seed=11), margin=0.5, swap=True, reduction=r),
        call("nll_loss", x, cls, reduction=r), call("nll_loss", x, cls, cw, reduction=r), call("nll_loss", img, cls2, cw, reduction=r),
        call("nll_loss", img64, cls3, reduction=r, ignore_index=2), call("cross_entropy", x, cls, reduction=r), call("cross_entropy", x, cls, cw, reduction=r),
        call("cross_entropy", img, cls2, cw, reduction=r, label_smoothing=0.2), call("cross_entropy", img64, cls3, reduction=r, ignore_index=2),
        call("cross_entropy", x, prob, reduction=r), call("cross_entropy", x, prob, cw, reduction=r, label_smoothing=0.3),
        call("cross_entropy", t(4, seed=1), torch.tensor(2), reduction=r), call("nll_loss", t(4, seed=1), torch.tensor(2), reduction=r),
        call("multi_margin_loss", t(4, seed=1), torch.tensor(2), reduction=r), call("multilabel_margin_loss", t(4, seed=1), ints(3, 1, -1, 0), reduction=r),
    ]
logp = lambda *s, seed=1, dtype=torch.float32: torch.log_softmax(t(*s, seed=seed, dtype=dtype, high=3.0).detach(), -1).requires_grad_()
for r in ("mean", "sum", "none"):
    cases += [
        call("ctc_loss", logp(6, 2, 4), ints(1, 2, 2, 3, 1, 0, shape=(2, 3)), ints(6, 5), ints(3, 2), reduction=r),
        call("ctc_loss", logp(6, 2, 4, dtype=D), ints(1, 2, 2, 3, 1), (6, 5), (3, 2), reduction=r),
        call("ctc_loss", logp(3, 2, 4, dtype=D), ints(2, 2, 2, 0, 3, 3, shape=(2, 3)), (3, 3), (3, 2), 1, reduction=r, zero_infinity=True),
    ]
cases += [
    call("ctc_loss", logp(5, 3), ints(1, 2), torch.tensor(5), torch.tensor(2)),
    call("ctc_loss", logp(5, 2, 3), ints(1, 1, 2, 2, shape=(2, 2)), ints(4, 5), ints(0, 2), 0, "none"),
    call("ctc_loss", torch.log_softmax(o(2, 1, 3), -1), ints(1, 1, 2, shape=(1, 3)), ints(2), ints(3), 0, "none"),
    call("mse_loss", x, t(4, seed=12)), call("mse_loss", x, y.detach().double()), call("mse_loss", x, y, weight=w), call("mse_loss", x, y, weight=w, reduction="sum"),
    call("l1_loss", x, y, weight=w), call("l1_loss", x, y, weight=w, reduction="none"), call("l1_loss", ints(1, 2), ints(3, 1), reduction="sum"), call("huber_loss", x, y, weight=w),
    call("smooth_l1_loss", x, y, beta=0.0), call("mse_loss", x, y, False), call("l1_loss", x, y, None, False), call("nll_loss", x, cls, None, True, -100, False),
    call("binary_cross_entropy", torch.tensor([0.0, 1.0, 0.0, 1.0], requires_grad=True), torch.tensor([0.0, 1.0, 1.0, 0.0]), reduction="none"),
    call("binary_cross_entropy", p, q, t(4, seed=3, low=0.1)),
    call("binary_cross_entropy_with_logits", torch.tensor([1e3, -1e3, 5.0], requires_grad=True), torch.tensor([1.0, 0.0, 0.0]), reduction="none"),
    call("kl_div", x, q, reduction="batchmean"), call("kl_div", x, torch.tensor([0.0, 0.5, 0.2, 0.3]), reduction="sum"),
    call("poisson_nll_loss", p, q, False, True), call("poisson_nll_loss", x, (q * 5).detach(), True, True, reduction="none"),
    call("gaussian_nll_loss", x, y, t(3, seed=12, low=0.1), True), call("gaussian_nll_loss", x, y, t(3, 1, seed=12, low=0.1), True, 0.5),
    call("cosine_embedding_loss", t(4, seed=1), t(4, seed=2), torch.tensor(-1), -0.5),
    call("cross_entropy", x, ints(-100, -100, -100)), call("cross_entropy", x, prob, t(4, seed=6), label_smoothing=0.1), call("cross_entropy", x, cls, torch.tensor([0.5, -0.7, 1.5, 0.3])), call("cross_entropy", x, cls.to(torch.uint8)), call("cross_entropy", t(3, 4, seed=1, dtype=torch.float16, grad=False), cls),
    call("cross_entropy", torch.tensor([[inf, 0.0, 1.0]]), ints(1)), call("cross_entropy", torch.tensor([[-inf, 0.0, 1.0]]), ints(0)),
    call("linear_cross_entropy", t(3, 5, seed=1), t(4, 5, seed=2), cls, linear_bias=t(4, seed=3), label_smoothing=0.1),
    call("linear_cross_entropy", t(3, 5, seed=1), t(4, 2, 5, seed=2), ints(0, 3, 1, 2, 3, 3, shape=(3, 2)), reduction="sum"),
]
L = lambda *v: torch.tensor(v)
f = lambda *s: torch.ones(s)
errors = [
    ("nll_loss", [f(2, 3), L(0, 1), t(3)], {}), ("cross_entropy", [f(2, 3), L(0, 1), t(3)], {}), ("binary_cross_entropy_with_logits", [f(2), f(2), t(2)], {}), ("multi_margin_loss", [f(2, 3), L(0, 1)], {"weight": t(3)}),
    ("cross_entropy", [f(2, 3), L(0, 5)], {}), ("cross_entropy", [f(2, 3), L(0, -1)], {}), ("cross_entropy", [f(2, 3), L(0, 1, 2)], {}), ("cross_entropy", [f(3, 5), L(0, 1)], {}),
    ("cross_entropy", [f(3), L(0, 1, 2)], {}), ("cross_entropy", [f(2, 3), f(2, 4)], {}), ("cross_entropy", [f(2, 3), f(2)], {}), ("cross_entropy", [f(2, 3), L(0, 1), f(2)], {}),
    ("cross_entropy", [f(2, 3), L(0, 1), f(3).double()], {}), ("cross_entropy", [f(2, 3, 4), L(0, 1)], {}), ("cross_entropy", [f(2, 3, 4), f(2, 5).long()], {}),
    ("cross_entropy", [f(2, 3), L(0, 1).int()], {}), ("cross_entropy", [f(2, 3), L(0, 1)], {"label_smoothing": 1.5}), ("cross_entropy", [f(2, 3), L(0, 1)], {"reduction": "foo"}),
    ("cross_entropy", [f(2, 3), f(2, 3)], {"ignore_index": 1}), ("cross_entropy", [f(2, 3), f(2, 3), f(2)], {}), ("cross_entropy", [f(2, 3).long(), L(0, 1)], {}),
    ("nll_loss", [f(2, 3), L(0, 5)], {}), ("nll_loss", [f(2, 3), L(0, 1, 2)], {}), ("nll_loss", [f(2, 3, 4), L(0, 1)], {}), ("nll_loss", [f(2, 3, 4, 5), f(2, 4, 4).long()], {}),
    ("nll_loss", [f(2, 3, 4, 5), f(2, 4, 5).long() + 5], {}), ("nll_loss", [f(2, 3), f(2)], {}), ("nll_loss", [f(2, 3), L(0, 1), f(4)], {}), ("nll_loss", [torch.tensor(1.0), torch.tensor(0)], {}),
    ("mse_loss", [f(2, 3), f(4)], {}), ("mse_loss", [f(2).long(), f(2).long()], {}), ("mse_loss", [f(2), f(2)], {"weight": f(3)}), ("mse_loss", [f(2), f(2)], {"reduction": "foo"}),
    ("mse_loss", [f(2), f(2)], {"reduction": "foo", "weight": f(2)}), ("smooth_l1_loss", [f(2), f(2)], {"beta": -1.0}), ("huber_loss", [f(2), f(2)], {"delta": 0.0}),
    ("binary_cross_entropy", [f(2) * 2, f(2)], {}), ("binary_cross_entropy", [f(2), f(3)], {}), ("binary_cross_entropy", [f(2), f(2).double()], {}),
    ("binary_cross_entropy", [f(2), f(2).long()], {}), ("binary_cross_entropy_with_logits", [f(2), f(3)], {}), ("binary_cross_entropy_with_logits", [f(2), f(2)], {"pos_weight": f(3)}),
    ("kl_div", [f(2, 3), f(2, 4)], {}), ("poisson_nll_loss", [f(2), f(2)], {"reduction": "x"}), ("gaussian_nll_loss", [f(2), f(2), -f(2)], {}), ("gaussian_nll_loss", [f(2), f(2), f(3)], {}),
    ("gaussian_nll_loss", [f(2), f(2), f(2)], {"reduction": "x"}), ("margin_ranking_loss", [f(2), f(2), f(2, 1)], {}), ("soft_margin_loss", [f(2), f(3)], {}),
    ("multi_margin_loss", [f(2, 3), L(0, 5)], {}), ("multi_margin_loss", [f(2, 3), L(0, 1, 2)], {}), ("multi_margin_loss", [f(2, 3), L(0, 1)], {"p": 3}),
    ("multi_margin_loss", [f(2, 3), L(0, 1)], {"weight": f(2)}), ("multi_margin_loss", [f(2, 3), L(0, 1)], {"weight": f(2, 2)}), ("multi_margin_loss", [f(2, 3, 2), L(0, 1)], {}),
    ("multilabel_margin_loss", [f(2, 3), L(0, 1, -1)], {}), ("multilabel_margin_loss", [f(3), L(0, 5, -1)], {}), ("multilabel_margin_loss", [f(2, 3, 2), L(0, 1, -1)], {}),
    ("multilabel_soft_margin_loss", [f(2, 3), f(2, 3)], {"reduction": "x"}), ("cosine_embedding_loss", [f(2, 3), f(2, 3), f(2, 2)], {}), ("cosine_embedding_loss", [f(2, 3), f(3), f(2)], {}),
    ("triplet_margin_loss", [f(2, 3), f(2, 3), f(3)], {}), ("triplet_margin_loss", [f(2, 3), f(2, 3), f(2, 3)], {"margin": 0}),
    ("triplet_margin_with_distance_loss", [f(2, 3), f(2, 3), f(3)], {}), ("triplet_margin_with_distance_loss", [f(2, 3), f(2, 3), f(2, 3)], {"reduction": "foo"}),
    ("ctc_loss", [f(4, 2, 3), L(1, 2, 1, 2).reshape(2, 2), L(5, 4), L(2, 2)], {}), ("ctc_loss", [f(4, 2, 3), L(1, 2, 1, 2).reshape(2, 2), L(4, 4), L(3, 2)], {}),
    ("ctc_loss", [f(4, 2, 3), L(1, 2, 1, 2).reshape(2, 2), L(4, 4), L(2, 2)], {"blank": 3}), ("ctc_loss", [f(4, 2, 3), L(1, 2, 1), L(4, 4), L(2, 2)], {}),
    ("ctc_loss", [f(4, 2, 3), L(1, 2, 1, 2).reshape(2, 2), L(4), L(2, 2)], {}),
    ("linear_cross_entropy", [f(2, 3), f(4, 2), L(0, 1)], {}), ("linear_cross_entropy", [f(2, 3, 2), f(4, 2), L(0, 1)], {}),
]
cases += [call(fn, *args, **kwargs) for fn, args, kwargs in errors]
save(__file__, cases, "torch")

