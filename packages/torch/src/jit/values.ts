import type { ScriptClass } from "@cognate/formats";
import { isPlainObject, Tuple } from "@cognate/py";

/** An object of a plain class of a program. */
export class ScriptObject {
  readonly fields = new Map<string, unknown>();
  constructor(
    readonly type: ScriptClass,
    /** The file that the class stands in: what its methods' names mean. */
    readonly path: string,
  ) {}
  __repr__(): string {
    return `<torch.ScriptObject object of ${this.path}.${this.type.name}>`;
  }
}

/** A member of an enumeration of a program. */
export class ScriptEnum {
  constructor(
    readonly type: string,
    readonly name: string,
    readonly value: unknown,
  ) {}
  __repr__(): string {
    return `<${this.type.split(".").at(-1)}.${this.name}: ${String(this.value)}>`;
  }
  toString(): string {
    return `${this.type.split(".").at(-1)}.${this.name}`;
  }
}

/** What a caller gives, as programs have it: dicts are Maps. */
export function intoScript(x: unknown): unknown {
  if (isPlainObject(x)) return new Map(Object.entries(x).map(([k, v]) => [k, intoScript(v)]));
  if (x instanceof Tuple) return "_fields" in x ? x : Tuple.of_([...x].map(intoScript));
  return x;
}

/** What a program gives, as callers have it: dicts whose keys are all texts are plain objects. */
export function outOfScript(x: unknown): unknown {
  if (x instanceof Map) {
    const entries = [...x].map(([k, v]) => [k, outOfScript(v)] as const);
    return entries.every(([k]) => typeof k === "string")
      ? Object.fromEntries(entries as (readonly [string, unknown])[])
      : new Map(entries);
  }
  if (x instanceof Tuple) return "_fields" in x ? x : Tuple.of_([...x].map(outOfScript));
  return Array.isArray(x) ? x.map(outOfScript) : x;
}
