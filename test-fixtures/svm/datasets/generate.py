"""The toy data sets of scikit-learn as small .npz files, here and, as text, in the package's sources."""

import base64
import io
import pathlib
import sys
import zipfile

import numpy as np
from sklearn import datasets

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import lock

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[2] / "packages/svm/src/datasets/data"


def small(a):
    """The narrowest type that holds the values."""
    for dtype in (np.uint8, np.int16, np.float32):
        if np.array_equal(a.astype(dtype).astype(np.float64), a):
            return a.astype(dtype)
    # Values written with few digits: whole numbers and a divisor are shorter.
    for digits in range(1, 6):
        scaled = np.round(a * 10**digits)
        if np.array_equal(scaled / 10**digits, a) and np.abs(scaled).max() < 2**31:
            return scaled.astype(np.int32 if np.abs(scaled).max() >= 2**15 else np.int16), 10**digits
    return a


def write(name, bunch):
    arrays = {}
    data = bunch.data
    columns = [small(np.ascontiguousarray(data[:, j])) for j in range(data.shape[1])]
    if name == "digits":
        arrays["data"] = data.astype(np.uint8)
    else:
        for j, c in enumerate(columns):
            arrays[f"c{j}"], arrays[f"d{j}"] = c if isinstance(c, tuple) else (c, np.int32(1))
    t = small(np.asarray(bunch.target, dtype=np.float64))
    arrays["target"] = t[0] if isinstance(t, tuple) else t
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        for key, value in arrays.items():
            part = io.BytesIO()
            np.lib.format.write_array(part, np.asarray(value))
            info = zipfile.ZipInfo(f"{key}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, part.getvalue(), compresslevel=9)
    path = HERE / f"{name}.npz"
    path.write_bytes(raw.getvalue())
    lock(path, "scikit-learn")
    SOURCE.mkdir(parents=True, exist_ok=True)
    text = base64.b64encode(raw.getvalue()).decode()
    (SOURCE / f"{name}.ts").write_text(
        f"/** The bytes of `{name}.npz` in base64; written by test-fixtures/svm/datasets/generate.py. */\n"
        f'export const {name.upper()} =\n  "{text}";\n'
    )
    print(name, path.stat().st_size)


for name, load in (
    ("iris", datasets.load_iris),
    ("wine", datasets.load_wine),
    ("breast_cancer", datasets.load_breast_cancer),
    ("digits", datasets.load_digits),
    ("diabetes", lambda: datasets.load_diabetes(scaled=False)),
):
    write(name, load())
