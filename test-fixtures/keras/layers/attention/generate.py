import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from layer_cases import case, error, np, save, x  # noqa: E402

q, v, k = x(2, 3, 4), x(2, 5, 4, seed=2), x(2, 5, 4, seed=3)
mq, mv = np.array([[1, 1, 0], [1, 0, 0]], bool), np.array([[1, 1, 0, 1, 0], [1, 0, 0, 1, 1]], bool)
scores = {"return_attention_scores": True}
cases = [
    case("Attention", [q, v]),
    case("Attention", [q, v, k], {"use_scale": True}, scores),
    case("Attention", [q, v], {"use_scale": True, "score_mode": "concat"}, masks=[mq, mv]),
    case("Attention", [q, v], {"dropout": 0.3, "seed": 4}, {"use_causal_mask": True}, masks=[mq, mv], training=(False, True)),
    case("AdditiveAttention", [q, v], {}, scores),
    case("AdditiveAttention", [q, v, k], {"use_scale": False}, {"use_causal_mask": True}),
]
errors = [
    error("Attention", {"score_mode": "x"}),
    error("Attention", {}, np.zeros((2, 3), np.float32)),
    error("Attention", {}, [np.zeros((2, 3, 4), np.float32)]),
    error("MultiHeadAttention", {"num_heads": 0, "key_dim": 2}),
    error("MultiHeadAttention", {"num_heads": 2, "key_dim": 2.5}),
    error("MultiHeadAttention", {"num_heads": 2, "key_dim": 2, "sliding_window": -1}),
    error("GroupQueryAttention", {"head_dim": 2, "num_query_heads": 3, "num_key_value_heads": 2}),
]


def heads(cls, kwargs, inputs, call=None, masks=None, training=(None,)):
    """Layers that take several tensors by position: the first is the case's input, the others are keywords."""
    first, *rest = inputs
    names = ["value", "key"][: len(rest)]
    c = case(cls, first, kwargs, {**dict(zip(names, rest)), **(call or {})}, masks=masks, training=training)
    c["name"] = f"{cls}, {kwargs}, {call or ''}{', masked' if masks else ''}"
    return c


am = np.array([[[1, 1, 0, 1, 0], [1, 0, 0, 1, 1], [0, 1, 0, 0, 1]]] * 2, bool)
cases += [
    heads("MultiHeadAttention", {"num_heads": 2, "key_dim": 3}, [q, v]),
    heads("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, "value_dim": 2, "output_shape": 5}, [q, v, k], scores),
    heads("MultiHeadAttention", {"num_heads": 2, "key_dim": 2, "use_bias": False}, [q, v], {"attention_mask": am}),
    heads("MultiHeadAttention", {"num_heads": 2, "key_dim": 2, "sliding_window": 2}, [q, q], {"use_causal_mask": True}, masks=[mq]),
    heads("MultiHeadAttention", {"num_heads": 1, "key_dim": 2, "dropout": 0.4, "seed": 3}, [q, v], {"use_causal_mask": True}, training=(False, True)),
    heads("MultiHeadAttention", {"num_heads": 2, "key_dim": 2, "attention_axes": 2, "use_gate": True}, [x(1, 2, 3, 4), x(1, 2, 5, 4, seed=2)]),
    heads("GroupQueryAttention", {"head_dim": 3, "num_query_heads": 4, "num_key_value_heads": 2}, [q, v]),
    heads("GroupQueryAttention", {"head_dim": 2, "num_query_heads": 4, "num_key_value_heads": 1, "use_gate": True}, [q, v, k], {"use_causal_mask": True, **scores}),
    heads("GroupQueryAttention", {"head_dim": 2, "num_query_heads": 2, "num_key_value_heads": 2, "dropout": 0.2, "seed": 5}, [q, v], {"attention_mask": am}, training=(None, True)),
]
save(__file__, cases, "keras")
save(__file__, errors, "keras", "errors.json")
