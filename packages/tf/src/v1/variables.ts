import { pyClass } from "@cognate/py";
import { as_dtype, type TypeLike } from "../core/dtypes.js";
import { get_default_graph, inDefault } from "../graph/current.js";
import type { Operation } from "../graph/operation.js";
import type { GraphTensor } from "../graph/tensor.js";
import { assignTo, GraphVariable, isInitialized, scatterInto } from "../graph/variable.js";
import { v1 } from "./make.js";
import { currentVariableScope } from "./scope-state.js";

let resourceByDefault = false;
export const enable_resource_variables = (): void => {
  resourceByDefault = true;
};
export const disable_resource_variables = (): void => {
  resourceByDefault = false;
};
export const resource_variables_enabled = (): boolean => resourceByDefault;
export const resourceDefault = (given: boolean | null | undefined): boolean =>
  given ?? currentVariableScope()?.use_resource ?? resourceByDefault;

class VariableImpl extends GraphVariable {
  constructor(
    initial_value: unknown = null,
    trainable: boolean | null = null,
    collections: readonly string[] | null = null,
    validate_shape = true,
    _caching_device: unknown = null,
    name: string | null = null,
    _variable_def: unknown = null,
    dtype: TypeLike | null = null,
    _expected_shape: unknown = null,
    _import_scope: unknown = null,
    constraint: unknown = null,
    use_resource: boolean | null = null,
    _synchronization: unknown = 0,
    _aggregation: unknown = 0,
    shape: unknown = null,
  ) {
    super(
      inDefault(() => ({
        initial: initial_value,
        name: name ?? "Variable",
        dtype: dtype === null ? undefined : as_dtype(dtype),
        trainable: trainable ?? true,
        collections: collections ?? ["variables"],
        validate: validate_shape,
        resource: resourceDefault(use_resource),
        constraint,
        ...(shape === null ? {} : { shape }),
      })),
    );
  }
}

/**
 * `tf.Variable` of TensorFlow 1.
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf/v1";
 * import { print } from "@cognate/py";
 * const w = tf.Variable([1.5, 2.5], { name: "w" });
 * print(w); // prints <tf.Variable 'w:0' shape=(2,) dtype=float32_ref>
 * ```
 */
export const Variable = pyClass(
  "tensorflow.python.ops.ref_variable.RefVariable",
  "initial_value trainable collections validate_shape caching_device name variable_def dtype expected_shape import_scope constraint use_resource synchronization aggregation shape",
  VariableImpl,
);
export type Variable = GraphVariable;
Object.defineProperty(Variable, Symbol.hasInstance, {
  value: (x: unknown) => Function.prototype[Symbol.hasInstance].call(GraphVariable, x),
});

const vars = (key: string, scope: string | null): GraphVariable[] =>
  get_default_graph().get_collection(key, scope) as GraphVariable[];

const collection = (name: string, key: string) =>
  v1(name, "scope", (scope: string | null = null): GraphVariable[] => vars(key, scope));
export const global_variables = collection("global_variables", "variables");
export const all_variables = v1("all_variables", "", (): GraphVariable[] => vars("variables", null));
export const local_variables = collection("local_variables", "local_variables");
export const model_variables = collection("model_variables", "model_variables");
export const trainable_variables = collection("trainable_variables", "trainable_variables");
export const moving_average_variables = collection("moving_average_variables", "moving_average_variables");

/** An operation that gives variables their first values. */
export const variables_initializer = v1(
  "variables_initializer",
  "var_list name",
  (var_list: readonly GraphVariable[], name = "init"): Operation => {
    const g = get_default_graph();
    return g.addOp({ type: "NoOp", name, controls: [...g._controls, ...var_list.map((v) => v.initializer)] });
  },
);
export const initialize_variables = variables_initializer;
export const global_variables_initializer = v1(
  "global_variables_initializer",
  "",
  (): Operation => variables_initializer(vars("variables", null)),
);
export const initialize_all_variables = global_variables_initializer;
export const local_variables_initializer = v1(
  "local_variables_initializer",
  "",
  (): Operation => variables_initializer(vars("local_variables", null)),
);
export const tables_initializer = v1("tables_initializer", "name", (name = "init_all_tables"): Operation => {
  const g = get_default_graph();
  const fill = g.get_collection("table_initializer") as Operation[];
  return g.addOp({ type: "NoOp", name, controls: [...g._controls, ...fill] });
});
export const is_variable_initialized = v1(
  "is_variable_initialized",
  "variable",
  (variable: GraphVariable): GraphTensor => isInitialized(variable, null),
);
/** The names of variables that have no value yet. */
export const report_uninitialized_variables = v1(
  "report_uninitialized_variables",
  "var_list name",
  (
    var_list: readonly GraphVariable[] | null = null,
    name = "report_uninitialized_variables",
  ): GraphTensor => {
    const list = var_list ?? [...vars("variables", null), ...vars("local_variables", null)];
    const g = get_default_graph();
    return g.addOp({
      type: "_Uninitialized",
      name,
      inputs: list.map((v) => v._variable),
      attrs: { names: list.map((v) => v.op.name) },
      outputs: [[as_dtype("string"), [null]]],
    }).outputs[0]!;
  },
);

const assigning = (name: string, type: string) =>
  v1(
    name,
    "ref value use_locking name",
    (
      ref: unknown,
      value: unknown,
      _use_locking: boolean | null = null,
      opName: string | null = null,
    ): GraphTensor => assignTo(type, ref, value, opName) as GraphTensor,
  );
export const assign = v1(
  "assign",
  "ref value validate_shape use_locking name",
  (
    ref: unknown,
    value: unknown,
    validate_shape: boolean | null = true,
    _use_locking: boolean | null = null,
    name: string | null = null,
  ): GraphTensor => assignTo("Assign", ref, value, name, true, validate_shape ?? true) as GraphTensor,
);
export const assign_add = assigning("assign_add", "AssignAdd");
export const assign_sub = assigning("assign_sub", "AssignSub");

const scatter = (name: string, type: string) =>
  v1(
    name,
    "ref indices updates use_locking name",
    (
      ref: unknown,
      indices: unknown,
      updates: unknown,
      _use_locking: boolean | null = true,
      opName: string | null = null,
    ): GraphTensor => scatterInto(type, ref, indices, updates, opName),
  );
export const scatter_update = scatter("scatter_update", "ScatterUpdate");
export const scatter_add = scatter("scatter_add", "ScatterAdd");
export const scatter_sub = scatter("scatter_sub", "ScatterSub");
export const scatter_mul = scatter("scatter_mul", "ScatterMul");
export const scatter_div = scatter("scatter_div", "ScatterDiv");
export const scatter_min = scatter("scatter_min", "ScatterMin");
export const scatter_max = scatter("scatter_max", "ScatterMax");
