import { ShapeError } from "../../errors/errors.js";
import { cloneContiguous } from "../../strided/copy.js";
import type { Strided } from "../../strided/strided.js";
import { defineOp, type OpSpec } from "../row.js";

export interface TriangleParams {
  /** The diagonal up to which elements stay; 0 is the main one, 1 the one above it. */
  readonly k?: number;
}

type TriangleSpec = OpSpec<TriangleParams | undefined, "x", "y", never>;

const triangle = (name: "tril" | "triu"): TriangleSpec => ({
  name,
  inputs: ["x"],
  dtype: "same",
  run: ([operand], params) => {
    const x = operand as Strided;
    const k = params?.k ?? 0;
    if (x.rank < 2) throw new ShapeError(name, "x", x.shape, "at least two axes");
    const y = cloneContiguous(x);
    const [rows, columns] = [y.shape[y.rank - 2]!, y.shape[y.rank - 1]!];
    const { lanes } = y.dtype;
    const data = y.data as Float64Array;
    const zero = (y.dtype.big ? 0n : 0) as number;
    for (let row = 0, at = 0; at < y.size; row = (row + 1) % rows, at += columns) {
      const edge = Math.min(Math.max(row + k + (name === "tril" ? 1 : 0), 0), columns);
      const [from, to] = name === "tril" ? [edge, columns] : [0, edge];
      data.fill(zero, (at + from) * lanes, (at + to) * lanes);
    }
    return y;
  },
  vjp: (gy, _saved, { params }) => ({ x: gy[name](params) }),
  samples: [
    { inputs: [[3, 4]] },
    { inputs: [[2, 3, 3]], params: { k: 1 } },
    { inputs: [[3, 4]], params: { k: -1 } },
  ],
});

/** The lower triangle of the last two axes; zeros elsewhere. */
export const tril = defineOp(triangle("tril"));
/** The upper triangle of the last two axes; zeros elsewhere. */
export const triu = defineOp(triangle("triu"));
