import { context, isPlainObject, nameClass, pyClass, TypeError, ValueError } from "@cognate/py";
import { as_dtype, type TypeLike } from "../core/dtypes.js";
import { get_default_graph, inDefault } from "../graph/current.js";
import type { GraphVariable } from "../graph/variable.js";
import { v1 } from "./make.js";
import {
  AUTO_REUSE,
  currentVariableScope,
  type Getter,
  type GetVariable,
  type ReuseMode,
  type ScopeState,
  variableStore,
} from "./scope-state.js";

export { AUTO_REUSE };

/** `tf.VariableScope`: a prefix of variables' names, with what they have where they are not told otherwise. */
class VariableScopeImpl {
  readonly _state: ScopeState;
  constructor(
    reuse: boolean | ReuseMode = false,
    name = "",
    initializer: unknown = null,
    regularizer: unknown = null,
  ) {
    this._state = { ...currentVariableScope(), reuse, name, initializer, regularizer };
  }
  static _of(state: ScopeState): VariableScopeImpl {
    const s = Object.create(VariableScopeImpl.prototype) as { _state: ScopeState };
    s._state = state;
    return s as VariableScopeImpl;
  }
  get name(): string {
    return this._state.name;
  }
  get original_name_scope(): string {
    return this._state.original_name_scope;
  }
  get reuse(): boolean | ReuseMode {
    return this._state.reuse;
  }
  get initializer(): unknown {
    return this._state.initializer;
  }
  get regularizer(): unknown {
    return this._state.regularizer;
  }
  get dtype(): unknown {
    return as_dtype(this._state.dtype as TypeLike);
  }
  get partitioner(): unknown {
    return this._state.partitioner;
  }
  set_partitioner(partitioner: unknown): void {
    this._state.partitioner = partitioner;
  }
  reuse_variables(): void {
    this._state.reuse = true;
  }
  set_initializer(initializer: unknown): void {
    this._state.initializer = initializer;
  }
  set_regularizer(regularizer: unknown): void {
    this._state.regularizer = regularizer;
  }
  set_dtype(dtype: unknown): void {
    this._state.dtype = dtype;
  }
  global_variables(): GraphVariable[] {
    return this._vars("variables");
  }
  trainable_variables(): GraphVariable[] {
    return this._vars("trainable_variables");
  }
  local_variables(): GraphVariable[] {
    return this._vars("local_variables");
  }
  get_collection(key: string): unknown[] {
    return get_default_graph().get_collection(key, this.name ? `${this.name}/` : null);
  }
  private _vars(key: string): GraphVariable[] {
    return this.get_collection(key) as GraphVariable[];
  }
}
nameClass("tensorflow.python.ops.variable_scope.VariableScope", VariableScopeImpl);
export const VariableScope = pyClass(
  "tensorflow.python.ops.variable_scope.VariableScope",
  "reuse name initializer regularizer",
  VariableScopeImpl,
);
export type VariableScope = VariableScopeImpl;

export const get_variable_scope = v1(
  "get_variable_scope",
  "",
  (): VariableScopeImpl => VariableScopeImpl._of(currentVariableScope()),
);

export interface ScopeOptions {
  values?: unknown;
  initializer?: unknown;
  regularizer?: unknown;
  caching_device?: unknown;
  partitioner?: unknown;
  custom_getter?: unknown;
  reuse?: boolean | ReuseMode | null;
  dtype?: TypeLike | null;
  use_resource?: boolean | null;
  constraint?: unknown;
  auxiliary_name_scope?: boolean;
  default_name?: string | null;
}

const NAMES = new Set([
  "default_name",
  "values",
  "initializer",
  "regularizer",
  "caching_device",
  "partitioner",
  "custom_getter",
  "reuse",
  "dtype",
  "use_resource",
  "constraint",
  "auxiliary_name_scope",
  "name_or_scope",
]);

/** A name for a scope that nothing else of its prefix has. */
function uniqueScopeName(prefix: string): string {
  const store = variableStore();
  const current = store.current.name ? `${store.current.name}/` : "";
  const used = (n: string): boolean => (store.counts.get(current + n) ?? 0) > 0;
  if (!used(prefix)) return prefix;
  let i = 1;
  while (used(`${prefix}_${i}`)) i++;
  return `${prefix}_${i}`;
}

interface ScopeGuard {
  enter(): VariableScopeImpl;
  exit(): void;
}

export function scopeGuard(
  name_or_scope: string | VariableScopeImpl | null,
  options: ScopeOptions,
): ScopeGuard {
  const store = variableStore();
  const g = get_default_graph();
  let before: ScopeState;
  let stack = "";
  let counts: Map<string, number> | undefined;
  let entered = "";
  return {
    enter: () => {
      const { default_name = null } = options;
      if (name_or_scope === null && default_name === null)
        throw new TypeError("If default_name is None then name_or_scope is required");
      if (
        name_or_scope !== null &&
        typeof name_or_scope !== "string" &&
        !(name_or_scope instanceof VariableScopeImpl)
      )
        throw new TypeError("VariableScope: name_or_scope must be a string or VariableScope.");
      before = store.current;
      stack = g.names.stack;
      const parent = store.current;
      const reused = (own: boolean | ReuseMode): boolean | ReuseMode => {
        if (options.reuse === false || options.reuse === null || options.reuse === undefined) return own;
        return options.reuse;
      };
      let state: ScopeState;
      if (name_or_scope instanceof VariableScopeImpl) {
        const own = name_or_scope._state;
        if (options.auxiliary_name_scope !== false) g.names.enter(own.name.split("/").at(-1) || null);
        state = { ...own, reuse: options.reuse ? options.reuse : own.reuse };
        counts = new Map(store.counts);
      } else {
        if (name_or_scope === null && options.reuse)
          throw new ValueError("reuse=True cannot be used without a name_or_scope");
        const name = name_or_scope ?? uniqueScopeName(default_name!);
        if (options.auxiliary_name_scope !== false) g.names.enter(name);
        const full = parent.name ? `${parent.name}/${name}` : name;
        store.counts.set(full, (store.counts.get(full) ?? 0) + 1);
        state = {
          ...parent,
          name: full,
          original_name_scope: g.names.stack ? `${g.names.stack}/` : "",
          reuse: reused(parent.reuse),
        };
      }
      if (options.initializer != null) state.initializer = options.initializer;
      if (options.regularizer != null) state.regularizer = options.regularizer;
      if (options.dtype != null) state.dtype = options.dtype;
      if (options.use_resource != null) state.use_resource = options.use_resource;
      if (options.constraint != null) state.constraint = options.constraint;
      if (options.partitioner != null) state.partitioner = options.partitioner;
      if (options.custom_getter != null) {
        const outer = state.custom_getter as Getter | null;
        const own = options.custom_getter as Getter;
        state.custom_getter = outer
          ? (getter: GetVariable, ...args: unknown[]) =>
              own(((...a: unknown[]) => outer(getter, ...a)) as GetVariable, ...args)
          : own;
      }
      store.current = state;
      entered = state.name;
      return VariableScopeImpl._of(state);
    },
    exit: () => {
      store.current = before;
      g.names.stack = stack;
      // A scope that is opened again counts the scopes within anew.
      if (counts) {
        store.counts.clear();
        for (const [k, v] of counts) store.counts.set(k, v);
      } else for (const k of store.counts.keys()) if (k.startsWith(`${entered}/`)) store.counts.set(k, 0);
    },
  };
}

const scoped = context((...args: unknown[]) => {
  const last = args.at(-1);
  const keywords = isPlainObject(last) && Object.keys(last as object).every((k) => NAMES.has(k));
  const options = (keywords ? { ...(last as ScopeOptions) } : {}) as ScopeOptions & {
    name_or_scope?: unknown;
  };
  const positional = keywords ? args.slice(0, -1) : args;
  const order = [
    "name_or_scope",
    "default_name",
    "values",
    "initializer",
    "regularizer",
    "caching_device",
    "partitioner",
    "custom_getter",
    "reuse",
    "dtype",
    "use_resource",
    "constraint",
    "auxiliary_name_scope",
  ];
  positional.forEach((a, i) => {
    (options as Record<string, unknown>)[order[i]!] = a;
  });
  return scopeGuard((options.name_or_scope ?? null) as string | VariableScopeImpl | null, options);
});

/** `with tf.variable_scope(name, reuse=…)`: variables of `get_variable` within are named after it. */
export const variable_scope = scoped as unknown as {
  <R>(name_or_scope: string | VariableScopeImpl | null, body: (scope: VariableScopeImpl) => R): R;
  <R>(
    name_or_scope: string | VariableScopeImpl | null,
    options: ScopeOptions,
    body: (scope: VariableScopeImpl) => R,
  ): R;
  <R>(name_or_scope: null, default_name: string, body: (scope: VariableScopeImpl) => R): R;
  (
    name_or_scope: string | VariableScopeImpl | null,
    options?: ScopeOptions | string,
  ): {
    enter(): VariableScopeImpl;
    exit(): void;
    [Symbol.dispose](): void;
  };
};

/** `f` in a variable scope, for library code. */
export const inScope = <R>(
  name: string | VariableScopeImpl | null,
  options: ScopeOptions,
  f: (scope: VariableScopeImpl) => R,
): R =>
  inDefault(() => {
    const guard = scopeGuard(name, options);
    const scope = guard.enter();
    try {
      return f(scope);
    } finally {
      guard.exit();
    }
  });
