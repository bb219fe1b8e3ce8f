import { ParamError, ShapeError } from "../../errors/errors.js";
import type { Strided } from "../../strided/strided.js";

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
