import { bool, castTo, int64, integersOf, isInteger } from "@cognate/kernel";
import { type ArrayLike, axisOf, counting, movesTexts, type ndarray } from "@cognate/ndarray/core";
import { def, IndexError, parseEntry, Slice, slice, ValueError } from "@cognate/py";
import { asArray, cast, ops, reshaped, run, Strided, strided, wrap } from "../internal.js";

type Places = number | string | Slice | ArrayLike;

/** The positions along an axis of length n that an index names, counted from the front. @throws IndexError */
function positionsOf(obj: Places, n: number, axis: number, mask = true): number[] {
  const e = typeof obj === "string" ? (parseEntry(obj) as Slice) : obj;
  if (e instanceof Slice) {
    return [...integersOf((wrap(counting(n)).at(e) as ndarray)._a)];
  }
  const a = strided(e as ArrayLike);
  if (a.dtype === bool && mask) {
    if (a.rank !== 1 || a.size !== n)
      throw new ValueError(
        `boolean array argument obj to delete must be one dimensional and match the axis length of ${n}`,
      );
    return [...integersOf(run(ops.nonzero, undefined, a))];
  }
  if (a.size > 0 && !isInteger(a.dtype))
    throw new IndexError("arrays used as indices must be of integer (or boolean) type");
  const list = [...integersOf(a.size === 0 ? castTo(a, int64) : a)];
  for (const i of list)
    if (i < -n || i >= n) throw new IndexError(`index ${i} is out of bounds for axis ${axis} with size ${n}`);
  return list.map((i) => (i < 0 ? i + n : i));
}

const line = (values: readonly number[]): Strided => strided(values, int64);

/** x without the slices along an axis that an index names; flattened without `axis`. @throws IndexError */
export const delete_ = def(
  "numpy.delete",
  "arr obj axis",
  movesTexts((arr: ArrayLike, obj: Places, axis: number | null = null): ndarray => {
    const given = strided(arr);
    const x = axis === null ? reshaped(given, [given.size]) : given;
    const dim = axisOf(axis ?? 0, x.rank);
    const n = x.shape[dim]!;
    const gone = new Set(positionsOf(obj, n, dim));
    const kept = Array.from({ length: n }, (_, i) => i).filter((i) => !gone.has(i));
    const indices = x.shape.slice(0, dim + 1).map((_, d) => (d === dim ? line(kept) : null));
    return wrap(run(ops.index, { indices }, x));
  }, 0),
);

/** x with values put before positions along an axis; flattened without `axis`. @throws IndexError, ValueError */
export const insert = def(
  "numpy.insert",
  "arr obj values axis",
  movesTexts(
    (arr: ArrayLike, obj: Places, values: ArrayLike, axis: number | null = null): ndarray => {
      const given = strided(arr);
      const x = axis === null ? reshaped(given, [given.size]) : given;
      const dim = axisOf(axis ?? 0, x.rank);
      const n = x.shape[dim]!;
      const single =
        typeof obj === "number" ||
        (typeof obj === "object" && !(obj instanceof Slice) && strided(obj).rank === 0);
      const before = placesToInsert(obj, n, dim);
      let v = cast(strided(values), x.dtype);
      // One position takes a whole slab, whose own axis comes first.
      if (single && v.rank > 0) v = wrap(v).ndim > 1 || x.rank > 1 ? movedTo(v, dim, x.rank) : v;
      const count =
        before.length === 1
          ? v.rank > 0 && v.rank >= x.rank - dim
            ? (v.shape[v.rank - (x.rank - dim)] ?? 1)
            : 1
          : before.length;
      const all = before.length === 1 ? Array.from({ length: count }, () => before[0]!) : before;
      const order = all.map((at, k) => ({ at, k })).sort((a, b) => a.at - b.at || a.k - b.k);
      const shape = x.shape.map((m, d) => (d === dim ? m + all.length : m));
      const y = wrap(Strided.zeros(x.dtype, shape));
      const fresh = order.map(({ at }, i) => at + i);
      const length = n + all.length;
      const outside = fresh.find((i) => i < -length || i >= length);
      if (outside !== undefined)
        throw new IndexError(`index ${outside} is out of bounds for axis ${dim} with size ${length}`);
      const old = new Set(fresh);
      const kept = Array.from({ length: n + all.length }, (_, i) => i).filter((i) => !old.has(i));
      const places = new Array<number>(all.length);
      order.forEach(({ k }, i) => {
        places[k] = fresh[i]!;
      });
      const lead = x.shape.slice(0, dim).map(() => ":");
      y.set([...lead, before.length === 1 ? slice(fresh[0]!, fresh[0]! + count) : places], wrap(v));
      y.set([...lead, kept], wrap(x));
      return y;
    },
    0,
    2,
  ),
);

/** A slab's first axis moved to the axis that it is inserted along. */
function movedTo(v: Strided, dim: number, rank: number): Strided {
  const full = v.rank < rank ? reshaped(v, [...new Array<number>(rank - v.rank).fill(1), ...v.shape]) : v;
  const axes = full.shape.map((_, d) => d).slice(1);
  axes.splice(dim, 0, 0);
  return run(ops.permute, { axes }, full);
}

function placesToInsert(obj: Places, n: number, axis: number): number[] {
  const e = typeof obj === "string" ? (parseEntry(obj) as Slice) : obj;
  if (e instanceof Slice) return positionsOf(e, n, axis);
  const a = strided(e as ArrayLike);
  if (a.dtype === bool && a.rank !== 1)
    throw new ValueError("boolean array argument obj to insert must be one dimensional");
  if (a.dtype === bool) return [...integersOf(run(ops.nonzero, undefined, reshaped(a, [a.size])))];
  const list = [...integersOf(a.size === 0 ? castTo(a, int64) : a)];
  if (list.length === 1)
    for (const i of list)
      if (i < -n || i > n)
        throw new IndexError(`index ${i} is out of bounds for axis ${axis} with size ${n}`);
  return list.map((i) => (i < 0 ? i + n : i));
}

/** Without zeros at the front (`f`), the back (`b`) or both ends. */
export const trim_zeros = def(
  "numpy.trim_zeros",
  "filt trim axis",
  (filt: ArrayLike, trim = "fb", axis: number | readonly number[] | null = null): ndarray => {
    const x = asArray(filt);
    const how = trim.toLowerCase();
    if (!["fb", "bf", "f", "b"].includes(how))
      throw new ValueError(`unexpected character(s) in \`trim\`: '${trim}'`);
    const found = x.nonzero();
    const axes = axis === null ? x._a.shape.map((_, d) => d) : [axis].flat().map((d) => axisOf(d, x.ndim));
    const entries = x._a.shape.map((n, d) => {
      if (!axes.includes(d)) return ":";
      const at = found[d]!;
      if (at.size === 0) return how === "b" ? "0:0" : `${n}:${n}`;
      const [low, high] = [Number(at.min()), Number(at.max())];
      return `${how.includes("f") ? low : 0}:${how.includes("b") ? high + 1 : n}`;
    });
    if (Array.isArray(filt) && x.ndim === 1) {
      const [from, to] = entries[0]!.split(":").map(Number);
      return (filt as readonly unknown[]).slice(from, to) as unknown as ndarray;
    }
    return x.at(...entries) as ndarray;
  },
);
