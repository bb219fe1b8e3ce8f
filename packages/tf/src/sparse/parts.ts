import { toTensor } from "../core/convert.js";
import { one } from "../core/execute.js";
import type { Data } from "../ops/make.js";
import type { DType, Tensor } from "../shared.js";

/* Single operations that functions on sparse tensors are written with. */

export const concat = (list: readonly Tensor[], axis: number): Tensor => one("ConcatV2", [list, axis]);
export const gather = (x: Tensor, at: Data): Tensor => one("GatherV2", [x, at, 0]);
export const identity = (x: Tensor): Tensor => one("Identity", [x]);
export const reshape = (x: Tensor, shape: readonly number[]): Tensor => one("Reshape", [x, [...shape]]);
export const expand_dims = (x: Tensor, axis: number): Tensor => one("ExpandDims", [x, axis]);
/** Ones as many as a number says. */
export const ones = (n: Tensor, dtype: DType): Tensor =>
  one("Fill", [reshape(n, [1]), toTensor(dtype.name === "bool" ? true : 1, { dtype })]);
