import { CognateError } from "@cognate/kernel";

/** What a {@link FormatError} says, by field. */
export interface FormatProblem {
  /** The format's short name: `zip`, `pickle`, `npy` … */
  readonly format: string;
  /** Which part of the file is wrong. */
  readonly what: string;
  /** What stands there. */
  readonly found: string;
  /** What should stand there. */
  readonly wanted: string;
  /** Byte offset in the file, where there is one. */
  readonly offset?: number;
  /** The path inside the file (`/layers/dense/vars/0`), where there is one. */
  readonly path?: string;
}

/**
 * A file is broken, is of another format, or uses a part of its format that is not read here.
 *
 * @example
 * ```ts
 * import { print } from "@cognate/py";
 * import { FormatError } from "@cognate/formats";
 * const e = new FormatError({ format: "npy", what: "the version", found: "9", wanted: "1, 2 or 3", offset: 6 });
 * print(e.message); // prints npy: the version at byte 6 is 9, expected 1, 2 or 3.
 * ```
 */
export class FormatError extends CognateError implements FormatProblem {
  override readonly name: string = "FormatError";
  override readonly code: string = "COGNATE_FORMAT";
  readonly format: string;
  readonly what: string;
  readonly found: string;
  readonly wanted: string;
  readonly offset: number | undefined;
  readonly path: string | undefined;

  constructor(problem: FormatProblem, options?: ErrorOptions) {
    const { format, what, found, wanted, offset, path } = problem;
    const where =
      (path === undefined ? "" : ` of ${path}`) + (offset === undefined ? "" : ` at byte ${offset}`);
    super(`${format}: ${what}${where} is ${found}, expected ${wanted}.`, options);
    this.format = format;
    this.what = what;
    this.found = found;
    this.wanted = wanted;
    this.offset = offset;
    this.path = path;
  }
}

/** A file of the file system could not be opened, read or written. */
export class FileError extends CognateError {
  override readonly name = "FileError";
  override readonly code = "COGNATE_FILE";
  constructor(
    readonly path: string,
    /** The system's code, such as `ENOENT`; `NO_FILE_SYSTEM` where there is none. */
    readonly reason: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A value cannot be written in the format that was asked for. */
export class WriteError extends CognateError {
  override readonly name = "WriteError";
  override readonly code = "COGNATE_WRITE";
  constructor(
    readonly format: string,
    message: string,
  ) {
    super(`${format}: ${message}`);
  }
}
