"""Layers: what they compute, their gradients and what they keep, in training and evaluation, and how they print."""

import pathlib
import sys
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
warnings.filterwarnings("ignore")

import torch
from fixtures import distinct, save
from samples import FAMILIES, samples
from torch.testing._internal.common_modules import module_db

HERE = pathlib.Path(__file__).resolve().parent


def settle(module, seed):
    """Weights and running statistics of which no two elements are equal."""
    with torch.no_grad():
        for i, (name, p) in enumerate(module.named_parameters()):
            p.copy_(torch.from_numpy(distinct(p.shape, seed + i)))
        for i, (name, b) in enumerate(module.named_buffers()):
            if name.startswith("running"):
                b.copy_(torch.from_numpy(distinct(b.shape, seed + 50 + i, low=0.5, high=2.0)))


def tensors(x):
    """The floating-point tensors of a nested result, in order."""
    if isinstance(x, torch.Tensor):
        return [x] if x.is_floating_point() else []
    if isinstance(x, torch.nn.utils.rnn.PackedSequence):
        return [x.data]
    if isinstance(x, (list, tuple)):
        return [t for v in x for t in tensors(v)]
    return []


def weighted_sum(outputs):
    """A number that every element of the outputs takes part in with a weight of its own."""
    return sum((t * ((torch.arange(t.numel()) % 7 + 1) / 8).to(t.dtype).view(t.shape)).sum() for t in outputs)


def leaves(x):
    if isinstance(x, torch.Tensor):
        return [x] if x.requires_grad else []
    if isinstance(x, (list, tuple)):
        return [t for v in x for t in leaves(v)]
    return []


def run(module, args, kwargs):
    """One forward and backward pass."""
    inputs = leaves(args) + leaves(list(kwargs.values()))
    for t in inputs:
        t.grad = None
    module.zero_grad()
    torch.manual_seed(5)
    out = module(*args, **kwargs)
    result = {"out": tuple(out) if isinstance(out, tuple) else out}
    differentiable = [t for t in tensors(out) if t.requires_grad]
    if differentiable:
        weighted_sum(differentiable).backward()
        result["inputs"] = [t.grad for t in inputs]
        result["parameters"] = {n: p.grad for n, p in module.named_parameters() if p.grad is not None}
    return result


def same(a, b):
    return len(a) == len(b) and all(torch.equal(x, y) for x, y in zip(a, b))


def case(name, number, args, kwargs, inputs, keywords):
    torch.manual_seed(3)
    module = getattr(torch.nn, name)(*args, **kwargs)
    lazy = name.startswith("Lazy")
    text = repr(module)
    if not lazy:
        module = module.double()
        settle(module, 10 * number)
        state = {k: v.clone() for k, v in module.state_dict().items()}
    else:
        module = module.double()
        torch.manual_seed(4)
        with torch.no_grad():
            module(*inputs, **keywords)
        settle(module, 10 * number)
        state = {k: v.clone() for k, v in module.state_dict().items()}
    before = {k: v.clone() for k, v in module.state_dict().items()}
    train = run(module, inputs, keywords)
    after = {k: v.clone() for k, v in module.state_dict().items() if not torch.equal(v, before[k])}
    module.load_state_dict(before)
    module.eval()
    evaluated = run(module, inputs, keywords)
    whole = lambda r: tensors(r["out"]) + tensors(r.get("inputs", [])) + list(r.get("parameters", {}).values())
    out = {
        "name": f"{name} {number}",
        "module": name,
        "args": args,
        "kwargs": kwargs,
        "repr": text,
        "state": state,
        "inputs": inputs,
        "keywords": keywords,
        "train": train,
        "after": after,
    }
    if not same(whole(train), whole(evaluated)):
        out["eval"] = evaluated
    return out


def packed(name):
    """Recurrent layers over sequences of different lengths."""
    rnn = torch.nn.utils.rnn
    for number, (kwargs, sort) in enumerate([({}, True), (dict(num_layers=2, bidirectional=True), False)]):
        torch.manual_seed(9)
        module = getattr(torch.nn, name)(3, 2, **kwargs).double()
        settle(module, 70 + number)
        x = torch.from_numpy(distinct((5, 3, 3), 80 + number)).requires_grad_()
        lengths = [5, 3, 2] if sort else [3, 5, 2]
        out, state = module(rnn.pack_padded_sequence(x, lengths, enforce_sorted=sort))
        padded, back = rnn.pad_packed_sequence(out)
        outputs = [padded, *(state if isinstance(state, tuple) else [state])]
        weighted_sum(outputs).backward()
        yield {
            "name": f"{name} packed {number}",
            "module": name,
            "kwargs": kwargs,
            "state": module.state_dict(),
            "x": x.detach(),
            "lengths": lengths,
            "sorted": sort,
            "data": out.data,
            "batch_sizes": out.batch_sizes,
            "padded": padded,
            "back": back,
            "states": outputs[1:],
            "dx": x.grad,
            "parameters": {n: p.grad for n, p in module.named_parameters()},
        }


for family, names in FAMILIES.items():
    cases = []
    for name in names.split():
        for number, sample in enumerate(samples(name)):
            cases.append(case(name, number, *sample))
    (HERE / family).mkdir(exist_ok=True)
    save(__file__, cases, "torch", f"{family}/cases.json")
save(__file__, [c for name in ("RNN", "GRU", "LSTM") for c in packed(name)], "torch", "rnn/packed.json")

# What the database has, for the test that everything in it has a fixture.
save(__file__, [{"name": "module_db", "modules": sorted({m.name.removeprefix("nn.") for m in module_db})}], "torch", "modules.json")

# What each layer with weights is made of under three seeds; layers that draw in forward only have nothing to show.
SEEDED = {
    "Linear": [[3, 4], [5, 2, False]], "Bilinear": [[2, 3, 4], [2, 2, 3, False]], "Conv1d": [[2, 3, 3]], "Conv2d": [[3, 4, 3], [4, 4, (2, 3), 1, 0, 1, 2]],
    "Conv3d": [[2, 3, 2]], "ConvTranspose1d": [[2, 3, 3]], "ConvTranspose2d": [[3, 4, 3], [4, 2, 2, 1, 0, 0, 2]], "ConvTranspose3d": [[2, 3, 2]],
    "BatchNorm1d": [[3]], "BatchNorm2d": [[3]], "BatchNorm3d": [[2]], "SyncBatchNorm": [[3]], "LayerNorm": [[4], [(2, 3), 1e-5, True, False]], "GroupNorm": [[2, 4]], "RMSNorm": [[3]],
    "InstanceNorm1d": [[3, 1e-5, 0.1, True, True]], "InstanceNorm2d": [[2, 1e-5, 0.1, True]], "InstanceNorm3d": [[2, 1e-5, 0.1, False, True]],
    "Embedding": [[5, 3], [4, 4, 1], [2, 2]], "EmbeddingBag": [[6, 3], [5, 2, None, 2.0, False, "sum", False, None, False, 1]], "PReLU": [[3], [1, 0.1]],
    "RNN": [[3, 4, 2]], "LSTM": [[3, 4], [2, 3, 2, True, False, 0.0, True, 2]], "GRU": [[3, 4, 1, True, False, 0.0, True]],
    "RNNCell": [[3, 4]], "LSTMCell": [[3, 4, False]], "GRUCell": [[3, 4]], "MultiheadAttention": [[4, 2], [4, 2, 0.0, True, True, False, 3, 5]],
    "TransformerEncoderLayer": [[4, 2, 6]], "TransformerDecoderLayer": [[4, 2, 6]], "Transformer": [[4, 2, 1, 1, 5], [4, 2, 2, 2, 5]],
    "AdaptiveLogSoftmaxWithLoss": [[6, 12, [3, 7]], [4, 9, [3], 2.0, True]], "LinearCrossEntropyLoss": [[3, 4]],
}
# Lazy layers, after the input of which they take their sizes.
LAZY = {
    "LazyLinear": ([4], (2, 3)), "LazyConv1d": ([3, 2], (1, 2, 4)), "LazyConv2d": ([3, 2], (1, 2, 4, 4)), "LazyConv3d": ([3, 2], (1, 2, 3, 3, 3)),
    "LazyConvTranspose1d": ([3, 2], (1, 2, 4)), "LazyConvTranspose2d": ([3, 2], (1, 2, 4, 4)), "LazyConvTranspose3d": ([3, 2], (1, 2, 3, 3, 3)),
    "LazyBatchNorm1d": ([], (2, 3)), "LazyBatchNorm2d": ([], (2, 3, 2, 2)), "LazyBatchNorm3d": ([], (2, 3, 2, 2, 2)),
    "LazyInstanceNorm1d": ([1e-5, 0.1, True, True], (2, 3, 4)), "LazyInstanceNorm2d": ([1e-5, 0.1, True, True], (2, 3, 2, 2)), "LazyInstanceNorm3d": ([1e-5, 0.1, True, True], (2, 3, 2, 2, 2)),
}
cases = []
for name, configurations in SEEDED.items():
    for number, args in enumerate(configurations):
        for seed in (0, 7, 12345):
            torch.manual_seed(seed)
            module = getattr(torch.nn, name)(*args)
            # One more draw shows that the stream stands where it should.
            cases.append({"name": f"{name} {number} seed {seed}", "module": name, "args": args, "seed": seed, "state": module.state_dict(), "next": torch.rand(2)})
for name, (args, shape) in LAZY.items():
    for seed in (0, 7, 12345):
        torch.manual_seed(seed)
        module = getattr(torch.nn, name)(*args)
        module(torch.zeros(shape))
        cases.append({"name": f"{name} seed {seed}", "module": name, "args": args, "shape": list(shape), "seed": seed, "state": module.state_dict(), "next": torch.rand(2)})
(HERE / "seeded").mkdir(exist_ok=True)
save(__file__, cases, "torch", "seeded/cases.json")

# Stacks are made of a layer; masks, causal hints, and the path without gradients that leaves padded places at zero.
nn = torch.nn
SQUARE = nn.Transformer.generate_square_subsequent_mask(3, dtype=torch.float64)
PADDING = torch.tensor([[False, False, True], [False, False, False]])
STACKS = [
    ("TransformerEncoder", dict(), dict(num_layers=2), dict()),
    ("TransformerEncoder", dict(batch_first=True, activation="gelu"), dict(num_layers=2, norm=True), dict(src_key_padding_mask=PADDING)),
    ("TransformerEncoder", dict(batch_first=True, norm_first=True), dict(num_layers=2, enable_nested_tensor=False), dict(mask=SQUARE, is_causal=True)),
    ("TransformerDecoder", dict(), dict(num_layers=2), dict()),
    ("TransformerDecoder", dict(batch_first=True, norm_first=True, bias=False), dict(num_layers=2, norm=True), dict(tgt_mask=SQUARE, memory_key_padding_mask=PADDING)),
]
cases = []
for number, (name, options, stack, keywords) in enumerate(STACKS):
    torch.manual_seed(20 + number)
    layer = getattr(nn, f"{name}Layer")(4, 2, 6, dropout=0.1, **options)
    norm = nn.LayerNorm(4) if stack.get("norm") else None
    module = getattr(nn, name)(layer, **{**stack, **({"norm": norm} if norm else {})}).double()
    text = repr(module)
    settle(module, 40 + number)
    state = {k: v.clone() for k, v in module.state_dict().items()}
    first = options.get("batch_first", False)
    inputs = [torch.from_numpy(distinct((2, 3, 4) if first else (3, 2, 4), 90 + number + i)).requires_grad_() for i in range(1 if "Encoder" in name else 2)]
    train = run(module, inputs, keywords)
    module.eval()
    evaluated = run(module, inputs, keywords)
    with torch.no_grad():
        plain = module(*inputs, **keywords)
    cases.append({"name": f"{name} {number}", "module": name, "layer": {"dropout": 0.1, **options}, "stack": stack, "keywords": keywords, "repr": text, "state": state, "inputs": inputs, "train": train, "eval": evaluated, "plain": plain})
save(__file__, cases, "torch", "transformer/stacks.json")
