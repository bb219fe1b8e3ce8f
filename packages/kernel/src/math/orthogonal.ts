/*
 * Orthogonal polynomials by their three-term recurrences. Degrees are whole numbers (fractions are cut off); a
 * negative degree gives 0.
 */

type Step = (k: number, x: number, now: number, before: number) => number;

/** P₀ = 1, P₁ = `first(x)`, P₍ₖ₊₁₎ = `step(k, x, Pₖ, P₍ₖ₋₁₎)`. */
function recur(degree: number, x: number, first: (x: number) => number, step: Step): number {
  const n = Math.trunc(degree);
  if (Number.isNaN(n) || n < 0) return 0;
  if (n === 0) return 1;
  let before = 1;
  let now = first(x);
  for (let k = 1; k < n && !Number.isNaN(now); k++) {
    const next = step(k, x, now, before);
    before = now;
    now = next;
  }
  return now;
}

const chebyshevStep: Step = (_k, x, now, before) => (x + x) * now - before;

/**
 * A Chebyshev polynomial: the recurrence, and beyond degree 6 within (−1, 1) the trigonometric form, which does not
 * gather rounding errors.
 */
function chebyshev(
  degree: number,
  x: number,
  first: (x: number) => number,
  byAngle: (n: number, angle: number) => number,
): number {
  const n = Math.trunc(degree);
  if (n > 6 && Math.abs(x) < 1) return byAngle(n, Math.acos(x));
  return recur(degree, x, first, chebyshevStep);
}

/** Chebyshev polynomials of the first kind, cos(n·θ) with x = cos θ. */
export const chebyshevTOf = (x: number, n: number): number =>
  chebyshev(
    n,
    x,
    (v) => v,
    (m, t) => Math.cos(m * t),
  );
/** of the second kind, sin((n + 1)θ)/sin θ. */
export const chebyshevUOf = (x: number, n: number): number =>
  chebyshev(
    n,
    x,
    (v) => v + v,
    (m, t) => Math.sin((m + 1) * t) / Math.sin(t),
  );
/** of the third kind, cos((n + ½)θ)/cos(θ/2). */
export const chebyshevVOf = (x: number, n: number): number =>
  chebyshev(
    n,
    x,
    (v) => v + v - 1,
    (m, t) => Math.cos((m + 0.5) * t) / Math.cos(t / 2),
  );
/** of the fourth kind, sin((n + ½)θ)/sin(θ/2). */
export const chebyshevWOf = (x: number, n: number): number =>
  chebyshev(
    n,
    x,
    (v) => v + v + 1,
    (m, t) => Math.sin((m + 0.5) * t) / Math.sin(t / 2),
  );

/** The physicists' Hermite polynomials. */
export const hermiteHOf = (x: number, n: number): number =>
  recur(
    n,
    x,
    (v) => v + v,
    (k, v, now, before) => (v + v) * now - 2 * k * before,
  );
/** The probabilists' Hermite polynomials. */
export const hermiteHeOf = (x: number, n: number): number =>
  recur(
    n,
    x,
    (v) => v,
    (k, v, now, before) => v * now - k * before,
  );
/** Laguerre polynomials. */
export const laguerreLOf = (x: number, n: number): number =>
  recur(
    n,
    x,
    (v) => 1 - v,
    (k, v, now, before) => ((2 * k + 1 - v) * now - k * before) / (k + 1),
  );
/** Legendre polynomials. */
export const legendrePOf = (x: number, n: number): number =>
  recur(
    n,
    x,
    (v) => v,
    (k, v, now, before) => ((2 * k + 1) * v * now - k * before) / (k + 1),
  );
