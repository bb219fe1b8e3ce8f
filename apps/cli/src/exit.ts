import { FileError, FormatError, GlobalRefusedError, OpcodeRefusedError, WriteError } from "@cognate/formats";

/** What the command's exit codes mean. */
export const EXIT = {
  ok: 0,
  /** Something is wrong with `cognate` itself. */
  bug: 1,
  /** The command was given in a wrong way. */
  usage: 2,
  /** A file cannot be opened, read or written. */
  file: 3,
  /** A file is broken, or in a format that is not known. */
  broken: 4,
  /** A file asks for something that is never done for a file: running code of its choice. */
  refused: 5,
  /** This cannot be done with this file: no model to predict with, no counterpart in the other format. */
  impossible: 6,
  /** The input does not fit the model. */
  input: 7,
} as const;

export type ExitName = keyof typeof EXIT;

/** An error that is meant for the user, with the exit code that it leads to. */
export class CliError extends Error {
  override readonly name = "CliError";
  constructor(
    readonly exit: ExitName,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** What an error means for the user. Façades put the readers' errors in their own words; the cause tells the kind. */
export function explained(error: unknown): { exit: ExitName; message: string } {
  const message = error instanceof Error ? error.message : String(error);
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    const exit = kindOf(e);
    if (exit) return { exit, message: e === error ? message : `${e.message}${context(message, e.message)}` };
  }
  return { exit: "bug", message: error instanceof Error ? (error.stack ?? message) : message };
}

function kindOf(e: Error): ExitName | undefined {
  if (e instanceof CliError) return e.exit;
  if (e instanceof FileError) return "file";
  if (e instanceof GlobalRefusedError || e instanceof OpcodeRefusedError) return "refused";
  if (e instanceof FormatError) return "broken";
  if (e instanceof WriteError) return "impossible";
  return undefined;
}

/** The façade's words, where they add something. */
function context(outer: string, inner: string): string {
  return outer.includes(inner) || outer === "" ? "" : `\n${outer}`;
}
