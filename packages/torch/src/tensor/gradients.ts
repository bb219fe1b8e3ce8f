import { def } from "@cognate/py";
import { backward as backwardOf, type Tensors } from "../autograd/grad.js";
import {
  type RemovableHandle,
  registerHook,
  registerPostAccumulateGradHook,
  retainGrad,
} from "../autograd/hooks.js";
import type { Tensor } from "./tensor.js";

// Methods that have to do with gradients.

/**
 * Adds to the leaves' `grad` the gradients of this tensor.
 *
 * @param gradient - the vector of the vector-Jacobian product; ones for a scalar
 * @param inputs - the leaves that get a gradient; all if left out
 * @throws RuntimeError as PyTorch words it, e.g. "grad can be implicitly created only for scalar outputs"
 */
export const backward = def(
  "Tensor.backward",
  "self gradient retain_graph create_graph inputs",
  (
    self: Tensor,
    gradient: Tensor | null = null,
    retain_graph: boolean | null = null,
    create_graph = false,
    inputs: Tensors | null = null,
  ): null => {
    backwardOf(self, gradient, retain_graph, create_graph, null, inputs);
    return null;
  },
);

/** Calls `hook(grad)` when the gradient with respect to this tensor is there; what it returns takes its place. */
export const register_hook = def(
  "Tensor.register_hook",
  "self hook",
  (self: Tensor, hook: (grad: Tensor) => Tensor | null | undefined | void): RemovableHandle =>
    registerHook(self, hook),
);

/** Calls `hook(leaf)` each time after a gradient was added to this leaf's `grad`. */
export const register_post_accumulate_grad_hook = def(
  "Tensor.register_post_accumulate_grad_hook",
  "self hook",
  (self: Tensor, hook: (leaf: Tensor) => void): RemovableHandle => registerPostAccumulateGradHook(self, hook),
);

/** Keeps the gradient of a tensor that is no leaf in its `grad`. @throws RuntimeError where none is wanted */
export const retain_grad = def("Tensor.retain_grad", "self", (self: Tensor): null => {
  retainGrad(self);
  return null;
});
