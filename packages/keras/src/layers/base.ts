import { LayerImpl } from "./layer.js";
import { layerClass } from "./make.js";

/**
 * `keras.layers.Layer`: the base of all layers, for layers of one's own. `build` makes the weights when the first input
 * tells the shapes, `call` computes.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * class Scale extends keras.layers.Layer {
 *   build(input_shape) {
 *     this.factor = this.add_weight({ shape: [input_shape.at(-1)], initializer: "ones", name: "factor" });
 *   }
 *   call(x) {
 *     return keras.ops.multiply(x, this.factor);
 *   }
 * }
 * const layer = new Scale();
 * print(layer(keras.ops.ones([1, 2])), layer);
 * // prints tf.Tensor([[1. 1.]], shape=(1, 2), dtype=float32) <Scale name=scale, built=True>
 * ```
 */
export const Layer = layerClass("keras.src.layers.layer.Layer", "**kwargs", LayerImpl, { module: "keras" });
export type Layer = LayerImpl;
