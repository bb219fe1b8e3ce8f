import { def } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { string } from "../core/dtypes.js";
import { TensorSpec } from "../function/specs.js";
import { bytesAt, matchingPaths } from "../io/file-system.js";
import { tf_record_iterator } from "../io/records.js";
import type { Tensor } from "../shared.js";
import { DatasetImpl, UNKNOWN } from "./dataset.js";
import type { D } from "./methods.js";

/* Data sets of files: lines of texts, records. */

/** Paths given as texts, tensors of texts, or a data set of them. */
function pathsOf(given: unknown): string[] {
  if (given instanceof DatasetImpl) return [...given._each()].flatMap(pathsOf);
  const flat = toTensor(given, { dtype: string }).numpy() as unknown;
  const walk = (x: unknown): string[] =>
    Array.isArray(x) ? x.flatMap(walk) : [x instanceof Uint8Array ? new TextDecoder().decode(x) : String(x)];
  return walk(flat);
}
const ofFiles = (kind: string, given: unknown, read: (path: string) => Iterable<Uint8Array>): D =>
  new DatasetImpl({
    kind,
    spec: new TensorSpec([], string),
    cardinality: UNKNOWN,
    make: function* (): Generator<Tensor> {
      for (const path of pathsOf(given))
        for (const bytes of read(path)) yield toTensor(bytes as never, { dtype: string });
    },
  });

export const TextLineDataset = def(
  "TextLineDataset",
  "filenames compression_type buffer_size num_parallel_reads name",
  (filenames: unknown, _compression: unknown = null): D =>
    ofFiles("TextLineDatasetV2", filenames, function* (path) {
      const bytes = bytesAt(path);
      for (let at = 0; at < bytes.length; ) {
        const next = bytes.indexOf(10, at);
        const end = next < 0 ? bytes.length : next;
        yield bytes.slice(at, end > at && bytes[end - 1] === 13 ? end - 1 : end);
        at = end + 1;
      }
    }),
);
export const TFRecordDataset = def(
  "TFRecordDataset",
  "filenames compression_type buffer_size num_parallel_reads name",
  (filenames: unknown, _compression: unknown = null): D =>
    ofFiles("TFRecordDatasetV2", filenames, tf_record_iterator),
);
export const FixedLengthRecordDataset = def(
  "FixedLengthRecordDataset",
  "filenames record_bytes header_bytes footer_bytes buffer_size compression_type num_parallel_reads name",
  (filenames: unknown, record_bytes: number, header_bytes = 0, footer_bytes = 0): D =>
    ofFiles("FixedLengthRecordDatasetV2", filenames, function* (path) {
      const bytes = bytesAt(path);
      const end = bytes.length - footer_bytes;
      for (let at = header_bytes; at + record_bytes <= end; at += record_bytes)
        yield bytes.slice(at, at + record_bytes);
    }),
);
/** Paths that match patterns, in their order unless they are to be shuffled. */
export const list_files = def(
  "Dataset.list_files",
  "file_pattern shuffle seed name",
  (file_pattern: unknown, shuffle: boolean | null = null, seed: number | null = null): D => {
    const paths = pathsOf(file_pattern).flatMap(matchingPaths);
    const d = new DatasetImpl({
      kind: "_TensorSliceDataset",
      spec: new TensorSpec([], string),
      cardinality: paths.length,
      make: function* (): Generator<Tensor> {
        for (const p of paths) yield toTensor(p, { dtype: string });
      },
    });
    return shuffle === false
      ? d
      : (d as unknown as { shuffle(n: number, s: number | null): D }).shuffle(
          Math.max(1, paths.length),
          seed,
        );
  },
);
