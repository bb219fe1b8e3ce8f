import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from layer_cases import Layer, case, error, np, save, x  # noqa: E402

mask = np.array([[1, 1, 0, 1], [0, 1, 1, 0]], bool)
both = (False, True, True, False)
cases = [
    case("BatchNormalization", x(4, 3), training=both),
    case("BatchNormalization", x(2, 3, 4, 2), {"momentum": 0.8, "epsilon": 0.01}, training=both),
    case("BatchNormalization", x(2, 3, 4), {"axis": 1, "scale": False, "gamma_regularizer": "l2"}, training=both),
    case("BatchNormalization", x(2, 3, 4), {"center": False, "beta_initializer": "ones"}, training=both),
    case("BatchNormalization", x(2, 4, 3), {}, masks=[mask], training=both),
    case("BatchNormalization", x(4, 3), {"trainable": False}, training=(True, False)),
    case("BatchNormalization", x(4, 3), {"renorm": True, "renorm_clipping": {"rmax": 2.0, "rmin": 0.4, "dmax": 1.5}}, training=both),
    case("BatchNormalization", x(4, 3), {"dtype": "mixed_float16"}, training=both),
    case("LayerNormalization", x(2, 3, 4)),
    case("LayerNormalization", x(2, 3, 4), {"axis": [1, 2], "epsilon": 0.01}),
    case("LayerNormalization", x(2, 3, 4), {"axis": 1, "center": False}),
    case("LayerNormalization", x(3, 4), {"scale": False, "dtype": "float64"}),
    case("LayerNormalization", x(3, 4), {"rms_scaling": True}),
    case("GroupNormalization", x(2, 3, 4), {"groups": 2}),
    case("GroupNormalization", x(2, 4, 3), {"groups": -1, "axis": 1, "epsilon": 0.02}),
    case("GroupNormalization", x(2, 2, 3, 6), {"groups": 3, "scale": False}),
    case("RMSNormalization", x(2, 3, 4)),
    case("RMSNormalization", x(2, 3, 4), {"axis": (1, 2), "epsilon": 0.01}),
    case("UnitNormalization", x(3, 4)),
    case("UnitNormalization", x(2, 3, 4), {"axis": [1, 2]}),
    case("SpectralNormalization", x(3, 4), {"layer": Layer("Dense", units=2)}, training=(False, True, True)),
    case("SpectralNormalization", x(1, 4, 4, 2), {"layer": Layer("Conv2D", filters=2, kernel_size=2), "power_iterations": 2}, training=(True,)),
]
errors = [
    error("GroupNormalization", {"groups": 3}, np.zeros((2, 4), np.float32)),
    error("GroupNormalization", {"groups": 8}, np.zeros((2, 4), np.float32)),
    error("SpectralNormalization", {"layer": Layer("Dense", units=2), "power_iterations": 0}),
    error("SpectralNormalization", {"layer": Layer("Flatten")}, np.zeros((2, 4), np.float32)),
    error("BatchNormalization", {"renorm": True, "renorm_clipping": {"max": 2}}),
    error("LayerNormalization", {"axis": "a"}),
]
save(__file__, cases, "keras")
save(__file__, errors, "keras", "errors.json")
