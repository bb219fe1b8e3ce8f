"""pandas: what frames and series print, and basic arithmetic and selection."""

import pathlib
import sys

import numpy as np
import pandas as pd

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from fixtures import save  # noqa: E402

FRAMES = [
    {"x": np.linspace(-10, 10, 10)},
    {"x": np.linspace(-20, 20, 101)},
    {"a": np.array([1, 2, 3]), "b": np.array([0.5, -1.25, 3.0])},
    {"longname": np.array([1, 22]), "b": np.array([True, False])},
    {"x": np.array([1e-9, 1.0]), "y": np.array([123456789.123, 1.5]), "z": np.array([1e7, 2.5])},
    {"x": np.array([np.nan, 1.5, np.inf, -np.inf])},
    {"n": np.arange(100), "f": np.arange(100) / 7},
    {"n": np.arange(61) - 30},
    {"f": np.array([1.5, 2.25], "float32"), "u": np.array([1, 255], "uint8")},
    {"x": np.array([1.0, 2.0])},
    {"x": np.array([0.1, 0.12345678])},
    {"x": np.zeros(0)},
    {"x": np.array([-5, 3]), "wide": np.array([-1.0, 100000.5])},
]
rows = []
for data in FRAMES:
    df = pd.DataFrame(data)
    rows.append({"name": "frame", "data": data, "text": str(df), "series": [str(df[k]) for k in data], "shape": list(df.shape), "sum": [df[k].sum() for k in data]})
indexed = pd.DataFrame({"a": [1, 2, 3], "b": [0.5, 1.5, -2.0]}, index=["x", "yy", "zzz"])
rows.append({"name": "indexed", "text": str(indexed), "series": str(indexed["b"]), "mask": str(indexed[indexed["b"] > 0]), "row": str(indexed.loc["yy"]), "tail": str(indexed.tail(2)), "times": str(indexed * 2), "less": str(indexed < 1), "plus": str(indexed["a"] + indexed["b"]), "mean": str(indexed.mean()), "drop": str(indexed.drop(columns="a")), "std": str(indexed["b"].std()), "unnamed": str(pd.Series([1, 2, 3]) * 1.5), "named": str(pd.Series([1.0, 2.5], index=["p", "q"], name="s")), "transposed": str(indexed.T)})
rows.append({"name": "long", "series": [str(pd.Series(np.arange(n))) for n in (60, 61, 1000, 20000)] + [str(pd.Series(np.arange(n) / 3, name="t")) for n in (61, 200)]})
save(__file__, rows, "pandas")
