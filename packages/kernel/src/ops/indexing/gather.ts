import { normalizeAxis } from "../../strided/axes.js";
import { type Shape, Strided } from "../../strided/strided.js";
import { defineOp, type Scalar } from "../row.js";
import { scalarArray } from "../scalar.js";
import type { Value } from "../value.js";
import { addNamed } from "./accumulate.js";
import { type GatherParams, itemsOf, type NamedWalk, named, targetFor, walkNamed } from "./named.js";

export type { GatherParams } from "./named.js";

const INDEX = { shape: [2, 4], values: [0, 2, 2, 1, 1, 0, 2, 2], dtype: "int64" } as const;

/** Moves elements between x (at the named positions) and the operand beside the index. */
function move(walk: NamedWalk, x: Strided, other: Strided, toX: boolean): void {
  const [from, to] = toX ? [itemsOf(other), itemsOf(x)] : [itemsOf(x), itemsOf(other)];
  const { count } = from;
  const [read, write] = [from.words, to.words];
  const { n, otherStep, baseStep, indexStep, stride } = walk;
  walk.each((o, b, w) => {
    for (let k = 0; k < n; k++) {
      const p = b + k * baseStep + named(walk, w + k * indexStep) * stride;
      const q = o + k * otherStep;
      const s = toX ? q : p;
      const t = toX ? p : q;
      if (count === 1) write[t] = read[s]!;
      else for (let c = 0; c < count; c++) write[t * count + c] = read[s * count + c]!;
    }
  });
}

/** The same where one index names a whole run. */
function moveRuns(walk: NamedWalk, x: Strided, other: Strided, toX: boolean): void {
  const [from, to] = toX ? [itemsOf(other), itemsOf(x)] : [itemsOf(x), itemsOf(other)];
  const { count } = from;
  const [read, write] = [from.words, to.words];
  const { n, otherStep, baseStep, stride } = walk;
  const [readStep, writeStep] = toX ? [otherStep, baseStep] : [baseStep, otherStep];
  walk.each((o, b, w) => {
    const p = b + named(walk, w) * stride;
    const [s, t] = toX ? [o, p] : [p, o];
    if (readStep === 1 && writeStep === 1 && n > 16) {
      write.set(read.subarray(s * count, (s + n) * count), t * count);
      return;
    }
    for (let k = 0; k < n; k++)
      for (let c = 0; c < count; c++)
        write[(t + k * writeStep) * count + c] = read[(s + k * readStep) * count + c]!;
  });
}

function transfer(walk: NamedWalk, x: Strided, other: Strided, toX: boolean): void {
  (walk.indexStep === 0 && walk.n > 1 ? moveRuns : move)(walk, x, other, toX);
}

/** y[i, j, …] = x with coordinate `dim` replaced by index[i, j, …]. */
export const gather = defineOp({
  name: "gather",
  inputs: ["x", "index"],
  dtype: "same",
  run: ([operand, names], { dim, wrap }: GatherParams) => {
    const [x, index] = [operand as Strided, names as Strided];
    const y = Strided.zeros(x.dtype, index.shape);
    transfer(walkNamed("gather", x, index, y, normalizeAxis("gather", dim, x.rank), wrap), x, y, false);
    return y;
  },
  saves: ["index"],
  vjp: (gy, { index }, { params, shape }) => ({ x: gy.full(shape(0), 0).scatterAdd(index, gy, params) }),
  samples: [
    { inputs: [[3, 4], INDEX], params: { dim: 0 } },
    { inputs: [[3], { shape: [3], values: [-1, 0, 2], dtype: "int32" }], params: { dim: 0, wrap: true } },
    { inputs: [[], { shape: [], values: [0], dtype: "int64" }], params: { dim: 0 } },
    { inputs: [[2, 3], { shape: [2, 0], values: [], dtype: "int64" }], params: { dim: 1 } },
  ],
});

/** x with src (a number stands everywhere) written at the positions that the index names; of several the last wins. */
export const scatter = defineOp({
  name: "scatter",
  inputs: ["x", "index", "src"],
  dtype: "same",
  run: ([operand, names, values], { dim, wrap }: GatherParams, out) => {
    const [x, index] = [operand as Strided, names as Strided];
    const src =
      values instanceof Strided
        ? values
        : scalarArray(values as Scalar, x.dtype).view(index.shape, new Array<number>(index.rank).fill(0));
    const y = targetFor(x, out, [index, src]);
    const axis = normalizeAxis("scatter", dim, x.rank);
    transfer(walkNamed("scatter", y, index, src, axis, wrap), y, src, true);
    return y;
  },
  saves: ["index"],
  vjp: (gy, { index }, { params, needs, shape }) => ({
    x: needs(0) ? gy.scatter(index, 0, params) : null,
    src: needs(2) ? cornerGrad(gy.gather(index, params), shape(2)) : null,
  }),
  samples: [
    {
      inputs: [[3, 4], { shape: [2, 4], values: [0, 2, 2, 1, 1, 0, 0, 2], dtype: "int64" }, [2, 4]],
      params: { dim: 0 },
    },
    { inputs: [[3, 2], { shape: [2, 1], values: [1, 0], dtype: "int64" }, [3, 2]], params: { dim: 1 } },
  ],
});

/** x with src added at the positions that the index names; repeated names add up in order. */
export const scatterAdd = defineOp({
  name: "scatterAdd",
  inputs: ["x", "index", "src"],
  dtype: "same",
  run: ([operand, names, values], { dim, wrap }: GatherParams, out) => {
    const [x, index, src] = [operand as Strided, names as Strided, values as Strided];
    const y = targetFor(x, out, [index, src]);
    addNamed(walkNamed("scatterAdd", y, index, src, normalizeAxis("scatterAdd", dim, x.rank), wrap), y, src);
    return y;
  },
  saves: ["index"],
  vjp: (gy, { index }, { params, needs, shape }) => ({
    x: gy,
    src: needs(2) ? cornerGrad(gy.gather(index, params), shape(2)) : null,
  }),
  samples: [
    { inputs: [[3, 4], INDEX, [2, 4]], params: { dim: 0 } },
    { inputs: [[3, 2], { shape: [2, 1], values: [1, 0], dtype: "int64" }, [3, 2]], params: { dim: 1 } },
    {
      inputs: [
        { shape: [3], dtype: "complex128" },
        { shape: [3], values: [1, 0, 1], dtype: "int64" },
        { shape: [3], dtype: "complex128" },
      ],
      params: { dim: 0 },
    },
  ],
});

/** A gradient of a corner of an array padded with zeros to the whole. */
export function cornerGrad(g: Value, shape: Shape): Value {
  if (g.shape.every((n, i) => n === shape[i])) return g;
  return g.pad({ pads: g.shape.map((n, i) => [0, shape[i]! - n] as const) });
}
