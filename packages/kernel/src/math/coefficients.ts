import { pieces } from "./chebyshev.js";
import {
  exp,
  fromNumber,
  LN2,
  log,
  mul,
  nearest,
  ONE,
  pi,
  ratio,
  series,
  squareRoot,
} from "./precise/fixed-point.js";

/*
 * What special functions are made of: smooth functions in fixed point, for which polynomials stand. Whole numbers that are
 * not in fixed point are n, k, ν and the like.
 */

type Fixed = bigint;

/** 1/v. */
const inverse = (v: Fixed): Fixed => ratio(ONE, v);

const square = (v: Fixed): Fixed => mul(v, v);

const ROOT_PI = /* @__PURE__ */ (() => squareRoot(pi()))();

// The error function ----------------------------------------------------------------------------------------------

/** e^u·erf(x)/x, u = x². */
const scaledErf = (u: Fixed): Fixed => ratio(2n * series(2n * u, (k) => 2n * k + 1n), ROOT_PI);

/** erf(x)/x − 1, in u = x² on [0, 1]. */
export const ERF_SMALL = /* @__PURE__ */ pieces(0, 1, 1, (u) => ratio(scaledErf(u), exp(u)) - ONE, 1);

/** (1 + 2x)·erfcx(x), in s = (x − 2)/(x + 2) on eight equal parts of [−1, 1]. */
export const ERFCX = /* @__PURE__ */ pieces(-1, 1, 8, (s) => {
  const x = ratio(2n * (ONE + s), ONE - s);
  const u = mul(x, x);
  if (s < 0n) return mul(ONE + 2n * x, exp(u) - mul(x, scaledErf(u)));
  return ratio(mul(2n * ONE + inverse(x), decaying(3n, 6n, u)[0]), ROOT_PI);
});

/**
 * The function whose asymptotic series is ₂F₀(α, β; −1/z), z = x + iy with x ≥ 0, as its real and imaginary part; α and β are
 * given in sixths. Kummer's U(α + n, …) is the solution of a recurrence that falls the fastest (N. M. Temme, Numer. Math. 41,
 * 1983), so the recurrence is run from far n down and its solution scaled by a sum that is known.
 */
function decaying(alpha: bigint, beta: bigint, x: Fixed, y = 0n): readonly [Fixed, Fixed] {
  let [re, im, reAfter, imAfter, reSum, imSum] = [1n << 64n, 0n, 0n, 0n, 0n, 0n];
  for (let n = BigInt(Math.ceil(30 + 800 / nearest(x + y / 2n))); ; n--) {
    reSum += re;
    imSum += im;
    if (n === 0n) break;
    const [p, q] = [6n * n, 6n * n + 6n];
    const [c, d] = [alpha + beta + 2n * p - 6n, (alpha + p - 6n) * (beta + p - 6n)];
    const before = (p * (mul(6n * x, re) - mul(6n * y, im) + c * re - q * reAfter)) / d;
    const imBefore = (p * (mul(6n * x, im) + mul(6n * y, re) + c * im - q * imAfter)) / d;
    [re, im, reAfter, imAfter] = [before, imBefore, re, im];
  }
  const norm = mul(reSum, reSum) + mul(imSum, imSum);
  return [ratio(mul(re, reSum) + mul(im, imSum), norm), ratio(mul(im, reSum) - mul(re, imSum), norm)];
}

// The gamma function ----------------------------------------------------------------------------------------------

let exact: readonly Fixed[] | undefined;
let rounded: readonly number[] | undefined;

/** Bₙ/n! for n up to 40: their series times that of (eˣ − 1)/x is 1. */
function makeBernoulli(): readonly Fixed[] {
  const b = [ONE];
  for (let n = 1; n <= 40; n++) {
    let sum = 0n;
    let factorial = 1n;
    for (let k = 1; k <= n; k++) {
      factorial *= BigInt(k + 1);
      sum -= b[n - k]! / factorial;
    }
    b.push(sum);
  }
  exact = b;
  return b;
}

/** B₂/2!, B₄/4!, … B₄₀/40! */
export function bernoulli(): readonly number[] {
  rounded ??= (exact ?? makeBernoulli()).filter((_, n) => n > 0 && n % 2 === 0).map(nearest);
  return rounded;
}

/** Σ B₂ₖ·(2k − d)!/(2k)! · vᵏ⁻¹ over k ≥ 1, d = 1 or 2. */
function stirling(v: Fixed, d: number): Fixed {
  const b = exact ?? makeBernoulli();
  let sum = 0n;
  let power = ONE;
  for (let k = 2; k <= 40; k += 2) {
    sum += mul(power, b[k]!);
    power = mul(power, v) * BigInt((k - d + 1) * (k - d + 2));
  }
  return sum;
}

const HALF_LOG_2PI = /* @__PURE__ */ (() => LN2 / 2n + log(ROOT_PI))();

/** log Γ(x) for x > 0, by Stirling's formula at x + 20. */
function lgamma(x: Fixed): Fixed {
  let product = ONE;
  const far = x + 20n * ONE;
  for (let y = x; y < far; y += ONE) product = mul(product, y);
  const rest = mul(stirling(inverse(mul(far, far)), 2), inverse(far));
  return mul(far - ONE / 2n, log(far)) - far + rest + HALF_LOG_2PI - log(product);
}

/** Γ'(x)/Γ(x), likewise. */
function digamma(x: Fixed): Fixed {
  let sum = 0n;
  const far = x + 20n * ONE;
  for (let y = x; y < far; y += ONE) sum += inverse(y);
  const u = inverse(mul(far, far));
  return log(far) - inverse(2n * far) - mul(stirling(u, 1), u) - sum;
}

/** The positive root of ψ, as a sum of two. */
export const DIGAMMA_ROOT = [1.4616321449683622, 9.549995429965697e-17] as const;

const sum = ([high, low]: readonly [number, number]): Fixed => fromNumber(high) + fromNumber(low);

/** lgamma(x) / ((x − 1)(x − 2)) on four equal parts of [0.75, 2.75]. */
export const LGAMMA = /* @__PURE__ */ pieces(0.75, 2.75, 4, (x) =>
  ratio(lgamma(x), mul(x - ONE, x - 2n * ONE)),
);

/** ψ(x) / (x − x₀), x₀ its positive root, on two halves of [1, 2]. */
export const DIGAMMA = /* @__PURE__ */ pieces(1, 2, 2, (x) => ratio(digamma(x), x - sum(DIGAMMA_ROOT)));

/** x·(lgamma(x) − Stirling's formula), in u = 100/x² on [0, 1]. */
export const STIRLING = /* @__PURE__ */ pieces(0, 1, 1, (u) => stirling(u / 100n, 2));

/** x²·(log x − 1/(2x) − ψ(x)), in u = 100/x² on [0, 1]. */
export const DIGAMMA_LARGE = /* @__PURE__ */ pieces(0, 1, 1, (u) => stirling(u / 100n, 1));

// Bessel functions, J and Y in −x²/4 where I and K are in x²/4 -----------------------------------------------------

/** ν!·Σ aᵏ / (k!·(k + ν)!) for ν = 0 or 1: (2/x)^ν·I(x), a = x²/4. */
const bessel = (a: Fixed, nu: bigint): Fixed => series(a, (k) => k * (k + nu));

/** The same without its first term, over a. */
const besselRest = (a: Fixed, nu: bigint): Fixed => series(a, (k) => (k + 1n) * (k + 1n + nu)) / (1n + nu);

/** Euler's constant. */
const GAMMA = 0x93c467e37db0c7a4d1be3f810152cb56a1cecc3af65cc019n;

/** Σ aᵏ / (k!·(k + ν)!) · (log 2 − γ + (Hₖ + Hₖ₊ᵥ)/2), H the harmonic numbers. */
function besselLog(a: Fixed, nu: bigint): Fixed {
  let h = LN2 - GAMMA + (nu * ONE) / 2n;
  let term = ONE;
  let y = 0n;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    y += mul(term, h);
    term = mul(term, a) / (k * (k + nu));
    h += (ONE / k + ONE / (k + nu)) / 2n;
  }
  return y;
}

/** √x·e⁻ˣ·Iᵥ(x) from v = 1/x: the recurrence downwards, scaled by eˣ = I₀ + 2·(I₁ + I₂ + …). */
function growing(v: Fixed, nu: 0 | 1): Fixed {
  const y = [ONE, 0n];
  let all = 0n;
  for (let n = BigInt(Math.ceil(50 + 13 / Math.sqrt(nearest(v)))); n > 0n; n--) {
    all += 2n * y[0]!;
    y.unshift(y[1]! + mul(2n * n * v, y[0]!));
    y.length = 2;
  }
  return ratio(y[nu]!, mul(all + y[0]!, squareRoot(v)));
}

/** (I₀(x) − 1)/a, a = x²/4, in a on halves of [0, 16]. */
export const I0_SMALL = /* @__PURE__ */ pieces(0, 16, 2, (a) => besselRest(a, 0n));

/** (2·I₁(x)/x − 1)/a, a = x²/4, in a on halves of [0, 16]. */
export const I1_SMALL = /* @__PURE__ */ pieces(0, 16, 2, (a) => besselRest(a, 1n));

/** √x·e⁻ˣ·I₀(x), in v = 1/x on quarters of [0, 1/8]. */
export const I0_LARGE = /* @__PURE__ */ pieces(0, 1 / 8, 4, (v) => growing(v, 0));

/** √x·e⁻ˣ·I₁(x), in v = 1/x on quarters of [0, 1/8]. */
export const I1_LARGE = /* @__PURE__ */ pieces(0, 1 / 8, 4, (v) => growing(v, 1));

/** K₀(x) + log x·I₀(x), in u = x² on [0, 1]. */
export const K0_SMALL = /* @__PURE__ */ pieces(0, 1, 1, (u) => besselLog(u / 4n, 0n));

/** (K₁(x) − log x·I₁(x) − 1/x)/x, in u = x² on [0, 1]. */
export const K1_SMALL = /* @__PURE__ */ pieces(0, 1, 1, (u) => besselLog(u / 4n, 1n) / -2n);

/** √x·eˣ·Kᵥ(x) far out. */
const K_LARGE = /* @__PURE__ */ (() => squareRoot(pi() / 2n))();

/** √x·eˣ·K₀(x), in v = 1/x on eighths of [0, 1]. */
export const K0_LARGE = /* @__PURE__ */ pieces(0, 1, 8, (v) =>
  mul(K_LARGE, decaying(3n, 3n, 2n * inverse(v))[0]),
);

/** √x·eˣ·K₁(x), in v = 1/x on eighths of [0, 1]. */
export const K1_LARGE = /* @__PURE__ */ pieces(0, 1, 8, (v) =>
  mul(K_LARGE, decaying(9n, -3n, 2n * inverse(v))[0]),
);

/** The first positive root of J₀, as a sum of two. */
export const J0_ROOT = [2.404825557695773, -1.176691651530894e-16] as const;
/** The first positive root of J₁, as a sum of two. */
export const J1_ROOT = [3.8317059702075125, -1.5269184090088067e-16] as const;

/** J₀(x)/(x² − r²), r its first root, in u = x² on [0, 25]. */
export const J0_SMALL = /* @__PURE__ */ pieces(0, 25, 1, (u) =>
  ratio(bessel(u / -4n, 0n), u - square(sum(J0_ROOT))),
);

/** (J₀(x) − 1)/u, in u = x² on [0, 2]. */
export const J0_TINY = /* @__PURE__ */ pieces(0, 2, 1, (u) => besselRest(u / -4n, 0n) / -4n);

/** J₁(x)/(x·(x² − r²)), r its first root, in u = x² on [0, 25]. */
export const J1_SMALL = /* @__PURE__ */ pieces(0, 25, 1, (u) =>
  ratio(bessel(u / -4n, 1n), 2n * (u - square(sum(J1_ROOT)))),
);

/** Y₀(x) − (2/π)·log x·J₀(x), in u = x² on [0, 25]. */
export const Y0_SMALL = /* @__PURE__ */ pieces(
  0,
  25,
  1,
  (u) => ratio(-2n * besselLog(u / -4n, 0n), pi()),
  1 / 20,
);

/** (Y₁(x) − (2/π)·(log x·J₁(x) − 1/x))/x, in u = x² on [0, 25]. */
export const Y1_SMALL = /* @__PURE__ */ pieces(0, 25, 1, (u) => ratio(-besselLog(u / -4n, 1n), pi()), 1 / 40);

/** The real part of ₂F₀(α, β; i/2ζ), or ζ times the imaginary one, from ζ². */
function wave(square: Fixed, alpha: bigint, beta: bigint, part: 0 | 1): Fixed {
  const zeta = squareRoot(square);
  const y = decaying(alpha, beta, 0n, 2n * zeta)[part];
  return part ? mul(zeta, y) : y;
}

/** The cosine's factor in Hankel's expansion of order 0, in w = 25/x² on quarters of [0, 1]. */
export const P0_LARGE = /* @__PURE__ */ pieces(0, 1, 4, (w) => wave(25n * inverse(w), 3n, 3n, 0));
/** x times the sine's factor. */
export const Q0_LARGE = /* @__PURE__ */ pieces(0, 1, 4, (w) => -wave(25n * inverse(w), 3n, 3n, 1));
/** The same for order 1. */
export const P1_LARGE = /* @__PURE__ */ pieces(0, 1, 4, (w) => wave(25n * inverse(w), 9n, -3n, 0));
export const Q1_LARGE = /* @__PURE__ */ pieces(0, 1, 4, (w) => -wave(25n * inverse(w), 9n, -3n, 1));

// Airy's function -------------------------------------------------------------------------------------------------

/** Ai(0) and −Ai'(0). */
const AIRY_AT_0 = 0x5ae31e589c56e17a96d7bb04e64f6da97ab1006b26f9eb64n;
const AIRY_FALL = 0x4241fd0adc3e2a2eba6fca5021d9ee1e6a31f0935d3a8b0fn;

/** Ai(x) on six equal parts of [−2, 4]. */
export const AIRY_SMALL = /* @__PURE__ */ pieces(-2, 4, 6, (x) => {
  const cube = mul(x, mul(x, x));
  return (
    mul(
      AIRY_AT_0,
      series(cube, (k) => 3n * k * (3n * k - 1n)),
    ) -
    mul(
      mul(AIRY_FALL, x),
      series(cube, (k) => 3n * k * (3n * k + 1n)),
    )
  );
});

/** x^¼·e^ζ·Ai(x), ζ = ⅔x^(3/2), in v = 4/ζ on quarters of [0, 1]. */
export const AIRY_LARGE = /* @__PURE__ */ pieces(0, 1, 4, (v) =>
  ratio(decaying(1n, 5n, 8n * inverse(v))[0], 2n * ROOT_PI),
);

/** The sine's factor in the expansion of Ai(−z), in w = 3/ζ² on eighths of [0, 1]. */
export const AIRY_SINE = /* @__PURE__ */ pieces(0, 1, 8, (w) => wave(3n * inverse(w), 1n, 5n, 0));
/** ζ times the cosine's factor. */
export const AIRY_COSINE = /* @__PURE__ */ pieces(0, 1, 8, (w) => wave(3n * inverse(w), 1n, 5n, 1));

// Temme's uniform expansion of the incomplete gamma functions -----------------------------------------------------

let temme: readonly (readonly number[])[] | undefined;

/**
 * Taylor coefficients in η of the functions C₀, C₁, … of Temme (1979), with what counts of Cₖ/aᵏ where a is above 20 and η
 * within ±0.4.
 */
export function temmeCoefficients(): readonly (readonly number[])[] {
  if (temme) return temme;
  const n = 54;
  // μ = λ − 1 = m₁η + m₂η² + … satisfies μ·μ' = η·(1 + μ), since η²/2 = λ − 1 − log λ.
  const m = [0n, ONE];
  // η/μ.
  const inverted = [ONE];
  for (let i = 2; i <= n; i++) {
    let known = m[i - 1]!;
    for (let j = 2; j < i; j++) known -= mul(m[j]!, m[i + 1 - j]!) * BigInt(i + 1 - j);
    m.push(known / BigInt(i + 1));
    let rest = 0n;
    for (let j = 1; j < i; j++) rest -= mul(m[j + 1]!, inverted[i - 1 - j]!);
    inverted.push(rest);
  }
  // C₀ = 1/μ − 1/η; Cₖ is (C'ₖ₋₁ + g·η/μ)/η with the g that takes the pole away.
  let c = inverted.slice(1);
  const all: number[][] = [];
  for (let k = 0; k < 12; k++) {
    const y = c.map(nearest);
    let length = 26;
    while (length > 1 && Math.abs(y[length - 1]!) < 2 ** -60 * 20 ** k * 0.4 ** (1 - length)) length--;
    all.push(y.slice(0, length));
    const slope = c.map((v, i) => v * BigInt(i)).slice(1);
    c = slope.slice(1).map((v, i) => v - mul(slope[0]!, inverted[i + 1]!));
  }
  temme = all;
  return all;
}
