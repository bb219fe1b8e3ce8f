"""Hostile and broken files, and state dicts that do not fit: what PyTorch and safetensors say of them."""

import base64
import io
import os
import pathlib
import pickle
import struct
import sys
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

import safetensors.torch
import torch
from fixtures import distinct, save


def saved(obj):
    f = io.BytesIO()
    torch.save(obj, f)
    return f.getvalue()


def with_pickle(data):
    """A file of torch.save whose pickle is another one."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved({"a": torch.ones(2)}))) as old, zipfile.ZipFile(out, "w") as new:
        for item in old.infolist():
            new.writestr(item, data if item.filename.endswith("data.pkl") else old.read(item))
    return out.getvalue()


class Attack:
    def __init__(self, f, *args):
        self.call = (f, args)

    def __reduce__(self):
        return self.call


whole = saved({"weight": torch.from_numpy(distinct((3, 4), 1)), "bias": torch.from_numpy(distinct((3,), 2))})
system = with_pickle(pickle.dumps(Attack(os.system, "echo executed"), protocol=2))
evaluated = with_pickle(pickle.dumps({"a": Attack(eval, "1+1")}, protocol=2))
FILES = {
    "zip cut in half": whole[: len(whole) // 2],
    "zip without its last bytes": whole[:-10],
    "empty": b"",
    "text": b"hello, this is no checkpoint",
    "pickle that calls os.system": system,
    "pickle that calls eval": evaluated,
    "legacy pickle that calls os.system": pickle.dumps(Attack(os.system, "echo executed"), protocol=2),
}

cases = []
for name, data in FILES.items():
    try:
        torch.load(io.BytesIO(data), weights_only=True)
    except Exception as e:
        cases.append(
            {"name": name, "reader": "torch", "bytes": base64.b64encode(data).decode(), "error": type(e).__name__, "message": str(e)}
        )

tensor = safetensors.torch.save({"a": torch.ones(2)})
SAFETENSORS = {
    "header of 2^60 bytes": struct.pack("<Q", 2**60) + b"{}",
    "header longer than the file": struct.pack("<Q", 1000) + b"{}",
    "header that is no JSON": struct.pack("<Q", 4) + b"{abc",
    "file cut before its numbers": tensor[:-4],
    "shorter than a header's length": b"abc",
    "a tensor of 2^60 bytes": (
        lambda h: struct.pack("<Q", len(h)) + h
    )(b'{"a":{"dtype":"F32","shape":[288230376151711744],"data_offsets":[0,1152921504606846976]}}'),
}
for name, data in SAFETENSORS.items():
    try:
        safetensors.torch.load(data)
    except Exception as e:
        cases.append(
            {"name": name, "reader": "safetensors", "bytes": base64.b64encode(data).decode(), "error": type(e).__name__, "message": str(e)}
        )

model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.BatchNorm1d(3))
state = {k: v.clone() for k, v in model.state_dict().items()}
CHANGES = {
    "a missing key": lambda s: s.pop("0.bias"),
    "two missing keys": lambda s: (s.pop("0.bias"), s.pop("1.weight")),
    "an unexpected key": lambda s: s.update({"2.weight": torch.ones(1)}),
    "a wrong shape": lambda s: s.update({"0.weight": torch.ones(3, 5)}),
    "all of these": lambda s: (s.pop("0.bias"), s.update({"other": torch.ones(1), "1.bias": torch.ones(4)})),
    "no tensor": lambda s: s.update({"0.bias": 3}),
}
for name, change in CHANGES.items():
    changed = dict(state)
    change(changed)
    try:
        model.load_state_dict(changed)
    except Exception as e:
        cases.append(
            {
                "name": f"state dict with {name}",
                "reader": "state dict",
                "state": {k: v for k, v in changed.items()},
                "error": type(e).__name__,
                "message": str(e),
            }
        )
    try:
        result = str(model.load_state_dict(changed, strict=False))
        cases[-1]["lax"] = result
    except Exception as e:
        cases[-1]["lax error"] = str(e)

save(__file__, cases, "torch")
