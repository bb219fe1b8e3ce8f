/**
 * A Lua table that is used as a list: entries at 1, 2, …, as the modules with several inputs or outputs take and give
 * them. Where a table is taken, a JavaScript array stands for the same list.
 *
 * @example
 * ```ts
 * import { Table } from "@cognate/torch7";
 * import { print } from "@cognate/py";
 * const t = new Table(["a", "b"]);
 * print(t[1], t.length, [...t]); // prints a 2 ['a', 'b']
 * ```
 */
export class Table<T = unknown> implements Iterable<T> {
  [index: number]: T;

  constructor(items: Iterable<T> = []) {
    let n = 0;
    for (const item of items) this[++n] = item;
  }
  /** `#t`: how many entries there are before the first missing one. */
  get length(): number {
    let n = 0;
    while (Object.hasOwn(this, n + 1)) n++;
    return n;
  }
  *[Symbol.iterator](): Generator<T> {
    for (let i = 1; Object.hasOwn(this, i); i++) yield this[i]!;
  }
  /** `table.insert(t, x)`. */
  insert(item: T): this {
    this[this.length + 1] = item;
    return this;
  }
}

/** The entries of a table, of an object with keys 1, 2, …, or of an array; `undefined` for anything else. */
export function entriesOf(x: unknown): readonly unknown[] | undefined {
  if (Array.isArray(x)) return x;
  if (x instanceof Table) return [...x];
  if (typeof x !== "object" || x === null || Object.getPrototypeOf(x) !== Object.prototype) return undefined;
  const record = x as Record<number, unknown>;
  const out: unknown[] = [];
  for (let i = 1; Object.hasOwn(record, i); i++) out.push(record[i]);
  return out.length === Object.keys(record).length ? out : undefined;
}
