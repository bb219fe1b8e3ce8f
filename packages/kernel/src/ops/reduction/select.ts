import type { Line } from "../../strided/lines.js";
import type { ReduceParams } from "../engines/lines.js";
import { reduction, type SelectParams, selection } from "../engines/lines.js";
import type { Sample } from "../row.js";
import { sortedOrder } from "../sort/order.js";
import { orderAt } from "../sort/select.js";
import { argmaxOfLine, argminOfLine, evenly } from "./amax.js";

const samples = [
  { inputs: [[3, 4]], params: { dim: 1 } },
  { inputs: [[3, 4]], params: { dim: 0, keepdim: true } },
  { inputs: [[]], params: { dim: -1 } },
] satisfies readonly Sample<SelectParams>[];

/** The largest element along an axis and where it stands, the first of several; NaN wins. */
export const maxAlong = selection<SelectParams>({ name: "maxAlong", pick: argmaxOfLine, samples });

/** The smallest element along an axis and where it stands, the first of several; NaN wins. */
export const minAlong = selection<SelectParams>({ name: "minAlong", pick: argminOfLine, samples });

/** The k-th smallest element along an axis (k from 1) and where it stands; NaN counts as largest. */
export const kthvalue = selection<SelectParams & { readonly k: number }>({
  name: "kthvalue",
  pick: (x, { k }) => orderAt(x, [k - 1])[0]!,
  samples: [
    { inputs: [[3, 4]], params: { dim: 1, k: 2 } },
    { inputs: [[3, 4]], params: { dim: 0, k: 3, keepdim: true } },
  ],
});

export interface MedianParams {
  /** Leave NaNs out; else one NaN makes the result NaN. */
  readonly ignoreNan?: boolean;
}

/** Where the lower median of a line stands. */
function medianOf(x: Line, { ignoreNan = false }: MedianParams): number {
  const v = x as Float64Array;
  let numbers = v.length;
  if (x instanceof Float64Array)
    for (let i = 0; i < v.length; i++)
      if (Number.isNaN(v[i])) {
        if (!ignoreNan) return i;
        numbers--;
      }
  return numbers === 0 ? 0 : orderAt(x, [(numbers - 1) >> 1])[0]!;
}

/** The lower of the two middle elements along an axis, and where it stands. */
export const medianAlong = selection<SelectParams & MedianParams>({
  name: "medianAlong",
  pick: medianOf,
  samples: [
    { inputs: [[3, 4]], params: { dim: 1 } },
    { inputs: [[3, 4]], params: { dim: 0, keepdim: true, ignoreNan: true } },
  ],
});

/** The lower of the two middle elements along the axes taken as one line. A tie shares the gradient evenly. */
export const median = reduction<ReduceParams & MedianParams, "x" | "y">({
  name: "median",
  dtype: "same",
  reference: (x, p) => (x.length === 0 ? Number.NaN : x[medianOf(x, p)]!),
  bigint: (x, p) => (x.length === 0 ? 0n : x[medianOf(x, p)]!),
  saves: ["x", "y"],
  vjp: (gy, { x, y }, { params, shape }) => ({ x: evenly(gy, x, y, params ?? {}, shape(0)) }),
  samples: [{ inputs: [[3, 4]] }, { inputs: [[3, 4]], params: { dims: [1], keepdim: true } }],
});

/** Where the most frequent element of a line stands last; the smallest of several equally frequent. */
function modeOf(x: Line): number {
  const order = sortedOrder(x);
  const v = x as Float64Array;
  let [best, count] = [0, 0];
  for (let i = 0; i < order.length; ) {
    let j = i + 1;
    while (j < order.length && v[order[j]!] === v[order[i]!]) j++;
    if (j - i > count) [best, count] = [j - 1, j - i];
    i = j;
  }
  return order[best]!;
}

/** The most frequent element along an axis, the smallest of several, and where it stands last. */
export const mode = selection<SelectParams>({ name: "mode", pick: modeOf, samples });
