"""Architectures of keras.applications: their configurations, and what they predict with weights by a rule.

Weights would be too large to keep. Number k of weight i is a hash of both between 0 and 1, brought into a range by the
weight's name, as packages/keras/src/models/applications.test.ts does it, too.
"""

import os
import pathlib
import sys
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import keras
import numpy as np
from keras.src.applications.convnext import ConvNeXt

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
from fixtures import lock, save


def hashed(i, n):
    k = (np.arange(n, dtype=np.uint64) * np.uint64(2654435761) + np.uint64(i * 40503)) % np.uint64(2**32)
    return (k ^ (k >> np.uint64(15))).astype(np.float64) / 2**32


# How small variances are: the smaller, the more of the input comes through.
VARIANCE = {"MobileNetV2": 0.15, "ResNet50": 1.0, "EfficientNetB0": 0.15, "ConvNeXt": 0.5}


def value(w, i, variance):
    u = hashed(i, int(np.prod(w.shape)))
    if w.name == "gamma":
        v = 1 + u
    elif w.name == "moving_variance":
        v = variance + u / 8
    elif len(w.shape) == 1:
        v = (u - 0.5) * 0.2
    else:
        fan_in = np.prod(w.shape[:-2]) if w.name == "depthwise_kernel" else np.prod(w.shape[:-1])
        v = (u - 0.5) * 2 * np.sqrt(6 / fan_in)
    return v.astype(np.float32).reshape(w.shape)


cases = []
for name, make in {
    "MobileNetV2": lambda: keras.applications.MobileNetV2((32, 32, 3), alpha=0.35, weights=None, classes=10, classifier_activation=None),
    "ResNet50": lambda: keras.applications.ResNet50(input_shape=(32, 32, 3), weights=None, classes=10, classifier_activation=None),
    "EfficientNetB0": lambda: keras.applications.EfficientNetB0(input_shape=(32, 32, 3), weights=None, classes=10, classifier_activation=None),
    "ConvNeXt": lambda: ConvNeXt(depths=[1, 2, 1, 1], projection_dims=[8, 12, 16, 24], weights=None, input_shape=(32, 32, 3), classes=4, classifier_activation=None, weights_name="none", name="convnext"),
}.items():
    keras.backend.clear_session()
    model = make()
    model.set_weights([value(w, i, VARIANCE[name]) for i, w in enumerate(model.weights)])
    x = (hashed(999, 2 * 32 * 32 * 3) * (255 if name == "EfficientNetB0" else 1)).astype(np.float32).reshape(2, 32, 32, 3)
    path = HERE / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as z:
        z.writestr(zipfile.ZipInfo("config.json"), model.to_json(), zipfile.ZIP_DEFLATED)
    lock(path, "keras")
    cases.append({"name": name, "variance": VARIANCE[name], "scale": 255 if name == "EfficientNetB0" else 1, "out": model.predict(x, verbose=0), "weights": len(model.weights), "params": model.count_params(), "layers": len(model.layers)})
    print(name, model.count_params(), path.stat().st_size, cases[-1]["out"])
save(__file__, cases, "keras")
