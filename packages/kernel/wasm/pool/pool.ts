/*
 * Windows over planes. Each axis is told by its number of windows, the length looked at, the step between taps, and a
 * table with start, first and last tap of each window.
 */

// @ts-ignore: decorator
@inline
function entry(table: usize, i: i32): i32 {
  return load<i32>(table + (<usize>i << 2));
}

/**
 * The largest element of every window of `planes` planes (d × h × w elements without gaps) and its position in the plane; the
 * first of equal ones, and NaN before all.
 */
export function max_pool_f32(
  x: usize,
  planes: i32,
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
  for (let n = 0; n < planes; n++) {
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
    x += <usize>plane << 2;
  }
}

/** Adds each element of gy to the place in its plane that index names. */
export function max_unpool_f32(gy: usize, index: usize, planes: i32, n: i32, plane: i32, gx: usize, add: i32): void {
  memory.fill(gx, 0, (<usize>planes * <usize>plane) << 2);
  for (let p = 0; p < planes; p++) {
    for (let i = 0; i < n; i++) {
      const at = gx + (<usize>load<i32>(index) << 2);
      store<f32>(at, (add != 0 ? load<f32>(at) : 0) + load<f32>(gy));
      gy += 4;
      index += 8;
    }
    gx += <usize>plane << 2;
  }
}

/** Whether all of n positions lie in 0 … plane − 1. */
export function places_fit(index: usize, n: i32, plane: i32): bool {
  for (let i = 0; i < n; i++) if (<u64>load<i64>(index + (<usize>i << 3)) >= <u64>plane) return false;
  return true;
}
