import { ValueError } from "@cognate/py";
import { unnamed, wrapped } from "../../backend/eager-errors.js";
import { kernelError } from "../../backend/errors.js";
import { type Check, notOrdered, notWhole, outside, shapeOf } from "./facts.js";

export const strided = (axis: number, rank: number): Error =>
  kernelError(
    "StridedSlice",
    `slice index ${axis < 0 ? axis + rank : axis} of dimension 0 out of bounds.`,
    "strided_slice/",
  );

export const range = (start: number, stop: number, step: number): Error | false => {
  if (step > 0 && start > stop)
    return kernelError("Range", `Requires start <= limit when delta > 0: ${start}/${stop}`);
  if (step < 0 && start < stop)
    return kernelError("Range", `Requires start >= limit when delta < 0: ${start}/${stop}`);
  return step === 0 && kernelError("Range", `Requires delta != 0: ${step}`);
};

export const dimensions =
  (kernel: string, named: boolean): Check =>
  (shape: unknown) => {
    const list = Array.isArray(shape) ? (shape as unknown[]) : [shape];
    const odd = list.find((n) => notWhole(n) !== false);
    if (odd !== undefined) return notWhole(Array.isArray(shape) ? shape[0] : shape) || notWhole(odd);
    const wrong = list.find((n) => typeof n === "number" && n < 0);
    return wrong !== undefined && (named ? kernelError : unnamed)(kernel, `Dimension ${wrong} must be >= 0`);
  };

export const joins: Check = (xs: unknown, axis: unknown = 0) => {
  if (!Array.isArray(xs))
    return (
      shapeOf(xs) &&
      new ValueError(
        "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
      )
    );
  const shapes = (xs as readonly unknown[]).map(shapeOf);
  return joined(shapes, axis);
};
export function joined(
  shapes: readonly (readonly number[] | undefined)[],
  axis: unknown,
): Error | false | null {
  const rank = shapes[0]?.length;
  if (rank === undefined || axis === null) return null;
  const kernel = `ConcatV2_N_${shapes.length}`;
  if (rank === 0)
    return wrapped(
      kernel,
      "ConcatV2",
      "ConcatOp : Can't concatenate scalars (use tf.stack instead)",
      "concat",
    );
  if (outside(axis, rank))
    return wrapped(
      kernel,
      "ConcatV2",
      `ConcatOp : Expected concatenating dimensions in the range [${-rank}, ${rank}), but got ${axis}`,
      "concat",
    );
  return notWhole(axis);
}

export const stacked =
  (more: number): Check =>
  (xs: unknown, axis: unknown = 0) => {
    const rank = shapeOf(more ? (xs as unknown[] | null)?.[0] : xs)?.length;
    if (rank === undefined) return null;
    const n = rank + more;
    if (outside(axis, n) || n === 0)
      return new ValueError(`Argument \`axis\` = ${axis} not in range [${n === 0 ? 0 : -n}, ${n})`);
    return notOrdered(axis);
  };

export function splits(x: unknown, sections: unknown, axis: number): Error | false | null {
  const shape = shapeOf(x);
  if (!shape) return null;
  if (sections === null || (typeof sections === "number" && !Number.isInteger(sections)))
    return kernelError("StridedSlice", "Attempting to slice scalar input.", "strided_slice/");
  if (typeof sections !== "number") return false;
  const kernel = `Split_num_split_${sections}`;
  if (sections < 1) return null;
  if (outside(axis, shape.length))
    return wrapped(
      kernel,
      "Split",
      `-input rank(-${shape.length}) <= split_dim < input rank (${shape.length}), but got ${axis}`,
      "split",
    );
  const dim = axis < 0 ? axis + shape.length : axis;
  return (
    shape[dim]! % sections !== 0 &&
    wrapped(
      kernel,
      "Split",
      `Number of ways to split should evenly divide the split dimension, but got split_dim ${dim} (size = ${shape[dim]}) and num_split ${sections}`,
      "split",
    )
  );
}

export const ordered: Check = (x: unknown, axis: unknown = -1) => {
  const rank = shapeOf(x)?.length;
  if (rank === undefined) return null;
  if (outside(axis, rank) && (rank > 0 || axis > 0)) return strided(axis, rank);
  if (Array.isArray(axis))
    return new ValueError(`Argument \`axis\` must be a constant scalar. Received: axis=[${axis.join(" ")}].`);
  return typeof axis === "string" && new ValueError(`invalid literal for int() with base 10: b'${axis}'`);
};

export const hot: Check = (x: unknown, depth: unknown, axis: unknown = -1) => {
  const rank = shapeOf(x)?.length;
  if (rank === undefined) return null;
  if (Array.isArray(depth)) return unnamed("OneHot", `depth must be a scalar, but got: [${depth.length}]`);
  return (
    notWhole(depth) ||
    (typeof depth === "number" &&
      depth < 0 &&
      kernelError("OneHot", `depth must be non-negative, got: ${depth}`)) ||
    (typeof axis === "number" &&
      (axis < -1 || axis > rank) &&
      kernelError("OneHot", `Expected axis to be -1 or between [0, ${rank + 1}).  But received: ${axis}`))
  );
};
