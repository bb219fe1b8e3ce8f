"""What programs print in PyTorch, and what they raise at last, with their translations: programs/*.py, parts of a file divided by "# --"."""

import contextlib
import io
import pathlib
import re
import sys
import warnings

import torch

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))
sys.path.insert(0, str(HERE))
from fixtures import save
from translate import translate

warnings.simplefilter("ignore")


def fresh():
    torch.set_printoptions(profile="default")
    torch.set_printoptions(sci_mode=None)
    torch.set_default_dtype(torch.float32)
    torch.set_grad_enabled(True)
    torch.manual_seed(0)
    return {"torch": torch, "nn": torch.nn, "F": torch.nn.functional, "D": torch.distributions, "fwAD": torch.autograd.forward_ad}


def case(name, source):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        program, error = translate(source, fresh())
    raised = {"class": type(error).__name__, "message": str(error)} if error is not None else {}
    return {"name": name, "program": program, "out": re.sub("0x[0-9a-f]+", "0x0", out.getvalue()), **raised}


def parts(path):
    blocks = [b.strip("\n") for b in path.read_text().split("# --\n")]
    return [(f"{path.stem} {i + 1}", b) for i, b in enumerate(b for b in blocks if b.strip())]


def wrong(path):
    lines = [x for x in path.read_text().split("\n") if x.strip() and not x.startswith("#")]
    return [(f"{path.stem} {i + 1}", x) for i, x in enumerate(lines)]


if __name__ == "__main__":
    cases = []
    for path in sorted((HERE / "programs").glob("*.py")):
        for name, source in (wrong if path.stem.startswith("wrong") else parts)(path):
            c = case(name, source)
            if path.stem.startswith("wrong") and "class" not in c:
                print(f"! {source} raises nothing", file=sys.stderr)
                continue
            if not path.stem.startswith("wrong") and "class" in c:
                print(f"! {name} raises {c['class']}: {c['message']}", file=sys.stderr)
            cases.append(c)
    save(__file__, cases, "torch")
