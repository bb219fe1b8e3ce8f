import { sortLines } from "../../wasm/kernels/sort.js";
import { type AlongParams, along } from "../engines/lines.js";
import type { VjpContext } from "../row.js";
import type { Value } from "../value.js";
import { sortedOrder } from "./order.js";
import { topOrder } from "./top.js";

export interface SortParams extends AlongParams {
  readonly descending?: boolean;
}

const OUTPUTS = { outputs: ["y", "index"], dtypes: ["same", "index"] } as const;

/** Writes the elements in an order, and the order. */
function pick(x: Float64Array, [y, index]: readonly Float64Array[], order: Int32Array): void {
  for (let i = 0; i < order.length; i++) {
    y![i] = x[order[i]!]!;
    index![i] = order[i]!;
  }
}

/** Every gradient goes back to where its element stood. */
const toPlaces = <P extends AlongParams>(
  { y: gy }: { readonly y: Value | null },
  { index }: { readonly index: Value },
  { params, shape }: VjpContext<P>,
): { x: Value | null } => ({
  x: gy && (shape(0).length === 0 ? gy : gy.full(shape(0), 0).scatterAdd(index, gy, { dim: params.dim })),
});

/** Each line sorted, equal elements in their old order, NaN as the largest; and where each element stood. */
export const sort = along<SortParams, "y" | "index", "index">({
  ...OUTPUTS,
  name: "sort",
  whole: (x, [y, index], { dim, descending = false }) => sortLines(x, y!, index!, dim, descending),
  reference: (x, outs, { descending = false }) => pick(x, outs, sortedOrder(x, descending)),
  bigint: "reference",
  saves: ["index"],
  vjps: toPlaces,
  samples: [
    { inputs: [[3, 4]], params: { dim: 1 } },
    { inputs: [[3, 4]], params: { dim: 0, descending: true } },
    { inputs: [[]], params: { dim: 0 } },
  ],
});

export interface TopkParams extends AlongParams {
  readonly k: number;
  /** The largest (the default) or the smallest. */
  readonly largest?: boolean;
}

/** The k largest or smallest elements of each line, sorted, and where they stood; NaN as the largest. */
export const topk = along<TopkParams, "y" | "index", "index">({
  ...OUTPUTS,
  name: "topk",
  lengths: (_n, { k }) => [k, k],
  reference: (x, outs, { k, largest = true }) => pick(x, outs, topOrder(x, k, largest)),
  bigint: "reference",
  saves: ["index"],
  vjps: toPlaces,
  samples: [
    { inputs: [[3, 4]], params: { dim: 1, k: 2 } },
    { inputs: [[3, 4]], params: { dim: 0, k: 1, largest: false } },
  ],
});
