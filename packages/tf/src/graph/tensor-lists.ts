import { run as runKernel, valueOf } from "@cognate/keras/tensorflow";
import { int32, int64, ops, Strided } from "@cognate/kernel";
import type { Datum, Handle } from "../core/row.js";
import { numbers } from "../kernels/tools.js";
import { type DType, Value } from "../shared.js";
import { type MakeExec, registerExecutors } from "./executors.js";
import type { Operation } from "./operation.js";
import { RunProblem } from "./run-problem.js";

/** A list of tensors that flows along an edge; operations give changed copies. */
export class TensorList implements Handle {
  readonly handle = "list";
  constructor(
    readonly items: readonly (Value | undefined)[],
    /** The elements' shape as far as it was said. */
    readonly shape: readonly number[] | null,
  ) {}
  with(i: number, item: Value): TensorList {
    const items = [...this.items];
    items[i] = item;
    return new TensorList(items, this.shape);
  }
}

const listOf = (d: Datum): TensorList => d as unknown as TensorList;
const one = (d: Datum): number => numbers(d as Value)[0]!;
/** A shape that is known altogether, `null` otherwise. */
const shapeOf = (d: Datum | undefined): number[] | null => {
  if (!(d instanceof Value) || d.shape.length === 0) return null;
  const s = numbers(d);
  return s.some((n) => n < 0) ? null : s;
};
const typeOf = (op: Operation): DType => op.attrs["element_dtype"] as DType;

/** An item; one that was never set is zeros. */
function item(list: TensorList, i: number, op: Operation, asked: number[] | null): Value {
  if (i < 0 || i >= list.items.length)
    throw new RunProblem(`Trying to access element ${i} in a list with ${list.items.length} elements.`);
  const found = list.items[i];
  if (found) return found;
  const shape = asked ?? list.shape ?? list.items.find((x) => x)?.shape;
  if (!shape)
    throw new RunProblem(`Trying to read an uninitialized tensor but element_shape is not fully defined.`);
  return new Value(Strided.zeros(typeOf(op).kernel, shape));
}

const stack = (items: readonly Value[], op: Operation, shape: readonly number[] | null): Value =>
  items.length > 0
    ? (runKernel(ops.stack as never, items, { dim: 0 } as never) as Value)
    : new Value(Strided.zeros(typeOf(op).kernel, [0, ...(shape ?? [])]));

/** The rows of a tensor along its first axis. */
const rows = (x: Value): Value[] =>
  Array.from(
    { length: x.shape[0]! },
    (_, i) =>
      runKernel(ops.indexView as never, [x], { items: [{ kind: "select", index: i }] } as never) as Value,
  );

const datum = (l: TensorList): Datum => l as unknown as Datum;
const empty = (n: number): undefined[] => new Array<undefined>(n).fill(undefined);

const TABLE: Readonly<Record<string, MakeExec>> = {
  TensorListReserve:
    () =>
    ([shape, n]) => [datum(new TensorList(empty(one(n!)), shapeOf(shape)))],
  EmptyTensorList:
    () =>
    ([shape]) => [datum(new TensorList([], shapeOf(shape)))],
  TensorListFromTensor:
    () =>
    ([x]) => [datum(new TensorList(rows(x as Value), (x as Value).shape.slice(1)))],
  TensorListStack:
    (op) =>
    ([list, shape]) => {
      const l = listOf(list!);
      return [
        stack(
          l.items.map((_, i) => item(l, i, op, shapeOf(shape))),
          op,
          shapeOf(shape) ?? l.shape,
        ),
      ];
    },
  TensorListGetItem:
    (op) =>
    ([list, index, shape]) => [item(listOf(list!), one(index!), op, shapeOf(shape))],
  TensorListSetItem:
    () =>
    ([list, index, x]) => {
      const [l, i] = [listOf(list!), one(index!)];
      if (i < 0 || i >= l.items.length)
        throw new RunProblem(`Trying to modify element ${i} in a list with ${l.items.length} elements.`);
      return [datum(l.with(i, x as Value))];
    },
  TensorListLength:
    () =>
    ([list]) => [valueOf(listOf(list!).items.length, int32)],
  TensorListPushBack:
    () =>
    ([list, x]) => [datum(new TensorList([...listOf(list!).items, x as Value], listOf(list!).shape))],
  TensorListPopBack:
    (op) =>
    ([list, shape]) => {
      const l = listOf(list!);
      if (l.items.length === 0) throw new RunProblem("Trying to pop from an empty list.");
      return [
        datum(new TensorList(l.items.slice(0, -1), l.shape)),
        item(l, l.items.length - 1, op, shapeOf(shape)),
      ];
    },
  TensorListGather:
    (op) =>
    ([list, indices, shape]) => {
      const l = listOf(list!);
      return [
        stack(
          numbers(indices as Value).map((i) => item(l, i, op, shapeOf(shape))),
          op,
          shapeOf(shape) ?? l.shape,
        ),
      ];
    },
  TensorListScatterV2:
    () =>
    ([x, indices, shape, n]) => {
      const at = numbers(indices as Value);
      const length = Math.max(one(n!), ...at.map((i) => i + 1), 0);
      let l = new TensorList(empty(length), shapeOf(shape));
      rows(x as Value).forEach((row, k) => {
        l = l.with(at[k]!, row);
      });
      return [datum(l)];
    },
  TensorListScatterIntoExistingList:
    () =>
    ([list, x, indices]) => {
      let l = listOf(list!);
      const at = numbers(indices as Value);
      rows(x as Value).forEach((row, k) => {
        l = l.with(at[k]!, row);
      });
      return [datum(l)];
    },
  TensorListResize:
    () =>
    ([list, n]) => {
      const l = listOf(list!);
      return [
        datum(
          new TensorList(
            Array.from({ length: one(n!) }, (_, i) => l.items[i]),
            l.shape,
          ),
        ),
      ];
    },
  TensorListConcatV2:
    (op) =>
    ([list]) => {
      const l = listOf(list!);
      const items = l.items.map((_, i) => item(l, i, op, null));
      return [
        runKernel(ops.cat as never, items, { dim: 0 } as never) as Value,
        valueOf(
          items.map((x) => x.shape[0]!),
          int64,
        ),
      ];
    },
  TensorListElementShape:
    (op) =>
    ([list]) => {
      const l = listOf(list!);
      const type = (op.attrs["shape_type"] as DType | undefined)?.kernel ?? int32;
      return [valueOf([...(l.shape ?? l.items.find((x) => x)?.shape ?? [])], type)];
    },
};
registerExecutors(TABLE);
