import { arrayOf, integersOf, isInteger } from "@cognate/kernel";
import { Tuple, TypeError, type_name, ValueError } from "@cognate/py";
import { AxisError } from "../errors/classes.js";
import type { Axis, ShapeLike } from "./types.js";

/** A Python index: a whole number in whatever form. @throws TypeError */
export function indexOf(x: unknown): number {
  if (typeof x === "number" && Number.isInteger(x)) return x;
  if (typeof x === "bigint") return Number(x);
  if (typeof x === "boolean") return Number(x);
  const a = arrayOf(x);
  if (a && a.rank === 0 && isInteger(a.dtype)) return integersOf(a)[0]!;
  if (a) throw new TypeError("only integer scalar arrays can be converted to a scalar index");
  if (x instanceof Number) throw new TypeError("'float' object cannot be interpreted as an integer");
  throw new TypeError(`'${type_name(x)}' object cannot be interpreted as an integer`);
}

/** A list of whole numbers, or one. */
export function indicesOf(x: unknown): number[] {
  if (typeof x === "object" && x !== null && !(x instanceof Number)) {
    const a = arrayOf(x);
    if (a) {
      if (!isInteger(a.dtype)) throw new TypeError("'float' object cannot be interpreted as an integer");
      return [...integersOf(a)];
    }
    if (Symbol.iterator in x) return [...(x as Iterable<unknown>)].map(indexOf);
  }
  return [indexOf(x)];
}

/** Lengths of axes from a list or one number. @throws ValueError for negative ones */
export function shapeOf(shape: ShapeLike): number[] {
  if (typeof shape === "number" && !Number.isInteger(shape))
    throw new TypeError(`expected a sequence of integers or a single integer, got '${shape}'`);
  const out = indicesOf(shape);
  for (const n of out) if (n < 0) throw new ValueError("negative dimensions are not allowed");
  return out;
}

/** A new shape for `size` elements, −1 standing for what is left. @throws ValueError in NumPy's words */
export function resolveShape(shape: readonly number[], size: number): number[] {
  const unknown = shape.indexOf(-1);
  let known = 1;
  for (let i = 0; i < shape.length; i++) if (i !== unknown) known *= shape[i]!;
  const bad = (): ValueError =>
    new ValueError(
      `cannot reshape array of size ${size} into shape (${shape.map((n) => (n < 0 ? "newaxis" : n)).join(",")}${shape.length === 1 ? "," : ""})`,
    );
  if (unknown < 0) {
    if (known !== size || shape.some((n) => n < 0)) throw bad();
    return [...shape];
  }
  if (shape.some((n, i) => n < 0 && i !== unknown))
    throw new ValueError("can only specify one unknown dimension");
  if (known === 0 || size % known !== 0) throw bad();
  return shape.map((n, i) => (i === unknown ? size / known : n));
}

/** An axis counted from the front. @throws AxisError */
export function axisOf(axis: unknown, ndim: number, prefix: string | null = null): number {
  const a = indexOf(axis);
  if (a < -ndim || a >= ndim) throw new AxisError(a, ndim, prefix);
  return a < 0 ? a + ndim : a;
}

/** Axes counted from the front, in the order given; all of them for `null`. @throws AxisError, ValueError */
export function axesOf(axis: Axis | unknown, ndim: number, prefix: string | null = null): number[] {
  if (axis === null || axis === undefined) return Array.from({ length: ndim }, (_, i) => i);
  const out = indicesOf(axis).map((a) => axisOf(a, ndim, prefix));
  if (new Set(out).size !== out.length)
    throw new ValueError(
      prefix === null ? "duplicate value in 'axis'" : `repeated axis in \`${prefix}\` argument`,
    );
  return out;
}

/** {@link axesOf} as reductions take it: an array without axes has 0 and −1, and reduces to itself. */
export function reducedAxes(axis: Axis | unknown, ndim: number): number[] {
  const a = ndim === 0 && typeof axis === "number" ? axis : null;
  return a === 0 || a === -1 ? [] : axesOf(axis, ndim);
}

/** A shape as Python shows it. */
export const asTuple = (shape: readonly number[]): Tuple<number> => Tuple.of_(shape);
