import {
  allocate,
  contiguousStrides,
  type DType,
  type Shape,
  Storage,
  Strided,
  sizeOf,
} from "@cognate/kernel";
import type { ByteSource } from "./source.js";
import { MemorySource } from "./source.js";

/** How a reader gives the arrays of a file. */
export interface ArrayReadOptions {
  /**
   * Arrays look at the bytes that were given, where alignment and byte order allow, instead of having memory of their
   * own. What is written to them then changes those bytes. Off unless given; of no effect for paths.
   */
  share?: boolean;
  /**
   * `false` leaves the arrays of files at zero, which costs no time and hardly memory: for looking at names, types and
   * shapes. All checks are made as ever. Compressed data is read in any case.
   */
  data?: boolean;
}

/** A storage's memory as bytes. */
export function bytesOfStorage(storage: Storage, dtype: DType): Uint8Array {
  const { buffer, byteOffset, byteLength } = storage.data(dtype);
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Turns each group of `width` bytes around. */
export function swapBytes(bytes: Uint8Array, width: number): void {
  if (width < 2) return;
  for (let i = 0; i + width <= bytes.length; i += width) {
    for (let a = i, b = i + width - 1; a < b; a++, b--) {
      const t = bytes[a]!;
      bytes[a] = bytes[b]!;
      bytes[b] = t;
    }
  }
}

/** The bytes of one number of this type; a complex element is two. */
export const laneBytes = (dtype: DType): number => dtype.itemsize / dtype.lanes;

/** From here on it pays to have memory that nobody filled with zeros first. */
const LARGE = 1 << 20;

/** Memory that is about to be overwritten whole, where the platform (Node) has such. */
function unfilled(dtype: DType, count: number): Storage | undefined {
  const n = count * dtype.itemsize;
  const { Buffer } = globalThis as unknown as {
    Buffer?: { allocUnsafeSlow?(n: number): Uint8Array<ArrayBuffer> };
  };
  if (n < LARGE || !Buffer?.allocUnsafeSlow) return undefined;
  const { buffer, byteOffset } = Buffer.allocUnsafeSlow(n);
  return new Storage(new dtype.Data(buffer, byteOffset, count * dtype.lanes), dtype);
}

/**
 * `count` elements from byte `offset` on. Memory is taken only after the source is known to have as many bytes.
 *
 * @throws FormatError when the source ends before.
 */
export function readStorage(
  source: ByteSource,
  offset: number,
  dtype: DType,
  count: number,
  { share = false, data = true, little = true }: ArrayReadOptions & { little?: boolean } = {},
): Storage {
  const n = count * dtype.itemsize;
  const swap = !little && laneBytes(dtype) > 1;
  if (source instanceof MemorySource) {
    const raw = source.read(offset, n);
    if (share && !swap && raw.byteOffset % laneBytes(dtype) === 0)
      return new Storage(new dtype.Data(raw.buffer, raw.byteOffset, count * dtype.lanes), dtype);
  } else if (!(offset + n <= source.size)) source.read(offset, n);
  const storage = (data && unfilled(dtype, count)) || allocate(dtype, count);
  if (!data) return storage;
  const bytes = bytesOfStorage(storage, dtype);
  source.readInto(offset, bytes);
  if (swap) swapBytes(bytes, laneBytes(dtype));
  return storage;
}

/** A row-major array of the bytes from `offset` on. @throws FormatError when the source ends before. */
export function readArray(
  source: ByteSource,
  offset: number,
  dtype: DType,
  shape: Shape,
  options?: ArrayReadOptions & { little?: boolean },
): Strided {
  const storage = readStorage(source, offset, dtype, sizeOf(shape), options);
  return new Strided(storage, dtype, shape, contiguousStrides(shape), 0, true);
}

/** The elements of a row-major array as bytes, as a view. */
export function bytesOfArray(array: Strided): Uint8Array {
  const { buffer, byteOffset, byteLength } = array.flat();
  return new Uint8Array(buffer, byteOffset, byteLength);
}
