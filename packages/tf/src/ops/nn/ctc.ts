import { toTensor } from "../../core/convert.js";
import { int32, int64 } from "../../core/dtypes.js";
import { one, op } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { gather } from "../array-index.js";
import { type Data, def, type Name } from "../make.js";
import { cast } from "../math.js";

/** Losses of sequences by connectionist temporal classification; dense labels. */
export const ctc_loss = def(
  "tensorflow.nn.ctc_loss",
  "labels logits label_length logit_length logits_time_major unique blank_index name",
  (
    labels: Data,
    logits: Data,
    label_length: Data,
    logit_length: Data,
    logits_time_major = true,
    _unique: unknown = null,
    blank_index: number | null = null,
    _name: Name = null,
  ): Tensor => {
    let x = toTensor(logits);
    if (!logits_time_major) x = one("Transpose", [x, [1, 0, 2]]);
    const classes = x.shape[2]!;
    const blank = blank_index === null ? 0 : blank_index < 0 ? blank_index + classes : blank_index;
    const dense = toTensor(labels);
    const rows = dense.shape[0]!;
    const lengths = toTensor(label_length).tolist() as number[];
    const list = (dense.tolist() as number[][]).map((r, i) => r.slice(0, lengths[i]));
    // The operation wants the blank last: its column is moved there.
    const order = Array.from({ length: classes }, (_, i) => i).filter((i) => i !== blank);
    const moved = blank === classes - 1 ? x : gather(x, [...order, blank], null, 2);
    const place = (l: number): number => (l > blank ? l - 1 : l);
    const indices = list.flatMap((r, i) => r.map((_, j) => [i, j]));
    const values = list.flatMap((r) => r.map(place));
    void rows;
    return op(
      "CTCLoss",
      [
        moved,
        toTensor(indices, { dtype: int64 }),
        toTensor(values, { dtype: int32 }),
        cast(logit_length, int32),
      ],
      { ignore_longer_outputs_than_inputs: false },
    )[0]!;
  },
);
