"""numpy.testing: what holds, and the texts of what does not."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import Calls, arr  # noqa: E402

c = Calls()
A = arr((2, 3))
PAIRS = [([1.0, 2.0], [1.0, 2.0]), ([1.0, 2.0, 3.5], [1.0, 2.5, 3.0]), ([1, 2, 3], [1, 2, 4]), ([1, 2], [1, 2, 3]), (A, A + 1e-9), (A, A + 0.01), ([1.0, np.nan], [1.0, np.nan]), ([1.0, np.nan], [1.0, 2.0]), ([np.inf, 1.0], [np.inf, 1.0]), ([np.inf], [-np.inf]), (1.0, 1.5), (1, 1), ([1, 2], 1), (A, 0.5), ([True, False], [True, True]), ([1 + 1j], [1 + 2j]), ([], []), (np.array([1, 2], "uint8"), np.array([2, 1], "uint8")), (np.arange(200.0), np.arange(200.0) + (np.arange(200) == 7)), (np.array([0.1], "float32"), [0.1])]
for name in ("assert_allclose", "assert_array_equal", "assert_array_almost_equal", "assert_equal", "assert_almost_equal", "assert_array_less"):
    for a, b in PAIRS:
        c(f"testing.{name}", a, b)
c("testing.assert_allclose", [1.0], [1.1], rtol=0.2)
c("testing.assert_allclose", [1.0], [1.1], atol=0.2)
c("testing.assert_allclose", [1.0], [1.1], err_msg="of weights")
c("testing.assert_allclose", [1.0], [1.1], verbose=False)
c("testing.assert_allclose", [np.nan], [np.nan], equal_nan=False)
c("testing.assert_array_equal", [1, 2], [1.0, 2.0], strict=True)
c("testing.assert_array_equal", [1, 2], [1, 3], err_msg="here")
c("testing.assert_array_almost_equal", [1.0], [1.001], decimal=2)
c("testing.assert_array_almost_equal", [1.0], [1.02], decimal=2)
c("testing.assert_almost_equal", 1.0, 1.000001, decimal=5)
c("testing.assert_approx_equal", 0.12345677777777e-20, 0.1234567e-20)
c("testing.assert_approx_equal", 0.12345670e-20, 0.12345672e-20, significant=8)
c("testing.assert_equal", [1, [2, 3]], [1, [2, 4]])
c("testing.assert_equal", (1, 2), (1, 2))
c("testing.assert_equal", "a", "b")
c("testing.assert_string_equal", "abc", "abc")
c("testing.assert_string_equal", "abc", "abd")
c("testing.assert_", False)
c("testing.assert_", True)
c("testing.assert_", False, "no")
c("testing.assert_array_almost_equal_nulp", np.array([1.0]), np.array([1.0 + 2**-52]))
c("testing.assert_array_almost_equal_nulp", np.array([1.0]), np.array([1.0 + 2**-50]))
c("testing.assert_array_max_ulp", np.array([1.0]), np.array([1.0 + 2**-52]))
c("testing.assert_array_max_ulp", np.array([1.0]), np.array([1.0 + 2**-50]))
c.save(__file__)
