import { castTo, contiguous, float32, float64 } from "@cognate/kernel";
import { type ArrayLike, asStrided, isText, type TextArray, textArray } from "@cognate/ndarray/core";
import { isPlainObject, ValueError } from "@cognate/py";
import { Matrix } from "../data/matrix.js";
import type { Rows } from "../data/storage.js";
import { XGBoostError } from "../errors.js";
import { type ColumnsLike, type FrameLike, isFrame, isSeries } from "./arrays.js";
import { denseRows } from "./rows.js";

const NEEDS_CATEGORICAL =
  "When categorical type is supplied, the experimental DMatrix parameter`enable_categorical` must be set to `True`.";

/** The categories of each column, null for columns of numbers; given as `feature_types`, they number the texts of other data. */
export class Categories {
  constructor(readonly columns: readonly (readonly string[] | null)[] = []) {}
  /** Whether no column has any. */
  empty(): boolean {
    return this.columns.every((c) => c === null);
  }
}

export interface Table {
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly rows: Rows;
  readonly categories: Categories;
}

/** Whether data comes in named columns. */
export const isTable = (x: unknown): x is FrameLike | ColumnsLike =>
  isFrame(x) || isSeries(x) || (isPlainObject(x) && !("indptr" in x));

const columnsOf = (x: FrameLike | ColumnsLike): (readonly [string, unknown])[] =>
  isSeries(x)
    ? [[x.name ?? "0", x]]
    : isFrame(x)
      ? x.items().map(([name, c]) => [name, c])
      : Object.entries(x);

interface Column {
  readonly type: string;
  readonly values: Float32Array;
  readonly categories: readonly string[] | null;
}

const unseen = (column: number, text: string): XGBoostError =>
  new XGBoostError(
    `Found a category not in the training set for the ${column}th (0-based) column: \`${text}\``,
  );

/** Categories are the column's different texts in order, or those that are known. @throws XGBoostError for others */
function textColumn(text: TextArray, known: readonly string[] | null, place: number): Column {
  const words = text._flat();
  const categories = known ?? [...new Set(words)].sort();
  const codes = new Map(categories.map((w, i) => [w, i]));
  const values = Float32Array.from(words, (w) => {
    const code = codes.get(w);
    if (code === undefined) throw unseen(place, w);
    return code;
  });
  return { type: "c", values, categories };
}

const TYPES: Readonly<Record<string, string>> = { f: "float", i: "int", u: "int", b: "i" };

function column(x: unknown, known: readonly string[] | null, place: number): Column {
  const values = isSeries(x) ? x.values : x;
  if (isText(values)) return textColumn(textArray(values), known, place);
  const a = asStrided(values as ArrayLike);
  // Numbers for a column whose categories are numbers.
  if (known !== null) {
    const list = contiguous(castTo(a, float64)).flat() as Float64Array;
    const codes = Float32Array.from(list, (v) => {
      if (Number.isNaN(v)) return Number.NaN;
      const code = known.indexOf(String(v));
      if (code < 0) throw unseen(place, String(v));
      return code;
    });
    return { type: "c", values: codes, categories: known };
  }
  const kind =
    a.dtype.name === "bool" ? "b" : /^uint/.test(a.dtype.name) ? "u" : /^int/.test(a.dtype.name) ? "i" : "f";
  return {
    type: TYPES[kind]!,
    values: contiguous(castTo(a, float32)).flat() as Float32Array,
    categories: null,
  };
}

/**
 * A frame's columns as rows. Columns of texts are categories; `known` are those of a model, by which texts are then numbered.
 *
 * @throws ValueError for texts without `enable_categorical`, and columns of different lengths
 */
export function readTable(
  x: FrameLike | ColumnsLike,
  missing: number,
  enableCategorical: boolean,
  known: Categories = new Categories(),
): Table {
  const given = columnsOf(x);
  const columns = given.map(([, c], i) => column(c, known.columns[i] ?? null, i));
  if (!enableCategorical) {
    const bad = given.filter((_, i) => columns[i]!.categories).map(([name]) => `${name}: str`);
    if (bad.length > 0)
      throw new ValueError(
        `DataFrame.dtypes for data must be int, float, bool or category. ${NEEDS_CATEGORICAL}  Invalid columns:${bad.join(", ")}`,
      );
  }
  const n = columns[0]?.values.length ?? 0;
  const width = columns.length;
  const values = new Float32Array(n * width);
  columns.forEach((c, f) => {
    if (c.values.length !== n) throw new ValueError("All arrays must be of the same length");
    for (let i = 0; i < n; i++) values[i * width + f] = c.values[i]!;
  });
  return {
    names: given.map(([name]) => name),
    types: columns.map((c) => c.type),
    rows: denseRows(values, n, width, missing),
    categories: new Categories(columns.map((c) => c.categories)),
  };
}

/** A matrix whose categories are numbered as the model's are. @throws XGBoostError for categories that the model has not seen */
export function recoded(matrix: Matrix, own: Categories, model: Categories): Matrix {
  const { rows } = matrix;
  if (own === model || own.empty() || model.empty() || rows.kind !== "dense") return matrix;
  const values = rows.values.slice();
  own.columns.forEach((given, f) => {
    const known = model.columns[f];
    if (!given || !known) return;
    const codes = given.map((text) => known.indexOf(text));
    for (let k = f; k < values.length; k += rows.cols) {
      if (Number.isNaN(values[k])) continue;
      const code = codes[values[k]!]!;
      if (code < 0) throw unseen(f, given[values[k]!]!);
      values[k] = code;
    }
  });
  const out = new Matrix({ ...rows, values });
  return Object.assign(out, { info: matrix.info });
}
