import type { Strided } from "./strided.js";

/** The shape as alternating runs of axes that stay and axes that are reduced, from outermost on: `[kept, reduced, kept, …]`. */
export function runs(shape: readonly number[], dims: readonly number[]): number[] {
  const out = [1];
  shape.forEach((n, i) => {
    if (n === 1) return;
    const reduced = dims.includes(i);
    if (reduced === (out.length % 2 === 0)) out[out.length - 1]! *= n;
    else out.push(n);
  });
  return out;
}

/** A reduction as memory sees it: `outer` blocks of `n` rows of `inner` elements, each block reduced to a row. */
export interface Rows {
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
}

/**
 * The reduction of x over `dims` in the order in which elements lie, if that is one run of axes of an array without gaps
 * (or a permutation of one that keeps the order of the result); else `null`.
 */
export function rowsInMemory(x: Strided, dims: readonly number[]): Rows | null {
  let { shape } = x;
  if (!x.contiguous) {
    const order = shape
      .map((_, i) => i)
      .filter((i) => shape[i] !== 1)
      .sort((a, b) => x.strides[b]! - x.strides[a]!);
    let step = 1;
    for (let i = order.length - 1; i >= 0; i--) {
      if (x.strides[order[i]!] !== step) return null;
      step *= shape[order[i]!]!;
    }
    const kept = order.filter((i) => !dims.includes(i));
    if (kept.some((d, i) => i > 0 && d < kept[i - 1]!)) return null;
    const reduced = order.map((d, i) => (dims.includes(d) ? i : -1)).filter((i) => i >= 0);
    shape = order.map((i) => shape[i]!);
    dims = reduced;
  }
  const parts = runs(shape, dims);
  if (parts.length > 3) return null;
  return { outer: parts[0]!, n: parts[1] ?? 1, inner: parts[2] ?? 1 };
}
