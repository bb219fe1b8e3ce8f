import { f64At, Problem, rowOf } from "./problem";
import { step } from "./step";

const TAU: f64 = 1e-12;
let second: i32 = 0;

/** `smo_run` for ν problems, whose pairs have one sign. */
export function nu_run(p: Problem, budget: i32): i32 {
  for (let made = 0; made < budget; made++) {
    const i = select(p);
    if (i < 0) return made;
    step(p, i, second);
  }
  return budget;
}

/** The first of a pair, the second is `second`; −1 at the optimum. */
function select(p: Problem): i32 {
  const active = p.active;
  let mostP: f64 = -Infinity;
  let mostM: f64 = -Infinity;
  let ip = -1;
  let im = -1;
  for (let t = 0; t < active; t++) {
    if (f64At(p.noUp, t) < 0) continue;
    const f = f64At(p.violation, t);
    if (f64At(p.sign, t) > 0) {
      if (f >= mostP) {
        mostP = f;
        ip = t;
      }
    } else if (f >= mostM) {
      mostM = f;
      im = t;
    }
  }
  const rowP = ip < 0 ? <usize>0 : rowOf(p, ip, active);
  const rowM = im < 0 ? <usize>0 : rowOf(p, im, active);
  const ownP = ip < 0 ? 0 : f64At(p.diagonal, ip);
  const ownM = im < 0 ? 0 : f64At(p.diagonal, im);
  let leastP: f64 = Infinity;
  let leastM: f64 = Infinity;
  let best: f64 = Infinity;
  let j = -1;
  for (let t = 0; t < active; t++) {
    if (f64At(p.noDown, t) > 0) continue;
    const f = f64At(p.violation, t);
    const positive = f64At(p.sign, t) > 0;
    if (positive) {
      if (f < leastP) leastP = f;
    } else if (f < leastM) leastM = f;
    const gap = (positive ? mostP : mostM) - f;
    if (!(gap > 0)) continue;
    const c =
      (positive ? ownP : ownM) +
      f64At(p.diagonal, t) -
      2 * <f64>load<f32>((positive ? rowP : rowM) + (<usize>t << 2));
    const change = -(gap * gap) / (c > 0 ? c : TAU);
    if (change <= best) {
      best = change;
      j = t;
    }
  }
  if (j < 0 || max(mostP - leastP, mostM - leastM) < p.tolerance) return -1;
  second = j;
  return f64At(p.sign, j) > 0 ? ip : im;
}
