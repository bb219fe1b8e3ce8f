import { broadcastTwo, realOf, type Strided } from "@cognate/kernel";
import {
  type ArrayLike,
  broadcastError,
  type Item,
  indexOf,
  itemOf,
  type ndarray,
} from "@cognate/ndarray/core";
import { def, Tuple, TypeError, ValueError } from "@cognate/py";
import { eye } from "../creation/filled.js";
import { asArray, cast, ops, reshaped, run, strided, wrap } from "../internal.js";
import { finfo } from "../types/info.js";
import { checkSquare, given, inLinalgWords, LinAlgError, linalgType, SVD, typed } from "./common.js";

/** @throws ValueError where the right side does not fit the matrix */
function checkFit(a: ndarray, b: ndarray, name: string, signature: string): void {
  const n = a._a.shape.at(-1)!;
  const rows = b.ndim === 1 ? b._a.shape[0]! : b._a.shape.at(-2)!;
  if (rows !== n)
    throw new ValueError(
      `${name}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ${signature} (size ${rows} is different from ${n})`,
    );
  const [p, q] = [a._a.shape.slice(0, -2), b._a.shape.slice(0, -2)];
  if (b.ndim > 1 && !broadcastTwo(p, q)) throw broadcastError([p, q]);
}

/**
 * X with a·X = b for square matrices; a vector `b` gives a vector.
 *
 * @throws LinAlgError where a is singular
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.linalg.solve([[3, 1], [1, 2]], [9, 8])); // prints [2. 3.]
 * ```
 */
export const solve = def("numpy.linalg.solve", "a b", (a: ArrayLike, b: ArrayLike): ndarray => {
  const [x, y] = [asArray(a), asArray(b)];
  checkSquare(x);
  const { work, result } = linalgType(x, y);
  const vector = y.ndim === 1;
  if (y.ndim === 0)
    throw new ValueError(
      "solve: Input operand 1 does not have enough dimensions (has 0, gufunc core with signature (m,m),(m,n)->(m,n) requires 2)",
    );
  checkFit(x, y, vector ? "solve1" : "solve", vector ? "(m,m),(m)->(m)" : "(m,m),(m,n)->(m,n)");
  const right = given(y, work);
  const columns = vector ? reshaped(right, [right.size, 1]) : right;
  const z = inLinalgWords("", () => run(ops.solve, undefined, given(x, work), columns));
  return typed(vector ? reshaped(z, z.shape.slice(0, -1)) : z, result);
});

/** The inverses of square matrices. @throws LinAlgError where one has none */
export const inv = def("numpy.linalg.inv", "a", (a: ArrayLike): ndarray => {
  const x = asArray(a);
  checkSquare(x);
  const { work, result } = linalgType(x);
  return typed(
    inLinalgWords("", () => run(ops.inv, undefined, given(x, work))),
    result,
  );
});

/**
 * The pseudo-inverses of matrices: singular values up to `rcond` times the largest count as zero.
 *
 * @param rcond - 1e-15 by default; `rtol: null` is max(m, n) times the type's eps
 */
export const pinv = def(
  "numpy.linalg.pinv",
  "a rcond hermitian * rtol",
  (
    a: ArrayLike,
    rcond: ArrayLike | null = null,
    hermitian = false,
    rtol: ArrayLike | null | undefined = undefined,
  ): ndarray => {
    const x = asArray(a);
    if (rcond !== null && rtol !== undefined) throw new ValueError("`rtol` and `rcond` can't be both set.");
    const cut = rcond ?? (rtol === undefined ? 1e-15 : (rtol ?? widthEps(x)));
    if (x.ndim < 2)
      throw new LinAlgError(`${x.ndim}-dimensional array given. Array must be at least two-dimensional`);
    const { work, result } = linalgType(x);
    const limit = cast(strided(cut), realOf(work));
    return typed(
      inLinalgWords(SVD, () => run(ops.pinv, { hermitian }, given(x, work), null, limit)),
      result,
    );
  },
);

/** max(m, n) times the distance of 1 to the next number. */
const widthEps = (x: ndarray): number => Math.max(...x._a.shape.slice(-2)) * Number(finfo(x.dtype).eps);

/**
 * The x that makes |a·x − b| least, what is left of it (squared, where a has full rank and more rows than columns), a's
 * rank, and its singular values.
 *
 * @throws LinAlgError
 */
export const lstsq = def(
  "numpy.linalg.lstsq",
  "a b rcond",
  (a: ArrayLike, b: ArrayLike, rcond: number | null = null): Tuple<Item> => {
    const [x, given_] = [asArray(a), asArray(b)];
    const vector = given_.ndim === 1;
    const y = vector ? given_.reshape(-1, 1) : given_;
    for (const { ndim } of [x, y])
      if (ndim !== 2) throw new LinAlgError(`${ndim}-dimensional array given. Array must be two-dimensional`);
    if (x._a.shape[0] !== y._a.shape[0]) throw new LinAlgError("Incompatible dimensions");
    const { work, result } = linalgType(x, y);
    const real = realOf(result);
    const [m, n] = x._a.shape as readonly [number, number];
    // A negative limit is the machine's precision, as LAPACK has it.
    const cut = rcond === null ? 2 ** -52 * Math.max(m, n) : rcond < 0 ? 2 ** -52 : rcond;
    const parts = inLinalgWords("SVD did not converge in Linear Least Squares", () =>
      ops.lstsq.run([given(x, work), given(y, work)], { rcond: cut }),
    );
    const [z, left, rank, s] = parts as readonly Strided[];
    const full = Number(itemOf(rank!)) === n && m > n;
    return Tuple.of_([
      typed(vector ? reshaped(z!, [n]) : z!, result),
      full ? typed(left!, real) : wrap(strided([], real)),
      itemOf(rank!),
      typed(s!, real),
    ]) as unknown as Tuple<Item>;
  },
);

/** Square matrices to a whole power; negative ones of the inverse. @throws LinAlgError, TypeError */
export const matrix_power = def("numpy.linalg.matrix_power", "a n", (a: ArrayLike, n: number): ndarray => {
  let x = asArray(a);
  checkSquare(x);
  let power: number;
  try {
    power = indexOf(n);
  } catch {
    throw new TypeError("exponent must be an integer");
  }
  if (power === 0) {
    const unit = eye.impl(x._a.shape.at(-1)!, null, 0, x.dtype);
    return wrap(run(ops.cast, { dtype: x._a.dtype }, run(ops.expand, { shape: x._a.shape }, unit._a)));
  }
  if (power < 0) [x, power] = [inv.impl(x), -power];
  let result: ndarray | null = null;
  let square = x;
  for (let left = power; ; square = asArray(square.matmul(square))) {
    if (left % 2 === 1) result = result ? asArray(result.matmul(square)) : square;
    left = Math.floor(left / 2);
    if (left === 0) return result!;
  }
});

const product = (shape: readonly number[]): number => shape.reduce((k, m) => k * m, 1);

/** x with Σ a·x = b over all axes of x. @throws LinAlgError */
export const tensorsolve = def(
  "numpy.linalg.tensorsolve",
  "a b axes",
  (a: ArrayLike, b: ArrayLike, axes: readonly number[] | null = null): ndarray => {
    let x = asArray(a);
    const y = asArray(b);
    if (axes) {
      const order = x._a.shape.map((_, d) => d);
      for (const k of axes) {
        order.splice(order.indexOf(k), 1);
        order.push(k);
      }
      x = x.transpose(order);
    }
    const shape = x._a.shape.slice(-(x.ndim - y.ndim));
    const n = product(shape);
    if (x.size !== n ** 2)
      throw new LinAlgError(
        "Input arrays must satisfy the requirement             prod(a.shape[b.ndim:]) == prod(a.shape[:b.ndim])",
      );
    return solve.impl(x.reshape(n, n), y.ravel()).reshape(shape);
  },
);

/** The inverse of a as a map between tensors: its first `ind` axes against the others. @throws LinAlgError */
export const tensorinv = def("numpy.linalg.tensorinv", "a ind", (a: ArrayLike, ind = 2): ndarray => {
  const x = asArray(a);
  if (ind <= 0) throw new ValueError("Invalid ind argument.");
  const shape = x._a.shape;
  const [first, rest] = [shape.slice(0, ind), shape.slice(ind)];
  return inv.impl(x.reshape(product(rest), -1)).reshape([...rest, ...first]);
});
