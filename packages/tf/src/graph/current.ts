import { currentGraph, setGraph, withGraph } from "../core/context.js";
import { Graph } from "./graph.js";
import { setCurrent } from "./operators.js";

setCurrent(() => currentGraph() as Graph | null);

let fallback: Graph | null = null;
let eager = false;

/** `tf.get_default_graph()`: the graph that is being built, else the one that stands for all code without one. */
export function get_default_graph(): Graph {
  const now = currentGraph();
  if (now instanceof Graph) return now;
  fallback ??= new Graph(false);
  return fallback;
}

/** `tf.reset_default_graph()`. */
export function reset_default_graph(): void {
  const wasCurrent = currentGraph() === fallback && fallback !== null;
  fallback = new Graph(false);
  if (wasCurrent) setGraph(fallback);
}

/** `f` recorded in the default graph, unless eager execution was asked for. */
export function inDefault<R>(f: () => R): R {
  if (eager || currentGraph() instanceof Graph) return f();
  return withGraph(get_default_graph(), f);
}

/** Makes the functions of TensorFlow 1 compute at once. */
export function setEager(on: boolean): void {
  eager = on;
}
export const isEager = (): boolean => eager && !(currentGraph() instanceof Graph);

/** Makes the default graph the one that every function records in. */
export function recordByDefault(): void {
  setGraph(get_default_graph());
}
