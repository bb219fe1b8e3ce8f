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

  /** @param megabytes - how much the rows may take; two rows always fit */
  constructor(
    private readonly n: number,
    megabytes: number,
  ) {
    this.free = Math.max(Math.floor((megabytes * 2 ** 20) / 4), 2 * n);
  }

  /** The row's memory, of which the first `known` values are filled. */
  row(index: number): { readonly data: Float32Array; readonly known: number; done(length: number): void } {
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

  /** Exchanges two samples: as rows, and as columns of every row. */
  swap(i: number, j: number): void {
    if (i === j) return;
    const [a, b] = [this.entries.get(i), this.entries.get(j)];
    this.entries.delete(i);
    this.entries.delete(j);
    if (b) this.entries.set(i, b);
    if (a) this.entries.set(j, a);
    const [low, high] = i < j ? [i, j] : [j, i];
    for (const [index, entry] of this.entries) {
      if (entry.length <= low) continue;
      if (entry.length > high) {
        const { data } = entry;
        const v = data[low]!;
        data[low] = data[high]!;
        data[high] = v;
      } else {
        this.entries.delete(index);
        this.free += entry.data.length;
      }
    }
  }
}
