"""Opens the files that @cognate/formats writes in the real libraries and compares what they see.

    COGNATE_WRITTEN=/some/folder npx vitest run packages/formats/src/written.test.ts
    python test-fixtures/formats/verify_written.py /some/folder

Run it once in each of the two environments: it checks what the installed libraries can open, and says what it left out.
"""

import collections
import importlib.util
import json
import os
import pathlib
import pickle
import sys
import zipfile

# The fixtures' folders here have the libraries' names.
HERE = pathlib.Path(__file__).resolve().parent
sys.path = [p for p in sys.path if pathlib.Path(p or ".").resolve() != HERE]
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import numpy as np

folder = pathlib.Path(sys.argv[1])
manifest = json.loads((folder / "manifest.json").read_text())
done, left = [], []


def has(*names):
    return all(importlib.util.find_spec(n) for n in names)


def raw(x):
    """Type, shape and bytes of an array of any library."""
    if hasattr(x, "detach"):
        import torch

        t = x.detach().contiguous()
        bits = t.reshape(-1).view(torch.uint8).numpy().tobytes() if t.numel() else b""
        return [str(t.dtype).removeprefix("torch."), list(t.shape), list(bits)]
    x = np.asarray(x)
    return [str(x.dtype), list(x.shape), list(np.ascontiguousarray(x).tobytes())]


def equal(name, found):
    wanted = manifest[name]
    assert set(found) == set(wanted), (name, set(found) ^ set(wanted))
    for k, v in wanted.items():
        assert raw(found[k]) == v, (name, k, raw(found[k]), v)
    done.append(name)


def check_torch():
    import torch

    for name in ("types.pt", "views.pt"):
        for options in ({}, {"mmap": True}):
            equal(name, torch.load(folder / name, weights_only=True, **options))
    v = torch.load(folder / "views.pt", weights_only=True)
    assert v["row"].untyped_storage().data_ptr() == v["base"].untyped_storage().data_ptr()
    assert v["transposed"].stride() == (1, 6) and v["expanded"].stride() == (0, 0)
    c = torch.load(folder / "checkpoint.pt", weights_only=True)
    equal("checkpoint.pt", c["model"])
    assert isinstance(c["model"]["w"], torch.nn.Parameter) and c["model"]["w"].requires_grad
    assert not c["model"]["frozen"].requires_grad and c["grad"].requires_grad
    assert c["model"]._metadata[""] == {"version": 1}
    assert c["list"] == [1, 2.5, 3.0, "Grüße", None, True, 2**70, 1 + 2j] and isinstance(c["list"][2], float)
    assert c["tuple"] == ((), (1, (2, 3, 4, 5))) and c["ints"] == {0: "zero", 1: "one"}
    assert c["dtype"] is torch.bfloat16 and c["bytes"] == b"\x00\xc8" and c["set"] == {1, 2}
    assert c["counter"] == collections.Counter(a=2) and c["bytearray"] == bytearray([3, 4])
    net = torch.load(folder / "rewritten.pt", weights_only=False)
    original = torch.load(HERE / "torch/sequential.pt", weights_only=False)
    x = torch.randn(4, 2)
    assert torch.equal(net(x), original(x))
    done.append("rewritten.pt")


def check_safetensors():
    from safetensors import safe_open
    from safetensors.torch import load_file

    equal("all.safetensors", load_file(folder / "all.safetensors"))
    with safe_open(folder / "all.safetensors", "pt") as f:
        assert f.metadata() == {"format": "pt"}


def check_numpy():
    for name in manifest:
        if name.endswith(".npy"):
            equal(name, {"array": np.load(folder / name)})
        elif name.endswith(".npz"):
            equal(name, dict(np.load(folder / name)))
    assert np.load(folder / "transposed.npy").flags.f_contiguous


def check_python():
    for name in manifest:
        if name.endswith(".zip"):
            with zipfile.ZipFile(folder / name) as z:
                assert z.testzip() is None
                assert z.namelist() == ["a/stored.txt", "ü/deflated.txt", "empty"]
                assert z.read("ü/deflated.txt") == b"deflated " * 100
            done.append(name)
        if name.endswith(".pkl"):
            v = pickle.loads((folder / name).read_bytes())
            circle = v["circle"]
            assert circle[2] is circle and circle[0] is circle[1] and circle[0] == [1]
            assert repr(v["floats"]) == "[1.0, -0.0, 0.1, inf]"
            assert v["ints"] == [0, 255, 65536, -1, 2**64, -(2**200)] and v["texts"] == ["", "Grüße", "\ud800"]
            assert v[(1, 2)] is None and repr(v["sets"]) == "[{1}, frozenset({2})]"
            ordered, counter, deque = v["collections"]
            assert ordered == collections.OrderedDict(a=1) and isinstance(ordered, collections.OrderedDict)
            assert counter == collections.Counter(b=2) and isinstance(counter, collections.Counter)
            assert list(deque) == [3, 4] and deque.maxlen == 5
            assert v["default"]["new"] == [] and v["default"]["k"] == []
            assert v["bytes"] == [b"\x01\xff", bytearray(b"\x02\xfe"), b""] and v["complex"] == 1 - 2j
            done.append(name)


def check_h5py():
    import h5py

    with h5py.File(folder / "all.h5") as f:
        equal("all.h5", {k: d[()] for k, d in f["arrays"].items()})
        equal("all.h5", {k: d.attrs["array"] for k, d in f["arrays"].items()})
        a = f.attrs
        assert a["text"] == "Grüße" and list(a["names"]) == ["a", "b/kernel:0", ""] and a["schlüssel"] == 1
        assert a["int"] == 7 and a["int"].dtype == np.int64 and a["float"] == 2.0 and a["float"].dtype == np.float64
        assert a["yes"] == np.True_ and a["yes"].dtype == np.bool_ and a["none"].shape == (0,)
        assert isinstance(a["nothing"], h5py.Empty) and a["bytes"] in (b"bytes", "bytes") and a["big"] == 2**62
        assert list(a["fixed"]) == [b"xy", b"z"] and a["fixed"].dtype == "S2" and a["long"] == "x" * 100_000
        assert [s.decode() for s in f["strings"][()]] == ["a", "Grüße"]
        assert len(f["many"]) == 1000 and all(f["many"][str(i)].attrs["i"] == i for i in range(1000))
        assert list(f["a/b/c/empty"]) == []
        names = []
        f.visit(names.append)
        assert len(names) == len(set(names))
    # The library writes on in a file of ours.
    copy = folder / "appended.h5"
    copy.write_bytes((folder / "all.h5").read_bytes())
    with h5py.File(copy, "r+") as f:
        f["many/more"] = np.arange(3.0)
        f["arrays/float32"][0, 0] = 5
        f.attrs["added"] = ["text"]
        del f["many/500"]
    with h5py.File(copy) as f:
        assert list(f["many/more"]) == [0, 1, 2] and f["arrays/float32"][0, 0] == 5 and "500" not in f["many"]


def check_keras():
    import keras
    import tf_keras

    def same(model, original):
        for a, b in zip(model.get_weights(), original.get_weights()):
            assert np.array_equal(a, -b)
        x = np.random.default_rng(0).normal(size=(3, *model.input_shape[1:])).astype("f4")
        assert model.predict(x, verbose=0).shape == (3, 2)
        return model

    original = keras.saving.load_model(HERE / "keras/three.keras")
    loaded = same(keras.saving.load_model(folder / "three.keras"), original)
    x, y = np.ones((4, 6, 4), "f4"), np.ones((4, 2), "f4")
    assert len(loaded.optimizer.variables) == len(original.optimizer.variables)
    for a, b in zip(loaded.optimizer.variables, original.optimizer.variables):
        assert np.array_equal(a, b)
    loaded.fit(x, y, verbose=0)
    done.append("three.keras")
    fresh = keras.models.clone_model(original)
    fresh.load_weights(folder / "three.weights.h5")
    same(fresh, original)
    done.append("three.weights.h5")
    same(keras.saving.load_model(folder / "three-legacy.h5", compile=False), original)
    done.append("three-legacy.h5")
    two = tf_keras.models.load_model(folder / "two.h5")
    same(two, tf_keras.models.load_model(HERE / "keras/two.h5"))
    two.fit(x, y, verbose=0)
    done.append("two.h5")


CHECKS = {
    check_python: (),
    check_numpy: (),
    check_torch: ("torch",),
    check_safetensors: ("torch", "safetensors"),
    check_h5py: ("h5py",),
    check_keras: ("keras", "tf_keras"),
}
for check, needs in CHECKS.items():
    if has(*needs):
        check()
    else:
        left.append(f"{check.__name__} (needs {', '.join(needs)})")
print(f"{len(set(done))} files open with equal contents: {', '.join(sorted(set(done)))}")
for name in left:
    print("left out:", name)
