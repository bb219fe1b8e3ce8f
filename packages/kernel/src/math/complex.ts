import type { ComplexOut } from "../ops/engines/elementwise.js";

/*
 * Complex functions by parts: real and imaginary part in, the result in `out`. Branch cuts, signed zeros and
 * infinities follow C99 Annex G; the inverse functions are built as in W. Kahan, "Branch Cuts for Complex Elementary
 * Functions" (1987), so that they lose no digits near their branch points.
 */

function put(out: ComplexOut, re: number, im: number): void {
  out.re = re;
  out.im = im;
}

/** (ar + ai·i) / (br + bi·i) by Smith's scaling, which neither overflows nor underflows needlessly. */
export function complexDiv(ar: number, ai: number, br: number, bi: number, out: ComplexOut): void {
  if (Math.abs(br) >= Math.abs(bi)) {
    if (br === 0 && bi === 0) return put(out, ar / br, ai / br);
    const r = bi / br;
    const d = br + bi * r;
    put(out, (ar + ai * r) / d, (ai - ar * r) / d);
  } else {
    const r = br / bi;
    const d = br * r + bi;
    put(out, (ar * r + ai) / d, (ai * r - ar) / d);
  }
}

export function complexMul(ar: number, ai: number, br: number, bi: number, out: ComplexOut): void {
  put(out, ar * br - ai * bi, ar * bi + ai * br);
}

/** 1 / z; 0 where z is infinite. */
export function complexReciprocal(re: number, im: number, out: ComplexOut): void {
  if (Math.abs(re) === Infinity || Math.abs(im) === Infinity) put(out, copySign(0, re), copySign(0, -im));
  else if (Math.abs(re) >= Math.abs(im)) {
    const r = im / re;
    const d = re + im * r;
    put(out, 1 / d, -r / d);
  } else {
    const r = re / im;
    const d = re * r + im;
    put(out, r / d, -1 / d);
  }
}

/** e^re·(cos im + i·sin im), also where e^re alone would overflow. */
export function complexExp(re: number, im: number, out: ComplexOut): void {
  if (im === 0) return put(out, Math.exp(re), im);
  if (!Number.isFinite(re) && !Number.isFinite(im)) {
    if (re === -Infinity) put(out, 0, copySign(0, im));
    else put(out, re === Infinity ? Infinity : Number.NaN, Number.NaN);
    return;
  }
  const c = Math.cos(im);
  const s = Math.sin(im);
  if (re > 709 && re < 1500) {
    const half = Math.exp(re / 2);
    return put(out, c * half * half, s * half * half);
  }
  const r = Math.exp(re);
  put(out, r * c, r * s);
}

/** e^z − 1 without cancellation near 0. */
export function complexExpm1(re: number, im: number, out: ComplexOut): void {
  if (im === 0) return put(out, Math.expm1(re), im);
  if (!Number.isFinite(re) || re > 700) {
    complexExp(re, im, out);
    out.re -= 1;
    return;
  }
  const s = Math.sin(im / 2);
  const grown = Math.expm1(re);
  put(out, grown * Math.cos(im) - 2 * s * s, (grown + 1) * Math.sin(im));
}

/** 2^z. */
export function complexExp2(re: number, im: number, out: ComplexOut): void {
  if (!Number.isFinite(re)) return complexExp(re, im, out);
  const r = 2 ** re;
  if (im === 0) return put(out, r, im);
  const angle = im * Math.LN2;
  put(out, r * Math.cos(angle), r * Math.sin(angle));
}

const SPLIT = 134217729; // 2^27 + 1: halves a float64 into two parts whose products are exact

/** x² + y² − 1 with the rounding errors of the squares added back, for points near the unit circle. */
function squaresMinusOne(x: number, y: number): number {
  const cx = x * SPLIT;
  const xh = cx - (cx - x);
  const xl = x - xh;
  const cy = y * SPLIT;
  const yh = cy - (cy - y);
  const yl = y - yh;
  const xx = x * x;
  const yy = y * y;
  const errors = xh * xh - xx + 2 * xh * xl + xl * xl + (yh * yh - yy + 2 * yh * yl + yl * yl);
  return xx >= yy ? xx - 1 + yy + errors : yy - 1 + xx + errors;
}

/** log|z|, exact also where |z| is near 1. */
export function logAbs(re: number, im: number): number {
  const r = Math.hypot(re, im);
  if (r > 0.5 && r < 2) return 0.5 * Math.log1p(squaresMinusOne(re, im));
  if (r === Infinity && Number.isFinite(re) && Number.isFinite(im))
    return Math.log(Math.hypot(re / 4, im / 4)) + Math.log(4);
  // A subnormal modulus has lost digits; scaled up it has not.
  if (r < 1e-300 && r > 0) return Math.log(Math.hypot(re * 2 ** 100, im * 2 ** 100)) - 100 * Math.LN2;
  return Math.log(r);
}

/** The principal logarithm, cut along the negative real axis. */
export function complexLog(re: number, im: number, out: ComplexOut): void {
  const angle = Math.atan2(im, re);
  put(out, logAbs(re, im), angle);
}

/** log(1 + z) without cancellation near 0. */
export function complexLog1p(re: number, im: number, out: ComplexOut): void {
  const angle = Math.atan2(im, 1 + re);
  out.re =
    Math.abs(re) < 0.5 && Math.abs(im) < 0.5 ? 0.5 * Math.log1p(re * (2 + re) + im * im) : logAbs(1 + re, im);
  out.im = angle;
}

/** The square root in the right half plane; the sign of a zero imaginary part says on which side of the cut z lies. */
export function complexSqrt(re: number, im: number, out: ComplexOut): void {
  if (re === 0 && im === 0) return put(out, 0, im);
  if (Math.abs(im) === Infinity) return put(out, Infinity, im);
  if (Math.abs(re) === Infinity) {
    if (re > 0) put(out, re, Number.isNaN(im) ? im : Math.sign(im) * 0 || im * 0);
    else put(out, Number.isNaN(im) ? im : 0, copySign(Infinity, im));
    return;
  }
  const big = Math.abs(re) > 1e300 || Math.abs(im) > 1e300;
  const tiny = !big && Math.abs(re) < 1e-290 && Math.abs(im) < 1e-290;
  const scale = big ? 2 ** -4 : tiny ? 2 ** 200 : 1;
  const [x, y] = [re * scale, im * scale];
  const t = Math.sqrt((Math.abs(x) + Math.hypot(x, y)) / 2);
  const other = y / (2 * t);
  const back = big ? 4 : tiny ? 2 ** -100 : 1;
  if (re >= 0) put(out, t * back, other * back);
  else put(out, Math.abs(other) * back, copySign(t, im) * back);
}

/** 1 / √z. */
export function complexRsqrt(re: number, im: number, out: ComplexOut): void {
  complexSqrt(re, im, out);
  complexReciprocal(out.re, out.im, out);
}

/** z^w: by multiplication for small whole w, else e^(w·log z). */
export function complexPow(ar: number, ai: number, br: number, bi: number, out: ComplexOut): void {
  if (br === 0 && bi === 0) return put(out, 1, 0);
  if (ar === 0 && ai === 0) {
    // torch's and C's answer for 0^w: 0 where it exists, else infinite or undefined through the logarithm.
    if (br > 0) return put(out, 0, 0);
  } else if (bi === 0 && Number.isInteger(br) && Math.abs(br) <= 64) return wholePower(ar, ai, br, out);
  else if (bi === 0 && br === 0.5) return complexSqrt(ar, ai, out);
  const size = logAbs(ar, ai);
  const angle = Math.atan2(ai, ar);
  complexExp(br * size - bi * angle, br * angle + (bi === 0 ? 0 : bi * size), out);
}

function wholePower(ar: number, ai: number, n: number, out: ComplexOut): void {
  let re = 1;
  let im = 0;
  for (let k = Math.abs(n); ; ) {
    if (k & 1) [re, im] = [re * ar - im * ai, re * ai + im * ar];
    k >>= 1;
    if (k === 0) break;
    [ar, ai] = [(ar - ai) * (ar + ai), 2 * ar * ai];
  }
  if (n < 0) complexReciprocal(re, im, out);
  else put(out, re, im);
}

export function complexSinh(re: number, im: number, out: ComplexOut): void {
  if (im === 0) return put(out, Math.sinh(re), im);
  if (!Number.isFinite(im))
    return put(out, re === 0 ? re : Math.abs(re) === Infinity ? re : Number.NaN, Number.NaN);
  const s = Math.sin(im);
  const c = Math.cos(im);
  if (Math.abs(re) > 709 && Math.abs(re) < 1500) {
    const half = Math.exp(Math.abs(re) / 2);
    return put(out, Math.sign(re) * 0.5 * c * half * half, 0.5 * s * half * half);
  }
  put(out, re === 0 ? re * c : Math.sinh(re) * c, Math.cosh(re) * s);
}

export function complexCosh(re: number, im: number, out: ComplexOut): void {
  if (im === 0 || re === 0) {
    if (!Number.isFinite(im)) return put(out, Number.NaN, 0);
    out.re = im === 0 ? Math.cosh(re) : Math.cos(im);
    // The sign of a zero imaginary part is that of the product.
    out.im = Number.isNaN(re) ? im : copySign(1, re) * (im === 0 ? im : Math.sin(im) * 0);
    return;
  }
  if (!Number.isFinite(im)) return put(out, Math.abs(re) === Infinity ? Infinity : Number.NaN, Number.NaN);
  const s = Math.sin(im);
  const c = Math.cos(im);
  if (Math.abs(re) > 709 && Math.abs(re) < 1500) {
    const half = Math.exp(Math.abs(re) / 2);
    return put(out, 0.5 * c * half * half, Math.sign(re) * 0.5 * s * half * half);
  }
  put(out, Math.cosh(re) * c, Math.sinh(re) * s);
}

export function complexTanh(re: number, im: number, out: ComplexOut): void {
  if (im === 0) return put(out, Math.tanh(re), im);
  if (!Number.isFinite(re)) {
    if (Number.isNaN(re)) put(out, re, re);
    else put(out, re > 0 ? 1 : -1, Number.isFinite(im) ? 0 * Math.sin(2 * im) : copySign(0, im));
    return;
  }
  if (!Number.isFinite(im)) return put(out, re === 0 ? re : Number.NaN, Number.NaN);
  if (Math.abs(re) > 20) {
    const e = Math.exp(-Math.abs(re));
    return put(out, re > 0 ? 1 : -1, 4 * Math.sin(im) * Math.cos(im) * e * e);
  }
  const t = Math.tan(im);
  const sec2 = 1 + t * t;
  const s = Math.sinh(re);
  const d = 1 + sec2 * s * s;
  if (Math.abs(t) === Infinity) return put(out, Math.sqrt(1 + s * s) / s, 1 / t);
  put(out, (sec2 * Math.sqrt(1 + s * s) * s) / d, t / d);
}

// f(z) = −i·g(i·z) for the pairs sin/sinh, tan/tanh, asin/asinh, atan/atanh; cos z = cosh(i·z).
type ComplexFunction = (re: number, im: number, out: ComplexOut) => void;

const turned =
  (g: ComplexFunction): ComplexFunction =>
  (re, im, out) => {
    g(-im, re, out);
    put(out, out.im, -out.re);
  };

export const complexSin: ComplexFunction = turned(complexSinh);
export const complexTan: ComplexFunction = turned(complexTanh);
export const complexCos: ComplexFunction = (re, im, out) => complexCosh(-im, re, out);

const root: ComplexOut = { re: 0, im: 0 };

/** cut along the real axis beyond ±1. */
export function complexAsin(re: number, im: number, out: ComplexOut): void {
  if (!Number.isFinite(re) || !Number.isFinite(im)) {
    asinhAtInfinity(-im, re, out);
    put(out, out.im, -out.re);
    return;
  }
  if (Math.abs(re) > 1e150 || Math.abs(im) > 1e150) {
    // asinh of a huge number is the logarithm of twice it.
    const size = logAbs(re, im) + Math.LN2;
    return put(out, Math.atan2(re, Math.abs(im)), copySign(size, im));
  }
  complexSqrt(1 - re, -im, root);
  const [ar, ai] = [root.re, root.im];
  complexSqrt(1 + re, im, root);
  put(
    out,
    Math.atan2(re, ar * root.re - ai * root.im),
    copySign(Math.asinh(ar * root.im - ai * root.re), im),
  );
}

/** cut along the real axis beyond ±1. */
export function complexAcos(re: number, im: number, out: ComplexOut): void {
  if (!Number.isFinite(re) || !Number.isFinite(im) || Math.abs(re) > 1e150 || Math.abs(im) > 1e150) {
    complexAsin(re, im, out);
    out.re = Number.isFinite(re) && Number.isFinite(im) ? Math.atan2(Math.abs(im), re) : acosAngle(re, im);
    out.im = Number.isNaN(re) && Math.abs(im) === Infinity ? -im : -out.im;
    if (re === 0 && Number.isNaN(im)) out.im = im;
    return;
  }
  complexSqrt(1 - re, -im, root);
  const [ar, ai] = [root.re, root.im];
  complexSqrt(1 + re, im, root);
  put(out, 2 * Math.atan2(ar, root.re), copySign(Math.asinh(root.re * ai - root.im * ar), -im));
}

function acosAngle(re: number, im: number): number {
  if (Number.isNaN(re)) return Number.NaN;
  if (Number.isNaN(im)) return re === 0 ? Math.PI / 2 : Number.NaN;
  return Math.atan2(Math.abs(im), re);
}

const copySign = (x: number, sign: number): number =>
  sign < 0 || Object.is(sign, -0) ? -Math.abs(x) : Math.abs(x);

function asinhAtInfinity(re: number, im: number, out: ComplexOut): void {
  if (Math.abs(re) === Infinity) {
    put(
      out,
      re,
      Number.isNaN(im) ? im : Math.abs(im) === Infinity ? copySign(Math.PI / 4, im) : copySign(0, im),
    );
  } else if (Math.abs(im) === Infinity)
    put(out, copySign(Infinity, re), Number.isNaN(re) ? Number.NaN : copySign(Math.PI / 2, im));
  else put(out, Number.NaN, im === 0 ? im : Number.NaN);
}

/** cut along the imaginary axis beyond ±i. */
export function complexAsinh(re: number, im: number, out: ComplexOut): void {
  if (!Number.isFinite(re) || !Number.isFinite(im)) return asinhAtInfinity(re, im, out);
  complexAsin(-im, re, out);
  put(out, out.im, -out.re);
}

/** cut along the real axis below 1. */
export function complexAcosh(re: number, im: number, out: ComplexOut): void {
  complexAcos(re, im, out);
  const { re: x, im: y } = out;
  // acosh z = ±i·acos z, the sign that makes the real part positive.
  const below = im < 0 || Object.is(im, -0);
  put(out, Math.abs(y), Number.isNaN(re) && Number.isNaN(im) ? Number.NaN : below ? -x : x);
}

/** cut along the real axis beyond ±1. */
export function complexAtanh(re: number, im: number, out: ComplexOut): void {
  if (im === 0 && Math.abs(re) < 1) return put(out, Math.atanh(re), im);
  const x = Math.abs(re);
  const y = Math.abs(im);
  let p: number;
  let q: number;
  if (Number.isNaN(re) || Number.isNaN(im)) {
    p = re === 0 ? 0 : x === Infinity || y === Infinity ? 0 : Number.NaN;
    q = y === Infinity ? Math.PI / 2 : Number.NaN;
  } else if (x === 1 && y === 0) {
    p = Infinity;
    q = 0;
  } else if (x > 1e150 || y > 1e150) {
    // Re atanh z → x/|z|², by parts that do not overflow.
    const h = Math.hypot(x / 2, y / 2) * 2;
    p = h === Infinity ? 0 : x / h / h;
    q = Math.PI / 2;
  } else {
    const d = 1 - x;
    const apart = d * d + y * y;
    // Beside ±1 the squares vanish before the distance does.
    p = apart > 1e-300 ? Math.log1p((4 * x) / apart) / 4 : (Math.log(2) - Math.log(Math.hypot(d, y))) / 2;
    q = Math.atan2(2 * y, d * (1 + x) - y * y) / 2;
  }
  put(out, copySign(p, re), copySign(q, im));
}

/** cut along the imaginary axis beyond ±i. */
export const complexAtan: ComplexFunction = turned(complexAtanh);

/** 1 / (1 + e^−z). */
export function complexSigmoid(re: number, im: number, out: ComplexOut): void {
  complexExp(-re, -im, out);
  complexReciprocal(1 + out.re, out.im, out);
}

/** z / |z|; 0 stays 0. */
export function complexSgn(re: number, im: number, out: ComplexOut): void {
  if (re === 0 && im === 0) return put(out, 0, 0);
  let r = Math.hypot(re, im);
  if (r < 1e-300 || (r === Infinity && Number.isFinite(re) && Number.isFinite(im))) {
    const scale = r < 1 ? 2 ** 200 : 2 ** -2;
    re *= scale;
    im *= scale;
    r = Math.hypot(re, im);
  }
  put(out, re / r, im / r);
}
