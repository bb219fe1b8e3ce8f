import {
  type Arguments,
  className,
  deepcopy,
  isPlainObject,
  NotImplementedError,
  type PyClass,
  pyClass,
  RuntimeError,
  repr,
  Tuple,
  TypeError,
  type,
  ValueError,
  warn,
} from "@cognate/py";
import { withMode } from "@cognate/tensor";
import type { RemovableHandle } from "../autograd/hooks.js";
import { float32 } from "../dtype.js";
import { hide } from "../nn/module/hide.js";
import { addTo } from "../nn/module/hooks.js";
import { keywordMethods } from "../nn/module/keywords.js";
import { typename } from "../nn/module/typename.js";
import { clearGrad } from "../nn/module.js";
import { tensor } from "../tensor/factories.js";
import { Tensor } from "../tensor/tensor.js";
import { showOption } from "./options.js";

type Options = Record<string, unknown>;
/** Parameters that share their options; a live object: `optimizer.param_groups[0].lr = 0.1`. */
export type ParamGroup = { params: Tensor[]; param_names?: string[]; lr: number } & {
  [option: string]: unknown;
};
/** What an optimizer keeps of one parameter. */
export type ParamState = Record<string, unknown>;

/** Tensors, pairs of a name and a tensor, or groups of them with options. */
export type Params = Iterable<Tensor | readonly [string, Tensor] | ({ params: unknown } & Options)>;

/** What `state_dict` gives: parameters by their place, `state` keyed by it. */
export interface OptimizerStateDict {
  state: Map<unknown, ParamState>;
  param_groups: Options[];
}

type Closure = () => unknown;
type StepPreHook = (optimizer: OptimizerImpl, args: unknown[], kwargs: Options) => unknown;
type StepPostHook = (optimizer: OptimizerImpl, args: unknown[], kwargs: Options) => void;
type StateHook = (
  optimizer: OptimizerImpl,
  state_dict: OptimizerStateDict,
) => OptimizerStateDict | null | void;

/** Python's `defaultdict(dict)` by parameter. */
export class OptimizerState extends Map<unknown, ParamState> {
  /** What is kept of a parameter, an empty dict at first. */
  of(p: Tensor): ParamState {
    let state = this.get(p);
    if (!state) this.set(p, (state = {}));
    return state;
  }
}

// What PyTorch fills in for options that older checkpoints do not have.
const LATER_OPTIONS: Readonly<Options> = {
  nesterov: false,
  amsgrad: false,
  maximize: false,
  foreach: null,
  differentiable: false,
  capturable: false,
  fused: null,
  decoupled_weight_decay: false,
  centered: false,
};

/** What an option must be given for every group, as it has no default. */
export const required: unique symbol = Symbol("<required parameter>");

class OptimizerImpl {
  /** Options that are floats, which a whole number prints as. */
  static readonly _floats: readonly string[] = [];

  readonly defaults: Options;
  state = new OptimizerState();
  param_groups: ParamGroup[] = [];
  declare _stepPreHooks: Map<number, StepPreHook>;
  declare _stepPostHooks: Map<number, StepPostHook>;
  declare _saveHooks: { pre: Map<number, (o: OptimizerImpl) => void>; post: Map<number, StateHook> };
  declare _loadHooks: { pre: Map<number, StateHook>; post: Map<number, (o: OptimizerImpl) => void> };

  constructor(params: Params, defaults: Options) {
    this.defaults = defaults;
    hide(this, "_stepPreHooks", new Map());
    hide(this, "_stepPostHooks", new Map());
    hide(this, "_saveHooks", { pre: new Map(), post: new Map() });
    hide(this, "_loadHooks", { pre: new Map(), post: new Map() });
    hookStep(this);
    if (params instanceof Tensor)
      throw new TypeError(
        `params argument given to the optimizer should be an iterable of Tensors or dicts, but got ${typename(params)}`,
      );
    const given = [...params];
    if (given.length === 0) throw new ValueError("optimizer got an empty parameter list");
    const groups = isPlainObject(given[0]) ? given : [{ params: given }];
    for (const group of groups) this.add_param_group(group as unknown as Options);
  }

  /** Adds parameters with options of their own; the object given becomes the group. */
  add_param_group(param_group: Options): void {
    if (!isPlainObject(param_group))
      throw new TypeError(`param_group must be a dict, but got ${repr(type(param_group))}`);
    const group = param_group as ParamGroup;
    const { params } = param_group as { params: unknown };
    if (params instanceof Set)
      throw new TypeError(
        "optimizer parameters need to be organized in ordered collections, but the ordering of tensors in sets will change between runs. Please use a list instead.",
      );
    const items = params instanceof Tensor ? [params] : [...(params as Iterable<unknown>)];
    const pairs = items.filter((p): p is readonly [string, Tensor] => Array.isArray(p));
    if (pairs.length > 0 && pairs.length !== items.length)
      throw new ValueError("all optimizer params should be with/without names. Some param names are missing");
    group.params = pairs.length > 0 ? pairs.map(([, p]) => p) : (items as Tensor[]);
    if (pairs.length > 0) group.param_names = pairs.map(([name]) => name);
    for (const p of group.params) {
      if (!(p instanceof Tensor))
        throw new TypeError(`optimizer can only optimize Tensors, but one of the params is ${typename(p)}`);
      if (!this.defaults.differentiable && !(p.is_leaf || p.retains_grad))
        throw new ValueError("can't optimize a non-leaf Tensor");
    }
    for (const [name, value] of Object.entries(this.defaults)) {
      if (value === required && !(name in group))
        throw new ValueError(
          `parameter group didn't specify a value of required optimization parameter ${name}`,
        );
      if (!(name in group)) (group as Options)[name] = value;
    }
    if (new Set(group.params).size !== group.params.length)
      warn(
        "optimizer contains a parameter group with duplicate parameters; in future, this will cause an error; see github.com/pytorch/pytorch/issues/40967 for more information",
      );
    checkAgainst(this.param_groups, group);
    this.param_groups.push(group);
  }
  /** Forgets the gradients of all parameters: `null`, or zeros. */
  zero_grad(set_to_none = true): void {
    for (const { params } of this.param_groups) for (const p of params) clearGrad(p, set_to_none);
  }

  /** One step along the gradients; `closure` computes them anew and returns the loss, which is then the result. */
  step(_closure: Closure | null = null): unknown {
    throw new NotImplementedError("");
  }

  /** The options and what was kept of each parameter, parameters by number. */
  state_dict(): OptimizerStateDict {
    for (const hook of this._saveHooks.pre.values()) hook(this);
    const numbers = new Map<unknown, number>();
    let start = 0;
    const param_groups = this.param_groups.map(({ params, ...options }) => {
      params.forEach((p, i) => {
        if (!numbers.has(p)) numbers.set(p, start + i);
      });
      start += params.length;
      return { ...options, params: params.map((p) => numbers.get(p)!) };
    });
    const state = new Map([...this.state].map(([p, kept]) => [numbers.get(p) ?? p, kept] as const));
    let out: OptimizerStateDict = { state, param_groups };
    for (const hook of this._saveHooks.post.values()) out = hook(this, out) ?? out;
    return out;
  }

  /**
   * Takes options and state from what `state_dict` gave.
   *
   * @throws ValueError for another number of groups, or of parameters in one
   */
  load_state_dict(state_dict: OptimizerStateDict): void {
    let given = { ...state_dict };
    for (const hook of this._loadHooks.pre.values()) given = hook(this, given) ?? given;
    const groups = this.param_groups;
    const saved = deepcopy(given.param_groups) as (Options & { params: unknown[] })[];
    if (groups.length !== saved.length)
      throw new ValueError("loaded state dict has a different number of parameter groups");
    if (groups.some((g, i) => g.params.length !== saved[i]!.params.length))
      throw new ValueError(
        "loaded state dict contains a parameter group that doesn't match the size of optimizer's group",
      );
    const byNumber = new Map(
      groups.flatMap((g, i) => g.params.map((p, k) => [saved[i]!.params[k], p] as const)),
    );
    const state = new OptimizerState();
    for (const [key, kept] of entriesOf(given.state)) {
      const p = byNumber.get(key);
      if (p) state.set(p, castLike(p, kept) as ParamState);
      else state.set(key, kept);
    }
    this.state = state;
    this.param_groups = groups.map((g, i) => {
      const next = saved[i]! as unknown as ParamGroup;
      next.params = g.params;
      if (g.param_names && !next.param_names) next.param_names = g.param_names;
      return next;
    });
    this._completeState();
    for (const hook of this._loadHooks.post.values()) hook(this);
  }
  /** Fills in what checkpoints of older versions lack. */
  _completeState(): void {
    for (const group of this.param_groups) {
      for (const [name, value] of Object.entries(LATER_OPTIONS))
        if (name in this.defaults && !(name in group)) (group as Options)[name] = value;
      for (const p of group.params) {
        const kept = this.state.get(p);
        if (kept && "step" in kept && !(kept.step instanceof Tensor))
          kept.step = tensor(Number(kept.step), { dtype: float32 });
      }
    }
  }

  register_step_pre_hook(hook: StepPreHook): RemovableHandle {
    return addTo(this._stepPreHooks, hook, false);
  }
  register_step_post_hook(hook: StepPostHook): RemovableHandle {
    return addTo(this._stepPostHooks, hook, false);
  }
  register_state_dict_pre_hook(hook: (optimizer: OptimizerImpl) => void, prepend = false): RemovableHandle {
    return addTo(this._saveHooks.pre, hook, prepend);
  }
  register_state_dict_post_hook(hook: StateHook, prepend = false): RemovableHandle {
    return addTo(this._saveHooks.post, hook, prepend);
  }
  register_load_state_dict_pre_hook(hook: StateHook, prepend = false): RemovableHandle {
    return addTo(this._loadHooks.pre, hook, prepend);
  }
  register_load_state_dict_post_hook(
    hook: (optimizer: OptimizerImpl) => void,
    prepend = false,
  ): RemovableHandle {
    return addTo(this._loadHooks.post, hook, prepend);
  }

  __repr__(): string {
    const { _floats } = this.constructor as typeof OptimizerImpl;
    const groups = this.param_groups.map((group, i) => {
      const lines = Object.keys(group)
        .filter((name) => name !== "params")
        .sort()
        .map((name) => `    ${name}: ${showOption(group[name], _floats.includes(name))}\n`);
      return `\nParameter Group ${i}\n${lines.join("")}`;
    });
    return `${className(this.constructor)} (${groups.join("")})`;
  }
  toString(): string {
    return this.__repr__();
  }
}

type Step = (this: OptimizerImpl, ...args: unknown[]) => unknown;

const hooked = new WeakSet<Step>();

/** Makes the step of an optimizer's class, which a user may have written, run the optimizer's hooks. */
function hookStep(optimizer: OptimizerImpl): void {
  let owner = optimizer as object;
  while (!Object.hasOwn(owner, "step")) owner = Object.getPrototypeOf(owner) as object;
  const step = (owner as { step: Step }).step;
  if (hooked.has(step)) return;
  const wrapped: Step = function (...args) {
    const before = this._stepPreHooks;
    const after = this._stepPostHooks;
    return before.size + after.size === 0 ? step.apply(this, args) : withHooks(this, step, args);
  };
  hooked.add(wrapped);
  hide(owner, "step", wrapped);
}

function withHooks(optimizer: OptimizerImpl, step: Step, given: unknown[]): unknown {
  let args = given;
  for (const hook of optimizer._stepPreHooks.values()) {
    const next = hook(optimizer, args, {});
    if (next === null || next === undefined) continue;
    if (!Array.isArray(next) || next.length !== 2)
      throw new RuntimeError(
        `step must return None or a tuple of (new_args, new_kwargs), but got ${repr(next)}.`,
      );
    args = [...(next[0] as unknown[])];
    if (Object.keys(next[1] as Options).length > 0) args.push(next[1]);
  }
  const out = step.apply(optimizer, args);
  for (const hook of optimizer._stepPostHooks.values()) hook(optimizer, args, {});
  return out;
}

/** @throws ValueError for a parameter that is in another group, or names in some groups only */
function checkAgainst(others: readonly ParamGroup[], group: ParamGroup): void {
  const named = "param_names" in group;
  if (others.some((other) => "param_names" in other !== named))
    throw new ValueError(
      `all optimizer param groups should be with/without names. cannot add param group ${named ? "with" : "without"} names to the optimizer`,
    );
  const taken = new Set(others.flatMap((other) => other.params));
  if (group.params.some((p) => taken.has(p)))
    throw new ValueError("some parameters appear in more than one parameter group");
}

/** Entries by parameter number, from a Map or from a plain object whose keys are texts. */
function entriesOf(state: unknown): [unknown, ParamState][] {
  if (state instanceof Map) return [...state];
  return Object.entries(state as Record<string, ParamState>).map(([key, kept]) => [
    /^\d+$/.test(key) ? Number(key) : key,
    kept,
  ]);
}

/** Loaded state in the element type of its parameter; step counters keep theirs. */
function castLike(p: Tensor, value: unknown, key?: string): unknown {
  if (value instanceof Tensor) return key !== "step" && p.dtype.is_floating_point ? value.to(p.dtype) : value;
  if (isPlainObject(value))
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, castLike(p, v, k)]));
  if (value instanceof Tuple) return Tuple.of_(value.map((v) => castLike(p, v)));
  return Array.isArray(value) ? value.map((v) => castLike(p, v)) : value;
}

/** An optimizer whose step goes through the parameters one by one. */
export abstract class ParameterwiseOptimizer extends OptimizerImpl {
  override step(closure: Closure | null = null): unknown {
    let loss: unknown = null;
    if (closure !== null) loss = withMode({ grad: true }, closure);
    withMode({ grad: this.defaults.differentiable === true }, () => {
      for (const group of this.param_groups)
        for (const p of group.params) if (p.grad !== null) this._stepOne(p, p.grad, group);
    });
    return loss;
  }
  /** Moves one parameter along its gradient. */
  abstract _stepOne(p: Tensor, grad: Tensor, group: ParamGroup): void;
}

keywordMethods("Optimizer", OptimizerImpl, {
  add_param_group: "param_group:dict",
  zero_grad: "set_to_none",
  step: "closure",
  load_state_dict: "state_dict:dict",
  register_state_dict_pre_hook: "hook prepend",
  register_state_dict_post_hook: "hook prepend",
  register_load_state_dict_pre_hook: "hook prepend",
  register_load_state_dict_post_hook: "hook prepend",
});
keywordMethods("Optimizer", ParameterwiseOptimizer, { step: "closure" });

interface OptimizerImpl {
  zero_grad(...args: Arguments<"set_to_none", [set_to_none?: boolean]>): void;
}

/** Makes a class of optimizers callable as in Python. */
export function optimizerClass<C extends new (...args: never[]) => object, const S extends string>(
  path: string,
  signature: S,
  C: C,
): PyClass<C, S> {
  return pyClass(`torch.optim.${path}`, signature, C);
}

/**
 * `torch.optim.Optimizer`: the base of optimizers, also of a user's own: `super(params, { lr })`, and a `step`.
 *
 * @param params - tensors, pairs of a name and a tensor, or groups of them with options of their own
 * @param defaults - the options of groups that do not say otherwise
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const w = torch.tensor([1.5, -2], { requires_grad: true });
 * const opt = torch.optim.SGD([w], { lr: 0.25 });
 * w.pow(2).sum().backward();
 * opt.step();
 * print(w.detach()); // prints tensor([ 0.7500, -1.0000])
 * ```
 */
export const Optimizer = optimizerClass("optimizer.Optimizer", "params defaults:dict", OptimizerImpl);
export type Optimizer = OptimizerImpl;
export { OptimizerImpl };
