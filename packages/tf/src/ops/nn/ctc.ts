import { Tuple, ValueError } from "@cognate/py";
import { toTensor } from "../../core/convert.js";
import { int32, int64 } from "../../core/dtypes.js";
import { one, op } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { concat, gather, sequence_mask, stack, unique } from "../array-index.js";
import { type Data, def, type Name } from "../make.js";
import { cast, not_equal } from "../math.js";
import { SparseTensor } from "../sparse.js";

/** Integers of a tensor that is known now. */
const list = (x: Data): number[] => (toTensor(x).tolist() as (number | bigint)[]).map(Number);

/** Logits [time, batch, classes] with the blank's column last, which the operation wants, and labels to match. */
function blankLast(x: Tensor, blank: number): { logits: Tensor; place: (label: number) => number } {
  const classes = x.shape[2]!;
  const order = Array.from({ length: classes }, (_, i) => i).filter((i) => i !== blank);
  return {
    logits: blank === classes - 1 ? x : gather(x, [...order, blank], null, 2),
    place: (l) => (l > blank ? l - 1 : l),
  };
}
/**
 * Losses of sequences by connectionist temporal classification: −log P(labels | logits), over all alignments.
 *
 * Labels are dense `[batch, most]` with lengths (the blank is class 0 if nothing is said), or sparse (the blank must be
 * given); logits are `[time, batch, classes]`.
 */
export const ctc_loss = def(
  "tensorflow.nn.ctc_loss",
  "labels logits label_length logit_length logits_time_major unique blank_index name",
  (
    labels: Data | SparseTensor,
    logits: Data,
    label_length: Data | null,
    logit_length: Data,
    logits_time_major = true,
    _unique: unknown = null,
    blank_index: number | null = null,
    _name: Name = null,
  ): Tensor => {
    const given = toTensor(logits);
    const own = given.dtype;
    let x = ["float16", "bfloat16"].includes(own.name) ? cast(given, "float32") : given;
    if (!logits_time_major) x = one("Transpose", [x, [1, 0, 2]]);
    const classes = x.shape[2]!;
    let rows: { indices: unknown[]; values: number[] };
    if (labels instanceof SparseTensor) {
      const sparse = labels as SparseTensor;
      if (blank_index === null)
        throw new ValueError("Argument `blank_index` must be provided when `labels` is a `SparseTensor`.");
      rows = { indices: sparse.indices.tolist() as unknown[], values: list(sparse.values) };
    } else {
      const dense = toTensor(labels as Data).tolist() as number[][];
      const lengths = list(label_length as Data);
      const kept = dense.map((r, i) => r.slice(0, lengths[i]).map(Number));
      rows = { indices: kept.flatMap((r, i) => r.map((_, j) => [i, j])), values: kept.flat() };
    }
    const blank = blank_index === null ? 0 : blank_index < 0 ? blank_index + classes : blank_index;
    const moved = blankLast(x, blank);
    const loss = op(
      "CTCLoss",
      [
        moved.logits,
        one("Reshape", [toTensor(rows.indices, { dtype: int64 }), [-1, 2]]),
        toTensor(rows.values.map(moved.place), { dtype: int32 }),
        cast(logit_length, int32),
      ],
      { ignore_longer_outputs_than_inputs: false },
    )[0]!;
    return loss.dtype === own ? loss : cast(loss, own);
  },
);

type Decoded = Tuple<SparseTensor[] | Tensor>;
/** The best class of each step, repetitions and blanks dropped: sparse labels, and minus the sum of their logits. */
export const ctc_greedy_decoder = def(
  "tensorflow.nn.ctc_greedy_decoder",
  "inputs sequence_length merge_repeated blank_index",
  (
    inputs: Data,
    sequence_length: Data,
    merge_repeated = true,
    blank_index: number | null = null,
  ): Decoded => {
    const [indices, values, shape, score] = op("CTCGreedyDecoder", [inputs, sequence_length], {
      merge_repeated,
      blank_index: blank_index ?? -1,
    });
    return Tuple.of_<SparseTensor[] | Tensor>([[new SparseTensor(indices!, values!, shape!)], score!]);
  },
);
/** The most probable label sequences by a beam of prefixes. */
export function beamSearch(
  inputs: Data,
  sequence_length: Data,
  beam_width: number,
  top_paths: number,
  merge_repeated: boolean,
): Decoded {
  const out = op("CTCBeamSearchDecoder", [inputs, sequence_length], {
    beam_width,
    top_paths,
    merge_repeated,
  });
  const paths = Array.from(
    { length: top_paths },
    (_, k) => new SparseTensor(out[k]!, out[top_paths + k]!, out[2 * top_paths + k]!),
  );
  return Tuple.of_<SparseTensor[] | Tensor>([paths, out[3 * top_paths]!]);
}
export const ctc_beam_search_decoder = def(
  "tensorflow.nn.ctc_beam_search_decoder",
  "inputs sequence_length beam_width top_paths",
  (inputs: Data, sequence_length: Data, beam_width = 100, top_paths = 1): Decoded =>
    beamSearch(inputs, sequence_length, beam_width, top_paths, false),
);

/** Labels without repetitions, and their new lengths. */
export const collapse_repeated = def(
  "tensorflow.nn.collapse_repeated",
  "labels seq_length name",
  (labels: Data, seq_length: Data, _name: Name = null): Tuple<Tensor> => {
    const x = toTensor(labels);
    const lengths = toTensor(seq_length);
    const [rows, n] = [...x.shape] as [number, number];
    const part = (from: number, count: number): Tensor => one("Slice", [x, [0, from], [-1, count]]);
    const first = one("Fill", [toTensor([rows, Math.min(n, 1)], { dtype: int32 }), toTensor(true)]);
    const changes = concat([first, not_equal(part(1, n - 1), part(0, n - 1))], 1);
    const kept = one("LogicalAnd", [changes, sequence_mask(lengths, n)]);
    const counts = one("Sum", [cast(kept, int32), [1]]);
    const most = Math.max(0, ...list(counts));
    const flat = one("Reshape", [x, [-1]]);
    const places = one("Where", [one("Reshape", [sequence_mask(counts, most), [-1]])]);
    const values = one("GatherNd", [flat, one("Where", [one("Reshape", [kept, [-1]])])]);
    const dense = one("ScatterNd", [places, values, toTensor([rows * most], { dtype: int64 })]);
    return Tuple.of_([one("Reshape", [dense, [rows, most]]), cast(counts, lengths.dtype)]);
  },
);
/** The different labels of each row, filled up with zeros, and where each label is among them. */
export const ctc_unique_labels = def(
  "tensorflow.nn.ctc_unique_labels",
  "labels name",
  (labels: Data, _name: Name = null): Tuple<Tensor> => {
    const x = toTensor(labels);
    const n = x.shape[1]!;
    const parts = Array.from({ length: x.shape[0]! }, (_, i) => {
      const { y, idx } = unique(gather(x, i)) as unknown as { y: Tensor; idx: Tensor };
      return [one("Pad", [cast(y, int64), [[0, n - y.shape[0]!]]]), idx] as const;
    });
    return Tuple.of_([stack(parts.map(([y]) => y) as Data[]), stack(parts.map(([, i]) => i) as Data[])]);
  },
);
