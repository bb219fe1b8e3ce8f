import type { KernelParams, ProblemKernel } from "./kernel.js";
import type { SolverMemory } from "./memory.js";
import { kernelBytes, problemKernel } from "./problem-kernel.js";
import type { Rows } from "./rows.js";

/**
 * Kernel values between samples of several classes, for problems of two classes each. What a sample has with a class is
 * computed once, though many problems ask for it. Values are kept as float32, as solvers keep them.
 */
export class SharedKernel {
  private readonly kernel: ProblemKernel;
  /** The matrix of all samples, and what of it is known: a sample's values with a class. */
  private readonly cells: Float32Array<ArrayBuffer>;
  private readonly known: Uint8Array;
  readonly diagonal: Float64Array;
  /** Where each class begins. */
  readonly starts: Int32Array;
  private readonly total: number;

  /** @param rows - samples, class by class; `counts` says how many each class has */
  constructor(
    rows: Rows,
    params: KernelParams,
    readonly counts: readonly number[],
    private readonly memory: SolverMemory,
  ) {
    this.kernel = problemKernel(rows, params, memory);
    this.total = rows.count;
    this.starts = new Int32Array(counts.length + 1);
    counts.forEach((n, c) => {
      this.starts[c + 1] = this.starts[c]! + n;
    });
    this.known = new Uint8Array(rows.count * counts.length);
    this.cells = memory.f32(rows.count * rows.count);
    this.diagonal = this.kernel.diagonal();
  }

  /** Bytes that the values take. */
  static bytes(rows: Rows, params: KernelParams): number {
    return rows.count * rows.count * 4 + kernelBytes(rows, params) + 64;
  }

  /** Where in `values` stands what one sample has with a class. */
  private part(sample: number, c: number): number {
    const { known, starts, cells, total } = this;
    const from = starts[c]!;
    const at = sample * total + from;
    const flag = sample * this.counts.length + c;
    if (known[flag] === 0) {
      this.kernel.values(sample, from, starts[c + 1]!, cells, at);
      known[flag] = 1;
    }
    return at;
  }

  /** Copies what one sample has with the members `from` … `to` of a class. */
  copy(
    sample: number,
    c: number,
    from: number,
    to: number,
    out: Float32Array<ArrayBuffer>,
    at: number,
  ): void {
    const start = this.part(sample, c) + from;
    const { cells } = this;
    const arena = this.memory.holding(cells, out);
    if (arena) {
      const base = (cells.byteOffset >>> 2) + start;
      arena.floats.copyWithin((out.byteOffset >>> 2) + at, base, base + to - from);
    } else out.set(cells.subarray(start, start + to - from), at);
  }

  /** What one sample has with two classes, each its cells' beginning. */
  both(sample: number, a: number, b: number): readonly [Float32Array, number, number] {
    return [this.cells, this.part(sample, a), this.part(sample, b)];
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
  /** Whether samples stand as they did at the beginning. */
  private straight = true;

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

  values(i: number, from: number, to: number, out: Float32Array<ArrayBuffer>, at: number): void {
    const { shared, a, b, order, first } = this;
    const own = order[i]!;
    const sample = own < first ? shared.starts[a]! + own : shared.starts[b]! + own - first;
    if (this.straight) {
      if (from < first) shared.copy(sample, a, from, Math.min(to, first), out, at);
      if (to > first)
        shared.copy(sample, b, Math.max(from - first, 0), to - first, out, at + Math.max(first - from, 0));
      return;
    }
    const [cells, x, y] = shared.both(sample, a, b);
    for (let j = from; j < to; j++) {
      const o = order[j]!;
      out[at + j - from] = cells[o < first ? x + o : y + o - first]!;
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
    this.straight = false;
  }

  /** The memory is that of all pairs. */
  release(): void {}
}
