import { complex128, type DType, float64, isComplex, isDifferentiable } from "../../dtype/dtype.js";
import { DTypeError, ShapeError } from "../../errors/errors.js";
import type { Lanes } from "../../linalg/vector.js";
import { broadcastTo } from "../../strided/broadcast.js";
import { copyInto } from "../../strided/copy.js";
import { type Shape, Strided, sizeOf } from "../../strided/strided.js";
import type { Value } from "../value.js";

/** The matrices of an array's last two axes, copied to float64 (complex numbers interleaved), row-major. */
export interface Matrices {
  readonly lanes: Lanes;
  readonly dtype: DType;
  readonly m: number;
  readonly n: number;
  /** The axes before. */
  readonly lead: Shape;
  readonly count: number;
  readonly data: Float64Array;
  /** Matrix number `k`, the copy's own memory. */
  at(k: number): Float64Array;
}

/** All elements in float64, complex numbers interleaved, row-major; always a copy. */
export function wide(x: Strided, lanes: Lanes = x.dtype.lanes): Float64Array {
  const out = new Float64Array(x.size * lanes);
  if (x.size > 0) copyInto(Strided.over(out, lanes === 2 ? complex128 : float64, x.shape), x);
  return out;
}

/** Opens the matrices of `x`; its leading axes stretch to `lead` where that is given. */
export function matricesOf(
  op: string,
  x: Strided,
  { square = false, lead, arg = "x" }: { square?: boolean; lead?: Shape; arg?: string } = {},
): Matrices {
  const [m, n] = [x.shape[x.rank - 2]!, x.shape[x.rank - 1]!];
  if (x.rank < 2) throw new ShapeError(op, arg, x.shape, "at least two axes");
  if (square && m !== n) throw new ShapeError(op, arg, x.shape, "square matrices");
  if (!isDifferentiable(x.dtype)) throw new DTypeError(op, arg, x.dtype.name, "a floating or complex type");
  const stretched = lead ? broadcastTo(x, [...lead, m, n]) : x;
  const outer = stretched.shape.slice(0, -2);
  const data = wide(stretched);
  const { lanes } = x.dtype;
  const step = m * n * lanes;
  return {
    lanes,
    dtype: x.dtype,
    m,
    n,
    lead: outer,
    count: sizeOf(outer),
    data,
    at: (k) => data.subarray(k * step, (k + 1) * step),
  };
}

/** Float64 numbers as an array of a type; they are taken over where they have that type already. */
export function narrowed(data: Float64Array, dtype: DType, shape: Shape): Strided {
  if (dtype === float64 || dtype === complex128) return Strided.over(data, dtype, shape);
  const y = Strided.zeros(dtype, shape);
  if (y.size > 0) copyInto(y, Strided.over(data, dtype.lanes === 2 ? complex128 : float64, shape));
  return y;
}

/** Room for one result a matrix: `size` elements each. */
export interface Results {
  readonly data: Float64Array;
  at(k: number): Float64Array;
  done(): Strided;
}

export function resultsFor({ lead, count }: Matrices, dtype: DType, tail: Shape): Results {
  const step = sizeOf(tail) * dtype.lanes;
  const data = new Float64Array(count * step);
  return {
    data,
    at: (k) => data.subarray(k * step, (k + 1) * step),
    done: () => narrowed(data, dtype, [...lead, ...tail]),
  };
}

/** Whole numbers, some a matrix. */
export function integersFor(
  { lead, count }: Matrices,
  dtype: DType,
  tail: Shape,
): { at(k: number): Int32Array; done(): Strided } {
  const step = sizeOf(tail);
  const data = new Int32Array(count * step);
  return {
    at: (k) => data.subarray(k * step, (k + 1) * step),
    done: () => {
      const y = Strided.zeros(dtype, [...lead, ...tail]);
      const out = y.data;
      for (let i = 0; i < data.length; i++) out[i] = dtype.big ? BigInt(data[i]!) : data[i]!;
      return y;
    },
  };
}

/** The last two axes exchanged. */
export const transposed = (x: Value): Value => {
  const n = x.shape.length;
  return x.permute({ axes: x.shape.map((_, i) => (i === n - 1 ? n - 2 : i === n - 2 ? n - 1 : i)) });
};

/** The conjugate transpose of the last two axes. */
export const adjoint = (x: Value): Value => (isComplex(x.dtype) ? transposed(x).conj() : transposed(x));

/** The diagonal of the last two axes. */
export const diagonalOf = (x: Value, offset = 0): Value => x.diagonal({ offset, dim1: -2, dim2: -1 });

/** Columns of matrices multiplied by the numbers of a vector each. */
export const timesColumns = (x: Value, d: Value): Value =>
  x.mul(d.reshape({ shape: [...d.shape.slice(0, -1), 1, d.shape[d.shape.length - 1]!] }));

/** Rows of matrices multiplied by the numbers of a vector each. */
export const timesRows = (x: Value, d: Value): Value => x.mul(d.reshape({ shape: [...d.shape, 1] }));

/** Square matrices with the numbers of a vector on their diagonal. */
export function diagonalMatrix(d: Value): Value {
  const n = d.shape[d.shape.length - 1]!;
  const zeros = d.full([...d.shape, n], 0);
  return zeros.viewScatter(d, { chain: [{ op: "diagonal", params: { dim1: -2, dim2: -1 } }] });
}

/** The same numbers in the type of another value: a real one becomes complex beside complex numbers. */
export const like = (x: Value, other: Value): Value =>
  isComplex(other.dtype) && !isComplex(x.dtype) ? x.cast({ dtype: other.dtype }) : x;

/** The real part where a value is complex and the other is real. */
export const backTo = (dtype: DType, x: Value): Value =>
  isComplex(x.dtype) && !isComplex(dtype) ? x.real() : x;

/** Half of x + xᴴ. */
export const hermitian = (x: Value): Value => x.add(adjoint(x)).mul(0.5);

/** Positions from … to − 1 of one axis. */
export const span = (x: Value, dim: number, from: number, to: number): Value =>
  x.slice({ dim: dim < 0 ? dim + x.shape.length : dim, start: from, step: 1, length: to - from });
