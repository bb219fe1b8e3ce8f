import { isPlainObject, Tuple } from "@cognate/py";
import { Tensor } from "../tensor/tensor.js";

/** Tensors in lists, tuples and dicts, however deep. */
export type Tree = unknown;

/** The same structure with every tensor replaced; `i` counts them. */
export function mapTree(tree: Tree, f: (t: Tensor, i: number) => unknown): Tree {
  let i = 0;
  const walk = (x: unknown): unknown => {
    if (x instanceof Tensor) return f(x, i++);
    if (x instanceof Tuple) return Tuple.of_([...x].map(walk));
    if (Array.isArray(x)) return x.map(walk);
    if (isPlainObject(x)) return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, walk(v)]));
    return x;
  };
  return walk(tree);
}

/** The tensors of a structure, in order. */
export function leavesOf(tree: Tree): Tensor[] {
  const out: Tensor[] = [];
  mapTree(tree, (t) => out.push(t));
  return out;
}

/** A tensor to differentiate by: connected with what it came from where that wants a gradient, else a fresh leaf. */
export const tracked = (t: Tensor): Tensor => (t.requires_grad ? t.view_as(t) : t.detach().requires_grad_());
