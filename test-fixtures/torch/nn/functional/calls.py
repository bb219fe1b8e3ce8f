"""Golden calls of torch.nn.functional: arguments, results, gradients, or the error, one case a call."""

import pathlib
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))

import torch  # noqa: E402
import torch.nn.functional as F  # noqa: E402

from fixtures import distinct, save  # noqa: E402,F401

warnings.simplefilter("ignore")


def t(*shape, seed=0, dtype=torch.float32, low=-1.0, high=1.0, grad=True):
    """A leaf whose elements all differ."""
    if dtype.is_complex:
        x = torch.complex(*(torch.from_numpy(distinct(shape, seed + k, low=low, high=high)) for k in (0, 500))).to(dtype)
    else:
        x = torch.from_numpy(distinct(shape, seed, low=low, high=high)).to(dtype)
    return x.requires_grad_(grad and (dtype.is_floating_point or dtype.is_complex))


def ints(*values, shape=None, dtype=torch.int64):
    x = torch.tensor(values, dtype=dtype)
    return x if shape is None else x.reshape(shape)


def weights(y):
    """What the elements of a result count in the sum that is differentiated; exact in every float type."""
    n = y.numel()
    return (((torch.arange(n) % 7) + 1).to(torch.float64) / 4).reshape(y.shape).to(y.dtype)


def tensors(v):
    if isinstance(v, torch.Tensor):
        yield v
    elif isinstance(v, (list, tuple)):
        for x in v:
            yield from tensors(x)
    elif isinstance(v, dict):
        for x in v.values():
            yield from tensors(x)


def call(fn, *args, _name=None, _of=F, _tolerance=None, _seed=None, **kwargs):
    """Calls the function and notes everything that the test needs."""
    name = _name or f"{fn}({', '.join(brief(a) for a in args)}{''.join(f', {k}={brief(v)}' for k, v in kwargs.items())})"
    case = {"name": name, "fn": fn, "args": list(args), "kwargs": kwargs}
    leaves = [x for x in tensors([args, kwargs]) if x.requires_grad]
    f = _of
    for part in fn.split("."):
        f = getattr(f, part)
    if _seed is not None:
        case["seed"] = _seed
        torch.manual_seed(_seed)
    try:
        out = f(*args, **kwargs)
    except Exception as e:
        text = str(e).split("\nException raised from")[0].split("\n[ torch.")[0]
        case["raises"] = type(e)(text)
        return case
    case["out"] = out if not isinstance(out, torch.Tensor) else out.detach().clone()
    ys = [y for y in tensors(out) if y.requires_grad]
    if ys and leaves:
        loss = sum((y * weights(y)).sum() for y in ys)
        loss = loss.real if loss.is_complex() else loss
        case["grads"] = list(torch.autograd.grad(loss, leaves, allow_unused=True))
    if isinstance(out, (tuple, list)):
        case["out"] = type(out)(y.detach() if isinstance(y, torch.Tensor) else y for y in out)
    if _tolerance:
        case["tolerance"] = {"rtol": _tolerance[0], "atol": _tolerance[1]}
    return case


def brief(v):
    if isinstance(v, torch.Tensor):
        return f"{str(v.dtype).removeprefix('torch.')}{list(v.shape)}"
    if isinstance(v, (list, tuple)) and any(isinstance(x, torch.Tensor) for x in v):
        return "[" + ", ".join(brief(x) for x in v) + "]"
    return repr(v)


def samples(op, most=12, largest=600, dtype=torch.float64, variant="", fn=None, skip=lambda s: False):
    """Cases from the inputs that PyTorch tests an operator of its own database with."""
    from torch.testing._internal.common_methods_invocations import op_db

    full = op if "." in op or fn else f"nn.functional.{op}"
    info = next(o for o in op_db if o.name == full and o.variant_test_name == variant)
    torch.manual_seed(0)
    found = []
    for s in info.sample_inputs("cpu", dtype, requires_grad=dtype.is_floating_point):
        args = [s.input, *s.args]
        if sum(x.numel() for x in tensors([args, s.kwargs])) > largest or skip(s):
            continue
        # Non-contiguous inputs are stored as their elements; the test makes row-major ones of them.
        args, kwargs = leafed(args), leafed(s.kwargs)
        found.append((args, kwargs))
    step = max(1, -(-len(found) // most))
    cases = []
    for i, (args, kwargs) in enumerate(found[::step]):
        cases.append(call(fn or op, *args, _name=f"{op} {variant} sample {i}".replace("  ", " "), _of=torch if fn else F, **kwargs))
    return [c for c in cases if "raises" not in c]


def leafed(v):
    if isinstance(v, torch.Tensor):
        return v.detach().clone().contiguous().requires_grad_(v.requires_grad)
    if isinstance(v, list):
        return [leafed(x) for x in v]
    if isinstance(v, tuple):
        return tuple(leafed(x) for x in v)
    if isinstance(v, dict):
        return {k: leafed(x) for k, x in v.items()}
    return v
