import { asFloat, pyClass, repr, ValueError } from "@cognate/py";
import { floatx } from "../../backend/config.js";
import { valueOf } from "../../backend/create.js";
import { kernelType } from "../../backend/dtype.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import {
  add,
  ceil,
  cos,
  divide,
  equal,
  floor,
  greater,
  less_equal,
  log,
  logical_and,
  minimum,
  multiply,
  power,
  subtract,
  where,
} from "../../ops/numpy/elementwise.js";
import type { OptionClass } from "../../option-class.js";
import { LearningRateScheduleImpl } from "./learning-rate-schedule.js";

const PATH = "keras.src.optimizers.schedules.learning_rate_schedule";

type Fields = Readonly<Record<string, unknown>>;

/** A number as a tensor of the default float. */
const float = (x: TensorLike): Tensor => wrap(valueOf(x, kernelType(floatx())));

/** Options that are counts; all other numbers are floats. */
const COUNTS = ["decay_steps", "first_decay_steps", "warmup_steps"];

const shown = (key: string, value: unknown): unknown =>
  typeof value === "number" && !COUNTS.includes(key) ? asFloat(value) : value;

/** A class of schedules: its options, and the rate at a step. */
function schedule<const S extends string, M extends (...args: never[]) => Fields>(
  name: string,
  signature: S,
  options: M,
  rate: (o: ReturnType<M>, step: Tensor) => Tensor,
): OptionClass<S, M, LearningRateScheduleImpl & ReturnType<M>> {
  class Impl extends LearningRateScheduleImpl {
    declare readonly _options: Fields;
    constructor(...args: never[]) {
      super();
      const o = options(...args);
      Object.defineProperty(this, "_options", { value: o });
      Object.assign(this, o);
    }
    override __call__(step: TensorLike): Tensor {
      return rate(this._options as ReturnType<M>, float(step));
    }
    override get_config(): Record<string, unknown> {
      return Object.fromEntries(Object.entries(this._options).map(([k, v]) => [k, shown(k, v)]));
    }
  }
  Object.defineProperty(Impl, "length", { value: options.length });
  return pyClass(`${PATH}.${name}`, signature, Impl) as never;
}

function requireSteps(name: string, steps: number): void {
  if (!(steps > 0)) throw new ValueError(`Argument \`${name}\` must be > 0. Received: ${name}=${steps}`);
}

/** Progress in units of `decay_steps`, in whole ones for a staircase. */
function progress(step: Tensor, decay_steps: number, staircase: boolean): Tensor {
  const p = divide.impl(step, float(decay_steps));
  return staircase ? floor.impl(p) : p;
}

const decaying = (
  initial_learning_rate: number,
  decay_steps: number,
  decay_rate: number,
  staircase: boolean,
  name: string,
) => {
  requireSteps("decay_steps", decay_steps);
  return { initial_learning_rate, decay_steps, decay_rate, staircase, name };
};

/**
 * `keras.optimizers.schedules.ExponentialDecay`: η·rate^(step / decay_steps).
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const rate = keras.optimizers.schedules.ExponentialDecay(0.1, { decay_steps: 10, decay_rate: 0.5 });
 * print(rate(0), rate(20));
 * // prints tf.Tensor(0.1, shape=(), dtype=float32) tf.Tensor(0.025, shape=(), dtype=float32)
 * ```
 */
export const ExponentialDecay = schedule(
  "ExponentialDecay",
  "initial_learning_rate decay_steps decay_rate staircase name",
  (
    initial_learning_rate: number,
    decay_steps: number,
    decay_rate: number,
    staircase = false,
    name = "ExponentialDecay",
  ) => decaying(initial_learning_rate, decay_steps, decay_rate, staircase, name),
  (o, step) =>
    multiply.impl(
      float(o.initial_learning_rate),
      power.impl(float(o.decay_rate), progress(step, o.decay_steps, o.staircase)),
    ),
);
export type ExponentialDecay = InstanceType<typeof ExponentialDecay>;

/** `keras.optimizers.schedules.InverseTimeDecay`: η / (1 + rate·step / decay_steps). */
export const InverseTimeDecay = schedule(
  "InverseTimeDecay",
  "initial_learning_rate decay_steps decay_rate staircase name",
  (
    initial_learning_rate: number,
    decay_steps: number,
    decay_rate: number,
    staircase = false,
    name = "InverseTimeDecay",
  ) => decaying(initial_learning_rate, decay_steps, decay_rate, staircase, name),
  (o, step) => {
    const p = progress(step, o.decay_steps, o.staircase);
    return divide.impl(float(o.initial_learning_rate), add.impl(1, multiply.impl(float(o.decay_rate), p)));
  },
);
export type InverseTimeDecay = InstanceType<typeof InverseTimeDecay>;

/** `keras.optimizers.schedules.PolynomialDecay`: from η to `end_learning_rate` along (1 − step / decay_steps)^power. */
export const PolynomialDecay = schedule(
  "PolynomialDecay",
  "initial_learning_rate decay_steps end_learning_rate power cycle name",
  (
    initial_learning_rate: number,
    decay_steps: number,
    end_learning_rate = 0.0001,
    power = 1,
    cycle = false,
    name = "PolynomialDecay",
  ) => {
    requireSteps("decay_steps", decay_steps);
    return { initial_learning_rate, decay_steps, end_learning_rate, power, cycle, name };
  },
  (o, given) => {
    let steps = float(o.decay_steps);
    let step = given;
    if (o.cycle) {
      const times = where.impl(equal.impl(step, 0), 1, ceil.impl(divide.impl(step, steps))) as Tensor;
      steps = multiply.impl(steps, times);
    } else step = minimum.impl(step, steps);
    const left = subtract.impl(1, divide.impl(step, steps));
    const [start, end] = [float(o.initial_learning_rate), float(o.end_learning_rate)];
    return add.impl(multiply.impl(subtract.impl(start, end), power.impl(left, float(o.power))), end);
  },
);
export type PolynomialDecay = InstanceType<typeof PolynomialDecay>;

/** `keras.optimizers.schedules.PiecewiseConstantDecay`: one rate up to each boundary, the last one beyond. */
export const PiecewiseConstantDecay = schedule(
  "PiecewiseConstantDecay",
  "boundaries values name",
  (boundaries: readonly number[], values: readonly number[], name = "PiecewiseConstant") => {
    if (boundaries.length !== values.length - 1)
      throw new ValueError(
        `The length of boundaries should be 1 less than the length of values. Received: boundaries=${repr(boundaries)} of length ${boundaries.length}, and values=${repr(values)} of length ${values.length}.`,
      );
    return { boundaries, values, name };
  },
  (o, step) => {
    const { boundaries, values } = o;
    let rate = multiply.impl(float(less_equal.impl(step, float(boundaries[0]!))), float(values[0]!));
    const last = float(greater.impl(step, float(boundaries[boundaries.length - 1]!)));
    rate = add.impl(rate, multiply.impl(last, float(values[values.length - 1]!)));
    for (let i = 1; i < boundaries.length; i++) {
      const inside = logical_and.impl(
        greater.impl(step, float(boundaries[i - 1]!)),
        less_equal.impl(step, float(boundaries[i]!)),
      );
      rate = add.impl(rate, multiply.impl(float(inside), float(values[i]!)));
    }
    return rate;
  },
);
export type PiecewiseConstantDecay = InstanceType<typeof PiecewiseConstantDecay>;

/** ½·(1 + cos(π·x)). */
const halfCosine = (x: Tensor): Tensor =>
  multiply.impl(0.5, add.impl(1, cos.impl(multiply.impl(float(Math.PI), x))));

/** `keras.optimizers.schedules.CosineDecay`: half a cosine from η to α·η, after a straight line up to `warmup_target`. */
export const CosineDecay = schedule(
  "CosineDecay",
  "initial_learning_rate decay_steps alpha name warmup_target warmup_steps",
  (
    initial_learning_rate: number,
    decay_steps: number,
    alpha = 0,
    name = "CosineDecay",
    warmup_target: number | null = null,
    warmup_steps = 0,
  ) => {
    requireSteps("decay_steps", decay_steps);
    return { initial_learning_rate, decay_steps, alpha, name, warmup_target, warmup_steps };
  },
  (o, given) => {
    const steps = float(o.decay_steps);
    const decay = (step: Tensor, from: number): Tensor => {
      const falling = multiply.impl(1 - o.alpha, halfCosine(divide.impl(step, steps)));
      return multiply.impl(float(from), add.impl(falling, o.alpha));
    };
    if (o.warmup_target === null) return decay(minimum.impl(given, steps), o.initial_learning_rate);
    const warmup = float(o.warmup_steps);
    const step = minimum.impl(given, add.impl(steps, warmup));
    if (Number(step) >= o.warmup_steps) return decay(subtract.impl(step, warmup), o.warmup_target);
    const start = float(o.initial_learning_rate);
    const rise = subtract.impl(float(o.warmup_target), start);
    return add.impl(multiply.impl(rise, divide.impl(step, warmup)), start);
  },
);
export type CosineDecay = InstanceType<typeof CosineDecay>;

/** `keras.optimizers.schedules.CosineDecayRestarts`: cosines that start anew, each longer (`t_mul`) and lower (`m_mul`). */
export const CosineDecayRestarts = schedule(
  "CosineDecayRestarts",
  "initial_learning_rate first_decay_steps t_mul m_mul alpha name",
  (
    initial_learning_rate: number,
    first_decay_steps: number,
    t_mul = 2,
    m_mul = 1,
    alpha = 0,
    name = "SGDRDecay",
  ) => {
    requireSteps("first_decay_steps", first_decay_steps);
    return { initial_learning_rate, first_decay_steps, t_mul, m_mul, alpha, name };
  },
  (o, step) => {
    const t = float(o.t_mul);
    let done = divide.impl(step, float(o.first_decay_steps));
    let restart: Tensor;
    if (Number(o.t_mul) === 1) {
      restart = floor.impl(done);
      done = subtract.impl(done, restart);
    } else {
      const grown = subtract.impl(1, multiply.impl(done, subtract.impl(1, t)));
      restart = floor.impl(divide.impl(log.impl(grown), log.impl(t)));
      const lengths = power.impl(t, restart);
      const before = divide.impl(subtract.impl(1, lengths), subtract.impl(1, t));
      done = divide.impl(subtract.impl(done, before), lengths);
    }
    const height = power.impl(float(o.m_mul), restart);
    const falling = multiply.impl(height, halfCosine(done));
    const share = add.impl(multiply.impl(1 - o.alpha, falling), float(o.alpha));
    return multiply.impl(float(o.initial_learning_rate), share);
  },
);
export type CosineDecayRestarts = InstanceType<typeof CosineDecayRestarts>;
