import { int64, ops } from "@cognate/kernel";
import type { Attrs } from "../core/attrs.js";
import { KernelProblem } from "../core/errors.js";
import type { Value } from "../shared.js";
import { castValue, filled, intsValue, numbers, permute, reshape, run, runMany, valueOf } from "./tools.js";

export function ctcLoss(x: Value, indices: Value, values: Value, lengths: Value, a: Attrs): Value[] {
  const [, batch, classes] = x.shape as [number, number, number];
  const at = numbers(indices);
  const own = numbers(values);
  const rows = Array.from({ length: batch }, (_, b) => own.filter((_v, i) => at[2 * i] === b));
  const most = Math.max(1, ...rows.map((r) => r.length));
  const target = rows.flatMap((r) => [...r, ...new Array<number>(most - r.length).fill(0)]);
  const ints = (list: number[], shape: number[]): Value => reshape(valueOf(list, int64), shape);
  const logp = x.logSoftmax({ dim: 2 });
  const [loss] = runMany(
    ops.ctc as never,
    [
      logp as Value,
      ints(target, [batch, most]),
      castValue(lengths, int64),
      ints(
        rows.map((r) => r.length),
        [batch],
      ),
    ],
    { blank: classes - 1, zeroInfinity: a.bool("ignore_longer_outputs_than_inputs") } as never,
  ) as Value[];
  return [loss!, filled(x, x.shape, 0)];
}

const logSoftmaxed = (x: Value): Value => x.detach().logSoftmax({ dim: 2 }) as Value;
/** Places, values and shapes of label sequences of different lengths, as sparse tensors have them. */
function sparseRows(rows: readonly (readonly number[])[]): [Value, Value, Value] {
  const places = rows.flatMap((r, b) => r.map((_, i) => [b, i]));
  return [
    reshape(intsValue(places.flat(), int64), [places.length, 2]),
    intsValue(rows.flat(), int64),
    intsValue([rows.length, Math.max(0, ...rows.map((r) => r.length))], int64),
  ];
}
function checkLengths(lengths: readonly number[], steps: number, batch: number): void {
  if (lengths.length !== batch)
    throw new KernelProblem(
      `len(sequence_length) != batch_size.  len(sequence_length):  ${lengths.length} batch_size: ${batch}`,
    );
  const bad = lengths.findIndex((n) => n > steps);
  if (bad >= 0) throw new KernelProblem(`sequence_length(${bad}) <= ${steps}`);
}

/** The most probable class of each step, repetitions and blanks dropped; minus the sum of their logits. */
export function ctcGreedy(x: Value, lengths: Value, a: Attrs): Value[] {
  const [steps, batch, classes] = x.shape as [number, number, number];
  const own = numbers(lengths);
  checkLengths(own, steps, batch);
  const chosen = a.int("blank_index");
  const blank = chosen < 0 ? classes + chosen : chosen;
  const best = numbers(run(ops.argmax, [x.detach() as Value], { dims: [2] }));
  const tops = numbers(run(ops.amax, [x.detach() as Value], { dims: [2] }));
  const merge = a.bool("merge_repeated");
  const scores = own.map((n, b) => {
    let total = 0;
    for (let t = 0; t < n; t++) total = Math.fround(total - tops[t * batch + b]!);
    return total;
  });
  const rows = own.map((n, b) => {
    const path = Array.from({ length: n }, (_, t) => best[t * batch + b]!);
    return path.filter((c, t) => c !== blank && !(merge && t > 0 && path[t - 1] === c));
  });
  return [...sparseRows(rows), reshape(valueOf(scores, x.dtype), [batch, 1])];
}

/** The most probable label sequences by prefix search with a beam; the blank is the last class. */
export function ctcBeam(x: Value, lengths: Value, a: Attrs): Value[] {
  const [steps, batch, classes] = x.shape as [number, number, number];
  const own = numbers(lengths);
  checkLengths(own, steps, batch);
  const [beamWidth, topPaths] = [a.int("beam_width"), a.int("top_paths")];
  const [labels, scores] = runMany(
    ops.ctcBeamSearch as never,
    [permute(logSoftmaxed(x), [1, 0, 2]), castValue(lengths, int64)],
    { beamWidth, topPaths, blank: classes - 1 } as never,
  ) as [Value, Value];
  const list = numbers(labels);
  const merge = a.bool("merge_repeated");
  const paths = Array.from({ length: topPaths }, (_, k) =>
    sparseRows(
      Array.from({ length: batch }, (_v, b) => {
        const row_ = list.slice((k * batch + b) * steps, (k * batch + b + 1) * steps).filter((c) => c >= 0);
        return merge ? row_.filter((c, i) => i === 0 || row_[i - 1] !== c) : row_;
      }),
    ),
  );
  return [...[0, 1, 2].flatMap((part) => paths.map((p) => p[part]!)), scores];
}
