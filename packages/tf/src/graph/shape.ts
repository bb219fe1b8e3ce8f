import { TensorShape } from "@cognate/keras/tensorflow";
import { nameClass, parseSlice, type Slice, ValueError } from "@cognate/py";
import type { Dims } from "../core/row.js";

/** `tf.compat.v1.Dimension`: the length of an axis, which may be unknown; counts as a number where it is known. */
export class Dimension extends Number {
  constructor(readonly value: number | null) {
    super(value ?? Number.NaN);
  }
  __repr__(): string {
    return `Dimension(${this.value === null ? "None" : this.value})`;
  }
  __str__(): string {
    return this.value === null ? "?" : String(this.value);
  }
  __int__(): number {
    return Number(this.value);
  }
  __index__(): number {
    return Number(this.value);
  }
  /** Equal lengths are equal; an unknown one equals nothing, which Python says by `None`. */
  eq(other: unknown): boolean | null {
    const n = other instanceof Dimension ? other.value : (other as number | null);
    return this.value === null || n === null ? null : this.value === Number(n);
  }
  override toString(): string {
    return this.__str__();
  }
}
nameClass("tensorflow.python.framework.tensor_shape.Dimension", Dimension);

let v2 = false;
/** Whether shapes hold plain numbers and print unknown lengths as `None`, as TensorFlow 2 does. */
export function setV2Shapes(on: boolean): void {
  v2 = on;
}
export const v2Shapes = (): boolean => v2;

/** What the elements of a shape do not say. The shapes themselves are frozen. */
const marks = new WeakMap<object, { readonly unknown: boolean; readonly plain: boolean }>();

/** The shape of a tensor of a graph: lengths may be unknown, and so may their number. */
export class GraphShape extends TensorShape {
  constructor(dims: unknown, plain: boolean = v2) {
    const lengths = dimsOf(dims);
    super((lengths ?? []) as readonly number[]);
    marks.set(this, { unknown: lengths === null, plain });
  }
  /** The lengths, `null` where unknown; `null` altogether for an unknown rank. */
  get _dims(): Dims {
    return marks.get(this)!.unknown ? null : [...(this as readonly (number | null)[])];
  }
  private get _v2(): boolean {
    return marks.get(this)!.plain;
  }
  override get rank(): number {
    return this._dims === null ? (null as unknown as number) : this._dims.length;
  }
  /** The number of axes, `null` where unknown. */
  get ndims(): number | null {
    return this._dims?.length ?? null;
  }
  get dims(): readonly unknown[] | null {
    return this._dims === null ? null : this._dims.map((d) => (this._v2 ? d : new Dimension(d)));
  }
  override as_list(): number[] {
    if (this._dims === null) throw new ValueError("as_list() is not defined on an unknown TensorShape.");
    return [...this._dims] as number[];
  }
  override num_elements(): number {
    if (!this.is_fully_defined()) return null as unknown as number;
    return (this._dims as readonly number[]).reduce((n, d) => n * d, 1);
  }
  is_fully_defined(): boolean {
    return this._dims?.every((d) => d !== null) ?? false;
  }
  is_compatible_with(other: unknown): boolean {
    return compatible(this._dims, dimsOf(other));
  }
  /** The shape with what both know. @throws ValueError where they differ */
  merge_with(other: unknown): GraphShape {
    return new GraphShape(mergeDims(this._dims, dimsOf(other)), this._v2);
  }
  concatenate(other: unknown): GraphShape {
    const o = dimsOf(other);
    return new GraphShape(this._dims === null || o === null ? null : [...this._dims, ...o], this._v2);
  }
  with_rank(rank: number): GraphShape {
    if (this._dims !== null && this._dims.length !== rank)
      throw new ValueError(`Shape ${this} must have rank ${rank}`);
    return this._dims === null ? new GraphShape(Array(rank).fill(null), this._v2) : this;
  }
  with_rank_at_least(rank: number): GraphShape {
    if (this._dims !== null && this._dims.length < rank)
      throw new ValueError(`Shape ${this} must have rank at least ${rank}`);
    return this;
  }
  with_rank_at_most(rank: number): GraphShape {
    if (this._dims !== null && this._dims.length > rank)
      throw new ValueError(`Shape ${this} must have rank at most ${rank}`);
    return this;
  }
  assert_has_rank(rank: number): void {
    if (this._dims !== null && this._dims.length !== rank)
      throw new ValueError(`Shape ${this} must have rank ${rank}`);
  }
  assert_same_rank(other: unknown): void {
    const o = dimsOf(other);
    if (this._dims !== null && o !== null && this._dims.length !== o.length)
      throw new ValueError(`Shapes ${this} and ${new GraphShape(o, this._v2)} must have the same rank`);
  }
  assert_is_compatible_with(other: unknown): void {
    if (!this.is_compatible_with(other))
      throw new ValueError(`Shapes ${this} and ${new GraphShape(dimsOf(other), this._v2)} are incompatible`);
  }
  assert_is_fully_defined(): void {
    if (!this.is_fully_defined()) throw new ValueError(`Shape ${this} is not fully defined`);
  }
  /** The shape that both fit: lengths in which they differ are unknown. */
  most_specific_compatible_shape(other: unknown): GraphShape {
    const o = dimsOf(other);
    if (this._dims === null || o === null || this._dims.length !== o.length)
      return new GraphShape(null, this._v2);
    return new GraphShape(
      this._dims.map((d, i) => (d === o[i] ? d : null)),
      this._v2,
    );
  }
  /** Whether every shape that this one may be is one that the other may be. */
  is_subtype_of(other: unknown): boolean {
    if (!(other instanceof TensorShape)) return false;
    const [own, wide] = [this._dims, dimsOf(other)];
    if (wide === null || own === null) return wide === null;
    return own.length === wide.length && wide.every((d, i) => d === null || d === own[i]);
  }
  /** The shape of which this one and the others are subtypes; `null` where one is no shape. */
  most_specific_common_supertype(others: readonly unknown[]): GraphShape | null {
    if (others.some((o) => !(o instanceof TensorShape))) return null;
    const all = others.map(dimsOf);
    const own = this._dims;
    if (own === null || all.some((o) => o === null || o.length !== own.length))
      return new GraphShape(null, this._v2);
    return new GraphShape(
      own.map((d, i) => (all.every((o) => o![i] === d) ? d : null)),
      this._v2,
    );
  }
  override at(index: number | string | Slice): never {
    if (typeof index === "number") {
      if (this._dims === null) return (this._v2 ? null : new Dimension(null)) as never;
      const d = (super.at as (i: number) => number | null).call(this, index);
      return (this._v2 ? d : new Dimension(d)) as never;
    }
    if (this._dims === null) return new GraphShape(null, this._v2) as never;
    const picks = (typeof index === "string" ? parseSlice(index) : index).positions(this._dims.length);
    return new GraphShape(
      picks.map((i) => this._dims![i]!),
      this._v2,
    ) as never;
  }
  override eq(other: unknown): boolean {
    try {
      const o = dimsOf(other);
      return (
        o !== null &&
        this._dims !== null &&
        o.length === this._dims.length &&
        o.every((d, i) => d === this._dims![i])
      );
    } catch {
      return false;
    }
  }
  override __repr__(): string {
    if (this._dims === null) return "TensorShape(None)";
    return `TensorShape([${this._dims.map((d) => (this._v2 ? (d ?? "None") : `Dimension(${d ?? "None"})`)).join(", ")}])`;
  }
  override __str__(): string {
    if (this._dims === null) return "<unknown>";
    const texts = this._dims.map((d) => d ?? (this._v2 ? "None" : "?"));
    return texts.length === 1 ? `(${texts[0]},)` : `(${texts.join(", ")})`;
  }
  override toString(): string {
    return this.__str__();
  }
}
nameClass("tensorflow.python.framework.tensor_shape.TensorShape", GraphShape);

/** Lengths of whatever names a shape. */
export function dimsOf(shape: unknown): Dims {
  if (shape === null || shape === undefined) return null;
  if (shape instanceof GraphShape) return shape._dims;
  if (shape instanceof Dimension) return [shape.value];
  if (typeof shape === "number" || shape instanceof Number) return [Number(shape)];
  return [...(shape as Iterable<unknown>)].map((d) => {
    if (d === null || d === undefined) return null;
    if (d instanceof Dimension) return d.value;
    const n = Number(d);
    return n < 0 ? null : n;
  });
}

export const compatible = (a: Dims, b: Dims): boolean =>
  a === null ||
  b === null ||
  (a.length === b.length && a.every((d, i) => d === null || b[i] === null || d === b[i]));

export const dimsText = (d: Dims): string => new GraphShape(d).__str__();

/** What two shapes know together. @throws ValueError where they differ */
export function mergeDims(a: Dims, b: Dims): Dims {
  if (a === null) return b;
  if (b === null) return a;
  if (!compatible(a, b)) throw new ValueError(`Shapes ${dimsText(a)} and ${dimsText(b)} are not compatible`);
  return a.map((d, i) => d ?? b[i]!);
}

/** What holds for either of two shapes. */
export function commonDims(a: Dims, b: Dims): Dims {
  if (a === null || b === null || a.length !== b.length) return null;
  return a.map((d, i) => (d === b[i] ? d : null));
}

/** A shape as C++ messages print it: `[?,3]`, `?` for an unknown rank. */
export const bracketText = (d: Dims): string =>
  d === null ? "<unknown>" : `[${d.map((n) => n ?? "?").join(",")}]`;
