import { RowCache } from "./cache.js";
import type { ProblemKernel } from "./kernel.js";

/** The quadratic part of a dual problem, by rows, in an order that the solver changes. */
export interface QMatrix {
  /** The first `length` values of a row, good until the row after next is asked for. */
  row(i: number, length: number): Float32Array;
  readonly diagonal: Float64Array;
  swap(i: number, j: number): void;
}

function exchange(x: Float64Array | Int8Array | Int32Array, i: number, j: number): void {
  const v = x[i]!;
  x[i] = x[j]!;
  x[j] = v;
}

/** Qᵢⱼ = yᵢ yⱼ K(xᵢ, xⱼ); with all y = 1 that of one-class problems. */
export class ClassQ implements QMatrix {
  readonly diagonal: Float64Array;
  private readonly cache: RowCache;
  private readonly work: Float64Array;
  private readonly y: Int8Array;

  constructor(
    private readonly kernel: ProblemKernel,
    y: Int8Array,
    cacheSize: number,
  ) {
    this.y = y.slice();
    this.diagonal = kernel.diagonal();
    this.cache = new RowCache(kernel.count, cacheSize);
    this.work = new Float64Array(kernel.count);
  }

  row(i: number, length: number): Float32Array {
    const row = this.cache.row(i);
    const { known, data } = row;
    if (known < length) {
      const { work, y } = this;
      this.kernel.values(i, known, length, work);
      const own = y[i]!;
      for (let j = known; j < length; j++) data[j] = own * y[j]! * work[j - known]!;
      row.known = length;
    }
    return data;
  }

  swap(i: number, j: number): void {
    this.cache.swap(i, j);
    this.kernel.swap(i, j);
    exchange(this.y, i, j);
    exchange(this.diagonal, i, j);
  }
}

/** The matrix of regression: each sample stands twice, with signs + and −. */
export class RegressionQ implements QMatrix {
  readonly diagonal: Float64Array;
  private readonly cache: RowCache;
  private readonly work: Float64Array;
  private readonly sign: Int8Array;
  private readonly index: Int32Array;
  private readonly buffers: readonly [Float32Array, Float32Array];
  private next = 0;

  constructor(
    private readonly kernel: ProblemKernel,
    cacheSize: number,
  ) {
    const n = kernel.count;
    this.cache = new RowCache(n, cacheSize);
    this.work = new Float64Array(n);
    this.sign = Int8Array.from({ length: 2 * n }, (_, k) => (k < n ? 1 : -1));
    this.index = Int32Array.from({ length: 2 * n }, (_, k) => k % n);
    const own = kernel.diagonal();
    this.diagonal = new Float64Array(2 * n);
    this.diagonal.set(own);
    this.diagonal.set(own, n);
    this.buffers = [new Float32Array(2 * n), new Float32Array(2 * n)];
  }

  row(i: number, length: number): Float32Array {
    const { kernel, work, sign, index } = this;
    const n = kernel.count;
    const row = this.cache.row(index[i]!);
    const { data } = row;
    if (row.known < n) {
      kernel.values(index[i]!, 0, n, work);
      for (let j = 0; j < n; j++) data[j] = work[j]!;
      row.known = n;
    }
    const out = this.buffers[this.next]!;
    this.next = 1 - this.next;
    const own = sign[i]!;
    for (let j = 0; j < length; j++) out[j] = own * sign[j]! * data[index[j]!]!;
    return out;
  }

  swap(i: number, j: number): void {
    exchange(this.sign, i, j);
    exchange(this.index, i, j);
    exchange(this.diagonal, i, j);
  }
}
