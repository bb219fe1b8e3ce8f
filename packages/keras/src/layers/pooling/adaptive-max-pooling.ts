import * as K from "../../ops/index.js";
import { adaptiveClass } from "./pooling.js";

/** `keras.layers.AdaptiveMaxPooling1D`: the largest element of so many nearly equal parts of 1 axis. */
export const AdaptiveMaxPooling1D = adaptiveClass(
  "adaptive_max_pooling1d.AdaptiveMaxPooling1D",
  1,
  K.adaptive_max_pool,
);
export type AdaptiveMaxPooling1D = InstanceType<typeof AdaptiveMaxPooling1D>;

/** `keras.layers.AdaptiveMaxPooling2D`: the largest element of so many nearly equal parts of 2 axes. */
export const AdaptiveMaxPooling2D = adaptiveClass(
  "adaptive_max_pooling2d.AdaptiveMaxPooling2D",
  2,
  K.adaptive_max_pool,
);
export type AdaptiveMaxPooling2D = InstanceType<typeof AdaptiveMaxPooling2D>;

/** `keras.layers.AdaptiveMaxPooling3D`: the largest element of so many nearly equal parts of 3 axes. */
export const AdaptiveMaxPooling3D = adaptiveClass(
  "adaptive_max_pooling3d.AdaptiveMaxPooling3D",
  3,
  K.adaptive_max_pool,
);
export type AdaptiveMaxPooling3D = InstanceType<typeof AdaptiveMaxPooling3D>;
