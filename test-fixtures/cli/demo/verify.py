"""Opens what the main job saved with the library it is for, and compares what that predicts with what we predicted.

    python verify.py torch OUT      # OUT/cnn.pt and OUT/cnn.pt.npy
    python verify.py keras OUT      # OUT/cnn.keras and OUT/cnn.keras.npy

Exits with 0 where the predictions agree.
"""

import os
import pathlib
import sys

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
TRAIN, SHOWN = 1500, 32
#: Of the largest output.
TOLERANCE = 1e-5


def images():
    return (np.load(HERE / "digits.npz")["images"][TRAIN : TRAIN + SHOWN] / 16.0).astype("float32")


def torch_predictions(path):
    import torch

    sys.path.insert(0, str(HERE))
    from generate_torch import DigitsCNN

    model = DigitsCNN()
    model.load_state_dict(torch.load(path))
    model.eval()
    with torch.no_grad():
        return f"PyTorch {torch.__version__}", model(torch.tensor(images())[:, None]).numpy()


def keras_predictions(path):
    os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import keras

    model = keras.models.load_model(path)
    return f"Keras {keras.__version__}", model.predict(images()[..., None], verbose=0)


def main(library, out):
    name, predictions = {"torch": ("cnn.pt", torch_predictions), "keras": ("cnn.keras", keras_predictions)}[library]
    path = pathlib.Path(out) / name
    who, theirs = predictions(path)
    ours = np.load(f"{path}.npy")
    off = float(np.abs(ours - theirs).max() / np.abs(theirs).max())
    print(f"{who} opens {name}: largest difference of its predictions {off:.1e}")
    return 0 if ours.shape == theirs.shape and off <= TOLERANCE else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
