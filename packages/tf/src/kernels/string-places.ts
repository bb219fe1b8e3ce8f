import { bool } from "@cognate/kernel";
import { StringArray } from "../core/strings.js";
import type { Value } from "../shared.js";
import { broadcastDims, numbers, reshape, size, valueOf } from "./tools.js";

/** For each element of the stretched shape, which element of an array of `shape` it is. */
export function places(shape: readonly number[], out: readonly number[]): number[] {
  const skip = out.length - shape.length;
  let all = [0];
  let stride = size(shape);
  for (let axis = 0; axis < out.length; axis++) {
    const length = axis < skip ? 1 : shape[axis - skip]!;
    stride = length > 0 ? stride / (axis < skip ? 1 : length) : 0;
    const step = length === 1 ? 0 : stride;
    all = all.flatMap((base) => Array.from({ length: out[axis]! }, (_, i) => base + i * step));
  }
  return all;
}

/** Texts stretched to a shape. */
export const stretchStrings = (a: StringArray, out: readonly number[]): readonly string[] =>
  a.shape.length === out.length && a.shape.every((n, i) => n === out[i])
    ? a.data
    : places(a.shape, out).map((i) => a.data[i]!);

/** Whether texts are equal (`same`), or different, place by place. */
export function equalStrings(a: StringArray, b: StringArray, same: boolean): Value {
  const shape = broadcastDims(a.shape, b.shape) as number[];
  const [x, y] = [stretchStrings(a, shape), stretchStrings(b, shape)];
  return reshape(
    valueOf(
      x.map((t, i) => (t === y[i]) === same),
      bool,
    ),
    shape,
  );
}

/** Texts of one array where a condition holds, else of the other. */
export function selectStrings(cond: Value, a: StringArray, b: StringArray): StringArray {
  const shape = broadcastDims(broadcastDims(a.shape, b.shape), cond.shape) as number[];
  const [x, y] = [stretchStrings(a, shape), stretchStrings(b, shape)];
  const c = numbers(cond.expand({ shape }) as Value);
  return new StringArray(
    shape,
    c.map((yes, i) => (yes ? x[i]! : y[i]!)),
  );
}
