"""Writes golden cases: values of the real libraries, encoded so that JSON loses nothing.

A generator stands beside its data, `test-fixtures/<package>/<source path>/generate.py`, and ends with `save(__file__, cases)`.
Arrays keep dtype, shape and every bit; whole floats, tuples, dtypes and non-finite numbers keep their Python type.
"""

import base64
import hashlib
import json
import pathlib

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parent


def _array(dtype, shape, raw, **more):
    return {"$a": dtype, "shape": list(shape), "b64": base64.b64encode(raw).decode(), **more}


def encode(v):
    """A JSON value that `decode` in packages/testing turns back into the same thing."""
    if v is None or isinstance(v, (bool, str)):
        return v
    if isinstance(v, int):
        return v if abs(v) < 2**53 else {"$i": str(v)}
    if isinstance(v, float):
        if v != v or v in (float("inf"), float("-inf")):
            return {"$f": "nan" if v != v else "inf" if v > 0 else "-inf"}
        return {"$f": v} if v == int(v) else v
    if isinstance(v, complex):
        return {"$c": [encode(v.real), encode(v.imag)]}
    if isinstance(v, slice):
        return {"$s": [v.start, v.stop, v.step]}
    if v is Ellipsis:
        return {"$e": 1}
    if isinstance(v, np.ndarray) or isinstance(v, np.generic):
        a = np.ascontiguousarray(v)
        return _array(str(a.dtype), v.shape, a.tobytes(), np=True)
    if isinstance(v, np.dtype):
        return {"$dtype": v.name}
    kind = type(v).__module__.split(".")[0]
    if kind == "torch":
        import torch

        if isinstance(v, torch.Tensor):
            # Gradients that are zero throughout have no memory of their own.
            v = v.new_zeros(v.shape) if v._is_zerotensor() else v
            t = v.detach().resolve_conj().resolve_neg().cpu().clone(memory_format=torch.contiguous_format)
            name = str(t.dtype).removeprefix("torch.")
            raw = t.reshape(-1).view(torch.uint8).numpy().tobytes() if t.numel() else b""
            more = {"grad": True} if v.requires_grad and v.is_leaf else {}
            return _array(name, t.shape, raw, **more)
        if isinstance(v, torch.Size):
            return {"$t": [encode(x) for x in v]}
        if isinstance(v, torch.dtype):
            return {"$dtype": str(v).removeprefix("torch.")}
        if isinstance(v, tuple):
            return {"$t": [encode(x) for x in v]}
        if isinstance(v, (torch.device, torch.layout, torch.memory_format)):
            return {"$repr": str(v)}
    if isinstance(v, BaseException):
        return {"$error": type(v).__name__, "message": str(v)}
    if isinstance(v, tuple):
        return {"$t": [encode(x) for x in v]}
    if isinstance(v, list):
        return [encode(x) for x in v]
    if isinstance(v, dict):
        return {"$d": [[encode(k), encode(x)] for k, x in v.items()]}
    if hasattr(v, "numpy"):
        return encode(np.asarray(v.numpy()))
    if hasattr(v, "__array__"):
        return encode(np.asarray(v))
    raise TypeError(f"no encoding for {type(v)}: {v!r}")


def distinct(shape, seed, dtype=np.float64, low=-1.0, high=1.0):
    """Values of which no two are equal, spread over (low, high) in an order that `seed` shuffles."""
    n = int(np.prod(shape))
    grid = low + (high - low) * (np.arange(n) + 0.5) / max(n, 1)
    return np.random.default_rng(seed).permutation(grid).reshape(shape).astype(dtype)


def versions():
    out = {}
    import importlib.metadata as md
    import platform

    out["python"] = platform.python_version()
    for name in ("torch", "numpy", "keras", "tensorflow-cpu", "tf_keras", "scipy", "scikit-learn", "xgboost", "safetensors", "h5py", "pandas"):
        try:
            out[name] = md.version(name)
        except md.PackageNotFoundError:
            pass
    return out


def lock(path, library):
    """Notes a written file's version and hash in lock.json."""
    lockfile = ROOT / "lock.json"
    entries = json.loads(lockfile.read_text()) if lockfile.exists() else {}
    key = str(pathlib.Path(path).resolve().relative_to(ROOT))
    entries[key] = {
        "library": f"{library} {versions()[library]}",
        "sha256": hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest(),
    }
    lockfile.write_text(json.dumps(dict(sorted(entries.items())), indent=1) + "\n")


def save(script, cases, library, name="cases.json"):
    """Writes the cases beside `script` and locks them."""
    path = pathlib.Path(script).resolve().parent / name
    lines = ",\n".join(json.dumps({k: encode(v) for k, v in c.items()}, separators=(",", ":")) for c in cases)
    path.write_text(f"[\n{lines}\n]\n")
    lock(path, library)
    print(f"{path.relative_to(ROOT)}: {len(cases)} cases, {path.stat().st_size} bytes")
