"""What Keras says to an archive with a layer that it does not know, and to inputs that do not fit."""

import os
import pathlib
import subprocess
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras  # noqa: E402
import numpy as np  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
import fixtures  # noqa: E402


class Scale(keras.layers.Layer):
    def __init__(self, factor=2.0, **kwargs):
        super().__init__(**kwargs)
        self.factor = factor

    def call(self, x):
        return x * self.factor

    def get_config(self):
        return {**super().get_config(), "factor": self.factor}


def error(run):
    try:
        run()
    except Exception as e:
        return e
    return None


def main():
    keras.utils.set_random_seed(3)
    inputs = keras.Input((4,), name="x")
    outputs = keras.layers.Dense(3, name="dense")(Scale(2.5, name="scale")(inputs))
    model = keras.Model(inputs, outputs, name="scaled")
    model.save(HERE / "scale.keras")
    fixtures.lock(HERE / "scale.keras", "keras")
    x = fixtures.distinct((2, 4), 5, np.float32)
    program = (
        "import sys, keras\n"
        "try:\n keras.models.load_model(sys.argv[1])\n"
        "except Exception as e:\n print(type(e).__name__, str(e), sep='\\n', end='')\n"
    )
    # Another program, which has no class of that name.
    said = subprocess.run(
        [sys.executable, "-c", program, str(HERE / "scale.keras")], capture_output=True, text=True, check=True
    ).stdout
    kind, message = said.split("\n", 1)
    cases = [
        {"name": "unknown layer", "error": {"type": kind, "message": message}},
        {"name": "known layer", "x": x, "y": model.predict(x, verbose=0)},
    ]
    cnn = keras.models.load_model(HERE.parent / "demo" / "cnn.keras")
    for name, run in [
        ("predict, wrong width", lambda: cnn.predict(np.zeros((2, 8, 9, 1), "float32"), verbose=0)),
        ("call, wrong channels", lambda: cnn(np.zeros((2, 8, 8, 3), "float32"))),
        ("layer, wrong channels", lambda: cnn.get_layer("conv1")(np.zeros((2, 8, 8, 3), "float32"))),
        ("layer, wrong rank", lambda: cnn.get_layer("conv1")(np.zeros((2, 8, 8), "float32"))),
        ("layer, wrong features", lambda: cnn.get_layer("hidden")(np.zeros((2, 5), "float32"))),
    ]:
        cases.append({"name": name, "error": error(run)})
    fixtures.save(__file__, cases, "keras", "keras.json")


main()
