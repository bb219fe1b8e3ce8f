/** `tf.dtypes`. */

export * from "../core/public-dtypes.js";
export { cast, complex, saturate_cast } from "../ops/math.js";
export { DType } from "../shared.js";
