import { float32 } from "../../dtype/dtype.js";
import { heapF32, heapI32, heapU8 } from "../../memory/wasm-memory.js";
import type { Strided } from "../../strided/strided.js";
import { abandon, begin, end, give, scratch, take, takeRows } from "../call.js";
import { wasm } from "../instance.js";

const LEAST = 256;

/** Rows of n neighbours of a table by their numbers, or declines. */
export function fastRows(w: Strided, ids: ArrayLike<number>, n: number, y: Strided): boolean {
  if (y.size < LEAST || w.dtype !== float32) return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const from = take(w);
  const names = from && scratch(ids.length * 4);
  const to = names && give(y);
  if (!to) return abandon();
  heapI32.set(ids, names >>> 2);
  e.take_rows_f32(from, w.strides[0]!, names, ids.length, n, to);
  end();
  return true;
}

/** Adds rows of g, each times its share (1 if `null`), to the rows of y that ids name; y is all zeros at first. Or declines. */
export function fastAddRows(
  g: Strided,
  ids: ArrayLike<number>,
  shares: Float64Array | null,
  n: number,
  y: Strided,
): boolean {
  if (g.size < LEAST || g.dtype !== float32) return false;
  const e = wasm();
  if (!e) return false;
  begin();
  const from = takeRows(g);
  const names = from && scratch(ids.length * 4);
  const parts = shares ? names && scratch(ids.length * 4) : 0;
  const to = names && give(y);
  if (!to || (shares && !parts)) return abandon();
  heapI32.set(ids, names >>> 2);
  if (shares) heapF32.set(shares, parts >>> 2);
  heapU8.fill(0, to, to + y.size * 4);
  e.add_rows_f32(from, names, parts, ids.length, n, to);
  end();
  return true;
}
