import { type Def, def } from "@cognate/py";
import { currentGraph, isGraphTensor } from "../core/context.js";
import { inDefault } from "../graph/current.js";
import { Tensor } from "../shared.js";

type Implementation = (...args: never[]) => unknown;

/** A public function of TensorFlow 1: what it makes is recorded in the default graph. */
export function v1<const S extends string, F extends Implementation>(
  name: string,
  signature: S,
  impl: F,
): Def<S, F> {
  const recorded = (...args: never[]): unknown => inDefault(() => impl(...args));
  Object.defineProperty(recorded, "length", { value: impl.length });
  return def(name, signature, recorded as F);
}

const wrapped = new WeakMap<object, unknown>();

/** A function, or a module of functions, that records in the default graph. */
export function recorded<T>(x: T): T {
  if (typeof x === "function") {
    // Classes and singletons of classes stay what they are.
    const own = x as unknown as { (...a: unknown[]): unknown; name: string; prototype?: unknown };
    if (own.prototype !== undefined) return x;
    const known = wrapped.get(own);
    if (known) return known as T;
    // Eager tensors of TensorFlow 2 are computed with where no graph is being built.
    const f = (...args: unknown[]): unknown =>
      currentGraph() === null && args.some((a) => a instanceof Tensor && !isGraphTensor(a))
        ? own(...args)
        : inDefault(() => own(...args));
    Object.defineProperty(f, "name", { value: own.name, configurable: true });
    const out = Object.assign(f, own);
    wrapped.set(own, out);
    return out as unknown as T;
  }
  if (
    typeof x === "object" &&
    x !== null &&
    (Object.getPrototypeOf(x) === null ||
      Object.getPrototypeOf(x) === Object.prototype ||
      (x as { [Symbol.toStringTag]?: string })[Symbol.toStringTag] === "Module")
  ) {
    const known = wrapped.get(x);
    if (known) return known as T;
    const out = Object.fromEntries(Object.entries(x).map(([k, v]) => [k, recorded(v)]));
    wrapped.set(x, out);
    return out as T;
  }
  return x;
}

/** A class whose instances are made, and whose methods run, in the default graph. */
export function recordedClass<C extends new (...args: never[]) => object>(
  Base: C,
  methods: readonly string[] = [],
): C {
  const Made = new Proxy(Base as unknown as new (...args: unknown[]) => object, {
    construct: (t, args: unknown[], target) => inDefault(() => Reflect.construct(t, args, target) as object),
  });
  class Recorded extends Made {}
  Object.defineProperty(Recorded, "length", { value: Base.length });
  for (const key of methods) {
    const own = (Base.prototype as Record<string, (...args: unknown[]) => unknown>)[key]!;
    Object.defineProperty(Recorded.prototype, key, {
      value(this: unknown, ...args: unknown[]): unknown {
        return inDefault(() => own.apply(this, args));
      },
      writable: true,
      configurable: true,
    });
  }
  return Recorded as unknown as C;
}
