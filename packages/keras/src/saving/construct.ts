import { innerClass, isPlainObject, kw, moduleName } from "@cognate/py";
import { signatureOfConstructor } from "../call-signature.js";

type Constructor = new (...args: unknown[]) => object;

/** Parameters that take what has no parameter of its own, as `**kwargs` does. */
const CATCH_ALL = ["kwargs", "config", "options", "rest"];

/**
 * `cls(**config)`. Classes of the library take keywords; those of users by the names of their constructor's parameters,
 * the rest in a parameter called `kwargs`, `options`, `config` or `rest`, or in a pattern.
 */
export function constructFrom<T extends object>(
  C: abstract new (...args: never[]) => T,
  config: Readonly<Record<string, unknown>>,
): T {
  const make = C as unknown as Constructor;
  if (moduleName(C) !== "__main__") return new make(kw({ ...config })) as T;
  const { parameters } = signatureOfConstructor(C);
  if (parameters.length === 0) {
    const source = Function.prototype.toString.call(innerClass(C));
    const own = /(?:^|[\s;{}])constructor\s*\(/.test(source);
    return new make(...(own ? [] : [kw({ ...config })])) as T;
  }
  const rest = { ...config };
  for (const p of parameters) if (p.keys === null) delete rest[p.name];
  const args = parameters.map((p) => {
    if (p.keys !== null) return rest;
    if (p.name in config) return config[p.name];
    return CATCH_ALL.includes(p.name) ? rest : undefined;
  });
  while (args.length > 0 && args[args.length - 1] === undefined) args.pop();
  return new make(...args) as T;
}

/** A copy of a config in which the policy of element types is its name, as constructors take it. */
export function withPolicyName(config: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { dtype } = config;
  if (!isPlainObject(dtype)) return { ...config };
  const inner = (dtype as { config?: { name?: string; mode?: string; source_name?: string } }).config;
  const name = inner?.mode ? `${inner.mode}_from_${inner.source_name}` : inner?.name;
  return { ...config, dtype: name ?? null };
}
