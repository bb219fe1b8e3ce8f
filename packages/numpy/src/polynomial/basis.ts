import { type ArrayLike, axisOf, type Item, indexOf, type ndarray, sorting } from "@cognate/ndarray/core";
import { add, divide, multiply, negative, subtract } from "@cognate/ndarray/functions";
import { def, Float, Tuple, ValueError, ZeroDivisionError } from "@cognate/py";
import { ones, zeros } from "../creation/filled.js";
import { asArray } from "../internal.js";
import { eigvals, eigvalsh } from "../linalg/factors.js";
import { moveaxis } from "../manipulation/arranging.js";
import { stack } from "../manipulation/joining.js";
import { elementsOf, inexact, trimmed } from "./coefficients.js";
import { fitting } from "./fit.js";
import * as power from "./polynomial.js";
import { atPoints, onGrid, vanderProducts } from "./vander.js";

type Triple = readonly [number, number, number];

/** A family of orthogonal polynomials by what distinguishes it. */
export interface Basis {
  /** Of the functions' names: `cheb`. */
  readonly prefix: string;
  readonly module: string;
  /** x·pₙ = a·pₙ₊₁ + b·pₙ + c·pₙ₋₁. */
  times(n: number): Triple;
  /** The derivative of a series step by step from its end: what of cₙ goes to term n − 1, back to cₙ₋₂, back to cₙ₋₁. */
  slope(n: number): Triple;
  /** ∫pₙ in terms of pₙ₊₁, pₙ, pₙ₋₁, up to a constant. */
  integral(n: number): Triple;
  /** The integral of the weight, or nodes and weights where they have a closed form. */
  readonly mass: number;
  readonly gauss?: (deg: number) => Tuple<ndarray>;
  weight(x: ndarray): Item;
}

/** A polynomial as its terms in a basis, each an array without axes (or of the other axes of the coefficients). */
type Terms = ndarray[];

/** What comes of floats: an element that is a plain number is a float, too. */
const floats = (x: ArrayLike): ndarray => asArray(typeof x === "number" ? new Float(x) : x);
const scaled = (x: ArrayLike, by: number): ndarray => floats(by === 1 ? x : multiply(x, new Float(by)));
const plus = (a: ArrayLike | undefined, b: ArrayLike): ndarray => floats(a === undefined ? b : add(a, b));

const _termsOf = (c: ArrayLike): Terms => [...elementsOf(power.asSeries([c])[0]!)];
const termsOf = (c: ArrayLike): Terms => [...elementsOf(power.asSeries([c])[0]!)];
const series = (terms: readonly ndarray[]): ndarray => trimmed(stack.impl(terms));

/** Adds `by` times `x` to term n. */
function accumulate(terms: Terms, n: number, x: ndarray, by: number): void {
  if (by !== 0) terms[n] = plus(terms[n], scaled(x, by));
}

/** All functions of one basis, whose names begin with its prefix. */
export function basisFunctions(basis: Basis) {
  const { prefix, module, times } = basis;
  const M = `numpy.polynomial.${module}.${prefix}`;
  const zero = (like: ndarray): ndarray => scaled(like, 0);

  /** x times a series. */
  const mulx = (terms: readonly ndarray[]): Terms => {
    const out: Terms = [];
    terms.forEach((c, n) => {
      const [a, b, less] = times(n);
      accumulate(out, n + 1, c, a);
      accumulate(out, n, c, b);
      if (n > 0) accumulate(out, n - 1, c, less);
      else out[0] ??= zero(c);
    });
    return out;
  };
  const sum = (p: readonly ndarray[], q: readonly ndarray[], by = 1): Terms =>
    Array.from({ length: Math.max(p.length, q.length) }, (_, i) =>
      q[i] === undefined ? p[i]! : p[i] === undefined ? scaled(q[i]!, by) : plus(p[i], scaled(q[i]!, by)),
    );

  /** Σ cₙpₙ by the recurrence from the end (C. Clenshaw), in whatever x and the terms are multiplied and added in. */
  function clenshaw<T>(
    c: readonly ndarray[],
    by: { x(v: T): T; scale(v: T, s: number): T; add(v: T, w: T): T; constant(c: ndarray): T },
  ): T {
    let [next, after]: [T | undefined, T | undefined] = [undefined, undefined];
    for (let n = c.length - 1; n >= 0; n--) {
      let v = by.constant(c[n]!);
      if (next !== undefined) {
        const [a, b] = times(n);
        const turned = by.x(next);
        v = by.add(v, by.scale(b === 0 ? turned : by.add(turned, by.scale(next, -b)), 1 / a));
      }
      if (after !== undefined) {
        const [a, , less] = times(n + 1);
        v = by.add(v, by.scale(after, -less / a));
      }
      [next, after] = [v, next];
    }
    return next!;
  }

  const product = (p: readonly ndarray[], q: readonly ndarray[]): Terms =>
    clenshaw<Terms>(p, {
      x: mulx,
      scale: (v, s) => v.map((c) => scaled(c, s)),
      add: (v, w) => sum(v, w),
      constant: (c) => q.map((d) => floats(multiply(c, d))),
    });

  const line = def(`${M}line`, "off scl", (off: ArrayLike, scl: ArrayLike): ndarray => {
    const [a, b] = times(0);
    if (Number(scl) === 0) return asArray([off] as never);
    const constant = b === 0 ? off : add(off, multiply(scl, b));
    const slope = Number.isInteger(a) ? multiply(scl, a) : new Float(Number(scl) * a);
    return asArray([constant, slope] as never);
  });

  const mul = def(`${M}mul`, "c1 c2", (c1: ArrayLike, c2: ArrayLike): ndarray => {
    const [p, q] = power.asSeries([c1, c2]) as [ndarray, ndarray];
    return series(product(elementsOf(p), elementsOf(q)));
  });

  const div = def(`${M}div`, "c1 c2", (c1: ArrayLike, c2: ArrayLike): Tuple<ndarray> => {
    const [p, q] = power.asSeries([c1, c2]) as [ndarray, ndarray];
    if (Number(asArray((q.at("-1:") as ndarray).abs()).at(0)) === 0) throw new ZeroDivisionError("");
    const [m, n] = [p.size, q.size];
    const nothing = asArray(asArray(p.at(":1")).mul(0));
    if (m < n) return Tuple.of_([nothing, p]);
    if (n === 1) return Tuple.of_([floats(divide(p, q.at("-1:"))), nothing]);
    let rest: Terms = [...elementsOf(p)];
    const divisor = elementsOf(q);
    const quotient: Terms = [];
    for (let i = m - n; i >= 0; i--) {
      const unit = Array.from({ length: i + 1 }, (_, k) => plus(zero(divisor[0]!), k === i ? 1 : 0));
      const multiple = product(unit, divisor);
      const top = rest.length - 1;
      const by = floats(divide(rest[top]!, multiple[top]!));
      quotient[i] = by;
      rest = rest.slice(0, top).map((r, k) => floats(subtract(r, multiply(by, multiple[k]!))));
    }
    return Tuple.of_([stack.impl(quotient), trimmed(stack.impl(rest))]);
  });

  const pow = def(
    `${M}pow`,
    "c pow maxpower",
    (c: ArrayLike, n: number, maxpower: number | null = 16): ndarray => {
      const [x] = power.asSeries([c]) as [ndarray];
      if (!Number.isInteger(n) || n < 0) throw new ValueError("Power must be a non-negative integer.");
      if (maxpower !== null && n > maxpower) throw new ValueError("Power is too large");
      if (n === 0) return ones.impl(1, x.dtype);
      let y = x;
      for (let k = 1; k < n; k++) y = mul.impl(y, x);
      return y;
    },
  );

  /** Coefficients with an axis as the first one. */
  const along = (c: ArrayLike, axis: number): ndarray => {
    const x = inexact(c);
    const lifted = x.ndim === 0 ? x.reshape(1) : x;
    return moveaxis.impl(lifted, axisOf(axis, lifted.ndim), 0);
  };

  const der = def(`${M}der`, "c m scl axis", (c: ArrayLike, m = 1, scl: ArrayLike = 1, axis = 0): ndarray => {
    const count = indexOf(m);
    if (count < 0) throw new ValueError("The order of derivation must be non-negative");
    if (count === 0) return inexact(c);
    let x = [...elementsOf(along(c, axis))];
    if (count >= x.length) x = [zero(x[0]!)];
    else
      for (let k = 0; k < count; k++) {
        const left = x.map((v) => floats(multiply(v, scl)));
        const out: Terms = [];
        for (let n = left.length - 1; n > 0; n--) {
          const [here, two, one] = basis.slope(n);
          out[n - 1] = scaled(left[n]!, here);
          if (n > 1) accumulate(left, n - 2, left[n]!, two);
          accumulate(left, n - 1, left[n]!, one);
        }
        x = out;
      }
    return moveaxis.impl(stack.impl(x), 0, axis);
  });

  const val = def(`${M}val`, "x c tensor", (x: ArrayLike, c: ArrayLike, tensor = true): Item => {
    let k = inexact(c);
    if (k.ndim === 0) k = k.reshape(1);
    const at = asArray(x);
    if (tensor && at.ndim > 0) k = k.reshape([...k._a.shape, ...at._a.shape.map(() => 1)]);
    const nothing = multiply(at, 0);
    return clenshaw<ArrayLike>(elementsOf(k), {
      x: (v) => multiply(v, at),
      scale: (v, s) => scaled(v, s),
      add: (v, w) => add(v, w),
      constant: (v) => add(v, nothing),
    }) as Item;
  });

  const int = def(
    `${M}int`,
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
      if (count === 0) return inexact(c);
      let x = [...elementsOf(along(c, axis))];
      for (let i = 0; i < count; i++) {
        const out: Terms = [zero(x[0]!)];
        x.map((v) => floats(multiply(v, scl))).forEach((v, n) => {
          const [up, same, down] = basis.integral(n);
          accumulate(out, n + 1, v, up);
          accumulate(out, n, v, same);
          if (n > 0) accumulate(out, n - 1, v, down);
        });
        out[0] = plus(out[0], subtract(constants[i] ?? 0, val.impl(lbnd, stack.impl(out))));
        x = out;
      }
      return moveaxis.impl(stack.impl(x), 0, axis);
    },
  );

  const vander = def(`${M}vander`, "x deg", (x: ArrayLike, deg: number): ndarray => {
    const n = indexOf(deg);
    if (n < 0) throw new ValueError("deg must be non-negative");
    const given = inexact(x);
    const at = given.ndim === 0 ? given.reshape(1) : given;
    const columns = [plus(zero(at), new Float(1))];
    for (let k = 0; k < n; k++) {
      const [a, b, less] = times(k);
      let next = floats(multiply(at, columns[k]!));
      if (b !== 0) next = plus(next, scaled(columns[k]!, -b));
      if (k > 0) next = plus(next, scaled(columns[k - 1]!, -less));
      columns.push(scaled(next, 1 / a));
    }
    return stack.impl(columns, -1);
  });

  /** Ratios that make multiplication by x symmetric. */
  const norms = (n: number): number[] => {
    const out = [1];
    for (let i = 0; i + 1 < n; i++) out.push(out[i]! * Math.sqrt(times(i + 1)[2] / times(i)[0]));
    return out;
  };
  const companion = def(`${M}companion`, "c", (c: ArrayLike): ndarray => {
    const [x] = power.asSeries([c]) as [ndarray];
    if (x.size < 2) throw new ValueError("Series must have maximum degree of at least 1.");
    const n = x.size - 1;
    const [a0, b0] = times(0);
    const ratios = floats(divide(x.at(":-1"), x.at("-1:")));
    if (n === 1) return floats(subtract(new Float(b0), scaled(ratios, a0))).reshape(1, 1);
    const y = zeros.impl([n, n], x.dtype);
    for (let i = 0; i < n; i++) {
      y.set([i, i], new Float(times(i)[1]));
      if (i + 1 === n) break;
      const a = times(i)[0];
      const beside = new Float(Math.sign(a) * Math.sqrt(a * times(i + 1)[2]));
      y.set([i, i + 1], beside);
      y.set([i + 1, i], beside);
    }
    const s = norms(n);
    const scale = asArray(s.map((v) => new Float((v / s[n - 1]!) * times(n - 1)[0])));
    y.sub_at([":", -1], multiply(ratios, scale));
    return y;
  });

  const roots = def(`${M}roots`, "c", (c: ArrayLike): ndarray => {
    const [x] = power.asSeries([c]) as [ndarray];
    if (x.size <= 1) return zeros.impl(0, x.dtype);
    if (x.size === 2) return companion.impl(x).reshape(1);
    // Turned round, which loses less.
    return sorting.sort.impl(eigvals.impl(companion.impl(x).at("::-1", "::-1") as ndarray));
  });

  const fromroots = def(`${M}fromroots`, "roots", (given: ArrayLike): ndarray => {
    if (asArray(given).size === 0) return ones.impl(1);
    const [list] = power.asSeries([given], false) as [ndarray];
    const factor = (r: ndarray): ndarray => stack.impl(sum([floats(negative(r))], mulx([plus(zero(r), 1)])));
    let parts = elementsOf(sorting.sort.impl(list)).map(factor);
    while (parts.length > 1) {
      const m = Math.floor(parts.length / 2);
      const next = Array.from({ length: m }, (_, i) => mul.impl(parts[i]!, parts[i + m]!));
      if (parts.length % 2 === 1) next[0] = mul.impl(next[0]!, parts.at(-1)!);
      parts = next;
    }
    return parts[0]!;
  });

  /** Orthonormal polynomials up to degree n − 1 at x, squared and summed. */
  const christoffel = (x: ndarray, n: number): ndarray => {
    let before = zero(x);
    let here = plus(zero(x), new Float(1 / Math.sqrt(basis.mass)));
    let total = floats(multiply(here, here));
    let less = 0;
    for (let k = 0; k + 1 < n; k++) {
      const [a, b] = times(k);
      const beta = Math.sign(a) * Math.sqrt(a * times(k + 1)[2]);
      const turned = subtract(multiply(floats(subtract(x, new Float(b))), here), scaled(before, less));
      [before, here] = [here, scaled(turned, 1 / beta)];
      less = beta;
      total = plus(total, multiply(here, here));
    }
    return total;
  };
  const gauss = def(`${M}gauss`, "deg", (deg: number): Tuple<ndarray> => {
    const n = indexOf(deg);
    if (n <= 0) throw new ValueError("deg must be a positive integer");
    if (basis.gauss) return basis.gauss(n);
    const c = asArray(Array.from({ length: n + 1 }, (_, i) => (i === n ? 1 : 0)));
    const guess = asArray(eigvalsh.impl(companion.impl(c)));
    const x = floats(subtract(guess, divide(val.impl(guess, c), val.impl(guess, der.impl(c)))));
    const even = times(0)[1] === 0;
    const nodes = even ? scaled(subtract(x, x.at("::-1")), 0.5) : x;
    const w = floats(divide(new Float(1), christoffel(nodes, n)));
    return Tuple.of_([nodes, floats(multiply(w, divide(new Float(basis.mass), w.sum())))]);
  });

  const toPower = def(`numpy.polynomial.${module}.${prefix}2poly`, "c", (c: ArrayLike): ndarray => {
    const [x] = power.asSeries([c]) as [ndarray];
    return clenshaw<ndarray>(elementsOf(x), {
      x: (v) => power.polymulx.impl(v),
      scale: (v, s) => scaled(v, s),
      add: (v, w) => power.polyadd.impl(v, w),
      constant: (v) => v.reshape(1),
    });
  });
  const fromPower = def(`numpy.polynomial.${module}.poly2${prefix}`, "pol", (pol: ArrayLike): ndarray => {
    const terms = termsOf(pol);
    return series(terms.reduceRight<Terms>((y, c) => (y.length === 0 ? [c] : sum(mulx(y), [c])), []));
  });

  return {
    line,
    add: def(`${M}add`, "c1 c2", power.polyadd.impl),
    sub: def(`${M}sub`, "c1 c2", power.polysub.impl),
    mulx: def(`${M}mulx`, "c", (c: ArrayLike): ndarray => {
      const [x] = power.asSeries([c]) as [ndarray];
      return x.size === 1 && Number(asArray(x.abs()).at(0)) === 0 ? x : stack.impl(mulx(elementsOf(x)));
    }),
    mul,
    div,
    pow,
    der,
    int,
    val,
    val2d: def(
      `${M}val2d`,
      "x y c",
      (x: ArrayLike, y: ArrayLike, c: ArrayLike): Item => atPoints(val.impl, "x, y")(c, x, y),
    ),
    val3d: def(
      `${M}val3d`,
      "x y z c",
      (x: ArrayLike, y: ArrayLike, z: ArrayLike, c: ArrayLike): Item =>
        atPoints(val.impl, "x, y, z")(c, x, y, z),
    ),
    grid2d: def(
      `${M}grid2d`,
      "x y c",
      (x: ArrayLike, y: ArrayLike, c: ArrayLike): Item => onGrid(val.impl)(c, x, y),
    ),
    grid3d: def(
      `${M}grid3d`,
      "x y z c",
      (x: ArrayLike, y: ArrayLike, z: ArrayLike, c: ArrayLike): Item => onGrid(val.impl)(c, x, y, z),
    ),
    vander,
    vander2d: def(
      `${M}vander2d`,
      "x y deg",
      (x: ArrayLike, y: ArrayLike, deg: readonly number[]): ndarray =>
        vanderProducts(vander.impl, 2)(x, y, deg),
    ),
    vander3d: def(
      `${M}vander3d`,
      "x y z deg",
      (x: ArrayLike, y: ArrayLike, z: ArrayLike, deg: readonly number[]): ndarray =>
        vanderProducts(vander.impl, 3)(x, y, z, deg),
    ),
    fit: def(`${M}fit`, "x y deg rcond full w", fitting(vander.impl)),
    companion,
    roots,
    fromroots,
    gauss,
    weight: def(`${M}weight`, "x", (x: ArrayLike): Item => basis.weight(asArray(x))),
    trim: def(`${M}trim`, "c tol", power.polytrim.impl),
    toPower,
    fromPower,
  };
}
