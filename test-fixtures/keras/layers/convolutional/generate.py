import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from layer_cases import case, error, np, save, x  # noqa: E402

cases = [
    case("Conv1D", x(2, 7, 3), args=(2, 3)),
    case("Conv1D", x(1, 8, 2), {"filters": 3, "kernel_size": 2, "strides": 2, "padding": "same", "activation": "relu"}),
    case("Conv1D", x(1, 6, 2), {"filters": 2, "kernel_size": 3, "padding": "causal", "dilation_rate": 2}),
    case("Conv1D", x(2, 2, 7), {"filters": 3, "kernel_size": 3, "data_format": "channels_first"}),
    case("Conv2D", x(2, 5, 6, 2), args=(3, 2)),
    case("Conv2D", x(1, 5, 6, 2), {"filters": 2, "kernel_size": (3, 2), "strides": 2, "padding": "same", "use_bias": False}),
    case("Conv2D", x(1, 7, 7, 2), {"filters": 2, "kernel_size": 3, "dilation_rate": (2, 1), "padding": "same"}),
    case("Conv2D", x(1, 4, 5, 4), {"filters": 6, "kernel_size": 2, "groups": 2, "kernel_regularizer": "l2"}),
    case("Conv2D", x(1, 2, 4, 5), {"filters": 3, "kernel_size": 2, "data_format": "channels_first", "padding": "same"}),
    case("Conv3D", x(1, 3, 4, 3, 2), {"filters": 2, "kernel_size": 2, "padding": "same", "strides": (1, 2, 1)}),
    case("Conv1DTranspose", x(1, 4, 2), {"filters": 3, "kernel_size": 3, "strides": 2}),
    case("Conv1DTranspose", x(1, 4, 2), {"filters": 3, "kernel_size": 4, "strides": 3, "padding": "same", "output_padding": 1}),
    case("Conv2DTranspose", x(2, 3, 4, 2), args=(3, 2)),
    case("Conv2DTranspose", x(1, 3, 4, 2), {"filters": 2, "kernel_size": 3, "strides": 2, "padding": "same", "activation": "tanh"}),
    case("Conv2DTranspose", x(1, 3, 3, 2), {"filters": 2, "kernel_size": 2, "strides": 3, "padding": "same"}),
    case("Conv2DTranspose", x(1, 3, 4, 2), {"filters": 2, "kernel_size": 2, "dilation_rate": 2}),
    case("Conv3DTranspose", x(1, 2, 2, 3, 2), {"filters": 2, "kernel_size": 2, "strides": 2}),
    case("DepthwiseConv1D", x(2, 6, 3), {"kernel_size": 3, "depth_multiplier": 2}),
    case("DepthwiseConv2D", x(1, 5, 6, 2), {"kernel_size": (2, 3), "padding": "same", "strides": 2, "activation": "relu"}),
    case("DepthwiseConv2D", x(1, 7, 6, 2), {"kernel_size": 2, "depth_multiplier": 2, "dilation_rate": 2}),
    case("DepthwiseConv2D", x(1, 7, 7, 2), {"kernel_size": 2, "strides": 2, "dilation_rate": 2, "padding": "same"}),
    case("SeparableConv1D", x(1, 6, 2), {"filters": 3, "kernel_size": 2, "depth_multiplier": 2, "padding": "same"}),
    case("SeparableConv2D", x(1, 5, 5, 2), {"filters": 3, "kernel_size": 3, "strides": 2}),
    case("SeparableConv2D", x(1, 5, 6, 3), {"filters": 2, "kernel_size": 2, "padding": "same", "use_bias": False}),
]
z = np.zeros
errors = [
    error("Conv2D", {"filters": 0, "kernel_size": 3}),
    error("Conv2D", {"filters": 2, "kernel_size": (3, 0)}),
    error("Conv2D", {"filters": 2, "kernel_size": (3, 3, 3)}),
    error("Conv2D", {"filters": 2, "kernel_size": 3, "strides": 2, "dilation_rate": 2}),
    error("Conv2D", {"filters": 3, "kernel_size": 3, "groups": 2}),
    error("Conv2D", {"filters": 2, "kernel_size": 3, "padding": "none"}),
    error("Conv2D", {"filters": 2, "kernel_size": 3, "data_format": "first"}),
    error("Conv2D", {"filters": 2, "kernel_size": 3}, z((1, 2, 5, 1), np.float32)),
    error("Conv2D", {"filters": 2, "kernel_size": 3}, z((2, 5, 1), np.float32)),
    error("Conv2D", {"filters": 4, "kernel_size": 1, "groups": 2}, z((1, 4, 5, 3), np.float32)),
    error("Conv2DTranspose", {"filters": 2, "kernel_size": 3, "strides": 2, "output_padding": 2}),
    error("DepthwiseConv2D", {"kernel_size": 3, "depth_multiplier": 0}),
]
save(__file__, cases, "keras")
save(__file__, errors, "keras", "errors.json")
