import {
  arrayOf,
  bool,
  castTo,
  type IndexItem,
  int64,
  isInteger,
  kindOf,
  ops,
  planIndex,
} from "@cognate/kernel";
import { parseEntry, Slice, Tuple } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { arrayFrom } from "./create.js";
import { indexTypeError, inTensorFlowWords } from "./errors.js";
import { run } from "./record.js";
import type { TensorLike } from "./tensor.js";

/** One entry of `x.at(…)`: an integer, a slice or its text, `"..."`, `null`, a mask, a list or tensor of integers. */
export type Index = number | string | null | boolean | Slice | TensorLike | readonly Index[];

const POLICY = { integersJoin: true, negativeStep: true } as const;

function entryOf(raw: Index): IndexItem {
  const e = parseEntry(raw as unknown);
  if (e === null || e === "..." || e instanceof Slice) return e;
  const kind = kindOf(e);
  if (kind === "int") return Number(e);
  if (kind === "bool") return arrayFrom(e, bool);
  if (kind !== undefined) throw indexTypeError();
  const a = arrayOf(e) ?? arrayFrom(e);
  if (a.size === 0 && Array.isArray(e)) return castTo(a, int64);
  if (a.dtype !== bool && !isInteger(a.dtype)) throw indexTypeError();
  return a.rank === 0 && a.dtype !== bool ? Number(arrayFrom(a, int64).data[a.offset]) : a;
}

/** `x[…]`; integers and slices give a view of the same memory. */
export function getItem(x: Value, index: readonly Index[]): Value {
  const given = index.length === 1 && index[0] instanceof Tuple ? (index[0] as readonly Index[]) : index;
  return inTensorFlowWords("StridedSlice", () => {
    const { items, indices } = planIndex(x.shape, given.map(entryOf), POLICY);
    const view = run(ops.indexView, [x], { items });
    return indices ? run(ops.index, [view], { indices }) : view;
  });
}
