import { OrderedDict } from "@cognate/formats";
import { asFloat, kw, PicklingError, RuntimeError } from "@cognate/py";
import { fieldsOf, isPersistent, setField } from "../nn/module/fields.js";
import { CallHooks } from "../nn/module/hooks.js";
import { ModuleImpl } from "../nn/module.js";
import { eachNumber, isFloatOption, layerOf } from "./floats.js";
import { Known } from "./known.js";
import { type Attributes, attributesForFile, attributesFromFile, type Members } from "./layers.js";

/** A module of a class without running the class's constructor: what `cls.__new__(cls)` gives in Python. */
export const bareModule = (C: Function): ModuleImpl => Reflect.construct(ModuleImpl, [], C) as ModuleImpl;

const MEMBERS = ["_parameters", "_buffers", "_modules"] as const;
const PERSISTENCE = "_non_persistent_buffers_set";
const FORWARD_HOOKS = ["_forward_hooks", "_forward_pre_hooks"] as const;
/** Parts of a module's `__dict__` that say how its hooks are called, or that no version needs any more. */
const BOOKKEEPING = [
  "_is_full_backward_hook",
  "_forward_hooks_with_kwargs",
  "_forward_hooks_always_called",
  "_forward_pre_hooks_with_kwargs",
  "_backend",
];
const OTHER_HOOKS = [
  "_backward_pre_hooks",
  "_backward_hooks",
  "_state_dict_hooks",
  "_state_dict_pre_hooks",
  "_load_state_dict_pre_hooks",
  "_load_state_dict_post_hooks",
];

/** The names of a module's `__dict__` that are no attributes: their values hold nothing that needs converting. */
export const INNER_STATE: ReadonlySet<string> = new Set([
  ...MEMBERS,
  PERSISTENCE,
  ...FORWARD_HOOKS,
  ...BOOKKEEPING,
  ...OTHER_HOOKS,
]);

const asMap = (x: unknown): Map<unknown, unknown> => (x instanceof Map ? x : new Map());

/** Gives a bare module the fields of a pickled one. `inner` is the part of its `__dict__` that {@link INNER_STATE} names. */
export function restoreModule(
  module: ModuleImpl,
  inner: ReadonlyMap<string, unknown>,
  attributes: Attributes,
): void {
  const [parameters, buffers, children] = MEMBERS.map((name) => asMap(inner.get(name)) as Members) as [
    Members,
    Members,
    Members,
  ];
  const layer = layerOf(module.constructor);
  attributesFromFile(module, layer, attributes, parameters, buffers);
  for (const [name, value] of attributes)
    setAttribute(module, name, isFloatOption(layer, name) ? eachNumber(value, (n) => n) : value);

  const { empty, buffers: registered } = module._registered;
  const hidden = inner.get(PERSISTENCE);
  for (const [name, value] of parameters) {
    if (value === null) empty.set(name, "parameter");
    setField(module, name, value);
  }
  for (const [name, value] of buffers) {
    registered.set(name, !(hidden instanceof Set && hidden.has(name)));
    setField(module, name, value);
  }
  for (const [name, value] of children) {
    if (value === null) empty.set(name, "module");
    setField(module, name, value);
  }
  restoreHooks(module, inner);
}

/** A field under any name, also one that a method of the class has; what the class computes itself is left out. */
function setAttribute(module: ModuleImpl, name: string, value: unknown): void {
  for (let at: object = module; at !== ModuleImpl.prototype; at = Object.getPrototypeOf(at) as object)
    if (Object.getOwnPropertyDescriptor(at, name)?.get) return;
  Object.defineProperty(module, name, { value, writable: true, enumerable: true, configurable: true });
}

function restoreHooks(module: ModuleImpl, inner: ReadonlyMap<string, unknown>): void {
  const called = (kind: string, id: unknown): boolean => asMap(inner.get(kind)).get(id) === true;
  for (const kind of FORWARD_HOOKS)
    for (const [id, entry] of asMap(inner.get(kind))) {
      const hook = entry instanceof Known ? entry.value : entry;
      if (typeof hook !== "function") throw strangeHook(kind);
      const with_kwargs = called(`${kind}_with_kwargs`, id);
      if (kind === "_forward_pre_hooks") module.register_forward_pre_hook(hook as never, false, with_kwargs);
      else {
        const always_call = called("_forward_hooks_always_called", id);
        module.register_forward_hook(hook as never, kw({ with_kwargs, always_call }) as never);
      }
    }
  for (const kind of OTHER_HOOKS) if (asMap(inner.get(kind)).size > 0) throw strangeHook(kind);
}

const strangeHook = (kind: string): Error =>
  new RuntimeError(
    `the pickled module has hooks (${kind}) that cannot be restored here: save its state_dict(), or remove the hooks before saving.`,
  );

/** A module's `__dict__` as Python pickles it. */
export function stateOfModule(module: ModuleImpl): Map<string, unknown> {
  const own = new Set<string>();
  const members = (kind: "parameter" | "buffer" | "module"): Map<string, unknown> => {
    const entries = fieldsOf(module, kind);
    for (const [name] of entries) own.add(name);
    return new Map(entries);
  };
  const parameters = members("parameter");
  const buffers = members("buffer");
  const children = members("module");
  const transient = [...buffers].filter(([name, value]) => !isPersistent(module, name, value));
  const hooks = module._callHooks ?? new CallHooks();
  const others = module._stateHooks;
  if (hooks.backward.size + hooks.backwardPre.size > 0 || Object.values(others ?? {}).some((m) => m.size > 0))
    throw new PicklingError(
      "a module with hooks on backward or on its state dict cannot be pickled: remove the hooks before saving.",
    );

  const attributes: Attributes = new Map();
  const layer = layerOf(module.constructor);
  for (const [name, value] of Object.entries(module)) {
    if (own.has(name) || name === "training" || value === undefined) continue;
    attributes.set(name, isFloatOption(layer, name) ? eachNumber(value, asFloat) : value);
  }
  attributesForFile(module, attributes);

  const flagged = (kind: "forward" | "forwardPre", flag: "withKwargs" | "always"): OrderedDict =>
    new OrderedDict([...hooks[kind]].filter(([, h]) => h[flag]).map(([id]) => [id, true]));
  const registered = (kind: "forward" | "forwardPre"): OrderedDict =>
    new OrderedDict([...hooks[kind]].map(([id, h]) => [id, h.hook]));
  return new Map<string, unknown>([
    ["training", module.training],
    ["_parameters", parameters],
    ["_buffers", buffers],
    [PERSISTENCE, new Set(transient.map(([name]) => name))],
    ["_backward_pre_hooks", new OrderedDict()],
    ["_backward_hooks", new OrderedDict()],
    ["_is_full_backward_hook", null],
    ["_forward_hooks", registered("forward")],
    ["_forward_hooks_with_kwargs", flagged("forward", "withKwargs")],
    ["_forward_hooks_always_called", flagged("forward", "always")],
    ["_forward_pre_hooks", registered("forwardPre")],
    ["_forward_pre_hooks_with_kwargs", flagged("forwardPre", "withKwargs")],
    ["_state_dict_hooks", new OrderedDict()],
    ["_state_dict_pre_hooks", new OrderedDict()],
    ["_load_state_dict_pre_hooks", new OrderedDict()],
    ["_load_state_dict_post_hooks", new OrderedDict()],
    ["_modules", children],
    ...attributes,
  ]);
}
