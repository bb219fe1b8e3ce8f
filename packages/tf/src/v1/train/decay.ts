import { float, ValueError } from "@cognate/py";
import { isTensor } from "../../core/convert.js";
import { float32, int32, int64 } from "../../core/dtypes.js";
import { toGraphTensor } from "../../graph/convert.js";
import { get_default_graph } from "../../graph/current.js";
import type { Graph } from "../../graph/graph.js";
import type { GraphTensor } from "../../graph/tensor.js";
import type { DType } from "../../shared.js";
import { case_, cond } from "../control.js";
import { v1 } from "../make.js";
import { node, random_normal } from "../random-ops.js";

/** What a schedule is written with: nodes of its scope, named as TensorFlow's Python names them. */
interface Parts {
  readonly g: Graph;
  readonly lr: GraphTensor;
  /** A number or tensor in the rate's element type. */
  readonly as: (x: unknown) => GraphTensor;
  readonly mul: (a: unknown, b: unknown, name?: string) => GraphTensor;
  readonly div: (a: unknown, b: unknown, name?: string) => GraphTensor;
  readonly sub: (a: unknown, b: unknown) => GraphTensor;
  readonly add: (a: unknown, b: unknown, name?: string) => GraphTensor;
  readonly one: (type: string, inputs: readonly unknown[], name?: string) => GraphTensor;
  /** π as a node. */
  readonly pi: () => GraphTensor;
  /** The schedule's own name, which its last node takes. */
  readonly scope: string;
}

/** As `tf.cast` does it: tensors of the type stay, numbers are constants of their own type first. */
function cast(g: Graph, x: unknown, dtype: DType): GraphTensor {
  const given = isTensor(x) ? toGraphTensor(g, x) : null;
  if (given?.dtype === dtype) return given;
  return g.scoped("Cast", (scope) => {
    const t = given ?? toGraphTensor(g, x, undefined, "x");
    return t.dtype === dtype ? t : node(g, "Cast", [t], { DstT: dtype }, scope);
  });
}

/** The rate as a tensor, in a scope of the schedule's name. */
function schedule(name: string, rate: unknown, f: (parts: Parts) => GraphTensor): GraphTensor {
  const g = get_default_graph();
  return g.scoped(name, (scope) => {
    const lr = toGraphTensor(g, rate, isTensor(rate) ? undefined : float32, "initial_learning_rate");
    const one: Parts["one"] = (type, inputs, own) => node(g, type, inputs, {}, own ?? null);
    return f({
      g,
      lr,
      scope,
      one,
      as: (x) => cast(g, x, lr.dtype),
      mul: (a, b, own = "mul") => one("Mul", [a, b], own),
      div: (a, b, own = "truediv") => one("RealDiv", [a, b], own),
      sub: (a, b) => one("Sub", [a, b], "sub"),
      add: (a, b, own = "add") => one("AddV2", [a, b], own),
      pi: () => toGraphTensor(g, Math.PI, lr.dtype, "Const"),
    });
  });
}

/** learning_rate · decay_rate^(step / decay_steps), the exponent rounded down for a staircase. */
const exponential = (
  name: string,
  rate: unknown,
  step: unknown,
  decay_steps: unknown,
  decay_rate: unknown,
  staircase: boolean,
): GraphTensor =>
  schedule(name, rate, ({ lr, as, div, mul, one, scope }) => {
    const steps = as(decay_steps);
    const base = as(decay_rate);
    const p = div(as(step), steps);
    return mul(lr, one("Pow", [base, staircase ? one("Floor", [p]) : p]), scope);
  });

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
    exponential(name ?? "ExponentialDecay", learning_rate, global_step, decay_steps, decay_rate, staircase),
);
/** learning_rate · e^(−decay_rate · global_step / decay_steps). */
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
  ): GraphTensor => {
    const g = get_default_graph();
    const rate = isTensor(decay_rate) ? decay_rate : float(decay_rate as number);
    return exponential(
      name ?? "ExponentialDecay",
      learning_rate,
      global_step,
      decay_steps,
      node(g, "Exp", [node(g, "Neg", [rate])]),
      staircase,
    );
  },
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
    schedule(name ?? "InverseTimeDecay", learning_rate, ({ g, lr, as, div, add, mul, one, scope }) => {
      const steps = as(decay_steps);
      const rate = as(decay_rate);
      let p = div(as(global_step), steps);
      if (staircase) p = one("Floor", [p]);
      const start = as(toGraphTensor(g, 1, int32, "Const"));
      return div(lr, add(start, mul(rate, p, "Mul"), "Add"), scope);
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
    power: unknown = float(1),
    cycle = false,
    name: string | null = null,
  ): GraphTensor =>
    schedule(name ?? "PolynomialDecay", learning_rate, ({ lr, as, div, add, mul, sub, one, scope }) => {
      const end = as(end_learning_rate);
      const exponent = as(power);
      let now = as(global_step);
      let steps = as(decay_steps);
      if (cycle) {
        const start = one("Equal", [now, 0]);
        const rounds = one("Ceil", [div(now, decay_steps)]);
        steps = mul(steps, one("SelectV2", [start, 1, rounds]), "Mul");
      } else now = one("Minimum", [now, steps]);
      const done = div(now, steps);
      const fall = sub(lr, end);
      return add(mul(fall, one("Pow", [sub(1, done), exponent]), "Mul"), end, scope);
    }),
);
export const cosine_decay = v1(
  "cosine_decay",
  "learning_rate global_step decay_steps alpha name",
  (
    learning_rate: unknown,
    global_step: unknown,
    decay_steps: unknown,
    alpha: unknown = float(0),
    name: string | null = null,
  ): GraphTensor =>
    schedule(name ?? "CosineDecay", learning_rate, ({ lr, as, div, add, mul, sub, one, pi }) => {
      const steps = as(decay_steps);
      const done = div(one("Minimum", [as(global_step), steps]), steps);
      const wave = mul(0.5, add(1, one("Cos", [mul(pi(), done)])));
      const rest = isTensor(alpha) ? sub(1, alpha) : 1 - Number(alpha);
      return mul(lr, add(mul(rest, wave), isTensor(alpha) ? alpha : Number(alpha)), "Mul");
    }),
);
export const cosine_decay_restarts = v1(
  "cosine_decay_restarts",
  "learning_rate global_step first_decay_steps t_mul m_mul alpha name",
  (
    learning_rate: unknown,
    global_step: unknown,
    first_decay_steps: unknown,
    t_mul: unknown = float(2),
    m_mul: unknown = float(1),
    alpha: unknown = float(0),
    name: string | null = null,
  ): GraphTensor =>
    schedule(name ?? "SGDRDecay", learning_rate, ({ lr, as, div, add, mul, sub, one, pi, scope }) => {
      const first = as(first_decay_steps);
      const least = as(alpha);
      const t = as(t_mul);
      const m = as(m_mul);
      const done = div(as(global_step), first);
      const even = (): GraphTensor[] => {
        const round = one("Floor", [done]);
        return [round, sub(done, round)];
      };
      const growing = (): GraphTensor[] => {
        const inner = sub(1, mul(done, sub(1, t)));
        const round = one("Floor", [div(one("Log", [inner]), one("Log", [t]))]);
        const sum = div(sub(1, one("Pow", [t, round], "pow")), sub(1, t));
        return [round, div(sub(done, sum), one("Pow", [t, round], "pow"))];
      };
      const [round, within] = cond(one("Equal", [t, 1]), even, growing) as [GraphTensor, GraphTensor];
      const scale = mul(0.5, one("Pow", [m, round], "pow"));
      const wave = mul(scale, add(1, one("Cos", [mul(pi(), within)])));
      return mul(lr, add(mul(sub(1, least), wave), least), scope);
    }),
);

/** (alpha + line) · wave + beta, the line falling from 1 to 0, with noise where it is asked for. */
const linearCosine = (
  { lr, as, div, add, mul, sub, one, pi, scope }: Parts,
  step: unknown,
  decay_steps: unknown,
  num_periods: unknown,
  alpha: unknown,
  beta: unknown,
  noise?: readonly [variance: unknown, decay: unknown],
): GraphTensor => {
  const steps = as(decay_steps);
  const [variance, decay] = noise ? noise.map(as) : [];
  const periods = as(num_periods);
  const [a, b] = [as(alpha), as(beta)];
  const now = one("Minimum", [as(step), steps]);
  let line = div(sub(steps, now), steps);
  if (variance) {
    const std = one("Sqrt", [div(variance, one("Pow", [add(1, now), decay]))]);
    line = add(line, random_normal(line._dims as never, 0, std as never) as GraphTensor);
  }
  const part = mul(mul(2, periods), div(now, steps));
  const wave = mul(0.5, add(1, one("Cos", [mul(pi(), part)])));
  return mul(lr, add(mul(add(a, line), wave), b), scope);
};
export const linear_cosine_decay = v1(
  "linear_cosine_decay",
  "learning_rate global_step decay_steps num_periods alpha beta name",
  (
    learning_rate: unknown,
    global_step: unknown,
    decay_steps: unknown,
    num_periods: unknown = 0.5,
    alpha: unknown = float(0),
    beta: unknown = 0.001,
    name: string | null = null,
  ): GraphTensor =>
    schedule(name ?? "LinearCosineDecay", learning_rate, (parts) =>
      linearCosine(parts, global_step, decay_steps, num_periods, alpha, beta),
    ),
);
/** {@link linear_cosine_decay} whose line has normal noise of variance `initial_variance / (1 + step)^variance_decay`. */
export const noisy_linear_cosine_decay = v1(
  "noisy_linear_cosine_decay",
  "learning_rate global_step decay_steps initial_variance variance_decay num_periods alpha beta name",
  (
    learning_rate: unknown,
    global_step: unknown,
    decay_steps: unknown,
    initial_variance: unknown = float(1),
    variance_decay: unknown = 0.55,
    num_periods: unknown = 0.5,
    alpha: unknown = float(0),
    beta: unknown = 0.001,
    name: string | null = null,
  ): GraphTensor =>
    schedule(name ?? "NoisyLinearCosineDecay", learning_rate, (parts) =>
      linearCosine(parts, global_step, decay_steps, num_periods, alpha, beta, [
        initial_variance,
        variance_decay,
      ]),
    ),
);

const whole = (x: unknown): boolean => typeof x === "number" && Number.isInteger(x);
/** Whole numbers of JavaScript beside a float are floats. */
const together = (g: Graph, list: readonly unknown[], weak?: DType): GraphTensor[] => {
  const type = weak ?? (list.every((x) => whole(x) || isTensor(x)) ? undefined : float32);
  return list.map((x) => toGraphTensor(g, x, whole(x) ? type : undefined));
};

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
    const g = get_default_graph();
    const t = toGraphTensor(g, x);
    const edges = together(g, boundaries, t.dtype.is_floating ? t.dtype : undefined);
    const vs = together(g, values);
    edges.forEach((b, i) => {
      if (b.dtype === t.dtype) return;
      if (b.dtype !== int32 || t.dtype !== int64)
        throw new ValueError(`Boundaries (${b.dtype}) must have the same dtype as x (${t.dtype}).`);
      edges[i] = node(g, "Cast", [b], { DstT: int64 });
    });
    for (const v of vs.slice(1))
      if (v.dtype !== vs[0]!.dtype)
        throw new ValueError(
          `Values must have elements all with the same dtype (${vs[0]!.dtype} vs ${v.dtype}).`,
        );
    if (edges.length !== vs.length - 1)
      throw new ValueError("The length of boundaries should be 1 less than the length of values");
    return g.scoped(name ?? "PiecewiseConstant", () => {
      const pairs: [GraphTensor, () => GraphTensor][] = [
        [node(g, "LessEqual", [t, edges[0]!]), () => vs[0]!],
        [node(g, "Greater", [t, edges.at(-1)!]), () => vs.at(-1)!],
      ];
      for (let i = 1; i < edges.length; i++) {
        const past = node(g, "Greater", [t, edges[i - 1]!]);
        const within = node(g, "LogicalAnd", [past, node(g, "LessEqual", [t, edges[i]!])], {}, "and");
        pairs.push([within, () => vs[i]!]);
      }
      return case_(pairs as never, () => vs[0]!, true) as GraphTensor;
    });
  },
);
export const piecewise_constant_decay = piecewise_constant;
