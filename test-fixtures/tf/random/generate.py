"""Streams of `tf.random`: every function for five global seeds, with and without op seeds, two draws each."""
import os
import sys
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf

tf.keras.Sequential  # noqa: B018
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from fixtures import save

LOGITS = [[0.1, 0.7, -0.5], [2.0, 0.0, 1.0]]
SEEDED = [
    ("normal", [[5]], {}),
    ("normal", [[3], 1.0, 2.0, "float64"], {}),
    ("uniform", [[5]], {}),
    ("uniform", [[3], -1.0, 1.0, "float64"], {}),
    ("uniform", [[5], 0, 100, "int32"], {}),
    ("uniform", [[5], -7, 1000, "int64"], {}),
    ("truncated_normal", [[5]], {}),
    ("gamma", [[2], [0.5, 3.0]], {}),
    ("poisson", [[2], [0.5, 30.0]], {}),
    ("categorical", [LOGITS, 4], {}),
    ("shuffle", [[1, 2, 3, 4, 5, 6, 7]], {}),
]
STATELESS = [
    ("stateless_normal", [[5]], []),
    ("stateless_uniform", [[5]], []),
    ("stateless_uniform", [[5]], [0, 50, "int32"]),
    ("stateless_uniform", [[3]], [None, None, "int64"]),
    ("stateless_truncated_normal", [[5]], []),
    ("stateless_gamma", [[3, 2]], [[0.5, 3.0]]),
    ("stateless_poisson", [[3, 2]], [[0.5, 30.0]]),
    ("stateless_binomial", [[4]], [[30.0, 90.0, 40.0, 100.0], [0.5, 0.3, 0.7, 0.2]]),
    ("stateless_categorical", [LOGITS, 4], []),
]
# Few expected successes, few failures, many of either, both in one call; counts and probabilities that stretch.
BINOMIAL = [
    ([4], [[5.0, 9.0, 30.0, 100.0], [0.5, 0.3, 0.4, 0.2]]),
    ([3, 3], [[12.0, 40.0, 8.0], [0.9, 0.95, 0.05]]),
    ([5], [7.0, 0.35]),
    ([2, 2, 3], [[[6.0], [60.0]], [0.1, 0.5, 0.8]]),
    ([6], [[20.0, 50.0, 0.0, 9.0, 9.0, 3.0], [0.5, 0.2, 0.5, 0.0, 1.0, 0.99]]),
]
cases = []
for seed in (0, 1, 7, 42, 123456789):
    for fn, args, _ in SEEDED:
        for own in (None, 3):
            tf.random.set_seed(seed)
            draws = [getattr(tf.random, fn)(*args, seed=own).numpy() for _ in range(2)]
            cases.append(dict(kind="seeded", fn=fn, args=args, seed=seed, op_seed=own, out=draws))
    for fn, args, more in STATELESS:
        s = [seed, seed % 5 + 2]
        cases.append(dict(kind="stateless", fn=fn, args=[*args, s, *more], seed=seed, op_seed=None, out=[getattr(tf.random, fn)(*args, s, *more).numpy()]))
    for shape, given in BINOMIAL:
        s = [seed, seed % 7 + 1]
        args = [shape, s, *given]
        out = [tf.random.stateless_binomial(*args).numpy(), tf.random.stateless_binomial(*args, "float32").numpy()]
        cases.append(dict(kind="binomial", fn="stateless_binomial", args=args, seed=seed, op_seed=None, out=out))
        g = tf.random.Generator.from_seed(seed)
        draws = [g.binomial(shape, *given), g.binomial(shape, *given, dtype="float64"), g.state]
        cases.append(dict(kind="generator binomial", fn="Generator.binomial", args=[shape, *given], seed=seed, op_seed=None, out=[np.asarray(d) for d in draws]))
    g = tf.random.Generator.from_seed(seed)
    draws = [g.normal([3]), g.uniform([3]), g.uniform([3], maxval=20, dtype=tf.int32), g.truncated_normal([3]), g.uniform_full_int([2]), g.make_seeds(2), g.state]
    cases.append(dict(kind="generator", fn="Generator", args=[], seed=seed, op_seed=None, out=[np.asarray(d) for d in draws]))
    tf.random.set_seed(seed)
    d = tf.data.Dataset.range(12).shuffle(5, seed=seed)
    e = tf.data.Dataset.range(12).shuffle(20)
    cases.append(dict(kind="shuffle", fn="Dataset.shuffle", args=[], seed=seed, op_seed=None, out=[np.array(list(x.as_numpy_iterator())) for x in (d, d, e)]))
    tf.random.set_seed(seed)
    x = tf.ones([12])
    cases.append(dict(kind="dropout", fn="nn.dropout", args=[], seed=seed, op_seed=None, out=[tf.nn.dropout(x, 0.4).numpy(), tf.nn.dropout(x, 0.4, seed=2).numpy(), tf.nn.experimental.stateless_dropout(x, 0.4, [seed, 1]).numpy()]))
    for fn in ("GlorotUniform", "HeNormal", "RandomNormal", "TruncatedNormal", "Orthogonal"):
        cases.append(dict(kind="initializer", fn=fn, args=[], seed=seed, op_seed=None, out=[np.asarray(getattr(tf.initializers, fn)(seed=seed)((2, 3)))]))
save(__file__, cases, "tensorflow-cpu")
