import type { Strided } from "@cognate/kernel";

/** What stands in a Torch7 file. `null` is Lua's nil. */
export type T7Value =
  | null
  | number
  | string
  | boolean
  | T7Table
  | T7Object
  | T7Tensor
  | T7Storage
  | T7Function;

/** A Lua table: keys and values in the order of the file. */
export class T7Table {
  constructor(readonly entries: [T7Value, T7Value][] = []) {}

  /** The value of a key. */
  get(key: T7Value): T7Value | undefined {
    return this.entries.find(([k]) => k === key)?.[1];
  }
  /** The entries at 1, 2, … if there are no other keys. */
  list(): T7Value[] | undefined {
    const byKey = new Map(this.entries);
    const out: T7Value[] = [];
    for (let i = 1; byKey.has(i); i++) out.push(byKey.get(i)!);
    return out.length === this.entries.length ? out : undefined;
  }
}
/** An object of a class, as the table of its fields. */
export class T7Object {
  fields: T7Value = null;
  constructor(
    readonly typename: string,
    readonly version = 1,
  ) {}
}
/** A storage; `array` has one axis over all of it. */
export class T7Storage {
  constructor(
    readonly typename: string,
    public array: Strided,
  ) {}
}
/** A tensor: a view of a storage, or `null` for one without axes. */
export class T7Tensor {
  array: Strided | null = null;
  constructor(readonly typename: string) {}
}
/** A Lua function, whose code is kept and never run. */
export class T7Function {
  constructor(
    readonly code: Uint8Array,
    public upvalues: T7Value = null,
  ) {}
}
