import { InvalidArgumentError, type OpError } from "../core/errors.js";

/** What went wrong while a graph ran; the session names the node. */
export class RunProblem extends Error {
  constructor(
    message: string,
    readonly kind: new (message: string) => OpError = InvalidArgumentError,
  ) {
    super(message);
  }
}
