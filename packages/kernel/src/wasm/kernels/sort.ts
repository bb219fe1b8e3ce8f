import { type DType, float32, float64, int32, int64 } from "../../dtype/dtype.js";
import type { Strided } from "../../strided/strided.js";
import { abandon, begin, end, give, scratch, takeRows } from "../call.js";
import { wasm } from "../instance.js";
import { runFast } from "../registry.js";

const KINDS: readonly DType[] = [float32, float64, int32, int64];
/** Shorter lines are sorted by merging. */
const LEAST = 512;
/** Fewer elements are sorted where they are. */
const LEAST_VALUES = 24;

/** Lines along the last axis sorted into y, and where their elements stood into `index`. */
export function sortLines(x: Strided, y: Strided, index: Strided, dim: number, descending: boolean): boolean {
  const kind = KINDS.indexOf(x.dtype);
  if (kind < 0 || x.rank === 0 || dim !== x.rank - 1 || x.shape[dim]! < LEAST || x.size > 1 << 26)
    return false;
  return runFast(() => {
    const e = wasm();
    if (!e) return false;
    const n = x.shape[dim]!;
    begin();
    const from = takeRows(x);
    const room = from && scratch(e.sort_room(n, x.dtype.itemsize));
    const to = room && give(y);
    const places = to && give(index);
    if (!places) return abandon();
    e.sort_lines(kind, from, x.size / n, n, descending ? 1 : 0, to, places, room);
    end();
    return true;
  });
}

/** Lines along the last axis sorted into y. */
export function sortValueLines(x: Strided, y: Strided): boolean {
  const kind = KINDS.indexOf(x.dtype);
  const n = x.shape[x.rank - 1]!;
  if (kind < 0 || x.size < LEAST_VALUES || x.size > 1 << 27) return false;
  return runFast(() => {
    const e = wasm();
    if (!e) return false;
    begin();
    const from = takeRows(x);
    const room = from && scratch(e.sort_values_room(n, x.dtype.itemsize));
    const to = room && give(y);
    if (!to) return abandon();
    e.sort_values(kind, from, x.size / n, n, to, room);
    end();
    return true;
  });
}
