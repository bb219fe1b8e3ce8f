import type { Dims } from "../core/row.js";
import { numbers } from "../kernels/tools.js";
import { Value } from "../shared.js";
import { knownDatum } from "./known.js";
import type { GraphTensor } from "./tensor.js";

/** Operations of which one input is the shape of the result. */
const SHAPED: Readonly<Record<string, number>> = {
  Reshape: 1,
  Fill: 0,
  BroadcastTo: 1,
  RandomUniform: 0,
  RandomStandardNormal: 0,
  TruncatedNormal: 0,
  RandomUniformInt: 0,
  ParameterizedTruncatedNormal: 0,
};

/** The numbers of a one-dimensional tensor as far as they are known; `null` where one is not. */
export function partialInts(t: GraphTensor): (number | null)[] | undefined {
  const v = knownDatum(t);
  if (v instanceof Value) return numbers(v);
  const { op } = t;
  if (op.type === "Shape" || op.type === "ShapeN") {
    const dims = op.inputs[t.index]!._dims;
    return dims === null ? undefined : [...dims];
  }
  if (op.type === "Cast" || op.type === "Identity") return partialInts(op.inputs[0]!);
  if (op.type === "Pack") return op.inputs.map((x) => partialScalar(x));
  if (op.type === "ConcatV2") {
    const parts = op.inputs.slice(0, -1).map(partialInts);
    return parts.some((p) => p === undefined) ? undefined : (parts as (number | null)[][]).flat();
  }
  if (op.type === "StridedSlice" && Number(op.attrs["shrink_axis_mask"] ?? 0) === 0) {
    const whole = partialInts(op.inputs[0]!);
    const [begin, end, step] = op.inputs.slice(1).map(partialInts);
    if (!whole || !begin || !end || !step || begin.length !== 1 || step[0] === null) return undefined;
    const n = whole.length;
    const at = (x: number | null | undefined, mask: string, free: number): number | null => {
      if (Number(op.attrs[mask] ?? 0) & 1) return free;
      return x === null || x === undefined ? null : x < 0 ? Math.max(0, x + n) : Math.min(n, x);
    };
    const from = at(begin[0], "begin_mask", 0);
    const to = at(end[0], "end_mask", n);
    return from === null || to === null || step[0] !== 1 ? undefined : whole.slice(from, to);
  }
  return undefined;
}

function partialScalar(t: GraphTensor): number | null {
  const v = knownDatum(t);
  if (v instanceof Value && v.size === 1) return numbers(v)[0]!;
  const { op } = t;
  if (op.type === "StridedSlice" && Number(op.attrs["shrink_axis_mask"] ?? 0) === 1) {
    const whole = partialInts(op.inputs[0]!);
    const at = partialInts(op.inputs[1]!)?.[0];
    if (whole && at !== null && at !== undefined) return whole[at < 0 ? at + whole.length : at] ?? null;
  }
  if (op.type === "Cast" || op.type === "Identity") return partialScalar(op.inputs[0]!);
  return null;
}

/** The shape that a partly known input asks for, or `undefined` where the operation's own rule knows as much. */
export function partialDims(type: string, inputs: readonly GraphTensor[]): Dims | undefined {
  const at = SHAPED[type];
  if (at === undefined || !inputs[at] || knownDatum(inputs[at]!)) return undefined;
  const wanted = partialInts(inputs[at]!);
  if (!wanted) return undefined;
  // An unknown length beside −1 leaves both open.
  return wanted.map((d) => (d === -1 ? null : d));
}
