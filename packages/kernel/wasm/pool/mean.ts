import { storeSome } from "../lanes";

/*
 * Means of windows over planes, and their transpose. x is [outer, plane, inner]: inner is 1 where planes have no gaps, or
 * the number of channels where those come last. Each axis is told by its number of windows, the length looked at, the step
 * between taps, and a table with start, first and last tap of each window and the taps that its mean counts.
 */

// @ts-ignore: decorator
@inline
function entry(table: usize, i: i32): i32 {
  return load<i32>(table + (<usize>i << 2));
}

/** y += x·s over a line. */
function addScaled(x: usize, s: f32, y: usize, n: i32): void {
  const v = f32x4.splat(s);
  for (; n >= 4; n -= 4, x += 16, y += 16) v128.store(y, f32x4.add(v128.load(y), f32x4.mul(v128.load(x), v)));
  storeSome(y, f32x4.add(v128.load(y), f32x4.mul(v128.load(x), v)), n);
}

/** y *= s over a line. */
function scaleLine(s: f32, y: usize, n: i32): void {
  const v = f32x4.splat(s);
  for (; n >= 4; n -= 4, y += 16) v128.store(y, f32x4.mul(v128.load(y), v));
  storeSome(y, f32x4.mul(v128.load(y), v), n);
}

/** Means of x to y, or with `back` each element of y spread over its window of x, which is zeros at first. */
export function mean_pool_f32(
  x: usize,
  outer: i32,
  inner: i32,
  plane: i32,
  h: i32,
  w: i32,
  nd: i32,
  sd: i32,
  td: usize,
  nh: i32,
  sh: i32,
  th: usize,
  nw: i32,
  sw: i32,
  tw: usize,
  divisor: f32,
  y: usize,
  back: bool,
): void {
  const line = inner << 2;
  if (back) memory.fill(x, 0, (<usize>outer * <usize>plane * <usize>inner) << 2);
  for (let o = 0; o < outer; o++, x += <usize>plane * line)
    for (let i = 0; i < nd; i++) {
      const a0 = entry(td, i * 4);
      const al = entry(td, i * 4 + 1);
      const ah = entry(td, i * 4 + 2);
      for (let j = 0; j < nh; j++) {
        const b0 = entry(th, j * 4);
        const bl = entry(th, j * 4 + 1);
        const bh = entry(th, j * 4 + 2);
        const counted = entry(td, i * 4 + 3) * entry(th, j * 4 + 3);
        for (let l = 0; l < nw; l++, y += line) {
          const c0 = entry(tw, l * 4);
          const cl = entry(tw, l * 4 + 1);
          const ch = entry(tw, l * 4 + 2);
          const count = <f32>(counted * entry(tw, l * 4 + 3));
          const s: f32 = divisor != 0 ? 1 / divisor : count > 0 ? 1 / count : 0;
          if (!back && inner > 1) memory.fill(y, 0, line);
          let sum: f64 = 0;
          const own: f32 = back && inner == 1 ? load<f32>(y) * s : 0;
          for (let a = al; a < ah; a++)
            for (let b = bl; b < bh; b++) {
              let at = x + (((a0 + a * sd) * h + b0 + b * sh) * w + c0 + cl * sw) * line;
              for (let c = cl; c < ch; c++, at += sw * line) {
                if (inner > 1) {
                  if (back) addScaled(y, s, at, inner);
                  else addScaled(at, 1, y, inner);
                } else if (back) store<f32>(at, load<f32>(at) + own);
                else sum += <f64>load<f32>(at);
              }
            }
          if (back) continue;
          if (inner > 1) scaleLine(s, y, inner);
          else store<f32>(y, <f32>(sum * <f64>s));
        }
      }
    }
}
