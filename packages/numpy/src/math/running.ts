import {
  type ArrayLike,
  axisOf,
  type DTypeLike,
  givenKernel,
  type ndarray,
  reductions,
} from "@cognate/ndarray/core";
import { def, ValueError } from "@cognate/py";
import { asArray, ops, run, strided, wrap } from "../internal.js";
import { joined } from "../manipulation/joining.js";

/** Running sums or products that may begin with the sum or product of nothing. */
const cumulative =
  (scan: typeof reductions.cumsum, start: number) =>
  (
    x: ArrayLike,
    axis: number | null = null,
    dtype: DTypeLike | null = null,
    out: ndarray | null = null,
    include_initial = false,
  ): ndarray => {
    const given = asArray(x);
    const a = given.ndim === 0 ? given.reshape(1) : given;
    if (a.ndim !== 1 && axis === null)
      throw new ValueError("For arrays which have more than one dimension ``axis`` argument is required.");
    const dim = axisOf(axis ?? 0, a.ndim);
    if (!include_initial) return scan.impl(a, dim, dtype, out);
    const y = scan.impl(a, dim, dtype)._a;
    const shape = y.shape.map((n, d) => (d === dim ? 1 : n));
    const first = run(ops.expand, { shape }, strided(start, givenKernel(dtype) ?? y.dtype));
    const all = wrap(joined([first, y], dim));
    if (!out) return all;
    out.set(["..."], all);
    return out;
  };

const signature = "x * axis dtype out include_initial";

/** Running sums along an axis; `include_initial` begins with 0. */
export const cumulative_sum = def("numpy.cumulative_sum", signature, cumulative(reductions.cumsum, 0));
/** Running products along an axis; `include_initial` begins with 1. */
export const cumulative_prod = def("numpy.cumulative_prod", signature, cumulative(reductions.cumprod, 1));
