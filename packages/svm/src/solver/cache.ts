/** A row's memory, of which the first `known` values are filled. */
export interface CachedRow {
  readonly data: Float32Array;
  known: number;
}

/** How many values of small rows are allocated at a time. */
const SLAB = 1 << 14;

/**
 * Rows of a kernel matrix that were computed lately, within a budget; the least recently used goes first.
 *
 * Values are float32, as LIBSVM stores them: its steps follow from the rounded values.
 */
export class RowCache {
  private readonly entries = new Map<number, CachedRow>();
  /** The row that was asked for last, which is the latest of the entries. */
  private last = -1;
  private lastRow: CachedRow | null = null;
  private free: number;
  /** Columns to exchange, two numbers each, the lower first. */
  private readonly pending: number[] = [];
  /** Whether all rows fit, so that none goes and their order is of no interest. */
  private readonly roomy: boolean;
  private slab = new Float32Array(0);
  private used = 0;

  /** @param megabytes - how much the rows may take; two rows always fit */
  constructor(
    private readonly n: number,
    megabytes: number,
  ) {
    this.free = Math.max(Math.floor((megabytes * 2 ** 20) / 4), 2 * n);
    this.roomy = this.free >= n * n;
  }

  /** A row; who fills it further says so in `known`. */
  row(index: number): CachedRow {
    if (this.pending.length > 0) this.exchangeColumns();
    if (index === this.last && this.lastRow) return this.lastRow;
    let entry = this.entries.get(index);
    if (entry) {
      if (!this.roomy) {
        this.entries.delete(index);
        this.entries.set(index, entry);
      }
    } else {
      for (const [i, old] of this.entries) {
        if (this.free >= this.n) break;
        this.entries.delete(i);
        this.free += old.data.length;
      }
      entry = { data: this.memory(), known: 0 };
      this.free -= this.n;
      this.entries.set(index, entry);
    }
    this.last = index;
    this.lastRow = entry;
    return entry;
  }

  private memory(): Float32Array {
    const { n } = this;
    // Rows that may go have memory of their own, which goes with them.
    if (!this.roomy || 2 * n > SLAB) return new Float32Array(n);
    if (this.used + n > this.slab.length) {
      this.slab = new Float32Array(SLAB);
      this.used = 0;
    }
    this.used += n;
    return this.slab.subarray(this.used - n, this.used);
  }

  /** Exchanges two samples: as rows, and, when the next row is asked for, as columns of every row. */
  swap(i: number, j: number): void {
    if (i === j) return;
    this.lastRow = null;
    const [a, b] = [this.entries.get(i), this.entries.get(j)];
    this.entries.delete(i);
    this.entries.delete(j);
    if (b) this.entries.set(i, b);
    if (a) this.entries.set(j, a);
    this.pending.push(Math.min(i, j), Math.max(i, j));
  }

  /** Exchanges columns, row by row, so that a row is in the processor's cache for all of them. */
  private exchangeColumns(): void {
    const { pending } = this;
    const swaps = Int32Array.from(pending);
    pending.length = 0;
    for (const [index, { data, known: length }] of this.entries) {
      for (let s = 0; s < swaps.length; s += 2) {
        const [low, high] = [swaps[s]!, swaps[s + 1]!];
        if (length <= low) continue;
        if (length <= high) {
          this.entries.delete(index);
          this.free += data.length;
          break;
        }
        const v = data[low]!;
        data[low] = data[high]!;
        data[high] = v;
      }
    }
  }
}
