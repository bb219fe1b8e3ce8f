import { def } from "@cognate/py";
import type { KerasTensor } from "../backend/keras-tensor.js";
import * as layers from "../layers/index.js";
import { CLASSES, checkActivation, type Given, planned, STANDARD, standard, tfKernels } from "./common.js";

const relu = { activation: "relu" } as const;

function top(x: KerasTensor, g: Given): KerasTensor {
  let y: KerasTensor = layers.Flatten({ name: "flatten" })(x);
  for (const name of ["fc1", "fc2"]) y = layers.Dense(4096, { ...relu, name })(y);
  checkActivation(g);
  return layers.Dense(g.classes, { activation: g.classifier_activation, name: "predictions" })(y);
}

/** Five blocks of convolutions and a pooling, and three dense layers. */
export const vgg = (own: string, counts: readonly number[], hashes: readonly [string, string]) => {
  const file = own.toLowerCase();
  return def(
    `keras.applications.${own}`,
    STANDARD,
    standard(file, (g) =>
      planned(g, {
        default_size: 224,
        words: { quote: "'", received: (w) => `  Received: weights=${String(w)}`, classes: CLASSES.top },
        published: tfKernels(file, file, hashes),
        name: g.name,
        pools: {},
        top,
        body: (images) => {
          let x = images;
          counts.forEach((count, b) => {
            const filters = Math.min(64 * 2 ** b, 512);
            for (let k = 1; k <= count; k++)
              x = layers.Conv2D(filters, [3, 3], {
                ...relu,
                padding: "same",
                name: `block${b + 1}_conv${k}`,
              })(x);
            x = layers.MaxPooling2D([2, 2], { strides: [2, 2], name: `block${b + 1}_pool` })(x);
          });
          return x;
        },
      }),
    ),
  );
};
