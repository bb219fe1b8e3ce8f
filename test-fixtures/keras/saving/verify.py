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


def decode(v):
    if isinstance(v, dict) and "$a" in v:
        return np.frombuffer(base64.b64decode(v["b64"]), v["$a"]).reshape(v["shape"])
    if isinstance(v, dict) and "$d" in v:
        return {k: decode(x) for k, x in v["$d"]}
    return [decode(x) for x in v] if isinstance(v, list) else v


def main():
    folder = pathlib.Path(sys.argv[1])
    worst = 0.0
    for case in json.loads((HERE / "cases.json").read_text()):
        name, x, y, out = case["name"], decode(case["x"]), decode(case["y"]), decode(case["out"])
        if name.endswith(".weights.h5"):
            continue
        for kind in (".keras", ".h5"):
            model = keras.models.load_model(folder / (name + kind))
            off = [float(np.abs(model.predict(x, verbose=0) - out).max())]
            if kind == ".keras":
                fit = model.fit(x, y, batch_size=4, epochs=3, shuffle=False, verbose=0)
                off.append(max(abs(a - b) for a, b in zip(fit.history["loss"], case["losses"])))
            model.load_weights(folder / (name + ".weights.h5"))
            off.append(float(np.abs(model.predict(x, verbose=0) - out).max()))
            worst = max(worst, off[0], off[-1])
            print(name, kind, *off)
    print("predictions differ by at most", worst)
    sys.exit(worst > 1e-6)


main()
