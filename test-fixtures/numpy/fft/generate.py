"""numpy.fft: every transform over lengths, axes, norms and types."""

import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from calls import KINDS, Calls, arr  # noqa: E402

c = Calls()
A, Z = arr((3, 4)), arr((3, 4), "complex128", 2)
for name in ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft"):
    f = f"fft.{name}"
    for d in KINDS + ["float16", "complex64"]:
        c(f, arr((5,), d, 3))
    for n in (None, 3, 6, 7, 1):
        c(f, Z if name not in ("rfft", "ihfft") else A, n)
    for norm in ("backward", "ortho", "forward", "bad"):
        c(f, A, norm=norm)
    c(f, A, axis=0)
    c(f, A, 5, 0)
    c(f, A, axis=4)
    c(f, [])
    c(f, A, 0)
    c(f, arr((13,)))
    c(f, [1.0])
    c(f, arr((2, 3, 4), "float32"), axis=1)
for name in ("fft2", "ifft2", "fftn", "ifftn", "rfft2", "irfft2", "rfftn", "irfftn"):
    f = f"fft.{name}"
    x = A if name.startswith("r") else Z
    for d in ("int64", "float32", "float64") + (() if name.startswith("r") else ("complex64",)):
        c(f, arr((2, 3, 4), d, 4))
    c(f, x)
    c(f, x, (2, 5), (0, 1))
    c(f, x, axes=(1, 0))
    c(f, x, norm="ortho")
    c(f, x, (3,), (0, 1))
    c(f, x, (-1, 3), (-2, -1))
    c(f, arr((3,)))
c("fft.fftn", arr((2, 3, 2), "complex128"), axes=(0,))
for n in (1, 2, 5, 8, 0):
    for name in ("fftfreq", "rfftfreq"):
        c(f"fft.{name}", n)
        c(f"fft.{name}", n, 0.25)
c("fft.fftfreq", 2.5)
for name in ("fftshift", "ifftshift"):
    for x in (np.arange(5), arr((3, 4)), arr((2, 3), "complex64")):
        c(f"fft.{name}", x)
    c(f"fft.{name}", A, 1)
    c(f"fft.{name}", A, (0,))
c.save(__file__)
