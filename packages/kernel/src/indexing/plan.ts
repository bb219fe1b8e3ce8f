import { bool, int32, int64, isInteger } from "../dtype/dtype.js";
import { CognateError } from "../errors/errors.js";
import { coordinatesOf } from "../ops/indexing/nonzero.js";
import type { ViewItem } from "../ops/shape/index-view.js";
import { type Shape, Strided } from "../strided/strided.js";

/** A slice as Python has it: `null` where a bound is left out. */
export interface SliceLike {
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;
}

/** One entry of `x[…]`: an integer, a slice, `"..."`, `null` for a new axis, an integer or boolean array. */
export type IndexItem = number | SliceLike | "..." | null | Strided;

/** Why an index does not fit; façades put it in their library's words. */
export type IndexProblem =
  | { readonly kind: "too-many"; readonly rank: number; readonly given: number }
  | {
      readonly kind: "out-of-range";
      readonly index: number;
      /** The axis of the array, and which entry it was. */
      readonly axis: number;
      readonly entry: number;
      readonly size: number;
    }
  | {
      readonly kind: "mask-shape";
      readonly mask: Shape;
      /** The array's shape, and the axis that the mask's axis `at` meets. */
      readonly shape: Shape;
      readonly axis: number;
      readonly at: number;
      /** The same of the view that the entries before make. */
      readonly seen: Shape;
      readonly seenAxis: number;
    }
  | { readonly kind: "dtype"; readonly dtype: string }
  | { readonly kind: "scalar"; readonly entry: "integer" | "slice" }
  | { readonly kind: "two-ellipses" }
  | { readonly kind: "zero-step" }
  | { readonly kind: "negative-step"; readonly step: number };

export class IndexPlanError extends CognateError {
  override readonly name = "IndexPlanError";
  override readonly code = "COGNATE_INDEX_PLAN";
  constructor(readonly problem: IndexProblem) {
    super(`index: ${JSON.stringify(problem)}`);
  }
}

/** Basic indexing as one view, then, where arrays index, what each axis of that view is indexed by. */
export interface IndexPlan {
  readonly items: readonly ViewItem[];
  /** `null` when no array indexes. */
  readonly indices: readonly (Strided | null)[] | null;
}

export interface IndexPolicy {
  /** Integers beside arrays count as arrays (NumPy); else they drop their axis first (PyTorch). */
  readonly integersJoin: boolean;
  /** Slices may run backwards. */
  readonly negativeStep: boolean;
  /** Of several ellipses all but the first stand for nothing, instead of being an error. */
  readonly ellipses?: boolean;
}

/** Start, step and length of a slice of an axis of length `n`, as Python's `slice.indices` resolves it. */
export function resolveSlice(
  { start, stop, step }: SliceLike,
  n: number,
): { start: number; step: number; length: number } {
  const by = step ?? 1;
  if (by === 0) throw new IndexPlanError({ kind: "zero-step" });
  const clamp = (i: number, low: number, high: number): number =>
    Math.min(Math.max(i < 0 ? i + n : i, low), high);
  const [low, high] = by > 0 ? [0, n] : [-1, n - 1];
  const first = start === null ? (by > 0 ? low : high) : clamp(start, low, high);
  const last = stop === null ? (by > 0 ? high : low) : clamp(stop, low, high);
  return { start: first, step: by, length: Math.max(0, Math.ceil((last - first) / by)) };
}

const isSlice = (e: IndexItem): e is SliceLike =>
  typeof e === "object" && e !== null && !(e instanceof Strided);

/** Turns the entries of `x[…]` into a view and what remains to be gathered. @throws IndexPlanError */
export function planIndex(shape: Shape, entries: readonly IndexItem[], policy: IndexPolicy): IndexPlan {
  const axesOf = (e: IndexItem): number =>
    e === null || e === "..." ? 0 : e instanceof Strided && e.dtype === bool ? e.rank : 1;
  const used = entries.reduce<number>((n, e) => n + axesOf(e), 0);
  if (used > shape.length) {
    const first = entries.find((e) => typeof e === "number" || isSlice(e));
    if (shape.length === 0 && first !== undefined)
      throw new IndexPlanError({ kind: "scalar", entry: typeof first === "number" ? "integer" : "slice" });
    throw new IndexPlanError({ kind: "too-many", rank: shape.length, given: used });
  }
  const dots = entries.indexOf("...");
  if (!policy.ellipses && entries.indexOf("...", dots + 1) > dots)
    throw new IndexPlanError({ kind: "two-ellipses" });

  const join = policy.integersJoin && entries.some((e) => e instanceof Strided);
  const items: ViewItem[] = [];
  const indices: (Strided | null)[] = [];
  let any = false;
  let axis = 0;
  const whole = (): void => {
    items.push({ kind: "slice", start: 0, step: 1, length: shape[axis]! });
    indices.push(null);
    axis++;
  };
  entries.forEach((entry, position) => {
    if (entry === "...") {
      if (position === dots) for (let i = used; i < shape.length; i++) whole();
    } else if (entry === null) {
      items.push({ kind: "new" });
      indices.push(null);
    } else if (typeof entry === "number") {
      const size = shape[axis]!;
      if (!Number.isInteger(entry)) throw new IndexPlanError({ kind: "dtype", dtype: "float" });
      if (entry < -size || entry >= size)
        throw new IndexPlanError({ kind: "out-of-range", index: entry, axis, entry: position, size });
      const index = entry < 0 ? entry + size : entry;
      if (join) {
        whole();
        indices[indices.length - 1] = Strided.over(Int32Array.of(index), int32, []);
        any = true;
      } else {
        items.push({ kind: "select", index });
        axis++;
      }
    } else if (entry instanceof Strided) {
      any = true;
      if (entry.dtype === bool) {
        entry.shape.forEach((n, i) => {
          if (n === shape[axis + i]) return;
          const before = items.flatMap((item) =>
            item.kind === "select" ? [] : item.kind === "new" ? [1] : [item.length],
          );
          throw new IndexPlanError({
            kind: "mask-shape",
            mask: entry.shape,
            shape,
            axis: axis + i,
            at: i,
            seen: [...before, ...shape.slice(axis)],
            seenAxis: before.length + i,
          });
        });
        if (entry.rank === 0) {
          items.push({ kind: "new" });
          indices.push(Strided.zeros(int64, [entry.data[entry.offset] ? 1 : 0]));
          return;
        }
        for (const line of coordinatesOf(entry)) {
          whole();
          indices[indices.length - 1] = Strided.over(line, int32, [line.length]);
        }
      } else {
        if (!isInteger(entry.dtype)) throw new IndexPlanError({ kind: "dtype", dtype: entry.dtype.name });
        whole();
        indices[indices.length - 1] = entry;
      }
    } else {
      const resolved = resolveSlice(entry, shape[axis]!);
      if (resolved.step < 0 && !policy.negativeStep)
        throw new IndexPlanError({ kind: "negative-step", step: resolved.step });
      items.push({ kind: "slice", ...resolved });
      indices.push(null);
      axis++;
    }
  });
  if (!any) return { items, indices: null };
  let last = indices.length;
  while (indices[last - 1] === null) last--;
  return { items, indices: indices.slice(0, last) };
}
