"""Files of np.save and np.savez, with what is in them."""

import pathlib
import sys

import numpy as np
from numpy.lib import format as npy

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import distinct, lock, save

HERE = pathlib.Path(__file__).resolve().parent
cases = []


def put(name, array, version=None, **more):
    path = HERE / name
    with open(path, "wb") as f:
        npy.write_array(f, array, version)
    lock(path, "numpy")
    if array.dtype.kind in "biufc":
        little = array.astype(array.dtype.newbyteorder("<"))
        cases.append({"name": name, "value": little, "again": version is None and array.dtype.byteorder != ">", **more})


TYPES = ["b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]
for i, t in enumerate(TYPES):
    a = distinct((2, 3), i, low=0, high=120)
    put(f"{t}.npy", (a > 60 if t == "b1" else a + 1j * distinct((2, 3), 30) if t[0] == "c" else a).astype(t))
for t in ["i2", "f4", "f8", "c16", "u8"]:
    put(f"big-{t}.npy", distinct((3, 2), 50, low=0, high=90).astype(">" + t))
put("scalar.npy", np.float64(2.5))
put("one.npy", distinct((5,), 60))
put("empty.npy", np.zeros((0, 3), np.float32))
put("fortran.npy", np.asfortranarray(distinct((3, 4), 61)))
put("fortran3.npy", np.asfortranarray(distinct((2, 3, 4), 62, np.float32)))
put("both.npy", np.asfortranarray(distinct((1, 4), 63)))
put("version2.npy", distinct((2,), 64), (2, 0))
put("version3.npy", distinct((2,), 65), (3, 0))
put("structured.npy", np.zeros(2, [("a", "f4"), ("ü", "i4")]))
put("strings.npy", np.array(["a", "bc"]))

arrays = {"x": distinct((3, 3), 70, np.float32), "labels": np.arange(5), "a/b": distinct((2,), 71)}
for name, write in [("plain.npz", np.savez), ("packed.npz", np.savez_compressed)]:
    write(HERE / name, **arrays)
    lock(HERE / name, "numpy")
    cases.append({"name": name, "value": arrays})
save(__file__, cases, "numpy")
