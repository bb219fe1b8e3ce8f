type Keys = Float32Array | Float64Array;
type Payload = Float32Array | Uint32Array | Int32Array;

/**
 * Sorts keys ascending, moving a second array along, with the order of equal keys that libstdc++'s `std::sort` leaves (introsort with
 * a median-of-three pivot, runs of 16 left to a final insertion sort). XGBoost sums in that order, and float sums depend on it.
 */
export function sortPairs(keys: Keys, values: Payload, from: number, to: number): void {
  if (to - from < 2) return;
  const sorter = new Sorter(keys, values);
  sorter.intro(from, to, 2 * (31 - Math.clz32(to - from)));
  sorter.finish(from, to);
}

const RUN = 16;

class Sorter {
  constructor(
    private readonly k: Keys,
    private readonly v: Payload,
  ) {}
  private swap(i: number, j: number): void {
    const { k, v } = this;
    const a = k[i]!;
    k[i] = k[j]!;
    k[j] = a;
    const b = v[i]!;
    v[i] = v[j]!;
    v[j] = b;
  }
  intro(first: number, end: number, depth: number): void {
    let last = end;
    let left = depth;
    while (last - first > RUN) {
      if (left === 0) {
        this.heap(first, last);
        return;
      }
      left--;
      const cut = this.partition(first, last);
      this.intro(cut, last, left);
      last = cut;
    }
  }
  private partition(first: number, last: number): number {
    const { k } = this;
    const mid = first + ((last - first) >> 1);
    this.median(first, first + 1, mid, last - 1);
    const pivot = k[first]!;
    let lo = first + 1;
    let hi = last;
    for (;;) {
      while (k[lo]! < pivot) lo++;
      hi--;
      while (pivot < k[hi]!) hi--;
      if (!(lo < hi)) return lo;
      this.swap(lo, hi);
      lo++;
    }
  }
  private median(result: number, a: number, b: number, c: number): void {
    const { k } = this;
    if (k[a]! < k[b]!) {
      if (k[b]! < k[c]!) this.swap(result, b);
      else if (k[a]! < k[c]!) this.swap(result, c);
      else this.swap(result, a);
    } else if (k[a]! < k[c]!) this.swap(result, a);
    else if (k[b]! < k[c]!) this.swap(result, c);
    else this.swap(result, b);
  }
  finish(first: number, last: number): void {
    if (last - first > RUN) {
      this.insertion(first, first + RUN);
      for (let i = first + RUN; i < last; i++) this.insert(i);
    } else this.insertion(first, last);
  }
  private insertion(first: number, last: number): void {
    const { k, v } = this;
    for (let i = first + 1; i < last; i++) {
      if (k[i]! < k[first]!) {
        const [x, y] = [k[i]!, v[i]!];
        k.copyWithin(first + 1, first, i);
        v.copyWithin(first + 1, first, i);
        k[first] = x;
        v[first] = y;
      } else this.insert(i);
    }
  }
  /** Moves an element down to its place; something not larger lies before it. */
  private insert(i: number): void {
    const { k, v } = this;
    const x = k[i]!;
    const y = v[i]!;
    let j = i;
    while (x < k[j - 1]!) {
      k[j] = k[j - 1]!;
      v[j] = v[j - 1]!;
      j--;
    }
    k[j] = x;
    v[j] = y;
  }
  private heap(first: number, last: number): void {
    const n = last - first;
    for (let parent = (n - 2) >> 1; parent >= 0; parent--)
      this.sift(first, parent, n, this.k[first + parent]!, this.v[first + parent]!);
    for (let end = last; end - first > 1; ) {
      end--;
      const [x, y] = [this.k[end]!, this.v[end]!];
      this.k[end] = this.k[first]!;
      this.v[end] = this.v[first]!;
      this.sift(first, 0, end - first, x, y);
    }
  }
  private sift(first: number, hole0: number, n: number, x: number, y: number): void {
    const { k, v } = this;
    let hole = hole0;
    let child = hole;
    while (child < (n - 1) >> 1) {
      child = 2 * (child + 1);
      if (k[first + child]! < k[first + child - 1]!) child--;
      k[first + hole] = k[first + child]!;
      v[first + hole] = v[first + child]!;
      hole = child;
    }
    if ((n & 1) === 0 && child === (n - 2) >> 1) {
      child = 2 * (child + 1);
      k[first + hole] = k[first + child - 1]!;
      v[first + hole] = v[first + child - 1]!;
      hole = child - 1;
    }
    let parent = (hole - 1) >> 1;
    while (hole > hole0 && k[first + parent]! < x) {
      k[first + hole] = k[first + parent]!;
      v[first + hole] = v[first + parent]!;
      hole = parent;
      parent = (hole - 1) >> 1;
    }
    k[first + hole] = x;
    v[first + hole] = y;
  }
}
