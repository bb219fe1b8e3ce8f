/*
 * Normal and exponential numbers, to the bit of the functions in `src/rng/sampling`. This module is compiled without fused
 * multiply-add.
 */

/**
 * Numbers of a ziggurat (bounds, widths at `table`) from words of 64 bits, up to the first word that is not accepted at once; gives
 * how many there are.
 */
export function ziggurat_f64(exponential: i32, words: usize, n: i32, table: usize, out: usize): i32 {
  for (let i = 0; i < n; i++, words += 8, out += 8) {
    const word = load<u64>(words);
    if (exponential != 0) {
      const layer = table + ((<usize>(word >> 3) & 0xff) << 3);
      const size = <f64>(<i64>(word >> 11));
      if (!(size < load<f64>(layer))) return i;
      store<f64>(out, size * load<f64>(layer, 2048));
    } else {
      const layer = table + ((<usize>word & 0xff) << 3);
      const size = <f64>(<i64>((word >> 9) & 0xfffffffffffff));
      if (!(size < load<f64>(layer))) return i;
      const x = size * load<f64>(layer, 2048);
      store<f64>(out, word & 0x100 ? -x : x);
    }
  }
  return n;
}

/** a·b + c of float32 by way of float64. */
// @ts-ignore: decorator
@inline
function fma(a: v128, b: v128, c: v128): v128 {
  const low = f64x2.add(
    f64x2.mul(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b)),
    f64x2.promote_low_f32x4(c),
  );
  const upper = f64x2.add(
    f64x2.mul(f64x2.promote_low_f32x4(top(a)), f64x2.promote_low_f32x4(top(b))),
    f64x2.promote_low_f32x4(top(c)),
  );
  return i8x16.shuffle(
    f32x4.demote_f64x2_zero(low),
    f32x4.demote_f64x2_zero(upper),
    0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23,
  );
}

// @ts-ignore: decorator
@inline
function top(x: v128): v128 {
  return i8x16.shuffle(x, x, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
}

// @ts-ignore: decorator
@inline
function step(y: v128, m: v128, c: f32): v128 {
  return fma(y, m, f32x4.splat(c));
}

/** log x of positive normal numbers; see `src/math/precise/float32-vector.ts`. */
function logOf(x: v128): v128 {
  const one = f32x4.splat(1);
  let e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)));
  let m = v128.or(v128.and(x, i32x4.splat(0x7fffff)), i32x4.splat(0x3f000000));
  const small = f32x4.lt(m, f32x4.splat(<f32>0.70710678118654752));
  e = f32x4.sub(e, v128.and(small, one));
  m = f32x4.add(f32x4.sub(m, one), v128.and(small, m));
  const square = f32x4.mul(m, m);
  let y = f32x4.splat(<f32>7.0376836292e-2);
  y = step(y, m, <f32>-1.151461031e-1);
  y = step(y, m, <f32>1.167699874e-1);
  y = step(y, m, <f32>-1.2420140846e-1);
  y = step(y, m, <f32>1.4249322787e-1);
  y = step(y, m, <f32>-1.6668057665e-1);
  y = step(y, m, <f32>2.0000714765e-1);
  y = step(y, m, <f32>-2.4999993993e-1);
  y = step(y, m, <f32>3.3333331174e-1);
  y = f32x4.mul(y, m);
  y = fma(y, square, f32x4.mul(e, f32x4.splat(<f32>-2.1219444e-4)));
  y = f32x4.sub(y, f32x4.mul(square, f32x4.splat(0.5)));
  return f32x4.add(f32x4.add(m, y), f32x4.mul(e, f32x4.splat(0.693359375)));
}

/** Blocks of sixteen uniform float32 numbers become normal ones: the first eight give radii, the others angles. */
export function box_muller_f32(x: usize, blocks: i32, mean: f32, deviation: f32): void {
  const one = f32x4.splat(1);
  const half = f32x4.splat(0.5);
  const spread = f32x4.splat(deviation);
  const middle = f32x4.splat(mean);
  for (let i = 0; i < 2 * blocks; i++) {
    const log = logOf(f32x4.sub(one, v128.load(x)));
    const radius = f32x4.sqrt(f32x4.mul(log, f32x4.splat(-2)));
    const angle = f32x4.mul(f32x4.splat(<f32>6.283185307179586), v128.load(x, 32));
    const j = v128.and(
      i32x4.add(i32x4.trunc_sat_f32x4_s(f32x4.mul(angle, f32x4.splat(<f32>1.27323954473516))), i32x4.splat(1)),
      i32x4.splat(-2),
    );
    const turns = f32x4.convert_i32x4_s(j);
    let r = fma(turns, f32x4.splat(-0.78515625), angle);
    r = fma(turns, f32x4.splat(<f32>-2.4187564849853516e-4), r);
    r = fma(turns, f32x4.splat(<f32>-3.774894977445941e-8), r);
    const z = f32x4.mul(r, r);
    let c = fma(f32x4.splat(<f32>2.443315711809948e-5), z, f32x4.splat(<f32>-1.388731625493765e-3));
    c = step(c, z, <f32>4.166664568298827e-2);
    c = f32x4.mul(c, z);
    c = fma(c, z, f32x4.neg(f32x4.mul(z, half)));
    c = f32x4.add(c, one);
    let s = fma(f32x4.splat(<f32>-1.9515295891e-4), z, f32x4.splat(<f32>8.3321608736e-3));
    s = step(s, z, <f32>-1.6666654611e-1);
    s = f32x4.mul(s, z);
    s = fma(s, r, r);
    const swap = i32x4.eq(v128.and(j, i32x4.splat(2)), i32x4.splat(2));
    // The signs of sine and cosine, moved to where signs stand.
    const minusSine = i32x4.shl(v128.and(j, i32x4.splat(4)), 29);
    const minusCosine = i32x4.shl(v128.andnot(i32x4.splat(4), i32x4.sub(j, i32x4.splat(2))), 29);
    const sine = v128.xor(v128.bitselect(c, s, swap), minusSine);
    const cosine = v128.xor(v128.bitselect(s, c, swap), minusCosine);
    v128.store(x, fma(f32x4.mul(radius, cosine), spread, middle));
    v128.store(x, fma(f32x4.mul(radius, sine), spread, middle), 32);
    x += i & 1 ? 48 : 16;
  }
}
