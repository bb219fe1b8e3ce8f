"""What the generators of this folder share: values as JSON and what CPython makes of them, errors included."""

import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from fixtures import encode, lock  # noqa: E402


def value(v):
    """A value as JSON, with the types that only Python has."""
    if isinstance(v, bytes):
        return {"$bytes": list(v)}
    if isinstance(v, frozenset):
        return {"$frozenset": [value(x) for x in v]}
    if isinstance(v, set):
        return {"$set": [value(x) for x in v]}
    if isinstance(v, range):
        return {"$range": [v.start, v.stop, v.step]}
    if isinstance(v, type):
        return {"$type": v.__name__}
    if isinstance(v, tuple):
        return {"$t": [value(x) for x in v]}
    if isinstance(v, list):
        return [value(x) for x in v]
    if isinstance(v, dict):
        return {"$d": [[value(k), value(x)] for k, x in v.items()]}
    return encode(v)


def outcome(f, *args, show=repr):
    """The text of f(*args), or `!Name: message` of what it raised."""
    try:
        return show(f(*args))
    except Exception as e:
        return f"!{type(e).__name__}: {e}"


def save(script, rows, name="cases.json"):
    path = pathlib.Path(script).resolve().parent / name
    lines = ",\n".join(json.dumps(r, separators=(",", ":"), ensure_ascii=True) for r in rows)
    path.write_text(f"[\n{lines}\n]\n")
    lock(path, "python")
    print(f"{path.name}: {len(rows)} cases, {path.stat().st_size} bytes")
