import { arrayOf, inspectNested } from "@cognate/kernel";
import { repr, Tuple, TypeError, type } from "@cognate/py";

/*
 * What Keras and TensorFlow say of arguments that functions of `keras.ops` cannot take, where the arithmetic itself would
 * say something else or nothing. By the functions' names; each gets the arguments at their places.
 */

export type Check = (...args: never[]) => Error | null | undefined | false;
export type Shaped = {
  readonly _value?: { readonly shape: readonly number[]; readonly dtype: { name: string; kind: string } };
};

/** The shape of an argument; of what is no array, none. */
export function shapeOf(x: unknown): readonly number[] | undefined {
  const own = (x as Shaped | null | undefined)?._value ?? (x === null ? undefined : arrayOf(x));
  if (own) return own.shape;
  if (typeof x === "number" || typeof x === "boolean" || x instanceof Number) return [];
  if (!Array.isArray(x)) return undefined;
  try {
    return inspectNested(x).shape;
  } catch {
    return undefined;
  }
}
export const kindOf = (x: unknown): string | undefined =>
  (x as Shaped | null | undefined)?._value?.dtype.kind;
export const text = (shape: readonly number[]): string => `[${shape.join(",")}]`;
export const tupleText = (shape: readonly number[]): string => String(Tuple.of_([...shape]));
export const outside = (axis: unknown, rank: number): axis is number =>
  typeof axis === "number" && Number.isInteger(axis) && (axis < -rank || axis >= rank);
export const typeText = (x: unknown): string => repr(type(x)).slice("<class '".length, -2);

/** An argument that has to be whole and is not. */
export const notWhole = (x: unknown, dtype = "int32"): Error | false =>
  (typeof x === "number" && !Number.isInteger(x)) || typeof x === "string"
    ? new TypeError(`Cannot convert ${repr(x)} to EagerTensor of dtype ${dtype}`)
    : false;
export const notOrdered = (x: unknown): Error | false =>
  (x === null || typeof x === "string" || Array.isArray(x)) &&
  new TypeError(`'<' not supported between instances of '${typeText(x)}' and 'int'`);
