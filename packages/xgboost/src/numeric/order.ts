/** The indices of values from the largest to the smallest, equal ones in their order. */
export function descending(values: ArrayLike<number>, from = 0, to = values.length): Uint32Array {
  const out = Uint32Array.from({ length: to - from }, (_, i) => i);
  return out.sort((a, b) => values[from + b]! - values[from + a]! || a - b);
}

/** The indices of values from the smallest to the largest, equal ones in their order. */
export function ascending(values: ArrayLike<number>): Uint32Array {
  const out = Uint32Array.from({ length: values.length }, (_, i) => i);
  return out.sort((a, b) => values[a]! - values[b]! || a - b);
}
