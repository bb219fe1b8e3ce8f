import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { globalClass } from "./pooling.js";

const largest = (x: Tensor, axes: readonly number[], keepdims: boolean): Tensor => K.max(x, axes, keepdims);

/** `keras.layers.GlobalMaxPooling1D`: the largest element over 1 axis. */
export const GlobalMaxPooling1D = globalClass("global_max_pooling1d.GlobalMaxPooling1D", 1, largest);
export type GlobalMaxPooling1D = InstanceType<typeof GlobalMaxPooling1D>;

/** `keras.layers.GlobalMaxPooling2D`: the largest element over 2 axes. */
export const GlobalMaxPooling2D = globalClass("global_max_pooling2d.GlobalMaxPooling2D", 2, largest);
export type GlobalMaxPooling2D = InstanceType<typeof GlobalMaxPooling2D>;

/** `keras.layers.GlobalMaxPooling3D`: the largest element over 3 axes. */
export const GlobalMaxPooling3D = globalClass("global_max_pooling3d.GlobalMaxPooling3D", 3, largest);
export type GlobalMaxPooling3D = InstanceType<typeof GlobalMaxPooling3D>;
