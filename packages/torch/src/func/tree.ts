import { isPlainObject, repr, Tuple, type } from "@cognate/py";
import { bare } from "@cognate/tensor";
import { Tensor } from "../tensor/tensor.js";

/** Tensors in lists, tuples and dicts, however deep. */
export type Tree = unknown;

/** The same structure with every leaf replaced, tensor or not; `i` counts them. */
function mapLeaves(tree: Tree, f: (x: unknown, i: number) => unknown): Tree {
  let i = 0;
  const walk = (x: unknown): unknown => {
    if (x instanceof Tuple) return Tuple.of_([...x].map(walk));
    if (Array.isArray(x)) return x.map(walk);
    if (isPlainObject(x)) return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, walk(v)]));
    return f(x, i++);
  };
  return walk(tree);
}

/** The same structure with every tensor replaced; `i` counts them. */
export function mapTree(tree: Tree, f: (t: Tensor, i: number) => unknown): Tree {
  let i = 0;
  return mapLeaves(tree, (x) => (x instanceof Tensor ? f(x, i++) : x));
}

/** The tensors of a structure, in order. */
export function leavesOf(tree: Tree): Tensor[] {
  const out: Tensor[] = [];
  mapTree(tree, (t) => out.push(t));
  return out;
}

/** All leaves of a structure, tensors or not. */
export function flatten(tree: Tree): unknown[] {
  const out: unknown[] = [];
  mapLeaves(tree, (x) => out.push(x));
  return out;
}

/** A structure without its leaves, as PyTorch prints it; an array literal stands for a tuple of arguments at the top. */
export function treeSpec(tree: Tree, indent = 0, top = true): string {
  const isList = Array.isArray(tree);
  if (!isList && !isPlainObject(tree)) return "*";
  const children = isList ? [...(tree as unknown[])] : Object.values(tree as object);
  const kind = !isList ? "dict" : tree instanceof Tuple || top ? "tuple" : "list";
  const context = isList ? "None" : repr(Object.keys(tree as object));
  const inner = children
    .map((c, i) => (i > 0 ? `\n${" ".repeat(indent + 2)}` : "") + treeSpec(c, indent + 2, false))
    .join(",");
  return `TreeSpec(${kind}, ${context}, [${inner}])`;
}

/** How Python shows the class of a value. */
export const classOf = (x: unknown): string => repr(type(x));

/** A tensor to differentiate by: connected with what it came from where that wants a gradient, else a fresh leaf. */
export const tracked = (t: Tensor): Tensor => (t.requires_grad ? t.view_as(t) : loose(t).requires_grad_());

/** The same elements without history; tangents of forward mode stay. */
export function loose(t: Tensor): Tensor {
  const free = t.detach();
  free._value.tangents = t._value.tangents;
  return free;
}

/** The same elements and tangents, all without history. */
export function settledTensor(t: Tensor): Tensor {
  const free = t.detach();
  const { tangents } = t._value;
  if (tangents) free._value.tangents = new Map([...tangents].map(([level, v]) => [level, bare(v)]));
  return free;
}

/** Whether gradients of a tensor, or of its tangents, are wanted. */
export const wantsAny = (t: Tensor): boolean =>
  t.requires_grad || [...(t._value.tangents?.values() ?? [])].some((v) => v.requiresGrad);

/** A vector of zeros with a single 1, in the shape of a tensor. */
export function basis(t: Tensor, k: number): Tensor {
  const e = t.new_zeros(t.numel());
  e.set([k], 1);
  return e.reshape(t.shape);
}
