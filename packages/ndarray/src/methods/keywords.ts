import { def, method } from "@cognate/py";

/** Lets methods of an object be called with keywords; each is given with its parameters' names. */
export function keywordMethods(target: object, signatures: Readonly<Record<string, string>>): void {
  for (const [name, signature] of Object.entries(signatures)) {
    const f = (target as Readonly<Record<string, (...args: unknown[]) => unknown>>)[name]!;
    const call = (self: unknown, ...args: unknown[]): unknown => f.apply(self, args);
    const value = method(def(name, `self ${signature}` as "self", call as (self: unknown) => unknown), name);
    Object.defineProperty(target, name, { value, writable: true, configurable: true });
  }
}
