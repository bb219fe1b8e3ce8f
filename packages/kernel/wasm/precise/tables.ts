/*
 * The float64 functions here are those of `src/math/precise`, operation by operation, so that results are equal to the last
 * bit: no fused multiply-add, the same order of additions. JavaScript computes the tables and writes them to where
 * `table_f64` says.
 */

// Not memory of the compiler's: that is cleared whenever a thread makes an instance. `SCRATCH_START` lies behind.
/** 2^(j/128) as pairs, j = 0 … 127. */
export const POWERS: usize = 16384;
/** For 128 intervals of log: c, −log c in two parts, nothing. */
export const LOGS: usize = POWERS + 128 * 16;
/** sin(n·π/128) as pairs, n = 0 … 319. */
export const CIRCLE: usize = LOGS + 128 * 32;

export const ROUND: f64 = 6755399441055744;
export const SPLITTER: f64 = 134217729;
/** What stands for a result that JavaScript has to compute: a NaN that no operation makes. */
export const UNDONE: u64 = 0x7ff8dead00000001;

/** Address of a table: 0 powers, 1 logarithms, 2 circle. */
export function table_f64(which: i32): usize {
  return which == 0 ? POWERS : which == 1 ? LOGS : CIRCLE;
}

/** Where the first UNDONE stands; n if there is none. */
export function undone_f64(y: usize, n: i32): i32 {
  const mark = i64x2.splat(UNDONE);
  let i = 0;
  for (; i + 2 <= n; i += 2) if (i64x2.bitmask(i64x2.eq(v128.load(y + (<usize>i << 3)), mark)) != 0) break;
  for (; i < n; i++) if (load<u64>(y + (<usize>i << 3)) == UNDONE) return i;
  return n;
}
