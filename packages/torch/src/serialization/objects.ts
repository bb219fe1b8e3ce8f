import { NUMPY_GLOBALS, type PickleContext, STANDARD_GLOBALS } from "@cognate/formats";
import { className, isClass, nameClass, Range, repr, Slice } from "@cognate/py";
import { ModuleImpl } from "../nn/module.js";
import { Generator } from "../random/generator.js";
import { Tensor } from "../tensor/tensor.js";
import { Known } from "./known.js";
import { bareModule, INNER_STATE, restoreModule } from "./modules.js";
import { functionNamed, stockClass, usedClass } from "./names.js";
import { safeGlobals } from "./safe-globals.js";

/** An object of a file and its `__dict__`, which is set once everything is read. */
interface Pending {
  readonly object: object;
  /** What only modules have, as it was read. */
  readonly inner: Map<string, unknown>;
  readonly names: string[];
  readonly values: unknown[];
}

type Setter = { __setstate__?(state: unknown): void };

/** `argparse.Namespace` and its like: an object that is nothing but its fields. */
class Namespace {
  [field: string]: unknown;
  __repr__(): string {
    const fields = Object.entries(this).map(([name, value]) => `${name}=${repr(value)}`);
    return `${className(this.constructor).toLowerCase() === "namespace" ? "Namespace" : "namespace"}(${fields.join(", ")})`;
  }
}
class SimpleNamespace extends Namespace {}
nameClass("argparse.Namespace", Namespace);
nameClass("types.SimpleNamespace", SimpleNamespace);
const NAMESPACES = new Map<string, Function>([
  ["argparse.Namespace", Namespace],
  ["types.SimpleNamespace", SimpleNamespace],
]);

/**
 * Makes the objects of classes that a file names. No constructor runs: an object gets its class's prototype, and its
 * fields when the whole file is read.
 */
export class Objects {
  private readonly _pending: Pending[] = [];
  private readonly _known = new Map<string, unknown>();

  constructor(private readonly _weightsOnly: boolean) {}

  /** What the names in a file stand for, besides tensors and Python's own containers. */
  readonly find = (module: string, name: string): unknown => {
    const path = `${module}.${name}`;
    if (!this._known.has(path)) this._known.set(path, this._find(module, name, path));
    return this._known.get(path);
  };

  private _find(module: string, name: string, path: string): unknown {
    const safe = safeGlobals();
    const given = safe.get(path);
    if (typeof given === "function") return this._global(module, name, given, true);
    if (typeof given === "string") return STANDARD_GLOBALS.get(path) ?? NUMPY_GLOBALS.get(path);
    if (this._weightsOnly) return undefined;
    const stock = stockClass(path) ?? NAMESPACES.get(path) ?? functionNamed(module, name);
    if (stock) return this._global(module, name, stock);
    const plain = PLAIN.get(path);
    if (plain) return plain;
    if (/^(torch|numpy|builtins)(\.|$)/.test(module)) return undefined;
    const classes = [...safe.values()].filter((f): f is Function => typeof f === "function").reverse();
    const own = usedClass(path, classes.filter(isClass));
    return own && this._global(module, name, own);
  }

  /** `callable`: the program itself declared the function safe; others are values that nothing in a file can call. */
  private _global(module: string, name: string, value: Function, callable = false): Known {
    if (!isClass(value)) {
      const call = (args: readonly unknown[]): unknown => (value as (...a: unknown[]) => unknown)(...args);
      return new Known(module, name, value, callable ? { call } : {});
    }
    return new Known(module, name, value, {
      create: (args, _kwargs, c) => this._bare(value, args, c),
      call: (args, c) => {
        if (args.length > 0 || !NAMESPACES.has(`${module}.${name}`))
          throw c.fail(
            "a call",
            `of the class ${module}.${name}`,
            "an object and its state: constructors are not run",
          );
        return this._bare(value, args, c);
      },
      build: (object, state, c) => this._build(object, state, c),
      extend: (object, items, c) => {
        if (!Array.isArray(object)) throw c.fail("the target of items", className(value), "a list");
        for (const item of items) object.push(item);
      },
      update: (object, entries, c) => {
        if (!(object instanceof Map)) throw c.fail("the target of entries", className(value), "a dict");
        for (const [k, v] of entries) object.set(k, v);
      },
    });
  }

  private _bare(C: Function, args: readonly unknown[], c: PickleContext): object {
    if (args.length > 0)
      throw c.fail(
        "a new object",
        `of ${className(C)} with ${args.length} arguments`,
        "one without arguments",
      );
    const prototype = C.prototype as object;
    if (prototype instanceof ModuleImpl || prototype === ModuleImpl.prototype) return bareModule(C);
    for (const Base of [Map, Array])
      if (prototype instanceof Base) return Reflect.construct(Base, [], C) as object;
    if (prototype instanceof Tensor)
      throw c.fail(
        "a new object",
        `of ${className(C)}, a class of tensors`,
        "torch.Tensor or torch.nn.Parameter",
      );
    return Object.create(prototype) as object;
  }

  private _build(object: object, state: unknown, c: PickleContext): void {
    // Objects with slots come with two dicts.
    const dicts = (Array.isArray(state) ? state : [state]) as unknown[];
    const pending: Pending = { object, inner: new Map(), names: [], values: [] };
    for (const dict of dicts) {
      if (dict === null) continue;
      if (!(dict instanceof Map))
        throw c.fail("the state of an object", repr(dict).slice(0, 40), "a dict of fields");
      for (const [name, value] of dict) {
        if (typeof name !== "string") throw c.fail("a field's name", repr(name), "a text");
        if (object instanceof ModuleImpl && INNER_STATE.has(name)) pending.inner.set(name, value);
        else {
          pending.names.push(name);
          pending.values.push(value);
        }
      }
    }
    this._pending.push(pending);
  }

  /** Notes the attributes of a tensor. */
  readonly attributes = (tensor: unknown, state: unknown): void => {
    const fields = Array.isArray(state) ? state.find((x) => x instanceof Map) : state;
    if (!(fields instanceof Map)) return;
    this._pending.push({
      object: tensor as object,
      inner: new Map(),
      names: [...(fields.keys() as Iterable<string>)],
      values: [...fields.values()],
    });
  };

  /** The values that wait to become fields, as lists that may be changed in place. */
  get waiting(): readonly unknown[][] {
    return this._pending.map((p) => p.values);
  }

  /** Sets the fields. */
  finish(): void {
    for (const { object, inner, names, values } of this._pending) {
      const fields = new Map(names.map((name, i) => [name, values[i]]));
      const own = (object as Setter).__setstate__;
      if (typeof own === "function") own.call(object, Object.fromEntries([...inner, ...fields]));
      else if (object instanceof ModuleImpl) restoreModule(object, inner, fields);
      else
        for (const [name, value] of fields)
          Object.defineProperty(object, name, {
            value,
            writable: true,
            enumerable: true,
            configurable: true,
          });
    }
  }
}

/** PyTorch's functions in C++ are pickled as attributes of the classes that hold them. */
const HOLDERS = new Set(["_VariableFunctionsClass", "_VariableFunctions", "TensorBase", "_TensorBase"]);

function getattr([owner, name]: readonly unknown[], c: PickleContext): unknown {
  const holds = owner instanceof Known && owner.module === "torch._C" && HOLDERS.has(owner.name);
  const found = holds && typeof name === "string" ? functionNamed("torch", name) : undefined;
  if (!found)
    throw c.fail(
      "getattr",
      `of ${String(owner)} and ${repr(name)}`,
      "of PyTorch's functions and the name of one",
    );
  return new Known("torch", name as string, found);
}

function range(args: readonly unknown[], c: PickleContext): Range {
  const [start, stop, step = 1] = args as number[];
  if (![start, stop, step].every(Number.isSafeInteger) || step === 0)
    throw c.fail("a range", repr(args).slice(0, 40), "whole numbers, and a step other than 0");
  c.charge(Math.max(Math.ceil((stop! - start!) / step), 0));
  return new Range(start!, stop!, step);
}

const known = (
  module: string,
  name: string,
  handlers: ConstructorParameters<typeof Known>[3] = {},
): [string, Known] => [`${module}.${name}`, new Known(module, name, null, handlers)];

const path = (module: string): [string, Known][] =>
  ["PosixPath", "PurePosixPath", "WindowsPath", "PureWindowsPath"].map((name) =>
    known(module, name, {
      call: (parts) => parts.join(name.endsWith("WindowsPath") ? "\\" : "/").replace(/^\/\//, "/"),
    }),
  );

/** Classes and functions of Python and PyTorch that make plain values. */
const PLAIN: ReadonlyMap<string, Known> = new Map([
  known("builtins", "getattr", { call: getattr }),
  ...[...HOLDERS].map((name) => known("torch._C", name)),
  known("builtins", "slice", {
    call: ([a = null, b = null, s = null]) => new Slice(a as null, b as null, s as null),
  }),
  known("builtins", "range", { call: range }),
  ...path("pathlib"),
  ...path("pathlib._local"),
  // What files from before PyTorch 1.0 note of each module.
  known("torch.nn.backends.thnn", "_get_thnn_function_backend", { call: () => null }),
  known("torch._C", "Generator", {
    call: () => new Generator(),
    build: (object, state, c) => {
      const bytes = Array.isArray(state) ? state.find((x) => x instanceof Tensor) : undefined;
      if (!bytes)
        throw c.fail("the state of a generator", repr(state).slice(0, 40), "a seed, an offset and a state");
      (object as Generator).set_state(bytes);
    },
  }),
]);
