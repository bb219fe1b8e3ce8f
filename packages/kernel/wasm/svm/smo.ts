import { f64At, Problem, rowOf, two } from "./problem";
import { step } from "./step";

const TAU: f64 = 1e-12;

/** Up to `budget` steps with working sets of second order information; how many were made, fewer at the optimum. */
export function smo_run(p: Problem, budget: i32): i32 {
  for (let made = 0; made < budget; made++) {
    if (p.next < 0) first(p);
    if (p.most == -Infinity) return made;
    const j = partner(p, p.next);
    if (j < 0) return made;
    step(p, p.next, j);
  }
  return budget;
}

/** Whose violation upwards is the largest. */
function first(p: Problem): void {
  let most: f64 = -Infinity;
  let next = -1;
  for (let t = 0; t < p.active; t++) {
    const v = f64At(p.noUp, t) + f64At(p.violation, t);
    if (v >= most) {
      most = v;
      next = t;
    }
  }
  p.most = most;
  p.next = next;
}

// @ts-ignore: decorator
@inline
function changeOf(gap: v128, own: v128, diagonal: v128, row: v128): v128 {
  const c = f64x2.sub(f64x2.add(own, diagonal), f64x2.add(row, row));
  const curvature = v128.bitselect(c, f64x2.splat(TAU), f64x2.gt(c, f64x2.splat(0)));
  return f64x2.neg(f64x2.div(f64x2.mul(gap, gap), curvature));
}

/** With whom a step of i lowers the objective most, the last of several; −1 at the optimum. */
function partner(p: Problem, i: i32): i32 {
  const active = p.active;
  const most = p.most;
  const own = f64At(p.diagonal, i);
  let row = rowOf(p, i, active);
  let f = p.violation;
  let d = p.noDown;
  let g = p.diagonal;
  const vmost = f64x2.splat(most);
  const vown = f64x2.splat(own);
  const zero = f64x2.splat(0);
  let least0 = f64x2.splat(Infinity);
  let least1 = least0;
  let best0 = least0;
  let best1 = least0;
  let at0 = i64x2.splat(-1);
  let at1 = at0;
  let here = i64x2(0, 1);
  const by = i64x2.splat(4);
  const half = i64x2.splat(2);
  let k = 0;
  for (; k + 4 <= active; k += 4) {
    const v = f64x2.add(v128.load(d), v128.load(f));
    const w = f64x2.add(v128.load(d, 16), v128.load(f, 16));
    least0 = f64x2.pmin(least0, v);
    least1 = f64x2.pmin(least1, w);
    const gv = f64x2.sub(vmost, v);
    const gw = f64x2.sub(vmost, w);
    const mv = f64x2.gt(gv, zero);
    const mw = f64x2.gt(gw, zero);
    // Near the optimum few are left that could be the partner.
    if (v128.any_true(v128.or(mv, mw))) {
      const cv = changeOf(gv, vown, v128.load(g), two(row));
      const cw = changeOf(gw, vown, v128.load(g, 16), two(row + 8));
      const m = v128.and(mv, f64x2.le(cv, best0));
      const l = v128.and(mw, f64x2.le(cw, best1));
      best0 = v128.bitselect(cv, best0, m);
      best1 = v128.bitselect(cw, best1, l);
      at0 = v128.bitselect(here, at0, m);
      at1 = v128.bitselect(i64x2.add(here, half), at1, l);
    }
    here = i64x2.add(here, by);
    f += 32;
    d += 32;
    g += 32;
    row += 16;
  }
  const low = f64x2.pmin(least0, least1);
  let least = min(f64x2.extract_lane(low, 0), f64x2.extract_lane(low, 1));
  let best = f64x2.extract_lane(best0, 0);
  let j = <i32>i64x2.extract_lane(at0, 0);
  for (let lane = 1; lane < 4; lane++) {
    const c =
      lane == 1
        ? f64x2.extract_lane(best0, 1)
        : lane == 2
          ? f64x2.extract_lane(best1, 0)
          : f64x2.extract_lane(best1, 1);
    const at = <i32>(
      lane == 1
        ? i64x2.extract_lane(at0, 1)
        : lane == 2
          ? i64x2.extract_lane(at1, 0)
          : i64x2.extract_lane(at1, 1)
    );
    if (c < best || (c == best && at > j)) {
      best = c;
      j = at;
    }
  }
  for (; k < active; k++) {
    const v = load<f64>(d) + load<f64>(f);
    if (v < least) least = v;
    const gap = most - v;
    if (gap > 0) {
      const c = own + load<f64>(g) - 2 * <f64>load<f32>(row);
      const change = -(gap * gap) / (c > 0 ? c : TAU);
      if (change <= best) {
        best = change;
        j = k;
      }
    }
    f += 8;
    d += 8;
    g += 8;
    row += 4;
  }
  return most - least < p.tolerance ? -1 : j;
}
