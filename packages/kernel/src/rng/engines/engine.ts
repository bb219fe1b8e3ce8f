import { heapI32, heapU8 } from "../../memory/wasm-memory.js";
import type { Exports } from "../../wasm/exports.js";
import { type UniformKind, uniformBlocks, wordBlocks } from "./blocks.js";

/** A state of a few words where a kernel reads and writes it: for the time of one call. */
export const wordsAt = (ptr: number, n: number): Uint32Array => new Uint32Array(heapU8.buffer, ptr, n);

/**
 * A source of uniformly distributed bits.
 *
 * Words of 64 bits come as two halves in {@link BitEngine.word}, because bigints would be allocated one by one.
 */
export abstract class BitEngine {
  /** The algorithm's name. */
  abstract readonly algorithm: string;
  /** How many bits one step of the algorithm gives. */
  abstract readonly rawBits: 32 | 64;
  /** The 64 bits of the last {@link next64}: lower half, upper half. */
  readonly word = new Uint32Array(2);

  /** The next 32 bits as an unsigned integer. */
  abstract next32(): number;
  /** Draws 64 bits into {@link word}. */
  abstract next64(): void;
  /** A second engine in the same state. */
  abstract copy(): BitEngine;
  /** Writes the next `n` words of 32 bits to WASM memory, with `state` as room for the engine's own. Absent where no kernel does. */
  write32?(e: Exports, state: number, out: number, n: number): void;
  /** How words become float64 and float32 numbers. */
  protected readonly doubles: UniformKind = "upper 53 of 64";
  protected readonly floats: UniformKind = "upper 24";

  /** A float64 in [0, 1): a multiple of 2⁻⁵³. */
  nextDouble(): number {
    this.next64();
    return (this.word[1]! * 2097152 + (this.word[0]! >>> 11)) * 2 ** -53;
  }
  /** A float32 in [0, 1): a multiple of 2⁻²⁴. */
  nextFloat(): number {
    return (this.next32() >>> 8) * 2 ** -24;
  }

  /** `count` float64 in [0, 1) from position `from` on. */
  fillDoubles(out: Float64Array, from = 0, count = out.length - from): void {
    if (uniformBlocks(this, this.doubles, out, from, count)) return;
    for (let i = from; i < from + count; i++) out[i] = this.nextDouble();
  }
  /** `count` float32 in [0, 1) from position `from` on. */
  fillFloats(out: Float32Array, from = 0, count = out.length - from): void {
    if (uniformBlocks(this, this.floats, out, from, count)) return;
    for (let i = from; i < from + count; i++) out[i] = this.nextFloat();
  }
  /** `count` 32-bit words from position `from` on. */
  fill32(out: Uint32Array, from = 0, count = out.length - from): void {
    if (wordBlocks(this, out, from, count)) return;
    for (let i = from; i < from + count; i++) out[i] = this.next32();
  }
  /** The next step of the algorithm as a bigint of {@link rawBits} bits. */
  nextRaw(): bigint {
    if (this.rawBits === 32) return BigInt(this.next32());
    this.next64();
    return (BigInt(this.word[1]!) << 32n) | BigInt(this.word[0]!);
  }
}

/** What engines of 64-bit steps add: the upper half is kept for the next call that wants 32 bits. */
export abstract class BitEngine64 extends BitEngine {
  readonly rawBits = 64;
  /** Whether {@link spare} is to be handed out next. */
  hasSpare = false;
  /** The upper half of the word whose lower half was handed out. */
  spare = 0;

  next32(): number {
    if (this.hasSpare) {
      this.hasSpare = false;
      return this.spare;
    }
    this.next64();
    this.hasSpare = true;
    this.spare = this.word[1]!;
    return this.word[0]!;
  }

  /** Writes the next `n` words of 64 bits to WASM memory. */
  write64?(e: Exports, state: number, out: number, n: number): void;
  override write32?(e: Exports, state: number, out: number, n: number): void;

  /** {@link write32} by {@link write64}, as halves of words. */
  protected writeHalves(e: Exports, state: number, out: number, n: number): void {
    let i = 0;
    if (this.hasSpare && n > 0) heapI32[(out >>> 2) + i++] = this.next32();
    const pairs = (n - i) >>> 1;
    this.write64!(e, state, out + 4 * i, pairs);
    i += 2 * pairs;
    // The last upper half stays where it was kept, handed out or not.
    if (pairs > 0) this.spare = heapI32[(out >>> 2) + i - 1]! >>> 0;
    if (i < n) heapI32[(out >>> 2) + i] = this.next32();
  }

  protected copySpare(from: BitEngine64): void {
    this.hasSpare = from.hasSpare;
    this.spare = from.spare;
  }
  protected dropSpare(): void {
    this.hasSpare = false;
    this.spare = 0;
  }
}

/** The spare half-word as engines' states carry it. */
export interface SpareState {
  readonly hasSpare: boolean;
  readonly spare: number;
}
