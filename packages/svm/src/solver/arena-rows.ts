import type { MachineArena } from "@cognate/kernel";
import { type KernelParams, ownValues, type ProblemKernel } from "./kernel.js";
import type { DenseRows } from "./rows.js";

/** Rows that lie side by side. */
const SIDE = 8;
/** Room for a piece of a row, and what is beside it. */
const WORK = 256 + 2 * SIDE;

const padded = (count: number): number => Math.ceil(count / SIDE) * SIDE;

/** Whether rows hold whole numbers so small that kernels may take them as such: pixels, counts, flags. */
function areWhole({ data, width }: DenseRows): boolean {
  let largest = 0;
  for (let k = 0; k < data.length; k++) {
    const v = data[k]!;
    if (v !== Math.trunc(v)) return false;
    const size = v < 0 ? -v : v;
    if (size > largest) largest = size;
  }
  return largest < 32768 && largest * largest * width < 2 ** 31;
}

/**
 * Gaussian and linear kernel values between dense rows that lie in an arena, computed there. Sums run over features in their
 * order (where the order shows), so that values are those of any other way.
 */
export class ArenaRows implements ProblemKernel {
  readonly count: number;
  private readonly width: number;
  /** Panels of eight rows, feature by feature: float64, or two whole numbers of 16 bits as one. */
  private readonly data: Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>;
  private readonly squares: Float64Array<ArrayBuffer>;
  private readonly work: Float64Array<ArrayBuffer>;

  private constructor(
    private readonly arena: MachineArena,
    private readonly params: KernelParams,
    rows: DenseRows,
    private readonly whole: boolean,
  ) {
    const { width, count } = rows;
    this.count = count;
    this.width = width;
    const take = <T>(x: T | null): T => {
      if (x === null) throw new RangeError("An arena is smaller than what is to lie in it.");
      return x;
    };
    this.squares = take(arena.f64(count));
    this.work = take(arena.f64(WORK));
    this.data = whole
      ? take(arena.i32(padded(count) * Math.ceil(width / 2)))
      : take(arena.f64(padded(count) * width));
    // What stands beside the last rows is computed with, and never used.
    this.data.fill(0, (count - (count % SIDE)) * this.step);
    if (this.data instanceof Int32Array) fillWhole(this.data, rows, this.squares);
    else fillPanels(this.data, rows, this.squares);
  }

  /** Places that a row takes in its panel. */
  private get step(): number {
    return this.whole ? Math.ceil(this.width / 2) : this.width;
  }

  /** How many bytes of an arena rows take at most. */
  static bytes({ count, width }: DenseRows): number {
    return (padded(count) * width + SIDE * width + count + WORK + SIDE) * 8;
  }

  /** A copy of rows in an arena. */
  static in(arena: MachineArena, rows: DenseRows, params: KernelParams): ArenaRows {
    return new ArenaRows(arena, params, rows, areWhole(rows));
  }

  values(i: number, from: number, to: number, out: Float32Array<ArrayBuffer>, at: number): void {
    const { arena, data, width, whole, squares, work, params } = this;
    arena.kernels.kernel_row(
      data.byteOffset,
      width,
      whole ? 1 : 0,
      i,
      from,
      to,
      out.byteOffset + at * 4,
      params.kernel === "rbf" ? squares.byteOffset : 0,
      -params.gamma,
      work.byteOffset,
    );
  }

  diagonal(): Float64Array {
    return ownValues(this.params, this.squares.slice());
  }

  swap(i: number, j: number): void {
    const { data, squares, step } = this;
    let [a, b] = [start(i, step), start(j, step)];
    for (let k = 0; k < step; k++, a += SIDE, b += SIDE) {
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

const start = (j: number, step: number): number => (j - (j % SIDE)) * step + (j % SIDE);

function fillPanels(data: Float64Array, { data: source, count, width }: DenseRows, squares: Float64Array) {
  for (let j = 0; j < count; j++) {
    let s = 0;
    for (let k = j * width, end = k + width, at = start(j, width); k < end; k++, at += SIDE) {
      const v = source[k]!;
      data[at] = v;
      s += v * v;
    }
    squares[j] = s;
  }
}

function fillWhole(data: Int32Array, { data: source, count, width }: DenseRows, squares: Float64Array) {
  const step = Math.ceil(width / 2);
  for (let j = 0; j < count; j++) {
    let s = 0;
    let at = start(j, step);
    for (let k = j * width, end = k + width; k < end; k += 2, at += SIDE) {
      const v = source[k]!;
      const w = k + 1 < end ? source[k + 1]! : 0;
      data[at] = (v & 0xffff) | (w << 16);
      s += v * v + w * w;
    }
    squares[j] = s;
  }
}
