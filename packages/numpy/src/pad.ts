import { linspace } from "./creation/grids.js";
import { makePad } from "./manipulation/padding.js";
import { median } from "./statistics/averages.js";

/**
 * An array with elements added at the ends of its axes.
 *
 * @param pad_width - how many before and after: a number, a pair, one pair an axis
 * @param mode - `"constant"`, `"edge"`, `"reflect"`, `"symmetric"`, `"wrap"`, `"linear_ramp"`, `"maximum"`, `"mean"`,
 * `"median"`, `"minimum"`, `"empty"`, or a function of a line
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.pad([1, 2, 3], 1), np.pad([1, 2, 3], [2, 0], { mode: "reflect" })); // prints [0 1 2 3 0] [3 2 1 2 3]
 * ```
 */
export const pad = makePad(
  (a, b, n, axis) => linspace.impl(a, b, n, false, false, null, axis),
  (x, axis) => median.impl(x, axis, null, false, true),
);
