import { castTo, copyInto, type DType, eye as eyeOf, triangleIndices } from "@cognate/kernel";
import {
  type ArrayLike,
  asTexts,
  type DTypeLike,
  givenKernel,
  indexOf,
  isText,
  isTextType,
  movesTexts,
  type ndarray,
  type Order,
  promoteTypes,
  type ShapeLike,
  shapeOf,
  shapeText,
  strideFor,
  TextArray,
  toKernel,
  viewOf,
} from "@cognate/ndarray/core";
import { def, Tuple, ValueError } from "@cognate/py";
import { asArray, cast, ops, reshaped, run, Strided, strided, wrap } from "../internal.js";

const signature = "shape dtype order * device like";

/** One text everywhere, or texts stretched to a shape. */
function textsEverywhere(value: ArrayLike | string, shape: ShapeLike, dtype: DTypeLike | null): ndarray {
  const texts = asTexts(value, dtype);
  return viewOf(texts, copyInto(Strided.zeros(texts._a.dtype, shapeOf(shape)), texts._a));
}

const filled =
  (value: number) =>
  (
    shape: ShapeLike,
    dtype: DTypeLike | null = null,
    order: Order = "C",
    _device: string | null = null,
    _like: unknown = null,
  ): ndarray => {
    if (isTextType(dtype)) return textsEverywhere(value === 0 ? "" : String(value), shape, dtype);
    const y = strideFor(order, toKernel(dtype), shapeOf(shape));
    return wrap(value === 0 ? y : copyInto(y, strided(value)));
  };

/**
 * Zeros of a shape; float64 unless `dtype` says otherwise.
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.zeros(3), np.zeros([2, 1], { dtype: "int" }).tolist()); // prints [0. 0. 0.] [[0], [0]]
 * ```
 */
export const zeros = def("numpy.zeros", signature, filled(0));
/** Ones of a shape; float64 unless `dtype` says otherwise. */
export const ones = def("numpy.ones", signature, filled(1));
/** An array of a shape whose elements are still to be set; here zeros. */
export const empty = def("numpy.empty", signature, filled(0));

/** An array of a shape with one value everywhere, in the value's type unless `dtype` says otherwise. */
export const full = def(
  "numpy.full",
  "shape fill_value dtype order * device like",
  (
    shape: ShapeLike,
    fill_value: ArrayLike,
    dtype: DTypeLike | null = null,
    order: Order = "C",
    _device: string | null = null,
    _like: unknown = null,
  ): ndarray => {
    if (isTextType(dtype) || (dtype === null && isText(fill_value)))
      return textsEverywhere(fill_value, shape, dtype);
    const type = givenKernel(dtype) ?? strided(fill_value).dtype;
    return wrap(filledWith(strideFor(order, type, shapeOf(shape)), fill_value));
  },
);

/** A value everywhere, converted whatever it takes; only ints must fit. @throws OverflowError, ValueError */
function filledWith(y: Strided, value: ArrayLike): Strided {
  const whole = typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));
  const v = whole ? strided(value, y.dtype) : castTo(strided(value), y.dtype);
  if (v.rank > y.rank || v.shape.some((n, d) => n !== 1 && n !== y.shape[y.rank - v.rank + d]))
    throw new ValueError(
      `could not broadcast input array from shape ${shapeText(v.shape)} into shape ${shapeText(y.shape)}`,
    );
  return copyInto(y, v);
}

function like(
  a: ArrayLike,
  dtype: DType | undefined,
  order: Order,
  shape: ShapeLike | null,
  value: ArrayLike | 0,
): ndarray {
  if (a instanceof TextArray || (value !== 0 && isText(value)))
    return textsEverywhere(
      value === 0 ? "" : value,
      shape ?? asArray(a).shape,
      a instanceof TextArray ? a.dtype : null,
    );
  const x = strided(a);
  const type = dtype ?? x.dtype;
  const y =
    shape === null
      ? strideFor(order, type, x.shape, x, "K")
      : strideFor(order === "K" ? "C" : order, type, shapeOf(shape));
  return wrap(value === 0 ? y : filledWith(y, value));
}

const likeSignature = "a|prototype dtype order subok shape * device";

const filledLike =
  (value: number) =>
  (
    a: ArrayLike,
    dtype: DTypeLike | null = null,
    order: Order = "K",
    _subok = true,
    shape: ShapeLike | null = null,
    _device: string | null = null,
  ): ndarray =>
    like(a, givenKernel(dtype), order, shape, value);

/** Zeros in the shape and type of an array. */
export const zeros_like = def("numpy.zeros_like", likeSignature, filledLike(0));
/** Ones in the shape and type of an array. */
export const ones_like = def("numpy.ones_like", likeSignature, filledLike(1));
/** An array in the shape and type of another whose elements are still to be set; here zeros. */
export const empty_like = def("numpy.empty_like", likeSignature, filledLike(0));

/** One value everywhere, in the shape and type of an array. */
export const full_like = def(
  "numpy.full_like",
  "a fill_value dtype order subok shape * device",
  (
    a: ArrayLike,
    fill_value: ArrayLike,
    dtype: DTypeLike | null = null,
    order: Order = "K",
    _subok = true,
    shape: ShapeLike | null = null,
    _device: string | null = null,
  ): ndarray => like(a, givenKernel(dtype), order, shape, fill_value),
);

/** Ones on diagonal `k` of an N × M matrix of zeros. */
export const eye = def(
  "numpy.eye",
  "N M k dtype order * device like",
  (
    N: number,
    M: number | null = null,
    k = 0,
    dtype: DTypeLike | null = null,
    order: Order = "C",
    _device: string | null = null,
    _like: unknown = null,
  ): ndarray => {
    const y = eyeOf(toKernel(dtype), indexOf(N), M === null ? indexOf(N) : indexOf(M), k);
    return wrap(order === "F" ? copyInto(strideFor("F", y.dtype, y.shape), y) : y);
  },
);

/** The n × n matrix with ones on its main diagonal. */
export const identity = def(
  "numpy.identity",
  "n dtype * like",
  (n: number, dtype: DTypeLike | null = null, _like: unknown = null): ndarray => eye.impl(n, n, 0, dtype),
);

/** Ones on and below diagonal `k`, zeros above it. */
export const tri = def(
  "numpy.tri",
  "N M k dtype * like",
  (
    N: number,
    M: number | null = null,
    k = 0,
    dtype: DTypeLike | null = null,
    _like: unknown = null,
  ): ndarray => wrap(run(ops.tril, { k }, ones.impl([N, M ?? N], dtype)._a)),
);

const atLeastTwo = (m: ArrayLike): Strided => {
  const x = strided(m);
  if (x.rank >= 2) return x;
  const n = x.size;
  return run(ops.expand, { shape: [n, n] }, reshaped(x, [n]));
};

/** The lower triangle of the last two axes; zeros above diagonal `k`. */
export const tril = def(
  "numpy.tril",
  "m k",
  (m: ArrayLike, k = 0): ndarray => wrap(run(ops.tril, { k }, atLeastTwo(m))),
);
/** The upper triangle of the last two axes; zeros below diagonal `k`. */
export const triu = def(
  "numpy.triu",
  "m k",
  (m: ArrayLike, k = 0): ndarray => wrap(run(ops.triu, { k }, atLeastTwo(m))),
);

/** The diagonal of a matrix, or the matrix with that diagonal. @throws ValueError for other numbers of axes */
export const diag = def(
  "numpy.diag",
  "v k",
  movesTexts((v: ArrayLike, k = 0): ndarray => {
    const x = asArray(v);
    if (x.ndim === 2) return x.diagonal(k);
    if (x.ndim !== 1) throw new ValueError("Input must be 1- or 2-d.");
    const n = x.size + Math.abs(k);
    const y = Strided.zeros(x._a.dtype, [n, n]);
    copyInto(run(ops.diagonal, { offset: k }, y), x._a);
    return wrap(y);
  }, 0),
);

/** The matrix whose diagonal `k` holds all elements in order. */
export const diagflat = def(
  "numpy.diagflat",
  "v k",
  movesTexts((v: ArrayLike, k = 0): ndarray => diag.impl(asArray(v).ravel(), k), 0),
);

/** Powers of the elements as columns, falling unless `increasing`. */
export const vander = def(
  "numpy.vander",
  "x N increasing",
  (x: ArrayLike, N: number | null = null, increasing = false): ndarray => {
    const a = asArray(x);
    if (a.ndim !== 1) throw new ValueError("x must be a one-dimensional array or sequence.");
    const n = N ?? a.size;
    const type = promoteTypes(a._a.dtype, toKernel("int"));
    const y = Strided.zeros(type, [a.size, n]);
    const columns = wrap(y);
    const order = increasing ? columns : (columns.at(":", "::-1") as ndarray);
    if (n > 0) order.set([":", 0], 1);
    if (n > 1) {
      order.set([":", "1:"], a.at(":", null));
      const powers = order.at(":", "1:") as ndarray;
      copyInto(powers._a, run(ops.cumprod, { dim: 1 }, cast(powers._a, type)));
    }
    return columns;
  },
);

const pair = (rows: Strided): Tuple<ndarray> => {
  const n = rows.shape[1]!;
  return Tuple.of_([wrap(rows.view([n], [1], 0)), wrap(rows.view([n], [1], n))]);
};

/** Row and column numbers of the lower triangle of an n × m matrix. */
export const tril_indices = def(
  "numpy.tril_indices",
  "n k m",
  (n: number, k = 0, m: number | null = null): Tuple<ndarray> => pair(triangleIndices(n, m ?? n, k, true)),
);
/** Row and column numbers of the upper triangle of an n × m matrix. */
export const triu_indices = def(
  "numpy.triu_indices",
  "n k m",
  (n: number, k = 0, m: number | null = null): Tuple<ndarray> => pair(triangleIndices(n, m ?? n, k, false)),
);

function matrixShape(arr: ArrayLike): readonly [number, number] {
  const { shape } = strided(arr);
  if (shape.length !== 2) throw new ValueError("input array must be 2-d");
  return [shape[0]!, shape[1]!];
}

/** {@link tril_indices} for a matrix's shape. */
export const tril_indices_from = def(
  "numpy.tril_indices_from",
  "arr k",
  (arr: ArrayLike, k = 0): Tuple<ndarray> => {
    const [n, m] = matrixShape(arr);
    return tril_indices.impl(n, k, m);
  },
);
/** {@link triu_indices} for a matrix's shape. */
export const triu_indices_from = def(
  "numpy.triu_indices_from",
  "arr k",
  (arr: ArrayLike, k = 0): Tuple<ndarray> => {
    const [n, m] = matrixShape(arr);
    return triu_indices.impl(n, k, m);
  },
);

/** Coordinates of the main diagonal of an array with `ndim` axes of length n. */
export const diag_indices = def("numpy.diag_indices", "n ndim", (n: number, ndim = 2): Tuple<ndarray> => {
  const one = pair(triangleIndices(n, 1, 0, true))[0]!;
  return Tuple.of_(Array.from({ length: ndim }, () => one));
});

/** {@link diag_indices} for an array whose axes have one length. @throws ValueError for others */
export const diag_indices_from = def("numpy.diag_indices_from", "arr", (arr: ArrayLike): Tuple<ndarray> => {
  const { shape } = strided(arr);
  if (shape.length < 2) throw new ValueError("input array must be at least 2-d");
  if (shape.some((n) => n !== shape[0]))
    throw new ValueError("All dimensions of input must be of equal length");
  return diag_indices.impl(shape[0]!, shape.length);
});

/** The coordinates that a mask function (`np.triu`) leaves of an n × n matrix. */
export const mask_indices = def(
  "numpy.mask_indices",
  "n mask_func k",
  (n: number, mask_func: (m: ndarray, k: number) => ArrayLike, k = 0): Tuple<ndarray> =>
    asArray(asArray(mask_func(ones.impl([n, n], "int"), k)).ne(0)).nonzero(),
);
