import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph } from "../graph/current.js";
import type { GraphTensor } from "../graph/tensor.js";
import {
  glorot_normal_initializer,
  glorot_uniform_initializer,
  variance_scaling_initializer,
} from "./initializers.js";
import { dense } from "./layers/core.js";
import { v1 } from "./make.js";
import { node } from "./random-ops.js";

/** A penalty of a variable: scale · f(w). */
const penalty =
  (name: string, f: (w: GraphTensor) => GraphTensor) =>
  (scale: number) =>
  (w: unknown): GraphTensor => {
    const g = get_default_graph();
    return g.scoped(name, (scope) => {
      const t = toGraphTensor(g, w);
      return node(g, "Mul", [toGraphTensor(g, scale, t.dtype, "scale"), f(t)], {}, scope);
    });
  };
const all = (t: GraphTensor): number[] => (t._dims ?? []).map((_, i) => i);
export const l2_regularizer = penalty("l2_regularizer", (w) => node(get_default_graph(), "L2Loss", [w]));
export const l1_regularizer = penalty("l1_regularizer", (w) =>
  node(get_default_graph(), "Sum", [node(get_default_graph(), "Abs", [w]), all(w)]),
);

const xavier = v1(
  "xavier_initializer",
  "uniform seed dtype",
  (uniform = true, seed: number | null = null): unknown =>
    uniform ? glorot_uniform_initializer(seed) : glorot_normal_initializer(seed),
);

/* `tf.contrib`: what old programs use of it. */
export * as rnn from "./namespaces/contrib-rnn.js";
export const layers = {
  xavier_initializer: xavier,
  variance_scaling_initializer: (
    factor = 2,
    mode = "FAN_IN",
    uniform = false,
    seed: number | null = null,
  ): unknown =>
    variance_scaling_initializer(factor, mode.toLowerCase(), uniform ? "uniform" : "truncated_normal", seed),
  l1_regularizer,
  l2_regularizer,
  fully_connected: v1(
    "fully_connected",
    "inputs num_outputs activation_fn normalizer_fn normalizer_params weights_initializer weights_regularizer biases_initializer biases_regularizer reuse variables_collections outputs_collections trainable scope",
    (
      inputs: unknown,
      num_outputs: number,
      activation_fn: unknown = "relu",
      _normalizer_fn: unknown = null,
      _normalizer_params: unknown = null,
      weights_initializer: unknown = glorot_uniform_initializer(),
      weights_regularizer: unknown = null,
      _biases_initializer: unknown = null,
      _biases_regularizer: unknown = null,
      reuse: unknown = null,
      _variables_collections: unknown = null,
      _outputs_collections: unknown = null,
      trainable = true,
      scope: string | null = null,
    ): GraphTensor =>
      dense({
        inputs,
        units: num_outputs,
        activation: activation_fn,
        kernel_initializer: weights_initializer,
        kernel_regularizer: weights_regularizer,
        reuse,
        trainable,
        name: scope ?? "fully_connected",
      } as never) as GraphTensor,
  ),
} as const;
