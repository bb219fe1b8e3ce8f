import { contiguousStrides, type Shape, type Strided } from "./strided.js";

/**
 * Strides under which `shape` shows the elements of `x` in row-major order without copying, or `null`.
 *
 * Axes of `x` that lie behind one another in memory form a block; every block must be cut into whole new axes.
 */
export function viewStrides(x: Strided, shape: Shape): number[] | null {
  if (x.size === 0 || x.contiguous) return contiguousStrides(shape);
  const strides = new Array<number>(shape.length);
  let axis = shape.length - 1;
  let block = 1;
  let taken = 1;
  let step = x.strides[x.rank - 1]!;
  for (let i = x.rank - 1; i >= 0; i--) {
    block *= x.shape[i]!;
    const ends = i === 0 || (x.shape[i - 1] !== 1 && x.strides[i - 1] !== block * step);
    if (!ends) continue;
    while (axis >= 0 && (taken < block || shape[axis] === 1)) {
      strides[axis] = taken * step;
      taken *= shape[axis]!;
      axis--;
    }
    if (taken !== block) return null;
    if (i > 0) {
      step = x.strides[i - 1]!;
      block = 1;
      taken = 1;
    }
  }
  return axis === -1 ? strides : null;
}
