import { pythonJson } from "@cognate/formats";
import { AttributeError, nameClass, repr, ValueError } from "@cognate/py";

type Items = Record<string, unknown>;

/** The parts of a `Config` that are no items of it. */
class ConfigImpl {
  #items: Items;
  #frozen = false;
  constructor(items: Items = {}) {
    this.#items = { ...items };
    // biome-ignore lint/correctness/noConstructorReturn: names that are no methods are items
    return new Proxy(this, {
      get: (own, name) => own._get(name),
      set: (own, name, value) => {
        own._change(() => {
          own.#items[String(name)] = value;
        });
        return true;
      },
      has: (own, name) => name in own.#items,
      deleteProperty: (own, name) => own._change(() => delete own.#items[String(name)]),
      ownKeys: (own) => Object.keys(own.#items),
      getOwnPropertyDescriptor: (own, name) =>
        name in own.#items
          ? { value: own.#items[String(name)], enumerable: true, configurable: true, writable: true }
          : undefined,
    });
  }
  private _get(name: string | symbol): unknown {
    if (name === "frozen") return this.#frozen;
    if (name in ConfigImpl.prototype || typeof name === "symbol") {
      const own = (this as unknown as Record<string | symbol, unknown>)[name];
      return typeof own === "function" && name !== "constructor" ? own.bind(this) : own;
    }
    if (name in this.#items) return this.#items[name];
    // Python's own methods are asked for by name.
    if (name.startsWith("__")) return undefined;
    throw new AttributeError(`Unknown attribute: '${name}'.`);
  }
  private _change<R>(f: () => R): R {
    if (this.#frozen) throw new ValueError("Cannot mutate attribute(s) because the config is frozen.");
    return f();
  }
  freeze(): void {
    this.#frozen = true;
  }
  unfreeze(): void {
    this.#frozen = false;
  }
  as_dict(): Items {
    return { ...this.#items };
  }
  to_json(): string {
    return pythonJson(this.#items);
  }
  keys(): string[] {
    return Object.keys(this.#items);
  }
  values(): unknown[] {
    return Object.values(this.#items);
  }
  items(): [string, unknown][] {
    return Object.entries(this.#items);
  }
  get(name: string, value: unknown = null): unknown {
    return name in this.#items ? this.#items[name] : value;
  }
  pop(name: string, ...fallback: unknown[]): unknown {
    return this._change(() => {
      if (!(name in this.#items)) return fallback[0];
      const value = this.#items[name];
      delete this.#items[name];
      return value;
    });
  }
  update(items: Items): void {
    this._change(() => Object.assign(this.#items, items));
  }
  __len__(): number {
    return Object.keys(this.#items).length;
  }
  __repr__(): string {
    return `<Config ${repr(this.#items)}>`;
  }
  toString(): string {
    return this.__repr__();
  }
  *[Symbol.iterator](): Generator<string> {
    yield* Object.keys(this.#items).sort();
  }
}
nameClass("keras.src.utils.config.Config", ConfigImpl);

/** A `Config`: its items are its properties. */
export type Config = ConfigImpl & Record<string, unknown>;
/**
 * `keras.utils.Config`: settings by name, which can be frozen.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const config = keras.utils.Config({ rate: 0.5 });
 * config.units = 8;
 * config.freeze();
 * print(config, config.units); // prints <Config {'rate': 0.5, 'units': 8}> 8
 * ```
 */
export const Config = function (items: Items = {}): ConfigImpl {
  return new ConfigImpl(items);
} as unknown as {
  (items?: Items): Config;
  new (items?: Items): Config;
};
