import { isTensor, toTensor } from "../../core/convert.js";
import { float32 } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { type Data, def, type Name } from "../make.js";
import { cast } from "../math.js";
import { type Shape, shapeArg } from "./seeds.js";

/** Whole numbers that JavaScript could not write as floats are floats. */
const floats = (x: Data): Tensor => {
  const t = toTensor(x, isTensor(x) ? {} : { hint: float32 });
  return t._value?.weak ? cast(t, float32) : t;
};

/**
 * `tf.random.stateless_parameterized_truncated_normal`: normal numbers between bounds, by a seed of two numbers. The parameters
 * stretch to a common shape, in which `shape` ends.
 *
 * @throws InvalidArgumentError for a deviation that is not positive, for bounds of which none is finite or that leave nothing
 *   between them, and for shapes that do not fit
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * const y = tf.random.stateless_parameterized_truncated_normal([4, 2], [7, 17], { minvals: [-0.5, 1], maxvals: [0.5, 1.5] });
 * print(y.shape); // prints (4, 2)
 * ```
 */
export const stateless_parameterized_truncated_normal = def(
  "tensorflow.random.stateless_parameterized_truncated_normal",
  "shape seed means stddevs minvals maxvals name",
  (
    shape: Shape,
    seed: Data,
    means: Data = 0,
    stddevs: Data = 1,
    minvals: Data = -2,
    maxvals: Data = 2,
    name: Name = null,
  ): Tensor =>
    one(
      "StatelessParameterizedTruncatedNormal",
      [shapeArg(shape), seed, ...[means, stddevs, minvals, maxvals].map(floats)],
      {},
      name,
    ),
);
