import type { Strided } from "../../strided/strided.js";

/**
 * The order in which PyTorch walks arrays of one shape: axes of small strides innermost, decided by the first array
 * that tells two axes apart. Returns axis numbers, outermost first.
 *
 * Source: `TensorIteratorBase::reorder_dimensions` (an insertion sort, because the comparison is not transitive).
 */
export function memoryOrder(shape: readonly number[], strides: readonly (readonly number[])[]): number[] {
  const n = shape.length;
  // Innermost first while sorting.
  const order = Array.from({ length: n }, (_, i) => n - 1 - i);
  const outOfOrder = (a: number, b: number): number => {
    for (const s of strides) {
      const [sa, sb] = [s[a]!, s[b]!];
      if (sa === 0 || sb === 0) continue;
      if (sa !== sb) return sa < sb ? -1 : 1;
      if (shape[a]! > shape[b]!) return 1;
    }
    return 0;
  };
  for (let i = 1; i < n; i++) {
    let at = i;
    for (let j = i - 1; j >= 0; j--) {
      const c = outOfOrder(order[j]!, order[at]!);
      if (c < 0) break;
      if (c > 0) {
        [order[j], order[at]] = [order[at]!, order[j]!];
        at = j;
      }
    }
  }
  return order.reverse();
}

/**
 * Strides (in elements, without gaps) for a new array that keeps the axis order of `x`: PyTorch's memory format
 * "preserve".
 */
export function preservedStrides(x: Strided): number[] {
  const order = memoryOrder(x.shape, [x.strides]);
  const strides = new Array<number>(x.shape.length);
  let step = 1;
  for (let i = order.length - 1; i >= 0; i--) {
    const axis = order[i]!;
    strides[axis] = step;
    step *= Math.max(x.shape[axis]!, 1);
  }
  return strides;
}
