"""Short programs of the kind that people ask about, and what they print, with times masked."""

import io
import os
import pathlib
import re
import sys
from contextlib import redirect_stdout

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ["COLUMNS"] = "80"
import keras
import numpy as np
from keras import layers, ops

sys.path.append(str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import save  # noqa: E402

CASES = []


def terminal(text):
    text = "\n".join(line.split("\r")[-1].rstrip() if "\r" in line else line for line in text.split("\n"))
    text = re.sub(r"\d+(\.\d+)?(ms|us|s)/step", "T/step", text)
    text = re.sub(r"- \d+s -", "- T -", text)
    return re.sub(r"\x1b\[1m[\d:]+s\x1b\[0m", "T", text)


def case(f):
    keras.utils.clear_session()
    keras.utils.set_random_seed(1)
    out = io.StringIO()
    with redirect_stdout(out):
        f()
    CASES.append({"name": f.__name__, "out": terminal(out.getvalue())})
    return f


def fill(shape, k=0):
    n = int(np.prod(shape))
    return ((np.arange(n) * 7 + k) % 11 - 5).reshape(shape).astype("float32") / 10


def set_all(model):
    model.set_weights([fill(w.shape, i) for i, w in enumerate(model.get_weights())])


def attempt(f):
    try:
        print(f())
    except Exception as e:  # noqa: BLE001 - what is raised is printed
        print(f"{type(e).__name__}: {e}")


@case
def xor():
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]], "float32")
    y = np.array([[0], [1], [1], [0]], "float32")
    model = keras.Sequential([keras.Input((2,)), layers.Dense(4, activation="tanh"), layers.Dense(1, activation="sigmoid")])
    model.compile(loss="binary_crossentropy", optimizer=keras.optimizers.SGD(0.5), metrics=["binary_accuracy"])
    h = model.fit(x, y, epochs=3, batch_size=4, verbose=2)
    print([round(v, 4) for v in h.history["loss"]])
    print(model.evaluate(x, y, verbose=0, return_dict=True).keys())


@case
def seeded_layers():
    print(layers.Dense(2)(np.ones((1, 3))))
    keras.utils.set_random_seed(7)
    print(layers.Embedding(4, 3)(np.array([[0, 3]])))
    print(layers.LSTM(2)(fill((1, 3, 2))))
    print(keras.random.normal((2, 2), seed=3), keras.random.uniform((3,), seed=4))
    print(keras.random.randint((5,), 0, 10, seed=5), keras.random.shuffle(np.arange(6), seed=6))


@case
def dropout_in_training():
    layer = layers.Dropout(0.5, seed=3)
    x = np.ones((2, 4), "float32")
    print(layer(x), layer(x, training=True), layer(x, training=True))
    print(layers.SpatialDropout1D(0.5, seed=1)(np.ones((1, 3, 4), "float32"), training=True))
    print(layers.GaussianNoise(0.1, seed=2)(x, training=True))


@case
def weights_by_name():
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2, name="a"), layers.Dense(1, name="b")], name="m")
    set_all(model)
    print(model.get_layer("a").kernel.numpy().tolist(), [w.name for w in model.weights])
    print([(w.path, tuple(w.shape), w.trainable) for w in model.weights])
    model.get_layer("a").trainable = False
    print(len(model.trainable_weights), len(model.non_trainable_weights), model.count_params())
    attempt(lambda: model.get_layer("c"))
    attempt(lambda: model.set_weights([np.zeros((3, 2))]))
    attempt(lambda: model.get_layer(index=5))


@case
def wrong_training():
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2, name="d")], name="m")
    attempt(lambda: model.fit(np.ones((4, 3)), np.ones((4, 2))))
    model.compile("sgd", "mse")
    attempt(lambda: model.fit(np.ones((4, 3)), np.ones((5, 2)), verbose=0))
    attempt(lambda: keras.Sequential([keras.Input((3,)), layers.Dense(2)]).compile("nothing", "mse"))
    attempt(lambda: keras.losses.get("nothing"))
    attempt(lambda: keras.metrics.get("nothing"))
    attempt(lambda: keras.optimizers.get("nothing"))
    attempt(lambda: keras.initializers.get("nothing"))


@case
def losses_with_weights():
    y = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]], "float32")
    p = np.array([[0.6, 0.3, 0.1], [0.2, 0.3, 0.5]], "float32")
    w = np.array([0.5, 2.0], "float32")
    for loss in (
        keras.losses.CategoricalCrossentropy(label_smoothing=0.1),
        keras.losses.CategoricalFocalCrossentropy(),
        keras.losses.BinaryFocalCrossentropy(gamma=1.5),
        keras.losses.KLDivergence(),
        keras.losses.MeanSquaredError(reduction="sum"),
        keras.losses.Huber(delta=0.3),
        keras.losses.LogCosh(),
        keras.losses.CosineSimilarity(),
        keras.losses.SquaredHinge(),
        keras.losses.CategoricalHinge(),
        keras.losses.Poisson(),
        keras.losses.MeanAbsolutePercentageError(),
        keras.losses.MeanSquaredLogarithmicError(),
        keras.losses.Dice(),
        keras.losses.Tversky(),
    ):
        print(loss.name, round(float(loss(y, p)), 5), round(float(loss(y, p, sample_weight=w if loss.name not in ("dice", "tversky") else None)), 5))
    print(keras.losses.MeanSquaredError(reduction=None)(y, p))


@case
def optimizers_step():
    for opt in (
        keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
        keras.optimizers.Adam(0.1, amsgrad=True),
        keras.optimizers.AdamW(0.1, weight_decay=0.05),
        keras.optimizers.RMSprop(0.1, momentum=0.3, centered=True),
        keras.optimizers.Adagrad(0.1),
        keras.optimizers.Adadelta(1.0),
        keras.optimizers.Adamax(0.1),
        keras.optimizers.Nadam(0.1),
        keras.optimizers.Ftrl(0.1, l1_regularization_strength=0.01),
        keras.optimizers.Lion(0.1),
        keras.optimizers.Lamb(0.1),
        keras.optimizers.Adafactor(0.1),
    ):
        v = keras.Variable(np.array([[1.0, -2.0], [3.0, 0.5]], "float32"))
        for k in range(3):
            opt.apply([ops.convert_to_tensor(fill((2, 2), k))], [v])
        print(type(opt).__name__, np.round(v.numpy(), 4).tolist(), int(opt.iterations))


@case
def masks_travel():
    x = np.array([[1, 2, 0], [3, 0, 0]])
    e = layers.Embedding(5, 2, mask_zero=True)
    y = e(x)
    print(y._keras_mask)
    print(layers.Dropout(0.1)(y)._keras_mask)
    pooled = layers.GlobalAveragePooling1D()(y)
    print(pooled.shape, hasattr(pooled, "_keras_mask") and pooled._keras_mask is not None)
    print(e.compute_mask(x))
    m = layers.Masking(mask_value=0.0)
    z = np.array([[[1.0, 2.0], [0.0, 0.0], [0.0, 1.0]]], "float32")
    print(m(z)._keras_mask)
    rnn = layers.SimpleRNN(2, return_sequences=True, kernel_initializer="ones", recurrent_initializer="ones")
    print(rnn(m(z)))


@case
def bidirectional_and_states():
    x = fill((1, 3, 2))
    layer = layers.Bidirectional(layers.GRU(2, return_sequences=True, return_state=True), merge_mode="concat")
    y = layer(x)
    set_all(layer)
    y, f, b = layer(x)
    print(y)
    print(f, b)
    print([w.path for w in layer.weights])


@case
def time_distributed_images():
    model = keras.Sequential([keras.Input((3, 6, 6, 1)), layers.TimeDistributed(layers.Conv2D(2, 3)), layers.TimeDistributed(layers.Flatten()), layers.LSTM(4), layers.Dense(1)])
    model.summary()
    print(model.output_shape, model.layers[1].output.shape)


@case
def multiple_losses():
    x = keras.Input((4,), name="x")
    h = layers.Dense(3, activation="relu", kernel_initializer="ones", name="h")(x)
    a = layers.Dense(1, name="price", kernel_initializer="ones")(h)
    b = layers.Dense(2, activation="softmax", name="kind", kernel_initializer="ones")(h)
    model = keras.Model(x, {"price": a, "kind": b})
    model.compile("sgd", loss={"price": "mse", "kind": "sparse_categorical_crossentropy"}, loss_weights={"price": 0.5, "kind": 1.0}, metrics={"kind": ["accuracy"]})
    h = model.fit(fill((8, 4)), {"price": fill((8, 1), 2), "kind": np.arange(8) % 2}, batch_size=4, epochs=2, verbose=2, shuffle=False)
    print(sorted(h.history))
    print(model.metrics_names)


@case
def class_and_sample_weights():
    x, y = fill((6, 2)), np.array([0, 1, 0, 1, 1, 0])
    model = keras.Sequential([keras.Input((2,)), layers.Dense(2, activation="softmax")])
    set_all(model)
    model.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"], weighted_metrics=["accuracy"])
    model.fit(x, y, class_weight={0: 1.0, 1: 3.0}, batch_size=3, shuffle=False, verbose=2)
    model.fit(x, y, sample_weight=np.array([1, 2, 0, 1, 1, 0.5]), batch_size=3, shuffle=False, verbose=2)
    print([round(v, 4) for v in model.evaluate(x, y, verbose=0)])


@case
def validation_of_data():
    x = fill((10, 3))
    y = x.sum(axis=1, keepdims=True)
    model = keras.Sequential([keras.Input((3,)), layers.Dense(1)])
    set_all(model)
    model.compile("adam", "mae", metrics=["mse"])
    h = model.fit(x, y, validation_split=0.3, epochs=2, batch_size=4, verbose=2, shuffle=False)
    print({k: [round(float(v), 4) for v in h.history[k]] for k in h.history})
    model.fit(x, y, validation_data=(x[:4], y[:4]), epochs=3, initial_epoch=2, verbose=2, shuffle=False)


@case
def batches_by_hand():
    model = keras.Sequential([keras.Input((3,)), layers.Dense(1)])
    set_all(model)
    model.compile(keras.optimizers.SGD(0.1), "mse", metrics=["mae"])
    for k in range(3):
        print({k2: round(float(v), 5) for k2, v in model.train_on_batch(fill((4, 3), k), fill((4, 1), k + 1), return_dict=True).items()})
    print([round(float(v), 5) for v in model.test_on_batch(fill((4, 3)), fill((4, 1)))])
    print(model.predict_on_batch(fill((2, 3))))


@case
def generators_of_batches():
    def batches():
        k = 0
        while True:
            yield fill((2, 3), k), fill((2, 1), k)
            k += 1

    model = keras.Sequential([keras.Input((3,)), layers.Dense(1)])
    set_all(model)
    model.compile("sgd", "mse")
    model.fit(batches(), steps_per_epoch=3, epochs=2, verbose=2)

    class Batches(keras.utils.PyDataset):
        def __len__(self):
            return 3

        def __getitem__(self, i):
            return fill((2, 3), i), fill((2, 1), i)

        def on_epoch_end(self):
            print("epoch ends")

    model.fit(Batches(), epochs=2, verbose=2, shuffle=False)
    print(model.predict(Batches(), verbose=0).shape)


@case
def own_callbacks():
    class Stop(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            print("after", epoch, sorted(logs))
            if epoch == 1:
                self.model.stop_training = True

    model = keras.Sequential([keras.Input((3,)), layers.Dense(1)])
    set_all(model)
    model.compile("sgd", "mse")
    h = model.fit(fill((4, 3)), fill((4, 1)), epochs=5, verbose=0, callbacks=[Stop(), keras.callbacks.LambdaCallback(on_epoch_begin=lambda epoch, logs: print("before", epoch))])
    print(h.epoch, h.params)


@case
def plateaus():
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    set_all(model)
    model.compile(keras.optimizers.SGD(0.0), "mse")
    h = model.fit(
        fill((4, 2)),
        fill((4, 1)),
        epochs=6,
        verbose=0,
        callbacks=[keras.callbacks.ReduceLROnPlateau(monitor="loss", factor=0.5, patience=1, verbose=1, min_delta=0.1), keras.callbacks.EarlyStopping(monitor="loss", patience=3, verbose=1)],
    )
    print(sorted(h.history), len(h.epoch))


@case
def subclassed():
    class Net(keras.Model):
        def __init__(self):
            super().__init__()
            self.a = layers.Dense(4, activation="relu")
            self.b = layers.Dense(1)

        def call(self, x, training=False):
            return self.b(self.a(x))

    net = Net()
    print(net.built)
    net(fill((2, 3)))
    set_all(net)
    net.compile("sgd", "mse")
    net.fit(fill((4, 3)), fill((4, 1)), verbose=2, shuffle=False)
    net.summary()
    print([w.path for w in net.weights])


@case
def norms_of_layers():
    x = fill((2, 3, 4))
    for layer in (layers.BatchNormalization(), layers.LayerNormalization(), layers.GroupNormalization(2), layers.UnitNormalization(), layers.RMSNormalization()):
        print(type(layer).__name__, np.round(ops.convert_to_numpy(layer(x))[0, 0], 4).tolist())
    b = layers.BatchNormalization(momentum=0.5)
    print(np.round(ops.convert_to_numpy(b(x, training=True))[0, 0], 4).tolist())
    print([np.round(w.numpy(), 4).tolist() for w in b.weights])


@case
def tensors_computed():
    a, b = ops.array([[1.0, 2.0], [3.0, 4.0]]), ops.array([[0.0, 1.0], [1.0, 0.0]])
    print(ops.matmul(a, b), a @ b, a * b + 1, a / 2)
    print(ops.mean(a, axis=0), ops.max(a), ops.argmax(a, axis=-1), ops.std(a))
    print(ops.concatenate([a, b], axis=1), ops.stack([a, b]).shape)
    print(ops.where(a > 2, a, 0), ops.clip(a, 1.5, 3), ops.cumsum(a, axis=1))
    print(ops.softmax(a), ops.relu(a - 2), ops.one_hot([0, 2], 3), ops.top_k(a, 1))
    print(ops.transpose(a), ops.reshape(a, (4,)), ops.expand_dims(a, 0).shape, a[0, 1], a[:, 0])
    print(ops.norm(a), ops.det(a), ops.inv(a), ops.einsum("ij,jk->ik", a, b))
    print(ops.cast(a, "int32"), ops.round(a / 3, 2), ops.logical_and(a > 1, a < 4))


@case
def eight_bits():
    model = keras.Sequential([keras.Input((3,)), layers.Dense(4, activation="relu", name="a"), layers.Dense(2, name="b")], name="m")
    set_all(model)
    print(model.predict(fill((2, 3)), verbose=0))
    model.quantize("int8")
    print(model.predict(fill((2, 3)), verbose=0))
    print(model.layers[0].kernel, model.layers[0].dtype_policy)
    model.summary()
    attempt(lambda: model.layers[0].quantize("int8"))
    attempt(lambda: model.quantize("int3"))


@case
def low_rank():
    layer = layers.Dense(3, name="d")
    layer.build((None, 4))
    layer.set_weights([fill((4, 3)), fill((3,), 1)])
    layer.enable_lora(2)
    print([(w.path, tuple(w.shape), w.trainable) for w in layer.weights])
    print(layer(fill((1, 4))))
    attempt(lambda: layer.enable_lora(2))


@case
def gradients_clipped():
    for kwargs in ({"clipnorm": 0.5}, {"clipvalue": 0.1}, {"global_clipnorm": 0.3}, {"use_ema": True, "ema_momentum": 0.5}, {"weight_decay": 0.1}, {"gradient_accumulation_steps": 2}):
        opt = keras.optimizers.SGD(0.1, **kwargs)
        v, w = keras.Variable([1.0, 2.0]), keras.Variable([[3.0]])
        for k in range(2):
            opt.apply([ops.convert_to_tensor([0.6, -0.8]), ops.convert_to_tensor([[1.5 + k]])], [v, w])
        print(kwargs, np.round(v.numpy(), 4).tolist(), np.round(w.numpy(), 4).tolist())


save(__file__, CASES, "keras")
