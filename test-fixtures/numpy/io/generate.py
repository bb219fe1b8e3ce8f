"""Files: .npy and .npz byte by byte, and numbers as text."""

import io
import pathlib
import sys
import warnings

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import KINDS, arr  # noqa: E402
from fixtures import save  # noqa: E402

warnings.simplefilter("ignore")


def octets(b):
    return np.frombuffer(b, np.uint8)


def run(f):
    try:
        return f()
    except Exception as e:
        return e


arrays = [arr((2, 3), d) for d in KINDS + ["float16", "complex64", "uint64"]] + [np.array(3.5), np.zeros((0, 2)), np.asfortranarray(arr((2, 3))), arr((1,) * 5, "int8")]
npy = []
for a in arrays:
    b = io.BytesIO()
    np.save(b, a)
    npy.append([a, bool(a.flags.f_contiguous and not a.flags.c_contiguous), octets(b.getvalue())])
npz = []
for f in (np.savez, np.savez_compressed):
    b = io.BytesIO()
    f(b, arr((3,)), second=arr((2, 2), "int64"))
    npz.append(octets(b.getvalue()))
big = io.BytesIO()
np.save(big, np.arange(3, dtype=">i4"))

TEXTS = ["1 2 3\n4 5 6\n", "1,2.5,-3e2\n4,5,6\n", "# head\n1 2 # tail\n\n3 4\n", "1\n2\n3\n", "7", "", "1 2\n3\n", "1 a\n", "a,b\n1,2\n3,4\n", "1;2;3", "nan inf -inf\n", "1+2j (3-1j)\n", "0x10 2\n", "1,,3\n4,5,\n", "  1   2\n 3 4 \n", "9007199254740993 1\n", "1.5\n", "-- 2\n3 --\n"]
CALLS = [{}, dict(delimiter=","), dict(dtype="int64"), dict(skiprows=1), dict(usecols=(0,)), dict(usecols=[1, 0]), dict(unpack=True), dict(ndmin=2), dict(max_rows=1), dict(comments=None), dict(delimiter=";"), dict(dtype="complex128"), dict(ndmin=1), dict(dtype="float32"), dict(delimiter=",", skiprows=1), dict(usecols=5)]
load, gen = [], []
for t in TEXTS:
    for kw in CALLS:
        y = run(lambda: np.loadtxt(io.StringIO(t), **kw))
        load.append([t, kw, y])
GEN = [{}, dict(delimiter=","), dict(delimiter=",", filling_values=-9), dict(dtype="int64"), dict(skip_header=1), dict(skip_header=1, delimiter=","), dict(missing_values="--", filling_values=7), dict(usecols=(0,)), dict(unpack=True), dict(skip_footer=1), dict(max_rows=1), dict(invalid_raise=False)]
for t in TEXTS:
    for kw in GEN:
        y = run(lambda: np.genfromtxt(io.StringIO(t), **kw))
        gen.append([t, kw, y])
out = []
for a in (arr((2, 3)), arr((3,)), arr((2, 2), "int64"), arr((2, 2), "complex128"), np.array([[np.nan, np.inf]]), arr((2, 3), "float32"), np.zeros((2, 2, 2)), np.array(3.0)):
    for kw in ({}, dict(fmt="%.3f"), dict(fmt="%d"), dict(delimiter=","), dict(header="a b", footer="end"), dict(newline=";"), dict(fmt=["%d", "%.1f", "%g"]), dict(header="x\ny", comments="// "), dict(fmt="%10.5e", delimiter=" | "), dict(fmt="%g,%g")):
        b = io.BytesIO()
        y = run(lambda: np.savetxt(b, a, **kw))
        out.append([a, kw, y if y is not None else b.getvalue().decode()])
strings = [[s, kw, run(lambda: np.fromstring(s, **kw))] for s in ("1 2 3", "1,2,3", "1.5, 2.5", "1 x", "") for kw in (dict(sep=" "), dict(sep=","), dict(sep=" ", dtype="int64"), dict(sep=",", count=2)) if s or "count" not in kw]
save(__file__, [{"name": "npy", "npy": npy}, {"name": "npz", "npz": npz, "big": octets(big.getvalue())}, {"name": "loadtxt", "calls": load}, {"name": "genfromtxt", "calls": gen}, {"name": "savetxt", "calls": out}, {"name": "fromstring", "calls": strings}], "numpy")
