import { broadcastTwo, castTo, float64, isInteger } from "@cognate/kernel";
import {
  type ArrayLike,
  broadcastError,
  type Flag,
  itemOf,
  logic,
  type ndarray,
  ordersTexts,
  promoteTypes,
  reductions,
  toKernel,
} from "@cognate/ndarray/core";
import { def } from "@cognate/py";
import { asArray, cast, ops, run, type Strided, strided, wrap } from "../internal.js";
import { broadcast_arrays } from "../manipulation/arranging.js";

const isInexact = (x: Strided): boolean => x.dtype.kind === "float" || x.dtype.kind === "complex";

/** Whether |a − b| ≤ atol + rtol·|b|, elementwise. */
export const isclose = def(
  "numpy.isclose",
  "a b rtol atol equal_nan",
  (a: ArrayLike, b: ArrayLike, rtol: ArrayLike = 1e-5, atol: ArrayLike = 1e-8, equal_nan = false): Flag => {
    const [x, given] = [asArray(a), asArray(b)];
    // Integers differ as floats do, so that the smallest one has an absolute value.
    const y = isInteger(given._a.dtype) ? wrap(cast(given._a, promoteTypes(given._a.dtype, float64))) : given;
    if (typeof rtol === "number" && typeof atol === "number") {
      const type = promoteTypes(promoteTypes(x._a.dtype, y._a.dtype), toKernel("float16"));
      if (!broadcastTwo(x._a.shape, y._a.shape)) throw broadcastError([x._a.shape, y._a.shape]);
      const [p, q] = broadcast_arrays(wrap(castTo(x._a, type)), wrap(castTo(y._a, type)));
      return itemOf(run(ops.isclose, { rtol, atol, equalNan: equal_nan }, p!._a, q!._a)) as unknown as Flag;
    }
    const near = logic.less_equal(
      absolute(asArray(x.sub(y))),
      asArray(asArray(rtol).mul(absolute(y))).add(atol),
    );
    const finite = logic.logical_and(near, logic.isfinite(y));
    const same = logic.logical_or(finite, logic.equal(x, y));
    return (equal_nan
      ? logic.logical_or(same, logic.logical_and(logic.isnan(x), logic.isnan(y)))
      : same) as unknown as Flag;
  },
);

const absolute = (x: ndarray): ndarray => asArray(x.abs());

/**
 * Whether all elements are close to each other.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.allclose([1, 2], [1, 2 + 1e-9]), np.allclose(1, 1.1, { rtol: 0.2 })); // prints True True
 * ```
 */
export const allclose = def(
  "numpy.allclose",
  "a b rtol atol equal_nan",
  (a: ArrayLike, b: ArrayLike, rtol = 1e-5, atol = 1e-8, equal_nan = false): boolean =>
    Boolean(reductions.all(isclose.impl(a, b, rtol, atol, equal_nan))),
);

const sameLengths = (x: Strided, y: Strided): boolean =>
  x.rank === y.rank && x.shape.every((n, d) => n === y.shape[d]);

/** Whether two arrays have the same shape and elements. */
export const array_equal = def(
  "numpy.array_equal",
  "a1 a2 equal_nan",
  ordersTexts(
    (a1: ArrayLike, a2: ArrayLike, equal_nan = false): boolean => {
      const [x, y] = [strided(a1), strided(a2)];
      if (!sameLengths(x, y)) return false;
      const same = logic.equal(wrap(x), wrap(y));
      if (!equal_nan || !(isInexact(x) && isInexact(y))) return Boolean(reductions.all(same));
      const both = logic.logical_and(logic.isnan(wrap(x)), logic.isnan(wrap(y)));
      return Boolean(reductions.all(logic.logical_or(same, both)));
    },
    0,
    1,
  ),
);

/** Whether two arrays stretched together have the same elements. */
export const array_equiv = def(
  "numpy.array_equiv",
  "a1 a2",
  ordersTexts(
    (a1: ArrayLike, a2: ArrayLike): boolean => {
      try {
        const [x, y] = broadcast_arrays(a1, a2);
        return Boolean(reductions.all(logic.equal(x!, y!)));
      } catch {
        return false;
      }
    },
    0,
    1,
  ),
);
