import { float64, isDiscrete, realOf, type Strided } from "@cognate/kernel";
import {
  type ArrayLike,
  axisOf,
  type Item,
  itemOf,
  logic,
  type ndarray,
  reductions,
} from "@cognate/ndarray/core";
import { def, Float, namedTuple, TypeError, ValueError } from "@cognate/py";
import { anyOf, asArray, cast, item, ops, run, wrap } from "../internal.js";
import { moveaxis } from "../manipulation/arranging.js";
import { stack } from "../manipulation/joining.js";
import { count_nonzero, where } from "../select/where.js";
import { finfo } from "../types/info.js";
import { checkSquare, floating, given, LinAlgError, linalgType } from "./common.js";
import { svd } from "./factors.js";
import { inv } from "./solving.js";

/** The determinants of square matrices. @throws LinAlgError */
export const det = def("numpy.linalg.det", "a", (a: ArrayLike): Item => {
  const x = asArray(a);
  checkSquare(x);
  const { work, result } = linalgType(x);
  return itemOf(cast(run(ops.det, undefined, given(x, work)), result));
});

const Slogdet = namedTuple<{ sign: Item; logabsdet: Item }>("SlogdetResult", ["sign", "logabsdet"]);

/** The sign (or, of complex matrices, the number of size 1) and the logarithm of the size of determinants. */
export const slogdet = def("numpy.linalg.slogdet", "a", (a: ArrayLike) => {
  const x = asArray(a);
  checkSquare(x);
  const { work, result } = linalgType(x);
  const [sign, log] = ops.slogdet.run([given(x, work)], undefined) as readonly Strided[];
  return Slogdet(itemOf(cast(sign!, result)), itemOf(cast(log!, realOf(result))));
});

type Order = number | "fro" | "f" | "nuc" | null;
type Axes = number | readonly number[] | null;

const squares = (x: ndarray): ndarray => asArray(asArray(asArray(x.conj()).mul(x)).real);
const rootOf = (x: ArrayLike): Item => itemOf(run(ops.sqrt, undefined, floating(x)));

/** Norms of vectors along axes. @throws ValueError */
function vectorNorm(x: ndarray, ord: Order, axis: readonly number[], keepdims: boolean): Item {
  const sizes = (): ndarray => asArray(x.abs());
  if (ord === Number.POSITIVE_INFINITY) return sizes().max({ axis, keepdims, initial: 0 });
  if (ord === Number.NEGATIVE_INFINITY) return sizes().min({ axis, keepdims });
  if (ord === 0) return asArray(asArray(x.ne(0)).astype(asArray(x.real).dtype)).sum({ axis, keepdims });
  if (ord === 1) return sizes().sum({ axis, keepdims });
  if (ord === null || ord === 2) return rootOf(squares(x).sum({ axis, keepdims }));
  if (typeof ord === "string") throw new ValueError(`Invalid norm order '${ord}' for vectors`);
  const total = asArray(asArray(sizes().pow(new Float(ord))).sum({ axis, keepdims }));
  return item(asArray(total).pow(new Float(1 / ord)));
}

/** Singular values of matrices that lie in two axes. */
const singular = (x: ndarray, axes: readonly [number, number]): ndarray =>
  svd.impl(moveaxis.impl(x, axes, [-2, -1]), false, false) as unknown as ndarray;

/** Norms of matrices that lie in two axes. @throws ValueError */
function matrixNorm(x: ndarray, ord: Order, axes: readonly [number, number]): Item {
  const [row, column] = axes;
  const sums = (over: number, then: number, how: "max" | "min"): Item => {
    const sizes = asArray(asArray(x.abs()).sum({ axis: over }));
    const axis = then > over ? then - 1 : then;
    return how === "max" ? sizes.max({ axis, initial: 0 }) : sizes.min({ axis });
  };
  switch (ord) {
    case null:
    case "fro":
    case "f":
      return rootOf(squares(x).sum({ axis: axes }));
    case 2:
      return singular(x, axes).max({ axis: -1, initial: 0 });
    case -2:
      return singular(x, axes).min({ axis: -1 });
    case "nuc":
      return singular(x, axes).sum({ axis: -1, initial: 0 });
    case 1:
      return sums(row, column, "max");
    case -1:
      return sums(row, column, "min");
    case Number.POSITIVE_INFINITY:
      return sums(column, row, "max");
    case Number.NEGATIVE_INFINITY:
      return sums(column, row, "min");
    default:
      throw new ValueError("Invalid norm order for matrices.");
  }
}

/**
 * The norm of a vector or matrix, of those along an axis or two, or of all elements.
 *
 * @param ord - vectors: 2 by default, any number, ±∞; matrices: `"fro"` by default, `"nuc"`, ±1, ±2, ±∞
 * @throws ValueError for an order that does not exist
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.linalg.norm([1, 2]), np.linalg.norm([[3, 4], [6, 8]], { axis: 1 })); // prints 2.23606797749979 [ 5. 10.]
 * ```
 */
export const norm = def(
  "numpy.linalg.norm",
  "x ord axis keepdims",
  (x: ArrayLike, ord: Order = null, axis: Axes = null, keepdims = false): Item => {
    let a = asArray(x);
    if (isDiscrete(a._a.dtype)) a = wrap(cast(a._a, float64));
    const kept = (y: Item, axes: readonly number[]): Item =>
      keepdims ? item(asArray(y).reshape(a._a.shape.map((n, d) => (axes.includes(d) ? 1 : n)))) : y;
    const all = a._a.shape.map((_, d) => d);
    if (axis === null) {
      const plain =
        ord === null || ((ord === "f" || ord === "fro") && a.ndim === 2) || (ord === 2 && a.ndim === 1);
      if (plain) {
        const flat = a.ravel("K");
        const parts = flat._a.dtype.lanes === 2 ? [asArray(flat.real), asArray(flat.imag)] : [flat];
        const total = parts.map((p) => p.dot(p)).reduce((p, q) => item(asArray(p).add(q)));
        return kept(rootOf(total), all);
      }
    }
    const given = axis === null ? all : axesGiven(axis);
    if (given.length === 1)
      return vectorNorm(
        a,
        ord,
        given.map((d) => axisOf(d, a.ndim)),
        keepdims,
      );
    if (given.length !== 2) throw new ValueError("Improper number of dimensions to norm.");
    const [row, column] = given.map((d) => axisOf(d, a.ndim)) as [number, number];
    if (row === column) throw new ValueError("Duplicate axes given.");
    return kept(matrixNorm(a, ord, [row, column]), [row, column]);
  },
);

function axesGiven(axis: number | readonly number[]): readonly number[] {
  const axes = [axis].flat();
  if (axes.some((d) => !Number.isInteger(d)))
    throw new TypeError("'axis' must be None, an integer or a tuple of integers");
  return axes;
}

/** Norms of the matrices in the last two axes. */
export const matrix_norm = def(
  "numpy.linalg.matrix_norm",
  "x * keepdims ord",
  (x: ArrayLike, keepdims = false, ord: Order = "fro"): Item => norm.impl(x, ord, [-2, -1], keepdims),
);

/** Norms of vectors along axes, of all elements as one vector by default. */
export const vector_norm = def(
  "numpy.linalg.vector_norm",
  "x * axis keepdims ord",
  (x: ArrayLike, axis: Axes = null, keepdims = false, ord: number = 2): Item => {
    const a = asArray(x);
    if (axis === null) {
      const y = norm.impl(a.ravel(), ord);
      return keepdims ? item(asArray(y).reshape(a._a.shape.map(() => 1))) : y;
    }
    const axes = axesGiven(axis).map((d) => axisOf(d, a.ndim));
    if (axes.length === 1) return norm.impl(a, ord, axes, keepdims);
    // The axes as one, behind the others.
    const rest = a._a.shape.map((_, d) => d).filter((d) => !axes.includes(d));
    const line = a.transpose([...rest, ...axes]).reshape([...rest.map((d) => a._a.shape[d]!), -1]);
    const y = norm.impl(line, ord, -1);
    return keepdims ? item(asArray(y).reshape(a._a.shape.map((n, d) => (axes.includes(d) ? 1 : n)))) : y;
  },
);

/** Inverses where there are any, NaN where not. */
function inverses(x: ndarray): ndarray {
  try {
    return inv.impl(x);
  } catch (e) {
    if (!(e instanceof LinAlgError)) throw e;
    if (x.ndim === 2) return asArray(x.mul(Number.NaN));
    return stack.impl([...x].map((m) => inverses(m)));
  }
}

/** How much errors of b grow in the solution of x·y = b: the norm of x times that of its inverse. @throws LinAlgError */
export const cond = def("numpy.linalg.cond", "x p", (x: ArrayLike, p: Order = null): Item => {
  const a = asArray(x);
  if (a.size === 0 && a._a.shape.slice(-2).reduce((n, m) => n * m, 1) === 0)
    throw new LinAlgError("cond is not defined on empty arrays");
  let y: ndarray;
  if (p === null || p === 2 || p === -2) {
    const s = svd.impl(a, true, false) as unknown as ndarray;
    const [first, last] = [floating(s.at("...", 0)), floating(s.at("...", -1))];
    y = wrap(p === -2 ? run(ops.div, undefined, last, first) : run(ops.div, undefined, first, last));
  } else {
    checkSquare(a);
    const { result } = linalgType(a);
    const sizes = [a, inverses(a)].map((m) => asArray(norm.impl(m, p, [-2, -1])));
    y = wrap(cast(floating(sizes[0]!.mul(sizes[1]!)), realOf(result)));
  }
  const spoiled = asArray(logic.isnan(y));
  if (anyOf(spoiled)) {
    const own = asArray(reductions.any(logic.isnan(a), [-2, -1] as never));
    y = where.impl(
      logic.logical_and(spoiled, logic.logical_not(own)),
      new Float(Number.POSITIVE_INFINITY),
      y,
    );
  }
  return itemOf(y._a);
});

/** How many singular values lie above a limit: the number of independent rows. */
export const matrix_rank = def(
  "numpy.linalg.matrix_rank",
  "A tol hermitian * rtol",
  (A: ArrayLike, tol: ArrayLike | null = null, hermitian = false, rtol: ArrayLike | null = null): Item => {
    if (rtol !== null && tol !== null) throw new ValueError("`tol` and `rtol` can't be both set.");
    const x = asArray(A);
    if (x.ndim < 2) return item(anyOf(x.ne(0)) ? 1 : 0);
    const s = svd.impl(x, true, false, hermitian) as unknown as ndarray;
    const limit =
      tol !== null
        ? asArray(tol).at("...", null)
        : asArray(s.max({ axis: -1, keepdims: true, initial: 0 })).mul(
            rtol === null
              ? Math.max(...x._a.shape.slice(-2)) * Number(finfo(s.dtype).eps)
              : asArray(rtol).at("...", null),
          );
    return count_nonzero.impl(logic.greater(s, limit), -1);
  },
);
