import { TypeError, ValueError } from "@cognate/py";
import { toTensor } from "../../core/convert.js";
import { int32 } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { type Data, def } from "../make.js";
import { cast, multiply } from "../math.js";
import { reduce_sum } from "../reduce.js";

/** Losses of examples, weighted, over the size of the whole batch. */
export const compute_average_loss = def(
  "tensorflow.nn.compute_average_loss",
  "per_example_loss sample_weight global_batch_size",
  (
    per_example_loss: Data,
    sample_weight: Data | null = null,
    global_batch_size: number | Tensor | null = null,
  ): Tensor => {
    const x = toTensor(per_example_loss);
    if (x.shape.length === 0)
      throw new ValueError(
        `Invalid value passed for \`per_example_loss\`. Expected a tensor with at least rank 1, got: ${x}`,
      );
    let loss = x;
    if (sample_weight !== null) {
      let w = toTensor(sample_weight);
      const [a, b] = [loss.shape.length, w.shape.length];
      if (b > 0 && a > b)
        w = one("Reshape", [w, [...w.shape, ...new Array<number>(a - b).fill(1)] as number[]]);
      loss = multiply(loss, w.dtype === loss.dtype ? w : cast(w, loss.dtype));
    }
    if (typeof global_batch_size === "number" && !Number.isInteger(global_batch_size))
      throw new TypeError(
        "global_batch_size must be an integer. Expected x to be of type integer, got float32",
      );
    if (typeof global_batch_size === "number" && global_batch_size < 0)
      throw new ValueError("global_batch_size must be non-negative.");
    const count =
      global_batch_size === null
        ? one("Reshape", [one("Slice", [one("Shape", [loss]), [0], [1]]), toTensor([], { dtype: int32 })])
        : toTensor(global_batch_size);
    return one("DivNoNan", [reduce_sum(loss), cast(count, x.dtype)]);
  },
);
/** The sum of a regularisation loss, over the number of replicas, which is one. */
export const scale_regularization_loss = def(
  "tensorflow.nn.scale_regularization_loss",
  "regularization_loss",
  (regularization_loss: Data): Tensor => reduce_sum(regularization_loss),
);
