import type { Tensor } from "../../../backend/tensor.js";
import * as K from "../../../ops/index.js";

/*
 * Rectangles drawn in images, one an image.
 */

/** The left, right, upper and lower edges, `[count]` each. */
export interface Edges {
  readonly left: Tensor;
  readonly right: Tensor;
  readonly top: Tensor;
  readonly bottom: Tensor;
}

/** A side of a part of a length, somewhere on it. `draw` gives numbers of [0, 1). */
export function sideOf(part: Tensor, length: number, type: string, draw: () => Tensor): [Tensor, Tensor] {
  const size = K.cast(K.multiply(part, length), type);
  const start = K.multiply(draw(), K.subtract(length, size));
  return [start, K.add(start, size)];
}

/** Which places of batches lie within the edges. */
export function within(edges: Edges, shape: readonly number[], last: boolean, type: string): Tensor {
  const [rows, columns] = shape.slice(last ? -3 : -2) as [number, number];
  const along = (n: number, at: readonly number[]): Tensor => K.reshape(K.arange(0, n, 1, type as never), at);
  const y = along(rows, last ? [1, -1, 1, 1] : [1, 1, -1, 1]);
  const x = along(columns, last ? [1, 1, -1, 1] : [1, 1, 1, -1]);
  const each = (t: Tensor): Tensor => K.reshape(t, [-1, 1, 1, 1]);
  const both = (a: Tensor, b: Tensor): Tensor => K.logical_and(a, b);
  return both(
    both(K.greater_equal(x, each(edges.left)), K.less(x, each(edges.right))),
    both(K.greater_equal(y, each(edges.top)), K.less(y, each(edges.bottom))),
  );
}
