"""Fits of scikit-learn's support vector machines over their options: attributes, decision values, predictions.

Toy sets are named; other data lies in data.npz, once. A case says which rows it trains on and how many of the last rows
it predicts.
"""

import pathlib
import sys
import warnings

import numpy as np
from sklearn import datasets, svm
from sklearn.exceptions import ConvergenceWarning
from sklearn.preprocessing import StandardScaler

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import lock, save

import scipy.sparse as sp

HERE = pathlib.Path(__file__).resolve().parent
warnings.simplefilter("ignore")

# Data: name → (X, y). Rows of toy sets in a fixed random order, so that every part has all classes.
DATA = {}
STORED = {}


def toy(name, load, rows, seed, transform=None):
    X, y = load(return_X_y=True)
    order = np.random.RandomState(seed).permutation(len(X))[:rows]
    X, y = X[order], y[order]
    if transform is not None:
        X = transform(X)
    DATA[name] = (np.ascontiguousarray(X), y)
    STORED[f"{name}.order" if transform is None else f"{name}.X"] = order.astype(np.int16) if transform is None else X
    if transform is not None:
        STORED[f"{name}.y"] = y.astype(np.float64) if y.dtype.kind == "f" else y.astype(np.int8)


def made(name, X, y):
    X = np.ascontiguousarray(X)
    DATA[name] = (X, y)
    STORED[f"{name}.X"] = X
    STORED[f"{name}.y"] = y.astype(np.int8) if y.dtype.kind in "iu" else y


scaled = lambda X: StandardScaler().fit_transform(X).astype(np.float32).astype(np.float64)
toy("iris", datasets.load_iris, 150, 1)
toy("digits", datasets.load_digits, 240, 2)
toy("diabetes", datasets.load_diabetes, 160, 3, lambda X: (X * 20).astype(np.float32).astype(np.float64))
toy("wine", datasets.load_wine, 178, 4, scaled)
toy("cancer", datasets.load_breast_cancer, 200, 5, scaled)
rng = np.random.RandomState(6)
X, y = datasets.make_blobs(160, 3, centers=4, cluster_std=3.0, random_state=7)
made("blobs", X.astype(np.float32).astype(np.float64), y)
X, y = datasets.make_moons(140, noise=0.3, random_state=8)
made("moons", X.astype(np.float32).astype(np.float64), y)
X = rng.randn(120, 4).astype(np.float32).astype(np.float64)
made("numbers", X, (np.sin(X[:, 0]) + 0.5 * X[:, 1] ** 2 + 0.1 * rng.randn(120)).astype(np.float32).astype(np.float64))
X, y = datasets.make_classification(180, 8, n_informative=5, n_classes=3, weights=[0.7, 0.2, 0.1], random_state=9)
made("uneven", X.astype(np.float32).astype(np.float64), y)
X, y = datasets.make_classification(60, 90, n_informative=10, random_state=10)
made("wide", X.astype(np.float32).astype(np.float64), y)

np.savez_compressed(HERE / "data.npz", **STORED)
lock(HERE / "data.npz", "scikit-learn")

TEST = 12


def parts(name, rows):
    X, y = DATA[name]
    if rows is not None:
        X, y = X[:rows], y[:rows]
    return X[:-TEST], y[:-TEST], X[-TEST:], y[-TEST:]


def weights(n, kind):
    w = np.random.RandomState(11).uniform(0.2, 3.0, n).astype(np.float32).astype(np.float64)
    if kind == "zeros":
        w[::5] = 0
    return w


KERNELS = {
    "dot2": lambda A, B: (A @ B.T + 1.0) ** 2,
}

cases = []


def case(cls, data, rows=None, fit_weight=None, form="dense", labels=None, binary=None, **params):
    X, y, Xt, yt = parts(data, rows)
    if binary is not None:
        keep, keept = np.isin(y, binary), np.isin(yt, binary)
        X, y, Xt, yt = X[keep], y[keep], Xt[keept], yt[keept]
    real = dict(params)
    if labels == "text":
        names = np.array(["pear", "apple", "fig", "plum", "kiwi", "date", "lime", "nut", "oat", "rye"])
        y = names[y]
    if labels == "signs":
        y = np.where(y == np.unique(y)[0], -1, 1)
    kernel = params.get("kernel")
    A, B = X, Xt
    if kernel == "precomputed":
        A, B = KERNELS["dot2"](X, X), KERNELS["dot2"](Xt, X)
    if kernel == "dot2":
        real["kernel"] = KERNELS["dot2"]
    if form == "csr":
        A, B = sp.csr_array(np.where(np.abs(A) < 0.3, 0, A)), sp.csr_array(np.where(np.abs(B) < 0.3, 0, B))
    est = getattr(svm, cls)(**real)
    w = None if fit_weight is None else weights(len(X), fit_weight)
    kw = {} if w is None else {"sample_weight": w}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        est.fit(A, y, **kw) if cls != "OneClassSVM" else est.fit(A, **kw)
    out = {}
    dense = lambda a: a.toarray() if sp.issparse(a) else a
    if cls.startswith("Linear"):
        out["coef_"], out["intercept_"], out["n_iter_"] = est.coef_, est.intercept_, est.n_iter_
    else:
        for k in ("support_", "n_support_", "intercept_", "fit_status_", "n_iter_"):
            out[k] = getattr(est, k)
        out["dual_coef_"] = dense(est.dual_coef_)
        if kernel == "linear":
            out["coef_"] = dense(est.coef_)
    if hasattr(est, "classes_"):
        out["classes_"] = est.classes_.tolist()
    if hasattr(est, "decision_function"):
        out["decision"] = est.decision_function(B)
    p = est.predict(B)
    out["predict"] = p.tolist() if p.dtype.kind == "U" else p
    if params.get("probability") is True:
        out["proba"] = est.predict_proba(B)
        out["probA_"], out["probB_"] = est._probA, est._probB
    if cls == "OneClassSVM":
        out["offset_"] = est.offset_
        out["score_samples"] = est.score_samples(B)
    if any(issubclass(c.category, ConvergenceWarning) for c in caught):
        out["warns"] = True
    text = ", ".join(f"{k}={v}" for k, v in params.items())
    name = f"{cls}({text}) {data}{'' if rows is None else f'[:{rows}]'}"
    for extra in (fit_weight and f"weights {fit_weight}", form != "dense" and form, labels, binary and f"classes {binary}"):
        if extra:
            name += f" {extra}"
    record = {"name": name, "class": cls, "params": params, "data": data}
    for k, v in (("rows", rows), ("weight", fit_weight), ("labels", labels), ("binary", binary)):
        if v is not None:
            record[k] = v
    if form != "dense":
        record["form"] = form
    record["out"] = out
    cases.append(record)
    if np.max(est.n_iter_) > 40000:
        print("many iterations:", name, est.n_iter_)


TIGHT = dict(tol=1e-9)

# SVC over kernels, C, data; tight and default stopping.
for tol in (TIGHT, {}):
    for kernel in ("linear", "poly", "rbf"):
        for C in (0.1, 1.0, 50.0):
            case("SVC", "iris", kernel=kernel, C=C, **tol)
            case("SVC", "wine", kernel=kernel, C=C, **tol)
    for data in ("moons", "cancer", "digits", "blobs", "uneven", "wide"):
        case("SVC", data, **tol)
        case("SVC", data, kernel="linear", C=0.5, **tol)
    case("SVC", "digits", kernel="poly", degree=2, **tol)
    case("SVC", "moons", kernel="sigmoid", gamma=0.05, C=0.3, **tol)
    case("SVC", "blobs", kernel="sigmoid", gamma=0.001, coef0=0.1, **tol)
    case("SVC", "moons", kernel="poly", degree=4, gamma=0.7, coef0=1.0, **tol)
    case("SVC", "moons", gamma="auto", C=10.0, **tol)
    case("SVC", "moons", gamma=3.0, C=100.0, **tol)
    case("SVC", "blobs", shrinking=False, C=2.0, **tol)
    case("SVC", "moons", shrinking=False, kernel="linear", **tol)
    case("SVC", "cancer", class_weight="balanced", C=3.0, **tol)
    case("SVC", "uneven", class_weight="balanced", **tol)
    case("SVC", "uneven", class_weight={0: 0.5, 2: 4.0}, kernel="linear", **tol)
    case("SVC", "moons", class_weight={1: 10}, kernel="linear", **tol)
    case("SVC", "moons", fit_weight="positive", **tol)
    case("SVC", "blobs", fit_weight="positive", kernel="linear", C=0.2, **tol)
    case("SVC", "moons", fit_weight="zeros", **tol)
    case("SVC", "blobs", fit_weight="zeros", class_weight="balanced", **tol)
    case("SVC", "moons", labels="text", **tol)
    case("SVC", "iris", labels="text", kernel="linear", **tol)
    case("SVC", "moons", labels="signs", kernel="linear", C=10.0, **tol)
    case("SVC", "moons", kernel="precomputed", C=0.5, **tol)
    case("SVC", "iris", kernel="precomputed", C=0.01, **tol)
    case("SVC", "moons", kernel="dot2", C=0.5, **tol)
    case("SVC", "blobs", kernel="dot2", C=0.001, **tol)
    case("SVC", "blobs", form="csr", **tol)
    case("SVC", "moons", form="csr", kernel="linear", **tol)
    case("SVC", "wine", form="csr", kernel="poly", degree=2, coef0=1.0, **tol)
    case("SVC", "blobs", decision_function_shape="ovo", **tol)
    case("SVC", "digits", decision_function_shape="ovo", C=5.0, **tol)
    case("SVC", "blobs", break_ties=True, C=0.05, **tol)
    case("SVC", "digits", break_ties=True, binary=[1, 7, 8], **tol)
    case("SVC", "moons", max_iter=20, **tol)
    case("SVC", "blobs", max_iter=5, kernel="linear", **tol)
    case("SVC", "moons", cache_size=0.01, C=20.0, **tol)
    # NuSVC
    for nu in (0.2, 0.3, 0.5):
        case("NuSVC", "moons", nu=nu, **tol)
    case("NuSVC", "iris", nu=0.2, kernel="linear", **tol)
    case("NuSVC", "wine", nu=0.3, **tol)
    case("NuSVC", "blobs", nu=0.4, kernel="poly", degree=2, **tol)
    case("NuSVC", "cancer", nu=0.25, shrinking=False, **tol)
    case("NuSVC", "moons", nu=0.4, fit_weight="positive", **tol)
    case("NuSVC", "blobs", nu=0.3, labels="text", decision_function_shape="ovo", **tol)
    case("NuSVC", "moons", nu=0.3, form="csr", **tol)
    # Regression
    for kernel in ("linear", "rbf", "poly"):
        case("SVR", "numbers", kernel=kernel, C=2.0, **tol)
        case("NuSVR", "numbers", kernel=kernel, C=2.0, nu=0.4, **tol)
    case("SVR", "diabetes", C=100.0, epsilon=5.0, **tol)
    case("SVR", "diabetes", kernel="linear", C=10.0, epsilon=1.0, **tol)
    case("SVR", "numbers", epsilon=0.0, gamma="auto", **tol)
    case("SVR", "numbers", fit_weight="positive", C=0.5, **tol)
    case("SVR", "numbers", fit_weight="zeros", C=0.5, **tol)
    case("SVR", "numbers", shrinking=False, C=10.0, **tol)
    case("SVR", "numbers", kernel="sigmoid", gamma=0.02, **tol)
    case("SVR", "numbers", kernel="precomputed", C=0.1, **tol)
    case("SVR", "numbers", kernel="dot2", C=0.1, **tol)
    case("SVR", "numbers", form="csr", **tol)
    case("SVR", "numbers", max_iter=15, **tol)
    case("NuSVR", "diabetes", C=50.0, nu=0.3, **tol)
    case("NuSVR", "numbers", fit_weight="positive", nu=0.6, **tol)
    case("NuSVR", "numbers", shrinking=False, nu=0.2, **tol)
    # One class
    for nu in (0.1, 0.37, 0.5):
        case("OneClassSVM", "moons", nu=nu, **tol)
    case("OneClassSVM", "iris", nu=0.2, kernel="linear", **tol)
    case("OneClassSVM", "wine", nu=0.3, kernel="poly", degree=2, coef0=1.0, **tol)
    case("OneClassSVM", "cancer", nu=0.15, gamma=0.01, **tol)
    case("OneClassSVM", "blobs", nu=0.4, fit_weight="positive", **tol)
    case("OneClassSVM", "moons", nu=0.25, form="csr", **tol)
    case("OneClassSVM", "moons", nu=0.3, shrinking=False, **tol)

# Probabilities.
for data, more in (
    ("moons", {}),
    ("iris", {}),
    ("blobs", dict(kernel="linear", C=0.1)),
    ("cancer", dict(class_weight="balanced")),
    ("digits", dict(gamma=0.001)),
):
    for seed in (0, 7):
        case("SVC", data, probability=True, random_state=seed, **more)
case("SVC", "moons", probability=True, random_state=3, fit_weight="positive")
case("SVC", "moons", probability=True, random_state=3, kernel="precomputed", C=0.5)
case("SVC", "moons", probability=True, random_state=3, form="csr")
case("NuSVC", "moons", probability=True, random_state=1, nu=0.3)
case("NuSVC", "wine", probability=True, random_state=1, nu=0.2)

# LIBLINEAR: every solver.
for seed in (0, 5):
    for tol in (dict(tol=1e-9, max_iter=200000), {}):
        for data in ("moons", "wine", "uneven"):
            case("LinearSVC", data, random_state=seed, loss="hinge", C=0.5, **tol)
            case("LinearSVC", data, random_state=seed, dual=True, C=0.5, **tol)
            case("LinearSVC", data, random_state=seed, multi_class="crammer_singer", C=0.1, **tol)
            case("LinearSVC", data, random_state=seed, penalty="l1", dual=False, C=0.3, **tol)
        for loss in ("epsilon_insensitive", "squared_epsilon_insensitive"):
            case("LinearSVR", "numbers", random_state=seed, loss=loss, dual=True, C=0.2, epsilon=0.1, **tol)
            case("LinearSVR", "diabetes", random_state=seed, loss=loss, dual=True, C=0.2, **tol)
for tol in (dict(tol=1e-9, max_iter=200000), {}):
    for data in ("iris", "wine", "cancer", "moons", "uneven"):
        case("LinearSVC", data, **tol)
    case("LinearSVC", "cancer", C=10.0, class_weight="balanced", **tol)
    case("LinearSVC", "uneven", fit_weight="positive", class_weight="balanced", **tol)
    case("LinearSVC", "uneven", fit_weight="zeros", class_weight={0: 2.0, 1: 3.0, 2: 0.5}, **tol)
    case("LinearSVC", "moons", fit_intercept=False, **tol)
    case("LinearSVC", "moons", intercept_scaling=10.0, **tol)
    case("LinearSVC", "moons", labels="text", **tol)
    case("LinearSVC", "wine", form="csr", **tol)
    case("LinearSVC", "moons", multi_class="crammer_singer", random_state=2, fit_intercept=False, **tol)
    case("LinearSVR", "numbers", loss="squared_epsilon_insensitive", dual=False, epsilon=0.2, **tol)
    case("LinearSVR", "diabetes", loss="squared_epsilon_insensitive", **tol)
    case("LinearSVR", "numbers", fit_weight="positive", random_state=4, **tol)
    case("LinearSVR", "numbers", fit_intercept=False, random_state=4, **tol)
case("LinearSVC", "wide", random_state=0)
case("LinearSVC", "wide", random_state=0, dual=False)
case("LinearSVC", "moons", random_state=0, loss="hinge", C=100.0, max_iter=5)

save(__file__, cases, "scikit-learn")
save(
    __file__,
    [{"name": "weights", "values": np.random.RandomState(11).uniform(0.2, 3.0, 250).astype(np.float32).astype(np.float64).tolist()}],
    "scikit-learn",
    "weights.json",
)
