import { def, ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { float32, int32, string } from "../core/dtypes.js";
import { KernelProblem } from "../core/errors.js";
import type { Datum } from "../core/row.js";
import { fromBytes, type StringArray, toBytes } from "../core/strings.js";
import { dimsOf } from "../graph/shape.js";
import { datumFrom, elementsOf, shapeOf } from "../lookup/table.js";
import type { Data, Name } from "../ops/make.js";
import type { DType, Tensor } from "../shared.js";
import { ownOp } from "./own-op.js";

/** The fields of a record; between quotes the delimiter is a character like others, and two quotes are one. */
function fieldsOf(record: string, delimiter: string, quotes: boolean, at: number): string[] {
  const out: string[] = [];
  let i = 0;
  for (;;) {
    if (quotes && record[i] === '"') {
      let text = "";
      i++;
      for (;;) {
        if (i >= record.length)
          throw new KernelProblem(
            `Quoted field has to end with quote followed by delim, CRLF, or EOF in record ${at}`,
          );
        if (record[i] === '"' && record[i + 1] === '"') {
          text += '"';
          i += 2;
        } else if (record[i] === '"') break;
        else text += record[i++];
      }
      i++;
      out.push(text);
    } else {
      const end = record.indexOf(delimiter, i);
      out.push(record.slice(i, end < 0 ? record.length : end));
      i = end < 0 ? record.length : end;
    }
    if (record[i] !== delimiter) return out;
    i++;
  }
}
const INTEGER = /^\s*[+-]?\d+\s*$/;
function valueOf(text: string, dtype: DType, field: number, record: number): unknown {
  if (dtype === string) return toBytes(text);
  const bad = (): KernelProblem =>
    new KernelProblem(
      `Field ${field} in record ${record} is not a valid ${dtype.name === "float32" ? "float" : dtype.name === "float64" ? "double" : dtype.name}: ${text}`,
    );
  if (dtype.is_integer) {
    if (!INTEGER.test(text)) throw bad();
    const n = BigInt(text.trim());
    if (dtype.name === "int32" && n !== BigInt.asIntN(32, n)) throw bad();
    return n;
  }
  const n = text.trim() === "" ? Number.NaN : Number(text);
  if (Number.isNaN(n) && !/^\s*[+-]?nan\s*$/i.test(text)) throw bad();
  return n;
}

export interface CsvOptions {
  readonly records: Data;
  readonly record_defaults: readonly unknown[];
  readonly field_delim: string;
  readonly use_quote_delim: boolean;
  readonly na_value: string;
  readonly select_cols: readonly number[] | null;
  readonly name: Name;
}
export function csv(o: CsvOptions): Tensor[] {
  const defaults = o.record_defaults.map((d) => defaultOf(d));
  const { select_cols } = o;
  if (select_cols?.some((c, i) => i > 0 && c <= select_cols[i - 1]!))
    throw new ValueError("select_cols is not strictly increasing.");
  if (select_cols && (select_cols[0] ?? 0) < 0) throw new ValueError("select_cols contains negative values.");
  if (select_cols && select_cols.length !== defaults.length)
    throw new ValueError("Length of select_cols and record_defaults do not match.");
  const records = toTensor(o.records, { dtype: string });
  const dims = dimsOf(records.shape);
  const types = defaults.map((d) => d.dtype);
  const run = ([texts, ...fallbacks]: readonly Datum[]): Datum[] => {
    const rows = (texts as StringArray).data.map((t, r) => {
      const all = fieldsOf(fromBytes(t), o.field_delim, o.use_quote_delim, r);
      const picked = select_cols ? select_cols.map((c) => all[c]).filter((f) => f !== undefined) : all;
      if (picked.length !== types.length)
        throw new KernelProblem(`Expect ${types.length} fields but have ${picked.length} in record ${r}`);
      return picked;
    });
    return types.map((type, f) => {
      const fallback = elementsOf(fallbacks[f]!);
      const column = rows.map((row, r) => {
        const text = row[f]!;
        if (text !== "" && text !== o.na_value) return valueOf(text, type, f, r);
        if (fallback.length === 0)
          throw new KernelProblem(`Field ${f} is required but missing in record ${r}!`);
        return fallback[0];
      });
      return datumFrom(column, shapeOf(texts!), type);
    });
  };
  return ownOp({
    type: "DecodeCSV",
    counted: `_OUT_TYPE_${types.length}`,
    inputs: [records, ...defaults],
    outputs: types.map((t) => [t, dims] as const),
    name: o.name,
    run,
  });
}
/** A column's default, which tells its type: whole numbers are int32 in Python, floats float32, texts texts. */
function defaultOf(d: unknown): Tensor {
  const list = Array.isArray(d) ? d : null;
  if (!list) return toTensor(d);
  const [x] = list;
  if (x === undefined) return toTensor(d, { dtype: float32 });
  if (typeof x === "string") return toTensor(d, { dtype: string });
  return toTensor(d, typeof x === "number" && Number.isInteger(x) ? { dtype: int32 } : {});
}
/** The columns of records of comma-separated fields, typed by their defaults. */
export const decode_csv = def(
  "tensorflow.io.decode_csv",
  "records record_defaults field_delim use_quote_delim na_value select_cols name",
  (
    records: Data,
    record_defaults: readonly unknown[],
    field_delim = ",",
    use_quote_delim = true,
    na_value = "",
    select_cols: readonly number[] | null = null,
    name: Name = null,
  ): Tensor[] => csv({ records, record_defaults, field_delim, use_quote_delim, na_value, select_cols, name }),
);
