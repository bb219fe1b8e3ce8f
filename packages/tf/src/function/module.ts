import { KerasVariable } from "@cognate/keras/tensorflow";
import { className, context, pyClass, Tuple, ValueError } from "@cognate/py";
import { currentGraph } from "../core/context.js";
import { enterScope, withNameScope } from "../ops/name-scope.js";
import { VariableImpl } from "../variable/variable.js";

const snake = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
const isVariable = (x: unknown): x is VariableImpl =>
  x instanceof VariableImpl || x instanceof (KerasVariable as unknown as new () => VariableImpl);

type Call = (...args: unknown[]) => unknown;
/** The object as a function of its class, where the class says what calling an instance does. */
function called<T extends object>(x: T, target: Function): T {
  if (typeof (x as { __call__?: unknown }).__call__ !== "function") return x;
  const self = ((...args: unknown[]) =>
    (self as unknown as { __call__: Call }).__call__(...args)) as unknown as Record<
    "name" | "length",
    unknown
  >;
  Object.setPrototypeOf(self, target.prototype as object);
  delete self.name;
  delete self.length;
  return self as unknown as T;
}

class ModuleImpl {
  declare private readonly _name: string;
  constructor(name: string | null = null) {
    const own = name ?? snake(className(this.constructor).replace(/Impl$/, ""));
    if (!/^[A-Za-z_]\w*$/.test(own))
      throw new ValueError(
        `'${own}' is not a valid module name. Module names must be valid Python identifiers (e.g. a valid class name).`,
      );
    const self = called(this, new.target);
    Object.defineProperty(self, "_name", { value: own, enumerable: false });
    // biome-ignore lint/correctness/noConstructorReturn: this is what makes instances callable
    return self;
  }
  get name(): string {
    return this._name;
  }
  get name_scope(): unknown {
    return name_scope(this._name);
  }
  private _flatten(pick: (x: unknown) => boolean, recurse = true): unknown[] {
    const out: unknown[] = [];
    const seen = new Set<unknown>([this]);
    const walk = (x: unknown): void => {
      if (x === null || (typeof x !== "object" && typeof x !== "function") || seen.has(x)) return;
      if (pick(x)) {
        seen.add(x);
        out.push(x);
      }
      if (Array.isArray(x)) {
        for (const item of x) walk(item);
        return;
      }
      if (x instanceof Map) {
        for (const item of x.values()) walk(item);
        return;
      }
      if (Object.getPrototypeOf(x) === Object.prototype) {
        for (const key of Object.keys(x).sort()) walk((x as Record<string, unknown>)[key]);
        return;
      }
      if (isModule(x)) nested.push(x);
    };
    const nested: object[] = [];
    const fields = (m: object): void => {
      for (const key of Object.keys(m).sort()) walk((m as Record<string, unknown>)[key]);
    };
    fields(this);
    for (let m = nested.shift(); m && recurse; m = nested.shift()) {
      if (seen.has(m) && !pick(m)) continue;
      seen.add(m);
      if (m instanceof ModuleImpl) fields(m);
      else for (const v of ((m as { variables?: unknown[] }).variables ?? []) as unknown[]) walk(v);
    }
    return out;
  }
  get variables(): Tuple<VariableImpl> {
    return Tuple.of_(this._flatten(isVariable) as VariableImpl[]);
  }
  get trainable_variables(): Tuple<VariableImpl> {
    return Tuple.of_((this._flatten(isVariable) as VariableImpl[]).filter((v) => v.trainable));
  }
  get non_trainable_variables(): Tuple<VariableImpl> {
    return Tuple.of_((this._flatten(isVariable) as VariableImpl[]).filter((v) => !v.trainable));
  }
  get submodules(): Tuple<unknown> {
    return Tuple.of_(this._flatten(isModule));
  }
}
const isModule = (x: unknown): x is object =>
  x instanceof ModuleImpl ||
  ((typeof x === "object" || typeof x === "function") &&
    x !== null &&
    Array.isArray((x as { trainable_variables?: unknown }).trainable_variables));

/**
 * `tf.Module`: an object whose variables, and those of the modules in it, can be listed.
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * class Scale extends tf.Module {
 *   factor = tf.Variable([2.5]);
 * }
 * print(new Scale().variables.map((v) => v.name)); // prints ['Variable:0']
 * ```
 */
export const Module = Object.assign(pyClass("tensorflow.python.module.module.Module", "name", ModuleImpl), {
  /** A method that runs in the scope of its module's name. */
  with_name_scope<F extends (...args: never[]) => unknown>(f: F): F {
    return function (this: ModuleImpl, ...args: never[]) {
      return withNameScope(this.name, () => f.apply(this, args));
    } as unknown as F;
  },
});
export type Module = ModuleImpl;

/** `tf.name_scope`: names of what is made inside begin with it. */
export const name_scope = context((name: string) => {
  const graph = currentGraph() as unknown as {
    name_scope(n: string): { enter(): string; exit(): void };
  } | null;
  if (graph) return graph.name_scope(name);
  let end: (() => void) | null = null;
  return {
    enter(): string {
      const { scope, leave } = enterScope(name);
      end = leave;
      return scope;
    },
    exit(): void {
      end?.();
    },
  };
});
