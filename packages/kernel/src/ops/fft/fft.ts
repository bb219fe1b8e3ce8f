import { complexOf, type DType, isComplex, realOf } from "../../dtype/dtype.js";
import { DTypeError, ParamError } from "../../errors/errors.js";
import { transformAxis } from "../../fft/transform.js";
import { normalizeAxis } from "../../strided/axes.js";
import { contiguous } from "../../strided/copy.js";
import { type Shape, Strided } from "../../strided/strided.js";
import { getThreads } from "../../threads/pool.js";
import { LINES, transformAxes, transformLines } from "../../wasm/kernels/fft.js";
import { narrowed, span, wide } from "../engines/matrices.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";

export interface FftParams {
  /** The axes to transform; the last one is the halved one of real transforms. */
  readonly dims: readonly number[];
  /** e^(−2πi…), else e^(+2πi…). */
  readonly forward: boolean;
  /** What the sums are multiplied by. */
  readonly scale: number;
}

function scaled(x: Float64Array, scale: number): Float64Array {
  if (scale !== 1) for (let i = 0; i < x.length; i++) x[i]! *= scale;
  return x;
}

const need = (op: string, x: Strided, complex: boolean): DType => {
  if (complex ? !isComplex(x.dtype) : x.dtype.kind !== "float")
    throw new DTypeError(op, "x", x.dtype.name, complex ? "a complex type" : "a floating type");
  return x.dtype;
};

/**
 * x to y along `axis` as `kind` says, then along the others. `null` where kernels cannot. Threads do not work in place: what one of
 * them left half done could not be done again.
 */
function fastAxes(
  kind: number,
  x: Strided,
  y: Strided,
  axis: number,
  n: number,
  others: readonly number[],
  forward: boolean,
  scale: number,
): Strided | null {
  if (getThreads() === 1)
    return transformAxes(kind, contiguous(x), y, axis, n, others, forward, scale) ? y : null;
  const { length } = others;
  if (!transformLines(kind, contiguous(x), y, axis, n, forward, length > 0 ? 1 : scale)) return null;
  let from = y;
  for (const [i, d] of others.entries()) {
    const to = Strided.zeros(y.dtype, y.shape);
    const factor = i === length - 1 ? scale : 1;
    if (!transformLines(LINES.complex, from, to, d, y.shape[d]!, forward, factor)) return null;
    from.storage.release();
    from = to;
  }
  return from;
}

function fastComplex(x: Strided, axes: readonly number[], forward: boolean, scale: number): Strided | null {
  const [first, ...rest] = axes;
  if (first === undefined) return null;
  const y = Strided.zeros(x.dtype, x.shape);
  return fastAxes(LINES.complex, x, y, first, x.shape[first]!, rest, forward, scale);
}

function fastReal(
  x: Strided,
  type: DType,
  axes: readonly number[],
  { forward, scale, onesided }: FftParams & { readonly onesided: boolean },
): Strided | null {
  const last = axes[axes.length - 1]!;
  const n = x.shape[last]!;
  const y = Strided.zeros(type, replaced(x.shape, last, onesided ? Math.floor(n / 2) + 1 : n));
  const kind = onesided ? LINES.realToHalf : LINES.realToFull;
  return fastAxes(kind, x, y, last, n, axes.slice(0, -1), forward, scale);
}

function fastHalf(
  x: Strided,
  type: DType,
  axes: readonly number[],
  { forward, scale, n }: FftParams & { readonly n: number },
): Strided | null {
  const last = axes[axes.length - 1]!;
  const rest = axes.slice(0, -1);
  const half = rest.length > 0 ? fastComplex(x, rest, forward, 1) : contiguous(x);
  const y = Strided.zeros(type, replaced(x.shape, last, n));
  return half && transformLines(LINES.halfToReal, half, y, last, n, forward, scale) ? y : null;
}

/** The discrete Fourier transform over several axes: yₖ = scale·Σⱼ xⱼ·e^(∓2πi·jk/n). */
export const fftC2c = defineOp({
  name: "fftC2c",
  inputs: ["x"],
  dtype: "same",
  run: ([operand], { dims, forward, scale }: FftParams) => {
    const x = operand as Strided;
    need("fftC2c", x, true);
    const axes = dims.map((d) => normalizeAxis("fftC2c", d, x.rank));
    const fast = fastComplex(x, axes, forward, scale);
    if (fast) return fast;
    const y = wide(x);
    for (const d of axes) transformAxis(y, x.shape, d, forward);
    return narrowed(scaled(y, scale), x.dtype, x.shape);
  },
  vjp: (gy, _saved, { params }) => ({ x: gy.fftC2c({ ...params, forward: !params.forward }) }),
  samples: [
    { inputs: [{ shape: [6], dtype: "complex128" }], params: { dims: [0], forward: true, scale: 1 } },
    {
      inputs: [{ shape: [4, 5], dtype: "complex128" }],
      params: { dims: [0, 1], forward: false, scale: 0.05 },
    },
    { inputs: [{ shape: [2, 53], dtype: "complex128" }], params: { dims: [1], forward: true, scale: 0.25 } },
  ],
  source: "Cooley and Tukey, 1965; Stockham's self-sorting form; Bluestein for large prime factors",
});

/** Copies positions of one axis from a row-major array to another whose axis has another length. */
function resizeAxis(
  x: Float64Array,
  shape: Shape,
  axis: number,
  length: number,
  at: (k: number, n: number) => readonly [number, boolean],
): Float64Array {
  const n = shape[axis]!;
  let step = 1;
  for (let i = axis + 1; i < shape.length; i++) step *= shape[i]!;
  const outer = n === 0 ? 0 : x.length / (2 * n * step);
  const y = new Float64Array(2 * outer * length * step);
  for (let o = 0; o < outer; o++)
    for (let k = 0; k < length; k++) {
      const [from, conjugate] = at(k, n);
      for (let q = 0; q < step; q++) {
        const [p, t] = [2 * ((o * n + from) * step + q), 2 * ((o * length + k) * step + q)];
        y[t] = x[p]!;
        y[t + 1] = conjugate ? -x[p + 1]! : x[p + 1]!;
      }
    }
  return y;
}

const replaced = (shape: Shape, axis: number, n: number): number[] =>
  shape.map((s, i) => (i === axis ? n : s));

/** The transform of real numbers: all frequencies, or only the first n/2 + 1 of the last axis (`onesided`). */
export const fftR2c = defineOp({
  name: "fftR2c",
  inputs: ["x"],
  dtype: "given",
  run: ([operand], params: FftParams & { readonly onesided: boolean }) => {
    const { dims, forward, scale, onesided } = params;
    const x = operand as Strided;
    const type = complexOf(need("fftR2c", x, false));
    const axes = dims.map((d) => normalizeAxis("fftR2c", d, x.rank));
    const fast = fastReal(x, type, axes, params);
    if (fast) return fast;
    const last = axes[axes.length - 1]!;
    let y = wide(x, 2);
    let shape: Shape = x.shape;
    transformAxis(y, shape, last, forward);
    if (onesided) {
      const half = Math.floor(shape[last]! / 2) + 1;
      y = resizeAxis(y, shape, last, half, (k) => [k, false]);
      shape = replaced(shape, last, half);
    }
    for (const d of axes.slice(0, -1)) transformAxis(y, shape, d, forward);
    return narrowed(scaled(y, scale), type, shape);
  },
  vjp: (gy, _saved, { params: { onesided, ...params }, shape }) => {
    const axis = params.dims[params.dims.length - 1]!;
    const last = axis < 0 ? axis + gy.shape.length : axis;
    const missing = shape(0)[last]! - gy.shape[last]!;
    const full =
      onesided && missing > 0 ? gy.cat([gy.full(replaced(gy.shape, last, missing), 0)], { dim: last }) : gy;
    return { x: full.fftC2c({ ...params, forward: !params.forward }).real() };
  },
  samples: [
    { inputs: [[6]], params: { dims: [0], forward: true, scale: 1, onesided: true } },
    { inputs: [[3, 5]], params: { dims: [0, 1], forward: false, scale: 0.5, onesided: true } },
    { inputs: [[2, 4]], params: { dims: [-1], forward: true, scale: 1, onesided: false } },
  ],
});

/**
 * The real result of a transform whose input is the first n/2 + 1 frequencies of the last axis; the others are their
 * conjugates, and the imaginary parts of the first (and of the middle one) are not looked at.
 */
export const fftC2r = defineOp({
  name: "fftC2r",
  inputs: ["x"],
  dtype: "real",
  run: ([operand], params: FftParams & { readonly n: number }) => {
    const { dims, forward, scale, n } = params;
    const x = operand as Strided;
    const type = realOf(need("fftC2r", x, true));
    const axes = dims.map((d) => normalizeAxis("fftC2r", d, x.rank));
    const last = axes[axes.length - 1]!;
    const half = Math.floor(n / 2) + 1;
    if (x.shape[last] !== half)
      throw new ParamError("fftC2r", "n", n, `a length of which ${x.shape[last]} is the half`);
    const fast = fastHalf(x, type, axes, params);
    if (fast) return fast;
    const y = wide(x);
    for (const d of axes.slice(0, -1)) transformAxis(y, x.shape, d, forward);
    const full = resizeAxis(y, x.shape, last, n, (k) => (k < half ? [k, false] : [n - k, true]));
    const shape = replaced(x.shape, last, n);
    dropImaginary(full, shape, last);
    transformAxis(full, shape, last, forward);
    const out = new Float64Array(full.length / 2);
    for (let i = 0; i < out.length; i++) out[i] = full[2 * i]! * scale;
    return narrowed(out, type, shape);
  },
  vjp: (gy, _saved, { params: { n, ...params } }) => {
    const axis = params.dims[params.dims.length - 1]!;
    const g = gy.fftR2c({ ...params, forward: !params.forward, onesided: true });
    const last = axis < 0 ? axis + g.shape.length : axis;
    // Frequencies that stand for two count twice.
    const twice = Math.ceil(n / 2);
    const parts: Value[] = [];
    if (twice > 1) parts.push(span(g, last, 1, twice).mul(2));
    if (g.shape[last]! > Math.max(twice, 1)) parts.push(span(g, last, Math.max(twice, 1), g.shape[last]!));
    return { x: parts.length > 0 ? span(g, last, 0, 1).cat(parts, { dim: last }) : g };
  },
  samples: [
    {
      inputs: [{ shape: [4], dtype: "complex128" }],
      params: { dims: [0], forward: false, scale: 0.25, n: 6 },
    },
    {
      inputs: [{ shape: [3, 3], dtype: "complex128" }],
      params: { dims: [0, 1], forward: true, scale: 1, n: 5 },
    },
    {
      inputs: [{ shape: [2, 1], dtype: "complex128" }],
      params: { dims: [1], forward: false, scale: 1, n: 1 },
    },
    { inputs: [{ shape: [2], dtype: "complex128" }], params: { dims: [0], forward: false, scale: 1, n: 2 } },
  ],
});

/** Sets to zero what Hermitian symmetry says is zero: the imaginary part of the first and of the middle frequency. */
function dropImaginary(x: Float64Array, shape: Shape, axis: number): void {
  const n = shape[axis]!;
  let step = 1;
  for (let i = axis + 1; i < shape.length; i++) step *= shape[i]!;
  const outer = n === 0 ? 0 : x.length / (2 * n * step);
  for (let o = 0; o < outer; o++)
    for (const k of n % 2 === 0 ? [0, n / 2] : [0])
      for (let q = 0; q < step; q++) x[2 * ((o * n + k) * step + q) + 1] = 0;
}
