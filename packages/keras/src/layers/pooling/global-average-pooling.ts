import type { Tensor } from "../../backend/tensor.js";
import * as K from "../../ops/index.js";
import { stock } from "../stock.js";
import { globalClass, globalPooling } from "./pooling.js";

const mean = (x: Tensor, axes: readonly number[], keepdims: boolean): Tensor => K.mean(x, axes, keepdims);

class GlobalAveragePooling1DImpl extends globalPooling(1, mean) {
  constructor(...args: ConstructorParameters<ReturnType<typeof globalPooling>>) {
    super(...args);
    this.supports_masking = true;
  }
  /** The mean of the steps that the mask lets through. */
  override call(inputs: Tensor, mask: Tensor | null = null): Tensor {
    if (mask === null) return super.call(inputs);
    const axis = this.data_format === "channels_last" ? 1 : 2;
    const wide = K.cast(K.expand_dims(mask, 3 - axis), "bool");
    const kept = K.where(wide, inputs, 0) as Tensor;
    const count = K.sum(K.cast(wide, inputs.dtype), axis, this.keepdims);
    return K.divide(K.sum(kept, axis, this.keepdims), count);
  }
  override compute_mask(): null {
    return null;
  }
}

/** `keras.layers.GlobalAveragePooling1D`: the mean over an axis, of what a mask lets through. */
export const GlobalAveragePooling1D = stock(
  "pooling.global_average_pooling1d.GlobalAveragePooling1D",
  "data_format keepdims **kwargs",
  GlobalAveragePooling1DImpl,
  { call: "inputs mask?" },
);
export type GlobalAveragePooling1D = InstanceType<typeof GlobalAveragePooling1D>;

/** `keras.layers.GlobalAveragePooling2D`: the mean over 2 axes. */
export const GlobalAveragePooling2D = globalClass("global_average_pooling2d.GlobalAveragePooling2D", 2, mean);
export type GlobalAveragePooling2D = InstanceType<typeof GlobalAveragePooling2D>;

/** `keras.layers.GlobalAveragePooling3D`: the mean over 3 axes. */
export const GlobalAveragePooling3D = globalClass("global_average_pooling3d.GlobalAveragePooling3D", 3, mean);
export type GlobalAveragePooling3D = InstanceType<typeof GlobalAveragePooling3D>;
