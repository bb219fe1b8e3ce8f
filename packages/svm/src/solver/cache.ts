interface Entry {
  data: Float32Array;
  /** How many values from the front are known. */
  length: number;
}

/**
 * Rows of a kernel matrix that were computed lately, within a budget; the least recently used goes first.
 *
 * Values are float32, as LIBSVM stores them: its steps follow from the rounded values.
 */
export class RowCache {
  private readonly entries = new Map<number, Entry>();
  private free: number;
  /** Columns to exchange, two numbers each, the lower first. */
  private readonly pending: number[] = [];

  /** @param megabytes - how much the rows may take; two rows always fit */
  constructor(
    private readonly n: number,
    megabytes: number,
  ) {
    this.free = Math.max(Math.floor((megabytes * 2 ** 20) / 4), 2 * n);
  }

  /** The row's memory, of which the first `known` values are filled. */
  row(index: number): { readonly data: Float32Array; readonly known: number; done(length: number): void } {
    if (this.pending.length > 0) this.exchangeColumns();
    let entry = this.entries.get(index);
    if (entry) this.entries.delete(index);
    else {
      for (const [i, old] of this.entries) {
        if (this.free >= this.n) break;
        this.entries.delete(i);
        this.free += old.data.length;
      }
      entry = { data: new Float32Array(this.n), length: 0 };
      this.free -= this.n;
    }
    this.entries.set(index, entry);
    const e = entry;
    return {
      data: e.data,
      known: e.length,
      done: (length) => {
        e.length = Math.max(e.length, length);
      },
    };
  }

  /** Exchanges two samples: as rows, and, when the next row is asked for, as columns of every row. */
  swap(i: number, j: number): void {
    if (i === j) return;
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
    for (const [index, { data, length }] of this.entries) {
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
