"""Torch7 files, written from the layout that torch7's File.lua and Tensor.lua document: binary and ascii."""

import pathlib
import struct
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import distinct, lock  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
TYPES = {"float64": "Double", "float32": "Float", "int64": "Long", "int32": "Int", "int16": "Short", "int8": "Char", "uint8": "Byte"}


class Object:
    def __init__(self, typename, fields):
        self.typename, self.fields = typename, fields


class File:
    def __init__(self, binary):
        self.binary, self.out, self.known, self.storages = binary, b"", {}, {}

    def int(self, *vs):
        self.out += struct.pack(f"<{len(vs)}i", *vs) if self.binary else (" ".join(map(str, vs)) + "\n").encode()

    def long(self, *vs):
        self.out += struct.pack(f"<{len(vs)}q", *vs) if self.binary else (" ".join(map(str, vs)) + "\n").encode()

    def text(self, s):
        self.int(len(s))
        self.out += s.encode("latin1") + (b"" if self.binary else b"\n")

    def index(self, tag, v):
        self.int(tag)
        new = id(v) not in self.known
        self.known.setdefault(id(v), (len(self.known) + 1, v))
        self.int(self.known[id(v)][0])
        return new

    def write(self, v):
        if v is None:
            self.int(0)
        elif isinstance(v, bool):
            self.int(5)
            self.int(int(v))
        elif isinstance(v, (int, float)):
            self.int(1)
            self.out += struct.pack("<d", v) if self.binary else f"{v!r}\n".encode()
        elif isinstance(v, str):
            self.int(2)
            self.text(v)
        elif isinstance(v, dict):
            if self.index(3, v):
                self.int(len(v))
                for k, e in v.items():
                    self.write(k)
                    self.write(e)
        elif isinstance(v, np.ndarray):
            self.tensor(v)
        elif self.index(4, v):
            self.text("V 1")
            self.text(v.typename)
            self.write(v.fields)

    def tensor(self, v):
        if not self.index(4, v):
            return
        base = v if v.base is None else v.base
        name = TYPES[str(v.dtype)]
        self.text("V 1")
        self.text(f"torch.{name}Tensor")
        self.int(v.ndim)
        self.long(*v.shape)
        self.long(*[s // v.itemsize for s in v.strides])
        self.long((v.__array_interface__["data"][0] - base.__array_interface__["data"][0]) // v.itemsize + 1)
        key = self.storages.setdefault(id(base), Object("storage", None))
        if self.index(4, key):
            self.text("V 1")
            self.text(f"torch.{name}Storage")
            flat = base.reshape(-1)
            self.long(flat.size)
            self.out += flat.tobytes() if self.binary else (" ".join(repr(x.item()) for x in flat) + "\n").encode()


base = distinct((3, 4), 1)
shared = base[1:, ::2]
linear = Object(
    "nn.Linear",
    {"weight": distinct((2, 3), 2), "bias": distinct((2,), 3), "gradWeight": distinct((2, 3), 4), "gradBias": distinct((2,), 5), "train": True,
     "output": distinct((1,), 6), "gradInput": distinct((1,), 7)},
)
mlp = Object("nn.Sequential", {"modules": {1: linear, 2: Object("nn.Tanh", {"train": True})}, "train": True})
table = {"x": 1.5, "whole": 7, "yes": True, "name": "torch", "list": {1: 1.0, 2: 2.0, 3: 3.0}}
table["again"] = table["list"]
everything = {
    "base": base, "view": shared, "table": table, "model": mlp,
    **{name: np.arange(1, 7, dtype=dtype).reshape(2, 3) for dtype, name in TYPES.items()},
}
for binary, name in ((True, "everything.t7"), (False, "everything.ascii.t7")):
    f = File(binary)
    f.write(everything)
    (HERE / name).write_bytes(f.out)
    lock(HERE / name, "numpy")
    print(name, len(f.out))
