import { exp1, log1 } from "./scalar";
import { CIRCLE, LOGS, POWERS, ROUND, SPLITTER, UNDONE } from "./tables";

/* Two arguments at a time; what is rare goes to the scalar functions, or to JavaScript (see UNDONE). */

// @ts-ignore: decorator
@inline
function c(x: f64): v128 {
  return f64x2.splat(x);
}
// @ts-ignore: decorator
@inline
function lower(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23);
}
// @ts-ignore: decorator
@inline
function upper(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
}
/** a + r·b */
// @ts-ignore: decorator
@inline
function step(a: f64, r: v128, b: v128): v128 {
  return f64x2.add(c(a), f64x2.mul(r, b));
}

// @ts-ignore: decorator
@inline
export function exp2x(x: v128): v128 {
  if (i64x2.bitmask(f64x2.lt(f64x2.abs(x), c(707))) != 3)
    return f64x2.replace_lane(
      f64x2.splat(exp1(f64x2.extract_lane(x, 0))),
      1,
      exp1(f64x2.extract_lane(x, 1)),
    );
  const shifted = f64x2.add(f64x2.mul(x, c(184.6649652337873)), c(ROUND));
  const k = f64x2.sub(shifted, c(ROUND));
  const r = f64x2.sub(
    f64x2.sub(x, f64x2.mul(k, c(0.005415212347998022))),
    f64x2.mul(k, c(1.2655086081689364e-13)),
  );
  const poly = step(0.5, r, step(1.0 / 6.0, r, step(1.0 / 24.0, r, c(1.0 / 120.0))));
  const p = f64x2.add(r, f64x2.mul(f64x2.mul(r, r), poly));
  const a = v128.load(POWERS + (<usize>(i32x4.extract_lane(shifted, 0) & 127) << 4));
  const b = v128.load(POWERS + (<usize>(i32x4.extract_lane(shifted, 2) & 127) << 4));
  const hi = lower(a, b);
  const sum = f64x2.add(hi, f64x2.add(upper(a, b), f64x2.mul(hi, p)));
  const power = i64x2.shl(i64x2.add(i64x2.shr_u(shifted, 7), i64x2.splat(1023)), 52);
  return f64x2.mul(sum, power);
}

// @ts-ignore: decorator
@inline
export function log2x(x: v128): v128 {
  const normal = v128.and(f64x2.ge(x, c(2.2250738585072014e-308)), f64x2.lt(x, c(Infinity)));
  if (i64x2.bitmask(normal) != 3)
    return f64x2.replace_lane(
      f64x2.splat(log1(f64x2.extract_lane(x, 0))),
      1,
      log1(f64x2.extract_lane(x, 1)),
    );
  const offset = i64x2.sub(x, i64x2.splat(0x3fe6000000000000));
  const whole = i32x4.shr_s(offset, 20);
  const k = f64x2.convert_low_i32x4_s(
    i8x16.shuffle(whole, whole, 4, 5, 6, 7, 12, 13, 14, 15, 4, 5, 6, 7, 12, 13, 14, 15),
  );
  const at0 = LOGS + (<usize>((i32x4.extract_lane(offset, 1) >> 13) & 127) << 5);
  const at1 = LOGS + (<usize>((i32x4.extract_lane(offset, 3) >> 13) & 127) << 5);
  const z = i64x2.sub(x, v128.and(offset, i64x2.splat(0xfff0000000000000)));
  const zh = v128.and(z, i64x2.splat(0xffffffff00000000));
  const a = v128.load(at0);
  const b = v128.load(at1);
  const inverse = lower(a, b);
  const rh = f64x2.sub(f64x2.mul(zh, inverse), c(1));
  const rl = f64x2.mul(f64x2.sub(z, zh), inverse);
  const r = f64x2.add(rh, rl);
  const w = f64x2.add(f64x2.mul(k, c(0.693147180559663)), upper(a, b));
  const hi = f64x2.add(w, r);
  const bb = f64x2.sub(hi, w);
  const rest = f64x2.add(
    f64x2.mul(k, c(2.8235290563031577e-13)),
    lower(v128.load64_zero(at0, 16), v128.load64_zero(at1, 16)),
  );
  const lo = f64x2.add(
    f64x2.add(
      f64x2.add(f64x2.sub(w, f64x2.sub(hi, bb)), f64x2.sub(r, bb)),
      f64x2.add(f64x2.sub(rh, r), rl),
    ),
    rest,
  );
  const poly = step(
    -0.5,
    r,
    step(
      1.0 / 3.0,
      r,
      step(-0.25, r, step(0.2, r, step(-1.0 / 6.0, r, step(1.0 / 7.0, r, step(-0.125, r, c(1.0 / 9.0)))))),
    ),
  );
  return f64x2.add(hi, f64x2.add(lo, f64x2.mul(f64x2.mul(r, r), poly)));
}

/** sin x, or cos x where `turn` is 64 (steps of π/128); lanes that want more are UNDONE. */
// @ts-ignore: decorator
@inline
export function sin2x(x: v128, turn: i32): v128 {
  const shifted = f64x2.add(f64x2.mul(x, c(40.74366543152521)), c(ROUND));
  const n = f64x2.sub(shifted, c(ROUND));
  const t = f64x2.sub(x, f64x2.mul(n, c(0.024543692605220713)));
  const u = f64x2.mul(f64x2.neg(n), c(9.495469536864782e-13));
  const r0 = f64x2.add(t, u);
  const d0 = f64x2.sub(r0, t);
  const low0 = f64x2.add(f64x2.sub(t, f64x2.sub(r0, d0)), f64x2.sub(u, d0));
  const low1 = f64x2.sub(low0, f64x2.mul(n, c(4.551143837645869e-22)));
  const r = f64x2.add(r0, low1);
  const rl = f64x2.add(f64x2.sub(r0, r), low1);
  const i0 = (i32x4.extract_lane(shifted, 0) + turn) & 255;
  const i1 = (i32x4.extract_lane(shifted, 2) + turn) & 255;
  const at0 = CIRCLE + (<usize>i0 << 4);
  const at1 = CIRCLE + (<usize>i1 << 4);
  const s0 = v128.load(at0);
  const s1 = v128.load(at1);
  const c0 = v128.load(at0, 1024);
  const c1 = v128.load(at1, 1024);
  const s = lower(s0, s1);
  const sl = upper(s0, s1);
  const cos = lower(c0, c1);
  const cosl = upper(c0, c1);
  const square = f64x2.mul(r, r);
  const sinRest = f64x2.mul(
    f64x2.mul(r, square),
    step(-1.0 / 6.0, square, step(1.0 / 120.0, square, f64x2.add(c(-1.0 / 5040.0), f64x2.div(square, c(362880))))),
  );
  const cosRest = f64x2.mul(
    square,
    step(-0.5, square, step(1.0 / 24.0, square, f64x2.add(c(-1.0 / 720.0), f64x2.div(square, c(40320))))),
  );
  // cos·r with its rounding error.
  const p = f64x2.mul(cos, r);
  const ca = f64x2.mul(c(SPLITTER), cos);
  const ah = f64x2.sub(ca, f64x2.sub(ca, cos));
  const al = f64x2.sub(cos, ah);
  const cb = f64x2.mul(c(SPLITTER), r);
  const bh = f64x2.sub(cb, f64x2.sub(cb, r));
  const bl = f64x2.sub(r, bh);
  const pl = f64x2.sub(
    f64x2.mul(al, bl),
    f64x2.sub(f64x2.sub(f64x2.sub(p, f64x2.mul(ah, bh)), f64x2.mul(al, bh)), f64x2.mul(ah, bl)),
  );
  const hi = f64x2.add(s, p);
  const d = f64x2.sub(hi, s);
  const err = f64x2.add(f64x2.sub(s, f64x2.sub(hi, d)), f64x2.sub(p, d));
  const small = f64x2.add(
    f64x2.add(
      f64x2.add(f64x2.add(pl, sl), f64x2.mul(cosl, r)),
      f64x2.mul(f64x2.sub(cos, f64x2.mul(s, r)), rl),
    ),
    f64x2.add(f64x2.mul(s, cosRest), f64x2.mul(cos, sinRest)),
  );
  let y = f64x2.add(hi, f64x2.add(err, small));
  const size = f64x2.abs(x);
  if (turn == 0) y = v128.bitselect(x, y, f64x2.lt(size, c(1e-9)));
  const near = v128.and(f64x2.ne(n, c(0)), f64x2.lt(f64x2.abs(r), c(1e-9)));
  const fine = v128.andnot(f64x2.le(size, c(25000)), near);
  return v128.bitselect(y, i64x2.splat(UNDONE), fine);
}

/** 1 / (1 + e⁻ˣ) from the side on which the exponential cannot overflow. */
// @ts-ignore: decorator
@inline
export function sigmoid2x(x: v128): v128 {
  const e = exp2x(f64x2.neg(f64x2.abs(x)));
  const top = v128.bitselect(c(1), e, f64x2.ge(x, c(0)));
  return f64x2.div(top, f64x2.add(c(1), e));
}
