import {
  bool,
  EinsumError,
  int8,
  int32,
  einsum as kernelEinsum,
  tensordot as kernelTensordot,
  ops,
} from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue } from "../../backend/create.js";
import { reword } from "../../backend/errors.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, compute, op, promoted } from "../make.js";

/*
 * Products of matrices and tensors.
 */

const reshaped = (v: Value, shape: readonly number[]): Value => apply(ops.reshape, [v], { shape });

/** Both in the type of the result; bools multiply as integers do and come back. */
function pair(x1: TensorLike, x2: TensorLike): { a: Value; b: Value; back: (y: Value) => Tensor } {
  const { values, type } = promoted([x1, x2]);
  if (type !== bool) return { a: values[0]!, b: values[1]!, back: wrap };
  const [a, b] = values.map((v) => castValue(v, int32));
  return { a: a!, b: b!, back: (y) => wrap(castValue(y, bool)) };
}

/** Matrix product with NumPy's rules for vectors and stacks. */
function product(a: Value, b: Value): Value {
  const [m, n] = [a.shape.length, b.shape.length];
  const left = m === 1 ? reshaped(a, [1, a.shape[0]!]) : a;
  const right = n === 1 ? reshaped(b, [b.shape[0]!, 1]) : b;
  try {
    const y = apply(ops.matmul, [left, right], undefined);
    if (m > 1 && n > 1) return y;
    const rank = y.shape.length;
    return reshaped(
      y,
      y.shape.filter((_, i) => !(m === 1 && i === rank - 2) && !(n === 1 && i === rank - 1)),
    );
  } catch (e) {
    throw reword(e, "MatMul");
  }
}

/** The product of matrices, stacks of them broadcast. */
export const matmul = op(
  "numpy.Matmul",
  "matmul",
  "x1 x2",
  (x1: TensorLike, x2: TensorLike): Tensor => {
    const { a, b, back } = pair(x1, x2);
    if (a.shape.length === 0 || b.shape.length === 0)
      throw new ValueError("matmul: inputs must have at least one axis");
    if (a.dtype.name === "int8") return wrap(product(castValue(a, int32), castValue(b, int32)));
    return back(product(a, b));
  },
  { arity: 2 },
);

const contracted = (a: Value, b: Value, axesA: readonly number[], axesB: readonly number[]): Value =>
  kernelTensordot(
    a,
    b,
    axesA.map((i) => (i < 0 ? i + a.shape.length : i)),
    axesB.map((i) => (i < 0 ? i + b.shape.length : i)),
  ) as Value;

/** NumPy's dot: the last axis of x1 against the last but one of x2. */
export const dot = op(
  "numpy.Dot",
  "dot",
  "x1 x2",
  (x1: TensorLike, x2: TensorLike): Tensor => {
    const { a, b, back } = pair(x1, x2);
    if (a.shape.length === 0 || b.shape.length === 0) return back(apply(ops.mul, [a, b], undefined));
    return back(contracted(a, b, [-1], [b.shape.length === 1 ? -1 : -2]));
  },
  { arity: 2 },
);
/** Sums of products along the last axes. */
export const inner = op(
  "numpy.Inner",
  "inner",
  "x1 x2",
  (x1: TensorLike, x2: TensorLike): Tensor => {
    const { a, b, back } = pair(x1, x2);
    if (a.shape.length === 0 || b.shape.length === 0) return back(apply(ops.mul, [a, b], undefined));
    return back(contracted(a, b, [-1], [-1]));
  },
  { arity: 2 },
);
/** All products of elements of two lines. */
export const outer = op(
  "numpy.Outer",
  "outer",
  "x1 x2",
  (x1: TensorLike, x2: TensorLike): Tensor => {
    const { a, b, back } = pair(x1, x2);
    return back(apply(ops.mul, [reshaped(a, [a.size, 1]), reshaped(b, [b.size])], undefined));
  },
  { arity: 2 },
);
/** The sum of products of all elements. */
export const vdot = op(
  "numpy.Vdot",
  "vdot",
  "x1 x2",
  (x1: TensorLike, x2: TensorLike): Tensor => {
    const { a, b, back } = pair(x1, x2);
    return back(contracted(reshaped(a, [a.size]), reshaped(b, [b.size]), [0], [0]));
  },
  { arity: 2 },
);
/** Sums of products over so many last and first axes, or over the axes named. */
export const tensordot = op(
  "numpy.Tensordot",
  "tensordot",
  "x1 x2 axes",
  (x1: TensorLike, x2: TensorLike, axes: number | readonly (number | readonly number[])[] = 2): Tensor => {
    const { a, b, back } = pair(x1, x2);
    if (typeof axes === "number") {
      const ranks = Array.from({ length: axes }, (_, i) => i);
      return back(
        contracted(
          a,
          b,
          ranks.map((i) => a.shape.length - axes + i),
          ranks,
        ),
      );
    }
    const list = (x: number | readonly number[]): readonly number[] => (typeof x === "number" ? [x] : x);
    return back(contracted(a, b, list(axes[0]!), list(axes[1]!)));
  },
  { arity: 2 },
);
/** Einstein's summation. */
export const einsum = op(
  "numpy.Einsum",
  "einsum",
  "subscripts ...operands",
  (subscripts: string, operands: readonly TensorLike[] = []): Tensor => {
    const { values, type } = promoted(operands);
    // Sums of eight-bit numbers have 32 bits.
    const given = type === int8 ? values.map((v) => castValue(v, int32)) : values;
    try {
      return wrap(kernelEinsum(subscripts, given) as Value);
    } catch (e) {
      if (e instanceof EinsumError) throw new ValueError(e.message);
      throw reword(e, "Einsum");
    }
  },
  { arity: 2 },
);
/** Kronecker's product. */
export const kron = op(
  "numpy.Kron",
  "kron",
  "x1 x2",
  (x1: TensorLike, x2: TensorLike): Tensor => {
    const { a, b, back } = pair(x1, x2);
    const rank = Math.max(a.shape.length, b.shape.length);
    const full = (v: Value): number[] => [...new Array<number>(rank - v.shape.length).fill(1), ...v.shape];
    const [m, n] = [full(a), full(b)];
    const wide = apply(
      ops.mul,
      [
        reshaped(
          a,
          m.flatMap((d) => [d, 1]),
        ),
        reshaped(
          b,
          n.flatMap((d) => [1, d]),
        ),
      ],
      undefined,
    );
    return back(
      reshaped(
        wide,
        m.map((d, i) => d * n[i]!),
      ),
    );
  },
  { arity: 2 },
);

/** Vectors at right angles to both. */
export const cross = op(
  "numpy.Cross",
  "cross",
  "x1 x2 axisa axisb axisc axis",
  (
    x1: TensorLike,
    x2: TensorLike,
    axisa = -1,
    axisb = -1,
    axisc = -1,
    axis: number | null = null,
  ): Tensor => {
    const { a, b, back } = pair(x1, x2);
    const toLast = (v: Value, from: number): Value => {
      const at = from < 0 ? from + v.shape.length : from;
      return apply(ops.permute, [v], { axes: [...v.shape.map((_, i) => i).filter((i) => i !== at), at] });
    };
    const [u, v] = [toLast(a, axis ?? axisa), toLast(b, axis ?? axisb)];
    const part = (w: Value, i: number): Value =>
      i < w.shape.at(-1)!
        ? apply(ops.reshape, [apply(ops.slice, [w], { dim: -1, start: i, step: 1, length: 1 })], {
            shape: w.shape.slice(0, -1),
          })
        : (w.full(w.shape.slice(0, -1), 0) as Value);
    const minor = (i: number, j: number): Value =>
      part(u, i)
        .mul(part(v, j))
        .sub(part(u, j).mul(part(v, i))) as Value;
    if (u.shape.at(-1) === 2 && v.shape.at(-1) === 2) return back(minor(0, 1));
    const parts = [minor(1, 2), minor(2, 0), minor(0, 1)];
    const to = axis ?? axisc;
    return back(compute(ops.stack, parts, { dim: to < 0 ? to + parts[0]!.shape.length + 1 : to })._value);
  },
  { arity: 2 },
);
