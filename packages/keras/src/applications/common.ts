import { repr, ValueError } from "@cognate/py";
import { type ActivationLike, get as activationOf, linear, softmax } from "../activations/index.js";
import { image_data_format } from "../backend/config.js";
import type { KerasTensor } from "../backend/keras-tensor.js";
import * as layers from "../layers/index.js";
import { Model, type ModelImpl } from "../models/model.js";
import { files } from "../utils/files.js";
import { get_file } from "../utils/get-file.js";
import { get_source_inputs } from "../utils/source-inputs.js";
import { channelAxis, type ImageShape, imageShape } from "./shapes.js";

/* What the models of `keras.applications` have in common: their arguments, their inputs, their tops, their weights. */

/** `null` for random weights, `"imagenet"`, or the path or bytes of a file of weights. */
export type Weights = string | Uint8Array | null;
export type Pooling = "avg" | "max" | null;

/** What every application is given. */
export interface Given {
  readonly include_top: boolean;
  readonly weights: Weights;
  readonly input_tensor: KerasTensor | null;
  readonly input_shape: ImageShape | null;
  readonly pooling: Pooling;
  readonly classes: number;
  readonly classifier_activation: ActivationLike;
  readonly name: string | null;
}

/** How one family says what is wrong: the quotes of "imagenet", what follows, and the sentence about classes. */
export interface Wording {
  readonly quote?: string;
  readonly received?: (weights: unknown) => string;
  readonly classes: (classes: number) => string;
}
const like = (x: string): string => `If using ${x}, \`classes\` should be 1000`;
export const CLASSES = {
  top: (n: number) => `${like("`weights='imagenet'` with `include_top=True`")}.  Received classes=${n}`,
  quoted: (n: number) => `${like('`weights="imagenet"` with `include_top=True`')}. Received classes=${n}`,
  as: () => like('`weights` as `"imagenet"` with `include_top` as true'),
  asTrue: () => like('`weights="imagenet"` with `include_top` as true'),
} as const;

/** @throws ValueError for weights that are neither known nor a file, or classes that the weights do not have */
export function checkWeights(g: Given, { quote = "`", received, classes }: Wording): void {
  const { weights } = g;
  const known = weights === null || weights === "imagenet" || weights instanceof Uint8Array;
  if (!known && !files().existsSync(String(weights)))
    throw new ValueError(
      `The \`weights\` argument should be either \`None\` (random initialization), ${quote}imagenet${quote} (pre-training on ImageNet), or the path to the weights file to be loaded.${received?.(weights) ?? ""}`,
    );
  if (weights === "imagenet" && g.include_top && g.classes !== 1000) throw new ValueError(classes(g.classes));
}

/** @throws ValueError for other activations of a top whose weights are read */
export function checkActivation({ classifier_activation, weights }: Given): void {
  if (weights === null) return;
  const own = activationOf(classifier_activation);
  if (own !== softmax && own !== linear)
    throw new ValueError(
      `Only \`None\` and \`softmax\` activations are allowed for the \`classifier_activation\` argument when using pretrained weights, with \`include_top=True\`; Received: classifier_activation=${repr(own)}`,
    );
}

/** The images: of a shape, or the tensor that was given. */
export const imagesOf = (g: Given, shape: ImageShape): KerasTensor =>
  g.input_tensor ?? layers.Input(shape as never);

/** Pooling over an image where there is no top. */
export function pooled(
  x: KerasTensor,
  pooling: Pooling,
  names: { avg?: string; max?: string } = {},
): KerasTensor {
  const named = (name: string | undefined) => (name === undefined ? {} : { name });
  if (pooling === "avg") return layers.GlobalAveragePooling2D(named(names.avg))(x);
  return pooling === "max" ? layers.GlobalMaxPooling2D(named(names.max))(x) : x;
}
/** Names of the poolings of most models. */
export const POOLS = { avg: "avg_pool", max: "max_pool" } as const;

/** The usual top: an average over the image and a dense layer of classes. */
export function classified(x: KerasTensor, g: Given, pool: string | null = "avg_pool"): KerasTensor {
  const y = layers.GlobalAveragePooling2D(pool === null ? {} : { name: pool })(x);
  checkActivation(g);
  return layers.Dense(g.classes, { activation: g.classifier_activation, name: "predictions" })(y);
}

/** Where the weights of ImageNet are: the folder, the file with a top and the one without, and their hashes. */
export interface Published {
  readonly folder: string;
  readonly top: string;
  readonly no_top: string;
  readonly hashes?: readonly [string, string];
}
const STORE = "https://storage.googleapis.com";
/** Files of one name with and without a top. */
export const tfKernels = (folder: string, name: string, hashes?: readonly [string, string]): Published => ({
  folder: `tensorflow/keras-applications/${folder}`,
  top: `${name}_weights_tf_dim_ordering_tf_kernels.h5`,
  no_top: `${name}_weights_tf_dim_ordering_tf_kernels_notop.h5`,
  ...(hashes ? { hashes } : {}),
});

/** The model of a graph, with the weights that were asked for. */
export function finish(
  g: Given,
  inputs: KerasTensor,
  outputs: KerasTensor,
  name: string,
  published: Published,
): ModelImpl {
  const from = g.input_tensor === null ? inputs : get_source_inputs(inputs);
  const model = Model(from as never, outputs as never, { name }) as unknown as ModelImpl;
  const { weights } = g;
  if (weights === "imagenet") {
    const file = g.include_top ? published.top : published.no_top;
    const file_hash = published.hashes?.[g.include_top ? 0 : 1] ?? null;
    const origin = `${STORE}/${published.folder}/${file}`;
    model.load_weights(get_file(file, origin, { cache_subdir: "models", file_hash }) as never);
  } else if (weights !== null) model.load_weights(weights as never);
  return model;
}

/** How an application of the usual arguments is put together. */
export interface Plan {
  readonly default_size: number;
  readonly min_size?: number;
  readonly words: Wording;
  readonly published: Published;
  /** From images to what the top or the pooling sees. */
  readonly body: (x: KerasTensor, g: Given, shape: ImageShape) => KerasTensor;
  readonly top?: (x: KerasTensor, g: Given) => KerasTensor;
  readonly pools?: { avg?: string; max?: string };
  readonly name: string;
}

/** An application by its plan. */
export function planned(g: Given, plan: Plan): ModelImpl {
  checkWeights(g, plan.words);
  const shape = imageShape(g.input_shape, {
    default_size: plan.default_size,
    min_size: plan.min_size ?? 32,
    require_flatten: g.include_top,
    imagenet: g.weights === "imagenet",
  });
  const images = imagesOf(g, shape);
  const x = plan.body(images, g, shape);
  const y = g.include_top ? (plan.top ?? classified)(x, g) : pooled(x, g.pooling, plan.pools ?? POOLS);
  return finish(g, images, y, plan.name, plan.published);
}

/** The parameters that most applications have. */
export const STANDARD =
  "include_top weights input_tensor input_shape pooling classes classifier_activation name";
/** Their values by name. */
export const standard =
  <R>(name: string, build: (g: Given & { readonly name: string }) => R) =>
  (
    include_top = true,
    weights: Weights = "imagenet",
    input_tensor: KerasTensor | null = null,
    input_shape: ImageShape | null = null,
    pooling: Pooling = null,
    classes = 1000,
    classifier_activation: ActivationLike = "softmax",
    own: string | null = name,
  ): R =>
    build({
      include_top,
      weights,
      input_tensor,
      input_shape,
      pooling,
      classes,
      classifier_activation,
      name: own as string,
    });

/** @throws ValueError where channels come first */
export function refuseChannelsFirst(family: string): void {
  if (image_data_format() === "channels_first")
    throw new ValueError(
      `${family} does not support the \`channels_first\` image data format. Switch to \`channels_last\` by editing your local config file at ~/.keras/keras.json`,
    );
}

type Named = { readonly name?: string };
/** Batch normalisation over the channels. */
export const normalized = (
  x: KerasTensor,
  options: Named & Readonly<Record<string, unknown>>,
  last: 3 | -1 = 3,
): KerasTensor => layers.BatchNormalization({ axis: channelAxis(last), ...options } as never)(x);
/** A ReLU as an activation layer. */
export const rectified = (x: KerasTensor, name?: string): KerasTensor =>
  layers.Activation("relu", name === undefined ? {} : { name })(x);
