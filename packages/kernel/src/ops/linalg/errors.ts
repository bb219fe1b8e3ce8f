import { CognateError } from "../../errors/errors.js";

/** A matrix that has no inverse: its number among the batch, and the pivot that is zero. */
export class SingularError extends CognateError {
  override readonly name = "SingularError";
  override readonly code = "COGNATE_SINGULAR";
  constructor(
    readonly op: string,
    readonly matrix: number,
    readonly pivot: number,
  ) {
    super(`${op}: matrix ${matrix} is singular: pivot ${pivot} is zero.`);
  }
}

/** A matrix that is not positive definite: its number among the batch, and the order of the minor that is not positive. */
export class NotPositiveError extends CognateError {
  override readonly name = "NotPositiveError";
  override readonly code = "COGNATE_NOT_POSITIVE";
  constructor(
    readonly op: string,
    readonly matrix: number,
    readonly minor: number,
  ) {
    super(
      `${op}: matrix ${matrix} is not positive definite: its leading minor of order ${minor} is not positive.`,
    );
  }
}
