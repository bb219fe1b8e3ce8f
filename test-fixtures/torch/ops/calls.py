"""Records calls of torch functions and methods: arguments, result or error, the name of grad_fn, and gradients.

The cases are run again in TypeScript by packages/torch/src/ops/calls.test.ts: names, argument order and keywords are the same there.
"""

import pathlib
import sys
import warnings

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import distinct, save  # noqa: E402

warnings.simplefilter("ignore")

_seed = 0


def t(*shape, dtype=torch.float32, low=-1.5, high=1.5):
    """A tensor of which no two elements are equal."""
    global _seed
    _seed += 1
    return torch.from_numpy(distinct(shape, _seed, low=low, high=high)).to(dtype)


def g(*shape, low=-1.5, high=1.5, dtype=torch.float64):
    """The same as a leaf that wants a gradient."""
    return t(*shape, low=low, high=high, dtype=dtype).requires_grad_()


def c(*shape, dtype=torch.complex128):
    """A complex leaf that wants a gradient."""
    return torch.complex(t(*shape, dtype=torch.float64), t(*shape, dtype=torch.float64)).to(dtype).requires_grad_()


def i(*shape, dtype=torch.int64, low=-20, high=20):
    """Different whole numbers (as far as there are enough)."""
    global _seed
    _seed += 1
    n = int(np.prod(shape))
    values = np.random.default_rng(_seed).permutation(np.arange(max(n, high - low)) + low)[:n]
    return torch.from_numpy(values.reshape(shape).astype(np.int64)).to(dtype)


def tensors(v):
    """The tensors in nested arguments or results, in order."""
    if isinstance(v, torch.Tensor):
        return [v]
    if isinstance(v, (list, tuple)):
        return [x for item in v for x in tensors(item)]
    if isinstance(v, dict):
        return [x for item in v.values() for x in tensors(item)]
    return []


def fresh(v):
    """The same arguments with tensors of their own."""
    if isinstance(v, torch.Tensor):
        return v.detach().clone().requires_grad_(v.requires_grad)
    if isinstance(v, torch.Size):
        return v
    if isinstance(v, (list, tuple)):
        return type(v)(fresh(item) for item in v)
    if isinstance(v, dict):
        return {k: fresh(x) for k, x in v.items()}
    return v


def loss(outputs):
    """One number of several outputs in which every element has a weight of its own."""
    total = None
    for y in outputs:
        if not y.requires_grad or y.numel() == 0:
            continue
        real = torch.view_as_real(y.resolve_conj()) if y.is_complex() else y
        w = (torch.arange(real.numel(), dtype=real.dtype) + 1).reshape(real.shape) / real.numel()
        part = (real * w).sum()
        total = part if total is None else total + part
    return total


class Calls:
    def __init__(self, script):
        self.script = script
        self.cases = []
        self.nameless = set()

    def _record(self, how, name, call, args, kwargs, note):
        case = {"name": f"{name} {len(self.cases)}" if note is None else f"{name} {note}", "how": how, "call": name, "args": list(args)}
        if kwargs:
            case["kwargs"] = kwargs
        args, kwargs = fresh(list(args)), fresh(kwargs)
        given = [x for x in tensors(args) + tensors(kwargs) if x.requires_grad]
        try:
            out = call(args, kwargs)
        except Exception as e:
            case["error"] = e
            self.cases.append(case)
            return
        case["out"] = out
        outs = tensors(out)
        if name not in self.nameless and any(y.grad_fn is not None for y in outs):
            case["grad_fn"] = [y.grad_fn.name() if y.grad_fn is not None else None for y in outs]
        total = loss(outs)
        if total is not None and given:
            try:
                grads = torch.autograd.grad(total, given, allow_unused=True)
                case["grads"] = [x for x in grads]
            except RuntimeError as e:
                case["grads"] = e
        self.cases.append(case)

    def F(self, name, *args, note=None, **kwargs):
        """torch.name(*args, **kwargs)"""
        f = torch
        for part in name.split("."):
            f = getattr(f, part)
        self._record("function", name, lambda a, k: f(*a, **k), args, kwargs, note)

    def M(self, name, *args, note=None, **kwargs):
        """args[0].name(*args[1:], **kwargs); of an in-place method on a clone, which is the result."""

        def call(a, k):
            inplace = name.endswith("_") and not name.endswith("__")
            x = a[0].clone() if inplace else a[0]
            y = getattr(x, name)(*a[1:], **k)
            return x if inplace else y

        self._record("method", name, call, args, kwargs, note)

    def P(self, name, x, note=None):
        """x.name"""
        self._record("property", name, lambda a, k: getattr(a[0], name), [x], {}, note)

    def get(self, x, *index, note=None):
        """x[index]"""
        self._record("get", "getitem", lambda a, k: a[0][a[1] if len(index) == 1 else tuple(a[1])], [x, index[0] if len(index) == 1 else list(index)], {}, note or f"{len(self.cases)}: {show(index)}")
        self.cases[-1]["entries"] = len(index)

    def set(self, x, index, value, note=None):
        """x[index] = value on a clone"""

        def call(a, k):
            y = a[0].clone()
            y[a[1] if not isinstance(index, tuple) else tuple(a[1])] = a[2]
            return y

        self._record("set", "setitem", call, [x, list(index) if isinstance(index, tuple) else index, value], {}, note or f"{len(self.cases)}: {show(index)}")
        self.cases[-1]["entries"] = len(index) if isinstance(index, tuple) else 1

    def save(self):
        save(self.script, self.cases, "torch")


def show(v):
    if isinstance(v, torch.Tensor):
        return f"{str(v.dtype)[6:]}{list(v.shape)}"
    if isinstance(v, slice):
        return ":".join("" if b is None else str(b) for b in (v.start, v.stop, v.step))
    if isinstance(v, (tuple, list)):
        return ("[%s]" if isinstance(v, list) else "%s") % ", ".join(show(x) for x in v)
    return str(v)
