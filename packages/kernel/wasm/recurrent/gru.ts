import { packed_f32_size } from "../gemm/f32";
import { madd } from "../lanes";
import { activate, addLine, arrive, clearLine, copyLine, maddLine, mulLine, on, put, repeatOutput, slopes } from "./lines";
import { multiply } from "./product";

/*
 * Gated recurrent units. The gates' inputs from x stand in `gates` already. Steps are told by two tables: first row and number
 * of rows of each, in the order in which they run; runs (0: all) has a byte a row. A call walks steps `from` … `to` − 1 of
 * them. Blocks of the stacked gates: br, bz, bn. With `after` the reset gate scales what wh made of h, else h itself; then each
 * block of wh is packed on its own.
 */

/** h = n + z·(h − n). */
function mix(z: usize, u: usize, h: usize, n: i32): void {
  for (; n > 0; n -= 4, z += 16, u += 16, h += 16) {
    const v = v128.load(u);
    put(h, madd(v128.load(z), f32x4.sub(v128.load(h), v), v), n);
  }
}

/**
 * Forward. h holds the states at the start and, at the end, those after the last step; `gates` what the gates became; hs the
 * states after each row's step; scaled what the reset gate scaled, if it comes after; both unless they are 0. fed has room for
 * the states' products.
 */
export function gru_f32(
  from: i32,
  to: i32,
  offset: usize,
  sizes: usize,
  runs: usize,
  zero: bool,
  hidden: i32,
  wh: usize,
  wr: i32,
  wc: i32,
  br: i32,
  bz: i32,
  bn: i32,
  after: bool,
  gate: i32,
  candidate: i32,
  bias: usize,
  h: usize,
  gates: usize,
  hs: usize,
  scaled: usize,
  y: usize,
  fed: usize,
  reset: usize,
  packed: usize,
  room: usize,
): void {
  const stacked = 3 * hidden;
  const line = hidden << 2;
  const block = packed != 0 ? packed_f32_size(hidden, hidden) : 0;
  const next = (hidden * wr) << 2;
  const mode = bias != 0 ? 2 : 0;
  let last: usize = from > 0 ? y + load<i32>(offset + (<usize>(from - 1) << 2)) * line : 0;
  for (let t = from; t < to; t++) {
    const row = load<i32>(offset + (<usize>t << 2));
    const n = load<i32>(sizes + (<usize>t << 2));
    const at = gates + row * 3 * line;
    if (after) multiply(n, stacked, hidden, h, hidden, wh, wc, wr, packed, fed, stacked, mode, bias, room);
    else
      for (let b = 0; b < 3; b++)
        if (b != bn)
          multiply(
            n,
            hidden,
            hidden,
            h,
            hidden,
            wh + b * next,
            wc,
            wr,
            packed + b * block,
            fed + b * line,
            stacked,
            mode,
            bias + b * line,
            room,
          );
    for (let r = 0; r < n; r++) {
      if (!on(runs, row + r)) {
        if (scaled != 0) clearLine(scaled + (row + r) * line, hidden);
        continue;
      }
      const g = at + r * 3 * line;
      const own = fed + r * 3 * line;
      addLine(own + br * line, g + br * line, hidden);
      addLine(own + bz * line, g + bz * line, hidden);
      if (br + 1 == bz || bz + 1 == br) {
        const p = g + min(br, bz) * line;
        activate(gate, p, p, 2 * hidden);
      } else {
        activate(gate, g + br * line, g + br * line, hidden);
        activate(gate, g + bz * line, g + bz * line, hidden);
      }
      if (after) {
        maddLine(g + br * line, own + bn * line, g + bn * line, hidden);
        if (scaled != 0) copyLine(own + bn * line, scaled + (row + r) * line, hidden);
      } else mulLine(g + br * line, h + r * line, reset + r * line, hidden);
    }
    if (!after)
      multiply(
        n,
        hidden,
        hidden,
        reset,
        hidden,
        wh + bn * next,
        wc,
        wr,
        packed + bn * block,
        fed + bn * line,
        stacked,
        mode,
        bias + bn * line,
        room,
      );
    const first = y + row * line;
    for (let r = 0; r < n; r++) {
      const g = at + r * 3 * line;
      const state = r * line;
      const out = (row + r) * line;
      if (on(runs, row + r)) {
        const u = g + bn * line;
        if (!after) addLine(fed + r * 3 * line + bn * line, u, hidden);
        activate(candidate, u, u, hidden);
        mix(g + bz * line, u, h + state, hidden);
        copyLine(h + state, y + out, hidden);
      } else repeatOutput(y + out, last == 0 || zero ? 0 : last + state, hidden);
      if (hs != 0) copyLine(h + state, hs + out, hidden);
    }
    last = first;
  }
}

/** What z and the candidate receive, and the gradient that goes to h by z. */
function mixGradients(z: usize, u: usize, h: usize, d: usize, dz: usize, du: usize, n: i32): void {
  for (let k: usize = 0; n > 0; n -= 4, k += 16) {
    const g = v128.load(d + k);
    const zs = v128.load(z + k);
    put(dz + k, f32x4.mul(g, f32x4.sub(v128.load(h + k), v128.load(u + k))), n);
    put(du + k, f32x4.sub(g, f32x4.mul(g, zs)), n);
    put(d + k, f32x4.mul(g, zs), n);
  }
}

/** What block b of a step's gradients sends back through its weights. */
function back(
  n: i32,
  hidden: i32,
  gates: usize,
  b: i32,
  wh: usize,
  wr: i32,
  wc: i32,
  packed: usize,
  c: usize,
  mode: i32,
  room: usize,
): void {
  const a = gates + ((b * hidden) << 2);
  multiply(n, hidden, hidden, a, 3 * hidden, wh, wr, wc, packed, c, hidden, mode, 0, room);
}

/**
 * Backward. `gates` are what forward left there; own takes the gradients of the gates' inputs from x, fed (the same unless
 * `after`) those of the states' products; gh goes from the final states' to the initial ones'. h0 are the initial states, hs those after each row's step;
 * reset takes r·h of all rows unless `after`; lines has room for two of them and for `through`, a line a row.
 */
export function gru_grad_f32(
  from: i32,
  to: i32,
  offset: usize,
  sizes: usize,
  runs: usize,
  hidden: i32,
  wh: usize,
  wr: i32,
  wc: i32,
  br: i32,
  bz: i32,
  bn: i32,
  after: bool,
  gate: i32,
  candidate: i32,
  h0: usize,
  gates: usize,
  own: usize,
  fed: usize,
  hs: usize,
  scaled: usize,
  reset: usize,
  gy: usize,
  carried: usize,
  gh: usize,
  lines: usize,
  packed: usize,
  room: usize,
): void {
  const stacked = 3 * hidden;
  const line = hidden << 2;
  const block = packed != 0 ? packed_f32_size(hidden, hidden) : 0;
  const next = (hidden * wr) << 2;
  const through = lines + 2 * line;
  for (let t = to - 1; t >= from; t--) {
    const row = load<i32>(offset + (<usize>t << 2));
    const n = load<i32>(sizes + (<usize>t << 2));
    const before = t > 0 ? min(n, load<i32>(sizes + (<usize>(t - 1) << 2))) : 0;
    const last = t > 0 ? load<i32>(offset + (<usize>(t - 1) << 2)) : 0;
    const at = own + row * 3 * line;
    for (let r = 0; r < n; r++) {
      const state = r * line;
      const out = (row + r) * line;
      const g = gates + 3 * out;
      const target = own + 3 * out;
      const d = gh + state;
      const running = on(runs, row + r);
      arrive(running, gy != 0 ? gy + out : 0, carried != 0 ? carried + state : 0, d, hidden);
      if (!running) {
        clearLine(target, stacked);
        if (after) clearLine(fed + 3 * out, stacked);
        continue;
      }
      const h = r < before ? hs + (last + r) * line : h0 + state;
      const z = g + bz * line;
      const u = g + bn * line;
      const du = target + bn * line;
      mixGradients(z, u, h, d, lines, lines + line, hidden);
      slopes(gate, z, lines, target + bz * line, hidden);
      slopes(candidate, u, lines + line, du, hidden);
      if (!after) continue;
      const q = g + br * line;
      const f = fed + 3 * out;
      mulLine(du, q, f + bn * line, hidden);
      mulLine(du, scaled + out, lines, hidden);
      slopes(gate, q, lines, target + br * line, hidden);
      copyLine(target + br * line, f + br * line, hidden);
      copyLine(target + bz * line, f + bz * line, hidden);
    }
    if (after) {
      multiply(n, hidden, stacked, fed + row * 3 * line, stacked, wh, wr, wc, packed, gh, hidden, 1, 0, room);
      continue;
    }
    back(n, hidden, at, bn, wh + bn * next, wr, wc, packed + bn * block, through, 0, room);
    for (let r = 0; r < n; r++) {
      const state = r * line;
      const out = (row + r) * line;
      const q = gates + 3 * out + br * line;
      const h = r < before ? hs + (last + r) * line : h0 + state;
      if (!on(runs, row + r)) {
        clearLine(reset + out, hidden);
        continue;
      }
      mulLine(q, h, reset + out, hidden);
      maddLine(through + state, q, gh + state, hidden);
      mulLine(through + state, h, lines, hidden);
      slopes(gate, q, lines, own + 3 * out + br * line, hidden);
    }
    for (let b = 0; b < 3; b++)
      if (b != bn) back(n, hidden, at, b, wh + b * next, wr, wc, packed + b * block, gh, 1, room);
  }
}
