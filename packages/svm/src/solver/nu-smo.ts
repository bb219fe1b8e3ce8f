import { type Extremes, LOWER, Smo, UPPER } from "./smo.js";

/** The same for ν problems, whose sums of α are fixed for each sign of y, so that pairs have one sign. */
export class NuSmo extends Smo {
  protected override select(): boolean {
    const { active, y, gradient, status } = this;
    let [mostP, mostM] = [-Infinity, -Infinity];
    let [ip, im] = [-1, -1];
    for (let t = 0; t < active; t++) {
      if (y[t] === 1) {
        if (status[t] !== UPPER && -gradient[t]! >= mostP) {
          mostP = -gradient[t]!;
          ip = t;
        }
      } else if (status[t] !== LOWER && gradient[t]! >= mostM) {
        mostM = gradient[t]!;
        im = t;
      }
    }
    const { j, positive, negative } = this.partner(ip, mostP, im, mostM);
    if (Math.max(mostP + positive, mostM + negative) < this.tolerance || j === -1) return false;
    this.i = y[j] === 1 ? ip : im;
    this.j = j;
    return true;
  }

  protected override shrinkBounds(e: Extremes): Extremes {
    return e;
  }

  protected override offsets(): { rho: number; scale: number } {
    const { active, y, gradient } = this;
    const sides = [1, -1].map((sign) => {
      let [upper, lower, sum, free] = [Infinity, -Infinity, 0, 0];
      for (let i = 0; i < active; i++) {
        if (y[i] !== sign) continue;
        const g = gradient[i]!;
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
