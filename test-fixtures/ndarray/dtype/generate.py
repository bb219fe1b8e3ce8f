"""NumPy's type promotion: pairs of types, Python numbers beside arrays, casting rules."""

import itertools
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import save  # noqa: E402

TYPES = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float16", "float32", "float64", "complex64", "complex128"]
pairs = list(itertools.product(TYPES, TYPES))
cases = [{"name": "promote_types", "types": TYPES, "result": [str(np.promote_types(a, b)) for a, b in pairs]}]
# Three types at once, each result by its place in TYPES: it is not what two pairs give one after the other.
triples = itertools.product(TYPES, TYPES, TYPES)
cases.append({"name": "result_type of three", "types": TYPES, "result": [TYPES.index(str(np.result_type(*map(np.dtype, t)))) for t in triples]})
for casting in ["no", "equiv", "safe", "same_kind", "unsafe"]:
    cases.append({"name": f"can_cast {casting}", "types": TYPES, "casting": casting, "result": [bool(np.can_cast(a, b, casting)) for a, b in pairs]})
for weak, value in [("int", 1), ("float", 1.5), ("complex", 1j)]:
    cases.append({"name": f"beside a Python {weak}", "types": TYPES, "weak": weak, "result": [str(np.result_type(np.dtype(t), value)) for t in TYPES]})
facts = [[t, repr(np.dtype(t)), np.dtype(t).str, np.dtype(t).char, np.dtype(t).kind, np.dtype(t).num, np.dtype(t).itemsize, np.dtype(t).alignment, np.dtype(t).byteorder] for t in TYPES]
names = "f4 <f8 =i2 |b1 ? b B h H i I l L q Q e f d F D p P int uint float complex bool half single double csingle cdouble byte ubyte short ushort intc uintc long ulong longlong ulonglong intp uintp int_ bool_ i1 u8 c8 c16 f2"
cases.append({"name": "facts", "facts": facts, "names": [[n, str(np.dtype(n))] for n in names.split()]})
errors = []
for bad in ["foo", "i3", "", 5]:
    try:
        np.dtype(bad)
    except TypeError as e:
        errors.append([bad, e])
cases.append({"name": "errors", "errors": errors})
save(__file__, cases, "numpy")
