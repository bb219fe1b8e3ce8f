import type { SolverMemory } from "./memory.js";
import type { QMatrix } from "./q-matrix.js";
import { SmoKernel } from "./smo-kernel.js";

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

export const TAU = 1e-12;

/** A solver's arrays, with one element a sample in its order. */
export interface SmoArrays {
  readonly sign: Float64Array<ArrayBuffer>;
  /** −yᵢGᵢ of the gradient G: by how much a sample wants to move by +yᵢ. */
  readonly violation: Float64Array<ArrayBuffer>;
  /** What keeps a sample from moving by +yᵢ (−∞ at that bound, else 0) and by −yᵢ (∞), added to its violation. */
  readonly noUp: Float64Array<ArrayBuffer>;
  readonly noDown: Float64Array<ArrayBuffer>;
  readonly alpha: Float64Array<ArrayBuffer>;
  readonly upper: Float64Array<ArrayBuffer>;
  /** The violations' part that comes from α at their upper bounds. */
  readonly bounded: Float64Array<ArrayBuffer>;
}

/**
 * Sequential minimal optimisation with working sets of second order information, shrinking and gradient reconstruction.
 *
 * Source: R.-E. Fan, P.-H. Chen, C.-J. Lin, "Working Set Selection Using Second Order Information" (2005), and the steps
 * of LIBSVM 3.x, whose ties, rounding and stopping rule it follows. Instead of gradients and of Q, violations and the
 * kernel's own values are kept: signs do not round.
 */
export class Smo implements SmoArrays {
  protected readonly n: number;
  active: number;
  readonly q: QMatrix;
  readonly sign: Float64Array<ArrayBuffer>;
  readonly violation: Float64Array<ArrayBuffer>;
  readonly noUp: Float64Array<ArrayBuffer>;
  readonly noDown: Float64Array<ArrayBuffer>;
  readonly alpha: Float64Array<ArrayBuffer>;
  readonly upper: Float64Array<ArrayBuffer>;
  readonly bounded: Float64Array<ArrayBuffer>;
  /** The first of the next pair, where the last step has found it along the way. */
  next = -1;
  nextMost = -Infinity;
  readonly tolerance: number;
  protected i = -1;
  protected j = -1;
  private readonly p: Float64Array;
  private readonly order: Int32Array;
  private unshrunk = false;
  /** Steps by kernels, where there are any. */
  private readonly fast: SmoKernel | null;
  protected readonly kernel: "smo_run" | "nu_run" = "smo_run";

  constructor(
    private readonly problem: DualProblem,
    private readonly rule: StoppingRule,
    memory: SolverMemory,
  ) {
    const { q, y } = problem;
    const n = y.length;
    this.q = q;
    this.n = n;
    this.active = n;
    this.p = problem.p.slice();
    this.tolerance = rule.tolerance;
    this.order = new Int32Array(n);
    const array = (): Float64Array<ArrayBuffer> => memory.f64(n);
    this.sign = array();
    this.violation = array();
    this.noUp = array();
    this.noDown = array();
    this.alpha = array();
    this.upper = array();
    this.bounded = array();
    this.alpha.set(problem.alpha);
    this.upper.set(problem.upper);
    for (let i = 0; i < n; i++) {
      this.order[i] = i;
      this.sign[i] = y[i]!;
      this.violation[i] = -y[i]! * this.p[i]!;
      this.note(i);
    }
    this.fast = SmoKernel.of(this, q, memory);
  }

  solve(): DualSolution {
    const { n, rule } = this;
    const most = rule.maxIterations === -1 ? Infinity : rule.maxIterations;
    const period = Math.min(n, 1000);
    this.start();
    let iterations = 0;
    let left = period;
    let stoppedEarly = false;
    for (;;) {
      if (iterations >= most) {
        stoppedEarly = true;
        break;
      }
      if (left === 0) {
        left = period;
        if (rule.shrinking) this.shrink();
      }
      const budget = Math.min(left, most - iterations);
      let made = this.advance(budget);
      iterations += made;
      left -= made;
      if (made === budget) continue;
      this.reconstruct();
      this.active = n;
      this.next = -1;
      made = this.advance(1);
      if (made === 0) break;
      iterations++;
      left = 0;
    }
    const { rho, scale } = this.offsets();
    let objective = 0;
    for (let i = 0; i < n; i++)
      objective += this.alpha[i]! * (-this.sign[i]! * this.violation[i]! + this.p[i]!);
    for (let i = 0; i < n; i++) this.problem.alpha[this.order[i]!] = this.alpha[i]!;
    return { rho, scale, objective: objective / 2, iterations, stoppedEarly };
  }

  /** Up to `budget` steps; how many were made, fewer at the optimum of the active samples. */
  private advance(budget: number): number {
    if (this.fast) return this.fast.run(this, this.kernel, budget);
    for (let made = 0; made < budget; made++) {
      if (!this.select()) return made;
      this.step(this.i, this.j);
    }
    return budget;
  }

  private note(i: number): void {
    const a = this.alpha[i]!;
    const top = a >= this.upper[i]!;
    const bottom = !top && a <= 0;
    const positive = this.sign[i]! > 0;
    this.noUp[i] = (positive ? top : bottom) ? -Infinity : 0;
    this.noDown[i] = (positive ? bottom : top) ? Infinity : 0;
  }
  protected atUpper(i: number): boolean {
    return this.sign[i]! > 0 ? this.noUp[i]! < 0 : this.noDown[i]! > 0;
  }
  protected atLower(i: number): boolean {
    return this.sign[i]! > 0 ? this.noDown[i]! > 0 : this.noUp[i]! < 0;
  }
  private isFree(i: number): boolean {
    return this.noUp[i] === 0 && this.noDown[i] === 0;
  }

  /** x −= by·row for from ≤ k < to. */
  private subtract(x: Float64Array<ArrayBuffer>, row: number, from: number, to: number, by: number): void {
    if (this.fast) {
      this.fast.subtract(x, row, from, to, by);
      return;
    }
    const { cells } = this.q;
    for (let k = from; k < to; k++) x[k]! -= by * cells[row + k]!;
  }

  private start(): void {
    const { n, alpha, upper, sign } = this;
    for (let i = 0; i < n; i++) {
      if (this.atLower(i)) continue;
      const row = this.q.row(i, n);
      this.subtract(this.violation, row, 0, n, sign[i]! * alpha[i]!);
      if (this.atUpper(i)) this.subtract(this.bounded, row, 0, n, sign[i]! * upper[i]!);
    }
  }

  /** Solves the problem in αᵢ and αⱼ alone, and follows with the violations. */
  private step(i: number, j: number): void {
    const { active, alpha, violation, upper, n, sign, noUp, q } = this;
    const rowI = q.row(i, active);
    const rowJ = q.row(j, active);
    const { cells, diagonal } = q;
    const [ci, cj] = [upper[i]!, upper[j]!];
    const [oldI, oldJ] = [alpha[i]!, alpha[j]!];
    const [gi, gj] = [-sign[i]! * violation[i]!, -sign[j]! * violation[j]!];
    let [ai, aj] = [oldI, oldJ];
    let curvature = diagonal[i]! + diagonal[j]! - 2 * cells[rowI + j]!;
    if (curvature <= 0) curvature = TAU;
    if (sign[i] !== sign[j]) {
      const delta = (-gi - gj) / curvature;
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
      const delta = (gi - gj) / curvature;
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
    const [di, dj] = [sign[i]! * (ai - oldI), sign[j]! * (aj - oldJ)];
    this.note(i);
    this.note(j);
    let most = -Infinity;
    let next = -1;
    for (let k = 0; k < active; k++) {
      const f = violation[k]! - (cells[rowI + k]! * di + cells[rowJ + k]! * dj);
      violation[k] = f;
      const v = noUp[k]! + f;
      if (v >= most) {
        most = v;
        next = k;
      }
    }
    this.next = next;
    this.nextMost = most;
    const moved = (k: number, old: number, c: number): void => {
      if (old >= c === this.atUpper(k)) return;
      this.subtract(this.bounded, q.row(k, n), 0, n, sign[k]! * (old >= c ? -c : c));
    };
    moved(i, oldI, ci);
    moved(j, oldJ, cj);
  }

  /** Computes the violations of what was shrunk away. */
  protected reconstruct(): void {
    const { active, n, violation, bounded, p, alpha, sign, q } = this;
    if (active === n) return;
    for (let j = active; j < n; j++) violation[j] = bounded[j]! - sign[j]! * p[j]!;
    const free: number[] = [];
    for (let j = 0; j < active; j++) if (this.isFree(j)) free.push(j);
    if (free.length * n > 2 * active * (n - active)) {
      for (let i = active; i < n; i++) {
        const row = q.row(i, active);
        let f = violation[i]!;
        for (const j of free) f -= sign[j]! * alpha[j]! * q.cells[row + j]!;
        violation[i] = f;
      }
      return;
    }
    for (const i of free) this.subtract(violation, q.row(i, n), active, n, sign[i]! * alpha[i]!);
  }

  /** Finds the pair to work on into `i` and `j`; `false` at the optimum. */
  protected select(): boolean {
    if (this.next === -1) this.first();
    const { active, violation, noDown, next: i, nextMost: most, q } = this;
    if (most === -Infinity) return false;
    const { diagonal, cells } = q;
    const row = q.row(i, active);
    const own = diagonal[i]!;
    let least = Infinity;
    let best = Infinity;
    let j = -1;
    for (let t = 0; t < active; t++) {
      const v = noDown[t]! + violation[t]!;
      if (v < least) least = v;
      const gap = most - v;
      if (!(gap > 0)) continue;
      const curvature = own + diagonal[t]! - 2 * cells[row + t]!;
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
    const { active, violation, noUp } = this;
    let most = -Infinity;
    let i = -1;
    for (let t = 0; t < active; t++) {
      const v = noUp[t]! + violation[t]!;
      if (v >= most) {
        most = v;
        i = t;
      }
    }
    this.next = i;
    this.nextMost = most;
  }

  /** Largest violations upwards and downwards, of y = 1 and y = −1. */
  private extremes(): Extremes {
    const { active, sign, violation, noUp, noDown } = this;
    let [upP, downP, upM, downM] = [-Infinity, -Infinity, -Infinity, -Infinity];
    for (let t = 0; t < active; t++) {
      const up = violation[t]! + noUp[t]!;
      const down = -violation[t]! - noDown[t]!;
      if (sign[t]! > 0) {
        if (up > upP) upP = up;
        if (down > downP) downP = down;
      } else {
        if (up > upM) upM = up;
        if (down > downM) downM = down;
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
    this.next = -1;
  }

  private idle(i: number, { upP, downP, upM, downM }: Extremes): boolean {
    const f = this.violation[i]!;
    const positive = this.sign[i]! > 0;
    if (this.noUp[i]! < 0) return f > (positive ? upP : upM);
    if (this.noDown[i]! > 0) return -f > (positive ? downP : downM);
    return false;
  }

  private swap(i: number, j: number): void {
    this.q.swap(i, j);
    exchange(this.sign, i, j);
    exchange(this.noUp, i, j);
    exchange(this.noDown, i, j);
    exchange(this.violation, i, j);
    exchange(this.alpha, i, j);
    exchange(this.p, i, j);
    exchange(this.bounded, i, j);
    exchange(this.upper, i, j);
    const v = this.order[i]!;
    this.order[i] = this.order[j]!;
    this.order[j] = v;
  }

  /** ρ of the decision function Σ αᵢ yᵢ K(xᵢ, x) − ρ. */
  protected offsets(): { rho: number; scale: number } {
    const { active, violation, noUp, noDown } = this;
    let [upper, lower, sum, free] = [Infinity, -Infinity, 0, 0];
    for (let i = 0; i < active; i++) {
      // Zero without a sign.
      const g = 0 - violation[i]!;
      if (noUp[i]! < 0) lower = Math.max(lower, g);
      else if (noDown[i]! > 0) upper = Math.min(upper, g);
      else {
        free++;
        sum += g;
      }
    }
    return { rho: free > 0 ? sum / free : (upper + lower) / 2, scale: 1 };
  }
}

function exchange(x: Float64Array, i: number, j: number): void {
  const v = x[i]!;
  x[i] = x[j]!;
  x[j] = v;
}

export interface Extremes {
  readonly upP: number;
  readonly downP: number;
  readonly upM: number;
  readonly downM: number;
}
