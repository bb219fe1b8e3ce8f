import { f32 } from "./float32.js";
import { ascending } from "./order.js";

/** The alpha-quantile of float32 values, between neighbours on the scale of n + 1 parts. */
export function quantile(alpha: number, values: Float32Array): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  const sorted = values.slice().sort();
  if (alpha <= 1 / (n + 1)) return sorted[0]!;
  if (alpha >= n / (n + 1)) return sorted[n - 1]!;
  const x = alpha * (n + 1);
  const k = Math.floor(x) - 1;
  const d = x - 1 - k;
  const v0 = sorted[k]!;
  return f32(v0 + d * f32(sorted[k + 1]! - v0));
}

/** The first value at which the sum of weights reaches alpha of the whole. */
export function weightedQuantile(alpha: number, values: Float32Array, weights: Float32Array): number {
  const n = values.length;
  if (n === 0) return Number.NaN;
  const order = ascending(values);
  const sums = new Float32Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum = f32(sum + weights[order[i]!]!);
    sums[i] = sum;
  }
  const threshold = f32(sum * alpha);
  let i = 0;
  while (i < n - 1 && sums[i]! < threshold) i++;
  return values[order[i]!]!;
}
