import { f32, RT_EPS } from "../numeric/float32.js";
import type { TrainParam } from "../tree/train-param.js";
import { RowEngine } from "./distributions.js";
import { globalRandom } from "./mt19937.js";

/**
 * Row sampling of the histogram methods, in place: pairs of rows that are left out become zero. `gpair` holds `targets` pairs a row.
 */
export function sampleRows(gpair: Float32Array, targets: number, p: TrainParam): void {
  const rows = gpair.length / (2 * targets);
  const wanted = Math.trunc(f32(rows * p.subsample));
  if (wanted >= rows || rows === 0) return;
  if (p.gradientBased) gradientBased(gpair, targets, rows, wanted);
  else uniform(gpair, targets, rows, p.subsample);
}

function uniform(gpair: Float32Array, targets: number, rows: number, rate: number): void {
  const engine = new RowEngine(globalRandom.next());
  const width = 2 * targets;
  for (let i = 0; i < rows; i++) if (!(engine.double() < rate)) gpair.fill(0, i * width, (i + 1) * width);
}

/** XGBoost's weight of the hessian in the importance of a row. */
const LAMBDA = f32(0.1);

/**
 * Minimal variance sampling: rows are kept with a probability proportional to √(g² + λh²), and kept rows below the threshold are scaled up by it.
 */
function gradientBased(gpair: Float32Array, targets: number, rows: number, wanted: number): void {
  const importance = new Float32Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let t = 0; t < targets; t++) {
      const g = gpair[2 * (i * targets + t)]!;
      const h = gpair[2 * (i * targets + t) + 1]!;
      sum = f32(sum + f32(f32(g * g) + f32(LAMBDA * f32(h * h))));
    }
    importance[i] = Math.sqrt(sum);
  }
  const threshold = thresholdOf(importance, rows, wanted);
  const u = Math.abs(threshold) < RT_EPS ? RT_EPS : threshold;
  const engine = new RowEngine(globalRandom.next());
  const width = 2 * targets;
  for (let i = 0; i < rows; i++) {
    const at = i * width;
    const chance = f32(importance[i]! / u);
    if (gpair[at] === 0 && gpair[at + 1] === 0) continue;
    if (chance >= 1) continue;
    if (engine.float() <= chance) {
      const scale = f32(1 / chance);
      for (let k = at; k < at + width; k++) gpair[k] = gpair[k]! * scale;
    } else gpair.fill(0, at, at + width);
  }
}

/** The importance from which on rows are kept for certain, so that about `wanted` rows are kept. */
function thresholdOf(importance: Float32Array, rows: number, wanted: number): number {
  const sorted = importance.slice().sort();
  const sums = new Float32Array(rows);
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    sum = f32(sum + sorted[i]!);
    sums[i] = sum;
  }
  let low = 0;
  let high = rows - 1;
  while (low <= high) {
    const i = low + ((high - low) >> 1);
    const lower = sorted[i]!;
    const upper = i + 1 < rows ? sorted[i + 1]! : FLT_MAX;
    const rest = f32(f32(wanted) - f32(rows - i - 1));
    if (rest <= 0) {
      low = i + 1;
      continue;
    }
    const u = f32(sums[i]! / rest);
    if (u > lower && u <= upper) return u;
    if (u <= lower) high = i - 1;
    else low = i + 1;
  }
  return wanted === 0 ? FLT_MAX : f32(sums[rows - 1]! / wanted);
}
const FLT_MAX = 3.4028234663852886e38;
