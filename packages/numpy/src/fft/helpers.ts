import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import { def, IndexError, ValueError, ZeroDivisionError } from "@cognate/py";
import { arange } from "../creation/grids.js";
import { asArray } from "../internal.js";
import { roll } from "../manipulation/arranging.js";
import { concatenate } from "../manipulation/joining.js";

type Axes = number | readonly number[] | null;

/** The axes to shift and how far each is. */
function shifts(x: ndarray, axes: Axes, back: boolean): [number[], number[]] {
  const over = axes === null ? x._a.shape.map((_, d) => d) : [axes].flat();
  const far = over.map((d) => {
    const n = x._a.shape.at(d);
    if (n === undefined) throw new IndexError("tuple index out of range");
    const half = Math.floor(n / 2);
    return back ? -half : half;
  });
  return [far, over];
}

/** Frequency zero moved to the middle. */
export const fftshift = def("numpy.fft.fftshift", "x axes", (x: ArrayLike, axes: Axes = null): ndarray => {
  const a = asArray(x);
  return roll.impl(a, ...shifts(a, axes, false));
});
/** The inverse of {@link fftshift}. */
export const ifftshift = def("numpy.fft.ifftshift", "x axes", (x: ArrayLike, axes: Axes = null): ndarray => {
  const a = asArray(x);
  return roll.impl(a, ...shifts(a, axes, true));
});

function step(n: number, d: number): number {
  if (!Number.isInteger(n)) throw new ValueError("n should be an integer");
  if (n * d === 0) throw new ZeroDivisionError("float division by zero");
  return 1 / (n * d);
}

/** The frequencies of a transform of n samples, d apart: 0 up to the middle, then the negative ones. */
export const fftfreq = def(
  "numpy.fft.fftfreq",
  "n d device",
  (n: number, d = 1.0, _device: string | null = null): ndarray => {
    const unit = step(n, d);
    const middle = Math.floor((n - 1) / 2) + 1;
    const order = concatenate.impl([arange(0, middle), arange(-Math.floor(n / 2), 0)]);
    return asArray(order.mul(unit)).astype("float64") as ndarray;
  },
);
/** The frequencies of the first half of a transform of n real samples, d apart. */
export const rfftfreq = def(
  "numpy.fft.rfftfreq",
  "n d device",
  (n: number, d = 1.0, _device: string | null = null): ndarray =>
    asArray(arange(0, Math.floor(n / 2) + 1).mul(step(n, d))).astype("float64") as ndarray,
);
