import type { QMatrix } from "./q-matrix.js";

/** min ½ αᵀQα + pᵀα with yᵀα fixed and 0 ≤ αᵢ ≤ Cᵢ, from a feasible start. */
export interface DualProblem {
  readonly q: QMatrix;
  readonly p: Float64Array;
  readonly y: Int8Array;
  /** The start; the solution when solved. */
  readonly alpha: Float64Array;
  readonly upper: Float64Array;
}

export interface StoppingRule {
  /** Largest violation of the optimality conditions. */
  readonly tolerance: number;
  readonly shrinking: boolean;
  /** −1 for no limit. */
  readonly maxIterations: number;
}

export interface DualSolution {
  readonly rho: number;
  /** The margin of ν problems, by which their solution is scaled. */
  readonly scale: number;
  readonly objective: number;
  readonly iterations: number;
  readonly stoppedEarly: boolean;
}

const TAU = 1e-12;
export const LOWER = 0;
export const UPPER = 1;
export const FREE = 2;

/**
 * Sequential minimal optimisation with working sets of second order information, shrinking and gradient reconstruction.
 *
 * Source: R.-E. Fan, P.-H. Chen, C.-J. Lin, "Working Set Selection Using Second Order Information" (2005), and the steps
 * of LIBSVM 3.x, whose ties, rounding and stopping rule it follows.
 */
export class Smo {
  protected readonly n: number;
  protected active: number;
  protected readonly q: QMatrix;
  protected readonly y: Int8Array;
  protected readonly gradient: Float64Array;
  protected readonly status: Uint8Array;
  /** y in the gradient's type, which loops over samples multiply by. */
  private readonly sign: Float64Array;
  /** What keeps a sample from moving by +yᵢ (−∞ at that bound, else 0) and by −yᵢ (∞), added to −yᵢ times its gradient. */
  private readonly noUp: Float64Array;
  private readonly noDown: Float64Array;
  /** The first of the next pair, where the last step has found it along the way. */
  private next = -1;
  private nextMost = -Infinity;
  protected readonly tolerance: number;
  protected i = -1;
  protected j = -1;
  private readonly p: Float64Array;
  private readonly alpha: Float64Array;
  private readonly upper: Float64Array;
  private readonly order: Int32Array;
  /** The gradient's part that comes from α at their upper bounds. */
  private readonly bounded: Float64Array;
  private unshrunk = false;

  constructor(
    private readonly problem: DualProblem,
    private readonly rule: StoppingRule,
  ) {
    const { alpha, p, y, upper, q } = problem;
    this.q = q;
    this.n = alpha.length;
    this.active = this.n;
    this.y = y.slice();
    this.p = p.slice();
    this.alpha = alpha.slice();
    this.upper = upper.slice();
    this.tolerance = rule.tolerance;
    this.order = Int32Array.from({ length: this.n }, (_, i) => i);
    this.status = new Uint8Array(this.n);
    this.gradient = this.p.slice();
    this.bounded = new Float64Array(this.n);
    this.sign = Float64Array.from(y);
    this.noUp = new Float64Array(this.n);
    this.noDown = new Float64Array(this.n);
  }

  solve(): DualSolution {
    const { n, rule } = this;
    for (let i = 0; i < n; i++) this.note(i);
    this.startGradient();
    let iterations = 0;
    let countdown = Math.min(n, 1000) + 1;
    let stoppedEarly = false;
    for (;;) {
      if (rule.maxIterations !== -1 && iterations >= rule.maxIterations) {
        stoppedEarly = true;
        break;
      }
      if (--countdown === 0) {
        countdown = Math.min(n, 1000);
        if (rule.shrinking) {
          this.shrink();
          this.next = -1;
        }
      }
      if (!this.select()) {
        this.reconstruct();
        this.active = n;
        this.next = -1;
        if (!this.select()) break;
        countdown = 1;
      }
      iterations++;
      this.step(this.i, this.j);
    }
    const { rho, scale } = this.offsets();
    let objective = 0;
    for (let i = 0; i < n; i++) objective += this.alpha[i]! * (this.gradient[i]! + this.p[i]!);
    for (let i = 0; i < n; i++) this.problem.alpha[this.order[i]!] = this.alpha[i]!;
    return { rho, scale, objective: objective / 2, iterations, stoppedEarly };
  }

  private note(i: number): void {
    const a = this.alpha[i]!;
    const status = a >= this.upper[i]! ? UPPER : a <= 0 ? LOWER : FREE;
    this.status[i] = status;
    const positive = this.y[i] === 1;
    this.noUp[i] = status === (positive ? UPPER : LOWER) ? -Infinity : 0;
    this.noDown[i] = status === (positive ? LOWER : UPPER) ? Infinity : 0;
  }
  protected atUpper(i: number): boolean {
    return this.status[i] === UPPER;
  }
  protected atLower(i: number): boolean {
    return this.status[i] === LOWER;
  }

  private startGradient(): void {
    const { n, gradient, bounded } = this;
    for (let i = 0; i < n; i++) {
      if (this.atLower(i)) continue;
      const row = this.q.row(i, n);
      const a = this.alpha[i]!;
      for (let j = 0; j < n; j++) gradient[j]! += a * row[j]!;
      if (this.atUpper(i)) for (let j = 0; j < n; j++) bounded[j]! += this.upper[i]! * row[j]!;
    }
  }

  /** Solves the problem in αᵢ and αⱼ alone, and follows with the gradient. */
  private step(i: number, j: number): void {
    const { active, alpha, gradient, upper, n, y, sign, noUp } = this;
    const rowI = this.q.row(i, active);
    const rowJ = this.q.row(j, active);
    const [ci, cj] = [upper[i]!, upper[j]!];
    const [oldI, oldJ] = [alpha[i]!, alpha[j]!];
    const { diagonal } = this.q;
    let [ai, aj] = [oldI, oldJ];
    if (y[i] !== y[j]) {
      let curvature = diagonal[i]! + diagonal[j]! + 2 * rowI[j]!;
      if (curvature <= 0) curvature = TAU;
      const delta = (-gradient[i]! - gradient[j]!) / curvature;
      const difference = ai - aj;
      ai += delta;
      aj += delta;
      if (difference > 0) {
        if (aj < 0) [ai, aj] = [difference, 0];
      } else if (ai < 0) [ai, aj] = [0, -difference];
      if (difference > ci - cj) {
        if (ai > ci) [ai, aj] = [ci, ci - difference];
      } else if (aj > cj) [ai, aj] = [cj + difference, cj];
    } else {
      let curvature = diagonal[i]! + diagonal[j]! - 2 * rowI[j]!;
      if (curvature <= 0) curvature = TAU;
      const delta = (gradient[i]! - gradient[j]!) / curvature;
      const sum = ai + aj;
      ai -= delta;
      aj += delta;
      if (sum > ci) {
        if (ai > ci) [ai, aj] = [ci, sum - ci];
      } else if (aj < 0) [ai, aj] = [sum, 0];
      if (sum > cj) {
        if (aj > cj) [ai, aj] = [sum - cj, cj];
      } else if (ai < 0) [ai, aj] = [0, sum];
    }
    alpha[i] = ai;
    alpha[j] = aj;
    const [di, dj] = [ai - oldI, aj - oldJ];
    const [wasI, wasJ] = [this.atUpper(i), this.atUpper(j)];
    this.note(i);
    this.note(j);
    let most = -Infinity;
    let next = -1;
    for (let k = 0; k < active; k++) {
      const g = gradient[k]! + (rowI[k]! * di + rowJ[k]! * dj);
      gradient[k] = g;
      const violation = noUp[k]! - sign[k]! * g;
      if (violation >= most) {
        most = violation;
        next = k;
      }
    }
    this.next = next;
    this.nextMost = most;
    if (wasI !== this.atUpper(i)) this.moveBound(this.q.row(i, n), wasI ? -ci : ci);
    if (wasJ !== this.atUpper(j)) this.moveBound(this.q.row(j, n), wasJ ? -cj : cj);
  }

  private moveBound(row: Float32Array, by: number): void {
    const { bounded, n } = this;
    for (let k = 0; k < n; k++) bounded[k]! += by * row[k]!;
  }

  /** Computes the gradient of what was shrunk away. */
  protected reconstruct(): void {
    const { active, n, gradient, bounded, p, alpha, status } = this;
    if (active === n) return;
    for (let j = active; j < n; j++) gradient[j] = bounded[j]! + p[j]!;
    let free = 0;
    for (let j = 0; j < active; j++) if (status[j] === FREE) free++;
    if (free * n > 2 * active * (n - active)) {
      for (let i = active; i < n; i++) {
        const row = this.q.row(i, active);
        for (let j = 0; j < active; j++) if (status[j] === FREE) gradient[i]! += alpha[j]! * row[j]!;
      }
      return;
    }
    for (let i = 0; i < active; i++) {
      if (status[i] !== FREE) continue;
      const row = this.q.row(i, n);
      const a = alpha[i]!;
      for (let j = active; j < n; j++) gradient[j]! += a * row[j]!;
    }
  }

  /** Finds the pair to work on into `i` and `j`; `false` at the optimum. */
  protected select(): boolean {
    if (this.next === -1) this.first();
    const { active, sign, gradient, noDown, next: i, nextMost: most } = this;
    if (most === -Infinity) return false;
    const { diagonal } = this.q;
    const row = this.q.row(i, active);
    const own = diagonal[i]!;
    // yᵢ yⱼ Qᵢⱼ is the kernel's own value.
    const twice = -2 * sign[i]!;
    let least = Infinity;
    let best = Infinity;
    let j = -1;
    for (let t = 0; t < active; t++) {
      const y = sign[t]!;
      const violation = noDown[t]! - y * gradient[t]!;
      if (violation < least) least = violation;
      const gap = most - violation;
      if (!(gap > 0)) continue;
      const curvature = own + diagonal[t]! + twice * y * row[t]!;
      const change = -(gap * gap) / (curvature > 0 ? curvature : TAU);
      if (change <= best) {
        j = t;
        best = change;
      }
    }
    if (most - least < this.tolerance || j === -1) return false;
    this.i = i;
    this.j = j;
    return true;
  }

  private first(): void {
    const { active, sign, gradient, noUp } = this;
    let most = -Infinity;
    let i = -1;
    for (let t = 0; t < active; t++) {
      const violation = noUp[t]! - sign[t]! * gradient[t]!;
      if (violation >= most) {
        most = violation;
        i = t;
      }
    }
    this.next = i;
    this.nextMost = most;
  }

  /**
   * The second of the pair: the one whose step lowers the objective most, where the first is `ip` for samples of y = 1
   * and `im` for y = −1, and the largest violations in either direction.
   */
  protected partner(ip: number, mostP: number, im: number, mostM: number): PartnerSearch {
    const { active, y, gradient, status } = this;
    const { diagonal } = this.q;
    const rowP = ip === -1 ? null : this.q.row(ip, active);
    const rowM = im === -1 ? null : im === ip ? rowP : this.q.row(im, active);
    // yᵢ yⱼ Qᵢⱼ is the kernel's own value: one sign a row and side.
    const signP = ip === -1 ? 0 : -2 * y[ip]!;
    const signM = im === -1 ? 0 : 2 * y[im]!;
    const ownP = ip === -1 ? 0 : diagonal[ip]!;
    const ownM = im === -1 ? 0 : diagonal[im]!;
    let [positive, negative] = [-Infinity, -Infinity];
    let best = Infinity;
    let j = -1;
    for (let t = 0; t < active; t++) {
      const g = gradient[t]!;
      let gap: number;
      let curvature: number;
      if (y[t] === 1) {
        if (status[t] === LOWER) continue;
        gap = mostP + g;
        if (g >= positive) positive = g;
        if (!(gap > 0)) continue;
        curvature = ownP + diagonal[t]! + signP * rowP![t]!;
      } else {
        if (status[t] === UPPER) continue;
        gap = mostM - g;
        if (-g >= negative) negative = -g;
        if (!(gap > 0)) continue;
        curvature = ownM + diagonal[t]! + signM * rowM![t]!;
      }
      const change = -(gap * gap) / (curvature > 0 ? curvature : TAU);
      if (change <= best) {
        j = t;
        best = change;
      }
    }
    return { j, positive, negative };
  }

  /** Largest violations upwards and downwards, of y = 1 and y = −1. */
  protected extremes(): Extremes {
    const { active, y, gradient, status } = this;
    let [upP, downP, upM, downM] = [-Infinity, -Infinity, -Infinity, -Infinity];
    for (let t = 0; t < active; t++) {
      const g = gradient[t]!;
      if (y[t] === 1) {
        if (status[t] !== UPPER && -g > upP) upP = -g;
        if (status[t] !== LOWER && g > downP) downP = g;
      } else {
        if (status[t] !== LOWER && g > upM) upM = g;
        if (status[t] !== UPPER && -g > downM) downM = -g;
      }
    }
    return { upP, downP, upM, downM };
  }

  /** The violations that decide about shrinking: for ordinary problems both signs of y together. */
  protected shrinkBounds(e: Extremes): Extremes {
    const [up, down] = [Math.max(e.upP, e.upM), Math.max(e.downP, e.downM)];
    return { upP: up, downP: down, upM: up, downM: down };
  }

  /** Leaves out what will likely stay at its bound. */
  private shrink(): void {
    const bounds = this.shrinkBounds(this.extremes());
    const violation = Math.max(bounds.upP + bounds.downP, bounds.upM + bounds.downM);
    if (!this.unshrunk && violation <= this.tolerance * 10) {
      this.unshrunk = true;
      this.reconstruct();
      this.active = this.n;
    }
    for (let i = 0; i < this.active; i++) {
      if (!this.idle(i, bounds)) continue;
      this.active--;
      while (this.active > i) {
        if (!this.idle(this.active, bounds)) {
          this.swap(i, this.active);
          break;
        }
        this.active--;
      }
    }
  }

  private idle(i: number, { upP, downP, upM, downM }: Extremes): boolean {
    const g = this.gradient[i]!;
    const positive = this.y[i] === 1;
    if (this.atUpper(i)) return -g > (positive ? upP : downM);
    if (this.atLower(i)) return g > (positive ? downP : upM);
    return false;
  }

  private swap(i: number, j: number): void {
    this.q.swap(i, j);
    for (const x of [
      this.y,
      this.sign,
      this.noUp,
      this.noDown,
      this.gradient,
      this.status,
      this.alpha,
      this.p,
      this.order,
      this.bounded,
      this.upper,
    ]) {
      const v = x[i]!;
      x[i] = x[j]!;
      x[j] = v;
    }
  }

  /** ρ of the decision function Σ αᵢ yᵢ K(xᵢ, x) − ρ. */
  protected offsets(): { rho: number; scale: number } {
    const { active, y, gradient } = this;
    let [upper, lower, sum, free] = [Infinity, -Infinity, 0, 0];
    for (let i = 0; i < active; i++) {
      const g = y[i]! * gradient[i]!;
      if (this.atUpper(i)) {
        if (y[i] === -1) upper = Math.min(upper, g);
        else lower = Math.max(lower, g);
      } else if (this.atLower(i)) {
        if (y[i] === 1) upper = Math.min(upper, g);
        else lower = Math.max(lower, g);
      } else {
        free++;
        sum += g;
      }
    }
    return { rho: free > 0 ? sum / free : (upper + lower) / 2, scale: 1 };
  }
}

export interface PartnerSearch {
  readonly j: number;
  readonly positive: number;
  readonly negative: number;
}

export interface Extremes {
  readonly upP: number;
  readonly downP: number;
  readonly upM: number;
  readonly downM: number;
}
