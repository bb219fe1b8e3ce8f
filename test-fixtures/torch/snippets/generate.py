"""What lines of PyTorch print, and the class and message of what wrong calls raise."""

import pathlib
import sys
import warnings

import torch
from torch import nn

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
sys.path.insert(0, str(HERE))
from fixtures import save
from programs import SNIPPETS, WRONG

warnings.simplefilter("ignore")


def attempt(code):
    try:
        eval(code, {"torch": torch, "nn": nn})
    except Exception as e:
        return {"class": type(e).__name__, "message": str(e)}
    raise AssertionError(f"{code} raises nothing")


cases = [{"line": ts, "out": str(eval(py, {"torch": torch, "nn": nn}))} for py, ts in SNIPPETS]
cases += [{"line": ts, **attempt(py)} for py, ts in WRONG]
save(__file__, cases, "torch")
