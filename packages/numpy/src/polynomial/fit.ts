import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import { Float, RuntimeWarning, Tuple, TypeError, ValueError, warn } from "@cognate/py";
import { zeros } from "../creation/filled.js";
import { asArray } from "../internal.js";
import { lstsq } from "../linalg/solving.js";
import { finfo } from "../types/info.js";
import { checkPoints } from "./classic.js";
import { inexact } from "./coefficients.js";

/** Least squares in the basis whose values `vander` gives, a column a degree. */
export const fitting =
  (vander: (x: ndarray, deg: number) => ndarray) =>
  (
    x: ArrayLike,
    y: ArrayLike,
    deg: number | readonly number[],
    rcond: number | null = null,
    full = false,
    w: ArrayLike | null = null,
  ): ndarray => {
    const [px, py] = [inexact(x), inexact(y)];
    const powers = [deg].flat() as number[];
    if (powers.length === 0 || powers.some((d) => !Number.isInteger(d)))
      throw new TypeError("deg must be an int or non-empty 1-D array of int");
    if (powers.some((d) => d < 0)) throw new ValueError("expected deg >= 0");
    checkPoints(px, py);
    const top = Math.max(...powers);
    const used =
      typeof deg === "number"
        ? Array.from({ length: top + 1 }, (_, i) => i)
        : [...powers].sort((a, b) => a - b);
    let left = vander(px, top).at(":", used) as ndarray;
    let right = py;
    if (w !== null) {
      const weights = inexact(w);
      if (weights.ndim !== 1) throw new TypeError("expected 1D vector for w");
      if (weights.size !== px.size) throw new TypeError("expected x and w to have same length");
      left = asArray(left.mul(weights.at(":", null)));
      right = asArray(right.mul(right.ndim === 2 ? weights.at(":", null) : weights));
    }
    const cut = rcond ?? px.size * Number(finfo(px.dtype).eps);
    const scale = asArray(
      asArray(asArray(asArray(left.abs()).pow(new Float(2))).sum({ axis: 0 })).pow(new Float(0.5)),
    );
    scale.set(scale.eq(0), 1);
    const solved = lstsq.impl(left.div(scale), right, cut) as unknown as [ndarray, ndarray, number, ndarray];
    let c = asArray(solved[0].T.div(scale)).T;
    if (typeof deg !== "number") {
      const whole = zeros.impl([top + 1, ...c._a.shape.slice(1)], c.dtype);
      whole.set([used], c);
      c = whole;
    }
    if (solved[2] !== used.length && !full) warn("The fit may be poorly conditioned", RuntimeWarning);
    return full ? (Tuple.of_([c, [solved[1], solved[2], solved[3], cut]]) as unknown as ndarray) : c;
  };
