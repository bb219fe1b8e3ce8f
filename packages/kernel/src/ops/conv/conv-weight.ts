import { float32 } from "../../dtype/dtype.js";
import { DTypeError, ShapeError } from "../../errors/errors.js";
import { castTo } from "../../strided/copy.js";
import type { Shape, Strided } from "../../strided/strided.js";
import { fastKernel } from "../../wasm/registry.js";
import { bilinearByParts, conjugate } from "../engines/complex-parts.js";
import { packed, unpack } from "../engines/pack.js";
import { realGemm } from "../linalg/gemm.js";
import type { Rows } from "../row.js";
import { defineOp, type OpRow } from "../row.js";
import { conv } from "./conv.js";
import { convInput, convParams } from "./conv-input.js";
import {
  type ConvParams,
  type Geometry,
  geometryOf,
  imageStrides,
  kernelsLike,
  oneType,
} from "./geometry.js";
import { gatherPatches, patchesAtOnce, planFor } from "./patches.js";

export interface ConvWeightParams extends ConvParams {
  /** Lengths of the kernel's axes. */
  readonly kernel: Shape;
}

/**
 * The transpose of {@link conv} in its kernel: w[o, c, k] = Σ over n, p of x[n, c, p·stride + k·dilation − before] ·
 * gy[n, o, p].
 */
export const convWeight: OpRow<ConvWeightParams> = defineOp({
  name: "convWeight",
  inputs: ["x", "gy"],
  dtype: "same",
  run: ([image, grad], p: ConvWeightParams) => {
    const [x, gy] = [image as Strided, grad as Strided];
    const type = oneType("convWeight", ["x", "gy"], [x, gy]);
    const shape = [gy.shape[1]!, x.shape[1]! / p.groups, ...p.kernel];
    const g = geometryOf("convWeight", x.shape, shape, p);
    const output = g.output.slice(5 - gy.rank);
    if (gy.shape[0] !== x.shape[0] || output.some((n, i) => n !== gy.shape[2 + i]))
      throw new ShapeError("convWeight", "gy", gy.shape, `[${x.shape[0]}, out, ${output.join(", ")}]`);
    if (type.lanes === 2) return bilinearByParts((u, v) => convWeight.run([u, v], p) as Strided, x, gy, type);
    if (type.kind !== "float") throw new DTypeError("convWeight", "x", type.name, "a floating type");
    if (type.half)
      return castTo(convWeight.run([castTo(x, float32), castTo(gy, float32)], p) as Strided, type);
    const y = kernelsLike(x, gy, type, shape);
    if (y.size === 0 || gy.size === 0) return y;
    if (fastKernel(convWeight, type)?.([x, gy], y, p)) return y;
    return unpack(correlate(g, x, gy), y);
  },
  saves: ["x", "gy"],
  saveIf: { x: "gy", gy: "x" },
  uses: (): Rows => [convInput, conv],
  vjp: (gw, { x, gy }, { params, needs, shape }) => ({
    x: needs(0)
      ? conjugate(gy).convInput(gw, null, { ...convParams(params), spatial: shape(0).slice(2) })
      : null,
    gy: needs(1) ? conjugate(x).conv(gw, null, convParams(params)) : null,
  }),
  simd: "f32",
  samples: [
    {
      inputs: [
        [2, 4, 5],
        [2, 2, 2],
      ],
      params: { stride: [2], padding: [[0, 1]], dilation: [1], groups: 2, kernel: [3] },
    },
    {
      inputs: [
        [1, 2, 3, 4],
        [1, 2, 3, 2],
      ],
      params: {
        stride: [1, 1],
        padding: [
          [1, 0],
          [0, 0],
        ],
        dilation: [1, 2],
        groups: 1,
        kernel: [2, 2],
      },
    },
    {
      inputs: [
        { shape: [1, 2, 3], dtype: "complex128" },
        { shape: [1, 1, 2], dtype: "complex128" },
      ],
      params: { stride: [1], padding: [[0, 0]], dilation: [1], groups: 1, kernel: [2] },
    },
  ],
});

/** Patches, a few hundred at a time, against the gradients of all images. */
function correlate(g: Geometry, x: Strided, gy: Strided): Float64Array {
  const { positions, patch, outChannels: m, groups } = g;
  const plan = planFor(g, x);
  const chunk = patchesAtOnce(g);
  const patches = new Float64Array(chunk * patch);
  const part = new Float64Array(m * patch);
  const grads = packed(gy);
  const sums = new Float64Array(groups * m * patch);
  const xs = imageStrides(x);
  const from = x.data;
  for (let n = 0; n < g.batch; n++)
    for (let group = 0; group < groups; group++) {
      const base = x.offset + n * xs.batch + group * g.inChannels * xs.channel;
      for (let p = 0; p < positions; p += chunk) {
        const count = Math.min(chunk, positions - p);
        gatherPatches(plan, from, base, p, p + count, patches);
        const at = (n * groups + group) * m * positions + p;
        realGemm(
          { data: grads, at, row: positions, col: 1 },
          { data: patches, at: 0, row: patch, col: 1 },
          { data: part, at: 0, row: patch, col: 1 },
          m,
          patch,
          count,
        );
        for (let i = 0; i < part.length; i++) sums[group * m * patch + i]! += part[i]!;
      }
    }
  return sums;
}
