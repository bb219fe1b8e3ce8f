"""The dropout family, rrelu and gumbel_softmax: outputs, gradients, and where the stream stands after."""

import pathlib
import sys
import warnings

import torch
import torch.nn.functional as F

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[4]))
from fixtures import distinct, save  # noqa: E402

warnings.simplefilter("ignore")
cases = []


def case(f, shape, *args, dtype=torch.float32, layout=None, seed=0, **kw):
    x = torch.tensor(distinct(shape, seed + 3, low=-2.0, high=2.0)).to(dtype)
    if layout == "transposed":
        x = torch.tensor(distinct(tuple(reversed(shape)), seed + 3, low=-2.0, high=2.0)).to(dtype).permute(*reversed(range(len(shape))))
    x = x.detach().requires_grad_()
    torch.manual_seed(seed)
    inplace = kw.get("inplace", False)
    # In place on what is not a leaf.
    y = getattr(F, f)(x * 1 if inplace else x, *args, **kw)
    weights = torch.tensor(distinct(tuple(y.shape), seed + 9)).to(dtype)
    (grad,) = torch.autograd.grad((y * weights).sum(), x)
    cases.append({"name": f"{f}{tuple(shape)} {args} {kw} {str(dtype)[6:]} {layout or ''} seed {seed}", "f": f, "seed": seed, "layout": layout, "x": x.detach().permute(*reversed(range(len(shape)))) if layout else x.detach(),
                  "args": list(args), "kw": kw, "out": y.detach(), "weights": weights, "grad": grad, "after": torch.randint(0, 2**28 - 1, ()).item()})


for seed in (0, 1, 7, 42, 2**32 - 1):
    case("dropout", (3, 7), seed=seed)
    case("dropout", (50,), 0.3, seed=seed)
    case("dropout", (4, 5), p=0.9, inplace=True, seed=seed)
    case("alpha_dropout", (4, 5), 0.4, True, seed=seed)
    case("rrelu", (4, 5), training=True, seed=seed)
    case("gumbel_softmax", (4, 5), seed=seed)
for dtype in (torch.float64, torch.float16, torch.bfloat16):
    for f in ("dropout", "alpha_dropout", "feature_alpha_dropout"):
        case(f, (3, 4, 2), 0.25, True, dtype=dtype)
    if dtype is not torch.float16:
        case("rrelu", (3, 4), 0.1, 0.4, True, dtype=dtype)
case("gumbel_softmax", (3, 4), dtype=torch.float64)
for p in (0.0, 0.5, 1.0):
    for training in (True, False):
        case("dropout", (2, 5), p, training)
        case("alpha_dropout", (2, 5), p, training)
        case("feature_alpha_dropout", (2, 5), p, training)
case("dropout", (3, 4), 0.5, layout="transposed")
case("dropout", (2, 3, 4), 0.5, layout="transposed")
case("alpha_dropout", (3, 4), 0.5, True, layout="transposed")
case("rrelu", (3, 4), training=True, layout="transposed")
for f, shapes in [("dropout1d", [(4, 6), (2, 4, 6)]), ("dropout2d", [(4, 3), (2, 4, 6), (2, 4, 3, 2)]), ("dropout3d", [(4, 3, 2, 2), (2, 4, 3, 2, 2), (4, 5)])]:
    for shape in shapes:
        for inplace in (False, True):
            case(f, shape, 0.5, inplace=inplace, seed=len(shape))
case("feature_alpha_dropout", (3, 4, 2), 0.4, True, inplace=True)
case("rrelu", (3, 4))
case("rrelu", (3, 4), 0.2, 0.3)
case("rrelu", (3, 4), inplace=True, training=True)
case("rrelu", (3, 4), inplace=True)
case("gumbel_softmax", (3, 4), 0.5)
case("gumbel_softmax", (3, 4), 2.0, True)
case("gumbel_softmax", (3, 4), hard=True, dim=0)
case("gumbel_softmax", (2, 3, 4), tau=0.7, dim=1)
save(__file__, cases, "torch")
