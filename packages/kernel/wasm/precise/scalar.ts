import { LOGS, POWERS, ROUND, SPLITTER } from "./tables";

/* Pairs of float64, of which a function returns the greater part and leaves the lesser one in LOW. */

let LOW: f64 = 0;

// @ts-ignore: decorator
@inline
function twoSum(a: f64, b: f64): f64 {
  const s = a + b;
  const t = s - a;
  LOW = a - (s - t) + (b - t);
  return s;
}

// @ts-ignore: decorator
@inline
function twoProduct(a: f64, b: f64): f64 {
  const p = a * b;
  const ca = SPLITTER * a;
  const ah = ca - (ca - a);
  const al = a - ah;
  const cb = SPLITTER * b;
  const bh = cb - (cb - b);
  const bl = b - bh;
  LOW = al * bl - (p - ah * bh - al * bh - ah * bl);
  return p;
}

// @ts-ignore: decorator
@inline
function powerOfTwo(e: i32): f64 {
  return reinterpret<f64>(<u64>(e + 1023) << 52);
}

/** (hi + lo)·2ᵉ rounded once, also where the result is subnormal. */
function scale(hi: f64, lo: f64, e: i32): f64 {
  if (e > 1022) return (hi + lo) * 2 * powerOfTwo(min(e - 1, 1023));
  if (e >= -1021) return (hi + lo) * powerOfTwo(e);
  if (e < -1080) return 0;
  const cut = 3 * powerOfTwo(-1074 - e + 51);
  const s = cut + hi;
  const rounded = s + (hi - (s - cut) + lo) - cut;
  return rounded * powerOfTwo(-1021) * powerOfTwo(e + 1021);
}

const PER_STEP: f64 = 184.6649652337873;
const STEP_1: f64 = 0.005415212347998022;
const STEP_2: f64 = 1.2655086081689364e-13;
const STEP_3: f64 = 1.636073772867244e-23;

export function exp1(x: f64): f64 {
  if (!(abs(x) < 745.2)) {
    if (isNaN(x)) return x;
    return x > 0 ? Infinity : 0;
  }
  const k = x * PER_STEP + ROUND - ROUND;
  const r = x - k * STEP_1 - k * STEP_2;
  const p = r + r * r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0))));
  const n = <i32>k;
  const j = n & 127;
  const at = POWERS + (<usize>j << 4);
  const hi = load<f64>(at);
  return scale(hi, load<f64>(at, 8) + hi * p, (n - j) >> 7);
}

let exponent: i32 = 0;
let fraction: f64 = 0;

/** e^(x + xl) = (result + LOW) · 2^exponent. */
function expWide(x: f64, xl: f64): f64 {
  const k = x * PER_STEP + ROUND - ROUND;
  const t = x - k * STEP_1;
  const r = twoSum(t, -k * STEP_2);
  const rl = LOW - k * STEP_3 + xl;
  const square = twoProduct(r, r);
  const rest =
    rl +
    rl * r +
    LOW * 0.5 +
    square * r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0 + r / 5040.0))));
  const p = twoSum(r, square * 0.5);
  const pl = LOW + rest;
  const n = <i32>k;
  const j = n & 127;
  exponent = (n - j) >> 7;
  const at = POWERS + (<usize>j << 4);
  const hi = load<f64>(at);
  fraction = p + pl;
  const q = twoProduct(hi, p);
  const ql = LOW + (load<f64>(at, 8) * (1 + p) + hi * pl);
  const s = twoSum(hi, q);
  const low = LOW + ql;
  const sum = s + low;
  LOW = low - (sum - s);
  return sum;
}

function expOfPair(x: f64, xl: f64): f64 {
  if (!(abs(x) < 745.2)) return exp1(x);
  const hi = expWide(x, xl);
  return scale(hi, LOW, exponent);
}

export function expm11(x: f64): f64 {
  if (abs(x) < 1e-17) return x;
  if (!(x < 709.8)) return isNaN(x) ? x : Infinity;
  if (x < -40) return -1;
  const hi = expWide(x, 0);
  const low = LOW;
  if (abs(x) < 0.0027) return fraction;
  if (exponent > 60) return scale(hi, low, exponent);
  const power = powerOfTwo(exponent);
  const s = twoSum(hi * power, -1);
  return s + (LOW + low * power);
}

const LN2_HI: f64 = 0.693147180559663;
const LN2_LO: f64 = 2.8235290563031577e-13;
const OFFSET: i64 = 0x3fe6000000000000;

export function log1(x: f64): f64 {
  let bits = reinterpret<i64>(x);
  let shift: i32 = 0;
  if (!(x >= 2.2250738585072014e-308 && x < Infinity)) {
    if (!(x > 0 && x < Infinity)) return x == 0 ? -Infinity : x > 0 || isNaN(x) ? x : NaN;
    bits = reinterpret<i64>(x * 18014398509481984);
    shift = -54;
  }
  const offset = bits - OFFSET;
  const k = <f64>(<i32>(offset >> 52) + shift);
  const at = LOGS + (<usize>((offset >> 45) & 127) << 5);
  const z = reinterpret<f64>(bits - (offset & 0xfff0000000000000));
  const zh = reinterpret<f64>(reinterpret<i64>(z) & 0xffffffff00000000);
  const c = load<f64>(at);
  const rh = zh * c - 1;
  const rl = (z - zh) * c;
  const r = rh + rl;
  const square = r * r;
  const w = k * LN2_HI + load<f64>(at, 8);
  const hi = w + r;
  const bb = hi - w;
  const lo = w - (hi - bb) + (r - bb) + (rh - r + rl) + (k * LN2_LO + load<f64>(at, 16));
  const p =
    square *
    (-0.5 +
      r *
        (1.0 / 3.0 +
          r * (-0.25 + r * (0.2 + r * (-1.0 / 6.0 + r * (1.0 / 7.0 + r * (-0.125 + r * (1.0 / 9.0))))))));
  return hi + (lo + p);
}

/** log(x + xl) for finite x > 0, its lesser part in LOW. */
function logOfPair(x: f64, xl: f64): f64 {
  let bits = reinterpret<i64>(x);
  let shift: i32 = 0;
  if (bits < 0x0010000000000000) {
    bits = reinterpret<i64>(x * 18014398509481984);
    xl *= 18014398509481984;
    shift = -54;
  }
  const offset = bits - OFFSET;
  const whole = <i32>(offset >> 52) + shift;
  const k = <f64>whole;
  const at = LOGS + (<usize>((offset >> 45) & 127) << 5);
  const z = reinterpret<f64>(bits - (offset & 0xfff0000000000000));
  const zh = reinterpret<f64>(reinterpret<i64>(z) & 0xffffffff00000000);
  const c = load<f64>(at);
  // 2^(shift − whole), which is subnormal for the largest x.
  const e = shift - whole;
  const zl = xl == 0 ? 0 : xl * (e < -1022 ? reinterpret<f64>(<u64>1 << (e + 1074)) : powerOfTwo(e));
  const r = twoSum(zh * c - 1, (z - zh) * c);
  return logOfParts(k * LN2_HI + load<f64>(at, 8), k * LN2_LO + load<f64>(at, 16), r, LOW + zl * c);
}

function logOfParts(w: f64, wl: f64, r: f64, rl: f64): f64 {
  const square = twoProduct(r, r);
  const squareLow = LOW;
  const cubic =
    square *
    r *
    (1.0 / 3.0 +
      r *
        (-0.25 +
          r *
            (0.2 +
              r * (-1.0 / 6.0 + r * (1.0 / 7.0 + r * (-0.125 + r * (1.0 / 9.0 + r * (-0.1 + r / 11.0))))))));
  const a = twoSum(w, r);
  const al = LOW;
  const b = twoSum(a, -0.5 * square);
  const low = LOW + (al + (rl - r * rl - 0.5 * squareLow + cubic) + wl);
  const hi = b + low;
  LOW = low - (hi - b);
  return hi;
}

export function log1p1(x: f64): f64 {
  if (abs(x) < 1e-17) return x;
  if (!(x > -1 && x < Infinity)) return x == -1 ? -Infinity : x > 0 ? x : NaN;
  let hi: f64;
  if (abs(x) < 1.0 / 128.0) hi = logOfParts(0, 0, x, 0);
  else {
    const s = twoSum(1, x);
    hi = logOfPair(s, LOW);
  }
  return hi + LOW;
}

// @ts-ignore: decorator
@inline
function odd(y: f64): bool {
  return floor(y) == y && floor(y * 0.5) != y * 0.5;
}

export function pow1(x: f64, y: f64): f64 {
  if (y == 0 || x == 1) return 1;
  if (x == -1 && abs(y) == Infinity) return 1;
  const size = abs(x);
  if (!(size > 0 && size < Infinity && abs(y) < Infinity)) {
    if (isNaN(x) || isNaN(y)) return NaN;
    if (abs(y) == Infinity) return size > 1 == y > 0 ? Infinity : 0;
    const whole = odd(y);
    const v: f64 = (size == 0) == y > 0 ? 0 : Infinity;
    return whole ? copysign<f64>(v, x) : v;
  }
  let sign: f64 = 1;
  if (x < 0) {
    if (floor(y) != y) return NaN;
    if (odd(y)) sign = -1;
  }
  if (y == 1) return x;
  const l = logOfPair(size, 0);
  const ll = LOW;
  if (abs(l * y) > 746) return l * y > 0 ? sign * Infinity : sign * 0;
  if (abs(l * y) < 1e-17) return sign;
  const p = twoProduct(l, y);
  return sign * expOfPair(p, LOW + ll * y);
}
