import { FileError, FormatError, WriteError } from "@cognate/formats";
import { Exception, FileNotFoundError, KeyError, nameClass } from "@cognate/py";
import { fileError } from "../serialization/errors.js";

/** `safetensors.SafetensorError`: a file is broken, or cannot be written. */
export class SafetensorError extends Exception {}
nameClass("safetensors_rust.SafetensorError", SafetensorError);

/** What the reader says, in the library's words where it has its own. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^the header's length$/, "header too large"],
  [/^the (data_)?offsets|^the end$|^the data$/, "incomplete metadata, file not fully covered"],
];

function words(e: FormatError): string {
  if (e.offset === 0 && e.what === "the header's length") {
    if (e.found.includes("cut off") || /^\d+ bytes$/.test(e.found) === false) return "header too small";
  }
  const known = WORDS.find(([what]) => what.test(e.what))?.[1];
  return known ? `${known} (${e.message})` : e.message;
}

/** What `run` gives; errors of the reader and writer come out in the library's classes. */
export function inSafetensorsWords<T>(run: () => T): T {
  try {
    return run();
  } catch (e) {
    if (e instanceof FileError && e.reason === "ENOENT")
      throw new FileNotFoundError(`No such file or directory: ${e.path}`, { cause: e });
    if (e instanceof FileError) throw fileError(e);
    if (e instanceof FormatError)
      throw new SafetensorError(`Error while deserializing header: ${words(e)}`, { cause: e });
    if (!(e instanceof WriteError)) throw e;
    const type = /no element type (\w+)/.exec(e.message)?.[1];
    throw type ? new KeyError(`torch.${type}`, { cause: e }) : new SafetensorError(e.message, { cause: e });
  }
}
