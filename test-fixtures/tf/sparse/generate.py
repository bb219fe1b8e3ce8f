"""tf.sparse: values and gradients in the values of sparse tensors and in dense arguments."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from public import add, c, f, i, np, pos, tf, write


def sp(shape, n, values=f, seed=0, ordered=True, **kw):
    """n different places of a shape, with values that all differ."""
    r = np.random.RandomState(seed)
    at = r.permutation(int(np.prod(shape)))[:n]
    at = np.sort(at) if ordered else at
    return tf.SparseTensor(np.stack(np.unravel_index(at, shape), -1).astype("int64"), values(n, **kw), np.int64(shape))


def text(n):
    return np.array([f"w{k}" for k in range(n)])


S = lambda *a, **k: sp(*a, **k)
add("sparse.to_dense", S((3, 4), 5)); add("sparse.to_dense", S((2, 3, 2), 4, seed=1), 7.0); add("sparse.to_dense", S((4,), 2, values=i, seed=2), validate_indices=False); add("sparse.to_dense", S((2, 3), 3, values=text)); add("sparse.to_dense", S((2, 3), 2, values=text), "none")
add("sparse.from_dense", np.float32([[0, 1.5, 0], [2.5, 0, -1]])); add("sparse.from_dense", np.int32([[[0, 3], [0, 0]], [[4, 0], [5, 6]]]))
add("sparse.eye", 3); add("sparse.eye", 2, 4, dtype=tf.int32)
add("sparse.reorder", S((3, 4), 6, ordered=False, seed=3)); add("sparse.reorder", S((2, 2, 3), 5, values=text, ordered=False, seed=4))
add("sparse.reshape", S((3, 4), 5, seed=5), [2, 6]); add("sparse.reshape", S((2, 3, 4), 6, seed=6), [-1, 3]); add("sparse.reshape", S((6,), 3, values=i, seed=7), [1, 2, 3])
add("sparse.slice", S((4, 5), 9, seed=8), [1, 1], [2, 3]); add("sparse.slice", S((4, 5), 9, seed=9), [2, 0], [9, 9]); add("sparse.slice", S((3, 3), 4, values=text, seed=10), [0, 1], [3, 2])
add("sparse.split", S((4, 5), 9, seed=11), 2, 1); add("sparse.split", S((5, 2), 6, seed=12), num_split=3, axis=0); add("sparse.split", S((2, 4), 5, values=i, seed=13), num_split=2, axis=-1)
add("sparse.concat", 0, [S((2, 3), 3, seed=14), S((3, 3), 4, seed=15)]); add("sparse.concat", 1, [S((2, 3), 3, seed=16), S((2, 2), 2, seed=17), S((2, 4), 5, seed=18)]); add("sparse.concat", 1, [S((2, 3), 3, seed=19), S((4, 2), 3, seed=20)], expand_nonconcat_dims=True); add("sparse.concat", -1, [S((2, 3), 3, values=text, seed=19), S((2, 2), 2, values=text, seed=20)])
add("sparse.transpose", S((3, 4), 6, seed=21)); add("sparse.transpose", S((2, 3, 4), 7, seed=22), [1, 2, 0]); add("sparse.transpose", S((2, 3, 4), 7, values=i, seed=22))
for axis in (None, 0, 1, -1, -2):
    add("sparse.expand_dims", S((3, 4), 4, seed=23), axis)
add("sparse.retain", S((3, 4), 5, seed=24), [True, False, True, True, False])
add("sparse.reset_shape", S((5, 6), 4, seed=25)); add("sparse.reset_shape", S((5, 6), 4, seed=26), [7, 8])
add("sparse.fill_empty_rows", tf.SparseTensor(np.int64([[1, 0], [1, 2], [4, 1]]), f(3), np.int64([6, 3])), np.float32(7.5)); add("sparse.fill_empty_rows", tf.SparseTensor(np.int64([[0, 0], [2, 2]]), text(2), np.int64([3, 3])), "none"); add("sparse.fill_empty_rows", tf.SparseTensor(np.int64([[2, 0], [0, 2], [2, 1]]), i(3), np.int64([4, 3])), 9)
add("sparse.to_indicator", tf.SparseTensor(np.int64([[0, 0], [0, 1], [2, 0]]), np.int64([3, 1, 0]), np.int64([3, 2])), 5)
a, b = S((3, 4), 5, seed=27), S((3, 4), 6, seed=28)
add("sparse.add", a, b); add("sparse.add", a, b, 1.0); add("sparse.add", a, f(3, 4)); add("sparse.add", f(3, 4), a); add("sparse.add", S((2, 3), 3, values=i, seed=29), S((2, 3), 4, values=i, seed=30)); add("sparse.add", S((2, 3), 3, values=c, seed=29), S((2, 3), 4, values=c, seed=30), 2.0)
add("sparse.maximum", a, b); add("sparse.minimum", a, b); add("sparse.maximum", S((2, 3), 3, values=i, seed=31), S((2, 3), 3, values=i, seed=32))
for name in ("sparse.reduce_sum", "sparse.reduce_max"):
    for n, kw in enumerate([{}, dict(axis=0), dict(axis=[1]), dict(axis=[0, 2], keepdims=True), dict(axis=-1), dict(axis=1, output_is_sparse=True), dict(axis=[0, 1], keepdims=True, output_is_sparse=True), dict(axis=[2], output_is_sparse=True)]):
        add(name, S((2, 3, 4), 8, seed=40 + n), **kw)
    add(name, S((3, 4), 5, values=i, seed=48), axis=1)
add("sparse.softmax", S((3, 4), 7, seed=50)); add("sparse.softmax", S((2, 2, 4), 9, seed=51, dtype="float64"))
for m, kw in enumerate([{}, dict(adjoint_a=True), dict(adjoint_b=True), dict(adjoint_a=True, adjoint_b=True)]):
    x = (3, 4)
    inner = 3 if kw.get("adjoint_a") else 4
    add("sparse.sparse_dense_matmul", S(x, 6, seed=52 + m), f(2, inner) if kw.get("adjoint_b") else f(inner, 2), **kw)
    add("sparse.sparse_dense_matmul", S(x, 6, values=c, seed=56 + m), c(2, inner) if kw.get("adjoint_b") else c(inner, 2), **kw)
    rows = 4 if kw.get("adjoint_b") else 3
    add("sparse.sparse_dense_matmul", f(rows, 2) if kw.get("adjoint_a") else f(2, rows), S(x, 6, seed=60 + m), **kw)
for name in ("sum", "mean", "sqrt_n"):
    add(f"sparse.segment_{name}", f(4, 3), np.int32([0, 2, 3, 1]), np.int32([0, 0, 1, 3])); add(f"sparse.segment_{name}", f(4, 2, 2), np.int64([3, 0]), np.int32([0, 1]), num_segments=4); add(f"sparse.segment_{name}", f(5), np.int32([0, 4, 4]), np.int32([0, 0, 2]))
ids = np.int64([[10, 20, 30, 20], [11, 31, 11, 45]])
add("sparse.bincount", ids); add("sparse.bincount", ids, axis=-1); add("sparse.bincount", ids, axis=-1, minlength=50); add("sparse.bincount", ids, axis=-1, maxlength=31); add("sparse.bincount", ids, axis=-1, binary_output=True); add("sparse.bincount", ids, weights=f(2, 4, **pos), axis=-1); add("sparse.bincount", np.int32([3, 1, 3]), minlength=2)
q = tf.SparseTensor(np.int64([[0, 3], [0, 7], [0, 8], [1, 9], [1, 11]]), np.int64([3, 5, 3, 2, 9]), np.int64([2, 30]))
add("sparse.bincount", q); add("sparse.bincount", q, axis=-1); add("sparse.bincount", q, axis=-1, weights=tf.SparseTensor(q.indices, f(5, **pos), q.dense_shape)); add("sparse.bincount", q, axis=-1, minlength=4, maxlength=6)
add("math.bincount", q, axis=-1); add("math.bincount", q); add("math.bincount", q, minlength=12, axis=-1, binary_output=True); add("math.bincount", q, weights=tf.SparseTensor(q.indices, f(5, **pos), q.dense_shape), axis=-1)
u = tf.SparseTensor(np.int64([[0, 0], [1, 0], [1, 1]]), np.array(["a", "b", "c"]), np.int64([2, 2]))
v = tf.SparseTensor(np.int64([[0, 0], [1, 0]]), np.array(["d", "e"]), np.int64([2, 1]))
n = tf.SparseTensor(np.int64([[0, 0], [0, 1], [1, 0]]), np.int64([7, 1234567, 0]), np.int64([2, 2]))
add("sparse.cross", [u, v]); add("sparse.cross", [u, v, np.array([["f"], ["g"]])], separator="_&_"); add("sparse.cross", [u, n])
add("sparse.cross_hashed", [u, v]); add("sparse.cross_hashed", [u, v], num_buckets=100); add("sparse.cross_hashed", [n, u, v], num_buckets=1000, hash_key=956888297470); add("sparse.cross_hashed", [n, n])
write(__file__)
