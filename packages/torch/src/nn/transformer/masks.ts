import type { DTypeLike } from "../../dtype.js";
import { float32 } from "../../dtype.js";
import { equal } from "../../ops/copying.js";
import { full } from "../../ops/creation.js";
import { triu } from "../../ops/diagonal.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { Mask } from "./layer.js";

/** −∞ above the diagonal, 0 elsewhere: a step sees itself and those before. */
export const causalMask = (size: number, dtype: DTypeLike | null): Tensor =>
  triu(full([size, size], Number.NEGATIVE_INFINITY, { dtype: dtype ?? undefined } as never), 1);

/** Whether a mask is the causal one, unless the caller has said. */
export function isCausal(mask: Mask, said: boolean | null, size: number): boolean {
  if (said !== null) return said;
  if (mask === null || mask.ndim !== 2 || mask.shape[0] !== size || mask.shape[1] !== size) return false;
  return equal(mask, causalMask(size, mask.dtype.is_floating_point ? mask.dtype : float32));
}

/** The number of steps of an input, batched or not. */
export const stepsOf = (x: Tensor, batch_first: boolean): number =>
  x.shape[x.ndim === 2 ? 0 : batch_first ? 1 : 0]!;
