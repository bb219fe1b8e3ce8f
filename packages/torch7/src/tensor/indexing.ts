import { ops, type Strided, type ViewItem } from "@cognate/kernel";
import { LuaError } from "../errors.js";

/** One place of an index: a position from 1, or `[from, to]` with both ends (`[]` is all, `[i]` is i alone). */
export type Place = number | readonly number[];
/** What stands between the brackets: a position along the first axis, or a list of places, one an axis. */
export type Index = number | readonly Place[];

/** 0-based position of a 1-based one; negative ones count from the end. */
export function position(i: number, n: number): number {
  const at = i < 0 ? n + i : i - 1;
  if (!Number.isInteger(i) || at < 0 || at >= n) throw new LuaError("index out of bounds");
  return at;
}

function itemOf(place: Place, n: number): ViewItem {
  if (typeof place === "number" || place instanceof Number)
    return { kind: "select", index: position(Number(place), n) };
  if (place.length === 0) return { kind: "slice", start: 0, step: 1, length: n };
  const from = position(place[0]!, n);
  const to = place.length > 1 ? position(place[1]!, n) : from;
  if (to < from) throw new LuaError("end index must be greater or equal to start index");
  return { kind: "slice", start: from, step: 1, length: to - from + 1 };
}

/** The view that an index names. @throws LuaError past the ends, and for more places than axes */
export function indexed(a: Strided, index: Index): Strided {
  if (a.rank === 0) throw new LuaError("empty tensors cannot be indexed");
  const places = typeof index === "number" ? [index] : index;
  if (places.length > a.rank) throw new LuaError("invalid arguments: more indices than dimensions");
  return ops.indexView.run([a], { items: places.map((p, i) => itemOf(p, a.shape[i]!)) }) as Strided;
}
