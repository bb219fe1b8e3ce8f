import { RuntimeError } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { type Tensor, wrap } from "../tensor/tensor.js";

/** What registering a hook returns: `remove()` takes it away again. */
export interface RemovableHandle {
  readonly id: number;
  remove(): void;
}

let nextId = 0;

/** Adds an item to a list of hooks; the handle takes it out again. */
export function removable<H>(hooks: H[], hook: H): RemovableHandle {
  hooks.push(hook);
  return {
    id: nextId++,
    remove: () => {
      const i = hooks.indexOf(hook);
      if (i >= 0) hooks.splice(i, 1);
    },
  };
}

/** Like {@link removable} for hooks kept in a Map, in order of registration. */
export function removableIn<H>(hooks: Map<number, H>, hook: H): RemovableHandle {
  const id = nextId++;
  hooks.set(id, hook);
  return { id, remove: () => void hooks.delete(id) };
}

type GradHook = (grad: Tensor) => Tensor | null | undefined | void;

/** `x.register_hook(f)`: f gets the gradient with respect to x and may replace it. */
export function registerHook(x: Tensor, hook: GradHook): RemovableHandle {
  const edge = x._value.edge();
  if (!edge) throw new RuntimeError("cannot register a hook on a tensor that doesn't require gradient");
  const { node, output } = edge;
  node.tensorHooks ??= new Map();
  let list = node.tensorHooks.get(output);
  if (!list) node.tensorHooks.set(output, (list = []));
  return removable(list, (g: Value) => {
    const next = hook(wrap(g));
    return next ? next._value : undefined;
  });
}

/** `x.register_post_accumulate_grad_hook(f)`: f gets the leaf after its gradient was added. */
export function registerPostAccumulateGradHook(x: Tensor, hook: (leaf: Tensor) => void): RemovableHandle {
  const { leafNode } = x._value;
  if (!leafNode)
    throw new RuntimeError(
      x._value.isLeaf
        ? "cannot register a hook on a tensor that doesn't require gradient"
        : "post accumulate grad hooks cannot be registered on non-leaf tensors",
    );
  leafNode.afterHooks ??= [];
  return removable(leafNode.afterHooks, (leaf: Value) => hook(wrap(leaf)));
}

/** `x.retain_grad()`: keeps the gradient of a tensor that is no leaf. */
export function retainGrad(x: Tensor): void {
  const { node, output } = x._value;
  if (!x.requires_grad) throw new RuntimeError("can't retain_grad on Tensor that has requires_grad=False");
  if (!node) return;
  node.retained ??= new Map();
  node.retained.set(output, x._value);
}
