"""Sums as NumPy adds them up, to the last bit. The numbers are made by a rule that the test repeats."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[4]))
from fixtures import save  # noqa: E402


def numbers(n):
    i = np.arange(n, dtype=np.uint64)
    unit = (i * 2654435761 % 2**32).astype(np.float64) / 2**32
    return (unit - 0.5) * 2.0 ** (i % 40).astype(np.float64)


cases = []
for n in (1, 7, 8, 9, 15, 127, 128, 129, 136, 300, 1000, 1024, 4099, 8192, 20011):
    cases.append({"name": f"a line of {n}", "shape": [n], "axis": None, "sum": np.asarray(np.sum(numbers(n)))})
for shape, axis in (((3, 200), 1), ((200, 3), 0), ((4, 5, 130), 2), ((4, 5, 130), 0), ((130, 7), None)):
    x = numbers(int(np.prod(shape))).reshape(shape)
    cases.append({"name": f"{shape} along {axis}", "shape": list(shape), "axis": axis, "sum": np.asarray(np.sum(x, axis=axis))})
save(__file__, cases, "numpy")
