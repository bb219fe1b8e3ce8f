"""Exported programs (.pt2): the archives, and what PyTorch computes with them."""

import io
import json
import pathlib
import sys
import warnings
import zipfile

import torch
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
from fixtures import distinct, lock, save  # noqa: E402

warnings.filterwarnings("ignore")


class Layers(nn.Module):
    """Shared weights, a constant, running statistics, recurrence, attention, in-place writes, nested results."""

    def __init__(self):
        super().__init__()
        self.bn, self.lstm, self.table = nn.BatchNorm1d(4), nn.LSTM(4, 3), nn.Embedding(5, 4)
        self.w = self.table.weight
        self.drop, self.attention = nn.Dropout(0.5), nn.MultiheadAttention(4, 2)
        self.c = torch.tensor([1.0, 2.5, 3.0, 4.0])
        self.register_buffer("hidden", torch.tensor([0.5, -1.0, 2.0, 1.0]), persistent=False)

    def forward(self, x, at, *, scale):
        y = self.bn(x) + self.table(at) * self.c + self.hidden
        o, (h, c) = self.lstm(y.unsqueeze(0))
        y = y * 1
        y[:, 0] = y[:, 0].clone() * 2
        parts = torch.chunk(y, 2, 1)
        z = y[:, 1:3]
        m = torch.where(z > 0, z, float("-inf"))
        a, _ = self.attention(y, y, y)
        n = x.shape[0] * 2 + 1
        return o, [h, c], {"p": parts[0].max(1).values, "m": m}, x.new_full((n // 2,), 1.5), a, torch.topk(y, 2)[0] * scale["by"], self.drop(y), y.to(torch.float64), y.int(), n


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(inplace=True), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(36, 5))
        self.layer = nn.TransformerEncoderLayer(4, 2, 8, batch_first=True)

    def forward(self, x, factor=2.0):
        y = self.net(x)
        return {"p": torch.softmax(y, 1), "q": (self.layer(y[None, :, :4]), x.view(x.size(0), -1).mean(1) * factor)}


class Branches(nn.Module):
    def forward(self, x):
        with torch.no_grad():
            y = x * 2
        return torch.cond(x.sum() > 0, lambda x: x.sin(), lambda x: x.cos(), (x,)) + y


def of(*shape, seed):
    return torch.tensor(distinct(shape, seed), dtype=torch.float32)


def weighted(x):
    """The floating-point tensors of a nested result, summed with a weight for each element."""
    if isinstance(x, torch.Tensor):
        return [(torch.where(torch.isfinite(x), x, 0) * ((torch.arange(x.numel()) % 7 + 1) / 8).to(x.dtype).view(x.shape)).sum()] if x.requires_grad else []
    values = x.values() if isinstance(x, dict) else x if isinstance(x, (list, tuple)) else []
    return [t for v in values for t in weighted(v)]


def write(program, name):
    """The archive without what names places of this machine: stack traces, and the sample inputs."""
    buffer = io.BytesIO()
    torch.export.save(program, buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(HERE / f"{name}.pt2", "w", zipfile.ZIP_STORED) as out:
        for info in source.infolist():
            data = source.read(info)
            if info.filename.endswith("models/model.json"):
                data = json.dumps(bare(json.loads(data)), separators=(",", ":")).encode()
            out.writestr(zipfile.ZipInfo(info.filename), data)
    lock(HERE / f"{name}.pt2", "torch")
    return torch.export.load(HERE / f"{name}.pt2")


def bare(x):
    if isinstance(x, dict):
        return {k: {} if k == "metadata" and "target" in x else bare(v) for k, v in x.items()}
    return [bare(v) for v in x] if isinstance(x, list) else x


CASES = []


def case(name, program, *inputs, **keywords):
    module = program.module()
    torch.manual_seed(3)
    out = module(*inputs, **keywords)
    # Decomposed graphs have operators that PyTorch does not differentiate.
    backward = name not in ("decomposed", "functional")
    sums = weighted(out) if backward else []
    if sums:
        sum(sums).backward()
    CASES.append({
        "name": f"{name} {len(CASES)}", "file": f"{name}.pt2", "inputs": list(inputs), "keywords": keywords, "out": out,
        "state": dict(program.state_dict), "gradients": {n: p.grad for n, p in module.named_parameters() if p.grad is not None} if backward else None,
    })


torch.manual_seed(0)
batch = torch.export.Dim("b", min=2, max=100)
shapes = {"x": {0: batch}, "at": {0: batch}, "scale": {"by": None}}
layers = torch.export.export(Layers(), (of(4, 4, seed=1), torch.tensor([0, 1, 2, 3])), {"scale": {"by": torch.tensor(1.5)}}, dynamic_shapes=shapes)
given = (of(5, 4, seed=2), torch.tensor([4, 0, 2, 2, 1]))
case("layers", write(layers, "layers"), *given, scale={"by": torch.tensor(0.5)})
plain = torch.export.export(Layers().eval(), (of(4, 4, seed=1), torch.tensor([0, 1, 2, 3])), {"scale": {"by": torch.tensor(1.5)}}, dynamic_shapes=shapes)
case("decomposed", write(plain.run_decompositions(), "decomposed"), *given, scale={"by": torch.tensor(0.5)})
trained = torch.export.export(Layers(), (of(4, 4, seed=1), torch.tensor([0, 1, 2, 3])), {"scale": {"by": torch.tensor(1.5)}})
case("functional", write(trained.run_decompositions({}), "functional"), of(4, 4, seed=5), torch.tensor([4, 0, 2, 1]), scale={"by": torch.tensor(0.5)})
net = torch.export.export(Net().eval(), (of(3, 1, 8, 8, seed=3),), dynamic_shapes=({0: batch},))
case("net", write(net, "net"), of(2, 1, 8, 8, seed=4))
branches = write(torch.export.export(Branches(), (of(3, seed=5),)), "branches")
case("branches", branches, of(3, seed=6) + 2)
case("branches", branches, of(3, seed=6) - 2)
save(__file__, CASES, "torch")
