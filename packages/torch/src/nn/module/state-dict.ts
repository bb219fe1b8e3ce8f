import { className, freezeInto, nameClass, RuntimeError, repr, Tuple, TypeError, type } from "@cognate/py";
import { noGrad } from "@cognate/tensor";
import { Tensor } from "../../tensor/tensor.js";
import { is_lazy, Parameter } from "../parameter.js";
import { fieldsOf, isPersistent, type Owner, setField } from "./fields.js";

/** Tensors by dotted name, in PyTorch's order; also holds what `get_extra_state` gave. */
export type StateDict = Record<string, Tensor>;
/** What a state dict notes about the module of a prefix. */
export interface LocalMetadata {
  version?: number;
  assign_to_params_buffers?: boolean;
}
/** Notes by prefix, on a state dict as its hidden `_metadata`. */
export type Metadata = Record<string, LocalMetadata>;

const EXTRA_STATE = "_extra_state";

const unreachable = (name: string) => (): never => {
  throw new RuntimeError(
    `Reached a code path in Module.${name}() that should never be called. Please file an issue at https://github.com/pytorch/pytorch/issues/new?template=bug-report.yml to report this bug.`,
  );
};
/** What modules have that keep nothing besides parameters and buffers. */
export const noExtraState = { get: unreachable("get_extra_state"), set: unreachable("set_extra_state") };
const keepsExtraState = (module: { get_extra_state?(): unknown }): boolean =>
  module.get_extra_state !== undefined && module.get_extra_state !== noExtraState.get;

/** `hook(module, prefix, keep_vars)`. */
export type StateDictPreHook<M> = (module: M, prefix: string, keep_vars: boolean) => void;
/** `hook(module, state_dict, prefix, local_metadata)`. */
export type StateDictHook<M> = (
  module: M,
  state_dict: StateDict,
  prefix: string,
  local_metadata: LocalMetadata,
) => StateDict | null | undefined | void;
/** `hook(module, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs)`. */
export type LoadPreHook<M> = (
  module: M,
  state_dict: StateDict,
  prefix: string,
  local_metadata: LocalMetadata,
  strict: boolean,
  missing_keys: string[],
  unexpected_keys: string[],
  error_msgs: string[],
) => void;
/** `hook(module, incompatible_keys)`. */
export type LoadPostHook<M> = (module: M, incompatible_keys: IncompatibleKeys) => void;

/** The hooks around saving and loading of a module's state. */
export class StateHooks<M> {
  readonly pre = new Map<number, StateDictPreHook<M>>();
  /** Public hooks must return nothing; the older private kind may return another state dict. */
  readonly post = new Map<number, { readonly hook: StateDictHook<M>; readonly mayReplace: boolean }>();
  readonly loadPre = new Map<number, LoadPreHook<M>>();
  readonly loadPost = new Map<number, LoadPostHook<M>>();
}

/** What saving and loading need of a module. */
export interface Stateful extends Owner {
  readonly _stateHooks: StateHooks<never> | undefined;
  readonly _version: number;
  get_extra_state?(): unknown;
  set_extra_state?(state: unknown): void;
  _save_to_state_dict(destination: StateDict, prefix: string, keep_vars: boolean): void;
  _load_from_state_dict(
    state_dict: StateDict,
    prefix: string,
    local_metadata: LocalMetadata,
    strict: boolean,
    missing_keys: string[],
    unexpected_keys: string[],
    error_msgs: string[],
  ): void;
  state_dict(options: { destination: StateDict; prefix: string; keep_vars: boolean }): StateDict;
}

const children = (module: Owner): [string, Stateful][] =>
  fieldsOf(module, "module").filter((entry): entry is [string, Stateful] => entry[1] !== null);

const metadataOf = (state: object): Metadata | undefined => (state as { _metadata?: Metadata })._metadata;

/** Hides the notes of a state dict from everything that lists its keys. */
export function attachMetadata(state: StateDict, metadata: Metadata): StateDict {
  return Object.defineProperty(state, "_metadata", { value: metadata, writable: true, configurable: true });
}

/** The state of a module and of everything below it. */
export function saveState(
  module: Stateful,
  given: StateDict | null,
  prefix: string,
  keep_vars: boolean,
): StateDict {
  let destination = given ?? attachMetadata({}, {});
  const local: LocalMetadata = { version: module._version };
  const metadata = metadataOf(destination);
  if (metadata) metadata[prefix.slice(0, -1)] = local;
  const hooks = module._stateHooks as StateHooks<Stateful> | undefined;
  for (const hook of hooks?.pre.values() ?? []) hook(module, prefix, keep_vars);
  module._save_to_state_dict(destination, prefix, keep_vars);
  for (const [name, child] of children(module))
    child.state_dict({ destination, prefix: `${prefix}${name}.`, keep_vars });
  for (const { hook, mayReplace } of hooks?.post.values() ?? []) {
    const replaced = hook(module, destination, prefix, local);
    if (replaced === undefined || replaced === null) continue;
    if (!mayReplace) throw new RuntimeError("state_dict post-hook must return None");
    destination = replaced;
  }
  return destination;
}

/** A module's own parameters, buffers and extra state. */
export function saveOwn(module: Stateful, destination: StateDict, prefix: string, keep_vars: boolean): void {
  for (const [name, value] of ownState(module))
    destination[prefix + name] = keep_vars ? value : detached(value);
  if (keepsExtraState(module)) destination[prefix + EXTRA_STATE] = module.get_extra_state!() as Tensor;
}

/** Lazy ones stay as they are: what they lack is what makes them known again. */
const detached = (x: Tensor): Tensor => (is_lazy(x) ? x : x.detach());

/** What a module itself contributes to a state dict. */
function ownState(module: Owner): [string, Tensor][] {
  const out: [string, Tensor][] = [];
  for (const [name, p] of fieldsOf(module, "parameter")) if (p !== null) out.push([name, p as Tensor]);
  for (const [name, b] of fieldsOf(module, "buffer"))
    if (b !== null && isPersistent(module, name, b)) out.push([name, b as Tensor]);
  return out;
}

/** Which keys a model and a state dict did not share; prints as PyTorch's named tuple. */
export class IncompatibleKeys extends Tuple<string[]> {
  get missing_keys(): string[] {
    return this[0]!;
  }
  get unexpected_keys(): string[] {
    return this[1]!;
  }
  override __repr__(): string {
    const [missing, unexpected] = this as unknown as [string[], string[]];
    if (missing.length + unexpected.length === 0) return "<All keys matched successfully>";
    return `_IncompatibleKeys(missing_keys=${repr(missing)}, unexpected_keys=${repr(unexpected)})`;
  }
}
nameClass("torch.nn.modules.module._IncompatibleKeys", IncompatibleKeys);

const incompatible = (missing: string[], unexpected: string[]): IncompatibleKeys =>
  freezeInto(new IncompatibleKeys(), [missing, unexpected]);

/**
 * Writes that wait until every key has been looked at, so that a state dict that does not fit changes nothing.
 */
let waiting: ((errors: string[]) => void)[] = [];

/** Copies a state dict into a module. @throws RuntimeError that lists every key that is missing, unexpected or of another shape */
export function loadState(
  root: Stateful,
  given: Iterable<readonly [string, unknown]> | Record<string, unknown>,
  strict: boolean,
  assign: boolean,
): IncompatibleKeys {
  if (given === null || typeof given !== "object" || Array.isArray(given) || given instanceof Tensor)
    throw new TypeError(`Expected state_dict to be dict-like, got ${repr(type(given))}.`);
  const metadata = metadataOf(given);
  const state = (given instanceof Map ? Object.fromEntries(given) : { ...given }) as StateDict;
  if (metadata) attachMetadata(state, metadata);
  const missing: string[] = [];
  const unexpected: string[] = [];
  const errors: string[] = [];
  const flush = (): void => {
    const writes = waiting;
    waiting = [];
    for (const write of writes) write(errors);
  };
  const load = (module: Stateful, local: StateDict, prefix: string): void => {
    const notes: LocalMetadata = { ...metadata?.[prefix.slice(0, -1)] };
    if (assign) notes.assign_to_params_buffers = true;
    module._load_from_state_dict(local, prefix, notes, true, missing, unexpected, errors);
    const parts = byFirstName(local, prefix);
    for (const [name, child] of children(module)) load(child, parts.get(name) ?? {}, `${prefix}${name}.`);
    const hooks = module._stateHooks?.loadPost as Map<number, LoadPostHook<Stateful>> | undefined;
    if (!hooks || hooks.size === 0) return;
    flush();
    for (const hook of hooks.values()) {
      const out = hook(module, incompatible(missing, unexpected)) as unknown;
      if (out !== undefined && out !== null)
        throw new RuntimeError(
          "Hooks registered with ``register_load_state_dict_post_hook`` are not expected to return new values, if incompatible_keys need to be modified, it should be done inplace.",
        );
    }
  };
  const outer = waiting;
  waiting = [];
  try {
    load(root, state, "");
    const found = strict ? keyErrors(missing, unexpected) : [];
    if (found.length + errors.length === 0) flush();
    if (found.length + errors.length > 0)
      throw new RuntimeError(
        `Error(s) in loading state_dict for ${className(root.constructor)}:\n\t${[...found, ...errors].join("\n\t")}`,
      );
  } finally {
    waiting = outer;
  }
  return incompatible(missing, unexpected);
}

function keyErrors(missing: readonly string[], unexpected: readonly string[]): string[] {
  const list = (keys: readonly string[]): string => keys.map((k) => `"${k}"`).join(", ");
  return [
    ...(missing.length ? [`Missing key(s) in state_dict: ${list(missing)}. `] : []),
    ...(unexpected.length ? [`Unexpected key(s) in state_dict: ${list(unexpected)}. `] : []),
  ];
}

/** The entries below each child, by the child's name. */
function byFirstName(state: StateDict, prefix: string): Map<string, StateDict> {
  const parts = new Map<string, StateDict>();
  for (const key of Object.keys(state)) {
    if (!key.startsWith(prefix)) continue;
    const dot = key.indexOf(".", prefix.length);
    if (dot < 0) continue;
    const name = key.slice(prefix.length, dot);
    const part = parts.get(name) ?? {};
    parts.set(name, part);
    part[key] = state[key]!;
  }
  return parts;
}

/** One module's own part of {@link loadState}. */
export function loadOwn(
  module: Stateful,
  state: StateDict,
  prefix: string,
  metadata: LocalMetadata,
  strict: boolean,
  missing: string[],
  unexpected: string[],
  errors: string[],
): void {
  const hooks = module._stateHooks?.loadPre as Map<number, LoadPreHook<Stateful>> | undefined;
  for (const hook of hooks?.values() ?? [])
    hook(module, state, prefix, metadata, strict, missing, unexpected, errors);
  const own = ownState(module);
  for (const [name, target] of own) {
    const key = prefix + name;
    if (!(key in state)) {
      if (strict) missing.push(key);
      continue;
    }
    const write = loading(
      module,
      name,
      target,
      key,
      state[key],
      metadata.assign_to_params_buffers ?? false,
      errors,
    );
    if (write) waiting.push(write);
  }
  const extra = prefix + EXTRA_STATE;
  if (module.set_extra_state && module.set_extra_state !== noExtraState.set) {
    if (extra in state) {
      const value = state[extra];
      waiting.push(() => module.set_extra_state!(value));
    } else if (strict) missing.push(extra);
  } else if (strict && extra in state) unexpected.push(extra);
  if (!strict) return;
  const known = new Set(own.map(([name]) => name));
  const childNames = new Set(fieldsOf(module, "module").map(([name]) => name));
  for (const key of Object.keys(state)) {
    if (!key.startsWith(prefix) || key === extra) continue;
    const rest = key.slice(prefix.length);
    const dot = rest.indexOf(".");
    if (dot < 0 ? !known.has(rest) : !childNames.has(rest.slice(0, dot))) unexpected.push(key);
  }
}

/** What will write one entry, or nothing if it does not fit, which is then among the errors. */
function loading(
  module: Owner,
  name: string,
  target: Tensor,
  key: string,
  given: unknown,
  assign: boolean,
  errors: string[],
): ((errors: string[]) => void) | undefined {
  if (!(given instanceof Tensor)) {
    errors.push(
      `While copying the parameter named "${key}", expected torch.Tensor or Tensor-like object from checkpoint but received ${repr(type(given))}`,
    );
    return undefined;
  }
  const lazy = is_lazy(target);
  const source = !lazy && target.ndim === 0 && given.ndim === 1 && given.shape[0] === 1 ? given.at(0) : given;
  if (!lazy && !sameShape(source.shape, target.shape)) {
    errors.push(
      `size mismatch for ${key}: copying a param with shape ${source.shape} from checkpoint, the shape in current model is ${target.shape}.`,
    );
    return undefined;
  }
  return (late) => {
    try {
      if (is_lazy(target) && !is_lazy(source)) target.materialize(source.shape);
      if (assign) setField(module, name, assigned(target, source));
      else if (is_lazy(source)) return;
      else noGrad(() => target.copy_(source));
    } catch (e) {
      late.push(
        `While copying the parameter named "${key}", whose dimensions in the model are ${target.shape} and whose dimensions in the checkpoint are ${source.shape}, an exception occurred : ('${(e as Error).message}',).`,
      );
    }
  };
}

function assigned(target: Tensor, source: Tensor): Tensor {
  if (!(target instanceof Parameter)) return source;
  if (source instanceof Parameter) return source.requires_grad_(target.requires_grad);
  return new Parameter(source, target.requires_grad);
}

const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i]);
