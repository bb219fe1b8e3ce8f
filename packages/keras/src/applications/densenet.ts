import { def } from "@cognate/py";
import type { KerasTensor } from "../backend/keras-tensor.js";
import * as layers from "../layers/index.js";
import { CLASSES, planned, rectified, refuseChannelsFirst, STANDARD, standard, tfKernels } from "./common.js";
import { preprocessing } from "./imagenet-utils.js";
import { bn } from "./resnet.js";
import { channelAxis, channelsOf } from "./shapes.js";

export { decode_predictions } from "./imagenet-utils.js";
export const preprocess_input = preprocessing("densenet", "torch");

const GROWTH = 32;

/** A block whose result stands behind what came in. */
function grown(x: KerasTensor, name: string): KerasTensor {
  let y = rectified(bn(x, `${name}_0_bn`), `${name}_0_relu`);
  y = layers.Conv2D(4 * GROWTH, 1, { use_bias: false, name: `${name}_1_conv` })(y);
  y = rectified(bn(y, `${name}_1_bn`), `${name}_1_relu`);
  y = layers.Conv2D(GROWTH, 3, { padding: "same", use_bias: false, name: `${name}_2_conv` })(y);
  return layers.Concatenate({ axis: channelAxis(3), name: `${name}_concat` })([x, y]);
}
/** Half of the channels, and half of the image. */
function halved(x: KerasTensor, name: string): KerasTensor {
  const y = rectified(bn(x, `${name}_bn`), `${name}_relu`);
  const z: KerasTensor = layers.Conv2D(Math.trunc(channelsOf(y) * 0.5), 1, {
    use_bias: false,
    name: `${name}_conv`,
  })(y);
  return layers.AveragePooling2D(2, { strides: 2, name: `${name}_pool` })(z);
}

const densenet = (own: string, counts: readonly number[], hashes: readonly [string, string]) => {
  const file = own.toLowerCase();
  return def(
    `keras.applications.${own}`,
    STANDARD,
    standard(file, (g) => {
      refuseChannelsFirst("DenseNet");
      return planned(g, {
        default_size: 224,
        words: { classes: CLASSES.as },
        published: tfKernels("densenet", file, hashes),
        name: g.name,
        body: (images) => {
          let x: KerasTensor = layers.ZeroPadding2D([
            [3, 3],
            [3, 3],
          ] as never)(images);
          x = layers.Conv2D(64, 7, { strides: 2, use_bias: false, name: "conv1_conv" })(x);
          x = rectified(bn(x, "conv1_bn"), "conv1_relu");
          x = layers.ZeroPadding2D([
            [1, 1],
            [1, 1],
          ] as never)(x);
          x = layers.MaxPooling2D(3, { strides: 2, name: "pool1" })(x);
          counts.forEach((count, s) => {
            if (s > 0) x = halved(x, `pool${s + 1}`);
            for (let k = 1; k <= count; k++) x = grown(x, `conv${s + 2}_block${k}`);
          });
          return rectified(bn(x, "bn"), "relu");
        },
      });
    }),
  );
};

/** `keras.applications.DenseNet121`: blocks that see all that was computed before them, 121 layers deep. */
export const DenseNet121 = densenet(
  "DenseNet121",
  [6, 12, 24, 16],
  ["9d60b8095a5708f2dcce2bca79d332c7", "30ee3e1110167f948a6b9946edeeb738"],
);
/** `keras.applications.DenseNet169`: {@link DenseNet121}, 169 layers deep. */
export const DenseNet169 = densenet(
  "DenseNet169",
  [6, 12, 32, 32],
  ["d699b8f76981ab1b30698df4c175e90b", "b8c4d4c20dd625c148057b9ff1c1176b"],
);
/** `keras.applications.DenseNet201`: {@link DenseNet121}, 201 layers deep. */
export const DenseNet201 = densenet(
  "DenseNet201",
  [6, 12, 48, 32],
  ["1ceb130c1ea1b78c3bf6114dbdfd8807", "c13680b51ded0fb44dff2d8f86ac8bb1"],
);
