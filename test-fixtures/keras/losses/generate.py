"""Losses of Keras: functions, classes with every option, reductions, weights, masks, gradients."""

import pathlib
import sys

import keras

# After Keras, which would take folders of fixtures for packages.
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import numpy as np
import tensorflow as tf
from fixtures import distinct, save

L = keras.losses
cases = []


def probs(shape, seed):
    p = distinct(shape, seed, np.float32, 0.05, 1.0)
    return p / p.sum(-1, keepdims=True)


def onehot(n, k, seed):
    return np.eye(k, dtype=np.float32)[np.random.default_rng(seed).integers(0, k, n)]


real = (distinct((3, 4), 1, np.float32, -2, 2), distinct((3, 4), 2, np.float32, -2, 2))
positive = (distinct((3, 4), 3, np.float32, 0.1, 3), distinct((3, 4), 4, np.float32, 0.1, 3))
signs = (np.sign(distinct((3, 4), 5, np.float32)), distinct((3, 4), 6, np.float32, -2, 2))
binary = ((distinct((3, 4), 7, np.float32) > 0).astype(np.float32), distinct((3, 4), 8, np.float32, 0.02, 0.98))
logits = (binary[0], distinct((3, 4), 9, np.float32, -3, 3))
soft = (probs((3, 4), 10), probs((3, 4), 11))
classes = (onehot(5, 4, 12), probs((5, 4), 13))
class_logits = (classes[0], distinct((5, 4), 14, np.float32, -3, 3))
sparse = (np.array([0, 3, 1, 2, 1], dtype=np.int32), probs((5, 4), 15))
sparse_logits = (sparse[0], class_logits[1])
steps = (np.array([[0, 3, 1], [2, 1, 2]], dtype=np.int32), probs((2, 3, 4), 16))
embed = distinct((6, 3), 17, np.float32, -1, 1)
embed = embed / np.linalg.norm(embed, axis=1, keepdims=True)
circle = (np.array([0, 1, 0, 2, 1, 0], dtype=np.int32), embed)
ctc = (np.array([[1, 2, 1], [3, 0, 0]], dtype=np.int32), distinct((2, 5, 4), 18, np.float32, -2, 2))

RUNS = [
    ("MeanSquaredError", {}, real),
    ("MeanAbsoluteError", {}, real),
    ("MeanAbsolutePercentageError", {}, real),
    ("MeanSquaredLogarithmicError", {}, positive),
    ("CosineSimilarity", {}, real),
    ("CosineSimilarity", {"axis": 0}, real),
    ("Huber", {}, real),
    ("Huber", {"delta": 0.4}, real),
    ("LogCosh", {}, real),
    ("Hinge", {}, signs),
    ("Hinge", {}, binary),
    ("SquaredHinge", {}, signs),
    ("CategoricalHinge", {}, classes),
    ("KLDivergence", {}, soft),
    ("Poisson", {}, positive),
    ("BinaryCrossentropy", {}, binary),
    ("BinaryCrossentropy", {"from_logits": True, "label_smoothing": 0.2}, logits),
    ("BinaryCrossentropy", {"label_smoothing": 0.1, "axis": 0}, binary),
    ("BinaryFocalCrossentropy", {}, binary),
    ("BinaryFocalCrossentropy", {"apply_class_balancing": True, "alpha": 0.3, "gamma": 1.5, "from_logits": True}, logits),
    ("CategoricalCrossentropy", {}, classes),
    ("CategoricalCrossentropy", {"from_logits": True, "label_smoothing": 0.1}, class_logits),
    ("CategoricalFocalCrossentropy", {}, classes),
    ("CategoricalFocalCrossentropy", {"alpha": 0.4, "gamma": 1.0, "from_logits": True}, class_logits),
    ("SparseCategoricalCrossentropy", {}, sparse),
    ("SparseCategoricalCrossentropy", {"from_logits": True}, sparse_logits),
    ("SparseCategoricalCrossentropy", {"ignore_class": 1}, sparse),
    ("SparseCategoricalCrossentropy", {}, steps),
    ("Dice", {}, binary),
    ("Dice", {"axis": [1]}, binary),
    ("Tversky", {"alpha": 0.3, "beta": 0.8}, binary),
    ("Circle", {}, circle),
    ("Circle", {"gamma": 20.0, "margin": 0.25, "remove_diagonal": False}, circle),
    ("CTC", {}, ctc),
    ("CategoricalGeneralizedCrossEntropy", {"q": 0.7}, sparse),
]


def value_and_gradient(f, p):
    with tf.GradientTape() as tape:
        x = tf.convert_to_tensor(p)
        tape.watch(x)
        y = f(x)
        total = tf.reduce_sum(y)
    g = tape.gradient(total, x)
    return y.numpy(), None if g is None else tf.convert_to_tensor(g).numpy()


for name, options, (t, p) in RUNS:
    for reduction in ["sum_over_batch_size", "sum", "none"]:
        loss = getattr(L, name)(reduction=reduction, **options)
        y, g = value_and_gradient(lambda x: loss(t, x), p)
        cases.append({"name": f"{name} {options} {reduction}", "loss": name, "options": {**options, "reduction": reduction}, "y_true": t, "y_pred": p, "value": y, "gradient": g, "config": loss.get_config()})

w = np.array([0.5, 2.0, 1.25], dtype=np.float32)
for reduction in ["sum_over_batch_size", "sum", "none", "mean", "mean_with_sample_weight"]:
    for label, weight in [("by sample", w), ("column", w[:, None]), ("zero", np.zeros(3, np.float32))]:
        loss = L.MeanSquaredError(reduction=reduction)
        y, g = value_and_gradient(lambda x: loss(real[0], x, sample_weight=weight), real[1])
        cases.append({"name": f"weights {label} {reduction}", "loss": "MeanSquaredError", "options": {"reduction": reduction}, "y_true": real[0], "y_pred": real[1], "sample_weight": weight, "value": y, "gradient": g})
    mask = np.array([True, False, True])
    loss = L.MeanAbsoluteError(reduction=reduction)

    def masked(x, weight):
        keras.src.backend.set_keras_mask(x, tf.constant(mask))
        return loss(real[0], x, sample_weight=weight)

    for weight in [None, w]:
        y, g = value_and_gradient(lambda x: masked(x, weight), real[1])
        cases.append({"name": f"mask {weight is not None} {reduction}", "loss": "MeanAbsoluteError", "options": {"reduction": reduction}, "y_true": real[0], "y_pred": real[1], "mask": mask, "sample_weight": weight, "value": y, "gradient": g})

FUNCTIONS = [
    ("mean_squared_error", real, {}),
    ("mean_absolute_error", real, {}),
    ("mean_absolute_percentage_error", real, {}),
    ("mean_squared_logarithmic_error", positive, {}),
    ("cosine_similarity", real, {"axis": 0}),
    ("huber", real, {"delta": 0.7}),
    ("log_cosh", real, {}),
    ("hinge", signs, {}),
    ("squared_hinge", binary, {}),
    ("categorical_hinge", classes, {}),
    ("kl_divergence", soft, {}),
    ("poisson", positive, {}),
    ("binary_crossentropy", binary, {"label_smoothing": 0.1}),
    ("binary_focal_crossentropy", binary, {"gamma": 1.0}),
    ("categorical_crossentropy", classes, {"label_smoothing": 0.3}),
    ("categorical_focal_crossentropy", classes, {}),
    ("sparse_categorical_crossentropy", steps, {"ignore_class": 2}),
    ("categorical_generalized_cross_entropy", sparse, {"q": 0.3}),
    ("dice", binary, {}),
    ("tversky", binary, {"axis": [0]}),
    ("circle", circle, {}),
    ("ctc", ctc, {}),
]
for name, (t, p), options in FUNCTIONS:
    y, g = value_and_gradient(lambda x: getattr(L, name)(t, x, **options), p)
    cases.append({"name": f"function {name}", "function": name, "options": options, "y_true": t, "y_pred": p, "value": y, "gradient": g})

for name, f in [
    ("reduction", lambda: L.MeanSquaredError(reduction="avg")),
    ("identifier", lambda: L.get("mean_squared")),
    ("weights shape", lambda: L.MeanSquaredError()(np.zeros((2, 3, 4), np.float32), np.ones((2, 3, 4), np.float32), np.ones(2, np.float32))),
    ("ctc rank", lambda: L.ctc(np.zeros(3, np.int32), np.zeros((1, 2, 3), np.float32))),
    ("q", lambda: L.CategoricalGeneralizedCrossEntropy(q=1.5)),
]:
    try:
        f()
    except Exception as e:
        cases.append({"name": f"error {name}", "error": type(e).__name__, "message": str(e)})
save(__file__, cases, "keras")
