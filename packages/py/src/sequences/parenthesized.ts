import { guarded, reprList } from "../text/repr.js";

/**
 * A frozen array that prints with parentheses: what a tuple is before it has methods that raise (an exception's `args`
 * are one, and exceptions stand below {@link Tuple}).
 */
export class Parenthesized<T = unknown> extends Array<T> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  __repr__(): string {
    return guarded(this, "(...)", () => (this.length === 1 ? `(${reprList(this)},)` : `(${reprList(this)})`));
  }
  override toString(): string {
    return this.__repr__();
  }
}

/** Fills a new instance of a tuple class and freezes it. */
export function freezeInto<T, U extends Parenthesized<T>>(target: U, items: Iterable<T>): U {
  for (const item of items) target.push(item);
  return Object.freeze(target);
}
