import { copyInto } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { defineOp, type Scalar } from "../row.js";
import { scalarArray } from "../scalar.js";

/** src, stretched to the shape of x and converted to its type: what `x.copy_(src)` and `x[...] = src` leave in x. */
export const assign = defineOp({
  name: "assign",
  inputs: ["x", "src"],
  dtype: "same",
  run: ([operand, source], _params: void, out) => {
    const x = operand as Strided;
    const src = source instanceof Strided ? source : scalarArray(source as Scalar, x.dtype);
    return copyInto(out ?? Strided.zeros(x.dtype, x.shape), src);
  },
  // What x held is gone, so no gradient flows to it.
  vjp: (gy, _saved, { needs, shape, dtype }) => ({
    x: needs(0) ? gy.full(shape(0), 0) : null,
    src: needs(1) ? gy.sumTo(shape(1)).cast({ dtype: dtype(1), copy: false }) : null,
  }),
  samples: [{ inputs: [[2, 3], [3]] }],
});
