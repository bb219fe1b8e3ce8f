"""The workloads in XGBoost; one thread unless BENCH_THREADS says more."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from harness import run, threads  # noqa: E402

import numpy as np  # noqa: E402
import xgboost as xgb  # noqa: E402

COLUMNS = 28


def data(rows, missing=False):
    r = np.random.default_rng(1)
    X = r.random((rows, COLUMNS), dtype=np.float32)
    y = 4 * X[:, 0] + 6 * X[:, 1] * X[:, 2] + np.sin(9 * X[:, 3]) - 2 * X[:, 4] + 0.1 * r.standard_normal(rows)
    if missing:
        X[r.random((rows, COLUMNS)) < 0.1] = np.nan
    return X, y


def matrix(*args):
    return xgb.DMatrix(*args, nthread=threads)


def params(tree_method):
    return {"tree_method": tree_method, "max_depth": 6, "nthread": threads}


def model():
    return xgb.train(params("hist"), matrix(*data(20_000)), 51)


def train(tree_method, rows, rounds):
    X, y = data(rows)
    return lambda: xgb.train(params(tree_method), matrix(X, y), rounds)


def uncached(bst, d, **kw):
    # Predictions of a DMatrix by all rounds are kept; those by fewer are computed anew.
    return lambda: bst.predict(d, iteration_range=(0, 50), **kw)


def inplace(rows):
    bst, X = model(), data(rows)[0]
    return lambda: bst.inplace_predict(X)


run(
    {
        "hist": lambda: train("hist", 100_000, 50),
        "exact": lambda: train("exact", 20_000, 20),
        "predict": lambda: uncached(model(), matrix(data(100_000)[0])),
        "predictMissing": lambda: uncached(model(), matrix(data(100_000, True)[0])),
        "inplace": lambda: inplace(100_000),
        "row": lambda: inplace(1),
        "shap": lambda: uncached(model(), matrix(data(1000)[0]), pred_contribs=True),
    }
)
