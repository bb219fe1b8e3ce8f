"""Metrics of Keras: two updates with and without weights, results, variables, configs; errors."""

import pathlib
import sys

import keras

# After Keras, which would take folders of fixtures for packages.
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import numpy as np
from fixtures import distinct, save

M = keras.metrics
cases = []


def probs(shape, seed):
    p = distinct(shape, seed, np.float32, 0.05, 1.0)
    return p / p.sum(-1, keepdims=True)


rng = np.random.default_rng(5)
real = [(distinct((4, 3), i, np.float32, -2, 2), distinct((4, 3), i + 50, np.float32, -2, 2)) for i in (1, 2)]
positive = [(distinct((4, 3), i, np.float32, 0.1, 2), distinct((4, 3), i + 50, np.float32, 0.1, 2)) for i in (1, 2)]
binary = [((distinct((6,), i, np.float32) > 0).astype(np.float32), distinct((6,), i + 50, np.float32, 0.0, 1.0)) for i in (3, 4)]
labels = [((distinct((4, 3), i, np.float32) > 0).astype(np.float32), distinct((4, 3), i + 50, np.float32, 0.0, 1.0)) for i in (3, 4)]
onehot = [(np.eye(4, dtype=np.float32)[rng.integers(0, 4, 5)], probs((5, 4), i)) for i in (5, 6)]
sparse = [(rng.integers(0, 4, 5).astype(np.int32), probs((5, 4), i)) for i in (7, 8)]
steps = [(rng.integers(0, 4, (2, 3)).astype(np.int32), probs((2, 3, 4), i)) for i in (9, 10)]
classes = [(rng.integers(0, 3, 7).astype(np.int32), rng.integers(0, 3, 7).astype(np.int32)) for _ in (0, 1)]
whole = [(rng.integers(0, 3, 6).astype(np.float32), rng.integers(0, 3, 6).astype(np.float32)) for _ in (0, 1)]
soft = [(probs((3, 4), i), probs((3, 4), i + 3)) for i in (20, 21)]
RUNS = [
    *[(n, {}, real) for n in ["MeanSquaredError", "RootMeanSquaredError", "MeanAbsoluteError", "MeanAbsolutePercentageError", "LogCoshError", "CosineSimilarity", "R2Score", "PearsonCorrelation", "ConcordanceCorrelation", "Hinge"]],
    ("MeanSquaredLogarithmicError", {}, positive),
    ("Poisson", {}, positive),
    ("SquaredHinge", {}, real),
    ("CategoricalHinge", {}, onehot),
    ("KLDivergence", {}, soft),
    ("BinaryCrossentropy", {"label_smoothing": 0.1}, labels),
    ("CategoricalCrossentropy", {}, onehot),
    ("SparseCategoricalCrossentropy", {}, sparse),
    ("SparseCategoricalCrossentropy", {"ignore_class": 1}, sparse),
    ("Accuracy", {}, whole),
    ("BinaryAccuracy", {"threshold": 0.4}, labels),
    ("CategoricalAccuracy", {}, onehot),
    ("SparseCategoricalAccuracy", {}, sparse),
    ("SparseCategoricalAccuracy", {}, steps),
    ("TopKCategoricalAccuracy", {"k": 2}, onehot),
    ("SparseTopKCategoricalAccuracy", {"k": 2}, sparse),
    ("SparseTopKCategoricalAccuracy", {"k": 3}, steps),
    ("TruePositives", {}, binary),
    ("FalsePositives", {"thresholds": [0.2, 0.6]}, binary),
    ("TrueNegatives", {}, labels),
    ("FalseNegatives", {"thresholds": [0.0, 0.5, 1.0]}, binary),
    ("Precision", {}, binary),
    ("Precision", {"thresholds": [0.3, 0.7]}, labels),
    ("Precision", {"top_k": 2}, labels),
    ("Recall", {}, binary),
    ("Recall", {"class_id": 1}, labels),
    ("Recall", {"top_k": 1, "class_id": 2}, labels),
    ("SensitivityAtSpecificity", {"specificity": 0.5}, binary),
    ("SpecificityAtSensitivity", {"sensitivity": 0.6, "num_thresholds": 20}, binary),
    ("PrecisionAtRecall", {"recall": 0.7}, binary),
    ("RecallAtPrecision", {"precision": 0.6, "num_thresholds": 1}, binary),
    ("AUC", {}, binary),
    ("AUC", {"curve": "PR", "num_thresholds": 50}, binary),
    ("AUC", {"curve": "PRGAIN"}, binary),
    ("AUC", {"curve": "PR", "summation_method": "majoring"}, binary),
    ("AUC", {"summation_method": "minoring", "thresholds": [0.1, 0.45, 0.8]}, binary),
    ("AUC", {"multi_label": True}, labels),
    ("AUC", {"multi_label": True, "num_labels": 3, "curve": "PR"}, labels),
    ("F1Score", {"threshold": 0.5}, labels),
    ("F1Score", {"average": "macro"}, onehot),
    ("FBetaScore", {"beta": 2.0, "average": "weighted"}, onehot),
    ("FBetaScore", {"beta": 0.5, "average": "micro"}, onehot),
    ("R2Score", {"class_aggregation": "variance_weighted_average"}, real),
    ("R2Score", {"class_aggregation": None, "num_regressors": 2}, real),
    ("IoU", {"num_classes": 3, "target_class_ids": [0, 2]}, classes),
    ("MeanIoU", {"num_classes": 3}, classes),
    ("MeanIoU", {"num_classes": 3, "ignore_class": 1}, classes),
    ("BinaryIoU", {"threshold": 0.4}, binary),
    ("OneHotIoU", {"num_classes": 4, "target_class_ids": [1, 3]}, onehot),
    ("OneHotMeanIoU", {"num_classes": 4, "sparse_y_pred": False}, onehot),
]
for name, options, batches in RUNS:
    for weighted in [False, True]:
        keras.utils.clear_session()
        m = getattr(M, name)(**options)
        kept, weights = [], []
        for i, (t, p) in enumerate(batches):
            w = distinct((len(t),), 90 + i, np.float32, 0.5, 3)
            if "IoU" in name:
                w = np.round(w * 3).astype(np.int32)
            weights.append(w if weighted else None)
            m.update_state(t, p, sample_weight=w if weighted else None)
            kept.append(np.asarray(m.result()))
        case = {"name": f"{name} {options} {'weighted' if weighted else 'plain'}", "metric": name, "options": options, "batches": [list(b) for b in batches], "weights": weights, "results": kept, "variables": [v.path for v in m.variables], "config": m.get_config(), "repr": repr(m)}
        m.reset_state()
        case["after_reset"] = [v.numpy() for v in m.variables] if len(m.variables) < 5 and np.prod(m.variables[0].shape) < 5 else []
        cases.append(case)

for name in ["Mean", "Sum"]:
    m = getattr(M, name)()
    out = []
    for i, (v, w) in enumerate([([1.0, 3.0, 5.0], None), (np.array([[1.0, 2.0], [4.0, 8.5]], np.float32), None), (np.array([[1.0, 2.0], [4.0, 8.5]], np.float32), np.array([2.0, 0.5], np.float32)), (7.5, 3.0)]):
        m.update_state(v, sample_weight=w)
        out.append(np.asarray(m.result()))
    cases.append({"name": name, "mean": name, "results": out})
m = M.MeanMetricWrapper(fn=lambda t, p: keras.ops.abs(t - p), name="far")
m.update_state(np.array([1.0, 2.0]), np.array([2.5, 2.0]))
cases.append({"name": "wrapper", "wrapper": np.asarray(m.result())})
for name, f in [
    ("identifier", lambda: M.get("accurate")),
    ("threshold", lambda: M.Precision(thresholds=1.5)),
    ("curve", lambda: M.AUC(curve="roc2")),
    ("summation", lambda: M.AUC(summation_method="up")),
    ("thresholds", lambda: M.AUC(num_thresholds=1)),
    ("labels", lambda: M.AUC(num_labels=2)),
    ("specificity", lambda: M.SensitivityAtSpecificity(1.5)),
    ("average", lambda: M.F1Score(average="mean")),
    ("class", lambda: M.IoU(num_classes=2, target_class_ids=[2])),
    ("aggregation", lambda: M.R2Score(class_aggregation="mean")),
]:
    try:
        f()
        raise SystemExit(f"{name}: no error")
    except Exception as e:
        cases.append({"name": f"error {name}", "error": type(e).__name__, "message": str(e)})
save(__file__, cases, "keras")
