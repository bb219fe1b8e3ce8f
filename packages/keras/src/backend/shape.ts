import { Float, repr, Tuple, TypeError, type, ValueError } from "@cognate/py";

/** Lengths of axes, `null` where unknown. */
export type Shape = readonly (number | null)[];
/** A shape as Keras gives it out. */
export type ShapeTuple = Tuple<number | null>;

/** A shape as a tuple. @throws ValueError, TypeError for what is none */
export function standardizeShape(shape: unknown): ShapeTuple {
  if (!Array.isArray(shape)) {
    if (shape === null || shape === undefined) throw new ValueError("Undefined shapes are not supported.");
    if (typeof shape !== "object" || !(Symbol.iterator in shape))
      throw new ValueError(`Cannot convert '${String(shape)}' to a shape.`);
  }
  const dims = [...(shape as Iterable<unknown>)].map((d) => {
    if (d === null || d === undefined) return null;
    const n = typeof d === "object" || typeof d === "bigint" ? Number(d) : d;
    if (typeof n !== "number" || !Number.isInteger(n) || d instanceof Float)
      throw new ValueError(
        `Cannot convert '${shown(shape)}' to a shape. Found invalid dimension '${String(d)}' of type '${repr(type(d))}'. `,
      );
    if (n < 0)
      throw new ValueError(
        `Cannot convert '${shown(shape)}' to a shape. Negative dimensions are not allowed.`,
      );
    return n;
  });
  return Tuple.of_(dims);
}

const shown = (shape: unknown): string => (typeof shape === "string" ? shape : repr(shape));

/** A shape text: `(None, 3)`. */
export const shapeText = (shape: Shape): string =>
  repr(shape instanceof Tuple ? Tuple.of_([...shape]) : Tuple.of_(shape));

/** Whether two shapes are the same, unknown lengths included. */
export const shapesEqual = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((d, i) => d === b[i]);

/** The product of the lengths. @throws TypeError for unknown ones */
export function sizeOfShape(shape: Shape): number {
  return shape.reduce<number>((n, d) => {
    if (d === null) throw new TypeError("unsupported operand type(s) for *: 'int' and 'NoneType'");
    return n * d;
  }, 1);
}

/** The lengths as numbers. @throws TypeError for unknown ones, as arrays have none */
export const knownLengths = (shape: readonly unknown[]): number[] =>
  shape.map((d) => {
    if (d === null || d === undefined)
      throw new TypeError("'NoneType' object cannot be interpreted as an integer");
    return Number(d);
  });
