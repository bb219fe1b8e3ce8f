import { joinBytes, utf8Bytes } from "../bytes/sink.js";
import { crc32c, maskCrc } from "./crc32c.js";
import { TensorProto } from "./messages.js";
import { encodeMessage, many, maybe, message, one, sub, subs } from "./proto.js";

/* Files of TensorBoard: records of events, each with a wall time, a step and summaries. */

const PluginData = message("SummaryMetadata.PluginData", {
  plugin_name: one("string", 1),
  content: one("bytes", 2),
});
export const SummaryMetadata = message("SummaryMetadata", {
  plugin_data: sub(() => PluginData, 1),
  display_name: one("string", 2),
  summary_description: one("string", 3),
  data_class: one("int32", 4),
});
export const HistogramProto = message("HistogramProto", {
  min: one("double", 1),
  max: one("double", 2),
  num: one("double", 3),
  sum: one("double", 4),
  sum_squares: one("double", 5),
  bucket_limit: many("double", 6),
  bucket: many("double", 7),
});
export const SummaryImage = message("Summary.Image", {
  height: one("int32", 1),
  width: one("int32", 2),
  colorspace: one("int32", 3),
  encoded_image_string: one("bytes", 4),
});
export const SummaryValue = message("Summary.Value", {
  tag: one("string", 1),
  simple_value: maybe("float", 2),
  image: sub(() => SummaryImage, 4),
  histo: sub(() => HistogramProto, 5),
  tensor: sub(() => TensorProto, 8),
  metadata: sub(() => SummaryMetadata, 9),
});
export const Summary = message("Summary", { value: subs(() => SummaryValue, 1) });
export const Event = message("Event", {
  wall_time: one("double", 1),
  step: one("int64", 2),
  file_version: one("string", 3),
  graph_def: one("bytes", 4),
  summary: sub(() => Summary, 5),
  meta_graph_def: one("bytes", 9),
});
export type Event = NonNullable<(typeof Event)["decoded"]>;
export type SummaryValue = NonNullable<(typeof SummaryValue)["decoded"]>;

/** A record of a TFRecord file: length, its checksum, the data, its checksum. */
export function tfRecord(data: Uint8Array): Uint8Array {
  const head = new Uint8Array(12);
  const view = new DataView(head.buffer);
  view.setUint32(0, data.length, true);
  view.setUint32(4, Math.floor(data.length / 2 ** 32), true);
  view.setUint32(8, maskCrc(crc32c(head.subarray(0, 8))), true);
  const foot = new Uint8Array(4);
  new DataView(foot.buffer).setUint32(0, maskCrc(crc32c(data)), true);
  return joinBytes([head, data, foot]);
}

/** The record of an event. */
export const eventRecord = (event: Partial<Event>): Uint8Array => tfRecord(encodeMessage(Event, event));

/** What a summary holds: a number, the buckets of a histogram, images, or a text. */
export type SummaryContent =
  | { readonly plugin: "scalars"; readonly value: number }
  | { readonly plugin: "histograms"; readonly buckets: Float64Array; readonly count: number }
  | {
      readonly plugin: "images";
      readonly width: number;
      readonly height: number;
      readonly pngs: readonly Uint8Array[];
    }
  | { readonly plugin: "graph_keras_model"; readonly text: string };

const [DT_FLOAT, DT_DOUBLE, DT_STRING] = [1, 2, 7];
/** Classes of data: numbers, tensors, sequences of binary data. */
const DATA_CLASS = { scalars: 1, histograms: 2, images: 3, graph_keras_model: 0 } as const;

type Tensor = NonNullable<SummaryValue["tensor"]>;
const shapeOf = (...sizes: number[]) => ({
  dim: sizes.map((size) => ({ size, name: "" })),
  unknown_rank: false,
});
function tensorOf(c: SummaryContent): Partial<Tensor> {
  if (c.plugin === "scalars") return { dtype: DT_FLOAT!, tensor_shape: shapeOf(), float_val: [c.value] };
  if (c.plugin === "histograms")
    return {
      dtype: DT_DOUBLE!,
      tensor_shape: shapeOf(c.count, 3),
      tensor_content: new Uint8Array(c.buckets.buffer, c.buckets.byteOffset, c.buckets.byteLength).slice(),
    };
  const texts = c.plugin === "images" ? [`${c.width}`, `${c.height}`, ...c.pngs] : [c.text];
  return {
    dtype: DT_STRING!,
    tensor_shape: c.plugin === "images" ? shapeOf(texts.length) : shapeOf(),
    string_val: texts.map((t) => (typeof t === "string" ? utf8Bytes(t) : t)),
  };
}

/** A value of a summary under its tag, with what TensorBoard's plugins want to know of it. */
export function summaryValue(tag: string, content: SummaryContent): Partial<SummaryValue> {
  // Scalars, histograms and images carry the version of their plugin, zero, which is no bytes at all.
  const text = content.plugin === "graph_keras_model" ? utf8Bytes("1") : new Uint8Array(0);
  return {
    tag,
    tensor: tensorOf(content) as Tensor,
    metadata: {
      plugin_data: { plugin_name: content.plugin, content: text },
      display_name: "",
      summary_description: "",
      data_class: DATA_CLASS[content.plugin],
    },
  };
}
