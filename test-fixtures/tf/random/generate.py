"""Streams of random numbers: a table of calls, each drawn with five seeds, with a global seed, one of its own, and both;
eagerly, in `tf.function` and in graphs of TensorFlow 1.

    python test-fixtures/tf/random/generate.py

A call is a chain of steps `[name, args, keywords]`: the first is found by its path in `tf`, the others are methods of what came
before (`@path` is a function given it, `()` calls it); `draw` stands for a function that draws,
`of` for one of a tensor, `pick` for one of several. `$seed` stands for the operation's seed, `$pair` for a stateless one. What
is kept of an output are its bytes at a few places, and a checksum of all of them where they are the same to the last bit.
"""

import base64
import os
import sys
import zlib
from pathlib import Path

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
import numpy as np
import tensorflow as tf
from tf_keras.src.layers.rnn import legacy_cell_wrappers, legacy_cells

tf.keras.Sequential  # noqa: B018
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from fixtures import save  # noqa: E402

v1 = tf.compat.v1
v1.logging.set_verbosity(v1.logging.ERROR)
SEEDS = (0, 1, 7, 42, 123456789)
OWN = 3
SEED = {"seed": "$seed"}


def t(dtype, v):
    return {"t": dtype, "v": v}


def image(*shape, dtype="float32"):
    return {"image": list(shape), "t": dtype}


ROWS = []


def row(name, chain, exact=False, modes="efv", **more):
    ROWS.append(dict(name=name, chain=chain, exact=exact, modes=modes, **more))


# Uniform, normal and truncated normal numbers of every type.
FLOATS = ("float16", "bfloat16", "float32", "float64")
for d in FLOATS:
    row(f"uniform {d}", [["random.uniform", [[21]], {"dtype": d, **SEED}]], exact=True)
    row(f"normal {d}", [["random.normal", [[21]], {"dtype": d, **SEED}]])
    row(f"truncated_normal {d}", [["random.truncated_normal", [[21]], {"dtype": d, **SEED}]])
row("uniform between", [["random.uniform", [[2, 9], -2.5, 4.0], SEED]])
row("uniform of tensors", [["random.uniform", [[3, 2], t("float32", [0.0, 5.0]), t("float32", [[1.0], [2.0], [3.0]])], SEED]])
row("uniform from", [["random.uniform", [[9], -1], SEED]])
row("uniform float64 between", [["random.uniform", [[9], 1.0, 3.0, "float64"], SEED]])
row("uniform float16 between", [["random.uniform", [[9], -1.0, 2.0, "float16"], SEED]])
row("uniform int32", [["random.uniform", [[21], 0, 100, "int32"], SEED]], exact=True)
row("uniform int32 wide", [["random.uniform", [[21], -2147483648, 2147483647, "int32"], SEED]], exact=True)
row("uniform int64", [["random.uniform", [[21], -7, 1000, "int64"], SEED]], exact=True)
row("uniform int64 wide", [["random.uniform", [[11], t("int64", -9000000000), t("int64", 90000000000), "int64"], SEED]], exact=True)
row("normal scaled", [["random.normal", [[2, 5], 1.5, 0.25], SEED]])
row("normal of tensors", [["random.normal", [[3, 2], t("float64", [0.0, 10.0]), t("float64", [[1.0], [2.0], [3.0]]), "float64"], SEED]])
row("truncated_normal scaled", [["random.truncated_normal", [[9], -1.0, 3.0], SEED]])
for d in ("float16", "float32", "float64"):
    row(f"gamma {d}", [["random.gamma", [[5], t(d, [0.3, 1.0, 4.5])], {"dtype": d, **SEED}]])
    row(f"poisson {d}", [["random.poisson", [[5], [0.5, 3.0, 30.0]], {"dtype": d, **SEED}]], exact=True, modes="ef")
row("gamma with rates", [["random.gamma", [[4], [[0.5], [2.0]], [1.0, 3.0]], SEED]], modes="ef")
for d in ("int32", "int64"):
    row(f"poisson {d}", [["random.poisson", [[5], t("float64", [0.5, 9.9, 10.0, 500.0])], {"dtype": d, **SEED}]], exact=True, modes="ef")
LOGITS = [[0.1, 0.7, -0.5], [2.0, 0.0, 1.0]]
for d in ("float16", "bfloat16", "float32", "float64"):
    row(f"categorical {d}", [["random.categorical", [t(d, LOGITS), 9], SEED]], exact=True)
row("categorical int32", [["random.categorical", [LOGITS, 5, "int32"], SEED]], exact=True, modes="ef")
row("categorical of infinities", [["random.categorical", [t("float32", [[float("-inf"), 0.0, 1.0]]), 9], SEED]], exact=True)
row("shuffle", [["random.shuffle", [list(range(23))], SEED]], exact=True)
row("shuffle rows", [["random.shuffle", [t("float32", [[1, 2], [3, 4], [5, 6], [7, 8]])], SEED]], exact=True)
row("shuffle texts", [["random.shuffle", [t("string", ["a", "bc", "def", "ghij", "klmno"])], SEED], ["@strings.length", [], {}]], exact=True, modes="ef")
TRUE = t("int64", [[0, 3], [9, 1]])
row("uniform_candidate_sampler", [["random.uniform_candidate_sampler", [TRUE, 2, 5, True, 20], SEED]], modes="ev")
row("log_uniform_candidate_sampler", [["random.log_uniform_candidate_sampler", [TRUE, 2, 6, True, 50], SEED]], modes="ev")
row("log_uniform with repeats", [["random.log_uniform_candidate_sampler", [TRUE, 2, 6, False, 10], SEED]], modes="ev")
row("learned_unigram_candidate_sampler", [["random.learned_unigram_candidate_sampler", [TRUE, 2, 5, True, 12], SEED]], modes="ev")
row("fixed_unigram_candidate_sampler", [["random.fixed_unigram_candidate_sampler", [TRUE, 2, 4, True, 10], {"unigrams": [1.0, 5.0, 2.0, 3.0, 1.0, 4.0, 1.0, 1.0, 2.0, 6.0], "distortion": 0.75, **SEED}]], modes="ev")
row("fixed_unigram with reserved", [["random.fixed_unigram_candidate_sampler", [TRUE, 2, 3, False, 11], {"unigrams": [1.0, 5.0, 2.0, 3.0, 1.0, 4.0, 1.0, 1.0, 2.0, 6.0], "num_reserved_ids": 1, **SEED}]], modes="ev")
row("all_candidate_sampler", [["random.all_candidate_sampler", [TRUE, 2, 10, True], SEED]], modes="ev")
row("dropout", [["nn.dropout", [image(4, 6), 0.4], SEED]], modes="ef")
row("dropout of float16", [["nn.dropout", [image(4, 6, dtype="float16"), 0.25], SEED]], modes="ef")
row("dropout in rows", [["nn.dropout", [image(4, 6), 0.5, [4, 1]], SEED]], modes="ef")
row("dropout by a tensor", [["nn.dropout", [image(4, 6), t("float32", 0.3)], SEED]], modes="ef")
for f, args in (
    ("brightness", [0.3]),
    ("contrast", [0.4, 1.7]),
    ("saturation", [0.5, 1.5]),
    ("hue", [0.4]),
    ("flip_left_right", []),
    ("flip_up_down", []),
):
    row(f"random_{f}", [[f"image.random_{f}", [image(3, 4, 3), *args], SEED]], close=True)
    row(f"stateless_random_{f}", [[f"image.stateless_random_{f}", [image(3, 4, 3), *args], {"seed": "$pair"}]], modes="s", close=True)
row("random_flip of a batch", [["image.random_flip_left_right", [image(6, 2, 2, 1)], SEED]])
row("stateless_random_flip of a batch", [["image.stateless_random_flip_up_down", [image(6, 2, 2, 1)], {"seed": "$pair"}]], modes="s")
row("random_crop", [["image.random_crop", [image(9, 8, 3), [3, 3, 3]], SEED]], exact=True)
row("stateless_random_crop", [["image.stateless_random_crop", [image(9, 8, 3), [3, 3, 3], "$pair"], {}]], exact=True, modes="s")
BOX = t("float32", [[[0.1, 0.2, 0.5, 0.9]]])
row("sample_distorted_bounding_box", [["image.sample_distorted_bounding_box", [[40, 50, 3], BOX], {"min_object_covered": 0.2, **SEED}]], modes="ef", own=OWN)
row("stateless_sample_distorted_bounding_box", [["image.stateless_sample_distorted_bounding_box", [[40, 50, 3], BOX, "$pair"], {}]], modes="s")
row("fractional_max_pool", [["nn.fractional_max_pool", [image(1, 9, 9, 1), [1.0, 1.5, 1.4, 1.0]], {"pseudo_random": True, **SEED}]], modes="e", own=OWN)
row("sampled_softmax_loss", [["nn.sampled_softmax_loss", [image(9, 3), image(9), t("int64", [[1], [4]]), image(2, 3), 4, 9], SEED]], modes="ef")
row("nce_loss", [["nn.nce_loss", [image(9, 3), image(9), t("int64", [[1], [4]]), image(2, 3), 4, 9], {}]], modes="ef", own=None)
# Data sets: the order of elements; a second pass goes on or repeats.
for name, steps in (
    ("shuffle", [["data.Dataset.range", [17], {}], ["shuffle", [5], SEED]]),
    ("shuffle of all", [["data.Dataset.range", [12], {}], ["shuffle", [20], SEED], ["repeat", [2], {}]]),
    ("shuffle the same", [["data.Dataset.range", [12], {}], ["shuffle", [20], {"reshuffle_each_iteration": False, **SEED}], ["repeat", [2], {}]]),
    ("repeat, then shuffle", [["data.Dataset.range", [5], {}], ["repeat", [3], {}], ["shuffle", [4], SEED]]),
    ("two shuffles", [["data.Dataset.range", [9], {}], ["shuffle", [3], SEED], ["shuffle", [4], {}], ["take", [6], {}]]),
    ("random", [["data.Dataset.random", [], SEED], ["take", [5], {}]]),
    ("sample", [["data.Dataset.sample_from_datasets", [[{"call": [["data.Dataset.range", [6], {}]]}, {"call": [["data.Dataset.range", [100, 120], {}]]}], [0.3, 0.7]], SEED], ["take", [14], {}]]),
):
    row(f"Dataset {name}", steps, exact=True, modes="ev", dataset=64, **({"own": OWN} if name == "two shuffles" else {}))
# Functions have graphs of their own, and count their operations anew.
DRAW = {"draw": [["random.uniform", [[2]], SEED]]}
row("function", [["function", [DRAW], {}], ["()", [], {}]], exact=True, modes="ef")
row("cond", [["cond", [t("bool", True), DRAW, DRAW], {}]], exact=True, modes="f")
row("switch_case", [["switch_case", [t("int32", 1), [DRAW, DRAW]], {}]], exact=True, modes="f")
row("Dataset map", [["data.Dataset.range", [5], {}], ["map", [DRAW], {}]], exact=True, modes="e", dataset=64)
row("Dataset map and shuffle", [["data.Dataset.range", [5], {}], ["map", [DRAW], {}], ["shuffle", [3], {"seed": 5}], ["map", [DRAW], {}], ["repeat", [2], {}]], exact=True, modes="e", dataset=64)
PARITY = {"of": [["@math.floormod", [t("int64", 2)], {}], ["@cast", ["int32"], {}]]}
for name, given in (
    ("known", {"initial_dist": [0.5, 0.5]}),
    ("estimated", {}),
    ("balanced", {"initial_dist": [0.3, 0.7]}),
):
    row(f"Dataset rejection_resample {name}", [["data.Dataset.range", [60], {}], ["rejection_resample", [PARITY, [0.3, 0.7]], {**given, **SEED}], ["map", [{"pick": 1}], {}], ["take", [45], {}]], exact=True, modes="e", dataset=64)
row("Dataset sample by data", [["data.Dataset.sample_from_datasets", [[{"call": [["data.Dataset.range", [6], {}]]}, {"call": [["data.Dataset.range", [100, 120], {}]]}], {"call": [["data.Dataset.from_tensor_slices", [t("float32", [[0.2, 0.8], [0.9, 0.1]])], {}], ["repeat", [], {}]]}], SEED], ["take", [14], {}]], exact=True, modes="e", dataset=64)
# Initializers of Keras, and those of TensorFlow 1.
for f, args in (
    ("GlorotUniform", {}), ("GlorotNormal", {}), ("HeNormal", {}), ("HeUniform", {}), ("LecunNormal", {}), ("LecunUniform", {}),
    ("RandomNormal", {"mean": 1.0, "stddev": 2.0}), ("RandomUniform", {"minval": -1.0, "maxval": 2.0}), ("TruncatedNormal", {}),
    ("VarianceScaling", {"scale": 2.0, "mode": "fan_avg", "distribution": "uniform"}), ("Orthogonal", {"gain": 1.5}),
):
    row(f"initializers.{f}", [[f"initializers.{f}", [], {**args, **SEED}], ["()", [[3, 4]], {}]], modes="e", keras=True, close=f == "Orthogonal")
row("initializers.GlorotUniform of a kernel", [["initializers.GlorotUniform", [], SEED], ["()", [[3, 3, 2, 4]], {}]], modes="e", keras=True)
row("initializers of float16", [["initializers.HeNormal", [], SEED], ["()", [[3, 4], "float16"], {}]], modes="e", keras=True)
for f, args in (
    ("glorot_uniform_initializer", {}), ("glorot_normal_initializer", {}), ("initializers.he_normal", {}), ("initializers.he_uniform", {}),
    ("initializers.lecun_normal", {}), ("initializers.lecun_uniform", {}), ("random_normal_initializer", {"mean": 1.0, "stddev": 2.0}),
    ("random_uniform_initializer", {"minval": -1.0, "maxval": 2.0}), ("truncated_normal_initializer", {"stddev": 0.1}),
    ("variance_scaling_initializer", {"scale": 2.0, "mode": "fan_out", "distribution": "uniform"}), ("uniform_unit_scaling_initializer", {"factor": 1.2}),
    ("orthogonal_initializer", {"gain": 1.5}),
):
    row(f"v1 {f}", [[f, [], {**args, **SEED}], ["()", [[3, 4]], {}]], modes="v", close=f.startswith("orth"))
row("v1 get_variable", [["get_variable", ["$name", [3, 4]], {}]], modes="v", own=None)
for f, args in (
    ("random_uniform", [[9], -1.0, 1.0]), ("random_normal", [[9], 1.0, 2.0]), ("truncated_normal", [[9]]), ("random_gamma", [[3], [0.5, 2.0]]),
    ("random_poisson", [[0.5, 20.0], [4]]), ("multinomial", [t("float32", LOGITS), 5]), ("random_shuffle", [list(range(9))]),
    ("random_crop", [image(5, 5, 1), [2, 2, 1]]), ("nn.dropout", [image(3, 5), 0.6]),
):
    row(f"v1 {f}", [[f, args, SEED]], modes="v")
row("v1 raw ParameterizedTruncatedNormal", [["raw_ops.ParameterizedTruncatedNormal", [], {"shape": [3, 5], "means": t("float32", [0.0, 1.0, -1.0]), "stdevs": 1.5, "minvals": -1.0, "maxvals": t("float32", [1.0, 2.0, float("inf")]), "seed": "$seed", "seed2": 5}]], modes="v", own=OWN)
CELL = [["nn.rnn_cell.BasicRNNCell", [3], {}]]
LSTM = [["nn.rnn_cell.BasicLSTMCell", [2], {}]]
for name, cell, keep, state in (
    ("dropout of inputs and outputs", CELL, {"input_keep_prob": 0.6, "output_keep_prob": 0.5}, image(4, 3)),
    ("dropout of states", CELL, {"state_keep_prob": 0.5}, image(4, 3)),
    ("variational dropout", CELL, {"input_keep_prob": 0.6, "output_keep_prob": 0.5, "state_keep_prob": 0.7, "variational_recurrent": True, "input_size": {"call": [["TensorShape", [[6]], {}]]}, "dtype": "float32"}, image(4, 3)),
    ("dropout of an LSTM", LSTM, {"input_keep_prob": 0.6, "state_keep_prob": 0.5}, {"call": [["nn.rnn_cell.LSTMStateTuple", [image(4, 2), image(4, 2)], {}]]}),
):
    row(f"v1 {name}", [["nn.rnn_cell.DropoutWrapper", [{"call": cell}], {**keep, **SEED}], ["()", [image(4, 6), state], {}]], modes="v", once=True, close=True, weights=True, own=OWN)
# Draws whose seed is given.
for d in FLOATS:
    row(f"stateless_uniform {d}", [["random.stateless_uniform", [[9], "$pair"], {"dtype": d}]], exact=True, modes="s")
    row(f"stateless_normal {d}", [["random.stateless_normal", [[9], "$pair"], {"dtype": d}]], modes="s")
    row(f"stateless_truncated_normal {d}", [["random.stateless_truncated_normal", [[9], "$pair"], {"dtype": d}]], modes="s")
for d in ("int32", "int64", "uint32", "uint64"):
    row(f"stateless_uniform full {d}", [["random.stateless_uniform", [[9], "$pair", None, None, d], {}]], exact=True, modes="s")
row("stateless_uniform int32", [["random.stateless_uniform", [[9], "$pair", -5, 50, "int32"], {}]], exact=True, modes="s")
row("stateless_uniform int64", [["random.stateless_uniform", [[9], "$pair", -5, 5000000, "int64"], {}]], exact=True, modes="s")
row("stateless_uniform between", [["random.stateless_uniform", [[9], "$pair", -5.0, 3.5], {}]], modes="s")
row("stateless_normal scaled", [["random.stateless_normal", [[9], "$pair", 1.0, 2.5], {}]], modes="s")
row("stateless_normal philox", [["random.stateless_normal", [[5], "$pair"], {"alg": "philox"}]], modes="s")
for d in ("float16", "float32", "float64"):
    row(f"stateless_gamma {d}", [["random.stateless_gamma", [[5, 3], "$pair"], {"alpha": t(d, [0.3, 1.0, 4.5]), "dtype": d}]], modes="s")
    row(f"stateless_parameterized_truncated_normal {d}", [["random.stateless_parameterized_truncated_normal", [[7], "$pair"], {"means": t(d, 0.0), "stddevs": t(d, 1.0), "minvals": t(d, -2.0), "maxvals": t(d, 2.0)}]], modes="s")
row("stateless_gamma with rates", [["random.stateless_gamma", [[4, 2, 2], "$pair"], {"alpha": [[0.5], [2.0]], "beta": [1.0, 3.0]}]], modes="s")
for d in ("float32", "float64", "int32", "int64"):
    row(f"stateless_poisson {d}", [["random.stateless_poisson", [[5, 3], "$pair", [0.5, 3.0, 30.0], d], {}]], exact=True, modes="s")
# Few expected successes, few failures, many of either, both in one call; counts and probabilities that stretch.
for i, (shape, counts, probs) in enumerate((
    ([4], [5.0, 9.0, 30.0, 100.0], [0.5, 0.3, 0.4, 0.2]),
    ([3, 3], [12.0, 40.0, 8.0], [0.9, 0.95, 0.05]),
    ([5], 7.0, 0.35),
    ([2, 2, 3], [[6.0], [60.0]], [0.1, 0.5, 0.8]),
    ([6], [20.0, 50.0, 0.0, 9.0, 9.0, 3.0], [0.5, 0.2, 0.5, 0.0, 1.0, 0.99]),
)):
    for d in ("int32", "float64"):
        row(f"stateless_binomial {i} {d}", [["random.stateless_binomial", [shape, "$pair", counts, probs, d], {}]], exact=True, modes="s")
        row(f"Generator.binomial {i} {d}", [["random.Generator.from_seed", ["$seed"], {}], ["binomial", [shape, counts, probs, d], {}]], exact=True, modes="s")
row("stateless_categorical", [["random.stateless_categorical", [t("float32", LOGITS), 9, "$pair"], {}]], exact=True, modes="s")
row("stateless_categorical int32", [["random.stateless_categorical", [t("float64", LOGITS), 9, "$pair", "int32"], {}]], exact=True, modes="s")
row("stateless_shuffle", [["random.experimental.stateless_shuffle", [list(range(15)), "$pair"], {}]], exact=True, modes="s")
row("stateless_split", [["random.split", ["$pair", 3], {}]], exact=True, modes="s")
row("stateless_fold_in", [["random.fold_in", ["$pair", 77], {}]], exact=True, modes="s")
row("stateless_dropout", [["nn.experimental.stateless_dropout", [image(4, 6), 0.4, "$pair"], {}]], modes="s")
row("index_shuffle", [["random.experimental.index_shuffle", [list(range(20)), "$pair", 19], {}]], exact=True, modes="s")
row("index_shuffle int64", [["random.experimental.index_shuffle", [t("int64", [0, 5, 77777, 1 << 40]), "$pair", t("int64", (1 << 41) + 5)], {}]], exact=True, modes="s")
row("random_index_shuffle", [["random_index_shuffle", [t("uint32", [0, 1, 2, 99999]), t("int64", [[1, 2, 3], [4, 5, 6], [7, 8, 9], [10, 11, 12]]), t("uint32", [10, 1, 300000, 100000])], {"rounds": 6}]], exact=True, modes="s")
BOUNDS = "random.stateless_parameterized_truncated_normal"
for i, (shape, p) in enumerate((
    ([10, 2, 3], {"means": t("float32", 0.0), "stddevs": t("float32", [[1.0, 2.0, 0.5], [3.0, 1.5, 1.0]]), "minvals": t("float32", [-1.0, -2.0, -1000.0]), "maxvals": t("float32", [[10000.0], [1.0]])}),
    ([6, 3], {"means": t("float64", [0.0, 5.0, -5.0]), "stddevs": t("float64", 1.0), "minvals": t("float64", [2.0, -1.0, -1.0]), "maxvals": t("float64", [2.5, 1.0, float("inf")])}),
    ([12], {"means": 0.5, "stddevs": 1.5, "minvals": 4.0, "maxvals": 40.0}),
    ([12], {"means": 0.5, "stddevs": 0.25, "minvals": 0.25, "maxvals": 0.375}),
    ([12], {"means": 0.5, "stddevs": 2.5, "minvals": float("-inf"), "maxvals": -4.25}),
)):
    row(f"stateless_parameterized_truncated_normal {i}", [[BOUNDS, [shape, "$pair"], p]], modes="s")
# Generators: the draws of one, after each other.
G = [
    ["normal", [[3]], {}], ["normal", [[3], 2.0, 3.0, "float64"], {}], ["normal", [[3]], {"dtype": "float16"}], ["normal", [[3]], {"dtype": "bfloat16"}],
    ["uniform", [[3]], {}], ["uniform", [[3], -1.0, 2.0, "float64"], {}], ["uniform", [[3], 0, 20, "int32"], {}], ["uniform", [[3], -5, 2000, "int64"], {}],
    ["uniform", [[3], None, None, "int64"], {}], ["uniform", [[2], None, None, "uint32"], {}],
    ["truncated_normal", [[3]], {}], ["truncated_normal", [[3], 1.0, 2.0, "float64"], {}], ["uniform_full_int", [[2]], {}], ["uniform_full_int", [[2], "int32"], {}],
    ["uniform_full_int", [[2], "uint32"], {}], ["uniform_full_int", [[2], "int64"], {}], ["binomial", [[3], [9.0, 40.0, 20.0], [0.5, 0.4, 0.9]], {}],
    ["skip", [5], {}], ["uniform", [[2]], {}], ["make_seeds", [2], {}], ["key", None, None], ["state", None, None], ["split", [2], {}], ["state", None, None],
    ["reset_from_seed", [11], {}], ["normal", [[2]], {}], ["reset_from_key_counter", [7, [3, 1]], {}], ["normal", [[2]], {}], ["reset", [[4, 5, 6]], {}], ["normal", [[2]], {}], ["state", None, None],
]
MAKERS = (
    ("from_seed", [["random.Generator.from_seed", ["$seed"], {}]]),
    ("from_seed philox", [["random.Generator.from_seed", ["$seed"], {"alg": "philox"}]]),
    ("from_state", [["random.Generator.from_state", [["$seed", 2, 3], 1], {}]]),
    ("from_key_counter", [["random.Generator.from_key_counter", ["$seed", [5, 6], "philox"], {}]]),
    ("create_rng_state", [["random.Generator.from_state", [{"call": [["random.create_rng_state", ["$seed", 1], {}]]}, 1], {}]]),
)
THREEFRY = (
    ("from_seed", [["random.Generator.from_seed", ["$seed"], {"alg": "threefry"}]]),
    ("from_key_counter", [["random.Generator.from_key_counter", ["$seed", [5], "threefry"], {}]]),
)


def value(x, seed, name, lib):
    v = lambda y: value(y, seed, name, lib)  # noqa: E731
    if x == "$seed":
        return seed
    if x == "$pair":
        return [seed, seed % 5 + 2]
    if x == "$name":
        return name
    if isinstance(x, dict):
        if "call" in x:
            return call(x["call"], seed, name, lib)
        if "of" in x:

            def applied(y):
                for one in x["of"]:
                    y = step(y, one, seed, name, lib)
                return y

            return applied
        if "pick" in x:
            return lambda *y: y[x["pick"]]
        if "draw" in x:
            return lambda *_: call(x["draw"], seed, name, lib)
        if "image" in x:
            n = int(np.prod(x["image"]))
            return tf.constant(np.arange(1, n + 1, dtype=np.float64).reshape(x["image"]) / n, dtype=x["t"])
        if "t" in x:
            return tf.constant(x["v"], dtype=x["t"])
        return {k: v(y) for k, y in x.items()}
    if isinstance(x, list):
        return [v(y) for y in x]
    return x


def found(lib, path):
    if path.startswith("nn.rnn_cell."):
        name = path.split(".")[-1]
        return getattr(legacy_cell_wrappers if name.endswith("Wrapper") else legacy_cells, name)
    at = lib
    for part in path.split("."):
        at = getattr(at, part)
    return at


def step(at, one, seed, name, lib):
    path, args, kw = one
    if args is None:
        return getattr(at, path)
    args = value(args, seed, name, lib)
    kw = {k: v for k, v in value(kw, seed, name, lib).items() if v is not None}
    if path.startswith("@"):
        return found(lib, path[1:])(at, *args, **kw)
    if path == "()":
        return at(*args, **kw)
    return (found(lib, path) if at is None else getattr(at, path))(*args, **kw)


def call(chain, seed, name="", lib=tf):
    at = None
    for one in chain:
        at = step(at, one, seed, name, lib)
    return at


def encode(outputs, r, places):
    """Types and shapes, bytes at some places of each output, checksums of exact ones."""
    types, heads, sums = [], b"", []
    for x in outputs:
        a = np.asarray(x.numpy() if hasattr(x, "numpy") else x)
        flat = np.ascontiguousarray(a).reshape(-1)
        k = min(places, flat.size)
        at = [(i * (flat.size - 1)) // (k - 1) for i in range(k)] if k > 1 else list(range(k))
        heads += flat[at].tobytes()
        types.append(f"{a.dtype.name}{list(a.shape)}".replace(" ", ""))
        if r["exact"] and flat.size > k:
            sums.append(zlib.crc32(flat.tobytes()))
    return types, base64.b64encode(heads).decode().rstrip("="), sums


def flat(x):
    if isinstance(x, tf.data.Dataset):
        return [np.array(list(x.as_numpy_iterator()))]
    return tf.nest.flatten(x)


def plant(r, seed):
    """The global seed; initializers of Keras take theirs from Python's generator."""
    if r.get("keras"):
        tf.keras.utils.set_random_seed(0 if seed is None else seed)
    else:
        tf.random.set_seed(seed)


def eager(r, seed, own):
    plant(r, seed)
    return [y for _ in range(2) for y in flat(call(r["chain"], own))]


def traced(r, seed, own):
    plant(r, seed)
    f = tf.function(lambda: [flat(call(r["chain"], own)) for _ in range(2)], autograph=False)
    return [y for _ in range(2) for y in flat(f())]


def session(r, seed, own):
    with tf.Graph().as_default():
        if seed is not None:
            v1.set_random_seed(seed)
        out = []
        for i in range(1 if r.get("once") else 2):
            x = call(r["chain"], own, f"w{i}", v1)
            if r.get("dataset"):
                x = v1.data.make_one_shot_iterator(x.batch(r["dataset"])).get_next()
            out.append(x)
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            if r.get("weights"):
                s.run([v1.assign(w, value(image(*w.shape.as_list()), None, "", v1)) for w in v1.global_variables()])
            return [y for _ in range(1 if r.get("dataset") else 2) for y in tf.nest.flatten(s.run(out))]


RUN = {"e": eager, "f": traced, "v": session}
PLACES = {"e": 3, "f": 1, "v": 1, "s": 4}
cases = []
for r in ROWS:
    runs, types = [], {}
    for mode in r["modes"]:
        for seed in SEEDS:
            if mode == "s":
                combinations = [(None, seed)]
            elif "own" in r:
                combinations = [(seed, r["own"])]
            else:
                combinations = [(seed, None), (seed, OWN), (None, seed)]
            for both in combinations:
                outputs = flat(call(r["chain"], seed)) if mode == "s" else RUN[mode](r, *both)
                types[mode], head, sums = encode(outputs, r, PLACES[mode])
                runs.append([mode, *both, head, *(sums if mode in "es" else [])])
    cases.append({**{k: x for k, x in r.items() if k not in ("modes", "own") and x}, "types": types, "runs": runs})

for name, make in MAKERS:
    r = dict(exact=False)
    for seed in SEEDS[: 5 if name == "from_seed" else 2]:
        g = call(make, seed)
        outputs = []
        for one in G:
            x = step(g, one, None, "", tf)
            for y in x if isinstance(x, list) else [x]:
                outputs += [] if y is None else [np.asarray(y.state if isinstance(y, tf.random.Generator) else y)]
        kinds, head, _ = encode(outputs, r, 4)
        cases.append(dict(name=f"Generator.{name}", make=make, seed=seed, calls=G, types={"g": kinds}, head=head))
for name, make in THREEFRY:
    g = call(make, 9)
    kinds, head, _ = encode([g.state, g.key], dict(exact=False), 4)
    cases.append(dict(name=f"Generator.{name} threefry", make=make, seed=9, calls=[["state", None, None], ["key", None, None]], types={"g": kinds}, head=head))
save(__file__, cases, "tensorflow-cpu")
