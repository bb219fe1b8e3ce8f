import type { DType } from "../../dtype/dtype.js";

/** The number of bits of the element type: the first shift that leaves nothing. */
export interface ShiftParams {
  readonly bits?: number;
}

export const prepareShift = (_params: ShiftParams | undefined, dtype: DType): ShiftParams | undefined => ({
  bits: dtype.itemsize * 8,
});
