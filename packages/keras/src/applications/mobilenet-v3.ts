import { asFloat, def, repr, Tuple, ValueError, warn } from "@cognate/py";
import type { ActivationLike } from "../activations/index.js";
import { image_data_format } from "../backend/config.js";
import type { KerasTensor } from "../backend/keras-tensor.js";
import * as layers from "../layers/index.js";
import type { ModelImpl } from "../models/model.js";
import {
  checkActivation,
  checkWeights,
  finish,
  type Given,
  imagesOf,
  normalized,
  POOLS,
  type Pooling,
  pooled,
  type Weights,
} from "./common.js";
import { preprocessing } from "./imagenet-utils.js";
import { channelsOf, correct_pad, type ImageShape, makeDivisible, shapeBeside, sidesOf } from "./shapes.js";

export { decode_predictions } from "./imagenet-utils.js";
/** Gives its argument: the models rescale themselves. */
export const preprocess_input = preprocessing("mobilenet_v3", null);

const BN = { epsilon: 1e-3, momentum: 0.999 } as const;
type Act = (x: KerasTensor) => KerasTensor;
const relu: Act = (x) => layers.ReLU()(x);
const hardSigmoid: Act = (x) =>
  layers
    .ReLU(asFloat(6))(x.add(asFloat(3)))
    .mul(1 / 6);
const hardSwish: Act = (x) => layers.Activation("hard_swish")(x);

/** Scales channels by what a small network makes of their means. */
function squeezeExcite(inputs: KerasTensor, filters: number, ratio: number, prefix: string): KerasTensor {
  const at = `${prefix}squeeze_excite_`;
  let x: KerasTensor = layers.GlobalAveragePooling2D({ keepdims: true, name: `${at}avg_pool` })(inputs);
  x = layers.Conv2D(makeDivisible(filters * ratio), 1, { padding: "same", name: `${at}conv` })(x);
  x = layers.ReLU({ name: `${at}relu` })(x);
  x = layers.Conv2D(filters, 1, { padding: "same", name: `${at}conv_1` })(x);
  return layers.Multiply({ name: `${at}mul` })([inputs, hardSigmoid(x)]);
}

/** Expansion, filters, kernel size, stride, whether channels are squeezed, and whether the activation is the larger one. */
type Block = readonly [
  expansion: number,
  filters: number,
  kernel: number | "k",
  stride: number,
  se: boolean,
  swish: boolean,
];
const SMALL: readonly Block[] = [
  [1, 16, 3, 2, true, false],
  [72 / 16, 24, 3, 2, false, false],
  [88 / 24, 24, 3, 1, false, false],
  [4, 40, "k", 2, true, true],
  [6, 40, "k", 1, true, true],
  [6, 40, "k", 1, true, true],
  [3, 48, "k", 1, true, true],
  [3, 48, "k", 1, true, true],
  [6, 96, "k", 2, true, true],
  [6, 96, "k", 1, true, true],
  [6, 96, "k", 1, true, true],
];
const LARGE: readonly Block[] = [
  [1, 16, 3, 1, false, false],
  [4, 24, 3, 2, false, false],
  [3, 24, 3, 1, false, false],
  [3, 40, "k", 2, true, false],
  [3, 40, "k", 1, true, false],
  [3, 40, "k", 1, true, false],
  [6, 80, 3, 2, false, true],
  [2.5, 80, 3, 1, false, true],
  [2.3, 80, 3, 1, false, true],
  [2.3, 80, 3, 1, false, true],
  [6, 112, 3, 1, true, true],
  [6, 112, 3, 1, true, true],
  [6, 160, "k", 2, true, true],
  [6, 160, "k", 1, true, true],
  [6, 160, "k", 1, true, true],
];

interface Style {
  readonly kernel: number;
  readonly activation: Act;
  readonly ratio: number | null;
}

function block(x: KerasTensor, b: Block, alpha: number, style: Style, id: number): KerasTensor {
  const [expansion, width, size, stride, squeezed, swish] = b;
  const filters = makeDivisible(width * alpha);
  const kernel = size === "k" ? style.kernel : size;
  const activation = swish ? style.activation : relu;
  const prefix = id === 0 ? "expanded_conv_" : `expanded_conv_${id}_`;
  const channels = channelsOf(x);
  const wide = makeDivisible(channels * expansion);
  const pointwise = { padding: "same", use_bias: false } as const;
  let y = x;
  if (id > 0) {
    y = layers.Conv2D(wide, 1, { ...pointwise, name: `${prefix}expand` })(y);
    y = activation(normalized(y, { ...BN, name: `${prefix}expand_bn` }, -1));
  }
  if (stride === 2)
    y = layers.ZeroPadding2D(correct_pad(y, kernel) as never, { name: `${prefix}depthwise_pad` })(y);
  y = layers.DepthwiseConv2D(kernel, {
    strides: stride,
    padding: stride === 1 ? "same" : "valid",
    use_bias: false,
    name: `${prefix}depthwise`,
  })(y);
  y = activation(normalized(y, { ...BN, name: `${prefix}depthwise_bn` }, -1));
  if (squeezed && style.ratio !== null) y = squeezeExcite(y, wide, style.ratio, prefix);
  y = layers.Conv2D(filters, 1, { ...pointwise, name: `${prefix}project` })(y);
  y = normalized(y, { ...BN, name: `${prefix}project_bn` }, -1);
  return stride === 1 && channels === filters ? layers.Add({ name: `${prefix}add` })([x, y]) : y;
}

interface Kind {
  readonly type: "small" | "large";
  readonly blocks: readonly Block[];
  readonly last: number;
  readonly hashes: Readonly<Record<string, readonly [string, string]>>;
}

const SIGNATURE =
  "input_shape alpha minimalistic include_top weights input_tensor classes pooling dropout_rate classifier_activation include_preprocessing name";

const v3 = (own: string, kind: Kind) =>
  def(
    `keras.applications.${own}`,
    SIGNATURE,
    (
      input_shape: ImageShape | null = null,
      alpha = 1,
      minimalistic = false,
      include_top = true,
      weights: Weights = "imagenet",
      input_tensor: KerasTensor | null = null,
      classes = 1000,
      pooling: Pooling = null,
      dropout_rate = 0.2,
      classifier_activation: ActivationLike = "softmax",
      include_preprocessing = true,
      name: string | null = own,
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
        received: (w) => `  Received weights=${String(w)}`,
        classes: (n) =>
          `If using \`weights="imagenet"\` with \`include_top\` as true, \`classes\` should be 1000.  Received classes=${n}`,
      });
      const text = (s: ImageShape): string => repr(Tuple.of_([...s]));
      const first = image_data_format() === "channels_first";
      const shape =
        shapeBeside(
          input_shape,
          input_tensor,
          (f) =>
            `${f ? "When backend.image_data_format()=channels_first, input_shape[1] must equal input_tensor.shape[1].  Received " : "input_shape[1] must equal input_tensor.shape[2].  Received "}input_shape=${text(input_shape!)}, input_tensor.shape=${text(input_tensor!.shape)}`,
        ) ?? (first ? [3, null, null] : [null, null, 3]);
      const [rows, columns] = sidesOf(shape);
      if (rows && columns && (rows < 32 || columns < 32))
        throw new ValueError(`Input size must be at least 32x32; Received \`input_shape=${text(shape)}\``);
      if (weights === "imagenet") {
        if (minimalistic ? alpha !== 1 : alpha !== 0.75 && alpha !== 1)
          throw new ValueError(
            "If imagenet weights are being loaded, alpha can be one of `0.75`, `1.0` for non minimalistic or `1.0` for minimalistic only.",
          );
        if (rows !== columns || rows !== 224)
          warn(
            "`input_shape` is undefined or non-square, or `rows` is not 224. Weights for input shape (224, 224) will be loaded as the default.",
          );
      }
      const style: Style = minimalistic
        ? { kernel: 3, activation: relu, ratio: null }
        : { kernel: 5, activation: hardSwish, ratio: 0.25 };
      const { activation } = style;
      const images = imagesOf(g, shape);
      let x = images;
      if (include_preprocessing) x = layers.Rescaling(1 / 127.5, { offset: asFloat(-1) })(x);
      x = layers.Conv2D(16, 3, { strides: [2, 2], padding: "same", use_bias: false, name: "conv" })(x);
      x = activation(normalized(x, { ...BN, name: "conv_bn" }, -1));
      kind.blocks.forEach((b, i) => {
        x = block(x, b, alpha, style, i);
      });
      const last = alpha > 1 ? makeDivisible(kind.last * alpha) : kind.last;
      const wide = makeDivisible(channelsOf(x) * 6);
      x = layers.Conv2D(wide, 1, { padding: "same", use_bias: false, name: "conv_1" })(x);
      x = activation(normalized(x, { ...BN, name: "conv_1_bn" }, -1));
      if (include_top) {
        x = layers.GlobalAveragePooling2D({ keepdims: true })(x);
        x = activation(layers.Conv2D(last, 1, { padding: "same", use_bias: true, name: "conv_2" })(x));
        if (dropout_rate > 0) x = layers.Dropout(dropout_rate)(x);
        x = layers.Conv2D(classes, 1, { padding: "same", name: "logits" })(x);
        x = layers.Flatten()(x);
        checkActivation(g);
        x = layers.Activation(classifier_activation, { name: "predictions" })(x);
      } else x = pooled(x, pooling, POOLS);
      const variant = `${kind.type}${minimalistic ? "_minimalistic" : ""}_224_${Number.isInteger(alpha) ? `${alpha}.0` : alpha}_float`;
      const hashes = kind.hashes[variant];
      return finish(g, images, x, name as string, {
        folder: "tensorflow/keras-applications/mobilenet_v3",
        top: `weights_mobilenet_v3_${variant}.h5`,
        no_top: `weights_mobilenet_v3_${variant}_no_top_v2.h5`,
        ...(hashes ? { hashes } : {}),
      });
    },
  );

/** `keras.applications.MobileNetV3Small`: inverted residual blocks with squeezed channels, which rescale their images themselves. */
export const MobileNetV3Small = v3("MobileNetV3Small", {
  type: "small",
  blocks: SMALL,
  last: 1024,
  hashes: {
    "small_224_0.75_float": ["cb65d4e5be93758266aa0a7f2c6708b7", "ebdb5cc8e0b497cd13a7c275d475c819"],
    "small_224_1.0_float": ["8768d4c2e7dee89b9d02b2d03d65d862", "d3e8ec802a04aa4fc771ee12a9a9b836"],
    "small_minimalistic_224_1.0_float": [
      "99cd97fb2fcdad2bf028eb838de69e37",
      "cde8136e733e811080d9fcd8a252f7e4",
    ],
  },
});
/** `keras.applications.MobileNetV3Large`: {@link MobileNetV3Small}, larger. */
export const MobileNetV3Large = v3("MobileNetV3Large", {
  type: "large",
  blocks: LARGE,
  last: 1280,
  hashes: {
    "large_224_0.75_float": ["765b44a33ad4005b3ac83185abf1d0eb", "40af19a13ebea4e2ee0c676887f69a2e"],
    "large_224_1.0_float": ["59e551e166be033d707958cf9e29a6a7", "07fb09a5933dd0c8eaafa16978110389"],
    "large_minimalistic_224_1.0_float": [
      "675e7b876c45c57e9e63e6d90a36599c",
      "ec5221f64a2f6d1ef965a614bdae7973",
    ],
  },
});
