import { convClass } from "./base-conv.js";

/**
 * `keras.layers.Conv3D`: activation(inputs ∗ kernel + bias) over 3 axes, `(batch, depth, rows, columns, channels)` → `(batch, …, filters)`.
 *
 * @param padding - `"valid"`, `"same"`
 * @throws ValueError for arguments or inputs that leave no output
 */
export const Conv3D = convClass("convolutional.conv3d.Conv3D", 3);
export type Conv3D = InstanceType<typeof Conv3D>;
