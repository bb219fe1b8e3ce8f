"""First values of Keras's initializers; regularizers and constraints."""

import pathlib
import sys

import keras

# After Keras, which would take folders of fixtures for packages.
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import numpy as np
from fixtures import distinct, save

I, R, C = keras.initializers, keras.regularizers, keras.constraints
cases = []
RUNS = [
    ("Constant", {"value": 0.5}, [2, 3]),
    ("Zeros", {}, [2]),
    ("Ones", {}, [2, 2]),
    ("Identity", {"gain": 2.5}, [2, 3]),
    ("RandomNormal", {"mean": 1.0, "stddev": 0.3, "seed": 3}, [3, 5]),
    ("RandomUniform", {"minval": -1.0, "maxval": 2.0, "seed": 4}, [7]),
    ("TruncatedNormal", {"seed": 5}, [4, 4]),
    ("VarianceScaling", {"scale": 2.0, "mode": "fan_out", "distribution": "untruncated_normal", "seed": 6}, [3, 4]),
    ("VarianceScaling", {"scale": 0.5, "mode": "fan_avg", "distribution": "uniform", "seed": 7}, [2, 2, 3, 4]),
    ("VarianceScaling", {"distribution": "normal", "seed": 8}, [5]),
    ("GlorotUniform", {"seed": 9}, [4, 6]),
    ("GlorotNormal", {"seed": 10}, [4, 6]),
    ("HeUniform", {"seed": 11}, [3, 3, 2, 4]),
    ("HeNormal", {"seed": 12}, [3, 3, 2, 4]),
    ("LecunUniform", {"seed": 13}, [6]),
    ("LecunNormal", {"seed": 14}, [5, 3]),
    ("Orthogonal", {"seed": 15}, [4, 4]),
    ("Orthogonal", {"gain": 0.7, "seed": 16}, [3, 5]),
    ("Orthogonal", {"seed": 17}, [2, 3, 4]),
    ("STFT", {}, [8, 1, 5]),
    ("STFT", {"side": "imag", "window": "hamming", "scaling": "spectrum", "periodic": True}, [6, 1, 4]),
    ("STFT", {"window": None}, [4, 1, 3]),
]
for name, options, shape in RUNS:
    for dtype in ["float32", "float64"] if name in ("RandomNormal", "GlorotUniform", "TruncatedNormal") else ["float32"]:
        i = getattr(I, name)(**options)
        cases.append({"name": f"{name} {options} {dtype}", "kind": "initializer", "class": name, "options": options, "shape": shape, "dtype": dtype, "value": i(shape, dtype).numpy(), "config": i.get_config()})

keras.utils.set_random_seed(11)
cases.append({"name": "seeds nobody chose", "kind": "unseeded", "values": [I.get(n)([3, 3]).numpy() for n in ["glorot_uniform", "he_normal", "orthogonal", "uniform", "normal"]] + [keras.random.normal([3]).numpy(), keras.random.uniform([2]).numpy()]})
g = I.GlorotUniform(seed=keras.random.SeedGenerator(5))
cases.append({"name": "seed generator", "kind": "generator", "values": [g([2, 2]).numpy(), g([2, 2]).numpy()]})

x = distinct((4, 3), 1, np.float32, -2, 2)
for name, options in [("L1", {"l1": 0.3}), ("L2", {"l2": 0.2}), ("L1L2", {"l1": 0.1, "l2": 0.4}), ("L1", {}), ("OrthogonalRegularizer", {"factor": 0.5}), ("OrthogonalRegularizer", {"mode": "columns"})]:
    r = getattr(R, name)(**options)
    cases.append({"name": f"{name} {options}", "kind": "regularizer", "class": name, "options": options, "x": x, "value": np.asarray(r(keras.ops.convert_to_tensor(x))), "config": r.get_config()})
for name, options in [("MaxNorm", {"max_value": 1.5}), ("MaxNorm", {"max_value": 0.5, "axis": 1}), ("NonNeg", {}), ("UnitNorm", {}), ("UnitNorm", {"axis": [0, 1]}), ("MinMaxNorm", {"min_value": 1.0, "max_value": 1.4, "rate": 0.6})]:
    c = getattr(C, name)(**options)
    cases.append({"name": f"{name} {options}", "kind": "constraint", "class": name, "options": options, "x": x, "value": np.asarray(c(keras.ops.convert_to_tensor(x))), "config": c.get_config()})
for name, f in [
    ("identity", lambda: I.Identity()([2])),
    ("scale", lambda: I.VarianceScaling(scale=0.0)),
    ("orthogonal", lambda: I.Orthogonal()([3])),
    ("seed", lambda: I.RandomNormal(seed="a")),
    ("name", lambda: I.get("glorot")),
    ("l2", lambda: R.L2(-1.0)),
    ("rank", lambda: R.OrthogonalRegularizer()(keras.ops.ones(3))),
    ("uniform dtype", lambda: keras.random.uniform([2], dtype="int32")),
    ("randint dtype", lambda: keras.random.randint([2], 0, 2, dtype="float32")),
    ("draw seed", lambda: keras.random.normal([2], seed="x")),
    ("generator seed", lambda: keras.random.SeedGenerator(seed="x")),
    ("categorical", lambda: keras.random.categorical(keras.ops.ones(3), 2)),
    ("set seed", lambda: keras.utils.set_random_seed(1.5)),
]:
    try:
        f()
        raise SystemExit(f"{name}: no error")
    except Exception as e:
        cases.append({"name": f"error {name}", "kind": "error", "error": type(e).__name__, "message": str(e)})
save(__file__, cases, "keras")
