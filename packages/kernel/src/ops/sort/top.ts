import type { Line } from "../../strided/lines.js";
import { sortedOrder } from "./order.js";
import { precedes, selectTop } from "./select.js";

/**
 * The order of the `k` largest (or smallest) elements, sorted; of equal ones those that stand first.
 */
export function topOrder(x: Line, k: number, largest: boolean): Int32Array {
  const n = x.length;
  if (k * 4 > n) return sortedOrder(x, largest).subarray(0, k);
  if (k > 32)
    return x instanceof Float64Array ? selectTop(x, k, largest) : sortedOrder(x, largest).subarray(0, k);
  // Inserting into a short sorted list beats selecting.
  const keys = x as Float64Array;
  const order = new Int32Array(k);
  let count = 0;
  for (let i = 0; i < n; i++) {
    const key = keys[i]!;
    if (count === k && !precedes(key, keys[order[k - 1]!]!, largest)) continue;
    let j = count < k ? count++ : k - 1;
    while (j > 0 && precedes(key, keys[order[j - 1]!]!, largest)) order[j] = order[--j]!;
    order[j] = i;
  }
  return order;
}
