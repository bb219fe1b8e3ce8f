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

/** I(x), or (`scaled`) e^−|x|·I(x), from the function on [0, 8] and √x·e⁻ˣ·I(x) beyond; `odd` for order 1. */
function firstKind(
  small: (x: number) => number,
  large: Pieces,
  x: number,
  scaled: boolean,
  odd: boolean,
): number {
  const a = Math.abs(x);
  if (a <= 8) return scaled ? Math.exp(-a) * small(x) : small(x);
  let y = a;
  if (scaled || a !== Infinity) {
    y = piecewise(large, 1 / a) / Math.sqrt(a);
    if (!scaled) y = timesExp(y, a);
  }
  return odd && x < 0 ? -y : y;
}

export const i0Of = (x: number): number => firstKind(i0Small, c.I0_LARGE, x, false, false);
export const i0eOf = (x: number): number => firstKind(i0Small, c.I0_LARGE, x, true, false);
export const i1Of = (x: number): number => firstKind(i1Small, c.I1_LARGE, x, false, true);
export const i1eOf = (x: number): number => firstKind(i1Small, c.I1_LARGE, x, true, true);

function k0Small(x: number): number {
  return piecewise(c.K0_SMALL, x * x) - Math.log(x) * i0Small(x);
}
function k1Small(x: number): number {
  return 1 / x + (Math.log(x) * i1Small(x) + x * piecewise(c.K1_SMALL, x * x));
}

/** K(x), or (`scaled`) eˣ·K(x), from the function on (0, 1] and √x·eˣ·K(x) beyond; NaN below 0, infinite at 0. */
function secondKind(small: (x: number) => number, large: Pieces, x: number, scaled: boolean): number {
  if (!(x > 0)) return x === 0 ? Infinity : Number.NaN;
  if (x <= 1) return scaled ? Math.exp(x) * small(x) : small(x);
  const y = piecewise(large, 1 / x) / Math.sqrt(x);
  return scaled ? y : Math.exp(-x) * y;
}

export const k0Of = (x: number): number => secondKind(k0Small, c.K0_LARGE, x, false);
export const k0eOf = (x: number): number => secondKind(k0Small, c.K0_LARGE, x, true);
export const k1Of = (x: number): number => secondKind(k1Small, c.K1_LARGE, x, false);
export const k1eOf = (x: number): number => secondKind(k1Small, c.K1_LARGE, x, true);

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

/** √(2/(πx))·(P·cos − Q·sin) of x less so many quarter turns and an eighth, beyond 5. */
function hankel(p: Pieces, q: Pieces, x: number, quarters: 0 | 1 | 2): number {
  if (x === Infinity) return 0;
  const [s, t] = [Math.sin(x), Math.cos(x)];
  const [cosine, sine] = [(t + s) * Math.SQRT1_2, (s - t) * Math.SQRT1_2];
  const [u, v] = quarters === 0 ? [cosine, sine] : quarters === 1 ? [sine, -cosine] : [-cosine, -sine];
  const w = 25 / (x * x);
  return Math.sqrt(TWO_OVER_PI / x) * (piecewise(p, w) * u - (piecewise(q, w) / x) * v);
}

export function j0Of(x: number): number {
  const a = Math.abs(x);
  return a <= 5 ? j0Small(a) : hankel(c.P0_LARGE, c.Q0_LARGE, a, 0);
}
export function j1Of(x: number): number {
  const a = Math.abs(x);
  if (a <= 5) return j1Small(x);
  const y = hankel(c.P1_LARGE, c.Q1_LARGE, a, 1);
  return x < 0 && a !== Infinity ? -y : y;
}
export function y0Of(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x > 5) return hankel(c.P0_LARGE, c.Q0_LARGE, x, 1);
  return TWO_OVER_PI * Math.log(x) * j0Small(x) + piecewise(c.Y0_SMALL, x * x);
}
export function y1Of(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x > 5) return hankel(c.P1_LARGE, c.Q1_LARGE, x, 2);
  return TWO_OVER_PI * (Math.log(x) * j1Small(x) - 1 / x) + x * piecewise(c.Y1_SMALL, x * x);
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
