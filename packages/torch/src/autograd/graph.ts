/**
 * `torch.autograd.graph`: what calls keep for backward, and the nodes that they leave behind.
 *
 * @packageDocumentation
 */
import { AssertionError, context, def, RuntimeError, TypeError, type_name, ValueError } from "@cognate/py";
import { noGrad, popSavedHooks, pushSavedHooks, type Value, willRun } from "@cognate/tensor";
import { Tensor, wrap } from "../tensor/tensor.js";
import { GradientEdge } from "./edges.js";
import { Node, nodeHandle } from "./grad-fn.js";
import type { RemovableHandle } from "./hooks.js";

export { GradientEdge, Node };

/** Why hooks may not be set now, or `null`. */
let disabled: string | null = null;

function enterHooks(pack: (t: Tensor) => unknown, unpack: (packed: unknown) => unknown): void {
  if (disabled !== null) throw new RuntimeError(disabled);
  pushSavedHooks({
    pack: (value) => noGrad(() => pack(wrap(value))),
    unpack: (packed) => {
      const t = noGrad(() => unpack(packed));
      if (!(t instanceof Tensor))
        throw new TypeError(
          `Output of saved tensor unpack_hook expected to be a Tensor but got result of type ${type_name(t)}`,
        );
      return t._value as Value;
    },
  });
}

/**
 * `with saved_tensors_hooks(pack, unpack):` – what calls inside keep for backward goes through `pack`, and comes back by `unpack`.
 *
 * @throws RuntimeError where {@link disable_saved_tensors_hooks} forbids it
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([1.5, 2], { requires_grad: true });
 * const half = torch.autograd.graph.saved_tensors_hooks((t) => t.half(), (t) => (t as torch.Tensor).float());
 * half.enter();
 * const y = x.exp();
 * half.exit();
 * y.sum().backward();
 * print(x.grad); // prints tensor([4.4805, 7.3906])
 * ```
 */
export function saved_tensors_hooks<R>(pack_hook: Pack, unpack_hook: Unpack, body: () => R): R;
export function saved_tensors_hooks(pack_hook: Pack, unpack_hook: Unpack): ReturnType<typeof hooked>;
export function saved_tensors_hooks(pack_hook: Pack, unpack_hook: Unpack, body?: () => unknown): unknown {
  const pair = { pack_hook, unpack_hook };
  return body ? hooked(pair, body) : hooked(pair);
}

type Pack = (t: Tensor) => unknown;
type Unpack = (packed: unknown) => unknown;

/** The two hooks in one argument, as a function at the end is the block. */
const hooked = context(({ pack_hook, unpack_hook }: { pack_hook: Pack; unpack_hook: Unpack }) => ({
  enter: () => enterHooks(pack_hook, unpack_hook),
  exit: popSavedHooks,
}));

/** `with save_on_cpu():` – there is one device, so what is kept stays where it is. */
export const save_on_cpu = context((..._options: unknown[]) => ({
  enter: () =>
    enterHooks(
      (t) => t,
      (t) => t,
    ),
  exit: popSavedHooks,
}));

/** `with disable_saved_tensors_hooks(message):` – setting hooks inside raises RuntimeError with that message. */
export const disable_saved_tensors_hooks = context((error_message: string) => {
  let before: string | null = null;
  return {
    enter: () => {
      before = disabled;
      disabled = error_message;
    },
    exit: () => {
      disabled = before;
    },
  };
});

/**
 * `with allow_mutation_on_saved_tensors():` – tensors may be written in place after calls have kept them; the calls keep copies.
 */
export const allow_mutation_on_saved_tensors = context(() => {
  const state = { open: true };
  return {
    enter: () => {
      enterHooks(
        (t) => t.detach().clone(),
        (t) => {
          if (!state.open)
            throw new AssertionError(
              "Trying to backward outside of the 'allow_mutation_on_saved_tensors' contextin which the graph was originally recorded.",
            );
          return t;
        },
      );
      return state;
    },
    exit: () => {
      state.open = false;
      popSavedHooks();
    },
  };
});

/** Where the gradient of a tensor arrives: its node and the number of the output. @throws RuntimeError without gradient */
export const get_gradient_edge = def(
  "torch.autograd.graph.get_gradient_edge",
  "tensor",
  (tensor: Tensor): GradientEdge => {
    const edge = tensor._value.edge();
    if (!edge)
      throw new RuntimeError(
        "It is not possible to get the gradient edge for a Tensor that does not require gradients",
      );
    return GradientEdge(nodeHandle(edge.node), edge.output, null) as GradientEdge;
  },
);

/** Counts an in-place write that autograd did not see. @throws RuntimeError for what is no tensor or list of them */
export const increment_version = def(
  "torch.autograd.graph.increment_version",
  "tensor",
  (tensor: Tensor | Iterable<Tensor>): void => {
    const refuse = (): never => {
      throw new RuntimeError("increment_version expect a Iterable[Tensor] as input");
    };
    const list =
      tensor instanceof Tensor ? [tensor] : Symbol.iterator in Object(tensor) ? [...tensor] : refuse();
    for (const t of list) {
      if (!(t instanceof Tensor)) refuse();
      t._value.array.storage.version++;
    }
  },
);

type MultiHook = (grads: never) => void;

/**
 * Calls `fn` with the gradients of several tensors when all of those that the backward pass gets to are there (`mode="all"`), or
 * with the first one (`"any"`).
 */
export const register_multi_grad_hook = def(
  "torch.autograd.graph.register_multi_grad_hook",
  "tensors fn * mode",
  (tensors: readonly Tensor[], fn: MultiHook, mode = "all"): RemovableHandle => {
    if (mode !== "all" && mode !== "any")
      throw new ValueError(`Expects mode to be one of ('all', 'any') but got ${mode}`);
    const call = fn as unknown as (grads: unknown) => void;
    const nodes = tensors.map((t) => get_gradient_edge(t).node._node);
    let grads: (Tensor | null)[] = [];
    let seen = 0;
    const done = (): void => {
      grads = [];
      seen = 0;
    };
    const handles = tensors.map((t, i) =>
      t.register_hook((g) => {
        const expected = nodes.filter(willRun).length;
        if (seen === 0) grads = tensors.map(() => null);
        grads[i] = g;
        seen++;
        if (mode === "any" && seen === 1) call(g);
        if (mode === "all" && seen === expected) call(grads);
        if (seen >= expected) done();
      }),
    );
    return { id: handles[0]?.id ?? 0, remove: () => handles.forEach((h) => void h.remove()) };
  },
);
