import { sameShape } from "../../strided/broadcast.js";
import type { Shape } from "../../strided/strided.js";
import type { Value } from "../value.js";

/** The gradient of what is constant almost everywhere. */
export const zeros = (gy: Value): Value => gy.full(gy.shape, 0);

/** What {@link OpSpec.noGradient} says of results that are whole numbers or truths. */
export const DISCRETE = "its result takes separate values, so it changes by jumps or not at all";

/** A value summed back to a shape that stretched to its own. */
export function sumTo(x: Value, shape: Shape): Value {
  const from = x.shape;
  if (from === shape || sameShape(from, shape)) return x;
  const lead = from.length - shape.length;
  const dims: number[] = [];
  for (let i = 0; i < from.length; i++)
    if (i < lead || (shape[i - lead] === 1 && from[i] !== 1)) dims.push(i);
  if (dims.length === 0) return x;
  const keepdim = dims.length !== lead;
  const summed = x.sum({ dims, keepdim, dtype: x.dtype });
  return lead === 0 || !keepdim ? summed : summed.reshape({ shape });
}
