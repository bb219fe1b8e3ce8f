"""What forward mode gives on the cases of ../../ops: the tangents of the results, where those of the inputs are the weights that the
gradients there start from. One case in float64 and one in complex64 for each op that PyTorch's database has forward mode for."""

import pathlib
import random
import sys
import warnings

import torch
import torch.autograd.forward_ad as fwAD
from torch.testing._internal import common_methods_invocations as database

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))
sys.path.insert(0, str(HERE.parents[1] / "ops"))
from fixtures import save
import generate as ops

warnings.simplefilter("ignore")
WANTED = {torch.float64: 2, torch.complex64: 1}
MOST = 32


def dual(v):
    """Nested arguments with the tensors that want a gradient as dual ones."""
    if isinstance(v, torch.Tensor):
        t = v.detach().clone()
        return fwAD.make_dual(t, ops.weights(t)) if v.requires_grad else t
    if isinstance(v, (list, tuple)):
        return type(v)(dual(x) for x in v)
    if isinstance(v, dict):
        return {k: dual(x) for k, x in v.items()}
    return v


def tangents(op, sample):
    with fwAD.dual_level():
        args = dual(sample.args)
        given, kwargs = dual(sample.input), dual(sample.kwargs)
        torch.manual_seed(42)
        random.seed(42)
        outs = ops.tensors(op(given, *args, **kwargs))
        return [fwAD.unpack_dual(t).tangent if ops.differentiable(t) else None for t in outs]


def cases_of(op, file):
    count = {}
    found = []

    def visit(op, sample, dtype):
        entry = {"dtype": str(dtype)}
        if count.get(dtype, 0) < WANTED.get(dtype, 0) and any(t.requires_grad for t in ops.tensors((sample.input, sample.args, sample.kwargs))):
            try:
                ts = tangents(op, sample)
            except (RuntimeError, NotImplementedError) as e:
                if "forward AD" in str(e) or "must support" in str(e):
                    return entry
                raise
            if any(t is not None for t in ts) and sum(t.numel() for t in ts if t is not None) <= MOST:
                count[dtype] = count.get(dtype, 0) + 1
                entry["tangents"] = ts
        return entry

    for index, entry in enumerate(ops.cases_of(op, visit)):
        if "tangents" in entry:
            found.append({"file": file, "index": index, "tangents": entry["tangents"]})
    return found


cases = []
for op in database.op_db:
    full = f"{op.name}.{op.variant_test_name}" if op.variant_test_name else op.name
    if not op.supports_forward_ad or not (HERE.parents[1] / "ops" / "cases" / f"{full}.json").exists():
        continue
    try:
        cases += cases_of(op, full)
    except (RuntimeError, IndexError) as e:
        ops.set_sizes(ops.LARGE)
        try:
            cases += cases_of(op, full)
        except Exception as e:
            print(full, type(e).__name__, str(e)[:100])
        ops.set_sizes(ops.SMALL)
save(__file__, cases, "torch")
