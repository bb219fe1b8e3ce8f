import { toTensor } from "../../core/convert.js";
import type { DType, Tensor } from "../../shared.js";
import type { Data } from "../make.js";
import { add, multiply } from "../math.js";

/** z·stddev + mean in an element type. */
export const scaled = (z: Tensor, mean: Data, stddev: Data, dtype: DType): Tensor =>
  add(multiply(z, toTensor(stddev, { dtype })), toTensor(mean, { dtype }));
