import { int32, ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import type { Scalar, Tensor, TensorLike } from "../tensor/tensor.js";
import { deliver, shown, valueOf } from "./args.js";
import { castValue, promote } from "./operands.js";

/** Where values would be inserted, in int64 or int32. */
function places(
  sequence: Value,
  values: Value,
  right: boolean,
  out_int32: boolean,
  out: Tensor | null,
): Tensor {
  const { inputs } = promote([sequence, values]);
  const y = call(ops.searchsorted, inputs, { right });
  return deliver(out_int32 ? castValue(y, int32) : y, out);
}

/** Where each value would be inserted to keep a sequence sorted along its last axis. */
export const searchsorted = def(
  "torch.searchsorted",
  "sorted_sequence input|self * out_int32 right side sorter out",
  (
    sorted_sequence: Tensor,
    input: TensorLike,
    out_int32 = false,
    right = false,
    side: string | null = null,
    sorter: Tensor | null = null,
    out: Tensor | null = null,
  ): Tensor => {
    const given = sorted_sequence._value;
    const values = valueOf(input as Scalar);
    if (side !== null && side !== "left" && side !== "right")
      throw new RuntimeError(`torch.searchsorted(): side can only be 'left' or 'right' but got ${side}`);
    if (side === "left" && right)
      throw new RuntimeError(
        "torch.searchsorted(): side and right can't be set to opposites, got side of left while right was True",
      );
    const lead = given.shape.slice(0, -1);
    const fits =
      given.shape.length === 1 ||
      (given.shape.length === values.shape.length && lead.every((n, i) => n === values.shape[i]));
    if (!fits)
      throw new RuntimeError(
        `torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and input value tensor must match, but we got boundaries tensor ${shown(given.shape)} and input value tensor ${shown(values.shape)}`,
      );
    const sequence = sorter
      ? call(ops.gather, [given, sorter._value], { dim: given.shape.length - 1 })
      : given;
    return places(sequence, values, right || side === "right", out_int32, out);
  },
);

/** The bucket between sorted boundaries that each value falls in. */
export const bucketize = def(
  "torch.bucketize",
  "input boundaries * out_int32 right out",
  (
    input: TensorLike,
    boundaries: Tensor,
    out_int32 = false,
    right = false,
    out: Tensor | null = null,
  ): Tensor => {
    if (boundaries.ndim !== 1)
      throw new RuntimeError(`boundaries tensor must be 1 dimension, but got dim(${boundaries.ndim})`);
    return places(boundaries._value, valueOf(input as Scalar), right, out_int32, out);
  },
);

/** For each element whether it is among the test elements. */
export const isin = def(
  "torch.isin",
  "elements test_elements * assume_unique invert out",
  (
    elements: TensorLike,
    test_elements: TensorLike,
    assume_unique = false,
    invert = false,
    out: Tensor | null = null,
  ): Tensor => {
    void assume_unique;
    const { inputs } = promote([valueOf(elements), valueOf(test_elements)]);
    return deliver(call(ops.isin, inputs, { invert }), out);
  },
);
