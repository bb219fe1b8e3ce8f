/** Polynomials as coefficients from the constant up, NumPy's `numpy.polynomial.polynomial`. */

import {
  type ArrayLike,
  axisOf,
  type Item,
  indexOf,
  type ndarray,
  promoteAll,
  sorting,
} from "@cognate/ndarray/core";
import { add, divide, multiply, negative, subtract } from "@cognate/ndarray/functions";
import { def, Float, Tuple, ValueError, ZeroDivisionError } from "@cognate/py";
import { ones, zeros } from "../creation/filled.js";
import { asArray, cast, ops, run, Strided, wrap } from "../internal.js";
import { eigvals } from "../linalg/factors.js";
import { moveaxis } from "../manipulation/arranging.js";
import { concatenate, stack } from "../manipulation/joining.js";
import { convolve } from "../math/differences.js";
import { elementsOf, horner, inexact, trimmed } from "./coefficients.js";
import { fitting } from "./fit.js";
import { atPoints, onGrid, vanderProducts } from "./vander.js";

/** Where values are looked at by default. */
export const polydomain: ndarray = asArray([new Float(-1), new Float(1)]);
export const polyzero: ndarray = asArray([0]);
export const polyone: ndarray = asArray([1]);
export const polyx: ndarray = asArray([0, 1]);

/** Vectors of coefficients in one floating type. @throws ValueError for what is no vector, or empty */
export function asSeries(list: readonly ArrayLike[], trim = true): ndarray[] {
  const vectors = list.map((c) => {
    const a = asArray(c);
    return a.ndim === 0 ? a.reshape(1) : a;
  });
  for (const v of vectors) {
    if (v.size === 0) throw new ValueError("Coefficient array is empty");
    if (v.ndim !== 1) throw new ValueError("Coefficient array is not 1-d");
  }
  const floats = vectors.map((v) => inexact(trim ? trimmed(v) : v));
  const type = promoteAll(floats.map((v) => v._a.dtype));
  return floats.map((v) => wrap(run(ops.cast, { dtype: type }, cast(v._a, type))));
}

/** The line off + scl·x. */
export const polyline = def(
  "numpy.polynomial.polynomial.polyline",
  "off scl",
  (off: number, scl: number): ndarray => (scl === 0 ? asArray([off]) : asArray([off, scl])),
);

const padded = (c: ndarray, n: number): ndarray =>
  c.size >= n ? c : concatenate.impl([c, zeros.impl(n - c.size, c.dtype)]);

const aligned =
  (f: typeof add) =>
  (c1: ArrayLike, c2: ArrayLike): ndarray => {
    const [x, y] = asSeries([c1, c2]) as [ndarray, ndarray];
    const n = Math.max(x.size, y.size);
    return trimmed(asArray(f(padded(x, n), padded(y, n))));
  };

const M = "numpy.polynomial.polynomial";

/** The sum of two polynomials. */
export const polyadd = def(`${M}.polyadd`, "c1 c2", aligned(add));
/** The difference of two polynomials. */
export const polysub = def(`${M}.polysub`, "c1 c2", aligned(subtract));

/** The product of two polynomials. */
export const polymul = def(`${M}.polymul`, "c1 c2", (c1: ArrayLike, c2: ArrayLike): ndarray => {
  const [x, y] = asSeries([c1, c2]) as [ndarray, ndarray];
  return trimmed(convolve.impl(x, y));
});

/** x times a polynomial. */
export const polymulx = def(`${M}.polymulx`, "c", (c: ArrayLike): ndarray => {
  const [x] = asSeries([c]) as [ndarray];
  if (x.size === 1 && Number(x.at(0)) === 0) return x;
  return concatenate.impl([zeros.impl(1, x.dtype), x]);
});

/** The quotient and the remainder of two polynomials. @throws ZeroDivisionError */
export const polydiv = def(`${M}.polydiv`, "c1 c2", (c1: ArrayLike, c2: ArrayLike): Tuple<ndarray> => {
  const [x, y] = asSeries([c1, c2]) as [ndarray, ndarray];
  const top = y.at("-1:") as ndarray;
  if (Number(asArray(top.abs()).at(0)) === 0) throw new ZeroDivisionError("");
  const [m, n] = [x.size, y.size];
  if (m < n) return Tuple.of_([asArray(asArray(x.at(":1")).mul(0)), x]);
  if (n === 1) return Tuple.of_([asArray(x.div(top)), asArray(asArray(x.at(":1")).mul(0))]);
  const unit = asArray(asArray(y.at(":-1")).div(top));
  const rest = asArray(x.copy());
  let j = m - 1;
  for (let i = m - n; i >= 0; i--, j--) rest.sub_at([`${i}:${j}`], multiply(unit, rest.at(`${j}:${j + 1}`)));
  return Tuple.of_([
    asArray(asArray(rest.at(`${j + 1}:`)).div(top)),
    trimmed(rest.at(`:${j + 1}`) as ndarray),
  ]);
});

/** A polynomial to a whole power. @throws ValueError */
export const polypow = def(
  `${M}.polypow`,
  "c pow maxpower",
  (c: ArrayLike, pow: number, maxpower: number | null = null): ndarray => {
    const [x] = asSeries([c]) as [ndarray];
    if (!Number.isInteger(pow) || pow < 0) throw new ValueError("Power must be a non-negative integer.");
    if (maxpower !== null && pow > maxpower) throw new ValueError("Power is too large");
    if (pow === 0) return ones.impl(1, x.dtype);
    let y = x;
    for (let k = 1; k < pow; k++) y = convolve.impl(y, x);
    return y;
  },
);

/** The coefficients along an axis as the first one, in floats. */
function along(c: ArrayLike, axis: number): ndarray {
  const x = inexact(c);
  const lifted = x.ndim === 0 ? x.reshape(1) : x;
  return moveaxis.impl(lifted, axisOf(axis, lifted.ndim), 0);
}

const counting = (from: number, n: number, like: ndarray): ndarray => {
  const line = asArray(Array.from({ length: n }, (_, i) => from + i));
  return wrap(cast(line._a, like._a.dtype)).reshape([n, ...like._a.shape.slice(1).map(() => 1)]);
};

/** The derivative, taken m times, each times scl. @throws ValueError */
export const polyder = def(
  `${M}.polyder`,
  "c m scl axis",
  (c: ArrayLike, m = 1, scl: ArrayLike = 1, axis = 0): ndarray => {
    const count = indexOf(m);
    if (count < 0) throw new ValueError("The order of derivation must be non-negative");
    const given = asArray(c);
    if (count === 0) return inexact(given);
    let x = along(c, axis);
    if (count >= x._a.shape[0]!) x = asArray(asArray(x.at(":1")).mul(0));
    else
      for (let k = 0; k < count; k++) {
        const n = x._a.shape[0]! - 1;
        x = asArray(multiply(multiply(x.at("1:"), scl), counting(1, n, x)));
      }
    return moveaxis.impl(x, 0, axis);
  },
);

/** The integral, taken m times from lbnd, each times scl, with constants k. @throws ValueError */
export const polyint = def(
  `${M}.polyint`,
  "c m k lbnd scl axis",
  (
    c: ArrayLike,
    m = 1,
    k: ArrayLike | readonly ArrayLike[] = [],
    lbnd: ArrayLike = 0,
    scl: ArrayLike = 1,
    axis = 0,
  ): ndarray => {
    const count = indexOf(m);
    const constants: ArrayLike[] = Array.isArray(k) ? [...(k as readonly ArrayLike[])] : [k as ArrayLike];
    if (count < 0) throw new ValueError("The order of integration must be non-negative");
    if (constants.length > count) throw new ValueError("Too many integration constants");
    if (asArray(lbnd).ndim !== 0) throw new ValueError("lbnd must be a scalar.");
    if (asArray(scl).ndim !== 0) throw new ValueError("scl must be a scalar.");
    let x = along(c, axis);
    if (count === 0) return inexact(c);
    for (let i = 0; i < count; i++) {
      const n = x._a.shape[0]!;
      const raised = multiply(x, scl);
      const body = divide(raised, counting(1, n, x));
      const first = asArray(multiply(asArray(x.at(":1")), 0));
      const y = concatenate.impl([first, body]);
      const shift = subtract(constants[i] ?? 0, polyval.impl(lbnd, y));
      x = concatenate.impl([asArray(add(first, shift)), asArray(body)]);
    }
    return moveaxis.impl(x, 0, axis);
  },
);

/**
 * A polynomial's values: c₀ + c₁x + c₂x² + …
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.polynomial.polynomial.polyval(2.5, [1, 2, 3])); // prints 24.75
 * ```
 */
export const polyval = def(
  `${M}.polyval`,
  "x c tensor",
  (x: ArrayLike, c: ArrayLike, tensor = true): Item => {
    let k = inexact(c);
    if (k.ndim === 0) k = k.reshape(1);
    const at = asArray(x);
    if (tensor && at.ndim > 0) k = k.reshape([...k._a.shape, ...at._a.shape.map(() => 1)]);
    const [top, ...rest] = [...elementsOf(k)].reverse() as [ndarray, ...ndarray[]];
    return horner(rest, at, add(top, multiply(at, 0)));
  },
);

const several = (names: string) => atPoints(polyval.impl, names);
const grid = onGrid(polyval.impl);

/** Values of a polynomial in x and y. */
export const polyval2d = def(
  `${M}.polyval2d`,
  "x y c",
  (x: ArrayLike, y: ArrayLike, c: ArrayLike): Item => several("x, y")(c, x, y),
);
/** Values of a polynomial in x, y and z. */
export const polyval3d = def(
  `${M}.polyval3d`,
  "x y z c",
  (x: ArrayLike, y: ArrayLike, z: ArrayLike, c: ArrayLike): Item => several("x, y, z")(c, x, y, z),
);
/** Values on the grid of x and y. */
export const polygrid2d = def(
  `${M}.polygrid2d`,
  "x y c",
  (x: ArrayLike, y: ArrayLike, c: ArrayLike): Item => grid(c, x, y),
);
/** Values on the grid of x, y and z. */
export const polygrid3d = def(
  `${M}.polygrid3d`,
  "x y z c",
  (x: ArrayLike, y: ArrayLike, z: ArrayLike, c: ArrayLike): Item => grid(c, x, y, z),
);

/** Values of the polynomial with the given zeros. @throws ValueError */
export const polyvalfromroots = def(
  `${M}.polyvalfromroots`,
  "x r tensor",
  (x: ArrayLike, r: ArrayLike, tensor = true): Item => {
    let zeros_ = inexact(r);
    if (zeros_.ndim === 0) zeros_ = zeros_.reshape(1);
    const at = asArray(x);
    if (tensor) zeros_ = zeros_.reshape([...zeros_._a.shape, ...at._a.shape.map(() => 1)]);
    else if (at.ndim >= zeros_.ndim) throw new ValueError("x.ndim must be < r.ndim when tensor == False");
    return asArray(subtract(at, zeros_)).prod({ axis: 0 });
  },
);

/** Powers of x from 0 to deg along a last axis. @throws ValueError */
export const polyvander = def(`${M}.polyvander`, "x deg", (x: ArrayLike, deg: number): ndarray => {
  const n = indexOf(deg);
  if (n < 0) throw new ValueError("deg must be non-negative");
  const given = inexact(x);
  const at = given.ndim === 0 ? given.reshape(1) : given;
  const powers = [asArray(add(multiply(at, 0), 1))];
  for (let k = 1; k <= n; k++) powers.push(asArray(multiply(powers[k - 1]!, at)));
  return stack.impl(powers, -1);
});

/** Products of powers of x and y along a last axis. */
export const polyvander2d = def(`${M}.polyvander2d`, "x y deg", vanderProducts(polyvander.impl, 2));
/** Products of powers of x, y and z along a last axis. */
export const polyvander3d = def(`${M}.polyvander3d`, "x y z deg", vanderProducts(polyvander.impl, 3));

/** The matrix whose eigenvalues are the zeros. @throws ValueError */
export const polycompanion = def(`${M}.polycompanion`, "c", (c: ArrayLike): ndarray => {
  const [x] = asSeries([c]) as [ndarray];
  if (x.size < 2) throw new ValueError("Series must have maximum degree of at least 1.");
  const top = x.at("-1:");
  if (x.size === 2) return asArray(divide(negative(x.at(":1")), top)).reshape(1, 1);
  const n = x.size - 1;
  const y = zeros.impl([n, n], x.dtype);
  y.set([`1:`, ":"], wrap(shifted(n, x)));
  y.sub_at([":", -1], divide(x.at(":-1"), top));
  return y;
});

/** The first n − 1 rows of the unit matrix. */
const shifted = (n: number, like: ndarray): Strided => {
  const y = Strided.zeros(like._a.dtype, [n - 1, n]);
  const line = y.view([n - 1], [n + 1]);
  wrap(line).fill(1);
  return y;
};

/** The zeros, in ascending order. */
export const polyroots = def(`${M}.polyroots`, "c", (c: ArrayLike): ndarray => {
  const [x] = asSeries([c]) as [ndarray];
  if (x.size < 2) return zeros.impl(0, x.dtype);
  if (x.size === 2) return asArray(divide(negative(x.at(":1")), x.at("1:")));
  return sorting.sort.impl(eigvals.impl(polycompanion.impl(x)));
});

/** The polynomial with the given zeros and 1 before its highest power. */
export const polyfromroots = def(`${M}.polyfromroots`, "roots", (roots: ArrayLike): ndarray => {
  if (asArray(roots).size === 0) return ones.impl(1);
  const [given] = asSeries([roots], false) as [ndarray];
  let parts = elementsOf(sorting.sort.impl(given)).map((r) =>
    concatenate.impl([asArray(negative(r)).reshape(1), ones.impl(1, given.dtype)]),
  );
  // Halves with halves, so that rounding errors stay small.
  while (parts.length > 1) {
    const m = Math.floor(parts.length / 2);
    const next = Array.from({ length: m }, (_, i) => polymul.impl(parts[i]!, parts[i + m]!));
    if (parts.length % 2 === 1) next[0] = polymul.impl(next[0]!, parts.at(-1)!);
    parts = next;
  }
  return parts[0]!;
});

/** The polynomial that fits points best, by least squares. @throws TypeError, ValueError */
export const polyfit = def(
  `${M}.polyfit`,
  "x y deg rcond full w",
  fitting((x, deg) => polyvander.impl(x, deg)),
);

/** Without small coefficients at the end. @throws ValueError */
export const polytrim = def(`${M}.polytrim`, "c tol", (c: ArrayLike, tol = 0): ndarray => {
  if (tol < 0) throw new ValueError("tol must be non-negative");
  const [x] = asSeries([c]) as [ndarray];
  const found = asArray(asArray(x.abs()).gt(tol)).nonzero()[0]!;
  if (found.size === 0) return asArray(asArray(x.at(":1")).mul(0));
  return asArray((x.at(`:${Number(found.at(-1)) + 1}`) as ndarray).copy());
});
