import { bindArguments, parseSignature } from "../call/signature.js";
import { nameClass } from "../core/names.js";
import { TypeError, ValueError } from "../exceptions.js";
import { repr, reprList } from "../text/repr.js";
import { freezeInto } from "./parenthesized.js";
import { Tuple } from "./tuple.js";

interface NamedMethods<T> {
  readonly _fields: Tuple<string>;
  /** The fields as a dict. */
  _asdict(): T;
  /** The same with some fields changed. */
  _replace(changes: Partial<T>): NamedTuple<T>;
}

/** A tuple whose items have names, too; a field hides an array's method of its name (`values`). */
export type NamedTuple<T> = ([keyof T & keyof Tuple] extends [never]
  ? Tuple<T[keyof T]>
  : Omit<Tuple<T[keyof T]>, keyof T>) &
  Readonly<T> &
  NamedMethods<T>;

/** A named tuple's class, called with or without `new`, by position or by name. */
export interface NamedTupleClass<T> {
  new (...items: readonly (T[keyof T] | Partial<T>)[]): NamedTuple<T>;
  (...items: readonly (T[keyof T] | Partial<T>)[]): NamedTuple<T>;
  readonly prototype: NamedTuple<T>;
  readonly __name__: string;
  readonly _fields: Tuple<string>;
  /** A tuple of the items in their order. */
  _make(items: Iterable<T[keyof T]>): NamedTuple<T>;
}

/** How named tuples of a class print. */
export interface NamedTupleOptions {
  /**
   * `inline`: `Point(x=1, y=2)`, as `collections.namedtuple` prints; `lines`: `torch.return_types.max(` and a field a line,
   * as PyTorch's results print.
   */
  readonly repr?: "inline" | "lines";
  /** Values of the last fields where a call leaves them out. */
  readonly defaults?: readonly unknown[];
}

/**
 * Makes a class of named tuples, Python's `collections.namedtuple`.
 *
 * @param typeName - its name; a dotted one is its module too
 * @param fields - the items' names in order
 *
 * @example
 * ```ts
 * import { namedTuple, print } from "@cognate/py";
 * const Point = namedTuple<{ x: number; y: number }>("Point", ["x", "y"]);
 * const p = Point(1, { y: 2 });
 * print(p, p.x, p[1], p._replace({ x: 0 })); // prints Point(x=1, y=2) 1 2 Point(x=0, y=2)
 * const Max = namedTuple<{ values: number; indices: number }>("torch.return_types.max", ["values", "indices"], { repr: "lines" });
 * print(Max(3, 0));
 * // prints
 * // torch.return_types.max(
 * // values=3,
 * // indices=0)
 * ```
 */
export function namedTuple<T extends object>(
  typeName: string,
  fields: readonly (keyof T & string)[],
  { repr: style = "inline", defaults = [] }: NamedTupleOptions = {},
): NamedTupleClass<T> {
  const name = typeName.slice(typeName.lastIndexOf(".") + 1);
  const signature = parseSignature(`${name}.__new__`, fields.join(" "), fields.length - defaults.length, 1);
  const fill = (items: Iterable<unknown>, target: Function): object =>
    freezeInto(Reflect.construct(Tuple, [], target) as Tuple, items);
  const C = function (...args: readonly unknown[]): object {
    const items = bindArguments(signature, args).map((x, i) =>
      x === undefined ? defaults[i - fields.length + defaults.length] : x,
    );
    return fill(items, new.target ?? C);
  } as Function;

  const make = (items: Iterable<unknown>): object => {
    const all = [...items];
    if (all.length !== fields.length)
      throw new TypeError(`Expected ${fields.length} arguments, got ${all.length}`);
    return fill(all, C);
  };
  const shown = (x: readonly unknown[], separator: string): string =>
    fields.map((f, i) => `${f}=${repr(x[i])}`).join(separator);
  const own = {
    _asdict(this: readonly unknown[]): object {
      return Object.fromEntries(fields.map((f, i) => [f, this[i]]));
    },
    _replace(this: readonly unknown[], changes: Readonly<Record<string, unknown>>): object {
      const strange = Object.keys(changes).filter((k) => !(fields as readonly string[]).includes(k));
      if (strange.length > 0) throw new ValueError(`Got unexpected field names: [${reprList(strange)}]`);
      return make(fields.map((f, i) => (f in changes ? changes[f] : this[i])));
    },
    __repr__(this: readonly unknown[]): string {
      return style === "lines" ? `${typeName}(\n${shown(this, ",\n")})` : `${name}(${shown(this, ", ")})`;
    },
  };
  const prototype = Object.create(Tuple.prototype, Object.getOwnPropertyDescriptors(own)) as object;
  for (const [i, field] of fields.entries())
    Object.defineProperty(prototype, field, {
      get(this: readonly unknown[]) {
        return this[i];
      },
    });
  const names = Tuple.of_(fields);
  Object.defineProperties(prototype, {
    constructor: { value: C, writable: true, configurable: true },
    _fields: { value: names },
  });
  Object.setPrototypeOf(C, Tuple);
  Object.defineProperties(C, {
    name: { value: name },
    __name__: { value: name },
    prototype: { value: prototype, writable: false },
    _fields: { value: names },
    _make: { value: make },
  });
  return nameClass(typeName, C) as unknown as NamedTupleClass<T>;
}
