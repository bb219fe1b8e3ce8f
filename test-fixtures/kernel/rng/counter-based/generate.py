"""What TensorFlow's CPU kernels draw from Philox and, through XLA, from Threefry."""

import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3]))
from fixtures import save  # noqa: E402

raw = tf.raw_ops
SEEDS = [(0, 0), (1, 2), (-5, 2**40 + 3), (2**63 - 1, -(2**63)), (12345, 67890)]
PHILOX, THREEFRY = 1, 2
cases = []


def excerpt(x):
    x = x.numpy()
    return {"first": x[:40], "every": x[::500]}


for seed in SEEDS:
    key, counter = raw.StatelessRandomGetKeyCounter(seed=tf.constant(seed, tf.int64))
    base = {"seed": list(seed), "key": key.numpy(), "counter": counter.numpy()}
    args = {"key": key, "counter": counter, "alg": PHILOX}
    for n in (1, 7, 10_000):
        for dtype in ("float16", "bfloat16", "float32", "float64"):
            for kind, op in [("uniform", raw.StatelessRandomUniformV2), ("normal", raw.StatelessRandomNormalV2), ("truncated", raw.StatelessTruncatedNormalV2)]:
                x = op(shape=[n], dtype=dtype, **args)
                if dtype == "bfloat16":
                    x = tf.bitcast(x, tf.uint16)
                cases.append({"name": f"{kind} {dtype} {n} of seed {seed}", "kind": kind, "dtype": dtype, "n": n, **base, **excerpt(x)})
        for dtype, low, high in [("int32", -5, 17), ("int32", -(2**31), 2**31 - 1), ("int64", -5, 17), ("int64", -(2**40), 2**41), ("int64", 0, 2**21)]:
            x = raw.StatelessRandomUniformIntV2(shape=[n], minval=tf.constant(low, dtype), maxval=tf.constant(high, dtype), **args)
            cases.append({"name": f"{dtype} [{low}, {high}) {n} of seed {seed}", "kind": "integers", "dtype": dtype, "low": low, "high": high, "n": n, **base, **excerpt(x)})
        for dtype in ("int32", "uint32", "int64", "uint64"):
            x = raw.StatelessRandomUniformFullIntV2(shape=[n], dtype=dtype, **args)
            cases.append({"name": f"full {dtype} {n} of seed {seed}", "kind": "full", "dtype": dtype, "n": n, **base, **excerpt(x)})

# Stateful kernels: the two seeds are the key and the counter's upper half, each call reserves 256 blocks an element.
for seed, seed2 in [(1, 2), (87654321, 5), (2**31 - 1, 0)]:

    with tf.Graph().as_default():
        ops = {
            "uniform": raw.RandomUniform(shape=[5], dtype=tf.float32, seed=seed, seed2=seed2),
            "normal": raw.RandomStandardNormal(shape=[5], dtype=tf.float64, seed=seed, seed2=seed2),
            "truncated": raw.TruncatedNormal(shape=[6], dtype=tf.float32, seed=seed, seed2=seed2),
            "integers": raw.RandomUniformInt(shape=[5], minval=-3, maxval=1000, seed=seed, seed2=seed2),
            "shuffle": raw.RandomShuffle(value=tf.range(23), seed=seed, seed2=seed2),
        }
        with tf.compat.v1.Session() as s:
            outs = [s.run(ops) for _ in range(2)]
    cases.append({"name": f"stateful {seed} {seed2}", "kind": "stateful", "seed": [seed, seed2], "outs": outs})

for key, counter in [(5, 0), (2**40 + 9, 2**32 - 2), (2**63 + 1, 2**62)]:
    for n in (1, 2, 9, 12):

        @tf.function(jit_compile=True)
        def words():
            return raw.StatelessRandomUniformFullIntV2(
                shape=[n], key=tf.constant([key], tf.uint64), counter=tf.constant([counter], tf.uint64), alg=THREEFRY, dtype=tf.uint32)

        cases.append({"name": f"threefry {key} {counter} {n}", "kind": "threefry", "key": key, "counter": counter, "words": words().numpy()})
save(__file__, cases, "tensorflow-cpu")
