import { activate, arrive, clearLine, copyLine, on, repeatOutput, slopes } from "./lines";
import { multiply } from "./product";

/*
 * h′ = f(x + wh·h), the part of each step that comes from the inputs being in `gates` already. Steps are told by two tables,
 * first row and number of rows of each, in the order in which they run; runs (0: all) has a byte a row. A call walks steps
 * `from` … `to` − 1 of them.
 */

/**
 * Forward. h holds the states at the start and, at the end, those after the last step; hs takes those after each row's step
 * unless it is 0.
 */
export function rnn_f32(
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
  kind: i32,
  h: usize,
  gates: usize,
  hs: usize,
  y: usize,
  packed: usize,
  room: usize,
): void {
  const line = hidden << 2;
  let last: usize = from > 0 ? y + load<i32>(offset + (<usize>(from - 1) << 2)) * line : 0;
  for (let t = from; t < to; t++) {
    const row = load<i32>(offset + (<usize>t << 2));
    const n = load<i32>(sizes + (<usize>t << 2));
    let at = gates + row * line;
    multiply(n, hidden, hidden, h, hidden, wh, wc, wr, packed, at, hidden, 1, 0, room);
    const first = y + row * line;
    for (let r = 0; r < n; r++, at += line) {
      const state = h + r * line;
      const out = (row + r) * line;
      if (on(runs, row + r)) {
        activate(kind, at, state, hidden);
        copyLine(state, y + out, hidden);
      } else repeatOutput(y + out, last == 0 || zero ? 0 : last + r * line, hidden);
      if (hs != 0) copyLine(state, hs + out, hidden);
    }
    last = first;
  }
}

/** Backward. `gates` takes the gradients of the functions' arguments; gh goes from the final states' to the initial ones'. */
export function rnn_grad_f32(
  from: i32,
  to: i32,
  offset: usize,
  sizes: usize,
  runs: usize,
  hidden: i32,
  wh: usize,
  wr: i32,
  wc: i32,
  kind: i32,
  gates: usize,
  hs: usize,
  gy: usize,
  carried: usize,
  gh: usize,
  packed: usize,
  room: usize,
): void {
  const line = hidden << 2;
  for (let t = to - 1; t >= from; t--) {
    const row = load<i32>(offset + (<usize>t << 2));
    const n = load<i32>(sizes + (<usize>t << 2));
    const at = gates + row * line;
    for (let r = 0; r < n; r++) {
      const state = r * line;
      const out = (row + r) * line;
      const running = on(runs, row + r);
      arrive(running, gy != 0 ? gy + out : 0, carried != 0 ? carried + state : 0, gh + state, hidden);
      if (running) {
        slopes(kind, hs + out, gh + state, gates + out, hidden);
        clearLine(gh + state, hidden);
      } else clearLine(gates + out, hidden);
    }
    multiply(n, hidden, hidden, at, hidden, wh, wr, wc, packed, gh, hidden, 1, 0, room);
  }
}
