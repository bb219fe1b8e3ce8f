import { CognateError } from "../errors/errors.js";

/** An iteration that did not come to its end, on numbers that are not finite or do not separate. */
export class ConvergenceError extends CognateError {
  override readonly name = "ConvergenceError";
  override readonly code = "COGNATE_CONVERGENCE";
  constructor(
    readonly op: string,
    readonly matrix: number,
    /** How many numbers had not settled. */
    readonly left: number,
    /** Whether the matrix holds NaN or infinities. */
    readonly nonFinite: boolean,
  ) {
    super(
      `${op}: matrix ${matrix} ${nonFinite ? "is not finite" : `did not converge: ${left} values are open`}.`,
    );
  }
}
