import { callMethod, methodOf } from "../core/plain.js";
import { TypeError } from "../exceptions.js";
import { equal, NotImplemented } from "../protocol/equality.js";
import { truth } from "../protocol/truth.js";
import { typeName } from "../protocol/type-name.js";
import { ORDERINGS, ordered } from "./containers.js";
import { attempt, type BinaryOperator } from "./dispatch.js";
import type { Int } from "./numeric.js";
import type { CompareResult } from "./types.js";

type OrderingName = keyof typeof ORDERINGS;

const SYMBOLS = { lt: "<", le: "<=", gt: ">", ge: ">=" } as const;
const MIRRORED = { lt: "gt", le: "ge", gt: "lt", ge: "le" } as const;

const COMPARE: Record<OrderingName, (a: Int, b: Int) => boolean> = {
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
};

function comparison<Name extends OrderingName>(
  name: Name,
): <A, B>(a: A, b: B) => CompareResult<A, B, Name, (typeof MIRRORED)[Name]> {
  const mirrored = MIRRORED[name];
  const numbers = COMPARE[name];
  const op: BinaryOperator = {
    symbol: SYMBOLS[name],
    methods: [`__${name}__`, name],
    reflected: [`__${mirrored}__`, mirrored],
    numeric: { int: numbers, float: numbers },
    containers: (a, b) => ordered(ORDERINGS[name], a, b, compare),
  };
  function compare(a: unknown, b: unknown): unknown {
    if (typeof a === "number" && typeof b === "number") return numbers(a, b);
    const answer = attempt(op, a, b);
    if (answer !== NotImplemented) return answer;
    throw new TypeError(
      `'${op.symbol}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
    );
  }
  Object.defineProperty(compare, "name", { value: name });
  return compare as <A, B>(a: A, b: B) => CompareResult<A, B, Name, (typeof MIRRORED)[Name]>;
}

/**
 * `a < b`: numbers, strings by code point, lists and tuples item by item, sets, arrays.
 *
 * @throws TypeError in Python's words for what has no order
 *
 * @example
 * ```ts
 * import { lt, print } from "@cognate/py";
 * print(lt(1, 2), lt([1, 2], [1, 3]), lt("b", "a")); // prints True True False
 * ```
 */
export const lt = comparison("lt");
/** `a <= b`, see {@link lt}. */
export const le = comparison("le");
/** `a > b`, see {@link lt}. */
export const gt = comparison("gt");
/** `a >= b`, see {@link lt}. */
export const ge = comparison("ge");

/**
 * `a == b`: numbers by value, lists, tuples, dicts and sets by their items, arrays by their own `eq`.
 *
 * @example
 * ```ts
 * import { eq, float, print, tuple } from "@cognate/py";
 * print(eq([1, [2]], [1, [float(2)]]), eq(tuple([1]), [1]), eq({ a: 1 }, { a: 1 })); // prints True False True
 * ```
 */
export function eq<A, B>(a: A, b: B): CompareResult<A, B, "eq", "eq"> {
  return equal(a, b) as CompareResult<A, B, "eq", "eq">;
}

const isOwn = (x: unknown): boolean => typeof x === "object" && x !== null && !Array.isArray(x);

/** `a != b`, see {@link eq}. */
export function ne<A, B>(a: A, b: B): CompareResult<A, B, "ne", "ne"> {
  for (const [x, y] of [
    [a, b],
    [b, a],
  ])
    for (const name of ["__ne__", "ne"])
      if (isOwn(x) && methodOf(x, name)) {
        const answer = callMethod(x as object, name, y);
        if (answer !== NotImplemented) return answer as CompareResult<A, B, "ne", "ne">;
      }
  return !truth(equal(a, b)) as CompareResult<A, B, "ne", "ne">;
}
