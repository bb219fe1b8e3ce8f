import { def } from "@cognate/py";
import type { KerasTensor } from "../backend/keras-tensor.js";
import * as layers from "../layers/index.js";
import { CLASSES, normalized, planned, rectified, STANDARD, standard, tfKernels } from "./common.js";
import { preprocessing } from "./imagenet-utils.js";
import { channelAxis } from "./shapes.js";

export { decode_predictions } from "./imagenet-utils.js";
export const preprocess_input = preprocessing("inception_v3", "tf");

/** Filters, rows and columns of a kernel; strided ones keep no border. */
type Conv = readonly [filters: number, rows: number, columns: number, how?: "valid" | "half"];

const conv = (x: KerasTensor, [filters, rows, columns, how]: Conv): KerasTensor => {
  const strides: [number, number] = how === "half" ? [2, 2] : [1, 1];
  const padding = how === undefined ? "same" : "valid";
  const y = layers.Conv2D(filters, [rows, columns], { strides, padding, use_bias: false })(x);
  return rectified(normalized(y, { scale: false }));
};
const chain = (x: KerasTensor, convs: readonly Conv[]): KerasTensor => convs.reduce(conv, x);
const joined = (branches: readonly KerasTensor[], name?: string): KerasTensor =>
  layers.Concatenate({ axis: channelAxis(3), ...(name === undefined ? {} : { name }) })(branches);
const averaged = (x: KerasTensor): KerasTensor =>
  layers.AveragePooling2D([3, 3], { strides: [1, 1], padding: "same" })(x);
const largest = (x: KerasTensor): KerasTensor => layers.MaxPooling2D([3, 3], { strides: [2, 2] })(x);

/** Branches side by side; the last one looks at averages. */
const mixed = (
  x: KerasTensor,
  name: string,
  branches: readonly (readonly Conv[])[],
  pool: number,
): KerasTensor => joined([...branches.map((b) => chain(x, b)), conv(averaged(x), [pool, 1, 1])], name);
const small = (x: KerasTensor, name: string, pool: number): KerasTensor =>
  mixed(
    x,
    name,
    [
      [[64, 1, 1]],
      [
        [48, 1, 1],
        [64, 5, 5],
      ],
      [
        [64, 1, 1],
        [96, 3, 3],
        [96, 3, 3],
      ],
    ],
    pool,
  );
const long = (x: KerasTensor, name: string, n: number): KerasTensor =>
  mixed(
    x,
    name,
    [
      [[192, 1, 1]],
      [
        [n, 1, 1],
        [n, 1, 7],
        [192, 7, 1],
      ],
      [
        [n, 1, 1],
        [n, 7, 1],
        [n, 1, 7],
        [n, 7, 1],
        [192, 1, 7],
      ],
    ],
    192,
  );
/** The last blocks, whose branches fork once more. */
function forked(x: KerasTensor, i: number): KerasTensor {
  const one = conv(x, [320, 1, 1]);
  const fork = (y: KerasTensor, name?: string): KerasTensor =>
    joined([conv(y, [384, 1, 3]), conv(y, [384, 3, 1])], name);
  const three = fork(conv(x, [384, 1, 1]), `mixed9_${i}`);
  const twice = fork(
    chain(x, [
      [448, 1, 1],
      [384, 3, 3],
    ]),
  );
  return joined([one, three, twice, conv(averaged(x), [192, 1, 1])], `mixed${9 + i}`);
}

function body(images: KerasTensor): KerasTensor {
  let x = chain(images, [
    [32, 3, 3, "half"],
    [32, 3, 3, "valid"],
    [64, 3, 3],
  ]);
  x = largest(x);
  x = chain(x, [
    [80, 1, 1, "valid"],
    [192, 3, 3, "valid"],
  ]);
  x = largest(x);
  x = small(x, "mixed0", 32);
  x = small(x, "mixed1", 64);
  x = small(x, "mixed2", 64);
  x = joined(
    [
      conv(x, [384, 3, 3, "half"]),
      chain(x, [
        [64, 1, 1],
        [96, 3, 3],
        [96, 3, 3, "half"],
      ]),
      largest(x),
    ],
    "mixed3",
  );
  for (const [i, n] of [128, 160, 160, 192].entries()) x = long(x, `mixed${4 + i}`, n);
  x = joined(
    [
      chain(x, [
        [192, 1, 1],
        [320, 3, 3, "half"],
      ]),
      chain(x, [
        [192, 1, 1],
        [192, 1, 7],
        [192, 7, 1],
        [192, 3, 3, "half"],
      ]),
      largest(x),
    ],
    "mixed8",
  );
  return forked(forked(x, 0), 1);
}

/** `keras.applications.InceptionV3`: convolutions of several sizes side by side, for images of 75 pixels or more. */
export const InceptionV3 = def(
  "keras.applications.InceptionV3",
  STANDARD,
  standard("inception_v3", (g) =>
    planned(g, {
      default_size: 299,
      min_size: 75,
      words: { received: (w) => `; Received: weights=${String(w)}`, classes: CLASSES.quoted },
      published: tfKernels("inception_v3", "inception_v3", [
        "9a0d58056eeedaa3f26cb7ebd46da564",
        "bcbd6486424b2319ff4ef7d526e38f63",
      ]),
      name: g.name,
      pools: {},
      body,
    }),
  ),
);
