import { ops, type Shape, type ViewItem } from "@cognate/kernel";
import { call, type Value } from "@cognate/tensor";
import { named } from "./args.js";

/** Axes taken whole. */
export const whole = (shape: Shape): ViewItem[] =>
  shape.map((length) => ({ kind: "slice", start: 0, step: 1, length }));

/** `length` elements along an axis from `start` on, a view. */
export const sliceOf = (x: Value, dim: number, start: number, length: number, step = 1): Value =>
  call(ops.slice, [x], { dim, start, step, length: Math.max(length, 0) });

/** One place along an axis, which goes; a view. */
export const selectOf = (x: Value, dim: number, index: number): Value =>
  named(
    call(ops.indexView, [x], { items: [...whole(x.shape.slice(0, dim)), { kind: "select", index }] }),
    "SelectBackward0",
  );

/** A new axis of length 1, a view. */
export const unsqueezeOf = (x: Value, dim: number): Value =>
  named(
    call(ops.indexView, [x], { items: [...whole(x.shape.slice(0, dim)), { kind: "new" }] }),
    "UnsqueezeBackward0",
  );

/** Other lengths for the same elements: a view where strides allow. */
export function reshapeOf(x: Value, shape: Shape, label = "ViewBackward0"): Value {
  const y = call(ops.reshape, [x], { shape });
  return named(y, y.array.storage === x.array.storage ? label : "UnsafeViewBackward0");
}

/** The order of the axes in which two have changed places. */
export const exchanged = (shape: Shape, a: number, b: number): number[] =>
  shape.map((_, i) => (i === a ? b : i === b ? a : i));

/** Two axes exchanged, a view. */
export function transposeOf(x: Value, a: number, b: number, label = "TransposeBackward0"): Value {
  const order = exchanged(x.shape, a, b);
  return named(call(ops.permute, [x], { axes: order }), label);
}

/** Axes of length 1 stretched, a view. */
export const expandOf = (x: Value, shape: Shape): Value => call(ops.expand, [x], { shape });

/** x as it is, as a view of its own. */
export const aliasOf = (x: Value): Value => named(call(ops.indexView, [x], { items: [] }), "AliasBackward0");

/** x repeated as a whole, one count an axis. */
export const repeated = (x: Value, reps: readonly number[]): Value =>
  named(call(ops.tile, [x], { reps }), "RepeatBackward0");
