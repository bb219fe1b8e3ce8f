"""The workloads in scikit-learn, which trains on one thread."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
from harness import run  # noqa: E402

import numpy as np  # noqa: E402
from sklearn.datasets import load_digits  # noqa: E402
from sklearn.svm import SVC  # noqa: E402


def digits():
    return load_digits(return_X_y=True)


def large():
    r = np.random.default_rng(0)
    X = r.standard_normal((8000, 40))
    y = X[:, 0] * X[:, 1] + X[:, 2] + 0.5 * r.standard_normal(8000) > 0
    return X, y.astype(np.int64)


def fit(data):
    X, y = data()
    return lambda: SVC().fit(X, y)


def predict(data):
    X, y = data()
    model = SVC().fit(X, y)
    return lambda: model.predict(X)


run(
    {
        "digits": lambda: fit(digits),
        "digitsPredict": lambda: predict(digits),
        "large": lambda: fit(large),
        "largePredict": lambda: predict(large),
    }
)
