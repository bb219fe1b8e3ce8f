import type { Complex } from "../numbers/complex.js";

/** A Python number in JavaScript: booleans count, boxed floats too. */
export type Numeral = number | bigint | boolean | Number;

type IsAny<T> = 0 extends 1 & T ? true : false;

/** What the object's method of that name returns. */
type Returned<T, Name extends string> = T extends { readonly [K in Name]: (...args: never[]) => infer R }
  ? R
  : unknown;

type OnBuiltins<A, B, Name extends string, Reflected extends string> = A extends Numeral
  ? B extends Numeral
    ? number
    : B extends Complex
      ? Complex
      : B extends string | readonly unknown[]
        ? B
        : Returned<B, Reflected>
  : A extends Complex
    ? B extends Numeral | Complex
      ? Complex
      : Returned<B, Reflected>
    : A extends string
      ? string
      : A extends readonly (infer T)[]
        ? B extends readonly (infer U)[]
          ? (T | U)[]
          : B extends Numeral
            ? A
            : Returned<B, Reflected>
        : A extends ReadonlySet<unknown> | ReadonlyMap<unknown, unknown>
          ? A
          : Returned<A, Name>;

/** The type of `a op b`: a number of numbers, else what the operands' own methods return. */
export type BinaryResult<A, B, Name extends string, Reflected extends string> =
  IsAny<A> extends true ? A : IsAny<B> extends true ? B : OnBuiltins<A, B, Name, Reflected>;

/** The type of `op x`. */
export type UnaryResult<A, Name extends string> =
  IsAny<A> extends true ? A : A extends Numeral ? number : A extends Complex ? Complex : Returned<A, Name>;

/** The type of a comparison: a boolean unless an operand is an array that compares by elements. */
export type CompareResult<A, B, Name extends string, Reflected extends string> =
  IsAny<A> extends true
    ? A
    : IsAny<B> extends true
      ? B
      : A extends { readonly [K in Name]: (...args: never[]) => infer R }
        ? R
        : B extends { readonly [K in Reflected]: (...args: never[]) => infer R }
          ? R
          : boolean;
