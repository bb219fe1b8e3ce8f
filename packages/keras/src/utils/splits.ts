import { ops } from "@cognate/kernel";
import { def, repr, Tuple, TypeError, type, ValueError } from "@cognate/py";
import { valueOf } from "../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import { apply } from "../ops/make.js";
import { legacyBelow, legacyEngine, legacyShuffle, numpyRandom, pythonRandom } from "../random/state.js";
import { isArray } from "../trainers/data-adapters/data-adapter.js";
import { Dataset } from "./dataset.js";

/*
 * Datasets out of arrays.
 */

const isFloat = (x: unknown): boolean =>
  x instanceof Number || (typeof x === "number" && !Number.isInteger(x));

/** How many elements go to the left and to the right: numbers, or shares of all. @throws ValueError */
function splitSizes(left: number | null, right: number | null, total: number): [number, number] {
  const check = (x: number | null, side: string): void => {
    if (x === null) return;
    if (typeof x !== "number" && !isFloat(x))
      throw new TypeError(
        `Invalid \`${side}_size\` type. Expected: int or float or None, Received: type(${side}_size)=${repr(type(x))}.`,
      );
    const size = Number(x);
    const wrong = isFloat(x) ? size <= 0 || size >= 1 : size <= 0 || size >= total;
    if (wrong)
      throw new ValueError(
        `\`${side}_size\` should be either a positive integer smaller than ${total}, or a float within the range \`[0, 1]\`. Received: ${side}_size=${repr(x)}`,
      );
  };
  check(left, "left");
  check(right, "right");
  const counted = (x: number | null, round: (y: number) => number): number | null =>
    x === null ? null : isFloat(x) ? round(Number(x) * total) : Number(x);
  let [l, r] = [counted(left, Math.round), counted(right, Math.round)];
  l ??= total - r!;
  r ??= total - l;
  if (l + r > total)
    throw new ValueError(
      `The sum of \`left_size\` and \`right_size\` should be smaller than the samples_count=${total}. Reduce \`left_size\` or \`right_size\`.`,
    );
  for (const [size, side] of [
    [l, "left"],
    [r, "right"],
  ] as const)
    if (size === 0)
      throw new ValueError(
        `With \`dataset\` of length=${total}, \`${side}_size\`=${size} the resulting ${side} side dataset will be empty. Adjust any of the aforementioned parameters`,
      );
  return [l, r];
}

/**
 * `keras.utils.split_dataset`: two datasets out of arrays or a dataset; shuffled by Python's generator.
 *
 * @param left_size - a number of elements, or a share of all
 * @param right_size - the rest if left out
 */
export const split_dataset = def(
  "keras.utils.split_dataset",
  "dataset left_size right_size shuffle seed preferred_backend",
  (
    dataset: unknown,
    left_size: number | null = null,
    right_size: number | null = null,
    shuffle = false,
    seed: number | null = null,
    _preferred_backend: string | null = null,
  ): Tuple<Dataset> => {
    const known = dataset instanceof Dataset || isArray(dataset) || Array.isArray(dataset);
    if (!known)
      throw new TypeError(
        `The \`dataset\` argument must be eithera \`tf.data.Dataset\` object, ora list/tuple of arrays. Received: dataset=${repr(dataset)} of type ${repr(type(dataset))}`,
      );
    if (left_size === null && right_size === null)
      throw new ValueError(
        "At least one of the `left_size` or `right_size` must be specified. Received: left_size=None and right_size=None",
      );
    const source = dataset instanceof Dataset ? dataset : Dataset.from_tensor_slices(slicesOf(dataset));
    const elements = [...source];
    if (shuffle) {
      const python = pythonRandom();
      python.seed(seed ?? python.randint(0, 10 ** 6));
      python.shuffle(elements);
    }
    const [left, right] = splitSizes(left_size, right_size, elements.length);
    const of = (list: readonly unknown[]): Dataset => new Dataset(() => list, list.length);
    return Tuple.of_([of(elements.slice(0, left)), of(elements.slice(-right))]);
  },
);

/** Lists of arrays are split along all of them; a list of numbers is one array. */
const slicesOf = (x: unknown): unknown => {
  if (!Array.isArray(x) || !x.some((item) => isArray(item))) return wrap(valueOf(x as TensorLike));
  return Tuple.of_(x);
};

const requirePositive = (name: string, value: number, length: number): void => {
  if (value <= 0) throw new ValueError(`\`${name}\` must be higher than 0. Received: ${name}=${value}`);
  if (value >= length)
    throw new ValueError(
      `\`${name}\` must be lower than the length of the data. Received: ${name}=${value}, for data of length ${length}`,
    );
};

/**
 * `keras.utils.timeseries_dataset_from_array`: windows over a series, with a target for each.
 *
 * @param data - the series, time first
 * @param targets - one target a window start, or `null`
 * @param sequence_length - how long windows are; `sequence_stride`: how far apart they start; `sampling_rate`: how far apart
 * their entries are
 */
export const timeseries_dataset_from_array = def(
  "keras.utils.timeseries_dataset_from_array",
  "data targets sequence_length sequence_stride sampling_rate batch_size shuffle seed start_index end_index format",
  (
    data: TensorLike,
    targets: TensorLike | null,
    sequence_length: number,
    sequence_stride = 1,
    sampling_rate = 1,
    batch_size: number | null = 128,
    shuffle = false,
    seed: number | null = null,
    start_index: number | null = null,
    end_index: number | null = null,
    _format = "tf",
  ): Dataset => {
    const series = valueOf(data);
    const length = series.shape[0]!;
    if (start_index) {
      if (start_index < 0)
        throw new ValueError(`\`start_index\` must be 0 or greater. Received: start_index=${start_index}`);
      if (start_index >= length)
        throw new ValueError(
          `\`start_index\` must be lower than the length of the data. Received: start_index=${start_index}, for data of length ${length}`,
        );
    }
    if (end_index) {
      if (start_index && end_index <= start_index)
        throw new ValueError(
          `\`end_index\` must be higher than \`start_index\`. Received: start_index=${start_index}, and end_index=${end_index} `,
        );
      if (end_index >= length)
        throw new ValueError(
          `\`end_index\` must be lower than the length of the data. Received: end_index=${end_index}, for data of length ${length}`,
        );
      if (end_index <= 0)
        throw new ValueError(`\`end_index\` must be higher than 0. Received: end_index=${end_index}`);
    }
    requirePositive("sampling_rate", sampling_rate, length);
    requirePositive("sequence_stride", sequence_stride, length);
    const first = start_index ?? 0;
    const end = end_index ?? length;
    const own = targets === null ? null : valueOf(targets);
    const windows = end - first - (sequence_length - 1) * sampling_rate;
    const count = own === null ? windows : Math.min(windows, own.shape[0]!);
    let starts: number[] = [];
    for (let i = 0; i < count; i += sequence_stride) starts.push(i);
    const orderSeed = shuffle ? (seed ?? legacyBelow(numpyRandom(), 10 ** 6)) : 0;
    if (shuffle) starts = legacyShuffle(legacyEngine(orderSeed), starts);
    const at = (v: typeof series, start: number, n: number): Tensor =>
      wrap(apply(ops.slice, [v], { dim: 0, start: first + start, step: sampling_rate, length: n }));
    const one = (v: typeof series, i: number): Tensor => {
      const x = apply(ops.slice, [v], { dim: 0, start: first + i, step: 1, length: 1 });
      return wrap(apply(ops.reshape, [x], { shape: x.shape.slice(1) }));
    };
    const elements = new Dataset(function* () {
      for (const i of starts) {
        const window = at(series, i, sequence_length);
        yield own === null ? window : Tuple.of_([window, one(own, i)]);
      }
    }, starts.length);
    const ordered = shuffle
      ? elements.shuffle(batch_size === null ? 1024 : batch_size * 8, orderSeed)
      : elements;
    return batch_size === null ? ordered : ordered.batch(batch_size);
  },
);
