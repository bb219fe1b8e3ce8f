import { float32, float64, int64 } from "../../dtype/dtype.js";
import { lgammaOf } from "../../math/gamma.js";
import { exp } from "../../math/libm/exp.js";
import { log } from "../../math/libm/log.js";
import { pow } from "../../math/libm/pow.js";
import { castTo, contiguous, encoderOf } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import type { Philox4x32 } from "../engines/philox4x32.js";
import { binomialByRejection, binomialByWaiting } from "./binomial-transformed.js";
import { boxMuller64, SingleWords, uniform64 } from "./counter-based.js";

/*
 * Distributions that reject, drawn from a counter-based engine as TensorFlow's CPU kernels draw them: each element has a
 * stretch of the stream of its own.
 */

/** Blocks that are reserved for each element. */
const RESERVED = 256;

const floats = (x: Strided): Float64Array => contiguous(castTo(x, float64)).flat() as Float64Array;

/** Uniform float64 numbers two at a time, the second of a block first. */
class Uniforms {
  private readonly _pair = [0, 0];
  private _left = 0;
  constructor(private readonly _engine: Philox4x32) {}

  next(): number {
    if (this._left === 0) {
      const b = this._engine.next();
      this._pair[0] = uniform64(b[0]!, b[1]!);
      this._pair[1] = uniform64(b[2]!, b[3]!);
      this._left = 2;
    }
    return this._pair[--this._left]!;
  }
}

/** Fills a row-major array of a floating type, each element from its own stretch. */
function fillEach(
  engine: Philox4x32,
  out: Strided,
  draw: (own: Philox4x32, i: number) => number,
  start: (i: number) => number = (i) => RESERVED * i,
): Strided {
  const data = out.flat();
  const encode = encoderOf(out.dtype);
  for (let i = 0; i < out.size; i++) {
    const own = engine.copy();
    own.skip(start(i));
    const v = draw(own, i);
    if (out.dtype.big) data[i] = BigInt(v);
    else data[i] = encode ? encode(v) : v;
  }
  return out;
}

/** The smallest number that float32 holds in full precision: draws are raised to it. */
const TINY = 2 ** -126;
const TINY64 = 2 ** -1022;

/**
 * Gamma numbers with a shape parameter each, by G. Marsaglia, W. Tsang, "A Simple Method for Generating Gamma Variables"
 * (2000).
 */
export function fillGamma(engine: Philox4x32, out: Strided, alphas: Strided): Strided {
  const each = floats(alphas);
  const least = out.dtype === float64 ? TINY64 : out.dtype.itemsize === 4 ? TINY : 2 ** -14;
  return fillEach(engine, out, (own, i) => Math.max(gammaOf(own, each[i]!), least));
}

function gammaOf(own: Philox4x32, alpha: number): number {
  if (!(alpha > 0)) return Number.NaN;
  const uniforms = new Uniforms(own);
  if (alpha === 1) return -Math.log1p(-uniforms.next());
  const d = alpha + (alpha < 1 ? 2 / 3 : -1 / 3);
  const c = 1 / 3 / Math.sqrt(d);
  let left = 0;
  const pair = [0, 0];
  for (;;) {
    if (left === 0) {
      const b = own.next();
      const normals = boxMuller64(b[0]!, b[1]!, b[2]!, b[3]!);
      pair[0] = normals[0]!;
      pair[1] = normals[1]!;
      left = 2;
    }
    const x = pair[--left]!;
    const w = 1 + c * x;
    if (w <= 0) continue;
    const v = w * w * w;
    const u = uniforms.next();
    if (u < 1 - 0.0331 * (x * x) * (x * x) || log(u) < 0.5 * x * x + d * (1 - v + log(v)))
      return alpha < 1 ? d * v * pow(uniforms.next(), 1 / alpha) : d * v;
  }
}

/** Blocks that are reserved for an element whose waiting times are summed. */
const RESERVED_FOR_WAITING = 42;

/**
 * Numbers of successes in so many trials of that probability, an array `[samples…, parameters…]`.
 *
 * The stream goes through all samples of one pair of parameters before the next: `pairs` says how many pairs there are. Which
 * of the two ways an element is drawn is decided in the precision of `counts`.
 */
export function fillBinomial(
  engine: Philox4x32,
  out: Strided,
  counts: Strided,
  probabilities: Strided,
  pairs = out.size,
): Strided {
  const [ns, ps] = [floats(counts), floats(probabilities)];
  const round = counts.dtype === float32 ? Math.fround : (x: number): number => x;
  const samples = out.size / Math.max(pairs, 1);
  const less = (i: number): number => (ps[i]! <= 0.5 ? ps[i]! : round(1 - ps[i]!));
  const many = (i: number): boolean => round(ns[i]! * less(i)) >= 10;
  return fillEach(
    engine,
    out,
    (own, i) => {
      const [n, p] = [ns[i]!, ps[i]!];
      if (Number.isNaN(n) || Number.isNaN(p)) return Number.NaN;
      if (n <= 0 || p <= 0) return 0;
      if (p >= 1) return n;
      const uniforms = new Uniforms(own);
      const draw = many(i) ? binomialByRejection : binomialByWaiting;
      const found = draw(() => uniforms.next(), n, less(i));
      return p <= 0.5 ? found : n - found;
    },
    (i) => ((i % pairs) * samples + Math.floor(i / pairs)) * (many(i) ? RESERVED : RESERVED_FOR_WAITING),
  );
}

/**
 * Poisson numbers of a rate each: products of uniform numbers for small rates, else the transformed rejection PTRS of
 * W. Hörmann, "The transformed rejection method for generating Poisson random variables" (1993).
 */
export function fillPoisson(engine: Philox4x32, out: Strided, rates: Strided): Strided {
  const each = floats(rates);
  return fillEach(engine, out, (own, i) => {
    const rate = each[i]!;
    if (!(rate >= 0)) return Number.NaN;
    if (rate === Number.POSITIVE_INFINITY) return rate;
    return rate < 10 ? multiplied(own, rate) : transformed(own, rate);
  });
}

function multiplied(own: Philox4x32, rate: number): number {
  const uniforms = new Uniforms(own);
  const least = exp(-rate);
  let product = 1;
  for (let k = 0; ; k++) {
    product *= uniforms.next();
    if (product <= least) return k;
  }
}

function transformed(own: Philox4x32, rate: number): number {
  const uniforms = new Uniforms(own);
  const logRate = log(rate);
  const b = 0.931 + 2.53 * Math.sqrt(rate);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  for (;;) {
    const u = uniforms.next() - 0.5;
    const v = uniforms.next();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + rate + 0.43);
    if (us >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (log((v * inverseAlpha) / (a / (us * us) + b)) <= k * logRate - rate - lgammaOf(k + 1)) return k;
  }
}

/** `count` classes for each row of logits `[batch, classes]`: int64 `[batch, count]`. */
export function drawCategories(engine: Philox4x32, logits: Strided, count: number): Strided {
  const [batch, classes] = logits.shape as readonly [number, number];
  const scores = floats(logits);
  const out = Strided.zeros(int64, [batch, count]);
  const data = out.flat();
  const words = new SingleWords(engine);
  const sums = new Float64Array(classes);
  for (let row = 0; row < batch; row++) {
    const own = scores.subarray(row * classes, (row + 1) * classes);
    const most = own.reduce((m, x) => (Number.isFinite(x) && x > m ? x : m), -Infinity);
    let total = 0;
    for (let j = 0; j < classes; j++) {
      if (Number.isFinite(own[j]!)) total += exp(own[j]! - most);
      sums[j] = total;
    }
    for (let j = 0; j < count; j++) {
      const low = words.next();
      const wanted = uniform64(low, words.next()) * total;
      let found = 0;
      while (found < classes && sums[found]! <= wanted) found++;
      data[row * count + j] = BigInt(found);
    }
  }
  return out;
}
