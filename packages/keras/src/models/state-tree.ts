import { isPlainObject, ValueError } from "@cognate/py";
import type { TensorLike } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";

/* The variables of a model as nested dicts by their paths. */

/** Values by the parts of paths. */
export interface StateTree {
  [part: string]: unknown;
}
export type ValueFormat = "backend_tensor" | "numpy_array";

/** What models have that their state is made of. */
interface Stateful {
  readonly trainable_variables: readonly Variable[];
  readonly non_trainable_variables: readonly Variable[];
  readonly metrics_variables: readonly Variable[];
  readonly optimizer: { readonly variables: readonly Variable[] } | null;
}
const groupsOf = (model: Stateful): Readonly<Record<string, readonly Variable[]>> => ({
  trainable_variables: model.trainable_variables,
  non_trainable_variables: model.non_trainable_variables,
  optimizer_variables: model.optimizer?.variables ?? [],
  metrics_variables: model.metrics_variables,
});

function nested(variables: readonly Variable[], format: ValueFormat): StateTree {
  const root: StateTree = {};
  const seen = new Set<string>();
  for (const v of variables) {
    if (seen.has(v.path))
      throw new ValueError(
        `The following variable path is found twice in the model: '${v.path}'. \`get_state_tree()\` can only be called when all variable paths are unique. Make sure to give unique names to your layers (and other objects).`,
      );
    seen.add(v.path);
    if (format !== "backend_tensor" && format !== "numpy_array")
      throw new ValueError(
        `Invalid \`value_format\` argument. Expected one of {'numpy_array', 'backend_tensor'}. Received: value_format=${String(format)}`,
      );
    const parts = v.path.split("/");
    let at = root;
    for (const part of parts.slice(0, -1)) at = (at[part] ??= {}) as StateTree;
    at[parts.at(-1)!] = format === "numpy_array" ? v.numpy() : v.value;
  }
  return root;
}

/** The values of a model's variables, its optimizer's and its metrics'. @throws ValueError for paths that occur twice */
export const stateTree = (model: object, format: ValueFormat): StateTree =>
  Object.fromEntries(
    Object.entries(groupsOf(model as Stateful)).map(([name, variables]) => [name, nested(variables, format)]),
  );

function* leaves(tree: StateTree, prefix = ""): Generator<[string, unknown]> {
  for (const [key, value] of Object.entries(tree))
    if (isPlainObject(value)) yield* leaves(value, `${prefix}${key}/`);
    else yield [`${prefix}${key}`, value];
}
/** Gives variables the values of a tree; paths that no variable has are passed over. @throws ValueError */
export function setStateTree(model: object, tree: StateTree): void {
  const groups = groupsOf(model as Stateful);
  for (const [name, part] of Object.entries(tree)) {
    const variables = groups[name];
    if (!variables) throw new ValueError(`Unknown variable name: ${name}`);
    for (const [path, value] of leaves(part as StateTree))
      for (const v of variables) if (v.path === path) v.assign(value as TensorLike);
  }
}
