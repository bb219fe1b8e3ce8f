import { float32, type NumericData } from "../../dtype/dtype.js";
import { ShapeError } from "../../errors/errors.js";
import { sameShape } from "../../strided/broadcast.js";
import { castTo, contiguous } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { runFast } from "../../wasm/registry.js";
import type { Operand } from "../row.js";

/** The elements of one array, row-major. */
export type Elements = Float32Array | Float64Array;

const elements = (x: Strided): Elements =>
  (x.data as NumericData).subarray(x.offset, x.offset + x.size) as Elements;

/**
 * Runs one loop over arrays of one shape and type and gives new arrays of it: what a step of an optimizer does to a
 * parameter and to what is kept for it. Half floats are computed in float32.
 *
 * @param fill - reads the inputs and fills as many outputs as `outputs` says
 * @param fast - does the same in another way, or declines
 */
export function stepOver(
  op: string,
  operands: readonly Operand[],
  outputs: number,
  fill: (inputs: readonly Elements[], outputs: readonly Elements[], n: number) => void,
  fast?: (inputs: readonly Strided[], outputs: readonly Strided[]) => boolean,
): Strided[] {
  const given = operands as readonly Strided[];
  const { dtype, shape } = given[0]!;
  given.forEach((x, i) => {
    if (!sameShape(x.shape, shape)) throw new ShapeError(op, `input ${i}`, x.shape, `[${shape.join(", ")}]`);
  });
  const type = dtype.half ? float32 : dtype;
  const results = Array.from({ length: outputs }, () => Strided.zeros(type, shape));
  if (fast && type === dtype && runFast(() => fast(given, results))) return results;
  const inputs = given.map((x) => elements(contiguous(castTo(x, type))));
  fill(inputs, results.map(elements), given[0]!.size);
  return results.map((y) => castTo(y, dtype));
}
