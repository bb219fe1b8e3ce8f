import { type Pieces, piecewise } from "./chebyshev.js";
import * as c from "./coefficients.js";

/* Bessel functions of orders 0 and 1: polynomials near 0, Hankel's expansion (its factors as polynomials) beyond. */

/** I₀(x) on [0, 8]. */
function i0Small(x: number): number {
  const a = (x * x) / 4;
  return 1 + a * piecewise(c.I0_SMALL, a);
}
/** I₁(x) on [0, 8]. */
function i1Small(x: number): number {
  const a = (x * x) / 4;
  return (x / 2) * (1 + a * piecewise(c.I1_SMALL, a));
}

/** x · exp(y), also where the exponential alone would overflow. */
const timesExp = (x: number, y: number): number => {
  if (y < 700) return x * Math.exp(y);
  const half = Math.exp(y / 2);
  return x * half * half;
};

export function i0Of(x: number): number {
  const a = Math.abs(x);
  if (a <= 8) return i0Small(a);
  return a === Infinity ? a : timesExp(piecewise(c.I0_LARGE, 1 / a) / Math.sqrt(a), a);
}
export function i0eOf(x: number): number {
  const a = Math.abs(x);
  return a <= 8 ? Math.exp(-a) * i0Small(a) : piecewise(c.I0_LARGE, 1 / a) / Math.sqrt(a);
}
export function i1Of(x: number): number {
  const a = Math.abs(x);
  if (a <= 8) return i1Small(x);
  const y = a === Infinity ? a : timesExp(piecewise(c.I1_LARGE, 1 / a) / Math.sqrt(a), a);
  return x < 0 ? -y : y;
}
export function i1eOf(x: number): number {
  const a = Math.abs(x);
  if (a <= 8) return Math.exp(-a) * i1Small(x);
  const y = piecewise(c.I1_LARGE, 1 / a) / Math.sqrt(a);
  return x < 0 ? -y : y;
}

function k0Small(x: number): number {
  return piecewise(c.K0_SMALL, x * x) - Math.log(x) * i0Small(x);
}
function k1Small(x: number): number {
  return 1 / x + (Math.log(x) * i1Small(x) + x * piecewise(c.K1_SMALL, x * x));
}
const kLarge = (table: Pieces, x: number): number => piecewise(table, 1 / x) / Math.sqrt(x);

/** NaN below 0, infinite at 0. */
const atOrigin = (x: number): number => (x === 0 ? Infinity : Number.NaN);

export function k0Of(x: number): number {
  if (!(x > 0)) return atOrigin(x);
  return x <= 1 ? k0Small(x) : Math.exp(-x) * kLarge(c.K0_LARGE, x);
}
export function k0eOf(x: number): number {
  if (!(x > 0)) return atOrigin(x);
  return x <= 1 ? Math.exp(x) * k0Small(x) : kLarge(c.K0_LARGE, x);
}
export function k1Of(x: number): number {
  if (!(x > 0)) return atOrigin(x);
  return x <= 1 ? k1Small(x) : Math.exp(-x) * kLarge(c.K1_LARGE, x);
}
export function k1eOf(x: number): number {
  if (!(x > 0)) return atOrigin(x);
  return x <= 1 ? Math.exp(x) * k1Small(x) : kLarge(c.K1_LARGE, x);
}

/** (x − r)·(x + r), r given as a sum of two. */
const aboutRoot = (x: number, [high, low]: readonly [number, number]): number =>
  (x - high - low) * (x + high + low);

const TWO_OVER_PI = 2 / Math.PI;

function j0Small(x: number): number {
  const u = x * x;
  if (u <= 2) return 1 + u * piecewise(c.J0_TINY, u);
  return aboutRoot(x, c.J0_ROOT) * piecewise(c.J0_SMALL, u);
}
function j1Small(x: number): number {
  return x * aboutRoot(x, c.J1_ROOT) * piecewise(c.J1_SMALL, x * x);
}

/** √(2/(πx))·(P·u − Q·v), u and v the cosine and sine (or sine and minus cosine) of x less its phase. */
function hankel(p: Pieces, q: Pieces, x: number, u: number, v: number): number {
  const w = 25 / (x * x);
  return Math.sqrt(TWO_OVER_PI / x) * (piecewise(p, w) * u - (piecewise(q, w) / x) * v);
}

export function j0Of(x: number): number {
  const a = Math.abs(x);
  if (a <= 5) return j0Small(a);
  if (a === Infinity) return 0;
  const [s, t] = [Math.sin(a), Math.cos(a)];
  return hankel(c.P0_LARGE, c.Q0_LARGE, a, (t + s) * Math.SQRT1_2, (s - t) * Math.SQRT1_2);
}
export function j1Of(x: number): number {
  const a = Math.abs(x);
  if (a <= 5) return j1Small(x);
  if (a === Infinity) return 0;
  const [s, t] = [Math.sin(a), Math.cos(a)];
  const y = hankel(c.P1_LARGE, c.Q1_LARGE, a, (s - t) * Math.SQRT1_2, -(s + t) * Math.SQRT1_2);
  return x < 0 ? -y : y;
}
export function y0Of(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x <= 5) return TWO_OVER_PI * Math.log(x) * j0Small(x) + piecewise(c.Y0_SMALL, x * x);
  if (x === Infinity) return 0;
  const [s, t] = [Math.sin(x), Math.cos(x)];
  return hankel(c.P0_LARGE, c.Q0_LARGE, x, (s - t) * Math.SQRT1_2, -(s + t) * Math.SQRT1_2);
}
export function y1Of(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x <= 5) return TWO_OVER_PI * (Math.log(x) * j1Small(x) - 1 / x) + x * piecewise(c.Y1_SMALL, x * x);
  if (x === Infinity) return 0;
  const [s, t] = [Math.sin(x), Math.cos(x)];
  return hankel(c.P1_LARGE, c.Q1_LARGE, x, -(s + t) * Math.SQRT1_2, (t - s) * Math.SQRT1_2);
}

/** sin(x)/x; 1 at 0. */
export function sphericalJ0Of(x: number): number {
  const a = Math.abs(x);
  if (a === Infinity) return 0;
  return a < 1e-8 ? 1 : Math.sin(x) / x;
}

/** Airy's function Ai(x). */
export function airyAiOf(x: number): number {
  if (x >= -2 && x <= 4) return piecewise(c.AIRY_SMALL, x);
  if (Number.isNaN(x)) return x;
  const a = Math.abs(x);
  if (a === Infinity) return 0;
  const zeta = (a * Math.sqrt(a) * 2) / 3;
  const quarter = Math.sqrt(Math.sqrt(a));
  if (x > 0) return (Math.exp(-zeta) * piecewise(c.AIRY_LARGE, 4 / zeta)) / quarter;
  const w = 3 / (zeta * zeta);
  const [s, t] = [Math.sin(zeta), Math.cos(zeta)];
  const f = piecewise(c.AIRY_SINE, w);
  const g = piecewise(c.AIRY_COSINE, w) / zeta;
  return ((s + t) * Math.SQRT1_2 * f - (t - s) * Math.SQRT1_2 * g) / (Math.sqrt(Math.PI) * quarter);
}
