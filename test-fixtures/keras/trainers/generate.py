"""Training in Keras on TensorFlow: logs, histories and printed text under set_random_seed, with times masked."""

import contextlib
import io
import pathlib
import re
import sys

import keras

# After Keras, which would take folders of fixtures for packages.
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))
import numpy as np
from fixtures import distinct, save

K = keras
cases = []
X = distinct((22, 3), 1, np.float32, -2, 2)
Y = (X[:, :1] * 0.7 - X[:, 1:2] * 0.3 + 0.1).astype(np.float32)
C = (np.arange(22) * 7 % 3).astype(np.int32)
W = distinct((22,), 2, np.float32, 0.2, 3)
save(__file__, [{"name": "data", "x": X, "y": Y, "c": C, "w": W}], "keras", "data.json")


def masked(text):
    text = text.split("\r")[-1] if "\b" in text and False else text
    text = re.sub(r"\d+(\.\d+)?(ms|us|s)/step", "T/step", text)
    text = re.sub(r"- \d+s -", "- T -", text)
    return re.sub(r"\x1b\[1m[\d:]+s\x1b\[0m", "T", text)


def last_bars(text):
    """What is left on a terminal: what was written over is gone."""
    lines = []
    for line in text.split("\n"):
        lines.append(line.split("\r")[-1].rstrip() if "\r" in line else line)
    return masked("\n".join(lines))


def regression(seed=5, **compile_):
    K.utils.clear_session()
    K.utils.set_random_seed(seed)
    m = K.Sequential([K.Input((3,)), K.layers.Dense(4, activation="tanh"), K.layers.Dense(1)])
    m.compile(**{"optimizer": K.optimizers.SGD(0.05), "loss": "mse", **compile_})
    return m


def classifier(seed=6, **compile_):
    K.utils.clear_session()
    K.utils.set_random_seed(seed)
    m = K.Sequential([K.Input((3,)), K.layers.Dense(5, activation="relu"), K.layers.Dense(3, activation="softmax")])
    m.compile(**{"optimizer": K.optimizers.Adam(0.02), "loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"], **compile_})
    return m


def run(name, make, *args, data=(X, Y), after=None, **fit):
    m = make()
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        h = m.fit(*data, *args, **{"verbose": 0, "epochs": 2, "batch_size": 8, **fit})
        more = after(m) if after else None
    cases.append({"name": name, "history": h.history, "epoch": h.epoch, "weights": [v.numpy() for v in m.weights], "text": last_bars(out.getvalue()), "after": more, "params": {k: (v if isinstance(v, (int, type(None))) else str(v)) for k, v in h.params.items()}})


run("shuffled", regression)
run("not shuffled", regression, shuffle=False)
run("shuffled in batches", regression, shuffle="batch", batch_size=5)
run("shuffled in batches of 8", regression, shuffle="batch")
run("verbose 2", classifier, data=(X, C), verbose=2, validation_split=0.25, epochs=3)
run("verbose 1", classifier, data=(X, C), verbose=1, epochs=2)
run("verbose auto, one epoch", regression, verbose="auto", epochs=1, validation_data=(X[:5], Y[:5]))
run("class weight", lambda: classifier(weighted_metrics=["accuracy"]), data=(X, C), class_weight={0: 1.0, 1: 5.0, 2: 0.5})
run("sample weight", lambda: regression(metrics=["mae"], weighted_metrics=["mae", "mse"]), sample_weight=W)
run("validation weights", lambda: regression(weighted_metrics=["mae"]), validation_data=(X[:6], Y[:6], W[:6]), validation_batch_size=4)
run("initial epoch", regression, initial_epoch=1, epochs=3)
run("steps", regression, steps_per_epoch=2, epochs=3)
run("validation every other", regression, validation_split=0.3, validation_freq=2, epochs=3)
run("steps per execution", lambda: regression(steps_per_execution=2))
run("string metrics", lambda: regression(metrics=["mse", "mae", "mean_absolute_percentage_error", K.metrics.RootMeanSquaredError(), K.metrics.MeanSquaredError(name="again")]))
run("binary", lambda: regression(loss="binary_crossentropy", metrics=["acc", K.metrics.AUC(name="auc"), "Precision"]), data=(X, (Y > 0).astype(np.float32)))
run("one-hot", lambda: classifier(loss="categorical_crossentropy", metrics=["accuracy", "top_k_categorical_accuracy"]), data=(X, np.eye(3, dtype=np.float32)[C]))
run("loss object", lambda: regression(loss=K.losses.Huber(0.5), optimizer="adam"))
run("loss function", lambda: regression(loss=lambda t, p: K.ops.mean(K.ops.abs(t - p), -1), optimizer="rmsprop"))
run("evaluate and predict", lambda: classifier(), data=(X, C), after=lambda m: [m.evaluate(X, C, verbose=0), m.evaluate(X, C, batch_size=5, verbose=0, return_dict=True), m.predict(X, verbose=0), m.predict(X[:9], batch_size=4, verbose=0), m.evaluate(X, C, batch_size=8, verbose=2)])
run("batches", lambda: classifier(), data=(X, C), after=lambda m: [m.train_on_batch(X[:4], C[:4]), m.train_on_batch(X[:4], C[:4], return_dict=True), m.train_on_batch(X[:4], C[:4], class_weight={0: 2.0, 1: 1.0, 2: 0.5}), m.test_on_batch(X, C), m.predict_on_batch(X[:2]), m.metrics_names])
run("predict verbose", regression, after=lambda m: m.predict(X, batch_size=8), epochs=1)


def generator():
    for i in range(5):
        yield X[i * 4 : i * 4 + 4], Y[i * 4 : i * 4 + 4]


m = regression()
out = io.StringIO()
with contextlib.redirect_stdout(out):
    h = m.fit(generator(), epochs=1, verbose=2)
cases.append({"name": "generator", "history": h.history, "text": masked(out.getvalue())})
m = regression()
h = m.fit(generator(), epochs=2, steps_per_epoch=2, verbose=0)
cases.append({"name": "generator steps", "history": h.history})


class Batches(K.utils.PyDataset):
    def __len__(self):
        return 4

    def __getitem__(self, i):
        return X[i * 5 : i * 5 + 5], Y[i * 5 : i * 5 + 5]


m = regression()
h = m.fit(Batches(), epochs=3, verbose=0)
cases.append({"name": "dataset", "history": h.history})


def functional(**compile_):
    K.utils.clear_session()
    K.utils.set_random_seed(8)
    a = K.Input((3,), name="a")
    h = K.layers.Dense(4, activation="tanh", kernel_regularizer=K.regularizers.L2(0.01))(a)
    m = K.Model(a, [K.layers.Dense(1, name="size")(h), K.layers.Dense(3, activation="softmax", name="kind")(h)])
    m.compile(**{"optimizer": K.optimizers.Adam(0.01), "loss": ["mse", "sparse_categorical_crossentropy"], **compile_})
    return m


run("two outputs", functional, data=(X, [Y, C]))
run("two outputs by name", lambda: functional(loss={"size": "mae", "kind": "sparse_categorical_crossentropy"}, loss_weights={"size": 2.0, "kind": 0.5}, metrics={"kind": ["accuracy"], "size": ["mse", "mae"]}), data=(X, {"size": Y, "kind": C}), validation_split=0.2, verbose=2)
run("two outputs with lists", lambda: functional(loss_weights=[1.0, 0.3], metrics=[["mae"], ["accuracy"]]), data=(X, [Y, C]), sample_weight=[W, W[::-1].copy()])
run("one of two losses", lambda: functional(loss=[None, "sparse_categorical_crossentropy"]), data=(X, [Y, C]))

CB = K.callbacks
V = {"validation_split": 0.3, "epochs": 6, "batch_size": 8}
fast = lambda **k: regression(optimizer=K.optimizers.SGD(0.9), **k)
run("early stopping", fast, callbacks=[CB.EarlyStopping(patience=1, verbose=1, restore_best_weights=True)], **V)
run("early stopping by accuracy", classifier, data=(X, C), callbacks=[CB.EarlyStopping(monitor="accuracy", patience=2, baseline=0.9, verbose=1)], epochs=8)
run("plateau", fast, callbacks=[CB.ReduceLROnPlateau(patience=1, factor=0.5, verbose=1, cooldown=1, min_lr=0.3)], **V)
run("scheduler", regression, callbacks=[CB.LearningRateScheduler(lambda e, lr: lr * 0.5, verbose=1)], epochs=3, verbose=2)
run("nan", lambda: regression(optimizer=K.optimizers.SGD(1e30)), callbacks=[CB.TerminateOnNaN()], epochs=3)
seen = []
run("lambda", regression, callbacks=[CB.LambdaCallback(on_epoch_end=lambda e, logs: seen.append([e, sorted(logs)]), on_train_batch_end=lambda b, logs: seen.append(b), on_train_end=lambda logs: seen.append("end"))], epochs=2)
cases[-1]["seen"] = seen
run("ema", lambda: regression(optimizer=K.optimizers.SGD(0.1, use_ema=True, ema_momentum=0.6)), callbacks=[CB.SwapEMAWeights()], validation_split=0.3, epochs=3)
run("accumulated", lambda: regression(optimizer=K.optimizers.Adam(0.05, gradient_accumulation_steps=2)), epochs=3)


def error(name, f):
    try:
        f()
        raise SystemExit(f"{name}: no error")
    except Exception as e:
        cases.append({"name": f"error {name}", "error": type(e).__name__, "message": str(e)})


m = regression()
error("not compiled", lambda: K.Sequential([K.Input((3,)), K.layers.Dense(1)]).fit(X, Y))
error("cardinality", lambda: m.fit(X, Y[:5], verbose=0))
error("list", lambda: m.fit([[1.0, 2.0, 3.0]], [[1.0]], verbose=0))
error("split", lambda: m.fit(X[:1], Y[:1], validation_split=0.5, verbose=0))
error("generator and y", lambda: m.fit(generator(), Y, verbose=0))
error("both weights", lambda: m.fit(X, Y, class_weight={0: 1.0}, sample_weight=W, verbose=0))
error("metrics", lambda: m.compile(metrics="mae"))
error("loss weights", lambda: m.compile(loss="mse", loss_weights="x"))
error("unknown loss", lambda: regression(loss="msee").fit(X, Y, verbose=0))
error("unknown metric", lambda: regression(metrics=["maee"]).fit(X, Y, verbose=0))
error("unknown optimizer", lambda: m.compile(optimizer="addam"))
error("monitor", lambda: classifier().fit(X, C, verbose=0, callbacks=[CB.EarlyStopping(monitor="val_foo")]))
error("argument", lambda: m.fit(X, Y, batchsize=3))
error("frequency", lambda: m.fit(X, Y, validation_split=0.2, validation_freq="a", verbose=0))
error("no loss", lambda: regression(loss=None).fit(X, Y, verbose=0))
error("loss keys", lambda: functional(loss={"size": "mse", "sort": "mse"}).fit(X, [Y, C], verbose=0))
error("checkpoint path", lambda: CB.ModelCheckpoint("model.ckpt"))
error("weights path", lambda: CB.ModelCheckpoint("model.keras", save_weights_only=True))
error("factor", lambda: CB.ReduceLROnPlateau(factor=1.5))
save(__file__, cases, "keras")
