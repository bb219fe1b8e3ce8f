import { KernelProblem } from "../core/errors.js";
import type { Value } from "../shared.js";
import { numbers, reshape, size } from "./tools.js";

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

/** @throws KernelProblem for coordinates outside of a shape; `what` says which shape it is */
export function checkCoordinates(
  indices: Value,
  shape: readonly number[],
  what: (shown: string) => string,
): void {
  const depth = indices.shape[indices.shape.length - 1]!;
  const lead = indices.shape.slice(0, -1);
  const list = numbers(indices);
  for (let i = 0; i < size(lead); i++) {
    const own = list.slice(i * depth, (i + 1) * depth);
    if (own.some((v, k) => v < 0 || v >= shape[k]!))
      throw new KernelProblem(
        `indices${lead.length > 0 ? shown(coordinates(i, lead)) : ""} = [${own.join(", ")}] does not index into ${what(shown(shape))}`,
      );
  }
}

/** The last axis of indices as one array a coordinate. */
export function columns(indices: Value): Value[] {
  const depth = indices.shape[indices.shape.length - 1]!;
  const lead = indices.shape.slice(0, -1);
  return range(0, depth).map((k) =>
    reshape(indices.slice({ dim: indices.shape.length - 1, start: k, step: 1, length: 1 }) as Value, lead),
  );
}
