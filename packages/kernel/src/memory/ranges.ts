/** Free ranges of memory: exact sizes are reused at once, all else is merged with its neighbours when it is needed. */
export class Ranges {
  /** Addresses by size of ranges given back and not merged yet. */
  readonly #bins = new Map<number, number[]>();
  /** Merged ranges, by address. */
  #at: number[] = [];
  #size: number[] = [];
  #binned = 0;

  #merged = 0;

  /** How much is free, in bytes. */
  get free(): number {
    return this.#binned + this.#merged;
  }

  give(ptr: number, size: number): void {
    const bin = this.#bins.get(size);
    if (bin) bin.push(ptr);
    else this.#bins.set(size, [ptr]);
    this.#binned += size;
  }

  /** A range of `size` bytes that was given back as such, or 0. */
  exact(size: number): number {
    const bin = this.#bins.get(size);
    if (bin === undefined || bin.length === 0) return 0;
    this.#binned -= size;
    return bin.pop()!;
  }

  /** A range of `size` bytes, or 0. */
  take(size: number): number {
    const exact = this.exact(size);
    return exact !== 0 ? exact : this.cut(size);
  }

  /** A range of `size` bytes from what was merged, or, if more than `loose` bytes were not yet, from what can be; or 0. */
  cut(size: number, loose = 0): number {
    const found = this.#fit(size);
    if (found !== 0 || this.#binned <= loose) return found;
    this.#merge();
    return this.#fit(size);
  }

  /** The smallest range that is large enough. */
  #fit(size: number): number {
    let best = -1;
    for (let i = 0; i < this.#size.length; i++)
      if (this.#size[i]! >= size && (best < 0 || this.#size[i]! < this.#size[best]!)) best = i;
    if (best < 0) return 0;
    const ptr = this.#at[best]!;
    this.#merged -= size;
    if (this.#size[best] === size) {
      this.#at.splice(best, 1);
      this.#size.splice(best, 1);
    } else {
      this.#at[best] = ptr + size;
      this.#size[best]! -= size;
    }
    return ptr;
  }

  #merge(): void {
    const all: [number, number][] = this.#at.map((at, i) => [at, this.#size[i]!]);
    for (const [size, list] of this.#bins) for (const at of list) all.push([at, size]);
    all.sort((a, b) => a[0] - b[0]);
    this.#bins.clear();
    this.#merged += this.#binned;
    this.#binned = 0;
    this.#at = [];
    this.#size = [];
    for (const [at, size] of all) {
      const last = this.#at.length - 1;
      if (last >= 0 && this.#at[last]! + this.#size[last]! === at) this.#size[last]! += size;
      else {
        this.#at.push(at);
        this.#size.push(size);
      }
    }
  }
}
