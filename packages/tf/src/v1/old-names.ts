import { def, TypeError, ValueError } from "@cognate/py";
import { as_dtype, int64, type TypeLike } from "../core/dtypes.js";
import { OpError as OperationError } from "../core/errors.js";
import type { Datum } from "../core/row.js";
import type { StringArray } from "../core/strings.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import { Dimension } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import type { GraphVariable } from "../graph/variable.js";
import { csv } from "../io/csv.js";
import { ownOp } from "../io/own-op.js";
import { parse } from "../io/parsing.js";
import { datumFrom } from "../lookup/table.js";
import * as ioModule from "../namespaces/io.js";
import * as fftOps from "../ops/fft-nd.js";
import * as imageOps from "../ops/image.js";
import type { Data, Name } from "../ops/make.js";
import { CriticalSection as Critical } from "../ops/top-level.js";
import { name_scope } from "./graph.js";
import { recorded, v1 } from "./make.js";
import { node } from "./random-ops.js";
import { SparseTensor } from "./sparse.js";
import { variable_scope } from "./variable-scope.js";
import { report_uninitialized_variables, tables_initializer, variables_initializer } from "./variables.js";

/* Names at the top of TensorFlow 1 that stand in modules today, and a few that are gone. */

const { read_file: readFile, write_file: writeFile, matching_files: matching, ...io } = ioModule;
export const { decode_base64, decode_raw, encode_base64, parse_tensor, serialize_tensor } = recorded(io);
export const { FixedLenFeature, FixedLenSequenceFeature, VarLenFeature } = io;
export { matching as matching_files, readFile as read_file, writeFile as write_file };
export const { fftnd, ifftnd, irfftnd, rfftnd } = recorded(fftOps);
export { GradientTape } from "@cognate/keras/tensorflow";
export { switch_case, vectorized_map } from "../function/control.js";
export { function_ as function } from "../function/function.js";
export { Module } from "../function/module.js";
export { init_scope } from "../function/scopes.js";
export { TensorSpec } from "../function/specs.js";
export { grad_pass_through } from "../function/tape.js";
export { is_symbolic_tensor, py_function } from "../ops/more.js";
export { print_ as print } from "../ops/print.js";
export { required_space_to_batch_paddings } from "../ops/space-to-batch.js";
export { AggregationMethod, VariableAggregation, VariableSynchronization } from "../ops/top-level.js";
export { DType } from "../shared.js";
export const CriticalSection = Critical;
export const OpError = OperationError;

/** Columns of comma-separated records. */
export const decode_csv = v1(
  "decode_csv",
  "records record_defaults field_delim use_quote_delim name na_value select_cols",
  (
    records: Data,
    record_defaults: readonly unknown[],
    field_delim = ",",
    use_quote_delim = true,
    name: Name = null,
    na_value = "",
    select_cols: readonly number[] | null = null,
  ) => csv({ records, record_defaults, field_delim, use_quote_delim, na_value, select_cols, name }),
);
type Features = Readonly<Record<string, unknown>> | null;
/** Features of a batch of serialized Examples. */
export const parse_example = v1(
  "parse_example",
  "serialized features:dict name example_names",
  (serialized: Data, features: Features, name: Name = null, _names: unknown = null) =>
    parse({ serialized, features, single: false, name }),
);
/** Features of one serialized Example. */
export const parse_single_example = v1(
  "parse_single_example",
  "serialized features:dict name example_names",
  (serialized: Data, features: Features, name: Name = null, _names: unknown = null) =>
    parse({ serialized, features, single: true, name }),
);

const graph = get_default_graph;
export const to_complex128 = v1("to_complex128", "x name", (x: unknown, name: Name = "ToComplex128") =>
  node(graph(), "Cast", [x], { DstT: as_dtype("complex128") }, name),
);
/** What stands in the first list and not in the second, and where. */
export const setdiff1d = v1(
  "setdiff1d",
  "x y index_dtype name",
  (x: unknown, y: unknown, index_dtype: TypeLike = "int32", name: Name = null): GraphTensor[] =>
    graph().createOp("ListDiff", [x, y], { out_idx: as_dtype(index_dtype) }, name) as GraphTensor[],
);
export const extract_image_patches = v1(
  "extract_image_patches",
  "images ksizes strides rates padding name sizes",
  (
    images: Data,
    ksizes: readonly number[] | null = null,
    strides: readonly number[] | null = null,
    rates: readonly number[] | null = null,
    padding: string | null = null,
    name: Name = null,
    sizes: readonly number[] | null = null,
  ) =>
    (imageOps.extract_patches as unknown as (...a: unknown[]) => unknown)(
      images,
      ksizes ?? sizes,
      strides,
      rates,
      padding,
      name,
    ),
);
export const verify_tensor_all_finite = v1(
  "verify_tensor_all_finite",
  "t msg name x message",
  (
    t: unknown = null,
    msg: string | null = null,
    name: Name = null,
    x: unknown = null,
    message: string | null = null,
  ) =>
    node(
      graph(),
      "Identity",
      [node(graph(), "CheckNumerics", [t ?? x], { message: msg ?? message ?? "" })],
      {},
      name ?? "control_dependency",
    ),
);
/** The length of an axis of a shape: a number, or `null`. */
export const dimension_value = (dimension: unknown): number | null =>
  dimension instanceof Dimension ? dimension.value : (dimension as number | null);
export const dimension_at_index = (
  shape: { readonly dims: readonly unknown[] | null },
  index: number,
): unknown => {
  const dims = shape.dims;
  if (dims === null) return new Dimension(null);
  const d = dims.at(index);
  return d instanceof Dimension ? d : new Dimension(d as number | null);
};
export const no_regularizer = (_x: unknown): null => null;
export const initialize_all_tables = tables_initializer;
export const initialize_local_variables = v1("initialize_local_variables", "", () =>
  variables_initializer(graph().get_collection("local_variables") as GraphVariable[]),
);
/** @throws FailedPreconditionError, when it runs, where variables have no value */
export const assert_variables_initialized = v1(
  "assert_variables_initialized",
  "var_list",
  (var_list: readonly GraphVariable[] | null = null) =>
    (report_uninitialized_variables as unknown as (...a: unknown[]) => unknown)(var_list),
);
export const convert_to_tensor_or_sparse_tensor = v1(
  "convert_to_tensor_or_sparse_tensor",
  "value dtype name",
  (value: unknown, dtype: TypeLike | null = null, name: Name = null): unknown => {
    if (!(value instanceof SparseTensor))
      return toGraphTensor(graph(), value, dtype === null ? undefined : as_dtype(dtype), name);
    if (dtype !== null && as_dtype(dtype) !== value.dtype)
      throw new TypeError(
        `Sparse dtype mismatch. Requested: ${as_dtype(dtype).name},  Actual: ${value.dtype.name}`,
      );
    return value;
  },
);
/** Parts of texts between any of some characters (each byte, where there are none): places, parts, shape. */
function splitRows(texts: readonly string[], by: string, skip: boolean): Datum[] {
  const any = new RegExp(`[${by.replace(/[\\\]^-]/g, "\\$&")}]`);
  const rows = texts.map((t) => {
    const parts = by === "" ? [...t] : t.split(any);
    return skip ? parts.filter((p) => p !== "") : parts;
  });
  const places = rows.flatMap((r, i) => r.map((_p, k) => [i, k]));
  const longest = Math.max(0, ...rows.map((r) => r.length));
  return [
    datumFrom(places.flat(), [places.length, 2], int64),
    datumFrom(rows.flat(), [places.length], as_dtype("string")),
    datumFrom([rows.length, longest], [2], int64),
  ];
}
/** Rows of words, as the places and values of a sparse tensor. */
export const string_split = v1(
  "string_split",
  "source sep skip_empty delimiter result_type name",
  (
    source: unknown,
    sep: string | null = null,
    skip_empty = true,
    delimiter: string | null = null,
  ): unknown => {
    const g = graph();
    const words = toGraphTensor(g, source, as_dtype("string"));
    const by = sep ?? delimiter ?? " ";
    const [indices, values, shape] = ownOp({
      type: "StringSplit",
      counted: "",
      inputs: [words],
      outputs: [
        [int64, [null, 2]],
        [as_dtype("string"), [null]],
        [int64, [2]],
      ],
      name: null,
      run: ([texts]) => splitRows((texts as StringArray).data, by, skip_empty),
    });
    return SparseTensor(indices!, values!, shape!);
  },
);
/** A function whose variables are made the first time and shared by all calls. */
export const make_template = def(
  "make_template",
  "name_ func_ create_scope_now_ unique_name_ custom_getter_ **kwargs",
  (
    name_: string,
    func_: (...args: unknown[]) => unknown,
    _now = false,
    unique_name_: string | null = null,
    _getter: unknown = null,
    kwargs: Readonly<Record<string, unknown>> = {},
  ): ((...args: unknown[]) => unknown) => {
    let scope: unknown = null;
    const fixed = Object.keys(kwargs).length > 0 ? [kwargs] : [];
    return (...args: unknown[]): unknown => {
      const run = (): unknown => func_(...args, ...fixed);
      const open = variable_scope as unknown as (...a: unknown[]) => unknown;
      if (scope === null) {
        const first = (s: unknown): unknown => {
          scope = s;
          return run();
        };
        return unique_name_ === null ? open(null, name_, first) : open(unique_name_, first);
      }
      return open(scope, { reuse: true }, run);
    };
  },
);
/** `name_scope` and `variable_scope` with the order of arguments that they had. */
export const op_scope = (values: unknown, name: string | null, default_name: string | null = null): unknown =>
  (name_scope as unknown as (...a: unknown[]) => unknown)(name, default_name, values);
export const variable_op_scope = (
  _values: unknown,
  name_or_scope: unknown,
  default_name: string | null = null,
  ...rest: unknown[]
): unknown =>
  (variable_scope as unknown as (...a: unknown[]) => unknown)(
    name_or_scope ?? null,
    ...(default_name === null ? [] : [default_name]),
    ...rest,
  );
/** Rows of each batch's own. */
export const batch_gather = v1(
  "batch_gather",
  "params indices name",
  (params: unknown, indices: unknown, name: Name = null) => {
    const g = graph();
    const [x, i] = [toGraphTensor(g, params), toGraphTensor(g, indices)];
    const rank = i._dims?.length;
    if (rank === undefined) throw new ValueError("batch_gather does not allow indices with unknown shape.");
    return node(g, "GatherV2", [x, i, rank - 1], { batch_dims: rank - 1 }, name);
  },
);
