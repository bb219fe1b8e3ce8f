"""Architectures of keras.applications: their configurations, and what they predict with weights by a rule.

Weights would be too large to keep. Number k of weight i is a hash of both between 0 and 1, brought into a range by the
weight's name, as packages/keras/src/applications/applications.test.ts does it, too.
"""

import hashlib
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


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


# What the constructors build: configuration and summary by their hashes, predictions where the weights are few.
TINY = {"weights": None, "input_shape": [32, 32, 3], "classes": 4}
for function, options, variance in [
    ("MobileNet", {**TINY, "alpha": 0.25, "classifier_activation": None}, 0.15),
    ("MobileNetV2", {"weights": None, "include_top": False, "alpha": 0.35, "pooling": "avg", "input_shape": [32, 32, 3]}, None),
    ("MobileNetV3Small", {**TINY, "minimalistic": True, "alpha": 0.75, "classifier_activation": None}, 0.3),
    ("MobileNetV3Large", {**TINY, "alpha": 0.5, "dropout_rate": 0.0, "include_preprocessing": False}, None),
    ("DenseNet121", {**TINY, "classifier_activation": None}, 0.5),
    ("EfficientNetB1", {"weights": None, "include_top": False, "pooling": "max"}, None),
    ("EfficientNetV2B0", {**TINY, "classifier_activation": None}, 0.6),
    ("NASNetMobile", {**TINY, "classifier_activation": None}, 1.0),
    ("VGG16", {"weights": None, "include_top": False, "input_shape": [None, None, 3]}, None),
]:
    keras.backend.clear_session()
    model = getattr(keras.applications, function)(**{k: tuple(v) if isinstance(v, list) else v for k, v in options.items()})
    lines = []
    model.summary(line_length=120, print_fn=lambda text, **_: lines.append(text))
    case = {
        "name": function,
        "options": options,
        "params": model.count_params(),
        "config": digest(model.to_json()),
        "summary": digest("\n".join(lines)),
        "paths": digest("\n".join(w.path for w in model.weights)),
    }
    if variance is not None:
        model.set_weights([value(w, i, variance) for i, w in enumerate(model.weights)])
        scale = 255 if function in ("MobileNetV3Small", "EfficientNetV2B0") else 1
        x = (hashed(999, 2 * 32 * 32 * 3) * scale).astype(np.float32).reshape(2, 32, 32, 3)
        case |= {"variance": variance, "scale": scale, "out": model.predict(x, verbose=0)}
        print(function, case["out"])
    cases.append(case)

# What goes into the models, and what their predictions mean.
photo = (hashed(5, 2 * 3 * 2 * 3) * 255).round().astype(np.float32)
for module in ["imagenet_utils", "mobilenet", "resnet50", "densenet", "efficientnet"]:
    for data_format, shape in [("channels_last", (2, 3, 2, 3)), ("channels_first", (2, 3, 3, 2)), ("channels_last", (4, 3, 3))]:
        x = photo.reshape(shape)
        made = getattr(keras.applications, module).preprocess_input(x.copy(), data_format=data_format)
        cases.append({"name": f"preprocess {module} {data_format}", "module": module, "shape": shape, "data_format": data_format, "made": np.array(made)})
keras.src.applications.imagenet_utils.CLASS_INDEX = {str(i): [f"n{i:08d}", f"class {i}"] for i in range(1000)}
scores = hashed(3, 2000).astype(np.float32).reshape(2, 1000)
decoded = keras.applications.mobilenet.decode_predictions(scores, top=3)
cases.append({"name": "decode", "decoded": [[[w, n, float(s)] for w, n, s in row] for row in decoded]})
save(__file__, cases, "keras")
