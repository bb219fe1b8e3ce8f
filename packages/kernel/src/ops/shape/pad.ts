import { int32 } from "../../dtype/dtype.js";
import { ParamError } from "../../errors/errors.js";
import { copyInto } from "../../strided/copy.js";
import { Strided } from "../../strided/strided.js";
import { index } from "../indexing/index-op.js";
import { defineOp } from "../row.js";
import { fill } from "../scalar.js";
import type { Value } from "../value.js";

export interface PadParams {
  /** How many elements are added before and after, one pair an axis; negative ones take elements away. */
  readonly pads: readonly (readonly [number, number])[];
  /**
   * What is added: a constant (0 unless `value` is given), the mirrored elements without or with the edge (`reflect`,
   * `symmetric`), the edge repeated (`replicate`), or the elements of the other end (`circular`).
   */
  readonly mode?: "constant" | "reflect" | "symmetric" | "replicate" | "circular";
  readonly value?: number;
}

/** Which element of an axis of length n stands at each place of the padded axis. */
function sources(n: number, [before, after]: readonly [number, number], mode: string): Int32Array {
  const out = new Int32Array(Math.max(n + before + after, 0));
  if (n === 0 && out.length > 0) throw new ParamError("pad", "x", "an empty axis", "elements to repeat");
  for (let i = 0; i < out.length; i++) {
    const at = i - before;
    out[i] =
      mode === "replicate"
        ? Math.min(Math.max(at, 0), n - 1)
        : mode === "circular"
          ? ((at % n) + n) % n
          : mirrored(at, n, mode === "symmetric" ? 1 : 0);
  }
  return out;
}

/** The place in [0, n) that a place outside mirrors, again and again where it lies far out. */
function mirrored(at: number, n: number, edge: 0 | 1): number {
  if (n === 1) return 0;
  const period = 2 * (n - 1 + edge);
  const r = ((at % period) + period) % period;
  return r < n ? r : period - r - edge;
}

/** x with elements added at (or taken from) the ends of its axes. */
export const pad = defineOp({
  name: "pad",
  inputs: ["x"],
  dtype: "same",
  run: ([operand], { pads, mode = "constant", value = 0 }: PadParams) => {
    const x = operand as Strided;
    if (mode !== "constant")
      return pads.reduce<Strided>(
        (v, p, axis) =>
          p[0] === 0 && p[1] === 0
            ? v
            : (index.run([v], alongAxis(v.shape[axis]!, p, mode, axis)) as Strided),
        copyInto(Strided.zeros(x.dtype, x.shape), x),
      );
    const y = Strided.zeros(
      x.dtype,
      x.shape.map((n, i) => Math.max(n + pads[i]![0] + pads[i]![1], 0)),
    );
    if (value !== 0) fill(y, value);
    const [from, to] = [inner(x, pads, -1), inner(y, pads, 1)];
    copyInto(to, from);
    return y;
  },
  vjp: (gy, _saved, { params, shape }) => {
    const { pads, mode = "constant" } = params;
    if (mode === "constant")
      return { x: gy.pad({ pads: pads.map(([before, after]) => [-before, -after] as const) }) };
    let g: Value = gy;
    for (let axis = pads.length - 1; axis >= 0; axis--) {
      const p = pads[axis]!;
      if (p[0] === 0 && p[1] === 0) continue;
      const n = shape(0)[axis]!;
      const target = g.full(
        g.shape.map((m, i) => (i === axis ? n : m)),
        0,
      );
      g = target.indexPut(g, { ...alongAxis(n, p, mode, axis), accumulate: true });
    }
    return { x: g };
  },
  samples: [
    {
      inputs: [[2, 3]],
      params: {
        pads: [
          [1, 0],
          [2, 1],
        ],
        value: 0.5,
      },
    },
    {
      inputs: [[3, 4]],
      params: {
        pads: [
          [-1, 1],
          [0, -2],
        ],
      },
    },
    {
      inputs: [[3, 4]],
      params: {
        pads: [
          [2, 1],
          [0, 3],
        ],
        mode: "reflect",
      },
    },
    {
      inputs: [[3, 2]],
      params: {
        pads: [
          [1, 0],
          [2, 1],
        ],
        mode: "replicate",
      },
    },
    {
      inputs: [[3, 2]],
      params: {
        pads: [
          [1, 2],
          [0, 1],
        ],
        mode: "circular",
      },
    },
    {
      inputs: [[3, 2]],
      params: {
        pads: [
          [1, 2],
          [0, 1],
        ],
        mode: "symmetric",
      },
    },
  ],
});

/** The part that x and y have in common, seen in x (sign −1) or in y (sign 1). */
function inner(v: Strided, pads: PadParams["pads"], sign: 1 | -1): Strided {
  let { offset } = v;
  const shape = v.shape.map((n, i) => {
    const [before, after] = [Math.max(sign * pads[i]![0], 0), Math.max(sign * pads[i]![1], 0)];
    offset += before * v.strides[i]!;
    return Math.max(n - before - after, 0);
  });
  return v.view(shape, v.strides, offset);
}

function alongAxis(n: number, p: readonly [number, number], mode: string, axis: number) {
  const at = sources(n, p, mode);
  return { indices: [...new Array<null>(axis).fill(null), Strided.over(at, int32, [at.length])] };
}
