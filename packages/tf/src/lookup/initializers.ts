import { pyClass, str, ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { as_dtype, int64, string, type TypeLike } from "../core/dtypes.js";
import type { Operation } from "../graph/operation.js";
import type { DType, Tensor } from "../shared.js";
import { AssetImpl } from "./asset.js";
import { tableCall } from "./calls.js";

/* What fills tables. */

export interface Initializer {
  readonly key_dtype: DType;
  readonly value_dtype: DType;
  /** Fills the table of a handle; in graphs, the operation that does. */
  _fill(handle: Tensor): Operation | null;
}
const typed = (x: unknown, dtype: TypeLike | null): Tensor =>
  toTensor(x, dtype === null ? {} : { dtype: as_dtype(dtype) });

export class KeyValueTensorInitializerImpl implements Initializer {
  private readonly _keys: Tensor;
  private readonly _values: Tensor;
  constructor(
    keys: unknown,
    values: unknown,
    key_dtype: TypeLike | null = null,
    value_dtype: TypeLike | null = null,
    readonly name: string = "key_value_init",
  ) {
    this._keys = typed(keys, key_dtype);
    this._values = typed(values, value_dtype);
  }
  get key_dtype(): DType {
    return this._keys.dtype;
  }
  get value_dtype(): DType {
    return this._values.dtype;
  }
  _fill(handle: Tensor): Operation | null {
    return tableCall({
      type: "LookupTableImportV2",
      handle,
      inputs: [this._keys, this._values],
      attrs: { Tin: this.key_dtype, Tout: this.value_dtype },
      name: `${this.name}/LookupTableImportV2`,
    }).op;
  }
}
export const KeyValueTensorInitializer = pyClass(
  "tensorflow.python.ops.lookup_ops.KeyValueTensorInitializer",
  "keys values key_dtype value_dtype name",
  KeyValueTensorInitializerImpl,
);

/** What a column's number says besides: the line itself, or its number. */
export const TextFileIndex = { WHOLE_LINE: -2, LINE_NUMBER: -1 } as const;

export class TextFileInitializerImpl implements Initializer {
  readonly key_dtype: DType;
  readonly value_dtype: DType;
  readonly _filename: unknown;
  private readonly _attrs: Readonly<Record<string, unknown>>;
  constructor(
    filename: unknown,
    key_dtype: TypeLike,
    key_index: number,
    value_dtype: TypeLike,
    value_index: number,
    vocab_size: number | null = null,
    delimiter = "\t",
    readonly name: string | null = null,
    value_index_offset = 0,
  ) {
    if (filename === null || filename === "")
      throw new ValueError("`filename` argument required for tf.lookup.TextFileInitializer");
    const [key, value] = [as_dtype(key_dtype), as_dtype(value_dtype)];
    for (const [which, index, type] of [
      ["key", key_index, key],
      ["value", value_index, value],
    ] as const) {
      const conjunction = which === "key" ? "if" : "for";
      if (index < -2)
        throw new ValueError(
          `\`${which}_index\` should be >= -2, received: ${index}${which === "key" ? "." : ""}`,
        );
      if (index === TextFileIndex.LINE_NUMBER && type !== int64)
        throw new ValueError(
          `\`${which}_dtype\` must be int64 ${conjunction} \`${which}_index\` ${which === "key" ? "is " : ""}${TextFileIndex.LINE_NUMBER}, received: ${str(type)}`,
        );
      if (index === TextFileIndex.WHOLE_LINE && !type.is_integer && type !== string)
        throw new ValueError(
          `\`${which}_dtype\` should be either integer or string for \`${which}_index\` ${TextFileIndex.WHOLE_LINE}, received: ${str(type)}`,
        );
    }
    if (vocab_size !== null && vocab_size <= 0)
      throw new ValueError(`\`vocab_size\` should be > 0, received: ${vocab_size}`);
    this.key_dtype = key;
    this.value_dtype = value;
    this._filename = filename instanceof AssetImpl ? filename.asset_path : filename;
    this._attrs = {
      key_index,
      value_index,
      vocab_size: vocab_size ?? -1,
      delimiter,
      offset: value_index_offset,
    };
  }
  _fill(handle: Tensor): Operation | null {
    return tableCall({
      type: "InitializeTableFromTextFileV2",
      handle,
      inputs: [toTensor(this._filename, { dtype: string })],
      attrs: this._attrs,
      name: `${this.name ?? "text_file_init"}/InitializeTableFromTextFileV2`,
    }).op;
  }
}
export const TextFileInitializer = pyClass(
  "tensorflow.python.ops.lookup_ops.TextFileInitializer",
  "filename key_dtype key_index value_dtype value_index vocab_size delimiter name value_index_offset",
  TextFileInitializerImpl,
);
/** Lines of a file as keys, their numbers as values. */
export const TextFileIdTableInitializer = (
  filename: unknown,
  key_index = -2,
  value_index = -1,
  vocab_size: number | null = null,
  delimiter = "\t",
  name: string | null = null,
  key_dtype: TypeLike = string,
): Initializer =>
  new TextFileInitializerImpl(
    filename,
    key_dtype,
    key_index,
    int64,
    value_index,
    vocab_size,
    delimiter,
    name,
  );
/** Numbers of lines as keys, the lines as values. */
export const TextFileStringTableInitializer = (
  filename: unknown,
  key_index = -1,
  value_index = -2,
  vocab_size: number | null = null,
  delimiter = "\t",
  name: string | null = null,
): Initializer =>
  new TextFileInitializerImpl(filename, int64, key_index, string, value_index, vocab_size, delimiter, name);
