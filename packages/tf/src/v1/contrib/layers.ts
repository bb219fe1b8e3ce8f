import { isPlainObject, ValueError } from "@cognate/py";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Operation } from "../../graph/operation.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { assignTo, type GraphVariable } from "../../graph/variable.js";
import { get_variable } from "../get-variable.js";
import { group } from "../graph.js";
import {
  glorot_normal_initializer,
  glorot_uniform_initializer,
  ones_initializer,
  variance_scaling_initializer,
  zeros_initializer,
} from "../initializers.js";
import { v1 } from "../make.js";
import { dropout as dropoutOf } from "../nn/dropout.js";
import { node } from "../random-ops.js";
import { type VariableScope, variable_scope } from "../variable-scope.js";
import { scopable } from "./arg-scope.js";

/*
 * `tf.contrib.layers`, by its documentation: layers as functions whose variables are `weights` and `biases`, with ReLU
 * unless something else is asked for.
 */

type Graph = ReturnType<typeof get_default_graph>;
type Activation = ((x: GraphTensor) => GraphTensor) | null;
type Normalizer = ((x: GraphTensor, params: Record<string, unknown>) => GraphTensor) | null;
type Pair = number | readonly number[];

const graph = (): Graph => get_default_graph();
const relu = (x: GraphTensor): GraphTensor => node(graph(), "Relu", [x]);
const pair = (p: Pair): [number, number] => (typeof p === "number" ? [p, p] : [p[0]!, p[1]!]);
/** The layer's work in a variable scope of its name, or of a name of its own. */
const within = <R>(scope: unknown, name: string, reuse: unknown, body: () => R): R =>
  (variable_scope as unknown as (s: unknown, o: object, b: () => R) => R)(
    scope ?? null,
    { default_name: name, ...(reuse === null ? {} : { reuse }) },
    body,
  );
const collected = (x: GraphTensor, collections: string | readonly string[] | null): GraphTensor => {
  if (collections !== null) graph().add_to_collections(collections as never, x);
  return x;
};

interface Weighted {
  readonly normalizer_fn: Normalizer;
  readonly normalizer_params: Record<string, unknown> | null;
  readonly biases_initializer: unknown;
  readonly biases_regularizer: unknown;
  readonly trainable: boolean;
  readonly activation_fn: Activation;
}
/** Biases or a normalizer, then the activation. */
function finished(x: GraphTensor, units: number, format: string, p: Weighted): GraphTensor {
  let y = x;
  if (p.normalizer_fn) y = p.normalizer_fn(y, p.normalizer_params ?? {});
  else if (p.biases_initializer !== null) {
    const b = get_variable("biases", {
      shape: [units],
      dtype: x.dtype,
      initializer: p.biases_initializer,
      regularizer: p.biases_regularizer,
      trainable: p.trainable,
      collections: null,
    } as never);
    y = node(graph(), "BiasAdd", [y, b], { data_format: format });
  }
  return p.activation_fn ? p.activation_fn(y) : y;
}

export const fully_connected = scopable(
  "fully_connected",
  "inputs num_outputs activation_fn normalizer_fn normalizer_params:dict weights_initializer weights_regularizer biases_initializer biases_regularizer reuse variables_collections outputs_collections trainable scope",
  (
    inputs: unknown,
    num_outputs: number,
    activation_fn: Activation = relu,
    normalizer_fn: Normalizer = null,
    normalizer_params: Record<string, unknown> | null = null,
    weights_initializer: unknown = glorot_uniform_initializer(),
    weights_regularizer: unknown = null,
    biases_initializer: unknown = zeros_initializer(),
    biases_regularizer: unknown = null,
    reuse: unknown = null,
    _variables: unknown = null,
    outputs_collections: string | null = null,
    trainable = true,
    scope: unknown = null,
  ): GraphTensor =>
    within(scope, "fully_connected", reuse, () => {
      const x = toGraphTensor(graph(), inputs);
      const dims = x._dims ?? [];
      const depth = dims[dims.length - 1];
      if (depth == null)
        throw new ValueError("The last dimension of the inputs should be defined. Found `None`.");
      const w = get_variable("weights", {
        shape: [depth, num_outputs],
        dtype: x.dtype,
        initializer: weights_initializer,
        regularizer: weights_regularizer,
        trainable,
      } as never);
      const flat = dims.length === 2 ? x : node(graph(), "Reshape", [x, [-1, depth]]);
      let y = node(graph(), "MatMul", [flat, w]);
      if (dims.length !== 2)
        y = node(graph(), "Reshape", [y, [...dims.slice(0, -1).map((d) => d ?? -1), num_outputs]]);
      const p = {
        activation_fn,
        normalizer_fn,
        normalizer_params,
        biases_initializer,
        biases_regularizer,
        trainable,
      };
      return collected(finished(y, num_outputs, "NHWC", p), outputs_collections);
    }),
);
export const linear = (inputs: unknown, num_outputs: number, more: object = {}): GraphTensor =>
  fully_connected(inputs, num_outputs, { activation_fn: null, ...more } as never) as GraphTensor;

/** A convolution of images [batch, height, width, channels] (or channels second). */
export const conv2d = scopable(
  "convolution2d",
  "inputs num_outputs kernel_size stride padding data_format rate activation_fn normalizer_fn normalizer_params:dict weights_initializer weights_regularizer biases_initializer biases_regularizer reuse variables_collections outputs_collections trainable scope",
  (
    inputs: unknown,
    num_outputs: number,
    kernel_size: Pair,
    stride: Pair = 1,
    padding = "SAME",
    data_format: string | null = null,
    rate: Pair = 1,
    activation_fn: Activation = relu,
    normalizer_fn: Normalizer = null,
    normalizer_params: Record<string, unknown> | null = null,
    weights_initializer: unknown = glorot_uniform_initializer(),
    weights_regularizer: unknown = null,
    biases_initializer: unknown = zeros_initializer(),
    biases_regularizer: unknown = null,
    reuse: unknown = null,
    _variables: unknown = null,
    outputs_collections: string | null = null,
    trainable = true,
    scope: unknown = null,
  ): GraphTensor =>
    within(scope, "Conv", reuse, () => {
      const x = toGraphTensor(graph(), inputs);
      const format = data_format?.startsWith("NC") ? "NCHW" : "NHWC";
      const depth = x._dims?.[format === "NHWC" ? 3 : 1];
      const w = get_variable("weights", {
        shape: [...pair(kernel_size), depth, num_outputs],
        dtype: x.dtype,
        initializer: weights_initializer,
        regularizer: weights_regularizer,
        trainable,
      } as never);
      const wide = (p: Pair): number[] => (format === "NHWC" ? [1, ...pair(p), 1] : [1, 1, ...pair(p)]);
      const y = node(graph(), "Conv2D", [x, w], {
        strides: wide(stride),
        dilations: wide(rate),
        padding: padding.toUpperCase(),
        data_format: format,
      });
      const p = {
        activation_fn,
        normalizer_fn,
        normalizer_params,
        biases_initializer,
        biases_regularizer,
        trainable,
      };
      return collected(finished(y, num_outputs, format, p), outputs_collections);
    }),
);
export const convolution2d = conv2d;
export const conv = conv2d;

const pooled = (name: string, type: string, scopeName: string) =>
  scopable(
    name,
    "inputs kernel_size stride padding data_format outputs_collections scope",
    (
      inputs: unknown,
      kernel_size: Pair,
      stride: Pair = 2,
      padding = "VALID",
      data_format = "NHWC",
      outputs_collections: string | null = null,
      scope: string | null = null,
    ): GraphTensor =>
      graph().scoped(scope ?? scopeName, () => {
        const last = !data_format.startsWith("NC");
        const wide = (p: Pair): number[] => (last ? [1, ...pair(p), 1] : [1, 1, ...pair(p)]);
        const attrs = { ksize: wide(kernel_size), strides: wide(stride), padding, data_format };
        return collected(node(graph(), type, [toGraphTensor(graph(), inputs)], attrs), outputs_collections);
      }),
  );
export const max_pool2d = pooled("max_pool2d", "MaxPool", "MaxPool2D");
export const avg_pool2d = pooled("avg_pool2d", "AvgPool", "AvgPool2D");
/** All axes but the first in one. */
export const flatten = scopable(
  "flatten",
  "inputs outputs_collections scope",
  (inputs: unknown, outputs_collections: string | null = null, scope: string | null = null): GraphTensor =>
    graph().scoped(scope ?? "Flatten", () => {
      const x = toGraphTensor(graph(), inputs);
      const rest = (x._dims ?? []).slice(1);
      const size = rest.includes(null) ? -1 : rest.reduce<number>((p, d) => p * d!, 1);
      return collected(node(graph(), "Reshape", [x, [x._dims?.[0] ?? -1, size]]), outputs_collections);
    }),
);
/** Elements kept with a probability, grown by its inverse; nothing is done where it is not training. */
export const dropout = scopable(
  "dropout",
  "inputs keep_prob noise_shape is_training outputs_collections scope seed",
  (
    inputs: unknown,
    keep_prob: unknown = 0.5,
    noise_shape: unknown = null,
    is_training = true,
    outputs_collections: string | null = null,
    scope: string | null = null,
    seed: number | null = null,
  ): GraphTensor =>
    graph().scoped(scope ?? "Dropout", () => {
      const x = toGraphTensor(graph(), inputs);
      const y = is_training
        ? (dropoutOf({ x, keep_prob, noise_shape, seed } as never) as GraphTensor)
        : node(graph(), "Identity", [x]);
      return collected(y, outputs_collections);
    }),
);
/** Batch normalisation; its moving averages are updated by operations of a collection, or at once for `null`. */
export const batch_norm = scopable(
  "batch_norm",
  "inputs decay center scale epsilon activation_fn param_initializers param_regularizers updates_collections is_training reuse variables_collections outputs_collections trainable batch_weights fused data_format zero_debias_moving_mean scope",
  (
    inputs: unknown,
    decay = 0.999,
    center = true,
    scale = false,
    epsilon = 0.001,
    activation_fn: Activation = null,
    _initializers: unknown = null,
    _regularizers: unknown = null,
    updates_collections: string | null = "update_ops",
    is_training = true,
    reuse: unknown = null,
    _variables: unknown = null,
    outputs_collections: string | null = null,
    trainable = true,
    _weights: unknown = null,
    _fused: unknown = null,
    _format: unknown = null,
    _debias: unknown = false,
    scope: unknown = null,
  ): GraphTensor =>
    within(scope, "BatchNorm", reuse, () => {
      const g = graph();
      const x = toGraphTensor(g, inputs);
      const n = x._dims?.length ?? 2;
      const depth = x._dims?.[n - 1];
      const own = (name: string, initializer: unknown, learns: boolean): GraphVariable =>
        get_variable(name, {
          shape: [depth],
          dtype: x.dtype,
          initializer,
          trainable: learns && trainable,
        } as never);
      const beta = center ? own("beta", zeros_initializer(), true) : null;
      const gamma = scale ? own("gamma", ones_initializer(), true) : null;
      const moving = [
        own("moving_mean", zeros_initializer(), false),
        own("moving_variance", ones_initializer(), false),
      ] as const;
      let statistics: readonly unknown[] = moving;
      let wait: Operation | null = null;
      if (is_training) {
        const axes = Array.from({ length: n - 1 }, (_, i) => i);
        const mean = node(g, "Mean", [x, axes], { keep_dims: true });
        const variance = node(
          g,
          "Mean",
          [node(g, "SquaredDifference", [x, node(g, "StopGradient", [mean])]), axes],
          {
            keep_dims: true,
          },
        );
        const flat = [mean, variance].map((t) => node(g, "Squeeze", [t], { squeeze_dims: axes }));
        const moves = moving.map((v, i) =>
          assignTo("AssignSub", v, node(g, "Mul", [node(g, "Sub", [v, flat[i]]), 1 - decay]), null),
        );
        if (updates_collections === null) wait = group(...(moves as never[])) as Operation;
        else for (const m of moves) g.add_to_collections(updates_collections as never, m);
        statistics = flat;
      }
      const inverse = node(g, "Rsqrt", [node(g, "AddV2", [statistics[1], epsilon])]);
      const factor = gamma ? node(g, "Mul", [inverse, gamma]) : inverse;
      const moved = node(g, "Mul", [statistics[0], factor]);
      const offset = beta ? node(g, "Sub", [beta, moved]) : node(g, "Neg", [moved]);
      const y = node(g, "AddV2", [node(g, "Mul", [x, factor]), offset], {}, "batchnorm");
      const out = activation_fn ? activation_fn(y) : y;
      if (!wait) return collected(out, outputs_collections);
      return collected(
        g.control_dependencies([wait], () => node(g, "Identity", [out])) as unknown as GraphTensor,
        outputs_collections,
      );
    }),
);
export const softmax = (logits: unknown): GraphTensor =>
  node(graph(), "Softmax", [toGraphTensor(graph(), logits)]);
/** A layer again and again, in scopes with a number: `repeat(net, 3, conv2d, 64, [3, 3], { scope: "conv1" })`. */
export function repeat(
  inputs: unknown,
  repetitions: number,
  layer: (...a: unknown[]) => unknown,
  ...args: unknown[]
): unknown {
  const keywords = isPlainObject(args[args.length - 1]) ? (args.pop() as Record<string, unknown>) : {};
  const own = keywords.scope ?? (layer as { __name__?: string }).__name__ ?? "repeat";
  return within(keywords.scope ?? null, "Repeat", null, () => {
    let y = inputs;
    for (let i = 1; i <= repetitions; i++)
      y = layer(y, ...args, { ...keywords, scope: `${String(own)}_${i}` });
    return y;
  });
}
/** Layers of one kind one on another, each with its own size. */
export function stack(
  inputs: unknown,
  layer: (...a: unknown[]) => unknown,
  sizes: readonly unknown[],
  more: object = {},
): unknown {
  return sizes.reduce((y, size) => layer(y, ...(Array.isArray(size) ? size : [size]), more), inputs);
}

/** A penalty of a variable: scale · f(w). */
const penalty =
  (name: string, f: (w: GraphTensor) => GraphTensor) =>
  (scale: number) =>
  (w: unknown): GraphTensor => {
    const g = graph();
    return g.scoped(name, (scope) => {
      const t = toGraphTensor(g, w);
      return node(g, "Mul", [toGraphTensor(g, scale, t.dtype, "scale"), f(t)], {}, scope);
    });
  };
const all = (t: GraphTensor): number[] => (t._dims ?? []).map((_, i) => i);
export const l2_regularizer = penalty("l2_regularizer", (w) => node(graph(), "L2Loss", [w]));
export const l1_regularizer = penalty("l1_regularizer", (w) =>
  node(graph(), "Sum", [node(graph(), "Abs", [w]), all(w)]),
);
export const l1_l2_regularizer =
  (scale_l1 = 1, scale_l2 = 1) =>
  (w: unknown): GraphTensor =>
    node(graph(), "AddV2", [l1_regularizer(scale_l1)(w), l2_regularizer(scale_l2)(w)]);
/** The penalties of variables, added up; the sum is a regularization loss. */
export const apply_regularization = v1(
  "apply_regularization",
  "regularizer weights_list",
  (
    regularizer: (w: unknown) => GraphTensor | null,
    weights_list: readonly unknown[] | null = null,
  ): GraphTensor => {
    const g = graph();
    const list = weights_list ?? (g.get_collection("weights") as unknown[]);
    const parts = list.map((w) => regularizer(w)).filter((p) => p !== null);
    const sum = node(g, "AddN", [parts], { N: parts.length });
    g.add_to_collection("regularization_losses", sum);
    return sum;
  },
);
export const xavier_initializer = v1(
  "xavier_initializer",
  "uniform seed dtype",
  (uniform = true, seed: number | null = null): unknown =>
    uniform ? glorot_uniform_initializer(seed) : glorot_normal_initializer(seed),
);
export const xavier_initializer_conv2d = xavier_initializer;
const scaling = (factor = 2, mode = "FAN_IN", uniform = false, seed: number | null = null): unknown =>
  variance_scaling_initializer(factor, mode.toLowerCase(), uniform ? "uniform" : "truncated_normal", seed);

export type { VariableScope };
export { scaling as variance_scaling_initializer };
