import { ops } from "@cognate/kernel";
import { ValueError } from "@cognate/py";
import { runMany } from "../backend/record.js";
import { optimizerClass, slotOptimizer } from "./make.js";
import type { Rate } from "./optimizer.js";

const options = (learning_rate: Rate = 0.01, momentum = 0, nesterov = false) => {
  if (!(Number(momentum) >= 0 && Number(momentum) <= 1))
    throw new ValueError("`momentum` must be a float between [0, 1].");
  return { learning_rate, momentum, nesterov };
};

/**
 * `keras.optimizers.SGD`: p ← p − η·g; with momentum, m ← µ·m − η·g and p ← p + m (or p + µ·m − η·g with `nesterov`).
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const w = keras.Variable([1, 2.5]);
 * keras.optimizers.SGD(0.1).apply([keras.ops.array([5, 10])], [w]);
 * print(w.numpy()); // prints [0.5 1.5]
 * ```
 */
export const SGD = optimizerClass(
  "sgd.SGD",
  "learning_rate momentum nesterov",
  options,
  slotOptimizer<ReturnType<typeof options>>({
    slots: ({ momentum }) => (Number(momentum) === 0 ? [] : [["momentum"]]),
    step: ({ p, g, slots: [m], rate, options: { momentum, nesterov } }) =>
      m
        ? runMany(ops.momentumStep, [p, g, m], { rate, momentum: Number(momentum), nesterov })
        : [p.sub(g.mul(rate))],
  }),
);
export type SGD = InstanceType<typeof SGD>;
