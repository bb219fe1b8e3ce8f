import { def } from "@cognate/py";
import type { KerasTensor } from "../backend/keras-tensor.js";
import * as layers from "../layers/index.js";
import { CLASSES, normalized, planned, rectified, STANDARD, standard, tfKernels } from "./common.js";
import { preprocessing } from "./imagenet-utils.js";

export { decode_predictions } from "./imagenet-utils.js";
export const preprocess_input = preprocessing("xception", "tf");

const separable = (x: KerasTensor, filters: number, name: string): KerasTensor =>
  normalized(
    layers.SeparableConv2D(filters, [3, 3], { padding: "same", use_bias: false, name })(x),
    { name: `${name}_bn` },
    -1,
  );
const side = (x: KerasTensor, filters: number): KerasTensor =>
  normalized(
    layers.Conv2D(filters, [1, 1], { strides: [2, 2], padding: "same", use_bias: false })(x),
    {},
    -1,
  );

/** A block that halves the image: two separable convolutions and a pooling beside a convolution of one pixel. */
function reduced(
  x: KerasTensor,
  filters: readonly [number, number],
  name: string,
  first: boolean,
): KerasTensor {
  const residual = side(x, filters[1]);
  let y = first ? x : rectified(x, `${name}_sepconv1_act`);
  y = rectified(separable(y, filters[0], `${name}_sepconv1`), `${name}_sepconv2_act`);
  y = separable(y, filters[1], `${name}_sepconv2`);
  y = layers.MaxPooling2D([3, 3], { strides: [2, 2], padding: "same", name: `${name}_pool` })(y);
  return layers.Add()([y, residual]);
}

function body(images: KerasTensor): KerasTensor {
  let x: KerasTensor = images;
  for (const [k, filters, options] of [
    [1, 32, { strides: [2, 2] as [number, number] }],
    [2, 64, {}],
  ] as const) {
    const name = `block1_conv${k}`;
    x = layers.Conv2D(filters, [3, 3], { ...options, use_bias: false, name })(x);
    x = rectified(normalized(x, { name: `${name}_bn` }, -1), `${name}_act`);
  }
  x = reduced(x, [128, 128], "block2", true);
  x = reduced(x, [256, 256], "block3", false);
  x = reduced(x, [728, 728], "block4", false);
  for (let b = 5; b < 13; b++) {
    let y = x;
    for (const k of [1, 2, 3])
      y = separable(rectified(y, `block${b}_sepconv${k}_act`), 728, `block${b}_sepconv${k}`);
    x = layers.Add()([y, x]);
  }
  x = reduced(x, [728, 1024], "block13", false);
  x = rectified(separable(x, 1536, "block14_sepconv1"), "block14_sepconv1_act");
  return rectified(separable(x, 2048, "block14_sepconv2"), "block14_sepconv2_act");
}

/** `keras.applications.Xception`: depthwise separable convolutions with residual connections, for images of 71 pixels or more. */
export const Xception = def(
  "keras.applications.Xception",
  STANDARD,
  standard("xception", (g) =>
    planned(g, {
      default_size: 299,
      min_size: 71,
      words: { quote: "'", classes: CLASSES.top },
      published: tfKernels("xception", "xception", [
        "0a58e3b7378bc2990ea3b43d5981f1f6",
        "b0042744bf5b25fce3cb969f33bebb97",
      ]),
      name: g.name,
      pools: {},
      body,
    }),
  ),
);
