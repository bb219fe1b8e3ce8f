import * as K from "../../ops/index.js";
import { poolingClass } from "./pooling.js";

/** `keras.layers.AveragePooling1D`: the mean of each window, padding left out over 1 axis. */
export const AveragePooling1D = poolingClass("average_pooling1d.AveragePooling1D", 1, K.average_pool);
export type AveragePooling1D = InstanceType<typeof AveragePooling1D>;

/** `keras.layers.AveragePooling2D`: the mean of each window, padding left out over 2 axes. */
export const AveragePooling2D = poolingClass("average_pooling2d.AveragePooling2D", 2, K.average_pool);
export type AveragePooling2D = InstanceType<typeof AveragePooling2D>;

/** `keras.layers.AveragePooling3D`: the mean of each window, padding left out over 3 axes. */
export const AveragePooling3D = poolingClass("average_pooling3d.AveragePooling3D", 3, K.average_pool);
export type AveragePooling3D = InstanceType<typeof AveragePooling3D>;
