import { Tuple } from "@cognate/py";
import { bool, float32 } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import { emptyInts } from "../../graph/empty.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { assignTo, GraphVariable } from "../../graph/variable.js";
import type { DType } from "../../shared.js";
import { zeros_initializer } from "../initializers.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";
import { inScope } from "../variable-scope.js";

/* What metrics have in common: counters in local variables, a value, and an operation that brings it up to date. */

export type Pair = Tuple<GraphTensor>;
type Collections = string | readonly string[] | null;
export interface Options {
  readonly weights: unknown;
  readonly metrics_collections: Collections;
  readonly updates_collections: Collections;
}
/** A local variable of zeros. */
export function counter(shape: readonly number[], name: string, dtype: DType = float32): GraphVariable {
  return new GraphVariable({
    initial: () => zeros_initializer()([...shape], { dtype }),
    name,
    dtype,
    trainable: false,
    collections: ["local_variables", "metric_variables"],
    resource: false,
  });
}
export const toFloat = (g: Graph, x: unknown): GraphTensor => {
  const t = toGraphTensor(g, x);
  return t.dtype === float32 ? t : node(g, "Cast", [t], { DstT: float32 }, "ToFloat");
};
export const toBool = (g: Graph, x: unknown): GraphTensor => {
  const t = toGraphTensor(g, x);
  return t.dtype === bool ? t : node(g, "Cast", [t], { DstT: bool });
};
export const sum = (g: Graph, t: GraphTensor): GraphTensor =>
  node(g, "Sum", [t, t._dims?.length ? t._dims.map((_, i) => i) : emptyInts()]);
export const addTo = (v: GraphVariable, x: GraphTensor, name: string | null = null): GraphTensor =>
  assignTo("AssignAdd", v, x, name) as GraphTensor;

/** The pair of a metric, in the collections that it was given. */
export function collected(g: Graph, value: GraphTensor, update: GraphTensor, o: Options): Pair {
  if (o.metrics_collections) g.add_to_collections(o.metrics_collections, value);
  if (o.updates_collections) g.add_to_collections(o.updates_collections, update);
  return Tuple.of_([value, update]);
}
/** Hidden from collections: for metrics that are made of another. */
export const inner = (o: Options): Options => ({
  ...o,
  metrics_collections: null,
  updates_collections: null,
});

type Make = (g: Graph, args: readonly unknown[], o: Options) => Pair;
/**
 * A metric by its own parameters; those that all have stand where `WEIGHTS`, `COLLECTIONS` and `NAME` do.
 *
 * @param required - how many parameters have no default
 * @param title - the scope of its variables, where no name is given
 */
export function metric<const S extends string>(
  name: string,
  signature: S,
  required: number,
  make: Make,
  title: string = name,
) {
  const names = signature.split(" ");
  const at = (key: string): number => names.indexOf(key);
  const impl = (...args: unknown[]): Pair => {
    const given = (key: string): unknown => args[at(key)] ?? null;
    return inScope(given("name") as string | null, { default_name: title }, () =>
      make(get_default_graph(), args, {
        weights: given("weights"),
        metrics_collections: given("metrics_collections") as Collections,
        updates_collections: given("updates_collections") as Collections,
      }),
    );
  };
  Object.defineProperty(impl, "length", { value: required });
  return v1(name, signature, impl as (...args: unknown[]) => Pair);
}
export const TAIL = "weights metrics_collections updates_collections name" as const;

/** The mean of values, weighted: two counters, of the sum and of the weights. */
export function meanOf(g: Graph, values: GraphTensor, o: Options): Pair {
  const total = counter([], "total");
  const count = counter([], "count");
  let v = toFloat(g, values);
  let n: GraphTensor;
  if (o.weights === null) n = node(g, "Cast", [node(g, "Size", [v])], { DstT: float32 });
  else {
    const w = node(g, "Mul", [toFloat(g, o.weights), node(g, "OnesLike", [v])]);
    v = node(g, "Mul", [v, w]);
    n = sum(g, w);
  }
  const adds = [addTo(total, sum(g, v)), g.controlled([v.op], () => addTo(count, n))];
  const value = node(g, "DivNoNan", [total, count], {}, "value");
  const update = node(g, "DivNoNan", [adds[0], adds[1]], {}, "update_op");
  return collected(g, value, update, o);
}
