import { type KernelParams, KernelRows, type ProblemKernel } from "./kernel.js";
import type { Rows } from "./rows.js";

/** How many values are allocated at a time. */
const SLAB = 1 << 16;

/**
 * Kernel values between samples of several classes, for problems of two classes each. What a sample has with a class is
 * computed once, though many problems ask for it. Values are kept as float32, as solvers keep them.
 */
export class SharedKernel {
  private readonly kernel: KernelRows;
  private readonly parts: (Float32Array | undefined)[];
  private readonly work: Float64Array;
  private slab = new Float32Array(0);
  private used = 0;
  readonly diagonal: Float64Array;
  /** Where each class begins. */
  readonly starts: Int32Array;

  /** @param rows - samples, class by class; `counts` says how many each class has */
  constructor(
    rows: Rows,
    params: KernelParams,
    readonly counts: readonly number[],
  ) {
    this.kernel = new KernelRows(rows, params);
    this.starts = new Int32Array(counts.length + 1);
    counts.forEach((n, c) => {
      this.starts[c + 1] = this.starts[c]! + n;
    });
    this.parts = new Array(rows.count * counts.length);
    this.work = new Float64Array(Math.max(0, ...counts));
    this.diagonal = this.kernel.diagonal();
  }

  /** What one sample has with a class. */
  part(sample: number, c: number): Float32Array {
    const at = sample * this.counts.length + c;
    const known = this.parts[at];
    if (known) return known;
    const from = this.starts[c]!;
    const n = this.counts[c]!;
    this.kernel.values(sample, from, from + n, this.work);
    if (this.used + n > this.slab.length) {
      this.slab = new Float32Array(Math.max(SLAB, n));
      this.used = 0;
    }
    const out = this.slab.subarray(this.used, this.used + n);
    this.used += n;
    out.set(n === this.work.length ? this.work : this.work.subarray(0, n));
    this.parts[at] = out;
    return out;
  }

  /** The rows of two classes, one after the other. */
  pair(a: number, b: number): ProblemKernel {
    return new PairOfClasses(this, a, b);
  }

  /** Gives memory back; no value may be asked for afterwards. */
  release(): void {
    this.kernel.release();
  }
}

class PairOfClasses implements ProblemKernel {
  readonly count: number;
  private readonly first: number;
  private readonly order: Int32Array;

  constructor(
    private readonly shared: SharedKernel,
    private readonly a: number,
    private readonly b: number,
  ) {
    this.first = shared.counts[a]!;
    this.count = this.first + shared.counts[b]!;
    this.order = new Int32Array(this.count);
    for (let i = 0; i < this.count; i++) this.order[i] = i;
  }

  values(i: number, from: number, to: number, out: Float64Array): void {
    const { shared, a, b, order, first } = this;
    const own = order[i]!;
    const sample = own < first ? shared.starts[a]! + own : shared.starts[b]! + own - first;
    const x = shared.part(sample, a);
    const y = shared.part(sample, b);
    for (let j = from; j < to; j++) {
      const o = order[j]!;
      out[j - from] = o < first ? x[o]! : y[o - first]!;
    }
  }

  diagonal(): Float64Array {
    const { a, b, first, count, shared } = this;
    const out = new Float64Array(count);
    const { starts, diagonal } = shared;
    out.set(diagonal.subarray(starts[a]!, starts[a]! + first));
    out.set(diagonal.subarray(starts[b]!, starts[b]! + count - first), first);
    return out;
  }

  swap(i: number, j: number): void {
    const { order } = this;
    const v = order[i]!;
    order[i] = order[j]!;
    order[j] = v;
  }

  /** The memory is that of all pairs. */
  release(): void {}
}
