"""Draws of keras.random on the TensorFlow backend."""

import pathlib
import sys

import keras

# After Keras, which would take folders of fixtures for packages.
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import numpy as np
from fixtures import distinct, save

r = keras.random
x = distinct((4, 3), 1, np.float32, 0.5, 2)
cases = []
for seed in [7, 123456789012, -3, 2**31]:
    cases.append({"name": f"normal {seed}", "f": "normal", "args": [[5]], "options": {"seed": seed, "mean": 0.5, "stddev": 2.0}, "value": r.normal((5,), seed=seed, mean=0.5, stddev=2.0).numpy()})
for f, args, options in [
    ("uniform", [[6]], {"seed": 3, "minval": -1.0, "maxval": 0.5}),
    ("uniform", [[3]], {"seed": 3, "dtype": "float64"}),
    ("uniform", [[5]], {"seed": 3, "dtype": "float16"}),
    ("truncated_normal", [[9]], {"seed": 4, "stddev": 0.5}),
    ("randint", [[8], -5, 17], {"seed": 5}),
    ("randint", [[8], 0, 10], {"seed": 5, "dtype": "int64"}),
    ("randint", [[8], 0, 10], {"seed": 5, "dtype": "uint8"}),
    ("dropout", [x, 0.4], {"seed": 6}),
    ("dropout", [x, 0.4], {"seed": 6, "noise_shape": [None, 1]}),
    ("dropout", [x, 0.0], {"seed": 6}),
    ("shuffle", [x], {"seed": 7}),
    ("shuffle", [x], {"seed": 7, "axis": 1}),
    ("categorical", [np.log(x), 7], {"seed": 8}),
    ("gamma", [[6], 0.7], {"seed": 9}),
    ("gamma", [[5], 1.0], {"seed": 9}),
    ("gamma", [[6], 3.5], {"seed": 9}),
    ("beta", [[6], 0.8, 2.5], {"seed": 10}),
    ("binomial", [[8], 60.0, 0.4], {"seed": 11}),
    ("binomial", [[8], 60.0, 0.8], {"seed": 11}),
]:
    cases.append({"name": f"{f} {args[1:] if isinstance(args[0], list) else args[1:]} {options}", "f": f, "args": args, "options": options, "value": np.asarray(getattr(r, f)(*args, **options))})
g = r.SeedGenerator(42)
cases.append({"name": "generator", "f": "generator", "value": [g.next().numpy(), g.next().numpy(), r.normal((3,), seed=g).numpy(), g.state.numpy()], "path": g.state.path})
keras.utils.set_random_seed(9)
cases.append({"name": "session", "f": "session", "value": [r.normal((3,)).numpy(), r.uniform((3,)).numpy(), r.randint((4,), 0, 100).numpy(), r.dropout(x, 0.5).numpy(), keras.random.SeedGenerator().state.numpy()]})
save(__file__, cases, "keras")
