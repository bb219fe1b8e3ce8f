import type { Data, DType } from "../dtype/dtype.js";
import { allocate } from "../memory/allocate.js";
import { Storage } from "../memory/storage.js";

/** Axis lengths, outermost first. */
export type Shape = readonly number[];

/** The number of elements of a shape; 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  let n = 1;
  for (let i = 0; i < shape.length; i++) n *= shape[i]!;
  return n;
}

/** Row-major strides in elements. An axis of length 0 counts as 1, as in PyTorch. */
export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= Math.max(shape[i]!, 1);
  }
  return strides;
}

/**
 * An n-dimensional array: a storage, an element type and the map from index to position
 * (`offset + Σ index[i]·strides[i]`, counted in elements). Strides may be zero or negative and may overlap.
 *
 * This is the array type that packages hand each other.
 */
export class Strided {
  /** Number of elements. */
  readonly size: number;
  private _contiguous: boolean | undefined;

  constructor(
    readonly storage: Storage,
    readonly dtype: DType,
    readonly shape: Shape,
    readonly strides: readonly number[],
    readonly offset: number,
    contiguous?: boolean,
  ) {
    this.size = sizeOf(shape);
    this._contiguous = contiguous;
  }

  get rank(): number {
    return this.shape.length;
  }

  /** The typed array behind the whole storage; positions in it count from its start, in units of `dtype.lanes`. */
  get data(): Data {
    return this.storage.data(this.dtype);
  }

  /** {@link data} for a short look: valid until the next op runs or memory is taken. Leaves large arrays where they are. */
  get peek(): Data {
    return this.storage.peek(this.dtype);
  }

  /** `true` when elements lie in row-major order without gaps. */
  get contiguous(): boolean {
    return (this._contiguous ??= isContiguous(this.shape, this.strides, this.size));
  }

  /** The same storage under another shape, strides and offset. */
  view(shape: Shape, strides: readonly number[], offset = this.offset): Strided {
    return new Strided(this.storage, this.dtype, shape, strides, offset);
  }

  /** The elements of a contiguous array as a typed array that shares memory. */
  flat(): Data {
    return part(this.data, this.offset * this.dtype.lanes, this.size * this.dtype.lanes);
  }

  /** {@link flat} for a short look, as {@link peek}. */
  peekFlat(): Data {
    return part(this.peek, this.offset * this.dtype.lanes, this.size * this.dtype.lanes);
  }

  /** Zeros in row-major order. */
  static zeros(dtype: DType, shape: Shape): Strided {
    return new Strided(allocate(dtype, sizeOf(shape)), dtype, shape, contiguousStrides(shape), 0, true);
  }

  /** An array that takes over `data` (row-major, `dtype.lanes` entries an element) without copying. */
  static over(data: Data, dtype: DType, shape: Shape): Strided {
    return new Strided(new Storage(data, dtype), dtype, shape, contiguousStrides(shape), 0, true);
  }
}

/** A part of a typed array; of a small one that is asked for whole no view is made, which would cost it a buffer of its own. */
const part = (data: Data, start: number, length: number): Data =>
  start === 0 && length === data.length ? data : (data.subarray(start, start + length) as Data);

function isContiguous(shape: Shape, strides: readonly number[], size: number): boolean {
  if (size === 0) return true;
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    const n = shape[i]!;
    if (n !== 1 && strides[i] !== step) return false;
    step *= n;
  }
  return true;
}
