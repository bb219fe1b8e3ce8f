import { Tuple } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { int32 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import type { Tensor } from "../shared.js";
import { stack, unstack } from "./array.js";
import { type Data, def, type Name } from "./make.js";
import { add, subtract } from "./math.js";

/** What to pad so that blocks divide a shape, and what to crop afterwards: two int32 tensors [axes, 2]. */
export const required_space_to_batch_paddings = def(
  "tensorflow.required_space_to_batch_paddings",
  "input_shape block_shape base_paddings name",
  (input_shape: Data, block_shape: Data, base_paddings: Data | null = null, _name: Name = null): Tuple => {
    const [shape, block] = [input_shape, block_shape].map((x) => toTensor(x, { dtype: int32 })) as [
      Tensor,
      Tensor,
    ];
    const none = one("ZerosLike", [block]);
    const [start, end] =
      base_paddings === null
        ? [none, none]
        : (unstack(toTensor(base_paddings, { dtype: int32 }), null, 1) as [Tensor, Tensor]);
    const whole = add(add(shape, start), end);
    const more = one("FloorMod", [subtract(block, one("FloorMod", [whole, block])), block]);
    return new Tuple([stack([start, add(end, more)], 1), stack([none, more], 1)]);
  },
);
