import type { TreeArena } from "@cognate/kernel";
import type { GradientIndex } from "./gradient-index.js";

/** Sums of the gradient pairs of some rows by bin, interleaved float64, in the order of the rows. */
export function buildHistogram(
  hist: Float64Array,
  gpair: Float32Array,
  rows: Uint32Array,
  from: number,
  to: number,
  index: GradientIndex,
): void {
  hist.fill(0);
  const { bins, rowPtr, arena } = index;
  if (arena?.holds(hist) && arena.holds(gpair) && arena.holds(rows) && arena.holds(bins)) {
    const { kernels } = arena;
    const first = rows.byteOffset + 4 * from;
    const narrow = bins instanceof Uint16Array;
    if (!rowPtr) {
      const add = narrow ? kernels.hist_dense16 : kernels.hist_dense32;
      add(hist.byteOffset, gpair.byteOffset, first, to - from, bins.byteOffset, index.numCol);
      return;
    }
    if (arena.holds(rowPtr)) {
      const add = narrow ? kernels.hist_sparse16 : kernels.hist_sparse32;
      add(hist.byteOffset, gpair.byteOffset, first, to - from, bins.byteOffset, rowPtr.byteOffset);
      return;
    }
  }
  if (rowPtr) addSparse(hist, gpair, rows, from, to, bins, rowPtr);
  else if (bins instanceof Uint16Array) addDense16(hist, gpair, rows, from, to, bins, index.numCol);
  else addDense32(hist, gpair, rows, from, to, bins, index.numCol);
}

// Two copies, because a loop that meets two kinds of arrays is compiled for neither.
function addDense16(
  hist: Float64Array,
  gpair: Float32Array,
  rows: Uint32Array,
  from: number,
  to: number,
  bins: Uint16Array,
  cols: number,
): void {
  for (let i = from; i < to; i++) {
    const r = rows[i]!;
    const g = gpair[2 * r]!;
    const h = gpair[2 * r + 1]!;
    const end = (r + 1) * cols;
    for (let k = r * cols; k < end; k++) {
      const b = bins[k]!;
      hist[b]! += g;
      hist[b + 1]! += h;
    }
  }
}

function addDense32(
  hist: Float64Array,
  gpair: Float32Array,
  rows: Uint32Array,
  from: number,
  to: number,
  bins: Uint32Array,
  cols: number,
): void {
  for (let i = from; i < to; i++) {
    const r = rows[i]!;
    const g = gpair[2 * r]!;
    const h = gpair[2 * r + 1]!;
    const end = (r + 1) * cols;
    for (let k = r * cols; k < end; k++) {
      const b = bins[k]!;
      hist[b]! += g;
      hist[b + 1]! += h;
    }
  }
}

function addSparse(
  hist: Float64Array,
  gpair: Float32Array,
  rows: Uint32Array,
  from: number,
  to: number,
  bins: Uint16Array | Uint32Array,
  rowPtr: Uint32Array,
): void {
  for (let i = from; i < to; i++) {
    const r = rows[i]!;
    const g = gpair[2 * r]!;
    const h = gpair[2 * r + 1]!;
    const end = rowPtr[r + 1]!;
    for (let k = rowPtr[r]!; k < end; k++) {
      const b = bins[k]!;
      hist[b]! += g;
      hist[b + 1]! += h;
    }
  }
}

/** out = parent − sibling. */
export function subtractHistogram(
  out: Float64Array,
  parent: Float64Array,
  sibling: Float64Array,
  arena: TreeArena | null,
): void {
  if (arena?.holds(out) && arena.holds(parent) && arena.holds(sibling)) {
    arena.kernels.hist_subtract(out.byteOffset, parent.byteOffset, sibling.byteOffset, out.length);
    return;
  }
  for (let i = 0; i < out.length; i++) out[i] = parent[i]! - sibling[i]!;
}

/** Histograms of the nodes that may still be split; their memory is used again. */
export class HistogramPool {
  private readonly byNode = new Map<number, Float64Array>();
  private readonly idle: Float64Array[] = [];

  constructor(
    private readonly length: number,
    private readonly arena: TreeArena | null = null,
  ) {}
  of(node: number): Float64Array {
    return this.byNode.get(node)!;
  }
  take(node: number): Float64Array {
    const hist = this.idle.pop() ?? this.arena?.f64(this.length) ?? new Float64Array(this.length);
    this.byNode.set(node, hist);
    return hist;
  }
  release(node: number): void {
    const hist = this.byNode.get(node);
    if (!hist) return;
    this.byNode.delete(node);
    this.idle.push(hist);
  }
  clear(): void {
    for (const node of [...this.byNode.keys()]) this.release(node);
  }
}
