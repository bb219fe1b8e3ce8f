import { unrecorded, valueOf } from "@cognate/keras/tensorflow";
import { int32 } from "@cognate/kernel";
import { Attrs } from "../core/attrs.js";
import type { Datum } from "../core/row.js";
import type { GraphTensor } from "./tensor.js";

const cache = new WeakMap<GraphTensor, Datum>();
/** Values past this many elements are not worth knowing before the graph runs. */
const LARGEST = 1024;

/** The value of a tensor where it follows from constants alone, `undefined` otherwise. */
export function knownDatum(t: GraphTensor, depth = 0): Datum | undefined {
  const { op } = t;
  if (op.type === "Const") return op.attrs["value"] as Datum;
  // What a function captured is what it was outside.
  const outside = op.attrs["captured"] as GraphTensor | undefined;
  if (outside) return knownDatum(outside, depth + 1);
  const found = cache.get(t);
  if (found) return found;
  if (depth > 20 || op._isStateful() || !op.row || op.inputs.length === 0) return undefined;
  if (
    t._dims === null ||
    t._dims.some((d) => d === null) ||
    (t._dims as number[]).reduce((a, b) => a * b, 1) > LARGEST
  )
    return undefined;
  if (op.type === "Shape") {
    const dims = op.inputs[0]!._dims;
    if (dims === null || dims.some((d) => d === null)) return undefined;
    return remember(t, valueOf([...(dims as number[])], int32));
  }
  if (op.type === "Rank" && op.inputs[0]!._dims !== null)
    return remember(t, valueOf(op.inputs[0]!._dims.length, int32));
  const inputs: Datum[] = [];
  for (const x of op.inputs) {
    const v = knownDatum(x, depth + 1);
    if (v === undefined) return undefined;
    inputs.push(v);
  }
  try {
    const out = unrecorded(() => op.row!.run(inputs, new Attrs(op.def!, op.attrs)));
    return remember(t, (Array.isArray(out) ? (out as readonly Datum[])[t.index]! : out) as Datum);
  } catch {
    return undefined;
  }
}

function remember(t: GraphTensor, d: Datum): Datum {
  cache.set(t, d);
  return d;
}
