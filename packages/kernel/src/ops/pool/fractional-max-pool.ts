import { float64, type NumericData } from "../../dtype/dtype.js";
import { ShapeError } from "../../errors/errors.js";
import { castTo, contiguous } from "../../strided/copy.js";
import { type Shape, Strided, sizeOf } from "../../strided/strided.js";
import type { Rows } from "../row.js";
import { defineOp } from "../row.js";
import { maxOverWindows, toPlaces } from "./max-engine.js";
import { maxUnpool } from "./max-unpool.js";
import { checkAxes, fromStarts, threeAxes } from "./windows.js";

export interface FractionalParams {
  readonly kernel: readonly number[];
  /** Lengths of the last axes of the result. */
  readonly output: readonly number[];
}

/**
 * Maximum over windows whose starts are spread at a step (length − kernel)/(output − 1) that is no whole number, shifted
 * by a sample u in [0, 1) for each plane and axis: start o = ⌊(o + u)·step⌋ − ⌊u·step⌋, the last at length − kernel.
 *
 * x is `[…, …spatial]`, samples `[…, axes]`.
 */
export const fractionalMaxPool = defineOp({
  name: "fractionalMaxPool",
  inputs: ["x", "samples"],
  outputs: ["y", "index"],
  dtype: "same",
  run: ([operand, draws], { kernel, output }: FractionalParams) => {
    const x = operand as Strided;
    const samples = contiguous(castTo(draws as Strided, float64));
    const axes = kernel.length;
    checkAxes("fractionalMaxPool", x.shape, axes);
    const lead = x.shape.slice(0, -axes);
    if (samples.rank !== lead.length + 1 || samples.size !== sizeOf(lead) * axes)
      throw new ShapeError("fractionalMaxPool", "samples", samples.shape, `[${[...lead, axes].join(", ")}]`);
    const u = samples.flat() as NumericData;
    const ys: Strided[] = [];
    const indices: Strided[] = [];
    const plane = x.shape.slice(-axes);
    for (let k = 0; k < sizeOf(lead); k++) {
      const windows = plane.map((length, i) => {
        const starts = spread(u[k * axes + i]!, length, output[i]!, kernel[i]!);
        return fromStarts(starts, () => kernel[i]!, 1, length, 0);
      });
      const [y, index] = maxOverWindows("fractionalMaxPool", planeAt(x, lead, k), threeAxes(windows), axes);
      ys.push(y);
      indices.push(index);
    }
    return [
      joined(ys, x.dtype, [...lead, ...output]),
      joined(indices, indices[0]?.dtype ?? x.dtype, [...lead, ...output]),
    ];
  },
  saves: ["index"],
  uses: (): Rows => [maxUnpool],
  vjps: ({ y }, { index }, { params, shape }) => ({
    x: y && toPlaces(y, index, params.kernel.length, shape(0)),
  }),
  samples: [
    {
      inputs: [[2, 1, 5, 4], { shape: [2, 1, 2], values: [0.2, 0.7, 0.4, 0.9] }],
      params: { kernel: [2, 2], output: [3, 2] },
      constant: ["samples"],
    },
  ],
  source: "Graham, Fractional max-pooling, 2014",
});

function spread(u: number, length: number, output: number, kernel: number): number[] {
  const step = output > 1 ? (length - kernel) / (output - 1) : 0;
  return Array.from({ length: output }, (_, o) =>
    o === output - 1 ? length - kernel : Math.floor((o + u) * step) - Math.floor(u * step),
  );
}

function planeAt(x: Strided, lead: Shape, k: number): Strided {
  let rest = k;
  let at = x.offset;
  for (let i = lead.length - 1; i >= 0; i--) {
    at += (rest % lead[i]!) * x.strides[i]!;
    rest = Math.floor(rest / lead[i]!);
  }
  return x.view(x.shape.slice(lead.length), x.strides.slice(lead.length), at);
}

function joined(planes: readonly Strided[], dtype: Strided["dtype"], shape: Shape): Strided {
  const y = Strided.zeros(dtype, shape);
  let at = 0;
  for (const p of planes) {
    (y.data as Float64Array).set(p.flat() as Float64Array, at);
    at += p.size;
  }
  return y;
}
