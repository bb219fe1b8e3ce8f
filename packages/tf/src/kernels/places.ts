import type { Value } from "../shared.js";
import { reshape } from "./tools.js";

/* Places of elements. */

export const shown = (list: readonly number[]): string => `[${list.join(",")}]`;
export const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(to - from, 0) }, (_, i) => from + i);

/** The coordinates of element `i` of a shape. */
export function coordinates(i: number, shape: readonly number[]): number[] {
  const out: number[] = [];
  let rest = i;
  for (const d of [...shape].reverse()) {
    out.unshift(rest % d);
    rest = Math.floor(rest / d);
  }
  return out;
}

/** The last axis of indices as one array a coordinate. */
export function columns(indices: Value): Value[] {
  const depth = indices.shape[indices.shape.length - 1]!;
  const lead = indices.shape.slice(0, -1);
  return range(0, depth).map((k) =>
    reshape(indices.slice({ dim: indices.shape.length - 1, start: k, step: 1, length: 1 }) as Value, lead),
  );
}
