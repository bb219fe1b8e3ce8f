import type { Value } from "../value.js";

/** Who gets the gradient where both arguments are equal: each a half, or the first all of it. */
export interface TiesParams {
  readonly ties?: "half" | "first";
}

/** Gradients of the larger (`a.gt`) or smaller (`a.lt`) of two; `aWins` and `bWins` hold where only one can have it. */
export function chosenGradients(
  gy: Value,
  a: Value,
  b: Value,
  aLoses: Value,
  bLoses: Value,
  ties: "half" | "first",
): { a: Value; b: Value } {
  const equal = a.eq(b);
  if (ties === "first")
    return { a: gy.where(aLoses.logicalNot(), 0), b: gy.where(bLoses.logicalOr(equal).logicalNot(), 0) };
  const shared = gy.mul(0.5).where(equal, gy);
  return { a: shared.where(aLoses.logicalNot(), 0), b: shared.where(bLoses.logicalNot(), 0) };
}
