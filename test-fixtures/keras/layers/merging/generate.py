import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from layer_cases import case, error, np, save, x  # noqa: E402

a, b, c = x(2, 3, 4), x(2, 3, 4, seed=2), x(2, 3, 4, seed=3)
m, n = np.array([[1, 1, 0], [1, 0, 0]], bool), np.array([[1, 0, 1], [0, 1, 0]], bool)
cases = []
for cls in ("Add", "Average", "Maximum", "Minimum", "Multiply"):
    cases += [
        case(cls, [a, b, c]),
        case(cls, [a, b], masks=[m, n]),
        case(cls, [a, b], masks=[m, None]),
    ]
cases += [
    case("Add", [a, x(2, 4, seed=4)]),
    case("Multiply", [a, x(2, 1, 4, seed=4)]),
    case("Subtract", [a, b]),
    case("Subtract", [a, b], masks=[m, n]),
    case("Concatenate", [a, b, c]),
    case("Concatenate", [a, x(2, 2, 4, seed=5)], {"axis": 1}, masks=[m, n[:, :2]]),
    case("Concatenate", [a, b], masks=[m, None]),
    case("Dot", [x(2, 4), x(2, 4, seed=2)], {"axes": 1}),
    case("Dot", [a, b], {"axes": (2, 2)}),
    case("Dot", [a, b], {"axes": 1, "normalize": True}),
    case("Dot", [a, x(2, 4, seed=2)], {"axes": -1}),
    case("Dot", [x(2, 3, 4, 2), x(2, 5, 4, seed=2)], {"axes": (2, 2)}),
]
z = np.zeros
errors = [
    error("Add", {}, z((2, 3), np.float32)),
    error("Add", {}, [z((2, 3), np.float32), z((2, 4), np.float32)]),
    error("Add", {}, [z((2, 3), np.float32), z((3, 3), np.float32)]),
    error("Subtract", {}, [z((2, 3), np.float32)] * 3),
    error("Concatenate", {}, [z((2, 3, 4), np.float32), z((2, 5, 4), np.float32)]),
    error("Concatenate", {}, [z((2, 3, 4), np.float32), z((2, 4), np.float32)]),
    error("Dot", {"axes": (1, 2)}, [z((2, 3, 4), np.float32), z((2, 4, 5), np.float32)]),
    error("Dot", {"axes": (1, 2, 3)}),
    error("Dot", {"axes": "a"}),
    error("Dot", {"axes": 1}, [z((2, 3), np.float32)] * 3),
]
save(__file__, cases, "keras")
save(__file__, errors, "keras", "errors.json")
