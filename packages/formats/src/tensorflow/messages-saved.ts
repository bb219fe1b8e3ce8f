import { GraphDef, TensorProto, TensorShapeProto, VersionDef } from "./messages.js";
import { ObjectReference, SlotVariableReference } from "./messages-bundle.js";
import { type Message, many, mapOf, maybe, message, one, sub, subs } from "./proto.js";

/** Names a tensor of a graph, or the parts that a composite one is made of. */
export const TensorInfo = message("TensorInfo", {
  name: one("string", 1),
  dtype: one("int32", 2),
  tensor_shape: sub(() => TensorShapeProto, 3),
});
export const SignatureDef = message("SignatureDef", {
  inputs: mapOf(() => TensorInfo, 1),
  outputs: mapOf(() => TensorInfo, 2),
  method_name: one("string", 3),
  defaults: mapOf(() => TensorProto, 4),
});
export type SignatureDef = NonNullable<(typeof SignatureDef)["decoded"]>;

const texts = message("NodeList", { value: many("string", 1) });
const blobs = message("BytesList", { value: many("bytes", 1) });
const longs = message("Int64List", { value: many("long", 1) });
const floats = message("FloatList", { value: many("float", 1) });
export const CollectionDef = message("CollectionDef", {
  node_list: sub(() => texts, 1),
  bytes_list: sub(() => blobs, 2),
  int64_list: sub(() => longs, 3),
  float_list: sub(() => floats, 4),
});

export const SaverDef = message("SaverDef", {
  filename_tensor_name: one("string", 1),
  save_tensor_name: one("string", 2),
  restore_op_name: one("string", 3),
  max_to_keep: one("int32", 4),
  sharded: one("bool", 5),
  keep_checkpoint_every_n_hours: one("float", 6),
  version: one("int32", 7),
});
export const VariableDef = message("VariableDef", {
  variable_name: one("string", 1),
  initializer_name: one("string", 2),
  snapshot_name: one("string", 3),
  is_resource: one("bool", 5),
  initial_value_name: one("string", 6),
  trainable: one("bool", 7),
  synchronization: one("int32", 8),
  aggregation: one("int32", 9),
});
export const MetaInfoDef = message("MetaInfoDef", {
  meta_graph_version: one("string", 1),
  tags: many("string", 4),
  tensorflow_version: one("string", 5),
  tensorflow_git_version: one("string", 6),
  stripped_default_attrs: one("bool", 7),
});

export const TensorSpecProto = message("TensorSpecProto", {
  name: one("string", 1),
  shape: sub(() => TensorShapeProto, 2),
  dtype: one("int32", 3),
});
/** A structure of Python's as a message: exactly one field is there. */
export interface StructuredValue {
  none_value: object | undefined;
  float64_value: number | undefined;
  int64_value: number | undefined;
  string_value: string | undefined;
  bool_value: boolean | undefined;
  tensor_shape_value: TensorShapeProto | undefined;
  tensor_dtype_value: number | undefined;
  tensor_spec_value: NonNullable<(typeof TensorSpecProto)["decoded"]> | undefined;
  list_value: { values: StructuredValue[] } | undefined;
  tuple_value: { values: StructuredValue[] } | undefined;
  dict_value: { fields: Map<string, StructuredValue> } | undefined;
  named_tuple_value:
    | { name: string; values: { key: string; value: StructuredValue | undefined }[] }
    | undefined;
}
const nothing = message("NoneValue", {});
const sequence: Message<{ values: StructuredValue[] }> = message("ListValue", {
  values: subs(() => StructuredValue, 1),
});
const dictionary: Message<{ fields: Map<string, StructuredValue> }> = message("DictValue", {
  fields: mapOf(() => StructuredValue, 1),
});
const pair: Message<{ key: string; value: StructuredValue | undefined }> = message("PairValue", {
  key: one("string", 1),
  value: sub(() => StructuredValue, 2),
});
const named: Message<NonNullable<StructuredValue["named_tuple_value"]>> = message("NamedTupleValue", {
  name: one("string", 1),
  values: subs(() => pair, 2),
});
export const StructuredValue: Message<StructuredValue> = message("StructuredValue", {
  none_value: sub(() => nothing, 1),
  float64_value: maybe("double", 11),
  int64_value: maybe("sint64", 12),
  string_value: maybe("string", 13),
  bool_value: maybe("bool", 14),
  tensor_shape_value: sub(() => TensorShapeProto, 31),
  tensor_dtype_value: maybe("int32", 32),
  tensor_spec_value: sub(() => TensorSpecProto, 33),
  list_value: sub(() => sequence, 51),
  tuple_value: sub(() => sequence, 52),
  dict_value: sub(() => dictionary, 53),
  named_tuple_value: sub(() => named, 54),
});

export const SavedUserObject = message("SavedUserObject", {
  identifier: one("string", 1),
  version: sub(() => VersionDef, 2),
  metadata: one("string", 3),
});
export const FunctionSpec = message("FunctionSpec", {
  fullargspec: sub(() => StructuredValue, 1),
  is_method: one("bool", 2),
  input_signature: sub(() => StructuredValue, 5),
});
export const SavedFunction = message("SavedFunction", {
  concrete_functions: many("string", 1),
  function_spec: sub(() => FunctionSpec, 2),
});
export const SavedVariable = message("SavedVariable", {
  dtype: one("int32", 1),
  shape: sub(() => TensorShapeProto, 2),
  trainable: one("bool", 3),
  synchronization: one("int32", 4),
  aggregation: one("int32", 5),
  name: one("string", 6),
});
export const SavedBareConcreteFunction = message("SavedBareConcreteFunction", {
  concrete_function_name: one("string", 1),
  argument_keywords: many("string", 2),
  allowed_positional_arguments: one("int64", 3),
});
export const SavedConstant = message("SavedConstant", { operation: one("string", 1) });
export const SavedResource = message("SavedResource", { device: one("string", 1) });
export const SavedAsset = message("SavedAsset", { asset_file_def_index: one("int32", 1) });
export const SavedObject = message("SavedObject", {
  children: subs(() => ObjectReference, 1),
  slot_variables: subs(() => SlotVariableReference, 3),
  user_object: sub(() => SavedUserObject, 4),
  asset: sub(() => SavedAsset, 5),
  function: sub(() => SavedFunction, 6),
  variable: sub(() => SavedVariable, 7),
  bare_concrete_function: sub(() => SavedBareConcreteFunction, 8),
  constant: sub(() => SavedConstant, 9),
  resource: sub(() => SavedResource, 10),
  registered_name: one("string", 13),
});
export type SavedObject = NonNullable<(typeof SavedObject)["decoded"]>;
export const SavedConcreteFunction = message("SavedConcreteFunction", {
  bound_inputs: many("int32", 2),
  canonicalized_input_signature: sub(() => StructuredValue, 3),
  output_signature: sub(() => StructuredValue, 4),
});
export const SavedObjectGraph = message("SavedObjectGraph", {
  nodes: subs(() => SavedObject, 1),
  concrete_functions: mapOf(() => SavedConcreteFunction, 2),
});
export type SavedObjectGraph = NonNullable<(typeof SavedObjectGraph)["decoded"]>;

export const AssetFileDef = message("AssetFileDef", {
  tensor_info: sub(() => TensorInfo, 1),
  filename: one("string", 2),
});
export const MetaGraphDef = message("MetaGraphDef", {
  meta_info_def: sub(() => MetaInfoDef, 1),
  graph_def: sub(() => GraphDef, 2),
  saver_def: sub(() => SaverDef, 3),
  collection_def: mapOf(() => CollectionDef, 4),
  signature_def: mapOf(() => SignatureDef, 5),
  asset_file_def: subs(() => AssetFileDef, 6),
  object_graph_def: sub(() => SavedObjectGraph, 7),
});
export type MetaGraphDef = NonNullable<(typeof MetaGraphDef)["decoded"]>;
export const SavedModelProto = message("SavedModel", {
  saved_model_schema_version: one("int64", 1),
  meta_graphs: subs(() => MetaGraphDef, 2),
});
