import { type Slice, str } from "@cognate/py";

/** A row's or column's label. */
export type Label = number | string;

/** Labels in order; those counted from 0 are a range. */
export class Labels {
  private places: Map<Label, number> | null = null;

  constructor(
    readonly list: readonly Label[],
    readonly range = false,
  ) {}

  static range(n: number): Labels {
    return new Labels(
      Array.from({ length: n }, (_, i) => i),
      true,
    );
  }
  get length(): number {
    return this.list.length;
  }
  [Symbol.iterator](): Iterator<Label> {
    return this.list[Symbol.iterator]();
  }
  /** Where a label stands, −1 if nowhere. */
  place(label: Label): number {
    this.places ??= new Map(this.list.map((l, i) => [l, i]));
    return this.places.get(label) ?? -1;
  }
  take(places: readonly number[]): Labels {
    return new Labels(places.map((i) => this.list[i]!));
  }
  tolist(): Label[] {
    return [...this.list];
  }
  equals(other: Labels): boolean {
    return this.length === other.length && this.list.every((l, i) => l === other.list[i]);
  }
  __repr__(): string {
    if (this.range) return `RangeIndex(start=0, stop=${this.length}, step=1)`;
    const text = this.list.map((l) => (typeof l === "string" ? `'${l}'` : str(l))).join(", ");
    return `Index([${text}], dtype='${this.list.every((l) => typeof l === "number") && this.length > 0 ? "int64" : "str"}')`;
  }
  toString(): string {
    return this.__repr__();
  }
}

/** The positions of n rows that a slice names. */
export function sliceOf(slice: Slice, n: number): number[] {
  const [start, stop, step] = slice.indices(n);
  const count = Math.max(0, Math.ceil((stop - start) / step));
  return Array.from({ length: count }, (_, i) => start + i * step);
}
