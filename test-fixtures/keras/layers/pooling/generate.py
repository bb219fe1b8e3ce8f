import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from layer_cases import case, error, np, save, x  # noqa: E402

mask = np.array([[1, 1, 0, 0], [1, 1, 1, 0]], bool)
cases = [
    case("MaxPooling1D", x(2, 7, 2)),
    case("MaxPooling1D", x(1, 7, 2), {"pool_size": 3, "strides": 2, "padding": "same"}),
    case("MaxPooling2D", x(1, 5, 6, 2)),
    case("MaxPooling2D", x(1, 5, 6, 2), {"pool_size": (3, 2), "strides": 1, "padding": "same"}),
    case("MaxPooling2D", x(1, 2, 5, 5), {"pool_size": 3, "strides": 2, "data_format": "channels_first", "padding": "same"}),
    case("MaxPooling2D", np.array([[[[1.0], [2.0]], [[2.0], [2.0]]]], np.float32)),
    case("MaxPooling3D", x(1, 4, 3, 4, 2)),
    case("AveragePooling1D", x(2, 7, 2), args=(2,)),
    case("AveragePooling1D", x(1, 5, 2), {"pool_size": 3, "strides": 2, "padding": "same"}),
    case("AveragePooling2D", x(1, 5, 5, 2), {"pool_size": 2, "padding": "same"}),
    case("AveragePooling2D", x(1, 2, 4, 5), {"pool_size": (2, 3), "strides": (1, 2), "data_format": "channels_first"}),
    case("AveragePooling3D", x(1, 3, 4, 4, 1), {"pool_size": 2, "padding": "same"}),
    case("GlobalMaxPooling1D", x(2, 4, 3)),
    case("GlobalMaxPooling2D", x(2, 3, 2, 2), {"keepdims": True}),
    case("GlobalMaxPooling3D", x(1, 2, 3, 2, 2), {"data_format": "channels_first"}),
    case("GlobalAveragePooling1D", x(2, 4, 3)),
    case("GlobalAveragePooling1D", x(2, 4, 3), masks=[mask]),
    case("GlobalAveragePooling1D", x(2, 3, 4), {"data_format": "channels_first", "keepdims": True}, masks=[mask]),
    case("GlobalAveragePooling2D", x(2, 3, 2, 2)),
    case("GlobalAveragePooling3D", x(1, 2, 3, 2, 2), {"keepdims": True}),
    case("AdaptiveAveragePooling1D", x(1, 7, 2), {"output_size": 3}),
    case("AdaptiveAveragePooling2D", x(1, 5, 7, 2), {"output_size": (2, 3)}),
    case("AdaptiveAveragePooling3D", x(1, 2, 4, 3, 4), {"output_size": 2, "data_format": "channels_first"}),
    case("AdaptiveMaxPooling1D", x(1, 7, 2), {"output_size": 4}),
    case("AdaptiveMaxPooling2D", x(1, 5, 7, 2), {"output_size": 3}),
    case("AdaptiveMaxPooling3D", x(1, 4, 3, 5, 1), {"output_size": (2, 1, 3)}),
]
errors = [
    error("MaxPooling2D", {"pool_size": (2, 0)}),
    error("MaxPooling2D", {"pool_size": 4}, (3, 5, 1)),
    error("MaxPooling2D", {}, np.zeros((3, 5, 1), np.float32)),
    error("AveragePooling1D", {"pool_size": (2, 2)}),
    error("GlobalMaxPooling1D", {"data_format": "last"}),
    error("MaxPooling2D", {"padding": "full"}, (5, 5, 1)),
]
save(__file__, cases, "keras")
save(__file__, errors, "keras", "errors.json")
