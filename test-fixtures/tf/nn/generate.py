"""tf.nn beyond single operations: samples of classes, sequences without alignment, pools of irregular regions."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from public import add, f, i, np, pos, tf, write

for n in "uniform log_uniform learned_unigram".split():
    for unique in (True, False):
        for seed in (None, 3):
            add(f"random.{n}_candidate_sampler", np.int64([[1, 4], [0, 2], [3, 9]]), 2, 6, unique, 20 if seed else 16, seed=seed)
add("random.log_uniform_candidate_sampler", np.int64([[7]]), 1, 9, True, 10, seed=1)
add("random.fixed_unigram_candidate_sampler", np.int64([[1], [2]]), 1, 4, True, 6, unigrams=[1.0, 5.0, 2.0, 7.0, 1.0, 3.0], seed=2)
add("random.fixed_unigram_candidate_sampler", np.int64([[1], [2]]), 1, 7, False, 6, unigrams=[5.0, 2.0, 7.0, 1.0], distortion=0.75, num_reserved_ids=2, seed=2)
add("random.all_candidate_sampler", np.int64([[1], [2]]), 1, 4, True)
add("nn.compute_accidental_hits", np.int64([[1, 4], [0, 2], [3, 9]]), np.int64([2, 5, 9, 1, 7]), 2)
vals = [np.int64([2, 5, 0, 1]), f(3, 1, **pos), f(4, **pos)]
for name in ("nn.nce_loss", "nn.sampled_softmax_loss"):
    for hits in (True, False):
        add(name, f(7, 3), f(7), np.int64([[1], [4], [2]]), f(3, 3), 4, 7, sampled_values=vals, remove_accidental_hits=hits)
add("nn.nce_loss", f(9, 2), f(9), np.int64([[1, 2], [4, 0]]), f(2, 2), 3, 9, num_true=2)
add("nn.sampled_softmax_loss", f(9, 2), f(9), np.int64([[1, 2], [4, 0]]), f(2, 2), 5, 9, num_true=2, seed=4)
add("nn.sampled_softmax_loss", [f(3, 2), f(2, 2)], f(5), np.int64([[1], [4]]), f(2, 2), 2, 5, seed=1)

# connectionist temporal classification
lab = np.int32([[1, 2, 2], [2, 1, 0], [3, 0, 0]])
lens = np.int32([3, 2, 1])
add("nn.ctc_loss", lab, f(6, 3, 4), lens, np.int32([6, 5, 6]))
add("nn.ctc_loss", lab, f(3, 6, 4), lens, np.int32([6, 5, 4]), logits_time_major=False)
add("nn.ctc_loss", np.int32([[1, 2, 2], [2, 1, 0], [0, 0, 0]]), f(6, 3, 4), lens, np.int32([6, 5, 6]), blank_index=-1)
add("nn.ctc_loss", np.int32([[1, 3, 3], [0, 1, 0], [3, 0, 0]]), f(6, 3, 4), lens, np.int32([6, 5, 6]), blank_index=2)
add("nn.ctc_loss", lab, f(6, 3, 4, dtype="float64"), lens, np.int32([6, 5, 6]))
sp = tf.SparseTensor([[0, 0], [0, 1], [1, 0], [2, 0]], np.int32([1, 2, 2, 0]), [3, 2])
add("nn.ctc_loss", sp, f(6, 3, 4), None, np.int32([6, 5, 6]), blank_index=-1)
add("nn.ctc_loss", tf.SparseTensor([[0, 0], [0, 1], [1, 0]], np.int32([1, 2, 3]), [2, 2]), f(5, 2, 4), None, np.int32([5, 4]), blank_index=0)
for merge in (True, False):
    add("nn.ctc_greedy_decoder", f(8, 2, 3), np.int32([8, 6]), merge_repeated=merge)
add("nn.ctc_greedy_decoder", f(8, 2, 3), np.int32([8, 5]), blank_index=0)
add("nn.ctc_beam_search_decoder", f(6, 2, 4), np.int32([6, 5]), beam_width=8, top_paths=3)
add("nn.ctc_beam_search_decoder", f(9, 1, 3), np.int32([9]))
add("nn.collapse_repeated", np.int32([[1, 1, 2, 2, 1], [1, 2, 3, 3, 3]]), np.int32([5, 3]))
add("nn.collapse_repeated", np.int64([[4, 4, 4, 0]]), np.int64([4]))
add("nn.ctc_unique_labels", np.int32([[3, 4, 4, 3], [1, 1, 1, 2]]))

# pools
for smooth in (True, False):
    for over in (True, False):
        add("nn.fractional_max_pool", f(1, 7, 9, 2), [1.0, 1.44, 1.73, 1.0], smooth, over, seed=3)
        add("nn.fractional_avg_pool", f(2, 6, 7, 1), [1.0, 1.5, 1.3, 1.0], smooth, over, seed=7)
add("nn.fractional_max_pool", f(1, 8, 8, 1), 1.5, seed=1)
add("nn.isotonic_regression", f(2, 6)); add("nn.isotonic_regression", f(2, 6), decreasing=False); add("nn.isotonic_regression", f(4, 3), axis=0); add("nn.isotonic_regression", i(2, 5))
for pad in ("SAME", "VALID"):
    add("nn.erosion2d", f(1, 5, 5, 2), f(2, 3, 2), [1, 2, 1, 1], pad, "NHWC", [1, 1, 1, 1]); add("nn.dilation2d", f(1, 6, 6, 1), f(2, 2, 1), [1, 1, 1, 1], pad, "NHWC", [1, 2, 2, 1])
    add("nn.depthwise_conv2d_backprop_filter", f(2, 5, 5, 2), [3, 2, 2, 2], f(2, 5, 5, 4) if pad == "SAME" else f(2, 3, 4, 4), [1, 1, 1, 1], pad)
    add("nn.depthwise_conv2d_backprop_input", [2, 5, 5, 2], f(3, 2, 2, 2), f(2, 5, 5, 4) if pad == "SAME" else f(2, 3, 4, 4), [1, 1, 1, 1], pad)
    add("nn.atrous_conv2d", f(1, 7, 7, 2), f(2, 3, 2, 2), 2, pad)
    add("nn.pool", f(1, 6, 6, 2), [2, 3], "AVG", padding=pad, strides=[2, 1]); add("nn.pool", f(1, 6, 2), [3], "MAX", padding=pad)
    add("nn.max_pool", f(1, 6, 2), 2, 1, pad); add("nn.avg_pool", f(1, 4, 4, 4, 1), 2, 2, pad); add("nn.max_pool1d", f(1, 6, 2), 3, 2, pad)
add("nn.atrous_conv2d_transpose", f(1, 5, 5, 2), f(2, 2, 3, 2), [1, 5, 5, 3], 2, "SAME"); add("nn.atrous_conv2d_transpose", f(1, 5, 5, 2), f(2, 2, 3, 2), [1, 7, 7, 3], 2, "VALID")
add("nn.conv_transpose", f(1, 3, 2), f(2, 1, 2), [1, 6, 1], 2); add("nn.conv_transpose", f(1, 3, 3, 2), f(2, 2, 1, 2), [1, 6, 6, 1], 2); add("nn.conv_transpose", f(1, 2, 2, 2, 1), f(2, 2, 2, 1, 1), [1, 4, 4, 4, 1], 2)
add("nn.convolution", f(1, 6, 2), f(3, 2, 2), padding="SAME", dilations=2); add("nn.convolution", f(1, 6, 6, 2), f(3, 3, 2, 2), strides=2); add("nn.convolution", f(1, 4, 4, 4, 1), f(2, 2, 2, 1, 1), padding="SAME")
# averages, embeddings
add("nn.compute_average_loss", f(4)); add("nn.compute_average_loss", f(2, 3), global_batch_size=8); add("nn.compute_average_loss", f(3), sample_weight=f(3, **pos)); add("nn.compute_average_loss", f(2, 3), sample_weight=f(2, **pos)); add("nn.scale_regularization_loss", f(2, 2))
add("nn.embedding_lookup", [f(3, 2), f(2, 2)], np.int32([0, 4, 3, 1])); add("nn.embedding_lookup", f(4, 3), np.int32([[1, 3], [0, 0]]), max_norm=1.5)
ids = tf.SparseTensor([[0, 0], [0, 2], [1, 0], [3, 1], [3, 2]], np.int64([1, 3, 0, 2, 1]), [4, 3])
full = tf.SparseTensor([[0, 0], [0, 2], [1, 0], [2, 1], [2, 2]], np.int64([1, 3, 0, 2, 1]), [3, 3])
for how in ("sum", "mean", "sqrtn"):
    add("nn.embedding_lookup_sparse", f(4, 2), full, None, combiner=how)
    add("nn.embedding_lookup_sparse", f(4, 2), full, tf.SparseTensor(full.indices, np.float32([0.5, 2, 1, 0.25, 3]), full.dense_shape), combiner=how)
    add("nn.safe_embedding_lookup_sparse", f(4, 2), ids, combiner=how)
add("nn.safe_embedding_lookup_sparse", f(4, 2), tf.SparseTensor([[0, 0], [1, 0], [1, 1]], np.int64([-1, 3, 0]), [3, 2]), tf.SparseTensor([[0, 0], [1, 0], [1, 1]], np.float32([1, 2, -1]), [3, 2]), default_id=2)
add("nn.embedding_lookup_sparse", f(4, 2), full, None, max_norm=1.0)
for a in "relu relu6 elu selu softplus softsign silu leaky_relu gelu crelu".split():
    add("nn." + a, f(5, dtype="float64")); add("nn." + a, f(3).astype("float16"))
add("nn.gelu", f(5), True); add("nn.silu", f(4), 1.5); add("nn.weighted_moments", f(2, 3, 2), [0, 2], f(2, 1, 2, **pos), keepdims=True); add("nn.normalize_moments", np.float32(4.0), f(3), f(3, lo=5, hi=9), f(3)); add("nn.sufficient_statistics", f(2, 3), [0], shift=np.float32(0.5)); add("nn.moments", f(3, 2).astype("float16"), [0])
add("nn.max_pool_with_argmax", f(2, 4, 5, 3), [2, 2], [1, 2], "SAME", include_batch_in_index=True); add("nn.top_k", f(2, 6), 3); add("nn.in_top_k", np.int32([1, 0]), f(2, 4), 2); add("nn.zero_fraction", np.float32([0, 1, 0, 2])); add("nn.conv2d_transpose", f(1, 2, 3, 3), f(3, 2, 2, 3), [1, 4, 6, 2], [2, 2]); add("nn.space_to_batch", f(1, 4, 4, 1), [2, 2], [[0, 0], [2, 0]])
write(__file__)
