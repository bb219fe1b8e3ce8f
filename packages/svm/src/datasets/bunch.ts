import { AttributeError, KeyError, nameClass, repr } from "@cognate/py";

/**
 * A dict whose keys are attributes, too: `iris.data`, `iris.at("data")`.
 */
export class Bunch {
  constructor(entries: Readonly<Record<string, unknown>>) {
    Object.assign(this, entries);
  }
  /** Python's `bunch[key]`. @throws KeyError */
  at(key: string): unknown {
    if (!(key in this)) throw new KeyError(key);
    return (this as unknown as Record<string, unknown>)[key];
  }
  keys(): string[] {
    return Object.keys(this);
  }
  __repr__(): string {
    return `{${Object.entries(this)
      .map(([k, v]) => `${repr(k)}: ${repr(v)}`)
      .join(", ")}}`;
  }
  toString(): string {
    return this.__repr__();
  }
  /** @throws AttributeError for keys that are not there */
  attribute(key: string): unknown {
    if (!(key in this)) throw new AttributeError(key);
    return this.at(key);
  }
}
nameClass("sklearn.utils._bunch.Bunch", Bunch);
