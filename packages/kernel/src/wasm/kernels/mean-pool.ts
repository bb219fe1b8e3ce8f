import { float32 } from "../../dtype/dtype.js";
import { heapI32 } from "../../memory/wasm-memory.js";
import type { MeanParams } from "../../ops/pool/mean-engine.js";
import { innerOf, type Planes } from "../../ops/pool/planes.js";
import type { AxisWindows, Windows } from "../../ops/pool/windows.js";
import { abandon, begin, end, giveSpan, scratch, take, takeRows } from "../call.js";
import { wasm } from "../instance.js";

const LEAST = 256;

/** Start, first and last tap of each window of an axis and the taps that count, where kernels read them. */
function tableOf(a: AxisWindows, countPadding: boolean): number {
  const ptr = scratch(a.count * 16);
  if (ptr === 0) return 0;
  let at = ptr >>> 2;
  for (let i = 0; i < a.count; i++) {
    heapI32[at++] = a.start[i]!;
    heapI32[at++] = a.lo[i]!;
    heapI32[at++] = a.hi[i]!;
    heapI32[at++] = countPadding ? a.padded[i]! : a.hi[i]! - a.lo[i]!;
  }
  return ptr;
}

/** Means of all windows of x to y, or `back` from y to x; or declines. */
export function fastMeans(x: Planes, y: Planes, [d, h, w]: Windows, p: MeanParams, back: boolean): boolean {
  if (Math.max(x.array.size, y.array.size) < LEAST || x.array.dtype !== float32) return false;
  const inner = innerOf(x);
  if (inner === 0 || innerOf(y) !== inner || p.divisor === 0 || y.array.size === 0) return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const [from, to] = back ? [y.array, x.array] : [x.array, y.array];
  const given = inner === 1 ? takeRows(from) : take(from);
  const td = given && tableOf(d, p.countPadding === true);
  const th = td && tableOf(h, p.countPadding === true);
  const tw = th && tableOf(w, p.countPadding === true);
  const made = tw && giveSpan(to);
  if (!made) return abandon();
  const [px, py] = back ? [made, given] : [given, made];
  e.mean_pool_f32(
    px,
    x.array.size / (x.length * inner),
    inner,
    x.length,
    h.length,
    w.length,
    d.count,
    d.step,
    td,
    h.count,
    h.step,
    th,
    w.count,
    w.step,
    tw,
    p.divisor ?? 0,
    py,
    Number(back),
  );
  end();
  return true;
}
