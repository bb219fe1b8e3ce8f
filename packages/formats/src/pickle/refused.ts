import { FormatError } from "../bytes/errors.js";

/** A pickle names a class or function that the caller did not allow. */
export class GlobalRefusedError extends FormatError {
  override readonly name: string = "GlobalRefusedError";
  override readonly code: string = "COGNATE_PICKLE_GLOBAL";
  constructor(
    readonly module: string,
    /** The name within the module; dotted for a nested class. */
    readonly global: string,
    offset: number,
  ) {
    super({
      format: "pickle",
      what: "the global",
      found: `${module}.${global}, which is not allowed`,
      wanted: "a class or function from the allow-list",
      offset,
    });
  }
}

/** A pickle uses an operation that the caller did not allow. */
export class OpcodeRefusedError extends FormatError {
  override readonly name: string = "OpcodeRefusedError";
  override readonly code: string = "COGNATE_PICKLE_OPCODE";
  constructor(
    readonly opcode: number,
    shown: string,
    offset: number,
    wanted: string,
  ) {
    super({ format: "pickle", what: "the operation", found: shown, wanted, offset });
  }
}
