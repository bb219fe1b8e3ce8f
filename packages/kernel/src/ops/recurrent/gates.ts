import { ParamError, ShapeError } from "../../errors/errors.js";
import type { Strided } from "../../strided/strided.js";
import { dotRows } from "../engines/dot-rows.js";
import { packed } from "../engines/pack.js";
import { columnSums, turned } from "./sequence.js";

/** Two letters that mean the same gate. */
const SAME: Readonly<Record<string, string>> = { c: "g", h: "n" };

/**
 * The block of each gate in stacked weights, by letter, from an order such as `"ifgo"`, `"ifco"`, `"rzn"` or `"zrh"` (c is g,
 * h is n).
 */
export function gateBlocks<L extends string>(
  op: string,
  order: string,
  letters: readonly L[],
): Record<L, number> {
  const given = [...order].map((l) => (letters.includes(l as L) ? l : (SAME[l] ?? l)));
  if (given.length !== letters.length || letters.some((l) => !given.includes(l)))
    throw new ParamError(op, "gates", order, `the letters ${letters.join("")} in some order`);
  return Object.fromEntries(letters.map((l) => [l, given.indexOf(l)])) as Record<L, number>;
}

/** Shapes of a recurrent op with stacked gates. */
export interface Sizes {
  readonly input: number;
  readonly hidden: number;
  /** Width of the state that is fed back: hidden, or less with a projection. */
  readonly fed: number;
  /** Rows of the stacked weights. */
  readonly stacked: number;
}

export function sizesOf(
  op: string,
  gates: number,
  x: Strided,
  h: Strided,
  wx: Strided,
  wh: Strided,
  biases: readonly (Strided | null)[],
): Sizes {
  const input = x.shape[x.rank - 1]!;
  const fed = h.shape[1]!;
  const stacked = wx.shape[0]!;
  if (wx.rank !== 2 || stacked % gates !== 0 || wx.shape[1] !== input)
    throw new ShapeError(op, "wx", wx.shape, `[${gates}·hidden, ${input}]`);
  if (wh.rank !== 2 || wh.shape[0] !== stacked || wh.shape[1] !== fed)
    throw new ShapeError(op, "wh", wh.shape, `[${stacked}, ${fed}]`);
  biases.forEach((b, i) => {
    if (b && (b.rank !== 1 || b.size !== stacked))
      throw new ShapeError(op, i === 0 ? "bx" : "bh", b.shape, `[${stacked}]`);
  });
  return { input, hidden: stacked / gates, fed, stacked };
}

/** x·wxᵀ and the biases for all rows at once: `[rows, stacked]`. */
export function inputGates(
  x: Float64Array,
  wx: Float64Array,
  biases: readonly (Strided | null)[],
  rows: number,
  { input, stacked }: Sizes,
): Float64Array {
  const out = new Float64Array(rows * stacked);
  for (const bias of biases) {
    if (!bias) continue;
    const b = packed(bias);
    for (let r = 0, at = 0; r < rows; r++) for (let j = 0; j < stacked; j++) out[at++]! += b[j]!;
  }
  dotRows(x, 0, wx, 0, out, 0, stacked, rows, stacked, input, true);
  return out;
}

/** Gradients of input (if wanted), its weights and its bias from those of the gates' inputs `[rows, stacked]`. */
export function inputGradients(
  gates: Float64Array,
  x: Float64Array,
  wx: Float64Array,
  rows: number,
  { input, stacked }: Sizes,
  needsX = true,
): { gx: Float64Array; gwx: Float64Array; gb: Float64Array } {
  const gx = new Float64Array(needsX ? rows * input : 0);
  if (needsX) dotRows(gates, 0, turned(wx, stacked, input), 0, gx, 0, input, rows, input, stacked, false);
  const gwx = new Float64Array(stacked * input);
  dotRows(
    turned(gates, rows, stacked),
    0,
    turned(x, rows, input),
    0,
    gwx,
    0,
    input,
    stacked,
    input,
    rows,
    false,
  );
  return { gx, gwx, gb: columnSums(gates, rows, stacked) };
}

/** The gradient of weights `[outputs, inputs]` that took rows of `inputs` to rows whose gradients are given. */
export function weightGradient(
  gradients: Float64Array,
  inputs: Float64Array,
  rows: number,
  outputs: number,
  width: number,
): Float64Array {
  const out = new Float64Array(outputs * width);
  dotRows(
    turned(gradients, rows, outputs),
    0,
    turned(inputs, rows, width),
    0,
    out,
    0,
    width,
    outputs,
    width,
    rows,
    false,
  );
  return out;
}
