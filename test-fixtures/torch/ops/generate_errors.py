"""What PyTorch's op database knows to be refused: the arguments, and the class and message of the error.

Left out are calls whose error comes from two tensors that share memory (a file holds no such pair), those of tensors with
more axes than a file should hold, and those that only other machines raise. Writes `errors.json`.
"""

import json
import pathlib
import sys
import warnings

import torch
from torch.testing._internal import common_methods_invocations as database

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
from fixtures import encode, lock  # noqa: E402

warnings.simplefilter("ignore")

LONGEST = 4700
ELSEWHERE = ("single memory location", "up to 64 dims", "Jiterator")


def leave_out(name):
    return name.startswith(("_", "sparse", "torch.ops", "jiterator"))


entries = []
for op in database.op_db:
    if leave_out(op.name) or op.error_inputs_func is None:
        continue
    full = f"{op.name}:{op.variant_test_name}" if op.variant_test_name else op.name
    for number, given in enumerate(op.error_inputs("cpu")):
        sample = given.sample_input
        if any(torch.is_tensor(t) and t.numel() > 5000 for t in (sample.input, *sample.args)):
            continue
        try:
            entry = {"name": f"{full} {number}", "op": op.name, "input": encode(sample.input), "args": [encode(a) for a in sample.args]}
            if sample.kwargs:
                entry["kwargs"] = encode(dict(sample.kwargs))
        except (TypeError, NotImplementedError):
            continue
        try:
            op(sample.input, *sample.args, **sample.kwargs)
        except Exception as e:  # noqa: BLE001
            entry["error"] = {"$error": type(e).__name__, "message": str(e)}
        if "error" not in entry or any(text in entry["error"]["message"] for text in ELSEWHERE):
            continue
        if len(json.dumps(entry)) < LONGEST:
            entries.append(entry)
path = HERE / "errors.json"
path.write_text("[\n" + ",\n".join(json.dumps(e, separators=(",", ":")) for e in entries) + "\n]\n")
lock(path, "torch")
print(len(entries), path.stat().st_size)
