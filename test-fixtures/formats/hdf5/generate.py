"""HDF5 files that h5py wrote, in the format's older and newer forms, with what is in them."""

import pathlib
import sys

import h5py
import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import distinct, lock, save

HERE = pathlib.Path(__file__).resolve().parent
cases = []


def text(v):
    return v.decode() if isinstance(v, bytes) else v


def content(obj):
    """Attributes and data as the reader gives them: strings in lists, numbers as arrays."""
    out = {"attrs": {}}
    for k, v in obj.attrs.items():
        if isinstance(v, h5py.Empty):
            v = None
        elif isinstance(v, np.ndarray) and v.dtype.kind in "OS":
            v = [text(x) for x in v.ravel()]
        elif isinstance(v, (np.bool_, np.integer, np.floating)) and v.dtype != np.float16:
            v = v.item()
        out["attrs"][k] = text(v)
    if isinstance(obj, h5py.Dataset):
        if obj.shape is None:
            return out
        out["shape"] = list(obj.shape)
        if obj.dtype.kind in "OS":
            v = obj[()]
            out["strings"] = [text(x) for x in (v.ravel() if isinstance(v, np.ndarray) else [v])]
        elif obj.dtype.kind != "V":
            v = obj[()]
            out["array"] = np.asarray(v).astype(obj.dtype.newbyteorder("<")).reshape(obj.shape)
    return out


def put(name, fill, **options):
    path = HERE / name
    with h5py.File(path, "w", **options) as f:
        fill(f)
    with h5py.File(path, "r") as f:
        objects = {"/": content(f)}
        f.visititems(lambda n, o: objects.__setitem__(f"/{n}", content(o)))
    lock(path, "h5py")
    cases.append({"name": name, "objects": objects})


TYPES = ["?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16"]


def types(f):
    for i, t in enumerate(TYPES):
        a = distinct((2, 3), i, low=0, high=120)
        a = a > 60 if t == "?" else a + 1j * distinct((2, 3), 30) if t[0] == "c" else a
        f[f"little/{t}"] = a.astype(t)
        if t[-1] in "248" and t[0] != "c":
            f[f"big/{t}"] = a.astype(">" + t)
    f["scalar"] = np.float32(2.5)
    f["empty"] = np.zeros((0, 3), np.float32)
    f["nothing"] = h5py.Empty("f4")
    f["strings/variable"] = ["a", "Grüße", ""]
    f["strings/one"] = "alone"
    f["strings/fixed"] = np.array([b"abc", b"de"], "S4")
    f["enum"] = np.array([0, 2, 1], np.uint8)
    f.create_dataset("compact", data=distinct((4,), 40), track_times=False)
    f.create_dataset("unwritten", (3, 4), "f4", fillvalue=1.5)
    f.create_group("deep/er/and/deeper").attrs["at"] = "the bottom"
    f["soft"] = h5py.SoftLink("/little/f4")
    f["compound"] = np.zeros(2, [("x", "f4"), ("y", "i4")])
    a = f.attrs
    a["int"], a["float"], a["bool"], a["text"], a["bytes"] = 7, 0.25, True, "Grüße", b"bytes"
    a["big"] = 2**60
    a["list"] = [1.5, 2.5]
    a["names"] = ["conv/kernel:0", "conv/bias:0"]
    a["byte names"] = [b"a", b"bcd"]
    a["fixed"] = np.array([b"xy", b"z"], "S3")
    a["empty list"] = []
    a["nothing"] = h5py.Empty("S1")
    a["half"] = np.float16(1.5)
    a["long"] = "x" * 20000
    a["schlüssel"] = 3


def chunks(f):
    a = distinct((25, 13), 50, np.float32)
    f.create_dataset("plain", data=a, chunks=(10, 4))
    f.create_dataset("gzip", data=a, chunks=(10, 4), compression="gzip")
    f.create_dataset("shuffled", data=a.astype("f8"), chunks=(7, 13), compression="gzip", shuffle=True)
    f.create_dataset("checked", data=a, chunks=(10, 5), fletcher32=True, compression="gzip")
    f.create_dataset("lzf", data=np.repeat(distinct((20,), 51), 40), chunks=(100,), compression="lzf", shuffle=True)
    f.create_dataset("strings", data=[f"name {i}" for i in range(50)], chunks=(16,))
    f.create_dataset("single", data=a, chunks=a.shape, compression="gzip")
    f.create_dataset("three", data=distinct((3, 4, 5), 52), chunks=(2, 3, 2))
    sparse = f.create_dataset("sparse", (30, 30), "i4", chunks=(10, 10), fillvalue=-1)
    sparse[5:12, 5:12] = np.arange(49).reshape(7, 7)
    f.create_dataset("many", data=np.arange(300 if f.libver[0] == "earliest" else 2500), chunks=(2,))


def growing(f):
    a = distinct((25, 13), 53, np.float32)
    f.create_dataset("both", data=a, chunks=(10, 4), maxshape=(None, None))
    f.create_dataset("both gzip", data=a, chunks=(10, 4), maxshape=(None, None), compression="gzip")


def dense(f):
    for i in range(60):
        f.create_dataset(f"dataset {i:02}", data=np.arange(i + 1.0))
        f.attrs[f"attribute {i:02}"] = [f"{i}", "y" * i]
    f.attrs["huge"] = np.arange(8500.0)
    for i in range(150):
        f.create_group(f"groups/{i}")


put("types.h5", types)
put("types-latest.h5", types, libver="latest")
put("chunks.h5", chunks)
put("chunks-latest.h5", chunks, libver="latest")
put("growing-latest.h5", growing, libver="latest")
put("dense-latest.h5", dense, libver="latest")
put("ordered.h5", lambda f: [f.create_group(n) for n in "zya"], track_order=True)
put("userblock.h5", lambda f: f.create_dataset("x", data=distinct((3,), 54)), userblock_size=512)


def many(f):
    for i in range(150):
        f.create_group(f"group {i}").attrs["i"] = i


put("groups.h5", many)
for c in cases:
    # Too long for JSON, and nothing new in them.
    for o in c["objects"].values():
        o["attrs"].pop("huge", None)
    if "dense" in c["name"] or c["name"] == "groups.h5":
        c["objects"] = {k: v for k, v in c["objects"].items() if not k.startswith(("/groups/1", "/groups/2", "/group 1"))}
save(__file__, cases, "h5py")
