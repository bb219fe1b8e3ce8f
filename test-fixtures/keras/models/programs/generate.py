"""Short programs as users of Keras write them, and what they print, with times masked."""

import io
import json
import os
import pathlib
import re
import sys
import tempfile
from contextlib import redirect_stdout

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["COLUMNS"] = "80"
import keras
import numpy as np
import tensorflow as tf
from keras import layers, ops

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import save

CASES = []


def terminal(text):
    """What is left on a terminal: what was written over is gone, and times are masked."""
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


def shapes(arrays):
    return [tuple(a.shape) for a in arrays]


@case
def convolutional_network():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, kernel_size=(3, 3), activation="relu"),
            layers.MaxPooling2D(pool_size=(2, 2)),
            layers.Conv2D(64, kernel_size=(3, 3), activation="relu", padding="same"),
            layers.BatchNormalization(),
            layers.GlobalAveragePooling2D(),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.summary()
    print(shapes(model.get_weights()))
    print(model(np.zeros((2, 28, 28, 1))).shape)


@case
def shapes_of_layers():
    x = fill((2, 8, 8, 3))
    for layer in [
        layers.Conv2D(4, 3),
        layers.Conv2D(4, 3, strides=2, padding="same"),
        layers.Conv2D(4, 3, dilation_rate=2),
        layers.Conv2DTranspose(4, 3, strides=2),
        layers.DepthwiseConv2D(3, depth_multiplier=2),
        layers.SeparableConv2D(5, 3),
        layers.MaxPooling2D(3, strides=2, padding="same"),
        layers.AveragePooling2D(2),
        layers.GlobalMaxPooling2D(keepdims=True),
        layers.ZeroPadding2D(((1, 2), (0, 3))),
        layers.Cropping2D(2),
        layers.UpSampling2D((2, 3)),
        layers.Flatten(),
        layers.Reshape((-1, 6)),
        layers.Permute((3, 1, 2)),
    ]:
        print(layer.name, layer(x).shape, layer.compute_output_shape((None, 8, 8, 3)), layer.count_params())


@case
def recurrent_network():
    model = keras.Sequential(
        [
            keras.Input((10,)),
            layers.Embedding(1000, 16, mask_zero=True),
            layers.Bidirectional(layers.LSTM(8, return_sequences=True)),
            layers.GRU(4),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.summary()
    for w in model.weights:
        print(w.path, w.shape, w.dtype)


@case
def states_of_lstm():
    lstm = layers.LSTM(3, return_sequences=True, return_state=True)
    x = fill((2, 4, 2))
    lstm(x)
    set_all(lstm)
    whole, h, c = lstm(x)
    print(whole.shape, h.shape, c.shape)
    print(h)
    print(np.allclose(whole[:, -1], h))
    again, h2, c2 = lstm(x, initial_state=[h, c])
    print(c2)
    gru = layers.GRU(2, return_state=True)
    out, state = gru(x)
    print(out.shape, state.shape, [w.shape for w in gru.weights])


@case
def stateful_lstm():
    model = keras.Sequential([keras.Input(batch_shape=(1, 2, 1)), layers.LSTM(2, stateful=True), layers.Dense(1)])
    set_all(model)
    model.compile(loss="mse", optimizer="sgd")
    x = fill((1, 2, 1), 4)
    print(model.predict(x, verbose=0))
    print(model.predict(x, verbose=0))
    model.layers[0].reset_state()
    print(model.predict(x, verbose=0))
    for _ in range(2):
        history = model.fit(x, np.array([[0.5]]), epochs=1, batch_size=1, verbose=2, shuffle=False)
        model.layers[0].reset_state()
    print(history.epoch, list(history.history))


@case
def linear_regression():
    x = np.linspace(-1, 1, 20).reshape(-1, 1).astype("float32")
    y = 2 * x + 1
    model = keras.Sequential([keras.Input((1,)), layers.Dense(1, kernel_initializer="ones")])
    model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.1), loss="mean_squared_error")
    history = model.fit(x, y, epochs=30, batch_size=5, verbose=0, shuffle=False)
    print(["%.4f" % v for v in history.history["loss"][::6]])
    w, b = model.layers[0].get_weights()
    print(w.round(3), b.round(3))
    print(model.predict(np.array([[3.0]]), verbose=0).round(2))


@case
def logs_of_fit():
    x, y = fill((12, 3)), (np.arange(12) % 2).astype("float32")
    model = keras.Sequential([keras.Input((3,)), layers.Dense(4, activation="relu"), layers.Dense(1, activation="sigmoid")])
    set_all(model)
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    model.fit(x, y, epochs=2, batch_size=4, shuffle=False, verbose=1)
    model.fit(x, y, epochs=2, batch_size=4, shuffle=False, verbose=2, validation_data=(x, y))
    print(model.fit(x, y, epochs=1, verbose=0).history.keys())
    model.evaluate(x, y, verbose=1)
    model.evaluate(x, y, batch_size=6, verbose=2)
    loss, accuracy = model.evaluate(x, y, verbose=0)
    print("Test loss: %.3f, accuracy: %.3f" % (loss, accuracy))
    print(model.evaluate(x, y, verbose=0, return_dict=True).keys())
    print(model.predict(x[:2]))
    print(model.metrics_names, [m.name for m in model.metrics])


@case
def early_stopping():
    x, y = fill((8, 2)), fill((8, 1), 3)
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    set_all(model)
    model.compile(keras.optimizers.SGD(1.5), "mse")
    stop = keras.callbacks.EarlyStopping(monitor="loss", patience=2, restore_best_weights=True, verbose=1)
    history = model.fit(x, y, epochs=20, verbose=0, callbacks=[stop], shuffle=False)
    print(len(history.epoch), stop.stopped_epoch, stop.best_epoch, stop.patience, stop.wait)
    print("%.5f" % stop.best)
    slow = keras.callbacks.EarlyStopping("loss", min_delta=10.0, patience=1, verbose=1, start_from_epoch=2)
    print(model.fit(x, y, epochs=9, verbose=2, callbacks=slow, shuffle=False).epoch)


@case
def checkpoints():
    class Shown(keras.callbacks.Callback):
        def on_epoch_end(self, epoch, logs=None):
            print("epoch", epoch, "loss %.4f" % logs["loss"])

    x, y = fill((8, 2)), fill((8, 1), 3)
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    set_all(model)
    model.compile(keras.optimizers.SGD(0.2), "mse")
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        best = keras.callbacks.ModelCheckpoint("best.keras", monitor="loss", save_best_only=True, verbose=1)
        model.fit(x, y, epochs=2, verbose=0, callbacks=[Shown(), best], shuffle=False)
        model.optimizer.learning_rate = 0.0
        model.fit(x, y, epochs=2, verbose=2, callbacks=[best], shuffle=False)
        each = keras.callbacks.ModelCheckpoint("m-{epoch:02d}-{loss:.2f}.weights.h5", save_weights_only=True, verbose=1)
        model.fit(x, y, epochs=2, verbose=0, callbacks=[each], shuffle=False)
        print(sorted(os.listdir(".")))
        again = keras.models.load_model("best.keras")
        print(np.allclose(again.predict(x, verbose=0), model.predict(x, verbose=0)))
        os.chdir(here)


@case
def learning_rates_of_callbacks():
    x, y = fill((8, 2)), fill((8, 1), 3)
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    set_all(model)
    model.compile(keras.optimizers.SGD(0.5), "mse")

    def schedule(epoch, lr):
        return lr if epoch < 2 else lr * 0.1

    history = model.fit(x, y, epochs=4, verbose=0, shuffle=False, callbacks=[keras.callbacks.LearningRateScheduler(schedule, verbose=1)])
    print([round(float(v), 6) for v in history.history["learning_rate"]])
    plateau = keras.callbacks.ReduceLROnPlateau(monitor="loss", factor=0.5, patience=1, verbose=1, min_delta=1.0)
    model.fit(x, y, epochs=4, verbose=2, shuffle=False, callbacks=[plateau])
    print("%.6f" % float(model.optimizer.learning_rate.numpy()))


@case
def callbacks_tell():
    class Tell(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            print("train begins", self.params)

        def on_epoch_begin(self, epoch, logs=None):
            print("epoch", epoch, logs)

        def on_train_batch_end(self, batch, logs=None):
            print("batch", batch, list(logs))
            if batch == 1:
                self.model.stop_training = True

        def on_test_begin(self, logs=None):
            print("test begins")

        def on_predict_batch_end(self, batch, logs=None):
            print("predicted", batch, logs["outputs"].shape)

        def on_train_end(self, logs=None):
            print("train ends", list(logs))

    x, y = fill((6, 2)), fill((6, 1))
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    model.compile("sgd", "mse", metrics=["mae"])
    model.fit(x, y, batch_size=2, epochs=3, verbose=0, callbacks=[Tell()], validation_data=(x, y))
    model.predict(x, batch_size=4, verbose=0, callbacks=[Tell()])
    log = keras.callbacks.LambdaCallback(on_epoch_end=lambda epoch, logs: print(epoch, sorted(logs)))
    model.fit(x, y, epochs=2, verbose=0, callbacks=log)
    print(keras.callbacks.History, type(log).__name__)


@case
def losses_by_hand():
    y_true, y_pred = np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([[0.6, 0.4], [0.4, 0.6]])
    for loss in [
        keras.losses.BinaryCrossentropy(),
        keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.1),
        keras.losses.MeanSquaredError(),
        keras.losses.MeanAbsoluteError(reduction="sum"),
        keras.losses.Huber(delta=0.3),
        keras.losses.CosineSimilarity(axis=1),
        keras.losses.Hinge(reduction=None),
        keras.losses.LogCosh(),
        keras.losses.Poisson(),
        keras.losses.KLDivergence(),
    ]:
        print(loss.name, loss.reduction, loss(y_true, y_pred))
    cce = keras.losses.CategoricalCrossentropy()
    kinds, rates = np.array([[0, 1, 0], [0, 0, 1]]), np.array([[0.05, 0.95, 0], [0.1, 0.8, 0.1]])
    print(cce(kinds, rates).numpy())
    print(cce(kinds, rates, sample_weight=np.array([0.3, 0.7])).numpy())
    print(keras.losses.SparseCategoricalCrossentropy(reduction="none")(np.array([1, 2]), rates).numpy())
    print(keras.losses.mean_squared_error(np.array([[1.0, 2.0]]), np.array([[1.5, 2.5]])))
    print(keras.losses.get("mse").__name__, keras.losses.Huber(0.5).get_config())
    print(keras.losses.serialize(keras.losses.Tversky(alpha=0.3)))


@case
def metrics_by_hand():
    m = keras.metrics.Accuracy()
    m.update_state([[1], [2], [3], [4]], [[0], [2], [3], [4]])
    print(m.result(), m.name, m)
    m.reset_state()
    m.update_state([[1], [2], [3], [4]], [[0], [2], [3], [4]], sample_weight=[1, 1, 0, 0])
    print(m.result().numpy())
    for metric in [
        keras.metrics.BinaryAccuracy(threshold=0.4),
        keras.metrics.Precision(),
        keras.metrics.Recall(thresholds=[0.3, 0.7]),
        keras.metrics.AUC(num_thresholds=3),
        keras.metrics.F1Score(threshold=0.5),
        keras.metrics.MeanSquaredError(),
        keras.metrics.RootMeanSquaredError(),
        keras.metrics.R2Score(),
        keras.metrics.FalsePositives(),
        keras.metrics.PrecisionAtRecall(0.5),
    ]:
        metric.update_state(np.array([[0.0], [1.0], [1.0], [0.0]]), np.array([[0.1], [0.9], [0.4], [0.6]]))
        print(metric.name, metric.result().numpy(), [v.shape for v in metric.variables])
    mean = keras.metrics.Mean(name="avg")
    for value in [1, 3, 5, 7]:
        mean.update_state(value)
    print(mean.result(), float(mean.result()), mean.variables[0].path)
    iou = keras.metrics.MeanIoU(num_classes=2)
    iou.update_state([0, 0, 1, 1], [0, 1, 0, 1])
    print(iou.result(), iou.get_config())
    top = keras.metrics.SparseTopKCategoricalAccuracy(k=1)
    print(top([2, 1], [[0.1, 0.9, 0.8], [0.05, 0.95, 0]]))


@case
def configs_of_optimizers():
    for optimizer in [
        keras.optimizers.SGD(0.1, momentum=0.9, nesterov=True),
        keras.optimizers.Adam(),
        keras.optimizers.AdamW(1e-4, weight_decay=0.01),
        keras.optimizers.RMSprop(rho=0.8, centered=True),
        keras.optimizers.Adagrad(clipnorm=1.0),
        keras.optimizers.Adam(keras.optimizers.schedules.ExponentialDecay(0.1, 100, 0.9)),
    ]:
        print(optimizer.name, optimizer.get_config())
    print(keras.optimizers.get("adam").learning_rate)
    print(keras.optimizers.get({"class_name": "SGD", "config": {"learning_rate": 0.25}}).learning_rate.numpy())
    adam = keras.optimizers.Adam()
    w = keras.Variable([1.0, 2.0], name="w")
    adam.build([w])
    print([(v.path, v.shape) for v in adam.variables])
    adam.apply([ops.convert_to_tensor([0.5, -0.5])])
    print(w.numpy(), adam.iterations.numpy())


@case
def schedules():
    s = keras.optimizers.schedules
    for schedule in [
        s.ExponentialDecay(0.1, decay_steps=10, decay_rate=0.5),
        s.ExponentialDecay(0.1, decay_steps=10, decay_rate=0.5, staircase=True),
        s.PiecewiseConstantDecay([5, 15], [1.0, 0.5, 0.1]),
        s.PolynomialDecay(0.1, 20, end_learning_rate=0.01, power=2.0),
        s.InverseTimeDecay(0.1, 5, 0.5),
        s.CosineDecay(0.1, 20, alpha=0.1, warmup_steps=4, warmup_target=0.2),
        s.CosineDecayRestarts(0.1, 8, t_mul=1.5, m_mul=0.9),
    ]:
        print(type(schedule).__name__, ["%.5f" % float(schedule(step)) for step in range(0, 25, 6)])
        print(schedule.get_config())


@case
def ops_printed():
    x = ops.convert_to_tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    print(x)
    print(ops.sum(x), ops.mean(x, axis=0), ops.max(x, axis=1, keepdims=True))
    print(ops.matmul(x, ops.transpose(x)))
    print(ops.softmax(x).numpy())
    print(ops.concatenate([x, x], axis=1).shape, ops.stack([x, x]).shape, ops.expand_dims(x, 0).shape)
    print(ops.argmax(x, axis=-1), ops.top_k(x, 2))
    print(ops.where(x > 3, x, 0.0))
    print(ops.one_hot([0, 2, 1], 3))
    print(ops.cast(x, "int32"), ops.arange(5), ops.arange(0, 1, 0.25))
    print(ops.shape(x), ops.size(x), ops.ndim(x))
    print(ops.split(ops.arange(6), 3))
    print(ops.cumsum(x, axis=1), ops.clip(x, 2, 5))
    print(ops.einsum("ij,kj->ik", x, x), ops.norm(x), ops.std(x))
    print(ops.linspace(0.0, 1.0, 5), ops.eye(2), ops.full((2, 2), 7))


@case
def ops_with_indices():
    x = ops.reshape(ops.arange(12), (3, 4))
    print(x[1], x[:, 1:3], x[-1, -1])
    print(ops.take(x, [0, 2], axis=1))
    print(ops.take_along_axis(x, ops.argsort(-x, axis=1), axis=1))
    print(ops.scatter([[1], [3]], [10, 20], [5]))
    print(ops.scatter_update(x, [[0, 0], [2, 3]], [100, 200]))
    print(ops.slice(x, (1, 1), (2, 2)), ops.slice_update(x, (0, 0), [[9, 9]]))
    print(ops.segment_sum(ops.convert_to_tensor([1, 2, 3, 4]), ops.convert_to_tensor([0, 0, 1, 2]), num_segments=4))
    print(ops.nonzero(ops.convert_to_tensor([0, 3, 0, 5])))
    print(ops.searchsorted([1, 3, 5], [2, 5]), ops.bincount([1, 1, 3]))
    print(ops.while_loop(lambda i, s: i < 4, lambda i, s: (i + 1, s + i), (0, 0)))
    print(ops.cond(ops.convert_to_tensor(True), lambda: ops.ones(2), lambda: ops.zeros(2)))
    print(ops.vectorized_map(lambda v: v * 2, x).shape, ops.scan(lambda c, v: (c + v, c + v), ops.convert_to_tensor(0), ops.convert_to_tensor([1, 2, 3])))


@case
def encodings():
    print(keras.utils.to_categorical([0, 1, 2, 3], num_classes=4))
    print(keras.utils.to_categorical([1, 0, 2]).shape, keras.utils.to_categorical(np.array([[1], [0]])).dtype)
    print(keras.utils.pad_sequences([[1], [2, 3], [4, 5, 6]]))
    print(keras.utils.pad_sequences([[1], [2, 3], [4, 5, 6]], padding="post", value=-1))
    print(keras.utils.pad_sequences([[1], [2, 3], [4, 5, 6]], maxlen=2, truncating="post"))
    print(keras.utils.normalize(np.array([[3.0, 4.0], [6.0, 8.0]])))
    print(layers.CategoryEncoding(num_tokens=4, output_mode="multi_hot")([[0, 1], [0, 0], [1, 2], [3, 1]]))
    print(layers.Discretization(bin_boundaries=[0.0, 1.0, 2.0])([[-1.5, 1.0, 3.4, 0.5]]))
    print(layers.IntegerLookup(vocabulary=[12, 36, 1138, 42])([[12, 1138, 42], [42, 1000, 36]]))
    print(layers.StringLookup(vocabulary=["a", "b", "c"])([["a", "c"], ["d", "b"]]))


@case
def text_vectorized():
    text = layers.TextVectorization(output_mode="int", output_sequence_length=6)
    text.adapt(["The cat sat on the mat.", "The dog sat on the log!"])
    print([str(word) for word in text.get_vocabulary()])
    print(text.vocabulary_size())
    print(text(["the cat and the dog", "mat"]).numpy())
    print(text("sat on log").shape)
    counts = layers.TextVectorization(output_mode="count", vocabulary=["foo", "bar"], standardize=None)
    print(counts(["foo bar foo", "qux"]))
    pairs = layers.TextVectorization(ngrams=2, output_mode="multi_hot", max_tokens=6)
    pairs.adapt(["a b a b", "b a"])
    print([str(word) for word in pairs.get_vocabulary()], pairs(["a b"]))


@case
def normalization_adapts():
    norm = layers.Normalization(axis=-1)
    data = np.array([[0.0, 7.0, 4.0], [2.0, 9.0, 6.0], [0.0, 7.0, 4.0], [2.0, 9.0, 6.0]], "float32")
    norm.adapt(data)
    print(norm.mean, norm.variance)
    print(norm(data))
    print(layers.Normalization(mean=3.0, variance=2.0)(np.array([[1.0, 2.0, 3.0]], "float32")))
    print(layers.Rescaling(1.0 / 255)(np.array([[0, 51, 255]])))
    batch = layers.BatchNormalization()
    print(batch(data, training=True))
    print([w.name for w in batch.weights], batch.moving_mean.numpy())
    print(layers.LayerNormalization()(data)[0], layers.UnitNormalization()(data)[1])


@case
def seeded_numbers():
    print(keras.random.normal((2, 2), seed=3))
    keras.utils.set_random_seed(42)
    print(keras.random.uniform((3,)))
    print(keras.random.randint((4,), 0, 10), keras.random.shuffle(ops.arange(5)))
    gen = keras.random.SeedGenerator(7)
    print(keras.random.normal((2,), seed=gen), keras.random.normal((2,), seed=gen))
    print(layers.Dense(2)(np.ones((1, 3))))
    print(layers.Dropout(0.5, seed=1)(np.ones((2, 6)), training=True))
    print(keras.initializers.GlorotUniform(seed=5)((2, 3)))
    print(keras.initializers.HeNormal(seed=5)((2, 3)).numpy())
    print(keras.initializers.get("zeros").get_config(), keras.initializers.RandomNormal(stddev=0.1, seed=2).get_config())


@case
def custom_train_step():
    class CustomModel(keras.Model):
        def train_step(self, data):
            x, y = data
            with tf.GradientTape() as tape:
                y_pred = self(x, training=True)
                loss = self.compute_loss(y=y, y_pred=y_pred)
            gradients = tape.gradient(loss, self.trainable_variables)
            self.optimizer.apply(gradients, self.trainable_variables)
            for metric in self.metrics:
                if metric.name == "loss":
                    metric.update_state(loss)
                else:
                    metric.update_state(y, y_pred)
            return {m.name: m.result() for m in self.metrics}

        def test_step(self, data):
            x, y = data
            y_pred = self(x, training=False)
            for metric in self.metrics:
                if metric.name == "loss":
                    metric.update_state(self.compute_loss(y=y, y_pred=y_pred))
                else:
                    metric.update_state(y, y_pred)
            return {m.name: m.result() for m in self.metrics}

    inputs = keras.Input((3,))
    model = CustomModel(inputs, layers.Dense(1)(inputs))
    set_all(model)
    model.compile(optimizer="adam", loss="mse", metrics=["mae"])
    model.fit(fill((6, 3)), fill((6, 1)), epochs=2, batch_size=3, verbose=2, shuffle=False)
    model.evaluate(fill((6, 3)), fill((6, 1)), verbose=2)


@case
def saved_and_loaded():
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2, activation="relu", name="hidden"), layers.Dense(1, name="out")], name="saved")
    set_all(model)
    model.compile(keras.optimizers.Adam(0.01), "mse", metrics=["mae"])
    x, y = fill((4, 3)), fill((4, 1))
    model.fit(x, y, epochs=1, verbose=0)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.keras")
        model.save(path)
        again = keras.models.load_model(path)
    again.summary()
    print(again.optimizer.name, float(again.optimizer.learning_rate.numpy()), again.optimizer.iterations.numpy())
    print(np.array_equal(again.predict(x, verbose=0), model.predict(x, verbose=0)))
    print(again.get_compile_config())
    print(again.loss, [m.name for m in again.metrics])


@case
def json_of_models():
    model = keras.Sequential([keras.Input((2,), name="i"), layers.Dense(3, kernel_regularizer=keras.regularizers.L1L2(0.1, 0.2), name="l")], name="j")
    config = json.loads(model.to_json())
    print(config["class_name"], list(config), list(config["config"]))
    for layer in config["config"]["layers"]:
        print(layer["class_name"], sorted(layer["config"]))
    print(config["config"]["layers"][1]["config"]["kernel_regularizer"])
    print(layers.Dense.from_config(model.layers[0].get_config()).units)
    print(keras.layers.serialize(layers.Dropout(0.2, name="drop")))
    print(keras.layers.deserialize({"module": "keras.layers", "class_name": "ReLU", "config": {"max_value": 6.0}, "registered_name": None}).get_config())


@case
def reprs():
    print(keras.Input((3,), name="x"))
    print(keras.Input((None, 4), dtype="int32", name="y") + 1)
    v = keras.Variable([[1.0, 2.0]], name="v")
    print(v, v.shape, v.dtype, v.path, v.trainable)
    print(repr(keras.Variable(3, dtype="int64", name="n", trainable=False)))
    print(layers.Dense(2, name="d"), [layers.Flatten(name="f")])
    print(keras.Sequential(name="s"), keras.losses.MeanSquaredError, keras.metrics.Mean(name="m"))
    print(keras.activations.relu.__name__, keras.activations.get("tanh").__name__, keras.activations.serialize(keras.activations.gelu))
    print(keras.backend.floatx(), keras.config.epsilon(), keras.config.image_data_format(), keras.config.backend())
    print(layers.Dense(1).dtype_policy, keras.mixed_precision.Policy("mixed_float16"))
    print(keras.InputSpec(ndim=2), keras.KerasTensor((2, 3), dtype="float16", name="k"))
    v.assign([[5.0, 6.0]])
    v.assign_add([[1.0, 1.0]])
    print(v.numpy(), v + 1, v[0, 1])


@case
def autoencoder():
    encoder_input = keras.Input((28, 28, 1), name="img")
    x = layers.Conv2D(16, 3, activation="relu")(encoder_input)
    x = layers.MaxPooling2D(3)(x)
    encoder_output = layers.GlobalMaxPooling2D()(x)
    encoder = keras.Model(encoder_input, encoder_output, name="encoder")
    decoder_input = keras.Input((16,), name="encoded_img")
    x = layers.Reshape((4, 4, 1))(decoder_input)
    x = layers.Conv2DTranspose(16, 3, activation="relu")(x)
    x = layers.UpSampling2D(3)(x)
    decoder = keras.Model(decoder_input, layers.Conv2DTranspose(1, 3, activation="relu")(x), name="decoder")
    auto_input = keras.Input((28, 28, 1), name="img2")
    autoencoder = keras.Model(auto_input, decoder(encoder(auto_input)), name="autoencoder")
    encoder.summary()
    decoder.summary()
    autoencoder.summary(expand_nested=True)


@case
def residual_network():
    inputs = keras.Input((16, 16, 3), name="img")
    x = layers.Conv2D(8, 3, activation="relu", padding="same")(inputs)
    block = layers.MaxPooling2D(2)(x)
    x = layers.Conv2D(8, 3, padding="same", use_bias=False)(block)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("relu")(x)
    x = layers.add([x, block])
    x = layers.GlobalAveragePooling2D()(x)
    model = keras.Model(inputs, layers.Dense(4)(x), name="toy_resnet")
    model.summary()
    model.layers[1].trainable = False
    model.summary(show_trainable=True)
    print(len(model.trainable_weights), len(model.non_trainable_weights), len(model.weights))
    print([(i, l.name, l.output.shape) for i, l in enumerate(model.layers)])


@case
def shared_layers():
    shared = layers.Embedding(20, 4, name="words")
    a, b = keras.Input((5,), dtype="int32", name="a"), keras.Input((5,), dtype="int32", name="b")
    pool = layers.GlobalAveragePooling1D(name="pool")
    left, right = pool(shared(a)), pool(shared(b))
    score = layers.Dot(axes=1, normalize=True, name="score")([left, right])
    model = keras.Model([a, b], score, name="siamese")
    model.summary()
    set_all(model)
    ids = np.arange(10).reshape(2, 5).astype("int32")
    print(model([ids, ids[::-1]]))
    print(model.predict({"a": ids, "b": ids}, verbose=0))
    print(model.output_names, [i.shape for i in model.inputs])
    print(shared.count_params(), len(shared._inbound_nodes))


@case
def many_outputs():
    x = keras.Input((3,), name="x")
    h = layers.Dense(4, activation="relu", name="h")(x)
    model = keras.Model(x, {"price": layers.Dense(1, name="price")(h), "kind": layers.Dense(2, activation="softmax", name="kind")(h)})
    set_all(model)
    model.compile(
        "sgd",
        loss={"price": "mse", "kind": "sparse_categorical_crossentropy"},
        loss_weights={"price": 1.0, "kind": 0.5},
        metrics={"price": ["mae"], "kind": ["accuracy"]},
    )
    y = {"price": fill((6, 1)), "kind": np.arange(6) % 2}
    model.fit(fill((6, 3)), y, epochs=2, verbose=2, shuffle=False)
    print(sorted(model.evaluate(fill((6, 3)), y, verbose=0, return_dict=True)))
    out = model.predict(fill((2, 3)), verbose=0)
    print({k: out[k].shape for k in sorted(out)})


@case
def attention():
    mha = layers.MultiHeadAttention(num_heads=2, key_dim=2)
    target, source = keras.Input((8, 16)), keras.Input((4, 16))
    out, weights = mha(target, source, return_attention_scores=True)
    print(out.shape, weights.shape)
    print([(w.path, w.shape) for w in mha.weights])
    q, v = fill((1, 2, 3)), fill((1, 4, 3), 2)
    y, scores = layers.Attention()([q, v], return_attention_scores=True)
    print(y, scores)
    print(layers.AdditiveAttention(use_scale=False)([q, v]))
    causal = layers.Attention()([v, v], use_causal_mask=True)
    print(causal.shape, mha.get_config()["num_heads"], mha.count_params())


@case
def transformer_block():
    class TransformerBlock(layers.Layer):
        def __init__(self, dim, heads, ff, rate=0.1):
            super().__init__()
            self.att = layers.MultiHeadAttention(num_heads=heads, key_dim=dim)
            self.ffn = keras.Sequential([layers.Dense(ff, activation="relu"), layers.Dense(dim)])
            self.norm1 = layers.LayerNormalization(epsilon=1e-6)
            self.norm2 = layers.LayerNormalization(epsilon=1e-6)
            self.drop = layers.Dropout(rate)

        def call(self, x):
            x = self.norm1(x + self.drop(self.att(x, x)))
            return self.norm2(x + self.ffn(x))

    inputs = keras.Input((6,))
    x = layers.Embedding(50, 8)(inputs)
    x = TransformerBlock(8, 2, 16)(x)
    x = layers.GlobalAveragePooling1D()(x)
    model = keras.Model(inputs, layers.Dense(2, activation="softmax")(x))
    model.summary()
    print(model.layers[2], len(model.weights))
    print([w.path for w in model.layers[2].trainable_weights])


@case
def custom_layers_train():
    class Antirectifier(layers.Layer):
        def build(self, input_shape):
            self.kernel = self.add_weight(shape=(input_shape[-1] * 2, 2), initializer="ones", name="kernel", trainable=True)

        def call(self, x):
            x = x - ops.mean(x, axis=-1, keepdims=True)
            self.add_loss(0.01 * ops.sum(ops.square(x)))
            return ops.matmul(ops.concatenate([ops.relu(x), ops.relu(-x)], axis=-1), self.kernel)

        def compute_output_shape(self, input_shape):
            return (*input_shape[:-1], 2)

    model = keras.Sequential([keras.Input((3,)), Antirectifier(), layers.Dense(1, kernel_initializer="ones")])
    model.summary()
    model.compile(keras.optimizers.SGD(0.1), keras.losses.MeanAbsoluteError(), metrics=[keras.metrics.MeanSquaredError(name="squares")])
    model.fit(fill((6, 3)), fill((6, 1)), epochs=3, batch_size=3, verbose=2, shuffle=False)
    print(model.layers[0].kernel.numpy().round(3))


@case
def custom_losses_and_metrics():
    def weighted(y_true, y_pred):
        return ops.mean(ops.square(y_true - y_pred) * 3, axis=-1)

    class Largest(keras.metrics.Metric):
        def __init__(self, name="largest", **kwargs):
            super().__init__(name=name, **kwargs)
            self.total = self.add_variable(shape=(), initializer="zeros", name="total")

        def update_state(self, y_true, y_pred, sample_weight=None):
            self.total.assign(ops.maximum(self.total, ops.max(ops.abs(y_true - y_pred))))

        def result(self):
            return self.total

    def bias(y_true, y_pred):
        return ops.mean(y_pred - y_true)

    model = keras.Sequential([keras.Input((3,)), layers.Dense(1)])
    set_all(model)
    model.compile("adam", weighted, metrics=[Largest(), bias, "mape"])
    history = model.fit(fill((6, 3)), fill((6, 1), 3), epochs=2, batch_size=3, verbose=2, shuffle=False)
    print(list(history.history))
    print(model.metrics[0].name, [v.name for v in model.metrics[0].variables])


@case
def data_of_users():
    batches = keras.utils.timeseries_dataset_from_array(np.arange(10), None, sequence_length=4, sequence_stride=2, batch_size=2)
    for batch in batches:
        print(batch.numpy())
    left, right = keras.utils.split_dataset(np.arange(10), left_size=0.8)
    print(len(left), len(right), [int(v) for v in right])

    class Numbers(keras.utils.PyDataset):
        def __init__(self, n, **kwargs):
            super().__init__(**kwargs)
            self.n = n

        def __len__(self):
            return self.n

        def __getitem__(self, i):
            return fill((2, 3), i), fill((2, 1), i)

        def on_epoch_end(self):
            print("epoch ended")

    model = keras.Sequential([keras.Input((3,)), layers.Dense(1)])
    set_all(model)
    model.compile("sgd", "mse")
    model.fit(Numbers(3), epochs=2, verbose=2, shuffle=False)
    print(model.predict(Numbers(2), verbose=0).shape)

    def endless():
        while True:
            yield fill((2, 3)), fill((2, 1))

    model.fit(endless(), steps_per_epoch=2, epochs=2, verbose=2)
    print(model.train_on_batch(fill((2, 3)), fill((2, 1))))


@case
def transfer_learning():
    base = keras.Sequential([keras.Input((4,)), layers.Dense(6, name="b1"), layers.BatchNormalization(name="bn"), layers.Dense(3, name="b2")], name="base")
    base.trainable = False
    inputs = keras.Input((4,), name="in")
    model = keras.Model(inputs, layers.Dense(1, name="top")(base(inputs, training=False)), name="transfer")
    model.summary(show_trainable=True)
    model.compile("adam", "mse")
    before = base.get_weights()
    model.fit(fill((4, 4)), fill((4, 1)), epochs=1, verbose=0)
    print(all(np.array_equal(a, b) for a, b in zip(before, base.get_weights())))
    base.trainable = True
    for layer in base.layers[:-1]:
        layer.trainable = False
    print([v.path for v in model.trainable_variables])
    model.compile(keras.optimizers.Adam(1e-5), "mse")
    model.summary(expand_nested=True)


@case
def regularized():
    model = keras.Sequential(
        [
            keras.Input((3,)),
            layers.Dense(2, kernel_regularizer=keras.regularizers.L2(0.1), bias_regularizer="l1", kernel_constraint=keras.constraints.MaxNorm(0.5)),
            layers.Dense(1, activity_regularizer=keras.regularizers.L1(0.01)),
        ]
    )
    set_all(model)
    print(["%.5f" % float(loss) for loss in model.losses])
    model.compile(keras.optimizers.SGD(0.1), "mse")
    model.fit(fill((4, 3)), fill((4, 1)), epochs=2, verbose=2, shuffle=False)
    print(np.linalg.norm(model.layers[0].get_weights()[0], axis=0).round(4))
    print(keras.regularizers.L1L2(0.1, 0.2)(ops.ones((2, 2))), keras.regularizers.get("l2").get_config())
    print(keras.constraints.NonNeg()(ops.convert_to_tensor([-1.0, 2.0])), keras.constraints.UnitNorm().get_config())
    print(keras.regularizers.OrthogonalRegularizer(0.01)(ops.convert_to_tensor([[1.0, 2.0], [3.0, 4.0]])))


@case
def cells_and_wrappers():
    x = fill((2, 3, 2))
    rnn = layers.RNN([layers.LSTMCell(4), layers.GRUCell(3)], return_state=True)
    out, *states = rnn(x)
    print(out.shape, [s.shape if hasattr(s, "shape") else [t.shape for t in s] for s in states])
    print([w.path for w in rnn.weights])
    both = layers.Bidirectional(layers.SimpleRNN(2, return_sequences=True), merge_mode="sum")
    both(x)
    set_all(both)
    print(both(x))
    each = layers.TimeDistributed(layers.Dense(3))
    print(each(x).shape, each.compute_output_shape((None, 7, 2)), each.weights[0].path)
    print(layers.ConvLSTM1D(2, 2)(fill((1, 3, 5, 1))).shape)

    class MinimalCell(layers.Layer):
        def __init__(self, units, **kwargs):
            super().__init__(**kwargs)
            self.units = self.state_size = units

        def build(self, input_shape):
            self.kernel = self.add_weight(shape=(input_shape[-1], self.units), initializer="ones", name="kernel")

        def call(self, inputs, states):
            h = ops.matmul(inputs, self.kernel) + states[0] * 0.5
            return h, [h]

    print(layers.RNN(MinimalCell(2), return_sequences=True)(x))


@case
def activations_printed():
    x = ops.convert_to_tensor([-3.0, -1.0, 0.0, 1.0, 3.0])
    for name in ["relu", "relu6", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "softplus", "softsign", "tanh", "sigmoid", "hard_sigmoid", "exponential", "linear", "celu", "sparse_plus", "hard_tanh", "log_sigmoid", "squareplus"]:
        print(name, keras.activations.get(name)(x).numpy())
    print(keras.activations.relu(x, negative_slope=0.1, max_value=2.0, threshold=0.5))
    print(layers.PReLU()(x[None]).shape, layers.LeakyReLU(negative_slope=0.2)(x))
    print(layers.Softmax(axis=-1)(x[None]), layers.ReLU(max_value=1.0).get_config())
    print(keras.activations.softmax(ops.convert_to_tensor([[1.0, 2.0], [3.0, 5.0]]), axis=0))


@case
def merging_layers():
    a, b = fill((2, 3)), fill((2, 3), 4)
    print(layers.add([a, b]), layers.subtract([a, b]))
    print(layers.multiply([a, b]), layers.average([a, b]))
    print(layers.maximum([a, b]), layers.minimum([a, b]))
    print(layers.concatenate([a, b], axis=0).shape, layers.dot([a, b], axes=1))
    x = layers.Concatenate(axis=1)([keras.Input((2, 5), name="p"), keras.Input((3, 5), name="q")])
    print(x.shape, x.name, x.dtype)
    for f in [lambda: layers.Add()([keras.Input((2,)), keras.Input((3,))]), lambda: layers.Concatenate()([keras.Input((2, 3)), keras.Input((3, 3))]), lambda: layers.Add()(a)]:
        try:
            f()
        except ValueError as e:
            print(e)


@case
def rates_and_counts():
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    set_all(model)
    schedule = keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.5)
    model.compile(keras.optimizers.Adam(schedule), "mse")
    model.fit(fill((8, 2)), fill((8, 1)), batch_size=2, epochs=2, verbose=0, shuffle=False)
    print(model.optimizer.iterations.numpy(), "%.5f" % float(model.optimizer.learning_rate))
    print([v.path for v in model.optimizer.variables])
    model.summary()
    model.compile("sgd", "mse")
    model.optimizer.learning_rate.assign(0.5)
    print(model.optimizer.learning_rate, model.optimizer.get_config()["learning_rate"])
    ema = keras.optimizers.SGD(0.1, use_ema=True, ema_momentum=0.5)
    w = keras.Variable([1.0, 2.0])
    for _ in range(3):
        ema.apply_gradients([(ops.convert_to_tensor([1.0, 1.0]), w)])
    print(w.numpy())
    ema.finalize_variable_values([w])
    print(w.numpy())


@case
def mixed_models():
    class MLP(keras.Model):
        def __init__(self, units):
            super().__init__(name="mlp")
            self.hidden = [layers.Dense(u, activation="relu") for u in units]
            self.out = layers.Dense(1)

        def call(self, x, training=None):
            for layer in self.hidden:
                x = layer(x)
            if training:
                x = x * 1.0
            return self.out(x)

    model = MLP([4, 3])
    model.compile("sgd", "mse")
    model.build((None, 2))
    model.summary()
    print([(v.path, v.shape) for v in model.trainable_variables])
    set_all(model)
    model.fit(fill((4, 2)), fill((4, 1)), epochs=1, verbose=2, shuffle=False)
    print(model.predict(fill((3, 2)), verbose=0).shape, model.count_params(), model.built)
    wrapped = keras.Sequential([keras.Input((2,)), model, layers.Lambda(lambda t: t * 2, name="double")])
    print(wrapped.output_shape, [l.name for l in wrapped.layers])


@case
def bands_of_images():
    x = ops.reshape(ops.cast(ops.arange(32), "float32"), (1, 4, 4, 2))
    print(layers.Resizing(2, 2)(x)[0, :, :, 0])
    print(layers.CenterCrop(2, 2)(x).shape, layers.RandomFlip("horizontal", seed=1)(x, training=False).shape)
    print(ops.image.resize(x, (2, 3), interpolation="nearest")[0, :, :, 1])
    print(ops.image.pad_images(x, 1, 1, 1, 1).shape, ops.image.crop_images(x, 1, 1, 1, 1).shape)
    print(layers.AveragePooling2D(2)(x)[0], layers.MaxPooling2D(2, strides=1)(x).shape)
    print(ops.image.rgb_to_grayscale(ops.ones((2, 2, 3))).shape)
    print(layers.Conv1D(2, 3, padding="causal")(fill((1, 5, 3))).shape, layers.Conv3D(1, 2)(fill((1, 3, 3, 3, 1))).shape)


save(__file__, CASES, "keras")
