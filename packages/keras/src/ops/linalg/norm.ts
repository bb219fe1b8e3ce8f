import { ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, floating, op } from "../make.js";
import { type Axis, dimsOf } from "../numpy/reduction.js";

type Order = number | "fro" | "nuc" | null;

const root = (v: Value, dims: readonly number[], keepdim: boolean): Value =>
  v.mul(v.conj()).sum({ dims, keepdim }).sqrt() as Value;

function vectorNorm(v: Value, ord: Order, dim: number, keepdim: boolean): Value {
  const dims = { dims: [dim], keepdim };
  if (ord === null || ord === 2) return root(v, [dim], keepdim);
  if (typeof ord === "string")
    throw new ValueError(`Invalid \`ord\` argument for vector norm. Received: ord=${ord}`);
  if (ord === Infinity) return apply(ops.amax, [v.abs()], dims);
  if (ord === -Infinity) return apply(ops.amin, [v.abs()], dims);
  if (ord === 0) return v.ne(0).cast({ dtype: v.dtype }).sum(dims) as Value;
  return v
    .abs()
    .pow(Number(ord))
    .sum(dims)
    .pow(1 / Number(ord)) as Value;
}

function matrixNorm(v: Value, ord: Order, [row, column]: readonly number[], keepdim: boolean): Value {
  if (ord === null || ord === "fro") return root(v, [row!, column!], keepdim);
  if (ord === "nuc" || ord === 2 || ord === -2) {
    const rest = v.shape.map((_, i) => i).filter((i) => i !== row && i !== column);
    const s = apply(ops.svdvals, [v.permute({ axes: [...rest, row!, column!] }) as Value], undefined);
    const last = { dims: [-1] };
    const y = ord === "nuc" ? (s.sum(last) as Value) : apply(ord === 2 ? ops.amax : ops.amin, [s], last);
    return keepdim
      ? apply(ops.reshape, [y], { shape: v.shape.map((n, i) => (rest.includes(i) ? n : 1)) })
      : y;
  }
  const extreme = ord === 1 || ord === Infinity ? ops.amax : ops.amin;
  if (ord !== 1 && ord !== -1 && ord !== Infinity && ord !== -Infinity)
    throw new ValueError(`Invalid \`ord\` argument for matrix norm. Received: ord=${ord}`);
  const [inner, outer] = Math.abs(ord) === 1 ? [row!, column!] : [column!, row!];
  const sums = v.abs().sum({ dims: [inner], keepdim: true });
  const y = apply(extreme, [sums], { dims: [outer], keepdim: true });
  if (keepdim) return y;
  return apply(ops.reshape, [y], { shape: y.shape.filter((_, i) => i !== inner && i !== outer) });
}

/** The norm of vectors along an axis, or of matrices along two. */
export const norm = op(
  "linalg.Norm",
  "norm",
  "x ord axis keepdims",
  (x: TensorLike, ord: Order = null, axis: Axis = null, keepdims = false): Tensor => {
    const v = floating(x);
    const rank = v.shape.length;
    const given = dimsOf(axis, rank);
    if (given.some((a) => a < -rank || a >= rank))
      throw new ValueError(
        `All \`axis\` values must be in the range [-ndim, ndim). Received inputs with ndim=${rank}, while axis=${axis}`,
      );
    const dims = given.map((a) => (a < 0 ? a + rank : a));
    if (dims.length === 1) return wrap(vectorNorm(v, ord, dims[0]!, keepdims));
    if (dims.length === 2) return wrap(matrixNorm(v, ord, dims, keepdims));
    throw new ValueError(`Invalid axis values. Received: axis=${axis}`);
  },
);
