import { eye, ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, callMany, Value } from "@cognate/tensor";
import { deliver, deliverAll, type Int, int, ints, named, shown, valueOf } from "../ops/args.js";
import { castValue } from "../ops/operands.js";
import { reshapeOf } from "../ops/views.js";
import * as returned from "../return-types.js";
import { Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { singular } from "./errors.js";
import { adjointOf, checkMatrix, factor, inFloat, matrixOf, sameType, transposed } from "./matrix.js";

type Outs = readonly Tensor[] | null;
type Out = Tensor | null;

const unitMatrix = (x: Value): Value => new Value(eye(x.dtype, x.shape[x.shape.length - 1]!));

/** The first matrix whose info is not 0, and that info. */
function firstBad(info: Value): [number, number] | null {
  const all = wrap(info).flatten().tolist() as number[];
  const k = all.findIndex((v) => v !== 0);
  return k < 0 ? null : [k, all[k]!];
}

/** Inverses by LU factors; `info` tells the first zero pivot. */
function inverseWithInfo(x: Value): [Value, Value] {
  const [lu, pivots, info] = callMany(ops.luFactor, [x], undefined) as [Value, Value, Value];
  const y = call(ops.luSolve, [lu, pivots, unitMatrix(x)], undefined);
  return [named(y, "LinalgInvExBackward0"), info];
}

/** The inverses of square matrices. @throws LinAlgError for singular ones */
export const inv = def("torch.linalg.inv", "A|input * out", (A: TensorLike, out: Out = null): Tensor => {
  const x = matrixOf("linalg.inv", A, { square: true });
  return deliver(named(factor("linalg.inv", ops.inv, [x], undefined), "LinalgInvExBackward0"), out);
});

/** {@link inv}. */
export const inverse = def(
  "torch.inverse",
  "input * out",
  (input: TensorLike, out: Out = null): Tensor => inv.impl(input, out),
);

/** {@link inv} that tells by `info` where a matrix is singular. */
export const inv_ex = def(
  "torch.linalg.inv_ex",
  "A|input * check_errors out",
  (A: TensorLike, check_errors = false, out: Outs = null): returned.InvEx => {
    const x = matrixOf("linalg.inv_ex", A, { square: true });
    const [y, info] = inverseWithInfo(x);
    const bad = check_errors ? firstBad(info) : null;
    if (bad) throw singular("linalg.inv_ex", ...bad, x.shape.length > 2);
    return returned.linalg_inv_ex.make(deliverAll([y, info], out));
  },
);

/** Whether B is one vector (or a batch of them) rather than matrices. */
const isVector = (a: Value, b: Value): boolean =>
  b.shape.length === 1 ||
  (b.shape.length === a.shape.length - 1 && b.shape.every((n, i) => n === a.shape[i]));

/** A, B as matrices, and whether B was a vector. @throws RuntimeError where they do not fit */
function system(op: string, A: TensorLike, B: TensorLike, left: boolean): [Value, Value, boolean] {
  const x = matrixOf(op, A, { square: true });
  const [a, given] = sameType(op, x, valueOf(B));
  const vector = isVector(a, given);
  if (vector && !left)
    throw new RuntimeError(
      `${op}: Vector broadcasting of the left hand side is not supported for left=False. In this case linalg.solve is equivalent to B / A.squeeze(-1)`,
    );
  const b = vector ? reshapeOf(given, [...given.shape, 1]) : given;
  if (!vector) checkMatrix(op, b, { arg: "B" });
  const n = b.shape[b.shape.length - (left ? 2 : 1)];
  if (n !== a.shape[a.shape.length - 1])
    throw new RuntimeError(
      `${op}: Incompatible shapes of A and B for the equation ${left ? "AX = B" : "XA = B"} (${a.shape.slice(-2).join("x")} and ${b.shape.slice(-2).join("x")})`,
    );
  return [a, b, vector];
}

const asVector = (y: Value, vector: boolean): Value => (vector ? reshapeOf(y, y.shape.slice(0, -1)) : y);

function solved(op: string, A: TensorLike, B: TensorLike, left: boolean): Value {
  const [a, b, vector] = system(op, A, B, left);
  const y = left
    ? factor(op, ops.solve, [a, b], undefined)
    : transposed(factor(op, ops.solve, [transposed(a), transposed(b)], undefined));
  return named(asVector(y, vector), "LinalgSolveExBackward0");
}

/**
 * X with A·X = B (or X·A = B); leading axes stretch. B may be a vector.
 *
 * @throws LinAlgError where A is singular
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.linalg.solve(torch.tensor([[2, 0], [0, 4]]), torch.tensor([1, 1]))); // prints tensor([0.5000, 0.2500])
 * ```
 */
export const solve = def(
  "torch.linalg.solve",
  "A|input B|other * left out",
  (A: TensorLike, B: TensorLike, left = true, out: Out = null): Tensor =>
    deliver(solved("linalg.solve", A, B, left), out),
);

/** {@link solve} that tells by `info` where A is singular. */
export const solve_ex = def(
  "torch.linalg.solve_ex",
  "A|input B|other * left check_errors out",
  (A: TensorLike, B: TensorLike, left = true, check_errors = false, out: Outs = null): returned.SolveEx => {
    const [a, b, vector] = system("linalg.solve_ex", A, B, left);
    const [lu, pivots, info] = callMany(ops.luFactor, [left ? a : transposed(a)], undefined) as Value[];
    const bad = check_errors ? firstBad(info!) : null;
    if (bad) throw singular("linalg.solve", ...bad, a.shape.length > 2);
    const y = call(ops.luSolve, [lu!, pivots!, left ? b : transposed(b)], undefined);
    const x = named(asVector(left ? y : transposed(y), vector), "LinalgSolveExBackward0");
    return returned.linalg_solve_ex.make(deliverAll([x, info!], out));
  },
);

/** X with A·X = B (or X·A = B) for a triangular A. */
export const solve_triangular = def(
  "torch.linalg.solve_triangular",
  "A|input B * upper left unitriangular out",
  (
    A: TensorLike,
    B: TensorLike,
    upper: boolean,
    left = true,
    unitriangular = false,
    out: Out = null,
  ): Tensor => {
    const op = "linalg.solve_triangular";
    const x = matrixOf(op, A, { square: true });
    const [a, b] = sameType(op, x, valueOf(B));
    checkMatrix(op, b, { arg: "B" });
    if (b.shape[b.shape.length - (left ? 2 : 1)] !== a.shape[a.shape.length - 1])
      throw new RuntimeError(
        `${op}: Incompatible shapes of A and B for the equation ${left ? "AX = B" : "XA = B"} (${a.shape.slice(-2).join("x")} and ${b.shape.slice(-2).join("x")})`,
      );
    const params = { upper: left ? upper : !upper, unit: unitriangular };
    const y = left
      ? call(ops.solveTriangular, [a, b], params)
      : transposed(call(ops.solveTriangular, [transposed(a), transposed(b)], params));
    return deliver(named(y, "LinalgSolveTriangularBackward0"), out);
  },
);

/** {@link solve_triangular} by its old name, B first; also gives A back. */
export const triangular_solve = def(
  "torch.triangular_solve",
  "b|input A upper transpose unitriangular * out",
  (
    b: TensorLike,
    A: TensorLike,
    upper = true,
    transpose = false,
    unitriangular = false,
    out: Outs = null,
  ) => {
    const [a, right] = [valueOf(A), valueOf(b)];
    const params = { upper: transpose ? !upper : upper, unit: unitriangular };
    const y = call(ops.solveTriangular, [transpose ? transposed(a) : a, right], params);
    const clone = call(ops.cast, [a], { dtype: a.dtype, copy: true });
    named(y, "TriangularSolveBackward0");
    return returned.triangular_solve.make(deliverAll([y, clone], out));
  },
);

/** X with A·X = B from compact LU factors. */
export const lu_solve = def(
  "torch.linalg.lu_solve",
  "LU pivots B * left adjoint out",
  (
    LU: TensorLike,
    pivots: TensorLike,
    B: TensorLike,
    left = true,
    adjoint = false,
    out: Out = null,
  ): Tensor => {
    const [lu, p, b] = [matrixOf("torch.linalg.lu_solve", LU, { square: true }), valueOf(pivots), valueOf(B)];
    // X·A = B is Aᴴ·Xᴴ = Bᴴ.
    const y = left
      ? call(ops.luSolve, [lu, p, b], { adjoint })
      : adjointOf(call(ops.luSolve, [lu, p, adjointOf(b)], { adjoint: !adjoint }));
    return deliver(named(y, "LinalgLuSolveBackward0"), out);
  },
);

/** {@link lu_solve} by its old name, B first. */
export const oldLuSolve = def(
  "torch.lu_solve",
  "b|input LU_data LU_pivots * out",
  (b: TensorLike, LU_data: TensorLike, LU_pivots: TensorLike, out: Out = null): Tensor =>
    lu_solve.impl(LU_data, LU_pivots, b, true, false, out),
);

/** Tolerances of {@link pinv}: numbers, or one a matrix. */
export type Tolerance = number | Number | Tensor | null;

/** A tolerance in the real type of `x`. */
export const toleranceOf = (t: Tolerance): Value | number | null =>
  t === null ? null : t instanceof Tensor ? (t._value.detach() as Value) : Number(t);

/** ε·max(m, n), what PyTorch takes where no tolerance is given. */
export const defaultRtol = (x: Value): number =>
  (x.dtype.itemsize / x.dtype.lanes === 4 ? 2 ** -23 : 2 ** -52) * Math.max(...x.shape.slice(-2));

/** The rtol that holds: the default one where neither tolerance is given. */
export const rtolOf = (x: Value, atol: Tolerance, rtol: Tolerance): Value | number | null => {
  if (rtol !== null) return toleranceOf(rtol);
  if (atol === null) return defaultRtol(x);
  if (!(atol instanceof Tensor)) return Number(atol) > 0 ? 0 : defaultRtol(x);
  // One a matrix: the default where its atol is zero.
  const a = castValue(atol._value.detach() as Value, x.dtype.kind === "complex" ? x.dtype : x.dtype);
  return (a.full([], 0) as Value).where(a.gt(0), a.full([], defaultRtol(x))) as Value;
};

/**
 * The pseudo-inverses (Moore and Penrose); singular values up to max(atol, rtol·σ₁) count as zero.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.linalg.pinv(torch.tensor([[2.5, 0], [0, 0]])));
 * // prints
 * // tensor([[0.4000, 0.0000],
 * //         [0.0000, 0.0000]])
 * ```
 */
export const pinv = def(
  "torch.linalg.pinv",
  "input|A rcond hermitian * atol rtol out",
  (
    input: TensorLike,
    rcond: Tolerance = null,
    hermitian = false,
    atol: Tolerance = null,
    rtol: Tolerance = null,
    out: Out = null,
  ): Tensor => {
    const v = valueOf(input);
    if (v.shape.length < 2)
      throw new RuntimeError(
        `linalg.pinv(${v.dtype.name === "float64" ? "Double" : "Float"}{${shown(v.shape)}}): expected a tensor with 2 or more dimensions of float, double, cfloat or cdouble types`,
      );
    const x = inFloat("linalg.pinv", v);
    if (x.shape.slice(-2).includes(0)) return deliver(named(transposed(x), "LinalgPinvBackward0"), out);
    const relative = rtolOf(x, atol, rtol ?? rcond);
    const y = factor(
      "linalg.svd",
      ops.pinv,
      [x, toleranceOf(atol) as Value | null, relative as Value | null],
      {
        hermitian,
      },
    );
    return deliver(named(y, "LinalgPinvBackward0"), out);
  },
);

/** {@link pinv}. */
export const pinverse = def(
  "torch.pinverse",
  "input rcond",
  (input: TensorLike, rcond: Tolerance = 1e-15): Tensor => pinv.impl(input, rcond, false, null, null, null),
);

/**
 * The X of least length that minimises ‖A·X − B‖. `driver`: `"gelsy"` (default), `"gels"`, `"gelsd"`, `"gelss"`; what the
 * first two do not compute stays empty, as in PyTorch.
 */
export const lstsq = def(
  "torch.linalg.lstsq",
  "A|input B|b rcond * driver out",
  (
    A: TensorLike,
    B: TensorLike,
    rcond: number | Number | null = null,
    driver: string | null = null,
    out: Outs = null,
  ): returned.Lstsq => {
    const op = "torch.linalg.lstsq";
    const [x, given] = [valueOf(A), valueOf(B)];
    if (x.shape.length < 2) throw new RuntimeError(`${op}: input must have at least 2 dimensions.`);
    if (given.shape.length < 1) throw new RuntimeError(`${op}: other must have at least 1 dimension.`);
    const [p, q] = sameType(op, inFloat(op, x), given, ["input", "other"]);
    const which = driver ?? "gelsy";
    if (!["gels", "gelsy", "gelsd", "gelss"].includes(which))
      throw new RuntimeError(`${op}: parameter \`driver\` should be one of (gels, gelsy, gelsd, gelss)`);
    const vector = p.shape.length - 1 === q.shape.length && q.shape.every((n, i) => n === p.shape[i]);
    const b = vector ? reshapeOf(q, [...q.shape, 1]) : q;
    const [m, n] = p.shape.slice(-2) as [number, number];
    if (b.shape[b.shape.length - 2] !== m)
      throw new RuntimeError(`${op}: input.size(-2) should match other.size(-2)`);
    const cut = rcond === null ? defaultRtol(p) : Number(rcond);
    const [y, residuals, rank, s] = callMany(ops.lstsq, [p, b], { rcond: cut }) as Value[];
    named(y!, "LinalgLstsqBackward0");
    const none = (like: Value): Value => like.full([0], 0) as Value;
    const fullRank = (wrap(rank!).flatten().tolist() as number[]).every((r) => r === n);
    const [withResiduals, withRank] = [m > n && which !== "gelsy" && fullRank, which !== "gels"];
    return returned.linalg_lstsq.make(
      deliverAll(
        [
          asVector(y!, vector),
          withResiduals ? residuals! : none(residuals!),
          withRank ? rank! : none(rank!),
          which === "gelsd" || which === "gelss" ? (s!.detach() as Value) : none(s!),
        ],
        out,
      ),
    );
  },
);

/** The inverse of a tensor seen as a matrix of its first `ind` axes by the others. */
export const tensorinv = def(
  "torch.linalg.tensorinv",
  "input|A ind * out",
  (input: TensorLike, ind: Int = 2, out: Out = null): Tensor => {
    const x = valueOf(input);
    const k = int(ind);
    if (k <= 0) throw new RuntimeError("Expected a strictly positive integer for 'ind'");
    const [rows, columns] = [x.shape.slice(0, k), x.shape.slice(k)];
    const size = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);
    if (size(rows) !== size(columns))
      throw new RuntimeError(
        `Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got ${size(columns)} != ${size(rows)}`,
      );
    const matrix = inFloat("linalg.inv", reshapeOf(x, [size(columns), size(rows)]));
    const y = factor("linalg.inv", ops.inv, [matrix], undefined);
    return deliver(named(reshapeOf(y, [...columns, ...rows]), "ViewBackward0"), out);
  },
);

/** X with Σ A·X = B over all axes of X. */
export const tensorsolve = def(
  "torch.linalg.tensorsolve",
  "input|A other|B dims * out",
  (input: TensorLike, other: TensorLike, dims: readonly Int[] | null = null, out: Out = null): Tensor => {
    let [a, b] = [valueOf(input), valueOf(other)];
    if (dims !== null) {
      const last = ints([dims]).map((d) => (d < 0 ? d + a.shape.length : d));
      const axes = [...a.shape.keys()].filter((i) => !last.includes(i)).concat(last);
      a = call(ops.permute, [a], { axes });
    }
    const shape = a.shape.slice(b.shape.length);
    const size = shape.reduce((p, q) => p * q, 1);
    if (size !== b.size)
      throw new RuntimeError(
        `Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), but got ${size} != ${b.size}`,
      );
    const matrix = wrap(reshapeOf(a, [size, size]));
    const y = solved("linalg.solve", matrix, wrap(reshapeOf(b, [b.size])), true);
    return deliver(named(reshapeOf(y, shape), "ViewBackward0"), out);
  },
);
