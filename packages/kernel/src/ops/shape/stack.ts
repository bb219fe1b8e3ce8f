import { ParamError, ShapeError } from "../../errors/errors.js";
import { sameShape } from "../../strided/broadcast.js";
import { copyInto } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { defineVariadic } from "../row.js";

const axisOf = (dim: number, rank: number): number => {
  if (!Number.isInteger(dim) || dim < -rank || dim >= rank)
    throw new ParamError("stack", "dim", dim, `${-rank} to ${rank - 1}`);
  return dim < 0 ? dim + rank : dim;
};

/** Arrays of one shape side by side along a new axis. */
export const stack = defineVariadic({
  name: "stack",
  dtype: "same",
  run: (xs, { dim }: { dim: number }) => {
    const first = xs[0]!;
    const axis = axisOf(dim, first.rank + 1);
    const y = Strided.zeros(first.dtype, [
      ...first.shape.slice(0, axis),
      xs.length,
      ...first.shape.slice(axis),
    ]);
    const strides = y.strides.filter((_, i) => i !== axis);
    xs.forEach((x, k) => {
      if (!sameShape(x.shape, first.shape))
        throw new ShapeError("stack", `operand ${k}`, x.shape, `[${first.shape.join(", ")}]`);
      copyInto(y.view(x.shape, strides, k * y.strides[axis]!), x);
    });
    return y;
  },
  vjp: (gy, _inputs, { params, count, needs }) => {
    const axis = axisOf(params.dim, gy.shape.length);
    const before = gy.shape
      .slice(0, axis)
      .map((length) => ({ kind: "slice" as const, start: 0, step: 1, length }));
    return Array.from({ length: count }, (_, k) =>
      needs(k) ? gy.indexView({ items: [...before, { kind: "select", index: k }] }) : null,
    );
  },
  samples: [
    {
      inputs: [
        [2, 3],
        [2, 3],
      ],
      params: { dim: 1 },
    },
    { inputs: [[2], [2], [2]], params: { dim: -1 } },
    { inputs: [[], []], params: { dim: 0 } },
  ],
});
