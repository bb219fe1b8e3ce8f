import { readTfRecords, tfRecord } from "@cognate/formats";
import { pyClass } from "@cognate/py";
import { bytesAt, folders } from "./file-system.js";

class TFRecordWriterImpl {
  constructor(
    readonly path: string,
    _options: unknown = null,
  ) {
    folders().writeFileSync(path, Uint8Array.of());
  }
  write(record: Uint8Array | string): void {
    const bytes = typeof record === "string" ? new TextEncoder().encode(record) : record;
    folders().appendFileSync(this.path, tfRecord(bytes));
  }
  flush(): void {}
  close(): void {}
  enter(): this {
    return this;
  }
  exit(): void {}
  [Symbol.dispose](): void {}
}
const Writer = pyClass(
  "tensorflow.python.lib.io.tf_record.TFRecordWriter",
  "path options",
  TFRecordWriterImpl,
);
/** `tf.io.TFRecordWriter(path)`; with a callback at the end, what Python's `with` is. */
export const TFRecordWriter = (...args: unknown[]): unknown => {
  const body = typeof args.at(-1) === "function" ? (args.pop() as (w: TFRecordWriterImpl) => unknown) : null;
  const writer = (Writer as unknown as (...a: unknown[]) => TFRecordWriterImpl)(...args);
  return body ? body(writer) : writer;
};
/** The records of a file, one after another. */
export function* tf_record_iterator(path: string): Generator<Uint8Array> {
  yield* readTfRecords(bytesAt(path));
}
