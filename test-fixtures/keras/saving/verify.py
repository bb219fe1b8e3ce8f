"""Opens in Keras what write.mjs wrote, and shows how far its predictions and losses are from those of the original files.

    node write.mjs FOLDER && python verify.py FOLDER
"""

import base64
import json
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
import numpy as np

HERE = pathlib.Path(__file__).resolve().parent


class Scale(keras.layers.Layer):
    def __init__(self, by=2.0, **kwargs):
        super().__init__(**kwargs)
        self.by = by

    def build(self, input_shape):
        self.gain = self.add_weight(shape=(input_shape[-1],), initializer="ones", name="gain")

    def call(self, x):
        return x * self.gain * self.by

    def get_config(self):
        return {**super().get_config(), "by": self.by}


class Net(keras.Model):
    def __init__(self, units=3, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.first = keras.layers.Dense(units, activation="tanh")
        self.rest = [keras.layers.Dense(2), Scale(0.5)]

    def call(self, x):
        x = self.first(x)
        for layer in self.rest:
            x = layer(x)
        return x

    def get_config(self):
        return {**super().get_config(), "units": self.units}


def double(x):
    return x * 2.0


def squared(y_true, y_pred):
    return (y_true - y_pred) ** 2


# What Keras 3 has no name for any more.
def hard_sigmoid_keras2(x):
    return keras.ops.clip(x * 0.2 + 0.5, 0, 1)


CUSTOM = {f.__name__: f for f in (Scale, Net, double, squared, hard_sigmoid_keras2)}
# What Keras 3 cannot read, whoever wrote it.
NOT_READABLE = {
    "prepared.keras.h5",  # its `.h5` files hold no vocabularies
    "convlstm2.h5.keras",  # it has no name for what Keras 2 called hard_sigmoid
}


def decode(v):
    if isinstance(v, dict) and "$a" in v:
        return np.frombuffer(base64.b64decode(v["b64"]), v["$a"]).reshape(v["shape"])
    if isinstance(v, dict) and "$d" in v:
        return {k: decode(x) for k, x in v["$d"]}
    return [decode(x) for x in v] if isinstance(v, list) else v


def leaves(x):
    if isinstance(x, dict):
        return [a for v in x.values() for a in leaves(v)]
    return [a for v in x for a in leaves(v)] if isinstance(x, list) else [np.asarray(x)]


def distance(a, b):
    return max(float(np.abs(p - q).max()) for p, q in zip(leaves(a), leaves(b)))


def reset(model):
    for layer in model.layers:
        if getattr(layer, "stateful", False):
            layer.reset_state()


def main():
    folder = pathlib.Path(sys.argv[1])
    worst, opened, failed = 0.0, 0, []
    cases = [c for path in (HERE, HERE / "more") for c in json.loads((path / "cases.json").read_text())]
    for case in cases:
        name, x, y, out = case["name"], decode(case["x"]), decode(case["y"]), decode(case["out"])
        if name.endswith(".weights.h5") or not case.get("resumes", True):
            continue
        for kind in (".keras", ".h5"):
            if not (folder / (name + kind)).exists() or name + kind in NOT_READABLE:
                continue
            try:
                model = keras.models.load_model(folder / (name + kind), custom_objects=CUSTOM)
                off = [distance(model.predict(x, batch_size=4, verbose=0), out)]
                reset(model)
                if kind == ".keras":
                    fit = model.fit(x, y, batch_size=4, epochs=3, shuffle=False, verbose=0)
                    off.append(max(abs(a - b) for a, b in zip(fit.history["loss"], case["losses"])))
                model.load_weights(folder / (name + ".weights.h5"))
                reset(model)
                off.append(distance(model.predict(x, batch_size=4, verbose=0), out))
                worst, opened = max(worst, off[0], off[-1]), opened + 1
                print(name, kind, *off)
            except Exception as e:  # noqa: BLE001
                failed.append(name + kind)
                print(name, kind, "FAILED", type(e).__name__, str(e)[:400])
    print(opened, "opened; predictions differ by at most", worst, "; failed:", failed)
    sys.exit(worst > 1e-5 or bool(failed))


main()
