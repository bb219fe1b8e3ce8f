import { storeSome } from "../lanes";

/* Rows of a table by their numbers. */

/** y[i] = w[ids[i]] for rows of n numbers that lie `step` apart in w. */
export function take_rows_f32(w: usize, step: i32, ids: usize, count: i32, n: i32, y: usize): void {
  for (; count > 0; count--, ids += 4) {
    let x = w + (<usize>(load<i32>(ids) * step) << 2);
    let left = n;
    for (; left >= 4; left -= 4, x += 16, y += 16) v128.store(y, v128.load(x));
    storeSome(y, v128.load(x), left);
    y += <usize>left << 2;
  }
}

/** y[ids[i]] += g[i]·shares[i] (1 if there are none); rows whose share is 0 are left out. */
export function add_rows_f32(g: usize, ids: usize, shares: usize, count: i32, n: i32, y: usize): void {
  for (let i = 0; i < count; i++) {
    const share: f32 = shares != 0 ? load<f32>(shares + (<usize>i << 2)) : 1;
    let x = g + (<usize>(i * n) << 2);
    if (share == 0) continue;
    const s = f32x4.splat(share);
    let to = y + (<usize>(load<i32>(ids + (<usize>i << 2)) * n) << 2);
    let left = n;
    for (; left >= 4; left -= 4, x += 16, to += 16)
      v128.store(to, f32x4.add(v128.load(to), f32x4.mul(v128.load(x), s)));
    storeSome(to, f32x4.add(v128.load(to), f32x4.mul(v128.load(x), s)), left);
  }
}
