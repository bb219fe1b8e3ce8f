"""What lines of torch.nn, torch.optim and torch.utils.data print, and what wrong calls raise."""

import pathlib
import sys
import warnings

import torch
import torch.nn.utils.prune
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))
sys.path.insert(0, str(HERE))
from fixtures import save
from programs import ERRORS, REPRS

warnings.simplefilter("ignore")


def attempt(code):
    try:
        eval(code, {"torch": torch, "nn": nn})
    except Exception as e:
        return {"class": type(e).__name__, "message": str(e)}
    raise AssertionError(f"{code} raises nothing")


cases = [{"line": ts, "out": str(eval(py, {"torch": torch, "nn": nn}))} for py, ts in REPRS]
cases += [{"line": ts, **attempt(py)} for py, ts in ERRORS]
save(__file__, cases, "torch")
