import { type Data, type DType, float32, float64, type NumericData, realOf } from "../../dtype/dtype.js";
import { ParamError } from "../../errors/errors.js";
import { LOW, twoProduct, twoSum } from "../../math/precise/double-double.js";
import { exp } from "../../math/precise/exp.js";
import { vectorLogf, vectorSinCosf } from "../../math/precise/float32-vector.js";
import { log, log1p } from "../../math/precise/log.js";
import { cos, sin, tan } from "../../math/precise/trig.js";
import { heapF32 } from "../../memory/wasm-memory.js";
import { broadcastTo } from "../../strided/broadcast.js";
import { castTo, contiguous, decoderOf, encoderOf } from "../../strided/copy.js";
import { collapse, forEachRun } from "../../strided/iterate.js";
import { contiguousStrides, Strided } from "../../strided/strided.js";
import { abandon, begin, scratch } from "../../wasm/call.js";
import { wasm } from "../../wasm/instance.js";
import { runFast } from "../../wasm/registry.js";
import { addressOf, CHUNK_BYTES } from "../engines/blocks.js";
import { MT19937LowBits } from "../engines/mt19937-low-bits.js";
import { binomialTransformed } from "./binomial-transformed.js";
import { poisson } from "./counting.js";
import { placeOf, storeWide } from "./fill.js";
import { gammaNumber } from "./gamma.js";
import { memoryOrder } from "./memory-order.js";

const { fround } = Math;
const TWO_PI = 2 * Math.PI;
const TWO_PI_32 = fround(TWO_PI);
/** Ranges from here on take 64 bits a number. */
const WIDE_RANGE = 2 ** 28;

/** a·b + c rounded once (but for rare double roundings). */
function fma(a: number, b: number, c: number): number {
  const p = twoProduct(a, b);
  const pl = LOW[0]!;
  const s = twoSum(p, c);
  return s + (LOW[0]! + pl);
}

/**
 * Random arrays as PyTorch's CPU generator fills them: one Mersenne Twister, normal numbers by the Box-Muller transform,
 * one by one or in blocks of sixteen.
 *
 * All fills write in place and go through memory in the order of {@link memoryOrder}; of a complex array they fill the
 * parts. Parameters are taken as they are; façades check their domains.
 *
 * @example
 * ```ts
 * import { rng } from "@cognate/kernel";
 * import { print } from "@cognate/py";
 * print(new rng.BoxMullerSampler(0).normal()); // prints 1.5409961082440433
 * ```
 */
export class BoxMullerSampler {
  readonly engine = new MT19937LowBits();
  /** The second normal number of the last pair, until it is handed out. */
  spareNormal: number | null = null;
  /** The same of float32 pairs: no CPU kernel draws them, but saved states have a place for it. */
  spareNormal32: number | null = null;

  constructor(seed = 0) {
    this.seed(seed);
  }

  /** @param seed - its lower 32 bits count */
  seed(seed: number): void {
    this.engine.seed(seed);
    this.spareNormal = null;
    this.spareNormal32 = null;
  }
  copyState(from: BoxMullerSampler): void {
    this.engine.setState(from.engine.getState(), from.engine.twisted);
    this.spareNormal = from.spareNormal;
    this.spareNormal32 = from.spareNormal32;
  }

  /** 64 random bits. */
  next64(): bigint {
    const high = this.engine.next32();
    return (BigInt(high) << 32n) | BigInt(this.engine.next32());
  }

  /** A normal number; every second one was computed with the one before. */
  normal(mean = 0, deviation = 1): number {
    let z = this.spareNormal;
    if (z === null) {
      const { engine } = this;
      const angle = TWO_PI * engine.nextDouble();
      const radius = Math.sqrt(-2 * log1p(-engine.nextDouble()));
      this.spareNormal = radius * sin(angle);
      z = radius * cos(angle);
    } else this.spareNormal = null;
    return fma(z, deviation, mean);
  }

  fillNormal(out: Strided, mean = 0, deviation = 1): Strided {
    const x = parts(out);
    // The parts of a complex number share its variance.
    const spread = x === out ? deviation : deviation / Math.SQRT2;
    if (x.size < 16 || !x.contiguous) return this._fill(x, () => this.normal(mean, spread));
    if (x.dtype === float64) this._normalBlocks64(placeOf(x) as Float64Array, mean, spread);
    else if (x.dtype === float32) this._normalBlocks32(placeOf(x) as Float32Array, mean, spread);
    else this._normalBlocksHalf(x, mean, spread);
    return out;
  }

  private _normalBlocks64(data: Float64Array, mean: number, deviation: number): void {
    const n = data.length;
    this.engine.fillDoubles(data);
    for (let i = 0; i + 16 <= n; i += 16) transform64(data, i, mean, deviation);
    if (n % 16 === 0) return;
    this.engine.fillDoubles(data, n - 16, 16);
    transform64(data, n - 16, mean, deviation);
  }
  private _normalBlocks32(data: Float32Array, mean: number, deviation: number): void {
    const n = data.length;
    const { engine } = this;
    engine.fillFloats(data);
    if (!fastBlocks(data, mean, deviation))
      for (let i = 0; i + 16 <= n; i += 16) transform32(data, i, fround(mean), fround(deviation));
    if (n % 16 === 0) return;
    engine.fillFloats(data, n - 16, 16);
    transform32(data, n - 16, fround(mean), fround(deviation));
  }
  /** Half floats: block by block in float32. */
  private _normalBlocksHalf(x: Strided, mean: number, deviation: number): void {
    const data = x.peekFlat();
    const encode = encoderOf(x.dtype)!;
    const block = new Float32Array(16);
    const write = (at: number): void => {
      this.engine.fillFloats(block);
      transform32(block, 0, fround(mean), fround(deviation));
      for (let j = 0; j < 16; j++) data[at + j] = encode(block[j]!);
    };
    const n = data.length;
    for (let i = 0; i + 16 <= n; i += 16) write(i);
    if (n % 16 !== 0) write(n - 16);
  }

  /** Uniform in [from, to); half floats are computed in float32, and what rounds up to `to` becomes `from`. */
  fillUniform(out: Strided, from = 0, to = 1): Strided {
    const x = parts(out);
    const { engine } = this;
    if (x.dtype === float64) {
      const range = to - from;
      const scaled = (u: number): number => {
        const v = fma(u, range, from);
        return v === to ? from : v;
      };
      if (!x.contiguous) return this._fill(x, () => scaled(engine.nextDouble()));
      const data = placeOf(x) as Float64Array;
      engine.fillDoubles(data);
      if (from !== 0 || to !== 1) for (let i = 0; i < data.length; i++) data[i] = scaled(data[i]!);
      return out;
    }
    const low = fround(from);
    const range = fround(fround(to) - low);
    if (x.dtype === float32) {
      const high = fround(to);
      const scaled = (u: number): number => {
        const v = fround(u * range + low);
        return v === high ? low : v;
      };
      if (!x.contiguous) return this._fill(x, () => scaled(engine.nextFloat()));
      const data = placeOf(x) as Float32Array;
      engine.fillFloats(data);
      if (from !== 0 || to !== 1) for (let i = 0; i < data.length; i++) data[i] = scaled(data[i]!);
      return out;
    }
    const encode = encoderOf(x.dtype)!;
    const [lowBits, highBits] = [encode(from), encode(to)];
    return this._fillBits(x, () => {
      const bits = encode(fround(engine.nextFloat() * range + low));
      return bits === highBits ? lowBits : bits;
    });
  }

  /** base + an integer below `range` ≤ 2⁶⁴, by remainder. */
  fillIntegers(out: Strided, base: bigint, range: bigint): Strided {
    const { engine } = this;
    if (range < WIDE_RANGE) {
      const count = Number(range);
      const from = Number(base);
      if (Number.isSafeInteger(from) && Math.abs(from) < 2 ** 52) {
        if (!out.contiguous) return this._fill(out, () => (engine.next32() % count) + from);
        const words = new Uint32Array(Math.min(out.size, CHUNK));
        return inChunks(out, words.length, (store, start, n) => {
          engine.fill32(words, 0, n);
          for (let i = 0; i < n; i++) store(start + i, (words[i]! % count) + from);
        });
      }
      return this._fillBig(out, () => BigInt(engine.next32() % count) + base);
    }
    if (range <= 2n ** 37n && base > -(2n ** 52n) && base < 2n ** 52n) {
      const count = Number(range);
      const from = Number(base);
      return this._fill(out, () => {
        // The remainder of 64 bits, sixteen at a time below 2⁵³.
        const high = engine.next32() % count;
        const low = engine.next32();
        return ((((high * 65536 + (low >>> 16)) % count) * 65536 + (low & 0xffff)) % count) + from;
      });
    }
    return this._fillBig(out, () => (this.next64() % range) + base);
  }
  /** Integers of all 64 bits. */
  fillAllIntegers(out: Strided): Strided {
    return this._fillBig(out, () => BigInt.asIntN(64, this.next64()));
  }
  /** Non-negative integers as far as the type counts without gaps. */
  fillTypeIntegers(out: Strided): Strided {
    const { engine } = this;
    const { dtype } = out;
    if (dtype.kind === "bool") return this._fill(out, () => engine.next32() & 1);
    if (dtype.big) return this._fillBig(out, () => BigInt.asUintN(63, this.next64()));
    if (dtype === float64) return this._fillBig(out, () => this.next64() % (2n ** 53n + 1n));
    if (dtype.kind === "float") {
      const count = 2 ** (dtype === float32 ? 24 : dtype.name === "float16" ? 11 : 8) + 1;
      return this._fill(out, () => engine.next32() % count);
    }
    const count = 2 ** (8 * dtype.itemsize - (dtype.kind === "uint" ? 0 : 1));
    return this._fill(out, () => engine.next32() % count);
  }

  /** 1 with probability p, else 0. */
  fillBernoulli(out: Strided, p: number): Strided {
    const { engine } = this;
    if (!out.contiguous) return this._fill(out, () => (engine.nextDouble() < p ? 1 : 0));
    const uniform = new Float64Array(Math.min(out.size, CHUNK));
    // A call an element would take five times as long.
    const plain = out.dtype.big || out.dtype.half ? null : (out.peek as NumericData);
    return inChunks(out, uniform.length, (store, start, n) => {
      engine.fillDoubles(uniform, 0, n);
      if (plain) for (let i = 0; i < n; i++) plain[start + i] = uniform[i]! < p ? 1 : 0;
      else for (let i = 0; i < n; i++) store(start + i, uniform[i]! < p ? 1 : 0);
    });
  }
  /**
   * 1 with the probability that stands in `p` (which stretches to `out`), else 0.
   *
   * @throws ParamError at the first one outside 0 … 1, after the draws for those before it
   */
  fillBernoulliOf(out: Strided, p: Strided): Strided {
    const { engine } = this;
    const wide = p.dtype === float64;
    return this._fillFrom(out, p, (q) => {
      if (!(q >= 0 && q <= 1)) throw new ParamError("fillBernoulliOf", "p", q, "0 … 1");
      return (wide ? engine.nextDouble() : engine.nextFloat()) < q ? 1 : 0;
    });
  }
  fillExponential(out: Strided, rate: number): Strided {
    return this._fill(out, () => (-1 / rate) * log1p(-this.engine.nextDouble()));
  }
  fillGeometric(out: Strided, p: number): Strided {
    const scale = log1p(-p);
    return this._fill(out, () => Math.ceil(log(this.engine.nextDouble()) / scale));
  }
  fillCauchy(out: Strided, median: number, sigma: number): Strided {
    return this._fill(out, () => fma(sigma, tan(Math.PI * (this.engine.nextDouble() - 0.5)), median));
  }
  fillLogNormal(out: Strided, mean: number, deviation: number): Strided {
    return this._fill(out, () => exp(this.normal(mean, deviation)));
  }
  /** @throws ParamError at the first negative rate, after the draws for those before it */
  fillPoisson(out: Strided, rates: Strided): Strided {
    return this._fillFrom(out, rates, (rate) => {
      if (!(rate >= 0)) throw new ParamError("fillPoisson", "rate", rate, "0 or more");
      return poisson(this.engine, rate);
    });
  }

  /** How many of so many tries succeed, by the probabilities of another array. */
  fillBinomial(out: Strided, counts: Strided, probabilities: Strided): Strided {
    const p = contiguous(castTo(probabilities, float64)).flat() as Float64Array;
    let at = 0;
    const uniform = (): number => this.engine.nextDouble();
    return this._fillFrom(out, counts, (count) => binomialTransformed(uniform, count, p[at++]!));
  }

  /** Gamma numbers of rate 1 for the shapes that stand in `alphas`, as wide as elements can be, never below `least`. */
  fillGamma(out: Strided, alphas: Strided, least: number): Strided {
    const source = { uniform: () => this.engine.nextDouble(), normal: () => this.normal() };
    return this._fillFrom(out, alphas, (alpha) => Math.max(least, gammaNumber(source, alpha)));
  }

  /** 0 … n − 1 in random order. */
  permutation(n: number): Float64Array {
    const order = new Float64Array(n);
    const { engine } = this;
    if (n < 214748364.75) {
      for (let i = 0; i < n; i++) order[i] = i;
      for (let i = 0; i < n - 1; i++) {
        const j = i + (engine.next32() % (n - i));
        const v = order[i]!;
        order[i] = order[j]!;
        order[j] = v;
      }
      return order;
    }
    for (let i = 0; i < n; i++) {
      const j = Number(this.next64() % BigInt(i + 1));
      order[i] = order[j]!;
      order[j] = i;
    }
    return order;
  }

  /** 0 … n − 1 in random order over a row-major array of n elements. */
  fillPermutation(out: Strided): Strided {
    const order = this.permutation(out.size);
    const write = writer(out);
    for (let i = 0; i < order.length; i++) write(out.offset + i, order[i]!);
    return out;
  }

  /**
   * `count` indices with replacement for each line of weights, into lines of `out`.
   *
   * @throws ParamError where a weight is negative or not finite, or all of a line are 0
   */
  fillWeightedIndices(out: Strided, weights: Strided): Strided {
    const categories = weights.shape[weights.shape.length - 1]!;
    const count = out.shape[out.shape.length - 1]!;
    const lines = out.size / Math.max(count, 1);
    const read = reader(weights);
    // Sums are carried in the weights' own type.
    const round = weights.dtype === float64 ? (x: number) => x : fround;
    const sums = new Float64Array(categories);
    const words = new Uint32Array(out.peek.buffer, out.peek.byteOffset, 2 * out.size);
    const outerStride = weights.shape.length > 1 ? weights.strides[0]! : 0;
    const stride = weights.strides[weights.strides.length - 1]!;
    for (let line = 0; line < lines; line++) {
      let sum = 0;
      for (let j = 0; j < categories; j++) {
        const weight = read(weights.offset + line * outerStride + j * stride);
        if (!(weight >= 0)) throw new ParamError("fillWeightedIndices", "negative", weight, "0 or more");
        if (weight === Infinity) throw new ParamError("fillWeightedIndices", "infinite", weight, "finite");
        sum = round(sum + weight);
        sums[j] = sum;
      }
      if (!(sum > 0)) throw new ParamError("fillWeightedIndices", "sum", sum, "above 0");
      for (let j = 0; j < categories; j++) sums[j] = round(sums[j]! / sum);
      sums[categories - 1] = 1;
      for (let i = 0; i < count; i++) {
        const u = this.engine.nextDouble();
        let low = 0;
        let high = categories;
        while (low < high) {
          const middle = (low + high) >>> 1;
          if (sums[middle]! < u) low = middle + 1;
          else high = middle;
        }
        storeWide(words, line * count + i, low);
      }
    }
    return out;
  }

  /** Slopes of the randomised leaky rectifier: uniform in [lower, upper) where x ≤ 0, else 1; row-major. */
  fillSlopes(out: Strided, x: Strided, lower: number, upper: number): Strided {
    const range = upper - lower;
    return this._each(out, x, contiguousOrder(out.shape.length), (v) =>
      v <= 0 ? this.engine.nextDouble() * range + lower : 1,
    );
  }

  private _fill(out: Strided, draw: () => number): Strided {
    const encode = encoderOf(out.dtype);
    if (out.dtype.big) {
      const words = new Uint32Array(out.peek.buffer, out.peek.byteOffset, 2 * out.peek.length);
      this._positions(out, (at) => storeWide(words, at, draw()));
      return out;
    }
    if (encode) return this._fillBits(out, () => encode(draw()));
    return this._fillBits(out, draw);
  }
  /** Stores what `draw` gives as it is. */
  private _fillBits(out: Strided, draw: () => number): Strided {
    const data = out.peek;
    if (out.contiguous) {
      for (let i = out.offset; i < out.offset + out.size; i++) data[i] = draw();
      return out;
    }
    this._positions(out, (at) => {
      data[at] = draw();
    });
    return out;
  }
  private _fillBig(out: Strided, draw: () => bigint): Strided {
    const data = out.peek;
    const encode = encoderOf(out.dtype);
    const bits = 8 * out.dtype.itemsize;
    const store: (at: number, v: bigint) => void = out.dtype.big
      ? (at, v) => {
          (data as BigInt64Array)[at] = v;
        }
      : out.dtype.kind === "float"
        ? (at, v) => {
            data[at] = encode ? encode(Number(v)) : Number(v);
          }
        : (at, v) => {
            data[at] = out.dtype.kind === "bool" ? Number(v !== 0n) : Number(BigInt.asIntN(bits, v));
          };
    this._positions(out, (at) => store(at, draw()));
    return out;
  }

  /** Calls `visit` with the position of each element in memory order. */
  private _positions(out: Strided, visit: (at: number) => void): void {
    const order = memoryOrder(out.shape, [out.strides]);
    const nest = collapse(
      order.map((a) => out.shape[a]!),
      [order.map((a) => out.strides[a]!)],
    );
    const last = nest.shape.length - 1;
    const n = nest.shape[last]!;
    const step = nest.strides[0]![last]!;
    forEachRun(nest, [out.offset], (at) => {
      for (let i = 0; i < n; i++) visit(at[0]! + i * step);
    });
  }

  /** Fills from an array of parameters, in the memory order of the result, then of the parameters. */
  private _fillFrom(out: Strided, parameter: Strided, draw: (v: number) => number): Strided {
    const p = broadcastTo(parameter, out.shape);
    return this._each(out, p, memoryOrder(out.shape, [out.strides, p.strides]), draw);
  }
  private _each(out: Strided, p: Strided, order: readonly number[], draw: (v: number) => number): Strided {
    const read = reader(p);
    const write = writer(out);
    const nest = collapse(
      order.map((a) => out.shape[a]!),
      [order.map((a) => out.strides[a]!), order.map((a) => p.strides[a]!)],
    );
    const last = nest.shape.length - 1;
    const n = nest.shape[last]!;
    const [so, sp] = [nest.strides[0]![last]!, nest.strides[1]![last]!];
    forEachRun(nest, [out.offset, p.offset], (at) => {
      for (let i = 0; i < n; i++) write(at[0]! + i * so, draw(read(at[1]! + i * sp)));
    });
    return out;
  }
}

/** How many elements are drawn at once into scratch space. */
const CHUNK = 1024;

/** Calls `fill` for stretches of a row-major array, with what stores an element at a position. */
function inChunks(
  out: Strided,
  chunk: number,
  fill: (store: (at: number, v: number) => void, start: number, n: number) => void,
): Strided {
  const store = writer(out);
  for (let i = 0; i < out.size; i += chunk) fill(store, out.offset + i, Math.min(chunk, out.size - i));
  return out;
}

const contiguousOrder = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

function reader(x: Strided): (at: number) => number {
  const data = x.peek;
  const decode = decoderOf(x.dtype);
  return decode ? (at) => decode(data[at] as number) : (at) => Number(data[at]);
}
function writer(x: Strided): (at: number, v: number) => void {
  const data: Data = x.peek;
  const encode = encoderOf(x.dtype);
  if (x.dtype.big) {
    const words = new Uint32Array(data.buffer, data.byteOffset, 2 * data.length);
    return (at, v) => storeWide(words, at, v);
  }
  return (at, v) => {
    data[at] = encode ? encode(v) : v;
  };
}

/** A complex array as a real one with one more axis; a real array as it is. */
function parts(x: Strided): Strided {
  if (x.dtype.lanes === 1) return x;
  const real: DType = realOf(x.dtype);
  const strides = x.contiguous ? contiguousStrides([...x.shape, 2]) : [...x.strides.map((s) => 2 * s), 1];
  return new Strided(x.storage, real, [...x.shape, 2], strides, 2 * x.offset);
}

/** Sixteen uniform numbers into normal ones: the first eight give radii, the others angles. */
function transform64(x: Float64Array, at: number, mean: number, deviation: number): void {
  for (let j = at; j < at + 8; j++) {
    const radius = Math.sqrt(-2 * log(1 - x[j]!));
    const angle = TWO_PI * x[j + 8]!;
    x[j] = fma(radius * cos(angle), deviation, mean);
    x[j + 8] = fma(radius * sin(angle), deviation, mean);
  }
}

/** {@link transform32} of all whole blocks of sixteen; `false` where no kernel can. */
function fastBlocks(data: Float32Array, mean: number, deviation: number): boolean {
  return runFast(() => {
    const e = wasm();
    if (!e) return false;
    const blocks = Math.floor(data.length / 16);
    const straight = addressOf(data);
    if (straight !== 0) {
      e.box_muller_f32(straight, blocks, mean, deviation);
      return true;
    }
    begin();
    const chunk = Math.min(blocks * 16, CHUNK_BYTES / 4);
    const ptr = scratch(chunk * 4);
    for (let i = 0; ptr !== 0 && i < blocks * 16; i += chunk) {
      const n = Math.min(chunk, blocks * 16 - i);
      heapF32.set(data.subarray(i, i + n), ptr >>> 2);
      e.box_muller_f32(ptr, n / 16, mean, deviation);
      data.set(heapF32.subarray(ptr >>> 2, (ptr >>> 2) + n), i);
    }
    abandon();
    return ptr !== 0;
  });
}

const sinCos = new Float32Array(2);
function transform32(x: Float32Array, at: number, mean: number, deviation: number): void {
  for (let j = at; j < at + 8; j++) {
    const radius = fround(Math.sqrt(fround(-2 * vectorLogf(fround(1 - x[j]!)))));
    vectorSinCosf(fround(TWO_PI_32 * x[j + 8]!), sinCos);
    x[j] = fround(radius * sinCos[1]!) * deviation + mean;
    x[j + 8] = fround(radius * sinCos[0]!) * deviation + mean;
  }
}
