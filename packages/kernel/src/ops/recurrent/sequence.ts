import { bool, type DType } from "../../dtype/dtype.js";
import { DTypeError, ParamError, ShapeError } from "../../errors/errors.js";
import type { Shape, Strided } from "../../strided/strided.js";
import { packed } from "../engines/pack.js";

/** How a recurrent op walks over its sequences. */
export interface RecurrentParams {
  /** From the last step to the first. */
  readonly reverse?: boolean;
  /**
   * x is packed `[rows, input]`: the first so many sequences at step 0, then those at step 1, and so on (never more than
   * before). Without it x is `[steps, batch, input]`.
   */
  readonly batchSizes?: readonly number[];
  /** A masked step puts out zeros; else the last output again. */
  readonly zeroOutput?: boolean;
  /** Whether the reserve is kept, without which there is no backward; yes if left out. */
  readonly keeps?: boolean;
  /** Backward only: whether the gradient of x is wanted; else an empty array stands in its place. */
  readonly needsX?: boolean;
}

/** The steps in the order in which they are walked: their first row, and how many rows run. */
export interface Steps {
  readonly rows: number;
  readonly batch: number;
  readonly offset: Int32Array;
  readonly size: Int32Array;
}

export function stepsOf(op: string, x: Shape, h: Shape, p: RecurrentParams): Steps {
  const [batch] = h as readonly [number];
  const sizes = p.batchSizes;
  if (h.length !== 2) throw new ShapeError(op, "h", h, "[batch, hidden]");
  if (!sizes) {
    if (x.length !== 3) throw new ShapeError(op, "x", x, "[steps, batch, input]");
    if (x[1] !== batch) throw new ShapeError(op, "h", h, `[${x[1]}, hidden] (x is [${x.join(", ")}])`);
    return inOrder(new Array<number>(x[0]!).fill(batch), batch, p);
  }
  if (x.length !== 2) throw new ShapeError(op, "x", x, "[rows, input] (packed)");
  const total = sizes.reduce((a, b) => a + b, 0);
  if (total !== x[0] || sizes.some((n, i) => n > (i === 0 ? batch : sizes[i - 1]!)))
    throw new ParamError(
      op,
      "batchSizes",
      `[${sizes.join(", ")}]`,
      `falling numbers up to ${batch} that add up to ${x[0]}`,
    );
  return inOrder(sizes, batch, p);
}

function inOrder(sizes: readonly number[], batch: number, { reverse }: RecurrentParams): Steps {
  const size = Int32Array.from(sizes);
  const offset = new Int32Array(size.length);
  let rows = 0;
  size.forEach((n, t) => {
    offset[t] = rows;
    rows += n;
  });
  return { rows, batch, offset: reverse ? offset.reverse() : offset, size: reverse ? size.reverse() : size };
}

/** The one floating type of a recurrent op's arrays. */
export function recurrentType(
  op: string,
  names: readonly string[],
  arrays: readonly (Strided | null)[],
): DType {
  const type = arrays[0]!.dtype;
  if (type.kind !== "float") throw new DTypeError(op, names[0]!, type.name, "a floating type");
  arrays.forEach((x, i) => {
    if (x && x.dtype !== type)
      throw new DTypeError(op, names[i]!, x.dtype.name, `${type.name} like ${names[0]}`);
  });
  return type;
}

/** Which rows run, or `null` for all. */
export function runsOf(op: string, mask: Strided | null, x: Strided, p: RecurrentParams): Uint8Array | null {
  if (!mask) return null;
  if (mask.dtype !== bool) throw new DTypeError(op, "mask", mask.dtype.name, "bool");
  if (p.batchSizes || mask.rank !== 2 || mask.shape[0] !== x.shape[0] || mask.shape[1] !== x.shape[1])
    throw new ShapeError(op, "mask", mask.shape, "[steps, batch]");
  return Uint8Array.from(packed(mask));
}
