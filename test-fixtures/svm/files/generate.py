"""Fitted estimators as scikit-learn pickles them, with what they predict; run once for each version of scikit-learn.

With 1.3, 1.5 and 1.9; LIBSVM's own models come from generate_libsvm.py, since the two do not share a process.
"""

import pathlib
import pickle
import sys
import warnings

import joblib
import numpy as np
import scipy.sparse as sp
import sklearn
from sklearn import datasets, pipeline, preprocessing, svm

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import lock, save

HERE = pathlib.Path(__file__).resolve().parent
warnings.simplefilter("ignore")
V = ".".join(sklearn.__version__.split(".")[:2])

iris = datasets.load_iris()
X, y = iris.data[::3], iris.target[::3]
T = np.round(iris.data[1:150:13] + 0.05, 2)
two = y != 2
names = np.array(["setosa", "versicolor", "virginica"])
X2, y2, T2 = X[two], y[two], T
rng = np.random.RandomState(0)
XR = np.round(rng.randn(24, 3), 2)
yR = np.round(XR @ [1.0, -2.0, 0.5] + 0.1 * rng.randn(24), 2)
TR = np.round(rng.randn(6, 3), 2)

models = {
    "svc": (svm.SVC(C=2.0, random_state=0).fit(X, names[y]), T),
    "svc_binary": (svm.SVC(kernel="linear", class_weight={1: 3}).fit(X2, y2), T),
    "svc_proba": (svm.SVC(probability=True, random_state=0).fit(X, y), T),
    "svc_sparse": (svm.SVC(kernel="poly", degree=2).fit(sp.csr_matrix(X), y), T),
    "nusvc": (svm.NuSVC(nu=0.3, decision_function_shape="ovo").fit(X, y), T),
    "svr": (svm.SVR(C=10.0, epsilon=0.2).fit(XR, yR), TR),
    "nusvr": (svm.NuSVR(kernel="linear").fit(XR, yR), TR),
    "oneclass": (svm.OneClassSVM(nu=0.25).fit(XR), TR),
    "linearsvc": (svm.LinearSVC(dual=False, random_state=0).fit(X, names[y]), T),
    "linearsvr": (svm.LinearSVR(dual=True, random_state=0, epsilon=0.1).fit(XR, yR), TR),
    "pipeline": (pipeline.make_pipeline(preprocessing.StandardScaler(), svm.SVC(gamma="auto")).fit(X, y), T),
    "minmax": (pipeline.Pipeline([("s", preprocessing.MinMaxScaler()), ("m", svm.LinearSVC(dual=True, random_state=1, max_iter=5000))]).fit(X, y), T),
}

cases = []
for name, (m, t) in models.items():
    (HERE / f"{name}.{V}.pkl").write_bytes(pickle.dumps(m, protocol=2 if V == "1.3" and name == "svr" else None))
    lock(HERE / f"{name}.{V}.pkl", "scikit-learn")
    out = {"predict": (lambda p: p.tolist() if p.dtype.kind in "UO" else p)(m.predict(sp.csr_matrix(t) if name == "svc_sparse" else t))}
    if hasattr(m, "decision_function"):
        out["decision"] = m.decision_function(sp.csr_matrix(t) if name == "svc_sparse" else t)
    if name == "svc_proba":
        out["proba"] = m.predict_proba(t)
    cases.append({"name": f"{name}.{V}", "file": f"{name}.{V}.pkl", "X": t, "repr": repr(m), "out": out})

for name, compress in (("plain", 0), ("zlib", 3), ("gzip", ("gzip", 3))):
    raw = HERE / f"joblib_{name}.{V}.joblib"
    if V == "1.9":
        joblib.dump(models["pipeline"][0] if name == "plain" else models["svc"][0], raw, compress=compress)
        lock(raw, "scikit-learn")
        m, t = models["pipeline" if name == "plain" else "svc"]
        p = m.predict(t)
        cases.append({"name": raw.name, "file": raw.name, "X": t, "repr": repr(m), "out": {"predict": p.tolist() if p.dtype.kind == "U" else p}})
save(__file__, cases, "scikit-learn", f"cases.{V}.json")
