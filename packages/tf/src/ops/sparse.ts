import { def, NotImplementedError } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import { one, op } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { to_dense } from "../sparse/structure.js";
import { SparseTensor } from "../sparse/tensor.js";
import type { Data } from "./make.js";
import { cast } from "./math.js";

export { SparseTensor, SparseTensorValue } from "../sparse/tensor.js";

type Sets = Data | SparseTensor;
const dense = (x: Sets): Tensor => (x instanceof SparseTensor ? to_dense(x) : toTensor(x as Data));
function operate(a: Sets, b: Sets, set_operation: string): SparseTensor {
  const x = dense(a);
  const y = isTensor(b) || b instanceof SparseTensor ? dense(b) : toTensor(b as Data, { dtype: x.dtype });
  const [indices, values, shape] = op("DenseToDenseSetOperation", [x, y], { set_operation });
  return new SparseTensor(indices!, values!, shape!);
}
export const intersection = def(
  "tensorflow.sets.intersection",
  "a b validate_indices",
  (a: Sets, b: Sets, _v = true): SparseTensor => operate(a, b, "intersection"),
);
export const union = def(
  "tensorflow.sets.union",
  "a b validate_indices",
  (a: Sets, b: Sets, _v = true): SparseTensor => operate(a, b, "union"),
);
export const difference = def(
  "tensorflow.sets.difference",
  "a b aminusb validate_indices",
  (a: Sets, b: Sets, aminusb = true, _v = true): SparseTensor => operate(a, b, aminusb ? "a-b" : "b-a"),
);
export const size = def(
  "tensorflow.sets.size",
  "a validate_indices",
  (a: SparseTensor, _v = true): Tensor => {
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
