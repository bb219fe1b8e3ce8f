import { readTfRecords } from "@cognate/formats";
import { def, method, namedTuple, pyClass } from "@cognate/py";
import { constantDatum } from "../../core/convert.js";
import { int64, resource, string } from "../../core/dtypes.js";
import type { Datum, Dims, Handle } from "../../core/row.js";
import { codesOf, fromBytes, StringArray } from "../../core/strings.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph, inDefault } from "../../graph/current.js";
import { registerExecutors } from "../../graph/executors.js";
import type { Operation } from "../../graph/operation.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { bytesAt } from "../../io/file-system.js";
import type { DType, Value } from "../../shared.js";
import type { QueueBaseImpl } from "./queue.js";
import type { Queue } from "./state.js";

/* `tf.TextLineReader` and its kin: records of the files that a queue names, with keys that say where they stood. */

type Record_ = readonly [key: string, value: string];
/** The records of one piece of work; texts are bytes. */
type Open = (work: string, attrs: Readonly<Record<string, unknown>>) => Iterable<Record_>;

function* lines(work: string, attrs: Readonly<Record<string, unknown>>): Generator<Record_> {
  const text = codesOf(bytesAt(fromBytes(work)));
  const all = text.split("\n");
  if (all.at(-1) === "") all.pop();
  const skip = Number(attrs.skip_header_lines ?? 0);
  for (let i = skip; i < all.length; i++) yield [`${work}:${i + 1}`, all[i]!.replace(/\r$/, "")];
}
function* fixed(work: string, attrs: Readonly<Record<string, unknown>>): Generator<Record_> {
  const text = codesOf(bytesAt(fromBytes(work)));
  const n = Number(attrs.record_bytes);
  const hop = Number(attrs.hop_bytes) || n;
  const end = text.length - Number(attrs.footer_bytes);
  let k = 0;
  for (let at = Number(attrs.header_bytes); at + n <= end; at += hop)
    yield [`${work}:${k++}`, text.slice(at, at + n)];
}
function* records(work: string): Generator<Record_> {
  let at = 0;
  for (const r of readTfRecords(bytesAt(fromBytes(work)))) {
    yield [`${work}:${at}`, codesOf(r)];
    at += r.length + 16;
  }
}
const OPEN: Readonly<Record<string, Open>> = {
  TextLineReaderV2: lines,
  FixedLengthRecordReaderV2: fixed,
  TFRecordReaderV2: records,
  WholeFileReaderV2: (work) => [[work, codesOf(bytesAt(fromBytes(work)))]],
  IdentityReaderV2: (work) => [[work, work]],
};

/** Where a reader stands in a session. */
class Reader implements Handle {
  readonly handle = "reader";
  produced = 0;
  completed = 0;
  private _open: Iterator<Record_> | null = null;
  constructor(
    private readonly _type: string,
    private readonly _attrs: Readonly<Record<string, unknown>>,
  ) {}
  /** The next record; work is taken from the queue when there is none. */
  next(queue: Queue): Record_ {
    for (;;) {
      this._open ??= OPEN[this._type]!((queue.dequeue()[0] as StringArray).data[0]!, this._attrs)[
        Symbol.iterator
      ]();
      const r = this._open.next();
      if (!r.done) {
        this.produced++;
        return r.value;
      }
      this._open = null;
      this.completed++;
    }
  }
  /** Records as long as the open file has them, at most so many. */
  several(queue: Queue, n: number): Record_[] {
    const out = [this.next(queue)];
    while (out.length < n) {
      const r = this._open!.next();
      if (r.done) {
        this._open = null;
        this.completed++;
        break;
      }
      this.produced++;
      out.push(r.value);
    }
    return out;
  }
  reset(): void {
    [this.produced, this.completed, this._open] = [0, 0, null];
  }
}
const reader = (d: Datum | undefined): Reader => d as unknown as Reader;
const text = (t: string): Datum => new StringArray([], [t]);
registerExecutors({
  ...Object.fromEntries(
    Object.keys(OPEN).map((type) => [
      type,
      (op: Operation) =>
        (_inputs: readonly Datum[], run: { store: { state<T>(op: Operation, make: () => T): T } }) => [
          run.store.state(op, () => new Reader(type, op.attrs)) as unknown as Datum,
        ],
    ]),
  ),
  ReaderReadV2:
    () =>
    ([r, q]) => {
      const [key, value] = reader(r).next(q as unknown as Queue);
      return [text(key), text(value)];
    },
  ReaderReadUpToV2:
    () =>
    ([r, q, n]) => {
      const count = Number((n as Value).array.flat()[Symbol.iterator]().next().value);
      const list = reader(r).several(q as unknown as Queue, count);
      return [0, 1].map(
        (i) =>
          new StringArray(
            [list.length],
            list.map((x) => x[i]!),
          ),
      );
    },
  ReaderNumRecordsProducedV2:
    () =>
    ([r]) => [constantDatum(reader(r).produced, int64)],
  ReaderNumWorkUnitsCompletedV2:
    () =>
    ([r]) => [constantDatum(reader(r).completed, int64)],
  ReaderResetV2:
    () =>
    ([r]) => {
      reader(r).reset();
      return [];
    },
});

export class ReaderBaseImpl {
  readonly reader_ref: GraphTensor;
  constructor(type: string, attrs: Readonly<Record<string, unknown>>, name: string | null) {
    this.reader_ref = inDefault(() =>
      get_default_graph().addOp({
        type,
        name: name ?? type,
        attrs: { container: "", shared_name: "", ...attrs },
        outputs: [[resource, []]],
        controls: [],
      }),
    ).outputs[0]!;
  }
  get supports_serialize(): boolean {
    return false;
  }
  _call(
    type: string,
    inputs: readonly GraphTensor[],
    outputs: readonly (readonly [DType, Dims])[],
    name: string | null,
  ): readonly GraphTensor[] | Operation {
    const op = inDefault(() =>
      get_default_graph().addOp({ type, name: name ?? type, inputs: [this.reader_ref, ...inputs], outputs }),
    );
    return outputs.length > 0 ? op.outputs : op;
  }
  declare read: Methods["read"];
  declare read_up_to: Methods["read_up_to"];
  declare num_records_produced: Methods["num_records_produced"];
  declare num_work_units_completed: Methods["num_work_units_completed"];
  declare reset: Methods["reset"];
}
type Pair = { key: GraphTensor; value: GraphTensor };
const ReadResult = namedTuple<Pair>("tensorflow.python.ops.gen_io_ops.ReaderReadV2", ["key", "value"]);
const ReadUpTo = namedTuple<{ keys: GraphTensor; values: GraphTensor }>(
  "tensorflow.python.ops.gen_io_ops.ReaderReadUpToV2",
  ["keys", "values"],
);
type R = ReaderBaseImpl;
type Name = string | null;
const refOf = (q: QueueBaseImpl | GraphTensor): GraphTensor => ("queue_ref" in q ? q.queue_ref : q);
const scalarOf =
  (type: string) =>
  (self: R, name: Name = null): GraphTensor =>
    (self._call(type, [], [[int64, []]], name) as readonly GraphTensor[])[0]!;
const methods = {
  read: method(
    def("read", "self queue name", (self: R, queue: QueueBaseImpl, name: Name = null) =>
      ReadResult(
        ...(self._call(
          "ReaderReadV2",
          [refOf(queue)],
          [
            [string, []],
            [string, []],
          ],
          name,
        ) as [GraphTensor, GraphTensor]),
      ),
    ),
  ),
  read_up_to: method(
    def(
      "read_up_to",
      "self queue num_records name",
      (self: R, queue: QueueBaseImpl, num_records: unknown, name: Name = null) =>
        ReadUpTo(
          ...(self._call(
            "ReaderReadUpToV2",
            [refOf(queue), inDefault(() => toGraphTensor(get_default_graph(), num_records, int64))],
            [
              [string, [null]],
              [string, [null]],
            ],
            name,
          ) as [GraphTensor, GraphTensor]),
        ),
    ),
  ),
  num_records_produced: method(
    def("num_records_produced", "self name", scalarOf("ReaderNumRecordsProducedV2")),
  ),
  num_work_units_completed: method(
    def("num_work_units_completed", "self name", scalarOf("ReaderNumWorkUnitsCompletedV2")),
  ),
  reset: method(
    def("reset", "self name", (self: R, name: Name = null) => self._call("ReaderResetV2", [], [], name)),
  ),
};
type Methods = typeof methods;
for (const [key, value] of Object.entries(methods))
  Object.defineProperty(ReaderBaseImpl.prototype, key, { value, writable: true, configurable: true });

class TextLineReaderImpl extends ReaderBaseImpl {
  constructor(skip_header_lines: number | null = null, name: Name = null) {
    super("TextLineReaderV2", { skip_header_lines: skip_header_lines ?? 0 }, name);
  }
}
class FixedLengthRecordReaderImpl extends ReaderBaseImpl {
  constructor(
    record_bytes: number,
    header_bytes: number | null = null,
    footer_bytes: number | null = null,
    hop_bytes: number | null = null,
    name: Name = null,
    _encoding: string | null = null,
  ) {
    const attrs = {
      record_bytes,
      header_bytes: header_bytes ?? 0,
      footer_bytes: footer_bytes ?? 0,
      hop_bytes: hop_bytes ?? 0,
    };
    super("FixedLengthRecordReaderV2", attrs, name);
  }
}
const plain = (type: string): (new (name?: Name) => ReaderBaseImpl) =>
  class extends ReaderBaseImpl {
    constructor(name: Name = null) {
      super(type, {}, name);
    }
  };
class TFRecordReaderImpl extends ReaderBaseImpl {
  constructor(name: Name = null, _options: unknown = null) {
    super("TFRecordReaderV2", {}, name);
  }
}
const MODULE = "tensorflow.python.ops.io_ops";
export const ReaderBase = pyClass(`${MODULE}.ReaderBase`, "type attrs:dict name", ReaderBaseImpl);
export const TextLineReader = pyClass(
  `${MODULE}.TextLineReader`,
  "skip_header_lines name",
  TextLineReaderImpl,
);
export const FixedLengthRecordReader = pyClass(
  `${MODULE}.FixedLengthRecordReader`,
  "record_bytes header_bytes footer_bytes hop_bytes name encoding",
  FixedLengthRecordReaderImpl,
);
export const TFRecordReader = pyClass(`${MODULE}.TFRecordReader`, "name options", TFRecordReaderImpl);
export const WholeFileReader = pyClass(`${MODULE}.WholeFileReader`, "name", plain("WholeFileReaderV2"));
export const IdentityReader = pyClass(`${MODULE}.IdentityReader`, "name", plain("IdentityReaderV2"));
