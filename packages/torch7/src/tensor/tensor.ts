import {
  ARRAY,
  arrayOf,
  castTo,
  cloneContiguous,
  type DType,
  fromNested,
  type HasArray,
  inspectNested,
  Strided,
  sizeOf,
  toNested,
} from "@cognate/kernel";
import { LuaError } from "../errors.js";
import { tensorText } from "../print.js";
import { entriesOf } from "../table.js";
import { defaultType } from "./default-type.js";
import { readElement, writeArray, writeElement, writeNumber } from "./elements.js";
import { type Index, indexed } from "./indexing.js";
import type { TensorMethods } from "./methods.js";
import { LongStorage, Storage } from "./storage.js";
import { elementName } from "./types.js";

/** Nested lists of numbers: what a tensor can be made of. */
export type Nested = number | Number | ArrayBufferView | HasArray | readonly Nested[];

/**
 * A tensor of Torch7: a view of a storage, indexed from 1, whose methods work in place.
 *
 * @example
 * ```ts
 * import { torch } from "@cognate/torch7";
 * import { print } from "@cognate/py";
 * const x = torch.Tensor([[1, 2, 3], [4, 5, 6]]);
 * x.at([[], [2, 3]]).mul(10);
 * print(x.at([2, 3]), x.at(1).at(1), x.dim()); // prints 60 1 2
 * ```
 */
export class TensorImpl implements HasArray {
  /** What the tensor sees now; `resize` and `set` change it. */
  _array: Strided;

  constructor(array: Strided) {
    this._array = array;
  }
  [ARRAY](): Strided {
    return this._array;
  }

  /** The class's name: `torch.DoubleTensor`. */
  get __typename(): string {
    return `torch.${elementName(this._array.dtype)}Tensor`;
  }
  /** `#x`: the same as {@link size}. */
  get length(): number {
    return this._array.rank === 0 ? 0 : this._array.shape[0]!;
  }

  /** The element, or the view, that an index names; a mask of bytes gives the elements where it is 1. */
  at<R extends number | TensorImpl = number & TensorImpl>(index: Index | TensorImpl): R {
    return this._at(index) as R;
  }
  private _at(index: Index | TensorImpl): number | TensorImpl {
    if (index instanceof TensorImpl) return this.maskedSelect(index);
    const view = indexed(this._array, index);
    if (view.rank === 0) return readElement(view, view.offset);
    return new TensorImpl(view);
  }
  /** Writes a number or the elements of a tensor to the places that an index names. */
  set(...args: readonly unknown[]): this {
    if (args.length === 2 && isIndex(args[0])) {
      const [index, value] = args as [Index | TensorImpl, number | TensorImpl];
      if (index instanceof TensorImpl) {
        if (typeof value === "number") this.maskedFill(index, value);
        else this.maskedCopy(index, value);
        return this;
      }
      const view = indexed(this._array, index);
      if (value instanceof TensorImpl) writeArray(view, value._array);
      else if (view.rank === 0) writeElement(view, view.offset, Number(value));
      else writeNumber(view, Number(value));
      return this;
    }
    this._array = arrayFrom(args, this._array.dtype);
    return this;
  }

  /** Number of axes. */
  dim(): number {
    return this._array.rank;
  }
  nDimension(): number {
    return this._array.rank;
  }
  /** All lengths, or that of one axis (from 1). */
  size(): LongStorage;
  size(dim: number): number;
  size(dim?: number): LongStorage | number {
    return dim === undefined
      ? LongStorage.from_(this._array.shape)
      : this._array.shape[axis(this._array, dim, "size")]!;
  }
  /** All strides, or that of one axis (from 1). */
  stride(): LongStorage;
  stride(dim: number): number;
  stride(dim?: number): LongStorage | number {
    return dim === undefined
      ? LongStorage.from_(this._array.strides)
      : this._array.strides[axis(this._array, dim, "stride")]!;
  }
  /** Number of elements; 0 without axes. */
  nElement(): number {
    return this._array.rank === 0 ? 0 : this._array.size;
  }
  numel(): number {
    return this.nElement();
  }
  storage(): Storage {
    return new Storage(this._array);
  }
  /** Where the first element stands in the storage, from 1. */
  storageOffset(): number {
    return this._array.offset + 1;
  }
  isContiguous(): boolean {
    return this._array.contiguous;
  }
  isSameSizeAs(other: TensorImpl): boolean {
    return sameSize(this._array.shape, other._array.shape);
  }
  isSize(sizes: readonly number[]): boolean {
    return sameSize(this._array.shape, sizes);
  }
  isTensor(): boolean {
    return true;
  }
  isSetTo(other: TensorImpl): boolean {
    const [a, b] = [this._array, other._array];
    return (
      a.storage === b.storage &&
      a.offset === b.offset &&
      sameSize(a.shape, b.shape) &&
      sameSize(a.strides, b.strides)
    );
  }

  /** A tensor with memory of its own. */
  clone(): TensorImpl {
    return new TensorImpl(cloneContiguous(this._array));
  }
  /** This tensor if its elements lie in order, else a clone. */
  contiguous(): TensorImpl {
    return this._array.contiguous ? this : this.clone();
  }
  /** Takes over the elements of another tensor of as many. */
  copy(from: TensorImpl): this {
    const source = from._array;
    if (source.size !== this._array.size || (source.rank === 0) !== (this._array.rank === 0))
      throw new LuaError(
        `inconsistent tensor size, expected tensor ${sizes(this._array)} and src ${sizes(source)} to have the same number of elements, but got ${this._array.size} and ${source.size} elements respectively`,
      );
    const flat = sameSize(source.shape, this._array.shape)
      ? source
      : cloneContiguous(source).view(
          this._array.shape,
          Strided.zeros(source.dtype, this._array.shape).strides,
        );
    writeArray(this._array, flat);
    return this;
  }
  fill(value: number): this {
    writeNumber(this._array, Number(value));
    return this;
  }
  zero(): this {
    return this.fill(0);
  }

  /** The tensor in another element type (itself if it has it already), or the name of its own. */
  type(): string;
  type(name: string): TensorImpl;
  type(name?: string): string | TensorImpl {
    if (name === undefined) return this.__typename;
    return convert(this, name);
  }
  typeAs(other: TensorImpl): TensorImpl {
    return new TensorImpl(castTo(this._array, other._array.dtype));
  }

  /** Nested lists of the elements. */
  totable(): unknown {
    return this._array.rank === 0 ? [] : toNested(this._array, readElement);
  }
  *[Symbol.iterator](): Generator<number | TensorImpl> {
    for (let i = 1; i <= this.length; i++) yield this._at(i);
  }
  __str__(): string {
    return tensorText(this._array, this.__typename);
  }
  toString(): string {
    return this.__str__();
  }
  [Symbol.toPrimitive](hint: string): string | number {
    if (hint === "string") return this.toString();
    throw new LuaError(
      "attempt to perform arithmetic on a tensor: write a:add(b) as torch.add(a, b) or a.add(b)",
    );
  }
}

/** Functions of `torch` as methods, and the methods that change how memory is seen. */
export interface TensorImpl extends TensorMethods {}

const isIndex = (x: unknown): boolean =>
  typeof x === "number" || x instanceof TensorImpl || (Array.isArray(x) && !(x instanceof LongStorage));
const sameSize = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);
/** `[2x3]`, as Torch7 writes lengths. */
export const sizes = (a: Strided): string => `[${a.shape.join("x")}]`;

/** 0-based number of an axis. @throws LuaError */
export function axis(a: Strided, dim: number, name: string): number {
  if (!(dim >= 1 && dim <= a.rank))
    throw new LuaError(`bad argument #2 to '${name}' (dimension ${dim} out of range of ${a.rank}D tensor)`);
  return dim - 1;
}

let convert: (x: TensorImpl, name: string) => TensorImpl;
/** Set by the module that knows the types' names. */
export function setConvert(f: typeof convert): void {
  convert = f;
}

/** No axes, no elements: `torch.Tensor()`. */
const nothing = (dtype: DType): Strided => Strided.zeros(dtype, [0]).view([], []);

/** Whether nested lists hold numbers all the way down. */
const isData = (x: unknown): boolean => Array.isArray(x) && !(x instanceof LongStorage);

/**
 * The array that a constructor's arguments name: nothing, sizes, a list of sizes (`LongStorage`), nested numbers, another
 * tensor (whose memory is shared), or a storage with offset, sizes and strides.
 */
export function arrayFrom(args: readonly unknown[], dtype: DType): Strided {
  const given = args.filter((a) => a !== undefined && a !== null);
  const [first, ...rest] = given;
  if (given.length === 0) return nothing(dtype);
  if (first instanceof LongStorage) {
    const strides = rest[0] as LongStorage | undefined;
    return strides
      ? Strided.zeros(dtype, [extent([...first], [...strides])]).view([...first], [...strides])
      : Strided.zeros(dtype, [...first]);
  }
  if (first instanceof Storage) return overStorage(first, rest);
  if (first instanceof TensorImpl) {
    if (first._array.dtype !== dtype)
      throw new LuaError(`expecting a torch.${elementName(dtype)}Tensor, got a ${first.__typename}`);
    return first._array;
  }
  if (typeof first === "number" || first instanceof Number) {
    const lengths = given.map(Number);
    if (lengths.some((n) => !Number.isInteger(n) || n < 0))
      throw new LuaError(`invalid size ${lengths.join(" x ")}`);
    return Strided.zeros(dtype, lengths);
  }
  const other = arrayOf(first);
  if (other) return castTo(other, dtype);
  const list = isData(first) ? first : entriesOf(first);
  if (list !== undefined && (list as readonly unknown[]).length === 0) return nothing(dtype);
  const facts = inspectNested(list ?? first);
  return fromNested(list ?? first, dtype, facts.shape);
}

const extent = (shape: readonly number[], strides: readonly number[]): number =>
  sizeOf(shape) === 0 ? 0 : 1 + shape.reduce((n, len, i) => n + (len - 1) * strides[i]!, 0);

/** A view of a storage: `(storage, offset, sizes, strides)`, sizes as a list or in pairs of length and stride. */
function overStorage(storage: Storage, [offset = 1, lengths, ...more]: readonly unknown[]): Strided {
  const start = Number(offset) - 1;
  const all = storage.array;
  if (lengths === undefined) return all.view([all.size - start], [1], start);
  let shape: number[];
  let strides: number[];
  if (Array.isArray(lengths)) {
    shape = [...(lengths as readonly number[])];
    strides = Array.isArray(more[0])
      ? [...(more[0] as readonly number[])]
      : [...Strided.zeros(all.dtype, shape).strides];
  } else {
    const pairs = [lengths, ...more].map(Number);
    shape = pairs.filter((_, i) => i % 2 === 0);
    strides = pairs.filter((_, i) => i % 2 === 1);
    if (strides.length < shape.length || strides.includes(-1))
      strides = [...Strided.zeros(all.dtype, shape).strides];
  }
  if (start + extent(shape, strides) > all.size)
    throw new LuaError("sizes and strides reach past the end of the storage");
  return all.view(shape, strides, start);
}

/** A tensor of the default type. */
export const tensorOf = (...args: readonly unknown[]): TensorImpl =>
  new TensorImpl(arrayFrom(args, defaultType()));
