import * as K from "../../ops/index.js";
import { poolingClass } from "./pooling.js";

/** `keras.layers.MaxPooling1D`: the largest element of each window over 1 axis. */
export const MaxPooling1D = poolingClass("max_pooling1d.MaxPooling1D", 1, K.max_pool);
export type MaxPooling1D = InstanceType<typeof MaxPooling1D>;

/** `keras.layers.MaxPooling2D`: the largest element of each window over 2 axes. */
export const MaxPooling2D = poolingClass("max_pooling2d.MaxPooling2D", 2, K.max_pool);
export type MaxPooling2D = InstanceType<typeof MaxPooling2D>;

/** `keras.layers.MaxPooling3D`: the largest element of each window over 3 axes. */
export const MaxPooling3D = poolingClass("max_pooling3d.MaxPooling3D", 3, K.max_pool);
export type MaxPooling3D = InstanceType<typeof MaxPooling3D>;
