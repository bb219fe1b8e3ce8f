import { graphFor } from "../core/context.js";
import { constantDatum, datumOf, HandleTensor, tensorOf } from "../core/convert.js";
import { int64, resource } from "../core/dtypes.js";
import { framed, KernelProblem } from "../core/errors.js";
import type { Datum, Dims } from "../core/row.js";
import type { StringArray } from "../core/strings.js";
import { registerExecutors } from "../graph/executors.js";
import type { Graph } from "../graph/graph.js";
import type { Operation } from "../graph/operation.js";
import { RunProblem } from "../graph/run-problem.js";
import type { GraphTensor } from "../graph/tensor.js";
import type { DType, Tensor } from "../shared.js";
import { Table } from "./table.js";
import { readTable } from "./text-file.js";

/* Operations on tables: computed at once, or nodes of the graph that is being built. */

type Run = (
  table: Table,
  inputs: readonly Datum[],
  attrs: Readonly<Record<string, unknown>>,
) => readonly Datum[];
const RUN: Readonly<Record<string, Run>> = {
  LookupTableFindV2: (t, [keys, fallback]) => [t.find(keys!, fallback!)],
  LookupTableSizeV2: (t) => [constantDatum(t.size, int64)],
  LookupTableExportV2: (t) => t.export(),
  LookupTableInsertV2: (t, [keys, values]) => {
    t.insert(keys!, values!);
    return [];
  },
  LookupTableRemoveV2: (t, [keys]) => {
    t.remove(keys!);
    return [];
  },
  LookupTableImportV2: initialize,
  InitializeTableV2: initialize,
  InitializeTableFromTextFileV2: (t, [file], attrs) => {
    const [keys, values] = readTable((file as StringArray).data[0]!, t.keyType, t.valueType, attrs);
    t.initialize(keys, values);
    return [];
  },
};
function initialize(t: Table, [keys, values]: readonly Datum[]): readonly Datum[] {
  if (t.mutable) t.insert(keys!, values!);
  else t.initialize(keys!, values!);
  return [];
}

/** A table's handle as graphs take it. */
export function handleIn(g: Graph, handle: Tensor): GraphTensor {
  if (!(handle instanceof HandleTensor)) return handle as GraphTensor;
  const known = (g.notes.get(handle) as GraphTensor | undefined) ?? null;
  if (known) return known;
  const t = g.addOp({
    type: "_Handle",
    name: "table",
    attrs: { value: handle._handle },
    outputs: [[resource, []]],
    controls: [],
  }).outputs[0]!;
  g.notes.set(handle, t);
  return t;
}

export interface TableCall {
  readonly type: string;
  readonly handle: Tensor;
  readonly inputs?: readonly Tensor[];
  readonly outputs?: readonly (readonly [DType, Dims])[];
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly name?: string | null;
}
/** Calls an operation on a table; in a graph its node is given, too. */
export function tableCall(c: TableCall): { readonly tensors: Tensor[]; readonly op: Operation | null } {
  const inputs = c.inputs ?? [];
  const attrs = c.attrs ?? {};
  const g = graphFor([c.handle, ...inputs]) as Graph | null;
  if (g) {
    const op = g.addOp({
      type: c.type,
      name: c.name ?? c.type,
      inputs: [handleIn(g, c.handle), ...inputs.map((t) => g.asTensor(t, undefined, null) as GraphTensor)],
      attrs,
      outputs: c.outputs ?? [],
    });
    return { tensors: [...op.outputs], op };
  }
  const table = (c.handle as HandleTensor)._handle as unknown as Table;
  try {
    return { tensors: RUN[c.type]!(table, inputs.map(datumOf), attrs).map((d) => tensorOf(d)), op: null };
  } catch (e) {
    throw e instanceof KernelProblem ? framed(c.type, "", e, " name: ") : e;
  }
}

registerExecutors({
  ...Object.fromEntries(
    Object.entries(RUN).map(([type, run]) => [
      type,
      (op: Operation) =>
        ([table, ...inputs]: readonly Datum[]) => {
          try {
            return run(table as unknown as Table, inputs, op.attrs);
          } catch (e) {
            throw e instanceof KernelProblem ? new RunProblem(e.message, e.kind) : e;
          }
        },
    ]),
  ),
  _Handle: (op) => () => [op.attrs["value"] as Datum],
  HashTableV2: (op) => (_inputs, run) => [
    run.store.state(op, () => new Table(op.attrs["key_dtype"] as DType, op.attrs["value_dtype"] as DType)),
  ],
  MutableHashTableV2: (op) => (_inputs, run) => [
    run.store.state(
      op,
      () =>
        new Table(
          op.attrs["key_dtype"] as DType,
          op.attrs["value_dtype"] as DType,
          (op.attrs["value_shape"] as readonly number[] | undefined) ?? [],
          true,
          (op.attrs["reserved"] as readonly [unknown, unknown] | undefined) ?? null,
        ),
    ),
  ],
});
