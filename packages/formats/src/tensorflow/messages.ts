import { type Message, many, mapOf, maybe, message, one, sub, subs, textMap } from "./proto.js";

// Field numbers are those of TensorFlow's .proto files (tensorflow/core/framework, core/protobuf).

export const VersionDef = message("VersionDef", {
  producer: one("int32", 1),
  min_consumer: one("int32", 2),
  bad_consumers: many("int32", 3),
});

export const Dim = message("TensorShapeProto.Dim", { size: one("int64", 1), name: one("string", 2) });
export const TensorShapeProto = message("TensorShapeProto", {
  dim: subs(() => Dim, 2),
  unknown_rank: one("bool", 3),
});
export type TensorShapeProto = NonNullable<(typeof TensorShapeProto)["decoded"]>;

export const ResourceHandleProto = message("ResourceHandleProto", {
  device: one("string", 1),
  container: one("string", 2),
  name: one("string", 3),
  hash_code: one("uint64", 4),
  maybe_type_name: one("string", 5),
});

export const TensorProto = message("TensorProto", {
  dtype: one("int32", 1),
  tensor_shape: sub(() => TensorShapeProto, 2),
  tensor_content: one("bytes", 4),
  half_val: many("int32", 13),
  float_val: many("float", 5),
  double_val: many("double", 6),
  int_val: many("int32", 7),
  string_val: many("bytes", 8),
  scomplex_val: many("float", 9),
  int64_val: many("long", 10),
  bool_val: many("bool", 11),
  dcomplex_val: many("double", 12),
  resource_handle_val: subs(() => ResourceHandleProto, 14),
  uint32_val: many("uint32", 16),
  uint64_val: many("uint64", 17),
});
export type TensorProto = NonNullable<(typeof TensorProto)["decoded"]>;

/** A function's name with the attributes that it is called with. */
export interface NameAttrList {
  name: string;
  attr: Map<string, AttrValue>;
}
/** Lists that an attribute may be. */
export interface AttrList {
  s: Uint8Array[];
  i: (number | bigint)[];
  f: number[];
  b: boolean[];
  type: number[];
  shape: TensorShapeProto[];
  tensor: TensorProto[];
  func: NameAttrList[];
}
/** The value of an op's attribute: exactly one of the fields is there. */
export interface AttrValue {
  list: AttrList | undefined;
  s: Uint8Array | undefined;
  i: number | bigint | undefined;
  f: number | undefined;
  b: boolean | undefined;
  type: number | undefined;
  shape: TensorShapeProto | undefined;
  tensor: TensorProto | undefined;
  placeholder: string | undefined;
  func: NameAttrList | undefined;
}
export const NameAttrList: Message<NameAttrList> = message("NameAttrList", {
  name: one("string", 1),
  attr: mapOf(() => AttrValue, 2),
});
export const AttrList: Message<AttrList> = message("AttrValue.ListValue", {
  s: many("bytes", 2),
  i: many("long", 3),
  f: many("float", 4),
  b: many("bool", 5),
  type: many("int32", 6),
  shape: subs(() => TensorShapeProto, 7),
  tensor: subs(() => TensorProto, 8),
  func: subs(() => NameAttrList, 9),
});
export const AttrValue: Message<AttrValue> = message("AttrValue", {
  list: sub(() => AttrList, 1),
  s: maybe("bytes", 2),
  i: maybe("long", 3),
  f: maybe("float", 4),
  b: maybe("bool", 5),
  type: maybe("int32", 6),
  shape: sub(() => TensorShapeProto, 7),
  tensor: sub(() => TensorProto, 8),
  placeholder: maybe("string", 9),
  func: sub(() => NameAttrList, 10),
});

export const NodeDef = message("NodeDef", {
  name: one("string", 1),
  op: one("string", 2),
  input: many("string", 3),
  device: one("string", 4),
  attr: mapOf(() => AttrValue, 5),
});
export type NodeDef = NonNullable<(typeof NodeDef)["decoded"]>;

export const ArgDef = message("OpDef.ArgDef", {
  name: one("string", 1),
  type: one("int32", 3),
  type_attr: one("string", 4),
  number_attr: one("string", 5),
  type_list_attr: one("string", 6),
  is_ref: one("bool", 16),
});
export const AttrDef = message("OpDef.AttrDef", {
  name: one("string", 1),
  type: one("string", 2),
  default_value: sub(() => AttrValue, 3),
});
export const OpDef = message("OpDef", {
  name: one("string", 1),
  input_arg: subs(() => ArgDef, 2),
  output_arg: subs(() => ArgDef, 3),
  control_output: many("string", 20),
  attr: subs(() => AttrDef, 4),
  is_stateful: one("bool", 17),
});

export const FunctionDef = message("FunctionDef", {
  signature: sub(() => OpDef, 1),
  node_def: subs(() => NodeDef, 3),
  ret: textMap(4),
  attr: mapOf(() => AttrValue, 5),
  control_ret: textMap(6),
});
export type FunctionDef = NonNullable<(typeof FunctionDef)["decoded"]>;

export const FunctionDefLibrary = message("FunctionDefLibrary", { function: subs(() => FunctionDef, 1) });

export const GraphDef = message("GraphDef", {
  node: subs(() => NodeDef, 1),
  library: sub(() => FunctionDefLibrary, 2),
  version: one("int32", 3),
  versions: sub(() => VersionDef, 4),
});
export type GraphDef = NonNullable<(typeof GraphDef)["decoded"]>;
