"""torch.nn.init: what each function makes of a tensor, and where the stream stands after."""

import pathlib
import sys
import warnings

import torch
from torch.nn import init

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import save  # noqa: E402

warnings.simplefilter("ignore")
cases = []


def case(f, shape, *args, dtype=torch.float32, seed=0, generator=None, **kw):
    x = torch.full(shape, 7.0, dtype=dtype, requires_grad=True)
    torch.manual_seed(seed)
    more = {"generator": torch.Generator().manual_seed(generator)} if generator is not None else {}
    r = getattr(init, f)(x, *args, **kw, **more)
    assert r is x
    cases.append({"name": f"{f}{tuple(shape)} {args} {kw} {str(dtype)[6:]} seed {seed} {generator or ''}", "f": f, "shape": list(shape), "dtype": dtype, "seed": seed, "args": list(args), "kw": kw,
                  "generator": generator, "out": x.detach(), "after": torch.randint(0, 2**28 - 1, ()).item()})


for seed in (0, 1, 7, 42, 2**32 - 1):
    case("uniform_", (3, 5), seed=seed)
    case("normal_", (3, 5), seed=seed)
    case("normal_", (4, 5), 1.0, 2.5, seed=seed)
    case("trunc_normal_", (4, 5), seed=seed)
    case("xavier_uniform_", (3, 4), seed=seed)
    case("xavier_normal_", (5, 4), seed=seed)
    case("kaiming_uniform_", (3, 4), seed=seed)
    case("kaiming_normal_", (5, 4), seed=seed)
    case("sparse_", (7, 4), 0.3, seed=seed)
for dtype in (torch.float64, torch.float16):
    case("uniform_", (3, 5), -2.0, 3.5, dtype=dtype)
    case("normal_", (4, 5), dtype=dtype)
    case("trunc_normal_", (4, 5), dtype=dtype)
    case("kaiming_uniform_", (3, 4), dtype=dtype)
case("trunc_normal_", (50,), 0.0, 1.0, -0.5, 0.75)
case("trunc_normal_", (40,), 1.0, 0.5, 2.0, 3.0)
case("trunc_normal_", (20,), 0.0, 1.0, 2.0, 4.0)
case("trunc_normal_", (20,), mean=0.5, std=2.0, a=-1.0, b=1.0)
case("trunc_normal_", (12,), 0.0, 1.0, -0.1, 0.1, dtype=torch.float64)
case("constant_", (2, 3), 0.3)
case("ones_", (2, 3))
case("zeros_", (2, 3))
for shape in ((3, 3), (2, 4), (4, 2)):
    case("eye_", shape)
case("dirac_", (3, 4, 5))
case("dirac_", (4, 3, 3, 3))
case("dirac_", (6, 2, 3, 3), 3)
case("dirac_", (2, 2, 3, 2, 3), groups=2)
case("xavier_uniform_", (4, 3, 2, 2), gain=1.4)
case("xavier_normal_", (4, 3, 5), 0.5)
for mode in ("fan_in", "fan_out"):
    for nonlinearity in ("leaky_relu", "relu", "tanh", "linear", "selu", "sigmoid"):
        case("kaiming_uniform_", (4, 3, 2), mode=mode, nonlinearity=nonlinearity)
        case("kaiming_normal_", (4, 3, 2), 0.2, mode, nonlinearity)
case("sparse_", (6, 3), 0.5, 0.2)
for f in ("uniform_", "normal_", "trunc_normal_", "xavier_uniform_", "xavier_normal_", "kaiming_uniform_", "kaiming_normal_"):
    case(f, (4, 5), generator=3)
case("kaiming_uniform_", (0, 3))
gains = [[n, p, init.calculate_gain(n, p)] for n, p in [("linear", None), ("conv2d", None), ("sigmoid", None), ("tanh", None), ("relu", None), ("leaky_relu", None), ("leaky_relu", 0.2), ("leaky_relu", 1), ("selu", None)]]
fans = [[list(s), init._calculate_fan_in_and_fan_out(torch.zeros(s))] for s in ((3, 4), (3, 4, 5), (2, 3, 4, 5), (1, 1))]
cases.append({"name": "numbers", "gains": gains, "fans": fans})
save(__file__, cases, "torch")
