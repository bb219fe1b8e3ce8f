/*
 * A dual problem min ½ αᵀQα + pᵀα of support vector machines, as `packages/svm/src/solver/smo.ts` lays it out. Kept are not
 * gradients G but violations −yᵢGᵢ, so that rows of the kernel matrix serve without signs.
 */

/** Addresses of arrays with one element a sample, in the solver's order. */
@unmanaged
export class Problem {
  /** The largest violation upwards, and whose it is (−1 where that is not known). */
  most: f64;
  tolerance: f64;
  n: i32;
  active: i32;
  next: i32;
  violation: usize;
  /** −∞ where yᵢαᵢ cannot grow, and ∞ where it cannot shrink; else 0. */
  noUp: usize;
  noDown: usize;
  /** K(xᵢ, xᵢ) */
  diagonal: usize;
  alpha: usize;
  upper: usize;
  sign: usize;
  /** Violations' part that comes from α at their upper bounds. */
  bounded: usize;
  /** Rows of the kernel matrix, float32: their addresses, how many values of each are known, and when each was used, the clock last. */
  rows: usize;
  known: usize;
  stamps: usize;
}

// @ts-ignore: decorator
@external("env", "row")
declare function missing(i: i32, length: i32): usize;

// @ts-ignore: decorator
@inline
export function f64At(x: usize, i: i32): f64 {
  return load<f64>(x + (<usize>i << 3));
}

/** The first `length` values of a row; JavaScript computes what is not known. */
// @ts-ignore: decorator
@inline
export function rowOf(p: Problem, i: i32, length: i32): usize {
  if (load<i32>(p.known + (<usize>i << 2)) < length) return missing(i, length);
  const clock = p.stamps + (<usize>p.n << 3);
  const now = load<f64>(clock) + 1;
  store<f64>(clock, now);
  store<f64>(p.stamps + (<usize>i << 3), now);
  return load<usize>(p.rows + (<usize>i << 2));
}

/** Two values of a row. */
// @ts-ignore: decorator
@inline
export function two(row: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(row));
}

/** x −= a·row for from ≤ k < to. */
export function subtract_row(x: usize, row: usize, from: i32, to: i32, a: f64): void {
  const va = f64x2.splat(a);
  let k = from;
  let f = x + (<usize>k << 3);
  row += <usize>k << 2;
  for (; k + 2 <= to; k += 2) {
    v128.store(f, f64x2.sub(v128.load(f), f64x2.mul(va, two(row))));
    f += 16;
    row += 8;
  }
  if (k < to) store<f64>(f, load<f64>(f) - a * <f64>load<f32>(row));
}

/** out[k] = row[index[k]] */
export function gather_row(out: usize, row: usize, index: usize, length: i32): void {
  for (let k = 0; k < length; k++)
    store<f32>(out + (<usize>k << 2), load<f32>(row + (<usize>load<u32>(index + (<usize>k << 2)) << 2)));
}

/** Exchanges columns (`pairs` of numbers, the lower first) in every row; where only the lower is known, what follows is forgotten. */
export function swap_columns(rows: usize, known: usize, n: i32, pairs: usize, count: i32): void {
  const end = pairs + (<usize>count << 3);
  for (let i = 0; i < n; i++) {
    const row = load<usize>(rows + (<usize>i << 2));
    let length = load<i32>(known + (<usize>i << 2));
    if (length == 0) continue;
    for (let s = pairs; s < end; s += 8) {
      const low = load<i32>(s);
      const high = load<i32>(s, 4);
      if (length <= low) continue;
      if (length <= high) {
        length = low;
        continue;
      }
      const a = row + (<usize>low << 2);
      const b = row + (<usize>high << 2);
      const v = load<f32>(a);
      store<f32>(a, load<f32>(b));
      store<f32>(b, v);
    }
    store<i32>(known + (<usize>i << 2), length);
  }
}
