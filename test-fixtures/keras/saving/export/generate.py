"""A folder that Keras 3 exports, and what a TFSMLayer gives of it."""

import os
import pathlib
import shutil
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))
from fixtures import distinct, lock, save

keras.utils.set_random_seed(2)
L = keras.layers
model = keras.Sequential([keras.Input((6,)), L.Dense(5, activation="relu"), L.Dense(2, activation="softmax")])
folder = HERE / "dense"
shutil.rmtree(folder, ignore_errors=True)
model.export(folder, verbose=False)
shutil.rmtree(folder / "assets", ignore_errors=True)
(folder / "fingerprint.pb").unlink(missing_ok=True)
x = distinct((3, 6), 1, np.float32)
layer = L.TFSMLayer(folder, call_endpoint="serving_default")
for path in sorted(folder.rglob("*.*")):
    lock(path, "keras")
save(__file__, [{"name": "dense", "x": x, "y": np.asarray(layer(x)["output_0"]), "served": np.asarray(L.TFSMLayer(folder)(x)), "weights": sorted(w.path for w in layer.weights)}], "keras")
