import { copyInto, type DType, Strided } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import type { Order } from "./types.js";

/** Column-major strides: the first axis runs fastest. */
export function fortranStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = 0; i < shape.length; i++) {
    strides[i] = step;
    step *= Math.max(shape[i]!, 1);
  }
  return strides;
}

/** Whether elements lie in column-major order without gaps. */
export function isFortran({ shape, strides, size }: Strided): boolean {
  if (size === 0) return true;
  let step = 1;
  for (let i = 0; i < shape.length; i++) {
    if (shape[i] !== 1 && strides[i] !== step) return false;
    step *= shape[i]!;
  }
  return true;
}

/** Strides without gaps in which axes lie as in `like`: the one of the largest step outermost. */
export function strideLike(shape: readonly number[], like: readonly number[]): number[] {
  const axes = shape.map((_, i) => i);
  axes.sort((a, b) => Math.abs(like[b]!) - Math.abs(like[a]!) || a - b);
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let k = axes.length - 1; k >= 0; k--) {
    strides[axes[k]!] = step;
    step *= Math.max(shape[axes[k]!]!, 1);
  }
  return strides;
}

/** The elements of an array without gaps as one axis, in the order in which they lie in memory; `null` where there are gaps. */
export function asLine(x: Strided): Strided | null {
  if (!x.contiguous) {
    const dense = strideLike(x.shape, x.strides);
    if (!dense.every((s, i) => s === x.strides[i] || x.shape[i] === 1)) return null;
  } else if (x.shape.length === 1) return x;
  return x.view([x.size], [1]);
}

/** An order that a caller gave, checked; `null` is the default `fallback`. */
export function orderOf(order: Order | undefined, fallback: "C" | "F" | "A" | "K"): "C" | "F" | "A" | "K" {
  if (order === null || order === undefined) return fallback;
  const upper = String(order).toUpperCase();
  if (upper !== "C" && upper !== "F" && upper !== "A" && upper !== "K")
    throw new ValueError(`order must be one of 'C', 'F', 'A', or 'K' (got '${order}')`);
  return upper;
}

/** Zeros that lie in memory as `order` says; `A` and `K` follow `like`. */
export function strideFor(
  order: Order | undefined,
  dtype: DType,
  shape: readonly number[],
  like?: Strided,
  fallback: "C" | "K" = "C",
): Strided {
  const y = Strided.zeros(dtype, shape);
  const want = orderOf(order, fallback);
  if (shape.length < 2 || want === "C") return y;
  if (want === "F" || (want === "A" && like && isFortran(like) && !like.contiguous))
    return y.view(shape, fortranStrides(shape));
  if (want === "K" && like && !like.contiguous) return y.view(shape, strideLike(shape, like.strides));
  return y;
}

/** A copy that lies in memory as `order` says. */
export const copyOrdered = (
  x: Strided,
  order: Order | undefined,
  fallback: "C" | "K",
  dtype: DType = x.dtype,
): Strided => copyInto(strideFor(order, dtype, x.shape, x, fallback), x);

/** Whether `x` already lies as `order` wants it. */
export function hasOrder(x: Strided, order: Order | undefined): boolean {
  const want = orderOf(order, "K");
  if (want === "C") return x.contiguous;
  if (want === "F") return isFortran(x);
  return want === "K" || x.contiguous || isFortran(x);
}
