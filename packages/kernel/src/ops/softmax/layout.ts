import { float32, type NumericData } from "../../dtype/dtype.js";
import { DTypeError, ShapeError } from "../../errors/errors.js";
import { normalizeAxis } from "../../strided/axes.js";
import { sameShape } from "../../strided/broadcast.js";
import { castTo, contiguous } from "../../strided/copy.js";
import { Strided, sizeOf } from "../../strided/strided.js";
import { fastKernel } from "../../wasm/registry.js";
import type { AlongParams } from "../engines/lines.js";
import type { Operand, OpRow } from "../row.js";

/** A walk over lines of row-major arrays: line k starts at `start(k)` and its `n` elements lie `step` apart. */
export interface LineWalk {
  readonly n: number;
  readonly step: number;
  readonly count: number;
}

/** Position of the first element of line k. */
export const startOf = ({ n, step }: LineWalk, k: number): number =>
  Math.floor(k / step) * step * n + (k % step);

/**
 * Runs `body` on the lines along `dim` of row-major arrays of one shape, and returns what it wrote in the type of the
 * inputs; half floats are computed in float32.
 */
export function overLines(
  row: OpRow<AlongParams>,
  operands: readonly Operand[],
  p: AlongParams,
  body: (walk: LineWalk, y: NumericData, xs: readonly NumericData[]) => void,
): Strided {
  const op = row.name;
  const first = operands[0] as Strided;
  const { dtype, shape } = first;
  if (dtype.kind !== "float") throw new DTypeError(op, "x", dtype.name, "a floating type");
  for (const x of operands)
    if (!sameShape((x as Strided).shape, shape))
      throw new ShapeError(op, "y", (x as Strided).shape, `[${shape.join(", ")}]`);
  const axis = normalizeAxis(op, p.dim, first.rank);
  const n = first.rank === 0 ? 1 : shape[axis]!;
  const step = sizeOf(shape.slice(axis + 1));
  const y = Strided.zeros(dtype.half ? float32 : dtype, shape);
  if (fastKernel(row, dtype)?.(operands, y, { dim: axis })) return y;
  const xs = operands.map(
    (x) => contiguous(dtype.half ? castTo(x as Strided, float32) : (x as Strided)).flat() as NumericData,
  );
  if (y.size > 0) body({ n, step, count: y.size / n }, y.data as NumericData, xs);
  return castTo(y, dtype);
}
