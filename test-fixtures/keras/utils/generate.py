"""keras.utils: categories, padding, windows over series, splits, and files that callbacks write."""

import contextlib
import io
import os
import pathlib
import re
import sys
import tempfile

import keras

# After Keras, which would take folders of fixtures for packages.
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import numpy as np
from fixtures import distinct, save

U = keras.utils
cases = []
for name, args, kw in [
    ("to_categorical", [[0, 2, 1]], {}),
    ("to_categorical", [[[0], [3]]], {"num_classes": 5}),
    ("to_categorical", [np.array([[1, 0], [2, 1]])], {}),
    ("pad_sequences", [[[1], [2, 3], [4, 5, 6]]], {}),
    ("pad_sequences", [[[1], [2, 3], [4, 5, 6]]], {"maxlen": 2, "padding": "post", "truncating": "post", "value": 9}),
    ("pad_sequences", [[[1.5], [2.5, 3.5]]], {"dtype": "float32", "maxlen": 3}),
    ("pad_sequences", [[[[1, 2]], [[3, 4], [5, 6]]]], {"maxlen": 3}),
    ("normalize", [distinct((2, 3), 1)], {}),
]:
    cases.append({"name": f"{name} {kw} {np.shape(args[0]) if name != 'pad_sequences' else ''}", "f": name, "args": args, "options": kw, "value": getattr(U, name)(*args, **kw)})

series = distinct((12, 2), 2, np.float32)
targets = np.arange(12, dtype=np.float32) * 0.5 + 0.25
for kw in [
    {"sequence_length": 3, "batch_size": 4},
    {"sequence_length": 3, "sequence_stride": 2, "sampling_rate": 2, "batch_size": 2},
    {"sequence_length": 2, "start_index": 3, "end_index": 9, "batch_size": None},
]:
    ds = U.timeseries_dataset_from_array(series, targets, **kw)
    cases.append({"name": f"series {kw}", "series": series, "targets": targets, "options": kw, "batches": [[x.numpy(), y.numpy()] for x, y in ds]})
ds = U.timeseries_dataset_from_array(series, None, 5, batch_size=3)
cases.append({"name": "series alone", "series": series, "targets": None, "options": {"sequence_length": 5, "batch_size": 3}, "batches": [x.numpy() for x in ds]})

for kw in [{"left_size": 0.7}, {"left_size": 3, "right_size": 4}, {"left_size": 0.5, "shuffle": True, "seed": 7}]:
    l, r = U.split_dataset(np.arange(10) * 3, **kw)
    cases.append({"name": f"split {kw}", "split": kw, "left": [int(x) for x in l], "right": [int(x) for x in r]})

for name, f in [
    ("length", lambda: U.timeseries_dataset_from_array(series, None, 3, sampling_rate=20)),
    ("start", lambda: U.timeseries_dataset_from_array(series, None, 3, start_index=-1)),
    ("iterable", lambda: U.pad_sequences([1, 2])),
    ("padding", lambda: U.pad_sequences([[1]], padding="left")),
    ("shapes", lambda: U.pad_sequences([[[1, 2]], [[1]]])),
    ("sizes", lambda: U.split_dataset(np.arange(4))),
    ("share", lambda: U.split_dataset(np.arange(4), left_size=1.5)),
]:
    try:
        f()
        raise SystemExit(f"{name}: no error")
    except Exception as e:
        cases.append({"name": f"error {name}", "error": type(e).__name__, "message": str(e)})

X = distinct((20, 3), 3, np.float32)
Y = (X[:, :1] * 0.5).astype(np.float32)


def model():
    keras.utils.clear_session()
    keras.utils.set_random_seed(2)
    m = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    m.compile(keras.optimizers.SGD(0.2), "mse")
    return m


with tempfile.TemporaryDirectory() as d:
    path = os.path.join(d, "log.csv")
    model().fit(X, Y, epochs=2, verbose=0, callbacks=[keras.callbacks.CSVLogger(path, separator=";")])
    model().fit(X, Y, epochs=1, verbose=0, callbacks=[keras.callbacks.CSVLogger(path, separator=";", append=True)])
    rows = [row.split(";") for row in open(path, newline="").read().split("\r\n")]
    cases.append({"name": "table", "table": [rows[0], [r[0] for r in rows], rows[1][2]], "losses": [float(r[1]) for r in rows[1:] if len(r) > 1]})
    out = io.StringIO()
    m = model()
    with contextlib.redirect_stdout(out):
        m.fit(X, Y, epochs=3, verbose=0, callbacks=[keras.callbacks.ModelCheckpoint(os.path.join(d, "m-{epoch:02d}.keras"), monitor="loss", save_best_only=True, verbose=1)])
    cases.append({"name": "checkpoints", "text": out.getvalue().replace(d, "DIR"), "files": sorted(f for f in os.listdir(d) if f.startswith("m-"))})
save(__file__, cases, "keras")
