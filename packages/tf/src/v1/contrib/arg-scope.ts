import { type Def, isPlainObject } from "@cognate/py";
import { v1 } from "../make.js";

/* `tf.contrib.framework.arg_scope`: arguments that functions are given while a scope lasts. */

type Keywords = Readonly<Record<string, unknown>>;
const scopes: Map<unknown, Keywords>[] = [];
const given = (f: unknown): Keywords => scopes[scopes.length - 1]?.get(f) ?? {};

type Implementation = (...args: never[]) => unknown;
/** A function whose arguments a scope may give. */
export function scopable<const S extends string, F extends Implementation>(
  name: string,
  signature: S,
  impl: F,
): Def<S, F> {
  const own = v1(name, signature, impl);
  const parameters = signature.split(" ").map((p) => p.split(/[|:]/)[0]!);
  const call = own as unknown as (...args: unknown[]) => unknown;
  const f = (...args: unknown[]): unknown => {
    const last = args[args.length - 1];
    const keywords =
      args.length > 0 && isPlainObject(last) && !("dtype" in last) ? (args.pop() as Keywords) : {};
    const placed = new Set(parameters.slice(0, args.length));
    const defaults = Object.fromEntries(Object.entries(given(f)).filter(([k]) => !placed.has(k)));
    return call(...args, { ...defaults, ...keywords });
  };
  Object.defineProperty(f, "name", { value: name, configurable: true });
  return Object.assign(f, { __name__: name, impl: own.impl, signature }) as unknown as Def<S, F>;
}

/** `with arg_scope([conv2d, …], padding="SAME"): …`; scopes within others add to them. */
export function arg_scope<R>(
  functions: readonly unknown[] | object,
  keywords: Keywords | ((...a: never[]) => R),
  body?: () => R,
): R {
  const run = (typeof keywords === "function" ? keywords : body) as () => R;
  const before = scopes[scopes.length - 1] ?? new Map<unknown, Keywords>();
  const next = new Map(before);
  if (functions instanceof Map) for (const [f, k] of functions as Map<unknown, Keywords>) next.set(f, k);
  else
    for (const f of functions as readonly unknown[])
      next.set(f, { ...before.get(f), ...(keywords as Keywords) });
  scopes.push(next);
  try {
    return run();
  } finally {
    scopes.pop();
  }
}
/** The function itself: which functions take arguments of scopes is their own matter here. */
export const add_arg_scope = <F>(f: F): F => f;
