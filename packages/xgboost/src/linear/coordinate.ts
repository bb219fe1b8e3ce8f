import type { Matrix } from "../data/matrix.js";
import { f32 } from "../numeric/float32.js";

/** The change of one weight by its gradient sums, with the two penalties. */
export function coordinateDelta(
  grad: number,
  hess: number,
  w: number,
  alpha: number,
  lambda: number,
): number {
  if (hess < HESS_LEAST) return 0;
  const g = grad + lambda * w;
  const h = hess + lambda;
  return w - g / h >= 0 ? Math.max(-(g + alpha) / h, -w) : Math.min(-(g - alpha) / h, -w);
}
const HESS_LEAST = f32(1e-5);

/** One round of coordinate descent: gradients that are kept up to date while weights change. */
export class LinearTask {
  constructor(
    private readonly matrix: Matrix,
    /** Interleaved pairs, row-major; written to. */
    private readonly gpair: Float32Array,
    /** As `GBLinearModel.weights`; written to. */
    private readonly weights: Float32Array,
    readonly numFeature: number,
    readonly groups: number,
    readonly rate: number,
    readonly alpha: number,
    readonly lambda: number,
    readonly topK: number,
  ) {}

  weight(feature: number, group: number): number {
    return this.weights[feature * this.groups + group]!;
  }

  /** Sums of g·x and h·x² over a feature's rows. */
  gradient(feature: number, group: number): [number, number] {
    const { indptr, rows, values } = this.matrix.columns;
    const { gpair, groups } = this;
    let [g, h] = [0, 0];
    for (let k = indptr[feature]!; k < indptr[feature + 1]!; k++) {
      const at = 2 * (rows[k]! * groups + group);
      const hess = gpair[at + 1]!;
      if (hess < 0) continue;
      const v = values[k]!;
      g += f32(gpair[at]! * v);
      h += f32(f32(hess * v) * v);
    }
    return [g, h];
  }

  updateBias(group: number): void {
    const { gpair, groups } = this;
    let [g, h] = [0, 0];
    for (let at = 2 * group; at < gpair.length; at += 2 * groups)
      if (gpair[at + 1]! >= 0) {
        g += gpair[at]!;
        h += gpair[at + 1]!;
      }
    const step = -g / h;
    const d = f32(this.rate * (Number.isFinite(step) ? step : 0));
    this.weights[this.numFeature * groups + group]! += d;
    if (d === 0) return;
    for (let at = 2 * group; at < gpair.length; at += 2 * groups)
      if (gpair[at + 1]! >= 0) gpair[at]! += f32(gpair[at + 1]! * d);
  }

  updateFeature(feature: number, group: number): void {
    const { gpair, groups } = this;
    const [g, h] = this.gradient(feature, group);
    const w = this.weight(feature, group);
    const d = f32(this.rate * coordinateDelta(g, h, w, this.alpha, this.lambda));
    this.weights[feature * groups + group]! += d;
    if (d === 0) return;
    const { indptr, rows, values } = this.matrix.columns;
    for (let k = indptr[feature]!; k < indptr[feature + 1]!; k++) {
      const at = 2 * (rows[k]! * groups + group);
      const hess = gpair[at + 1]!;
      if (hess >= 0) gpair[at]! += f32(f32(hess * values[k]!) * d);
    }
  }
}
