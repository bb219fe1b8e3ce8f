import {
  decodeMessage,
  Event,
  encodeMessage,
  eventRecord,
  readTfRecords,
  Summary as SummaryMessage,
  type SummaryValue,
  writeGraphDef,
  writeMetaGraph,
} from "@cognate/formats";
import { pyClass } from "@cognate/py";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import type { Graph } from "../graph/graph.js";
import type { GraphTensor } from "../graph/tensor.js";
import { bytesAt, folders } from "../io/file-system.js";
import { graphDef } from "../saved/export.js";
import { v1 } from "./make.js";
import { node } from "./random-ops.js";

/* `tf.summary`: numbers, histograms and images as operations, and the files of events that TensorBoard reads. */

type Collections = readonly string[] | null;
/** The name's scope with the tag in it, and the operation of that name. */
function summarized(
  name: string,
  family: string | null,
  collections: Collections,
  make: (g: Graph, tag: string, scope: string) => GraphTensor,
): GraphTensor {
  const g = get_default_graph();
  const own = name.replace(/[^-/\w.]/g, "_").replace(/^\/+/, "");
  return g.scoped(family === null ? own : `${family}/${own}`, (scope) => {
    const t = make(g, (family === null ? scope : `${family}/${scope}`).replace(/\/$/, ""), scope);
    g.add_to_collections((collections ?? ["summaries"]) as never, t);
    return t;
  });
}
export const scalar = v1(
  "scalar",
  "name tensor collections family",
  (
    name: string,
    tensor: unknown,
    collections: Collections = null,
    family: string | null = null,
  ): GraphTensor =>
    summarized(name, family, collections, (g, tag, scope) =>
      node(g, "ScalarSummary", [toGraphTensor(g, tag, undefined, "tags"), tensor], {}, scope),
    ),
);
export const histogram = v1(
  "histogram",
  "name values collections family",
  (
    name: string,
    values: unknown,
    collections: Collections = null,
    family: string | null = null,
  ): GraphTensor =>
    summarized(name, family, collections, (g, tag, scope) =>
      node(
        g,
        "HistogramSummary",
        [toGraphTensor(g, tag, undefined, "tag"), toGraphTensor(g, values, undefined, "values")],
        {},
        scope,
      ),
    ),
);
export const image = v1(
  "image",
  "name tensor max_outputs collections family",
  (
    name: string,
    tensor: unknown,
    max_outputs = 3,
    collections: Collections = null,
    family: string | null = null,
  ): GraphTensor =>
    summarized(name, family, collections, (g, tag, scope) =>
      node(
        g,
        "ImageSummary",
        [toGraphTensor(g, tag, undefined, "tag"), tensor],
        { max_images: max_outputs },
        scope,
      ),
    ),
);
export const merge = v1(
  "merge",
  "inputs collections name",
  (inputs: readonly unknown[], collections: Collections = null, name: string | null = null): GraphTensor => {
    const g = get_default_graph();
    const own = name ?? "Merge";
    const t = g.scoped(own, (scope) =>
      node(g, "MergeSummary", [inputs], { N: inputs.length }, name === null ? "MergeSummary" : scope),
    );
    if (collections) g.add_to_collections(collections as never, t);
    return t;
  },
);
/** A summary of all of a collection, `null` where there is none. */
export const merge_all = v1(
  "merge_all",
  "key scope name",
  (key = "summaries", scope: string | null = null, name: string | null = null): GraphTensor | null => {
    const list = get_default_graph().get_collection(key, scope as never) as GraphTensor[];
    return list.length === 0 ? null : (merge(list, null, name) as GraphTensor);
  },
);

type Content = Partial<SummaryValue>;
class ValueImpl {
  readonly tag: string;
  readonly simple_value: number;
  readonly histo: unknown;
  readonly image: unknown;
  private readonly _given: Content;
  constructor(tag = "", simple_value: number | null = null, image: unknown = null, histo: unknown = null) {
    this.tag = tag;
    this.simple_value = simple_value ?? 0;
    this.image = image;
    this.histo = histo;
    this._given = {
      tag,
      ...(simple_value === null ? {} : { simple_value: Number(simple_value) }),
      ...(image === null ? {} : { image: image as never }),
      ...(histo === null ? {} : { histo: histo as never }),
    };
  }
  HasField(name: string): boolean {
    return (this._given as Record<string, unknown>)[name] !== undefined;
  }
  get _content(): Content {
    return this._given;
  }
}
const Value = pyClass(
  "tensorflow.core.framework.summary_pb2.Value",
  "tag simple_value image histo",
  ValueImpl,
);
class SummaryImpl {
  constructor(readonly value: ValueImpl[] = []) {}
  SerializeToString(): Uint8Array {
    return encodeMessage(SummaryMessage, { value: this.value.map((v) => v._content) as SummaryValue[] });
  }
}
const read = (bytes: Uint8Array): SummaryImpl =>
  new SummaryImpl(valuesOf(decodeMessage(SummaryMessage, bytes)));
const valuesOf = (s: { value: SummaryValue[] } | undefined): ValueImpl[] =>
  (s?.value ?? []).map((v) => new ValueImpl(v.tag, v.simple_value ?? null, v.image ?? null, v.histo ?? null));
/** `tf.Summary`: values under tags. */
export const Summary = Object.assign(
  pyClass("tensorflow.core.framework.summary_pb2.Summary", "value", SummaryImpl),
  { Value, FromString: read },
);

let written = 0;
class FileWriterImpl {
  readonly path: string;
  private _closed = false;
  constructor(
    readonly logdir: string,
    graph: unknown = null,
    _max_queue = 10,
    _flush_secs = 120,
    _graph_def: unknown = null,
    filename_suffix: string | null = null,
  ) {
    folders().mkdirSync(logdir, { recursive: true });
    const seconds = String(Math.floor(Date.now() / 1000)).padStart(10, "0");
    this.path = `${logdir}/events.out.tfevents.${seconds}.localhost${written++ === 0 ? "" : `.${written}`}${filename_suffix ?? ""}`;
    folders().writeFileSync(this.path, Uint8Array.of());
    this._add({ file_version: "brain.Event:2" });
    if (graph !== null) {
      this.add_graph(graph);
      this._add({ meta_graph_def: writeMetaGraph({ graph_def: graphDef(graph as never) as never }) });
    }
  }
  private _add(event: Partial<Event>): void {
    folders().appendFileSync(this.path, eventRecord({ wall_time: Date.now() / 1000, ...event }));
  }
  get_logdir(): string {
    return this.logdir;
  }
  add_summary(summary: unknown, global_step: unknown = null): void {
    const bytes = summary instanceof SummaryImpl ? summary.SerializeToString() : (summary as Uint8Array);
    this._add({ step: Number(global_step ?? 0), summary: decodeMessage(SummaryMessage, bytes) });
  }
  add_graph(graph: unknown, global_step: unknown = null): void {
    this._add({
      step: Number(global_step ?? 0),
      graph_def: writeGraphDef(graphDef(graph as never) as never),
    });
  }
  add_event(event: Partial<Event>): void {
    this._add(event);
  }
  add_session_log(_log: unknown, _global_step: unknown = null): void {}
  flush(): void {}
  close(): void {
    this._closed = true;
  }
  reopen(): void {
    this._closed = false;
  }
  get closed(): boolean {
    return this._closed;
  }
  enter(): this {
    return this;
  }
  exit(): void {
    this.close();
  }
}
export const FileWriter = pyClass(
  "tensorflow.python.summary.writer.writer.FileWriter",
  "logdir graph max_queue flush_secs graph_def filename_suffix session",
  FileWriterImpl,
);
/** The events of a file, one after another. */
export function* summary_iterator(path: string): Generator<unknown> {
  for (const record of readTfRecords(bytesAt(path))) {
    const e = decodeMessage(Event, record);
    yield {
      wall_time: e.wall_time,
      step: Number(e.step),
      file_version: e.file_version,
      summary: { value: valuesOf(e.summary) },
    };
  }
}
