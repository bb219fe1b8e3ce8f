import { methodOf } from "../core/plain.js";
import { TypeError } from "../exceptions.js";
import { percentOperator } from "../format/percent.js";
import { intOf } from "../protocol/convert.js";
import { NotImplemented } from "../protocol/equality.js";
import { typeName } from "../protocol/type-name.js";
import { Tuple } from "../sequences/tuple.js";
import {
  concatenate,
  isSequence,
  repeated,
  setDifference,
  setExclusion,
  setIntersection,
  union,
} from "./containers.js";
import { type BinaryOperator, binary } from "./dispatch.js";
import * as numeric from "./numeric.js";
import type { BinaryResult } from "./types.js";

type Meaning = Pick<BinaryOperator, "numeric" | "containers" | "refusal">;

/** An operator whose methods are `add`, `__add__` on the left and `radd`, `__radd__` on the right. */
function operator<Name extends string>(
  name: Name,
  symbol: string,
  meaning: Meaning,
  { dunder = name as string, alias = [] as readonly string[] } = {},
): <A, B>(a: A, b: B) => BinaryResult<A, B, Name, `r${Name}`> {
  const op: BinaryOperator = {
    symbol,
    methods: [`__${dunder}__`, name, ...alias],
    reflected: [`__r${dunder}__`, `r${name}`],
    ...meaning,
  };
  const f = <A, B>(a: A, b: B): BinaryResult<A, B, Name, `r${Name}`> =>
    binary(op, a, b) as BinaryResult<A, B, Name, `r${Name}`>;
  Object.defineProperty(f, "name", { value: name });
  return f;
}

function concatRefusal(a: unknown, b: unknown): string | undefined {
  if (a instanceof Uint8Array) return `can't concat ${typeName(b)} to bytes`;
  if (!isSequence(a)) return undefined;
  const kind = typeName(a);
  return `can only concatenate ${kind} (not "${typeName(b)}") to ${kind}`;
}

function repeatRefusal(a: unknown, b: unknown): string | undefined {
  const count = isSequence(a) ? b : isSequence(b) ? a : undefined;
  if (count === undefined || intOf(count) !== undefined) return undefined;
  return `can't multiply sequence by non-int of type '${typeName(count)}'`;
}

/**
 * `a + b` as in Python: numbers, strings, lists, tuples, and arrays of every package by their `add` and `radd`.
 *
 * @throws TypeError in Python's words for operands that do not go together
 *
 * @example
 * ```ts
 * import { add, float, print } from "@cognate/py";
 * print(add(1, 2), add(1, float(2)), add([1], [2]), add("a", "b")); // prints 3 3.0 [1, 2] ab
 * ```
 */
export const add = operator("add", "+", {
  numeric: numeric.addition,
  containers: concatenate,
  refusal: concatRefusal,
});

/** `a - b`: numbers, sets, arrays. */
export const sub = operator("sub", "-", { numeric: numeric.subtraction, containers: setDifference });

/**
 * `a * b`: numbers, a sequence so many times, arrays.
 *
 * @example
 * ```ts
 * import { mul, print } from "@cognate/py";
 * print(mul(6, 7), mul([0], 3), mul(2 ** 40, 2 ** 40)); // prints 42 [0, 0, 0] 1208925819614629174706176
 * ```
 */
export const mul = operator("mul", "*", {
  numeric: numeric.multiplication,
  containers: repeated,
  refusal: repeatRefusal,
});

/**
 * `a / b`: numbers give a float, whole or not; arrays.
 *
 * @throws ZeroDivisionError for numbers divided by zero
 *
 * @example
 * ```ts
 * import { div, print } from "@cognate/py";
 * print(div(6, 3), div(1, 3)); // prints 2.0 0.3333333333333333
 * ```
 */
export const div = operator("div", "/", { numeric: numeric.division }, { dunder: "truediv" });

/** `a // b`: the quotient rounded down; arrays. @throws ZeroDivisionError for numbers divided by zero */
export const floordiv = operator("floordiv", "//", { numeric: numeric.floorDivision });

/**
 * `a % b`: the remainder with the divisor's sign; a string on the left is a format; arrays.
 *
 * @example
 * ```ts
 * import { floordiv, mod, print, tuple } from "@cognate/py";
 * print(mod(-7, 3), floordiv(-7, 3), mod("%d of %d", tuple([1, 2]))); // prints 2 -3 1 of 2
 * ```
 */
export const mod = operator("mod", "%", {
  numeric: numeric.modulo,
  containers: (a, b) => (typeof a === "string" ? percentOperator(a, b) : NotImplemented),
});

/** `a @ b` of arrays. */
export const matmul = operator("matmul", "@", {});

/** `a & b`: bits of ints, sets, arrays. */
export const and_ = operator(
  "and",
  "&",
  { numeric: numeric.conjunction, containers: setIntersection },
  { alias: ["and_"] },
);

/** `a | b`: bits of ints, sets, dicts, arrays. */
export const or_ = operator(
  "or",
  "|",
  { numeric: numeric.disjunction, containers: union },
  { alias: ["or_"] },
);

/** `a ^ b`: bits of ints, sets, arrays. */
export const xor = operator("xor", "^", { numeric: numeric.exclusion, containers: setExclusion });

/** `a << b`, of any number of bits; arrays. */
export const lshift = operator("lshift", "<<", { numeric: numeric.leftShift });

/** `a >> b`; arrays. */
export const rshift = operator("rshift", ">>", { numeric: numeric.rightShift });

const power = operator("pow", "**", {
  numeric: numeric.powers,
  refusal: (a, b) => `unsupported operand type(s) for ** or pow(): '${typeName(a)}' and '${typeName(b)}'`,
});

/**
 * `a ** b`, and `a ** b % modulus` with three arguments; arrays.
 *
 * Ints grow beyond 2^53 as bigints, a negative exponent gives a float, a root of a negative number is complex.
 *
 * @example
 * ```ts
 * import { pow, print } from "@cognate/py";
 * print(pow(2, 100), pow(2, -1), pow(3, 4, 5)); // prints 1267650600228229401496703205376 0.5 1
 * ```
 */
export function pow<A, B>(a: A, b: B): BinaryResult<A, B, "pow", "rpow">;
export function pow(a: number | bigint, b: number | bigint, modulus: number | bigint | null): number;
export function pow(a: unknown, b: unknown, modulus?: unknown): unknown {
  if (modulus === undefined || modulus === null) return power(a, b);
  const ints = [a, b, modulus].map(intOf);
  if (ints.some((x) => x === undefined)) {
    const [x, y, z] = [a, b, modulus].map(typeName);
    if ([a, b, modulus].every((v) => typeof v === "number" || v instanceof Number))
      throw new TypeError("pow() 3rd argument not allowed unless all arguments are integers");
    throw new TypeError(`unsupported operand type(s) for ** or pow(): '${x}', '${y}', '${z}'`);
  }
  return numeric.modularPower(...(ints as [number, number, number]));
}

const pairOf = operator("divmod", "divmod()", { numeric: numeric.divisionWithRest });

/**
 * `(a // b, a % b)` as a tuple.
 *
 * @example
 * ```ts
 * import { divmod, print } from "@cognate/py";
 * print(divmod(-7, 2), divmod(7.5, 2)); // prints (-4, 1) (3.0, 1.5)
 * ```
 */
export function divmod<A, B>(
  a: A,
  b: B,
): Tuple<BinaryResult<A, B, "floordiv", "rfloordiv"> | BinaryResult<A, B, "mod", "rmod">> {
  const [x, y]: unknown[] = [a, b];
  if (methodOf(x, "floordiv") || methodOf(y, "rfloordiv")) return Tuple.of_([floordiv(a, b), mod(a, b)]);
  return pairOf(a, b) as ReturnType<typeof divmod<A, B>>;
}
