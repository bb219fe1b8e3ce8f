import { BITS, exp, LN2, log, nearest, pair, pi, ratio, sinCos } from "../../math/precise/fixed-point.js";
import { cos, sin } from "../../math/precise/trig.js";
import { heapF64 } from "../../memory/wasm-memory.js";
import type { Exports } from "../exports.js";

/*
 * The tables of `math/precise` where the WASM functions read them. They are made from the same series, so that results are
 * equal to the last bit.
 */

let filled = false;

/** Fills the tables, once. */
export function openTables(e: Exports): void {
  if (filled) return;
  filled = true;
  const heap = heapF64;
  let at = e.table_f64(0) >>> 3;
  for (let j = 0; j < 128; j++) heap.set(pair(exp((LN2 * BigInt(j)) / 128n)), at + 2 * j);
  at = e.table_f64(1) >>> 3;
  for (let i = 0; i < 128; i++) heap.set(logEntry(i), at + 4 * i);
  at = e.table_f64(2) >>> 3;
  const straight = pi();
  for (let n = 0; n < 320; n++) heap.set(circleEntry(n, straight), at + 2 * n);
}

/** c and −log c in two parts, for the interval i of 128 from 0.6875 on. */
function logEntry(i: number): readonly number[] {
  // From 1 on an interval is twice as wide.
  const place = 0x3fe60000 + (i + 0.5) * 8192;
  const middle = (1 + (place % 1048576) / 1048576) * (place < 0x3ff00000 ? 0.5 : 1);
  const c = Math.abs(middle - 1) < 1 / 128 ? 1 : Math.round(256 / middle) / 256;
  const minusLog = -log(ratio(BigInt(c * 256), 256n));
  const cut = (minusLog >> BigInt(BITS - 41)) << BigInt(BITS - 41);
  return [c, nearest(cut), nearest(minusLog - cut)];
}

/** sin(n·π/128) as a pair, from angles up to π/4. */
function circleEntry(n: number, straight: bigint): readonly number[] {
  const m = n % 256;
  const half = m % 128;
  const quarter = half <= 64 ? half : 128 - half;
  const eighth = quarter <= 32;
  const [s, c] = sinCos((straight * BigInt(eighth ? quarter : 64 - quarter)) / 128n);
  const [hi, lo] = pair(eighth ? s : c);
  return m < 128 ? [hi, lo] : [-hi, -lo];
}

const WHOLE = { sin, cos } as const;

/** Computes what a kernel left to JavaScript: angles that take a long reduction. */
export const finish =
  (name: keyof typeof WHOLE) =>
  (e: Exports, from: number, to: number, n: number): void => {
    for (let i = e.undone_f64(to, n); i < n; ) {
      heapF64[(to >>> 3) + i] = WHOLE[name](heapF64[(from >>> 3) + i]!);
      const next = i + 1;
      i = next + e.undone_f64(to + next * 8, n - next);
    }
  };
