import { int64 } from "../../dtype/dtype.js";
import { ShapeError } from "../../errors/errors.js";
import { accumulateInto } from "../../strided/accumulate.js";
import { broadcastShapes, broadcastTo } from "../../strided/broadcast.js";
import { cloneContiguous, copyInto } from "../../strided/copy.js";
import { integersOf, wrapIndex } from "../../strided/integers.js";
import { Strided, sizeOf } from "../../strided/strided.js";
import { defineOp } from "../row.js";

export interface IndexParams {
  /**
   * One entry an axis of x, from the first: an integer array, or `null` for an axis taken whole. Arrays broadcast
   * together. Masks are given as the positions of their true elements.
   */
  readonly indices: readonly (Strided | null)[];
}

export interface IndexPutParams extends IndexParams {
  /** Add to what is there instead of replacing it; repeated positions add up. */
  readonly accumulate?: boolean;
}

/**
 * Where advanced indexing reads: x viewed with the indexed axes in front, the positions of the first elements, and
 * where the axes of the index go in the result (in place when the indexed axes are neighbours, else in front).
 */
function plan(op: string, x: Strided, indices: readonly (Strided | null)[]) {
  if (indices.length > x.rank) throw new ShapeError(op, "x", x.shape, `at least ${indices.length} axes`);
  const indexed: number[] = [];
  indices.forEach((ix, axis) => {
    if (ix) indexed.push(axis);
  });
  const shape = broadcastShapes(
    op,
    indexed.map((a) => indices[a]!.shape),
  );
  const count = sizeOf(shape);
  const positions = new Float64Array(count);
  for (const axis of indexed) {
    const values = integersOf(broadcastTo(indices[axis]!, shape));
    for (let k = 0; k < count; k++)
      positions[k]! += wrapIndex(op, values[k]!, axis, x.shape[axis]!) * x.strides[axis]!;
  }
  const rest = x.shape.map((_, i) => i).filter((i) => !indices[i]);
  const neighbours = indexed.every((a, i) => i === 0 || a === indexed[i - 1]! + 1);
  const lead = neighbours && indexed.length > 0 ? rest.filter((i) => i < indexed[0]!).length : 0;
  const outShape = [
    ...rest.slice(0, lead).map((i) => x.shape[i]!),
    ...shape,
    ...rest.slice(lead).map((i) => x.shape[i]!),
  ];
  return { shape, count, positions, rest, lead, outShape };
}

/** The slab of y (laid out as the plan's result) that belongs to index element k, axes of `rest` only. */
function slabs(
  y: Strided,
  lead: number,
  rank: number,
): { bases: Float64Array; shape: number[]; strides: number[] } {
  const own = (_: number, i: number): boolean => i < lead || i >= lead + rank;
  const bases = new Float64Array(sizeOf(y.shape.slice(lead, lead + rank)));
  for (let k = 0; k < bases.length; k++) {
    let rest = k;
    let at = y.offset;
    for (let i = lead + rank - 1; i >= lead; i--) {
      at += (rest % y.shape[i]!) * y.strides[i]!;
      rest = Math.floor(rest / y.shape[i]!);
    }
    bases[k] = at;
  }
  return { bases, shape: y.shape.filter(own), strides: y.strides.filter(own) };
}

/** NumPy's advanced indexing with integer arrays. */
export const index = defineOp({
  name: "index",
  inputs: ["x"],
  dtype: "same",
  run: ([operand], { indices }: IndexParams) => {
    const x = operand as Strided;
    const { shape, count, positions, rest, lead, outShape } = plan("index", x, indices);
    const y = Strided.zeros(x.dtype, outShape);
    if (y.size === 0) return y;
    const to = slabs(y, lead, shape.length);
    const strides = rest.map((i) => x.strides[i]!);
    if (rest.length === 0) {
      const { lanes } = x.dtype;
      const [from, data] = [x.data, y.data];
      for (let k = 0; k < count; k++)
        for (let lane = 0; lane < lanes; lane++)
          data[to.bases[k]! * lanes + lane] = from[(x.offset + positions[k]!) * lanes + lane]!;
      return y;
    }
    for (let k = 0; k < count; k++)
      copyInto(
        y.view(to.shape, to.strides, to.bases[k]!),
        x.view(to.shape, strides, x.offset + positions[k]!),
      );
    return y;
  },
  vjp: (gy, _saved, { params, shape }) => ({
    x: gy.full(shape(0), 0).indexPut(gy, { ...params, accumulate: true }),
  }),
  samples: [
    {
      inputs: [[3, 4]],
      params: { indices: [Strided.over(BigInt64Array.of(2n, 0n, 2n), int64, [3])] },
    },
    {
      inputs: [[2, 3, 4]],
      params: { indices: [null, null, Strided.over(BigInt64Array.of(-1n, 0n), int64, [2])] },
    },
  ],
});

/** x with src (stretched) written at the positions that {@link index} would read. */
export const indexPut = defineOp({
  name: "indexPut",
  inputs: ["x", "src"],
  dtype: "same",
  run: ([operand, values], { indices, accumulate = false }: IndexPutParams) => {
    const y = cloneContiguous(operand as Strided);
    const { shape, count, positions, rest, lead, outShape } = plan("indexPut", y, indices);
    const src = broadcastTo(values as Strided, outShape);
    if (src.size === 0) return y;
    const from = slabs(src, lead, shape.length);
    const strides = rest.map((i) => y.strides[i]!);
    for (let k = 0; k < count; k++) {
      const target = y.view(from.shape, strides, y.offset + positions[k]!);
      const slab = src.view(from.shape, from.strides, from.bases[k]!);
      if (accumulate) accumulateInto(target, slab);
      else copyInto(target, slab);
    }
    return y;
  },
  vjp: (gy, _saved, { params, needs, shape }) => ({
    x: needs(0) ? (params.accumulate ? gy : gy.indexPut(gy.full([], 0), { indices: params.indices })) : null,
    src: needs(1) ? gy.index(params).sumTo(shape(1)) : null,
  }),
  samples: [
    {
      inputs: [
        [3, 4],
        [2, 4],
      ],
      params: { indices: [Strided.over(BigInt64Array.of(2n, 0n), int64, [2])] },
    },
    {
      inputs: [
        [3, 4],
        [3, 4],
      ],
      params: { indices: [Strided.over(BigInt64Array.of(2n, 0n, 2n), int64, [3])], accumulate: true },
    },
  ],
});
