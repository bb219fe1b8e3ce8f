import { namedTuple, def as pyDef, Tuple, ValueError } from "@cognate/py";
import { isTensor, toTensor, typeOf } from "../core/convert.js";
import { as_dtype, float32, int32, type TypeLike } from "../core/dtypes.js";
import { one, op } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { reshape, shape } from "./array.js";
import { eye as eyeOf } from "./create.js";
import { type Data, def, type Name, unaryOf } from "./make.js";
import { abs, cast, conj, divide, log, multiply, pow, real, sqrt, where } from "./math.js";
import { matmul } from "./matmul.js";
import { type Axis, axesFor, reduce_max, reduce_sum } from "./reduce.js";

/* `tf.linalg`. */

const Qr = namedTuple<{ q: Tensor; r: Tensor }>("tensorflow.python.ops.gen_linalg_ops.Qr", ["q", "r"]);
const Lu = namedTuple<{ lu: Tensor; p: Tensor }>("tensorflow.python.ops.gen_linalg_ops.Lu", ["lu", "p"]);
const LogMatrixDeterminant = namedTuple<{ sign: Tensor; log_abs_determinant: Tensor }>(
  "tensorflow.python.ops.gen_linalg_ops.LogMatrixDeterminant",
  ["sign", "log_abs_determinant"],
);

export { matmul } from "./matmul.js";
export { l2_normalize } from "./nn.js";
export const eye = eyeOf;
export const det = unaryOf("linalg.det", "MatrixDeterminant", "input");
export const expm = unaryOf("linalg.expm", "MatrixExponential", "input");
export const logm = unaryOf("linalg.logm", "MatrixLogarithm", "input");
export const sqrtm = unaryOf("linalg.sqrtm", "MatrixSquareRoot", "input");
export const cholesky = unaryOf("linalg.cholesky", "Cholesky", "input");
export const tensor_diag = unaryOf("linalg.tensor_diag", "Diag", "diagonal");
export const tensor_diag_part = unaryOf("linalg.tensor_diag_part", "DiagPart", "input");

export const inv = pyDef(
  "tensorflow.linalg.inv",
  "input adjoint name",
  (input: Data, adjoint = false, name: Name = null): Tensor =>
    one("MatrixInverse", [input], { adjoint }, name),
);
export const matvec = def(
  "tensorflow.linalg.matvec",
  "a b transpose_a adjoint_a a_is_sparse b_is_sparse name",
  (
    a: Data,
    b: Data,
    transpose_a = false,
    adjoint_a = false,
    _s = false,
    _t = false,
    _name: Name = null,
  ): Tensor => {
    const y = matmul(
      a,
      one("ExpandDims", [toTensor(b, isTensor(a) ? { hint: typeOf(a) } : {}), -1]),
      transpose_a,
      false,
      adjoint_a,
    );
    return one("Squeeze", [y], { squeeze_dims: [-1] });
  },
);
export const logdet = def(
  "tensorflow.linalg.logdet",
  "matrix name",
  (matrix: Data, _name: Name = null): Tensor => {
    const l = cholesky(matrix);
    return multiply(2, reduce_sum(log(real(diag_part(l))), [-1]));
  },
);
export const slogdet = def(
  "tensorflow.linalg.slogdet",
  "input name",
  (input: Data, name: Name = null): Tuple<Tensor> =>
    LogMatrixDeterminant(
      ...(op("LogMatrixDeterminant", [input], {}, name) as [Tensor, Tensor]),
    ) as unknown as Tuple<Tensor>,
);
export const solve = def(
  "tensorflow.linalg.solve",
  "matrix rhs adjoint name",
  (matrix: Data, rhs: Data, adjoint = false, name: Name = null): Tensor =>
    one("MatrixSolve", [matrix, rhs], { adjoint }, name),
);
export const triangular_solve = def(
  "tensorflow.linalg.triangular_solve",
  "matrix rhs lower adjoint name",
  (matrix: Data, rhs: Data, lower = true, adjoint = false, name: Name = null): Tensor =>
    one("MatrixTriangularSolve", [matrix, rhs], { lower, adjoint }, name),
);
export const cholesky_solve = def(
  "tensorflow.linalg.cholesky_solve",
  "chol rhs name",
  (chol: Data, rhs: Data, _name: Name = null): Tensor => {
    const y = one("MatrixTriangularSolve", [chol, rhs], { adjoint: false, lower: true });
    return one("MatrixTriangularSolve", [chol, y], { adjoint: true, lower: true });
  },
);
export const lstsq = def(
  "tensorflow.linalg.lstsq",
  "matrix rhs l2_regularizer fast name",
  (matrix: Data, rhs: Data, l2_regularizer: number = 0, fast = true, name: Name = null): Tensor =>
    one(
      "MatrixSolveLs",
      [matrix, rhs, toTensor(l2_regularizer, { dtype: as_dtype("float64") })],
      { fast },
      name,
    ),
);
export const qr = def(
  "tensorflow.linalg.qr",
  "input full_matrices name",
  (input: Data, full_matrices = false, name: Name = null): Tuple<Tensor> =>
    Qr(...(op("Qr", [input], { full_matrices }, name) as [Tensor, Tensor])) as unknown as Tuple<Tensor>,
);
export const svd = def(
  "tensorflow.linalg.svd",
  "tensor full_matrices compute_uv name",
  (tensor: Data, full_matrices = false, compute_uv = true, name: Name = null): Tuple<Tensor> | Tensor => {
    const [s, u, v] = op("Svd", [tensor], { compute_uv, full_matrices }, name);
    const values = s!.dtype.is_complex ? real(s!) : s!;
    return compute_uv ? Tuple.of_([values, u!, v!]) : values;
  },
);
export const eigh = def(
  "tensorflow.linalg.eigh",
  "tensor name",
  (tensor: Data, _name: Name = null): Tuple<Tensor> => {
    const [e, v] = op("SelfAdjointEigV2", [tensor], { compute_v: true });
    return Tuple.of_([e!, v!]);
  },
);
export const eigvalsh = def(
  "tensorflow.linalg.eigvalsh",
  "tensor name",
  (tensor: Data, _name: Name = null): Tensor => {
    const [e] = op("SelfAdjointEigV2", [tensor], { compute_v: false });
    return e!;
  },
);
const complexOf = (x: Tensor) =>
  as_dtype(["float64", "complex128"].includes(x.dtype.name) ? "complex128" : "complex64");
export const eig = def(
  "tensorflow.linalg.eig",
  "tensor name",
  (tensor: Data, name: Name = null): Tuple<Tensor> => {
    const t = toTensor(tensor);
    return Tuple.of_(op("Eig", [t], { compute_v: true, Tout: complexOf(t) }, name));
  },
);
export const eigvals = def(
  "tensorflow.linalg.eigvals",
  "tensor name",
  (tensor: Data, name: Name = null): Tensor => {
    const t = toTensor(tensor);
    return op("Eig", [t], { compute_v: false, Tout: complexOf(t) }, name)[0]!;
  },
);
export const lu = def(
  "tensorflow.linalg.lu",
  "input output_idx_type name",
  (input: Data, output_idx_type: TypeLike = int32, name: Name = null): Tuple<Tensor> =>
    Lu(
      ...(op("Lu", [input], { output_idx_type: as_dtype(output_idx_type) }, name) as [Tensor, Tensor]),
    ) as unknown as Tuple<Tensor>,
);
export const lu_reconstruct = def(
  "tensorflow.linalg.lu_reconstruct",
  "lower_upper perm validate_args name",
  (lower_upper: Data, perm: Data, _validate = false, _name: Name = null): Tensor => {
    const t = toTensor(lower_upper);
    const lower = set_diag(band_part(t, -1, 0), one("OnesLike", [diag_part(t)]));
    const product = matmul(lower, band_part(t, 0, -1));
    return one("GatherV2", [product, one("InvertPermutation", [perm]), 0]);
  },
);
export const adjoint = def(
  "tensorflow.linalg.adjoint",
  "matrix name",
  (matrix: Data, _name: Name = null): Tensor => conj(matrix_transpose(matrix)),
);
export const matrix_transpose = def(
  "tensorflow.linalg.matrix_transpose",
  "a name conjugate",
  (a: Data, _name: Name = "matrix_transpose", conjugate = false): Tensor => {
    const t = toTensor(a);
    const n = t.shape.length;
    if (n < 2)
      throw new ValueError(
        `Argument \`a\` should be a (batch) matrix with rank >= 2.  Received \`a\` = ${String(t.numpy())} with shape: ${String(t.shape)}`,
      );
    const perm = toTensor([...Array.from({ length: n - 2 }, (_, i) => i), n - 1, n - 2], { dtype: int32 });
    const y = one("Transpose", [t, perm]);
    return conjugate ? conj(y) : y;
  },
);
export const trace = def(
  "tensorflow.linalg.trace",
  "x name",
  (x: Data, _name: Name = null): Tensor => reduce_sum(diag_part(x), [-1]),
);
export const band_part = def(
  "tensorflow.linalg.band_part",
  "input num_lower num_upper name",
  (input: Data, num_lower: Data, num_upper: Data, name: Name = null): Tensor =>
    one("MatrixBandPart", [input, num_lower, num_upper], {}, name),
);
const pair = (k: Data): unknown => (Array.isArray(k) ? toTensor(k, { dtype: int32 }) : k);
export const diag = def(
  "tensorflow.linalg.diag",
  "diagonal name k num_rows num_cols padding_value align",
  (
    diagonal: Data,
    name: Name = "diag",
    k: Data = 0,
    num_rows: number = -1,
    num_cols: number = -1,
    padding_value: Data = 0,
    align = "RIGHT_LEFT",
  ): Tensor => {
    const d = toTensor(diagonal);
    return one(
      "MatrixDiagV3",
      [d, pair(k), num_rows, num_cols, cast(padding_value, d.dtype)],
      { align },
      name,
    );
  },
);
export const diag_part = def(
  "tensorflow.linalg.diag_part",
  "input name k padding_value align",
  (
    input: Data,
    name: Name = "diag_part",
    k: Data = 0,
    padding_value: Data = 0,
    align = "RIGHT_LEFT",
  ): Tensor => {
    const x = toTensor(input);
    return one("MatrixDiagPartV3", [x, pair(k), cast(padding_value, x.dtype)], { align }, name);
  },
);
export const set_diag = def(
  "tensorflow.linalg.set_diag",
  "input diagonal name k align",
  (input: Data, diagonal: Data, name: Name = "set_diag", k: Data = 0, align = "RIGHT_LEFT"): Tensor =>
    one("MatrixSetDiagV3", [input, diagonal, pair(k)], { align }, name),
);
export const cross = def(
  "tensorflow.linalg.cross",
  "a b name",
  (a: Data, b: Data, name: Name = null): Tensor => one("Cross", [a, b], {}, name),
);
/** The three diagonals of matrices, or what holds them already. */
function compact(d: Tensor, format: string): Tensor {
  if (format !== "matrix") return d;
  const [m, n] = [d.shape[d.shape.length - 1], d.shape[d.shape.length - 2]];
  if (m && n && m !== n)
    throw new ValueError(`Expected last two dimensions of diagonals to be same, got ${m} and ${n}`);
  const zero = toTensor(0, { dtype: d.dtype });
  return one("MatrixDiagPartV3", [d, toTensor([-1, 1], { dtype: int32 }), zero], { align: "LEFT_RIGHT" });
}
/** Diagonals given one by one; those beside the main one may be shorter. */
function sideBySide(list: readonly Data[]): Tensor {
  if (list.length !== 3) throw new ValueError("Expected diagonals to be a sequence of length 3.");
  const [upper, main, lower] = list.map((x) => toTensor(x)) as [Tensor, Tensor, Tensor];
  const n = main.shape[main.shape.length - 1];
  const longer = (t: Tensor, name: string, last: readonly [number, number]): Tensor => {
    const own = t.shape[t.shape.length - 1];
    if (!own || own === n) return t;
    if (own !== n! - 1)
      throw new ValueError(`Expected ${name} to be have length ${n} or ${n! - 1}, got ${own}.`);
    return one("Pad", [t, [...t.shape.slice(1).map(() => [0, 0]), last]]);
  };
  const below = longer(lower, "subdiagonal", [1, 0]);
  const above = longer(upper, "superdiagonal", [0, 1]);
  return one("Pack", [[above, main, below]], { axis: -2 });
}
export const tridiagonal_matmul = def(
  "tensorflow.linalg.tridiagonal_matmul",
  "diagonals rhs diagonals_format name",
  (diagonals: Data, rhs: Data, diagonals_format = "compact", _name: Name = null): Tensor => {
    if (!["compact", "sequence", "matrix"].includes(diagonals_format))
      throw new ValueError(`Unrecognized diagonals_format: ${diagonals_format}`);
    const parts =
      diagonals_format === "sequence"
        ? (diagonals as unknown as Data[]).map((d) => one("ExpandDims", [toTensor(d), -2]))
        : op("Split", [-2, compact(toTensor(diagonals), diagonals_format)], { num_split: 3 });
    return one("TridiagonalMatMul", [...parts, rhs]);
  },
);
export const tridiagonal_solve = def(
  "tensorflow.linalg.tridiagonal_solve",
  "diagonals rhs diagonals_format transpose_rhs conjugate_rhs name partial_pivoting perturb_singular",
  (
    diagonals: Data,
    rhs: Data,
    diagonals_format = "compact",
    transpose_rhs = false,
    conjugate_rhs = false,
    name: Name = null,
    partial_pivoting = true,
    perturb_singular = false,
  ): Tensor => {
    if (perturb_singular && !partial_pivoting)
      throw new ValueError("partial_pivoting must be True if perturb_singular is.");
    if (!["compact", "sequence", "matrix"].includes(diagonals_format))
      throw new ValueError(`Unrecognized diagonals_format: ${diagonals_format}`);
    const d =
      diagonals_format === "sequence"
        ? sideBySide(diagonals as unknown as readonly Data[])
        : compact(toTensor(diagonals), diagonals_format);
    const b = toTensor(rhs);
    const vector = b.shape.length === d.shape.length - 1;
    const turned = transpose_rhs && !vector ? matrix_transpose(b) : b;
    const plain = conjugate_rhs && turned.dtype.is_complex ? one("Conj", [turned]) : turned;
    const own = vector ? one("ExpandDims", [plain, -1]) : plain;
    if (d.shape[d.shape.length - 2] !== 3 && d.shape[d.shape.length - 2] !== null)
      throw new ValueError(`Expected 3 diagonals got ${d.shape[d.shape.length - 2]}`);
    const [n, m] = [d.shape[d.shape.length - 1], own.shape[own.shape.length - 2]];
    if (n && m && n !== m)
      throw new ValueError(
        `Expected number of left-hand sided and right-hand sides to be equal, got ${n} and ${m}`,
      );
    const y = one("TridiagonalSolve", [d, own], { partial_pivoting, perturb_singular }, name);
    return vector ? one("Squeeze", [y], { squeeze_dims: [-1] }) : y;
  },
);
/** Norms of vectors or matrices. */
export const norm = def(
  "tensorflow.norm",
  "tensor ord axis keepdims name",
  (
    tensor: Data,
    ord: number | string = "euclidean",
    axis: Axis = null,
    keepdims: boolean | null = null,
    _name: Name = null,
  ): Tensor => {
    const x = toTensor(tensor);
    const matrix = Array.isArray(axis) && axis.length === 2;
    const known = matrix ? ["euclidean", "fro"] : ["euclidean"];
    if (typeof ord === "string" && !known.includes(ord))
      throw new ValueError(
        matrix
          ? `'ord' must be a supported matrix norm in ['euclidean', 'fro', 1, 2, inf], got ${ord}`
          : `'ord' must be a supported vector norm, got ${ord}`,
      );
    const keep = { keep_dims: true };
    const over = axesFor(x, axis);
    let y: Tensor;
    if (ord === "euclidean" || ord === "fro" || (ord === 2 && !matrix))
      y = sqrt(one("Sum", [multiply(x, conj(x)), over], keep));
    else if (matrix && ord === 2) {
      const s = svd(x, false, false) as Tensor;
      y = reduce_max(s, -1);
      const dims = axis as readonly number[];
      return keepdims
        ? dims
            .slice()
            .sort()
            .reduce((v, d) => one("ExpandDims", [v, d]), y)
        : y;
    } else if (matrix && (ord === 1 || ord === Number.POSITIVE_INFINITY)) {
      const [a, b] = axis as readonly number[];
      const [inner, outer] = ord === 1 ? [a!, b!] : [b!, a!];
      y = one("Max", [one("Sum", [abs(x), inner], keep), outer], keep);
    } else if (ord === 1) y = one("Sum", [abs(x), over], keep);
    else if (ord === Number.POSITIVE_INFINITY) y = one("Max", [abs(x), over], keep);
    else {
      const p = Number(ord);
      if (matrix)
        throw new ValueError(
          `'ord' must be a supported matrix norm in ['euclidean', 'fro', 1, 2, inf], got ${ord}`,
        );
      if (!(p > 0)) throw new ValueError(`'ord' must be a supported vector norm, got ${ord}`);
      const t = abs(x);
      y = pow(
        one("Sum", [pow(t, toTensor(p, { dtype: t.dtype })), over], keep),
        toTensor(1 / p, { dtype: t.dtype }),
      );
    }
    if (keepdims) return y;
    if (axis === null)
      return one("Squeeze", [y], { squeeze_dims: Array.from({ length: x.shape.length }, (_, i) => i) });
    return one("Squeeze", [y], {
      squeeze_dims: Array.isArray(axis) ? [...(axis as number[])] : [Number(axis)],
    });
  },
);
export const normalize = def(
  "tensorflow.linalg.normalize",
  "tensor ord axis name",
  (
    tensor: Data,
    ord: number | string = "euclidean",
    axis: Axis = null,
    _name: Name = null,
  ): Tuple<Tensor> => {
    const x = toTensor(tensor);
    const n = norm(x, ord, axis, true);
    return Tuple.of_([divide(x, n), n]);
  },
);
export const global_norm = def(
  "tensorflow.linalg.global_norm",
  "t_list name",
  (t_list: readonly (Data | null)[], _name: Name = null): Tensor => {
    const parts = t_list.filter((t): t is Data => t !== null).map((t) => one("L2Loss", [toTensor(t)]));
    if (parts.length === 0) return toTensor(0, { dtype: float32 });
    const total = reduce_sum(one("Pack", [parts]), null);
    return sqrt(multiply(total, toTensor(2, { dtype: total.dtype })));
  },
);
/** Products of tensors over named axes. */
export const einsum = def(
  "tensorflow.einsum",
  "equation ...inputs name optimize",
  (equation: string, inputs: readonly Data[], name: Name = null, _optimize: string | null = null): Tensor => {
    const like = inputs.find(isTensor);
    const list = inputs.map((x) => (isTensor(x) ? x : toTensor(x, like ? { dtype: typeOf(like) } : {})));
    const floats = list.find((t) => typeOf(t).is_floating);
    const own = floats && !like ? list.map((t) => cast(t, typeOf(floats))) : list;
    const named = equation.replace(/\s+/g, "");
    return one("Einsum", [own], { equation: named.includes("->") ? named : completed(named) }, name);
  },
);
/** An equation without its right side: the letters that occur once, in order. */
function completed(equation: string): string {
  const letters = equation.replace(/[^a-zA-Z]/g, "");
  const once = [...new Set(letters)]
    .filter((c) => letters.split(c).length === 2)
    .sort()
    .join("");
  return `${equation}->${equation.includes("...") ? "..." : ""}${once}`;
}
/** Sums of products over axes of two tensors. */
export const tensordot = def(
  "tensorflow.tensordot",
  "a b axes name",
  (a: Data, b: Data, axes: number | readonly unknown[] | Tensor, _name: Name = null): Tensor => {
    const x = toTensor(a);
    const y = toTensor(b, isTensor(b) ? {} : { dtype: x.dtype });
    const [m, n] = [x.shape.length, y.shape.length];
    const given = isTensor(axes)
      ? (toTensor(axes).tolist() as number | number[][])
      : (axes as number | readonly unknown[]);
    let left: number[];
    let right: number[];
    if (typeof given === "number") {
      if (given < 0) throw new ValueError(`\`axes\` must be at least 0. Received: ${given}.`);
      if (given > m)
        throw new ValueError(
          `\`axes\` must not be larger than the number of dimensions of tensor ${String(x)}.  Received ${given}, vs tensor dimensions ${m}.`,
        );
      left = Array.from({ length: given }, (_, i) => m - given + i);
      right = Array.from({ length: given }, (_, i) => i);
    } else {
      if (given.length !== 2)
        throw new ValueError(`\`axes\` must be an integer or have length 2. Received ${String(given)}.`);
      const list = (v: unknown): number[] => (Array.isArray(v) ? v.map(Number) : [Number(v)]);
      [left, right] = [list(given[0]), list(given[1])];
      if (left.length !== right.length)
        throw new ValueError(
          `Different number of contraction axes \`a\` and \`b\`, ${left.length} != ${right.length}.`,
        );
    }
    left = left.map((i) => (i < 0 ? i + m : i));
    right = right.map((i) => (i < 0 ? i + n : i));
    const freeA = Array.from({ length: m }, (_, i) => i).filter((i) => !left.includes(i));
    const freeB = Array.from({ length: n }, (_, i) => i).filter((i) => !right.includes(i));
    const [xs, ys] = [[...x.shape], [...y.shape]] as [(number | null)[], (number | null)[]];
    const known = [...xs, ...ys].every((d) => d !== null);
    const turn = (t: Tensor, perm: number[]): Tensor =>
      perm.every((p, i) => p === i) ? t : one("Transpose", [t, toTensor(perm, { dtype: int32 })]);
    const product = (list: (number | null)[], at: number[]): number =>
      at.some((i) => list[i] === null) ? -1 : at.reduce((p, i) => p * list[i]!, 1);
    const [k, p, q] = [product(xs, left), product(xs, freeA), product(ys, freeB)];
    const A = reshape(turn(x, [...freeA, ...left]), [p, k === -1 ? product(ys, right) : k]);
    const B = reshape(turn(y, [...right, ...freeB]), [k === -1 ? product(ys, right) : k, q]);
    const out = matmul(A, B);
    const full = [...freeA.map((i) => xs[i]!), ...freeB.map((i) => ys[i]!)];
    if (known || full.filter((d) => d === null).length <= 1)
      return reshape(
        out,
        full.map((d) => d ?? -1),
      );
    const dims = [
      one("GatherV2", [shape(x), toTensor(freeA, { dtype: int32 }), 0]),
      one("GatherV2", [shape(y), toTensor(freeB, { dtype: int32 }), 0]),
    ];
    return one("Reshape", [out, one("ConcatV2", [dims, 0])]);
  },
);
export const pinv = def(
  "tensorflow.linalg.pinv",
  "a rcond validate_args name",
  (a: Data, rcond: number | null = null, _validate = false, _name: Name = null): Tensor => {
    const x = toTensor(a);
    const eps = x.dtype.name === "float64" ? 2.220446049250313e-16 : 1.1920928955078125e-7;
    const cut = rcond ?? 10 * Math.max(...[...x.shape].slice(-2)) * eps;
    const [s, u, v] = op("Svd", [x], { compute_uv: true, full_matrices: false }) as [Tensor, Tensor, Tensor];
    const limit = multiply(cut, reduce_max(s, -1, true));
    const kept = where(one("Greater", [s, limit]), one("Reciprocal", [s]), one("ZerosLike", [s]));
    return matmul(multiply(v, one("ExpandDims", [kept, -2])), u, false, false, false, true);
  },
);
export const matrix_rank = def(
  "tensorflow.linalg.matrix_rank",
  "a tol validate_args name",
  (a: Data, tol: number | null = null, _validate = false, _name: Name = null): Tensor => {
    const x = toTensor(a);
    const s = svd(x, false, false) as Tensor;
    const eps = x.dtype.name === "float64" ? 2.220446049250313e-16 : 1.1920928955078125e-7;
    const limit =
      tol !== null
        ? toTensor(tol, { dtype: s.dtype })
        : multiply(eps * Math.max(...[...x.shape].slice(-2)), reduce_max(s, -1, true));
    return reduce_sum(cast(one("Greater", [s, limit]), int32), -1);
  },
);

/** A triangular system whose matrix is given by its bands [..., bands, n]. */
export const banded_triangular_solve = def(
  "tensorflow.linalg.banded_triangular_solve",
  "bands rhs lower adjoint name",
  (bands: Data, rhs: Data, lower = true, adjoint = false, name: Name = null): Tensor => {
    const x = toTensor(bands);
    const [k, n] = [...x.shape].slice(-2) as [number, number];
    const lead = [...x.shape].slice(0, -2) as number[];
    const zeros = one("Fill", [toTensor([...lead, n, n], { dtype: int32 }), toTensor(0, { dtype: x.dtype })]);
    const band = toTensor(lower ? [1 - k, 0] : [0, k - 1], { dtype: int32 });
    const diagonals = k === 1 ? one("Reshape", [x, [...lead, n]]) : x;
    const matrix = one(
      "MatrixSetDiagV3",
      [zeros, diagonals, k === 1 ? toTensor(0, { dtype: int32 }) : band],
      {
        align: "LEFT_RIGHT",
      },
    );
    return one(
      "MatrixTriangularSolve",
      [matrix, toTensor(rhs, { dtype: x.dtype })],
      { lower, adjoint },
      name,
    );
  },
);
/** Eigenvalues (and vectors) of a Hermitian matrix by its diagonal and the one below: all, a range, or an interval. */
export const eigh_tridiagonal = def(
  "tensorflow.linalg.eigh_tridiagonal",
  "alpha beta eigvals_only select select_range tol name",
  (
    alpha: Data,
    beta: Data,
    eigvals_only = true,
    select = "a",
    select_range: readonly number[] | null = null,
    _tol: unknown = null,
    _name: Name = null,
  ): Tensor | Tuple<Tensor> => {
    const [a, b] = [toTensor(alpha), toTensor(beta)];
    if (a.dtype !== b.dtype) throw new ValueError("'alpha' and 'beta' must have the same type.");
    if (!["a", "i", "v"].includes(select))
      throw new ValueError("'select must have a value in {'a', 'i', 'v'}.");
    const n = a.shape[0]!;
    const zeros = one("Fill", [toTensor([n, n], { dtype: int32 }), toTensor(0, { dtype: a.dtype })]);
    const put = (m: Tensor, d: Tensor, k: number): Tensor =>
      one("MatrixSetDiagV3", [m, d, toTensor(k, { dtype: int32 })]);
    const upper = b.dtype.is_complex ? one("Conj", [b]) : b;
    const matrix = n > 1 ? put(put(put(zeros, a, 0), b, -1), upper, 1) : put(zeros, a, 0);
    const [e, v] = op("SelfAdjointEigV2", [matrix], { compute_v: true }) as [Tensor, Tensor];
    const values = e.dtype.is_complex ? one("Real", [e], { Tout: e.dtype.real_dtype }) : e;
    const list = values.tolist() as number[];
    const [low, high] = select_range ?? [0, n - 1];
    const kept = list.flatMap((x, i) =>
      select === "a" || (select === "i" ? i >= low! && i <= high! : x >= low! && x < high!) ? [i] : [],
    );
    const pick = (t: Tensor, axis: number): Tensor =>
      select === "a" ? t : one("GatherV2", [t, toTensor(kept, { dtype: int32 }), axis]);
    return eigvals_only ? pick(values, 0) : Tuple.of_([pick(values, 0), pick(v, 1)]);
  },
);
