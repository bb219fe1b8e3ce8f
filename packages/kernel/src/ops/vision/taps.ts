/** How one axis is brought to another length. */
export interface ResampleAxis {
  readonly dim: number;
  readonly size: number;
  /** Which function weighs the neighbours. */
  readonly kernel: "nearest" | "linear" | "cubic" | "lanczos";
  /**
   * Where positions lie: `halfPixel` takes elements as areas, `alignCorners` puts first and last on each other,
   * `asymmetric` multiplies the index.
   */
  readonly coordinates: "halfPixel" | "alignCorners" | "asymmetric";
  /** Elements of the input to one of the output; the ratio of the lengths if left out. */
  readonly scale?: number;
  /** When shrinking, average over all elements that the kernel then covers. */
  readonly antialias?: boolean;
  /** The free parameter of cubic kernels; −0.75 if left out. */
  readonly a?: number;
  /** How far a Lanczos kernel reaches, in elements; 3 if left out. */
  readonly radius?: number;
  /** Leave neighbours beyond the ends out and let the others' weights add up to 1, instead of repeating the ends. */
  readonly renormalize?: boolean;
  /** Positions between elements are rounded to so many steps, as by libraries that look cubic weights up. */
  readonly table?: number;
  /** Compute nearest positions in single precision, which decides at .5. */
  readonly single?: boolean;
}

/** For each output position the first of `width` neighbours' places and weights. */
export interface Taps {
  readonly width: number;
  readonly index: Int32Array;
  readonly weight: Float64Array;
}

/** The four weights of a cubic convolution at distance t behind the second neighbour. */
export function cubicWeights(t: number, a: number): [number, number, number, number] {
  const outer = (x: number): number => ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
  const inner = (x: number): number => ((a + 2) * x - (a + 3)) * x * x + 1;
  return [outer(t + 1), inner(t), inner(1 - t), outer(2 - t)];
}

function stepOf(n: number, { size, coordinates, scale }: ResampleAxis): number {
  if (coordinates === "alignCorners") return size > 1 ? (n - 1) / (size - 1) : 0;
  return scale ?? n / size;
}

const clip = (i: number, n: number): number => Math.min(Math.max(i, 0), n - 1);

/** The neighbours and weights with which an axis of length n is brought to another length. */
export function tapsOf(n: number, axis: ResampleAxis): Taps {
  const step = stepOf(n, axis);
  const { kernel } = axis;
  if (kernel === "nearest") return nearest(n, axis, step);
  if (axis.antialias || kernel === "lanczos") return covering(n, axis, step);
  const { size, coordinates, a = -0.75, table, renormalize = false } = axis;
  const width = kernel === "linear" ? 2 : 4;
  const index = new Int32Array(size * width);
  const weight = new Float64Array(size * width);
  for (let o = 0; o < size; o++) {
    let at = coordinates === "halfPixel" ? step * (o + 0.5) - 0.5 : step * o;
    if (kernel === "linear") {
      at = Math.max(at, 0);
      const first = Math.min(Math.floor(at), n - 1);
      const t = Math.min(Math.max(at - first, 0), 1);
      index.set([first, Math.min(first + 1, n - 1)], 2 * o);
      weight.set([1 - t, t], 2 * o);
    } else {
      const first = Math.floor(at);
      index.set(
        [-1, 0, 1, 2].map((d) => clip(first + d, n)),
        4 * o,
      );
      const t = table === undefined ? at - first : Math.round((at - first) * table) / table;
      const weights = cubicWeights(t, a);
      if (renormalize) withinEnds(weights, first - 1, n);
      weight.set(weights, 4 * o);
    }
  }
  return { width, index, weight };
}

/** Weights of neighbours from `start` on without those beyond the ends, adding up to 1 again. */
function withinEnds(weights: number[], start: number, n: number): void {
  let sum = 0;
  weights.forEach((w, j) => {
    if (start + j < 0 || start + j >= n) weights[j] = 0;
    else sum += w;
  });
  if (sum !== 0) for (let j = 0; j < weights.length; j++) weights[j]! /= sum;
}

function nearest(n: number, { size, coordinates, single }: ResampleAxis, step: number): Taps {
  const round = single ? Math.fround : (x: number): number => x;
  const index = Int32Array.from({ length: size }, (_, o) => {
    const at = round(round(step) * (coordinates === "halfPixel" ? o + 0.5 : o));
    return clip(coordinates === "alignCorners" ? Math.round(at) : Math.floor(at), n);
  });
  return { width: 1, index, weight: new Float64Array(size).fill(1) };
}

const triangle = (x: number): number => Math.max(0, 1 - Math.abs(x));

function cubic(x: number, a: number): number {
  const d = Math.abs(x);
  if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
  return d < 2 ? ((d - 5) * d + 8) * d * a - 4 * a : 0;
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
const lanczos = (x: number, radius: number): number =>
  Math.abs(x) < radius ? sinc(x) * sinc(x / radius) : 0;

const REACH = { nearest: 0, linear: 1, cubic: 2 } as const;

/** All elements under the kernel, which is as wide as an output position where it must not alias; weights sum to 1. */
function covering(n: number, axis: ResampleAxis, step: number): Taps {
  const { size, kernel, coordinates, a = -0.75, radius = 3 } = axis;
  const stretch = axis.antialias ? Math.max(step, 1) : 1;
  const reach = (kernel === "lanczos" ? radius : REACH[kernel]) * stretch;
  const width = Math.ceil(reach) * 2 + 1;
  const index = new Int32Array(size * width);
  const weight = new Float64Array(size * width);
  for (let o = 0; o < size; o++) {
    const center = step * (coordinates === "asymmetric" ? o : o + 0.5);
    const first = Math.max(Math.trunc(center - reach + 0.5), 0);
    const count = Math.min(Math.trunc(center + reach + 0.5), n) - first;
    let sum = 0;
    for (let j = 0; j < count; j++) {
      const x = (first + j - center + 0.5) / stretch;
      const w = kernel === "linear" ? triangle(x) : kernel === "cubic" ? cubic(x, a) : lanczos(x, radius);
      index[o * width + j] = first + j;
      weight[o * width + j] = w;
      sum += w;
    }
    if (sum !== 0) for (let j = 0; j < count; j++) weight[o * width + j]! /= sum;
  }
  return { width, index, weight };
}
