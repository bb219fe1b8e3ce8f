import { ShapeError } from "../../errors/errors.js";
import { accumulateInto } from "../../strided/accumulate.js";
import { normalizeAxis } from "../../strided/axes.js";
import { cloneContiguous } from "../../strided/copy.js";
import { integersOf, wrapIndex } from "../../strided/integers.js";
import { contiguousStrides, type Shape, Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";

export interface GatherParams {
  readonly dim: number;
}

/**
 * Calls `each(k, position)` for every element of the index (row-major number k) with the position in x that it names:
 * its own coordinates, but along `dim` the index's value.
 */
function forEachNamed(
  op: string,
  x: { shape: Shape; strides: readonly number[]; offset: number },
  index: Strided,
  dim: number,
  each: (k: number, position: number) => void,
): void {
  if (index.rank !== x.shape.length || index.shape.some((n, i) => i !== dim && n > x.shape[i]!))
    throw new ShapeError(
      op,
      "index",
      index.shape,
      `at most [${x.shape.join(", ")}] except along axis ${dim}`,
    );
  const values = integersOf(index);
  const steps = contiguousStrides(index.shape);
  const size = x.shape.length === 0 ? 1 : x.shape[dim]!;
  for (let k = 0; k < values.length; k++) {
    let at = x.offset;
    let rest = k;
    for (let i = 0; i < index.rank; i++) {
      const c = Math.floor(rest / steps[i]!);
      rest -= c * steps[i]!;
      at += (i === dim ? wrapIndex(op, values[k]!, dim, size) : c) * x.strides[i]!;
    }
    each(k, at);
  }
}

/** y[i, j, …] = x with coordinate `dim` replaced by index[i, j, …]. */
export const gather = defineOp({
  name: "gather",
  inputs: ["x", "index"],
  dtype: "same",
  run: ([operand, names], { dim }: GatherParams) => {
    const [x, index] = [operand as Strided, names as Strided];
    const axis = normalizeAxis("gather", dim, x.rank);
    const y = Strided.zeros(x.dtype, index.shape);
    const [from, to] = [x.data, y.data];
    const { lanes } = x.dtype;
    forEachNamed("gather", x, index, axis, (k, at) => {
      for (let lane = 0; lane < lanes; lane++) to[k * lanes + lane] = from[at * lanes + lane]!;
    });
    return y;
  },
  saves: ["index"],
  vjp: (gy, { index }, { params, shape }) => ({ x: gy.full(shape(0), 0).scatterAdd(index, gy, params) }),
  samples: [
    {
      inputs: [[3, 4], { shape: [2, 4], values: [0, 2, 2, 1, 1, 0, 2, 2], dtype: "int64" }],
      params: { dim: 0 },
    },
  ],
});

/** x with src added at the positions that the index names; repeated names add up in order. */
export const scatterAdd = defineOp({
  name: "scatterAdd",
  inputs: ["x", "index", "src"],
  dtype: "same",
  run: ([operand, names, values], { dim }: GatherParams) => {
    const [x, index, src] = [operand as Strided, names as Strided, values as Strided];
    const axis = normalizeAxis("scatterAdd", dim, x.rank);
    const y = cloneContiguous(x);
    // Only the corner of src that the index covers takes part.
    const corner = cloneContiguous(src.view(index.shape, src.strides));
    const one = (v: Strided, at: number): Strided => v.view([], [], at);
    forEachNamed("scatterAdd", y, index, axis, (k, at) => accumulateInto(one(y, at), one(corner, k)));
    return y;
  },
  saves: ["index"],
  vjp: (gy, { index }, { params, needs, shape }) => ({
    x: gy,
    src: needs(2) ? cornerGrad(gy.gather(index, params), shape(2)) : null,
  }),
  samples: [
    {
      inputs: [[3, 4], { shape: [2, 4], values: [0, 2, 2, 1, 1, 0, 2, 2], dtype: "int64" }, [2, 4]],
      params: { dim: 0 },
    },
  ],
});

/** A gradient of a corner of an array padded with zeros to the whole. */
function cornerGrad(g: Value, shape: Shape): Value {
  if (g.shape.every((n, i) => n === shape[i])) return g;
  const chain = g.shape.map((length, dim) => ({
    op: "slice" as const,
    params: { dim, start: 0, step: 1, length },
  }));
  return g.full(shape, 0).viewScatter(g, { chain });
}
