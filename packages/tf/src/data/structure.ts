import { isPlainObject, repr, Tuple } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import { InvalidArgumentError } from "../core/errors.js";
import { function_ } from "../function/function.js";
import { TensorSpec } from "../function/specs.js";
import { dimsOf } from "../graph/shape.js";
import { stack } from "../ops/array.js";
import type { Data } from "../ops/make.js";
import type { Tensor } from "../shared.js";

export type Element = unknown;
export type Spec = unknown;
export type Fn = (...args: never[]) => unknown;

/** What every data set is: elements may be data sets themselves. */
export abstract class AnyDataset {
  abstract readonly element_spec: Spec;
}

export const isArray = (x: unknown): boolean =>
  isTensor(x) ||
  ArrayBuffer.isView(x) ||
  (typeof x === "object" && x !== null && "dtype" in x && "shape" in x);
/** A JavaScript list whose items are arrays, dicts or tuples is what Python writes as a tuple. */
export const isStructure = (x: unknown): x is readonly unknown[] =>
  x instanceof Tuple ||
  (Array.isArray(x) &&
    !isArray(x) &&
    x.length > 0 &&
    x.every((v) => isArray(v) || isPlainObject(v) || v instanceof Tuple || v instanceof AnyDataset));
export const mapStructure = (f: (leaf: unknown) => unknown, x: unknown): unknown => {
  if (isStructure(x)) return Tuple.of_(x.map((v) => mapStructure(f, v)));
  if (isPlainObject(x) && !isArray(x))
    return Object.fromEntries(Object.entries(x).map(([k, v]) => [k, mapStructure(f, v)]));
  return f(x);
};
export const leaves = (x: unknown): unknown[] => {
  const out: unknown[] = [];
  mapStructure((v) => {
    out.push(v);
    return v;
  }, x);
  return out;
};
export const specOf = (x: unknown): unknown => {
  if (x instanceof AnyDataset) return new DatasetSpec(x.element_spec);
  const t = toTensor(x);
  return new TensorSpec(dimsOf(t.shape), t.dtype);
};
export const zipLeaves = (
  like: unknown,
  rows: readonly unknown[][],
  f: (column: unknown[]) => unknown,
): unknown => {
  let k = 0;
  return mapStructure(() => {
    const i = k++;
    return f(rows.map((r) => r[i]));
  }, like);
};
/** Tensors of data, in its structure. */
export const tensors = (x: unknown): unknown =>
  mapStructure((v) => (v instanceof AnyDataset ? v : toTensor(v)), x);

export class DatasetSpec {
  constructor(readonly element_spec: unknown) {}
  __repr__(): string {
    return `DatasetSpec(${repr(this.element_spec)}, TensorShape([]))`;
  }
}

export const args = (x: Element): unknown[] => (x instanceof Tuple ? [...x] : [x]);

/** A function of elements, traced for their specs. */
export function traced(fn: Fn, spec: Spec): { call: (x: Element) => unknown; spec: () => Spec } {
  const specs = args(spec as Element);
  if (leaves(spec).some((s) => s instanceof DatasetSpec)) {
    return {
      call: (x) => (fn as (...a: unknown[]) => unknown)(...args(x)),
      spec: () => null,
    };
  }
  let n = 0;
  const named = specs.map((s) =>
    mapStructure(
      (leaf) => new TensorSpec((leaf as TensorSpec)._dims, (leaf as TensorSpec).dtype, `args_${n++}`),
      s,
    ),
  );
  const f = function_(fn as never) as unknown as {
    get_concrete_function(...a: unknown[]): {
      _run(t: Tensor[], a: unknown[]): unknown;
      structured_outputs: unknown;
    };
  };
  const c = f.get_concrete_function(...named);
  const call = (x: Element): unknown => {
    const a = args(x);
    return c._run(a.flatMap((v) => leaves(v)) as Tensor[], a);
  };
  return {
    call,
    spec: () =>
      c.structured_outputs === null
        ? null
        : mapStructure(
            (t) => new TensorSpec(dimsOf((t as Tensor).shape), (t as Tensor).dtype),
            c.structured_outputs,
          ),
  };
}
export const tupled = (x: unknown): unknown =>
  Array.isArray(x) && !(x instanceof Tuple) && !isArray(x) ? Tuple.of_(x.map(tupled)) : x;

/** A batch of elements: leaves stacked. */
export const batched = (items: readonly Element[]): Element => {
  const rows = items.map(leaves);
  return zipLeaves(items[0], rows, (column) => {
    if (column[0] instanceof AnyDataset) return column[0];
    const shapes = column.map((t) => [...(t as Tensor).shape].join());
    const odd = shapes.findIndex((s) => s !== shapes[0]);
    if (odd > 0)
      throw new InvalidArgumentError(
        `{{function_node __wrapped__IteratorGetNext_output_types_${rows[0]!.length}_device_/job:localhost/replica:0/task:0/device:CPU:0}} Cannot batch tensors with different shapes in component 0. First element had shape [${shapes[0]}] and element ${odd} had shape [${shapes[odd]}]. [Op:IteratorGetNext] name: `,
      );
    return stack(column as Data[]);
  });
};
export const withBatch = (spec: Spec, n: number | null): Spec =>
  mapStructure(
    (s) =>
      s instanceof DatasetSpec
        ? s
        : new TensorSpec(
            (s as TensorSpec)._dims === null ? null : [n, ...(s as TensorSpec)._dims!],
            (s as TensorSpec).dtype,
          ),
    spec,
  );
export const withoutBatch = (spec: Spec): Spec =>
  mapStructure(
    (s) =>
      new TensorSpec(
        (s as TensorSpec)._dims === null ? null : (s as TensorSpec)._dims!.slice(1),
        (s as TensorSpec).dtype,
      ),
    spec,
  );
