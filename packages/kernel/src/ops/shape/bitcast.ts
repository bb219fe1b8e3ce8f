import type { DType } from "../../dtype/dtype.js";
import { ShapeError } from "../../errors/errors.js";
import { Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";

/** The bits of x read as another element type, a view; the last axis grows or shrinks with the size of an element. */
export const bitcast = defineOp({
  name: "bitcast",
  inputs: ["x"],
  dtype: "given",
  view: true,
  run: ([operand], { dtype }: { dtype: DType }) => {
    const x = operand as Strided;
    const ratio = x.dtype.itemsize / dtype.itemsize;
    if (ratio === 1) return new Strided(x.storage, dtype, x.shape, x.strides, x.offset);
    const last = x.rank - 1;
    const narrow = ratio > 1;
    const fits =
      last >= 0 &&
      x.strides[last] === 1 &&
      (narrow ||
        ((x.shape[last]! * ratio) % 1 === 0 &&
          (x.offset * ratio) % 1 === 0 &&
          x.strides.every((s, i) => i === last || (s * ratio) % 1 === 0)));
    if (!fits)
      throw new ShapeError("bitcast", "x", x.shape, `a last axis that holds whole elements of ${dtype.name}`);
    return new Strided(
      x.storage,
      dtype,
      x.shape.map((n, i) => (i === last ? n * ratio : n)),
      x.strides.map((s, i) => (i === last ? 1 : s * ratio)),
      x.offset * ratio,
    );
  },
  noGradient: "bits are no numbers",
  samples: [],
});
