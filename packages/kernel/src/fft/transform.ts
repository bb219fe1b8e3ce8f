import { chirp as chirpOf, convolutionLength, factorsOf, roots } from "./roots.js";

/** Fourier sums of one line of complex numbers, interleaved, for one length. */
export interface Transform {
  readonly n: number;
  /** xₖ → Σⱼ xⱼ·e^(∓2πi·jk/n) in place; the upper sign is the forward one. */
  run(x: Float64Array, forward: boolean): void;
}

const plans = new Map<number, Transform>();

/** The transform of a length; those of recent lengths are kept. */
export function transformOf(n: number): Transform {
  let plan = plans.get(n);
  if (!plan) {
    const size = convolutionLength(n);
    plan = size > 0 ? chirp(n, size) : mixed(n, factorsOf(n));
    if (plans.size >= 32) plans.delete(plans.keys().next().value!);
    plans.set(n, plan);
  }
  return plan;
}

function conjugate(x: Float64Array): Float64Array {
  for (let i = 1; i < x.length; i += 2) x[i] = -x[i]!;
  return x;
}

/** Stockham's self-sorting steps, one a factor; a step of eight is one of four and one of two. */
function mixed(n: number, steps: readonly number[]): Transform {
  const factors = steps.flatMap((p) => (p === 8 ? [4, 2] : p));
  const w = conjugate(roots(n));
  const spare = new Float64Array(2 * n);
  return {
    n,
    run: (x, forward) => {
      const sign = forward ? 1 : -1;
      let [from, to]: [Float64Array, Float64Array] = [x, spare];
      let [length, stride] = [n, 1];
      for (const p of factors) {
        if (p === 2) radix2(from, to, length, stride, w, sign);
        else if (p === 4) radix4(from, to, length, stride, w, sign);
        else radix(p, from, to, length, stride, w, sign, n);
        length /= p;
        stride *= p;
        [from, to] = [to, from];
      }
      if (from !== x) x.set(from);
    },
  };
}

function radix2(
  x: Float64Array,
  y: Float64Array,
  length: number,
  s: number,
  w: Float64Array,
  sign: number,
): void {
  const m = length / 2;
  for (let k = 0; k < m; k++) {
    const wr = w[2 * k * s]!;
    const wi = sign * w[2 * k * s + 1]!;
    for (let q = 0; q < s; q++) {
      const a = 2 * (q + s * k);
      const b = 2 * (q + s * (k + m));
      const o = 2 * (q + 2 * s * k);
      const dr = x[a]! - x[b]!;
      const di = x[a + 1]! - x[b + 1]!;
      y[o] = x[a]! + x[b]!;
      y[o + 1] = x[a + 1]! + x[b + 1]!;
      y[o + 2 * s] = dr * wr - di * wi;
      y[o + 2 * s + 1] = dr * wi + di * wr;
    }
  }
}

function radix4(
  x: Float64Array,
  y: Float64Array,
  length: number,
  s: number,
  w: Float64Array,
  sign: number,
): void {
  const m = length / 4;
  for (let k = 0; k < m; k++) {
    const i = 2 * k * s;
    const w1r = w[i]!;
    const w1i = sign * w[i + 1]!;
    const w2r = w[2 * i]!;
    const w2i = sign * w[2 * i + 1]!;
    const w3r = w[3 * i]!;
    const w3i = sign * w[3 * i + 1]!;
    for (let q = 0; q < s; q++) {
      const a = 2 * (q + s * k);
      const b = a + 2 * s * m;
      const c = b + 2 * s * m;
      const d = c + 2 * s * m;
      const acr = x[a]! + x[c]!;
      const aci = x[a + 1]! + x[c + 1]!;
      const sacr = x[a]! - x[c]!;
      const saci = x[a + 1]! - x[c + 1]!;
      const bdr = x[b]! + x[d]!;
      const bdi = x[b + 1]! + x[d + 1]!;
      // −i·(b − d) forward, i·(b − d) back
      const tr = sign * (x[b + 1]! - x[d + 1]!);
      const ti = -sign * (x[b]! - x[d]!);
      const o = 2 * (q + 4 * s * k);
      const r1 = sacr + tr;
      const j1 = saci + ti;
      const r2 = acr - bdr;
      const j2 = aci - bdi;
      const r3 = sacr - tr;
      const j3 = saci - ti;
      y[o] = acr + bdr;
      y[o + 1] = aci + bdi;
      y[o + 2 * s] = r1 * w1r - j1 * w1i;
      y[o + 2 * s + 1] = r1 * w1i + j1 * w1r;
      y[o + 4 * s] = r2 * w2r - j2 * w2i;
      y[o + 4 * s + 1] = r2 * w2i + j2 * w2r;
      y[o + 6 * s] = r3 * w3r - j3 * w3i;
      y[o + 6 * s + 1] = r3 * w3i + j3 * w3r;
    }
  }
}

/** A step of an odd factor: the terms j and p − j of its sums have the same cosine and opposite sines. */
function radix(
  p: number,
  x: Float64Array,
  y: Float64Array,
  length: number,
  s: number,
  w: Float64Array,
  sign: number,
  n: number,
): void {
  const m = length / p;
  const turn = (2 * n) / p;
  const step = 2 * s * m;
  for (let k = 0; k < m; k++)
    for (let q = 0; q < s; q++) {
      const a = 2 * (q + s * k);
      const o = 2 * (q + s * p * k);
      let [re, im] = [x[a]!, x[a + 1]!];
      for (let j = 1; j < p; j++) {
        re += x[a + j * step]!;
        im += x[a + j * step + 1]!;
      }
      y[o] = re;
      y[o + 1] = im;
      for (let r = 1; 2 * r < p; r++) {
        let [fr, fi, hr, hi] = [x[a]!, x[a + 1]!, 0, 0];
        for (let j = 1; 2 * j < p; j++) {
          const b = a + j * step;
          const c = a + (p - j) * step;
          const t = turn * ((j * r) % p);
          const [cos, sin] = [w[t]!, sign * w[t + 1]!];
          fr += cos * (x[b]! + x[c]!);
          fi += cos * (x[b + 1]! + x[c + 1]!);
          hr -= sin * (x[b + 1]! - x[c + 1]!);
          hi += sin * (x[b]! - x[c]!);
        }
        const i = 2 * k * s * r;
        const l = 2 * k * s * (p - r);
        const [ur, ui, vr, vi] = [w[i]!, sign * w[i + 1]!, w[l]!, sign * w[l + 1]!];
        const [b, c] = [o + 2 * s * r, o + 2 * s * (p - r)];
        y[b] = (fr + hr) * ur - (fi + hi) * ui;
        y[b + 1] = (fr + hr) * ui + (fi + hi) * ur;
        y[c] = (fr - hr) * vr - (fi - hi) * vi;
        y[c + 1] = (fr - hr) * vi + (fi - hi) * vr;
      }
    }
}

/** Any length by a convolution of a smooth length. Source: Bluestein, A linear filtering approach to the computation of the DFT, 1970. */
function chirp(n: number, size: number): Transform {
  const inner = mixed(size, factorsOf(size));
  // e^(−πi·k²/n)
  const c = conjugate(chirpOf(n));
  const filter = new Float64Array(2 * size);
  for (let k = 0; k < n; k++)
    for (const at of k === 0 ? [0] : [k, size - k]) {
      filter[2 * at] = c[2 * k]!;
      filter[2 * at + 1] = -c[2 * k + 1]!;
    }
  inner.run(filter, true);
  const work = new Float64Array(2 * size);
  return {
    n,
    run: (x, forward) => {
      // Backwards is forwards between two conjugations.
      const sign = forward ? 1 : -1;
      work.fill(0);
      for (let k = 0; k < n; k++) {
        const [re, im] = [x[2 * k]!, sign * x[2 * k + 1]!];
        work[2 * k] = re * c[2 * k]! - im * c[2 * k + 1]!;
        work[2 * k + 1] = re * c[2 * k + 1]! + im * c[2 * k]!;
      }
      inner.run(work, true);
      for (let k = 0; k < size; k++) {
        const [re, im] = [work[2 * k]!, work[2 * k + 1]!];
        work[2 * k] = re * filter[2 * k]! - im * filter[2 * k + 1]!;
        work[2 * k + 1] = re * filter[2 * k + 1]! + im * filter[2 * k]!;
      }
      inner.run(work, false);
      for (let k = 0; k < n; k++) {
        const [re, im] = [work[2 * k]! / size, work[2 * k + 1]! / size];
        x[2 * k] = re * c[2 * k]! - im * c[2 * k + 1]!;
        x[2 * k + 1] = sign * (re * c[2 * k + 1]! + im * c[2 * k]!);
      }
    },
  };
}

function isZero(x: Float64Array, base: number, n: number, step: number): boolean {
  for (let k = 0, p = base; k < n; k++, p += step) if (x[p] !== 0 || x[p + 1] !== 0) return false;
  return true;
}

/** Transforms every line along one axis of a row-major array of complex numbers, interleaved. */
export function transformAxis(
  x: Float64Array,
  shape: readonly number[],
  axis: number,
  forward: boolean,
): void {
  const n = shape[axis]!;
  if (n <= 1) return;
  const plan = transformOf(n);
  const line = new Float64Array(2 * n);
  let step = 1;
  for (let i = axis + 1; i < shape.length; i++) step *= shape[i]!;
  const outer = x.length / (2 * n * step);
  for (let o = 0; o < outer; o++)
    for (let q = 0; q < step; q++) {
      const base = 2 * (o * n * step + q);
      // Lines of padding stay what they are.
      if (isZero(x, base, n, 2 * step)) continue;
      if (step === 1) {
        plan.run(x.subarray(base, base + 2 * n), forward);
        continue;
      }
      for (let k = 0; k < n; k++) {
        line[2 * k] = x[base + 2 * k * step]!;
        line[2 * k + 1] = x[base + 2 * k * step + 1]!;
      }
      plan.run(line, forward);
      for (let k = 0; k < n; k++) {
        x[base + 2 * k * step] = line[2 * k]!;
        x[base + 2 * k * step + 1] = line[2 * k + 1]!;
      }
    }
}
