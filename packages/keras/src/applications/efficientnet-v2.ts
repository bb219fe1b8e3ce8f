import { asFloat, def } from "@cognate/py";
import type { ActivationLike } from "../activations/index.js";
import type { KerasTensor } from "../backend/keras-tensor.js";
import { Constant } from "../initializers/index.js";
import * as layers from "../layers/index.js";
import type { ModelImpl } from "../models/model.js";
import { CLASSES, normalized, type Pooling, planned, type Weights } from "./common.js";
import { added, convolved, head, KERNEL, squeezed, swish, top } from "./efficientnet-block.js";
import { preprocessing } from "./imagenet-utils.js";
import { channelAxis, type ImageShape } from "./shapes.js";

export { decode_predictions } from "./imagenet-utils.js";
/** Gives its argument: the models rescale themselves. */
export const preprocess_input = preprocessing("efficientnet_v2", null);

/** Whether depthwise and pointwise convolution are one, how many, channels in and out, expansion, share squeezed, stride. */
type Stage = readonly [
  fused: boolean,
  count: number,
  from: number,
  to: number,
  expansion: number,
  squeeze: number,
  stride: number,
];
const BASE: readonly Stage[] = [
  [true, 1, 32, 16, 1, 0, 1],
  [true, 2, 16, 32, 4, 0, 2],
  [true, 2, 32, 48, 4, 0, 2],
  [false, 3, 48, 96, 4, 0.25, 2],
  [false, 5, 96, 112, 6, 0.25, 1],
  [false, 8, 112, 192, 6, 0.25, 2],
];
const SMALL: readonly Stage[] = [
  [true, 2, 24, 24, 1, 0, 1],
  [true, 4, 24, 48, 4, 0, 2],
  [true, 4, 48, 64, 4, 0, 2],
  [false, 6, 64, 128, 4, 0.25, 2],
  [false, 9, 128, 160, 6, 0.25, 1],
  [false, 15, 160, 256, 6, 0.25, 2],
];
const MEDIUM: readonly Stage[] = [
  [true, 3, 24, 24, 1, 0, 1],
  [true, 5, 24, 48, 4, 0, 2],
  [true, 5, 48, 80, 4, 0, 2],
  [false, 7, 80, 160, 4, 0.25, 2],
  [false, 14, 160, 176, 6, 0.25, 1],
  [false, 18, 176, 304, 6, 0.25, 2],
  [false, 5, 304, 512, 6, 0.25, 1],
];
const LARGE: readonly Stage[] = [
  [true, 4, 32, 32, 1, 0, 1],
  [true, 7, 32, 64, 4, 0, 2],
  [true, 7, 64, 96, 4, 0, 2],
  [false, 10, 96, 192, 4, 0.25, 2],
  [false, 19, 192, 224, 6, 0.25, 1],
  [false, 25, 224, 384, 6, 0.25, 2],
  [false, 7, 384, 640, 6, 0.25, 1],
];

const bn = (x: KerasTensor, name: string): KerasTensor => normalized(x, { momentum: 0.9, name });

interface Block {
  readonly fused: boolean;
  readonly from: number;
  readonly to: number;
  readonly expansion: number;
  readonly squeeze: number;
  readonly strides: number;
  readonly rate: number;
}

function block(inputs: KerasTensor, b: Block, name: string): KerasTensor {
  const { fused, from, to, expansion, squeeze, strides, rate } = b;
  const filters = from * expansion;
  let x = inputs;
  if (expansion !== 1) {
    const own = fused ? { strides } : { strides: 1 };
    x = bn(convolved(x, filters, fused ? 3 : 1, { ...own, name: `${name}expand_conv` }), `${name}expand_bn`);
    x = swish(x, `${name}expand_activation`);
  }
  if (!fused) {
    x = layers.DepthwiseConv2D(3, {
      strides,
      depthwise_initializer: KERNEL,
      padding: "same",
      use_bias: false,
      name: `${name}dwconv2`,
    })(x);
    x = swish(bn(x, `${name}bn`), `${name}activation`);
  }
  if (squeeze > 0) x = squeezed(x, filters, Math.max(1, Math.trunc(from * squeeze)), name);
  const whole = fused && expansion === 1;
  x = bn(
    convolved(x, to, whole ? 3 : 1, { strides: whole ? strides : 1, name: `${name}project_conv` }),
    `${name}project_bn`,
  );
  if (whole) x = swish(x, `${name}project_activation`);
  return strides === 1 && from === to ? added(x, inputs, rate, name) : x;
}

interface Size {
  readonly name: string;
  readonly stages: readonly Stage[];
  readonly side: number;
  readonly width?: number;
  readonly depth?: number;
  readonly hashes: readonly [string, string];
}

const SIGNATURE =
  "include_top weights input_tensor input_shape pooling classes classifier_activation include_preprocessing name";

const v2 = (own: string, s: Size) => {
  const wide = (n: number): number => Math.max(8, Math.floor(Math.trunc(n * (s.width ?? 1) + 4) / 8) * 8);
  const deep = (n: number): number => Math.ceil((s.depth ?? 1) * n);
  return def(
    `keras.applications.${own}`,
    SIGNATURE,
    (
      include_top = true,
      weights: Weights = "imagenet",
      input_tensor: KerasTensor | null = null,
      input_shape: ImageShape | null = null,
      pooling: Pooling = null,
      classes = 1000,
      classifier_activation: ActivationLike = "softmax",
      include_preprocessing = true,
      name: string | null = s.name,
    ): ModelImpl =>
      planned(
        { include_top, weights, input_tensor, input_shape, pooling, classes, classifier_activation, name },
        {
          default_size: s.side,
          words: { received: (w) => `Received: weights=${String(w)}`, classes: CLASSES.asTrue },
          published: {
            folder: "tensorflow/keras-applications/efficientnet_v2",
            top: `${name}.h5`,
            no_top: `${name}_notop.h5`,
            hashes: s.hashes,
          },
          name: name as string,
          top: top(0.2, { bias_initializer: Constant(asFloat(0)) }),
          body: (images, _g, shape) => {
            let x = images;
            if (include_preprocessing) {
              const channels = shape[channelAxis(3) - 1];
              if (name!.split("-").at(-1)!.startsWith("b") && channels === 3) {
                x = layers.Rescaling(1 / 255)(x);
                x = layers.Normalization({
                  mean: [0.485, 0.456, 0.406] as never,
                  variance: [0.229 ** 2, 0.224 ** 2, 0.225 ** 2] as never,
                  axis: channelAxis(3),
                })(x);
              } else x = layers.Rescaling(1 / 128, { offset: -1 })(x);
            }
            x = convolved(x, wide(s.stages[0]![2]), 3, { strides: 2, name: "stem_conv" });
            x = swish(bn(x, "stem_bn"), "stem_activation");
            const all = s.stages.reduce((n, stage) => n + stage[1], 0);
            let b = 0;
            s.stages.forEach(([fused, count, from, to, expansion, squeeze, stride], i) => {
              for (let j = 0; j < deep(count); j++, b++)
                x = block(
                  x,
                  {
                    fused,
                    from: wide(j > 0 ? to : from),
                    to: wide(to),
                    expansion,
                    squeeze,
                    strides: j > 0 ? 1 : stride,
                    rate: (0.2 * b) / all,
                  },
                  `block${i + 1}${String.fromCharCode(97 + j)}_`,
                );
            });
            return head(x, wide(1280), { momentum: 0.9 });
          },
        },
      ),
  );
};
/** `keras.applications.EfficientNetV2B0`: blocks whose first stages are plain convolutions; the models rescale their images themselves. */
export const EfficientNetV2B0 = v2("EfficientNetV2B0", {
  name: "efficientnetv2-b0",
  stages: BASE,
  side: 224,
  hashes: ["21ecbf6da12460d5c40bb2f29ceb2188", "893217f2bb855e2983157299931e43ff"],
});
/** `keras.applications.EfficientNetV2B1`: {@link EfficientNetV2B0}, larger. */
export const EfficientNetV2B1 = v2("EfficientNetV2B1", {
  name: "efficientnetv2-b1",
  stages: BASE,
  side: 240,
  depth: 1.1,
  hashes: ["069f0534ff22adf035c89e2d9547a9dc", "0e80663031ca32d657f9caa404b6ec37"],
});
/** `keras.applications.EfficientNetV2B2`: {@link EfficientNetV2B0}, larger. */
export const EfficientNetV2B2 = v2("EfficientNetV2B2", {
  name: "efficientnetv2-b2",
  stages: BASE,
  side: 260,
  width: 1.1,
  depth: 1.2,
  hashes: ["424e49f28180edbde1e94797771950a7", "1dfe2e7a5d45b6632553a8961ea609eb"],
});
/** `keras.applications.EfficientNetV2B3`: {@link EfficientNetV2B0}, larger. */
export const EfficientNetV2B3 = v2("EfficientNetV2B3", {
  name: "efficientnetv2-b3",
  stages: BASE,
  side: 300,
  width: 1.2,
  depth: 1.4,
  hashes: ["1f1fc43bd98a6e4fd8fdfd551e02c7a0", "f6abf7b5849ac99a89b50dd3fd532856"],
});
/** `keras.applications.EfficientNetV2S`: {@link EfficientNetV2B0}, larger. */
export const EfficientNetV2S = v2("EfficientNetV2S", {
  name: "efficientnetv2-s",
  stages: SMALL,
  side: 384,
  hashes: ["e1d88a8495beba45748fedd0cecbe016", "af0682fb74e8c54910f2d4393339c070"],
});
/** `keras.applications.EfficientNetV2M`: {@link EfficientNetV2B0}, larger. */
export const EfficientNetV2M = v2("EfficientNetV2M", {
  name: "efficientnetv2-m",
  stages: MEDIUM,
  side: 480,
  hashes: ["a3bf6aa3276309f4fc6a34aa114c95cd", "1b8dc055df72dde80d614482840fe342"],
});
/** `keras.applications.EfficientNetV2L`: {@link EfficientNetV2B0}, larger. */
export const EfficientNetV2L = v2("EfficientNetV2L", {
  name: "efficientnetv2-l",
  stages: LARGE,
  side: 480,
  hashes: ["27e6d408b53c7ebc868fefa357689935", "b0b66b5c863aef5b46e8608fe1711615"],
});
