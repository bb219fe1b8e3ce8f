import type { MachineArena } from "@cognate/kernel";
import { type KernelParams, ownValues, type ProblemKernel } from "./kernel.js";
import type { DenseRows } from "./rows.js";

/** Rows that lie side by side. */
const SIDE = 8;

/**
 * Gaussian and linear kernel values between dense rows that lie in an arena, computed there. Sums run over features in their
 * order, so that values are those of any other way.
 */
export class ArenaRows implements ProblemKernel {
  readonly count: number;
  private readonly width: number;

  private constructor(
    private readonly arena: MachineArena,
    private readonly params: KernelParams,
    rows: DenseRows,
    private readonly data: Float64Array<ArrayBuffer>,
    private readonly squares: Float64Array<ArrayBuffer>,
    private readonly work: Float64Array<ArrayBuffer>,
  ) {
    this.count = rows.count;
    this.width = rows.width;
    const { width, count } = rows;
    const source = rows.data;
    // What stands beside the last rows is computed with, and never used.
    data.fill(0, Math.floor(count / SIDE) * SIDE * width);
    for (let j = 0; j < count; j++) {
      let s = 0;
      for (let k = j * width, at = this.start(j); k < (j + 1) * width; k++, at += SIDE) {
        const v = source[k]!;
        data[at] = v;
        s += v * v;
      }
      squares[j] = s;
    }
  }

  /** How many bytes of an arena rows take. */
  static bytes({ count, width }: DenseRows): number {
    return (Math.ceil(count / SIDE) * SIDE * width + 2 * count + SIDE) * 8 + 64;
  }

  /** A copy of rows in an arena; `null` where it has no room. */
  static in(arena: MachineArena, rows: DenseRows, params: KernelParams): ArenaRows | null {
    const data = arena.f64(Math.ceil(rows.count / SIDE) * SIDE * rows.width);
    const squares = arena.f64(rows.count);
    const work = arena.f64(rows.count);
    return data && squares && work ? new ArenaRows(arena, params, rows, data, squares, work) : null;
  }

  private start(j: number): number {
    return (j - (j % SIDE)) * this.width + (j % SIDE);
  }

  values(i: number, from: number, to: number, out: Float32Array<ArrayBuffer>, at: number): void {
    const { arena, data, width, squares, work, params } = this;
    const rbf = params.kernel === "rbf";
    arena.kernels.kernel_row(
      data.byteOffset,
      width,
      i,
      from,
      to,
      out.byteOffset + at * 4,
      rbf ? squares.byteOffset : 0,
      -params.gamma,
      work.byteOffset,
    );
  }

  diagonal(): Float64Array {
    return ownValues(this.params, this.squares.slice());
  }

  swap(i: number, j: number): void {
    const { data, squares, width } = this;
    let [a, b] = [this.start(i), this.start(j)];
    for (let k = 0; k < width; k++, a += SIDE, b += SIDE) {
      const v = data[a]!;
      data[a] = data[b]!;
      data[b] = v;
    }
    const v = squares[i]!;
    squares[i] = squares[j]!;
    squares[j] = v;
  }

  /** The memory is the arena's. */
  release(): void {}
}
