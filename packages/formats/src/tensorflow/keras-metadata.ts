import { type ByteInput, withSource } from "../bytes/source.js";
import { decodeMessage, message, one, subs } from "./proto.js";

const KerasObject = message("SavedObject", {
  node_id: one("int32", 2),
  node_path: one("string", 3),
  identifier: one("string", 4),
  metadata: one("string", 5),
});
/** An object of a model: its path from the root, what kind it is, and what Keras says of it as JSON. */
export type KerasObject = NonNullable<(typeof KerasObject)["decoded"]>;
const SavedMetadata = message("SavedMetadata", { nodes: subs(() => KerasObject, 1) });

/** Reads `keras_metadata.pb`, which Keras 2 puts beside a SavedModel. @throws FormatError */
export const readKerasMetadata = (input: ByteInput): KerasObject[] =>
  withSource(
    input,
    (source) => decodeMessage(SavedMetadata, source.read(0, source.size), "keras_metadata").nodes,
  );
