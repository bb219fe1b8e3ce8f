import { shortName } from "../core/names.js";
import { bindArguments, isPlainCall, parseSignature, type Signature } from "./signature.js";
import type { Arguments } from "./types.js";

type Implementation = (...args: never[]) => unknown;

/** A function that is called as in Python: each parameter by position or, in a trailing object, by name. */
export interface Def<S extends string, F extends Implementation> {
  (...args: Arguments<S, Parameters<F>>): ReturnType<F>;
  readonly __name__: string;
  /** The function with its parameters by position only, for callers inside the library. */
  readonly impl: F;
  readonly signature: Signature;
}

/**
 * Makes a Python-style function from a signature text and an implementation that takes every parameter by position.
 *
 * @param name - its full name (`torch.nn.functional.dropout`); errors show the last part
 * @param signature - the parameters' names, see {@link Signature}
 * @param impl - parameters without a JavaScript default are required
 *
 * @example
 * ```ts
 * import { def, print } from "@cognate/py";
 * const scale = def("scale", "x factor", (x: number, factor = 2) => x * factor);
 * print(scale(3), scale(3, { factor: 10 }), scale({ x: 4 })); // prints 6 30 8
 * ```
 */
export function def<const S extends string, F extends Implementation>(
  name: string,
  signature: S,
  impl: F,
): Def<S, F> {
  const s = parseSignature(shortName(name), signature, impl.length);
  const f = (...args: unknown[]): unknown =>
    isPlainCall(s, args) ? impl(...(args as never[])) : impl(...(bindArguments(s, args) as never[]));
  return finish(f, s, impl) as Def<S, F>;
}

function finish(f: (...args: unknown[]) => unknown, s: Signature, impl: Implementation): unknown {
  Object.defineProperty(f, "name", { value: s.name, configurable: true });
  return Object.assign(f, { __name__: s.name, impl, signature: s });
}

type DropFirst<A extends readonly unknown[]> = A extends readonly [(infer _Self)?, ...infer Rest]
  ? Rest
  : never;

/** The same function as a method: its first parameter is `this`. */
export type Method<D> = D extends (...args: infer A) => infer R ? (...args: DropFirst<A>) => R : never;

/**
 * A {@link Def} as a method of its first parameter's class.
 *
 * @param name - its name as a method, where that differs
 */
export function method<S extends string, F extends Implementation>(
  d: Def<S, F>,
  name: string = d.__name__,
): Method<Def<S, F>> {
  const { signature, impl } = d;
  const s: Signature = {
    ...signature,
    name,
    parameters: signature.parameters.slice(1),
    positional: signature.positional - 1,
    required: Math.max(signature.required - 1, 0),
    rest: signature.rest - (signature.rest >= 0 ? 1 : 0),
    hidden: 0,
    others: signature.others - (signature.others >= 0 ? 1 : 0),
  };
  const call = impl as unknown as (...args: unknown[]) => unknown;
  const bare = s.required === 0 && s.rest < 0;
  const f = function (this: unknown, ...args: unknown[]): unknown {
    if (bare && args.length === 0) return call(this);
    return isPlainCall(s, args) ? call(this, ...args) : call(this, ...bindArguments(s, args));
  };
  return finish(f, s, impl) as Method<Def<S, F>>;
}
