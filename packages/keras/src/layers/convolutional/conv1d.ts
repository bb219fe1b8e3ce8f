import { convClass } from "./base-conv.js";

/**
 * `keras.layers.Conv1D`: activation(inputs ∗ kernel + bias) over 1 axis, `(batch, steps, channels)` → `(batch, …, filters)`.
 *
 * @param padding - `"valid"`, `"same"` or `"causal"`, where no step sees a later one
 * @throws ValueError for arguments or inputs that leave no output
 */
export const Conv1D = convClass("convolutional.conv1d.Conv1D", 1);
export type Conv1D = InstanceType<typeof Conv1D>;
