import { valueOf } from "@cognate/keras/tensorflow";
import { float32, int32 } from "@cognate/kernel";
import { Tensor } from "../shared.js";

/** A vector of no integers: the axes or the shape of a scalar. */
export const emptyInts = (): Tensor => new Tensor(valueOf([], int32));
/** A vector of no floats, for inputs that an operation does not look at. */
export const emptyFloats = (): Tensor => new Tensor(valueOf([], float32));
