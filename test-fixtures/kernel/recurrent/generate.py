"""Keras' recurrent layers: orders of gates, resets before and after, masks, directions, activations, with gradients."""

import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2]))

import keras  # noqa: E402
import tensorflow as tf  # noqa: E402

from fixtures import distinct, save  # noqa: E402

N, T, I, H = 3, 4, 2, 3
MASK = [[True, True, False, True], [False, True, True, True], [True, True, True, False]]


def case(name, layer, mask=None):
    x = tf.Variable(distinct((N, T, I), 1, "float32"))
    layer.build((N, T, I))
    for k, w in enumerate(layer.weights):
        w.assign(distinct(w.shape, 10 + k, "float32"))
    states = [tf.constant(distinct((N, H), 30 + k, "float32")) for k in range(2 if isinstance(layer, keras.layers.LSTM) else 1)]
    with tf.GradientTape() as tape:
        y, *final = layer(x, initial_state=states, mask=None if mask is None else tf.constant(mask))
        loss = tf.reduce_sum(y * distinct(y.shape, 40, "float32")) + sum(tf.reduce_sum(s * distinct((N, H), 41 + k, "float32")) for k, s in enumerate(final))
    weights = [w.value for w in layer.trainable_weights]
    grads = tape.gradient(loss, [x, *weights])
    config = {k: layer.get_config().get(k) for k in ("go_backwards", "reset_after", "activation", "recurrent_activation", "zero_output_for_mask")}
    return {
        "name": name,
        "kind": type(layer).__name__,
        "config": config,
        "mask": None if mask is None else [[bool(v) for v in row] for row in mask],
        "x": x.numpy(),
        "states": [s.numpy() for s in states],
        "weights": [w.numpy() for w in weights],
        "y": y.numpy(),
        "final": [s.numpy() for s in final],
        "gy": distinct(y.shape, 40, "float32"),
        "gfinal": [distinct((N, H), 41 + k, "float32") for k in range(len(final))],
        "grads": [g.numpy() for g in grads],
    }


L = keras.layers
both = dict(return_sequences=True, return_state=True)
cases = []
for mask in (None, MASK):
    for back in (False, True):
        tag = f"mask={mask is not None} backwards={back}"
        cases += [
            case(f"LSTM {tag}", L.LSTM(H, go_backwards=back, **both), mask),
            case(f"GRU after {tag}", L.GRU(H, go_backwards=back, **both), mask),
            case(f"GRU before {tag}", L.GRU(H, go_backwards=back, reset_after=False, **both), mask),
            case(f"SimpleRNN {tag}", L.SimpleRNN(H, go_backwards=back, **both), mask),
        ]
cases += [
    case("LSTM zero output", L.LSTM(H, zero_output_for_mask=True, **both), MASK),
    case("GRU zero output", L.GRU(H, zero_output_for_mask=True, **both), MASK),
    case("LSTM hard", L.LSTM(H, recurrent_activation="hard_sigmoid", activation="softsign", **both), MASK),
    case("GRU hard", L.GRU(H, recurrent_activation="hard_sigmoid", activation="elu", **both)),
    case("SimpleRNN relu without bias", L.SimpleRNN(H, activation="relu", use_bias=False, **both), MASK),
    case("LSTM without bias", L.LSTM(H, use_bias=False, **both)),
]
save(__file__, cases, "keras")
