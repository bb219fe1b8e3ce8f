"""Reads a .t7 file that Cognate wrote with the independent reader `torchfile` and prints what it holds.

python verify_written.py FILE: exits with 0 where the tensors x and view are what the TypeScript test wrote."""

import sys

import numpy as np
import torchfile

x = torchfile.load(sys.argv[1])
base = x[b"base"]
assert np.array_equal(base, np.arange(1, 13, dtype=np.float64).reshape(3, 4)), base
assert np.array_equal(x[b"view"], base[1:, ::2]), x[b"view"]
assert x[b"model"].modules[0].weight.shape == (2, 3)
assert x[b"name"] == b"torch" and x[b"yes"] is True and x[b"list"] == [1, 2.5]
print("same")
