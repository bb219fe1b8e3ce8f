import { float32, int64 } from "../../dtype/dtype.js";
import { heapI32 } from "../../memory/wasm-memory.js";
import { innerOf, type Planes } from "../../ops/pool/planes.js";
import type { AxisWindows, Windows } from "../../ops/pool/windows.js";
import { runRanges, threadsFor } from "../../threads/pool.js";
import { abandon, begin, end, flag, giveSpan, scratch, take } from "../call.js";
import { wasm } from "../instance.js";

const SINGLE = [1, 1] as const;

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

/** The {@link innerOf} that all have, if kernels take it; else 0. */
function commonInner(planes: readonly Planes[]): number {
  const inner = innerOf(planes[0]!);
  return (inner === 1 || inner % 4 === 0) && planes.every((p) => innerOf(p) === inner) ? inner : 0;
}

/** The largest element of every window of planes and its position, or declines. */
export function fastMaxPool(from: Planes, [d, h, w]: Windows, to: Planes, places: Planes): boolean {
  const [x, y] = [from.array, to.array];
  if (y.size < LEAST || x.dtype !== float32) return false;
  const inner = commonInner([from, to, places]);
  if (inner === 0) return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const px = take(x);
  const td = px && tableOf(d);
  const th = td && tableOf(h);
  const tw = th && tableOf(w);
  const py = tw && giveSpan(y);
  const pi = py && giveSpan(places.array);
  if (!pi) return abandon();
  const [read, made] = [from.length * inner, to.length * inner];
  const tables = [
    ...[h.length, w.length, d.count, d.step, td],
    ...[h.count, h.step, th, w.count, w.step, tw],
  ];
  runRanges("max_pool_f32", x.size / read, threadsFor(x.size), SINGLE, (i, j) => [
    ...[px + i * read * 4, j - i, inner, from.length],
    ...tables,
    ...[py + i * made * 4, pi + i * made * 8],
  ]);
  end();
  return true;
}

/** Puts elements at the places of planes that `places` names; declines, too, where some do not lie in the planes. */
export function fastMaxUnpool(from: Planes, places: Planes, to: Planes, accumulate: boolean): boolean {
  const [x, index] = [from.array, places.array];
  if (x.size < LEAST || x.dtype !== float32 || index.dtype !== int64) return false;
  const inner = commonInner([from, places, to]);
  if (inner === 0) return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const px = take(x);
  const pi = px && take(index);
  const py = pi && giveSpan(to.array);
  const odd = py && flag();
  if (!odd) return abandon();
  const [read, made] = [from.length * inner, to.length * inner];
  runRanges("max_unpool_f32", x.size / read, threadsFor(to.array.size), SINGLE, (i, j) => [
    ...[px + i * read * 4, pi + i * read * 8, j - i, inner, from.length, to.length],
    ...[py + i * made * 4, accumulate ? 1 : 0, odd],
  ]);
  if (heapI32[odd >>> 2] !== 0) return abandon();
  end();
  return true;
}
