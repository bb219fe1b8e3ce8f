import { DivisionByZeroError } from "../../errors/errors.js";

/** What an integer divided by zero is: an error, or 0. */
export interface DivisorParams {
  readonly byZero?: "error" | "zero";
}

/** The result of an integer division by zero. @throws DivisionByZeroError unless the parameter says otherwise */
export function divisorZero(op: string, p: DivisorParams | void): number {
  if (p?.byZero === "zero") return 0;
  throw new DivisionByZeroError(op);
}
