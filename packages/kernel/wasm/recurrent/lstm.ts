import { madd } from "../lanes";
import { activate, arrive, clearLine, copyLine, mulLine, on, put, repeatOutput, slopes } from "./lines";
import { multiply } from "./product";

/*
 * Long short-term memory. The gates' inputs from x stand in `gates` already; a step adds h·whᵀ. Steps are told by two tables:
 * first row and number of rows of each, in the order in which they run; runs (0: all) has a byte a row. A call walks steps
 * `from` … `to` − 1 of them. Blocks of the stacked gates: bi, bf, bg, bo.
 */

/** f over the blocks of a row's gates: neighbours of one function at once. */
function allGates(hidden: i32, bg: i32, gate: i32, candidate: i32, g: usize): void {
  let from = 0;
  for (let b = 1; b <= 4; b++) {
    const kind = from == bg ? candidate : gate;
    if (b < 4 && (b == bg ? candidate : gate) == kind) continue;
    const p = g + ((from * hidden) << 2);
    activate(kind, p, p, (b - from) * hidden);
    from = b;
  }
}

function allSlopes(hidden: i32, bg: i32, gate: i32, candidate: i32, g: usize, d: usize, out: usize): void {
  let from = 0;
  for (let b = 1; b <= 4; b++) {
    const kind = from == bg ? candidate : gate;
    if (b < 4 && (b == bg ? candidate : gate) == kind) continue;
    const at = (from * hidden) << 2;
    slopes(kind, g + at, d + at, out + at, (b - from) * hidden);
    from = b;
  }
}

/** c = f·c + i·g, twice. */
function nextCells(i: usize, f: usize, g: usize, c: usize, cs: usize, n: i32): void {
  for (; n > 0; n -= 4) {
    const v = madd(v128.load(f), v128.load(c), f32x4.mul(v128.load(i), v128.load(g)));
    put(c, v, n);
    put(cs, v, n);
    i += 16;
    f += 16;
    g += 16;
    c += 16;
    cs += 16;
  }
}

/** h = o·h, which stands there, thrice. */
function outputs(o: usize, h: usize, y: usize, hs: usize, n: i32): void {
  for (; n > 0; n -= 4) {
    const v = f32x4.mul(v128.load(o), v128.load(h));
    put(h, v, n);
    put(y, v, n);
    put(hs, v, n);
    o += 16;
    h += 16;
    y += 16;
    hs += 16;
  }
}

/**
 * Forward. h and c hold the states at the start and, at the end, those after the last step; `gates` what the gates became;
 * hs (unless it is 0) and cs the states after each row's step.
 */
export function lstm_f32(
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
  bi: i32,
  bf: i32,
  bg: i32,
  bo: i32,
  gate: i32,
  candidate: i32,
  output: i32,
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
  const line = hidden << 2;
  let last: usize = from > 0 ? y + load<i32>(offset + (<usize>(from - 1) << 2)) * line : 0;
  for (let t = from; t < to; t++) {
    const row = load<i32>(offset + (<usize>t << 2));
    const n = load<i32>(sizes + (<usize>t << 2));
    let g = gates + row * 4 * line;
    multiply(n, stacked, hidden, h, hidden, wh, wc, wr, packed, g, stacked, 1, 0, room);
    const first = y + row * line;
    for (let r = 0; r < n; r++, g += 4 * line) {
      const state = r * line;
      const out = (row + r) * line;
      if (on(runs, row + r)) {
        allGates(hidden, bg, gate, candidate, g);
        nextCells(g + bi * line, g + bf * line, g + bg * line, c + state, cs + out, hidden);
        activate(output, cs + out, h + state, hidden);
        outputs(g + bo * line, h + state, y + out, hs != 0 ? hs + out : y + out, hidden);
      } else {
        copyLine(c + state, cs + out, hidden);
        repeatOutput(y + out, last == 0 || zero ? 0 : last + state, hidden);
        if (hs != 0) copyLine(h + state, hs + out, hidden);
      }
    }
    last = first;
  }
}

/** dc = gc + slope of what the output shows; what the gates' values receive, and gc a step before. */
function cellGradients(
  i: usize,
  f: usize,
  g: usize,
  cBefore: usize,
  slope: usize,
  gc: usize,
  di: usize,
  df: usize,
  dg: usize,
  n: i32,
): void {
  for (let k: usize = 0; n > 0; n -= 4, k += 16) {
    const dc = f32x4.add(v128.load(gc + k), v128.load(slope + k));
    put(gc + k, f32x4.mul(dc, v128.load(f + k)), n);
    put(di + k, f32x4.mul(dc, v128.load(g + k)), n);
    put(df + k, f32x4.mul(dc, v128.load(cBefore + k)), n);
    put(dg + k, f32x4.mul(dc, v128.load(i + k)), n);
  }
}

/**
 * Backward. `gates` are what forward left there; own takes the gradients of their inputs; gh and gc hold the gradients of the final states and, at the
 * end, those of the initial ones; gy and carried may be 0. c0 are the initial cells, cs those after each row's step;
 * lines has room for six of them.
 */
export function lstm_grad_f32(
  from: i32,
  to: i32,
  offset: usize,
  sizes: usize,
  runs: usize,
  hidden: i32,
  wh: usize,
  wr: i32,
  wc: i32,
  bi: i32,
  bf: i32,
  bg: i32,
  bo: i32,
  gate: i32,
  candidate: i32,
  output: i32,
  c0: usize,
  gates: usize,
  own: usize,
  cs: usize,
  gy: usize,
  carried: usize,
  gh: usize,
  gc: usize,
  lines: usize,
  packed: usize,
  room: usize,
): void {
  const stacked = 4 * hidden;
  const line = hidden << 2;
  const shown = lines + 4 * line;
  const slope = lines + 5 * line;
  for (let t = to - 1; t >= from; t--) {
    const row = load<i32>(offset + (<usize>t << 2));
    const n = load<i32>(sizes + (<usize>t << 2));
    const before = t > 0 ? min(n, load<i32>(sizes + (<usize>(t - 1) << 2))) : 0;
    const last = t > 0 ? load<i32>(offset + (<usize>(t - 1) << 2)) : 0;
    const at = own + row * 4 * line;
    let g = gates + row * 4 * line;
    let target = at;
    for (let r = 0; r < n; r++, g += 4 * line, target += 4 * line) {
      const state = r * line;
      const out = (row + r) * line;
      const d = gh + state;
      const running = on(runs, row + r);
      arrive(running, gy != 0 ? gy + out : 0, carried != 0 ? carried + state : 0, d, hidden);
      if (!running) {
        clearLine(target, stacked);
        continue;
      }
      const cBefore = r < before ? cs + (last + r) * line : c0 + state;
      activate(output, cs + out, shown, hidden);
      mulLine(d, g + bo * line, slope, hidden);
      slopes(output, shown, slope, slope, hidden);
      mulLine(d, shown, lines + bo * line, hidden);
      cellGradients(
        g + bi * line,
        g + bf * line,
        g + bg * line,
        cBefore,
        slope,
        gc + state,
        lines + bi * line,
        lines + bf * line,
        lines + bg * line,
        hidden,
      );
      allSlopes(hidden, bg, gate, candidate, g, lines, target);
      clearLine(d, hidden);
    }
    multiply(n, hidden, stacked, at, stacked, wh, wr, wc, packed, gh, hidden, 1, 0, room);
  }
}
