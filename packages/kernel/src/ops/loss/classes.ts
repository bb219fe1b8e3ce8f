import { DTypeError, IndexRangeError, ShapeError } from "../../errors/errors.js";
import { integersOf } from "../../strided/integers.js";
import { positions } from "../../strided/iterate.js";
import type { Shape, Strided } from "../../strided/strided.js";

/** How one number is made of the losses of all positions. */
export type Reduction = "none" | "sum" | "mean";

export interface ClassParams {
  /** `mean` divides by the weights of the classes that were asked for. */
  readonly reduction: Reduction;
  /** Positions of this class take no part. */
  readonly ignoreIndex?: number;
}

/** Where scores `[batch, classes, …]` hold each position's first class, and how far classes lie apart. */
export function classPlaces(x: Strided): { base: Float64Array; step: number; classes: number } {
  const others = x.shape.map((_, i) => i).filter((i) => i !== 1);
  return {
    base: positions(x.shape, x.strides, others).map((at) => at + x.offset),
    step: x.strides[1]!,
    classes: x.shape[1]!,
  };
}

/** The shape of scores without the axis of classes. */
export const withoutClasses = (x: Shape): number[] => x.filter((_, i) => i !== 1);

/** Class of each position, −1 where it is to be ignored. @throws IndexRangeError for one that there is not */
export function classIndices(
  op: string,
  target: Strided,
  shape: Shape,
  classes: number,
  ignore: number | undefined,
): Int32Array {
  if (target.dtype.kind !== "int" && target.dtype.kind !== "uint")
    throw new DTypeError(op, "target", target.dtype.name, "an integer type");
  if (target.rank !== shape.length || shape.some((n, i) => n !== target.shape[i]))
    throw new ShapeError(op, "target", target.shape, `[${shape.join(", ")}]`);
  const wanted = integersOf(target);
  const out = new Int32Array(wanted.length);
  for (let i = 0; i < out.length; i++) {
    const t = wanted[i]!;
    if (t === ignore) out[i] = -1;
    else if (t < 0 || t >= classes) throw new IndexRangeError(op, t, 1, classes);
    else out[i] = t;
  }
  return out;
}

/** @throws ShapeError unless `weight` has one entry a class */
export function checkWeight(op: string, weight: Strided | null, classes: number): void {
  if (weight && (weight.rank !== 1 || weight.size !== classes))
    throw new ShapeError(op, "weight", weight.shape, `[${classes}]`);
}
