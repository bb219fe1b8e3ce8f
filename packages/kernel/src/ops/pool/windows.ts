import { ParamError, ShapeError } from "../../errors/errors.js";
import type { Shape } from "../../strided/strided.js";
import { checkLength, repeated, type WindowParams } from "../engines/windows.js";

/** Windows that slide over the last axes of an array; one entry an axis in every list. */
export interface PoolParams extends Partial<WindowParams> {
  readonly kernel: readonly number[];
  /** A last window may start inside the array or the padding before it and reach beyond the end. */
  readonly ceil?: boolean;
}

/** Windows that cover an axis by a wanted number of parts. */
export interface AdaptiveParams {
  /** Lengths of the last axes of the result. */
  readonly output: readonly number[];
  /** The parts of each axis, as starts and lengths; without them they are nearly equal. */
  readonly parts?: readonly (readonly { readonly start: number; readonly length: number }[])[];
}

/** The windows of one axis: output `o` looks at positions `start[o] + t·step` for `lo[o] ≤ t < hi[o]`. */
export interface AxisWindows {
  readonly count: number;
  readonly start: Int32Array;
  readonly lo: Int32Array;
  readonly hi: Int32Array;
  readonly step: number;
  /** Taps of the window that lie in the array or its padding: what a mean that counts padding divides by. */
  readonly padded: Int32Array;
  /** Length of the axis looked at. */
  readonly length: number;
}

/** Windows of three axes; missing ones in front have one window over one element. */
export type Windows = readonly [AxisWindows, AxisWindows, AxisWindows];

const ONE: AxisWindows = {
  count: 1,
  start: Int32Array.of(0),
  lo: Int32Array.of(0),
  hi: Int32Array.of(1),
  step: 1,
  padded: Int32Array.of(1),
  length: 1,
};

export const threeAxes = (axes: readonly AxisWindows[]): Windows =>
  [...repeated(ONE, 3 - axes.length), ...axes] as unknown as Windows;

/** @throws ShapeError unless x has the axes and there are one to three of them */
export function checkAxes(op: string, x: Shape, axes: number): void {
  if (axes < 1 || axes > 3) throw new ParamError(op, "kernel", `${axes} entries`, "one to three entries");
  if (x.length < axes) throw new ShapeError(op, "x", x, `at least ${axes} axes`);
}

/** How many windows {@link PoolParams} places on an axis. */
export function poolCount(
  length: number,
  kernel: number,
  stride: number,
  [before, after]: readonly [number, number],
  dilation: number,
  ceil: boolean,
): number {
  const room = length + before + after - dilation * (kernel - 1) - 1;
  const count = Math.floor((room + (ceil ? stride - 1 : 0)) / stride) + 1;
  return ceil && (count - 1) * stride >= length + before ? count - 1 : count;
}

/** The windows of a pooling with kernel and stride. */
export function slidingWindows(op: string, x: Shape, p: PoolParams): Windows {
  const n = p.kernel.length;
  checkAxes(op, x, n);
  const {
    stride = p.kernel,
    padding = repeated([0, 0] as const, n),
    dilation = repeated(1, n),
    ceil = false,
  } = p;
  checkLength(op, "stride", stride, n);
  checkLength(op, "padding", padding, n);
  checkLength(op, "dilation", dilation, n);
  return threeAxes(
    p.kernel.map((kernel, i) => {
      const length = x[x.length - n + i]!;
      const count = poolCount(length, kernel, stride[i]!, padding[i]!, dilation[i]!, ceil);
      if (count < 1)
        throw new ShapeError(op, "x", x, `axis ${x.length - n + i} to hold a window of ${kernel}`);
      const [before, after] = padding[i]!;
      return fromStarts(
        Array.from({ length: count }, (_, o) => o * stride[i]! - before),
        () => kernel,
        dilation[i]!,
        length,
        after,
      );
    }),
  );
}

/** The windows that cut an axis of each given length into `output` parts: those given, or nearly equal ones. */
export function adaptiveWindows(op: string, x: Shape, { output, parts }: AdaptiveParams): Windows {
  checkAxes(op, x, output.length);
  return threeAxes(
    output.map((count, i) => {
      const length = x[x.length - output.length + i]!;
      const own = parts?.[i];
      if (own)
        return fromStarts(
          own.map((part) => part.start),
          (o) => own[o]!.length,
          1,
          length,
          0,
        );
      const start = Array.from({ length: count }, (_, o) => Math.floor((o * length) / count));
      return fromStarts(start, (o) => Math.ceil(((o + 1) * length) / count) - start[o]!, 1, length, 0);
    }),
  );
}

/** Windows of `taps` positions from each of `starts` on, cut at the ends of the axis. */
export function fromStarts(
  starts: readonly number[],
  taps: (o: number) => number,
  step: number,
  length: number,
  after: number,
): AxisWindows {
  const count = starts.length;
  const w = {
    count,
    start: Int32Array.from(starts),
    lo: new Int32Array(count),
    hi: new Int32Array(count),
    step,
    padded: new Int32Array(count),
    length,
  };
  starts.forEach((s, o) => {
    const n = taps(o);
    const within = (end: number): number => Math.max(0, Math.min(n, Math.ceil((end - s) / step)));
    w.lo[o] = s < 0 ? Math.min(n, Math.ceil(-s / step)) : 0;
    w.hi[o] = Math.max(w.lo[o]!, within(length));
    w.padded[o] = within(length + after);
  });
  return w;
}

/** Lengths of the last axes of the result. */
export const outputLengths = (w: Windows, axes: number): number[] => w.slice(3 - axes).map((a) => a.count);
