import { decodeMessage, example as proto } from "@cognate/formats";
import { def, namedTuple, repr, str, ValueError } from "@cognate/py";
import { constantDatum, toTensor } from "../core/convert.js";
import { as_dtype, int64, string, type TypeLike } from "../core/dtypes.js";
import { KernelProblem } from "../core/errors.js";
import { nativeName } from "../core/op-def.js";
import type { Datum, Dims } from "../core/row.js";
import { bytesOf, codesOf, type StringArray } from "../core/strings.js";
import { dimsOf } from "../graph/shape.js";
import { datumFrom, elementsOf } from "../lookup/table.js";
import type { Data, Name } from "../ops/make.js";
import { SparseTensor } from "../ops/sparse.js";
import type { DType } from "../shared.js";
import { ownOp } from "./own-op.js";

/* `tf.io.parse_example`: features of serialized Examples as tensors. */

const MODULE = "tensorflow.python.ops.parsing_config";
interface Fixed {
  readonly shape: unknown;
  readonly dtype: DType;
  readonly default_value: unknown;
}
/** A feature of always the same shape. */
const FixedTuple = namedTuple<{ shape: unknown; dtype: DType; default_value: unknown }>(
  `${MODULE}.FixedLenFeature`,
  ["shape", "dtype", "default_value"],
);
export const FixedLenFeature = def(
  "FixedLenFeature",
  "shape dtype default_value",
  (shape: unknown, dtype: TypeLike, default_value: unknown = null): unknown =>
    marked(FixedTuple(shape, as_dtype(dtype), default_value), "fixed"),
);
const VarTuple = namedTuple<{ dtype: DType }>(`${MODULE}.VarLenFeature`, ["dtype"]);
/** A feature of any length, as a sparse tensor. */
export const VarLenFeature = def("VarLenFeature", "dtype", (dtype: TypeLike): unknown =>
  marked(VarTuple(as_dtype(dtype)), "var"),
);
const SequenceTuple = namedTuple<{
  shape: unknown;
  dtype: DType;
  allow_missing: boolean;
  default_value: unknown;
}>(`${MODULE}.FixedLenSequenceFeature`, ["shape", "dtype", "allow_missing", "default_value"]);
/** A feature of any number of rows, padded to the longest. */
export const FixedLenSequenceFeature = def(
  "FixedLenSequenceFeature",
  "shape dtype allow_missing default_value",
  (shape: unknown, dtype: TypeLike, allow_missing = false, default_value: unknown = null): unknown =>
    marked(SequenceTuple(shape, as_dtype(dtype), allow_missing, default_value), "sequence"),
);
const kinds = new WeakMap<object, "fixed" | "var" | "sequence">();
function marked<T extends object>(x: T, kind: "fixed" | "var" | "sequence"): T {
  kinds.set(x, kind);
  return x;
}

type Lists = NonNullable<(typeof proto.Feature)["decoded"]>;
/** What an Example has under a name: its kind, and its elements; `null` where there is nothing. */
function valuesOf(
  f: Lists | undefined,
): { readonly type: string; readonly values: readonly unknown[] } | null {
  if (!f) return null;
  if (f.bytes_list) return { type: "string", values: f.bytes_list.value.map(codesOf) };
  if (f.float_list) return { type: "float32", values: f.float_list.value };
  if (f.int64_list) return { type: "int64", values: f.int64_list.value };
  return null;
}

interface Wanted {
  readonly key: string;
  readonly kind: "fixed" | "var" | "sequence";
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly fallback: readonly unknown[] | null;
}
function wantedOf(key: string, feature: unknown): Wanted {
  const kind = typeof feature === "object" && feature !== null ? kinds.get(feature) : undefined;
  if (!kind) throw new ValueError(`Unsupported feature type: ${repr(feature)}.`);
  const f = feature as Fixed & { allow_missing?: boolean };
  if (!["float32", "int64", "string"].includes(f.dtype.name))
    throw new ValueError(
      `Unsupported dtype of the feature ${key}: ${str(f.dtype)}; it can be float32, int64 or string.`,
    );
  if (kind === "sequence" && !f.allow_missing)
    throw new ValueError("Unsupported: FixedLenSequenceFeature requires allow_missing to be True.");
  const shape = kind === "var" ? [] : ((dimsOf(f.shape) ?? []) as readonly number[]);
  const given = kind === "var" ? null : f.default_value;
  return {
    key,
    kind,
    dtype: f.dtype,
    shape,
    fallback: given === null || given === undefined ? null : elementsOf(constantDatum(given, f.dtype)),
  };
}
const product = (list: readonly number[]): number => list.reduce((a, b) => a * b, 1);

/** One feature of all records, dense. */
function dense(w: Wanted, records: readonly (Lists | undefined)[], single: boolean): Datum {
  const n = product(w.shape);
  const at = (i: number): string =>
    single ? `Key: ${w.key}.  ` : `Name: <unknown>, Key: ${w.key}, Index: ${i}.  `;
  const rows = records.map((f, i) => {
    const found = valuesOf(f);
    if (found && found.type !== w.dtype.name)
      throw new KernelProblem(
        `${at(i)}Data types don't match. Data type: ${nativeName(found.type)} but expected type: ${nativeName(w.dtype.name)}`,
      );
    if (found && w.kind === "sequence") return found.values;
    if (w.kind === "sequence") return [];
    if (!found) {
      if (!w.fallback)
        throw new KernelProblem(
          `${single ? "" : "Name: <unknown>, "}Feature: ${w.key} (data type: ${nativeName(w.dtype.name)}) is required but could not be found.`,
        );
      return w.fallback.length === 1 ? new Array<unknown>(n).fill(w.fallback[0]) : w.fallback;
    }
    if (found.values.length !== n)
      throw new KernelProblem(
        single
          ? `${at(i)}Can't parse serialized Example: Some ${found.type === "string" ? "bytes" : found.type === "int64" ? "int64" : "float"}_list slice was not parsed.`
          : `${at(i)}Number of ${nativeName(w.dtype.name)} values != expected.  Values size: ${found.values.length} but output shape: [${w.shape}]`,
      );
    return found.values;
  });
  if (w.kind === "fixed")
    return datumFrom(rows.flat(), single ? w.shape : [records.length, ...w.shape], w.dtype);
  const longest = Math.max(0, ...rows.map((r) => Math.floor(r.length / n)));
  const empty = w.fallback?.[0] ?? (w.dtype === string ? "" : 0);
  const padded = rows.flatMap((r) => [...r, ...new Array<unknown>(longest * n - r.length).fill(empty)]);
  const lead = single ? [longest] : [records.length, longest];
  return datumFrom(padded, [...lead, ...w.shape], w.dtype);
}
/** One feature of all records: places, values and shape of a sparse tensor. */
function sparse(w: Wanted, records: readonly (Lists | undefined)[], single: boolean): Datum[] {
  const rows = records.map((f, i) => {
    const found = valuesOf(f);
    if (found && found.type !== w.dtype.name)
      throw new KernelProblem(
        `${single ? `Key: ${w.key}.  ` : `Name: <unknown>, Key: ${w.key}, Index: ${i}.  `}Data types don't match. Data type: ${nativeName(found.type)} but expected type: ${nativeName(w.dtype.name)}`,
      );
    return found?.values ?? [];
  });
  const places = rows.flatMap((r, i) => r.map((_, k) => (single ? [k] : [i, k])));
  const longest = Math.max(0, ...rows.map((r) => r.length));
  return [
    datumFrom(places.flat(), [places.length, single ? 1 : 2], int64),
    datumFrom(rows.flat(), [places.length], w.dtype),
    datumFrom(single ? [longest] : [rows.length, longest], [single ? 1 : 2], int64),
  ];
}

export interface ParseOptions {
  readonly serialized: Data;
  readonly features: Readonly<Record<string, unknown>> | null;
  readonly single: boolean;
  readonly name: Name;
}
export function parse(o: ParseOptions): Record<string, unknown> {
  const given = o.features instanceof Map ? Object.fromEntries(o.features) : o.features;
  if (!given || Object.keys(given).length === 0)
    throw new ValueError(`Argument \`features\` cannot be None or falsy. Got ${repr(given)}`);
  const all = Object.keys(given)
    .sort()
    .map((k) => wantedOf(k, given[k]));
  const ordered = [...all.filter((w) => w.kind === "var"), ...all.filter((w) => w.kind !== "var")];
  const serialized = toTensor(o.serialized, { dtype: string });
  const dims = dimsOf(serialized.shape);
  const rows = o.single ? [] : [dims?.[0] ?? null];
  const run = ([texts]: readonly Datum[]): Datum[] => {
    const records = (texts as StringArray).data.map((t) => decoded(t));
    return ordered.flatMap((w) => {
      const own = records.map((r) => r.get(w.key));
      return w.kind === "var" ? sparse(w, own, o.single) : [dense(w, own, o.single)];
    });
  };
  const width = o.single ? 1 : 2;
  const outputs = ordered.flatMap((w): (readonly [DType, Dims])[] =>
    w.kind === "var"
      ? [
          [int64, [null, width]],
          [w.dtype, [null]],
          [int64, [width]],
        ]
      : [[w.dtype, [...rows, ...(w.kind === "sequence" ? [null] : []), ...w.shape]]],
  );
  const nDense = all.filter((w) => w.kind !== "var").length;
  const tensors = ownOp({
    type: "ParseExampleV2",
    counted: `_Tdense_${nDense}_num_sparse_${all.length - nDense}_ragged_split_types_0_ragged_value_types_0_sparse_types_${all.length - nDense}`,
    inputs: [serialized],
    outputs,
    name:
      o.name ?? (o.single ? "ParseSingleExample/ParseExample/ParseExampleV2" : "ParseExample/ParseExampleV2"),
    run,
  });
  let k = 0;
  return Object.fromEntries(
    ordered.map((w) => {
      if (w.kind !== "var") return [w.key, tensors[k++]];
      k += 3;
      return [w.key, SparseTensor(tensors[k - 3]!, tensors[k - 2]!, tensors[k - 1]!)];
    }),
  );
}
function decoded(text: string): ReadonlyMap<string, Lists> {
  try {
    return decodeMessage(proto.Example, bytesOf(text)).features?.feature ?? new Map();
  } catch {
    // TensorFlow reads past what is no Example, and misses the features then.
    return new Map();
  }
}
/** Features of a batch of serialized Examples. @throws InvalidArgumentError for those that miss or do not fit */
export const parse_example = def(
  "tensorflow.io.parse_example",
  "serialized features:dict example_names name",
  (
    serialized: Data,
    features: Readonly<Record<string, unknown>> | null,
    _names: unknown = null,
    name: Name = null,
  ) => parse({ serialized, features, single: false, name }),
);
/** Features of one serialized Example. */
export const parse_single_example = def(
  "tensorflow.io.parse_single_example",
  "serialized features:dict example_names name",
  (
    serialized: Data,
    features: Readonly<Record<string, unknown>> | null,
    _names: unknown = null,
    name: Name = null,
  ) => parse({ serialized, features, single: true, name }),
);
