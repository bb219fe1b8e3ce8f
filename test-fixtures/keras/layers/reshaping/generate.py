import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from layer_cases import case, error, np, save, x  # noqa: E402

ints = np.arange(12, dtype=np.int32).reshape(1, 3, 4)
cases = [
    case("Flatten", x(2, 3, 4)),
    case("Flatten", x(2, 3, 4, 2), {"data_format": "channels_first"}),
    case("Flatten", x(3)),
    case("Flatten", ints),
    case("Reshape", x(2, 3, 4), {"target_shape": (2, 6)}),
    case("Reshape", x(2, 3, 4), args=((-1, 2),)),
    case("Reshape", ints, {"target_shape": (4, 3), "dtype": "float16"}),
    case("Permute", x(2, 3, 4), {"dims": (2, 1)}),
    case("Permute", x(2, 3, 4, 5), {"dims": (3, 1, 2)}),
    case("RepeatVector", x(2, 3), {"n": 4}),
    case("ZeroPadding1D", x(1, 3, 2)),
    case("ZeroPadding1D", x(1, 2, 3), {"padding": (1, 2), "data_format": "channels_first"}),
    case("ZeroPadding2D", x(1, 2, 3, 2)),
    case("ZeroPadding2D", x(1, 2, 3, 2), {"padding": ((1, 0), (2, 1))}),
    case("ZeroPadding2D", x(1, 2, 3, 2), {"padding": 2, "data_format": "channels_first"}),
    case("ZeroPadding3D", x(1, 2, 2, 1, 2), {"padding": ((1, 0), (0, 1), (2, 0))}),
    case("Cropping1D", x(2, 5, 2)),
    case("Cropping1D", x(2, 5, 2), {"cropping": (2, 0)}),
    case("Cropping2D", x(1, 5, 6, 2), {"cropping": ((1, 0), (2, 1))}),
    case("Cropping2D", x(1, 2, 5, 6), {"cropping": 1, "data_format": "channels_first"}),
    case("Cropping3D", x(1, 4, 3, 5, 1)),
    case("UpSampling1D", x(1, 3, 2), {"size": 3}),
    case("UpSampling2D", x(1, 2, 3, 2), {"size": (2, 3)}),
    case("UpSampling2D", x(1, 3, 4, 2), {"size": 2, "interpolation": "bilinear"}),
    case("UpSampling2D", x(1, 2, 4, 5), {"size": (2, 3), "interpolation": "bicubic", "data_format": "channels_first"}),
    case("UpSampling2D", x(1, 4, 5, 1), {"size": 2, "interpolation": "lanczos3"}),
    case("UpSampling2D", x(1, 4, 5, 1), {"size": 2, "interpolation": "lanczos5"}),
    case("UpSampling3D", x(1, 2, 1, 2, 2), {"size": (2, 3, 1)}),
]
z = np.zeros
errors = [
    error("Reshape", {"target_shape": (2, 7)}, z((2, 3, 4), np.float32)),
    error("Reshape", {"target_shape": (-1, 7)}, (3, 4)),
    error("Reshape", {"target_shape": (-1, -1)}),
    error("Permute", {"dims": (2, 3)}),
    error("Permute", {"dims": (2, 1)}, z((2, 3), np.float32)),
    error("RepeatVector", {"n": 0}),
    error("RepeatVector", {"n": 1.5}),
    error("RepeatVector", {"n": 2}, z((2, 3, 4), np.float32)),
    error("ZeroPadding2D", {"padding": (1, 2, 3)}),
    error("ZeroPadding2D", {"padding": ((1, 2), (2, -3))}),
    error("Cropping1D", {"cropping": (3, 2)}, z((1, 5, 2), np.float32)),
    error("Cropping2D", {"cropping": ((3, 2), (0, 0))}, (5, 4, 1)),
    error("UpSampling2D", {"size": (2, 0)}),
]
save(__file__, cases, "keras")
save(__file__, errors, "keras", "errors.json")
