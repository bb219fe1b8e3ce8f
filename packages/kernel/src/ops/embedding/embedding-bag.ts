import { int64 } from "../../dtype/dtype.js";
import { DTypeError, ParamError, ShapeError } from "../../errors/errors.js";
import { integersOf, storeIntegers } from "../../strided/integers.js";
import { Strided } from "../../strided/strided.js";
import { packed, unpack } from "../engines/pack.js";
import type { Rows } from "../row.js";
import { defineOp, type Operand } from "../row.js";
import { type EmbeddingParams, rowNumbers, shares } from "./embedding.js";

export interface BagParams extends EmbeddingParams {
  readonly mode: "sum" | "mean";
  /** Let only the gradient of the table be divided by how often rows are named. */
  readonly gradientByFrequency?: boolean;
}

/** Which rows go into which bag, and what each counts. */
interface Bags {
  readonly ids: Int32Array | Float64Array;
  /** Bag of each entry. */
  readonly bag: Int32Array;
  readonly count: number;
  readonly share: Float64Array;
}

/** Bags from the places where they begin in a list of row numbers. */
function bagsOf(
  op: string,
  index: Operand,
  offsets: Operand,
  scale: Operand | undefined,
  rows: number,
  p: EmbeddingParams & { mode?: "sum" | "mean" },
): Bags {
  const [names, begins] = [index as Strided, integersOf(offsets as Strided)];
  if (names.rank !== 1) throw new ShapeError(op, "index", names.shape, "one axis");
  const ids = rowNumbers(op, names, rows);
  const bag = new Int32Array(ids.length);
  const kept = new Float64Array(begins.length);
  const share = shares(ids, rows, p);
  for (let b = 0; b < begins.length; b++) {
    const end = b + 1 < begins.length ? begins[b + 1]! : ids.length;
    if (begins[b]! > end || begins[b]! < 0 || end > ids.length)
      throw new ParamError(op, "offsets", begins[b], `numbers that rise up to ${ids.length}`);
    for (let i = begins[b]!; i < end; i++) {
      bag[i] = b;
      if (ids[i] !== p.paddingIndex) kept[b]!++;
    }
  }
  const weights = scale ? packed(scale as Strided) : null;
  for (let i = 0; i < ids.length; i++) {
    if (weights) share[i]! *= weights[i]!;
    if (p.mode === "mean") share[i]! /= kept[bag[i]!]!;
    if (ids[i] === p.paddingIndex) share[i] = 0;
  }
  return { ids, bag, count: begins.length, share };
}

function floating(op: string, x: Strided): Strided {
  if (x.dtype.kind !== "float") throw new DTypeError(op, "weight", x.dtype.name, "a floating type");
  return x;
}

/**
 * Sums (or means) of the rows of a table `[rows, width]` that fall into each bag: entries of index `[entries]` from each
 * of offsets `[bags]` on, each times its scale `[entries]`.
 */
export const bagSum = defineOp({
  name: "bagSum",
  inputs: ["weight", "index", "offsets", "scale"],
  optional: ["scale"],
  dtype: "float",
  run: ([table, index, offsets, scale], p: BagParams) => {
    const w = floating("bagSum", table as Strided);
    const [rows, width] = w.shape as readonly [number, number];
    const { ids, bag, count, share } = bagsOf("bagSum", index!, offsets!, scale, rows, p);
    const data = packed(w);
    const sums = new Float64Array(count * width);
    for (let i = 0; i < ids.length; i++) {
      const [from, to, s] = [ids[i]! * width, bag[i]! * width, share[i]!];
      if (s !== 0) for (let k = 0; k < width; k++) sums[to + k]! += data[from + k]! * s;
    }
    return unpack(sums, Strided.zeros(w.dtype, [count, width]));
  },
  saves: ["weight", "index", "offsets", "scale"],
  saveIf: { weight: "scale" },
  uses: (): Rows => [bagSumWeight, bagDot],
  vjp: (gy, { weight, index, offsets, scale }, { params, needs, given, shape }) => {
    const { gradientByFrequency = false, ...rest } = params;
    return {
      weight: needs(0)
        ? gy.bagSumWeight(index, offsets, given(3) ? scale : null, {
            ...rest,
            scaleByFrequency: gradientByFrequency || rest.scaleByFrequency,
            rows: shape(0)[0]!,
          })
        : null,
      scale: needs(3) ? gy.bagDot(weight, index, offsets, rest) : null,
    };
  },
  samples: [
    {
      inputs: [
        [4, 2],
        { shape: [5], values: [3, 0, 3, 1, 2], dtype: "int64" },
        { shape: [3], values: [0, 2, 2], dtype: "int64" },
        [5],
      ],
      params: { mode: "sum", paddingIndex: 1 },
    },
    {
      inputs: [
        [4, 2],
        { shape: [5], values: [3, 0, 3, 1, 2], dtype: "int64" },
        { shape: [2], values: [0, 3], dtype: "int64" },
        null,
      ],
      params: { mode: "mean", paddingIndex: 1 },
    },
  ],
});

export interface BagWeightParams extends BagParams {
  readonly rows: number;
}

/** The transpose of {@link bagSum} in its table. */
export const bagSumWeight = defineOp({
  name: "bagSumWeight",
  inputs: ["gy", "index", "offsets", "scale"],
  optional: ["scale"],
  dtype: "float",
  run: ([grad, index, offsets, scale], p: BagWeightParams) => {
    const gy = floating("bagSumWeight", grad as Strided);
    const width = gy.shape[1]!;
    const { ids, bag, share } = bagsOf("bagSumWeight", index!, offsets!, scale, p.rows, p);
    const g = packed(gy);
    const sums = new Float64Array(p.rows * width);
    for (let i = 0; i < ids.length; i++) {
      const [to, from, s] = [ids[i]! * width, bag[i]! * width, share[i]!];
      if (s !== 0) for (let k = 0; k < width; k++) sums[to + k]! += g[from + k]! * s;
    }
    return unpack(sums, Strided.zeros(gy.dtype, [p.rows, width]));
  },
  saves: ["gy", "index", "offsets", "scale"],
  saveIf: { gy: "scale" },
  uses: (): Rows => [bagSum, bagDot],
  vjp: (g, { gy, index, offsets, scale }, { params: { rows: _, ...params }, needs, given }) => ({
    gy: needs(0) ? g.bagSum(index, offsets, given(3) ? scale : null, params) : null,
    scale: needs(3) ? gy.bagDot(g, index, offsets, params) : null,
  }),
  samples: [
    {
      inputs: [
        [2, 2],
        { shape: [5], values: [3, 0, 3, 1, 2], dtype: "int64" },
        { shape: [2], values: [0, 2], dtype: "int64" },
        [5],
      ],
      params: { mode: "sum", scaleByFrequency: true, rows: 4 },
    },
  ],
});

/** The transpose of {@link bagSum} in its scale: each entry's row of the table against the gradient of its bag. */
export const bagDot = defineOp({
  name: "bagDot",
  inputs: ["gy", "weight", "index", "offsets"],
  dtype: "float",
  run: ([grad, table, index, offsets], p: BagParams) => {
    const [gy, w] = [floating("bagDot", grad as Strided), floating("bagDot", table as Strided)];
    const [rows, width] = w.shape as readonly [number, number];
    const { ids, bag, share } = bagsOf("bagDot", index!, offsets!, null, rows, p);
    const [g, data] = [packed(gy), packed(w)];
    const dots = new Float64Array(ids.length);
    for (let i = 0; i < ids.length; i++) {
      let dot = 0;
      for (let k = 0; k < width; k++) dot += g[bag[i]! * width + k]! * data[ids[i]! * width + k]!;
      dots[i] = share[i] === 0 ? 0 : dot * share[i]!;
    }
    return unpack(dots, Strided.zeros(gy.dtype, [ids.length]));
  },
  saves: ["gy", "weight", "index", "offsets"],
  saveIf: { gy: "weight", weight: "gy" },
  uses: (): Rows => [bagSum, bagSumWeight],
  vjp: (g, { gy, weight, index, offsets }, { params, needs, shape }) => ({
    gy: needs(0) ? weight.bagSum(index, offsets, g, params) : null,
    weight: needs(1) ? gy.bagSumWeight(index, offsets, g, { ...params, rows: shape(1)[0]! }) : null,
  }),
  samples: [
    {
      inputs: [
        [2, 2],
        [4, 2],
        { shape: [5], values: [3, 0, 3, 1, 2], dtype: "int64" },
        { shape: [2], values: [0, 2], dtype: "int64" },
      ],
      params: { mode: "mean", paddingIndex: 0 },
    },
  ],
});

/** The largest element, by column, of the rows in each bag (0 for an empty one), and the row that it stands in, or −1. */
export const bagMax = defineOp({
  name: "bagMax",
  inputs: ["weight", "index", "offsets"],
  outputs: ["y", "row"],
  dtype: "float",
  run: ([table, index, offsets], p: EmbeddingParams) => {
    const w = floating("bagMax", table as Strided);
    const [rows, width] = w.shape as readonly [number, number];
    const { ids, bag, count } = bagsOf("bagMax", index!, offsets!, null, rows, {
      paddingIndex: p.paddingIndex,
    });
    const data = packed(w);
    const best = new Float64Array(count * width);
    const where = new Float64Array(count * width).fill(-1);
    for (let i = 0; i < ids.length; i++) {
      if (ids[i] === p.paddingIndex) continue;
      for (let k = 0; k < width; k++) {
        const [v, at] = [data[ids[i]! * width + k]!, bag[i]! * width + k];
        if (where[at]! >= 0 && !(v > best[at]!)) continue;
        best[at] = v;
        where[at] = ids[i]!;
      }
    }
    const row = Strided.zeros(int64, [count, width]);
    storeIntegers(row, 0, 1, where, where.length);
    return [unpack(best, Strided.zeros(w.dtype, [count, width])), row];
  },
  saves: ["row"],
  vjps: ({ y }, { row }, { shape }) => ({
    weight: y ? y.full(shape(0), 0).scatterAdd(row.clampMin(0), y.where(row.ge(0), 0), { dim: 0 }) : null,
  }),
  samples: [
    {
      inputs: [
        [4, 2],
        { shape: [5], values: [3, 0, 3, 1, 2], dtype: "int64" },
        { shape: [3], values: [0, 2, 2], dtype: "int64" },
      ],
      params: { paddingIndex: 3 },
    },
  ],
});
