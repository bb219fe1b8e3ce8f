import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from layer_cases import case, error, np, save, x  # noqa: E402

ids = np.array([[3, 0, 2], [1, 4, 0]], np.int32)
cases = [
    case("Dense", x(4, 3), args=(2,)),
    case("Dense", x(2, 3, 4), {"units": 5, "activation": "relu", "kernel_regularizer": "l2"}),
    case("Dense", x(3, 4), {"units": 2, "use_bias": False, "activation": "softmax"}),
    case("Dense", x(3, 4), {"units": 2, "activation": "tanh", "activity_regularizer": "l1", "name": "top"}),
    case("Dense", x(3, 4), {"units": 3, "dtype": "float64", "activation": "gelu"}),
    case("Dense", x(3, 4), {"units": 3, "dtype": "mixed_float16"}),
    case("Dense", x(2, 3, 4), {"units": 2}, masks=[np.array([[1, 1, 0], [1, 0, 0]], bool)]),
    case("Dense", x(3, 4), {"units": 2, "lora_rank": 2, "lora_alpha": 3}),
    case("EinsumDense", x(3, 4), {"equation": "ab,bc->ac", "output_shape": 5, "bias_axes": "c"}),
    case("EinsumDense", x(2, 3, 4), {"equation": "abc,cd->abd", "output_shape": (None, 5), "bias_axes": "d", "activation": "elu"}),
    case("EinsumDense", x(2, 3, 4), {"equation": "...x,xy->...y", "output_shape": 5}),
    case("EinsumDense", x(2, 3, 4), {"equation": "abc,cde->abde", "output_shape": (None, 2, 3), "bias_axes": "de"}),
    case("EinsumDense", x(2, 3, 4), {"equation": "abc,bcd->ad", "output_shape": (2,), "bias_axes": "d"}),
    case("Embedding", ids, args=(6, 3)),
    case("Embedding", ids, {"input_dim": 5, "output_dim": 3, "dtype": "mixed_float16", "mask_zero": True}),
    case("ReversibleEmbedding", ids, args=(6, 3)),
    case("ReversibleEmbedding", ids, {"input_dim": 5, "output_dim": 2, "tie_weights": False, "mask_zero": True}),
    case("ReversibleEmbedding", x(2, 3, 4), {"input_dim": 5, "output_dim": 4, "logit_soft_cap": 0.5}, {"reverse": True}),
    case("ReversibleEmbedding", x(2, 3, 4), {"input_dim": 5, "output_dim": 4, "tie_weights": False}, {"reverse": True}),
    case("Embedding", ids, {"input_dim": 5, "output_dim": 2, "mask_zero": True, "embeddings_regularizer": "l1"}),
    case("Embedding", ids.astype(np.float32), {"input_dim": 5, "output_dim": 2}),
    case("Masking", np.array([[[1.5, 0], [0, 0], [2, 3]], [[0, 0], [0, 1], [0, 0]]], np.float32)),
    case("Masking", np.array([[[1.5, 2], [2, 2]]], np.float32), {"mask_value": 2}),
    case("Identity", x(2, 3)),
]
errors = [
    error("Dense", {"units": 0}),
    error("Dense", {"units": 3}, np.zeros((4,), np.float32)),
    error("Dense", {"units": -1}),
    error("Dense", {"units": 2, "activation": "no_such"}),
    error("Embedding", {"input_dim": 0, "output_dim": 2}),
    error("Embedding", {"input_dim": 3, "output_dim": -2}),
    error("EinsumDense", {"equation": "abc", "output_shape": 3}, np.zeros((2, 3), np.float32)),
    error("EinsumDense", {"equation": "ab,cd->ad", "output_shape": 3}, np.zeros((2, 3), np.float32)),
    error("EinsumDense", {"equation": "ab,bc->ac", "output_shape": 3, "bias_axes": "z"}, np.zeros((2, 3), np.float32)),
    error("Wrapper", {"layer": 3}),
    error("Dense", {"units": 2, "nonsense": 1}),
]
save(__file__, cases, "keras")
save(__file__, errors, "keras", "errors.json")
