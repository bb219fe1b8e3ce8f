"""Element types: casting, promotion, limits."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import Calls  # noqa: E402

c = Calls()
T = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float16", "float32", "float64", "complex64", "complex128"]
for a in T:
    for b in T:
        if T.index(a) <= T.index(b):
            c("promote_types", a, b)
for a, b in [("int8", "int16"), ("int16", "int8"), ("float64", "float32"), ("int64", "float32"), ("bool", "int8"), ("uint8", "int8"), ("complex64", "float32")]:
    for k in ("no", "equiv", "safe", "same_kind", "unsafe"):
        c("can_cast", a, b, k)
c("can_cast", 3, "int8")
c("can_cast", np.array([1, 2]), "float64")
for args in [("int8", "int16"), (np.arange(3, dtype="int8"), 3), (np.float32(1), 2.5), (3, 4.5), ("float32", 1j), ("uint8", 1.5), (np.arange(2, dtype="uint64"), np.arange(2)), (True, "int8"), ()]:
    c("result_type", *args)
for v in (0, 255, 256, -1, -129, 2**40, 2**63, 1.5, 1e50, 1e4, 1j, True, 65504.0, np.arange(3)):
    c("min_scalar_type", v)
for a, b in [("float32", "float64")]:
    c("promote_types", a, b)
for t, k in [("float32", "real floating"), ("int8", "integral"), ("uint8", "signed integer"), ("complex64", "numeric"), ("bool", "bool"), ("float32", ("bool", "integral")), ("int8", "nothing")]:
    c("isdtype", np.dtype(t), k)
for args in [("S4",), ("fd",), ("bB",), (["f", "D"],), ("ih", "dD", "d")]:
    c("mintypecode", *args)
for ch in "?bBhHiIlLefdgFD":
    if ch != "g":
        c("typename", ch)
c("common_type", np.arange(2, dtype="float32"))
c("common_type", np.arange(2, dtype="float32"), np.arange(2))
c("common_type", np.arange(4), np.array([45, 6.0j]))
c("common_type", np.array([True]))
c.save(__file__)

rows = []
for t in ("float16", "float32", "float64", "complex64"):
    f = np.finfo(t)
    rows.append({"name": f"finfo {t}", "facts": {k: getattr(f, k) for k in ("bits", "eps", "epsneg", "max", "min", "tiny", "smallest_normal", "smallest_subnormal", "resolution", "nmant", "nexp", "iexp", "maxexp", "minexp", "machep", "negep", "precision")}, "repr": repr(f)})
for t in T[1:9]:
    f = np.iinfo(t)
    rows.append({"name": f"iinfo {t}", "facts": {k: getattr(f, k) for k in ("bits", "min", "max", "kind")}, "repr": repr(f)})
from fixtures import save  # noqa: E402

save(__file__, rows, "numpy", "limits.json")
