import { float32, type NumericData } from "../../dtype/dtype.js";
import { ShapeError } from "../../errors/errors.js";
import { castTo } from "../../strided/copy.js";
import type { Strided } from "../../strided/strided.js";
import { fastKernel } from "../../wasm/registry.js";
import { add } from "../elementwise/add.js";
import { bilinearByParts, conjugate } from "../engines/complex-parts.js";
import { packed } from "../engines/pack.js";
import { realGemm } from "../linalg/gemm.js";
import type { Rows } from "../row.js";
import { defineOp, type OpRow } from "../row.js";
import type { Value } from "../value.js";
import { convolveBig } from "./big.js";
import { convInput } from "./conv-input.js";
import { convWeight } from "./conv-weight.js";
import { type ConvParams, type Geometry, geometryOf, imageLike, imageStrides, oneType } from "./geometry.js";
import { gatherPatches, patchesAtOnce, planFor } from "./patches.js";

/**
 * y[n, o, p] = b[o] + Σ over c, k of x[n, c, p·stride + k·dilation − before] · w[o, c, k], outside of x counted as 0.
 *
 * x is `[batch, channels, …spatial]` with one to three spatial axes, w `[out, channels/groups, …kernel]`, b `[out]`;
 * all may be views of any strides, and y lies in memory as x does (channels last there, channels last here).
 * With {@link convInput} and {@link convWeight} the family is closed under differentiation.
 */
export const conv: OpRow<ConvParams> = defineOp({
  name: "conv",
  inputs: ["x", "w", "b"],
  optional: ["b"],
  dtype: "same",
  run: ([image, kernel, bias], p: ConvParams) => {
    const [x, w, b] = [image as Strided, kernel as Strided, bias as Strided | null];
    const type = oneType("conv", ["x", "w", "b"], [x, w, b]);
    const g = geometryOf("conv", x.shape, w.shape, p);
    const shape = [g.batch, g.groups * g.outChannels, ...g.output.slice(5 - x.rank)];
    if (b && (b.rank !== 1 || b.shape[0] !== shape[1]))
      throw new ShapeError("conv", "b", b.shape, `[${shape[1]}]`);
    if (type.lanes === 2) {
      const y = bilinearByParts((u, v) => conv.run([u, v, null], p) as Strided, x, w, type);
      return b ? (add.run([y, perChannel(b, y.rank)], undefined) as Strided) : y;
    }
    if (type.half) {
      const [u, v, c] = [x, w, b].map((a) => a && castTo(a, float32)) as [Strided, Strided, Strided | null];
      return castTo(conv.run([u, v, c], p) as Strided, type);
    }
    const y = imageLike(x, type, shape);
    if (y.size === 0 || fastKernel(conv, type)?.([x, w, b], y, p)) return y;
    if (type.big) convolveBig(g, x, w, b, y);
    else convolve(g, x, w, b, y);
    return y;
  },
  saves: ["x", "w"],
  saveIf: { x: "w", w: "x" },
  uses: (): Rows => [convInput, convWeight],
  vjp: (gy, { x, w }, { params, needs, shape }) => ({
    x: needs(0) ? gy.convInput(conjugate(w), null, { ...params, spatial: shape(0).slice(2) }) : null,
    w: needs(1) ? conjugate(x).convWeight(gy, { ...params, kernel: shape(1).slice(2) }) : null,
    b: needs(2) ? sumOverImages(gy) : null,
  }),
  simd: "f32",
  samples: [
    {
      inputs: [[2, 4, 5], [6, 2, 3], [6]],
      params: { stride: [2], padding: [[1, 2]], dilation: [1], groups: 2 },
    },
    {
      inputs: [[1, 2, 4, 3], [2, 2, 2, 2], null],
      params: {
        stride: [1, 2],
        padding: [
          [0, 1],
          [1, 1],
        ],
        dilation: [2, 1],
        groups: 1,
      },
    },
    {
      inputs: [[1, 1, 3, 3, 2], [2, 1, 2, 2, 1], [2]],
      params: {
        stride: [1, 1, 1],
        padding: [
          [0, 0],
          [1, 0],
          [0, 0],
        ],
        dilation: [1, 1, 1],
        groups: 1,
      },
    },
    {
      inputs: [{ shape: [1, 2, 3], dtype: "complex128" }, { shape: [1, 2, 2], dtype: "complex128" }, null],
      params: { stride: [1], padding: [[0, 0]], dilation: [1], groups: 1 },
    },
  ],
});

/** The gradient of a bias: everything summed but the channels. */
export const sumOverImages = (gy: Value): Value =>
  gy.sum({ dims: gy.shape.map((_, i) => i).filter((i) => i !== 1) });

/** b as it broadcasts over images of `rank` axes. */
export const perChannel = (b: Strided, rank: number): Strided =>
  b.view(
    [b.shape[0]!, ...new Array<number>(rank - 2).fill(1)],
    [b.strides[0]!, ...new Array<number>(rank - 2).fill(0)],
  );

/** Patches of one image, a few hundred at a time, against all kernels of the group. */
function convolve(g: Geometry, x: Strided, w: Strided, b: Strided | null, y: Strided): void {
  const { positions, patch, outChannels: m } = g;
  const plan = planFor(g, x);
  const kernels = packed(w);
  const bias = b && packed(b);
  const chunk = patchesAtOnce(g);
  const patches = new Float64Array(chunk * patch);
  const sums = new Float64Array(m * chunk);
  const [xs, ys] = [imageStrides(x), imageStrides(y)];
  const [from, to] = [x.data, y.data as NumericData];
  // Output positions follow each other at one step in both layouts that `imageLike` makes.
  const step = y.rank === 2 ? 1 : y.strides[y.rank - 1]!;
  for (let n = 0; n < g.batch; n++)
    for (let group = 0; group < g.groups; group++) {
      const base = x.offset + n * xs.batch + group * g.inChannels * xs.channel;
      const target = y.offset + n * ys.batch + group * m * ys.channel;
      for (let p = 0; p < positions; p += chunk) {
        const count = Math.min(chunk, positions - p);
        gatherPatches(plan, from, base, p, p + count, patches);
        realGemm(
          { data: kernels, at: group * m * patch, row: patch, col: 1 },
          { data: patches, at: 0, row: 1, col: patch },
          { data: sums, at: 0, row: count, col: 1 },
          m,
          count,
          patch,
        );
        for (let o = 0; o < m; o++) {
          const more = bias ? bias[group * m + o]! : 0;
          let at = target + o * ys.channel + p * step;
          for (let i = 0; i < count; i++, at += step) to[at] = sums[o * count + i]! + more;
        }
      }
    }
}
