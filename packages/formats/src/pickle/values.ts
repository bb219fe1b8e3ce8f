/**
 * What a pickle holds where JavaScript has no value of that kind. Where it has one, that is used: `null`, booleans,
 * numbers and bigints, strings, `Uint8Array` for bytes, arrays for lists, `Map` for dicts, `Set` for sets.
 */

/** A whole Python float: JavaScript's `1` would be read back as the integer 1. */
export class PyFloat extends Number {}

/** A Python tuple. Frozen: what a pickle calls a tuple never changes. */
export class PyTuple extends Array<unknown> {
  static of_(items: readonly unknown[]): PyTuple {
    const t = new PyTuple(items.length);
    for (let i = 0; i < items.length; i++) t[i] = items[i];
    return Object.freeze(t) as PyTuple;
  }
  // What map and filter give is no tuple.
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** A Python frozenset. */
export class PyFrozenSet extends Set<unknown> {}

/** A Python bytearray; bytes are a plain `Uint8Array`. */
export class PyByteArray extends Uint8Array {
  static get [Symbol.species](): Uint8ArrayConstructor {
    return Uint8Array;
  }
}

/** A Python complex number. */
export class PyComplex {
  constructor(
    readonly re: number,
    readonly im: number,
  ) {}
}

/** A dict whose class remembers more than its entries. */
export class PyDict extends Map<unknown, unknown> {
  /** The instance's `__dict__`, where the pickle set one (a state dict's `_metadata` comes this way). */
  attributes: Map<unknown, unknown> | undefined;
}

/** `collections.OrderedDict`. */
export class OrderedDict extends PyDict {}

/** `collections.Counter`. */
export class Counter extends PyDict {}

/** `collections.defaultdict`. */
export class DefaultDict extends PyDict {
  /** What makes a missing entry's value: a reference to a class, or `null`. */
  factory: unknown = null;
}

/** `collections.deque`. */
export class Deque extends Array<unknown> {
  maxlen: number | null = null;
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }
}

/** How the values come into being that callers may want in classes of their own. */
export interface PickleValues {
  /** Called for every float. */
  float(x: number): unknown;
  tuple(items: readonly unknown[]): unknown;
  complex(re: number, im: number): unknown;
}

/** The classes above; a float that is no whole number is a JavaScript number. */
export const plainValues: PickleValues = {
  float: (x) => (Number.isInteger(x) ? new PyFloat(x) : x),
  tuple: PyTuple.of_,
  complex: (re, im) => new PyComplex(re, im),
};

/** A JavaScript number where that is exact, else the bigint. */
export const intOf = (v: bigint): number | bigint => {
  const n = Number(v);
  return Number.isSafeInteger(n) ? n : v;
};
