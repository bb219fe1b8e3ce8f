"""TensorFlow 2's public functions that are one operation or few."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from public import add, c, f, i, np, pos, tf, u01, unit, write

for n in "math.sin math.cos math.tan math.sinh math.cosh math.tanh math.asinh math.atan math.exp math.expm1 math.sigmoid math.erf math.erfc math.square math.negative math.abs math.sign math.floor math.ceil math.rint math.round math.log_sigmoid nn.relu nn.relu6 nn.elu nn.selu nn.softplus nn.softsign nn.gelu nn.silu math.bessel_i0 math.bessel_i0e math.bessel_i1 math.bessel_i1e math.is_nan math.is_finite math.is_inf math.conj math.real nn.leaky_relu nn.crelu".split():
    add(n, f(2, 3))
    add(n, f(4, dtype="float64"))
for n in "math.log math.log1p math.sqrt math.rsqrt math.reciprocal math.lgamma math.digamma math.special.bessel_j0 math.special.bessel_j1 math.special.bessel_k0 math.special.bessel_k0e math.special.bessel_k1 math.special.bessel_k1e math.special.bessel_y0 math.special.bessel_y1".split():
    add(n, f(2, 3, **pos))
for n in "math.asin math.acos math.atanh math.erfinv".split():
    add(n, f(2, 3, **unit))
add("math.acosh", f(4, lo=1.1, hi=4))
add("math.ndtri", f(4, **u01))
add("math.erfcinv", f(4, **u01))
add("math.abs", c(3)); add("math.angle", c(3)); add("math.real", c(3)); add("math.imag", c(3)); add("math.conj", c(3)); add("math.exp", c(3)); add("math.square", c(3)); add("math.abs", i(4, lo=-5)); add("math.sign", i(4, lo=-3, hi=3)); add("math.round", i(3)); add("math.negative", i(3))
for n in "math.add math.subtract math.multiply math.divide math.maximum math.minimum math.squared_difference math.less math.less_equal math.greater math.greater_equal math.equal math.not_equal math.atan2 math.divide_no_nan math.multiply_no_nan math.floormod math.mod math.floordiv truncatemod".split():
    add(n, f(2, 3), f(3))
    add(n, f(2, 1), f(1, 3))
for n in "math.add math.subtract math.multiply math.divide math.maximum math.minimum math.floormod math.floordiv truncatediv truncatemod math.less math.equal math.squared_difference".split():
    add(n, i(2, 3, lo=-9, hi=9), i(3, lo=1, hi=5))
add("math.maximum", np.float32([1, 2, 3]), np.float32([1, 3, 2])); add("math.minimum", np.float32([1, 2, 3]), np.float32([1, 3, 2]))
add("math.divide_no_nan", f(3), np.float32([0, 1, 2])); add("math.multiply_no_nan", np.float32([np.inf, 1, 2]), np.float32([0, 1, 2]))
add("math.pow", f(3, **pos), f(3)); add("math.pow", i(3), i(3, hi=4)); add("math.xlogy", np.float32([0, 1, 2]), f(3, **pos)); add("math.xdivy", np.float32([0, 1, 2]), f(3, **pos)); add("math.xlog1py", np.float32([0, 1, 2]), f(3, **pos)); add("math.igamma", f(3, **pos), f(3, **pos)); add("math.igammac", f(3, **pos), f(3, **pos)); add("math.zeta", f(3, lo=2, hi=4), f(3, **pos)); add("math.polygamma", np.float32([1, 1, 1]), f(3, **pos)); add("math.betainc", f(3, **pos), f(3, **pos), f(3, **u01)); add("math.nextafter", f(3, dtype="float64"), f(3, dtype="float64"))
add("math.logical_and", np.array([True, False]), np.array([True, True])); add("math.logical_or", np.array([True, False]), np.array([False, False])); add("math.logical_xor", np.array([True, False]), np.array([True, True])); add("math.logical_not", np.array([True, False]))
for n in "bitwise_and bitwise_or bitwise_xor left_shift right_shift".split():
    add("bitwise." + n, i(4), i(4, hi=5))
add("bitwise.invert", i(4)); add("math.add_n", [f(2, 2), f(2, 2), f(2, 2)]); add("dtypes.complex", f(3), f(3)); add("cast", f(4), tf.int32); add("cast", i(4), tf.float64); add("cast", np.array([True, False]), tf.float32); add("saturate_cast", np.float32([-300, 5, 300]), tf.uint8); add("math.lbeta", f(2, 3, **pos)); add("math.reciprocal_no_nan", np.float32([0, 2]))
for n in "sum prod mean max min std variance logsumexp euclidean_norm".split():
    add("math.reduce_" + n, f(2, 3)); add("math.reduce_" + n, f(2, 3, 2), axis=1); add("math.reduce_" + n, f(2, 3, 2), axis=[0, -1], keepdims=True)
for n in "sum prod mean max min".split():
    add("math.reduce_" + n, i(2, 3, lo=-5), axis=1)
add("math.reduce_max", np.float32([[1, 3, 3], [2, 2, 1]]), axis=1); add("math.reduce_all", np.array([[True, False], [True, True]]), axis=1); add("math.reduce_any", np.array([[True, False], [False, False]]), axis=1); add("math.count_nonzero", np.int32([[0, 1], [2, 0]]), axis=0)
add("math.argmax", f(3, 4), axis=1); add("math.argmin", f(3, 4), axis=0, output_type=tf.int32)
for n in "cumsum cumprod cumulative_logsumexp".split():
    add("math." + n, f(2, 4), axis=1); add("math." + n, f(2, 4), axis=1, exclusive=True); add("math." + n, f(4), reverse=True)
ids = np.int32([0, 0, 1, 3])
for n in "sum mean prod max min".split():
    add("math.segment_" + n, f(4, 2), ids)
for n in "sum mean prod max min sqrt_n".split():
    add("math.unsorted_segment_" + n, f(4, 2), np.int32([2, 0, 2, -1]), 4)
add("math.bincount", np.int32([1, 1, 3, 5]), minlength=8); add("math.bincount", np.int32([1, 1, 3]), weights=f(3)); add("math.confusion_matrix", np.int32([1, 2, 0]), np.int32([1, 0, 0])); add("math.top_k", f(2, 5), k=3); add("math.in_top_k", np.int32([0, 2]), f(2, 4), 2); add("math.zero_fraction", np.float32([0, 1, 0, 2])); add("math.invert_permutation", np.int32([2, 0, 1])); add("math.l2_normalize", f(2, 3), axis=1)
# arrays
x234 = f(2, 3, 4)
add("reshape", f(2, 6), [3, -1]); add("expand_dims", f(2, 3), 1); add("squeeze", f(1, 3, 1)); add("squeeze", f(1, 3, 1), axis=[2]); add("transpose", x234); add("transpose", x234, [1, 2, 0]); add("transpose", c(2, 2), conjugate=True); add("concat", [f(2, 3), f(2, 2)], 1); add("concat", [f(2, 3), f(1, 3)], 0); add("stack", [f(3), f(3)], axis=1); add("stack", [f(3), f(3)]); add("unstack", f(3, 2)); add("unstack", f(3, 2), axis=1); add("split", f(4, 6), 3, axis=1); add("split", f(4, 6), [1, 3, 2], axis=1); add("tile", f(2, 3), [2, 1]); add("pad", f(2, 3), [[1, 0], [2, 1]]); add("pad", f(2, 3), [[1, 1], [1, 1]], mode="REFLECT"); add("pad", f(2, 3), [[1, 1], [1, 1]], mode="SYMMETRIC"); add("pad", f(2), [[1, 1]], constant_values=7.5); add("gather", f(4, 3), np.int32([2, 0, 2])); add("gather", f(4, 3), np.int32([[1], [0]]), axis=1); add("gather", f(2, 3, 2), np.int32([[0, 2], [1, 1]]), batch_dims=1); add("gather", f(2, 3, 4), np.int32([[0, 2], [1, 1]]), axis=2, batch_dims=1); add("gather_nd", f(3, 4), np.int32([[0, 1], [2, 3]])); add("gather_nd", f(3, 4), np.int32([[1], [0]])); add("gather_nd", f(2, 3, 2), np.int32([[[0], [2]], [[1], [1]]]), batch_dims=1); add("scatter_nd", np.int32([[1], [3], [1]]), f(3, 2), [5, 2]); add("tensor_scatter_nd_update", f(4, 2), np.int32([[1], [3]]), f(2, 2)); add("tensor_scatter_nd_add", f(4, 2), np.int32([[1], [1]]), f(2, 2)); add("tensor_scatter_nd_sub", f(4), np.int32([[1], [2]]), f(2)); add("tensor_scatter_nd_max", f(4), np.int32([[1], [2]]), f(2)); add("tensor_scatter_nd_min", f(4), np.int32([[1], [2]]), f(2))
add("boolean_mask", f(3, 2), np.array([True, False, True])); add("boolean_mask", f(2, 2), np.array([[True, False], [True, True]])); add("where", np.array([True, False, True]), f(3), f(3)); add("where", np.array([[True, False], [False, True]])); add("where", np.array([[True], [False]]), f(2, 3), np.float32(0.5)); add("one_hot", np.int32([0, 2, -1]), 3); add("one_hot", np.int32([0, 2]), 3, on_value=5, off_value=-1, axis=0); add("reverse", f(2, 3), [1]); add("roll", f(5), 2, 0); add("roll", f(2, 3), [1, -1], [0, 1]); add("repeat", f(3), 2); add("repeat", f(2, 2), np.int32([1, 2]), axis=0); add("repeat", f(2, 2), 2, axis=1); add("sequence_mask", np.int32([1, 3, 2])); add("sequence_mask", np.int32([1, 3]), 4, tf.float32); add("meshgrid", f(2), f(3)); add("meshgrid", f(2), f(3), indexing="ij"); add("broadcast_to", f(3), [2, 3]); add("shape", f(2, 3)); add("size", f(2, 3)); add("rank", f(2, 3)); add("zeros_like", f(2)); add("ones_like", i(2)); add("zeros", [2, 3]); add("ones", [2], tf.int32); add("fill", [2, 2], 1.5); add("eye", 3); add("eye", 2, 3); add("range", 5); add("range", 1.0, 3.0, 0.5); add("linspace", 0.0, 1.0, 5); add("linspace", f(2), f(2), 3, axis=1); add("unique", np.int32([3, 1, 3, 2])); add("unique_with_counts", np.int32([3, 1, 3, 2])); add("searchsorted", f(1, 5).cumsum(1) if False else np.float32([[0, 1, 2, 3]]), np.float32([[0.5, 2]])); add("searchsorted", np.float32([[0, 1, 2, 3]]), np.float32([[1, 2]]), side="right"); add("reverse_sequence", f(2, 4), np.int32([2, 3]), seq_axis=1, batch_axis=0); add("dynamic_partition", f(4), np.int32([0, 1, 0, 2]), 3); add("dynamic_stitch", [np.int32([0, 2]), np.int32([1])], [f(2, 2), f(1, 2)]); add("space_to_batch", f(1, 4, 4, 1), [2, 2], [[0, 0], [0, 0]]); add("batch_to_space", f(4, 2, 2, 1), [2, 2], [[0, 0], [0, 0]]); add("slice", f(3, 4), [1, 0], [2, -1]); add("strided_slice", f(4, 4), [0, 1], [4, 3], [2, 1]); add("bitcast", f(3), tf.int32); add("unravel_index", np.int32([5, 2]), np.int32([3, 4])); add("histogram_fixed_width", np.float32([1, 2, 9]), [0.0, 10.0], 5); add("identity", f(2)); add("clip_by_value", f(5), -0.5, 0.5); add("clip_by_value", np.float32([-1, 0, 1]), -1.0, 1.0); add("clip_by_norm", f(4), 1.0); add("clip_by_norm", f(2, 3), 1.0, axes=[1]); add("clip_by_global_norm", [f(3), f(2)], 1.0); add("norm", f(2, 3)); add("norm", f(2, 3), ord=1, axis=1); add("norm", f(2, 3), ord=np.inf, axis=0); add("norm", f(2, 3), ord=3.0, axis=1, keepdims=True); add("einsum", "ij,jk->ik", f(2, 3), f(3, 2)); add("einsum", "bij,bj->bi", f(2, 3, 4), f(2, 4)); add("einsum", "ii->i", f(3, 3)); add("tensordot", f(2, 3), f(3, 4), 1); add("tensordot", f(2, 3, 4), f(4, 3), [[1, 2], [1, 0]]); add("matmul", f(2, 3), f(3, 2)); add("matmul", f(3, 2), f(3, 2), transpose_a=True); add("matmul", f(2, 2, 3), f(2, 3, 2)); add("matmul", f(2, 2, 3), f(3, 2)); add("matmul", i(2, 2), i(2, 2)); add("matmul", c(2, 2), c(2, 2), adjoint_b=True)
# nn
img = f(1, 5, 5, 2)
for pad in ("SAME", "VALID"):
    for s in (1, 2):
        add("nn.conv2d", img, f(3, 3, 2, 2), s, pad); add("nn.max_pool2d", img, 2, s, pad); add("nn.avg_pool2d", img, 3, s, pad); add("nn.conv1d", f(1, 6, 2), f(3, 2, 2), s, pad); add("nn.depthwise_conv2d", img, f(2, 2, 2, 2), [1, s, s, 1], pad)
add("nn.conv2d", img, f(2, 2, 2, 1), 1, "VALID", dilations=2); add("nn.conv2d", img, f(2, 2, 2, 1), 1, [[0, 0], [1, 0], [0, 1], [0, 0]]); add("nn.conv2d", f(1, 4, 4, 4), f(2, 2, 2, 2), 1, "SAME"); add("nn.conv3d", f(1, 3, 3, 3, 1), f(2, 2, 2, 1, 2), [1, 1, 1, 1, 1], "SAME"); add("nn.conv2d_transpose", f(1, 3, 3, 2), f(2, 2, 1, 2), [1, 6, 6, 1], 2); add("nn.conv1d_transpose", f(1, 3, 2), f(2, 1, 2), [1, 6, 1], 2); add("nn.separable_conv2d", img, f(2, 2, 2, 1), f(1, 1, 2, 3), [1, 1, 1, 1], "VALID"); add("nn.max_pool3d", f(1, 4, 4, 4, 1), 2, 2, "VALID"); add("nn.avg_pool1d", f(1, 6, 2), 2, 2, "VALID"); add("nn.max_pool_with_argmax", img, 2, 2, "VALID"); add("nn.dilation2d", img, f(2, 2, 2), [1, 1, 1, 1], "VALID", "NHWC", [1, 1, 1, 1]); add("nn.local_response_normalization", f(1, 2, 2, 4), depth_radius=1)
for n in "nn.softmax nn.log_softmax".split():
    add(n, f(2, 4)); add(n, f(2, 3, 2), axis=1)
lab = np.float32([[0.2, 0.5, 0.3], [0.6, 0.3, 0.3]])
add("nn.softmax_cross_entropy_with_logits", labels=lab, logits=f(2, 3)); add("nn.sparse_softmax_cross_entropy_with_logits", labels=np.int32([2, 0]), logits=f(2, 3)); add("nn.sigmoid_cross_entropy_with_logits", labels=f(3, **u01), logits=f(3)); add("nn.weighted_cross_entropy_with_logits", labels=f(3, **u01), logits=f(3), pos_weight=np.float32(1.5)); add("nn.log_poisson_loss", f(3, **pos), f(3)); add("nn.log_poisson_loss", f(3, **pos), f(3), compute_full_loss=True); add("nn.l2_loss", f(2, 3)); add("nn.moments", f(2, 3), [0]); add("nn.moments", f(2, 3), [1], keepdims=True); add("nn.weighted_moments", f(2, 3), [0], f(2, 3, **pos)); add("nn.batch_normalization", f(2, 3), f(3), f(3, **pos), f(3), f(3), 1e-3); add("nn.bias_add", f(2, 3), f(3)); add("nn.embedding_lookup", f(4, 2), np.int32([1, 3, 1])); add("nn.space_to_depth", f(1, 4, 4, 1), 2); add("nn.depth_to_space", f(1, 2, 2, 4), 2); add("nn.sufficient_statistics", f(2, 3), [0]); add("nn.ctc_loss", np.int32([[1, 2], [2, 1]]), f(4, 2, 3), np.int32([2, 1]), np.int32([4, 4]))
# linalg
sq = f(3, 3) + 3 * np.eye(3, dtype="float32")
sym = (lambda a: a @ a.T + np.eye(3, dtype="float32"))(f(3, 3))
add("linalg.inv", sq); add("linalg.det", sq); add("linalg.slogdet", sq); add("linalg.logdet", sym); add("linalg.cholesky", sym); add("linalg.solve", sq, f(3, 2)); add("linalg.solve", sq, f(3, 2), adjoint=True); add("linalg.triangular_solve", np.tril(sq), f(3, 2)); add("linalg.triangular_solve", np.triu(sq), f(3, 2), lower=False); add("linalg.cholesky_solve", np.linalg.cholesky(sym), f(3, 1)); add("linalg.lstsq", f(4, 2), f(4, 1)); add("linalg.eigvalsh", sym); add("linalg.svd", f(3, 2), compute_uv=False); add("linalg.trace", f(2, 3, 3)); add("linalg.diag", f(3)); add("linalg.diag", f(2), k=1); add("linalg.diag_part", f(3, 4)); add("linalg.diag_part", f(3, 4), k=(-1, 1)); add("linalg.set_diag", f(3, 3), f(3)); add("linalg.band_part", f(4, 4), 1, 1); add("linalg.matvec", f(2, 3), f(3)); add("linalg.expm", f(3, 3)); add("linalg.adjoint", c(2, 2)); add("linalg.matrix_transpose", f(2, 3)); add("linalg.cross", f(2, 3), f(2, 3)); add("linalg.pinv", f(3, 2)); add("linalg.matrix_rank", f(3, 2)); add("linalg.norm", f(2, 3), ord="fro", axis=[0, 1]); add("linalg.norm", f(2, 3), ord=1, axis=[0, 1]); add("linalg.normalize", f(3)); add("linalg.global_norm", [f(2), f(3)]); add("linalg.tensor_diag", f(3)); add("linalg.tensor_diag_part", f(3, 3)); add("linalg.tridiagonal_solve", f(3, 4, **pos), f(4)); add("linalg.tridiagonal_matmul", f(3, 4), f(4, 2)); add("linalg.lu", sq); add("linalg.logm", sym.astype("complex64")); add("linalg.sqrtm", sym)
# signal
add("signal.fft", c(2, 4)); add("signal.ifft", c(4)); add("signal.fft2d", c(2, 4)); add("signal.rfft", f(2, 6)); add("signal.rfft", f(6), [4]); add("signal.irfft", c(3)); add("signal.rfft2d", f(4, 4)); add("signal.irfft2d", c(4, 3)); add("signal.fftshift", f(5)); add("signal.ifftshift", f(5)); add("signal.frame", f(10), 4, 3); add("signal.frame", f(10), 4, 3, pad_end=True); add("signal.overlap_and_add", f(3, 4), 2); add("signal.stft", f(16), 8, 4); add("signal.inverse_stft", c(3, 5), 8, 4); add("signal.dct", f(2, 4)); add("signal.dct", f(4), type=1); add("signal.dct", f(4), type=3, norm="ortho"); add("signal.dct", f(4), type=2, norm="ortho"); add("signal.dct", f(4), type=4); add("signal.idct", f(4)); add("signal.hann_window", 5); add("signal.hamming_window", 6); add("signal.kaiser_window", 5, 4.0); add("signal.vorbis_window", 6); add("signal.kaiser_bessel_derived_window", 6, 4.0); add("signal.linear_to_mel_weight_matrix", 4, 9); add("signal.mfccs_from_log_mel_spectrograms", f(2, 4))
# image
im = f(4, 5, 3, lo=0.05, hi=0.95)
u8 = i(4, 5, 3, hi=255).astype("uint8")
for m in "bilinear nearest bicubic area lanczos3 lanczos5 gaussian mitchellcubic".split():
    add("image.resize", im, [6, 3], method=m); add("image.resize", im, [2, 7], method=m, antialias=True)
add("image.resize", u8, [3, 3]); add("image.resize", im, [8, 8], preserve_aspect_ratio=True)
for n in "flip_left_right flip_up_down transpose rot90 rgb_to_grayscale rgb_to_hsv hsv_to_rgb rgb_to_yuv yuv_to_rgb rgb_to_yiq yiq_to_rgb per_image_standardization total_variation".split():
    add("image." + n, im)
add("image.rot90", im, k=3); add("image.grayscale_to_rgb", f(2, 2, 1)); add("image.central_crop", im, 0.5); add("image.crop_to_bounding_box", im, 1, 1, 2, 3); add("image.pad_to_bounding_box", im, 1, 2, 6, 8); add("image.resize_with_crop_or_pad", im, 6, 3); add("image.resize_with_pad", im, 6, 6); add("image.adjust_brightness", im, 0.1); add("image.adjust_contrast", im, 1.5); add("image.adjust_hue", im, 0.2); add("image.adjust_saturation", im, 1.3); add("image.adjust_gamma", im, 0.7); add("image.adjust_brightness", u8, 0.1); add("image.convert_image_dtype", u8, tf.float32); add("image.convert_image_dtype", im, tf.uint8); add("image.image_gradients", f(1, 3, 3, 1)); add("image.sobel_edges", f(1, 4, 4, 1)); add("image.psnr", im, f(4, 5, 3, **u01), 1.0); add("image.ssim", f(12, 12, 1, **u01), f(12, 12, 1, **u01), 1.0); add("image.crop_and_resize", f(1, 5, 5, 1), np.float32([[0.1, 0.2, 0.8, 0.9]]), np.int32([0]), [3, 3]); add("image.extract_patches", f(1, 4, 4, 1), [1, 2, 2, 1], [1, 2, 2, 1], [1, 1, 1, 1], "VALID"); add("image.non_max_suppression", np.float32([[0, 0, 1, 1], [0, 0.1, 1, 1.1], [2, 2, 3, 3]]), np.float32([0.9, 0.8, 0.7]), 3)


# Later additions, last so that the numbers of the others stay.
for n in "math.igamma math.igammac".split():
    add(n, np.float32([0.3, 1.0, 4.0, 25.0, 25.0, 60.0]), np.float32([2.5, 0.2, 9.0, 20.0, 31.0, 55.0]))
    add(n, f(2, 1, lo=0.5, hi=6, dtype="float64"), f(1, 3, lo=0.5, hi=9, dtype="float64"))
add("math.multiply_no_nan", np.float32([[np.inf, 1, 2]]), np.float32([[0], [3]]))
for n in (None, "ortho"):
    add("signal.mdct", f(2, 20), 8, norm=n); add("signal.mdct", f(19), 8, None, True, n); add("signal.inverse_mdct", f(3, 4), norm=n); add("signal.inverse_mdct", f(2, 3, 6, dtype="float64"), None, n)
lu = tf.linalg.lu(np.float32([[0.2, 2.0, 1.0], [3.0, 0.5, -1.0], [1.0, -2.0, 0.7]]))
many = tf.linalg.lu(np.float64([[[0.2, 2.0], [3.0, 0.5]], [[4.0, 1.0], [-1.0, 0.3]]]))
add("linalg.lu_solve", lu[0].numpy(), lu[1].numpy(), f(3, 2)); add("linalg.lu_solve", many[0].numpy(), many[1].numpy(), f(2, 2, 3, dtype="float64")); add("linalg.lu_matrix_inverse", lu[0].numpy(), lu[1].numpy()); add("linalg.lu_matrix_inverse", many[0].numpy(), many[1].numpy())
for s in (True, False):
    add("nn.batch_norm_with_global_normalization", f(2, 2, 3), f(3), f(3, **pos), f(3), f(3), 0.01, s)
add("realdiv", f(2, 3), f(3, **pos)); add("required_space_to_batch_paddings", [7, 10], [3, 4]); add("required_space_to_batch_paddings", [7, 10], [3, 4], [[1, 0], [2, 3]])
for s in (1, 2, 3):
    add("image.stateless_random_crop", f(6, 7, 3), [3, 4, 3], [s, 5])

# At infinities, of complex numbers, of types with bounds, of nothing.
inf, nan = np.inf, np.nan
for n in "i0 i1 j0 j1".split():
    add("math.special.bessel_" + n, np.float32([inf, -inf, 0.5, 2.0]))
for n in "k0 k1e y0".split():
    add("math.special.bessel_" + n, np.float32([inf, 0.5, 2.0]))
add("math.digamma", np.float32([0.0, 0.5])); add("math.floordiv", np.float32([inf, -7.5, 3.0]), np.float32([1.0, 2.0, -2.0])); add("math.xlogy", np.float32([0, 0, 2]), np.float32([nan, 3, 1.5])); add("math.xlog1py", np.float32([0, 1]), np.float32([nan, 0.5])); add("math.nextafter", f(3), f(3)); add("math.sign", c(3)); add("math.squared_difference", c(3), c(2, 3)); add("math.xdivy", c(3), c(3)); add("math.xlogy", c(3), c(3)); add("math.multiply_no_nan", c(3), c(3)); add("math.cumprod", c(3)); add("math.reduce_euclidean_norm", c(2, 3), axis=1); add("math.divide_no_nan", i(3), np.int32([0, 2, 3]))
add("bitwise.left_shift", np.int32([7, 5, 3]), np.int32([2, -3, 40])); add("bitwise.right_shift", np.uint8([200, 5]), np.uint8([100, 1])); add("saturate_cast", np.float32([1e6, -1e6, 3.5]), tf.float16); add("saturate_cast", c(2), tf.int32); add("sort", np.uint8([200, 3, 255, 0])); add("sort", np.int8([-128, 5, 127])); add("argsort", np.uint32([7, 2, 9]), direction="DESCENDING"); add("math.reduce_max", np.zeros((2, 0), "float32"), axis=1); add("math.is_non_decreasing", np.zeros((0,), "float32")); add("math.reduce_logsumexp", f(2, 3), axis=np.int32([1]))
add("nn.gelu", f(4, dtype="float64")); add("nn.leaky_relu", f(4, dtype="float64")); add("nn.softmax_cross_entropy_with_logits", labels=i(2, 3, hi=2), logits=f(2, 3)); add("linalg.det", c(3, 3)); add("linalg.slogdet", c(3, 3)); add("linalg.eigvalsh", (lambda a: a @ a.conj().T)(c(3, 3))); add("math.round", f(4)); add("math.ceil", f(4)); add("math.polygamma", np.float32([1.5, 2.0]), f(2, **pos)); add("math.zeta", f(2, lo=2, hi=4), f(2, **pos))
im64 = f(2, 2, 3, lo=0.1, hi=0.9, dtype="float64")
for n in "brightness contrast hue saturation".split():
    add("image.adjust_" + n, im64, 0.3)
add("image.per_image_standardization", im64); add("image.rgb_to_grayscale", im64)

write(__file__)
