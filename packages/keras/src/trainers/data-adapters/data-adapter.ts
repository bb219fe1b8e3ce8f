import { arrayOf } from "@cognate/kernel";
import { repr, Tuple, ValueError } from "@cognate/py";
import { KerasTensor } from "../../backend/keras-tensor.js";

/** One batch: inputs, or a tuple of inputs, targets and weights. */
export type Batch = unknown;

/** Where batches come from. */
export interface DataAdapter {
  /** How many batches an epoch has, `null` if unknown. */
  readonly num_batches: number | null;
  /** The batches from the beginning, as tensors. */
  batches(): Iterator<Batch>;
  on_epoch_begin(): void;
  on_epoch_end(): void;
}

/** Whether a thing is an array of numbers: of any package, or a typed one. */
export const isArray = (x: unknown): boolean =>
  (arrayOf(x) !== undefined && !(x instanceof KerasTensor)) ||
  (ArrayBuffer.isView(x) && !(x instanceof DataView));

/** Inputs, targets and weights out of a batch (`keras.utils.unpack_x_y_sample_weight`). @throws ValueError */
export function unpack_x_y_sample_weight(data: unknown): Tuple<unknown> {
  if (!Array.isArray(data)) return Tuple.of_([data, null, null]);
  if (data.length < 1 || data.length > 3)
    throw new ValueError(
      `Data is expected to be in format \`x\`, \`(x,)\`, \`(x, y)\`, or \`(x, y, sample_weight)\`, found: ${repr(data)}`,
    );
  return Tuple.of_([data[0], data[1] ?? null, data[2] ?? null]);
}

/** A batch of inputs, targets and weights (`keras.utils.pack_x_y_sample_weight`). */
export function pack_x_y_sample_weight(
  x: unknown,
  y: unknown = null,
  sample_weight: unknown = null,
): unknown {
  if (y === null) return Array.isArray(x) ? Tuple.of_([x]) : x;
  return Tuple.of_(sample_weight === null ? [x, y] : [x, y, sample_weight]);
}
