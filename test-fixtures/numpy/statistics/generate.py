"""Averages, quantiles, histograms, covariance, and all of them without NaNs."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import KINDS, Calls, arr  # noqa: E402

c = Calls()
A, F, I = arr((3, 4)), arr((3, 4), "float32", 2), arr((3, 4), "int64", 3)
N = np.where(A > 0.6, np.nan, A)
METHODS = ["inverted_cdf", "averaged_inverted_cdf", "closest_observation", "interpolated_inverted_cdf", "hazen", "weibull", "linear", "median_unbiased", "normal_unbiased", "lower", "higher", "midpoint", "nearest"]
c("average", A)
c("average", A, axis=1)
c("average", A, weights=np.arange(12).reshape(3, 4))
c("average", A, axis=1, weights=[1, 2, 3, 4])
c("average", A, axis=0, weights=[1.0, 2, 3], returned=True)
c("average", I, returned=True)
c("average", A, weights=[1, 2, 3])
c("average", [1, 2], weights=[0, 0])
c("average", A, axis=1, weights=[1, 2])
c("average", F, axis=0, keepdims=True)
c("average", A, axis=(0, 1), weights=np.ones((3, 4)))
for name, x in (("median", A), ("median", F), ("median", I), ("nanmedian", N), ("median", N), ("median", [3, 1]), ("median", []), ("nanmedian", [np.nan]), ("median", 5), ("median", [True, False, True]), ("nanmedian", I)):
    c(name, x)
    for kw in (dict(axis=0), dict(axis=1, keepdims=True), dict(axis=(0, 1)), dict(axis=3)):
        if np.ndim(x) == 2:
            c(name, x, **kw)
for name, x in (("quantile", A), ("nanquantile", N)):
    for m in METHODS:
        c(name, x, 0.3, method=m)
        c(name, x, [0, 0.25, 0.5, 1], axis=1, method=m)
        c(name, x, [[0.1, 0.9]], method=m)
    for kw in (dict(axis=0, keepdims=True), dict(axis=(0, 1))):
        c(name, x, 0.4, **kw)
    c(name, x, 1.5)
    c(name, x, [])
    c(name, x, 0.5, method="unknown")
c("quantile", A, 0.5, weights=np.ones((3, 4)), method="inverted_cdf")
c("quantile", A, [0.2, 0.7], axis=1, weights=[1, 2, 3, 4], method="inverted_cdf")
c("quantile", A, 0.5, weights=np.ones((3, 4)))
for x in (I, F, [1, 2, 3], [True, False]):
    c("percentile", x, 30)
    c("percentile", x, [10.5, 60], axis=0)
    c("percentile", x, 50, method="lower")
c("percentile", A, 101)
c("percentile", [1.0, np.nan], 50)
c("percentile", 3, 50)
c("nanpercentile", N, [20, 80], axis=1)
c("nanpercentile", N, 50)
c("nanpercentile", N, -1)
c("quantile", np.arange(5, dtype="float16"), 0.3)
c("quantile", [], 0.5)
for name in ("nansum", "nanprod", "nancumsum", "nancumprod", "nanmax", "nanmin", "nanargmax", "nanargmin", "nanmean", "nanvar", "nanstd"):
    for x in (N, I, [np.nan, 1.5], np.array([np.nan, 2.5, 1], "float32"), [1, 2], [np.nan, np.nan], arr((2, 2), "complex128"), 3.0, [np.inf, -np.inf, np.nan], []):
        c(name, x)
    c(name, N, axis=0)
    c(name, N, axis=1)
    c(name, N, axis=4)
    if "cum" not in name:
        c(name, N, axis=1, keepdims=True)
for name in ("nanvar", "nanstd"):
    c(name, N, ddof=1)
    c(name, N, axis=0, ddof=3)
for name in ("nansum", "nanmean"):
    c(name, N, dtype="float32")
    c(name, N, where=I > 0)
for x, kw in [(A, {}), (A, dict(rowvar=False)), (A, dict(ddof=0)), (A, dict(bias=True)), (A[0], {}), (F, {}), (I, {}), (A, dict(fweights=[1, 2, 1, 3])), (A, dict(aweights=[0.1, 0.2, 0.3, 0.4])), (arr((2, 3), "complex128"), {}), ([[1]], {}), (np.zeros((2, 2, 2)), {}), (A, dict(ddof=1.5)), (A, dict(fweights=[1, 2])), (A, dict(fweights=[1.5, 1, 1, 1])), (A, dict(aweights=[-1, 1, 1, 1]))]:
    c("cov", x, **kw)
c("cov", A[0], A[1])
c("cov", A, A + 1, dtype="float32")
for x, kw in [(A, {}), (A, dict(rowvar=False)), (A[0], {}), (F, {}), (I, {}), (arr((2, 3), "complex128"), {})]:
    c("corrcoef", x, **kw)
c("corrcoef", A[0], A[1])
D = np.array([1, 2, 1, 4, 2.5, 7, 3, 3.5])
for kw in ({}, dict(bins=3), dict(bins=[0, 1, 2, 8]), dict(bins=4, range=(0, 4)), dict(bins=3, weights=np.arange(8)), dict(bins=3, density=True), dict(bins=[0, 2, 8], density=True, weights=np.arange(8.0)), dict(bins=0), dict(bins=[3, 1]), dict(bins=2, range=(4, 1)), dict(bins=2.5), dict(bins=2, weights=[1, 2])):
    c("histogram", D, **kw)
for b in ("auto", "fd", "doane", "scott", "rice", "sqrt", "sturges", "stone", "nope"):
    c("histogram_bin_edges", D, b)
    c("histogram", arr((40,), seed=8), b)
c("histogram", [1, 2, 3])
c("histogram", [])
c("histogram", [True, False, True], 2)
c("histogram", [5, 5], 2)
c("histogram", F, 3)
c("histogram", [1.0, np.nan], 2)
c("histogram_bin_edges", D, 3, range=(0, 9))
c("histogram_bin_edges", [1, 2, 4], [0, 3])
c("histogram2d", D, D[::-1], 2)
c("histogram2d", D, D * 2, [[0, 2, 8], [0, 5, 16]])
c("histogram2d", D, D * 2, [2, 3], range=[[0, 4], [0, 9]], density=True)
c("histogram2d", D, D, 2, weights=np.arange(8.0))
c("histogram2d", D, D[:3], 2)
c("histogramdd", arr((6, 3)), 2)
c("histogramdd", arr((6, 2)), [2, 3])
c("histogramdd", [D, D], [2])
for x, kw in [([0, 1, 1, 3], {}), ([0, 1, 1, 3], dict(minlength=6)), ([0, 1, 1], dict(weights=[0.5, 1, 2])), ([], {}), ([-1], {}), ([1.5], {}), ([[1]], {}), ([0, 1], dict(weights=[1])), (np.array([1, 2], "uint8"), {}), ([], dict(minlength=3)), ([1], dict(minlength=-1))]:
    c("bincount", x, **kw)
for x, b, r in [([0.2, 6.4, 3.0, 1.6], [0.0, 1.0, 2.5, 4.0, 10.0], False), ([1.2, 10.0, 12.4, 15.5], [0, 5, 10, 15, 20], True), ([0.2, 6.4], [10.0, 4, 1], False), (3, [1, 2, 3], False), ([1], [1, 3, 2], False), ([1j], [1], False)]:
    c("digitize", x, b, r)
for name in ("isclose", "allclose"):
    for a, b, kw in [([1e10, 1e-7], [1.00001e10, 1e-8], {}), ([1.0, np.nan], [1.0, np.nan], {}), ([1.0, np.nan], [1.0, np.nan], dict(equal_nan=True)), (1, 1 + 1e-9, {}), ([1, 2], [1, 2], {}), ([np.inf], [np.inf], {}), ([np.inf], [-np.inf], {}), ([1], [1.1], dict(rtol=0.2)), (A, A + 1e-9, {}), ([1, 2], [1, 2, 3], {}), ([1 + 1j], [1 + 1j], {}), (A, A[:, :1], dict(atol=1.0))]:
        c(name, a, b, **kw)
for name in ("array_equal", "array_equiv"):
    for a, b in [([1, 2], [1, 2]), ([1, 2], [[1, 2], [1, 2]]), ([1], [1.5]), (A, A), ([np.nan], [np.nan]), ([1, 2], [1, 2, 3])]:
        c(name, a, b)
c("array_equal", [np.nan], [np.nan], equal_nan=True)
c.save(__file__)
