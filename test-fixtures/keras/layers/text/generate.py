"""Layers of words: what they learn, what numbers they give, their configurations and errors."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from layer_cases import keras, np, save  # noqa: E402

words = [["earth", "wind", "and", "fire"], ["fire", "and", "ice", "and"], ["wind", "", "[UNK]", "sea"]]
asked = [["fire", "sea", "moon"], ["and", "", "sun"]]
numbers = [[12, 7, 12], [1138, 42, 7], [7, -1, 0]]
texts = ["The cat, the DOG!", "a dog   and a cat's tail", "", "Rain: rain & more rain"]
long = ["x" * n + "é" * (n % 3) for n in (0, 1, 2, 3, 4, 7, 8, 11, 16, 17, 25, 32, 33, 50, 64, 65, 100, 128, 129, 200)]


def case(cls, kwargs, inputs, adapt=None, set_vocabulary=None):
    keras.backend.clear_session()
    layer = getattr(keras.layers, cls)(**kwargs)
    if adapt is not None:
        layer.adapt(adapt)
    if set_vocabulary is not None:
        layer.set_vocabulary(set_vocabulary)
    y = layer(inputs)
    y = y.numpy() if hasattr(y, "numpy") else y
    out = [[s.decode() for s in row] for row in y] if y.dtype == object else y
    name = f"{cls} {kwargs}" + ("" if adapt is None else ", adapted") + ("" if set_vocabulary is None else f", {set_vocabulary}")
    return {"name": name, "layer": cls, "kwargs": kwargs, "adapt": adapt, "set": set_vocabulary, "inputs": inputs, "out": out, "config": str(layer.get_config()), "vocabulary": layer.get_vocabulary() if hasattr(layer, "get_vocabulary") and cls != "IntegerLookup" else [int(v) for v in layer.get_vocabulary()] if cls == "IntegerLookup" else None}


def error(cls, kwargs, inputs=None):
    keras.backend.clear_session()
    try:
        layer = getattr(keras.layers, cls)(**kwargs)
        if inputs is not None:
            layer(inputs)
    except Exception as e:  # noqa: BLE001
        return {"name": f"{cls} {kwargs}", "layer": cls, "kwargs": kwargs, "inputs": inputs, "error": {"type": type(e).__name__, "message": str(e)}}
    raise AssertionError(f"{cls} {kwargs} raised nothing")


vocab = ["a", "fire", "sea", "and"]
cases = [
    case("StringLookup", {"vocabulary": vocab}, asked),
    case("StringLookup", {"vocabulary": vocab, "mask_token": ""}, asked),
    case("StringLookup", {"vocabulary": vocab, "num_oov_indices": 3}, asked),
    case("StringLookup", {"vocabulary": vocab, "invert": True}, [[1, 0, 4], [2, 3, 9]]),
    case("StringLookup", {}, asked, adapt=words),
    case("StringLookup", {"max_tokens": 4, "mask_token": ""}, asked, adapt=words),
    case("StringLookup", {"output_mode": "multi_hot"}, asked, adapt=words),
    case("StringLookup", {"output_mode": "count", "max_tokens": 9, "pad_to_max_tokens": True}, asked, adapt=words),
    case("StringLookup", {"output_mode": "tf_idf"}, asked, adapt=words),
    case("StringLookup", {"output_mode": "tf_idf", "vocabulary": vocab, "idf_weights": [0.25, 0.5, 0.75, 1.0]}, asked),
    case("StringLookup", {"output_mode": "one_hot", "vocabulary": vocab}, asked),
    case("StringLookup", {}, asked, set_vocabulary=["[UNK]", "sun", "moon"]),
    case("IntegerLookup", {"vocabulary": [12, 7, 42]}, numbers),
    case("IntegerLookup", {"vocabulary": [12, 7, 42], "num_oov_indices": 2}, numbers),
    case("IntegerLookup", {"vocabulary": [12, 7, 42], "mask_token": 0}, numbers),
    case("IntegerLookup", {}, numbers, adapt=np.array(numbers).tolist()),
    case("IntegerLookup", {"output_mode": "count"}, numbers, adapt=numbers),
    case("IntegerLookup", {"vocabulary": [12, 7, 42], "invert": True}, [[1, 3, 0], [2, 2, 1]]),
    case("TextVectorization", {}, texts, adapt=texts),
    case("TextVectorization", {"max_tokens": 6, "output_sequence_length": 4}, texts, adapt=texts),
    case("TextVectorization", {"ngrams": 2}, texts, adapt=texts),
    case("TextVectorization", {"split": "character", "standardize": "lower"}, texts, adapt=texts),
    case("TextVectorization", {"output_mode": "multi_hot"}, texts, adapt=texts),
    case("TextVectorization", {"output_mode": "count", "max_tokens": 12, "pad_to_max_tokens": True}, texts, adapt=texts),
    case("TextVectorization", {"output_mode": "tf_idf"}, texts, adapt=texts),
    case("TextVectorization", {"vocabulary": ["dog", "cat"], "standardize": None}, texts),
    case("TextVectorization", {"vocabulary": ["dog", "cat"]}, [[t] for t in texts]),
    case("Hashing", {"num_bins": 1000003}, long),
    case("Hashing", {"num_bins": 1000003, "salt": [133, 137]}, long),
    case("Hashing", {"num_bins": 7, "mask_value": ""}, asked),
    case("Hashing", {"num_bins": 5, "output_mode": "count"}, asked),
    case("Hashing", {"num_bins": 11, "salt": 5}, numbers),
]
errors = [
    error("StringLookup", {"vocabulary": ["a", "b", "a"]}),
    error("StringLookup", {"vocabulary": ["a", "b"], "max_tokens": 2}),
    error("StringLookup", {"max_tokens": 1}),
    error("StringLookup", {"num_oov_indices": -1}),
    error("StringLookup", {"vocabulary": []}),
    error("StringLookup", {"invert": True, "output_mode": "count"}),
    error("StringLookup", {"output_mode": "x"}),
    error("StringLookup", {"vocabulary": ["a", "", "b"], "mask_token": ""}),
    error("StringLookup", {"output_mode": "tf_idf", "vocabulary": ["a"]}),
    error("IntegerLookup", {"max_tokens": 1}),
    error("IntegerLookup", {"vocabulary_dtype": "int32"}),
    error("TextVectorization", {"standardize": "x"}),
    error("TextVectorization", {"output_mode": "count", "output_sequence_length": 3}),
    error("Hashing", {"num_bins": 0}),
    error("Hashing", {"num_bins": 3, "output_mode": "x"}),
    error("Hashing", {"num_bins": 3, "salt": [1, 2, 3]}),
]
save(__file__, cases, "keras")
save(__file__, errors, "keras", "errors.json")
