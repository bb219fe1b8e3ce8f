import { nameClass, namedTuple } from "@cognate/py";
import { get_default_graph } from "../graph/current.js";
import type { GraphTensor } from "../graph/tensor.js";
import type { DType } from "../shared.js";
import { node } from "./random-ops.js";

/** `tf.IndexedSlicesValue`: what a session gives for sliced gradients. */
export const IndexedSlicesValue = namedTuple<{ values: unknown; indices: unknown; dense_shape: unknown }>(
  "tensorflow.python.framework.indexed_slices.IndexedSlicesValue",
  ["values", "indices", "dense_shape"],
);

/** `tf.IndexedSlices`: rows of a tensor that is zero elsewhere, as gradients of lookups are. */
export class IndexedSlices {
  constructor(
    readonly values: GraphTensor,
    readonly indices: GraphTensor,
    readonly dense_shape: GraphTensor | null = null,
  ) {}
  get dtype(): DType {
    return this.values.dtype;
  }
  get name(): string {
    return this.values.name;
  }
  get op(): GraphTensor["op"] {
    return this.values.op;
  }
  get graph(): GraphTensor["graph"] {
    return this.values.graph;
  }
  get _parts(): readonly GraphTensor[] {
    return this.dense_shape ? [this.values, this.indices, this.dense_shape] : [this.values, this.indices];
  }
  _rebuild([values, indices, dense_shape]: readonly unknown[]): unknown {
    return IndexedSlicesValue(values, indices, dense_shape ?? null);
  }
  /** The tensor with zeros where there is no row; rows of the same index add up. */
  _as_tensor(): GraphTensor {
    const g = get_default_graph();
    const n = node(
      g,
      "StridedSlice",
      [this.dense_shape, [0], [1], [1]],
      { shrink_axis_mask: 1 },
      "strided_slice",
    );
    const out = node(g, "UnsortedSegmentSum", [this.values, this.indices, n]);
    return out;
  }
  __repr__(): string {
    const dense = this.dense_shape ? `, dense_shape=${this.dense_shape}` : "";
    return `IndexedSlices(indices=${this.indices}, values=${this.values}${dense})`;
  }
  toString(): string {
    return this.__repr__();
  }
}
nameClass("tensorflow.python.framework.indexed_slices.IndexedSlices", IndexedSlices);
