import { isInteger } from "../../dtype/dtype.js";
import { DTypeError } from "../../errors/errors.js";
import { normalizeAxis } from "../../strided/axes.js";
import { type Line, storeLine, wholeLine } from "../../strided/lines.js";
import { contiguousStrides, Strided } from "../../strided/strided.js";
import { defineOp } from "../row.js";
import type { Value } from "../value.js";
import { cornerGrad } from "./gather.js";
import { type GatherParams, named, walkNamed } from "./named.js";

export interface ScatterReduceParams extends GatherParams {
  readonly reduce: "sum" | "mean" | "prod" | "amax" | "amin";
  /** What x holds takes part (the default); else it only stays where no index points. */
  readonly includeSelf?: boolean;
}

type Combine = (a: number, b: number) => number;

const COMBINE: Readonly<Record<ScatterReduceParams["reduce"], Combine>> = {
  sum: (a, b) => a + b,
  mean: (a, b) => a + b,
  prod: (a, b) => a * b,
  // NaN wins.
  amax: (a, b) => (b > a || Number.isNaN(b) ? b : a),
  amin: (a, b) => (b < a || Number.isNaN(b) ? b : a),
};

/** x with the elements of src combined into the positions that the index names. */
export const scatterReduce = defineOp({
  name: "scatterReduce",
  inputs: ["x", "index", "src"],
  dtype: "same",
  run: ([operand, names, values], { dim, wrap, reduce, includeSelf = true }: ScatterReduceParams) => {
    const [x, index, src] = [operand as Strided, names as Strided, values as Strided];
    const { dtype } = x;
    if (dtype.lanes === 2) throw new DTypeError("scatterReduce", "x", dtype.name, "a real type");
    const y = Strided.zeros(dtype, x.shape);
    const axis = normalizeAxis("scatterReduce", dim, x.rank);
    const corner = src.view(index.shape, src.strides);
    const flat = corner.view(index.shape, contiguousStrides(index.shape), 0);
    const line = wholeLine(x).slice() as Float64Array;
    const from = wholeLine(corner) as Float64Array;
    const counts = new Int32Array(line.length).fill(includeSelf ? 1 : 0);
    const walk = walkNamed("scatterReduce", y, index, flat, axis, wrap);
    const combine = COMBINE[reduce];
    const { n, otherStep, baseStep, indexStep, stride } = walk;
    walk.each((o, b, w) => {
      for (let k = 0; k < n; k++) {
        const p = b + k * baseStep + named(walk, w + k * indexStep) * stride;
        const v = from[o + k * otherStep]!;
        line[p] = counts[p]!++ === 0 ? v : combine(line[p]!, v);
      }
    });
    if (reduce === "mean") divide(line, counts, isInteger(dtype));
    storeLine(y, 0, 1, line, line.length);
    return y;
  },
  saves: ["x", "index", "src", "y"],
  vjp: (gy, { x, index, src, y }, { params, shape }) => {
    const { dim, reduce, includeSelf = true } = params;
    const at = { dim };
    const part = corner(src, index.shape);
    let gx: Value = gy;
    let gs: Value;
    if (reduce === "sum") gs = gy.gather(index, at);
    else if (reduce === "mean") {
      const start = gy.full(gy.shape, includeSelf ? 1 : 0);
      const counts = start.scatterAdd(index, gy.full(index.shape, 1), at);
      const n = counts.full([], 1).where(counts.eq(0), counts);
      gx = gy.div(n);
      gs = gx.gather(index, at);
    } else if (reduce === "prod") {
      const zero = x.eq(0);
      const rest = x.full([], 1).where(zero, x);
      gx = gy.mul(rest.scatterReduce(index, part, params)).div(rest);
      const none = part.eq(0);
      const zeros = gy
        .full(gy.shape, 0)
        .scatterAdd(index, none.cast({ dtype: gy.dtype }), at)
        .gather(index, at);
      const only = none.logicalAnd(zeros.eq(1));
      const others = x.scatterReduce(index, part.full([], 1).where(only, part), params);
      gs = gy
        .mul(others)
        .gather(index, at)
        .where(only, gy.mul(y).gather(index, at).div(part.full([], 1).where(none, part)));
    } else {
      const own = x.eq(y).cast({ dtype: gy.dtype });
      const its = part.eq(y.gather(index, at)).cast({ dtype: gy.dtype });
      const held = includeSelf ? own : own.scatter(index, 0, at);
      const reached = held.scatterAdd(index, its, at);
      const share = gy.div(reached.full([], 1).where(reached.eq(0), reached));
      gx = own.mul(share);
      gs = its.mul(share.gather(index, at));
    }
    return { x: includeSelf ? gx : gy.scatter(index, 0, at), src: cornerGrad(gs, shape(2)) };
  },
  samples: (["sum", "mean", "prod", "amax", "amin"] as const).flatMap((reduce) =>
    [true, false].map((includeSelf) => ({
      inputs: [[3, 4], { shape: [2, 4], values: [0, 2, 2, 1, 1, 2, 0, 2], dtype: "int64" as const }, [2, 4]],
      params: { dim: 0, reduce, includeSelf },
    })),
  ),
});

/** The means from the sums; of integers rounded down. */
function divide(line: Line, counts: Int32Array, whole: boolean): void {
  for (let i = 0; i < line.length; i++) {
    const n = counts[i]!;
    if (n < 2) continue;
    const e = line[i]!;
    if (typeof e === "bigint") line[i] = (e - (((e % BigInt(n)) + BigInt(n)) % BigInt(n))) / BigInt(n);
    else line[i] = whole ? Math.floor(e / n) : e / n;
  }
}

/** The part of src that the index covers. */
function corner(src: Value, shape: readonly number[]): Value {
  if (shape.every((n, i) => n === src.shape[i])) return src;
  return src.indexView({
    items: shape.map((length) => ({ kind: "slice", start: 0, step: 1, length }) as const),
  });
}
