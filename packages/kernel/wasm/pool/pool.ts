/*
 * Windows over planes. x is [outer, plane, inner]: inner is 1 where planes have no gaps, or the number of channels where those
 * come last, then a multiple of 4. Each axis is told by its number of windows, the length looked at, the step between taps, and a
 * table with start, first and last tap of each window.
 */

// @ts-ignore: decorator
@inline
function entry(table: usize, i: i32): i32 {
  return load<i32>(table + (<usize>i << 2));
}

/** Whether windows l and l + 1 lie as the two before them do and have the same taps. */
// @ts-ignore: decorator
@inline
function alike(table: usize, l: i32, step: i32): bool {
  const at = l * 3;
  return (
    entry(table, at + 3) - entry(table, at) == step &&
    entry(table, at + 4) == entry(table, at + 1) &&
    entry(table, at + 5) == entry(table, at + 2)
  );
}

/** Four numbers `step` apart; those of 0, which belong to four channels, lie side by side. */
// @ts-ignore: decorator
@inline
function apart(p: usize, step: i32): v128 {
  if (step < 2) return v128.load(p);
  if (step == 2) return v128.shuffle<f32>(v128.load(p), v128.load(p, 16), 0, 2, 4, 6);
  const d = <usize>step << 2;
  let v = v128.load32_splat(p);
  v = v128.load_lane<f32>(p + d, v, 1);
  v = v128.load_lane<f32>(p + 2 * d, v, 2);
  return v128.load_lane<f32>(p + 3 * d, v, 3);
}

/** The largest element of four windows, and its position; the windows' places lie `step` apart. */
// @ts-ignore: decorator
@inline
function best4(
  x: usize,
  line: usize,
  start: i32,
  step: i32,
  h: i32,
  w: i32,
  depth: i32,
  sd: i32,
  height: i32,
  sh: i32,
  width: i32,
  sw: i32,
  y: usize,
  index: usize,
): void {
  const ramp = i32x4.mul(i32x4.splat(step), i32x4(0, 1, 2, 3));
  let max = apart(x + <usize>start * line, step);
  let best = i32x4.splat(start);
  for (let a = 0; a < depth; a++)
    for (let b = 0; b < height; b++) {
      let at = start + (a * sd * h + b * sh) * w;
      for (let c = 0; c < width; c++, at += sw) {
        const v = apart(x + <usize>at * line, step);
        const better = v128.or(f32x4.gt(v, max), f32x4.ne(v, v));
        max = v128.bitselect(v, max, better);
        best = v128.bitselect(i32x4.splat(at), best, better);
      }
    }
  best = i32x4.add(best, ramp);
  v128.store(y, max);
  v128.store(index, i64x2.extend_low_i32x4_s(best));
  v128.store(index, i64x2.extend_high_i32x4_s(best), 16);
}

/** The largest element of every window and its position in the plane; the first of equal ones, and NaN before all. */
export function max_pool_f32(
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
  y: usize,
  index: usize,
): void {
  const line = <usize>inner << 2;
  // The windows of a row that are alike, four of which are looked at at once.
  let first = 0;
  let step = 0;
  for (; first + 1 < nw; first++) {
    step = entry(tw, first * 3 + 3) - entry(tw, first * 3);
    if (alike(tw, first, step)) break;
  }
  let until = first;
  while (until + 1 < nw && alike(tw, until, step)) until++;
  if (step == 0) until = 0;
  for (let n = 0; n < outer; n++) {
    for (let i = 0; i < nd; i++) {
      const a0 = entry(td, i * 3);
      const al = entry(td, i * 3 + 1);
      const ah = entry(td, i * 3 + 2);
      for (let j = 0; j < nh; j++) {
        const b0 = entry(th, j * 3);
        const bl = entry(th, j * 3 + 1);
        const bh = entry(th, j * 3 + 2);
        for (let l = 0; l < nw; l++) {
          const c0 = entry(tw, l * 3);
          const cl = entry(tw, l * 3 + 1);
          const ch = entry(tw, l * 3 + 2);
          let best = ((a0 + al * sd) * h + b0 + bl * sh) * w + c0 + cl * sw;
          if (inner > 1) {
            for (let k: usize = 0; k < line; k += 16, y += 16, index += 32)
              best4(x + k, line, best, 0, h, w, ah - al, sd, bh - bl, sh, ch - cl, sw, y, index);
            continue;
          }
          if (l >= first && l + 3 <= until) {
            best4(x, 4, best, step, h, w, ah - al, sd, bh - bl, sh, ch - cl, sw, y, index);
            l += 3;
            y += 16;
            index += 32;
            continue;
          }
          let max = load<f32>(x + (<usize>best << 2));
          for (let a = al; a < ah; a++)
            for (let b = bl; b < bh; b++) {
              let at = ((a0 + a * sd) * h + b0 + b * sh) * w + c0 + cl * sw;
              for (let c = cl; c < ch; c++) {
                const v = load<f32>(x + (<usize>at << 2));
                if (v > max || v != v) {
                  max = v;
                  best = at;
                }
                at += sw;
              }
            }
          store<f32>(y, max);
          store<i64>(index, <i64>best);
          y += 4;
          index += 8;
        }
      }
    }
    x += <usize>plane * line;
  }
}

/** Adds each element of gy to the place in its plane that index names, or writes 1 to `flag` where that is outside. */
export function max_unpool_f32(
  gy: usize,
  index: usize,
  outer: i32,
  inner: i32,
  n: i32,
  plane: i32,
  gx: usize,
  add: i32,
  flag: usize,
): void {
  const line = <usize>inner << 2;
  memory.fill(gx, 0, <usize>outer * <usize>plane * line);
  for (let p = 0; p < outer; p++) {
    for (let i = 0; i < n; i++)
      for (let k: usize = 0; k < line; k += 4, gy += 4, index += 8) {
        const place = load<i64>(index);
        if (<u64>place >= <u64>plane) {
          store<i32>(flag, 1);
          return;
        }
        const at = gx + <usize>place * line + k;
        store<f32>(at, (add != 0 ? load<f32>(at) : 0) + load<f32>(gy));
      }
    gx += <usize>plane * line;
  }
}
