import { nameClass } from "../core/names.js";
import { AttributeError } from "../exceptions.js";

const refuse = (method: string): never => {
  throw new AttributeError(`'frozenset' object has no attribute '${method}'`);
};

/**
 * A set that does not change.
 *
 * @example
 * ```ts
 * import { frozenset, print } from "@cognate/py";
 * print(frozenset([2, 1]), frozenset()); // prints frozenset({1, 2}) frozenset()
 * ```
 */
export class FrozenSet<T = unknown> extends Set<T> {
  constructor(items: Iterable<T> = []) {
    super();
    for (const item of items) super.add(item);
  }
  override add(): never {
    return refuse("add");
  }
  override delete(): never {
    return refuse("remove");
  }
  override clear(): never {
    return refuse("clear");
  }
}
nameClass("builtins.frozenset", FrozenSet);
