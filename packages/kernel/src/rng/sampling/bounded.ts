import type { Data, DType } from "../../dtype/dtype.js";
import { heapU8 } from "../../memory/wasm-memory.js";
import { scratch } from "../../wasm/call.js";
import { addressOf, CHUNK_BYTES, LEAST_BLOCK, withState } from "../engines/blocks.js";
import type { BitEngine } from "../engines/engine.js";
import { multiplyHigh, toWords } from "../engines/words.js";

/**
 * How bits become an integer of a range: the smallest mask that covers it and another try beyond it, or the upper part
 * of a product (D. Lemire, "Fast Random Integer Generation in an Interval", 2019).
 */
export type BoundedMethod = "masked" | "multiplied";

/** The smallest 2ᵏ − 1 that is at least `v` < 2³². */
function maskOf(v: number): number {
  v |= v >>> 1;
  v |= v >>> 2;
  v |= v >>> 4;
  v |= v >>> 8;
  return (v | (v >>> 16)) >>> 0;
}

/** An integer of 0 … `max` (at most 2⁵³ − 1) by masking. */
export function interval(engine: BitEngine, max: number): number {
  if (max === 0) return 0;
  if (max <= 0xffffffff) {
    const mask = maskOf(max);
    for (;;) {
      const v = (engine.next32() & mask) >>> 0;
      if (v <= max) return v;
    }
  }
  const mask = maskOf(Math.floor(max / 4294967296));
  for (;;) {
    engine.next64();
    const v = ((engine.word[1]! & mask) >>> 0) * 4294967296 + engine.word[0]!;
    if (v <= max) return v;
  }
}

/** An integer of 0 … `max` < 2³² − 1 by multiplication, from 32 bits a try. */
export function multiplied32(engine: BitEngine, max: number): number {
  if (max === 0) return 0;
  const count = max + 1;
  let x = engine.next32();
  let low = Math.imul(x, count) >>> 0;
  if (low < count) {
    const threshold = (0xffffffff - max) % count;
    while (low < threshold) {
      x = engine.next32();
      low = Math.imul(x, count) >>> 0;
    }
  }
  return multiplyHigh(x, count);
}

/**
 * Integers of up to 32 bits, several of which may come out of one 32-bit word: a source is made for one array, and
 * what is left of its last word is dropped with it.
 */
export class NarrowIntegers {
  private _word = 0;
  private _left = 0;
  private readonly _full: number;

  constructor(
    private readonly _engine: BitEngine,
    private readonly _bits: 1 | 8 | 16 | 32,
    private readonly _method: BoundedMethod,
  ) {
    this._full = 2 ** _bits - 1;
  }

  private _take(): number {
    const bits = this._bits;
    if (bits === 32) return this._engine.next32();
    if (this._left === 0) {
      this._word = this._engine.next32();
      this._left = 32 / bits - 1;
    } else {
      this._word >>>= bits;
      this._left--;
    }
    return this._word & this._full;
  }

  /** An integer of 0 … `max`. */
  draw(max: number): number {
    if (max === 0) return 0;
    if (max === this._full) return this._take();
    if (this._method === "masked") {
      const mask = maskOf(max);
      for (;;) {
        const v = (this._take() & mask) >>> 0;
        if (v <= max) return v;
      }
    }
    if (this._bits === 32) return multiplied32(this._engine, max);
    const count = max + 1;
    const size = this._full + 1;
    let product = this._take() * count;
    if (product % size < count) {
      const threshold = (this._full - max) % count;
      while (product % size < threshold) product = this._take() * count;
    }
    return Math.floor(product / size);
  }
}

/** Integers of 64 bits as two words each. */
export class WideIntegers {
  private _max = -1n;
  private readonly _maxWords = new Uint32Array(2);
  private readonly _countWords = new Uint32Array(2);
  private _maskHigh = 0;
  private _threshold: bigint | undefined;
  private readonly _product = new Uint32Array(4);

  constructor(
    private readonly _engine: BitEngine,
    private readonly _method: BoundedMethod,
  ) {}

  /** Writes `low` + an integer of 0 … `max` (modulo 2⁶⁴) to two words of `out`; `low` as two words too. */
  draw(low: Uint32Array, max: bigint, out: Uint32Array, at: number): void {
    if (max !== this._max) this._setMax(max);
    const engine = this._engine;
    let vl = 0;
    let vh = 0;
    if (max <= 0xffffffffn) {
      const n = this._maxWords[0]!;
      if (n === 0xffffffff) vl = engine.next32();
      else vl = this._method === "masked" ? interval(engine, n) : multiplied32(engine, n);
    } else if (max === 0xffffffffffffffffn || this._method === "masked") {
      const [ml, mh] = [this._maxWords[0]!, this._maxWords[1]!];
      do {
        engine.next64();
        vl = engine.word[0]!;
        vh = (engine.word[1]! & this._maskHigh) >>> 0;
      } while (vh > mh || (vh === mh && vl > ml));
    } else {
      const p = this._product;
      this._multiply();
      if (p[1]! < this._countWords[1]! || (p[1] === this._countWords[1] && p[0]! < this._countWords[0]!)) {
        this._threshold ??= (0xffffffffffffffffn - max) % (max + 1n);
        while (((BigInt(p[1]!) << 32n) | BigInt(p[0]!)) < this._threshold) this._multiply();
      }
      vl = p[2]!;
      vh = p[3]!;
    }
    const sum = low[0]! + vl;
    out[at] = sum;
    out[at + 1] = low[1]! + vh + (sum > 0xffffffff ? 1 : 0);
  }

  private _setMax(max: bigint): void {
    this._max = max;
    this._threshold = undefined;
    toWords(max, this._maxWords, 0, 2);
    toWords(max + 1n, this._countWords, 0, 2);
    this._maskHigh = maskOf(this._maxWords[1]!);
  }

  /** 64 fresh bits times the number of values. */
  private _multiply(): void {
    const engine = this._engine;
    engine.next64();
    const [x0, x1] = [engine.word[0]!, engine.word[1]!];
    const [y0, y1] = [this._countWords[0]!, this._countWords[1]!];
    const p = this._product;
    p[0] = Math.imul(x0, y0);
    let sum = multiplyHigh(x0, y0) + (Math.imul(x0, y1) >>> 0) + (Math.imul(x1, y0) >>> 0);
    p[1] = sum;
    sum =
      Math.floor(sum / 4294967296) + multiplyHigh(x0, y1) + multiplyHigh(x1, y0) + (Math.imul(x1, y1) >>> 0);
    p[2] = sum;
    p[3] = Math.floor(sum / 4294967296) + multiplyHigh(x1, y1);
  }
}

const BITS = { 1: 8, 2: 16, 4: 32 } as const;

/** Integers of a range of up to 32 bits from words drawn many at a time; `false` where no kernel can. */
function boundedBlocks(
  engine: BitEngine,
  method: BoundedMethod,
  dtype: DType,
  out: Data,
  low: bigint,
  high: bigint,
): boolean {
  const range = high - low;
  const n = out.length;
  if (n < LEAST_BLOCK || range <= 0n || range > 0xffffffffn || dtype.itemsize < 4 || !engine.write32)
    return false;
  const max = Number(range);
  const whole = max === 0xffffffff;
  const mask = whole || method === "masked" ? maskOf(max) : 0;
  const threshold = mask === 0 ? (0xffffffff - max) % (max + 1) : 0;
  return withState((e, state) => {
    const words = scratch(CHUNK_BYTES);
    const straight = addressOf(out);
    const own = straight || scratch(2 * CHUNK_BYTES);
    if (!words || !own) return false;
    const { itemsize } = dtype;
    for (let i = 0; i < n; ) {
      // Every number takes at least one word.
      const m = Math.min(CHUNK_BYTES / 4, n - i);
      engine.write32!(e, state, words, m);
      const to = straight ? straight + i * itemsize : own;
      const made = e.words_bounded(words, m, mask, max, threshold, low, dtype.big ? 1 : 0, to);
      if (!straight)
        new Uint8Array(out.buffer, out.byteOffset + i * itemsize, made * itemsize).set(
          heapU8.subarray(own, own + made * itemsize),
        );
      i += made;
    }
    return true;
  });
}

/**
 * Fills a typed array of an integer or bool type with integers of `low(i)` … `high(i)`, both inclusive and within the
 * type. Bounds that are the same for all elements are given as two bigints.
 */
export function fillIntegers(
  engine: BitEngine,
  method: BoundedMethod,
  dtype: DType,
  out: Data,
  low: bigint | ((i: number) => bigint),
  high: bigint | ((i: number) => bigint),
): void {
  const fixed = typeof low === "bigint" && typeof high === "bigint";
  if (
    typeof low === "bigint" &&
    typeof high === "bigint" &&
    boundedBlocks(engine, method, dtype, out, low, high)
  )
    return;
  const lowAt = typeof low === "bigint" ? () => low : low;
  const highAt = typeof high === "bigint" ? () => high : high;
  if (dtype.big) {
    const source = new WideIntegers(engine, method);
    const words = new Uint32Array(out.buffer, out.byteOffset, 2 * out.length);
    const base = new Uint32Array(2);
    if (fixed) toWords(low, base, 0, 2);
    const max = fixed ? high - low : 0n;
    for (let i = 0; i < out.length; i++) {
      if (fixed) source.draw(base, max, words, 2 * i);
      else {
        const from = lowAt(i);
        toWords(from, base, 0, 2);
        source.draw(base, highAt(i) - from, words, 2 * i);
      }
    }
    return;
  }
  const bits = dtype.kind === "bool" ? 1 : BITS[dtype.itemsize as 1 | 2 | 4];
  const source = new NarrowIntegers(engine, bits, method);
  if (fixed) {
    const base = Number(low);
    const max = Number(high) - base;
    for (let i = 0; i < out.length; i++) out[i] = base + source.draw(max);
    return;
  }
  for (let i = 0; i < out.length; i++) {
    const base = Number(lowAt(i));
    out[i] = base + source.draw(Number(highAt(i)) - base);
  }
}
