import { ShapeError } from "../../errors/errors.js";
import { normalizeAxis } from "../../strided/axes.js";
import { copyInto } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { defineVariadic } from "../row.js";

/** Arrays laid end to end along one axis; all other axes agree. */
export const cat = defineVariadic({
  name: "cat",
  dtype: "same",
  run: (xs, { dim }: { dim: number }) => {
    const first = xs[0]!;
    const axis = normalizeAxis("cat", dim, first.rank);
    let length = 0;
    xs.forEach((x, k) => {
      if (x.rank !== first.rank || x.shape.some((n, i) => i !== axis && n !== first.shape[i]))
        throw new ShapeError(
          "cat",
          `operand ${k}`,
          x.shape,
          `[${first.shape.join(", ")}] except along axis ${axis}`,
        );
      length += x.shape[axis]!;
    });
    const y = Strided.zeros(
      first.dtype,
      first.shape.map((n, i) => (i === axis ? length : n)),
    );
    let at = 0;
    for (const x of xs) {
      copyInto(y.view(x.shape, y.strides, at * y.strides[axis]!), x);
      at += x.shape[axis]!;
    }
    return y;
  },
  vjp: (gy, _inputs, { params, count, shape, needs }) => {
    const axis = normalizeAxis("cat", params.dim, gy.shape.length);
    let start = 0;
    return Array.from({ length: count }, (_, i) => {
      const length = shape(i)[axis]!;
      start += length;
      return needs(i) ? gy.slice({ dim: axis, start: start - length, step: 1, length }) : null;
    });
  },
  samples: [
    {
      inputs: [
        [2, 3],
        [2, 1],
        [2, 2],
      ],
      params: { dim: 1 },
    },
  ],
});
