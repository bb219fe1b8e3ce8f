import { TensorShapeProto, VersionDef } from "./messages.js";
import { many, maybe, message, one, sub, subs } from "./proto.js";

export const BundleHeaderProto = message("BundleHeaderProto", {
  num_shards: one("int32", 1),
  endianness: one("int32", 2),
  version: sub(() => VersionDef, 3),
});

export const SliceExtent = message("TensorSliceProto.Extent", {
  start: one("int64", 1),
  length: maybe("int64", 2),
});
export const TensorSliceProto = message("TensorSliceProto", { extent: subs(() => SliceExtent, 1) });

export const BundleEntryProto = message("BundleEntryProto", {
  dtype: one("int32", 1),
  shape: sub(() => TensorShapeProto, 2),
  shard_id: one("int32", 3),
  offset: one("int64", 4),
  size: one("int64", 5),
  crc32c: one("fixed32", 6),
  slices: subs(() => TensorSliceProto, 7),
});
export type BundleEntryProto = NonNullable<(typeof BundleEntryProto)["decoded"]>;

export const ObjectReference = message("ObjectReference", {
  node_id: one("int32", 1),
  local_name: one("string", 2),
});
export const SerializedTensor = message("SerializedTensor", {
  name: one("string", 1),
  full_name: one("string", 2),
  checkpoint_key: one("string", 3),
});
export const SlotVariableReference = message("SlotVariableReference", {
  original_variable_node_id: one("int32", 1),
  slot_name: one("string", 2),
  slot_variable_node_id: one("int32", 3),
});
export const BoolValue = message("BoolValue", { value: one("bool", 1) });
export const RegisteredSaver = message("RegisteredSaver", {
  name: one("string", 1),
  object_name: one("string", 2),
});
export const TrackableObject = message("TrackableObject", {
  children: subs(() => ObjectReference, 1),
  attributes: subs(() => SerializedTensor, 2),
  slot_variables: subs(() => SlotVariableReference, 3),
  registered_saver: sub(() => RegisteredSaver, 4),
  has_checkpoint_values: sub(() => BoolValue, 5),
});
export const TrackableObjectGraph = message("TrackableObjectGraph", {
  nodes: subs(() => TrackableObject, 1),
});
export type TrackableObjectGraph = NonNullable<(typeof TrackableObjectGraph)["decoded"]>;

/** The state of a directory of checkpoints: the text file named `checkpoint`. */
export const CheckpointState = message("CheckpointState", {
  model_checkpoint_path: one("string", 1),
  all_model_checkpoint_paths: many("string", 2),
  all_model_checkpoint_timestamps: many("double", 3),
  last_preserved_timestamp: maybe("double", 4),
});
export type CheckpointState = NonNullable<(typeof CheckpointState)["decoded"]>;
