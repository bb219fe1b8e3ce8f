import { type DType, isInteger, type Shape } from "@cognate/kernel";
import { IndexError, RuntimeError } from "@cognate/py";
import { cppTypeName, scalarName } from "./promotion.js";

/*
 * What PyTorch says in several places, a function a sentence.
 */

/** A shape as PyTorch writes it in messages: `[2, 3]`. */
export const shown = (shape: Shape): string => `[${shape.join(", ")}]`;

/** Two shapes that do not stretch to one: PyTorch names the first axis, from the end, that does not fit. */
export function sizesDiffer(a: Shape, b: Shape): Error {
  const rank = Math.max(a.length, b.length);
  for (let i = rank - 1; i >= 0; i--) {
    const m = a[i - rank + a.length] ?? 1;
    const n = b[i - rank + b.length] ?? 1;
    if (m !== n && m !== 1 && n !== 1)
      return new RuntimeError(
        `The size of tensor a (${m}) must match the size of tensor b (${n}) at non-singleton dimension ${i}`,
      );
  }
  return new RuntimeError("The sizes of the tensors do not match");
}

/** A tensor that is written to would have to grow. */
export const growing = (own: Shape, shape: Shape): Error =>
  new RuntimeError(`output with shape ${shown(own)} doesn't match the broadcast shape ${shown(shape)}`);

/** A tensor that is written to cannot hold a result. */
export const cannotCast = (result: DType, own: DType): string =>
  `result type ${scalarName(result)} can't be cast to the desired output type ${scalarName(own)}`;

/** An `out` tensor that must be of the result's type. */
export const otherOut = (type: DType, out: DType): Error =>
  new RuntimeError(
    `Expected out tensor to have dtype ${cppTypeName(type)}, but got ${cppTypeName(out)} instead`,
  );

/** A number that an element type of C++ cannot hold. */
export const overflow = (type: string): Error =>
  new RuntimeError(`value cannot be converted to type ${type} without overflow`);

/** How C++ names an element type where it says {@link overflow}. */
export const cName = (d: DType): string =>
  isInteger(d) && d.name !== "int32" ? `${d.name}_t` : cppTypeName(d);

/** An axis of a number. */
export const noAxes = (dim: number): Error =>
  new IndexError(`Dimension specified as ${dim} but tensor has no dimensions`);

/** A position that an axis has not. */
export const beyond = (index: number, dim: number, size: number): string =>
  `index ${index} is out of bounds for dimension ${dim} with size ${size}`;

/** A tensor with axes where a number is meant. */
export const notNumber = (op: string, rank: number): Error =>
  new RuntimeError(`${op} only supports 0-dimension value tensor but got tensor with ${rank} dimensions.`);

export const INDEX_TYPES = "tensors used as indices must be long, int, byte or bool tensors";
