import { int32, type NumericData } from "../dtype/dtype.js";
import { IndexRangeError } from "../errors/errors.js";
import { positions } from "./iterate.js";
import type { Strided } from "./strided.js";

const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
/** Which 32-bit word of a 64-bit integer holds its low half. */
export const LOW = LITTLE_ENDIAN ? 0 : 1;
const HIGH = 1 - LOW;

/**
 * Integers as words of at most 32 bits, so that reading one makes no bigint: element i stands at `words[i · span]`,
 * and where `span` is 2 its other half at `words[i · span + far]`.
 */
export interface Words {
  readonly words: NumericData;
  readonly span: 1 | 2;
}

/** The words behind an integer or bool array's whole storage, for a short look. */
export function wordsOf(x: Strided): Words {
  return x.dtype.big
    ? { words: x.storage.peek(int32) as NumericData, span: 2 }
    : { words: x.peek as NumericData, span: 1 };
}

/** The integer at position `at` (counted in elements). Exact up to 2^53. */
export const wordAt = ({ words, span }: Words, at: number): number =>
  span === 1 ? words[at]! : words[2 * at + HIGH]! * 4294967296 + (words[2 * at + LOW]! >>> 0);

/** Writes whole numbers up to 2^53 as 64-bit integers from position `at` on. */
export function storeIntegers(
  y: Strided,
  at: number,
  step: number,
  values: ArrayLike<number>,
  n: number,
): void {
  const words = y.storage.peek(int32) as Int32Array;
  if (values instanceof Int32Array) return storeSmall(words, 2 * at, 2 * step, values, n);
  if (values instanceof Float64Array && step === 1) return storeFloats(words, 2 * at, values, n);
  for (let i = 0, o = 2 * at; i < n; i++, o += 2 * step) {
    const v = values[i]!;
    words[o + LOW] = v;
    words[o + HIGH] = Math.floor(v / 4294967296);
  }
}

function storeSmall(words: Int32Array, at: number, step: number, values: Int32Array, n: number): void {
  for (let i = 0, o = at; i < n; i++, o += step) {
    const v = values[i]!;
    words[o + LOW] = v;
    words[o + HIGH] = v >> 31;
  }
}

function storeFloats(words: Int32Array, at: number, values: Float64Array, n: number): void {
  for (let i = 0, o = at; i < n; i++, o += 2) {
    const v = values[i]!;
    words[o + LOW] = v;
    words[o + HIGH] = v >= 0 && v < 4294967296 ? 0 : Math.floor(v / 4294967296);
  }
}

/** The elements of an integer array, row-major, as JavaScript numbers. */
export function integersOf(x: Strided): Int32Array | Float64Array {
  const small = x.dtype.itemsize < 4 || x.dtype === int32;
  const out = small ? new Int32Array(x.size) : new Float64Array(x.size);
  if (x.size === 0) return out;
  const source: Words = x.dtype.big
    ? { words: x.storage.peek(int32) as NumericData, span: 2 }
    : { words: x.peek as NumericData, span: 1 };
  if (x.contiguous && source.span === 2) {
    const { words } = source;
    for (let i = 0, o = 2 * x.offset; i < out.length; i++, o += 2)
      out[i] = words[o + HIGH]! * 4294967296 + (words[o + LOW]! >>> 0);
    return out;
  }
  if (x.contiguous) {
    for (let i = 0; i < out.length; i++) out[i] = wordAt(source, x.offset + i);
    return out;
  }
  const at = positions(
    x.shape,
    x.strides,
    x.shape.map((_, i) => i),
  );
  for (let i = 0; i < out.length; i++) out[i] = wordAt(source, x.offset + at[i]!);
  return out;
}

/** Index `i` counted from the front of an axis of length `size`. @throws IndexRangeError */
export function wrapIndex(op: string, i: number, axis: number, size: number): number {
  if (i < -size || i >= size) throw new IndexRangeError(op, i, axis, size);
  return i < 0 ? i + size : i;
}
