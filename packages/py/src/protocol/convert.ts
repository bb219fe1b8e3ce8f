import { callMethod, isPlainObject, methodOf } from "../core/plain.js";
import { OverflowError, TypeError, ValueError } from "../exceptions.js";
import { Complex } from "../numbers/complex.js";
import { isInt } from "../numbers/float.js";
import { normalInt } from "../numbers/int.js";
import { typeName } from "./type-name.js";

/** What Python's arithmetic sees in a JavaScript value. */
export type PyNumber =
  | { readonly kind: "int"; readonly value: number | bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "complex"; readonly value: Complex };

/** The int that a value is: booleans count, whole boxed floats do not; `undefined` for anything else. */
export function intOf(x: unknown): number | bigint | undefined {
  if (typeof x === "number") return isInt(x) ? x : undefined;
  if (typeof x === "bigint") return normalInt(x);
  return typeof x === "boolean" ? Number(x) : undefined;
}

/** The float that a value is; `undefined` for anything else, ints too. */
export function floatOf(x: unknown): number | undefined {
  if (typeof x === "number") return isInt(x) ? undefined : x;
  return x instanceof Number ? x.valueOf() : undefined;
}

/** The Python number that a value is, or `null`. */
export function numberOf(x: unknown): PyNumber | null {
  const int = intOf(x);
  if (int !== undefined) return { kind: "int", value: int };
  const float = floatOf(x);
  if (float !== undefined) return { kind: "float", value: float };
  return x instanceof Complex ? { kind: "complex", value: x } : null;
}

/**
 * The number, boolean or text that stands in an object: what `__float__`, `__index__`, `item()` or `valueOf()` give;
 * `undefined` where the object holds none.
 */
export function scalarOf(x: unknown, ...methods: readonly string[]): unknown {
  if ((typeof x !== "object" && typeof x !== "function") || x === null) return undefined;
  for (const name of [...methods, "item"])
    if (methodOf(x, name) && !isPlainObject(x)) return callMethod(x, name);
  const value = (x as object).valueOf();
  return typeof value === "object" || typeof value === "function" ? undefined : value;
}

/** An int as a float. @throws OverflowError beyond the doubles */
export function toFloat(n: number | bigint): number {
  const x = Number(n);
  if (!Number.isFinite(x)) throw new OverflowError("int too large to convert to float");
  return x;
}

/** A float as an int, cut off. @throws OverflowError, ValueError for what is not finite */
export function truncated(x: number): number | bigint {
  if (Number.isNaN(x)) throw new ValueError("cannot convert float NaN to integer");
  if (!Number.isFinite(x)) throw new OverflowError("cannot convert float infinity to integer");
  const whole = Math.trunc(x) + 0;
  return Number.isSafeInteger(whole) ? whole : normalInt(BigInt(whole));
}

/** Something that counts: an index, a length, a step. @throws TypeError in Python's words for anything but an int */
export function toIndex(x: unknown, fail?: string): number {
  if (x === 0) return 0;
  const direct = intOf(x);
  if (direct !== undefined) return Number(direct);
  const inner = x instanceof Number ? undefined : intOf(scalarOf(x, "__index__"));
  if (inner !== undefined) return Number(inner);
  throw new TypeError(fail ?? `'${typeName(x)}' object cannot be interpreted as an integer`);
}
