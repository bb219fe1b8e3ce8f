import { constantDatum } from "../core/convert.js";
import { FailedPreconditionError, KernelProblem } from "../core/errors.js";
import type { Datum, Handle } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import type { DType, Value } from "../shared.js";

/** One value: an element, or the elements of a row. */
export type Row = readonly unknown[];

/** Elements one after another: numbers, or texts as bytes. */
export function elementsOf(d: Datum): unknown[] {
  if (d instanceof StringArray) return [...d.data];
  const { array } = d as Value;
  return [...(array.flat() as Iterable<unknown>)];
}
export const shapeOf = (d: Datum): readonly number[] => (d as Value | StringArray).shape;
/** Keys are told apart as texts: all integer types have the same. */
const name = (k: unknown): string => String(k);

/** A datum of elements in a shape. */
export function datumFrom(flat: readonly unknown[], shape: readonly number[], dtype: DType): Datum {
  if (dtype.name === "string") return new StringArray([...shape], flat as readonly string[]);
  const bools = dtype.is_bool ? flat.map((x) => Boolean(x)) : flat;
  const v = constantDatum([...bools], dtype) as Value;
  return v.reshape({ shape: [...shape] }) as Value;
}

/** Keys and their values: what a table's handle stands for. */
export class Table implements Handle {
  readonly handle = "table";
  private readonly _rows = new Map<string, { readonly key: unknown; readonly row: Row }>();
  ready = false;
  constructor(
    readonly keyType: DType,
    readonly valueType: DType,
    /** The shape of one value. */
    readonly valueShape: readonly number[] = [],
    /** Whether entries may change. */
    readonly mutable = false,
    /** Keys that a dense table keeps for itself: of empty and of removed places. */
    readonly reserved: readonly [empty: unknown, removed: unknown] | null = null,
  ) {
    this.ready = mutable;
  }
  private _checked(): void {
    if (!this.ready) throw new KernelProblem("Table not initialized.", FailedPreconditionError);
  }
  get size(): number {
    this._checked();
    return this._rows.size;
  }
  private _allowed(keys: readonly unknown[]): void {
    if (!this.reserved) return;
    const [empty, removed] = this.reserved.map(name);
    for (const k of keys) {
      if (name(k) === empty) throw new KernelProblem(`Using the empty_key as a table key is not allowed`);
      if (name(k) === removed) throw new KernelProblem(`Using the deleted_key as a table key is not allowed`);
    }
  }
  private _width(): number {
    return this.valueShape.reduce((a, b) => a * b, 1);
  }
  /** Fills a table that does not change. @throws InvalidArgumentError for a key with two values */
  initialize(keys: Datum, values: Datum): void {
    if (this.ready) return;
    this._fits(keys, values);
    const [ks, vs] = [elementsOf(keys), elementsOf(values)];
    ks.forEach((k, i) => {
      const before = this._rows.get(name(k));
      if (before && name(before.row[0]) !== name(vs[i]))
        throw new KernelProblem(
          `HashTable has different value for same key. Key ${name(k)} has ${name(before.row[0])} and trying to add value ${name(vs[i])}`,
          FailedPreconditionError,
        );
      this._rows.set(name(k), { key: k, row: [vs[i]] });
    });
    this.ready = true;
  }
  private _fits(keys: Datum, values: Datum): void {
    const want = [...shapeOf(keys), ...this.valueShape];
    const got = shapeOf(values);
    if (want.length !== got.length || want.some((n, i) => n !== got[i]))
      throw new KernelProblem(`Expected shape [${want}] for value, got [${got}]`);
  }
  insert(keys: Datum, values: Datum): void {
    this._fits(keys, values);
    const [ks, vs] = [elementsOf(keys), elementsOf(values)];
    this._allowed(ks);
    const w = this._width();
    ks.forEach((k, i) => {
      this._rows.set(name(k), { key: k, row: vs.slice(i * w, (i + 1) * w) });
    });
  }
  remove(keys: Datum): void {
    const ks = elementsOf(keys);
    this._allowed(ks);
    for (const k of ks) this._rows.delete(name(k));
  }
  /** The values of keys; where there is none, the default, or the default of that place. */
  find(keys: Datum, fallback: Datum): Datum {
    this._checked();
    const ks = elementsOf(keys);
    this._allowed(ks);
    const other = elementsOf(fallback);
    const w = this._width();
    const each =
      other.length > w || (other.length === w && shapeOf(fallback).length > this.valueShape.length);
    const flat = ks.flatMap(
      (k, i) => this._rows.get(name(k))?.row ?? (each ? other.slice(i * w, (i + 1) * w) : other.slice(0, w)),
    );
    return datumFrom(flat, [...shapeOf(keys), ...this.valueShape], this.valueType);
  }
  export(): [Datum, Datum] {
    this._checked();
    const all = [...this._rows.values()];
    return [
      datumFrom(
        all.map((e) => e.key),
        [all.length],
        this.keyType,
      ),
      datumFrom(
        all.flatMap((e) => e.row),
        [all.length, ...this.valueShape],
        this.valueType,
      ),
    ];
  }
}
