import { broadcastTwo, castTo, type DType, ops, type Strided, sameShape } from "@cognate/kernel";
import { def, ValueError } from "@cognate/py";
import { asStrided } from "../array/create.js";
import type { ndarray } from "../array/ndarray.js";
import { GenericImpl, itemBesideScalar, itemOf } from "../array/scalars.js";
import type { ArrayLike, Item } from "../array/types.js";
import { type DTypeLike, givenKernel } from "../dtype/dtype.js";
import { type Casting, promoteTypes } from "../dtype/promote.js";
import { remappedError, shapeText } from "../errors/classes.js";
import { multiply } from "../ufunc/arithmetic.js";
import { run } from "../ufunc/compose.js";
import { deliverTo } from "../ufunc/reduce.js";

/** x and w as one type. */
export function alike(a: Strided, b: Strided, wanted?: DType): readonly [Strided, Strided] {
  const type = wanted ?? promoteTypes(a.dtype, b.dtype);
  return [castTo(a, type), castTo(b, type)];
}

const reshaped = (x: Strided, shape: readonly number[]): Strided => run(ops.reshape, { shape }, x);

const product = (shape: readonly number[]): number => shape.reduce((n, m) => n * m, 1);

/** Σ over the last axis of a and the second-to-last of b (its only one). @throws ValueError where lengths differ */
export function dotArrays(a: Strided, b: Strided): Strided {
  const axis = Math.max(b.rank - 2, 0);
  const [k, m] = [a.shape[a.rank - 1]!, b.shape[axis]!];
  if (k !== m)
    throw new ValueError(
      `shapes ${shapeText(a.shape)} and ${shapeText(b.shape)} not aligned: ${k} (dim ${a.rank - 1}) != ${m} (dim ${axis})`,
    );
  const [x, w] = alike(a, b);
  const left = reshaped(x, [product(x.shape.slice(0, -1)), k]);
  const rest = b.shape.filter((_, d) => d !== axis);
  const axes = [axis, ...b.shape.map((_, d) => d).filter((d) => d !== axis)];
  const right = reshaped(run(ops.permute, { axes }, w), [k, product(rest)]);
  return reshaped(run(ops.matmul, undefined, left, right), [...a.shape.slice(0, -1), ...rest]);
}

/**
 * The dot product: of vectors a number, of matrices their product, of numbers the product; else the sum over the last
 * axis of `a` and the second-to-last of `b`.
 *
 * @throws ValueError where the lengths differ
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.dot([1, 2], [3, 4]), np.dot(np.eye(2), np.array([[1, 2], [3, 4]])).shape); // prints 11 (2, 2)
 * ```
 */
export const dot = def(
  "numpy.dot",
  "a b out",
  (a: ArrayLike, b: ArrayLike, out: ndarray | null = null): Item => {
    const [x, w] = [asStrided(a), asStrided(b)];
    if (x.rank === 0 || w.rank === 0) return multiply.impl(a, b, out);
    const y = dotArrays(x, w);
    if (out) return deliverTo(y, out, "dot");
    return a instanceof GenericImpl || b instanceof GenericImpl ? itemBesideScalar(y) : itemOf(y);
  },
);

const SIGNATURE = "(n?,k),(k,m?)->(n?,m?)";

/** The matrix product with NumPy's rules for vectors and leading axes. @throws ValueError */
export function matmulArrays(a: Strided, b: Strided, wanted?: DType): Strided {
  for (const [i, x] of [a, b].entries())
    if (x.rank === 0)
      throw new ValueError(
        `matmul: Input operand ${i} does not have enough dimensions (has 0, gufunc core with signature ${SIGNATURE} requires 1)`,
      );
  const [x0, w0] = alike(a, b, wanted);
  const x = a.rank === 1 ? reshaped(x0, [1, a.shape[0]!]) : x0;
  const w = b.rank === 1 ? reshaped(w0, [b.shape[0]!, 1]) : w0;
  const [k, m] = [x.shape[x.rank - 1]!, w.shape[w.rank - 2]!];
  if (k !== m)
    throw new ValueError(
      `matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ${SIGNATURE} (size ${m} is different from ${k})`,
    );
  const [la, lb] = [x.shape.slice(0, -2), w.shape.slice(0, -2)];
  if (!sameShape(la, lb) && !broadcastTwo(la, lb)) {
    const remapped = (v: Strided): string =>
      `${shapeText(v.shape)}->(${[...v.shape.slice(0, -2), "newaxis", "newaxis"].join(",")})`;
    throw remappedError([x, w].map(remapped), [x.shape[x.rank - 2]!, w.shape[w.rank - 1]!]);
  }
  const y = run(ops.matmul, undefined, x, w);
  const keep = [
    ...y.shape.slice(0, -2),
    ...(a.rank === 1 ? [] : [y.shape[y.rank - 2]!]),
    ...(b.rank === 1 ? [] : [y.shape[y.rank - 1]!]),
  ];
  return reshaped(y, keep);
}

/** The matrix product; leading axes stretch, vectors count as one row or column. @throws ValueError */
export const matmul = def(
  "numpy.matmul",
  "x1 x2 out * casting order dtype subok",
  (
    x1: ArrayLike,
    x2: ArrayLike,
    out: ndarray | null = null,
    _casting: Casting = "same_kind",
    _order: string = "K",
    dtype: DTypeLike | null = null,
    _subok = true,
  ): Item => deliverTo(matmulArrays(asStrided(x1), asStrided(x2), givenKernel(dtype)), out, "matmul"),
);
