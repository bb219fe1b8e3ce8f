import type { Tensor } from "../shared.js";

/** What a graph must be able to do for functions that record instead of computing. */
export interface GraphContext {
  /**
   * Adds an operation and gives its outputs.
   *
   * @param inputs - one entry an input of the operation's description: a tensor or data, an array of them for lists
   */
  createOp(
    type: string,
    inputs: readonly unknown[],
    attrs: Readonly<Record<string, unknown>>,
    name: string | null,
  ): Tensor[];
  /** A tensor of this graph for a tensor, variable, or data. */
  asTensor(x: unknown, dtype: unknown, name: string | null, preferred?: unknown): Tensor;
  /** What a variable's value is in this graph. */
  readonly building: boolean;
}

/** Tensors of graphs, which have no numbers until a graph runs. */
export interface OfGraph {
  readonly graph: GraphContext;
}

const SYMBOLIC = Symbol.for("cognate.tf.symbolic");

/** Marks a class of tensors without numbers. */
export function markSymbolic(C: { readonly prototype: object }): void {
  Object.defineProperty(C.prototype, SYMBOLIC, { value: true });
}
/** Whether a thing is a tensor of a graph. */
export const isGraphTensor = (x: unknown): x is Tensor & OfGraph =>
  typeof x === "object" && x !== null && (x as Record<symbol, unknown>)[SYMBOLIC] === true;

let current: GraphContext | null = null;

/** The graph that functions record in now, `null` where they compute. */
export const currentGraph = (): GraphContext | null => current;

/** `f`'s value; what it calls is recorded in the graph (computed, for `null`). */
export function withGraph<R>(graph: GraphContext | null, f: () => R): R {
  const before = current;
  current = graph;
  try {
    return f();
  } finally {
    current = before;
  }
}
/** Sets the graph for good, for sessions that have no end; gives the one before. */
export function setGraph(graph: GraphContext | null): GraphContext | null {
  const before = current;
  current = graph;
  return before;
}

/** Whether calls compute at once (`tf.executing_eagerly`). */
export const executing_eagerly = (): boolean => current === null;

function graphIn(x: unknown): GraphContext | null {
  if (isGraphTensor(x)) return x.graph;
  if (Array.isArray(x) && typeof x[0] === "object")
    for (const item of x) {
      const found = graphIn(item);
      if (found) return found;
    }
  return null;
}

/** The graph that a call on these inputs belongs to, `null` if it computes at once. */
export function graphFor(inputs: readonly unknown[]): GraphContext | null {
  if (current) return current;
  for (const x of inputs) {
    const found = graphIn(x);
    if (found) return found;
  }
  return null;
}
