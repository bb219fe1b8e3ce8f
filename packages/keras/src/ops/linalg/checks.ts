import { ValueError } from "@cognate/py";
import { type Shape, shapeText } from "../../backend/shape.js";

/*
 * What functions of matrices ask of their arguments.
 */

/** @throws ValueError for fewer than two axes */
export function assertMatrices(shape: Shape): void {
  if (shape.length < 2)
    throw new ValueError(`Expected input to have rank >= 2. Received input with shape ${shapeText(shape)}.`);
}
/** @throws ValueError for matrices that are not square */
export function assertSquare(shape: Shape): void {
  const [m, n] = shape.slice(-2);
  if (m !== n)
    throw new ValueError(
      `Expected a square matrix. Received non-square input with shape ${shapeText(shape)}`,
    );
}
/** @throws ValueError for a scalar, or for right sides of another length than the matrices */
export function assertSides(a: Shape, b: Shape, shown: string): void {
  if (b.length < 1) throw new ValueError(`Expected input to have rank >= 1. Received scalar input ${shown}.`);
  const [at, where] =
    a.length === b.length ? [-2, "-2"] : a.length === b.length - 1 ? [-1, "-1"] : [null, ""];
  if (at === null || a.at(at) === b.at(at)) return;
  throw new ValueError(
    `Incompatible shapes between \`a\` and \`b\`. Expected \`a.shape[${where}] == b.shape[${where}]\`. Received: a.shape=${shapeText(a)}, b.shape=${shapeText(b)}`,
  );
}
