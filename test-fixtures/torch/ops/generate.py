"""Cases of PyTorch's own op database: what each op gives on small samples in every family of element types, and its
gradients.

Reads the op names (`div`, or `div:floor_rounding` for one variant; `-bmm:triton_optimized` leaves one out) from the
files `names_*.txt` beside it, or takes the names (or files) given as arguments, and writes `cases/<op>.json`, whose first entry describes the op.
"""

import pathlib
import random
import sys
import warnings

import torch
from torch.testing._internal import common_methods_invocations as database
from torch.testing._internal.opinfo import core

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
from fixtures import encode, lock  # noqa: E402

import json  # noqa: E402

warnings.simplefilter("ignore")
torch.set_num_threads(1)

# The database's shapes are made of these sizes.
SMALL = {"XS": 2, "S": 3, "M": 4, "L": 6}
LARGE = {"XS": 3, "S": 5, "M": 10, "L": 20}


def set_sizes(sizes):
    for module in [m for n, m in sys.modules.items() if n.startswith("torch.testing._internal")]:
        for name, size in sizes.items():
            if isinstance(getattr(module, name, None), int):
                setattr(module, name, size)


set_sizes(SMALL)

# How many samples of each element type.
COUNTS = {
    torch.float32: 8,
    torch.float64: 3,
    torch.int64: 3,
    torch.bool: 1,
    torch.complex64: 3,
    torch.float16: 1,
    torch.bfloat16: 1,
}
GRADIENTS = (torch.float32, torch.float64, torch.complex64)
MOST_ELEMENTS = 120
MOST_BYTES = 14_000


def tensors(v):
    """The tensors in nested arguments or results, in order."""
    if isinstance(v, torch.Tensor):
        return [v]
    if isinstance(v, (list, tuple)):
        return [t for x in v for t in tensors(x)]
    if isinstance(v, dict):
        return [t for x in v.values() for t in tensors(x)]
    return []


def shape_of(v):
    """What makes a sample of another kind than one taken already."""
    if isinstance(v, torch.Tensor):
        return ("tensor", v.dim(), 0 in v.shape, v.is_contiguous(), str(v.dtype))
    if isinstance(v, (list, tuple)):
        return tuple(shape_of(x) for x in v)
    if isinstance(v, dict):
        return tuple((k, shape_of(x)) for k, x in sorted(v.items()))
    if isinstance(v, (str, bool)) or v is None:
        return v
    if isinstance(v, float):
        return ("float", v != v, v == float("inf"), v < 0)
    return type(v).__name__


def pick(op, dtype, count):
    """Small samples, as unlike each other as they come."""
    wants = dtype in GRADIENTS and op.supports_autograd and dtype in op.supported_backward_dtypes("cpu")
    samples, seen, rest = [], set(), []
    for i, s in enumerate(op.sample_inputs("cpu", dtype, requires_grad=wants)):
        if i > 400:
            break
        given = (s.input, s.args, s.kwargs)
        if sum(t.numel() for t in tensors(given)) > MOST_ELEMENTS:
            continue
        kind = shape_of(given)
        (rest if kind in seen else samples).append(s)
        seen.add(kind)
    # Samples with elements say more than empty ones, of which one is enough.
    empty = [s for s in samples if any(0 in t.shape for t in tensors((s.input, s.args)))]
    full = [s for s in samples if s not in empty] if not empty else [s for s in samples if all(s is not e for e in empty)]
    ordered = full + rest
    chosen = ordered[: count - 1] + (empty[:1] if count > 2 else []) if empty and count > 2 else ordered[:count]
    return chosen if len(chosen) >= min(count, len(ordered)) else ordered[:count]


def weights(t):
    """A gradient of which no two elements are equal; the test makes the same."""
    k = torch.arange(t.numel(), dtype=torch.float64)
    w = 0.5 + (k * 37 % 101) / 101
    if t.is_complex():
        w = torch.complex(w, 0.25 + (k * 53 % 103) / 103)
    return w.reshape(t.shape).to(t.dtype)


def differentiable(t):
    return t.is_floating_point() or t.is_complex()


def case_of(op, sample, dtype):
    given = (sample.input, sample.args, sample.kwargs)
    leaves = [t for t in tensors(given) if t.requires_grad]
    entry = {
        "dtype": str(dtype).removeprefix("torch."),
        "input": sample.input,
        "args": list(sample.args),
        "kwargs": dict(sample.kwargs),
    }
    if sample.broadcasts_input:
        entry["broadcasts"] = True
    # Encoded before the call: some ops change their arguments.
    entry = {k: encode(v) for k, v in entry.items()}
    if not entry["args"]:
        del entry["args"]
    if not sample.kwargs:
        del entry["kwargs"]
    result = call(op, sample)
    entry["out"] = encode(result)
    outs = [t for t in tensors(result) if differentiable(t) and t.requires_grad]
    if leaves and outs:
        if outs[0].grad_fn is not None:
            entry["grad_fn"] = outs[0].grad_fn.name().rpartition("::")[2]
        grads = torch.autograd.grad(outs, leaves, [weights(t) for t in outs], allow_unused=True)
        entry["grads"] = [encode(g) for g in grads]
    return entry


# Outputs that are vectors known up to a sign or phase: their sizes are compared, as the database does itself.
PHASE = {
    "linalg.eig": [1],
    "linalg.eigh": [1],
    "linalg.svd": [0, 2],
    "svd": [0, 2],
}


def call(op, sample):
    torch.manual_seed(42)
    random.seed(42)
    result = op(sample.input, *sample.args, **sample.kwargs)
    phase = PHASE.get(op.name)
    if phase is None or not isinstance(result, tuple):
        return result
    return tuple(t.abs() if i in phase else t for i, t in enumerate(result))


def cases_of(op, visit=lambda op, sample, dtype: None):
    cases, size = [], 0
    for dtype, count in COUNTS.items():
        if not op.supports_dtype(dtype, "cpu"):
            continue
        torch.manual_seed(7)
        random.seed(7)
        for sample in pick(op, dtype, count):
            with torch.random.fork_rng():
                visited = visit(op, sample, dtype)
            entry = case_of(op, sample, dtype)
            text = json.dumps(entry)
            # Complex numbers of two half floats are a type that only GPUs compute with; Cognate has none.
            if '"complex32"' in text:
                continue
            length = len(text)
            if cases and size + length > MOST_BYTES and dtype is torch.float32:
                continue
            size += length
            cases.append(entry if visited is None else visited)
    return cases


def describe(op):
    return {
        **({"phase": PHASE[op.name]} if op.name in PHASE else {}),
        "name": op.name,
        "variant": op.variant_test_name,
        "method": op.method_variant is not None,
        "inplace": op.inplace_variant is not None,
        "out": bool(op.supports_out),
    }


def main(lists):
    wanted = [
        line.strip()
        for f in lists
        for line in (pathlib.Path(f).read_text().splitlines() if str(f).endswith(".txt") else [str(f)])
    ]
    unwanted = {w[1:] for w in wanted if w.startswith("-")}
    wanted = {w for w in wanted if w and w[0] not in "#-"}
    (HERE / "cases").mkdir(exist_ok=True)
    found, total, bytes_ = set(), 0, 0
    for op in database.op_db:
        full = f"{op.name}:{op.variant_test_name}" if op.variant_test_name else op.name
        if not wanted & {op.name, full} or full in unwanted:
            continue
        found |= {op.name, full}
        try:
            cases = cases_of(op)
        except (RuntimeError, IndexError):
            # Some samples take slices that the small axes have not.
            set_sizes(LARGE)
            cases = cases_of(op)
            set_sizes(SMALL)
        path = HERE / "cases" / (full.replace(":", ".") + ".json")
        lines = ",\n".join(json.dumps(c, separators=(",", ":")) for c in [describe(op), *cases])
        path.write_text(f"[\n{lines}\n]\n")
        lock(path, "torch")
        total += len(cases)
        bytes_ += path.stat().st_size
    print(f"{total} cases, {bytes_} bytes; not in the database: {sorted(wanted - found)}")


if __name__ == "__main__":
    main(sys.argv[1:] or sorted(HERE.glob("names_*.txt")))
