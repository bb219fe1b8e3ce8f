/**
 * `pickle`: fitted estimators as scikit-learn pickles them, both ways.
 *
 * @packageDocumentation
 */
import { type ByteInput, bytesOf, writeFileAtomic } from "@cognate/formats";
import { revive } from "./read.js";
import { pickled } from "./write.js";

/** A path (Node) or bytes. */
export type Input = ByteInput;

const given = (file: Input): Uint8Array =>
  file instanceof ArrayBuffer ? new Uint8Array(file) : bytesOf(file as ByteInput);

/**
 * Opens a pickled estimator, of scikit-learn's or our own.
 *
 * @param file - a path, or the bytes
 * @throws UnpicklingError, FormatError
 */
export const load = <T = unknown>(file: Input): T => revive(given(file)) as T;

/** Opens a pickled estimator from bytes. */
export const loads = <T = unknown>(data: Uint8Array): T => revive(data) as T;

/**
 * A value as a pickle.
 *
 * @example
 * ```ts
 * import { pickle, SVC } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const bytes = pickle.dumps(SVC({ C: 10 }).fit([[0], [1]], [0, 1]));
 * print(pickle.loads(bytes)); // prints SVC(C=10)
 * ```
 */
export const dumps = (value: unknown): Uint8Array => pickled(value);

/** Writes a pickle to a path; without one its bytes are the result. */
export function dump(value: unknown, file?: string): Uint8Array | null {
  const bytes = pickled(value);
  if (file === undefined) return bytes;
  writeFileAtomic(file, bytes);
  return null;
}
