"""Splits and scores of random labels: what model_selection and metrics give."""

import pathlib
import sys
import warnings

import numpy as np
from sklearn import metrics
from sklearn import model_selection as ms

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
from fixtures import save

warnings.simplefilter("ignore")
R = np.random.RandomState(123)

cases = []
for t in range(30):
    n, k = R.randint(2, 30), R.randint(1, 5)
    a, b = R.randint(0, k, n), R.randint(0, k, n)
    w = None if R.rand() < 0.6 else np.round(R.rand(n) + 0.1, 2)
    names = np.array(["x", "aa", "b", "cc", "e"])
    A, B = (names[a], names[b]) if t % 3 == 0 else (a, b)
    s = np.round(R.randn(n), 1)
    two = (R.rand(n) < 0.5).astype(int)
    two[0], two[1] = 0, 1
    kw = {"sample_weight": w}
    out = {
        "accuracy": metrics.accuracy_score(A, B, **kw),
        "confusion": metrics.confusion_matrix(A, B, **kw).tolist(),
        "report": metrics.classification_report(A, B, digits=3, **kw),
        "balanced": float(metrics.balanced_accuracy_score(A, B, **kw)),
        "auc": float(metrics.roc_auc_score(two, s, **kw)),
        "r2": float(metrics.r2_score(s, s + two, **kw)),
        "mse": float(metrics.mean_squared_error(s, s * 2, **kw)),
    }
    for average in ("micro", "macro", "weighted"):
        out[average] = [float(f(A, B, average=average, **kw)) for f in (metrics.precision_score, metrics.recall_score, metrics.f1_score)]
    cases.append({"name": f"scores {t}", "a": A.tolist(), "b": B.tolist(), "w": None if w is None else w.tolist(), "s": s.tolist(), "two": two.tolist(), "out": out})
save(__file__, cases, "scikit-learn", "metrics.json")


def outcome(f):
    try:
        return f()
    except ValueError as e:
        return ["ValueError", str(e)]


cases = []
for t in range(25):
    n, k = R.randint(8, 30), R.randint(2, 4)
    y = R.randint(0, k, n)
    y[: 2 * k] = np.tile(range(k), 2)
    seed, f = int(R.randint(1000)), int(R.randint(2, 5))
    pairs = lambda it: [[a.tolist(), b.tolist()] for a, b in it]
    out = {
        "k_fold": outcome(lambda: pairs(ms.KFold(f, shuffle=True, random_state=seed).split(y))),
        "stratified": outcome(lambda: pairs(ms.StratifiedKFold(f, shuffle=True, random_state=seed).split(y, y))),
        "in_order": outcome(lambda: pairs(ms.StratifiedKFold(f).split(y, y))),
        "shuffled": outcome(lambda: pairs(ms.StratifiedShuffleSplit(2, test_size=0.3, random_state=seed).split(y, y))),
        "split": outcome(lambda: [v.tolist() for v in ms.train_test_split(y, np.arange(n), test_size=0.4, random_state=seed, stratify=y)]),
        "counted": outcome(lambda: [v.tolist() for v in ms.train_test_split(y, np.arange(n), train_size=5, random_state=seed)]),
    }
    cases.append({"name": f"splits {t}", "y": y.tolist(), "seed": seed, "folds": f, "out": out})
save(__file__, cases, "scikit-learn", "splits.json")
