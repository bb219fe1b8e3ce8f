import { asFloat, def, format, ValueError, warn } from "@cognate/py";
import type { ActivationLike } from "../activations/index.js";
import type { KerasTensor } from "../backend/keras-tensor.js";
import * as layers from "../layers/index.js";
import type { ModelImpl } from "../models/model.js";
import {
  CLASSES,
  checkActivation,
  checkWeights,
  finish,
  type Given,
  imagesOf,
  normalized,
  type Pooling,
  pooled,
  type Weights,
} from "./common.js";
import { preprocessing } from "./imagenet-utils.js";
import { type ImageShape, imageShape, sidesOf, usualSide } from "./shapes.js";

export { decode_predictions } from "./imagenet-utils.js";
export const preprocess_input = preprocessing("mobilenet", "tf");

const SIZES = [128, 160, 192, 224];
const ALPHAS: Readonly<Record<number, string>> = { 1: "1_0", 0.75: "7_5", 0.5: "5_0", 0.25: "2_5" };

/** Files have it as a float. */
const SIX = asFloat(6);
const cut = (x: KerasTensor, name: string): KerasTensor => layers.ReLU(SIX, { name })(x);

function depthwise(
  x: KerasTensor,
  filters: number,
  multiplier: number,
  stride: number,
  id: number,
): KerasTensor {
  const padded =
    stride === 1
      ? x
      : layers.ZeroPadding2D(
          [
            [0, 1],
            [0, 1],
          ] as never,
          { name: `conv_pad_${id}` },
        )(x);
  const strides = [stride, stride] as const;
  const d = layers.DepthwiseConv2D([3, 3], {
    padding: stride === 1 ? "same" : "valid",
    depth_multiplier: multiplier,
    strides,
    use_bias: false,
    name: `conv_dw_${id}`,
  })(padded);
  const a = cut(normalized(d, { name: `conv_dw_${id}_bn` }, -1), `conv_dw_${id}_relu`);
  const p = layers.Conv2D(filters, [1, 1], {
    padding: "same",
    use_bias: false,
    strides: [1, 1],
    name: `conv_pw_${id}`,
  })(a);
  return cut(normalized(p, { name: `conv_pw_${id}_bn` }, -1), `conv_pw_${id}_relu`);
}
/** Filters and strides of the blocks. */
const BLOCKS = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
] as const;

/**
 * `keras.applications.MobileNet`: depthwise convolutions and convolutions of one pixel in turn.
 *
 * @param alpha - the width: the share of the filters that there are
 * @param depth_multiplier - how many results each channel has in depthwise convolutions
 * @throws ValueError for weights or shapes that do not fit, OSError where weights are not on this machine
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const model = keras.applications.MobileNet({ weights: null, input_shape: [32, 32, 3], alpha: 0.25, classes: 10 });
 * print(model.name, model.count_params()); // prints mobilenet_0.25_32 221114
 * ```
 */
export const MobileNet = def(
  "keras.applications.MobileNet",
  "input_shape alpha depth_multiplier dropout include_top weights input_tensor pooling classes classifier_activation name",
  (
    input_shape: ImageShape | null = null,
    alpha = 1,
    depth_multiplier = 1,
    dropout = 1e-3,
    include_top = true,
    weights: Weights = "imagenet",
    input_tensor: KerasTensor | null = null,
    pooling: Pooling = null,
    classes = 1000,
    classifier_activation: ActivationLike = "softmax",
    name: string | null = null,
  ): ModelImpl => {
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
    checkWeights(g, { quote: "'", received: (w) => ` Received weights=${String(w)}`, classes: CLASSES.top });
    const shape = imageShape(input_shape, {
      default_size: usualSide(input_shape, SIZES),
      min_size: 32,
      require_flatten: include_top,
      imagenet: weights === "imagenet",
    });
    let [rows] = sidesOf(shape);
    if (weights === "imagenet") {
      if (depth_multiplier !== 1)
        throw new ValueError(
          `If imagenet weights are being loaded, depth multiplier must be 1.  Received depth_multiplier=${depth_multiplier}`,
        );
      if (!(alpha in ALPHAS))
        throw new ValueError(
          `If imagenet weights are being loaded, alpha can be one of\`0.25\`, \`0.50\`, \`0.75\` or \`1.0\` only.  Received alpha=${alpha}`,
        );
      if (rows !== sidesOf(shape)[1] || !SIZES.includes(rows!)) {
        rows = 224;
        warn(
          "`input_shape` is undefined or non-square, or `rows` is not in [128, 160, 192, 224]. Weights for input shape (224, 224) will be loaded as the default.",
        );
      }
    }
    const images = imagesOf(g, shape);
    const wide = (n: number): number => Math.trunc(n * alpha);
    let x: KerasTensor = layers.Conv2D(wide(32), [3, 3], {
      padding: "same",
      use_bias: false,
      strides: [2, 2],
      name: "conv1",
    })(images);
    x = cut(normalized(x, { name: "conv1_bn" }, -1), "conv1_relu");
    BLOCKS.forEach(([filters, stride], i) => {
      x = depthwise(x, wide(filters), depth_multiplier, stride, i + 1);
    });
    if (include_top) {
      x = layers.GlobalAveragePooling2D({ keepdims: true })(x);
      x = layers.Dropout(dropout, { name: "dropout" })(x);
      x = layers.Conv2D(classes, [1, 1], { padding: "same", name: "conv_preds" })(x);
      x = layers.Reshape([classes], { name: "reshape_2" })(x);
      checkActivation(g);
      x = layers.Activation(classifier_activation, { name: "predictions" })(x);
    } else x = pooled(x, pooling);
    const file = `mobilenet_${ALPHAS[alpha]}_${rows}_tf`;
    return finish(g, images, x, name ?? `mobilenet_${format(alpha, "0.2f")}_${rows ?? "None"}`, {
      folder: "tensorflow/keras-applications/mobilenet",
      top: `${file}.h5`,
      no_top: `${file}_no_top.h5`,
    });
  },
);
