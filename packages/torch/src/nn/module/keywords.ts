import {
  type Arguments,
  bindArguments,
  isPlainCall,
  type PyClass,
  parseSignature,
  pyClass,
  shortName,
} from "@cognate/py";

import { noteLayer } from "./registry.js";

type Constructor = abstract new (...args: never[]) => object;
type Impl = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Makes methods of a class take their parameters by position and by name: `{ forward: "input hx" }`, see py's
 * signatures. Parameters without a JavaScript default are required.
 */
export function keywordMethods(
  name: string,
  C: Constructor,
  signatures: Readonly<Record<string, string>>,
): void {
  for (const [key, text] of Object.entries(signatures)) {
    const impl = (C.prototype as Record<string, Impl>)[key]!;
    const s = parseSignature(`${name}.${key}`, text, impl.length, 1);
    const method = function (this: unknown, ...args: unknown[]): unknown {
      return impl.apply(this, isPlainCall(s, args) ? args : bindArguments(s, args));
    };
    Object.defineProperty(C.prototype, key, { value: method, writable: true, configurable: true });
  }
}

/** Sorts the arguments of a static method that takes keywords, too; what was left out is `undefined`. */
export function keywordArguments<const S extends string>(
  name: string,
  signature: S,
  required: number,
): <P extends readonly unknown[]>(args: Arguments<S, P>) => P {
  const s = parseSignature(name, signature, required, 1);
  return (args) => bindArguments(s, args as readonly unknown[]) as never;
}

/** The fields that a user's module gets by assignment, without declarations. */
export interface OpenFields {
  // biome-ignore lint/suspicious/noExplicitAny: fields are declared by assigning them, as in Python, so nothing is known of them
  [field: string]: any;
}

/** A class of modules: called or extended, and in what extends it any name may be a field. */
export type ModuleClass<C extends Constructor, S extends string> = Pick<C, keyof C> & {
  (...args: Arguments<S, ConstructorParameters<C>>): InstanceType<C>;
  new (...args: Arguments<S, ConstructorParameters<C>>): InstanceType<C> & OpenFields;
  readonly __name__: string;
};

/**
 * Makes a class of modules callable as in Python, constructor and forward by position or by name.
 *
 * @param path - the class's module and name in Python
 * @param signature - the constructor's parameters
 * @param forward - those of forward
 */
export function moduleClass<C extends new (...args: never[]) => object, const S extends string>(
  path: string,
  signature: S,
  C: C,
  forward?: string,
): ModuleClass<C, S> {
  if (forward !== undefined) keywordMethods(shortName(path), C, { forward });
  const made = pyClass(`torch.nn.modules.${path}`, signature, C) as PyClass<C, S> as unknown as ModuleClass<
    C,
    S
  >;
  noteLayer(`torch.nn.modules.${path}`, made);
  return made;
}
