import { sigmoid4, tanh4 } from "../elementwise/functions";
import { gemm_packed_f32, pack_all_f32 } from "../gemm/f32";
import { madd, storeSome } from "../lanes";

/*
 * Steps of a long short-term memory with sigmoid gates and tanh. The gates' inputs from x stand in `gates` already; a
 * step adds h·whᵀ. Steps are told by two tables: first row and number of rows of each, in the order in which they run.
 */

// @ts-ignore: decorator
@inline
function put(p: usize, v: v128, left: i32): void {
  if (left >= 4) v128.store(p, v);
  else storeSome(p, v, left);
}

/**
 * Forward. h and c hold the states at the start and, at the end, those after the last step; `gates` what the gates became;
 * hs and cs the states after each row's step; blocks of the stacked gates: bi, bf, bg, bo.
 */
export function lstm_f32(
  steps: i32,
  offset: usize,
  sizes: usize,
  hidden: i32,
  wh: usize,
  bi: i32,
  bf: i32,
  bg: i32,
  bo: i32,
  h: usize,
  c: usize,
  gates: usize,
  hs: usize,
  cs: usize,
  y: usize,
  packed: usize,
  room: usize,
): void {
  const stacked = 4 * hidden;
  pack_all_f32(stacked, hidden, wh, 1, hidden, packed);
  for (let t = 0; t < steps; t++) {
    const row = load<i32>(offset + (<usize>t << 2));
    const n = load<i32>(sizes + (<usize>t << 2));
    const at = gates + ((row * stacked) << 2);
    gemm_packed_f32(n, stacked, hidden, h, hidden, 1, packed, at, stacked, 1, 1, 0, room);
    for (let r = 0; r < n; r++) {
      const g = at + ((r * stacked) << 2);
      const state = (r * hidden) << 2;
      const out = ((row + r) * hidden) << 2;
      for (let j = 0; j < hidden; j += 4) {
        const left = hidden - j;
        const k = <usize>j << 2;
        const pi = g + ((bi * hidden) << 2) + k;
        const pf = g + ((bf * hidden) << 2) + k;
        const pg = g + ((bg * hidden) << 2) + k;
        const po = g + ((bo * hidden) << 2) + k;
        const i = sigmoid4(v128.load(pi));
        const f = sigmoid4(v128.load(pf));
        const u = tanh4(v128.load(pg));
        const o = sigmoid4(v128.load(po));
        const cell = madd(f, v128.load(c + state + k), f32x4.mul(i, u));
        const shown = f32x4.mul(o, tanh4(cell));
        put(pi, i, left);
        put(pf, f, left);
        put(pg, u, left);
        put(po, o, left);
        put(c + state + k, cell, left);
        put(h + state + k, shown, left);
        put(cs + out + k, cell, left);
        put(hs + out + k, shown, left);
        put(y + out + k, shown, left);
      }
    }
  }
}

/**
 * Backward. `gates` becomes the gradients of the gates' inputs; gh and gc hold the gradients of the final states and, at the
 * end, those of the initial ones; gy may be 0. h0, c0 are the initial states, hs and cs those after each row's step.
 */
export function lstm_grad_f32(
  steps: i32,
  offset: usize,
  sizes: usize,
  hidden: i32,
  wh: usize,
  bi: i32,
  bf: i32,
  bg: i32,
  bo: i32,
  c0: usize,
  gates: usize,
  cs: usize,
  gy: usize,
  gh: usize,
  gc: usize,
  packed: usize,
  room: usize,
): void {
  const stacked = 4 * hidden;
  const one = f32x4.splat(1);
  pack_all_f32(hidden, stacked, wh, hidden, 1, packed);
  for (let t = steps - 1; t >= 0; t--) {
    const row = load<i32>(offset + (<usize>t << 2));
    const n = load<i32>(sizes + (<usize>t << 2));
    const before = t > 0 ? min(n, load<i32>(sizes + (<usize>(t - 1) << 2))) : 0;
    const last = t > 0 ? load<i32>(offset + (<usize>(t - 1) << 2)) : 0;
    const at = gates + ((row * stacked) << 2);
    for (let r = 0; r < n; r++) {
      const g = at + ((r * stacked) << 2);
      const state = (r * hidden) << 2;
      const out = ((row + r) * hidden) << 2;
      const cBefore = r < before ? cs + (((last + r) * hidden) << 2) : c0 + state;
      for (let j = 0; j < hidden; j += 4) {
        const left = hidden - j;
        const k = <usize>j << 2;
        const pi = g + ((bi * hidden) << 2) + k;
        const pf = g + ((bf * hidden) << 2) + k;
        const pg = g + ((bg * hidden) << 2) + k;
        const po = g + ((bo * hidden) << 2) + k;
        const i = v128.load(pi);
        const f = v128.load(pf);
        const u = v128.load(pg);
        const o = v128.load(po);
        let d = v128.load(gh + state + k);
        if (gy != 0) d = f32x4.add(d, v128.load(gy + out + k));
        const shown = tanh4(v128.load(cs + out + k));
        const slope = f32x4.sub(one, f32x4.mul(shown, shown));
        const dc = madd(f32x4.mul(d, o), slope, v128.load(gc + state + k));
        put(gc + state + k, f32x4.mul(dc, f), left);
        const previous = v128.load(cBefore + k);
        put(po, f32x4.mul(f32x4.mul(d, shown), f32x4.mul(o, f32x4.sub(one, o))), left);
        put(pi, f32x4.mul(f32x4.mul(dc, u), f32x4.mul(i, f32x4.sub(one, i))), left);
        put(pf, f32x4.mul(f32x4.mul(dc, previous), f32x4.mul(f, f32x4.sub(one, f))), left);
        put(pg, f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(u, u))), left);
      }
    }
    gemm_packed_f32(n, hidden, stacked, at, stacked, 1, packed, gh, hidden, 1, 0, 0, room);
  }
}
