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

# What each layer with weights is made of under three seeds; layers that draw in forward only have nothing to show.
SEEDED = {
    "Linear": [[3, 4], [5, 2, False]], "Bilinear": [[2, 3, 4]], "Conv1d": [[2, 3, 3]], "Conv2d": [[3, 4, 3], [4, 4, (2, 3), 1, 0, 1, 2]],
    "Conv3d": [[2, 3, 2]], "ConvTranspose1d": [[2, 3, 3]], "ConvTranspose2d": [[3, 4, 3]], "ConvTranspose3d": [[2, 3, 2]],
    "BatchNorm1d": [[3]], "BatchNorm2d": [[3]], "LayerNorm": [[4], [(2, 3), 1e-5, True, False]], "GroupNorm": [[2, 4]], "RMSNorm": [[3]],
    "InstanceNorm1d": [[3, 1e-5, 0.1, True, True]], "Embedding": [[5, 3], [4, 4, 1], [2, 2]], "EmbeddingBag": [[6, 3]], "PReLU": [[3]],
    "RNN": [[3, 4, 2]], "LSTM": [[3, 4], [2, 3, 2, True, False, 0.0, True, 2]], "GRU": [[3, 4, 1, True, False, 0.0, True]],
    "RNNCell": [[3, 4]], "LSTMCell": [[3, 4, False]], "GRUCell": [[3, 4]], "MultiheadAttention": [[4, 2], [4, 2, 0.0, True, True, False, 3, 5]],
    "TransformerEncoderLayer": [[4, 2, 6]], "TransformerDecoderLayer": [[4, 2, 6]], "Transformer": [[4, 2, 1, 1, 5]],
}
cases = []
for name, configurations in SEEDED.items():
    for number, args in enumerate(configurations):
        for seed in (0, 7, 12345):
            torch.manual_seed(seed)
            module = getattr(torch.nn, name)(*args)
            # One more draw shows that the stream stands where it should.
            cases.append({"name": f"{name} {number} seed {seed}", "module": name, "args": args, "seed": seed, "state": module.state_dict(), "next": torch.rand(2)})
(HERE / "seeded").mkdir(exist_ok=True)
save(__file__, cases, "torch", "seeded/cases.json")
