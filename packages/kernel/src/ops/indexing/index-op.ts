import { float64, int32, int64 } from "../../dtype/dtype.js";
import { ShapeError } from "../../errors/errors.js";
import { takenRows } from "../../indexing/pick.js";
import { adder } from "../../strided/accumulate.js";
import { broadcastShapes, broadcastTo } from "../../strided/broadcast.js";
import { contiguous } from "../../strided/copy.js";
import { integersOf, LOW, wrapIndex } from "../../strided/integers.js";
import { collapse, positions } from "../../strided/iterate.js";
import { Strided, sizeOf } from "../../strided/strided.js";
import { defineOp } from "../row.js";
import { itemsOf, targetFor } from "./named.js";

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

/** Positions in a storage; small ones in half the memory. */
type Starts = Int32Array | Float64Array;

/**
 * Where advanced indexing reads and writes. Element k of the broadcast index names a slab of x, the axes that are not
 * indexed; `y` is the other array, laid out as the result: the axes of the index stand where the indexed axes stood if
 * those are neighbours, else in front.
 */
interface IndexWalk {
  readonly outShape: number[];
  /** For each index element: where its slab starts in x. */
  readonly starts: Starts;
  /** Axes of the result before those of the index, and how many the index has. */
  readonly lead: number;
  readonly rank: number;
  /** The axes of x that a slab keeps. */
  readonly rest: readonly number[];
}

function walkIndex(op: string, x: Strided, indices: readonly (Strided | null)[]): IndexWalk {
  if (indices.length > x.rank) throw new ShapeError(op, "x", x.shape, `at least ${indices.length} axes`);
  const indexed: number[] = [];
  indices.forEach((ix, axis) => {
    if (ix) indexed.push(axis);
  });
  const shape = broadcastShapes(
    op,
    indexed.map((a) => indices[a]!.shape),
  );
  const length = sizeOf(shape);
  const starts: Starts = x.storage.byteLength < 2 ** 31 ? new Int32Array(length) : new Float64Array(length);
  if (x.offset !== 0) starts.fill(x.offset);
  for (const axis of indexed) {
    const ix = broadcastTo(indices[axis]!, shape);
    const [stride, size] = [x.strides[axis]!, x.shape[axis]!];
    const plain = ix.contiguous && starts instanceof Int32Array;
    if (plain && ix.dtype.big) addWords(op, starts, ix, axis, size, stride);
    else {
      const values = plain && ix.dtype === int32 ? (ix.peekFlat() as Int32Array) : integersOf(ix);
      for (let k = 0; k < length; k++) starts[k]! += wrapIndex(op, values[k]!, axis, size) * stride;
    }
  }
  const rest = x.shape.map((_, i) => i).filter((i) => !indices[i]);
  const neighbours = indexed.every((a, i) => i === 0 || a === indexed[i - 1]! + 1);
  const lead = neighbours && indexed.length > 0 ? rest.filter((i) => i < indexed[0]!).length : 0;
  const outShape = [
    ...rest.slice(0, lead).map((i) => x.shape[i]!),
    ...shape,
    ...rest.slice(lead).map((i) => x.shape[i]!),
  ];
  return { outShape, starts, lead, rank: shape.length, rest };
}

/** Steps along an axis by 64-bit indices, whose halves are looked at where they lie. */
function addWords(
  op: string,
  starts: Int32Array,
  ix: Strided,
  axis: number,
  size: number,
  stride: number,
): void {
  const words = ix.storage.peek(int32) as Int32Array;
  const [low, high] = [2 * ix.offset + LOW, 2 * ix.offset + 1 - LOW];
  for (let k = 0, o = 0; k < starts.length; k++, o += 2) {
    let i = words[low + o]!;
    // The usual index is not negative and below 2^31.
    if (words[high + o] !== 0 || i < 0 || i >= size)
      i = wrapIndex(op, words[high + o]! * 4294967296 + (i >>> 0), axis, size);
    starts[k]! += i * stride;
  }
}

/** The runs of elements that move: `n` at a time, with the starts of each run in x and y. */
function eachSlabRun(
  walk: IndexWalk,
  x: Strided,
  y: Strided,
  steps: (n: number, xStep: number, yStep: number) => (xAt: number, yAt: number) => void,
): void {
  const { starts, lead, rank, rest } = walk;
  const own = y.shape.map((_, i) => i).filter((i) => i < lead || i >= lead + rank);
  const nest = collapse(
    rest.map((i) => x.shape[i]!),
    [rest.map((i) => x.strides[i]!), own.map((i) => y.strides[i]!)],
  );
  const last = nest.shape.length - 1;
  const run = steps(nest.shape[last]!, nest.strides[0]![last]!, nest.strides[1]![last]!);
  const outer = Array.from({ length: last }, (_, i) => i);
  const xs = positions(nest.shape, nest.strides[0]!, outer);
  const ys = positions(nest.shape, nest.strides[1]!, outer);
  const slabs = positions(
    y.shape,
    y.strides,
    Array.from({ length: rank }, (_, i) => lead + i),
  );
  for (let k = 0; k < starts.length; k++)
    for (let r = 0; r < xs.length; r++) run(starts[k]! + xs[r]!, y.offset + slabs[k]! + ys[r]!);
}

/** Moves elements from x to y or back. */
function move(walk: IndexWalk, x: Strided, y: Strided, toX: boolean): void {
  if (walk.rest.length === 0 && moveElements(walk.starts, x, contiguous(y), toX)) return;
  const [from, to] = toX ? [itemsOf(y), itemsOf(x)] : [itemsOf(x), itemsOf(y)];
  const { words: read, count } = from;
  const { words: write } = to;
  eachSlabRun(walk, x, y, (n, xStep, yStep) => {
    const [readStep, writeStep] = toX ? [yStep, xStep] : [xStep, yStep];
    const whole = n > 16 && readStep === 1 && writeStep === 1;
    return (xAt, yAt) => {
      const s = toX ? yAt : xAt;
      const t = toX ? xAt : yAt;
      if (whole) write.set(read.subarray(s * count, (s + n) * count), t * count);
      else
        for (let i = 0; i < n; i++)
          for (let c = 0; c < count; c++)
            write[(t + i * writeStep) * count + c] = read[(s + i * readStep) * count + c]!;
    };
  });
}

/** {@link move} of single elements to or from an array without gaps; larger ones than 8 bytes are left. */
function moveElements(starts: Starts, x: Strided, y: Strided, toX: boolean): boolean {
  if (x.dtype === float64) {
    moveFloats(starts, x.peek as Float64Array, y.peekFlat() as Float64Array, toX);
    return true;
  }
  const [{ words: at, count }, { words: line }] = [itemsOf(x), itemsOf(y)];
  const n = starts.length;
  if (count === 4) return false;
  let o = y.offset * count;
  if (count === 1)
    if (toX) for (let k = 0; k < n; k++, o++) at[starts[k]!] = line[o]!;
    else for (let k = 0; k < n; k++, o++) line[o] = at[starts[k]!]!;
  else
    for (let k = 0; k < n; k++, o += 2) {
      const p = 2 * starts[k]!;
      if (toX) {
        at[p] = line[o]!;
        at[p + 1] = line[o + 1]!;
      } else {
        line[o] = at[p]!;
        line[o + 1] = at[p + 1]!;
      }
    }
  return true;
}

function moveFloats(starts: Starts, at: Float64Array, line: Float64Array, toX: boolean): void {
  if (toX) for (let k = 0; k < starts.length; k++) at[starts[k]!] = line[k]!;
  else for (let k = 0; k < starts.length; k++) line[k] = at[starts[k]!]!;
}

/** NumPy's advanced indexing with integer arrays. */
export const index = defineOp({
  name: "index",
  inputs: ["x"],
  dtype: "same",
  run: ([operand], { indices }: IndexParams) => {
    const x = operand as Strided;
    if (indices.length === 1 && indices[0]) {
      const rows = takenRows("index", x, indices[0]);
      if (rows) return rows;
    }
    const walk = walkIndex("index", x, indices);
    const y = Strided.zeros(x.dtype, walk.outShape);
    if (y.size > 0) move(walk, x, y, false);
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
    {
      inputs: [[2, 3, 4]],
      params: {
        indices: [
          Strided.over(BigInt64Array.of(1n, 0n), int64, [2]),
          null,
          Strided.over(BigInt64Array.of(-1n, 0n), int64, [2, 1]),
        ],
      },
    },
  ],
});

/** x with src (stretched) written at the positions that {@link index} would read. */
export const indexPut = defineOp({
  name: "indexPut",
  inputs: ["x", "src"],
  dtype: "same",
  run: ([operand, values], { indices, accumulate = false }: IndexPutParams, out) => {
    const x = operand as Strided;
    const given = values as Strided;
    const y = targetFor(x, out, [given]);
    const walk = walkIndex("indexPut", y, indices);
    const src = broadcastTo(given, walk.outShape);
    if (src.size === 0) return y;
    if (!accumulate) move(walk, y, src, true);
    else eachSlabRun(walk, y, src, (n, yStep, srcStep) => adder(y, src, n, yStep, srcStep));
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
