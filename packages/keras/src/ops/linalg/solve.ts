import { type OpRow, ops, SingularError } from "@cognate/kernel";
import { TypeError, ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { valueOf } from "../../backend/create.js";
import { kernelError } from "../../backend/errors.js";
import { type Shape, shapeText } from "../../backend/shape.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, floating, op, promoted, shapes } from "../make.js";
import { assertMatrices, assertSides, assertSquare } from "./checks.js";
import { epsilonOf } from "./factors.js";

/** A row's result; a matrix without an inverse in TensorFlow's words. */
export function invertible<P>(row: OpRow<P>, inputs: readonly Value[], params: P, name: string): Value {
  try {
    return apply(row, inputs, params);
  } catch (e) {
    if (e instanceof SingularError) throw kernelError(name, "Input matrix is not invertible.");
    throw e;
  }
}

/** The inverse of matrices. */
export const inv = op(
  "linalg.Inv",
  "inv",
  "x",
  (x: TensorLike): Tensor => {
    const v = floating(x);
    assertMatrices(v.shape);
    assertSquare(v.shape);
    return wrap(invertible(ops.inv, [v], undefined, "MatrixInverse"));
  },
  { shape: shapes.same },
);

/** A system of equations whose right sides are vectors, one axis fewer than the matrices, or matrices. */
function solved(a: TensorLike, b: TensorLike, f: (m: Value, right: Value) => Value): Tensor {
  const [m, r] = promoted([a, b], "float").values as [Value, Value];
  assertMatrices(m.shape);
  assertSquare(m.shape);
  assertSides(m.shape, r.shape, String(wrap(r)));
  if (r.shape.length !== m.shape.length - 1) return wrap(f(m, r));
  const y = f(m, apply(ops.reshape, [r], { shape: [...r.shape, 1] }));
  return wrap(apply(ops.reshape, [y], { shape: y.shape.slice(0, -1) }));
}
const ofRight = ([, b]: readonly Shape[]): Shape => b!;

/** The x with a·x = b. */
export const solve = op(
  "linalg.Solve",
  "solve",
  "a b",
  (a: TensorLike, b: TensorLike): Tensor =>
    solved(a, b, (m, r) => invertible(ops.solve, [m, r], undefined as never, "MatrixSolve")),
  { arity: 2, shape: ofRight },
);
/** The x with a·x = b of triangular matrices; the other triangle is not looked at. */
export const solve_triangular = op(
  "linalg.SolveTriangular",
  "solve_triangular",
  "a b lower",
  (a: TensorLike, b: TensorLike, lower = false): Tensor =>
    solved(a, b, (m, r) => apply(ops.solveTriangular, [m, r], { upper: !lower })),
  { arity: 2, shape: ofRight },
);

/** The x of least length that makes |a·x − b| least; singular values below `rcond` times the largest count as zero. */
export const lstsq = op(
  "linalg.Lstsq",
  "lstsq",
  "a b rcond",
  (a: TensorLike, b: TensorLike, rcond: number | null = null): Tensor => {
    const [m, given] = promoted([a, b], "float").values as [Value, Value];
    const rank = given.shape.length;
    if (m.shape[0] !== given.shape[0]) throw new ValueError("Leading dimensions of input arrays must match");
    if (m.shape.length !== 2)
      throw new TypeError(`${m.shape.length}-dimensional array given. Array must be two-dimensional`);
    if (rank !== 1 && rank !== 2)
      throw new TypeError(`${rank}-dimensional array given. Array must be one or two-dimensional`);
    const eps = epsilonOf(m);
    const cut = rcond === null ? eps * Math.max(...m.shape) : Number(rcond) < 0 ? eps : Number(rcond);
    const right = rank === 1 ? apply(ops.reshape, [given], { shape: [given.size, 1] }) : given;
    const y = m.pinv(null, valueOf(cut, m.dtype)).matmul(right) as Value;
    return wrap(rank === 1 ? apply(ops.reshape, [y], { shape: [y.size] }) : y);
  },
  {
    arity: 2,
    shape: ([a, b]) => {
      if (a!.length !== 2)
        throw new ValueError(`Expected a to have rank 2. Received: a.shape=${shapeText(a!)}`);
      if (b!.length !== 1 && b!.length !== 2)
        throw new ValueError(`Expected b to have rank 1 or 2. Received: b.shape=${shapeText(b!)}`);
      if (a![0] !== b![0])
        throw new ValueError(
          `Expected b.shape[0] to be equal to a.shape[0]. Received: a.shape=${shapeText(a!)}, b.shape=${shapeText(b!)}`,
        );
      return [a![1]!, ...b!.slice(1)];
    },
  },
);
