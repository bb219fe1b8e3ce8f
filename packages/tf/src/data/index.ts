import { nameClass } from "@cognate/py";
import { DatasetImpl } from "./dataset.js";
import { elements } from "./elements.js";
import { list_files } from "./files.js";
import { groups } from "./groups.js";
import { makers } from "./makers.js";
import { order } from "./order.js";
import { resample } from "./resample.js";
import { sample_from_datasets } from "./sample.js";

Object.assign(DatasetImpl.prototype, elements, groups, order, resample);

export type Dataset = DatasetImpl;

/**
 * `tf.data.Dataset`: a sequence of tensors (or tuples and dicts of them) that is made as it is iterated.
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * tf.random.set_seed(5);
 * const d = tf.data.Dataset.range(10).shuffle(4, { seed: 1 }).batch(5);
 * for (const x of d) print(x);
 * // prints
 * // tf.Tensor([0 4 3 6 2], shape=(5,), dtype=int64)
 * // tf.Tensor([8 1 7 9 5], shape=(5,), dtype=int64)
 * ```
 */
export const Dataset = Object.assign(DatasetImpl, makers, { list_files, sample_from_datasets });
nameClass("tensorflow.python.data.ops.dataset_ops.DatasetV2", DatasetImpl);

export { DatasetImpl, makers };
