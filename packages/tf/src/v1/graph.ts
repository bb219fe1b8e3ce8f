import { context, pyClass, RuntimeError, Tuple, TypeError } from "@cognate/py";
import { currentGraph } from "../core/context.js";
import { as_dtype, type TypeLike } from "../core/dtypes.js";
import { toGraphTensor } from "../graph/convert.js";
import { get_default_graph, inDefault, isEager, reset_default_graph } from "../graph/current.js";
import { Graph as GraphImpl } from "../graph/graph.js";
import * as nest from "../graph/nest.js";
import { Operation } from "../graph/operation.js";
import { InteractiveSessionImpl, SessionImpl } from "../graph/session.js";
import { dimsOf } from "../graph/shape.js";
import type { GraphTensor } from "../graph/tensor.js";
import { v1 } from "./make.js";

export { get_default_session } from "../graph/session.js";
export { get_default_graph, reset_default_graph };

export const Graph = pyClass(
  "tensorflow.python.framework.ops.Graph",
  "",
  GraphImpl as unknown as new () => GraphImpl,
);
export type Graph = GraphImpl;
export { Operation };

type SessionClass = typeof SessionImpl;
/** `tf.Session(…)`: with a callback it is entered for the callback's run. */
function sessionClass(name: string, C: SessionClass, enters: boolean): unknown {
  const Made = pyClass(`tensorflow.python.client.session.${name}`, "target graph config", C);
  return new Proxy(Made, {
    apply: (_t, _self, args: unknown[]) => {
      const body = args[args.length - 1];
      if (typeof body !== "function" || body instanceof GraphImpl)
        return (Made as unknown as (...a: unknown[]) => unknown)(...args);
      const session = (Made as unknown as (...a: unknown[]) => unknown)(...args.slice(0, -1)) as SessionImpl;
      if (enters) session.enter();
      try {
        return (body as (s: SessionImpl) => unknown)(session);
      } finally {
        if (enters) session.exit();
        else session.close();
      }
    },
  });
}

interface MakeSession {
  <R>(body: (sess: SessionImpl) => R): R;
  <R>(
    options: { target?: string; graph?: GraphImpl | null; config?: unknown },
    body: (sess: SessionImpl) => R,
  ): R;
  (
    target?: string | { target?: string; graph?: GraphImpl | null; config?: unknown },
    graph?: GraphImpl | null,
    config?: unknown,
  ): SessionImpl;
  new (
    target?: string | { target?: string; graph?: GraphImpl | null; config?: unknown },
    graph?: GraphImpl | null,
    config?: unknown,
  ): SessionImpl;
}

/**
 * `tf.Session`: runs a graph.
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf/v1";
 * import { print } from "@cognate/py";
 * const x = tf.placeholder(tf.float32, [null, 2]);
 * const y = tf.reduce_sum(x, 1);
 * print(tf.Session((sess) => sess.run(y, new Map([[x, [[1.5, 2], [3, 4]]]])))); // prints [3.5 7. ]
 * ```
 */
export const Session = sessionClass("Session", SessionImpl, true) as MakeSession;
export type Session = SessionImpl;
export const InteractiveSession = sessionClass(
  "InteractiveSession",
  InteractiveSessionImpl,
  false,
) as MakeSession;

const noEager = (what: string): void => {
  if (isEager()) throw new RuntimeError(`${what} is not compatible with eager execution.`);
};

/** A tensor whose value is given when the graph runs. */
export const placeholder = v1(
  "placeholder",
  "dtype shape name",
  (dtype: TypeLike, shape: unknown = null, name: string | null = null) => {
    noEager("tf.placeholder()");
    const type = as_dtype(dtype);
    const dims = dimsOf(shape);
    return get_default_graph().addOp({
      type: "Placeholder",
      name: name ?? "Placeholder",
      attrs: { dtype: type, shape: dims },
      outputs: [[type, dims]],
    }).outputs[0]!;
  },
);

export const placeholder_with_default = v1(
  "placeholder_with_default",
  "input shape name",
  (input: unknown, shape: unknown, name: string | null = null) => {
    const g = get_default_graph();
    return g.scoped(name ?? "PlaceholderWithDefault", (scope) => {
      const x = toGraphTensor(g, input, undefined, "input");
      return g.addOp({
        type: "PlaceholderWithDefault",
        name: scope,
        inputs: [x],
        attrs: { dtype: x.dtype, shape: dimsOf(shape) },
        outputs: [[x.dtype, dimsOf(shape)]],
      }).outputs[0]!;
    });
  },
);

/** `with tf.name_scope(name)`: the names of operations within begin with it. */
export const name_scope = context(
  (name: string | null, default_name: string | null = null, _values: unknown = null) => {
    const g = get_default_graph();
    let before = "";
    return {
      enter: (): string => {
        if (name !== null && typeof name !== "string")
          throw new TypeError("`name` for name_scope must be a string.");
        before = g.names.enter(name ?? (typeof default_name === "string" ? default_name : null));
        return g.names.stack ? `${g.names.stack}/` : "";
      },
      exit: () => {
        g.names.stack = before;
      },
    };
  },
);

/** `with tf.control_dependencies([…])`: what is made within runs after these. */
export const control_dependencies = context((inputs: readonly unknown[] | null) => {
  const g = get_default_graph();
  let exit: () => void = () => {};
  return {
    enter: (): void => {
      const guard = g.control_dependencies(inputs);
      guard.enter();
      exit = () => guard.exit();
    },
    exit: () => exit(),
  };
});

export const device = context((name: string | null) => {
  const g = get_default_graph();
  const before = g._device;
  return {
    enter: (): void => {
      g._device = name ?? "";
    },
    exit: () => {
      g._device = before;
    },
  };
});
export const colocate_with = context((_op: unknown, _ignore: unknown = false) => ({
  enter: () => {},
  exit: () => {},
}));

/** An operation that runs after all of these. */
export const group = v1(
  "group",
  "...inputs * name",
  (inputs: readonly unknown[], name: string | null = null): Operation => {
    const g = get_default_graph();
    const ops = g.operationsOf(nest.flatten(inputs).filter((x) => x !== null));
    return g.addOp({
      type: "NoOp",
      name: name ?? "group_deps",
      controls: [...g._controls, ...ops.filter((o, i) => ops.indexOf(o) === i)],
    });
  },
);
export const no_op = v1(
  "no_op",
  "name",
  (name: string | null = null): Operation =>
    get_default_graph().addOp({ type: "NoOp", name: name ?? "NoOp" }),
);
/** The tensors, each of which waits for all. */
export const tuple = v1(
  "tuple",
  "tensors name control_inputs",
  (
    tensors: readonly unknown[],
    name: string | null = null,
    control_inputs: readonly unknown[] | null = null,
  ) => {
    const g = get_default_graph();
    return g.scoped(name ?? "tuple", () => {
      const all = g.operationsOf([...tensors.filter((t) => t !== null), ...(control_inputs ?? [])]);
      const gate = g.addOp({ type: "NoOp", name: "group_deps", controls: all });
      return tensors.map((t) => (t === null ? null : withDependencies(g, [gate], toGraphTensor(g, t))));
    });
  },
);
export function withDependencies(g: GraphImpl, after: readonly Operation[], t: GraphTensor): GraphTensor {
  return g.addOp({
    type: "Identity",
    name: "control_dependency",
    inputs: [t],
    controls: [...g._controls, ...after],
    attrs: { T: t.dtype },
    outputs: [[t.dtype, t._dims]],
  }).outputs[0]!;
}

/** Keys of collections, as `tf.GraphKeys` names them. */
export const GraphKeys = {
  GLOBAL_VARIABLES: "variables",
  LOCAL_VARIABLES: "local_variables",
  METRIC_VARIABLES: "metric_variables",
  MODEL_VARIABLES: "model_variables",
  TRAINABLE_VARIABLES: "trainable_variables",
  SUMMARIES: "summaries",
  QUEUE_RUNNERS: "queue_runners",
  TABLE_INITIALIZERS: "table_initializer",
  ASSET_FILEPATHS: "asset_filepaths",
  MOVING_AVERAGE_VARIABLES: "moving_average_variables",
  REGULARIZATION_LOSSES: "regularization_losses",
  CONCATENATED_VARIABLES: "concatenated_variables",
  SAVERS: "savers",
  WEIGHTS: "weights",
  BIASES: "biases",
  ACTIVATIONS: "activations",
  UPDATE_OPS: "update_ops",
  LOSSES: "losses",
  SAVEABLE_OBJECTS: "saveable_objects",
  RESOURCES: "resources",
  LOCAL_RESOURCES: "local_resources",
  INIT_OP: "init_op",
  LOCAL_INIT_OP: "local_init_op",
  READY_OP: "ready_op",
  READY_FOR_LOCAL_INIT_OP: "ready_for_local_init_op",
  SUMMARY_OP: "summary_op",
  GLOBAL_STEP: "global_step",
  EVAL_STEP: "eval_step",
  TRAIN_OP: "train_op",
  COND_CONTEXT: "cond_context",
  WHILE_CONTEXT: "while_context",
} as const;

export const add_to_collection = v1("add_to_collection", "name value", (name: string, value: unknown) =>
  get_default_graph().add_to_collection(name, value),
);
export const add_to_collections = v1(
  "add_to_collections",
  "names value",
  (names: string | readonly string[], value: unknown) => get_default_graph().add_to_collections(names, value),
);
export const get_collection = v1("get_collection", "key scope", (key: string, scope: string | null = null) =>
  get_default_graph().get_collection(key, scope),
);
export const get_collection_ref = v1("get_collection_ref", "key", (key: string) =>
  get_default_graph().get_collection_ref(key),
);

/** `tf.set_random_seed`: the graph's seed. */
export const set_random_seed = v1("set_random_seed", "seed", (seed: number | null) => {
  get_default_graph().seed = seed === null ? null : Number(seed);
});
/** The graph's seed and an operation's own, as the random operations are given them. */
export const get_seed = v1("get_seed", "op_seed", (op_seed: number | null): Tuple<number | null> => {
  const g = get_default_graph();
  const limit = (x: number): number => ((x % 2147483647) + 2147483647) % 2147483647;
  if (g.seed === null && op_seed === null) return Tuple.of_([null, null]);
  const seeds =
    g.seed === null ? [87654321, limit(op_seed!)] : [limit(g.seed), limit(op_seed ?? g.nextSeed())];
  return Tuple.of_(seeds[0] === 0 && seeds[1] === 0 ? [0, 2 ** 31 - 1] : seeds);
});

/** Records in this graph, whatever is current. */
export const inGraph = <R>(f: (g: GraphImpl) => R): R => inDefault(() => f(get_default_graph()));
export const isBuilding = (): boolean => currentGraph() !== null;
