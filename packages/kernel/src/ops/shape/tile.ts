import { int32 } from "../../dtype/dtype.js";
import { ParamError } from "../../errors/errors.js";
import { normalizeAxis } from "../../strided/axes.js";
import { copyInto } from "../../strided/copy.js";
import { integersOf } from "../../strided/integers.js";
import { type Shape, Strided } from "../../strided/strided.js";
import { index } from "../indexing/index-op.js";
import { defineOp } from "../row.js";

/** x repeated as a whole along its axes, one count an axis; more counts than axes add axes in front. */
export const tile = defineOp({
  name: "tile",
  inputs: ["x"],
  dtype: "same",
  run: ([operand], { reps }: { reps: readonly number[] }) => {
    const x = operand as Strided;
    const shape = [...new Array<number>(reps.length - x.rank).fill(1), ...x.shape];
    const y = Strided.zeros(
      x.dtype,
      shape.map((n, i) => n * reps[i]!),
    );
    // Each axis of y is two: which copy, and where in it.
    const [split, strides]: [number[], number[]] = [[], []];
    const source: number[] = [];
    shape.forEach((n, i) => {
      split.push(reps[i]!, n);
      strides.push(n * y.strides[i]!, y.strides[i]!);
      source.push(0, i < shape.length - x.rank ? 0 : x.strides[i - shape.length + x.rank]!);
    });
    copyInto(y.view(split, strides), x.view(split, source));
    return y;
  },
  vjp: (gy, _saved, { params, shape }) => {
    const full = [...new Array<number>(params.reps.length - shape(0).length).fill(1), ...shape(0)];
    const split = full.flatMap((n, i) => [params.reps[i]!, n]);
    return {
      x: gy
        .reshape({ shape: split })
        .sum({ dims: full.map((_, i) => 2 * i) })
        .reshape({ shape: shape(0) }),
    };
  },
  samples: [
    { inputs: [[2, 3]], params: { reps: [2, 1] } },
    { inputs: [[3]], params: { reps: [2, 2] } },
    { inputs: [[]], params: { reps: [] } },
  ],
});

export interface RepeatParams {
  readonly dim: number;
  /** How often each element along the axis comes: one count each, or one for all. */
  readonly repeats: Strided;
}

/** Each element along an axis repeated. */
export const repeatInterleave = defineOp({
  name: "repeatInterleave",
  inputs: ["x"],
  dtype: "same",
  run: ([operand], params: RepeatParams) =>
    index.run([operand!], { indices: chosen(params, (operand as Strided).shape) }),
  vjp: (gy, _saved, { params, shape }) => ({
    x: gy.full(shape(0), 0).indexPut(gy, { indices: chosen(params, shape(0)), accumulate: true }),
  }),
  samples: [
    { inputs: [[2, 3]], params: { dim: 1, repeats: Strided.over(Int32Array.of(2, 0, 1), int32, [3]) } },
    { inputs: [[2, 3]], params: { dim: 0, repeats: Strided.over(Int32Array.of(2), int32, []) } },
  ],
});

/** Index lists that name each position of the axis as often as it is repeated. */
function chosen({ dim, repeats }: RepeatParams, shape: Shape): (Strided | null)[] {
  const axis = normalizeAxis("repeatInterleave", dim, shape.length);
  const n = shape[axis]!;
  const counts = integersOf(repeats);
  if (counts.length !== 1 && counts.length !== n)
    throw new ParamError("repeatInterleave", "repeats", `${counts.length} counts`, `1 or ${n}`);
  const at: number[] = [];
  for (let i = 0; i < n; i++) {
    const times = counts[counts.length === 1 ? 0 : i]!;
    if (times < 0) throw new ParamError("repeatInterleave", "repeats", times, "no negative counts");
    for (let k = 0; k < times; k++) at.push(i);
  }
  return [...new Array<null>(axis).fill(null), Strided.over(Int32Array.from(at), int32, [at.length])];
}
