"""The Keras side of the main job: a Keras 3 archive and a Keras 2 file, trained on scikit-learn's digits, with what Keras
predicts from each and the loss of every step of three more epochs."""

import os
import pathlib
import sys

os.environ["CUDA_VISIBLE_DEVICES"] = "-1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tf_keras  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))
import fixtures  # noqa: E402

TRAIN, SHOWN, BATCH, EPOCHS = 1500, 32, 50, 3


class StepLosses(keras.callbacks.Callback):
    """The loss of each step alone, from the running means that Keras reports."""

    def __init__(self):
        super().__init__()
        self.losses = []

    def on_epoch_begin(self, epoch, logs=None):
        self.seen, self.total = 0, 0.0

    def on_train_batch_end(self, batch, logs=None):
        n = min(BATCH, TRAIN - self.seen)
        total = logs["loss"] * (self.seen + n)
        self.losses.append((total - self.total) / n)
        self.seen, self.total = self.seen + n, total


def summary_of(model):
    lines = []
    model.summary(print_fn=lambda s, **_: lines.append(s))
    return "\n".join(lines)


def main():
    data = np.load(HERE / "digits.npz")
    x = (data["images"] / 16.0).astype("float32")[..., None]
    y = data["labels"].astype("int64")
    shown = x[TRAIN : TRAIN + SHOWN]

    keras.utils.set_random_seed(1)
    inputs = keras.Input((8, 8, 1), name="image")
    h = keras.layers.Conv2D(8, 3, padding="same", activation="relu", name="conv1")(inputs)
    h = keras.layers.MaxPooling2D(name="pool1")(h)
    h = keras.layers.Conv2D(16, 3, padding="same", activation="relu", name="conv2")(h)
    h = keras.layers.BatchNormalization(name="bn")(h)
    h = keras.layers.GlobalAveragePooling2D(name="mean")(h)
    h = keras.layers.Dense(32, activation="relu", name="hidden")(h)
    outputs = keras.layers.Dense(10, activation="softmax", name="digit")(h)
    model = keras.Model(inputs, outputs, name="digits")
    model.compile(
        optimizer=keras.optimizers.Adam(3e-3), loss="sparse_categorical_crossentropy", metrics=["accuracy"]
    )
    model.fit(x[:TRAIN], y[:TRAIN], batch_size=BATCH, epochs=1, shuffle=False, verbose=0)
    model.save(HERE / "cnn.keras")
    expected = {"cnn": {"summary": summary_of(model), "predictions": model.predict(shown, verbose=0)}}
    model = keras.models.load_model(HERE / "cnn.keras")
    steps = StepLosses()
    history = model.fit(
        x[:TRAIN], y[:TRAIN], batch_size=BATCH, epochs=EPOCHS, shuffle=False, verbose=0, callbacks=[steps]
    )
    expected["cnn"] |= {
        "losses": np.array(steps.losses),
        "history": {k: np.array(v) for k, v in history.history.items()},
        "after": model.predict(shown, verbose=0),
        "evaluation": model.evaluate(x[TRAIN:], y[TRAIN:], verbose=0),
    }

    tf_keras.utils.set_random_seed(2)
    old = tf_keras.Sequential(
        [
            tf_keras.layers.Input((8, 8), name="rows"),
            tf_keras.layers.LSTM(24, return_sequences=True, name="lstm"),
            tf_keras.layers.GRU(16, name="gru"),
            tf_keras.layers.Dropout(0.2, name="drop"),
            tf_keras.layers.Dense(10, activation="softmax", name="digit"),
        ],
        name="rows_rnn",
    )
    old.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    old.fit(x[:TRAIN, :, :, 0], y[:TRAIN], batch_size=BATCH, epochs=1, shuffle=False, verbose=0)
    old.save(HERE / "rnn_keras2.h5")
    # Keras 3 itself refuses Keras 2's LSTM config (time_major), so its table comes from the same model built anew.
    new = keras.Sequential(
        [
            keras.layers.Input((8, 8), name="rows"),
            keras.layers.LSTM(24, return_sequences=True, name="lstm"),
            keras.layers.GRU(16, name="gru"),
            keras.layers.Dropout(0.2, name="drop"),
            keras.layers.Dense(10, activation="softmax", name="digit"),
        ],
        name="rows_rnn",
    )
    new.set_weights(old.get_weights())
    expected["rnn"] = {"summary": summary_of(new), "predictions": old.predict(shown[..., 0], verbose=0)}

    fixtures.save(__file__, [{"name": k, **v} for k, v in expected.items()], "keras", "keras.json")
    fixtures.lock(HERE / "cnn.keras", "keras")
    fixtures.lock(HERE / "rnn_keras2.h5", "tf_keras")


main()
