import { float64, isInteger } from "@cognate/kernel";
import {
  type ArrayLike,
  type DTypeLike,
  givenKernel,
  type Item,
  type ndarray,
  promoteTypes,
} from "@cognate/ndarray/core";
import { def, RuntimeError, RuntimeWarning, TypeError, ValueError, warn } from "@cognate/py";
import { allOf, anyOf, asArray, cast, item, ops, reshaped, run, strided, wrap } from "../internal.js";
import { joined } from "../manipulation/joining.js";
import { average } from "./averages.js";

const rows = (m: ArrayLike, rowvar: boolean, type: Parameters<typeof cast>[1]): ndarray => {
  const x = strided(m);
  const two = x.rank === 2 ? x : reshaped(x, [1, x.size]);
  const y = wrap(cast(two, type));
  return !rowvar && x.rank === 2 && two.shape[0] !== 1 ? y.T : y;
};

function checkFrequencies(f: ndarray, n: number): void {
  if (!isInteger(f._a.dtype) && !allOf(f.eq(f.round()))) throw new TypeError("fweights must be integer");
  if (f.ndim > 1) throw new RuntimeError("cannot handle multidimensional fweights");
  if (f.size !== n) throw new RuntimeError("incompatible numbers of samples and fweights");
  if (anyOf(f.lt(0))) throw new ValueError("fweights cannot be negative");
}

/** The covariances of variables, one a row (or a column, `rowvar: false`). */
export const cov = def(
  "numpy.cov",
  "m y rowvar bias ddof fweights aweights * dtype",
  (
    m: ArrayLike,
    y: ArrayLike | null = null,
    rowvar = true,
    bias = false,
    ddof: number | null = null,
    fweights: ArrayLike | null = null,
    aweights: ArrayLike | null = null,
    dtype: DTypeLike | null = null,
  ): Item => {
    if (ddof !== null && !Number.isInteger(ddof)) throw new ValueError("ddof must be integer");
    const a = strided(m);
    if (a.rank > 2) throw new ValueError("m has more than 2 dimensions");
    const b = y === null ? null : strided(y);
    if (b && b.rank > 2) throw new ValueError("y has more than 2 dimensions");
    const type = givenKernel(dtype) ?? promoteTypes(b ? promoteTypes(a.dtype, b.dtype) : a.dtype, float64);
    let x = rows(m, rowvar, type);
    if (y !== null) x = wrap(joined([x._a, rows(y, rowvar, type)._a], 0));
    const n = x._a.shape[1]!;
    let w: ndarray | null = null;
    if (fweights !== null) {
      w = asArray(fweights);
      checkFrequencies(w, n);
    }
    if (aweights !== null) {
      const aw = asArray(aweights);
      if (aw.size !== n) throw new RuntimeError("incompatible numbers of samples and aweights");
      if (anyOf(aw.lt(0))) throw new ValueError("aweights cannot be negative");
      w = w === null ? aw : asArray(w.mul(aw));
    }
    const less = ddof ?? (bias ? 0 : 1);
    const total = w === null ? n : Number(w.sum());
    let divisor = total - less;
    if (w !== null && less !== 0 && aweights !== null)
      divisor = total - (less * Number(asArray(w.mul(aweights)).sum())) / total;
    if (divisor <= 0) {
      warn("Degrees of freedom <= 0 for slice", RuntimeWarning);
      divisor = 0;
    }
    const centre = asArray(average.impl(x, 1, w));
    const away = asArray(x.sub(centre.at(":", null)));
    const other = w === null ? away.T : asArray(away.mul(w)).T;
    const c = wrap(
      run(ops.matmul, undefined, away._a, cast(run(ops.conj, undefined, other._a), away._a.dtype)),
    );
    return item(asArray(c.mul(1 / divisor)).squeeze());
  },
);

/** The correlation coefficients of variables, one a row (or a column, `rowvar: false`). */
export const corrcoef = def(
  "numpy.corrcoef",
  "x y rowvar * dtype",
  (x: ArrayLike, y: ArrayLike | null = null, rowvar = true, dtype: DTypeLike | null = null): Item => {
    const c = asArray(cov.impl(x, y, rowvar, false, null, null, null, dtype));
    if (c.ndim === 0) return c.div(c);
    const deviation = wrap(
      run(ops.sqrt, undefined, run(ops.real, undefined as never, run(ops.diagonal, {}, c._a))),
    );
    const r = asArray(asArray(c.div(deviation.at(":", null))).div(deviation.at(null, ":")));
    const within = (v: ndarray): ndarray => asArray(v.clip(-1, 1));
    if (r._a.dtype.kind !== "complex") return within(r) as Item;
    return wrap(run(ops.complex, undefined, within(r.real)._a, within(r.imag)._a)) as Item;
  },
);
