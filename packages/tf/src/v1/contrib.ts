import { add_arg_scope, arg_scope } from "./contrib/arg-scope.js";
import * as contribLayers from "./contrib/layers.js";
import { get_variable } from "./get-variable.js";
import { get_default_graph } from "./graph.js";
import { get_or_create_global_step } from "./train/global-step.js";

/* `tf.contrib`: what old programs use of it. */
export * as layers from "./contrib/layers.js";
export { l1_regularizer, l2_regularizer } from "./contrib/layers.js";
export * as lookup from "./namespaces/contrib-lookup.js";
export * as rnn from "./namespaces/contrib-rnn.js";
export * as seq2seq from "./namespaces/contrib-seq2seq.js";

const collection =
  (key: string) =>
  (scope: string | null = null) =>
    get_default_graph().get_collection(key, scope as never);
export const framework = {
  add_arg_scope,
  arg_scope,
  get_or_create_global_step,
  get_variables: collection("variables"),
  get_trainable_variables: collection("trainable_variables"),
  model_variable: get_variable,
  variable: get_variable,
} as const;
/** `tf.contrib.slim`: layers and scopes of arguments. */
export const slim = {
  ...contribLayers,
  add_arg_scope,
  arg_scope,
  get_or_create_global_step,
  model_variable: get_variable,
  variable: get_variable,
} as const;
