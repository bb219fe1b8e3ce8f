import { float32, int64 } from "../../dtype/dtype.js";
import { heapI32 } from "../../memory/wasm-memory.js";
import type { AxisWindows, Windows } from "../../ops/pool/windows.js";
import type { Strided } from "../../strided/strided.js";
import { abandon, begin, end, give, scratch, take } from "../call.js";
import { wasm } from "../instance.js";

const LEAST = 512;

/** Start, first and last tap of each window of an axis, where kernels read them; 0 if there is no room. */
function tableOf(a: AxisWindows): number {
  const ptr = scratch(a.count * 12);
  if (ptr === 0) return 0;
  let at = ptr >>> 2;
  for (let i = 0; i < a.count; i++) {
    heapI32[at++] = a.start[i]!;
    heapI32[at++] = a.lo[i]!;
    heapI32[at++] = a.hi[i]!;
  }
  return ptr;
}

/** The largest element of every window of row-major planes and its position, or declines. */
export function fastMaxPool(x: Strided, [d, h, w]: Windows, y: Strided, index: Strided): boolean {
  if (y.size < LEAST || x.dtype !== float32 || !x.contiguous || !y.contiguous || !index.contiguous)
    return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const px = take(x);
  const td = px && tableOf(d);
  const th = td && tableOf(h);
  const tw = th && tableOf(w);
  const py = tw && give(y);
  const pi = py && give(index);
  if (!pi) return abandon();
  const plane = d.length * h.length * w.length;
  e.max_pool_f32(
    px,
    x.size / plane,
    plane,
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
    py,
    pi,
  );
  end();
  return true;
}

/** Puts elements at the places of row-major planes that `index` names, or declines. Places must lie in the planes. */
export function fastMaxUnpool(
  x: Strided,
  index: Strided,
  perPlane: number,
  y: Strided,
  plane: number,
  accumulate: boolean,
): boolean {
  if (x.size < LEAST || x.dtype !== float32 || index.dtype !== int64) return false;
  if (!x.contiguous || !index.contiguous || !y.contiguous) return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const px = take(x);
  const pi = px && take(index);
  const to = pi && give(y);
  if (!to || !e.places_fit(pi, x.size, plane)) return abandon();
  e.max_unpool_f32(px, pi, x.size / perPlane, perPlane, plane, to, accumulate ? 1 : 0);
  end();
  return true;
}
