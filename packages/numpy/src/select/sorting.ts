import { int64 } from "@cognate/kernel";
import {
  type ArrayLike,
  axisOf,
  counting,
  type ndarray,
  ordersTexts,
  sorting,
  toKernel,
} from "@cognate/ndarray/core";
import { def, TypeError } from "@cognate/py";
import { cast, listOf, ops, run, strided, wrap } from "../internal.js";

/** The order by several keys, the last one first in rank. @throws TypeError */
export const lexsort = def(
  "numpy.lexsort",
  "keys axis",
  ordersTexts((keys: ArrayLike | readonly ArrayLike[], axis = -1): ndarray => {
    const list = listOf(keys).map((k) => strided(k));
    if (list.length === 0) throw new TypeError("need sequence of keys with len > 0 in lexsort");
    const first = list[0]!;
    if (first.rank === 0) return wrap(counting(1).view([], []));
    const dim = axisOf(axis, first.rank);
    const line = counting(first.shape[dim]!);
    let order = run(
      ops.cast,
      { dtype: int64 },
      run(
        ops.expand,
        { shape: first.shape },
        line.view(
          first.shape.map((n, d) => (d === dim ? n : 1)),
          first.shape.map((_, d) => (d === dim ? 1 : 0)),
        ),
      ),
    );
    // Stable sorts by one key after the other leave equal ones in the order of the keys before.
    for (const key of list) {
      const [, next] = sorting.sortedAlong(run(ops.gather, { dim }, key, order), dim);
      order = run(ops.gather, { dim }, order, next);
    }
    return wrap(order);
  }, 0),
);

/** A sorted copy as complex numbers. */
export const sort_complex = def("numpy.sort_complex", "a", (a: ArrayLike): ndarray => {
  const x = strided(a);
  const narrow = x.dtype.itemsize <= 2 || x.dtype.name === "float32" || x.dtype.name === "complex64";
  return sorting.sort.impl(wrap(cast(x, toKernel(narrow ? "complex64" : "complex128"))));
});
