import { RowCache, type RowTables, rowTables } from "./cache.js";
import type { ProblemKernel } from "./kernel.js";
import type { SolverMemory } from "./memory.js";

/**
 * Kernel values of a dual problem, by rows, in an order that the solver changes. The problem's Qᵢⱼ = yᵢ yⱼ K(xᵢ, xⱼ); signs are
 * the solver's business.
 */
export interface QMatrix {
  /** Where a row begins in `cells`, of which the first `length` values are there, until the row after next is asked for. */
  row(i: number, length: number): number;
  readonly cells: Float32Array<ArrayBuffer>;
  readonly diagonal: Float64Array<ArrayBuffer>;
  /** Rows that kernels need not ask for. */
  readonly tables: RowTables;
  swap(i: number, j: number): void;
  /** Brings rows into the present order. */
  settle(): void;
}

function exchange(x: Float64Array | Int32Array, i: number, j: number): void {
  const v = x[i]!;
  x[i] = x[j]!;
  x[j] = v;
}

/** The matrix of classes, and that of one-class problems. */
export class ClassQ implements QMatrix {
  readonly diagonal: Float64Array<ArrayBuffer>;
  private readonly cache: RowCache;

  constructor(
    private readonly kernel: ProblemKernel,
    cacheSize: number,
    memory: SolverMemory,
  ) {
    this.diagonal = memory.f64(kernel.count);
    this.diagonal.set(kernel.diagonal());
    this.cache = new RowCache(kernel.count, cacheSize, memory);
  }
  get cells(): Float32Array<ArrayBuffer> {
    return this.cache.cells;
  }
  get tables(): RowTables {
    return this.cache.tables;
  }

  row(i: number, length: number): number {
    const { cache } = this;
    cache.settle();
    const start = cache.start(i);
    const { known } = cache.tables;
    if (known[i]! < length) {
      this.kernel.values(i, known[i]!, length, cache.cells, start + known[i]!);
      known[i] = length;
    }
    return start;
  }

  swap(i: number, j: number): void {
    this.cache.swap(i, j);
    this.kernel.swap(i, j);
    exchange(this.diagonal, i, j);
  }
  settle(): void {
    this.cache.settle();
  }
}

/** The matrix of regression: each sample stands twice, with signs + and −. */
export class RegressionQ implements QMatrix {
  readonly diagonal: Float64Array<ArrayBuffer>;
  readonly cells: Float32Array<ArrayBuffer>;
  readonly tables: RowTables;
  private readonly cache: RowCache;
  private readonly index: Int32Array<ArrayBuffer>;
  /** Whose values the two rows of `cells` hold, and how many. */
  private readonly held = [-1, -1];
  private readonly lengths = [0, 0];
  private last = 0;

  constructor(
    private readonly kernel: ProblemKernel,
    cacheSize: number,
    private readonly memory: SolverMemory,
  ) {
    const n = kernel.count;
    this.diagonal = memory.f64(2 * n);
    const own = kernel.diagonal();
    this.diagonal.set(own);
    this.diagonal.set(own, n);
    this.index = memory.i32(2 * n);
    for (let k = 0; k < 2 * n; k++) this.index[k] = k % n;
    this.tables = rowTables(2 * n, memory);
    this.cells = memory.f32(4 * n);
    this.cache = new RowCache(n, cacheSize, memory);
  }

  row(i: number, length: number): number {
    const { kernel, cells, index, held, lengths, cache, memory } = this;
    const n = kernel.count;
    const sample = index[i]!;
    let side = held.indexOf(sample);
    if (side === -1 || lengths[side]! < length) {
      const { known } = cache.tables;
      const from = cache.start(sample);
      if (known[sample]! < n) {
        kernel.values(sample, 0, n, cache.cells, from);
        known[sample] = n;
      }
      if (side === -1) side = 1 - this.last;
      held[side] = sample;
      lengths[side] = length;
      const to = side * 2 * n;
      const arena = memory.holding(cells, cache.cells, index);
      if (arena)
        arena.kernels.gather_row(
          cells.byteOffset + to * 4,
          cache.cells.byteOffset + from * 4,
          index.byteOffset,
          length,
        );
      else for (let j = 0; j < length; j++) cells[to + j] = cache.cells[from + index[j]!]!;
    }
    this.last = side;
    return side * 2 * n;
  }

  swap(i: number, j: number): void {
    exchange(this.index, i, j);
    exchange(this.diagonal, i, j);
    this.held.fill(-1);
  }
  settle(): void {}
}
