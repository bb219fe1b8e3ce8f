import { dtypeNamed, int32, ops, Strided } from "@cognate/kernel";
import { repr, type, ValueError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { floatx } from "../../backend/config.js";
import { castValue, valueOf } from "../../backend/create.js";
import { Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { apply } from "../../ops/make.js";
import * as tree from "../../tree.js";
import { isArray } from "./data-adapter.js";

/*
 * Arrays as tensors, and parts of them.
 */

/** An array as a tensor; floats in the default type, as Keras feeds them. */
export function toTensor(x: unknown): Tensor {
  const v = valueOf(x);
  const type = dtypeNamed(floatx())!;
  if (v.dtype.kind === "float" && v.dtype !== type) return wrap(castValue(v, type));
  return x instanceof Tensor && x._value === v ? x : wrap(v);
}
/** {@link toTensor} of every array of a structure; `null` stays. */
export const toTensors = (data: unknown): unknown =>
  tree.map((x: unknown) => (x === null || x === undefined ? null : toTensor(x)), data);

/** Rows `start` to `stop` of every tensor of a structure, in the same memory. */
export const slices = (data: unknown, start: number, stop: number): unknown =>
  tree.map((x: Tensor | null) => {
    if (x === null) return null;
    const { _value: v } = x;
    if (start === 0 && stop === v.shape[0]) return x;
    return wrap(apply(ops.slice, [v], { dim: 0, start, step: 1, length: stop - start }));
  }, data);

/** Named rows of every tensor of a structure. */
export const rows = (data: unknown, order: Strided): unknown =>
  tree.map(
    (x: Tensor | null) => (x === null ? null : wrap(apply(ops.index, [x._value], { indices: [order] }))),
    data,
  );

/** Part of an order of rows. */
export const part = (order: Strided, start: number, stop: number): Strided =>
  order.view([stop - start], order.strides, order.offset + start * order.strides[0]!);
/** Row numbers as an array. */
export const orderOf = (numbers: Int32Array): Strided => Strided.over(numbers, int32, [numbers.length]);

/** The number of rows of the arrays of a structure. */
export const lengthsOf = (data: unknown): number[] =>
  tree
    .flatten(data)
    .filter((x) => x !== null && x !== undefined)
    .map((x) => (x as Tensor)._value.shape[0] ?? 0);

/** @throws ValueError for arrays of different numbers of rows */
export function checkCardinality(parts: readonly unknown[]): void {
  if (new Set(parts.flatMap(lengthsOf)).size <= 1) return;
  let message = "Data cardinality is ambiguous. Make sure all arrays contain the same number of samples.";
  ["x", "y", "sample_weight"].forEach((label, i) => {
    if (i < parts.length && parts[i] !== null)
      message += `'${label}' sizes: ${lengthsOf(parts[i]).join(", ")}\n`;
  });
  throw new ValueError(message);
}

/** Labels to weights: a dict, or a map. */
export type ClassWeight = Readonly<Record<string, number>> | ReadonlyMap<number | string, number>;

/** One weight an entry by its class: numbers of classes, or lines of shares. */
export function classWeights(y: TensorLike, weights: ClassWeight): Tensor {
  let v = valueOf(y);
  const rank = v.shape.length;
  if (rank > 1)
    v =
      v.shape[rank - 1] === 1
        ? apply(ops.reshape, [v], { shape: v.shape.slice(0, -1) })
        : apply(ops.argmax, [v], { dims: [-1] });
  const classes = v.dtype.kind === "float" ? apply(ops.round, [v], undefined as never) : v;
  const pairs = weights instanceof Map ? [...weights] : Object.entries(weights);
  const dtype = dtypeNamed(floatx())!;
  let out = new Value(Strided.zeros(dtype, classes.shape)).add(1);
  for (const [label, weight] of pairs as [number | string, number][])
    out = out.full([], Number(weight)).where(classes.eq(Number(label)), out);
  return wrap(out as Value);
}

/** The first rows, and the last ones, which are a share of all. @throws ValueError */
export function trainValidationSplit(data: readonly unknown[], share: number): [unknown[], unknown[]] {
  const leaves = tree.flatten(data).filter((x) => x !== null && x !== undefined);
  const other = leaves.filter((x) => !isArray(x)).map((x) => repr(type(x)));
  if (other.length > 0)
    throw new ValueError(
      `Argument \`validation_split\` is only supported for tensors or NumPy arrays. Found incompatible type in the input: [${other.join(", ")}]`,
    );
  if (leaves.length === 0) return [[...data], [...data]];
  const tensors = toTensors(data) as unknown[];
  const count = lengthsOf(tensors)[0]!;
  const at = Math.floor(count * (1 - share));
  if (at === 0 || at === count)
    throw new ValueError(
      `Training data contains ${count} samples, which is not sufficient to split it into a validation and training set as specified by \`validation_split=${share}\`. Either provide more data, or a different value for the \`validation_split\` argument.`,
    );
  return [slices(tensors, 0, at) as unknown[], slices(tensors, at, count) as unknown[]];
}
