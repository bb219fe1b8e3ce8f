"""Files that torch.save wrote, new and old, with what is in them."""

import collections
import io
import pathlib
import pickle
import struct
import sys
import tarfile
import zipfile

import numpy as np
import torch
from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import distinct, lock, save

HERE = pathlib.Path(__file__).resolve().parent
cases = []
# Old files hold the source of each module's class and the path of its file: here a stand-in for both.
torch.serialization.get_source_lines_and_file = lambda cls: ([f"class {cls.__name__}: ...\n"], 1, f"{cls.__name__}.py")


def put(name, value, expect=None, **options):
    path = HERE / name
    torch.save(value, path, **options)
    lock(path, "torch")
    if expect is not None:
        cases.append({"name": name, "value": expect})


def filled(module, seed):
    """Weights of which no two elements of a tensor are equal."""
    with torch.no_grad():
        for i, (_, t) in enumerate(module.state_dict().items()):
            if t.is_floating_point():
                t.copy_(torch.from_numpy(distinct(tuple(t.shape), seed + i)).to(t.dtype))
    return module


# Every element type, no two elements alike.
FLOATS = [torch.float64, torch.float32, torch.float16, torch.bfloat16]
INTS = [torch.int8, torch.int16, torch.int32, torch.int64, torch.uint8, torch.uint16, torch.uint32, torch.uint64]
dtypes = {str(d).removeprefix("torch."): torch.from_numpy(distinct((2, 3), i)).to(d) for i, d in enumerate(FLOATS)}
for i, d in enumerate(INTS):
    info = torch.iinfo(d)
    low, high = max(info.min, -(2**53)), min(info.max, 2**53)
    dtypes[str(d).removeprefix("torch.")] = torch.from_numpy(distinct((2, 3), 20 + i, low=low, high=high)).to(torch.int64).to(d)
dtypes["int64 limits"] = torch.tensor([-(2**63), 2**63 - 1])
dtypes["bool"] = torch.tensor([[True, False, True]])
dtypes["complex64"] = torch.complex(torch.tensor([1.0, 2.5]), torch.tensor([-3.0, 4.25]))
dtypes["complex128"] = torch.complex(torch.tensor([1.0, 2.5]).double(), torch.tensor([-3.0, 0.1]).double())
put("dtypes.pt", dtypes, dtypes)
put("dtypes.pth", dtypes, dtypes, _use_new_zipfile_serialization=False)

# Views of one storage.
base = torch.from_numpy(distinct((4, 6), 1, np.float32))
z = torch.complex(torch.tensor([1.0, 2.0]), torch.tensor([3.0, -4.0]))
views = {
    "base": base,
    "row": base[1],
    "columns": base[:, ::2],
    "transposed": base.t(),
    "inner": base[1:3, 2:5],
    "expanded": base[0, 0].expand(3, 2),
    "scalar": torch.tensor(2.5),
    "empty": torch.zeros(0, 3),
    "alone": base[2].clone(),
    "conjugate": z.conj(),
    "negative": torch._neg_view(torch.tensor([1.0, -2.0])),
    "grad": torch.tensor([1.5], requires_grad=True),
}
plain = {k: v.detach().resolve_conj().resolve_neg() for k, v in views.items()}
put("views.pt", views, plain)
old = {k: v for k, v in views.items() if k not in ("conjugate", "negative")}
put("views.pth", old, {k: plain[k] for k in old}, _use_new_zipfile_serialization=False)

# Everything that a checkpoint may hold besides tensors.
nested = {
    "list": [1, 2.5, 3.0, "text", None, True, [[], ()]],
    "tuple": (1, (2, [3]), torch.tensor([4, 5])),
    "big": 2**60,
    7: "an integer key",
    "ordered": collections.OrderedDict([("b", 1), ("a", torch.tensor(6))]),
    "size": torch.Size([2, 3]),
    "dtype": torch.float16,
    "complex": 1 + 2j,
}
more = {
    **nested,
    "device": torch.device("cpu"),
    "cuda": torch.device("cuda", 1),
    "parameter": nn.Parameter(torch.tensor([7.0, 8.0])),
    "frozen": nn.Parameter(torch.tensor([9.0]), requires_grad=False),
    "bytes": b"\x00\xff",
    "bytearray": bytearray(b"\x01\xfe"),
    "set": {5},
    "counter": collections.Counter("aab"),
    "layout": torch.strided,
}
attributed = nn.Parameter(torch.tensor([10.0]))
attributed.note = "kept"
more["attributed"] = attributed
put("nested.pt", more, nested)
put("nested.pth", more, nested, _use_new_zipfile_serialization=False)
put("protocol4.pt", nested, nested, pickle_protocol=4)


# A state dict, a resumable checkpoint, whole modules.
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 2, 3)
        self.norm = nn.BatchNorm2d(2)
        self.fc = nn.Linear(8, 3)
        self.register_buffer("scale", torch.tensor(0.5))
        self.note = {"kept": [1, 2]}

    def forward(self, x):
        return self.fc(torch.relu(self.norm(self.conv(x))).flatten(1)) * self.scale


net = filled(Net(), 40)
before = {k: v.clone() for k, v in net.state_dict().items()}
put("state_dict.pt", net.state_dict(), before)
put("state_dict.pth", net.state_dict(), before, _use_new_zipfile_serialization=False)

optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 2)
net(torch.from_numpy(distinct((2, 1, 4, 4), 3, np.float32))).sum().backward()
optimizer.step()
scheduler.step()
put(
    "checkpoint.pt",
    {"epoch": 3, "model": net.state_dict(), "optimizer": optimizer.state_dict(), "scheduler": scheduler.state_dict()},
    {"epoch": 3, "lr": optimizer.param_groups[0]["lr"], "exp_avg": optimizer.state_dict()["state"][0]["exp_avg"]},
)
for p in net.parameters():
    p.grad = None
put("module.pt", net, dict(net.state_dict()))
put("module.pth", net, dict(net.state_dict()), _use_new_zipfile_serialization=False)
put("sequential.pt", filled(nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1)), 60), None)

put(
    "numpy.pt",
    {
        "array": distinct((2, 3), 5, np.float32),
        "fortran": np.asfortranarray(distinct((2, 3), 6)),
        "big": distinct((3,), 7, ">f8"),
        "scalar": np.float64(0.25),
        "int": np.int32(7),
        "dtype": np.dtype("float32"),
    },
    {"array": distinct((2, 3), 5, np.float32), "fortran": distinct((2, 3), 6), "big": distinct((3,), 7)},
)

# Refused with words of its own.
put("quantized.pt", {"q": torch.quantize_per_tensor(torch.tensor([0.5, 1.0]), 0.1, 2, torch.quint8)})
put("sparse.pt", {"s": torch.tensor([[0.0, 1.0]]).to_sparse()})
script = io.BytesIO()
torch.jit.save(torch.jit.script(nn.Linear(2, 1)), script)
with zipfile.ZipFile(script) as program, zipfile.ZipFile(HERE / "script.pt", "w") as out:
    for info in program.infolist():
        # Debug records hold paths of the machine, and nothing that loading needs.
        if not info.filename.endswith(".debug_pkl"):
            out.writestr(zipfile.ZipInfo(info.filename), program.read(info))
torch.jit.load(HERE / "script.pt")
lock(HERE / "script.pt", "torch")

# From a machine of the other byte order: the numbers turned around, and a record that says so.
source = zipfile.ZipFile(HERE / "dtypes.pt")
order = {str(i): t for i, t in enumerate(dtypes.values())}
with zipfile.ZipFile(HERE / "big_endian.pt", "w") as out:
    for info in source.infolist():
        data = source.read(info)
        name = info.filename.split("/", 1)[1]
        if name == "byteorder":
            data = b"big"
        elif name.startswith("data/"):
            t = order[name.removeprefix("data/")]
            # Untyped storages (uint16, uint32, uint64) stay as they are: PyTorch does not know what to turn around.
            if t.dtype not in (torch.uint16, torch.uint32, torch.uint64):
                width = t.element_size() // (2 if t.is_complex() else 1)
                data = np.frombuffer(data, np.uint8).reshape(-1, width)[:, ::-1].tobytes()
        out.writestr(zipfile.ZipInfo(f"archive/{name}"), data)
lock(HERE / "big_endian.pt", "torch")
loaded = torch.load(HERE / "big_endian.pt")
assert all(torch.equal(loaded[k], dtypes[k]) for k in dtypes)
cases.append({"name": "big_endian.pt", "value": dtypes})

# The tar container of PyTorch before 0.1.10, which nothing writes any more: built after torch's own reader of it.
state = {"w": torch.from_numpy(distinct((2, 3), 8, np.float32)), "b": torch.from_numpy(distinct((3,), 9))}
state["part"] = state["w"][1]


def storage_file():
    f = io.BytesIO()
    pickle.dump(2, f, 2)
    for key, cls, t in [(11, torch.FloatStorage, state["w"]), (12, torch.DoubleStorage, state["b"])]:
        pickle.dump((key, "cpu", cls), f, 2)
        f.write(struct.pack("<q", t.numel()) + t.numpy().tobytes())
    pickle.dump([(13, 11, 3, 3)], f, 2)
    return f.getvalue()


def tensor_file():
    f = io.BytesIO()
    pickle.dump(3, f, 2)
    for key, storage, t, cls in [
        (21, 11, state["w"], torch.FloatTensor),
        (22, 12, state["b"], torch.DoubleTensor),
        (23, 13, state["part"], torch.FloatTensor),
    ]:
        pickle.dump((key, storage, cls), f, 2)
        n = t.dim()
        f.write(struct.pack("<i4x", n) + struct.pack(f"<{2 * n}q", *t.shape, *t.stride()) + struct.pack("<q", 0))
    return f.getvalue()


class Ids(pickle.Pickler):
    def persistent_id(self, obj):
        return {id(state["w"]): "21", id(state["b"]): "22", id(state["part"]): "23"}.get(id(obj))


pickled = io.BytesIO()
Ids(pickled, 2).dump(state)
with tarfile.open(HERE / "tar.pth", "w:", format=tarfile.PAX_FORMAT) as tar:
    for name, data in [
        ("sys_info", pickle.dumps({"protocol_version": 1000, "little_endian": True}, 2)),
        ("pickle", pickled.getvalue()),
        ("tensors", tensor_file()),
        ("storages", storage_file()),
    ]:
        info = tarfile.TarInfo(name)
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
lock(HERE / "tar.pth", "torch")
loaded = torch.load(HERE / "tar.pth", weights_only=False)
assert all(torch.equal(loaded[k], state[k]) for k in state)
cases.append({"name": "tar.pth", "value": state})

from torch._weights_only_unpickler import _get_allowed_globals

cases.append({"name": "allowed globals", "globals": sorted(_get_allowed_globals())})
save(__file__, cases, "torch")
