import { asFloat, def } from "@cognate/py";
import type { KerasTensor } from "../backend/keras-tensor.js";
import type { Shape } from "../backend/shape.js";
import type { Tensor } from "../backend/tensor.js";
import * as layers from "../layers/index.js";
import { type LayerOptions, StockLayer, stock } from "../layers/stock.js";
import * as K from "../ops/index.js";
import { CLASSES, normalized, planned, STANDARD, standard, tfKernels } from "./common.js";
import { preprocessing } from "./imagenet-utils.js";
import { channelAxis, channelsOf } from "./shapes.js";

export { decode_predictions } from "./imagenet-utils.js";
export const preprocess_input = preprocessing("inception_resnet_v2", "tf");

class CustomScaleLayerImpl extends StockLayer {
  declare readonly scale: number;
  constructor(scale: number, options: LayerOptions = {}) {
    super(options);
    this._take({ scale });
  }
  override call(inputs: readonly Tensor[]): Tensor {
    return K.add(inputs[0]!, K.multiply(inputs[1]!, this.scale));
  }
  override compute_output_shape(input_shape: readonly Shape[]): Shape {
    return input_shape[0]!;
  }
}
const CustomScaleLayer = stock(
  "applications.inception_resnet_v2.CustomScaleLayer",
  "scale **kwargs",
  CustomScaleLayerImpl,
  { config: "scale", module: "keras.src.applications.inception_resnet_v2" },
);

interface ConvOptions {
  readonly strides?: number;
  readonly padding?: "same" | "valid";
  readonly name?: string;
}
const half: ConvOptions = { strides: 2, padding: "valid" };
type Size = number | [number, number];
type Conv = readonly [filters: number, size: Size, options?: ConvOptions];

function conv(
  x: KerasTensor,
  [filters, size, { strides = 1, padding = "same", name } = {}]: Conv,
): KerasTensor {
  const named = (end: string) => (name === undefined ? {} : { name: `${name}${end}` });
  const y = layers.Conv2D(filters, size, { strides, padding, use_bias: false, ...named("") })(x);
  return layers.Activation("relu", named("_ac"))(normalized(y, { scale: false, ...named("_bn") }));
}
const chain = (x: KerasTensor, convs: readonly Conv[]): KerasTensor => convs.reduce(conv, x);
const joined = (branches: readonly KerasTensor[], name: string): KerasTensor =>
  layers.Concatenate({ axis: channelAxis(3), name })(branches);
const largest = (x: KerasTensor, padding: object = {}): KerasTensor =>
  layers.MaxPooling2D(3, { strides: 2, ...padding })(x);

/** Branches of the residual blocks. */
const BRANCHES: Readonly<Record<string, readonly (readonly Conv[])[]>> = {
  block35: [
    [[32, 1]],
    [
      [32, 1],
      [32, 3],
    ],
    [
      [32, 1],
      [48, 3],
      [64, 3],
    ],
  ],
  block17: [
    [[192, 1]],
    [
      [128, 1],
      [160, [1, 7]],
      [192, [7, 1]],
    ],
  ],
  block8: [
    [[192, 1]],
    [
      [192, 1],
      [224, [1, 3]],
      [256, [3, 1]],
    ],
  ],
};
function residual(x: KerasTensor, scale: number, kind: string, k: number, last = false): KerasTensor {
  const name = `${kind}_${k}`;
  const mixed = joined(
    BRANCHES[kind]!.map((b) => chain(x, b)),
    `${name}_mixed`,
  );
  const up: KerasTensor = layers.Conv2D(channelsOf(x), 1, {
    strides: 1,
    padding: "same",
    use_bias: true,
    name: `${name}_conv`,
  })(mixed);
  const y = CustomScaleLayer(asFloat(scale))([x, up]) as KerasTensor;
  return last ? y : layers.Activation("relu", { name: `${name}_ac` })(y);
}

function body(images: KerasTensor): KerasTensor {
  let x = chain(images, [
    [32, 3, half],
    [32, 3, { padding: "valid" }],
    [64, 3],
  ]);
  x = chain(largest(x), [
    [80, 1, { padding: "valid" }],
    [192, 3, { padding: "valid" }],
  ]);
  x = largest(x);
  const branches = [
    conv(x, [96, 1]),
    chain(x, [
      [48, 1],
      [64, 5],
    ]),
    chain(x, [
      [64, 1],
      [96, 3],
      [96, 3],
    ]),
    conv(layers.AveragePooling2D(3, { strides: 1, padding: "same" })(x), [64, 1]),
  ];
  x = joined(branches, "mixed_5b");
  for (let k = 1; k <= 10; k++) x = residual(x, 0.17, "block35", k);
  x = joined(
    [
      conv(x, [384, 3, half]),
      chain(x, [
        [256, 1],
        [256, 3],
        [384, 3, half],
      ]),
      largest(x, { padding: "valid" }),
    ],
    "mixed_6a",
  );
  for (let k = 1; k <= 20; k++) x = residual(x, 0.1, "block17", k);
  x = joined(
    [
      chain(x, [
        [256, 1],
        [384, 3, half],
      ]),
      chain(x, [
        [256, 1],
        [288, 3, half],
      ]),
      chain(x, [
        [256, 1],
        [288, 3],
        [320, 3, half],
      ]),
      largest(x, { padding: "valid" }),
    ],
    "mixed_7a",
  );
  for (let k = 1; k <= 9; k++) x = residual(x, 0.2, "block8", k);
  x = residual(x, 1, "block8", 10, true);
  return conv(x, [1536, 1, { name: "conv_7b" }]);
}

/** `keras.applications.InceptionResNetV2`: Inception's branches as residual blocks, for images of 75 pixels or more. */
export const InceptionResNetV2 = def(
  "keras.applications.InceptionResNetV2",
  STANDARD,
  standard("inception_resnet_v2", (g) =>
    planned(g, {
      default_size: 299,
      min_size: 75,
      words: { classes: CLASSES.quoted },
      published: tfKernels("inception_resnet_v2", "inception_resnet_v2", [
        "e693bd0210a403b3192acc6073ad2e96",
        "d19885ff4a710c122648d3b5c3b684e4",
      ]),
      name: g.name,
      pools: {},
      body,
    }),
  ),
);
