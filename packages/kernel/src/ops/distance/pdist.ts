import { int64 } from "../../dtype/dtype.js";
import { DTypeError, ShapeError } from "../../errors/errors.js";
import { storeIntegers } from "../../strided/integers.js";
import { Strided } from "../../strided/strided.js";
import { packed, unpack } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp, type Operand } from "../row.js";
import { type CdistParams, distance, normOf, slope } from "./cdist.js";

function open(op: string, operand: Operand) {
  const x = operand as Strided;
  if (x.dtype.kind !== "float") throw new DTypeError(op, "x", x.dtype.name, "a floating type");
  if (x.rank !== 2) throw new ShapeError(op, "x", x.shape, "[rows, width]");
  const [n, width] = x.shape as readonly [number, number];
  return { type: x.dtype, n, width, count: (n * (n - 1)) / 2, data: packed(x) };
}

/** The p-norm distances between every two rows of x `[rows, width]`: row 0 to all after it, row 1 to all after it … */
export const pdist = defineOp({
  name: "pdist",
  inputs: ["x"],
  dtype: "float",
  run: ([x], { p }: CdistParams) => {
    const { type, n, width, count, data } = open("pdist", x!);
    const out = new Float64Array(count);
    for (let i = 0, o = 0; i < n; i++)
      for (let j = i + 1; j < n; j++) out[o++] = distance(data, i * width, data, j * width, width, p);
    return unpack(out, Strided.zeros(type, [count]));
  },
  saves: ["x"],
  uses: (): Rows => [pdistGrad],
  vjp: (gy, { x }, context) => {
    const { params, higherOrder } = context;
    if (!higherOrder) return { x: gy.pdistGrad(x, params) };
    const [first, second] = pairs(x.shape[0]!);
    const [gx] = context.through(
      ([u]) => [normOf(u!.index({ indices: [first] }).sub(u!.index({ indices: [second] })), params.p)],
      [x],
      [gy],
    );
    return { x: gx! };
  },
  samples: [
    { inputs: [[3, 2]], params: { p: 2 } },
    { inputs: [[3, 2]], params: { p: 3 } },
  ],
});

/** The rows of every pair. */
function pairs(n: number): [Strided, Strided] {
  const count = (n * (n - 1)) / 2;
  const [a, b] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0, o = 0; i < n; i++)
    for (let j = i + 1; j < n; j++, o++) {
      a[o] = i;
      b[o] = j;
    }
  return [a, b].map((values) => {
    const y = Strided.zeros(int64, [count]);
    storeIntegers(y, 0, 1, values, count);
    return y;
  }) as [Strided, Strided];
}

/** The gradient of {@link pdist}; 0 where rows meet. */
export const pdistGrad = defineOp({
  name: "pdistGrad",
  inputs: ["gy", "x"],
  dtype: "float",
  run: ([gy, x], { p }: CdistParams) => {
    const { type, n, width, data } = open("pdistGrad", x!);
    const g = packed(gy as Strided);
    const out = new Float64Array(data.length);
    for (let i = 0, o = 0; i < n; i++)
      for (let j = i + 1; j < n; j++, o++) {
        const [u, v] = [i * width, j * width];
        const d = distance(data, u, data, v, width, p);
        for (let k = 0; k < width; k++) {
          const s = g[o]! * slope(data[u + k]! - data[v + k]!, d, p);
          out[u + k]! += s;
          out[v + k]! -= s;
        }
      }
    return unpack(out, Strided.zeros(type, [n, width]));
  },
  noGradient: "derivatives of derivatives go through the parts of pdist",
});
