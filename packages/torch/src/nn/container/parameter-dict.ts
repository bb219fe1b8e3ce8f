import { isPlainObject, KeyError, RuntimeError, Tuple, TypeError, type_name } from "@cognate/py";
import { setField } from "../module/fields.js";
import { hide } from "../module/hide.js";
import { keywordMethods, moduleClass } from "../module/keywords.js";
import { typename } from "../module/typename.js";
import type { Named } from "../module.js";
import type { Parameter } from "../parameter.js";
import { type Entries, MappingModule } from "./mapping.js";
import { asEntry, describeEntry } from "./parameter-list.js";

class ParameterDictImpl extends MappingModule<Parameter> {
  declare readonly _keys: Set<string>;

  constructor(parameters: Entries<unknown> | null = null) {
    super();
    hide(this, "_keys", new Set());
    if (parameters !== null) this.update(parameters as Entries<Parameter>);
  }

  override keys(): string[] {
    return [...this._keys];
  }
  override has(key: string): boolean {
    return this._keys.has(key);
  }
  override set(key: string, value: unknown): void {
    if (typeof key !== "string")
      throw new TypeError(
        `Index given to ParameterDict cannot be used as a key as it is not a string (type is '${type_name(key)}'). Open an issue on github if you need non-string keys.`,
      );
    if (!this._keys.has(key) && key in this) throw new KeyError(`attribute '${key}' already exists`);
    this._keys.add(key);
    setField(this, key, asEntry(value));
  }
  override delete(key: string): void {
    super.delete(key);
    this._keys.delete(key);
  }
  /** A plain object has no order in PyTorch, so its keys are sorted; a Map keeps its own. */
  override _entriesOf(entries: Entries<Parameter>): Iterable<readonly [string, Parameter]> {
    const all = super._entriesOf(entries);
    return isPlainObject(entries) ? [...all].sort(([a], [b]) => (a < b ? -1 : 1)) : all;
  }

  copy(): ParameterDictImpl {
    return new ParameterDict(this);
  }
  /** The value of a key, which gets `fallback` if it has none. */
  setdefault(key: string, fallback: unknown = null): Parameter {
    if (!this.has(key)) this.set(key, fallback);
    return this.at(key);
  }
  /** Takes the last entry out. */
  popitem(): Named<Parameter> {
    const key = this.keys().at(-1);
    if (key === undefined) throw new KeyError("popitem(): dictionary is empty");
    return Tuple.of_<string | Parameter>([key, this.pop(key)]) as unknown as Named<Parameter>;
  }
  fromkeys(keys: Iterable<string>, fallback: unknown = null): ParameterDictImpl {
    return new ParameterDict([...keys].map((key) => [key, fallback] as const));
  }
  /** `dict | other`: a new dict. */
  or(other: Entries<Parameter>): ParameterDictImpl {
    const out = this.copy();
    out.update(other);
    return out;
  }

  override extra_repr(): string {
    return [...this.items()].map(([key, p]) => describeEntry(key, p, typename)).join("\n");
  }
  override __call__(): never {
    throw new RuntimeError("ParameterDict should not be called.");
  }
}
keywordMethods("ParameterDict", ParameterDictImpl, { setdefault: "key default", fromkeys: "keys default" });

/** `torch.nn.ParameterDict`: parameters by key, all of which belong to the module that has it; tensors become parameters. */
export const ParameterDict = moduleClass("container.ParameterDict", "parameters:dict", ParameterDictImpl);
export type ParameterDict = ParameterDictImpl;
