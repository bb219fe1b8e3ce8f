import { ShapeError } from "../../errors/errors.js";
import { cloneContiguous } from "../../strided/copy.js";
import { viewStrides } from "../../strided/reshape.js";
import { contiguousStrides, type Shape, type Strided, sizeOf } from "../../strided/strided.js";
import { defineOp } from "../row.js";

/** x with the same elements in row-major order under another shape: a view where strides allow, else a copy. */
export const reshape = defineOp({
  name: "reshape",
  inputs: ["x"],
  dtype: "same",
  view: true,
  run: ([operand], { shape }: { shape: Shape }) => {
    const x = operand as Strided;
    if (sizeOf(shape) !== x.size) throw new ShapeError("reshape", "x", x.shape, `${sizeOf(shape)} elements`);
    const strides = viewStrides(x, shape);
    return strides ? x.view(shape, strides) : cloneContiguous(x).view(shape, contiguousStrides(shape), 0);
  },
  vjp: (gy, _saved, { shape }) => ({ x: gy.reshape({ shape: shape(0) }) }),
  samples: [
    { inputs: [[2, 6]], params: { shape: [3, 4] } },
    { inputs: [[1]], params: { shape: [] } },
  ],
});
