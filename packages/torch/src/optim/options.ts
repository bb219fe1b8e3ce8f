import { Float, str, Tuple, ValueError } from "@cognate/py";
import { Tensor } from "../tensor/tensor.js";

/** What a float option may be given as; a tensor has one element. */
export type FloatOption = number | Tensor;

/** An option as a number. */
export const numberOf = (x: unknown): number => (x instanceof Tensor ? Number(x.item()) : Number(x));

/** Whole numbers where the parameter is a float print as `1.0`; lists print as tuples. */
function asFloats(value: unknown): unknown {
  if (typeof value === "number") return new Float(value);
  return Array.isArray(value) ? Tuple.of_(value.map(asFloats)) : value;
}

/** An option as Python shows it. */
export function showOption(value: unknown, isFloat: boolean): string {
  if (value instanceof Tensor && value.ndim === 0) return showOption(numberOf(value), true);
  return str(isFloat ? asFloats(value) : value);
}

/** @throws ValueError in PyTorch's words unless `ok` holds of an option */
export function requireOption(
  value: unknown,
  ok: (x: number) => boolean,
  what: string,
  isFloat = true,
): void {
  if (!ok(numberOf(value))) throw new ValueError(`${what}: ${showOption(value, isFloat)}`);
}

export const notNegative = (x: number): boolean => x >= 0;

/** @throws ValueError for a learning rate that is negative or a tensor of several elements */
export function requireLr(lr: FloatOption, what = "Invalid learning rate"): void {
  if (lr instanceof Tensor && lr._value.size !== 1) throw new ValueError("Tensor lr must be 1-element");
  requireOption(lr, notNegative, what);
}

/** @throws ValueError for coefficients outside of [0, 1) */
export function requireBetas(betas: readonly unknown[]): void {
  betas.forEach((b, i) => {
    requireOption(b, (x) => x >= 0 && x < 1, `Invalid beta parameter at index ${i}`);
  });
}
