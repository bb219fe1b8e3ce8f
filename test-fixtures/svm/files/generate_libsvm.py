"""Models of LIBSVM 3.37 (package libsvm-official) as text, with what they predict."""

import pathlib
import sys

import numpy as np
from libsvm.svmutil import svm_predict, svm_save_model, svm_train

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import lock, save

HERE = pathlib.Path(__file__).resolve().parent
rng = np.random.RandomState(0)
XR = np.round(rng.randn(24, 3), 2)
yR = np.round(XR @ [1.0, -2.0, 0.5] + 0.1 * rng.randn(24), 2)
TR = np.round(rng.randn(6, 3), 2)
centers = np.array([[0.0, 0.0, 1.0, 2.0], [1.5, 1.0, 0.0, 2.0], [0.0, 2.0, 1.0, 0.0]])
y = rng.randint(0, 3, 50)
X = np.round(centers[y] + 0.8 * rng.randn(50, 4), 2)
T = np.round(centers[rng.randint(0, 3, 12)] + 0.8 * rng.randn(12, 4), 2)
two = y != 2
X2, y2 = X[two], y[two]

cases = []
for name, options, A, b, t in (
    ("csvc", "-s 0 -t 2 -c 2 -q", X, y, T),
    ("csvc_linear", "-s 0 -t 0 -c 0.5 -w1 3 -q", X2, np.where(y2 == 0, -1, 1), T),
    ("csvc_order", "-s 0 -t 1 -d 2 -r 1 -q", X[::-1], y[::-1] * 3 + 2, T),
    ("csvc_sigmoid", "-s 0 -t 3 -g 0.01 -r 0.1 -q", X, y, T),
    ("oneclass", "-s 2 -n 0.25 -q", XR, np.ones(len(XR)), TR),
    ("svr", "-s 3 -c 10 -p 0.2 -q", XR, yR, TR),
    ("nusvr", "-s 4 -t 0 -n 0.4 -e 0.000001 -q", XR, yR, TR),
):
    m = svm_train(b.tolist(), A.tolist(), options)
    svm_save_model(str(HERE / f"{name}.model"), m)
    lock(HERE / f"{name}.model", "numpy")
    labels, acc, values = svm_predict(np.zeros(len(t)).tolist(), t.tolist(), m, "-q")
    cases.append({"name": name, "options": options, "x": A.tolist(), "y": b.tolist(), "t": t.tolist(), "labels": [float(v) for v in labels], "values": np.array(values, dtype=np.float64), "file": f"{name}.model"})
save(__file__, cases, "numpy", "libsvm.json")
