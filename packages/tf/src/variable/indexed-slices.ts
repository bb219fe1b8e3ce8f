import { nameClass, pyClass } from "@cognate/py";
import { one } from "../core/execute.js";
import type { DType, Tensor } from "../shared.js";

class IndexedSlicesImpl {
  constructor(
    readonly values: Tensor,
    readonly indices: Tensor,
    readonly dense_shape: Tensor | null = null,
  ) {}
  get dtype(): DType {
    return this.values.dtype;
  }
  get shape(): unknown {
    return this.dense_shape ? this.dense_shape.tolist() : null;
  }
  /** The tensor with zeros where there is no row; rows of the same number add up. */
  _as_tensor(): Tensor {
    const n = one("StridedSlice", [this.dense_shape, [0], [1], [1]], { shrink_axis_mask: 1 });
    return one("UnsortedSegmentSum", [this.values, this.indices, n]);
  }
  /** The dense numbers, for what takes them. */
  get _value(): Tensor["_value"] {
    return this._as_tensor()._value;
  }
  numpy(): ReturnType<Tensor["numpy"]> {
    return this._as_tensor().numpy();
  }
  __neg__(): IndexedSlicesImpl {
    return new IndexedSlicesImpl(one("Neg", [this.values]), this.indices, this.dense_shape);
  }
  __str__(): string {
    const dense = this.dense_shape ? `, dense_shape=${this.dense_shape}` : "";
    return `IndexedSlices(indices=${this.indices}, values=${this.values}${dense})`;
  }
  __repr__(): string {
    return "<tensorflow.python.framework.indexed_slices.IndexedSlices object at 0x7f0000000000>";
  }
  toString(): string {
    return this.__str__();
  }
}
/** `tf.IndexedSlices`: rows of a tensor that is zero elsewhere, as gradients of lookups are. */
export const IndexedSlices = pyClass(
  "tensorflow.python.framework.indexed_slices.IndexedSlices",
  "values indices dense_shape",
  IndexedSlicesImpl,
);
export type IndexedSlices = IndexedSlicesImpl;
nameClass("tensorflow.python.framework.indexed_slices.IndexedSlices", IndexedSlicesImpl);
