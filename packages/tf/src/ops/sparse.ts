import { def, NotImplementedError, namedTuple, pyClass } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import { int64 } from "../core/dtypes.js";
import { one, op } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { scatter_nd } from "./array.js";
import type { Data, Name } from "./make.js";
import { cast } from "./math.js";

/** `tf.compat.v1.SparseTensorValue`: what a fetched sparse tensor is, and what one is fed. */
export const SparseTensorValue = namedTuple<{ indices: unknown; values: unknown; dense_shape: unknown }>(
  "tensorflow.python.framework.sparse_tensor.SparseTensorValue",
  ["indices", "values", "dense_shape"],
);
class SparseTensorImpl {
  readonly indices: Tensor;
  readonly values: Tensor;
  readonly dense_shape: Tensor;
  constructor(indices: Data, values: Data, dense_shape: Data) {
    this.indices = cast(indices, int64);
    this.values = toTensor(values);
    this.dense_shape = cast(dense_shape, int64);
  }
  /** What graphs feed and fetch. */
  get _parts(): readonly Tensor[] {
    return [this.indices, this.values, this.dense_shape];
  }
  _rebuild(parts: readonly unknown[]): unknown {
    return SparseTensorValue(...(parts as [unknown, unknown, unknown]));
  }
  get op(): unknown {
    return (this.values as unknown as { op: unknown }).op;
  }
  get dtype(): Tensor["dtype"] {
    return this.values.dtype;
  }
  get shape(): unknown {
    return (this.dense_shape.tolist() as unknown[]).map(Number);
  }
  __repr__(): string {
    return `SparseTensor(indices=${this.indices}, values=${this.values}, dense_shape=${this.dense_shape})`;
  }
  toString(): string {
    return this.__repr__();
  }
}
/** `tf.SparseTensor`: places and values of what is not zero. Only what `tf.sets` gives and takes is here. */
export const SparseTensor = pyClass(
  "tensorflow.python.framework.sparse_tensor.SparseTensor",
  "indices values dense_shape",
  SparseTensorImpl,
);
export type SparseTensor = SparseTensorImpl;

export const to_dense = def(
  "tensorflow.sparse.to_dense",
  "sp_input default_value validate_indices name",
  (sp: SparseTensorImpl, _default: unknown = null, _v = true, _name: Name = null): Tensor =>
    scatter_nd(sp.indices, sp.values, sp.dense_shape),
);
export const from_dense = def(
  "tensorflow.sparse.from_dense",
  "tensor name",
  (tensor: Data, _name: Name = null): SparseTensorImpl => {
    const x = toTensor(tensor);
    const where = one("Where", [one("NotEqual", [x, toTensor(0, { dtype: x.dtype })])]);
    return new SparseTensorImpl(where, one("GatherNd", [x, where]), one("Shape", [x], { out_type: int64 }));
  },
);

type Sets = Data | SparseTensorImpl;
const dense = (x: Sets): Tensor => (x instanceof SparseTensorImpl ? to_dense(x) : toTensor(x as Data));
function operate(a: Sets, b: Sets, set_operation: string): SparseTensorImpl {
  const x = dense(a);
  const y = isTensor(b) || b instanceof SparseTensorImpl ? dense(b) : toTensor(b as Data, { dtype: x.dtype });
  const [indices, values, shape] = op("DenseToDenseSetOperation", [x, y], { set_operation });
  return new SparseTensorImpl(indices!, values!, shape!);
}
export const intersection = def(
  "tensorflow.sets.intersection",
  "a b validate_indices",
  (a: Sets, b: Sets, _v = true): SparseTensorImpl => operate(a, b, "intersection"),
);
export const union = def(
  "tensorflow.sets.union",
  "a b validate_indices",
  (a: Sets, b: Sets, _v = true): SparseTensorImpl => operate(a, b, "union"),
);
export const difference = def(
  "tensorflow.sets.difference",
  "a b aminusb validate_indices",
  (a: Sets, b: Sets, aminusb = true, _v = true): SparseTensorImpl => operate(a, b, aminusb ? "a-b" : "b-a"),
);
export const size = def(
  "tensorflow.sets.size",
  "a validate_indices",
  (a: SparseTensorImpl, _v = true): Tensor => {
    const rows = Number((a.dense_shape.tolist() as unknown[])[0]);
    const ids = one("StridedSlice", [a.indices, [0, 0], [0, 1], [1, 1]], {
      begin_mask: 1,
      end_mask: 1,
      shrink_axis_mask: 2,
    });
    return one("Bincount", [cast(ids, "int32"), rows, toTensor([], { dtype: cast(0, "int32").dtype })]);
  },
);

/** What is left out, with a reason: every name of the module raises it. */
export const leftOut = (module: string): Readonly<Record<string, unknown>> =>
  new Proxy(
    {},
    {
      get: (_t, name) =>
        typeof name === "string" && name !== "then"
          ? () => {
              throw new NotImplementedError(
                `tf.${module}.${name}: ragged tensors are left out of this TensorFlow; pad the rows (tf.data's padded_batch, keras.utils.pad_sequences) and mask them.`,
              );
            }
          : undefined,
    },
  );
