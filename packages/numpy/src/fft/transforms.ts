import {
  complexOf,
  copyInto,
  type DType,
  float64,
  isComplex,
  isDiscrete,
  realOf,
  type Strided,
} from "@cognate/kernel";
import { type ArrayLike, axisOf, indexOf, type ndarray } from "@cognate/ndarray/core";
import { DeprecationWarning, def, IndexError, TypeError, ValueError, warn } from "@cognate/py";
import { cast, ops, run, strided, wrap } from "../internal.js";

/** Which of the two directions carries 1/n: the inverse one by default; or both 1/√n. */
export type Norm = "backward" | "ortho" | "forward" | null;

type Out = ndarray | null;

const SWAPPED: Readonly<Record<string, Norm>> = {
  backward: "forward",
  null: "forward",
  ortho: "ortho",
  forward: "backward",
};

/** The norm for the other direction. @throws ValueError */
function swapped(norm: Norm): Norm {
  const other = SWAPPED[String(norm)];
  if (other === undefined)
    throw new ValueError(`Invalid norm value ${norm}; should be "backward", "ortho" or "forward".`);
  return other;
}

/** What the sums over n elements are multiplied by, rounded to the elements' own precision. @throws ValueError */
function scaleOf(norm: Norm, n: number, forward: boolean, x: Strided): number {
  const own = forward ? norm : swapped(norm);
  const type = realOf(inexact(x).dtype);
  const rounded = (v: number): number => Number(wrap(cast(strided(v, float64), type)));
  if (own === null || own === "backward") return 1;
  if (own === "ortho") return rounded(1 / rounded(Math.sqrt(n)));
  if (own === "forward") return rounded(1 / n);
  throw new ValueError(`Invalid norm value ${own as string}; should be "backward","ortho" or "forward".`);
}

/** Integers and bools are transformed in float64. */
const inexact = (x: Strided): Strided => (isDiscrete(x.dtype) ? cast(x, float64) : x);

/** An axis cut to a length, or made longer by zeros behind. */
function fitted(x: Strided, axis: number, n: number): Strided {
  const have = x.shape[axis]!;
  if (have === n) return x;
  if (have > n) return run(ops.slice, { dim: axis, start: 0, step: 1, length: n }, x);
  const pads = x.shape.map((_, d) => [0, d === axis ? n - have : 0] as const);
  return run(ops.pad, { pads, mode: "constant", value: 0 } as never, x);
}

const lengthOf = (x: Strided, axis: number): number => {
  const n = x.shape.at(axis);
  if (n === undefined) throw new IndexError("tuple index out of range");
  return n;
};

const checkLength = (n: number): void => {
  if (n < 1) throw new ValueError(`Invalid number of FFT data points (${n}) specified.`);
};

const noLoop = (n: number): TypeError =>
  new TypeError(
    `ufunc 'rfft_n_${n % 2 === 0 ? "even" : "odd"}' not supported for the input types, and the inputs could not be safely coerced to any supported types according to the casting rule ''safe''`,
  );

function delivered(y: Strided, out: Out): ndarray {
  if (!out) return wrap(y);
  if (out._a.rank !== y.rank || out._a.shape.some((n, d) => n !== y.shape[d]))
    throw new ValueError("output array has wrong shape.");
  copyInto(out._a, y);
  out._a.storage.version++;
  return out;
}

type Along = (x: Strided, n: number | null, axis: number, norm: Norm) => Strided;

/** The transform along one axis, complex to complex. */
const complexAlong =
  (forward: boolean): Along =>
  (given, n, axis, norm) => {
    const length = n === null ? lengthOf(given, axis) : indexOf(n);
    checkLength(length);
    const scale = scaleOf(norm, length, forward, given);
    const d = axisOf(axis, given.rank);
    const x = fitted(inexact(given), d, length);
    const params = { dims: [d], forward, scale };
    return isComplex(x.dtype)
      ? run(ops.fftC2c, params, x)
      : run(ops.fftR2c, { ...params, onesided: false }, x);
  };

/** The first half of the transform of real numbers. */
const realAlong: Along = (given, n, axis, norm) => {
  const length = n === null ? lengthOf(given, axis) : indexOf(n);
  checkLength(length);
  const scale = scaleOf(norm, length, true, given);
  const d = axisOf(axis, given.rank);
  if (isComplex(given.dtype)) throw noLoop(length);
  return run(
    ops.fftR2c,
    { dims: [d], forward: true, scale, onesided: true },
    fitted(inexact(given), d, length),
  );
};

/** Real numbers from the first half of their transform. */
const halfAlong: Along = (given, n, axis, norm) => {
  const length = n === null ? (lengthOf(given, axis) - 1) * 2 : indexOf(n);
  checkLength(length);
  const scale = scaleOf(norm, length, false, given);
  const d = axisOf(axis, given.rank);
  const type: DType = inexact(given).dtype;
  const x = fitted(cast(given, complexOf(type)), d, Math.floor(length / 2) + 1);
  return cast(run(ops.fftC2r, { dims: [d], forward: false, scale, n: length }, x), realOf(type));
};

const fftAlong = complexAlong(true);
const ifftAlong = complexAlong(false);

const along =
  (f: Along) =>
  (a: ArrayLike, n: number | null = null, axis = -1, norm: Norm = null, out: Out = null): ndarray =>
    delivered(f(strided(a), n, axis, norm), out);

const signature = "a n axis norm out";

/**
 * The discrete Fourier transform along an axis: yₖ = Σⱼ xⱼ·e^(−2πi·jk/n).
 *
 * @param n - the length to cut to or to fill up with zeros
 * @throws ValueError
 *
 * @example
 * ```ts
 * import * as np from "@cognate/numpy";
 * import { print } from "@cognate/py";
 * print(np.fft.fft([1, 2, 3, 4])); // prints [10.+0.j -2.+2.j -2.+0.j -2.-2.j]
 * ```
 */
export const fft = def("numpy.fft.fft", signature, along(fftAlong));
/** The inverse transform: xⱼ = 1/n·Σₖ yₖ·e^(2πi·jk/n). */
export const ifft = def("numpy.fft.ifft", signature, along(ifftAlong));
/** The first n/2 + 1 frequencies of real numbers; the others are their conjugates. @throws TypeError for complex ones */
export const rfft = def("numpy.fft.rfft", signature, along(realAlong));
/** The real numbers (`n`, 2·(m − 1) by default) of which a has the first frequencies. */
export const irfft = def("numpy.fft.irfft", signature, along(halfAlong));

/** The transform of numbers that are conjugate in time, so that their frequencies are real. */
export const hfft = def(
  "numpy.fft.hfft",
  signature,
  (a: ArrayLike, n: number | null = null, axis = -1, norm: Norm = null, out: Out = null): ndarray => {
    const x = strided(a);
    const length = n ?? (lengthOf(x, axis) - 1) * 2;
    return delivered(halfAlong(run(ops.conj, undefined, x), length, axis, swapped(norm)), out);
  },
);
/** The inverse of {@link hfft}: the first half of what is conjugate in time. */
export const ihfft = def(
  "numpy.fft.ihfft",
  signature,
  (a: ArrayLike, n: number | null = null, axis = -1, norm: Norm = null, out: Out = null): ndarray =>
    delivered(run(ops.conj, undefined, realAlong(strided(a), n, axis, swapped(norm))), out),
);

type Lengths = readonly (number | null)[] | null;
type Axes = readonly number[] | null;

const OLD_AXES =
  "`axes` should not be `None` if `s` is not `None` (Deprecated in NumPy 2.0). In a future version of NumPy, this will raise an error and `s[i]` will correspond to the size along the transformed axis specified by `axes[i]`. To retain current behaviour, pass a sequence [0, ..., k-1] to `axes` for an array of dimension k.";

/** Lengths and axes of a transform over several axes. @throws ValueError */
function plan(x: Strided, s: Lengths, axes: Axes, toReal: boolean): { lengths: number[]; axes: number[] } {
  if (axes === null && s !== null) warn(OLD_AXES, DeprecationWarning);
  const count = s?.length ?? axes?.length ?? x.rank;
  const over = axes === null ? Array.from({ length: count }, (_, i) => i - count) : [...axes];
  if (s !== null && s.length !== over.length) throw new ValueError("Shape and axes have different lengths.");
  const own = over.map((d, i) => {
    const n = x.shape.at(d);
    if (n === undefined && s !== null) axisOf(d, x.rank);
    if (n === undefined)
      throw new IndexError(
        x.rank === 0
          ? "cannot do a non-empty take from an empty axes."
          : `index ${d} is out of bounds for axis 0 with size ${x.rank}`,
      );
    return toReal && s === null && i === over.length - 1 ? (n - 1) * 2 : n;
  });
  const lengths = own.map((n, i) => {
    const wanted = s?.[i];
    return wanted === undefined || wanted === null || wanted === -1 ? n : wanted;
  });
  return { lengths, axes: over };
}

const over =
  (f: Along, axesBy: Axes) =>
  (a: ArrayLike, s: Lengths = null, axes: Axes = axesBy, norm: Norm = null, out: Out = null): ndarray => {
    const x = strided(a);
    const p = plan(x, s, axes, false);
    const y = p.axes.reduceRight((z, d, i) => f(z, p.lengths[i]!, d, norm), x);
    return delivered(y === x ? run(ops.cast, { dtype: x.dtype }, x) : y, out);
  };

const realOver =
  (axesBy: Axes) =>
  (a: ArrayLike, s: Lengths = null, axes: Axes = axesBy, norm: Norm = null, out: Out = null): ndarray => {
    const x = strided(a);
    const p = plan(x, s, axes, false);
    if (p.axes.length === 0) throw new IndexError("list index out of range");
    const half = realAlong(x, p.lengths.at(-1)!, p.axes.at(-1)!, norm);
    const y = p.axes.slice(0, -1).reduceRight((z, d, i) => fftAlong(z, p.lengths[i]!, d, norm), half);
    return delivered(y, out);
  };

const halfOver =
  (axesBy: Axes) =>
  (a: ArrayLike, s: Lengths = null, axes: Axes = axesBy, norm: Norm = null, out: Out = null): ndarray => {
    const x = strided(a);
    const p = plan(x, s, axes, true);
    if (p.axes.length === 0) throw new IndexError("list index out of range");
    const z = p.axes.slice(0, -1).reduce((y, d, i) => ifftAlong(y, p.lengths[i]!, d, norm), x);
    return delivered(halfAlong(z, p.lengths.at(-1)!, p.axes.at(-1)!, norm), out);
  };

const several = "a s axes norm out";
const LAST_TWO = [-2, -1] as const;

/** The transform over several axes, all by default. */
export const fftn = def("numpy.fft.fftn", several, over(fftAlong, null));
/** The inverse transform over several axes. */
export const ifftn = def("numpy.fft.ifftn", several, over(ifftAlong, null));
/** The transform over two axes, the last two by default. */
export const fft2 = def("numpy.fft.fft2", several, over(fftAlong, LAST_TWO));
/** The inverse transform over two axes. */
export const ifft2 = def("numpy.fft.ifft2", several, over(ifftAlong, LAST_TWO));
/** The transform of real numbers over several axes; of the last one only the first half. */
export const rfftn = def("numpy.fft.rfftn", several, realOver(null));
/** {@link rfftn} over two axes. */
export const rfft2 = def("numpy.fft.rfft2", several, realOver(LAST_TWO));
/** The inverse of {@link rfftn}. */
export const irfftn = def("numpy.fft.irfftn", several, halfOver(null));
/** {@link irfftn} over two axes. */
export const irfft2 = def("numpy.fft.irfft2", several, halfOver(LAST_TWO));
