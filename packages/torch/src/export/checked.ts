import { RuntimeError } from "@cognate/py";
import type { Graph, GraphNode } from "./graph.js";

export type Json = Readonly<Record<string, unknown>>;

const DEEPEST = 50;

const broken = (what: string): never => {
  throw new RuntimeError(`the exported program is broken: ${what}`);
};

/** @throws RuntimeError for what is no JSON object */
export function objectOf(x: unknown, what: string): Json {
  return typeof x === "object" && x !== null && !Array.isArray(x)
    ? (x as Json)
    : broken(`${what} is no object`);
}
/** @throws RuntimeError for what is no list of JSON objects */
export function objectsOf(x: unknown, what: string): Json[] {
  if (!Array.isArray(x)) return broken(`${what} is no list`);
  return x.map((item) => objectOf(item, `an item of ${what}`));
}
/** @throws RuntimeError for what is no text */
export const textOf = (x: unknown, what: string): string =>
  typeof x === "string" ? x : broken(`${what} is no text`);

/** A graph whose parts are all there, and the graphs within it. @throws RuntimeError where one is not */
export function graphOf(x: unknown, depth = 0): Graph {
  if (depth > DEEPEST) broken(`graphs within each other, more than ${DEEPEST} deep`);
  const graph = objectOf(x, "the graph");
  const nodes = objectsOf(graph.nodes, "the graph's nodes").map((n): GraphNode => {
    const target = textOf(n.target, "a node's target");
    const inputs = objectsOf(n.inputs, "a node's inputs").map((i) => {
      const arg = objectOf(i.arg, `an argument of ${target}`);
      const inner = arg.as_graph === undefined ? undefined : objectOf(arg.as_graph, "a graph");
      const checked = inner
        ? { ...arg, as_graph: { ...inner, graph: graphOf(inner.graph, depth + 1) } }
        : arg;
      return {
        name: typeof i.name === "string" ? i.name : "",
        arg: checked,
        kind: typeof i.kind === "number" ? i.kind : null,
      };
    });
    return { target, inputs, outputs: objectsOf(n.outputs, `the outputs of ${target}`) };
  });
  return {
    nodes,
    inputs: objectsOf(graph.inputs, "the graph's inputs"),
    outputs: objectsOf(graph.outputs, "the graph's outputs"),
  };
}
