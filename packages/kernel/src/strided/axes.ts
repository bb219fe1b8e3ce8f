import { IndexRangeError, ParamError } from "../errors/errors.js";
import type { Shape } from "./strided.js";

/** `axis` counted from the front. A scalar has one axis for this purpose, as in PyTorch. @throws IndexRangeError */
export function normalizeAxis(op: string, axis: number, rank: number): number {
  const n = Math.max(rank, 1);
  if (!Number.isInteger(axis) || axis < -n || axis >= n) throw new IndexRangeError(op, axis, 0, rank);
  return axis < 0 ? axis + n : axis;
}

/** The axes in `dims` counted from the front, ascending; all of them for `undefined`. @throws on a repeated axis. */
export function normalizeAxes(op: string, dims: readonly number[] | undefined, rank: number): number[] {
  if (dims === undefined) {
    const all = new Array<number>(rank);
    for (let i = 0; i < rank; i++) all[i] = i;
    return all;
  }
  if (dims.length === 1 && rank > 0) return [normalizeAxis(op, dims[0]!, rank)];
  const out = dims.map((d) => normalizeAxis(op, d, rank)).sort((a, b) => a - b);
  for (let i = 1; i < out.length; i++)
    if (out[i] === out[i - 1])
      throw new ParamError(op, "dims", `[${dims.join(", ")}]`, "axes without repetition");
  return rank === 0 ? [] : out;
}

/** The shape left when `dims` (from {@link normalizeAxes}) are reduced. */
export function reducedShape(shape: Shape, dims: readonly number[], keepdim: boolean): number[] {
  if (dims.length === shape.length && !keepdim) return [];
  if (keepdim) return shape.map((n, i) => (dims.includes(i) ? 1 : n));
  return shape.filter((_, i) => !dims.includes(i));
}
