"""Data that both sides make alike: hashes of counters, and labels by plain float64 arithmetic."""

import numpy as np


def mix(x):
    """The finaliser of MurmurHash3 on uint32."""
    x = x.astype(np.uint32)
    x ^= x >> np.uint32(16)
    x = (x.astype(np.uint64) * 0x85EBCA6B & 0xFFFFFFFF).astype(np.uint32)
    x ^= x >> np.uint32(13)
    x = (x.astype(np.uint64) * 0xC2B2AE35 & 0xFFFFFFFF).astype(np.uint32)
    return x ^ (x >> np.uint32(16))


def uniform(seed, count):
    start = seed * 0x9E3779B1 & 0xFFFFFFFF
    return mix((np.arange(count, dtype=np.uint64) + start & 0xFFFFFFFF).astype(np.uint32)) / 4294967296.0


def made(n, f, seed, label="reg", missing=0.0, levels=0, cats=(), weights=False, groups=0, targets=1, skew=False,
         margin=False, feature_weights=False):
    """A dict of arrays: X (NaN where missing), y, and what else was asked for."""
    X = (uniform(seed, n * f) * 4 - 2).reshape(n, f)
    if skew:
        X = X * X * X
    if levels:
        X = np.floor((X + 2) * levels / 4) / 2
    for j, count in cats:
        X[:, j] = np.floor(uniform(seed + 50 + j, n) * count)
    X = X.astype(np.float32)
    Z = X.astype(np.float64)
    a, b, c = Z[:, 0], Z[:, 1 % f], Z[:, 2 % f]
    d = Z[:, 3 % f]
    noise = uniform(seed + 1, n) - 0.5
    out = {}
    ys = []
    for t in range(targets):
        s = a * 1.5 - b * c + np.where(d > 0.3, 1.0, -0.5) + noise * (0.6 + t) + t * b
        for j, count in cats:
            s = s + np.where((Z[:, j] * 7) % count < count / 2, 0.7, -0.3)
        ys.append(s)
    s = np.stack(ys, 1) if targets > 1 else ys[0]
    if label == "reg":
        y = s
    elif label == "binary":
        y = (s > 0.2) * 1.0
    elif label == "unit":
        y = np.clip(s / 8 + 0.5, 0, 1)
    elif label == "positive":
        y = np.abs(s) + 0.1
    elif label == "count":
        y = np.floor(np.abs(s) * 2)
    elif label == "zeros":
        y = np.maximum(s, 0)
    elif label == "censored":
        y = np.where(noise > 0.2, -1.0, 1.0) * (np.abs(s) + 0.1)
    elif label == "grade":
        y = np.minimum(np.floor(np.abs(s) * 1.3), 4)
    elif label == "bounds":
        y = np.abs(s) + 0.1
        out["lower"] = np.where(noise < -0.4, 0.0, y).astype(np.float32)
        out["upper"] = np.where(noise > 0.3, np.inf, np.where(noise > 0.15, y * 1.5, y)).astype(np.float32)
        if True:
            out["upper"] = np.where(noise < -0.4, y, out["upper"]).astype(np.float32)
    else:
        k = int(label)
        y = np.floor(np.abs(s) * k / 3) % k
    if missing:
        X[uniform(seed + 2, n * f).reshape(n, f) < missing] = np.nan
    out["X"] = X
    out["y"] = y.astype(np.float32)
    if weights:
        out["w"] = (uniform(seed + 3, n) * 2 + 0.25).astype(np.float32)
    if groups:
        size = n // groups
        sizes = [size + (g % 3) - 1 for g in range(groups - 1)]
        out["group"] = sizes + [n - sum(sizes)]
        if weights:
            out["w"] = out["w"][:groups]
    if margin:
        out["margin"] = (uniform(seed + 4, n) - 0.5).astype(np.float32)
    if feature_weights:
        out["fw"] = (uniform(seed + 5, f) + 0.1).astype(np.float32)
    return out
