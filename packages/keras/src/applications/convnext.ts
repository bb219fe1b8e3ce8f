import { def } from "@cognate/py";
import type { ActivationLike } from "../activations/index.js";
import type { KerasTensor } from "../backend/keras-tensor.js";
import { LayerScale } from "../layers/core/layer-scale.js";
import * as layers from "../layers/index.js";
import type { ModelImpl } from "../models/model.js";
import { Sequential } from "../models/sequential.js";
import {
  CLASSES,
  checkActivation,
  checkWeights,
  finish,
  type Given,
  imagesOf,
  type Pooling,
  pooled,
  refuseChannelsFirst,
  type Weights,
} from "./common.js";
import { preprocessing } from "./imagenet-utils.js";
import { type ImageShape, imageShape } from "./shapes.js";
import { StochasticDepth } from "./stochastic-depth.js";

export { decode_predictions } from "./imagenet-utils.js";
/** Gives its argument: the models normalise themselves. */
export const preprocess_input = preprocessing("convnext", null);

const norm = (name?: string) =>
  layers.LayerNormalization({ epsilon: 1e-6, ...(name === undefined ? {} : { name }) });

function block(x: KerasTensor, channels: number, rate: number, name: string): KerasTensor {
  let y: KerasTensor = layers.Conv2D(channels, 7, {
    padding: "same",
    groups: channels,
    name: `${name}_depthwise_conv`,
  })(x);
  y = norm(`${name}_layernorm`)(y);
  y = layers.Dense(4 * channels, { name: `${name}_pointwise_conv_1` })(y);
  y = layers.Activation("gelu", { name: `${name}_gelu` })(y);
  y = layers.Dense(channels, { name: `${name}_pointwise_conv_2` })(y);
  y = LayerScale(1e-6, channels, { name: `${name}_layer_scale` })(y) as KerasTensor;
  const last: unknown =
    rate > 0
      ? StochasticDepth(rate, { name: `${name}_stochastic_depth` })
      : layers.Activation("linear", { name: `${name}_identity` });
  return x.add((last as (y: KerasTensor) => KerasTensor)(y));
}

interface Size {
  readonly file: string;
  readonly depths: readonly number[];
  readonly channels: readonly number[];
  readonly hashes: readonly [string, string];
}

function body(images: KerasTensor, s: Size, name: string): KerasTensor {
  const stages = s.channels.map((channels, i) =>
    i === 0
      ? Sequential(
          [
            layers.Conv2D(channels, 4, { strides: 4, name: `${name}_stem_conv` }),
            norm(`${name}_stem_layernorm`),
          ],
          { name: `${name}_stem` },
        )
      : Sequential(
          [
            norm(`${name}_downsampling_layernorm_${i - 1}`),
            layers.Conv2D(channels, 2, { strides: 2, name: `${name}_downsampling_conv_${i - 1}` }),
          ],
          { name: `${name}_downsampling_block_${i - 1}` },
        ),
  ) as unknown as ((x: KerasTensor) => KerasTensor)[];
  let x = images;
  stages.forEach((stage, i) => {
    x = stage(x);
    for (let j = 0; j < s.depths[i]!; j++) x = block(x, s.channels[i]!, 0, `${name}_stage_${i}_block_${j}`);
  });
  return x;
}

const convnext = (own: string, s: Size) =>
  def(
    `keras.applications.${own}`,
    "include_top include_preprocessing weights input_tensor input_shape pooling classes classifier_activation name",
    (
      include_top = true,
      include_preprocessing = true,
      weights: Weights = "imagenet",
      input_tensor: KerasTensor | null = null,
      input_shape: ImageShape | null = null,
      pooling: Pooling = null,
      classes = 1000,
      classifier_activation: ActivationLike = "softmax",
      given: string | null = s.file,
    ): ModelImpl => {
      const name = given as string;
      const g: Given = {
        include_top,
        weights,
        input_tensor,
        input_shape,
        pooling,
        classes,
        classifier_activation,
        name,
      };
      refuseChannelsFirst("ConvNeXt");
      checkWeights(g, { classes: CLASSES.quoted });
      const shape = imageShape(input_shape, {
        default_size: 224,
        min_size: 32,
        require_flatten: include_top,
        imagenet: weights === "imagenet",
      });
      const images = imagesOf(g, shape);
      let x = images;
      if (include_preprocessing && shape.at(-1) === 3)
        x = layers.Normalization({
          mean: [0.485 * 255, 0.456 * 255, 0.406 * 255] as never,
          variance: [(0.229 * 255) ** 2, (0.224 * 255) ** 2, (0.225 * 255) ** 2] as never,
          name: `${name}_prestem_normalization`,
        })(x);
      x = body(x, s, name);
      if (include_top) {
        checkActivation(g);
        x = layers.GlobalAveragePooling2D({ name: `${name}_head_gap` })(x);
        x = norm(`${name}_head_layernorm`)(x);
        x = layers.Dense(classes, { activation: classifier_activation, name: `${name}_head_dense` })(x);
      } else x = norm()(pooled(x, pooling));
      return finish(g, images, x, name, {
        folder: "tensorflow/keras-applications/convnext",
        top: `${name}.h5`,
        no_top: `${name}_notop.h5`,
        hashes: s.hashes,
      });
    },
  );
/** `keras.applications.ConvNeXtTiny`: convolutions in the manner of transformers; the models normalise their images themselves. */
export const ConvNeXtTiny = convnext("ConvNeXtTiny", {
  file: "convnext_tiny",
  depths: [3, 3, 9, 3],
  channels: [96, 192, 384, 768],
  hashes: [
    "8ae6e78ce2933352b1ef4008e6dd2f17bc40771563877d156bc6426c7cf503ff",
    "d547c096cabd03329d7be5562c5e14798aa39ed24b474157cef5e85ab9e49ef1",
  ],
});
/** `keras.applications.ConvNeXtSmall`: {@link ConvNeXtTiny}, larger. */
export const ConvNeXtSmall = convnext("ConvNeXtSmall", {
  file: "convnext_small",
  depths: [3, 3, 27, 3],
  channels: [96, 192, 384, 768],
  hashes: [
    "ce1277d8f1ee5a0ef0e171469089c18f5233860ceaf9b168049cb9263fd7483c",
    "6fc8009faa2f00c1c1dfce59feea9b0745eb260a7dd11bee65c8e20843da6eab",
  ],
});
/** `keras.applications.ConvNeXtBase`: {@link ConvNeXtTiny}, larger. */
export const ConvNeXtBase = convnext("ConvNeXtBase", {
  file: "convnext_base",
  depths: [3, 3, 27, 3],
  channels: [128, 256, 512, 1024],
  hashes: [
    "52cbb006d3dadd03f6e095a8ca1aca47aecdd75acb4bc74bce1f5c695d0086e6",
    "40a20c5548a5e9202f69735ecc06c990e6b7c9d2de39f0361e27baeb24cb7c45",
  ],
});
/** `keras.applications.ConvNeXtLarge`: {@link ConvNeXtTiny}, larger. */
export const ConvNeXtLarge = convnext("ConvNeXtLarge", {
  file: "convnext_large",
  depths: [3, 3, 27, 3],
  channels: [192, 384, 768, 1536],
  hashes: [
    "070c5ed9ed289581e477741d3b34beffa920db8cf590899d6d2c67fba2a198a6",
    "96f02b6f0753d4f543261bc9d09bed650f24dd6bc02ddde3066135b63d23a1cd",
  ],
});
/** `keras.applications.ConvNeXtXLarge`: {@link ConvNeXtTiny}, larger. */
export const ConvNeXtXLarge = convnext("ConvNeXtXLarge", {
  file: "convnext_xlarge",
  depths: [3, 3, 27, 3],
  channels: [256, 512, 1024, 2048],
  hashes: [
    "c1f5ccab661354fc3a79a10fa99af82f0fbf10ec65cb894a3ae0815f17a889ee",
    "de3f8a54174130e0cecdc71583354753d557fcf1f4487331558e2a16ba0cfe05",
  ],
});
