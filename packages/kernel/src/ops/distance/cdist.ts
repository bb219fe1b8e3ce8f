import { DTypeError, ShapeError } from "../../errors/errors.js";
import { Strided, sizeOf } from "../../strided/strided.js";
import { packed, unpack } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp, type Operand } from "../row.js";
import type { Value } from "../value.js";

export interface CdistParams {
  /** Which norm: 0 counts differences, Infinity takes the largest. */
  readonly p: number;
}

function open(op: string, x: Operand, y: Operand) {
  const [a, b] = [x as Strided, y as Strided];
  if (a.dtype.kind !== "float" || a.dtype !== b.dtype)
    throw new DTypeError(op, "b", b.dtype.name, "one floating type for both");
  const lead = a.shape.slice(0, -2);
  if (a.rank < 2 || b.rank !== a.rank || lead.some((n, i) => n !== b.shape[i]))
    throw new ShapeError(op, "b", b.shape, "[…, rows, width] with the leading axes of a");
  const [m, width] = a.shape.slice(-2) as [number, number];
  const n = b.shape[b.rank - 2]!;
  if (b.shape[b.rank - 1] !== width) throw new ShapeError(op, "b", b.shape, `last axis ${width}`);
  return { type: a.dtype, lead, batches: sizeOf(lead), m, n, width, a: packed(a), b: packed(b) };
}

export function distance(
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  width: number,
  p: number,
): number {
  let s = 0;
  if (p === 2) {
    for (let k = 0; k < width; k++) s += (a[i + k]! - b[j + k]!) ** 2;
    return Math.sqrt(s);
  }
  if (p === 1) for (let k = 0; k < width; k++) s += Math.abs(a[i + k]! - b[j + k]!);
  else if (p === 0) for (let k = 0; k < width; k++) s += a[i + k] === b[j + k] ? 0 : 1;
  else if (p === Infinity) for (let k = 0; k < width; k++) s = Math.max(s, Math.abs(a[i + k]! - b[j + k]!));
  else {
    for (let k = 0; k < width; k++) s += Math.abs(a[i + k]! - b[j + k]!) ** p;
    return s ** (1 / p);
  }
  return s;
}

/** How the distance d moves with one coordinate difference; 0 where it has no slope. */
export function slope(diff: number, d: number, p: number): number {
  if (p === 0 || d === 0 || diff === 0) return 0;
  if (p === 2) return diff / d;
  if (p === 1) return Math.sign(diff);
  if (p === Infinity) return Math.abs(diff) === d ? Math.sign(diff) : 0;
  return Math.sign(diff) * (Math.abs(diff) / d) ** (p - 1);
}

/** The p-norm distance of every row of a `[…, m, width]` to every row of b `[…, n, width]`. */
export const cdist = defineOp({
  name: "cdist",
  inputs: ["a", "b"],
  dtype: "float",
  run: ([x, y], { p }: CdistParams) => {
    const { type, lead, batches, m, n, width, a, b } = open("cdist", x!, y!);
    const out = new Float64Array(batches * m * n);
    for (let t = 0, o = 0; t < batches; t++)
      for (let i = 0; i < m; i++)
        for (let j = 0; j < n; j++)
          out[o++] = distance(a, (t * m + i) * width, b, (t * n + j) * width, width, p);
    return unpack(out, Strided.zeros(type, [...lead, m, n]));
  },
  saves: ["a", "b"],
  uses: (): Rows => [cdistGrad],
  vjp: (gy, { a, b }, context) => {
    const { params, higherOrder } = context;
    const [ga, gb] = higherOrder
      ? context.through(([u, v]) => [byParts(u!, v!, params)], [a, b], [gy])
      : gy.cdistGrad(a, b, params);
    return { a: ga, b: gb };
  },
  samples: [
    {
      inputs: [
        [2, 2, 3],
        [2, 1, 3],
      ],
      params: { p: 2 },
    },
    {
      inputs: [
        [2, 2],
        [3, 2],
      ],
      params: { p: 1 },
    },
    {
      inputs: [
        [2, 2],
        [2, 2],
      ],
      params: { p: 3 },
    },
    {
      inputs: [
        [2, 3],
        [1, 3],
      ],
      params: { p: Infinity },
    },
  ],
});

/** Gradients of {@link cdist}; 0 where rows meet. */
export const cdistGrad = defineOp({
  name: "cdistGrad",
  inputs: ["gy", "a", "b"],
  outputs: ["ga", "gb"],
  dtype: "float",
  run: ([grad, x, y], { p }: CdistParams) => {
    const { type, batches, m, n, width, a, b } = open("cdistGrad", x!, y!);
    const g = packed(grad as Strided);
    const [ga, gb] = [new Float64Array(a.length), new Float64Array(b.length)];
    for (let t = 0, o = 0; t < batches; t++)
      for (let i = 0; i < m; i++)
        for (let j = 0; j < n; j++, o++) {
          const [u, v] = [(t * m + i) * width, (t * n + j) * width];
          const d = distance(a, u, b, v, width, p);
          for (let k = 0; k < width; k++) {
            const s = g[o]! * slope(a[u + k]! - b[v + k]!, d, p);
            ga[u + k]! += s;
            gb[v + k]! -= s;
          }
        }
    return [
      unpack(ga, Strided.zeros(type, (x as Strided).shape)),
      unpack(gb, Strided.zeros(type, (y as Strided).shape)),
    ];
  },
  noGradient: "derivatives of derivatives go through the parts of cdist",
});

function byParts(a: Value, b: Value, { p }: CdistParams): Value {
  const axis = a.shape.length - 1;
  const wide = (v: Value, at: number): Value =>
    v.reshape({ shape: [...v.shape.slice(0, at), 1, ...v.shape.slice(at)] });
  return normOf(wide(a, axis).sub(wide(b, axis - 1)), p);
}

/** The p-norm over the last axis, without a slope where it is 0. */
export function normOf(diff: Value, p: number): Value {
  const dims = { dims: [diff.shape.length - 1] };
  if (p === 0) return diff.mul(0).sum(dims);
  const size = diff.abs();
  if (p === 1) return size.sum(dims);
  if (p === Number.POSITIVE_INFINITY) return size.amax(dims);
  // Rows that meet are kept away from the root, whose slope is infinite there.
  const sum = (p === 2 ? diff.square() : size.pow(p)).sum(dims);
  const apart = sum.gt(0);
  return sum
    .where(apart, 1)
    .pow(1 / p)
    .where(apart, 0);
}
