import { isPlainObject, KeyError, Tuple, TypeError, type_name, ValueError } from "@cognate/py";
import { deleteField, getField } from "../module/fields.js";
import { ModuleImpl, type Named } from "../module.js";

/** What a dict-like container may be filled from. */
export type Entries<T> =
  | Readonly<Record<string, T>>
  | ReadonlyMap<string, T>
  | Iterable<readonly [string, T]>
  | MappingModule<T>;

/** What ModuleDict and ParameterDict share: fields reached by key. */
export abstract class MappingModule<T> extends ModuleImpl {
  /** The keys in order. */
  abstract keys(): Iterable<string>;
  /** `dict[key] = value`. */
  abstract set(key: string, value: T): void;

  override get length(): number {
    return [...this.keys()].length;
  }
  __len__(): number {
    return this.length;
  }
  [Symbol.iterator](): Iterator<string> {
    return this.keys()[Symbol.iterator]();
  }
  /** `key in dict`. */
  has(key: string): boolean {
    for (const k of this.keys()) if (k === key) return true;
    return false;
  }
  __contains__(key: string): boolean {
    return this.has(key);
  }
  /** `dict[key]`. @throws KeyError */
  at(key: string): T {
    if (!this.has(key)) throw new KeyError(key);
    return getField(this, key) as T;
  }
  get(key: string, fallback: T | null = null): T | null {
    return this.has(key) ? this.at(key) : fallback;
  }
  *values(): Generator<T> {
    for (const key of this.keys()) yield this.at(key);
  }
  *items(): Generator<Named<T>> {
    for (const key of this.keys()) yield Tuple.of_<string | T>([key, this.at(key)]) as unknown as Named<T>;
  }
  /** `del dict[key]`. */
  delete(key: string): void {
    if (!this.has(key)) throw new KeyError(key);
    deleteField(this, key);
  }
  pop(key: string): T {
    const value = this.at(key);
    this.delete(key);
    return value;
  }
  clear(): void {
    for (const key of [...this.keys()]) this.delete(key);
  }
  /** Adds or replaces entries, in their order. */
  update(entries: Entries<T>): void {
    if ((typeof entries !== "object" && typeof entries !== "function") || entries === null)
      throw new TypeError(
        `${this._get_name()}.update should be called with an iterable of key/value pairs, but got ${type_name(entries)}`,
      );
    for (const [key, value] of this._entriesOf(entries)) this.set(key, value);
  }
  _entriesOf(entries: Entries<T>): Iterable<readonly [string, T]> {
    if (entries instanceof MappingModule) return entries.items();
    if (entries instanceof Map) return entries;
    if (isPlainObject(entries)) return Object.entries(entries as Readonly<Record<string, T>>);
    return checkedPairs(this._get_name(), entries as Iterable<readonly [string, T]>);
  }
}

function* checkedPairs<T>(
  C: string,
  entries: Iterable<readonly [string, T]>,
): Generator<readonly [string, T]> {
  let i = 0;
  for (const entry of entries as Iterable<unknown>) {
    if (!Array.isArray(entry))
      throw new TypeError(`${C} update sequence element #${i} should be Iterable; is${type_name(entry)}`);
    if (entry.length !== 2)
      throw new ValueError(`${C} update sequence element #${i} has length ${entry.length}; 2 is required`);
    yield entry as unknown as readonly [string, T];
    i++;
  }
}
