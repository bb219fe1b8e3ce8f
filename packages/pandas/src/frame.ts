import { ARRAY, type HasArray, type Strided } from "@cognate/kernel";
import {
  type ArrayLike,
  type DTypeLike,
  type dtype,
  type Item,
  isText,
  keywordMethods,
  type ndarray,
  promoteTypes,
} from "@cognate/ndarray/core";
import { asArray } from "@cognate/ndarray/functions";
import {
  isPlainObject,
  KeyError,
  nameClass,
  parseEntry,
  pyClass,
  Slice,
  str,
  Tuple,
  ValueError,
} from "@cognate/py";
import { type Label, Labels, sliceOf } from "./labels.js";
import { placesOf, Series } from "./series.js";
import { columnTexts, MOST_ROWS, shownRows, tableText } from "./text.js";
import { columnArray } from "./values.js";

type Columns = Readonly<Record<string, ArrayLike | Series>>;

/** `df.iloc` and `df.loc`. */
export interface Placed {
  at(row: number): Series;
  at(row: string | Slice | ArrayLike | Series): DataFrameImpl & Series;
  at(row: unknown, column: number | string): Item & Series;
}

class DataFrameImpl implements HasArray {
  private data: Map<string, Series>;
  readonly index: Labels;

  constructor(
    data: Columns | ArrayLike | DataFrameImpl | ReadonlyMap<string, ArrayLike> | readonly Columns[] = {},
    index: readonly Label[] | Labels | null = null,
    columns: readonly string[] | null = null,
    dtype: DTypeLike | null = null,
  ) {
    let given = columnsOf(data, columns);
    if (columns) given = columns.map((c) => [c, given.find(([name]) => name === c)?.[1] ?? Number.NaN]);
    const own = given.map(([, v]) => v).find((v): v is Series => v instanceof Series);
    const lengths = given
      .map(([, v]) => columnArray(v))
      .filter((v) => v.ndim > 0)
      .map((v) => v.size);
    if (new Set(lengths).size > 1) throw new ValueError("All arrays must be of the same length");
    if (lengths.length === 0 && given.length > 0 && !index)
      throw new ValueError("If using all scalar values, you must pass an index");
    const n = index ? index.length : (lengths[0] ?? 0);
    this.index =
      index instanceof Labels
        ? index
        : index
          ? new Labels([...index])
          : (own?.index ?? (data instanceof DataFrameImpl ? data.index : Labels.range(n)));
    this.data = new Map(
      given.map(([name, v]) => [name, Series(columnArray(v), this.index, dtype, name) as Series]),
    );
  }

  /** All columns as one array of their common type. */
  [ARRAY](): Strided {
    return this.values._a;
  }
  get values(): ndarray {
    const columns = [...this.data.values()].map((s) => s.values);
    if (columns.length === 0) return asArray([]).reshape(this.index.length, 0);
    const type = columns.map((c) => c._a.dtype).reduce(promoteTypes);
    return asArray(columns.map((c) => c.astype(type.name) as ndarray)).T;
  }
  to_numpy(dtype: DTypeLike | null = null): ndarray {
    return dtype === null ? this.values : (this.values.astype(dtype) as ndarray);
  }
  /** The columns' names. */
  get columns(): Labels {
    return new Labels([...this.data.keys()]);
  }
  get shape(): Tuple<number> {
    return Tuple.of_([this.index.length, this.data.size]);
  }
  get size(): number {
    return this.index.length * this.data.size;
  }
  get ndim(): number {
    return 2;
  }
  get empty(): boolean {
    return this.size === 0;
  }
  get length(): number {
    return this.index.length;
  }
  __len__(): number {
    return this.index.length;
  }
  /** The columns' types by name. */
  get dtypes(): Readonly<Record<string, dtype>> {
    return Object.fromEntries([...this.data].map(([name, s]) => [name, s.dtype]));
  }
  get T(): DataFrameImpl {
    return new DataFrameImpl(this.values.T, this.columns, this.index.list.map(String));
  }
  [Symbol.iterator](): Iterator<string> {
    return this.data.keys();
  }
  keys(): string[] {
    return [...this.data.keys()];
  }
  items(): [string, Series][] {
    return [...this.data];
  }
  /** The columns as a plain object of arrays. */
  to_dict(): Readonly<Record<string, unknown[]>> {
    return Object.fromEntries([...this.data].map(([name, s]) => [name, s.tolist()]));
  }

  private rows(places: readonly number[]): DataFrameImpl {
    const columns = Object.fromEntries(
      [...this.data].map(([name, s]) => [name, s.values.at([...places]) as ndarray]),
    );
    return new DataFrameImpl(columns, this.index.take(places));
  }
  private column(name: string): Series {
    const s = this.data.get(name);
    if (!s) throw new KeyError(name);
    return s;
  }
  /** A column by its name, several by a list; rows by a slice or a mask. @throws KeyError */
  at(key: string): Series;
  at(key: readonly string[] | Slice | ArrayLike | Series): DataFrameImpl;
  at(key: unknown): Series | DataFrameImpl {
    if (typeof key === "string") {
      if (this.data.has(key) || !key.includes(":")) return this.column(key);
      return this.rows(sliceOf(parseEntry(key) as Slice, this.length));
    }
    if (key instanceof Slice) return this.rows(sliceOf(key, this.length));
    if (Array.isArray(key) && key.every((k) => typeof k === "string"))
      return new DataFrameImpl(Object.fromEntries(key.map((k) => [k, this.column(k)])), this.index);
    return this.rows(placesOf(key as ArrayLike, this.index));
  }
  /** A column set or added. */
  set(name: string, value: ArrayLike | Series): void {
    this.data.set(name, Series(columnArray(value), this.index, null, name) as Series);
  }
  /** Rows by position: one as a series, several as a frame; with a second entry the columns too. */
  get iloc(): Placed {
    return { at: (row: unknown, column?: number | string) => this.placed(row, column, false) } as Placed;
  }
  /** Rows by label, and columns by name. */
  get loc(): Placed {
    return { at: (row: unknown, column?: number | string) => this.placed(row, column, true) } as Placed;
  }
  private placed(row: unknown, column: number | string | undefined, byLabel: boolean): unknown {
    const narrowed =
      column === undefined || column === ":"
        ? this
        : this.at(typeof column === "number" ? this.keys().at(column)! : column);
    if (narrowed instanceof Series)
      return byLabel ? narrowed.at(row as Label) : narrowed.iloc.at(row as number);
    if (typeof row === "string" && row.includes(":"))
      return this.rows(sliceOf(parseEntry(row) as Slice, this.length));
    if (typeof row === "number" || typeof row === "string") {
      const place = byLabel
        ? this.index.place(row)
        : Number(row) < 0
          ? Number(row) + this.length
          : Number(row);
      if (place < 0 || place >= this.length) throw new KeyError(row);
      return Series(this.values.at(place) as ndarray, this.columns, null, String(this.index.list[place]));
    }
    return byLabel
      ? this.rows(placesOf(row as ArrayLike, this.index))
      : this.rows(placesOf(row as ArrayLike, Labels.range(this.length)));
  }
  head(n = 5): DataFrameImpl {
    return this.rows(sliceOf(parseEntry(`:${n}`) as Slice, this.length));
  }
  tail(n = 5): DataFrameImpl {
    return this.rows(sliceOf(parseEntry(n === 0 ? ":0" : `-${n}:`) as Slice, this.length));
  }
  copy(): DataFrameImpl {
    return this.each((s) => s.copy());
  }
  /** Without some columns. @throws KeyError */
  drop(
    labels: string | readonly string[] = [],
    _axis: unknown = 1,
    _index: unknown = null,
    columns: string | readonly string[] = [],
  ): DataFrameImpl {
    const gone = [labels, columns].flat(2) as string[];
    for (const name of gone) this.column(name);
    return this.at(this.keys().filter((k) => !gone.includes(k)));
  }
  reset_index(): DataFrameImpl {
    return new DataFrameImpl(Object.fromEntries([...this.data].map(([k, s]) => [k, s.values])));
  }

  /** Every column through a function. */
  each(f: (s: Series, name: string) => Series): DataFrameImpl {
    return new DataFrameImpl(
      Object.fromEntries([...this.data].map(([name, s]) => [name, f(s, name).values])),
      this.index,
    );
  }
  /** One number a column, as a series. */
  private fold(f: (s: Series) => Item | number): Series {
    const names = this.keys();
    return Series(
      [...this.data.values()].map((s) => f(s)) as ArrayLike,
      names.length > 0 ? names : null,
      "float64",
    ) as Series;
  }
  sum(): Series {
    return Series([...this.data.values()].map((s) => s.sum()) as ArrayLike, this.keys()) as Series;
  }
  mean(): Series {
    return this.fold((s) => s.mean());
  }
  std(ddof = 1): Series {
    return this.fold((s) => s.std(ddof));
  }
  var(ddof = 1): Series {
    return this.fold((s) => s.var(ddof));
  }
  min(): Series {
    return Series([...this.data.values()].map((s) => s.min()) as ArrayLike, this.keys()) as Series;
  }
  max(): Series {
    return Series([...this.data.values()].map((s) => s.max()) as ArrayLike, this.keys()) as Series;
  }

  __repr__(): string {
    const n = this.length;
    if (this.data.size === 0)
      return `Empty DataFrame\nColumns: []\nIndex: [${this.index.list.map((l) => str(l)).join(", ")}]`;
    if (n === 0) return `Empty DataFrame\nColumns: [${this.keys().join(", ")}]\nIndex: []`;
    const [first, last] = shownRows(n);
    const places = [...first, ...last];
    const columns = [...this.data].map(([name, s]) => ({
      // Numbers have a place for their sign, their headers, too.
      header: isText(s.values) ? name : ` ${name}`,
      texts: columnTexts(places.length === n ? s.values : (s.values.at(places) as ndarray)),
    }));
    const labels = places.map((i) => str(this.index.list[i]!));
    const table = tableText(labels, columns, last.length > 0 ? first.length : null);
    return n > MOST_ROWS ? `${table}\n\n[${n} rows x ${this.data.size} columns]` : table;
  }
  __str__(): string {
    return this.__repr__();
  }
  toString(): string {
    return this.__repr__();
  }
}

/** Columns by name from what a frame may be made of. @throws ValueError */
function columnsOf(data: unknown, columns: readonly string[] | null): [string, ArrayLike | Series][] {
  if (data instanceof DataFrameImpl) return data.items();
  if (data instanceof Map) return [...(data as Map<string, ArrayLike>)];
  if (isPlainObject(data)) return Object.entries(data as Columns);
  if (Array.isArray(data) && data.length > 0 && data.every(isPlainObject)) {
    const names = [...new Set((data as Columns[]).flatMap((row) => Object.keys(row)))];
    return names.map((name) => [
      name,
      (data as Columns[]).map((row) => row[name] ?? Number.NaN) as ArrayLike,
    ]);
  }
  const x = asArray(data as ArrayLike);
  const table = x.ndim === 1 ? x.reshape(-1, 1) : x;
  if (table.ndim !== 2) throw new ValueError(`Must pass 2-d input. shape=${str(x.shape)}`);
  const [, n] = table.shape as readonly number[];
  const names = columns ?? Array.from({ length: n! }, (_, i) => String(i));
  if (names.length !== n) throw new ValueError(`${n} columns passed, passed data had ${n} columns`);
  return names.map((name, i) => [name, table.at(":", i) as ndarray]);
}

keywordMethods(DataFrameImpl.prototype, {
  drop: "labels axis index columns",
  head: "n",
  tail: "n",
  std: "ddof",
  var: "ddof",
  to_numpy: "dtype",
});

const BINARY = ["add", "sub", "mul", "div", "floordiv", "mod", "pow", "and", "or", "xor"] as const;
const COMPARE = ["eq", "ne", "lt", "le", "gt", "ge"] as const;
type Operator = (typeof BINARY)[number];

interface DataFrameImpl
  extends Record<
    Operator | `r${Operator}` | (typeof COMPARE)[number],
    (other: ArrayLike | DataFrameImpl | Series) => DataFrameImpl
  > {}

type Call = (b: ArrayLike) => Series;
for (const name of [...BINARY, ...BINARY.map((n) => `r${n}`), ...COMPARE])
  Object.defineProperty(DataFrameImpl.prototype, name, {
    value(this: DataFrameImpl, other: ArrayLike | DataFrameImpl | Series): DataFrameImpl {
      const partOf = (column: string, i: number): ArrayLike => {
        if (other instanceof DataFrameImpl) return other.at(column) as unknown as ArrayLike;
        // A series goes by the columns' names.
        if (other instanceof Series) return other.at(column) as ArrayLike;
        const x = asArray(other as ArrayLike);
        return x.ndim === 0
          ? (other as ArrayLike)
          : x.ndim === 1
            ? (x.at(i) as ArrayLike)
            : (x.at(":", i) as ArrayLike);
      };
      const names = this.keys();
      return this.each((s, column) =>
        (s as unknown as Readonly<Record<string, Call>>)[name]!.call(
          s,
          partOf(column, names.indexOf(column)),
        ),
      );
    },
    writable: true,
    configurable: true,
  });

/**
 * A table of columns by name.
 *
 * @example
 * ```ts
 * import * as pd from "@cognate/pandas";
 * import { print } from "@cognate/py";
 * const df = pd.DataFrame({ x: [1, 2, 3], y: [0.5, 1.5, 4] });
 * print(df.at("x").mul(2).tolist(), df.at(df.at("y").gt(1)).shape); // prints [2, 4, 6] (2, 2)
 * ```
 */
export const DataFrame = pyClass("DataFrame", "data:dict index columns dtype", DataFrameImpl);
export type DataFrame = DataFrameImpl;
nameClass("pandas.DataFrame", DataFrame);
