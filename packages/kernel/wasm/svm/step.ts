import { f64At, Problem, rowOf, subtract_row, two } from "./problem";

const TAU: f64 = 1e-12;

/** Notes which ways a sample can move. */
// @ts-ignore: decorator
@inline
function note(p: Problem, i: i32, a: f64, c: f64, sign: f64): void {
  const top = a >= c;
  const bottom = !top && a <= 0;
  const positive = sign > 0;
  store<f64>(p.noUp + (<usize>i << 3), (positive ? top : bottom) ? -Infinity : 0);
  store<f64>(p.noDown + (<usize>i << 3), (positive ? bottom : top) ? Infinity : 0);
}

/** Solves the problem in αᵢ and αⱼ alone, and follows with the violations, of which the largest becomes the next first. */
export function step(p: Problem, i: i32, j: i32): void {
  const n = p.n;
  const active = p.active;
  const rowI = rowOf(p, i, active);
  const rowJ = rowOf(p, j, active);
  const ci = f64At(p.upper, i);
  const cj = f64At(p.upper, j);
  const si = f64At(p.sign, i);
  const sj = f64At(p.sign, j);
  const gi = -si * f64At(p.violation, i);
  const gj = -sj * f64At(p.violation, j);
  const oldI = f64At(p.alpha, i);
  const oldJ = f64At(p.alpha, j);
  let ai = oldI;
  let aj = oldJ;
  let curvature = f64At(p.diagonal, i) + f64At(p.diagonal, j) - 2 * <f64>load<f32>(rowI + (<usize>j << 2));
  if (curvature <= 0) curvature = TAU;
  if (si != sj) {
    const delta = (-gi - gj) / curvature;
    const difference = ai - aj;
    ai += delta;
    aj += delta;
    if (difference > 0) {
      if (aj < 0) {
        ai = difference;
        aj = 0;
      }
    } else if (ai < 0) {
      ai = 0;
      aj = -difference;
    }
    if (difference > ci - cj) {
      if (ai > ci) {
        ai = ci;
        aj = ci - difference;
      }
    } else if (aj > cj) {
      ai = cj + difference;
      aj = cj;
    }
  } else {
    const delta = (gi - gj) / curvature;
    const sum = ai + aj;
    ai -= delta;
    aj += delta;
    if (sum > ci) {
      if (ai > ci) {
        ai = ci;
        aj = sum - ci;
      }
    } else if (aj < 0) {
      ai = sum;
      aj = 0;
    }
    if (sum > cj) {
      if (aj > cj) {
        ai = sum - cj;
        aj = cj;
      }
    } else if (ai < 0) {
      ai = 0;
      aj = sum;
    }
  }
  store<f64>(p.alpha + (<usize>i << 3), ai);
  store<f64>(p.alpha + (<usize>j << 3), aj);
  note(p, i, ai, ci, si);
  note(p, j, aj, cj, sj);
  follow(p, rowI, rowJ, si * (ai - oldI), sj * (aj - oldJ));
  if (oldI >= ci != ai >= ci)
    subtract_row(p.bounded, rowOf(p, i, n), 0, n, si * (oldI >= ci ? -ci : ci));
  if (oldJ >= cj != aj >= cj)
    subtract_row(p.bounded, rowOf(p, j, n), 0, n, sj * (oldJ >= cj ? -cj : cj));
}

/** violation −= a·rowI + b·rowJ; of equally large ones upwards the last is the next first. */
function follow(p: Problem, rowI: usize, rowJ: usize, a: f64, b: f64): void {
  const active = p.active;
  const va = f64x2.splat(a);
  const vb = f64x2.splat(b);
  let f = p.violation;
  let u = p.noUp;
  let most0 = f64x2.splat(-Infinity);
  let most1 = most0;
  let k = 0;
  for (; k + 4 <= active; k += 4) {
    const x = f64x2.sub(v128.load(f), f64x2.add(f64x2.mul(two(rowI), va), f64x2.mul(two(rowJ), vb)));
    const y = f64x2.sub(
      v128.load(f, 16),
      f64x2.add(f64x2.mul(two(rowI + 8), va), f64x2.mul(two(rowJ + 8), vb)),
    );
    v128.store(f, x);
    v128.store(f, y, 16);
    most0 = f64x2.pmax(most0, f64x2.add(v128.load(u), x));
    most1 = f64x2.pmax(most1, f64x2.add(v128.load(u, 16), y));
    f += 32;
    u += 32;
    rowI += 16;
    rowJ += 16;
  }
  most0 = f64x2.pmax(most0, most1);
  let most = f64x2.extract_lane(most0, 0);
  if (f64x2.extract_lane(most0, 1) > most) most = f64x2.extract_lane(most0, 1);
  for (; k < active; k++) {
    const x = load<f64>(f) - (<f64>load<f32>(rowI) * a + <f64>load<f32>(rowJ) * b);
    store<f64>(f, x);
    const v = load<f64>(u) + x;
    if (v >= most) most = v;
    f += 8;
    u += 8;
    rowI += 4;
    rowJ += 4;
  }
  p.most = most;
  p.next = last(p, most);
}

/** Whose violation upwards is `most`: the last one's. */
function last(p: Problem, most: f64): i32 {
  let k = p.active;
  let f = p.violation + (<usize>k << 3);
  let u = p.noUp + (<usize>k << 3);
  const m = f64x2.splat(most);
  for (; k >= 4; k -= 4) {
    f -= 32;
    u -= 32;
    const x = f64x2.eq(f64x2.add(v128.load(u), v128.load(f)), m);
    const y = f64x2.eq(f64x2.add(v128.load(u, 16), v128.load(f, 16)), m);
    if (v128.any_true(v128.or(x, y))) {
      const high = i64x2.bitmask(y);
      return high ? k - 1 - (high == 1 ? 1 : 0) : k - 3 - (i64x2.bitmask(x) == 1 ? 1 : 0);
    }
  }
  while (k > 0) {
    k--;
    f -= 8;
    u -= 8;
    if (load<f64>(u) + load<f64>(f) == most) return k;
  }
  return -1;
}
