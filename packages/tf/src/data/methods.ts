import { def, isPlainObject, method } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import { DatasetImpl, UNKNOWN } from "./dataset.js";
import { type Element, isStructure, leaves, mapStructure, type Spec, specOf, tupled } from "./structure.js";

/* What the methods of data sets share. */

export const int = (x: unknown): number => Number(isTensor(x) ? toTensor(x).item() : x);

export type D = DatasetImpl;
export const m = (name: string, signature: string, f: (self: never, ...rest: never[]) => unknown) =>
  method(def(`Dataset.${name}`, signature as "self", f as (self: D) => unknown));

export const innerSpec = (self: D, call: (x: Element) => D): Spec => {
  const first = self._parts.make().next();
  return first.done ? self._parts.spec : call(first.value)._parts.spec;
};
export const firstSpec = (self: D, f: (x: Element) => unknown): Spec => {
  const first = self._parts.make().next();
  return first.done ? self._parts.spec : mapStructure(specOf, tupled(f(first.value)));
};
export const windowOf = (items: readonly Element[], spec: Spec): unknown => {
  const make = (pick: (x: Element) => Element, s: Spec): D =>
    new DatasetImpl({
      kind: "_VariantDataset",
      spec: s,
      cardinality: UNKNOWN,
      make: () => items.map(pick)[Symbol.iterator](),
    });
  if (!isStructure(spec) && !isPlainObject(spec)) return make((x) => x, spec);
  let k = 0;
  return mapStructure((s) => {
    const i = k++;
    return make((x) => leaves(x)[i], s);
  }, spec);
};
export const shapesOf = (x: unknown, n: number): (readonly (number | null)[])[] => {
  if (n === 1 && Array.isArray(x) && x.every((v) => typeof v === "number" || v === null))
    return [x as (number | null)[]];
  if (Array.isArray(x) && (x as { _dims?: unknown })._dims === undefined)
    return x.map((v) => [...(v as (number | null)[])]);
  if (isPlainObject(x)) return Object.values(x).map((v) => [...(v as (number | null)[])]);
  return [[...(x as (number | null)[])]];
};
