import { int32, int64, ops } from "@cognate/kernel";
import { Tuple, ValueError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { kernelError } from "../../backend/errors.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply, computeMany, op, promoted } from "../make.js";

/*
 * Labels from the scores of a network that was trained by connectionist temporal classification.
 */

const sliced = (v: Value, dim: number, start: number, length: number): Value =>
  apply(ops.slice, [v], { dim, start, step: 1, length });

/** The best class of every step; blanks, and steps that repeat the one before, are left out. */
function greedy(v: Value, lengths: Value, merge: boolean, blank: number): Tuple<Tensor> {
  const [batch, steps] = v.shape as readonly [number, number, number];
  const best = apply(ops.argmax, [v], { dims: [2] });
  const places = apply(ops.cumsum, [best.full([1, steps], 1)], { dim: 1, exclusive: true });
  const within = places.lt(lengths.reshape({ shape: [batch, 1] }));
  const before = apply(ops.cat, [best.full([batch, 1], -1), sliced(best, 1, 0, steps - 1)], { dim: 1 });
  const fresh = merge ? best.ne(before).logicalAnd(within) : within;
  const kept = best.ne(blank).logicalAnd(fresh);
  // A label goes to the place behind those kept before it; others to a column that is dropped.
  const count = apply(ops.cumsum, [castValue(kept as Value, int64)], { dim: 1, exclusive: true });
  const at = count.where(kept, steps);
  const rows = best.full([batch, steps + 1], -1).scatter(at, best, { dim: 1 });
  const labels = castValue(sliced(rows as Value, 1, 0, steps), int32);
  const scores = apply(ops.amax, [v], { dims: [2] });
  const total = scores.mul(scores.full([], 1).where(within, 0)).sum({ dims: [1], keepdim: true });
  return Tuple.of_([wrap(labels.reshape({ shape: [1, batch, steps] }) as Value), wrap(total.neg() as Value)]);
}

/** The most probable label sequences among those that a beam of some width keeps. */
function beamSearch(
  v: Value,
  lengths: Value,
  beamWidth: number,
  topPaths: number,
  mask: number | null,
): Tuple<Tensor> {
  const classes = v.shape[2]!;
  const blank = mask === null ? classes - 1 : mask < 0 ? mask + classes : mask;
  if (topPaths > beamWidth)
    throw kernelError("CTCBeamSearchDecoder", "requested more paths than the beam width.");
  const [labels, scores] = computeMany(ops.ctcBeamSearch, [v, lengths], { beamWidth, topPaths, blank });
  return Tuple.of_([wrap(castValue(labels!._value, int32)), scores!]);
}

/**
 * Label sequences `[paths, batch, steps]`, filled up with −1, and their scores, from logits `[batch, steps, classes]`.
 *
 * @param strategy - `"greedy"` or `"beam_search"`
 * @param mask_index - the class that stands for no label
 * @throws ValueError for another strategy
 */
export const ctc_decode = op(
  "nn.CTCDecode",
  "ctc_decode",
  "inputs sequence_lengths strategy beam_width top_paths merge_repeated mask_index",
  (
    inputs: TensorLike,
    sequence_lengths: TensorLike,
    strategy = "greedy",
    beam_width = 100,
    top_paths = 1,
    merge_repeated = true,
    mask_index: number | null = 0,
  ): Tuple<Tensor> => {
    const v = promoted([inputs], "float32").values[0]!;
    const lengths = castValue(valueOf(sequence_lengths), int64);
    const classes = v.shape[2]!;
    const blank = mask_index === null ? classes - 1 : Number(mask_index);
    if (strategy === "greedy") return greedy(v, lengths, merge_repeated, blank < 0 ? blank + classes : blank);
    if (strategy === "beam_search")
      return beamSearch(
        v,
        lengths,
        Number(beam_width),
        Number(top_paths),
        mask_index === null ? null : Number(mask_index),
      );
    throw new ValueError(`Invalid strategy ${strategy}. Supported values are 'greedy' and 'beam_search'.`);
  },
  { arity: 2 },
);
