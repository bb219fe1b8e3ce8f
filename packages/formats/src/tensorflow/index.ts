export * from "./bundle.js";
export { saveBundle, type WrittenBundle, writeBundle } from "./bundle-writer.js";
export { readCheckpointState, writeCheckpointState } from "./checkpoint-state.js";
export { crc32c, maskCrc } from "./crc32c.js";
export {
  Event,
  eventRecord,
  Summary,
  type SummaryContent,
  SummaryMetadata,
  SummaryValue,
  summaryValue,
  tfRecord,
} from "./events.js";
export { readGraphDef, readMetaGraph, readSavedModelProto, writeGraphDef, writeMetaGraph } from "./graph.js";
export { type KerasObject, readKerasMetadata } from "./keras-metadata.js";
export * from "./messages.js";
export * from "./messages-bundle.js";
export * as example from "./messages-example.js";
export * from "./messages-saved.js";
export type { Extent } from "./ordered-code.js";
export { type Decoded, decodeMessage, emptyMessage, encodeMessage, type Message } from "./proto.js";
export { parseMessage } from "./proto-text.js";
export { readTfRecords } from "./records.js";
export { readTable, writeTable } from "./sstable.js";
export { StringArray } from "./strings.js";
export { type FileTensor, shapeOfProto, shapeToProto, tensorOfProto, tensorToProto } from "./tensor-proto.js";
export * from "./types.js";
