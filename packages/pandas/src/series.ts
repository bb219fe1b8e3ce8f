import { ARRAY, type HasArray, type Strided } from "@cognate/kernel";
import {
  type ArrayLike,
  type DTypeLike,
  type dtype,
  type Item,
  keywordMethods,
  type ndarray,
} from "@cognate/ndarray/core";
import { asArray } from "@cognate/ndarray/functions";
import { KeyError, nameClass, parseEntry, pyClass, Slice, str, type Tuple, ValueError } from "@cognate/py";
import { type Label, Labels, sliceOf } from "./labels.js";
import { columnTexts, MOST_ROWS, seriesText, shownRows } from "./text.js";
import { columnArray } from "./values.js";

/** What stands between the brackets of a series. */
export type SeriesIndex = Label | Slice | ArrayLike | SeriesImpl;

type Data = ArrayLike | SeriesImpl | ReadonlyMap<Label, number>;

class SeriesImpl implements HasArray {
  readonly values: ndarray;
  readonly index: Labels;
  name: string | null;

  constructor(
    data: Data,
    index: readonly Label[] | Labels | null = null,
    dtype: DTypeLike | null = null,
    name: string | null = null,
  ) {
    const own =
      data instanceof SeriesImpl ? data.index : data instanceof Map ? new Labels([...data.keys()]) : null;
    let values = columnArray(data instanceof Map ? [...data.values()] : data);
    if (dtype !== null) values = values.astype(dtype) as ndarray;
    const n = index ? index.length : (values.shape[0] ?? 1);
    if (values.ndim === 0)
      values = asArray(Array.from({ length: n }, () => values.at())).astype(values.dtype) as ndarray;
    if (values.ndim !== 1)
      throw new ValueError(`Data must be 1-dimensional, got ndarray of shape ${str(values.shape)} instead`);
    if (n !== values.size)
      throw new ValueError(`Length of values (${values.size}) does not match length of index (${n})`);
    this.values = values;
    this.index = index instanceof Labels ? index : index ? new Labels([...index]) : (own ?? Labels.range(n));
    this.name = name ?? (data instanceof SeriesImpl ? data.name : null);
  }

  [ARRAY](): Strided {
    return this.values._a;
  }
  get dtype(): dtype {
    return this.values.dtype;
  }
  get shape(): Tuple<number> {
    return this.values.shape;
  }
  get size(): number {
    return this.values.size;
  }
  get ndim(): number {
    return 1;
  }
  get length(): number {
    return this.values.size;
  }
  __len__(): number {
    return this.values.size;
  }
  get empty(): boolean {
    return this.values.size === 0;
  }
  [Symbol.iterator](): Iterator<Item> {
    return this.values[Symbol.iterator]();
  }
  to_numpy(dtype: DTypeLike | null = null): ndarray {
    return dtype === null ? this.values : (this.values.astype(dtype) as ndarray);
  }
  tolist(): unknown[] {
    return this.values.tolist() as unknown[];
  }
  copy(): SeriesImpl {
    return this.with(this.values.copy() as ndarray);
  }
  astype(dtype: DTypeLike): SeriesImpl {
    return this.with(this.values.astype(dtype) as ndarray);
  }

  /** The same labels and name over other values. */
  with(values: ArrayLike, name = this.name): SeriesImpl {
    return new SeriesImpl(asArray(values), this.index, null, name);
  }
  private rows(places: readonly number[]): SeriesImpl {
    return new SeriesImpl(this.values.at([...places]) as ndarray, this.index.take(places), null, this.name);
  }
  /** An element by its label; rows by a slice of positions, a mask or a list of labels. @throws KeyError */
  at(key: SeriesIndex): Item & SeriesImpl {
    const slice = typeof key === "string" && key.includes(":") ? parseEntry(key) : key;
    if (slice instanceof Slice) return this.rows(sliceOf(slice, this.size)) as Item & SeriesImpl;
    if (typeof key === "number" || typeof key === "string") {
      const place = this.index.place(key);
      if (place < 0) throw new KeyError(key);
      return this.values.at(place) as Item & SeriesImpl;
    }
    return this.rows(placesOf(key as ArrayLike | SeriesImpl, this.index)) as Item & SeriesImpl;
  }
  /** By position. */
  get iloc(): { at(key: SeriesIndex): Item & SeriesImpl } {
    return {
      at: (key) => {
        const slice = typeof key === "string" ? parseEntry(key) : key;
        if (slice instanceof Slice) return this.rows(sliceOf(slice, this.size)) as Item & SeriesImpl;
        const x = asArray(key as ArrayLike);
        if (x.ndim === 0) return this.values.at(Number(x)) as Item & SeriesImpl;
        if (x.dtype.kind === "b") return this.rows(placesOf(x, this.index)) as Item & SeriesImpl;
        const n = this.size;
        return this.rows((x.tolist() as number[]).map((i) => (i < 0 ? i + n : i))) as Item & SeriesImpl;
      },
    };
  }
  /** By label. */
  get loc(): { at(key: SeriesIndex): Item & SeriesImpl } {
    return { at: (key) => this.at(key) };
  }
  set(key: SeriesIndex, value: ArrayLike): void {
    const places =
      typeof key === "number" || (typeof key === "string" && !key.includes(":"))
        ? [this.index.place(key)]
        : typeof key === "string"
          ? sliceOf(parseEntry(key) as Slice, this.size)
          : placesOf(key as ArrayLike, this.index);
    if (places.includes(-1)) throw new KeyError(str(key));
    this.values.set([places], value);
  }
  head(n = 5): SeriesImpl {
    return this.at(`:${n}`);
  }
  tail(n = 5): SeriesImpl {
    return this.at(n === 0 ? ":0" : `-${n}:`);
  }
  sort_values(ascending = true): SeriesImpl {
    const order = this.values.argsort({ kind: "stable" }).tolist() as number[];
    return this.rows(ascending ? order : order.reverse());
  }
  unique(): ndarray {
    const first = new Map<unknown, number>();
    this.tolist().forEach((v, i) => {
      if (!first.has(v)) first.set(v, i);
    });
    const places = [...first.values()];
    return this.values.at(places) as ndarray;
  }
  nunique(): number {
    return this.unique().size;
  }
  isna(): SeriesImpl {
    return this.with(asArray(this.values.ne(this.values)));
  }
  dropna(): SeriesImpl {
    return this.at(asArray(this.values.eq(this.values)));
  }
  /** Another value for each element. */
  apply(f: (x: Item) => ArrayLike): SeriesImpl {
    return this.with([...this.values].map(f));
  }
  map(f: (x: Item) => ArrayLike): SeriesImpl {
    return this.apply(f);
  }

  /** NaNs left out, as pandas does. */
  private get counted(): ndarray {
    return this.values.dtype.kind === "f"
      ? (this.values.at(this.values.eq(this.values)) as ndarray)
      : this.values;
  }
  private fold(f: (x: ndarray) => ArrayLike, none: number): Item {
    const x = this.counted;
    return (x.size === 0 ? none : f(x)) as Item;
  }
  sum(): Item {
    return this.fold((x) => x.sum(), 0);
  }
  prod(): Item {
    return this.fold((x) => x.prod(), 1);
  }
  mean(): Item {
    return this.fold((x) => x.mean(), Number.NaN);
  }
  min(): Item {
    return this.fold((x) => x.min(), Number.NaN);
  }
  max(): Item {
    return this.fold((x) => x.max(), Number.NaN);
  }
  var(ddof = 1): Item {
    return this.fold((x) => (x.size <= ddof ? Number.NaN : x.var({ ddof })), Number.NaN);
  }
  std(ddof = 1): Item {
    return this.fold((x) => (x.size <= ddof ? Number.NaN : x.std({ ddof })), Number.NaN);
  }
  median(): Item {
    return this.fold((x) => {
      const line = [...(x.tolist() as number[])].sort((a, b) => a - b);
      const m = line.length >> 1;
      return line.length % 2 === 1 ? line[m]! : (line[m - 1]! + line[m]!) / 2;
    }, Number.NaN);
  }
  count(): number {
    return this.counted.size;
  }
  any(): boolean {
    return Boolean(this.values.any());
  }
  all(): boolean {
    return Boolean(this.values.all());
  }
  /** The label of the smallest element. */
  idxmin(): Label {
    return this.index.list[Number(this.values.argmin())]!;
  }
  /** The label of the largest element. */
  idxmax(): Label {
    return this.index.list[Number(this.values.argmax())]!;
  }
  abs(): SeriesImpl {
    return this.with(asArray(this.values.abs()));
  }
  neg(): SeriesImpl {
    return this.with(asArray(this.values.neg()));
  }
  invert(): SeriesImpl {
    return this.with(asArray(this.values.invert()));
  }
  cumsum(): SeriesImpl {
    return this.with(asArray(this.values.cumsum()));
  }
  round(decimals = 0): SeriesImpl {
    return this.with(asArray(this.values.round(decimals)));
  }

  __repr__(): string {
    const n = this.size;
    const [first, last] = shownRows(n);
    const places = [...first, ...last];
    const texts = columnTexts(places.length === n ? this.values : (this.values.at(places) as ndarray));
    const facts = [
      ...(this.name === null ? [] : [`Name: ${this.name}`]),
      ...(n > MOST_ROWS ? [`Length: ${n}`] : []),
      `dtype: ${this.dtype.name}`,
    ];
    if (n === 0) return `Series([], ${facts.join(", ")})`;
    const labels = places.map((i) => str(this.index.list[i]!));
    return seriesText(labels, texts, last.length > 0 ? first.length : null, facts);
  }
  __str__(): string {
    return this.__repr__();
  }
  toString(): string {
    return this.__repr__();
  }
}

/** The rows that a mask or a list of labels names. @throws KeyError, ValueError */
export function placesOf(key: ArrayLike | SeriesImpl | readonly Label[], index: Labels): number[] {
  if (Array.isArray(key) && key.some((k) => typeof k === "string"))
    return (key as Label[]).map((k) => found(k, index));
  const x = asArray(key as ArrayLike);
  if (x.dtype.kind === "b") {
    if (x.size !== index.length)
      throw new ValueError(`Item wrong length ${x.size} instead of ${index.length}.`);
    return x.nonzero()[0]!.tolist() as number[];
  }
  return (x.tolist() as number[]).map((k) => found(k, index));
}

function found(label: Label, index: Labels): number {
  const place = index.place(label);
  if (place < 0) throw new KeyError(label);
  return place;
}

keywordMethods(SeriesImpl.prototype, {
  head: "n",
  tail: "n",
  std: "ddof",
  var: "ddof",
  round: "decimals",
  sort_values: "ascending",
  to_numpy: "dtype",
});

const BINARY = ["add", "sub", "mul", "div", "floordiv", "mod", "pow", "and", "or", "xor"] as const;
const COMPARE = ["eq", "ne", "lt", "le", "gt", "ge"] as const;
type Operator = (typeof BINARY)[number];

interface SeriesImpl
  extends Record<
    Operator | `r${Operator}` | (typeof COMPARE)[number],
    (other: ArrayLike | SeriesImpl) => SeriesImpl
  > {}

/** Values of the other operand in the order of the first's labels; NaN where it has none. */
export function alignedTo(own: Labels, other: ArrayLike | SeriesImpl): ArrayLike {
  if (!(other instanceof SeriesImpl) || other.index.equals(own)) return other as ArrayLike;
  const values = other.values.tolist() as number[];
  return own.list.map((l) => {
    const place = other.index.place(l);
    return place < 0 ? Number.NaN : values[place]!;
  });
}

type Call = (b: ArrayLike) => ArrayLike;
for (const name of [...BINARY, ...BINARY.map((n) => `r${n}`), ...COMPARE])
  Object.defineProperty(SeriesImpl.prototype, name, {
    value(this: SeriesImpl, other: ArrayLike | SeriesImpl): SeriesImpl {
      const own = other instanceof SeriesImpl && other.name !== this.name ? null : this.name;
      const f = (this.values as unknown as Readonly<Record<string, Call>>)[name]!;
      return this.with(f.call(this.values, alignedTo(this.index, other)), own);
    },
    writable: true,
    configurable: true,
  });

/**
 * A column of values with labels: arithmetic and comparisons as methods, rows by labels, slices and masks.
 *
 * @example
 * ```ts
 * import * as pd from "@cognate/pandas";
 * import { print } from "@cognate/py";
 * const s = pd.Series([1.5, 2.5, 4]);
 * print(s.mul(2).sum(), s.at(s.gt(2)).tolist()); // prints 16 [2.5, 4]
 * ```
 */
export const Series = pyClass("Series", "data:dict index dtype name", SeriesImpl);
export type Series = SeriesImpl;
nameClass("pandas.Series", Series);
