"""TorchScript programs, traced and scripted: the archives, and what PyTorch prints and computes with them."""

import io
import pathlib
import sys
import warnings
import zipfile
from typing import Dict, List, NamedTuple, Optional, Tuple

import torch
import torch.nn.functional as F
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
from fixtures import distinct, lock, save  # noqa: E402

warnings.filterwarnings("ignore")


class Pair(NamedTuple):
    first: torch.Tensor
    count: int


class Cell(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(4, 4)

    def forward(self, x, h: Optional[torch.Tensor] = None):
        if h is None:
            h = torch.zeros_like(x)
        y = torch.tanh(self.linear(x) + h)
        return y, y


class Flow(nn.Module):
    """Loops, branches, lists, dicts, optional values, texts, slices, calls of methods and of other modules."""

    __constants__ = ["n"]
    n: int

    def __init__(self):
        super().__init__()
        self.cell = Cell()
        self.n = 3
        self.blocks = nn.ModuleList([nn.Linear(4, 4) for _ in range(2)])
        self.conv = nn.Sequential(nn.Conv1d(1, 2, 3, padding=1), nn.BatchNorm1d(2), nn.ReLU(), nn.Dropout(0.1))
        self.lstm = nn.LSTM(4, 3, batch_first=True)
        self.names = ["a", "b"]
        self.scales = {"x": 1.5}
        self.mode = "fan"

    @torch.jit.export
    def helper(self, x, k: int) -> Tuple[int, List[float]]:
        out: List[float] = []
        for i in range(k):
            if i % 2 == 0:
                continue
            out.append(float(i) * 0.5)
        return k, out

    @torch.jit.export
    def pair(self, x) -> Pair:
        return Pair(x.sum(0), len(self.names))

    def forward(self, x):
        h: Optional[torch.Tensor] = None
        ys = []
        for i in range(self.n):
            x, h = self.cell(x, h)
            ys.append(x)
        for b in self.blocks:
            x = x + b(x)
        z = self.conv(x.unsqueeze(1))
        z = z * 2 if bool(z.sum() > 0) else -z
        o, (hn, cn) = self.lstm(torch.stack(ys, 1))
        k, numbers = self.helper(x, 2)
        text = f"n={k} of {self.names} {k / 4}"
        assert k == 2, "bad"
        while k < 5:
            k += 1
            if k == 4:
                break
        found: Dict[str, torch.Tensor] = {}
        found["z"] = z
        found["h"] = hn[0] * self.scales["x"]
        y = x.clone()
        y[0, 1:3] = 7.0
        y[:, 0] += 1
        return {"z": found["z"][:, 0, 1:], "o": o[..., -1], "l": torch.tensor(numbers), "w": x[x > 0], "y": y}, text, k // 2, cn.shape


class Network(nn.Module):
    """What is traced: a convolution net, recurrent nets, attention and reshaping by sizes."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(36, 5))
        self.gru = nn.GRU(5, 3, 2)
        self.attention = nn.MultiheadAttention(4, 2)
        self.layer = nn.TransformerEncoderLayer(4, 2, 8)

    def forward(self, x):
        y = self.net(x)
        a, _ = self.gru(y.unsqueeze(0))
        b = self.layer(y[:, :4].unsqueeze(0))
        c, w = self.attention(b, b, b)
        return torch.softmax(y, 1), a, b, x.view(x.size(0), -1).mean(), c, w


class Vae(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder, self.mu, self.log_var = nn.Linear(6, 5), nn.Linear(5, 2), nn.Linear(5, 2)
        self.decoder = nn.Sequential(nn.Linear(2, 5), nn.GELU(), nn.Linear(5, 6), nn.Sigmoid())
        self.register_buffer("steps", torch.tensor(0))

    def forward(self, x):
        if self.training:
            self.steps += 1
        h = F.leaky_relu(self.encoder(x), 0.2)
        mu, log_var = self.mu(h), self.log_var(h).clamp(-4.0, 4.0)
        z = mu + torch.randn_like(mu) * torch.exp(0.5 * log_var)
        y = self.decoder(z)
        loss = F.binary_cross_entropy(y, x, reduction="sum")
        kl = -0.5 * torch.sum(1 + log_var - mu.pow(2) - log_var.exp())
        return y, loss + kl


class Embedder(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(7, 4, padding_idx=0)
        self.norm = nn.LayerNorm(4)
        self.head = nn.Linear(4, 3, bias=False)

    def forward(self, ids, target: Optional[torch.Tensor] = None, weight: float = 1.0):
        mask = ids.ne(0)
        x = self.table(ids).masked_fill(~mask.unsqueeze(-1), 0.0)
        x = x.sum(1) / mask.sum(1, keepdim=True).clamp(min=1)
        logits = self.head(self.norm(x))
        if target is not None:
            return logits, weight * F.cross_entropy(logits, target, label_smoothing=0.1)
        return logits, logits.new_zeros(())


class Images(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.Upsample(scale_factor=2.0, mode="bilinear", align_corners=False)
        self.back = nn.ConvTranspose2d(2, 1, 3, stride=2, padding=1, output_padding=1)
        self.norm = nn.GroupNorm(1, 2)
        self.pool = nn.AdaptiveAvgPool2d((2, 3))

    def forward(self, x):
        a = F.pad(self.up(x), [1, 0, 0, 1], mode="reflect")
        b = F.interpolate(self.back(x), size=[5, 4], mode="nearest")
        c = torch.cat([F.avg_pool2d(self.norm(x), 2), self.pool(x)[..., :2]], dim=2)
        d = F.grid_sample(x, F.affine_grid(torch.tensor([[[1.0, 0.1, 0.0], [0.0, 0.9, 0.2]]]), [1, 2, 3, 3], align_corners=False), align_corners=False)
        return a, b, c, d, torch.einsum("bchw,bdhw->bcd", x, x), x.flatten(1).topk(3)[0]


def of(*shape, seed, low=-1.0):
    return torch.tensor(distinct(shape, seed, low=low), dtype=torch.float32)


def write(program, name, **extra):
    buffer = io.BytesIO()
    torch.jit.save(program, buffer, **extra)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(HERE / f"{name}.pt", "w", zipfile.ZIP_DEFLATED) as out:
        for info in source.infolist():
            # Debug records hold paths of the machine, and nothing that loading needs.
            if not info.filename.endswith(".debug_pkl"):
                out.writestr(zipfile.ZipInfo(info.filename), source.read(info))
    lock(HERE / f"{name}.pt", "torch")
    return torch.jit.load(HERE / f"{name}.pt")


CASES = []


def weighted(x):
    """The floating-point tensors of a nested result, summed with a weight for each element."""
    if isinstance(x, torch.Tensor):
        return [(x * ((torch.arange(x.numel()) % 7 + 1) / 8).to(x.dtype).view(x.shape)).sum()] if x.requires_grad else []
    values = x.values() if isinstance(x, dict) else x if isinstance(x, (list, tuple)) else []
    return [t for v in values for t in weighted(v)]


def case(name, program, *inputs, method=None, **keywords):
    loaded = torch.jit.load(HERE / f"{name}.pt") if name in WRITTEN else write(program, name)
    WRITTEN.add(name)
    torch.manual_seed(3)
    f = getattr(loaded, method) if method else loaded
    out = f(*inputs, **keywords)
    sums = weighted(out)
    if sums:
        sum(sums).backward()
    CASES.append({
        "name": f"{name}{f' · {method}' if method else ''} {len(CASES)}",
        "file": f"{name}.pt",
        "method": method,
        "inputs": list(inputs),
        "keywords": keywords,
        "print": str(loaded),
        "training": loaded.training if isinstance(loaded, nn.Module) else None,
        "state": dict(loaded.state_dict()) if isinstance(loaded, nn.Module) else {},
        "out": out,
        "gradients": {n: p.grad for n, p in loaded.named_parameters() if p.grad is not None} if isinstance(loaded, nn.Module) else {},
    })


WRITTEN = set()
torch.manual_seed(0)
flow = torch.jit.script(Flow().eval())
case("flow", flow, of(2, 4, seed=1))
case("flow", flow, of(2, 4, seed=2), 4, method="helper")
case("flow", flow, of(2, 4, seed=2), method="pair")
image = of(2, 1, 8, 8, seed=3)
traced = torch.jit.trace(Network().eval(), image)
case("network-traced", traced, of(2, 1, 8, 8, seed=4))
case("network-traced", traced, of(3, 1, 8, 8, seed=5))
case("vae", torch.jit.script(Vae()), of(3, 6, seed=6, low=0.0).abs())
embedder = torch.jit.script(Embedder())
ids = torch.tensor([[1, 2, 0], [3, 0, 0], [6, 5, 4]])
case("embedder", embedder, ids)
case("embedder", embedder, ids, target=torch.tensor([0, 2, 1]), weight=0.5)
case("images", torch.jit.script(Images().eval()), of(1, 2, 4, 4, seed=7))
case("images-traced", torch.jit.trace(Images().eval(), of(1, 2, 4, 4, seed=7), check_trace=False), of(1, 2, 4, 4, seed=8))
save(__file__, CASES, "torch")
