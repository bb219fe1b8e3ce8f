import { bool, castTo } from "@cognate/kernel";
import { Value } from "@cognate/tensor";
import { array, FluxArray, wrap } from "./array/array.js";
import { argmaxColumns, hcat } from "./array/functions.js";
import { ArgumentError } from "./errors.js";

/* Labels as columns with one true element, and back. */

type Label = number | string | boolean;
const labelsOf = (labels: Iterable<Label>): Label[] => [...labels];
const column = (l: Label, labels: readonly Label[]): number[] => {
  const i = labels.indexOf(l);
  if (i < 0)
    throw new ArgumentError(`Value ${typeof l === "string" ? JSON.stringify(l) : l} is not in labels`);
  return labels.map((_, k) => (k === i ? 1 : 0));
};
const bits = (x: FluxArray): FluxArray => wrap(new Value(castTo(x._value.array, bool)));

/** `onehot(x, labels)`: true at x's place among the labels. */
export const onehot = (x: Label, labels: Iterable<Label>): FluxArray =>
  bits(array(column(x, labelsOf(labels))));
/** `onehotbatch(xs, labels)`: a column for each. */
export function onehotbatch(xs: Iterable<Label>, labels: Iterable<Label>): FluxArray {
  const all = labelsOf(labels);
  return bits(hcat(...[...xs].map((x) => array(column(x, all)))));
}
/** `onecold(y, labels = 1:n)`: the label of the largest element, of each column. */
export function onecold(y: FluxArray, labels?: Iterable<Label>): Label | Label[] {
  const all = labels && labelsOf(labels);
  const places = argmaxColumns(new FluxArray(new Value(castTo(y._value.array, array([0]).dtype))));
  const named = places.map((i) => (all ? all[i - 1]! : i));
  return y.ndims() === 1 ? named[0]! : named;
}
