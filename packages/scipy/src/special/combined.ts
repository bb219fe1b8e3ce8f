import { ops } from "@cognate/kernel";
import { type ArrayLike, type Axis, axesOf, type Item, type ndarray } from "@cognate/ndarray/core";
import {
  absolute,
  add,
  all,
  divide,
  equal,
  exp,
  floor,
  greater,
  greater_equal,
  isfinite,
  isnan,
  less,
  less_equal,
  log,
  log1p,
  logical_and,
  logical_or,
  max,
  multiply,
  power,
  rint,
  sign as signOf,
  subtract,
  sum,
} from "@cognate/ndarray/functions";
import { def, Float, Tuple, ValueError } from "@cognate/py";
import { asArray, floating, strided, typed, where, wrap } from "../arrays.js";
import { digamma, gamma, gammaln } from "./elementwise.js";

const infinity = Number.POSITIVE_INFINITY;

/** 1/Γ(x), elementwise: 0 where Γ has no value. */
export const rgamma = def("scipy.special.rgamma", "x", (x: ArrayLike): Item => {
  const a = floating(x);
  const pole = logical_and(less_equal(a, 0), equal(a, floor(a)));
  const safe = floating(where(pole, 1, a, a._a.dtype));
  return where(pole, 0, divide(1, gamma(safe)), a._a.dtype);
});

/** log |B(a, b)|, elementwise. */
export const betaln = def(
  "scipy.special.betaln",
  "a b",
  (a: ArrayLike, b: ArrayLike): Item => subtract(add(gammaln(a), gammaln(b)), gammaln(add(a, b))),
);
/** Γ(a)·Γ(b) / Γ(a + b), elementwise. */
export const beta = def(
  "scipy.special.beta",
  "a b",
  (a: ArrayLike, b: ArrayLike): Item => exp(betaln.impl(a, b)),
);
/** Γ(z + m) / Γ(z), elementwise. */
export const poch = def(
  "scipy.special.poch",
  "z m",
  (z: ArrayLike, m: ArrayLike): Item => exp(subtract(gammaln(add(floating(z), m)), gammaln(z))),
);

const both = (x: ArrayLike, y: ArrayLike): readonly [ndarray, ndarray] => {
  const [a, b] = [floating(x), floating(y)];
  const zero = multiply(add(a, b), 0);
  return [floating(add(a, multiply(zero, 0))), floating(add(b, multiply(zero, 0)))];
};

const entropy =
  (whole: boolean) =>
  (x: ArrayLike, y: ArrayLike): Item => {
    const [a, b] = [floating(x), floating(y)];
    const type = floating(add(a, b))._a.dtype;
    const inside = logical_and(greater(a, 0), greater(b, 0));
    const [p, q] = [floating(where(inside, a, 1, type)), floating(where(inside, b, 1, type))];
    let value: ArrayLike = multiply(p, log(divide(p, q)));
    if (whole) value = add(subtract(value, p), q);
    const edge = logical_and(equal(a, 0), greater_equal(b, 0));
    const rest = where(edge, whole ? b : 0, infinity, type);
    const y_ = where(inside, value, rest, type);
    return where(logical_or(isnan(a), isnan(b)), Number.NaN, y_, type);
  };

/** x·log(x / y), elementwise: 0 where x is and y ≥ 0, ∞ where it has no value. */
export const rel_entr = def("scipy.special.rel_entr", "x y", entropy(false));
/** x·log(x / y) − x + y, elementwise. */
export const kl_div = def("scipy.special.kl_div", "x y", entropy(true));

/** 10ˣ, elementwise. */
export const exp10 = def("scipy.special.exp10", "x", (x: ArrayLike): Item => {
  const a = floating(x);
  return typed(power(new Float(10), a), a);
});

/** Huber's loss: r²/2 up to δ, then δ·(|r| − δ/2); infinite for negative δ. */
export const huber = def("scipy.special.huber", "delta r", (delta: ArrayLike, r: ArrayLike): Item => {
  const [d, a] = [floating(delta), floating(r)];
  const size = absolute(a);
  const type = floating(add(d, a))._a.dtype;
  const near = multiply(0.5, multiply(a, a));
  const far = multiply(d, subtract(size, multiply(0.5, d)));
  return where(less(d, 0), infinity, where(less_equal(size, d), near, far, type), type);
});
/** δ²·(√(1 + (r/δ)²) − 1), elementwise. */
export const pseudo_huber = def(
  "scipy.special.pseudo_huber",
  "delta r",
  (delta: ArrayLike, r: ArrayLike): Item => {
    const [d, a] = [floating(delta), floating(r)];
    const type = floating(add(d, a))._a.dtype;
    const some = floating(where(equal(d, 0), 1, d, type));
    const v = divide(a, some);
    const w = subtract(power(add(1, multiply(v, v)), new Float(0.5)), 1);
    const value = multiply(multiply(d, d), w);
    return where(less(d, 0), infinity, where(logical_or(equal(d, 0), equal(a, 0)), 0, value, type), type);
  },
);

/** The n-th derivative of digamma. @throws TypeError, ValueError */
export const polygamma = def("scipy.special.polygamma", "n x", (n: ArrayLike, x: ArrayLike): Item => {
  const order = strided(n);
  const a = floating(x);
  if (order.rank > 0) {
    const [orders, points] = both(n, x);
    const lines = [orders, points].map((v) => v.ravel().tolist() as number[]) as [number[], number[]];
    return floating(lines[0].map((k, i) => polygamma.impl(k, new Float(lines[1][i]!)))).reshape(
      orders.shape,
    ) as Item;
  }
  const k = Number(asArray(n).at());
  if (k === 0) return digamma(a);
  const one = wrap(ops.polygamma.run([a._a], { n: k }) as ndarray["_a"]);
  return typed(one, a);
});
/** log of the gamma function of d dimensions. @throws ValueError */
export const multigammaln = def("scipy.special.multigammaln", "a d", (a: ArrayLike, d: number): Item => {
  if (!Number.isInteger(d)) throw new ValueError("d should be a positive integer (dimension)");
  const x = floating(a);
  if (!all(greater(x, 0.5 * (d - 1))))
    throw new ValueError(
      `condition a (${Number(x).toFixed(6)}) > 0.5 * (d-1) (${(0.5 * (d - 1)).toFixed(6)}) not met`,
    );
  return typed(wrap(ops.multigamma.run([x._a], { p: d } as never) as ndarray["_a"]), x);
});
/** Riemann's ζ(x), or Hurwitz' ζ(x, q). */
export const zeta = def("scipy.special.zeta", "x q", (x: ArrayLike, q: ArrayLike = 1): Item => {
  const [a, b] = both(x, q);
  return typed(wrap(ops.zeta.run([a._a, b._a], undefined) as ndarray["_a"]), a);
});

const factorialOf = (n: number): number =>
  Array.from({ length: n }, (_, i) => i + 1).reduce((p, k) => p * k, 1);

/** n!, elementwise; 0 below 0. With `exact` a whole number (a bigint beyond 2⁵³). */
export const factorial = def("scipy.special.factorial", "n exact", (n: ArrayLike, exact = false): Item => {
  if (exact) {
    const k = Number(asArray(n).at());
    if (!Number.isInteger(k))
      throw new ValueError("Non-integer values of `n` together with `exact=True` are not supported.");
    if (k < 0) return 0 as Item;
    if (k <= 18) return factorialOf(k) as Item;
    return Array.from({ length: k }, (_, i) => BigInt(i + 1)).reduce((p, m) => p * m, 1n) as unknown as Item;
  }
  const a = floating(n);
  return where(less(a, 0), 0, gamma(add(a, 1)), a._a.dtype);
});

/** n over k, elementwise: how many choices of k from n there are (with `repetition`, of n + k − 1). */
export const comb = def(
  "scipy.special.comb",
  "N k * exact repetition",
  (N: ArrayLike, k: ArrayLike, exact = false, repetition = false): Item => {
    if (repetition) return comb.impl(subtract(add(N, k), 1), k, exact, false);
    if (exact) {
      const [n, m] = [Number(asArray(N).at()), Number(asArray(k).at())];
      if (m > n || n < 0 || m < 0) return 0 as Item;
      const steps = Array.from({ length: Math.min(m, n - m) }, (_, i) => BigInt(i + 1));
      const value = steps.reduce((p, i) => (p * (BigInt(n) - i + 1n)) / i, 1n);
      return (value <= 2n ** 53n ? Number(value) : value) as Item;
    }
    const [n, m] = both(N, k);
    const outside = logical_or(greater(m, n), logical_or(less(n, 0), less(m, 0)));
    return where(outside, 0, binom.impl(n, m), n._a.dtype);
  },
);

/** Binomial coefficients of real numbers, elementwise. */
export const binom = def("scipy.special.binom", "x y", (x: ArrayLike, y: ArrayLike): Item => {
  const [n, k] = both(x, y);
  const value = divide(1, multiply(add(n, 1), beta.impl(add(subtract(n, k), 1), add(k, 1))));
  const whole = logical_and(equal(n, floor(n)), logical_and(equal(k, floor(k)), less(absolute(n), 1e8)));
  return where(whole, rint(value), value, n._a.dtype);
});

/** How many arrangements of k from n there are, elementwise. */
export const perm = def(
  "scipy.special.perm",
  "N k exact",
  (N: ArrayLike, k: ArrayLike, exact = false): Item => {
    if (exact) {
      const [n, m] = [Number(asArray(N).at()), Number(asArray(k).at())];
      if (m > n || n < 0 || m < 0) return 0 as Item;
      const value = Array.from({ length: m }, (_, i) => BigInt(n - i)).reduce((p, q) => p * q, 1n);
      return (value <= 2n ** 53n ? Number(value) : value) as Item;
    }
    const [n, m] = both(N, k);
    const outside = logical_or(greater(m, n), logical_or(less(n, 0), less(m, 0)));
    return where(outside, 0, poch.impl(add(subtract(n, m), 1), m), n._a.dtype);
  },
);

/**
 * log Σ b·eˣ along axes, without overflow on the way.
 *
 * @returns with `return_sign`, a tuple of the logarithm of the sum's size and its sign
 *
 * @example
 * ```ts
 * import * as special from "@cognate/scipy/special";
 * import { print } from "@cognate/py";
 * print(special.logsumexp([1000, 1000])); // prints 1000.6931471805599
 * ```
 */
export const logsumexp = def(
  "scipy.special.logsumexp",
  "a axis b keepdims return_sign",
  (
    a: ArrayLike,
    axis: Axis = null,
    b: ArrayLike | null = null,
    keepdims = false,
    return_sign = false,
  ): Item => {
    let x = floating(a);
    let factor = b === null ? null : floating(b);
    if (factor) {
      const zero = multiply(add(x, factor), 0);
      const type = floating(zero)._a.dtype;
      const dead = equal(factor, 0);
      x = floating(where(dead, Number.NEGATIVE_INFINITY, x, type));
      factor = floating(where(dead, 0, factor, type));
    }
    const axes = axesOf(axis, x.ndim);
    const type = x._a.dtype;
    const top = floating(max.impl(x, axes, null, true, Number.NEGATIVE_INFINITY));
    const shift = floating(where(isfinite(top), top, 0, type));
    // The largest ones are counted apart from the rest, which keeps digits where they dominate.
    const isTop = logical_and(equal(x, top), isfinite(top));
    const weights = factor ?? 1;
    const ones = floating(where(isTop, weights, 0, type));
    const m = floating(sum.impl(ones, axes, null, null, true));
    const terms = multiply(where(isTop, 0, exp(subtract(x, shift)), type), weights);
    const rest = floating(sum.impl(terms, axes, null, null, true));
    const total = floating(add(m, rest));
    const sign = signOf(total);
    const relative = divide(rest, where(equal(m, 0), 1, m, type));
    const size = where(equal(m, 0), log(absolute(rest)), add(log1p(relative), log(absolute(m))), type);
    let y: Item = add(size, shift);
    if (!return_sign && b !== null) y = where(less(sign, 0), Number.NaN, y, type);
    const kept = (v: ArrayLike): Item => {
      const full = floating(v);
      const shape = full._a.shape.length === 0 && x.ndim > 0 ? x._a.shape.map(() => 1) : full._a.shape;
      return keepdims
        ? (full.reshape(shape) as Item)
        : typed(full.reshape(shape.filter((_, d) => !axes.includes(d))), x);
    };
    return return_sign ? (Tuple.of_([kept(y), kept(sign)]) as unknown as Item) : kept(y);
  },
);

/** eˣ / Σ eˣ along axes, all by default. */
export const softmax = def("scipy.special.softmax", "x axis", (x: ArrayLike, axis: Axis = null): Item => {
  const a = floating(x);
  const axes = axesOf(axis, a.ndim);
  const e = exp(subtract(a, max.impl(a, axes, null, true)));
  return typed(divide(e, sum.impl(e, axes, null, null, true)), a);
});
/** The logarithm of {@link softmax}. */
export const log_softmax = def(
  "scipy.special.log_softmax",
  "x axis",
  (x: ArrayLike, axis: Axis = null): Item => {
    const a = floating(x);
    const axes = axesOf(axis, a.ndim);
    const top = floating(max.impl(a, axes, null, true));
    const shifted = subtract(a, where(isfinite(top), top, 0, a._a.dtype));
    return typed(subtract(shifted, log(sum.impl(exp(shifted), axes, null, null, true))), a);
  },
);
