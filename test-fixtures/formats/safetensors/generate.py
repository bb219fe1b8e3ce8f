"""Files that the safetensors library wrote, with what is in them."""

import pathlib
import sys

import numpy as np
import torch
from safetensors.torch import save_file

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import distinct, lock, save

HERE = pathlib.Path(__file__).resolve().parent
cases = []


def put(name, tensors, metadata=None):
    path = HERE / name
    save_file(tensors, path, metadata)
    lock(path, "safetensors")
    cases.append({"name": name, "value": tensors, "metadata": metadata})


TYPES = [torch.float64, torch.float32, torch.float16, torch.bfloat16, torch.int8, torch.int16, torch.int32, torch.int64]
TYPES += [torch.uint8, torch.uint16, torch.uint32, torch.uint64, torch.complex64]
dtypes = {str(d): torch.from_numpy(distinct((2, 3), i, low=0, high=120)).to(torch.float64).to(d) for i, d in enumerate(TYPES)}
dtypes["bool"] = torch.tensor([True, False, True])
dtypes["scalar"] = torch.tensor(1.5)
dtypes["empty"] = torch.zeros(0, 4)
put("dtypes.safetensors", dtypes, {"format": "pt"})
names = {n: torch.tensor([float(i)]) for i, n in enumerate(["b", "a", "ä", "🙂", "\uffff", "a.b", 'quote"\\', "Z"])}
put("names.safetensors", names)
save_file({"x": torch.tensor([1.0]).to(torch.float8_e4m3fn)}, HERE / "float8.safetensors")
lock(HERE / "float8.safetensors", "safetensors")
save(__file__, cases, "safetensors")
