/*
 * Reductions of x [outer, n, inner] over its middle axis. Sums of float32 run in float64, so that they are as good as the
 * reference for any length.
 */

// @ts-ignore: decorator
@inline
function low(v: v128): v128 {
  return f64x2.promote_low_f32x4(v);
}
// @ts-ignore: decorator
@inline
function high(v: v128): v128 {
  return f64x2.promote_low_f32x4(i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
}

/** The sum of n neighbours; blocks of 64 in float32 by lane, these in float64. */
export function total(x: usize, n: i32): f64 {
  let s = f64x2.splat(0);
  let t = f64x2.splat(0);
  let i = 0;
  for (; i + 8 <= n; i += 8) {
    const v = v128.load(x);
    const w = v128.load(x, 16);
    s = f64x2.add(s, f64x2.add(low(v), low(w)));
    t = f64x2.add(t, f64x2.add(high(v), high(w)));
    x += 32;
  }
  s = f64x2.add(s, t);
  let sum = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  for (; i < n; i++) {
    sum += <f64>load<f32>(x);
    x += 4;
  }
  return sum;
}

/** The largest of n neighbours that is a number, or −∞. */
export function largest(x: usize, n: i32): f32 {
  let a = f32x4.splat(-Infinity);
  let b = a;
  let c = a;
  let d = a;
  // pmax keeps its first operand where the second is NaN, and four of them hide how long each takes.
  for (; n >= 16; n -= 16, x += 64) {
    a = f32x4.pmax(a, v128.load(x));
    b = f32x4.pmax(b, v128.load(x, 16));
    c = f32x4.pmax(c, v128.load(x, 32));
    d = f32x4.pmax(d, v128.load(x, 48));
  }
  for (; n >= 4; n -= 4, x += 16) a = f32x4.pmax(a, v128.load(x));
  for (; n > 0; n--, x += 4) b = f32x4.pmax(b, v128.load32_splat(x));
  a = f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d));
  a = f32x4.pmax(a, v128.shuffle<f64>(a, a, 1, 0));
  a = f32x4.pmax(a, v128.shuffle<f32>(a, a, 1, 0, 3, 2));
  return f32x4.extract_lane(a, 0);
}

/** Sums times `scale`. `room` holds inner float64 numbers if inner > 1. */
export function sum_f32(x: usize, outer: i32, n: i32, inner: i32, scale: f64, y: usize, room: usize): void {
  if (inner == 1) {
    for (let o = 0; o < outer; o++) {
      store<f32>(y, <f32>(total(x, n) * scale));
      x += <usize>n << 2;
      y += 4;
    }
    return;
  }
  for (let o = 0; o < outer; o++) {
    memory.fill(room, 0, <usize>inner << 3);
    for (let i = 0; i < n; i++) {
      let j = 0;
      let p = room;
      for (; j + 4 <= inner; j += 4) {
        const v = v128.load(x);
        v128.store(p, f64x2.add(v128.load(p), low(v)));
        v128.store(p, f64x2.add(v128.load(p, 16), high(v)), 16);
        p += 32;
        x += 16;
      }
      for (; j < inner; j++) {
        store<f64>(p, load<f64>(p) + <f64>load<f32>(x));
        p += 8;
        x += 4;
      }
    }
    for (let j = 0; j < inner; j++) {
      store<f32>(y, <f32>(load<f64>(room + (<usize>j << 3)) * scale));
      y += 4;
    }
  }
}

// @ts-ignore: decorator
@inline
function pick(max: bool, a: v128, b: v128): v128 {
  return max ? f32x4.max(a, b) : f32x4.min(a, b);
}

// @ts-ignore: decorator
@inline
function extreme(max: bool, x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  for (let o = 0; o < outer; o++) {
    if (inner == 1) {
      let v = v128.load32_splat(x);
      let i = 0;
      let p = x;
      for (; i + 4 <= n; i += 4) {
        v = pick(max, v, v128.load(p));
        p += 16;
      }
      for (; i < n; i++) {
        v = pick(max, v, v128.load32_splat(p));
        p += 4;
      }
      v = pick(max, v, i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
      v = pick(max, v, i8x16.shuffle(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3));
      store<f32>(y, f32x4.extract_lane(v, 0));
      y += 4;
    } else {
      memory.copy(y, x, <usize>inner << 2);
      for (let i = 1; i < n; i++) {
        const line = x + ((i * inner) << 2);
        let j = 0;
        for (; j + 4 <= inner; j += 4) {
          const at = y + (<usize>j << 2);
          v128.store(at, pick(max, v128.load(at), v128.load(line + (<usize>j << 2))));
        }
        for (; j < inner; j++) {
          const at = y + (<usize>j << 2);
          const v = pick(max, v128.load32_splat(at), v128.load32_splat(line + (<usize>j << 2)));
          store<f32>(at, f32x4.extract_lane(v, 0));
        }
      }
      y += <usize>inner << 2;
    }
    x += (n * inner) << 2;
  }
}

/** Largest elements; NaN where there is one. */
export function amax_f32(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  extreme(true, x, outer, n, inner, y);
}
/** Smallest elements; NaN where there is one. */
export function amin_f32(x: usize, outer: i32, n: i32, inner: i32, y: usize): void {
  extreme(false, x, outer, n, inner, y);
}
