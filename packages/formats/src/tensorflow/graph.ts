import { type ByteInput, withSource } from "../bytes/source.js";
import { GraphDef } from "./messages.js";
import { MetaGraphDef, SavedModelProto } from "./messages-saved.js";
import { decodeMessage, encodeMessage, type Message } from "./proto.js";
import { parseMessage } from "./proto-text.js";

/** Whether the bytes are text: no control characters but white space in the first ones. */
function isText(bytes: Uint8Array): boolean {
  const n = Math.min(bytes.length, 512);
  for (let i = 0; i < n; i++) {
    const b = bytes[i]!;
    if (b < 9 || (b > 13 && b < 32)) return false;
  }
  return n > 0;
}

function either<T>(type: Message<T>, input: ByteInput, format: string): T {
  return withSource(input, (source) => {
    const bytes = source.read(0, source.size);
    return isText(bytes)
      ? parseMessage(type, new TextDecoder().decode(bytes))
      : decodeMessage(type, bytes, format);
  });
}

/** Reads a `GraphDef`, such as a frozen graph: `.pb`, or its text form `.pbtxt`. @throws FormatError */
export const readGraphDef = (input: ByteInput): GraphDef => either(GraphDef, input, "graphdef");
/** Reads the `.meta` file of TensorFlow 1's Saver: graph, collections, signatures and the Saver's names. @throws FormatError */
export const readMetaGraph = (input: ByteInput): MetaGraphDef => either(MetaGraphDef, input, "metagraph");
/** Reads `saved_model.pb`, or its text form. @throws FormatError */
export const readSavedModelProto = (input: ByteInput): NonNullable<(typeof SavedModelProto)["decoded"]> =>
  either(SavedModelProto, input, "savedmodel");

/** The bytes of a `GraphDef`. */
export const writeGraphDef = (graph: Partial<GraphDef>): Uint8Array => encodeMessage(GraphDef, graph);
/** The bytes of a `MetaGraphDef`. */
export const writeMetaGraph = (graph: Partial<MetaGraphDef>): Uint8Array =>
  encodeMessage(MetaGraphDef, graph);
