import { int32, int64, isInteger, ops } from "@cognate/kernel";
import { KernelProblem } from "../core/errors.js";
import { type OpRow, row } from "../core/row.js";
import type { Value } from "../shared.js";
import { castValue, demand, intsValue, knownInts, number, numbers, reshape, run, runMany } from "./tools.js";

const bound = (right: boolean): OpRow =>
  row(([s, v], a) => {
    for (const [x, name] of [
      [s!, "sorted_inputs"],
      [v!, "values"],
    ] as const)
      demand(
        x.shape.length === 2,
        () => `Shape must be rank 2 but is rank ${x.shape.length} for \`${name}\` argument`,
      );
    demand(s!.shape[0] === v!.shape[0], () => "Leading dim_size of both tensors must match.");
    return castValue(run(ops.searchsorted, [s!, v!], { right }), a.type("out_type").kernel);
  });

/** Places of equal elements are in their order, which the kernel's own selection does not promise. */
function topK(x: Value, k: number): [Value, Value] {
  const dim = x.shape.length - 1;
  const plain = x.detach() as Value;
  // What is no number is never among the largest.
  const keys = isInteger(x.dtype)
    ? plain
    : (plain.full(x.shape, -Infinity).where(plain.isnan(), plain) as Value);
  const [, index] = runMany(ops.sort, [keys], { dim, descending: true }) as [Value, Value];
  const at = index.slice({ dim, start: 0, step: 1, length: k }) as Value;
  return [x.gather(at, { dim }) as Value, castValue(at, int32)];
}

/** Whether fewer than `k` predictions are larger than the target's; none where one is no finite number. */
function inTopK(predictions: Value, targets: Value, k: number): Value {
  demand(predictions.shape.length === 2, () => "predictions must be 2-dimensional");
  demand(targets.shape.length === 1, () => "targets must be 1-dimensional");
  const [n, classes] = predictions.shape as [number, number];
  demand(
    targets.size === n,
    () => `First dimension of predictions ${n} must match length of targets ${targets.size}`,
  );
  const list = numbers(targets).map((t) => (t >= 0 && t < classes ? t : -1));
  const place = reshape(
    intsValue(
      list.map((t) => Math.max(t, 0)),
      int64,
    ),
    [n, 1],
  );
  const own = predictions.gather(place, { dim: 1 }) as Value;
  const above = castValue(predictions.gt(own) as Value, int32).sum({ dims: [1] });
  const finite = castValue(predictions.isfinite() as Value, int32)
    .sum({ dims: [1] })
    .eq(predictions.shape[1]!) as Value;
  const inside = intsValue(list, int64).ge(0) as Value;
  return above.lt(k).logicalAnd(finite).logicalAnd(inside) as Value;
}

/** The largest, and places in what is sorted. */
export const ranking: Readonly<Record<string, OpRow>> = {
  LowerBound: bound(false),
  UpperBound: bound(true),
  TopKV2: row(
    ([x, k]) => {
      const n = number(k!);
      const last = x!.shape[x!.shape.length - 1] ?? 0;
      demand(n >= 0, () => `Need k >= 0, got ${n}`);
      if (x!.shape.length < 1) throw new KernelProblem("input must be >= 1-D, got shape []");
      if (last < n) throw new KernelProblem(`input must have at least k columns. Had ${last}, needed ${n}`);
      return topK(x!, n);
    },
    (c) => {
      const [x] = c.shapes;
      const own = x ? [...x.slice(0, -1), knownInts(c, 1)?.[0] ?? null] : null;
      return [own, own];
    },
  ),
  InTopK: row(([predictions, targets], a) => inTopK(predictions!, targets!, a.int("k"))),
  InTopKV2: row(([predictions, targets, k]) => inTopK(predictions!, targets!, number(k!))),
  TopK: row(([x], a) => topK(x!, a.int("k"))),
};
