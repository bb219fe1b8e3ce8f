"""Linear operators: what every method gives, which classes products and inverses are of, gradients, and wrong uses.

An operator is written as {"class", "args", "kw"} and may stand in another's arguments; the test builds the same one.
"""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from public import c, f, np, pos, save, tf

tf.get_logger().setLevel("ERROR")


class Op:
    """An operator and how it was made."""

    def __init__(self, name, args, kw):
        self.name, self.args, self.kw = name, args, kw

    def data(self):
        def walk(x):
            if isinstance(x, Op):
                return {"$op": x.data()}
            if isinstance(x, list):
                return [walk(v) for v in x]
            if isinstance(x, tf.DType):
                return {"$tf": x.name}
            return x

        return {"class": self.name, "args": [walk(a) for a in self.args], "kw": {k: walk(v) for k, v in self.kw.items()}}

    def build(self, replace=None):
        def walk(x):
            if isinstance(x, Op):
                return x.build(replace)
            if isinstance(x, list):
                return [walk(v) for v in x]
            if isinstance(x, np.ndarray):
                return (replace or {}).get(id(x), tf.constant(x))
            return x

        cls = getattr(tf.linalg, "LinearOperator" + self.name)
        return cls(*[walk(a) for a in self.args], **{k: walk(v) for k, v in self.kw.items()})

    def arrays(self):
        out = []

        def walk(x):
            if isinstance(x, Op):
                out.extend(x.arrays())
            elif isinstance(x, list):
                [walk(v) for v in x]
            elif isinstance(x, np.ndarray) and x.dtype.kind in "fc":
                out.append(x)

        [walk(a) for a in [*self.args, *self.kw.values()]]
        return out


def O(name, /, *args, **kw):
    return Op(name, args, kw)


def spd(n, *batch):
    a = f(*batch, n, n)
    return (a @ np.swapaxes(a, -1, -2) + 3 * np.eye(n)).astype("float32")


def tril(n, *batch):
    return (np.tril(f(*batch, n, n)) + 2 * np.eye(n)).astype("float32")


def well(n, *batch):
    return (f(*batch, n, n) + 4 * np.eye(n)).astype("float32")


C64 = tf.complex64
OPS = {
    "full": O("FullMatrix", well(3)),
    "full batch spd": O("FullMatrix", spd(3, 2), is_self_adjoint=True, is_positive_definite=True),
    "full wide": O("FullMatrix", f(2, 3)),
    "full complex": O("FullMatrix", (c(3, 3) + 4 * np.eye(3)).astype("complex64")),
    "full float64": O("FullMatrix", well(2).astype("float64"), is_non_singular=True, name="mine"),
    "diag": O("Diag", f(3, **pos)),
    "diag batch": O("Diag", f(2, 3), is_non_singular=True),
    "diag positive": O("Diag", f(3, **pos), is_positive_definite=True),
    "diag complex": O("Diag", c(3)),
    "identity": O("Identity", 3),
    "identity batch": O("Identity", 2, batch_shape=[2], dtype=tf.float64),
    "scaled": O("ScaledIdentity", 3, np.array(2.5, "float32")),
    "scaled batch": O("ScaledIdentity", 2, f(2, **pos), is_positive_definite=True),
    "tril": O("LowerTriangular", tril(3)),
    "tril batch": O("LowerTriangular", tril(3, 2), is_non_singular=True),
    "zeros": O("Zeros", 3),
    "zeros wide": O("Zeros", 2, 3, is_square=False, is_self_adjoint=False),
    "householder": O("Householder", f(3)),
    "householder batch": O("Householder", f(2, 4)),
    "permutation": O("Permutation", np.int32([2, 0, 1])),
    "permutation batch": O("Permutation", np.int32([[2, 0, 1], [0, 2, 1]]), tf.float64),
    "toeplitz": O("Toeplitz", np.float32([3.5, 1.25, -0.5]), np.float32([3.5, 0.75, 0.3])),
    "toeplitz batch": O("Toeplitz", f(2, 3, **pos), f(2, 3, **pos)),
    "tridiag compact": O("Tridiag", np.float32([[1.5, -0.5, 0], [4.5, 5.5, 6.25], [0, 0.75, 1.1]])),
    "tridiag sequence": O("Tridiag", [f(3), f(3, lo=4, hi=6), f(3)], "sequence"),
    "tridiag matrix": O("Tridiag", np.float32([[4.5, 1.5, 0], [0.5, 5.5, -1.5], [0, 0.25, 6.5]]), "matrix"),
    "circulant": O("Circulant", np.complex64([4.5, 1.5 + 1j, 1.5 - 1j]), is_non_singular=True),
    "circulant real": O("Circulant", f(4, **pos)),
    "circulant to floats": O("Circulant", np.float32([4.5, 1.5, 0.5, 1.5]), tf.float32),
    "circulant batch": O("Circulant", c(2, 3)),
    "circulant 2d": O("Circulant2D", c(2, 3)),
    "circulant 3d": O("Circulant3D", f(2, 2, 2, **pos)),
    "block diag": O("BlockDiag", [O("FullMatrix", well(2)), O("Diag", f(3, **pos))]),
    "block diag spd": O("BlockDiag", [O("FullMatrix", spd(2), is_self_adjoint=True, is_positive_definite=True), O("Diag", f(1, **pos), is_positive_definite=True)]),
    "block lower": O("BlockLowerTriangular", [[O("FullMatrix", well(2), is_non_singular=True)], [O("FullMatrix", f(3, 2)), O("Diag", f(3, **pos), is_non_singular=True)]]),
    "block lower 3": O("BlockLowerTriangular", [[O("Diag", f(1, **pos))], [O("FullMatrix", f(2, 1)), O("LowerTriangular", tril(2))], [O("FullMatrix", f(1, 1)), O("FullMatrix", f(1, 2)), O("FullMatrix", np.float32([[2.5]]))]]),
    "kronecker": O("Kronecker", [O("FullMatrix", well(2)), O("Diag", f(3, **pos))]),
    "kronecker spd": O("Kronecker", [O("FullMatrix", spd(2), is_self_adjoint=True, is_positive_definite=True), O("Diag", f(2, **pos), is_positive_definite=True)]),
    "kronecker complex": O("Kronecker", [O("FullMatrix", (c(2, 2) + 4 * np.eye(2)).astype("complex64")), O("Diag", c(2))]),
    "low rank": O("LowRankUpdate", O("Diag", f(3, **pos), is_positive_definite=True), f(3, 2), f(2, **pos), is_diag_update_positive=True),
    "low rank u v": O("LowRankUpdate", O("FullMatrix", well(3)), f(3, 2), None, f(3, 2)),
    "low rank identity": O("LowRankUpdate", O("Identity", 3), f(3, 1)),
    "inversion": O("Inversion", O("FullMatrix", well(3), is_non_singular=True)),
    "adjoint": O("Adjoint", O("FullMatrix", f(2, 3))),
    "adjoint complex": O("Adjoint", O("FullMatrix", (c(2, 2) + 4 * np.eye(2)).astype("complex64"), is_non_singular=True)),
    "composition": O("Composition", [O("FullMatrix", well(3)), O("Diag", f(3, **pos))]),
    "composition wide": O("Composition", [O("FullMatrix", f(2, 3)), O("FullMatrix", f(3, 4))]),
}
PLAIN = ["to_dense", "diag_part", "trace", "determinant", "log_abs_determinant", "eigvals", "cond", "shape_tensor", "batch_shape_tensor",
         "tensor_rank_tensor", "domain_dimension_tensor", "range_dimension_tensor", "assert_non_singular", "assert_positive_definite", "assert_self_adjoint"]
# Operators that make others: the class of the result, and the matrix that it is.
MAKING = ["adjoint", "inverse", "cholesky"]
HINTS = ["is_square", "is_non_singular", "is_self_adjoint", "is_positive_definite", "name"]


def plain(x):
    return x.numpy() if hasattr(x, "numpy") else x


SKIPPED = object()


def said(e):
    return {"error": type(e).__name__, "message": str(e)}


def of(f):
    try:
        return f()
    except RecursionError:
        # TensorFlow's own check of an update that is not self-adjoint never ends.
        return SKIPPED
    except (NotImplementedError, ValueError, TypeError, tf.errors.OpError) as e:
        # TensorFlow's own limit for complex matrices is the largest of complex numbers, which it cannot find.
        return SKIPPED if "{{node Max}}" in str(e) else said(e)


def facts(o):
    return {"class": type(o).__name__, "dense": o.to_dense().numpy(), **{h: getattr(o, h) for h in HINTS}}


def filled(like, shape):
    return f(*shape).astype(like.dtype.as_numpy_dtype) if not like.dtype.is_complex else c(*shape).astype(like.dtype.as_numpy_dtype)


cases = []
for name, made in OPS.items():
    o = made.build()
    out = {m: of(lambda m=m: plain(getattr(o, m)())) for m in PLAIN}
    out["shape"] = str(o.shape)
    out["hints"] = {h: of(lambda h=h: getattr(o, h)) for h in HINTS}
    for m in MAKING:
        out[m] = of(lambda m=m: facts(getattr(o, m)()))
    m_, n_ = o.shape[-2], o.shape[-1]
    x = {"x": filled(o, (n_, 2)), "xt": filled(o, (m_, 2)), "v": filled(o, (n_,)), "vt": filled(o, (m_,))}
    T = lambda a: np.conj(np.swapaxes(a, -1, -2))
    out["matmul"] = o.matmul(x["x"]).numpy()
    out["matmul adjoint"] = o.matmul(x["xt"], adjoint=True).numpy()
    out["matmul adjoint_arg"] = o.matmul(T(x["x"]), adjoint_arg=True).numpy()
    out["matvec"] = o.matvec(x["v"]).numpy()
    out["matvec adjoint"] = o.matvec(x["vt"], adjoint=True).numpy()
    out["solve"] = of(lambda: o.solve(x["xt"]).numpy())
    out["solve adjoint"] = of(lambda: o.solve(x["x"], adjoint=True).numpy())
    out["solve adjoint_arg"] = of(lambda: o.solve(T(x["xt"]), adjoint_arg=True).numpy())
    out["solvevec"] = of(lambda: o.solvevec(x["vt"]).numpy())
    out["add_to_tensor"] = of(lambda: o.add_to_tensor(tf.constant(filled(o, (m_, n_)) * 0 + 1.5)).numpy())
    grads = []
    arrays = made.arrays()
    if arrays:
        with tf.GradientTape() as tape:
            ts = [tf.constant(a) for a in arrays]
            [tape.watch(t) for t in ts]
            y = made.build({id(a): t for a, t in zip(arrays, ts)}).matmul(x["x"])
            loss = tf.reduce_sum(tf.math.real(y * tf.constant(filled(o, y.shape) * 0 + np.arange(1, 1 + np.prod(y.shape)).reshape(y.shape).astype(o.dtype.as_numpy_dtype))))
        grads = [None if g is None else g.numpy() for g in tape.gradient(loss, ts)]
    out = {k: v for k, v in out.items() if v is not SKIPPED}
    cases.append({"name": name, "op": made.data(), "args": x, "out": out, "grads": grads})

# Products and solutions with other operators.
PAIRS = [("diag", "diag positive"), ("diag", "scaled"), ("scaled", "diag"), ("scaled", "scaled"), ("diag", "tril"), ("tril", "diag"), ("full", "diag"), ("diag", "full"),
         ("identity", "full"), ("full", "identity"), ("zeros", "full"), ("full", "zeros"), ("circulant real", "circulant real"), ("block diag", "block diag"), ("tril", "tril"),
         ("inversion", "full"), ("householder", "diag"), ("full wide", "full"), ("composition", "diag")]
for a, b in PAIRS:
    p, q = OPS[a].build(), OPS[b].build()
    cases.append({"name": f"{a} with {b}", "op": OPS[a].data(), "other": OPS[b].data(),
                  "out": {"matmul": of(lambda: facts(p.matmul(q))), "solve": of(lambda: facts(p.solve(q))), "function": of(lambda: facts(tf.matmul(p, q)))}})

# Parts of a batch.
SLICES = [("full batch spd", ["1"]), ("diag batch", ["0"]), ("diag batch", ["::-1"]), ("toeplitz batch", ["1"]), ("scaled batch", ["1:"]), ("identity batch", ["0"]), ("tril batch", ["None", "1"])]
for name, index in SLICES:
    key = tuple(None if i == "None" else int(i) if i.isdigit() else slice(*[int(p) if p else None for p in i.split(":")]) for i in index)
    cases.append({"name": f"{name}[{', '.join(index)}]", "op": OPS[name].data(), "index": [None if i == "None" else int(i) if i.isdigit() else i for i in index],
                  "out": {"dense": OPS[name].build()[key if len(key) > 1 else key[0]].to_dense().numpy()}})

WRONG = {
    "hint of a real diagonal": O("Diag", f(3), is_self_adjoint=False),
    "hint of the identity": O("Identity", 3, is_self_adjoint=False),
    "scalar diagonal": O("Diag", np.float32(1.5)),
    "vector as matrix": O("FullMatrix", f(3)),
    "integers as matrix": O("FullMatrix", np.int32([[1, 2], [3, 4]])),
    "positive and singular": O("FullMatrix", f(2, 2), is_positive_definite=True, is_non_singular=False),
    "non-singular and not square": O("FullMatrix", f(2, 2), is_non_singular=True, is_square=False),
    "rows below zero": O("Identity", -1),
    "rows as float": O("Identity", 2.5),
    "mismatch of a Toeplitz": O("Toeplitz", f(3), f(2)),
    "no permutation": O("Permutation", np.int32([0, 0, 1])),
    "format of a Tridiag": O("Tridiag", f(3, 3), "dense"),
    "positive reflection": O("Householder", f(3), is_positive_definite=True),
    "no operators": O("BlockDiag", []),
    "element types": O("Composition", [O("Diag", f(2)), O("Diag", f(2, dtype="float64"))]),
    "rows of blocks": O("BlockLowerTriangular", [[O("Diag", f(2))], [O("Diag", f(2))]]),
    "zeros of two lengths": O("Zeros", 2, 3),
    "hint of a circulant": O("Circulant", f(3), is_self_adjoint=False),
    "inverse of the singular": O("Inversion", O("Zeros", 2)),
    "update": O("LowRankUpdate", O("Diag", f(3, **pos)), f(2, 1)),
    "default diagonal": O("LowRankUpdate", O("Diag", f(3, **pos)), f(3, 1), is_diag_update_positive=False),
}
for name, made in WRONG.items():
    try:
        made.build()
    except Exception as e:
        cases.append({"name": f"wrong: {name}", "op": made.data(), "error": said(e)})
    else:
        raise SystemExit(f"{name} raised nothing")
full = OPS["full"]
for name, what, arg in [("dtype of the argument", "matmul", f(3, 2, dtype="float64")), ("length of the argument", "matmul", f(2, 2)), ("length of a vector", "matvec", f(2)), ("length of the right side", "solve", f(2, 2))]:
    cases.append({"name": f"wrong: {name}", "op": full.data(), "call": what, "with": arg, "error": of(lambda: getattr(full.build(), what)(arg))})
save(__file__, cases, "tensorflow-cpu")
