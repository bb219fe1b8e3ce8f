import * as K from "../../ops/index.js";
import { adaptiveClass } from "./pooling.js";

/** `keras.layers.AdaptiveAveragePooling1D`: the mean of so many nearly equal parts of 1 axis. */
export const AdaptiveAveragePooling1D = adaptiveClass(
  "adaptive_average_pooling1d.AdaptiveAveragePooling1D",
  1,
  K.adaptive_average_pool,
);
export type AdaptiveAveragePooling1D = InstanceType<typeof AdaptiveAveragePooling1D>;

/** `keras.layers.AdaptiveAveragePooling2D`: the mean of so many nearly equal parts of 2 axes. */
export const AdaptiveAveragePooling2D = adaptiveClass(
  "adaptive_average_pooling2d.AdaptiveAveragePooling2D",
  2,
  K.adaptive_average_pool,
);
export type AdaptiveAveragePooling2D = InstanceType<typeof AdaptiveAveragePooling2D>;

/** `keras.layers.AdaptiveAveragePooling3D`: the mean of so many nearly equal parts of 3 axes. */
export const AdaptiveAveragePooling3D = adaptiveClass(
  "adaptive_average_pooling3d.AdaptiveAveragePooling3D",
  3,
  K.adaptive_average_pool,
);
export type AdaptiveAveragePooling3D = InstanceType<typeof AdaptiveAveragePooling3D>;
