import { className, tuple } from "@cognate/py";
import { int64 } from "../dtype.js";
import { ParameterDict } from "../nn/container/parameter-dict.js";
import { ParameterList } from "../nn/container/parameter-list.js";
import { ConvNd, type PaddingMode, reversedPadding } from "../nn/conv/conv.js";
import * as F from "../nn/functional/index.js";
import { hide } from "../nn/module/hide.js";
import type { ModuleImpl } from "../nn/module.js";
import { NormBase } from "../nn/norm/norm-base.js";
import { RNNBase } from "../nn/rnn/rnn-base.js";
import { zeros } from "../ops/creation.js";
import type { Tensor } from "../tensor/tensor.js";

/** A module's `__dict__` without its parameters, buffers, children and hooks. */
export type Attributes = Map<string, unknown>;
/** Parameters or buffers by name. */
export type Members = Map<string, unknown>;

/** What a layer's `__dict__` has in Python and here in another form. */
interface Translation<M> {
  readonly of: abstract new (...args: never[]) => M;
  /** Takes from the attributes what is no plain field here, and fills in what old files lack. */
  load?(module: M, attributes: Attributes, parameters: Members, buffers: Members): void;
  /** Adds the attributes that Python needs. */
  save?(module: M, attributes: Attributes): void;
}

const translation = <M>(t: Translation<M>): Translation<never> => t as unknown as Translation<never>;

const WEIGHTS = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr"];

/** The names of a recurrent layer's weights, by layer and direction, as far as it has them. */
function weightNames(attributes: Attributes, parameters: Members): string[][] {
  const directions = attributes.get("bidirectional") === true ? ["", "_reverse"] : [""];
  const out: string[][] = [];
  for (let layer = 0; layer < Number(attributes.get("num_layers")); layer++)
    for (const direction of directions)
      out.push(WEIGHTS.map((name) => `${name}_l${layer}${direction}`).filter((name) => parameters.has(name)));
  return out;
}

const TRANSLATIONS: readonly Translation<never>[] = [
  translation<RNNBase>({
    of: RNNBase as never,
    load(module, attributes, parameters) {
      for (const name of [
        "_flat_weights",
        "_flat_weights_names",
        "_flat_weight_refs",
        "_all_weights",
        "all_weights",
      ])
        attributes.delete(name);
      if (attributes.get("mode") === "RNN_RELU") missing(attributes, "nonlinearity", "relu");
      if (attributes.get("mode") === "RNN_TANH") missing(attributes, "nonlinearity", "tanh");
      hide(module, "_all_weights", weightNames(attributes, parameters));
    },
    save(module, attributes) {
      attributes.set("_flat_weights_names", module._all_weights.flat());
      attributes.set(
        "_all_weights",
        module._all_weights.map((names) => [...names]),
      );
      attributes.set("_flat_weights", module._flat_weights);
    },
  }),
  translation<ConvNd>({
    of: ConvNd as never,
    load(_module, attributes) {
      const axes = (name: string): never => attributes.get(name) as never;
      missing(attributes, "padding_mode", "zeros" satisfies PaddingMode);
      if (!attributes.has("_reversed_padding_repeated_twice"))
        attributes.set(
          "_reversed_padding_repeated_twice",
          reversedPadding(axes("padding"), axes("kernel_size"), axes("dilation")),
        );
    },
    save(_module, attributes) {
      const name = "_reversed_padding_repeated_twice";
      attributes.set(name, tuple(attributes.get(name) as number[]));
    },
  }),
  translation<NormBase>({
    of: NormBase as never,
    load(_module, attributes, _parameters, buffers) {
      missing(attributes, "track_running_stats", true);
      if (!buffers.has("num_batches_tracked"))
        buffers.set(
          "num_batches_tracked",
          (buffers.get("running_mean") ?? null) === null ? null : (zeros([], { dtype: int64 }) as Tensor),
        );
    },
  }),
  translation<ParameterList>({
    of: ParameterList as never,
    load(module, attributes, parameters) {
      hide(module, "_size", Number(attributes.get("_size") ?? parameters.size));
      attributes.delete("_size");
    },
    save: (module, attributes) => attributes.set("_size", module.length),
  }),
  translation<ParameterDict>({
    of: ParameterDict as never,
    load(module, attributes, parameters) {
      const keys = attributes.get("_keys") ?? parameters;
      hide(module, "_keys", new Set(keys instanceof Map ? keys.keys() : Object.keys(keys as object)));
      attributes.delete("_keys");
    },
    save: (module, attributes) => attributes.set("_keys", new Map(module.keys().map((key) => [key, null]))),
  }),
];

const missing = (attributes: Attributes, name: string, value: unknown): void => {
  if (!attributes.has(name)) attributes.set(name, value);
};

/** Options that layers got after the first versions of PyTorch, with the value that they had before. */
const LATER: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  AvgPool1d: { padding: 0, ceil_mode: false, count_include_pad: true },
  AvgPool2d: { padding: 0, ceil_mode: false, count_include_pad: true, divisor_override: null },
  AvgPool3d: { padding: 0, ceil_mode: false, count_include_pad: true, divisor_override: null },
  CrossEntropyLoss: { label_smoothing: 0, reduction: "mean" },
  EmbeddingBag: { include_last_offset: false, padding_idx: null },
  GELU: { approximate: "none" },
  GRU: { proj_size: 0 },
  LSTM: { proj_size: 0 },
  LogSoftmax: { dim: null },
  MultiheadAttention: { _qkv_same_embed_dim: true, batch_first: false },
  RNN: { proj_size: 0 },
  Softmax: { dim: null },
  Softmin: { dim: null },
  Transformer: { batch_first: false },
  TransformerDecoderLayer: { activation: F.relu, norm_first: false },
  TransformerEncoderLayer: { activation: F.relu, norm_first: false },
  Upsample: { recompute_scale_factor: true },
};

/** A layer's attributes from a file as they are here. */
export function attributesFromFile(
  module: ModuleImpl,
  layer: Function | undefined,
  attributes: Attributes,
  parameters: Members,
  buffers: Members,
): void {
  for (const [name, value] of Object.entries((layer && LATER[className(layer)]) ?? {}))
    missing(attributes, name, value);
  for (const { of, load } of TRANSLATIONS)
    if (module instanceof (of as Function as new () => object))
      load?.(module as never, attributes, parameters, buffers);
}

/** A layer's attributes as Python has them. */
export function attributesForFile(module: ModuleImpl, attributes: Attributes): void {
  for (const { of, save } of TRANSLATIONS)
    if (module instanceof (of as Function as new () => object)) save?.(module as never, attributes);
}
