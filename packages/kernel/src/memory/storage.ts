import type { Data, DType } from "../dtype/dtype.js";

/**
 * One block of memory that any number of strided arrays look at.
 *
 * Everything reads and writes through {@link data}, and asks again after each allocation, so that where the
 * bytes live (JavaScript heap, WASM memory) may change behind it. `version` counts in-place writes; arrays that
 * share a storage share the count, which is how a changed saved value is noticed.
 */
export class Storage {
  /** Number of in-place writes so far. */
  version = 0;
  private readonly _first: Data;
  private readonly _dtype: DType;
  private _others: Data[] | undefined;

  constructor(data: Data, dtype: DType) {
    this._first = data;
    this._dtype = dtype;
  }

  get byteLength(): number {
    return this._first.byteLength;
  }

  /** The typed array over the whole block for elements of `dtype`; a trailing partial element is left out. */
  data(dtype: DType): Data {
    if (dtype === this._dtype) return this._first;
    this._others ??= [];
    return (this._others[dtype.code] ??= this._reinterpret(dtype));
  }

  private _reinterpret(dtype: DType): Data {
    const { buffer, byteOffset, byteLength } = this._first;
    const width = dtype.Data.BYTES_PER_ELEMENT;
    return new dtype.Data(buffer, byteOffset, Math.floor(byteLength / width));
  }

  /** A second storage over the same bytes with a version count of its own (PyTorch's `x.data`). */
  alias(): Storage {
    return new Storage(this._first, this._dtype);
  }

  /** `true` when both look at the same bytes in memory. */
  sameMemory(other: Storage): boolean {
    return this._first.buffer === other._first.buffer && this._first.byteOffset === other._first.byteOffset;
  }

  /** The address of the first byte within its buffer, and that buffer's identity number: what `data_ptr` prints. */
  get address(): number {
    return bufferNumber(this._first.buffer) + this._first.byteOffset;
  }
}

const numbers = new WeakMap<ArrayBufferLike, number>();
let nextNumber = 0x10000;

function bufferNumber(buffer: ArrayBufferLike): number {
  let n = numbers.get(buffer);
  if (n === undefined) {
    n = nextNumber;
    nextNumber += Math.ceil((buffer.byteLength + 1) / 64) * 64;
    numbers.set(buffer, n);
  }
  return n;
}
