"""keras.saving.KerasFileEditor: what it prints and gives for a file, and the file that it writes."""

import io
import os
import pathlib
import sys
import tempfile
from contextlib import redirect_stdout

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["COLUMNS"] = "200"
import keras
import numpy as np

# Behind the libraries: the folders here have their names.
sys.path.append(str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import distinct, lock, save  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent


def model(units=3, more=False):
    keras.backend.clear_session()
    x = keras.Input((4,))
    y = keras.layers.Dense(units, name="first")(x)
    y = keras.layers.BatchNormalization(name="norm")(y)
    if more:
        y = keras.layers.Dense(5, name="extra")(y)
    m = keras.Model(x, keras.layers.Dense(2, name="last")(y))
    m.set_weights([distinct(w.shape, i, np.float32) for i, w in enumerate(m.get_weights())])
    return m


model().save_weights(HERE / "small.weights.h5")
lock(HERE / "small.weights.h5", "keras")
os.chdir(HERE)
CASES = []


def case(f):
    out = io.StringIO()
    with redirect_stdout(out):
        f(out)
    CASES.append({"name": f.__name__, "out": out.getvalue()})


def editor(out):
    e = keras.saving.KerasFileEditor("small.weights.h5")
    return e


def attempt(f):
    try:
        f()
    except Exception as e:  # noqa: BLE001 - what is raised is printed
        print(f"{type(e).__name__}: {e}")


@case
def listing(out):
    editor(out).summary()


@case
def comparing(out):
    e = editor(out)
    print(e.compare(model()))
    print(e.compare(model(6)))
    print(e.compare(model(3, True)))


@case
def editing(out):
    e = editor(out)
    e.rename_object("layers/dense_1", "dense_2")
    e.add_object("layers/dense_1", {"0": np.ones((3, 5), "float32"), "1": np.zeros(5, "float32")})
    e.delete_weight("layers/dense", "1")
    e.add_weights("layers/dense", {"1": np.full(3, 2.0, "float32")})
    e.summary()
    e.delete_object("batch_normalization")
    e.summary()
    with tempfile.TemporaryDirectory() as d:
        e.save(f"{d}/edited.weights.h5")
        keras.saving.KerasFileEditor.summary(e)
    attempt(lambda: e.rename_object("layers/dense_1", "a/b"))
    attempt(lambda: e.delete_object("layers/nothing"))
    attempt(lambda: e.delete_object("nothing"))
    attempt(lambda: e.delete_object("0"))
    attempt(lambda: e.delete_weight("layers/dense", "7"))
    attempt(lambda: e.add_weights("layers/dense", [1]))
    attempt(lambda: e.add_object("no/where", {"0": np.ones(2)}))
    attempt(lambda: e.save("edited.h5"))
    attempt(lambda: keras.saving.KerasFileEditor("edited.txt"))


save(__file__, CASES, "keras")
