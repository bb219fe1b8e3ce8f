import type { NumericData } from "../../dtype/dtype.js";
import { int32, isInteger, uint8, uint16 } from "../../dtype/dtype.js";
import { DTypeError, IndexRangeError, ShapeError } from "../../errors/errors.js";
import { cloneContiguous } from "../../strided/copy.js";
import { type Words, wordAt, wordsOf } from "../../strided/integers.js";
import { collapse, forEachRun } from "../../strided/iterate.js";
import type { Strided } from "../../strided/strided.js";

/** The axis whose coordinate the index replaces. */
export interface GatherParams {
  readonly dim: number;
  /** Negative indices count from the end; else they are out of range. */
  readonly wrap?: boolean;
}

/**
 * A walk over an index that names positions of x along an axis: straight runs of `n` elements, in which the index, the
 * operand beside it (of the index's shape) and x without that axis advance by fixed steps.
 */
export interface NamedWalk {
  readonly n: number;
  readonly otherStep: number;
  readonly baseStep: number;
  readonly indexStep: number;
  /** Distance in x between neighbours along the axis, and the axis's length. */
  readonly stride: number;
  readonly size: number;
  readonly words: Words;
  readonly wrap: boolean;
  readonly op: string;
  readonly dim: number;
  each(run: (other: number, base: number, index: number) => void): void;
}

/** Plans a {@link NamedWalk}. @throws ShapeError, DTypeError */
export function walkNamed(
  op: string,
  x: Strided,
  index: Strided,
  other: Strided,
  dim: number,
  wrap = false,
): NamedWalk {
  if (!isInteger(index.dtype)) throw new DTypeError(op, "index", index.dtype.name, "an integer type");
  if (index.rank !== x.rank || index.shape.some((n, i) => i !== dim && n > x.shape[i]!))
    throw new ShapeError(
      op,
      "index",
      index.shape,
      `at most [${x.shape.join(", ")}] except along axis ${dim}`,
    );
  if (other.rank !== index.rank || index.shape.some((n, i) => n > other.shape[i]!))
    throw new ShapeError(op, "index", index.shape, `at most [${other.shape.join(", ")}]`);
  const nest = collapse(index.shape, [
    other.strides,
    x.strides.map((s, i) => (i === dim ? 0 : s)),
    index.strides,
  ]);
  const last = nest.shape.length - 1;
  const [otherStep, baseStep, indexStep] = nest.strides.map((s) => s[last]!) as [number, number, number];
  return {
    n: nest.shape[last]!,
    otherStep,
    baseStep,
    indexStep,
    stride: x.rank === 0 ? 0 : x.strides[dim]!,
    size: x.rank === 0 ? 1 : x.shape[dim]!,
    words: wordsOf(index),
    wrap,
    op,
    dim,
    each: (run) =>
      forEachRun(nest, [other.offset, x.offset, index.offset], (at) => run(at[0]!, at[1]!, at[2]!)),
  };
}

/** The place along the axis that the index names at a position. @throws IndexRangeError */
export function named(walk: NamedWalk, at: number): number {
  const i = wordAt(walk.words, at);
  if (i >= 0 ? i < walk.size : walk.wrap && i >= -walk.size) return i < 0 ? i + walk.size : i;
  throw new IndexRangeError(walk.op, i, walk.dim, walk.size);
}

/**
 * For a short look, elements as words that are moved without being understood: `count` words of at most 32 bits each, so that few kinds
 * of typed arrays meet in one loop.
 */
export function itemsOf(x: Strided): { words: NumericData; count: 1 | 2 | 4 } {
  const { itemsize } = x.dtype;
  const type = itemsize === 1 ? uint8 : itemsize === 2 ? uint16 : int32;
  return {
    words: x.storage.peek(type) as NumericData,
    count: itemsize <= 4 ? 1 : itemsize === 8 ? 2 : 4,
  };
}

/** What an op writes that changes a copy of x: x itself where it is the target too and nobody else looks at it. */
export function targetFor(x: Strided, out: Strided | undefined, others: readonly Strided[]): Strided {
  const direct = out === x && !others.some((o) => o.storage.sameMemory(x.storage));
  return direct ? x : cloneContiguous(x);
}
