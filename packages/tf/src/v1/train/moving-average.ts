import { pyClass, ValueError } from "@cognate/py";
import { get_default_graph, inDefault } from "../../graph/current.js";
import type { Operation } from "../../graph/operation.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { assignTo, GraphVariable } from "../../graph/variable.js";
import { group } from "../graph.js";
import { node } from "../random-ops.js";
import { uniqueSlotName } from "./slots.js";

class ExponentialMovingAverageImpl {
  private readonly _averages = new Map<unknown, GraphVariable>();
  constructor(
    readonly decay: unknown,
    readonly num_updates: unknown = null,
    readonly zero_debias = false,
    readonly name: string = "ExponentialMovingAverage",
  ) {}
  /** An operation that moves the averages: average −= (1 − decay) · (average − variable). */
  apply(var_list: readonly unknown[] | null = null): Operation {
    return inDefault(() => {
      const g = get_default_graph();
      const list = var_list ?? g.get_collection("trainable_variables");
      for (const v of list) {
        if (this._averages.has(v)) continue;
        const of = v as GraphVariable & GraphTensor;
        const average = g.root.scoped(
          null,
          () =>
            new GraphVariable({
              initial: of instanceof GraphVariable ? of.initialized_value() : node(g, "ZerosLike", [of]),
              name: uniqueSlotName(`${of.op.name}/${this.name}`),
              dtype: of.dtype,
              trainable: false,
              collections: ["variables"],
            }),
        );
        this._averages.set(v, average);
        g.add_to_collection("moving_average_variables", v);
      }
      return g.scoped(this.name, () => {
        let decay: unknown = this.decay;
        if (this.num_updates !== null) {
          const n = node(
            g,
            "Cast",
            [this.num_updates],
            { DstT: (list[0] as GraphVariable).dtype },
            "num_updates",
          );
          const own = node(
            g,
            "RealDiv",
            [node(g, "AddV2", [n, 1], {}, "add"), node(g, "AddV2", [n, 10], {}, "add_1")],
            {},
            "truediv",
          );
          decay = node(g, "Minimum", [own, decay]);
        }
        const rate = node(g, "Sub", [1, decay], {}, "sub");
        const moves = list.map((v) => {
          const average = this._averages.get(v)!;
          return g.scoped("AssignMovingAvg", () => {
            const delta = node(g, "Mul", [node(g, "Sub", [average, v], {}, "sub"), rate], {}, "mul");
            return assignTo("AssignSub", average, delta, null);
          });
        });
        return group(...(moves as never[])) as Operation;
      });
    });
  }
  /** The variable that holds an average, `null` before {@link apply}. */
  average(v: unknown): GraphVariable | null {
    return this._averages.get(v) ?? null;
  }
  average_name(v: GraphVariable): string {
    return this._averages.get(v)?.op.name ?? `${v.op.name}/${this.name}`;
  }
  /** Names of averages with the variables to restore them into. */
  variables_to_restore(
    moving_avg_variables: readonly GraphVariable[] | null = null,
  ): Record<string, GraphVariable> {
    const g = get_default_graph();
    const moved =
      moving_avg_variables ??
      ([
        ...g.get_collection("trainable_variables"),
        ...g.get_collection("moving_average_variables"),
      ] as GraphVariable[]);
    const out: Record<string, GraphVariable> = {};
    for (const v of new Set(moved)) out[this.average_name(v)] = v;
    const names = new Set(moved.map((v) => v.op.name));
    for (const v of g.get_collection("variables") as GraphVariable[])
      if (!names.has(v.op.name) && !(v.op.name in out)) out[v.op.name] = v;
    if (Object.keys(out).length === 0) throw new ValueError("There are no variables to restore.");
    return out;
  }
}
export const ExponentialMovingAverage = pyClass(
  "tensorflow.python.training.moving_averages.ExponentialMovingAverage",
  "decay num_updates zero_debias name",
  ExponentialMovingAverageImpl,
);
