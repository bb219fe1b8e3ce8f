import { def, NotImplementedError, TypeError } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import { one, op } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { isSparse, SparseTensor, sparse } from "../sparse/tensor.js";
import type { Data } from "./make.js";

export { SparseTensor, SparseTensorValue } from "../sparse/tensor.js";

type Sets = Data | SparseTensor;
const TYPES = "int32 uint8 int16 int8 string int64 uint16".split(" ");
const given = (x: Sets, dtype?: Tensor["dtype"]): Tensor | SparseTensor =>
  isSparse(x) ? sparse(x) : isTensor(x) || !dtype ? toTensor(x as Data) : toTensor(x as Data, { dtype });
const parts = (x: Tensor | SparseTensor): Tensor[] =>
  x instanceof SparseTensor ? [x.indices, x.values, x.dense_shape] : [x];
/** What is taken from which, where the two change places. */
const TURNED: Readonly<Record<string, string>> = { "a-b": "b-a", "b-a": "a-b" };
function operate(a: Sets, b: Sets, how: string): SparseTensor {
  let x = given(a);
  if (!TYPES.includes(x.dtype.name))
    throw new TypeError(
      `'a' has invalid dtype \`${x.dtype}\` not in supported dtypes: \`frozenset({${TYPES.map((t) => `tf.${t}`).join(", ")}})\`.`,
    );
  let y = given(b, x.dtype);
  if (x.dtype !== y.dtype) throw new TypeError(`Types don't match, ${x.dtype} vs ${y.dtype}.`);
  let set_operation = how;
  if (x instanceof SparseTensor && !(y instanceof SparseTensor)) {
    [x, y] = [y, x];
    set_operation = TURNED[how] ?? how;
  }
  const [one_, other] = [x, y].map((t) => (t instanceof SparseTensor ? "Sparse" : "Dense"));
  const [indices, values, shape] = op(`${one_}To${other}SetOperation`, [...parts(x), ...parts(y)], {
    set_operation,
  });
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
    if (!isSparse(a)) throw new TypeError(`Expected \`SparseTensor\`, got ${String(a)}.`);
    return one("SetSize", parts(sparse(a)));
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
