"""What PyTorch says to a state dict with a missing, an unexpected and a wrongly shaped key, and pickles that name what
they should not: commands, evaluation, attributes of objects."""

import builtins
import os
import pathlib
import pickle
import sys

import torch

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
sys.path.insert(0, str(HERE.parent / "demo"))
import fixtures  # noqa: E402
from generate_torch import DigitsCNN  # noqa: E402


class Calls:
    def __init__(self, function, *args):
        self.call = (function, args)

    def __reduce__(self):
        return self.call


def error(run):
    try:
        run()
    except Exception as e:
        return e
    raise AssertionError("no error")


def main():
    state = DigitsCNN().state_dict()
    state["fc3.weight"] = state.pop("fc2.bias")
    state["conv1.weight"] = torch.ones(8, 1, 5, 5)
    cases = [
        {"name": "state dict", "error": error(lambda: DigitsCNN().load_state_dict(state))},
        {"name": "state dict, not strict", "error": error(lambda: DigitsCNN().load_state_dict(state, strict=False))},
    ]
    command = "echo hacked > hacked"
    for name, call in [
        ("os.system", Calls(os.system, command)),
        ("eval", Calls(builtins.eval, "1 + 1")),
        ("getattr", Calls(getattr, "text", "upper")),
    ]:
        path = HERE / f"{name}.pt"
        torch.save({"weight": torch.ones(2), "evil": call}, path)
        fixtures.lock(path, "torch")
        cases.append({"name": name, "error": error(lambda: torch.load(path))})
    (HERE / "os.system.pkl").write_bytes(pickle.dumps({"evil": Calls(os.system, command)}, protocol=4))
    fixtures.lock(HERE / "os.system.pkl", "python")
    fixtures.save(__file__, cases, "torch", "torch.json")


main()
