"""Functions of tf, tf.linalg and tf.signal that came later."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from public import add, c, f, np, pos, tf, write

add("signal.fftnd", c(2, 3, 4), axes=[0, 2], fft_length=[2, 4]); add("signal.fftnd", c(2, 3), fft_length=[4, 2], axes=[0, 1]); add("signal.ifftnd", c(3, 4), fft_length=[3, 4], axes=[0, 1])
add("signal.rfftnd", f(4, 3, 6), fft_length=[4, 6], axes=[0, 2]); add("signal.rfftnd", f(4, 5, dtype="float64"), fft_length=[4, 5], axes=[0, 1]); add("signal.irfftnd", c(4, 3), fft_length=[4, 4], axes=[0, 1])
sp = lambda i, v, s: tf.SparseTensor(np.int64(i), v, s)
add("edit_distance", sp([[0, 0, 0], [0, 0, 1], [1, 0, 0]], np.int64([1, 2, 3]), [2, 1, 2]), sp([[0, 0, 0], [0, 0, 1], [0, 0, 2], [1, 0, 0]], np.int64([1, 3, 2, 3]), [2, 1, 3]))
add("edit_distance", sp([[0, 0], [0, 1], [2, 0]], np.int64([1, 2, 3]), [3, 2]), sp([[0, 0], [1, 0]], np.int64([1, 3]), [3, 3]), normalize=False)
add("extract_volume_patches", f(1, 4, 4, 4, 2), [1, 2, 2, 2, 1], [1, 2, 1, 2, 1], "VALID"); add("extract_volume_patches", f(1, 3, 4, 3, 1), [1, 2, 3, 2, 1], [1, 1, 2, 1, 1], "SAME")
bands = f(2, 4, **pos)
add("linalg.banded_triangular_solve", bands, f(4, 2)); add("linalg.banded_triangular_solve", bands, f(4, 2), lower=False); add("linalg.banded_triangular_solve", f(3, 5, **pos), f(5, 1)); add("linalg.banded_triangular_solve", f(2, 2, 3, **pos), f(2, 3, 1), adjoint=True)
add("linalg.eigh_tridiagonal", f(5), f(4)); add("linalg.eigh_tridiagonal", f(5, dtype="float64"), f(4, dtype="float64"), select="i", select_range=[1, 3])
for p in ("SAME", "VALID"):
    g = f(2, 5, 5, 3) if p == "SAME" else f(2, 3, 4, 3)
    add("conv2d_backprop_filter_v2", f(2, 5, 5, 2), f(3, 2, 2, 3), g, [1, 1, 1, 1], p); add("conv2d_backprop_input_v2", f(2, 5, 5, 2), f(3, 2, 2, 3), g, [1, 1, 1, 1], p)
add("tuple", [f(2), f(3)])
add("io.encode_base64", "a text"); add("io.decode_base64", "aGVsbG8")
# Derivatives of samples in the shape, and in the rate.
add("random.gamma", [4], np.float32([0.3, 2.5, 7]), np.float32([[1.5], [2.5]]), seed=3); add("random.gamma", [2], np.float64([0.7, 30]), dtype=tf.float64, seed=3); add("random.stateless_gamma", [3, 2, 2], [1, 2], np.float32([[0.3], [4]]), np.float32([1.5, 2.5]))
# TensorFlow differentiates the ends of its bisection, not the eigenvalues.
write(__file__, values_only={"linalg.eigh_tridiagonal"})
