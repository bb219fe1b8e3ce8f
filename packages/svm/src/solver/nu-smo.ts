import { type Extremes, Smo, TAU } from "./smo.js";

/** The same for ν problems, whose sums of α are fixed for each sign of y, so that pairs have one sign. */
export class NuSmo extends Smo {
  protected override readonly kernel = "nu_run";

  protected override select(): boolean {
    const { active, sign, violation, noUp, noDown, q } = this;
    let [mostP, mostM] = [-Infinity, -Infinity];
    let [ip, im] = [-1, -1];
    for (let t = 0; t < active; t++) {
      if (noUp[t]! < 0) continue;
      const f = violation[t]!;
      if (sign[t]! > 0) {
        if (f >= mostP) {
          mostP = f;
          ip = t;
        }
      } else if (f >= mostM) {
        mostM = f;
        im = t;
      }
    }
    const { diagonal, cells } = q;
    const rowP = ip === -1 ? 0 : q.row(ip, active);
    const rowM = im === -1 ? 0 : q.row(im, active);
    const ownP = ip === -1 ? 0 : diagonal[ip]!;
    const ownM = im === -1 ? 0 : diagonal[im]!;
    let [leastP, leastM, best] = [Infinity, Infinity, Infinity];
    let j = -1;
    for (let t = 0; t < active; t++) {
      if (noDown[t]! > 0) continue;
      const f = violation[t]!;
      const positive = sign[t]! > 0;
      if (positive) {
        if (f < leastP) leastP = f;
      } else if (f < leastM) leastM = f;
      const gap = (positive ? mostP : mostM) - f;
      if (!(gap > 0)) continue;
      const curvature = (positive ? ownP : ownM) + diagonal[t]! - 2 * cells[(positive ? rowP : rowM) + t]!;
      const change = -(gap * gap) / (curvature > 0 ? curvature : TAU);
      if (change <= best) {
        j = t;
        best = change;
      }
    }
    if (j === -1 || Math.max(mostP - leastP, mostM - leastM) < this.tolerance) return false;
    this.i = sign[j]! > 0 ? ip : im;
    this.j = j;
    return true;
  }

  protected override shrinkBounds(e: Extremes): Extremes {
    return e;
  }

  protected override offsets(): { rho: number; scale: number } {
    const { active, sign, violation } = this;
    const sides = [1, -1].map((side) => {
      let [upper, lower, sum, free] = [Infinity, -Infinity, 0, 0];
      for (let i = 0; i < active; i++) {
        if (sign[i] !== side) continue;
        const g = 0 - side * violation[i]!;
        if (this.atUpper(i)) lower = Math.max(lower, g);
        else if (this.atLower(i)) upper = Math.min(upper, g);
        else {
          free++;
          sum += g;
        }
      }
      return free > 0 ? sum / free : (upper + lower) / 2;
    });
    return { rho: (sides[0]! - sides[1]!) / 2, scale: (sides[0]! + sides[1]!) / 2 };
  }
}
