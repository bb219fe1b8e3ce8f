"""A TorchScript program with inner modules, a buffer, typed lists and an extra file, and what PyTorch says is in it."""

import io
import pathlib
import sys
import zipfile

import torch
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))
from fixtures import distinct, lock, save  # noqa: E402


class Block(nn.Module):
    def __init__(self, n: int):
        super().__init__()
        self.sizes = [n, 2 * n]
        self.linear = nn.Linear(n, 2 * n)
        self.register_buffer("shift", torch.tensor(distinct((2 * n,), n), dtype=torch.float64))

    def forward(self, x):
        return torch.tanh(self.linear(x)) + self.shift.to(torch.float32)


class Program(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = torch.jit.script(Block(3))
        self.second = Block(6)
        self.head = nn.Sequential(nn.ReLU(), nn.Linear(12, 2))

    def forward(self, x):
        return self.head(self.second(self.first(x))) * torch.tensor([1.5, -2.5])


torch.manual_seed(1)
program = torch.jit.trace(Program(), torch.tensor(distinct((4, 3), 9), dtype=torch.float32))
scripted = torch.jit.script(program)
buffer = io.BytesIO()
torch.jit.save(scripted, buffer, _extra_files={"labels.txt": "no\nyes"})
with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(HERE / "program.pt", "w", zipfile.ZIP_DEFLATED) as out:
    for info in source.infolist():
        # Debug records hold paths of the machine, and nothing that loading needs.
        if not info.filename.endswith(".debug_pkl"):
            out.writestr(zipfile.ZipInfo(info.filename), source.read(info))
loaded = torch.jit.load(HERE / "program.pt")
lock(HERE / "program.pt", "torch")
x = torch.tensor(distinct((4, 3), 9), dtype=torch.float32)
save(
    __file__,
    [
        {
            "name": "program",
            "print": str(loaded),
            "state": dict(loaded.state_dict()),
            "input": x,
            "output": loaded(x).detach(),
        }
    ],
    "torch",
)
