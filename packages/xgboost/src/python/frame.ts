import { castTo, contiguous, float32 } from "@cognate/kernel";
import { type ArrayLike, asStrided, isText, type TextArray, textArray } from "@cognate/ndarray/core";
import { isPlainObject, ValueError } from "@cognate/py";
import type { Rows } from "../data/storage.js";
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

/** Categories are the column's different texts in order; a text that the model does not know is missing. */
function textColumn(text: TextArray, known: readonly string[] | null): Column {
  const words = text._flat();
  const categories = known ?? [...new Set(words)].sort();
  const codes = new Map(categories.map((w, i) => [w, i]));
  const values = Float32Array.from(words, (w) => codes.get(w) ?? Number.NaN);
  return { type: "c", values, categories };
}

const TYPES: Readonly<Record<string, string>> = { f: "float", i: "int", u: "int", b: "i" };

function column(x: unknown, known: readonly string[] | null): Column {
  const values = isSeries(x) ? x.values : x;
  if (isText(values)) return textColumn(textArray(values), known);
  const a = asStrided(values as ArrayLike);
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
  const columns = given.map(([, c], i) => column(c, known.columns[i] ?? null));
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
