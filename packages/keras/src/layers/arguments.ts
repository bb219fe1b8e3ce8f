import { className, repr, Tuple, type, ValueError } from "@cognate/py";
import { standardizeDataFormat } from "../backend/config.js";
import { type Shape, shapeText } from "../backend/shape.js";
import { windowedLength } from "../ops/nn/windows.js";

/*
 * Checks of arguments that several layers share, in Keras's words.
 */

/** One whole number for all axes, or one each. */
export type PerAxis = number | readonly number[];

const isWhole = (x: unknown): x is number => typeof x === "number" && Number.isInteger(x);

/** A number or a list as a tuple of n positive whole numbers. @throws ValueError */
export function standardizeTuple(value: unknown, n: number, name: string, allowZero = false): Tuple<number> {
  let message = `The \`${name}\` argument must be a tuple of ${n} integers. Received ${name}=${repr(value)}`;
  let list: readonly unknown[];
  if (isWhole(value)) list = new Array<number>(n).fill(value);
  else {
    if (typeof value !== "object" || value === null || !(Symbol.iterator in value))
      throw new ValueError(message);
    list = [...(value as Iterable<unknown>)];
    if (list.length !== n) throw new ValueError(message);
    for (const single of list)
      if (!Number.isFinite(Number(single)))
        throw new ValueError(`${message}including element ${String(single)} of type ${repr(type(single))}`);
  }
  const numbers = list.map(Number);
  const wrong = [...new Set(numbers.filter((v) => (allowZero ? v < 0 : v <= 0)))];
  if (wrong.length > 0) {
    message += `, including values {${wrong.join(", ")}} that do not satisfy \`value ${allowZero ? ">= 0" : "> 0"}\``;
    throw new ValueError(message);
  }
  return Tuple.of_(numbers);
}

/** A padding in lower case. @throws ValueError */
export function standardizePadding(value: unknown, causal = false): string {
  const padding = String(value).toLowerCase();
  const allowed = causal ? ["valid", "same", "causal"] : ["valid", "same"];
  if (!allowed.includes(padding))
    throw new ValueError(
      `The \`padding\` argument must be a list/tuple or one of {${allowed.map((p) => `'${p}'`).join(", ")}}. Received: ${padding}`,
    );
  return padding;
}

export { standardizeDataFormat };

/** Parts of a shape by data format. */
export const channelAxis = (format: string): number => (format === "channels_last" ? -1 : 1);
export const channelsOf = (shape: Shape, format: string): number | null =>
  (format === "channels_last" ? shape[shape.length - 1] : shape[1]) as number | null;
export const spatialOf = (shape: Shape, format: string): (number | null)[] =>
  format === "channels_last" ? shape.slice(1, -1) : shape.slice(2);
export const shapeOf = (
  batch: number | null,
  spatial: Shape,
  channels: number | null,
  format: string,
): Tuple<number | null> =>
  Tuple.of_<number | null>(
    format === "channels_last" ? [batch, ...spatial, channels] : [batch, channels, ...spatial],
  );

const brackets = (list: readonly (number | null)[]): string => `[${list.map((d) => d ?? "None").join(" ")}]`;

/** The shape that a convolution gives. @throws ValueError for a result without elements */
export function convOutputShape(
  input: Shape,
  filters: number,
  kernel: readonly number[],
  strides: readonly number[],
  padding: string,
  format: string,
  dilations: readonly number[],
): Tuple<number | null> {
  const spatial = spatialOf(input, format);
  const kernelShape = Tuple.of_<number | null>([...kernel, channelsOf(input, format), filters]);
  if (kernelShape.length !== input.length)
    throw new ValueError(
      `Kernel shape must have the same length as input, but received kernel of shape ${kernelShape} and input of shape ${shapeText(input)}.`,
    );
  const out = spatial.map((n, i) => windowedLength(n, kernel[i]!, strides[i]!, padding, dilations[i]!));
  if (padding === "valid" && out.some((n) => n !== null && n <= 0))
    throw new ValueError(
      `Computed output size would be zero or negative. Received \`inputs shape=${shapeText(input)}\`, \`kernel shape=${kernelShape}\`, \`dilation_rate=${brackets(dilations)}\`, \`strides=${Tuple.of_(strides)}\`, \`padding=${padding}\`.`,
    );
  return shapeOf(input[0] ?? null, out, filters, format);
}

/** The shape that pooling gives. @throws ValueError for a result without elements */
export function poolOutputShape(
  input: Shape,
  pool: readonly number[],
  strides: readonly number[],
  padding: string,
  format: string,
): Tuple<number | null> {
  if (padding !== "valid" && padding !== "same")
    throw new ValueError(
      `Argument \`padding\` must be either 'valid' or 'same'. Received: padding=${padding}`,
    );
  const out = spatialOf(input, format).map((n, i) => windowedLength(n, pool[i]!, strides[i]!, padding));
  if (padding === "valid" && out.some((n) => n !== null && n <= 0))
    throw new ValueError(
      `Computed output size would be zero or negative. Received: \`inputs.shape=${brackets(input)}\`, \`pool_size=${brackets(pool)}\`, \`strides=${Tuple.of_(strides)}\`, \`padding=${padding}\`.`,
    );
  return shapeOf(input[0] ?? null, out, channelsOf(input, format), format);
}

/** @throws ValueError unless a text is among those that an argument may have */
export function checkText(
  value: unknown,
  allowed: readonly string[],
  owner: object,
  argument: string,
  kind = "layer ",
): void {
  if (typeof value === "string" && allowed.includes(value)) return;
  throw new ValueError(
    `Unknown value for \`${argument}\` argument of ${kind}${className(owner.constructor)}. Allowed values are: ${repr(Tuple.of_(allowed))}. Received: ${argument}=${String(value)}`,
  );
}
