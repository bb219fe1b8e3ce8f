/**
 * `joblib`: fitted estimators as `joblib.dump` writes them (plain, zlib or gzip), and files that `joblib.load` opens.
 *
 * @packageDocumentation
 */
import { writeFileAtomic } from "@cognate/formats";
import { type Input, load as loadPickle } from "./pickle.js";
import { pickled } from "./write.js";

/** Opens a file of joblib's. @throws UnpicklingError, FormatError */
export const load = <T = unknown>(filename: Input): T => loadPickle<T>(filename);

/** Writes a file that `joblib.load` opens; without a path its bytes are the result. */
export function dump(value: unknown, filename?: string): readonly string[] | Uint8Array {
  const bytes = pickled(value);
  if (filename === undefined) return bytes;
  writeFileAtomic(filename, bytes);
  return [filename];
}
