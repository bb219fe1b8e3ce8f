import { isPlainObject, kw, RuntimeError, Tuple, warn } from "@cognate/py";
import { CustomNode, gradEnabled, noGrad, type Value } from "@cognate/tensor";
import { gradFnOf } from "../../autograd/grad-fn.js";
import { type RemovableHandle, removableIn } from "../../autograd/hooks.js";
import { Tensor, wrap } from "../../tensor/tensor.js";

type Grads = Tuple<Tensor | null>;
/** What a hook that may replace something returns: the replacement, or nothing. */
export type Replacement<T> = T | null | undefined | void;
type Keywords = Record<string, unknown>;

/** `hook(module, args)`, or `hook(module, args, kwargs)` if it was registered so. */
export type ForwardPreHook<M> = (module: M, args: Tuple<unknown>, kwargs: Keywords) => unknown;
/** `hook(module, args, output)`, or `hook(module, args, kwargs, output)` if it was registered so. */
export type ForwardHook<M> = (module: M, args: Tuple<unknown>, ...rest: never[]) => unknown;
/** `hook(module, grad_input, grad_output)`. */
export type BackwardHook<M> = (
  module: M,
  grad_input: Grads,
  grad_output: Grads,
) => Replacement<Tensor | readonly (Tensor | null)[]>;
/** `hook(module, grad_output)`. */
export type BackwardPreHook<M> = (
  module: M,
  grad_output: Grads,
) => Replacement<Tensor | readonly (Tensor | null)[]>;

interface Registered<H> {
  readonly hook: H;
  readonly withKwargs: boolean;
  readonly always: boolean;
}

/** The hooks around calls of a module, in order of registration. */
export class CallHooks {
  readonly forwardPre = new Map<number, Registered<ForwardPreHook<unknown>>>();
  readonly forward = new Map<number, Registered<ForwardHook<unknown>>>();
  readonly backwardPre = new Map<number, BackwardPreHook<unknown>>();
  readonly backward = new Map<number, BackwardHook<unknown>>();
  /** Whether {@link backward} holds full hooks or those of the old kind; they do not mix. */
  full: boolean | undefined;

  get none(): boolean {
    return this.forwardPre.size + this.forward.size + this.backwardPre.size + this.backward.size === 0;
  }

  /** Adds a hook around forward; `prepend` puts it before the others. */
  addForward<K extends "forwardPre" | "forward">(
    kind: K,
    hook: K extends "forwardPre" ? ForwardPreHook<unknown> : ForwardHook<unknown>,
    prepend: boolean,
    withKwargs: boolean,
    always: boolean,
  ): RemovableHandle {
    const map = this[kind] as Map<number, Registered<typeof hook>>;
    return addTo(map, { hook, withKwargs, always }, prepend);
  }

  addBackward(hook: BackwardHook<unknown>, full: boolean, prepend = false): RemovableHandle {
    if (this.full !== undefined && this.full !== full)
      throw new RuntimeError(
        "Cannot use both regular backward hooks and full backward hooks on a single Module. Please use only one of them.",
      );
    this.full = full;
    return addTo(this.backward, hook, prepend);
  }
}

/** Adds a hook to a map, at its end or start. */
export function addTo<H>(map: Map<number, H>, hook: H, prepend: boolean): RemovableHandle {
  const before = prepend ? [...map] : [];
  if (prepend) map.clear();
  const handle = removableIn(map, hook);
  for (const [id, other] of before) map.set(id, other);
  return handle;
}

/** Hooks of every module: `torch.nn.modules.module.register_module_…`. */
export const globalHooks = new CallHooks();

interface Called {
  forward(...args: never[]): unknown;
}

/** Positional arguments and, where a plain object ends them, keywords. */
function split(args: readonly unknown[]): [unknown[], Keywords] {
  const last = args[args.length - 1];
  return isPlainObject(last) ? [args.slice(0, -1), last] : [[...args], {}];
}

const isSequence = (x: unknown): x is readonly unknown[] => Array.isArray(x);

/** A call with everything that was hooked on it, in PyTorch's order. */
export function callHooked(module: Called, own: CallHooks, given: readonly unknown[]): unknown {
  const done = new Set<number>();
  let result: unknown = null;
  let [args, kwargs] = split(given);
  const pre = [...globalHooks.forwardPre.values(), ...own.forwardPre.values()];
  const post = [...globalHooks.forward, ...own.forward];
  const afterForward = ({ hook, withKwargs }: Registered<ForwardHook<unknown>>): void => {
    const call = hook as (...a: unknown[]) => unknown;
    const next = withKwargs
      ? call(module, Tuple.of_(args), kwargs, result)
      : call(module, Tuple.of_(args), result);
    if (next !== null && next !== undefined) result = next;
  };
  try {
    for (const { hook, withKwargs } of pre) {
      const next = hook(module, Tuple.of_(args), kwargs);
      if (next === null || next === undefined) continue;
      if (!withKwargs) args = isSequence(next) ? [...next] : [next];
      else if (isSequence(next) && next.length === 2) {
        args = [...(next[0] as unknown[])];
        kwargs = next[1] as Keywords;
      } else
        throw new RuntimeError(
          `forward pre-hook must return None or a tuple of (new_args, new_kwargs), but got ${String(next)}.`,
        );
    }
    const all = [...globalHooks.backward.values(), ...own.backward.values()];
    const full = (own.full ?? globalHooks.full) !== false;
    const before = [...globalHooks.backwardPre.values(), ...own.backwardPre.values()];
    const backward =
      (full && all.length > 0) || before.length > 0
        ? new BackwardWatch(module, full ? all : [], before)
        : undefined;
    if (backward) args = backward.inputs(args);
    result =
      Object.keys(kwargs).length > 0
        ? module.forward(...([...args, kw(kwargs)] as never[]))
        : module.forward(...(args as never[]));
    for (const [id, registered] of post) {
      if (registered.always) done.add(id);
      afterForward(registered);
    }
    if (backward) result = backward.outputs(result);
    if (!full && all.length > 0) hookLastNode(module, all, result);
    return result;
  } catch (e) {
    for (const [id, registered] of post)
      if (registered.always && !done.has(id)) attempt(afterForward, registered);
    throw e;
  }
}

/** Runs a hook that is called in any case; its own error must not hide the one that is on its way. */
function attempt<R>(run: (r: R) => void, registered: R): void {
  try {
    run(registered);
  } catch (e) {
    warn(
      `module forward hook with \`\`always_call=True\`\` raised an exception that was silenced as another error was raised in forward: ${(e as Error).message}`,
    );
  }
}

/** The old kind of backward hook: it sees what the last node of the module sees. */
function hookLastNode(module: unknown, hooks: readonly BackwardHook<unknown>[], result: unknown): void {
  let x = result;
  while (!(x instanceof Tensor)) x = isSequence(x) ? x[0] : Object.values(x as object)[0];
  const node = gradFnOf(x);
  for (const hook of hooks)
    node?.register_hook((gxs, gys) => asList(hook(module, gxs, gys)) as (Tensor | null)[] | undefined);
}

const asList = <T>(x: Replacement<T | readonly T[]>): readonly T[] | undefined =>
  x === null || x === undefined ? undefined : isSequence(x) ? (x as readonly T[]) : [x as T];

/**
 * Full backward hooks of one call: inputs and outputs go through identities on the tape, which see the gradients pass.
 */
class BackwardWatch {
  #gradOutputs: Grads | null = null;
  #inputs = 0;
  #inputsWatched = false;

  constructor(
    readonly module: unknown,
    readonly hooks: readonly BackwardHook<unknown>[],
    readonly preHooks: readonly BackwardPreHook<unknown>[],
  ) {}

  inputs(args: readonly unknown[]): unknown[] {
    this.#inputs = args.length;
    const passed = identity(args, (gys) => {
      const gradOutputs = this.#gradOutputs;
      // Absent where the gradient reaches the input by another way than the module's output.
      if (gradOutputs === null) return gys;
      let grads: Grads = Tuple.of_(gys);
      for (const hook of this.hooks) {
        const next = asList(hook(this.module, grads, gradOutputs));
        if (next === undefined) continue;
        if (next.length !== grads.length)
          throw new RuntimeError(
            `Backward hook returned an invalid number of grad_input, got ${next.length}, but expected ${grads.length}`,
          );
        grads = Tuple.of_(next);
      }
      this.#gradOutputs = null;
      return grads;
    });
    this.#inputsWatched = passed !== undefined;
    return passed ?? [...args];
  }

  outputs(result: unknown): unknown {
    const many = isSequence(result);
    if (!many && !(result instanceof Tensor))
      warn(
        `For backward hooks to be called, module output should be a Tensor or a tuple of Tensors but received ${typeof result}`,
      );
    const passed = identity(many ? result : [result], (gys) => {
      this.#gradOutputs = Tuple.of_(gys);
      for (const hook of this.preHooks) {
        const next: readonly (Tensor | null)[] | undefined = asList(hook(this.module, this.#gradOutputs));
        if (next === undefined) continue;
        if (next.length !== gys.length)
          throw new RuntimeError(
            `Backward pre hook returned an invalid number of grad_output, got ${next.length}, but expected ${gys.length}`,
          );
        this.#gradOutputs = Tuple.of_(next);
      }
      const grads = this.#gradOutputs;
      if (!this.#inputsWatched) this.#withoutInputs(grads);
      return grads;
    });
    if (passed === undefined) return result;
    return many ? Tuple.of_(passed) : passed[0];
  }

  /** No input wants a gradient, so nothing more will come: the hooks run now. */
  #withoutInputs(gradOutputs: Grads): void {
    const none: Grads = Tuple.of_(new Array<null>(this.#inputs).fill(null));
    for (const hook of this.hooks) {
      const next = asList(hook(this.module, none, gradOutputs));
      if (next?.some((g) => g !== null))
        throw new RuntimeError(
          "Backward hook for Modules where no input requires gradient should always return None or None for all gradients.",
        );
    }
    this.#gradOutputs = null;
  }
}

/**
 * `items` with every tensor that wants a gradient replaced by a copy of itself, whose gradients `pass` sees and may
 * replace; `undefined` where there is no such tensor.
 */
function identity(
  items: readonly unknown[],
  pass: (gys: readonly (Tensor | null)[]) => readonly (Tensor | null)[],
): unknown[] | undefined {
  if (!gradEnabled()) return undefined;
  const at = items.flatMap((x, i) => (x instanceof Tensor && x.requires_grad ? [i] : []));
  if (at.length === 0) return undefined;
  const values = at.map((i) => (items[i] as Tensor)._value);
  const node = new CustomNode(
    "BackwardHookFunctionBackward",
    values,
    values.map((v) => v.array),
    (gys) => {
      const all = new Array<Tensor | null>(items.length).fill(null);
      gys.forEach((g, k) => {
        all[at[k]!] = g && wrap(g);
      });
      const passed = pass(all);
      return at.map((i) => passed[i]?._value ?? null);
    },
  );
  const out = [...items];
  values.forEach((v, k) => {
    const y = noGrad(() => v.reshape({ shape: v.shape }) as Value);
    y.setNode(node, k);
    out[at[k]!] = wrap(y);
  });
  return out;
}
