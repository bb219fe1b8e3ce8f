import type { dtype } from "../dtype.js";
import * as dtypes from "../dtype.js";

/** PyTorch's numbers of element types, as TorchScript programs say them. */
const BY_NUMBER: ReadonlyMap<number, dtype> = new Map([
  [0, dtypes.uint8],
  [1, dtypes.int8],
  [2, dtypes.int16],
  [3, dtypes.int32],
  [4, dtypes.int64],
  [5, dtypes.float16],
  [6, dtypes.float32],
  [7, dtypes.float64],
  [9, dtypes.complex64],
  [10, dtypes.complex128],
  [11, dtypes.bool],
  [15, dtypes.bfloat16],
  [27, dtypes.uint16],
  [28, dtypes.uint32],
  [29, dtypes.uint64],
]);

/** The element type of a number, or `undefined`. */
export const dtypeOf = (number: number): dtype | undefined => BY_NUMBER.get(number);

/** The number of an element type. */
export const numberOf = (type: dtype): number => [...BY_NUMBER].find(([, t]) => t === type)?.[0] ?? -1;
