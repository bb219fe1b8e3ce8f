import { type Shape, sizeOf } from "./strided.js";

/** A loop nest over several operands at once: common axis lengths and one stride list an operand. */
export interface Nest {
  readonly shape: number[];
  readonly strides: number[][];
}

/**
 * Drops axes of length 1 and merges neighbours that every operand walks in one step, so that the innermost run is
 * as long as it can be. The result has at least one axis.
 */
export function collapse(shape: Shape, strides: readonly (readonly number[])[]): Nest {
  const outShape: number[] = [];
  const outStrides: number[][] = strides.map(() => []);
  for (let i = 0; i < shape.length; i++) {
    const n = shape[i]!;
    if (n === 1) continue;
    const last = outShape.length - 1;
    let merge = last >= 0;
    for (let k = 0; merge && k < strides.length; k++) merge = outStrides[k]![last] === strides[k]![i]! * n;
    if (merge) {
      outShape[last]! *= n;
      for (let k = 0; k < strides.length; k++) outStrides[k]![last] = strides[k]![i]!;
    } else {
      outShape.push(n);
      for (let k = 0; k < strides.length; k++) outStrides[k]!.push(strides[k]![i]!);
    }
  }
  if (outShape.length === 0) {
    outShape.push(1);
    for (const s of outStrides) s.push(0);
  }
  return { shape: outShape, strides: outStrides };
}

/**
 * Calls `run` once for each innermost line of the nest with the operands' positions of its first element.
 * `at` is reused between calls. Nothing is called when an axis has length 0.
 */
export function forEachRun(
  nest: Nest,
  offsets: readonly number[],
  run: (at: readonly number[]) => void,
): void {
  const { shape, strides } = nest;
  const outer = shape.length - 1;
  for (const n of shape) if (n === 0) return;
  const at = [...offsets];
  if (outer === 0) {
    run(at);
    return;
  }
  const index = new Array<number>(outer).fill(0);
  for (;;) {
    run(at);
    let axis = outer - 1;
    for (;;) {
      index[axis]!++;
      for (let k = 0; k < at.length; k++) at[k]! += strides[k]![axis]!;
      if (index[axis]! < shape[axis]!) break;
      for (let k = 0; k < at.length; k++) at[k]! -= strides[k]![axis]! * shape[axis]!;
      index[axis] = 0;
      if (--axis < 0) return;
    }
  }
}

/** Positions (relative, in elements) of all index combinations of the axes `dims`, row-major. */
export function positions(shape: Shape, strides: readonly number[], dims: readonly number[]): Float64Array {
  const lengths = dims.map((d) => shape[d]!);
  const out = new Float64Array(sizeOf(lengths));
  const nest = collapse(lengths, [dims.map((d) => strides[d]!)]);
  const last = nest.shape.length - 1;
  const run = nest.shape[last]!;
  const step = nest.strides[0]![last]!;
  let o = 0;
  forEachRun(nest, [0], (at) => {
    for (let i = 0, p = at[0]!; i < run; i++, p += step) out[o++] = p;
  });
  return out;
}
