import { toTensor } from "../../core/convert.js";
import { int32 } from "../../core/dtypes.js";
import { one } from "../../core/execute.js";
import type { Tensor } from "../../shared.js";
import { type Data, def, type Name } from "../make.js";

/** Where an index stands in a random order of 0 … max_index, by a seed of three numbers. */
export const random_index_shuffle = def(
  "tensorflow.random_index_shuffle",
  "index seed max_index rounds name",
  (index: Data, seed: Data, max_index: Data, rounds = 4, name: Name = null): Tensor =>
    one("RandomIndexShuffle", [index, seed, max_index], { rounds }, name),
);

/** The first of three numbers, where a seed has two. */
const FIRST = 498247692;

/**
 * `tf.random.experimental.index_shuffle`: where `index` stands in a random order of 0 … `max_index`, without the order being
 * made; `seed` has shape [2], or [n, 2] for an order for each index.
 *
 * @throws InvalidArgumentError for shapes that do not fit
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * print(tf.random.experimental.index_shuffle(tf.range(4), [5, 9], 3).numpy()); // prints [2 0 1 3]
 * ```
 */
export const index_shuffle = def(
  "tensorflow.random.experimental.index_shuffle",
  "index seed max_index",
  (index: Data, seed: Data, max_index: Data): Tensor => {
    const s = toTensor(seed);
    const before = s.shape.map((_d, axis, all) => [axis === all.length - 1 ? 1 : 0, 0]);
    const three = one("PadV2", [s, toTensor(before, { dtype: int32 }), toTensor(FIRST, { dtype: s.dtype })]);
    return random_index_shuffle(index, three, max_index, 4);
  },
);
