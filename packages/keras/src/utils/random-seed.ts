import { def, Float, repr, type, ValueError } from "@cognate/py";
import { seedAll } from "../random/state.js";

/**
 * `keras.utils.set_random_seed`: seeds Python's, NumPy's and TensorFlow's generators, so that initial weights, dropout
 * and shuffles are those of Keras on TensorFlow.
 *
 * @throws ValueError for what is no integer
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * keras.utils.set_random_seed(3);
 * print(keras.random.uniform([2]).numpy()); // prints [0.49793148 0.01592684]
 * ```
 */
export const set_random_seed = def("keras.utils.set_random_seed", "seed", (seed: number | bigint): void => {
  if ((!Number.isInteger(seed) && typeof seed !== "bigint") || (seed as unknown) instanceof Float)
    throw new ValueError(
      `Expected \`seed\` argument to be an integer. Received: seed=${repr(seed)} (of type ${repr(type(seed))})`,
    );
  seedAll(seed);
});
