import { type DType, float32, type Value as KernelValue } from "@cognate/kernel";
import { type Arguments, asFloat, pyClass } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../backend/create.js";
import type { Tensor } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import { hide } from "../hide.js";
import { Constant } from "../initializers/index.js";
import type { OptionClass } from "../option-class.js";
import { COMMON, OptimizerImpl, type Rate } from "./optimizer.js";

/*
 * Optimizers by what they keep and how they move: slots are named in the order of Keras's files, and a step is written
 * for one variable.
 */

/** Options of an optimizer's own, the learning rate first. */
export type OwnOptions = Readonly<Record<string, unknown>> & { readonly learning_rate: Rate };
type Own = (...args: never[]) => OwnOptions;

/** The parameters behind an optimizer's own. */
type CommonParameters = [
  weight_decay?: number | null,
  clipnorm?: number | null,
  clipvalue?: number | null,
  global_clipnorm?: number | null,
  use_ema?: boolean,
  ema_momentum?: number,
  ema_overwrite_frequency?: number | null,
  loss_scale_factor?: number | null,
  gradient_accumulation_steps?: number | null,
  name?: string | null,
  kwargs?: Readonly<Record<string, unknown>>,
];
type Call<S extends string, M extends Own> = Arguments<
  `${S} ${typeof COMMON}`,
  [...Parameters<M>, ...CommonParameters]
>;
type Instance<M extends Own> = OptimizerImpl & Omit<ReturnType<M>, "learning_rate">;

/** The class of an optimizer. */
export interface OptimizerClass<S extends string, M extends Own> {
  (...args: Call<S, M>): Instance<M>;
  new (...args: Call<S, M>): Instance<M>;
  readonly prototype: Instance<M>;
  readonly __name__: string;
  from_config(config: Readonly<Record<string, unknown>>): Instance<M>;
}

/** The parameters behind weight decay. */
export type AfterDecay = CommonParameters extends [unknown?, ...infer R] ? R : never;
/** Their names. */
export const AFTER_DECAY =
  "clipnorm clipvalue global_clipnorm use_ema ema_momentum ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps name";

/** An optimizer that has its options as an object. */
export class OptionOptimizer<O extends OwnOptions = OwnOptions> extends OptimizerImpl {
  declare readonly _options: O;
  constructor(options: O, common: readonly unknown[]) {
    super(options.learning_rate, ...(common as CommonParameters));
    hide(this, "_options", options);
    for (const [key, value] of Object.entries(options))
      if (key !== "learning_rate") (this as unknown as Record<string, unknown>)[key] = value;
  }
}

type Base<O extends OwnOptions> = new (options: O, common: readonly unknown[]) => OptionOptimizer<O>;

/** An optimizer's own options and, in their order, those that all have. */
export interface SplitOptions {
  readonly own: OwnOptions;
  readonly common: readonly unknown[];
}

/**
 * The class of an optimizer whose parameters stand in an order of its own.
 *
 * @param split - tells its own options from those of all
 * @param counts - options that are counts; all other numbers of the config are floats
 */
export function optimizerOf<const S extends string, M extends (...args: never[]) => SplitOptions>(
  path: string,
  signature: S,
  split: M,
  Base: Base<never>,
  counts: readonly string[] = [],
): OptionClass<S, M, OptimizerImpl & Omit<ReturnType<M>["own"], "learning_rate">> {
  class Impl extends (Base as unknown as typeof OptionOptimizer) {
    constructor(...args: never[]) {
      const { own, common } = split(...args);
      super(own, common);
    }
    override get_config(): Record<string, unknown> {
      const config = super.get_config();
      for (const [key, value] of Object.entries(this._options))
        if (key !== "learning_rate")
          config[key] = typeof value === "number" && !counts.includes(key) ? asFloat(value) : value;
      return config;
    }
  }
  return pyClass(`keras.src.optimizers.${path}`, signature, Impl) as never;
}

/** The class of an optimizer: the parameters of its own, then those of all. */
export function optimizerClass<const S extends string, M extends Own>(
  path: string,
  signature: S,
  own: M,
  Base: Base<ReturnType<M>>,
  counts: readonly string[] = [],
): OptimizerClass<S, M> {
  const count = signature.split(" ").length;
  const split = (...args: never[]) => ({ own: own(...args.slice(0, count)), common: args.slice(count) });
  return optimizerOf(path, `${signature} ${COMMON}`, split, Base as never, counts) as never;
}

/** Arithmetic in the precision of a variable: what Keras computes of numbers as tensors. */
export type Round = (x: number) => number;
export const roundingOf = (type: DType): Round => (type === float32 || type.half ? Math.fround : (x) => x);

/** base^t as TensorFlow's kernels round it. */
export const powerOf = (round: Round, base: number, t: number): number => round(round(base) ** t);

/** One step of one variable. */
export interface Step<O> {
  /** The variable, its gradient, and its slots. */
  readonly p: Value;
  readonly g: Value;
  readonly slots: readonly Value[];
  /** The learning rate in the variable's precision. */
  readonly rate: number;
  /** The number of this step, from 1. */
  readonly t: number;
  readonly round: Round;
  readonly options: O;
  readonly optimizer: OptimizerImpl;
}

/** How an optimizer of slots is written down. */
export interface SlotDefinition<O> {
  /** Names of the slots in groups: those of one group stand together for each variable. */
  readonly slots: (options: O) => readonly (readonly string[])[];
  /** What slots start from, zero if left out. */
  readonly start?: (options: O) => Readonly<Record<string, number>>;
  /** The variable and its slots after a step. */
  readonly step: (s: Step<O>) => readonly KernelValue[];
}

/** An optimizer whose slots have the shapes of the variables. */
export function slotOptimizer<O extends OwnOptions>(d: SlotDefinition<O>) {
  return class SlotOptimizer extends OptionOptimizer<O> {
    declare _slots: (Variable | null)[][];

    override build(variables: readonly Variable[]): void {
      if (this.built) return;
      super.build(variables);
      const start = d.start?.(this._options) ?? {};
      const makerOf = (name: string) => (name in start ? Constant(start[name]!) : "zeros");
      hide(
        this,
        "_slots",
        d
          .slots(this._options)
          .flatMap((group) => this.add_optimizer_variables(variables, group, group.map(makerOf))),
      );
    }
    override update_step(gradient: Tensor, variable: Variable, learning_rate: unknown): void {
      const p = variable._current;
      const at = this._get_variable_index(variable);
      const round = roundingOf(p.dtype);
      const slots = this._slots.map((s) => s[at]!);
      const [next, ...kept] = d.step({
        p,
        g: castValue(valueOf(gradient), p.dtype),
        slots: slots.map((s) => s._current),
        rate: round(Number(learning_rate)),
        t: this._count + 1,
        round,
        options: this._options,
        optimizer: this,
      });
      variable._take(next as Value);
      kept.forEach((v, i) => slots[i]!._take(v as Value));
    }
  };
}
