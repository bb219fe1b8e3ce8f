import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from layer_cases import case, error, np, save, x  # noqa: E402

both = (None, True, True, False)
mask = np.array([[1, 1, 0], [1, 0, 0]], bool)
cases = [
    case("Dropout", x(3, 4), {"rate": 0.4, "seed": 3}, training=both),
    case("Dropout", x(2, 3, 4), {"rate": 0.5, "noise_shape": (2, 1, 4), "seed": 3}, training=both),
    case("Dropout", x(2, 3, 4), {"rate": 0.5, "noise_shape": (None, 1, None), "seed": 9}, training=both),
    case("Dropout", x(2, 3, 4), {"rate": 0, "seed": 3}, training=both, masks=[mask]),
    case("Dropout", x(3, 4), {"rate": 1.0}, training=both),
    case("SpatialDropout1D", x(2, 3, 4), {"rate": 0.5, "seed": 1}, training=both),
    case("SpatialDropout2D", x(2, 2, 3, 4), {"rate": 0.5, "seed": 1, "data_format": "channels_first"}, training=both),
    case("SpatialDropout3D", x(2, 2, 2, 2, 3), {"rate": 0.5, "seed": 2}, training=both),
    case("GaussianNoise", x(3, 4), {"stddev": 0.4, "seed": 5}, training=both),
    case("GaussianDropout", x(3, 4), {"rate": 0.3, "seed": 6}, training=both),
    case("AlphaDropout", x(3, 4), {"rate": 0.3, "seed": 7}, training=both),
    case("AlphaDropout", x(2, 3, 4), {"rate": 0.3, "seed": 7, "noise_shape": (2, 1, 4)}, training=both),
    case("ActivityRegularization", x(3, 4), {"l1": 0.1, "l2": 0.2}),
]
errors = [
    error("Dropout", {"rate": 1.5}),
    error("Dropout", {"rate": -0.1}),
    error("Dropout", {"rate": 0.5, "noise_shape": "a"}),
    error("Dropout", {"rate": 0.5, "noise_shape": (2, 0)}),
    error("Dropout", {"rate": 0.5, "noise_shape": (2, 1.5)}),
    error("GaussianNoise", {"stddev": 2}),
    error("SpatialDropout1D", {"rate": 0.5}, np.zeros((2, 3), np.float32)),
]
save(__file__, cases, "keras")
save(__file__, errors, "keras", "errors.json")
