import { def, repr, Tuple, ValueError } from "@cognate/py";
import type { ActivationLike } from "../activations/index.js";
import type { KerasTensor } from "../backend/keras-tensor.js";
import { nameScope } from "../backend/scope.js";
import * as layers from "../layers/index.js";
import type { ModelImpl } from "../models/model.js";
import {
  CLASSES,
  classified,
  normalized,
  type Pooling,
  planned,
  rectified,
  refuseChannelsFirst,
  type Weights,
} from "./common.js";
import { preprocessing } from "./imagenet-utils.js";
import { channelAxis, channelsOf, correct_pad, type ImageShape } from "./shapes.js";

export { decode_predictions } from "./imagenet-utils.js";
export const preprocess_input = preprocessing("nasnet", "tf");

const bn = (x: KerasTensor, name: string): KerasTensor =>
  normalized(x, { momentum: 0.9997, epsilon: 1e-3, name }, -1);
const HE = { kernel_initializer: "he_normal", use_bias: false } as const;
const pointwise = (x: KerasTensor, filters: number, name: string, options: object = {}): KerasTensor =>
  layers.Conv2D(filters, [1, 1], { padding: "same", name, ...HE, ...options } as never)(x);
const whole = { strides: [1, 1] } as const;
const joined = (parts: readonly KerasTensor[], name?: string): KerasTensor =>
  layers.Concatenate({ axis: channelAxis(-1), ...(name === undefined ? {} : { name }) })(parts);
const sum = (parts: readonly KerasTensor[], name?: string): KerasTensor =>
  layers.Add(name === undefined ? {} : { name })(parts);
const averaged = (x: KerasTensor, name: string): KerasTensor =>
  layers.AveragePooling2D([3, 3], { strides: [1, 1], padding: "same", name })(x);

/** Two separable convolutions, the first one strided or not. */
function separable(x: KerasTensor, filters: number, size: number, id: string, half = false): KerasTensor {
  return nameScope(`separable_conv_block_${id}`, () => {
    let y = rectified(x);
    const kernel: [number, number] = [size, size];
    if (half)
      y = layers.ZeroPadding2D(correct_pad(y, kernel) as never, { name: `separable_conv_1_pad_${id}` })(y);
    y = layers.SeparableConv2D(filters, kernel, {
      strides: half ? [2, 2] : [1, 1],
      name: `separable_conv_1_${id}`,
      padding: half ? "valid" : "same",
      use_bias: false,
    })(y);
    y = rectified(bn(y, `separable_conv_1_bn_${id}`));
    y = layers.SeparableConv2D(filters, kernel, {
      name: `separable_conv_2_${id}`,
      padding: "same",
      use_bias: false,
    })(y);
    return bn(y, `separable_conv_2_bn_${id}`);
  });
}

/** What the cell before the last one gave, in the size and the channels of what the last one gave. */
function adjusted(p: KerasTensor | null, x: KerasTensor, filters: number, id: string): KerasTensor {
  return nameScope("adjust_block", () => {
    if (p === null) return x;
    if (p.shape.at(-2) !== x.shape.at(-2))
      return nameScope(`adjust_reduction_block_${id}`, () => {
        const r = rectified(p, `adjust_relu_1_${id}`);
        const thinned = (y: KerasTensor, k: number): KerasTensor =>
          pointwise(
            layers.AveragePooling2D([1, 1], {
              strides: [2, 2],
              padding: "valid",
              name: `adjust_avg_pool_${k}_${id}`,
            })(y),
            Math.floor(filters / 2),
            `adjust_conv_${k}_${id}`,
          );
        const first = thinned(r, 1);
        const moved: KerasTensor = layers.Cropping2D([
          [1, 0],
          [1, 0],
        ] as never)(
          layers.ZeroPadding2D([
            [0, 1],
            [0, 1],
          ] as never)(r),
        );
        return bn(joined([first, thinned(moved, 2)]), `adjust_bn_${id}`);
      });
    if (channelsOf(p) === filters) return p;
    return nameScope(`adjust_projection_block_${id}`, () =>
      bn(pointwise(rectified(p), filters, `adjust_conv_projection_${id}`, whole), `adjust_bn_${id}`),
    );
  });
}

function normalCell(x: KerasTensor, before: KerasTensor | null, filters: number, id: string): KerasTensor {
  return nameScope(`normal_A_block_${id}`, () => {
    const p = adjusted(before, x, filters, id);
    const h = bn(pointwise(rectified(x), filters, `normal_conv_1_${id}`, whole), `normal_bn_1_${id}`);
    const x1 = nameScope("block_1", () =>
      sum(
        [separable(h, filters, 5, `normal_left1_${id}`), separable(p, filters, 3, `normal_right1_${id}`)],
        `normal_add_1_${id}`,
      ),
    );
    const x2 = nameScope("block_2", () =>
      sum(
        [separable(p, filters, 5, `normal_left2_${id}`), separable(p, filters, 3, `normal_right2_${id}`)],
        `normal_add_2_${id}`,
      ),
    );
    const x3 = nameScope("block_3", () => sum([averaged(h, `normal_left3_${id}`), p], `normal_add_3_${id}`));
    const x4 = nameScope("block_4", () =>
      sum([averaged(p, `normal_left4_${id}`), averaged(p, `normal_right4_${id}`)], `normal_add_4_${id}`),
    );
    const x5 = nameScope("block_5", () =>
      sum([separable(h, filters, 3, `normal_left5_${id}`), h], `normal_add_5_${id}`),
    );
    return joined([p, x1, x2, x3, x4, x5], `normal_concat_${id}`);
  });
}

function reductionCell(x: KerasTensor, before: KerasTensor | null, filters: number, id: string): KerasTensor {
  return nameScope(`reduction_A_block_${id}`, () => {
    const p = adjusted(before, x, filters, id);
    const h = bn(pointwise(rectified(x), filters, `reduction_conv_1_${id}`, whole), `reduction_bn_1_${id}`);
    const h3: KerasTensor = layers.ZeroPadding2D(correct_pad(h, 3) as never, {
      name: `reduction_pad_1_${id}`,
    })(h);
    const half = { strides: [2, 2] as [number, number], padding: "valid" } as const;
    const largest = (name: string): KerasTensor => layers.MaxPooling2D([3, 3], { ...half, name })(h3);
    const x1 = nameScope("block_1", () =>
      sum(
        [
          separable(h, filters, 5, `reduction_left1_${id}`, true),
          separable(p, filters, 7, `reduction_right1_${id}`, true),
        ],
        `reduction_add_1_${id}`,
      ),
    );
    const x2 = nameScope("block_2", () =>
      sum(
        [largest(`reduction_left2_${id}`), separable(p, filters, 7, `reduction_right2_${id}`, true)],
        `reduction_add_2_${id}`,
      ),
    );
    const x3 = nameScope("block_3", () =>
      sum(
        [
          layers.AveragePooling2D([3, 3], { ...half, name: `reduction_left3_${id}` })(h3) as KerasTensor,
          separable(p, filters, 5, `reduction_right3_${id}`, true),
        ],
        `reduction_add3_${id}`,
      ),
    );
    const x4 = nameScope("block_4", () => sum([x2, averaged(x1, `reduction_left4_${id}`)]));
    const x5 = nameScope("block_5", () =>
      sum(
        [separable(x1, filters, 3, `reduction_left4_${id}`), largest(`reduction_right5_${id}`)],
        `reduction_add4_${id}`,
      ),
    );
    return joined([x2, x3, x4, x5], `reduction_concat_${id}`);
  });
}

interface Size {
  readonly penultimate: number;
  readonly blocks: number;
  readonly stem: number;
  readonly skip: boolean;
  readonly side: number;
  readonly file: string;
  readonly hashes: readonly [string, string];
}

function body(images: KerasTensor, s: Size): KerasTensor {
  const filters = Math.floor(s.penultimate / 24);
  let x: KerasTensor = layers.Conv2D(s.stem, [3, 3], {
    strides: [2, 2],
    padding: "valid",
    name: "stem_conv1",
    ...HE,
  })(images);
  x = bn(x, "stem_bn1");
  let p: KerasTensor | null = null;
  for (const [k, share] of [4, 2].entries())
    [x, p] = [reductionCell(x, p, Math.floor(filters / share), `stem_${k + 1}`), x];
  for (let part = 0; part < 3; part++) {
    const own = filters * 2 ** part;
    if (part > 0) {
      const before = x;
      x = reductionCell(x, p, own, `reduce_${part * s.blocks}`);
      if (!s.skip) p = before;
    }
    const from = part === 0 ? 0 : part * s.blocks + 1;
    for (let i = 0; i < s.blocks; i++) [x, p] = [normalCell(x, p, own, `${from + i}`), x];
  }
  return rectified(x);
}

const nasnet = (own: string, name: string, s: Size) =>
  def(
    `keras.applications.${own}`,
    "input_shape include_top weights input_tensor pooling classes classifier_activation name",
    (
      input_shape: ImageShape | null = null,
      include_top = true,
      weights: Weights = "imagenet",
      input_tensor: KerasTensor | null = null,
      pooling: Pooling = null,
      classes = 1000,
      classifier_activation: ActivationLike = "softmax",
      given: string | null = name,
    ): ModelImpl => {
      const mobile = s.side === 224 && !include_top && input_shape === null;
      const shape = mobile ? [224, 224, 3] : input_shape;
      refuseChannelsFirst("NASNet");
      if (weights === "imagenet" && shape?.includes(null))
        throw new ValueError(
          `When specifying the input shape of a NASNet and loading \`ImageNet\` weights, the input_shape argument must be static (no None entries). Got: \`input_shape=${repr(Tuple.of_([...shape]))}\`.`,
        );
      return planned(
        {
          include_top,
          weights,
          input_tensor,
          input_shape: shape,
          pooling,
          classes,
          classifier_activation,
          name: given,
        },
        {
          default_size: s.side,
          words: { classes: CLASSES.as },
          published: {
            folder: "tensorflow/keras-applications/nasnet",
            top: `${s.file}.h5`,
            no_top: `${s.file}_no_top.h5`,
            hashes: s.hashes,
          },
          name: given as string,
          pools: {},
          top: (x, g) => classified(x, g, null),
          body: (images) => body(images, s),
        },
      );
    },
  );

/** `keras.applications.NASNetMobile`: cells that a search found, 4 of a kind in a row. */
export const NASNetMobile = nasnet("NASNetMobile", "nasnet_mobile", {
  penultimate: 1056,
  blocks: 4,
  stem: 32,
  skip: false,
  side: 224,
  file: "nasnet_mobile",
  hashes: ["020fb642bf7360b370c678b08e0adf61", "1ed92395b5b598bdda52abe5c0dbfd63"],
});
/** `keras.applications.NASNetLarge`: {@link NASNetMobile}, 6 wider cells in a row. */
export const NASNetLarge = nasnet("NASNetLarge", "nasnet_large", {
  penultimate: 4032,
  blocks: 6,
  stem: 96,
  skip: true,
  side: 331,
  file: "nasnet_large",
  hashes: ["11577c9a518f0070763c2b964a382f17", "d81d89dc07e6e56530c4e77faddd61b5"],
});
