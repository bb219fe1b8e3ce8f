import { asFloat } from "@cognate/py";
import { image_data_format } from "../backend/config.js";
import type { KerasTensor } from "../backend/keras-tensor.js";
import * as layers from "../layers/index.js";
import { checkActivation, type Given, normalized } from "./common.js";

/* What both versions of EfficientNet have in common. */

export const KERNEL = {
  class_name: "VarianceScaling",
  config: { scale: asFloat(2), mode: "fan_out", distribution: "truncated_normal" },
} as never;
export const DENSE = {
  class_name: "VarianceScaling",
  config: { scale: 1 / 3, mode: "fan_out", distribution: "uniform" },
} as never;
export const swish = (x: KerasTensor, name: string): KerasTensor => layers.Activation("swish", { name })(x);
/** A normalised convolution that keeps the size. */
export const convolved = (
  x: KerasTensor,
  filters: number,
  kernel: number,
  options: Readonly<Record<string, unknown>>,
): KerasTensor =>
  layers.Conv2D(filters, kernel, {
    padding: "same",
    use_bias: false,
    kernel_initializer: KERNEL,
    ...options,
  } as never)(x);

/** Channels scaled by what a small network makes of their means. */
export function squeezed(x: KerasTensor, filters: number, few: number, name: string): KerasTensor {
  const first = image_data_format() === "channels_first";
  let se: KerasTensor = layers.GlobalAveragePooling2D({ name: `${name}se_squeeze` })(x);
  se = layers.Reshape(first ? [filters, 1, 1] : [1, 1, filters], { name: `${name}se_reshape` })(se);
  const options = { padding: "same", kernel_initializer: KERNEL } as const;
  se = layers.Conv2D(few, 1, { ...options, activation: "swish", name: `${name}se_reduce` })(se);
  se = layers.Conv2D(filters, 1, { ...options, activation: "sigmoid", name: `${name}se_expand` })(se);
  return layers.Multiply({ name: `${name}se_excite` })([x, se]);
}

/** What came in added, after a share of the blocks was left out at random. */
export function added(x: KerasTensor, inputs: KerasTensor, rate: number, name: string): KerasTensor {
  const y: KerasTensor =
    rate > 0 ? layers.Dropout(rate, { noise_shape: [null, 1, 1, 1] as never, name: `${name}drop` })(x) : x;
  return layers.Add({ name: `${name}add` })([y, inputs]);
}

/** The top of both. */
export const top = (dropout: number, dense: object) => (x: KerasTensor, g: Given) => {
  let y: KerasTensor = layers.GlobalAveragePooling2D({ name: "avg_pool" })(x);
  if (dropout > 0) y = layers.Dropout(dropout, { name: "top_dropout" })(y);
  checkActivation(g);
  return layers.Dense(g.classes, {
    activation: g.classifier_activation,
    kernel_initializer: DENSE,
    ...dense,
    name: "predictions",
  })(y) as KerasTensor;
};
/** The last convolution. */
export const head = (x: KerasTensor, filters: number, bn: Readonly<Record<string, unknown>>): KerasTensor =>
  swish(
    normalized(convolved(x, filters, 1, { name: "top_conv" }), { ...bn, name: "top_bn" }),
    "top_activation",
  );
