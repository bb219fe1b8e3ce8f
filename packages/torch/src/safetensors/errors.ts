import { FileError, FormatError, WriteError } from "@cognate/formats";
import { Exception, FileNotFoundError, KeyError, nameClass } from "@cognate/py";
import { fileError } from "../serialization/errors.js";

/** `safetensors.SafetensorError`: a file is broken, or cannot be written. */
export class SafetensorError extends Exception {}
nameClass("safetensors_rust.SafetensorError", SafetensorError);

/** The longest header that the library reads. */
const LONGEST_HEADER = 100_000_000;

/** What the reader says, in the library's words where it has its own. */
function words(e: FormatError): string {
  if (e.what === "the header's length") {
    const length = /^\d+/.exec(e.found);
    if (!length) return "header too small";
    return Number(length[0]) > LONGEST_HEADER ? "header too large" : "invalid header length";
  }
  return /^the (data_)?offsets|^the end$|^the data$/.test(e.what)
    ? "incomplete metadata, file not fully covered"
    : e.message;
}

/**
 * What `run` gives; errors of the reader and writer come out in the library's classes.
 *
 * @param what - what the library says it reads of a file; of bytes in memory nothing
 */
export function inSafetensorsWords<T>(run: () => T, what = " header"): T {
  try {
    return run();
  } catch (e) {
    if (e instanceof FileError && e.reason === "ENOENT")
      throw new FileNotFoundError(`No such file or directory: ${e.path}`, { cause: e });
    if (e instanceof FileError) throw fileError(e);
    if (e instanceof FormatError)
      throw new SafetensorError(`Error while deserializing${what}: ${words(e)}`, { cause: e });
    if (!(e instanceof WriteError)) throw e;
    const type = /no element type (\w+)/.exec(e.message)?.[1];
    throw type ? new KeyError(`torch.${type}`, { cause: e }) : new SafetensorError(e.message, { cause: e });
  }
}
