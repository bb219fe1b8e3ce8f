import { float32 } from "../../dtype/dtype.js";
import { heapF32, heapI32 } from "../../memory/wasm-memory.js";
import type { Strided } from "../../strided/strided.js";
import { abandon, begin, end, give, scratch, takeRows } from "../call.js";
import type { Exports } from "../exports.js";
import { wasm } from "../instance.js";

const LEAST = 256;

const takes = (x: Strided): Exports | null =>
  x.rank === 2 && x.size >= LEAST && x.dtype === float32 ? wasm() : null;

/**
 * log Σ e^x less the logit of the class, for every line of logits `[positions, classes]` whose class is not below 0 (others
 * give 0), or `null`.
 */
export function fastClassLosses(x: Strided, classes: Int32Array): Float64Array | null {
  const e = takes(x);
  if (!e) return null;
  const [lines, n] = x.shape as [number, number];
  begin();
  const from = takeRows(x);
  const sums = from && scratch(lines * 8);
  if (!sums) {
    abandon();
    return null;
  }
  e.log_sums_f32(from, lines, n, sums);
  const losses = new Float64Array(lines);
  for (let k = 0, at = sums >>> 2; k < lines; k++, at += 2) {
    const t = classes[k]!;
    // The maximum goes first: both are close, and what is left of their difference is exact.
    if (t >= 0) losses[k] = Math.log(heapF32[at + 1]!) + (heapF32[at]! - heapF32[(from >>> 2) + k * n + t]!);
  }
  end();
  return losses;
}

/** scale·(softmax(x) − the class's unit) for every line, zeros where the class is below 0; or declines. */
export function fastClassGradients(
  x: Strided,
  classes: Int32Array,
  scales: Float64Array,
  gx: Strided,
): boolean {
  const e = takes(x);
  if (!e) return false;
  const [lines, n] = x.shape as [number, number];
  begin();
  const from = takeRows(x);
  const at = from && scratch(lines * 4);
  const factors = at && scratch(lines * 4);
  const to = factors && give(gx);
  if (!to) return abandon();
  heapI32.set(classes, at >>> 2);
  heapF32.set(scales, factors >>> 2);
  e.cross_entropy_grad_f32(from, lines, n, at, factors, to);
  end();
  return true;
}
