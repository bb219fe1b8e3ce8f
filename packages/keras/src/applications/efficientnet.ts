import { def } from "@cognate/py";
import type { KerasTensor } from "../backend/keras-tensor.js";
import * as layers from "../layers/index.js";
import { CLASSES, normalized, planned, STANDARD, standard } from "./common.js";
import { added, convolved, head, KERNEL, squeezed, swish, top } from "./efficientnet-block.js";
import { preprocessing } from "./imagenet-utils.js";
import { channelAxis, correct_pad, makeDivisible } from "./shapes.js";

export { decode_predictions } from "./imagenet-utils.js";
/** Gives its argument: the models rescale themselves. */
export const preprocess_input = preprocessing("efficientnet", null);

/** Kernel size, how many, channels in and out, expansion, stride. */
const BLOCKS = [
  [3, 1, 32, 16, 1, 1],
  [3, 2, 16, 24, 6, 2],
  [5, 2, 24, 40, 6, 2],
  [3, 3, 40, 80, 6, 2],
  [5, 3, 80, 112, 6, 1],
  [5, 4, 112, 192, 6, 2],
  [3, 1, 192, 320, 6, 1],
] as const;
const DEVIATION_RGB = [0.229, 0.224, 0.225];

interface Block {
  readonly kernel: number;
  readonly from: number;
  readonly to: number;
  readonly expansion: number;
  readonly stride: number;
  readonly rate: number;
}

function block(
  inputs: KerasTensor,
  { kernel, from, to, expansion, stride, rate }: Block,
  name: string,
): KerasTensor {
  const filters = from * expansion;
  let x = inputs;
  if (expansion !== 1) {
    x = normalized(convolved(x, filters, 1, { name: `${name}expand_conv` }), { name: `${name}expand_bn` });
    x = swish(x, `${name}expand_activation`);
  }
  if (stride === 2)
    x = layers.ZeroPadding2D(correct_pad(x, kernel) as never, { name: `${name}dwconv_pad` })(x);
  x = layers.DepthwiseConv2D(kernel, {
    strides: stride,
    padding: stride === 2 ? "valid" : "same",
    use_bias: false,
    depthwise_initializer: KERNEL,
    name: `${name}dwconv`,
  })(x);
  x = swish(normalized(x, { name: `${name}bn` }), `${name}activation`);
  x = squeezed(x, filters, Math.max(1, Math.trunc(from * 0.25)), name);
  x = normalized(convolved(x, to, 1, { name: `${name}project_conv` }), { name: `${name}project_bn` });
  return stride === 1 && from === to ? added(x, inputs, rate, name) : x;
}

const efficientnet = (
  k: number,
  width: number,
  depth: number,
  size: number,
  dropout: number,
  hashes: readonly [string, string],
) => {
  const own = `EfficientNetB${k}`;
  const file = own.toLowerCase();
  const wide = (n: number): number => makeDivisible(n * width);
  const deep = (n: number): number => Math.ceil(depth * n);
  return def(
    `keras.applications.${own}`,
    STANDARD,
    standard(file, (g) =>
      planned(g, {
        default_size: size,
        words: { classes: CLASSES.asTrue },
        published: {
          folder: "keras-applications",
          top: `${g.name}.h5`,
          no_top: `${g.name}_notop.h5`,
          hashes,
        },
        name: g.name,
        top: top(dropout, {}),
        body: (images) => {
          let x: KerasTensor = layers.Rescaling(1 / 255)(images);
          x = layers.Normalization({ axis: channelAxis(3) })(x);
          if (g.weights === "imagenet")
            x = layers.Rescaling(DEVIATION_RGB.map((d) => 1 / Math.sqrt(d)) as never)(x);
          x = layers.ZeroPadding2D(correct_pad(x, 3) as never, { name: "stem_conv_pad" })(x);
          x = convolved(x, wide(32), 3, { strides: 2, padding: "valid", name: "stem_conv" });
          x = swish(normalized(x, { name: "stem_bn" }), "stem_activation");
          const all = BLOCKS.reduce((n, b) => n + deep(b[1]), 0);
          let b = 0;
          BLOCKS.forEach(([kernel, count, from, to, expansion, stride], i) => {
            for (let j = 0; j < deep(count); j++, b++)
              x = block(
                x,
                {
                  kernel,
                  from: wide(j > 0 ? to : from),
                  to: wide(to),
                  expansion,
                  stride: j > 0 ? 1 : stride,
                  rate: (0.2 * b) / all,
                },
                `block${i + 1}${String.fromCharCode(97 + j)}_`,
              );
          });
          return head(x, wide(1280), {});
        },
      }),
    ),
  );
};
/** `keras.applications.EfficientNetB0`: depth, width and resolution in proportion; the models rescale their images themselves. */
export const EfficientNetB0 = efficientnet(0, 1, 1, 224, 0.2, [
  "902e53a9f72be733fc0bcb005b3ebbac",
  "50bc09e76180e00e4465e1a485ddc09d",
]);
/** `keras.applications.EfficientNetB1`: {@link EfficientNetB0}, larger. */
export const EfficientNetB1 = efficientnet(1, 1, 1.1, 240, 0.2, [
  "1d254153d4ab51201f1646940f018540",
  "74c4e6b3e1f6a1eea24c589628592432",
]);
/** `keras.applications.EfficientNetB2`: {@link EfficientNetB0}, larger. */
export const EfficientNetB2 = efficientnet(2, 1.1, 1.2, 260, 0.3, [
  "b15cce36ff4dcbd00b6dd88e7857a6ad",
  "111f8e2ac8aa800a7a99e3239f7bfb39",
]);
/** `keras.applications.EfficientNetB3`: {@link EfficientNetB0}, larger. */
export const EfficientNetB3 = efficientnet(3, 1.2, 1.4, 300, 0.3, [
  "ffd1fdc53d0ce67064dc6a9c7960ede0",
  "af6d107764bb5b1abb91932881670226",
]);
/** `keras.applications.EfficientNetB4`: {@link EfficientNetB0}, larger. */
export const EfficientNetB4 = efficientnet(4, 1.4, 1.8, 380, 0.4, [
  "18c95ad55216b8f92d7e70b3a046e2fc",
  "ebc24e6d6c33eaebbd558eafbeedf1ba",
]);
/** `keras.applications.EfficientNetB5`: {@link EfficientNetB0}, larger. */
export const EfficientNetB5 = efficientnet(5, 1.6, 2.2, 456, 0.4, [
  "ace28f2a6363774853a83a0b21b9421a",
  "38879255a25d3c92d5e44e04ae6cec6f",
]);
/** `keras.applications.EfficientNetB6`: {@link EfficientNetB0}, larger. */
export const EfficientNetB6 = efficientnet(6, 1.8, 2.6, 528, 0.5, [
  "165f6e37dce68623721b423839de8be5",
  "9ecce42647a20130c1f39a5d4cb75743",
]);
/** `keras.applications.EfficientNetB7`: {@link EfficientNetB0}, larger. */
export const EfficientNetB7 = efficientnet(7, 2, 3.1, 600, 0.5, [
  "8c03f828fec3ef71311cd463b6759d99",
  "cbcfe4450ddf6f3ad90b1b398090fe4a",
]);
