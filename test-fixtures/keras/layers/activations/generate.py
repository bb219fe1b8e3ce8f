import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from layer_cases import case, error, np, save, x  # noqa: E402

a = x(3, 4, low=-3, high=7)
m = np.array([[1, 1, 0, 1], [1, 0, 0, 0], [0, 0, 0, 0]], bool)
names = (
    "relu relu6 leaky_relu elu selu celu gelu silu sigmoid hard_sigmoid tanh softplus softsign exponential linear mish "
    "hard_silu hard_tanh hard_shrink soft_shrink log_sigmoid log_softmax softmax sparse_plus sparse_sigmoid sparsemax "
    "squareplus tanh_shrink glu swish"
)
cases = [case("Activation", a, {"activation": f}) for f in names.split()]
cases += [
    case("ReLU", a),
    case("ReLU", a, {"max_value": 6}),
    case("ReLU", a, {"max_value": 4.5, "negative_slope": 0.3, "threshold": 1.0}),
    case("ReLU", a, {"negative_slope": 0.3, "max_value": 5}),
    case("ReLU", a, {"threshold": 0.5}),
    case("LeakyReLU", a),
    case("LeakyReLU", a, {"negative_slope": 0.1}),
    case("ELU", a, {"alpha": 0.7}),
    case("ELU", a),
    case("PReLU", a),
    case("PReLU", x(2, 3, 2, 2), {"shared_axes": [1, 2]}),
    case("Softmax", a),
    case("Softmax", x(2, 3, 4), {"axis": 1}),
    case("Softmax", x(2, 3, 4), {"axis": (1, 2)}),
    case("Softmax", a, {}, masks=[m]),
]
errors = [
    error("ReLU", {"max_value": -1}),
    error("ReLU", {"negative_slope": -0.5}),
    error("ReLU", {"threshold": None}),
    error("LeakyReLU", {"negative_slope": None}),
    error("Activation", {"activation": "rel"}),
]
save(__file__, cases, "keras")
save(__file__, errors, "keras", "errors.json")
