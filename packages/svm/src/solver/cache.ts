import { rowsWithin, type SolverMemory } from "./memory.js";

/** What kernels know about rows: their addresses, how many values of each are known, and when each was used, the clock last. */
export interface RowTables {
  readonly address: Int32Array<ArrayBuffer>;
  readonly known: Int32Array<ArrayBuffer>;
  readonly stamps: Float64Array<ArrayBuffer>;
}

export const rowTables = (n: number, memory: SolverMemory): RowTables => ({
  address: memory.i32(n),
  known: memory.i32(n),
  stamps: memory.f64(n + 1),
});

function exchange(x: Float64Array | Int32Array, i: number, j: number): void {
  const v = x[i]!;
  x[i] = x[j]!;
  x[j] = v;
}

/**
 * Rows of a kernel matrix that were computed lately, within a budget; the least recently used goes first.
 *
 * Values are float32, as LIBSVM stores them: its steps follow from the rounded values.
 */
export class RowCache {
  /** All rows, one after another. */
  readonly cells: Float32Array<ArrayBuffer>;
  readonly tables: RowTables;
  /** Which row of `cells` a sample has, −1 for none. */
  private readonly place: Int32Array;
  private readonly room: number;
  private used = 0;
  /** Columns to exchange, two numbers each, the lower first. */
  private pending: number[] = [];

  /** @param megabytes - how much the rows may take; two rows always fit */
  constructor(
    private readonly n: number,
    megabytes: number,
    private readonly memory: SolverMemory,
  ) {
    this.room = rowsWithin(n, megabytes);
    this.tables = rowTables(n, memory);
    this.place = new Int32Array(n).fill(-1);
    this.cells = memory.f32(this.room * n);
  }

  /** Where a row begins in `cells`; who fills it further says so in `tables.known`. */
  start(i: number): number {
    const { place, n, tables } = this;
    const { stamps } = tables;
    if (place[i] === -1) {
      place[i] = this.used < this.room ? this.used++ : this.oldest();
      tables.address[i] = this.cells.byteOffset + place[i]! * n * 4;
    }
    stamps[i] = ++stamps[n]!;
    return place[i]! * n;
  }

  /** Takes the place of the row that was not used for longest. */
  private oldest(): number {
    const { place, tables, n } = this;
    let old = -1;
    for (let i = 0; i < n; i++)
      if (place[i] !== -1 && (old === -1 || tables.stamps[i]! < tables.stamps[old]!)) old = i;
    const at = place[old]!;
    place[old] = -1;
    tables.known[old] = 0;
    return at;
  }

  /** Exchanges two samples: as rows, and, by {@link settle}, as columns of every row. */
  swap(i: number, j: number): void {
    if (i === j) return;
    const { address, known, stamps } = this.tables;
    exchange(this.place, i, j);
    exchange(address, i, j);
    exchange(known, i, j);
    exchange(stamps, i, j);
    this.pending.push(Math.min(i, j), Math.max(i, j));
  }

  /** Exchanges columns, row by row, so that a row is in the processor's cache for all of them. */
  settle(): void {
    const { pending, n, tables, cells, place, memory } = this;
    if (pending.length === 0) return;
    const count = pending.length / 2;
    this.pending = [];
    memory.during(() => {
      const pairs = memory.i32(2 * count);
      pairs.set(pending);
      const arena = memory.holding(cells, tables.address, tables.known, pairs);
      if (arena) {
        const { address, known } = tables;
        arena.kernels.swap_columns(address.byteOffset, known.byteOffset, n, pairs.byteOffset, count);
        return;
      }
      for (let i = 0; i < n; i++) {
        const at = place[i]! * n;
        let length = tables.known[i]!;
        if (length === 0) continue;
        for (let s = 0; s < pairs.length; s += 2) {
          const [low, high] = [pairs[s]!, pairs[s + 1]!];
          if (length <= low) continue;
          // What stands at the higher place is not known, nor what follows then.
          if (length <= high) {
            length = low;
            continue;
          }
          const v = cells[at + low]!;
          cells[at + low] = cells[at + high]!;
          cells[at + high] = v;
        }
        tables.known[i] = length;
      }
    });
  }
}
