import { ValueError } from "@cognate/py";
import { isTensor } from "../../core/convert.js";
import { float32 } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import { branchOn } from "../branch.js";
import { v1 } from "../make.js";
import { node } from "../random-ops.js";

/** Rate and step as numbers of one type, in a scope of the schedule's name. */
function schedule(
  name: string,
  rate: unknown,
  step: unknown,
  f: (
    g: Graph,
    rate: GraphTensor,
    step: GraphTensor,
    as: (x: unknown, name?: string) => GraphTensor,
  ) => GraphTensor,
): GraphTensor {
  if (step === null || step === undefined)
    throw new ValueError(`global_step is required for ${snake(name)}.`);
  const g = get_default_graph();
  return g.scoped(name, () => {
    const lr = toGraphTensor(g, rate, isTensor(rate) ? undefined : float32, "learning_rate");
    const as = (x: unknown, label = "Cast/x"): GraphTensor => {
      if (!isTensor(x)) return toGraphTensor(g, x, lr.dtype, label);
      const t = toGraphTensor(g, x);
      return t.dtype === lr.dtype ? t : node(g, "Cast", [t], { DstT: lr.dtype });
    };
    return f(g, lr, as(step), as);
  });
}
const snake = (name: string): string => name.replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
const mul = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "Mul", [a, b], {}, "Mul");
const div = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "RealDiv", [a, b], {}, "truediv");
const sub = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "Sub", [a, b], {}, "sub");
const add = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "AddV2", [a, b], {}, "add");
const least = (g: Graph, a: unknown, b: unknown): GraphTensor => node(g, "Minimum", [a, b]);

/** learning_rate · decay_rate^(global_step / decay_steps), the exponent rounded down for a staircase. */
export const exponential_decay = v1(
  "exponential_decay",
  "learning_rate global_step decay_steps decay_rate staircase name",
  (
    learning_rate: unknown,
    global_step: unknown,
    decay_steps: unknown,
    decay_rate: unknown,
    staircase = false,
    name: string | null = null,
  ): GraphTensor =>
    schedule(name ?? "ExponentialDecay", learning_rate, global_step, (g, lr, step, as) => {
      let p = div(g, step, as(decay_steps, "Cast_1/x"));
      if (staircase) p = node(g, "Floor", [p]);
      return node(g, "Mul", [lr, node(g, "Pow", [as(decay_rate, "Cast_2/x"), p])], {}, `${g.names.stack}/`);
    }),
);
export const natural_exp_decay = v1(
  "natural_exp_decay",
  "learning_rate global_step decay_steps decay_rate staircase name",
  (
    learning_rate: unknown,
    global_step: unknown,
    decay_steps: unknown,
    decay_rate: unknown,
    staircase = false,
    name: string | null = null,
  ): GraphTensor =>
    schedule(name ?? "ExponentialTimeDecay", learning_rate, global_step, (g, lr, step, as) => {
      let p = div(g, step, as(decay_steps));
      if (staircase) p = node(g, "Floor", [p]);
      return mul(g, lr, node(g, "Exp", [mul(g, node(g, "Neg", [as(decay_rate)]), p)]));
    }),
);
export const inverse_time_decay = v1(
  "inverse_time_decay",
  "learning_rate global_step decay_steps decay_rate staircase name",
  (
    learning_rate: unknown,
    global_step: unknown,
    decay_steps: unknown,
    decay_rate: unknown,
    staircase = false,
    name: string | null = null,
  ): GraphTensor =>
    schedule(name ?? "InverseTimeDecay", learning_rate, global_step, (g, lr, step, as) => {
      let p = div(g, step, as(decay_steps));
      if (staircase) p = node(g, "Floor", [p]);
      return div(g, lr, add(g, as(1), mul(g, as(decay_rate), p)));
    }),
);
export const polynomial_decay = v1(
  "polynomial_decay",
  "learning_rate global_step decay_steps end_learning_rate power cycle name",
  (
    learning_rate: unknown,
    global_step: unknown,
    decay_steps: unknown,
    end_learning_rate: unknown = 0.0001,
    power: unknown = 1,
    cycle = false,
    name: string | null = null,
  ): GraphTensor =>
    schedule(name ?? "PolynomialDecay", learning_rate, global_step, (g, lr, step, as) => {
      let steps = as(decay_steps);
      let now = step;
      if (cycle) {
        const rounds = node(g, "SelectV2", [
          node(g, "Equal", [step, as(0)]),
          as(1),
          node(g, "Ceil", [div(g, step, steps)]),
        ]);
        steps = mul(g, steps, rounds);
      } else now = least(g, step, steps);
      const end = as(end_learning_rate);
      return add(
        g,
        mul(g, sub(g, lr, end), node(g, "Pow", [sub(g, as(1), div(g, now, steps)), as(power)])),
        end,
      );
    }),
);
export const cosine_decay = v1(
  "cosine_decay",
  "learning_rate global_step decay_steps alpha name",
  (
    learning_rate: unknown,
    global_step: unknown,
    decay_steps: unknown,
    alpha: unknown = 0,
    name: string | null = null,
  ): GraphTensor =>
    schedule(name ?? "CosineDecay", learning_rate, global_step, (g, lr, step, as) => {
      const steps = as(decay_steps);
      const done = div(g, least(g, step, steps), steps);
      const wave = mul(g, as(0.5), add(g, as(1), node(g, "Cos", [mul(g, as(Math.PI), done)])));
      return mul(g, lr, add(g, mul(g, sub(g, as(1), as(alpha)), wave), as(alpha)));
    }),
);
export const cosine_decay_restarts = v1(
  "cosine_decay_restarts",
  "learning_rate global_step first_decay_steps t_mul m_mul alpha name",
  (
    learning_rate: unknown,
    global_step: unknown,
    first_decay_steps: unknown,
    t_mul: unknown = 2,
    m_mul: unknown = 1,
    alpha: unknown = 0,
    name: string | null = null,
  ): GraphTensor =>
    schedule(name ?? "SGDRDecay", learning_rate, global_step, (g, lr, step, as) => {
      const done = div(g, step, as(first_decay_steps));
      const t = Number(t_mul);
      let round: GraphTensor;
      let within: GraphTensor;
      if (t === 1) {
        round = node(g, "Floor", [done]);
        within = sub(g, done, round);
      } else {
        const inner = sub(g, as(1), mul(g, done, sub(g, as(1), as(t))));
        round = node(g, "Floor", [div(g, node(g, "Log", [inner]), node(g, "Log", [as(t)]))]);
        const sum = div(g, sub(g, as(1), node(g, "Pow", [as(t), round])), as(1 - t));
        within = div(g, sub(g, done, sum), node(g, "Pow", [as(t), round]));
      }
      const scale = node(g, "Pow", [as(m_mul), round]);
      const wave = mul(
        g,
        mul(g, as(0.5), scale),
        add(g, as(1), node(g, "Cos", [mul(g, as(Math.PI), within)])),
      );
      return mul(g, lr, add(g, mul(g, sub(g, as(1), as(alpha)), wave), as(alpha)));
    }),
);
export const linear_cosine_decay = v1(
  "linear_cosine_decay",
  "learning_rate global_step decay_steps num_periods alpha beta name",
  (
    learning_rate: unknown,
    global_step: unknown,
    decay_steps: unknown,
    num_periods: unknown = 0.5,
    alpha: unknown = 0,
    beta: unknown = 0.001,
    name: string | null = null,
  ): GraphTensor =>
    schedule(name ?? "LinearCosineDecay", learning_rate, global_step, (g, lr, step, as) => {
      const steps = as(decay_steps);
      const now = least(g, step, steps);
      const line = div(g, sub(g, steps, now), steps);
      const part = mul(g, as(2 * Number(num_periods)), div(g, now, steps));
      const wave = mul(g, as(0.5), add(g, as(1), node(g, "Cos", [mul(g, as(Math.PI), part)])));
      return mul(g, lr, add(g, mul(g, add(g, as(alpha), line), wave), as(beta)));
    }),
);

/** One of several values, by the boundaries that the step has passed. */
export const piecewise_constant = v1(
  "piecewise_constant",
  "x boundaries values name",
  (
    x: unknown,
    boundaries: readonly unknown[],
    values: readonly unknown[],
    name: string | null = null,
  ): GraphTensor => {
    if (boundaries.length !== values.length - 1)
      throw new ValueError("The length of boundaries should be 1 less than the length of values");
    const g = get_default_graph();
    return g.scoped(name ?? "PiecewiseConstant", () => {
      const t = toGraphTensor(g, x);
      const vs = values.map((v) => toGraphTensor(g, v, isTensor(v) ? undefined : float32, "value"));
      return boundaries.reduceRight<GraphTensor>(
        (later, b, i) =>
          branchOn(
            node(g, "LessEqual", [t, isTensor(b) ? b : toGraphTensor(g, b, t.dtype)]),
            () => vs[i]!,
            () => later,
          ) as GraphTensor,
        vs.at(-1)!,
      );
    });
  },
);
export const piecewise_constant_decay = piecewise_constant;
