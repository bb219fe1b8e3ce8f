import { ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { int32 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { Dimension, dimsOf, GraphShape } from "../graph/shape.js";
import { broadcast_to, reshape, shape } from "../ops/array.js";
import type { Data } from "../ops/make.js";
import type { Tensor } from "../shared.js";

/* Lengths of axes that may be known before a graph runs, or be tensors. */

export type Size = number | Tensor;
export type Sizes = readonly Size[];

/** The lengths of a tensor's axes: numbers where they are known. */
export function sizesOf(x: unknown): Sizes {
  const t = toTensor(x);
  const dims = dimsOf(t.shape) ?? [];
  if (dims.every((d) => d !== null)) return dims as number[];
  const dynamic = shape(t);
  return dims.map((d, i) => d ?? one("StridedSlice", [dynamic, [i], [i + 1], [1]], { shrink_axis_mask: 1 }));
}
/** Lengths as a vector. */
export function vectorOf(sizes: Sizes): Tensor {
  if (sizes.every((s) => typeof s === "number")) return toTensor([...sizes], { dtype: int32 });
  return one("Pack", [sizes.map((s) => (typeof s === "number" ? toTensor(s, { dtype: int32 }) : s))]);
}
/** The static shape of lengths. */
export const shapeOf = (sizes: Sizes): GraphShape =>
  new GraphShape(
    sizes.map((s) => (typeof s === "number" ? s : null)),
    true,
  );
const arithmetic =
  (type: string, known: (a: number, b: number) => number) =>
  (a: Size, b: Size): Size =>
    typeof a === "number" && typeof b === "number" ? known(a, b) : one(type, [a, b]);
export const plus = arithmetic("AddV2", (a, b) => a + b);
export const minus = arithmetic("Sub", (a, b) => a - b);
export const times = arithmetic("Mul", (a, b) => a * b);
export const per = arithmetic("FloorDiv", (a, b) => Math.floor(a / b));
const larger = arithmetic("Maximum", Math.max);

function stretched(a: Size, b: Size, words: () => string): Size {
  if (a === 1) return b;
  if (b === 1 || a === b) return a;
  if (typeof a === "number" && typeof b === "number") throw new ValueError(words());
  return typeof a === "number" ? a : typeof b === "number" ? b : larger(a, b);
}
/** The lengths that both stretch to. @throws ValueError where they cannot */
export function broadcastSizes(a: Sizes, b: Sizes): Sizes {
  const n = Math.max(a.length, b.length);
  const at = (s: Sizes, i: number): Size => s[i - n + s.length] ?? 1;
  return Array.from({ length: n }, (_, i) =>
    stretched(
      at(a, i),
      at(b, i),
      () => `Incompatible shapes for broadcasting: ${shapeOf(a)} and ${shapeOf(b)}`,
    ),
  );
}
export const reshaped = (x: Tensor, sizes: Sizes): Tensor => reshape(x, vectorOf(sizes));
export const filled = (value: number, sizes: Sizes, dtype: Tensor["dtype"]): Tensor =>
  one("Fill", [vectorOf(sizes), toTensor(value, { dtype })]);

/** Matrices stretched to common leading axes. */
export function broadcastMatrices(matrices: readonly Tensor[]): Tensor[] {
  const all = matrices.map(sizesOf);
  const batch = all.map((s): Sizes => s.slice(0, -2)).reduce(broadcastSizes);
  return matrices.map((m, i) => {
    const own = all[i]!;
    const same =
      own.length === batch.length + 2 && batch.every((s, k) => typeof s === "number" && s === own[k]);
    return same ? m : broadcast_to(m, vectorOf([...batch, ...own.slice(-2)]));
  });
}

/** A length as TensorFlow's operators tell it. */
export const dimensionOf = (dim: unknown): Dimension =>
  dim instanceof Dimension ? dim : new Dimension(typeof dim === "number" ? dim : null);
/** @throws ValueError where two known lengths differ */
export function mustAgree(a: Dimension, b: unknown): void {
  const n = b instanceof Dimension ? b.value : (b as number | null);
  if (a.value !== null && n !== null && n !== undefined && a.value !== Number(n))
    throw new ValueError(`Dimensions ${a} and ${n} are not compatible`);
}
/** A length of a tensor's axis, counted from the end where negative. */
export const lengthAt = (x: Data, axis: number): number | null => {
  const d = (x as Tensor).shape as unknown as readonly (number | null)[];
  return d[axis < 0 ? d.length + axis : axis] ?? null;
};
