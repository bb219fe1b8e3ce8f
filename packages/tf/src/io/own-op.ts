import { graphFor } from "../core/context.js";
import { datumOf, tensorOf } from "../core/convert.js";
import { framed, KernelProblem } from "../core/errors.js";
import type { Datum, Dims } from "../core/row.js";
import { registerExecutors } from "../graph/executors.js";
import type { Graph } from "../graph/graph.js";
import { RunProblem } from "../graph/run-problem.js";
import type { GraphTensor } from "../graph/tensor.js";
import type { DType, Tensor } from "../shared.js";

type Run = (inputs: readonly Datum[]) => readonly Datum[];
export interface OwnCall {
  readonly type: string;
  /** What the kernel's name counts: `_OUT_TYPE_3`. */
  readonly counted: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly (readonly [DType, Dims])[];
  readonly name: string | null;
  readonly run: Run;
}
/** Operations whose types of outputs follow from their arguments: computed now, or a node that computes so. */
export function ownOp(c: OwnCall): Tensor[] {
  const g = graphFor(c.inputs) as Graph | null;
  if (g)
    return [
      ...g.addOp({
        type: c.type,
        name: c.name ?? c.type,
        inputs: c.inputs.map((t) => g.asTensor(t, undefined, null) as GraphTensor),
        attrs: { run: c.run },
        outputs: c.outputs,
      }).outputs,
    ];
  try {
    return c.run(c.inputs.map(datumOf)).map((d) => tensorOf(d));
  } catch (e) {
    throw e instanceof KernelProblem ? framed(c.type, c.counted, e, "") : e;
  }
}
const exec = (op: { readonly attrs: Readonly<Record<string, unknown>> }) => (inputs: readonly Datum[]) => {
  try {
    return (op.attrs["run"] as Run)(inputs);
  } catch (e) {
    throw e instanceof KernelProblem ? new RunProblem(e.message, e.kind) : e;
  }
};
registerExecutors({ DecodeCSV: exec, ParseExampleV2: exec, StringSplit: exec });
