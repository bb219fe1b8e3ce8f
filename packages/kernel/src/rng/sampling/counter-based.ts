import { float16, float64 } from "../../dtype/dtype.js";
import { cos, sin } from "../../math/libm/cos.js";
import { logf } from "../../math/libm/float32.js";
import { sinCosf } from "../../math/libm/float32-trig.js";
import { log } from "../../math/libm/log.js";
import { encoderOf } from "../../strided/copy.js";
import type { Strided } from "../../strided/strided.js";
import type { Philox4x32 } from "../engines/philox4x32.js";
import { toWords } from "../engines/words.js";

/*
 * Arrays drawn from a counter-based engine as TensorFlow's CPU kernels draw them: each block of four words gives one
 * group of elements (four of up to 32 bits, two of 64), so that any group can be computed by itself.
 */

const { fround } = Math;

/** A row-major array of a floating type, filled element by element. */
function filler(out: Strided): (i: number, v: number) => void {
  const data = out.flat();
  const encode = encoderOf(out.dtype);
  return (i, v) => {
    data[i] = encode ? encode(v) : v;
  };
}

/** Uniform numbers in [0, 1) from as many bits as the type's fraction has. */
export function fillUniform(engine: Philox4x32, out: Strided): Strided {
  const store = filler(out);
  const n = out.size;
  if (out.dtype === float64) {
    for (let i = 0; i < n; i += 2) {
      const b = engine.next();
      for (let j = 0; j < 2 && i + j < n; j++) store(i + j, uniform64(b[2 * j]!, b[2 * j + 1]!));
    }
    return out;
  }
  const bits = out.dtype === float16 ? 10 : out.dtype.half ? 7 : 23;
  const mask = 2 ** bits - 1;
  for (let i = 0; i < n; i += 4) {
    const b = engine.next();
    for (let j = 0; j < 4 && i + j < n; j++) store(i + j, (b[j]! & mask) * 2 ** -bits);
  }
  return out;
}

/** A uniform float64 number of [0, 1) from two words. */
export const uniform64 = (x0: number, x1: number): number => ((x0 & 0xfffff) * 4294967296 + x1) * 2 ** -52;

/** A pair of independent normal numbers by the transform of G. Box, M. Muller (1958): sine first. */
const pair = new Float64Array(2);

function boxMuller32(x0: number, x1: number): void {
  const u = Math.max((x0 & 0x7fffff) * 2 ** -23, fround(1e-7));
  const angle = fround(2 * Math.PI * ((x1 & 0x7fffff) * 2 ** -23));
  const radius = fround(Math.sqrt(fround(-2 * logf(u))));
  sinCosf(angle, pair);
  pair[0] = fround(pair[0]! * radius);
  pair[1] = fround(pair[1]! * radius);
}

/** A pair of float64 normal numbers; the array is the same each time. */
export function boxMuller64(x0: number, x1: number, x2: number, x3: number): Float64Array {
  const u = Math.max(uniform64(x0, x1), 1e-7);
  const angle = 2 * Math.PI * uniform64(x2, x3);
  const radius = Math.sqrt(-2 * log(u));
  pair[0] = sin(angle) * radius;
  pair[1] = cos(angle) * radius;
  return pair;
}

/** Standard normal numbers. */
export function fillNormal(engine: Philox4x32, out: Strided): Strided {
  const store = filler(out);
  const n = out.size;
  const wide = out.dtype === float64;
  const group = wide ? 2 : 4;
  for (let i = 0; i < n; i += group) {
    const b = engine.next();
    for (let j = 0; j < group && i + j < n; j += 2) {
      if (wide) boxMuller64(b[0]!, b[1]!, b[2]!, b[3]!);
      else boxMuller32(b[j]!, b[j + 1]!);
      store(i + j, pair[0]!);
      if (i + j + 1 < n) store(i + j + 1, pair[1]!);
    }
  }
  return out;
}

/** Words that are reserved for each element of a distribution that rejects. */
const RESERVED = 256;

/** Standard normal numbers, those beyond ±2 drawn again; each group has its own 256 words an element. */
export function fillTruncatedNormal(engine: Philox4x32, out: Strided): Strided {
  const store = filler(out);
  const n = out.size;
  const wide = out.dtype === float64;
  const group = wide ? 2 : 4;
  for (let i = 0; i < n; i += group) {
    const own = engine.copy();
    own.skip((i / group) * ((group * RESERVED) / 4));
    const words = new SingleWords(own);
    let found = 0;
    while (found < group) {
      if (wide) boxMuller64(words.next(), words.next(), words.next(), words.next());
      else boxMuller32(words.next(), words.next());
      for (let k = 0; k < 2 && found < group; k++)
        if (Math.abs(pair[k]!) < 2) {
          if (i + found < n) store(i + found, pair[k]!);
          found++;
        }
    }
  }
  return out;
}

/** The words of an engine's blocks one by one. */
export class SingleWords {
  private _block: Uint32Array = new Uint32Array(4);
  private _used = 4;
  constructor(private readonly _engine: Philox4x32) {}

  next(): number {
    if (this._used === 4) {
      this._block = this._engine.next();
      this._used = 0;
    }
    return this._block[this._used++]!;
  }
}

/** Integers of [low, high) as int32 or int64: a word (or two, the lower one first) modulo the range. */
export function fillUniformIntegers(engine: Philox4x32, out: Strided, low: bigint, high: bigint): Strided {
  const n = out.size;
  const data = out.flat();
  const range = high - low;
  if (!out.dtype.big) {
    const from = Number(low);
    const count = Number(range);
    for (let i = 0; i < n; i += 4) {
      const b = engine.next();
      for (let j = 0; j < 4 && i + j < n; j++) data[i + j] = from + (b[j]! % count);
    }
    return out;
  }
  const words = new Uint32Array(data.buffer, data.byteOffset, 2 * n);
  // Ranges of up to 2²¹ are taken in two exact steps of float64 arithmetic, wider ones in bigints.
  const narrow = range <= 2097152n;
  const count = Number(range);
  for (let i = 0; i < n; i += 2) {
    const b = engine.next();
    for (let j = 0; j < 2 && i + j < n; j++) {
      const [x0, x1] = [b[2 * j]!, b[2 * j + 1]!];
      const rest = narrow
        ? BigInt(((x1 % count) * 4294967296 + x0) % count)
        : ((BigInt(x1) << 32n) | BigInt(x0)) % range;
      toWords(low + rest, words, 2 * (i + j), 2);
    }
  }
  return out;
}

/** Integers of the whole range of a 32- or 64-bit type. */
export function fillFullIntegers(engine: Philox4x32, out: Strided): Strided {
  const data = out.flat();
  const words = new Uint32Array(data.buffer, data.byteOffset, out.dtype.big ? 2 * out.size : out.size);
  for (let i = 0; i < words.length; i += 4) {
    const b = engine.next();
    for (let j = 0; j < 4 && i + j < words.length; j++) words[i + j] = b[j]!;
  }
  return out;
}

/** 0 … n − 1 in random order: entry i changes places with one from i on. */
export function philoxPermutation(engine: Philox4x32, n: number): Int32Array {
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  const words = new SingleWords(engine);
  for (let i = 0; i < n - 1; i++) {
    const j = i + (words.next() % (n - i));
    const v = order[i]!;
    order[i] = order[j]!;
    order[j] = v;
  }
  return order;
}
