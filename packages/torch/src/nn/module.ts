import {
  type Arguments,
  AssertionError,
  AttributeError,
  Callable,
  className,
  KeyError,
  NotImplementedError,
  RuntimeError,
  repr,
  Tuple,
  TypeError,
  type,
  ValueError,
} from "@cognate/py";
import { noGrad } from "@cognate/tensor";
import { type RemovableHandle, removableIn } from "../autograd/hooks.js";
import { dtype } from "../dtype.js";
import { Tensor } from "../tensor/tensor.js";
import { Fields, fieldsOf, getField, hasField, setField } from "./module/fields.js";
import { hide } from "./module/hide.js";
import {
  addTo,
  type BackwardHook,
  type BackwardPreHook,
  CallHooks,
  callHooked,
  type ForwardHook,
  type ForwardPreHook,
  globalHooks,
} from "./module/hooks.js";
import { keywordMethods, moduleClass, type OpenFields } from "./module/keywords.js";
import { noteClass } from "./module/registry.js";
import { moduleRepr } from "./module/repr.js";
import {
  type IncompatibleKeys,
  type LoadPostHook,
  type LoadPreHook,
  type LocalMetadata,
  loadOwn,
  loadState,
  noExtraState,
  type StateDict,
  type StateDictHook,
  type StateDictPreHook,
  StateHooks,
  saveOwn,
  saveState,
} from "./module/state-dict.js";
import { typename } from "./module/typename.js";
import { Parameter } from "./parameter.js";

/** A name and what has it: a tuple. */
export type Named<T> = Tuple<string | T> & readonly [string, T];
const pair = <T>(name: string, value: T): Named<T> =>
  Tuple.of_<string | T>([name, value]) as unknown as Named<T>;

/** A module, of whose fields nothing is known. */
export type OpenModule = ModuleImpl & OpenFields;

class ModuleImpl extends Callable {
  /** The version of the layout of the state dict. */
  static readonly _version: number = 1;
  static readonly call_super_init = false;
  static readonly dump_patches = false;

  declare readonly _registered: Fields;
  /** Whether the module behaves as in training (dropout drops, batch norm uses the batch's statistics). */
  training = true;
  declare _callHooks: CallHooks | undefined;
  declare _stateHooks: StateHooks<never> | undefined;

  constructor() {
    super();
    hide(this, "_registered", new Fields());
    hide(this, "_callHooks", undefined);
    hide(this, "_stateHooks", undefined);
    noteClass(new.target);
  }

  /** What calling the module computes; every subclass defines it. */
  forward(..._input: never[]): unknown {
    throw new NotImplementedError(`Module [${this._get_name()}] is missing the required "forward" function`);
  }
  /** {@link forward} with the hooks around it. */
  override __call__(...args: unknown[]): unknown {
    const hooks = this._callHooks;
    if (hooks === undefined && globalHooks.none) return this.forward(...(args as never[]));
    return callHooked(this, hooks ?? new CallHooks(), args);
  }

  // fields

  /** The parameters of this module itself, by name. */
  get _parameters(): Record<string, Parameter | null> {
    return Object.fromEntries(fieldsOf(this, "parameter")) as Record<string, Parameter | null>;
  }
  /** The buffers of this module itself, by name. */
  get _buffers(): Record<string, Tensor | null> {
    return Object.fromEntries(fieldsOf(this, "buffer")) as Record<string, Tensor | null>;
  }
  /** The children, by name. */
  get _modules(): Record<string, ModuleImpl | null> {
    return Object.fromEntries(fieldsOf(this, "module")) as Record<string, ModuleImpl | null>;
  }
  get _version(): number {
    return (this.constructor as typeof ModuleImpl)._version;
  }

  /**
   * Makes a tensor part of the module's state without being a parameter.
   *
   * @param persistent - whether the state dict holds it
   */
  register_buffer(name: string, tensor: Tensor | null, persistent = true): void {
    checkName(this, "buffer", name, tensor);
    if (tensor !== null && !(tensor instanceof Tensor))
      throw new TypeError(
        `cannot assign '${typename(tensor)}' object to buffer '${name}' (torch Tensor or None required)`,
      );
    this._registered.buffers.set(name, persistent);
    setField(this, name, tensor);
  }
  register_parameter(name: string, param: Parameter | null): void {
    checkName(this, "parameter", name, param);
    if (param !== null && !(param instanceof Parameter))
      throw new TypeError(
        `cannot assign '${typename(param)}' object to parameter '${name}' (torch.nn.Parameter or None required)`,
      );
    if (param === null) this._registered.empty.set(name, "parameter");
    setField(this, name, param);
  }
  /** Adds a child under a name. */
  add_module(name: string, module: ModuleImpl | null): void {
    if (module !== null && !(module instanceof ModuleImpl))
      throw new TypeError(`${typename(module)} is not a Module subclass`);
    checkName(this, "module", name, module);
    if (module === null) this._registered.empty.set(name, "module");
    setField(this, name, module);
  }
  register_module(name: string, module: ModuleImpl | null): void {
    this.add_module(name, module);
  }

  /** The module that a dotted path names. @throws AttributeError where there is none */
  get_submodule(target: string): OpenModule {
    let at: ModuleImpl = this;
    for (const name of target === "" ? [] : target.split(".")) {
      const next = getField(at, name);
      if (!hasField(at, name)) throw new AttributeError(`${at._get_name()} has no attribute \`${name}\``);
      if (!(next instanceof ModuleImpl)) throw new AttributeError(`\`${name}\` is not an nn.Module`);
      at = next;
    }
    return at;
  }
  /** Puts a module at a dotted path, whose parent must be there. */
  set_submodule(target: string, module: ModuleImpl, strict = false): void {
    if (target === "") throw new ValueError("Cannot set the submodule without a target name!");
    if (!(module instanceof ModuleImpl))
      throw new ValueError(`\`module\` is not an nn.Module, found ${repr(type(module))}`);
    const [parent, name] = locate(this, target);
    const there = hasField(parent, name);
    if (strict && !there) throw new AttributeError(`${parent._get_name()} has no attribute \`${name}\``);
    if (there && !(getField(parent, name) instanceof ModuleImpl))
      throw new AttributeError(`\`${name}\` is not an nn.Module`);
    setField(parent, name, module);
  }
  get_parameter(target: string): Parameter {
    const value = member(this, target);
    if (!(value instanceof Parameter))
      throw new AttributeError(`\`${lastName(target)}\` is not an nn.Parameter`);
    return value;
  }
  get_buffer(target: string): Tensor {
    const value = member(this, target);
    const [owner, name] = locate(this, target);
    if (!fieldsOf(owner, "buffer").some(([own]) => own === name))
      throw new AttributeError(`\`${name}\` is not a buffer`);
    return value as Tensor;
  }

  // traversal

  /** This module and all below it, each once, by dotted name. */
  *named_modules(
    memo: Set<unknown> | null = null,
    prefix = "",
    remove_duplicate = true,
  ): Generator<Named<OpenModule>> {
    const seen = memo ?? new Set();
    if (seen.has(this)) return;
    if (remove_duplicate) seen.add(this);
    yield pair<OpenModule>(prefix, this);
    for (const [name, child] of fieldsOf(this, "module"))
      if (child instanceof ModuleImpl)
        yield* child.named_modules(seen, prefix ? `${prefix}.${name}` : name, remove_duplicate);
  }
  *modules(remove_duplicate = true): Generator<OpenModule> {
    for (const [, module] of this.named_modules(null, "", remove_duplicate)) yield module;
  }
  *named_children(): Generator<Named<OpenModule>> {
    const seen = new Set<unknown>();
    for (const [name, child] of fieldsOf(this, "module")) {
      if (!(child instanceof ModuleImpl) || seen.has(child)) continue;
      seen.add(child);
      yield pair<OpenModule>(name, child);
    }
  }
  *children(): Generator<OpenModule> {
    for (const [, child] of this.named_children()) yield child;
  }

  /**
   * Parameters with their dotted names, those of this module first, then its children's.
   *
   * @param remove_duplicate - give a shared parameter once
   */
  named_parameters(prefix = "", recurse = true, remove_duplicate = true): Generator<Named<Parameter>> {
    return members<Parameter>(this, "parameter", prefix, recurse, remove_duplicate);
  }
  *parameters(recurse = true): Generator<Parameter> {
    for (const [, p] of this.named_parameters("", recurse)) yield p;
  }
  named_buffers(prefix = "", recurse = true, remove_duplicate = true): Generator<Named<Tensor>> {
    return members<Tensor>(this, "buffer", prefix, recurse, remove_duplicate);
  }
  *buffers(recurse = true): Generator<Tensor> {
    for (const [, b] of this.named_buffers("", recurse)) yield b;
  }

  /** Calls `fn` with every module below and last with this one. */
  apply(fn: (module: OpenModule) => unknown): this {
    for (const child of this.children()) child.apply(fn);
    fn(this);
    return this;
  }

  /** Replaces every parameter, gradient and buffer here and below by what `fn` makes of it; parameters stay the same objects. */
  _apply(fn: (t: Tensor) => Tensor, recurse = true): this {
    if (recurse) for (const child of this.children()) child._apply(fn);
    noGrad(() => {
      for (const [, field] of fieldsOf(this, "parameter")) {
        const p = field as Parameter | null;
        if (p === null) continue;
        const { grad } = p;
        p.data = fn(p);
        if (grad !== null) grad.data = fn(grad);
      }
      for (const [name, b] of fieldsOf(this, "buffer")) if (b !== null) setField(this, name, fn(b as Tensor));
    });
    return this;
  }

  /**
   * Casts floating-point and complex parameters and buffers, in place: `to(dtype)`, `to(device)`, `to(tensor)`.
   *
   * @throws TypeError for an integer type
   */
  to(...args: readonly unknown[]): this {
    const target = destination(args);
    if (target.dtype !== null && !target.dtype.is_floating_point && !target.dtype.is_complex)
      throw new TypeError(
        `nn.Module.to only accepts floating point or complex dtypes, but got desired dtype=${target.dtype}`,
      );
    return this._apply((t) => {
      const moved = target.device === null ? t : t.to(target.device);
      return target.dtype !== null && isInexact(t) ? moved.to(target.dtype) : moved;
    });
  }
  type(dst_type: dtype): this {
    return this._apply((t) => t.to(dst_type));
  }
  float(): this {
    return this._apply((t) => (t.dtype.is_floating_point ? t.float() : t));
  }
  double(): this {
    return this._apply((t) => (t.dtype.is_floating_point ? t.double() : t));
  }
  half(): this {
    return this._apply((t) => (t.dtype.is_floating_point ? t.half() : t));
  }
  bfloat16(): this {
    return this._apply((t) => (t.dtype.is_floating_point ? t.bfloat16() : t));
  }
  cpu(): this {
    return this._apply((t) => t.cpu());
  }
  cuda(device: unknown = null): this {
    return this._apply((t) => t.cuda(device as never));
  }
  /** @throws RuntimeError: there is no such device */
  ipu(_device: unknown = null): this {
    throw new RuntimeError("PyTorch is not linked with support for ipu devices");
  }
  /** @throws AssertionError: there is no such device */
  mtia(_device: unknown = null): this {
    throw new AssertionError(
      "Torch not compiled with MTIA enabled. Ensure you have `import mtia.host_runtime.torch_mtia.dynamic_library` in your python src file and include `//mtia/host_runtime/torch_mtia:torch_mtia` as your target dependency!",
    );
  }
  xpu(device: unknown = null): this {
    return this._apply((t) => t.xpu(device as never));
  }
  share_memory(): this {
    return this;
  }
  /** Every parameter and buffer with memory of its own, whose numbers are not kept. */
  to_empty(_device: unknown = null, recurse = true): this {
    return this._apply((t) => t.detach().clone().zero_(), recurse);
  }
  /** Nothing to do: modules run as they are. */
  compile(..._options: readonly unknown[]): void {}

  /** Puts this module and all below it in training mode or, with `false`, in evaluation mode. */
  train(mode = true): this {
    if (typeof mode !== "boolean") throw new ValueError("training mode is expected to be boolean");
    this.training = mode;
    for (const child of this.children()) child.train(mode);
    return this;
  }
  eval(): this {
    return this.train(false);
  }
  requires_grad_(requires_grad = true): this {
    for (const p of this.parameters()) p.requires_grad_(requires_grad);
    return this;
  }
  /** Forgets the gradients of all parameters: `null`, or zeros. */
  zero_grad(set_to_none = true): void {
    for (const p of this.parameters()) clearGrad(p, set_to_none);
  }

  // state

  /** The parameters and persistent buffers by dotted name: detached tensors that share memory with the module's. */
  state_dict(destination: StateDict | null = null, prefix = "", keep_vars = false): StateDict {
    return saveState(this as never, destination, prefix, keep_vars);
  }
  _save_to_state_dict(destination: StateDict, prefix: string, keep_vars: boolean): void {
    saveOwn(this as never, destination, prefix, keep_vars);
  }
  /**
   * Copies the tensors of a state dict into this module and those below it.
   *
   * @param strict - the keys must be the very same
   * @param assign - take the tensors themselves instead of copying their numbers
   * @throws RuntimeError that lists every key that is missing, unexpected or of another shape; nothing is changed then
   */
  load_state_dict(
    state_dict: Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>,
    strict = true,
    assign = false,
  ): IncompatibleKeys {
    return loadState(this as never, state_dict as never, strict, assign);
  }
  _load_from_state_dict(
    state_dict: StateDict,
    prefix: string,
    local_metadata: LocalMetadata,
    strict: boolean,
    missing_keys: string[],
    unexpected_keys: string[],
    error_msgs: string[],
  ): void {
    loadOwn(
      this as never,
      state_dict,
      prefix,
      local_metadata,
      strict,
      missing_keys,
      unexpected_keys,
      error_msgs,
    );
  }

  // hooks

  /** Calls `hook(module, args)` before forward; what it returns replaces the arguments. */
  register_forward_pre_hook(
    hook: ForwardPreHook<OpenModule>,
    prepend = false,
    with_kwargs = false,
  ): RemovableHandle {
    return callHooks(this).addForward(
      "forwardPre",
      hook as ForwardPreHook<unknown>,
      prepend,
      with_kwargs,
      false,
    );
  }
  /** Calls `hook(module, args, output)` after forward; what it returns replaces the output. */
  register_forward_hook(
    hook: ForwardHook<OpenModule>,
    prepend = false,
    with_kwargs = false,
    always_call = false,
  ): RemovableHandle {
    return callHooks(this).addForward(
      "forward",
      hook as ForwardHook<unknown>,
      prepend,
      with_kwargs,
      always_call,
    );
  }
  /** Calls `hook(module, grad_input, grad_output)` in backward; what it returns replaces the input's gradients. */
  register_full_backward_hook(hook: BackwardHook<OpenModule>, prepend = false): RemovableHandle {
    return callHooks(this).addBackward(hook as BackwardHook<unknown>, true, prepend);
  }
  /** Calls `hook(module, grad_output)` before backward reaches the module; what it returns replaces those gradients. */
  register_full_backward_pre_hook(hook: BackwardPreHook<OpenModule>, prepend = false): RemovableHandle {
    return addTo(callHooks(this).backwardPre, hook as BackwardPreHook<unknown>, prepend);
  }
  /** The old kind, which sees the gradients of the module's last operation only. */
  register_backward_hook(hook: BackwardHook<OpenModule>): RemovableHandle {
    return callHooks(this).addBackward(hook as BackwardHook<unknown>, false);
  }
  register_state_dict_pre_hook(hook: StateDictPreHook<OpenModule>): RemovableHandle {
    return removableIn(stateHooks(this).pre, hook as StateDictPreHook<unknown>);
  }
  register_state_dict_post_hook(hook: StateDictHook<OpenModule>): RemovableHandle {
    return removableIn(stateHooks(this).post, {
      hook: hook as StateDictHook<unknown>,
      mayReplace: false,
    });
  }
  _register_state_dict_hook(hook: StateDictHook<OpenModule>): RemovableHandle {
    return removableIn(stateHooks(this).post, { hook: hook as StateDictHook<unknown>, mayReplace: true });
  }
  register_load_state_dict_pre_hook(hook: LoadPreHook<OpenModule>): RemovableHandle {
    return removableIn(stateHooks(this).loadPre, hook as LoadPreHook<unknown>);
  }
  register_load_state_dict_post_hook(hook: LoadPostHook<OpenModule>): RemovableHandle {
    return removableIn(stateHooks(this).loadPost, hook as LoadPostHook<unknown>);
  }

  // print and copy

  _get_name(): string {
    return className(this.constructor);
  }
  /** What stands between the parentheses when the module is printed. */
  extra_repr(): string {
    return "";
  }
  __repr__(): string {
    return moduleRepr(this);
  }
  override toString(): string {
    return this.__repr__();
  }
}

/** The hooks of a module, which has none until the first is registered. */
const callHooks = (m: ModuleImpl): CallHooks => (m._callHooks ??= new CallHooks());
const stateHooks = (m: ModuleImpl): StateHooks<unknown> =>
  (m._stateHooks ??= new StateHooks() as StateHooks<never>) as StateHooks<unknown>;

/** @throws KeyError in PyTorch's words for a name that cannot be, or is taken by something of another kind */
function checkName(
  m: ModuleImpl,
  kind: "parameter" | "buffer" | "module",
  name: string,
  value: unknown,
): void {
  if (typeof name !== "string") throw new TypeError(`${kind} name should be a string. Got ${typename(name)}`);
  const problems = [
    kind === "module" && taken(m, kind, name, value) && `attribute '${name}' already exists`,
    name.includes(".") &&
      (kind === "module" ? `module name can't contain ".", got: ${name}` : `${kind} name can't contain "."`),
    name === "" && `${kind} name can't be empty string ""`,
    taken(m, kind, name, value) && `attribute '${name}' already exists`,
  ];
  const problem = problems.find(Boolean);
  if (problem) throw new KeyError(problem);
}

/** Whether a name belongs to something else; a field that was declared but not yet filled does not count. */
function taken(
  m: ModuleImpl,
  kind: "parameter" | "buffer" | "module",
  name: string,
  value: unknown,
): boolean {
  if (!hasField(m, name)) return false;
  const there = getField(m, name);
  return there !== undefined && there !== value && !fieldsOf(m, kind).some(([own]) => own === name);
}

/** The module that holds what a dotted path names, and its name there. */
function locate(m: ModuleImpl, target: string): [ModuleImpl, string] {
  const name = lastName(target);
  return [m.get_submodule(target.slice(0, Math.max(target.length - name.length - 1, 0))), name];
}
function member(m: ModuleImpl, target: string): unknown {
  const [owner, name] = locate(m, target);
  if (!hasField(owner, name)) throw new AttributeError(`${owner._get_name()} has no attribute \`${name}\``);
  return getField(owner, name);
}

function* members<T>(
  m: ModuleImpl,
  kind: "parameter" | "buffer",
  prefix: string,
  recurse: boolean,
  remove_duplicate: boolean,
): Generator<Named<T>> {
  const seen = new Set<unknown>();
  const owners: Iterable<Named<ModuleImpl>> = recurse
    ? m.named_modules(null, prefix, remove_duplicate)
    : [pair<ModuleImpl>(prefix, m)];
  for (const [path, owner] of owners)
    for (const [name, value] of fieldsOf(owner, kind)) {
      if (value === null || seen.has(value)) continue;
      if (remove_duplicate) seen.add(value);
      yield pair(path ? `${path}.${name}` : name, value as T);
    }
}

const lastName = (target: string): string => target.slice(target.lastIndexOf(".") + 1);
const isInexact = (t: Tensor): boolean => t.dtype.is_floating_point || t.dtype.is_complex;

/** Forgets a gradient, or makes it zeros without history. */
export function clearGrad(p: Tensor, set_to_none: boolean): void {
  const { grad } = p;
  if (grad === null) return;
  if (set_to_none) p.grad = null;
  else p.grad = noGrad(() => grad.detach().zero_());
}

/** The arguments of `to` sorted: an element type and a device, each or both. */
function destination(args: readonly unknown[]): { dtype: dtype | null; device: string | null } {
  const out: { dtype: dtype | null; device: string | null } = { dtype: null, device: null };
  for (const arg of args) {
    if (arg instanceof dtype) out.dtype = arg;
    else if (arg instanceof Tensor) out.dtype = arg.dtype;
    else if (typeof arg === "string") out.device = arg;
    else if (typeof arg === "object" && arg !== null) {
      const options = arg as { dtype?: dtype; device?: string; tensor?: Tensor };
      out.dtype = options.tensor?.dtype ?? options.dtype ?? out.dtype;
      out.device = options.device ?? out.device;
      if ("type" in options) out.device = String(arg);
    }
  }
  return out;
}

hide(ModuleImpl.prototype, "get_extra_state", noExtraState.get);
hide(ModuleImpl.prototype, "set_extra_state", noExtraState.set);
keywordMethods("Module", ModuleImpl, {
  register_buffer: "name tensor persistent",
  register_parameter: "name param",
  add_module: "name module",
  register_module: "name module",
  get_submodule: "target",
  set_submodule: "target module strict",
  get_parameter: "target",
  get_buffer: "target",
  named_modules: "memo prefix remove_duplicate",
  modules: "remove_duplicate",
  named_parameters: "prefix recurse remove_duplicate",
  parameters: "recurse",
  named_buffers: "prefix recurse remove_duplicate",
  buffers: "recurse",
  apply: "fn",
  type: "dst_type",
  train: "mode",
  requires_grad_: "requires_grad",
  zero_grad: "set_to_none",
  state_dict: "destination:dict prefix keep_vars",
  load_state_dict: "state_dict:dict strict assign",
  register_forward_pre_hook: "hook * prepend with_kwargs",
  register_forward_hook: "hook * prepend with_kwargs always_call",
  register_full_backward_hook: "hook prepend",
  register_full_backward_pre_hook: "hook prepend",
});

type Walk = [prefix?: string, recurse?: boolean, remove_duplicate?: boolean];
type Keyed<S extends string, P extends readonly unknown[]> = Arguments<S, P>;

/** What calling gives, and the methods called by name. */
interface ModuleImpl {
  (...input: readonly unknown[]): Tensor;
  /** What a subclass returns here goes into the state dict. */
  get_extra_state?(): unknown;
  /** Gets back what `get_extra_state` returned. */
  set_extra_state?(state: unknown): void;
  register_buffer(
    ...args: Keyed<"name tensor persistent", [name: string, tensor: Tensor | null, persistent?: boolean]>
  ): void;
  named_modules(
    ...args: Keyed<
      "memo prefix remove_duplicate",
      [memo?: Set<unknown> | null, prefix?: string, remove_duplicate?: boolean]
    >
  ): Generator<Named<OpenModule>>;
  modules(...args: Keyed<"remove_duplicate", [remove_duplicate?: boolean]>): Generator<OpenModule>;
  named_parameters(...args: Keyed<"prefix recurse remove_duplicate", Walk>): Generator<Named<Parameter>>;
  named_buffers(...args: Keyed<"prefix recurse remove_duplicate", Walk>): Generator<Named<Tensor>>;
  parameters(...args: Keyed<"recurse", [recurse?: boolean]>): Generator<Parameter>;
  buffers(...args: Keyed<"recurse", [recurse?: boolean]>): Generator<Tensor>;
  train(...args: Keyed<"mode", [mode?: boolean]>): this;
  requires_grad_(...args: Keyed<"requires_grad", [requires_grad?: boolean]>): this;
  zero_grad(...args: Keyed<"set_to_none", [set_to_none?: boolean]>): void;
  state_dict(
    ...args: Keyed<
      "destination:dict prefix keep_vars",
      [destination?: StateDict | null, prefix?: string, keep_vars?: boolean]
    >
  ): StateDict;
  load_state_dict(
    ...args: Keyed<
      "state_dict:dict strict assign",
      [
        state_dict: Readonly<Record<string, unknown>> | ReadonlyMap<string, unknown>,
        strict?: boolean,
        assign?: boolean,
      ]
    >
  ): IncompatibleKeys;
  register_forward_pre_hook(
    ...args: Keyed<
      "hook prepend with_kwargs",
      [hook: ForwardPreHook<OpenModule>, prepend?: boolean, with_kwargs?: boolean]
    >
  ): RemovableHandle;
  register_forward_hook(
    ...args: Keyed<
      "hook prepend with_kwargs always_call",
      [hook: ForwardHook<OpenModule>, prepend?: boolean, with_kwargs?: boolean, always_call?: boolean]
    >
  ): RemovableHandle;
}

/**
 * `torch.nn.Module`: the base of layers and networks. Fields that are parameters, modules or registered buffers belong to its
 * state, by name and in the order of assignment; calling the module calls `forward`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const { nn } = torch;
 * class Net extends nn.Module {
 *   constructor() {
 *     super();
 *     this.fc = nn.Linear(3, 2);
 *   }
 *   forward(x: torch.Tensor) {
 *     return torch.relu(this.fc(x));
 *   }
 * }
 * const net = new Net();
 * print(net(torch.ones(5, 3)).shape, Object.keys(net.state_dict()));
 * print(net);
 * // prints
 * // torch.Size([5, 2]) ['fc.weight', 'fc.bias']
 * // Net(
 * //   (fc): Linear(in_features=3, out_features=2, bias=True)
 * // )
 * ```
 */
export const Module = moduleClass("module.Module", "", ModuleImpl);
export type Module = ModuleImpl;

// What the layers of this package extend: a typo in a field is a compile error there.
export { ModuleImpl };
