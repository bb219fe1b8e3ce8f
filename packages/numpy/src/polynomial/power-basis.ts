import * as power from "./polynomial.js";
import { type Series, seriesClass } from "./series.js";

/**
 * A polynomial c₀ + c₁x + c₂x² + … with a domain that is mapped to a window first, called at points.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * const p = np.polynomial.Polynomial([1, 2, 3]);
 * print(p, p(2.5), p.deriv()); // prints 1.0 + 2.0·x + 3.0·x² 24.75 2.0 + 6.0·x
 * ```
 */
export const Polynomial = seriesClass({
  name: "Polynomial",
  module: "polynomial",
  symbol: null,
  domain: power.polydomain,
  functions: {
    add: power.polyadd,
    sub: power.polysub,
    mul: power.polymul,
    div: power.polydiv,
    pow: power.polypow,
    val: power.polyval,
    der: power.polyder,
    int: power.polyint,
    roots: power.polyroots,
    line: power.polyline,
    fit: power.polyfit,
    fromroots: power.polyfromroots,
  },
});
export type Polynomial = Series;
