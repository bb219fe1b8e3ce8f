import { convClass } from "./base-conv.js";

/**
 * `keras.layers.Conv2D`: activation(inputs ∗ kernel + bias) over 2 axes, `(batch, rows, columns, channels)` → `(batch, …, filters)`.
 *
 * @param padding - `"valid"`, `"same"`
 * @throws ValueError for arguments or inputs that leave no output
 */
export const Conv2D = convClass("convolutional.conv2d.Conv2D", 2);
export type Conv2D = InstanceType<typeof Conv2D>;
