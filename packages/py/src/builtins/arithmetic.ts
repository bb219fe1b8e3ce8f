import { splitKeywords } from "../call/keywords.js";
import { callMethod, methodOf } from "../core/plain.js";
import { OverflowError, TypeError } from "../exceptions.js";
import { isNegative } from "../format/digits.js";
import { fixedDigits } from "../numbers/decimal.js";
import { asFloat } from "../numbers/float.js";
import { normalInt } from "../numbers/int.js";
import { add } from "../operators/binary.js";
import type { Numeral } from "../operators/types.js";
import { numberOf, toIndex, truncated } from "../protocol/convert.js";
import { type ItemOf, iterate } from "../protocol/iterate.js";
import { typeName } from "../protocol/type-name.js";

type Sum<T> = [T] extends [Numeral] ? number : T;

/**
 * Python's `sum`: the items added up from `start` (0), from left to right, so that arrays and numbers mix.
 *
 * @throws TypeError for strings, which want `join`
 *
 * @example
 * ```ts
 * import { print, sum, tuple } from "@cognate/py";
 * print(sum([1, 2, 3]), sum([0.5, 0.5]), sum([[1], [2]], [])); // prints 6 1.0 [1, 2]
 * ```
 */
export function sum<X>(items: X, start?: unknown): Sum<ItemOf<X>> {
  const [[, given], keywords] = splitKeywords("sum", [items, start], ["start"], 1);
  let total: unknown = given ?? keywords.start ?? 0;
  if (typeof total === "string") throw new TypeError("sum() can't sum strings [use ''.join(seq) instead]");
  if (total instanceof Uint8Array) throw new TypeError("sum() can't sum bytes [use b''.join(seq) instead]");
  for (const item of iterate(items)) total = add(total, item);
  return total as Sum<ItemOf<X>>;
}

/** Digits past which every double is already exact, or below which it is all rounded away. */
const [MOST, LEAST] = [323, -308];

function roundFloat(x: number, digits: number): number {
  if (!Number.isFinite(x) || digits > MOST) return asFloat(x);
  if (digits < LEAST) return asFloat(x * 0);
  const size = Number(fixedDigits(Math.abs(x), digits));
  if (!Number.isFinite(size)) throw new OverflowError("rounded value too large to represent");
  return asFloat(isNegative(x) ? -size : size);
}

function roundInt(n: number | bigint, digits: number): number | bigint {
  if (digits >= 0) return n;
  const unit = 10n ** BigInt(-digits);
  const value = BigInt(n);
  const rest = ((value % unit) + unit) % unit;
  const down = value - rest;
  const up = rest * 2n > unit || (rest * 2n === unit && (down / unit) % 2n !== 0n);
  return normalInt(up ? down + unit : down);
}

/** To the nearest whole number, a tie to the even one. */
function nearest(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  return rest > 0.5 || (rest === 0.5 && down % 2 !== 0) ? down + 1 : down;
}

/**
 * Python's `round`: to an int, or to so many decimals; exact, ties to even; arrays by their own `round`.
 *
 * @example
 * ```ts
 * import { print, round } from "@cognate/py";
 * print(round(2.5), round(3.5), round(2.675, 2), round(0.9999, 2), round(1250, -2)); // prints 2 4 2.67 1.0 1200
 * ```
 */
export function round(x: Numeral, ndigits?: number | { readonly ndigits: number } | null): number;
export function round<T>(x: T, ndigits?: number | { readonly ndigits: number } | null): T;
export function round(x: unknown, ndigits?: unknown): unknown {
  const [[, given], keywords] = splitKeywords("round", [x, ndigits], ["ndigits"], 1);
  const digits = given ?? keywords.ndigits ?? null;
  const n = numberOf(x);
  if (n?.kind === "float")
    return digits === null ? truncated(nearest(n.value)) : roundFloat(n.value, toIndex(digits));
  if (n?.kind === "int") return digits === null ? n.value : roundInt(n.value, toIndex(digits));
  if (!n)
    for (const method of ["__round__", "round"])
      if (methodOf(x, method)) return callMethod(x as object, method, ...(digits === null ? [] : [digits]));
  throw new TypeError(`type ${typeName(x)} doesn't define __round__ method`);
}
