import { int64, ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { valueOf } from "../../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, computeMany, op } from "../make.js";

/*
 * Reductions of rows that have the same number.
 */

/** What an empty segment holds. */
const EMPTY = { sum: 0, prod: 1, amax: -3.4028234663852886e38, amin: 3.4028234663852886e38 } as const;
type Reduce = keyof typeof EMPTY;

const largest = (v: Value): number =>
  v.size === 0 ? 0 : Number(wrap(apply(ops.amax, [v], { dims: [0] })).item()) + 1;

const emptyOf = (reduce: Reduce, v: Value): number | bigint => {
  if (reduce === "sum" || reduce === "prod" || v.dtype.kind === "float")
    return v.dtype.name === "float64" && reduce.startsWith("am")
      ? Math.sign(EMPTY[reduce]) * Number.MAX_VALUE
      : v.dtype.name === "float16" && reduce.startsWith("am")
        ? Math.sign(EMPTY[reduce]) * 65504
        : EMPTY[reduce];
  const bits = BigInt(v.dtype.itemsize * 8);
  const [low, high] =
    v.dtype.kind === "uint" ? [0n, (1n << bits) - 1n] : [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n];
  return reduce === "amax" ? low : high;
};

const segment = (cls: string, name: string, reduce: Reduce) =>
  op(
    `math.${cls}`,
    name,
    "data segment_ids num_segments sorted",
    (
      data: TensorLike,
      segment_ids: TensorLike,
      num_segments: number | null = null,
      sorted = false,
    ): Tensor => {
      if (sorted && num_segments !== null)
        throw new ValueError(
          `Argument \`num_segments\` cannot be set when sorted is True when using the tensorflow backend.Received: num_segments=${num_segments}, sorted=True.`,
        );
      const v = valueOf(data);
      const ids = valueOf(segment_ids, int64);
      if (ids.shape.length !== 1)
        throw new ValueError(
          `Argument \`segment_ids\` should be an 1-D vector, got shape: (${ids.shape.join(", ")}). Consider either flatten input with segment_ids.reshape((-1)) and data.reshape((-1, ) + data.shape[len(segment_ids.shape):]) or vectorize with vmap.`,
        );
      const counted = (): number =>
        reduce === "sum" && !sorted ? computeMany(ops.unique, [ids], {})[0]!._value.size : largest(ids);
      const n = num_segments === null ? counted() : Number(num_segments);
      // Numbers outside name no segment: their rows go to one more, which is dropped.
      const outside = ids.lt(0).logicalOr(ids.ge(n));
      const at = ids.full([], n).where(outside, ids);
      const width = v.size / Math.max(ids.size, 1);
      const rows = v.reshape({ shape: [ids.size, width] });
      const index = at.reshape({ shape: [ids.size, 1] }).expand({ shape: [ids.size, width] });
      const base = v.full([n + 1, width], Number(emptyOf(reduce, v)));
      const y = base.scatterReduce(index, rows, {
        dim: 0,
        reduce,
        includeSelf: reduce === "sum" || reduce === "prod",
      });
      const kept = y.slice({ dim: 0, start: 0, step: 1, length: n });
      return wrap(kept.reshape({ shape: [n, ...v.shape.slice(1)] }) as Value);
    },
    {
      arity: 2,
      shape: ([data], { num_segments }) => (num_segments == null ? [null, ...data!.slice(1)] : undefined),
    },
  );
/** Sums of rows by segment. */
export const segment_sum = segment("SegmentSum", "segment_sum", "sum");
/** The largest of each segment; equal ones share the gradient. */
export const segment_max = segment("SegmentMax", "segment_max", "amax");
/** The smallest of each segment; equal ones share the gradient. */
export const segment_min = segment("SegmentMin", "segment_min", "amin");
/** Products of rows by segment. */
export const segment_prod = segment("SegmentProd", "segment_prod", "prod");
