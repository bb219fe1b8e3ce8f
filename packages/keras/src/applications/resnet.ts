import { def } from "@cognate/py";
import type { KerasTensor } from "../backend/keras-tensor.js";
import * as layers from "../layers/index.js";
import { CLASSES, normalized, planned, rectified, STANDARD, standard, tfKernels } from "./common.js";
import { preprocessing } from "./imagenet-utils.js";

export { decode_predictions } from "./imagenet-utils.js";
export const preprocess_input = preprocessing("resnet", "caffe");

const EPSILON = 1.001e-5;
/** Batch normalisation as these models have it. */
export const bn = (x: KerasTensor, name: string): KerasTensor => normalized(x, { epsilon: EPSILON, name });
const edge = (n: number): never =>
  [
    [n, n],
    [n, n],
  ] as never;

function block1(
  x: KerasTensor,
  filters: number,
  stride: number,
  shortcut: boolean,
  name: string,
): KerasTensor {
  const side = shortcut
    ? bn(layers.Conv2D(4 * filters, 1, { strides: stride, name: `${name}_0_conv` })(x), `${name}_0_bn`)
    : x;
  let y: KerasTensor = layers.Conv2D(filters, 1, { strides: stride, name: `${name}_1_conv` })(x);
  y = rectified(bn(y, `${name}_1_bn`), `${name}_1_relu`);
  y = layers.Conv2D(filters, 3, { padding: "SAME" as never, name: `${name}_2_conv` })(y);
  y = rectified(bn(y, `${name}_2_bn`), `${name}_2_relu`);
  y = bn(layers.Conv2D(4 * filters, 1, { name: `${name}_3_conv` })(y), `${name}_3_bn`);
  return rectified(layers.Add({ name: `${name}_add` })([side, y]), `${name}_out`);
}
function block2(
  x: KerasTensor,
  filters: number,
  stride: number,
  shortcut: boolean,
  name: string,
): KerasTensor {
  const before = rectified(bn(x, `${name}_preact_bn`), `${name}_preact_relu`);
  const side: KerasTensor = shortcut
    ? layers.Conv2D(4 * filters, 1, { strides: stride, name: `${name}_0_conv` })(before)
    : stride > 1
      ? layers.MaxPooling2D(1, { strides: stride })(x)
      : x;
  let y: KerasTensor = layers.Conv2D(filters, 1, { strides: 1, use_bias: false, name: `${name}_1_conv` })(
    before,
  );
  y = rectified(bn(y, `${name}_1_bn`), `${name}_1_relu`);
  y = layers.ZeroPadding2D(edge(1), { name: `${name}_2_pad` })(y);
  y = layers.Conv2D(filters, 3, { strides: stride, use_bias: false, name: `${name}_2_conv` })(y);
  y = rectified(bn(y, `${name}_2_bn`), `${name}_2_relu`);
  y = layers.Conv2D(4 * filters, 1, { name: `${name}_3_conv` })(y);
  return layers.Add({ name: `${name}_out` })([side, y]);
}

/** The blocks of the four stages: strides come with the first block of a stage, or in the second version with the last. */
function stages(x: KerasTensor, counts: readonly number[], second: boolean): KerasTensor {
  let y = x;
  counts.forEach((count, s) => {
    const filters = 64 * 2 ** s;
    const stride = second ? (s === counts.length - 1 ? 1 : 2) : s === 0 ? 1 : 2;
    for (let k = 1; k <= count; k++) {
      const own = k === (second ? count : 1) ? stride : 1;
      y = (second ? block2 : block1)(y, filters, own, k === 1, `conv${s + 2}_block${k}`);
    }
  });
  return y;
}

/** A residual network of four stages. */
export const resnet = (
  own: string,
  counts: readonly number[],
  second: boolean,
  hashes: readonly [string, string],
) => {
  const file = own.toLowerCase();
  return def(
    `keras.applications.${own}`,
    STANDARD,
    standard(file, (g) =>
      planned(g, {
        default_size: 224,
        words: { quote: "'", received: (w) => `  Received: weights=${String(w)}`, classes: CLASSES.top },
        published: tfKernels("resnet", file, hashes),
        name: g.name,
        body: (images) => {
          let x: KerasTensor = layers.ZeroPadding2D(edge(3), { name: "conv1_pad" })(images);
          x = layers.Conv2D(64, 7, { strides: 2, use_bias: true, name: "conv1_conv" })(x);
          if (!second) x = rectified(bn(x, "conv1_bn"), "conv1_relu");
          x = layers.ZeroPadding2D(edge(1), { name: "pool1_pad" })(x);
          x = layers.MaxPooling2D(3, { strides: 2, name: "pool1_pool" })(x);
          x = stages(x, counts, second);
          return second ? rectified(bn(x, "post_bn"), "post_relu") : x;
        },
      }),
    ),
  );
};

/** `keras.applications.ResNet50`: residual blocks of three convolutions, 50 layers deep. */
export const ResNet50 = resnet("ResNet50", [3, 4, 6, 3], false, [
  "2cb95161c43110f7111970584f804107",
  "4d473c1dd8becc155b73f8504c6f6626",
]);
/** `keras.applications.ResNet101`: {@link ResNet50}, 101 layers deep. */
export const ResNet101 = resnet("ResNet101", [3, 4, 23, 3], false, [
  "f1aeb4b969a6efcfb50fad2f0c20cfc5",
  "88cf7a10940856eca736dc7b7e228a21",
]);
/** `keras.applications.ResNet152`: {@link ResNet50}, 152 layers deep. */
export const ResNet152 = resnet("ResNet152", [3, 8, 36, 3], false, [
  "100835be76be38e30d865e96f2aaae62",
  "ee4c566cf9a93f14d82f913c2dc6dd0c",
]);
