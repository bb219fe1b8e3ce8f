import type { Value } from "../value.js";

/** The gradient of what is constant almost everywhere. */
export const zeros = (gy: Value): Value => gy.full(gy.shape, 0);

/** What {@link OpSpec.noGradient} says of results that are whole numbers or truths. */
export const DISCRETE = "its result takes separate values, so it changes by jumps or not at all";
