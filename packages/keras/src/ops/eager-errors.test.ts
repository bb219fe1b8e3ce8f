import { Value } from "@cognate/tensor";
import { type GoldenArray, golden } from "@cognate/testing";
import { expect, test } from "vitest";
import { wrap } from "../backend/tensor.js";
import * as keras from "../index.js";

/* What Keras 3.15 on TensorFlow 2.21 says of eager calls whose shapes do not fit. */
const K = keras.ops;
const x = K.ones([2, 3]);
const wrong: readonly (readonly [f: () => unknown, name: string, message: string])[] = [
  [
    () => K.sum(x, 5),
    "InvalidArgumentError",
    "{{function_node __wrapped__Sum_device_/job:localhost/replica:0/task:0/device:CPU:0}} Invalid reduction dimension (5 for input with 2 dimension(s) [Op:Sum] name: ",
  ],
  [
    () => K.mean(x, 2),
    "InvalidArgumentError",
    "{{function_node __wrapped__Mean_device_/job:localhost/replica:0/task:0/device:CPU:0}} Invalid reduction dimension (2 for input with 2 dimension(s) [Op:Mean] name: ",
  ],
  [
    () => K.max(x, 2),
    "InvalidArgumentError",
    "{{function_node __wrapped__Max_device_/job:localhost/replica:0/task:0/device:CPU:0}} Invalid reduction dimension (2 for input with 2 dimension(s) [Op:Max] name: ",
  ],
  [
    () => K.argmax(x, 3),
    "InvalidArgumentError",
    "{{function_node __wrapped__ArgMax_device_/job:localhost/replica:0/task:0/device:CPU:0}} Expected dimension in the range [-2, 2), but got 3 [Op:ArgMax]",
  ],
  [
    () => K.broadcast_to(x, [4, 6]),
    "InvalidArgumentError",
    "{{function_node __wrapped__BroadcastTo_device_/job:localhost/replica:0/task:0/device:CPU:0}} Incompatible shapes: [2,3] vs. [4,6] [Op:BroadcastTo]",
  ],
  [
    () => K.reshape(x, [4, 2]),
    "InvalidArgumentError",
    "{{function_node __wrapped__Reshape_device_/job:localhost/replica:0/task:0/device:CPU:0}} Input to reshape is a tensor with 6 values, but the requested shape has 8 [Op:Reshape]",
  ],
  [
    () => K.concatenate([x, K.ones([2, 2])], 0),
    "InvalidArgumentError",
    "{{function_node __wrapped__ConcatV2_N_2_device_/job:localhost/replica:0/task:0/device:CPU:0}} ConcatOp : Dimension 1 in both shapes must be equal: shape[0] = [2,3] vs. shape[1] = [2,2] [Op:ConcatV2] name: concat",
  ],
  [
    () => K.matmul(x, x),
    "InvalidArgumentError",
    "{{function_node __wrapped____MklMatMul_device_/job:localhost/replica:0/task:0/device:CPU:0}} Matrix size-incompatible: In[0]: [2,3], In[1]: [2,3] [Op:MatMul] name: ",
  ],
  [() => K.transpose(x, [0, 2]), "ValueError", "axis 2 is out of bounds for an array with dimension 2."],
  [
    () => K.matmul(K.ones([2, 2, 3]), K.ones([2, 2, 3])),
    "InvalidArgumentError",
    "{{function_node __wrapped____MklBatchMatMulV2_device_/job:localhost/replica:0/task:0/device:CPU:0}} Matrix size-incompatible: In[0]: [2,2,3], In[1]: [2,2,3] 0 0 [Op:BatchMatMulV2] name: ",
  ],
  [
    () => K.concatenate([x, K.ones([2])], 0),
    "InvalidArgumentError",
    "{{function_node __wrapped__ConcatV2_N_2_device_/job:localhost/replica:0/task:0/device:CPU:0}} ConcatOp : Ranks of all input tensors should match: shape[0] = [2,3] vs. shape[1] = [2] [Op:ConcatV2] name: concat",
  ],
  [
    () => K.cumsum(x, 4),
    "InvalidArgumentError",
    "{{function_node __wrapped__Cumsum_device_/job:localhost/replica:0/task:0/device:CPU:0}} ScanOp: Expected scan axis in the range [-2, 2), but got 4 [Op:Cumsum] name: ",
  ],
  [
    () => K.stack([x, K.ones([3])]),
    "InvalidArgumentError",
    "{{function_node __wrapped__Pack_N_2_device_/job:localhost/replica:0/task:0/device:CPU:0}} Shapes of all inputs must match: values[0].shape = [2,3] != values[1].shape = [3] [Op:Pack] name: stack",
  ],
  [
    () => K.softmax(x, 4),
    "InvalidArgumentError",
    "`dim` must be in the range [-2, 2) where 2 is the number of dimensions in the input. Received: dim=4",
  ],
  [() => K.squeeze(x, 0), "ValueError", "Cannot squeeze axis=0, because the dimension is not 1."],
];
test.each(wanted())("%s", (_call, f, name, message) => {
  let error: unknown;
  try {
    f();
  } catch (e) {
    error = e;
  }
  expect(error).toMatchObject({ name, message });
});
function wanted() {
  return wrong.map(([f, name, message]) => [String(f).slice(6), f, name, message] as const);
}

const array = ({ array }: GoldenArray) => wrap(new Value(array));
test.each(golden("keras/ops/errors", { array }))("$name", ({ op, args, kwargs, error, message }) => {
  const f = (K as unknown as Record<string, (...args: unknown[]) => unknown>)[op as string]!;
  const given =
    Object.keys(kwargs as object).length > 0 ? [...(args as unknown[]), kwargs] : (args as unknown[]);
  let raised: unknown;
  try {
    f(...given);
  } catch (e) {
    raised = e;
  }
  expect(raised).toMatchObject({ name: error, message });
});
