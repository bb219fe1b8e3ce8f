import { float32, type NumericData } from "../../dtype/dtype.js";
import { ShapeError } from "../../errors/errors.js";
import { castTo } from "../../strided/copy.js";
import type { Shape, Strided } from "../../strided/strided.js";
import { fastKernel } from "../../wasm/registry.js";
import { add } from "../elementwise/add.js";
import { bilinearByParts, conjugate } from "../engines/complex-parts.js";
import { packed } from "../engines/pack.js";
import { realGemm } from "../linalg/gemm.js";
import type { Rows } from "../row.js";
import { defineOp, type OpRow } from "../row.js";
import { convolveBackBig } from "./big.js";
import { conv, perChannel, sumOverImages } from "./conv.js";
import { convWeight } from "./conv-weight.js";
import { type ConvParams, type Geometry, geometryOf, imageLike, imageStrides, oneType } from "./geometry.js";
import { patchesAtOnce, planPatches, scatterPatches } from "./patches.js";

export interface ConvInputParams extends ConvParams {
  /** Lengths of the spatial axes of the image that {@link conv} would take to `gy`. */
  readonly spatial: Shape;
}

/**
 * The transpose of {@link conv} in its image: every element of gy `[batch, out, …]` lays its multiple of the kernel
 * w `[out, channels/groups, …kernel]` into an image `[batch, channels, …spatial]`. With a bias `[channels]` added it is
 * the transposed convolution of the libraries.
 */
export const convInput: OpRow<ConvInputParams> = defineOp({
  name: "convInput",
  inputs: ["gy", "w", "b"],
  optional: ["b"],
  dtype: "same",
  run: ([grad, kernel, bias], p: ConvInputParams) => {
    const [gy, w, b] = [grad as Strided, kernel as Strided, bias as Strided | null];
    const type = oneType("convInput", ["gy", "w", "b"], [gy, w, b]);
    if (w.rank !== gy.rank || gy.shape[1] !== w.shape[0])
      throw new ShapeError(
        "convInput",
        "gy",
        gy.shape,
        `${w.shape[0]} channels (w is [${w.shape.join(", ")}])`,
      );
    const shape = [gy.shape[0]!, w.shape[1]! * p.groups, ...p.spatial];
    const g = geometryOf("convInput", shape, w.shape, p);
    const output = g.output.slice(5 - gy.rank);
    if (output.some((n, i) => n !== gy.shape[2 + i]))
      throw new ShapeError("convInput", "gy", gy.shape, `spatial axes [${output.join(", ")}]`);
    if (b && (b.rank !== 1 || b.shape[0] !== shape[1]))
      throw new ShapeError("convInput", "b", b.shape, `[${shape[1]}]`);
    if (type.lanes === 2) {
      const y = bilinearByParts((u, v) => convInput.run([u, v, null], p) as Strided, gy, w, type);
      return b ? (add.run([y, perChannel(b, y.rank)], undefined) as Strided) : y;
    }
    if (type.half) {
      const [u, v, c] = [gy, w, b].map((a) => a && castTo(a, float32)) as [Strided, Strided, Strided | null];
      return castTo(convInput.run([u, v, c], p) as Strided, type);
    }
    const y = imageLike(gy, type, shape);
    if (y.size === 0 || fastKernel(convInput, type)?.([gy, w, b], y, p)) return y;
    if (type.big) convolveBackBig(g, gy, w, b, y);
    else convolveBack(g, gy, w, b, y);
    return y;
  },
  saves: ["gy", "w"],
  saveIf: { gy: "w", w: "gy" },
  uses: (): Rows => [conv, convWeight],
  vjp: (g, { gy, w }, { params, needs, shape }) => ({
    gy: needs(0) ? g.conv(conjugate(w), null, convParams(params)) : null,
    w: needs(1) ? g.convWeight(conjugate(gy), { ...convParams(params), kernel: shape(1).slice(2) }) : null,
    b: needs(2) ? sumOverImages(g) : null,
  }),
  simd: "f32",
  samples: [
    {
      inputs: [[2, 4, 2], [4, 1, 3], [2]],
      params: { stride: [2], padding: [[1, 0]], dilation: [1], groups: 2, spatial: [5] },
    },
    {
      inputs: [[1, 2, 2, 3], [2, 1, 2, 2], null],
      params: {
        stride: [2, 1],
        padding: [
          [0, 0],
          [1, -1],
        ],
        dilation: [1, 2],
        groups: 1,
        spatial: [4, 5],
      },
    },
    {
      inputs: [{ shape: [1, 2, 2], dtype: "complex128" }, { shape: [2, 1, 2], dtype: "complex128" }, null],
      params: { stride: [1], padding: [[0, 0]], dilation: [1], groups: 1, spatial: [3] },
    },
  ],
});

/** What {@link conv} takes, out of the parameters of its derivatives. */
export const convParams = ({ stride, padding, dilation, groups }: ConvParams): ConvParams => ({
  stride,
  padding,
  dilation,
  groups,
});

/** The patches that each output element contributes, a few hundred positions at a time, added up per image. */
function convolveBack(g: Geometry, gy: Strided, w: Strided, b: Strided | null, gx: Strided): void {
  const { positions, patch, outChannels: m, inChannels } = g;
  const places = g.input[0] * g.input[1] * g.input[2];
  const plan = planPatches(g, places, [g.input[1] * g.input[2], g.input[2], 1]);
  const kernels = packed(w);
  const bias = b && packed(b);
  const chunk = patchesAtOnce(g);
  const patches = new Float64Array(chunk * patch);
  const image = new Float64Array(inChannels * places);
  const grads = packed(gy);
  const ys = imageStrides(gx);
  const to = gx.data as NumericData;
  const step = gx.rank === 2 ? 1 : gx.strides[gx.rank - 1]!;
  for (let n = 0; n < g.batch; n++)
    for (let group = 0; group < g.groups; group++) {
      image.fill(0);
      for (let p = 0; p < positions; p += chunk) {
        const count = Math.min(chunk, positions - p);
        realGemm(
          { data: grads, at: (n * g.groups + group) * m * positions + p, row: 1, col: positions },
          { data: kernels, at: group * m * patch, row: patch, col: 1 },
          { data: patches, at: 0, row: patch, col: 1 },
          count,
          patch,
          m,
        );
        scatterPatches(plan, patches, p, p + count, image, 0);
      }
      for (let c = 0; c < inChannels; c++) {
        const more = bias ? bias[group * inChannels + c]! : 0;
        let at = gx.offset + n * ys.batch + (group * inChannels + c) * ys.channel;
        for (let i = 0; i < places; i++, at += step) to[at] = image[c * places + i]! + more;
      }
    }
}
