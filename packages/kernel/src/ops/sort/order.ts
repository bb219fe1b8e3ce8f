import type { Line } from "../../strided/lines.js";

/** Runs of this length are sorted by insertion before they are merged. */
const RUN = 16;

/**
 * The stable order of a line's elements: position i of the result says where the i-th element stands. NaN counts as
 * larger than everything.
 */
export function sortedOrder(x: Line, descending = false): Int32Array {
  const n = x.length;
  let order = new Int32Array(n);
  const numbers = x instanceof Float64Array ? splitNaN(x, order, descending) : [0, n];
  if (!(x instanceof Float64Array)) for (let i = 0; i < n; i++) order[i] = i;
  const [from, to] = numbers as [number, number];
  const keys = x as Float64Array;
  for (let low = from; low < to; low += RUN)
    insertionSort(keys, order, low, Math.min(low + RUN, to), descending);
  if (to - from <= RUN) return order;
  let other = order.slice();
  for (let width = RUN; width < to - from; width *= 2) {
    for (let low = from; low < to; low += 2 * width)
      merge(keys, order, other, low, Math.min(low + width, to), Math.min(low + 2 * width, to), descending);
    [order, other] = [other, order];
  }
  return order;
}

/** Fills `order` with the NaNs at the end where they belong; returns the part that holds numbers. */
function splitNaN(x: Float64Array, order: Int32Array, descending: boolean): [number, number] {
  const n = x.length;
  let nans = 0;
  for (let i = 0; i < n; i++) if (Number.isNaN(x[i])) nans++;
  let [number, nan] = descending ? [nans, 0] : [0, n - nans];
  for (let i = 0; i < n; i++) order[Number.isNaN(x[i]) ? nan++ : number++] = i;
  return descending ? [nans, n] : [0, n - nans];
}

function insertionSort(
  keys: Float64Array,
  order: Int32Array,
  from: number,
  to: number,
  descending: boolean,
): void {
  for (let i = from + 1; i < to; i++) {
    const at = order[i]!;
    const key = keys[at]!;
    let j = i - 1;
    if (descending) while (j >= from && keys[order[j]!]! < key) order[j + 1] = order[j--]!;
    else while (j >= from && keys[order[j]!]! > key) order[j + 1] = order[j--]!;
    order[j + 1] = at;
  }
}

/** Merges the sorted parts [low, mid) and [mid, high) of `from` into `to`; the left one wins ties. */
function merge(
  keys: Float64Array,
  from: Int32Array,
  to: Int32Array,
  low: number,
  mid: number,
  high: number,
  descending: boolean,
): void {
  let [i, j] = [low, mid];
  for (let k = low; k < high; k++) {
    const right =
      j < high &&
      (i >= mid || (descending ? keys[from[j]!]! > keys[from[i]!]! : keys[from[j]!]! < keys[from[i]!]!));
    to[k] = right ? from[j++]! : from[i++]!;
  }
}
