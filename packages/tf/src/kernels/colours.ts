import { ops } from "@cognate/kernel";
import type { Value } from "../shared.js";
import { filled, run } from "./tools.js";

export const channel = (x: Value, k: number): Value =>
  x.slice({ dim: x.shape.length - 1, start: k, step: 1, length: 1 }) as Value;
export const joined = (list: readonly Value[]): Value =>
  run(ops.cat, list, { dim: list[0]!.shape.length - 1 });

/** Hue, saturation and value of red, green and blue. */
export function rgbToHsv(x: Value): Value {
  const [r, g, b] = [channel(x, 0), channel(x, 1), channel(x, 2)];
  const dims = { dims: [x.shape.length - 1], keepdim: true };
  const high = run(ops.amax, [x], dims);
  const range = high.sub(run(ops.amin, [x], dims)) as Value;
  const zero = filled(high, high.shape, 0);
  const one = filled(high, high.shape, 1);
  const positive = high.gt(0) as Value;
  const s = range.div(one.where(positive.logicalNot(), high)).where(positive, zero);
  const moving = range.gt(0) as Value;
  const norm = one.where(moving.logicalNot(), range).mul(6).reciprocal();
  const byRed = g.sub(b).mul(norm);
  const byGreen = b
    .sub(r)
    .mul(norm)
    .add(2 / 6);
  const byBlue = r
    .sub(g)
    .mul(norm)
    .add(4 / 6);
  const isRed = r.eq(high) as Value;
  const isGreen = g.eq(high) as Value;
  const h = byRed.where(isRed, byGreen.where(isGreen, byBlue));
  const still = h.where(moving, zero);
  const wrapped = still.add(1).where(still.lt(0), still);
  return joined([wrapped as Value, s as Value, high]);
}
/** Red, green and blue of hue, saturation and value. */
export function hsvToRgb(x: Value): Value {
  const [h, s, v] = [channel(x, 0), channel(x, 1), channel(x, 2)];
  const six = h.mul(6);
  const clip = (y: ReturnType<typeof six.add>) => y.clampMin(0).clampMax(1);
  const dr = clip(six.sub(3).abs().sub(1));
  const dg = clip(six.sub(2).abs().rsub(2));
  const db = clip(six.sub(4).abs().rsub(2));
  const left = s.rsub(1);
  return joined([dr, dg, db].map((d) => left.add(s.mul(d)).mul(v) as Value));
}
