import { asFloat, def, format, repr, Tuple, ValueError, warn } from "@cognate/py";
import type { ActivationLike } from "../activations/index.js";
import type { KerasTensor } from "../backend/keras-tensor.js";
import * as layers from "../layers/index.js";
import type { ModelImpl } from "../models/model.js";
import {
  checkWeights,
  classified,
  finish,
  type Given,
  imagesOf,
  normalized,
  type Pooling,
  pooled,
  type Weights,
} from "./common.js";
import { preprocessing } from "./imagenet-utils.js";
import {
  channelsOf,
  correct_pad,
  type ImageShape,
  imageShape,
  makeDivisible,
  shapeBeside,
  sidesOf,
  usualSide,
} from "./shapes.js";

export { decode_predictions } from "./imagenet-utils.js";
export const preprocess_input = preprocessing("mobilenet_v2", "tf");

const SIZES = [96, 128, 160, 192, 224];
const BN = { epsilon: 1e-3, momentum: 0.999 } as const;
/** Files have it as a float. */
const SIX = asFloat(6);
const cut = (x: KerasTensor, name: string): KerasTensor => layers.ReLU(SIX, { name })(x);

/** A block that widens, convolves each channel, narrows, and adds what came in where shapes allow. */
function invertedResidual(
  inputs: KerasTensor,
  expansion: number,
  stride: number,
  alpha: number,
  filters: number,
  id: number,
): KerasTensor {
  const prefix = id === 0 ? "expanded_conv_" : `block_${id}_`;
  const channels = channelsOf(inputs);
  const narrow = makeDivisible(Math.trunc(filters * alpha));
  const pointwise = { padding: "same", use_bias: false, activation: null } as const;
  let x = inputs;
  if (id > 0) {
    x = layers.Conv2D(expansion * channels, 1, { ...pointwise, name: `${prefix}expand` })(x);
    x = cut(normalized(x, { ...BN, name: `${prefix}expand_BN` }, -1), `${prefix}expand_relu`);
  }
  if (stride === 2) x = layers.ZeroPadding2D(correct_pad(x, 3) as never, { name: `${prefix}pad` })(x);
  x = layers.DepthwiseConv2D(3, {
    strides: stride,
    activation: null,
    use_bias: false,
    padding: stride === 1 ? "same" : "valid",
    name: `${prefix}depthwise`,
  })(x);
  x = cut(normalized(x, { ...BN, name: `${prefix}depthwise_BN` }, -1), `${prefix}depthwise_relu`);
  x = layers.Conv2D(narrow, 1, { ...pointwise, name: `${prefix}project` })(x);
  x = normalized(x, { ...BN, name: `${prefix}project_BN` }, -1);
  return channels === narrow && stride === 1 ? layers.Add({ name: `${prefix}add` })([inputs, x]) : x;
}
/** Filters, the first one's stride, and how many blocks of them there are. */
const STAGES = [
  [16, 1, 1],
  [24, 2, 2],
  [32, 2, 3],
  [64, 2, 4],
  [96, 1, 3],
  [160, 2, 3],
  [320, 1, 1],
] as const;

/**
 * `keras.applications.MobileNetV2`: inverted residual blocks.
 *
 * @param alpha - the width: the share of the filters that there are
 * @throws ValueError for weights or shapes that do not fit, OSError where weights are not on this machine
 */
export const MobileNetV2 = def(
  "keras.applications.MobileNetV2",
  "input_shape alpha include_top weights input_tensor pooling classes classifier_activation name",
  (
    input_shape: ImageShape | null = null,
    alpha = 1,
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
    checkWeights(g, {
      received: (w) => `  Received \`weights=${String(w)}\``,
      classes: (n) =>
        `If using \`weights="imagenet"\` with \`include_top\` as true, \`classes\` should be 1000. Received \`classes=${n}\``,
    });
    const text = (s: ImageShape): string => repr(Tuple.of_([...s]));
    const beside = shapeBeside(input_shape, input_tensor, (first) =>
      first
        ? `input_shape[1] must equal shape(input_tensor)[1] when \`image_data_format\` is \`channels_first\`; Received \`input_tensor.shape=${text(input_tensor!.shape)}\`, \`input_shape=${text(input_shape!)}\``
        : `input_tensor.shape[2] must equal input_shape[1]; Received \`input_tensor.shape=${text(input_tensor!.shape)}\`, \`input_shape=${text(input_shape!)}\``,
    );
    const shape = imageShape(input_shape, {
      default_size: usualSide(beside, SIZES),
      min_size: 32,
      require_flatten: include_top,
      imagenet: weights === "imagenet",
    });
    let [rows] = sidesOf(shape);
    if (weights === "imagenet") {
      if (![0.35, 0.5, 0.75, 1, 1.3, 1.4].includes(alpha))
        throw new ValueError(
          `If imagenet weights are being loaded, alpha must be one of \`0.35\`, \`0.50\`, \`0.75\`, \`1.0\`, \`1.3\` or \`1.4\` only; Received \`alpha=${alpha}\``,
        );
      if (rows !== sidesOf(shape)[1] || !SIZES.includes(rows!)) {
        rows = 224;
        warn(
          "`input_shape` is undefined or non-square, or `rows` is not in [96, 128, 160, 192, 224]. Weights for input shape (224, 224) will be loaded as the default.",
        );
      }
    }
    const images = imagesOf(g, shape);
    let x: KerasTensor = layers.Conv2D(makeDivisible(32 * alpha), 3, {
      strides: [2, 2],
      padding: "same",
      use_bias: false,
      name: "Conv1",
    })(images);
    x = cut(normalized(x, { ...BN, name: "bn_Conv1" }, -1), "Conv1_relu");
    let id = 0;
    for (const [filters, stride, count] of STAGES)
      for (let k = 0; k < count; k++, id++)
        x = invertedResidual(x, id === 0 ? 1 : 6, k === 0 ? stride : 1, alpha, filters, id);
    x = layers.Conv2D(alpha > 1 ? makeDivisible(1280 * alpha) : 1280, 1, { use_bias: false, name: "Conv_1" })(
      x,
    );
    x = cut(normalized(x, { ...BN, name: "Conv_1_bn" }, -1), "out_relu");
    x = include_top ? classified(x, g, null) : pooled(x, pooling);
    const file = `mobilenet_v2_weights_tf_dim_ordering_tf_kernels_${Number.isInteger(alpha) ? `${alpha}.0` : alpha}_${rows}`;
    return finish(g, images, x, name ?? `mobilenetv2_${format(alpha, "0.2f")}_${rows ?? "None"}`, {
      folder: "tensorflow/keras-applications/mobilenet_v2",
      top: `${file}.h5`,
      no_top: `${file}_no_top.h5`,
    });
  },
);
