import { log } from "../../math/libm/log.js";
import type { BitEngine } from "../engines/engine.js";

/**
 * Binomial numbers by search from 0 where the mean is small.
 *
 * `none` is the probability (1 − p)ⁿ of 0, which callers compute in their own way.
 */
export function binomialBySearch(engine: BitEngine, n: number, p: number, none: number): number {
  const q = 1 - p;
  const mean = n * p;
  const bound = Math.trunc(Math.min(n, mean + 10 * Math.sqrt(mean * q + 1)));
  let x = 0;
  let px = none;
  let u = engine.nextDouble();
  while (u > px) {
    x++;
    if (x > bound) {
      x = 0;
      px = none;
      u = engine.nextDouble();
    } else {
      u -= px;
      px = ((n - x + 1) * p * px) / (x * q);
    }
  }
  return x;
}

/** One term of Stirling's series as the acceptance test sums it. */
function stirling(x: number): number {
  const square = x * x;
  return (13680 - (462 - (132 - (99 - 140 / square) / square) / square) / square) / x / 166320;
}

/**
 * Binomial numbers by rejection from a triangle, two parallelograms and two exponential tails, for n·min(p, 1 − p) ≥ 10.
 *
 * Source: V. Kachitvichyanukul, B. Schmeiser, "Binomial random variate generation" (1988), algorithm BTPE.
 */
export function binomialByRejection(engine: BitEngine, n: number, p: number): number {
  const r = Math.min(p, 1 - p);
  const q = 1 - r;
  const fm = n * r + r;
  const m = Math.floor(fm);
  const p1 = Math.floor(2.195 * Math.sqrt(n * r * q) - 4.6 * q) + 0.5;
  const xm = m + 0.5;
  const xl = xm - p1;
  const xr = xm + p1;
  const c = 0.134 + 20.5 / (15.3 + m);
  let a = (fm - xl) / (fm - xl * r);
  const left = a * (1 + a / 2);
  a = (xr - fm) / (xr * q);
  const right = a * (1 + a / 2);
  const p2 = p1 * (1 + 2 * c);
  const p3 = p2 + c / left;
  const p4 = p3 + c / right;
  const variance = n * r * q;
  for (;;) {
    const u = engine.nextDouble() * p4;
    let v = engine.nextDouble();
    let y: number;
    if (u <= p1) {
      y = Math.floor(xm - p1 * v + u);
      return p > 0.5 ? n - y : y;
    }
    if (u <= p2) {
      const x = xl + (u - p1) / c;
      v = v * c + 1 - Math.abs(m - x + 0.5) / p1;
      if (v > 1) continue;
      y = Math.floor(x);
    } else if (u <= p3) {
      y = Math.floor(xl + log(v) / left);
      if (y < 0 || v === 0) continue;
      v = v * (u - p2) * left;
    } else {
      y = Math.floor(xr - log(v) / right);
      if (y > n || v === 0) continue;
      v = v * (u - p3) * right;
    }
    const k = Math.abs(y - m);
    if (k <= 20 || k >= variance / 2 - 1) {
      const s = r / q;
      const b = s * (n + 1);
      let f = 1;
      if (m < y) for (let i = m + 1; i <= y; i++) f *= b / i - s;
      else if (m > y) for (let i = y + 1; i <= m; i++) f /= b / i - s;
      if (v > f) continue;
      return p > 0.5 ? n - y : y;
    }
    const rho = (k / variance) * ((k * (k / 3 + 0.625) + 0.16666666666666666) / variance + 0.5);
    const t = (-k * k) / (2 * variance);
    const logV = log(v);
    if (logV < t - rho) return p > 0.5 ? n - y : y;
    if (logV > t + rho) continue;
    const x1 = y + 1;
    const f1 = m + 1;
    const z = n + 1 - m;
    const w = n - y + 1;
    const limit =
      xm * log(f1 / x1) +
      (n - m + 0.5) * log(z / w) +
      (y - m) * log((w * r) / (x1 * q)) +
      stirling(f1) +
      stirling(z) +
      stirling(x1) +
      stirling(w);
    if (logV <= limit) return p > 0.5 ? n - y : y;
  }
}
