import { BundleReader } from "@cognate/formats";
import type { Datum } from "../core/row.js";
import type { StringArray } from "../core/strings.js";
import { callGraph, truthOf } from "../graph/control.js";
import { type MakeExec, registerExecutors } from "../graph/executors.js";
import type { FuncGraph } from "../graph/func-graph.js";
import type { Operation } from "../graph/operation.js";
import type { FunctionName } from "./attributes.js";
import { datumOfFile } from "./datum.js";
import { functionsOf } from "./import.js";

/* Operations that call functions of a file, and those that read its variables. */

const called = (op: Operation, attr: string): FuncGraph =>
  functionsOf(op.graph)!.graph((op.attrs[attr] as FunctionName).name);

const call: MakeExec = (op) => {
  const f = called(op, "f");
  return (inputs, run) => callGraph(f, inputs, run);
};
const branch: MakeExec = (op) => {
  const [yes, no] = [called(op, "then_branch"), called(op, "else_branch")];
  return ([pred, ...inputs], run) => callGraph(truthOf(pred!) ? yes : no, inputs, run);
};
const loop: MakeExec = (op) => {
  const [cond, body] = [called(op, "cond"), called(op, "body")];
  return (inputs, run) => {
    let vars: readonly Datum[] = inputs;
    while (truthOf(callGraph(cond, vars, run)[0]!)) vars = callGraph(body, vars, run);
    return vars;
  };
};
const caseOf: MakeExec = (op) => {
  const all = (op.attrs.branches as readonly FunctionName[]).map((f) => functionsOf(op.graph)!.graph(f.name));
  return ([index, ...inputs], run) => {
    const i = Number(
      (index as { array: { data: ArrayLike<number>; offset: number } }).array.data[
        (index as { array: { offset: number } }).array.offset
      ],
    );
    return callGraph(all[i] ?? all.at(-1)!, inputs, run);
  };
};

const texts = (d: Datum): readonly string[] => (d as StringArray).data;

registerExecutors({
  PartitionedCall: call,
  StatefulPartitionedCall: call,
  If: branch,
  StatelessIf: branch,
  While: loop,
  StatelessWhile: loop,
  Case: caseOf,
  StatelessCase: caseOf,
  RestoreV2:
    () =>
    ([prefix, names]) => {
      const bundle = new BundleReader(texts(prefix!)[0]!);
      return texts(names!).map((n) => datumOfFile(bundle.get(n)));
    },
  MergeV2Checkpoints: () => () => [],
  ShardedFilename:
    () =>
    ([base]) => [base!],
});
