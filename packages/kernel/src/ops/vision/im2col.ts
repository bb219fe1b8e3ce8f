import { float32, float64 } from "../../dtype/dtype.js";
import { ShapeError } from "../../errors/errors.js";
import { castTo } from "../../strided/copy.js";
import { type Shape, Strided } from "../../strided/strided.js";
import { type Geometry, geometryOf, imageStrides } from "../conv/geometry.js";
import { gatherPatches, patchesAtOnce, planFor, planPatches, scatterPatches } from "../conv/patches.js";
import { linearByParts } from "../engines/complex-parts.js";
import { packed, unpack } from "../engines/pack.js";
import type { WindowParams } from "../engines/windows.js";
import type { Rows } from "../row.js";
import { defineOp } from "../row.js";

const geometry = (op: string, x: Shape, p: WindowParams): Geometry =>
  geometryOf(op, x, [1, x[1]!, ...p.kernel], { ...p, groups: 1 });

/** Runs `map` on a real array that float64 holds exactly, complex ones by parts. */
function real(x: Strided, map: (x: Strided) => Strided): Strided {
  if (x.dtype.lanes === 2) return linearByParts(map, x);
  if (x.dtype.half) return castTo(map(castTo(x, float32)), x.dtype);
  return x.dtype.kind === "float" ? map(x) : castTo(map(castTo(x, float64)), x.dtype);
}

/**
 * The patches of images `[batch, channels, …spatial]` as columns: `[batch, channels · kernel elements, positions]`, zeros
 * where a patch reaches beyond the image.
 */
export const im2col = defineOp({
  name: "im2col",
  inputs: ["x"],
  dtype: "same",
  run: ([operand], p: WindowParams) =>
    real(operand as Strided, (x) => {
      const g = geometry("im2col", x.shape, p);
      const plan = planFor(g, x);
      const chunk = patchesAtOnce(g);
      const patches = new Float64Array(chunk * g.patch);
      const y = Strided.zeros(x.dtype, [g.batch, g.patch, g.positions]);
      const [data, out] = [x.data, y.data as Float64Array];
      const { batch } = imageStrides(x);
      for (let n = 0; n < g.batch; n++)
        for (let at = 0; at < g.positions; at += chunk) {
          const end = Math.min(at + chunk, g.positions);
          gatherPatches(plan, data, x.offset + n * batch, at, end, patches);
          for (let k = 0; k < g.patch; k++)
            for (let i = at, o = (n * g.patch + k) * g.positions + at; i < end; i++, o++)
              out[o] = patches[(i - at) * g.patch + k]!;
        }
      return y;
    }),
  uses: (): Rows => [col2im],
  vjp: (gy, _saved, { params, shape }) => ({ x: gy.col2im({ ...params, spatial: shape(0).slice(2) }) }),
  samples: [
    {
      inputs: [[2, 2, 3, 4]],
      params: {
        kernel: [2, 3],
        stride: [1, 2],
        padding: [
          [1, 0],
          [0, 1],
        ],
        dilation: [2, 1],
      },
    },
    { inputs: [[1, 2, 4]], params: { kernel: [2], stride: [2], padding: [[0, 0]], dilation: [1] } },
  ],
});

export interface Col2imParams extends WindowParams {
  /** Lengths of the images' axes. */
  readonly spatial: Shape;
}

/** The transpose of {@link im2col}: columns added up to images where patches overlap. */
export const col2im = defineOp({
  name: "col2im",
  inputs: ["columns"],
  dtype: "same",
  run: ([operand], { spatial, ...p }: Col2imParams) =>
    real(operand as Strided, (columns) => {
      const taps = p.kernel.reduce((n, k) => n * k, 1);
      const [batch, rows, positions] = columns.shape as readonly [number, number, number];
      if (columns.rank !== 3 || rows % taps !== 0)
        throw new ShapeError("col2im", "columns", columns.shape, `[batch, channels·${taps}, positions]`);
      const shape = [batch, rows / taps, ...spatial];
      const g = geometry("col2im", shape, p);
      if (positions !== g.positions)
        throw new ShapeError("col2im", "columns", columns.shape, `${g.positions} positions`);
      const places = g.input[0] * g.input[1] * g.input[2];
      const plan = planPatches(g, places, [g.input[1] * g.input[2], g.input[2], 1]);
      const data = packed(columns);
      const chunk = patchesAtOnce(g);
      const patches = new Float64Array(chunk * g.patch);
      const images = new Float64Array(batch * g.inChannels * places);
      for (let n = 0; n < batch; n++)
        for (let at = 0; at < positions; at += chunk) {
          const end = Math.min(at + chunk, positions);
          for (let k = 0; k < g.patch; k++)
            for (let i = at, o = (n * g.patch + k) * positions + at; i < end; i++, o++)
              patches[(i - at) * g.patch + k] = data[o]!;
          scatterPatches(plan, patches, at, end, images, n * g.inChannels * places);
        }
      return unpack(images, Strided.zeros(columns.dtype, shape));
    }),
  uses: (): Rows => [im2col],
  vjp: (g, _saved, { params: { spatial: _, ...params } }) => ({ columns: g.im2col(params) }),
  samples: [
    {
      inputs: [[1, 8, 6]],
      params: {
        kernel: [2, 2],
        stride: [1, 1],
        padding: [
          [0, 0],
          [0, 1],
        ],
        dilation: [1, 1],
        spatial: [3, 3],
      },
    },
  ],
});
