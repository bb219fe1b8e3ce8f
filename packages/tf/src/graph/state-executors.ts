import { run as runKernel, valueOf } from "@cognate/keras/tensorflow";
import { bool, int32, int64, ops } from "@cognate/kernel";
import { Attrs } from "../core/attrs.js";
import { nativeName } from "../core/op-def.js";
import { registered } from "../core/registry.js";
import type { Datum } from "../core/row.js";
import { StringArray } from "../core/strings.js";
import { Value } from "../shared.js";
import { type MakeExec, registerExecutors } from "./executors.js";
import { RunProblem } from "./run-problem.js";
import type { Cell } from "./runtime.js";
import { bracketText } from "./shape.js";

/** Values that variables keep have no history. */
export const kept = (d: Datum): Datum => (d instanceof Value && d.requiresGrad ? d.detach() : d);

const shapeOf = (d: Datum): readonly number[] => (d as Value).shape;

const variable: MakeExec = (op) => {
  const key = op.attrs["shared_name"] ? String(op.attrs["shared_name"]) : op;
  return (_inputs, run) => [run.store.cell(key, op.name)];
};

const assigned =
  (how: (old: Value, x: Value) => Value): MakeExec =>
  (_op) =>
  ([ref, x]) => {
    const cell = ref as Cell;
    const old = cell.read() as Value;
    const next = x as Value;
    if (old.shape.join() !== next.shape.join() && next.shape.length > 0)
      throw new RunProblem(
        `Assign requires shapes of both tensors to match. lhs shape= ${bracketText(old.shape)} rhs shape= ${bracketText(next.shape)}`,
      );
    cell.value = kept(how(old, next));
    return [cell];
  };

/** Rows of a variable changed by rows of updates, in order, so that a row named twice changes twice. */
const scattered =
  (how: "set" | "add" | "sub" | "mul" | "div" | "min" | "max"): MakeExec =>
  () =>
  ([ref, indices, updates]) => {
    const cell = ref as Cell;
    cell.value = kept(scatterRows(cell.read() as Value, indices as Value, updates as Value, how));
    return [cell];
  };

/** `x` with its rows at `indices` combined with `updates`. @throws RunProblem for an index out of bounds */
export function scatterRows(
  x: Value,
  indices: Value,
  updates: Value,
  how: "set" | "add" | "sub" | "mul" | "div" | "min" | "max",
): Value {
  const n = x.shape[0]!;
  const flat = indices.reshape({ shape: [indices.size] }) as Value;
  const rowShape = x.shape.slice(1);
  const rows =
    updates.shape.length === 0 && (indices.shape.length > 0 || rowShape.length > 0)
      ? (updates.expand({ shape: [flat.size, ...rowShape] }) as Value)
      : (updates.reshape({ shape: [flat.size, ...rowShape] }) as Value);
  let out = x;
  const list = [...(flat.array.flat() as Iterable<number | bigint>)].map(Number);
  list.forEach((i, k) => {
    if (i < 0 || i >= n) throw new RunProblem(`indices[${k}] = ${i} is not in [0, ${n})`);
  });
  const distinct = new Set(list).size === list.length;
  const groups = distinct ? [list.map((_, k) => k)] : list.map((_, k) => [k]);
  for (const group of groups) {
    if (group.length === 0) continue;
    const at = group.map((k) => list[k]!);
    const pick = (v: Value, ids: readonly number[]): Value =>
      runKernel(ops.index as never, [v], { indices: [intsArray(ids)] } as never) as Value;
    const old = pick(out, at);
    const next = pick(rows, group);
    const made = combine(old, next, how);
    out = runKernel(ops.indexPut as never, [out, made], {
      indices: [intsArray(at)],
      accumulate: false,
    } as never) as Value;
  }
  return out;
}

function combine(old: Value, next: Value, how: string): Value {
  switch (how) {
    case "set":
      return next;
    case "add":
      return old.add(next) as Value;
    case "sub":
      return old.sub(next) as Value;
    case "mul":
      return old.mul(next) as Value;
    case "div":
      return old.div(next) as Value;
    case "min":
      return runKernel(ops.minimum, [old, next], {} as never) as Value;
    default:
      return runKernel(ops.maximum, [old, next], {} as never) as Value;
  }
}

const intsArray = (ids: readonly number[]): unknown => valueOf([...ids], int64).array;

/** Elements of a variable, by an operation that takes them from an array. */
const gathered =
  (type: string): MakeExec =>
  (op) => {
    const { def, row } = registered(type)!;
    const attrs = new Attrs(def, op.attrs);
    const more = type === "GatherV2" ? [valueOf(attrs.int("batch_dims"), int32)] : [];
    return ([ref, indices]) => [row.run([(ref as Cell).read(), indices!, ...more], attrs) as Datum];
  };

registerExecutors({
  VariableV2: variable,
  Variable: variable,
  VarHandleOp: (op) => {
    const key = op.attrs["shared_name"] ? `resource:${String(op.attrs["shared_name"])}` : op;
    return (_inputs, run) => [run.store.cell(key, op.name)];
  },
  Assign:
    (op) =>
    ([ref, x]) => {
      const cell = ref as Cell;
      const checks = op.attrs["validate_shape"] !== false;
      if (checks && cell.value !== undefined && shapeOf(cell.value).join() !== shapeOf(x!).join())
        throw new RunProblem(
          `Assign requires shapes of both tensors to match. lhs shape= ${bracketText(shapeOf(cell.value))} rhs shape= ${bracketText(shapeOf(x!))}`,
        );
      cell.value = kept(x!);
      return [cell];
    },
  AssignAdd: assigned((a, b) => a.add(b) as Value),
  AssignSub: assigned((a, b) => a.sub(b) as Value),
  AssignVariableOp:
    () =>
    ([ref, x]) => {
      (ref as Cell).value = kept(x!);
      return [];
    },
  AssignAddVariableOp:
    () =>
    ([ref, x]) => {
      const cell = ref as Cell;
      cell.value = kept((cell.read() as Value).add(x as Value) as Value);
      return [];
    },
  AssignSubVariableOp:
    () =>
    ([ref, x]) => {
      const cell = ref as Cell;
      cell.value = kept((cell.read() as Value).sub(x as Value) as Value);
      return [];
    },
  _InitializedValue:
    () =>
    ([ref, initial]) => [(ref as Cell).value ?? initial!],
  ReadVariableOp:
    () =>
    ([ref]) => [(ref as Cell).read()],
  IsVariableInitialized:
    () =>
    ([ref]) => [truth((ref as Cell).value !== undefined)],
  VarIsInitializedOp:
    () =>
    ([ref]) => [truth((ref as Cell).value !== undefined)],
  _Uninitialized: (op) => (cells) => {
    const names = op.attrs["names"] as readonly string[];
    const open = names.filter((_, i) => (cells[i] as Cell).value === undefined);
    return [new StringArray([open.length], open)];
  },
  ResourceGather: gathered("GatherV2"),
  ResourceGatherNd: gathered("GatherNd"),
  DestroyResourceOp:
    () =>
    ([ref]) => {
      (ref as Cell).value = undefined;
      return [];
    },
  ScatterUpdate: scattered("set"),
  ScatterAdd: scattered("add"),
  ScatterSub: scattered("sub"),
  ScatterMul: scattered("mul"),
  ScatterDiv: scattered("div"),
  ScatterMin: scattered("min"),
  ScatterMax: scattered("max"),
  Placeholder: (op) => () => {
    throw new RunProblem(
      `You must feed a value for placeholder tensor '${op.name}' with dtype ${nativeName(op.outputs[0]!.dtype.name)}${
        op.outputs[0]!._dims === null ? "" : ` and shape ${bracketText(op.outputs[0]!._dims)}`
      }`,
    );
  },
  PlaceholderWithDefault:
    () =>
    ([x]) => [x!],
  Const: (op) => () => [op.attrs["value"] as Datum],
  NoOp: () => () => [],
});

const truth = (x: boolean): Value => valueOf(x, bool);
