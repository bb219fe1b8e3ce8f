import { dtypeNamed, int64, scalarArray } from "@cognate/kernel";
import {
  asFloat,
  className,
  NotImplementedError,
  pyClass,
  repr,
  type Tuple,
  TypeError,
  ValueError,
  warn,
} from "@cognate/py";
import { noGrad, Value } from "@cognate/tensor";
import { floatx } from "../backend/config.js";
import { castValue, valueOf } from "../backend/create.js";
import { autoName } from "../backend/global-state.js";
import { nameScope } from "../backend/scope.js";
import { type Shape, shapesEqual } from "../backend/shape.js";
import { type Assignments, checkCount, tupleOf, withValues } from "../backend/stateless.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import { TensorShape } from "../backend/tensor-shape.js";
import { Variable } from "../backend/variable.js";
import { hide } from "../hide.js";
import { type InitializerLike, get as initializerOf } from "../initializers/index.js";
import { keywordMethods } from "../keyword-methods.js";
import { deserialized, serialized } from "../object-registry.js";
import { constructFrom } from "../saving/construct.js";
import { clipByGlobalNorm, clipByNorm, clipByValue } from "./clip.js";
import { LearningRateScheduleImpl } from "./schedules/learning-rate-schedule.js";

/** A learning rate: a number, a schedule of the number of steps, or a function that gives it. */
export type Rate = number | LearningRateScheduleImpl | (() => number | Tensor);

/** What every optimizer takes besides its own options. */
export interface OptimizerOptions {
  weight_decay?: number | null;
  clipnorm?: number | null;
  clipvalue?: number | null;
  global_clipnorm?: number | null;
  use_ema?: boolean;
  ema_momentum?: number;
  ema_overwrite_frequency?: number | null;
  loss_scale_factor?: number | null;
  gradient_accumulation_steps?: number | null;
  name?: string | null;
}

/** The gradient of one variable, `null` where the loss does not depend on it. */
export type Gradient = Tensor | null;

/** What all optimizers have in common: steps of variables along gradients, and what is kept between steps. */
export class OptimizerImpl {
  readonly name: string;
  weight_decay: number | null;
  clipnorm: number | null;
  global_clipnorm: number | null;
  clipvalue: number | null;
  use_ema: boolean;
  declare loss_scale_factor: number | null;
  gradient_accumulation_steps: number | null;
  ema_momentum: number;
  ema_overwrite_frequency: number | null;
  built = false;
  declare readonly _variables: Variable[];
  declare _trainable_variables: Variable[];
  declare readonly _indices: Map<Variable, number>;
  declare readonly _iterations: Variable;
  declare _learning_rate: Variable | LearningRateScheduleImpl | (() => number | Tensor);
  declare _model_variables_moving_average: (Variable | null)[] | undefined;
  declare _accumulated_gradients: Variable[] | undefined;
  declare _undecayed: { readonly variables: Set<Variable>; readonly pattern: RegExp | null } | null;

  constructor(
    learning_rate: Rate = 0.001,
    weight_decay: number | null = null,
    clipnorm: number | null = null,
    clipvalue: number | null = null,
    global_clipnorm: number | null = null,
    use_ema = false,
    ema_momentum = 0.99,
    ema_overwrite_frequency: number | null = null,
    loss_scale_factor: number | null = null,
    gradient_accumulation_steps: number | null = null,
    name: string | null = null,
    others: Readonly<Record<string, unknown>> = {},
  ) {
    const { decay, ...unknown } = others;
    if (decay !== undefined && decay !== null)
      warn("Argument `decay` is no longer supported and will be ignored.");
    if (Object.keys(unknown).length > 0) throw new ValueError(`Argument(s) not recognized: ${repr(unknown)}`);
    this.name = name ?? autoName(className(this.constructor));
    this.weight_decay = weight_decay;
    this.clipnorm = clipnorm;
    this.global_clipnorm = global_clipnorm;
    this.clipvalue = clipvalue;
    this.use_ema = use_ema;
    this.loss_scale_factor = loss_scale_factor;
    this.gradient_accumulation_steps = gradient_accumulation_steps;
    if (gradient_accumulation_steps && !(gradient_accumulation_steps >= 2))
      throw new ValueError(
        `\`gradient_accumulation_steps\` must be an integer >= 2. Received: gradient_accumulation_steps=${gradient_accumulation_steps}`,
      );
    if (use_ema) {
      if (ema_momentum > 1 || ema_momentum < 0)
        throw new ValueError(
          `\`ema_momentum\` must be in the range [0, 1]. Received: ema_momentum=${ema_momentum}`,
        );
      const every = ema_overwrite_frequency;
      if (every && (!Number.isInteger(every) || every < 1))
        throw new ValueError(
          `\`ema_overwrite_frequency\` must be an integer >= 1 or None. Received: ema_overwrite_frequency=${every}`,
        );
    }
    this.ema_momentum = ema_momentum;
    this.ema_overwrite_frequency = ema_overwrite_frequency;
    if ([clipnorm, clipvalue, global_clipnorm].filter((c) => c !== null).length > 1)
      throw new ValueError(
        `Only one of \`clipnorm\`, \`clipvalue\` and \`global_clipnorm\` can be set. Received: clipnorm=${repr(clipnorm)}, clipvalue=${repr(clipvalue)}, global_clipnorm=${repr(global_clipnorm)}`,
      );
    hide(this, "_variables", []);
    hide(this, "_trainable_variables", []);
    hide(this, "_indices", new Map());
    hide(this, "_undecayed", null);
    const own = (initial: TensorLike, label: string, dtype: string): Variable =>
      this._track_variable(
        nameScope(
          this.name,
          () =>
            new Variable(initial, {
              name: label,
              dtype,
              trainable: false,
              aggregation: "only_first_replica",
            }),
          this,
        ),
      );
    hide(this, "_iterations", own(0, "iteration", "int64"));
    if (isRateFunction(learning_rate)) hide(this, "_learning_rate", learning_rate);
    else if (typeof learning_rate === "number" || (learning_rate as unknown) instanceof Number)
      hide(this, "_learning_rate", own(Number(learning_rate), "learning_rate", floatx()));
    else
      throw new ValueError(
        `Argument \`learning_rate\` should be float, or an instance of LearningRateSchedule, or a callable (that takes in the current iteration value and returns the corresponding learning rate value). Received instead: learning_rate=${typeof learning_rate === "string" ? learning_rate : repr(learning_rate)}`,
      );
  }

  /** How many steps were taken; with gradients accumulated, how many of them moved the variables. */
  get iterations(): Variable | Tensor {
    const every = this.gradient_accumulation_steps;
    return every ? wrap(valueOf(Math.floor(this._steps / every), int64)) : this._iterations;
  }
  /** {@link iterations} before accumulation, as a number. */
  get _steps(): number {
    return Number(this._iterations._current.array.data[this._iterations._current.array.offset]);
  }
  /** {@link iterations} as a number. */
  get _count(): number {
    return Math.floor(this._steps / (this.gradient_accumulation_steps || 1));
  }
  /** Everything that is kept between steps: step count, learning rate, then the slots. */
  get variables(): Variable[] {
    return [...this._variables];
  }

  _track_variable(variable: Variable): Variable {
    this._variables.push(variable);
    return variable;
  }

  /** Makes what is kept for each variable. */
  build(variables: readonly Variable[]): void {
    if (this.use_ema)
      hide(this, "_model_variables_moving_average", this.add_optimizer_variables(variables, "average"));
    if (this.gradient_accumulation_steps)
      hide(
        this,
        "_accumulated_gradients",
        variables.map((v) => this.add_variable_from_reference(v, "gradient_accumulator")),
      );
    variables.forEach((v, i) => this._indices.set(v, i));
    this._trainable_variables = [...variables];
    this.built = true;
  }

  _get_variable_index(variable: Variable): number {
    return this._indices.get(variable)!;
  }

  /** A variable that is kept between steps. */
  add_variable(
    shape: Shape,
    initializer: InitializerLike = "zeros",
    dtype: string | null = null,
    aggregation: string | null = "none",
    _layout: unknown = null,
    name: string | null = null,
  ): Variable {
    const make = initializerOf(initializer) as never;
    return this._track_variable(
      nameScope(
        this.name,
        () => new Variable(make, { shape, dtype, trainable: false, aggregation, name }),
        this,
      ),
    );
  }
  /** A variable of another's shape and type, named after it. */
  add_variable_from_reference(
    reference_variable: Variable,
    name: string | null = null,
    initializer: InitializerLike = "zeros",
  ): Variable {
    const { path, _current } = reference_variable;
    return this.add_variable(
      reference_variable.shape,
      initializer,
      _current.dtype.name,
      "none",
      null,
      `${path.replaceAll("/", "_")}_${name ?? "var"}`,
    );
  }
  /** Slots of one name (or several) for every variable, those of one variable next to each other. */
  add_optimizer_variables(
    trainable_variables: readonly Variable[],
    name: string,
    initializer?: InitializerLike,
  ): Variable[];
  add_optimizer_variables(
    trainable_variables: readonly Variable[],
    name: readonly string[],
    initializer?: InitializerLike | readonly InitializerLike[],
  ): Variable[][];
  add_optimizer_variables(
    trainable_variables: readonly Variable[],
    name: string | readonly string[],
    initializer: InitializerLike | readonly InitializerLike[] = "zeros",
  ): unknown {
    const names = typeof name === "string" ? [name] : name;
    const makers = Array.isArray(initializer) ? initializer : names.map(() => initializer);
    if (names.length !== makers.length)
      throw new ValueError(
        `The number of provided names must match the number of provided initializers.  Received name='${String(name)}', initializer='${String(initializer)}'`,
      );
    const slots = names.map((): (Variable | null)[] => []);
    for (const v of trainable_variables)
      names.forEach((label, i) =>
        slots[i]!.push(
          v.overwrite_with_gradient
            ? null
            : this.add_variable_from_reference(v, label, makers[i] as InitializerLike),
        ),
      );
    return typeof name === "string" ? slots[0] : slots;
  }

  assign(variable: Variable, value: TensorLike): void {
    variable.assign(castTo(value, variable));
  }
  assign_add(variable: Variable, value: TensorLike): void {
    variable.assign_add(castTo(value, variable));
  }
  assign_sub(variable: Variable, value: TensorLike): void {
    variable.assign_sub(castTo(value, variable));
  }

  /** Moves one variable along its gradient. */
  update_step(_gradient: Tensor, _variable: Variable, _learning_rate: Variable | Tensor | number): void {
    throw new NotImplementedError();
  }

  /** Takes a step along pairs of a gradient and a variable. */
  apply_gradients(grads_and_vars: Iterable<readonly [Gradient, Variable]>): Variable {
    const pairs = [...grads_and_vars];
    this.apply(
      pairs.map(([g]) => g),
      pairs.map(([, v]) => v),
    );
    return this._iterations;
  }

  /** Takes a step along gradients of the variables that the optimizer was built with, or of those given. */
  apply(grads: readonly Gradient[], trainable_variables: readonly Variable[] | null = null): void {
    if (grads.length === 0) return;
    const variables = this._variablesFor(grads, trainable_variables);
    noGrad(() => nameScope(this.name, () => this._step(grads, variables), this));
    const next = new Value(scalarArray(BigInt(this._steps + 1), int64));
    this._iterations._take(next);
  }

  /**
   * The trained variables and the optimizer's own after a step from other values; everything stays as it is.
   *
   * @throws ValueError before the optimizer is built, or for other numbers of variables
   */
  stateless_apply(
    optimizer_variables: readonly TensorLike[],
    grads: readonly Gradient[],
    trainable_variables: readonly TensorLike[],
  ): Tuple<unknown> {
    const name = className(this.constructor);
    if (!this.built)
      throw new ValueError(
        `To call \`stateless_apply\`, ${name} must be built (i.e. its variables must have been created). You can build it via \`optimizer.build(trainable_variables)\`.`,
      );
    checkCount("optimizer_variables", `${name}().variables`, optimizer_variables, this.variables);
    const trained = this._trainable_variables;
    if (trainable_variables.length !== trained.length)
      throw new ValueError(
        `Argument \`optimizer_variables\` must be a list of tensors corresponding 1:1 to the trainable variables list that the optimizer was built with. Received len(trainable_variables) == ${trainable_variables.length} whereas the optimizer was built with ${trained.length} variables.`,
      );
    const lists: Assignments = [
      [trained, trainable_variables],
      [this.variables, optimizer_variables],
    ];
    const [, after, own] = withValues(lists, () => this.apply(grads), true);
    return tupleOf(after, own);
  }
  _variablesFor(grads: readonly Gradient[], given: readonly Variable[] | null): readonly Variable[] {
    if (given === null) {
      if (!this.built)
        throw new ValueError(
          "When passing `grads` without `variables`, the optimizer must already be built on a list of variables. Call `optimizer.build(trainable_variables)` first. ",
        );
      if (grads.length !== this._indices.size)
        throw new ValueError(
          `When passing \`grads\` as a list of gradient tensors, the gradients must match \`optimizer.variables\` one-to-on. Received a list of ${grads.length} gradients, but the optimizer is tracking ${this._trainable_variables.length} trainable variables.`,
        );
      return this._trainable_variables;
    }
    if (!this.built) {
      nameScope(this.name, () => this.build(given), this);
      this.built = true;
    }
    for (const v of given)
      if (!this._indices.has(v))
        throw new ValueError(
          `Unknown variable: ${repr(v)}. This optimizer can only be called for the variables it was originally built with. When working with a new set of variables, you should recreate a new optimizer instance.`,
        );
    return given;
  }

  _step(grads: readonly Gradient[], variables: readonly Variable[]): void {
    const pairs: (readonly [Tensor, Variable])[] = [];
    const missing: string[] = [];
    variables.forEach((v, i) => {
      const g = grads[i] ?? null;
      if (g === null) missing.push(v.path);
      else pairs.push([g, v]);
    });
    if (pairs.length === 0) throw new ValueError("No gradients provided for any variable.");
    if (missing.length > 0)
      warn(
        `Gradients do not exist for variables ${repr(missing)} when minimizing the loss. If using \`model.compile()\`, did you forget to provide a \`loss\` argument?`,
      );
    for (const [g, v] of pairs) if (v.overwrite_with_gradient) v.assign(g);
    const moved = pairs.filter(([, v]) => !v.overwrite_with_gradient);
    if (moved.length === 0) return;
    const scale = this.loss_scale_factor;
    const own = moved.map(([, v]) => v);
    const values = moved.map(([g, v]) => {
      const value = castValue(g._value, v._current.dtype);
      return (scale === null ? value : value.div(Number(scale))) as Value;
    });
    this._moveAll(values, own);
    for (const v of own) if (v.constraint) v.assign(v.constraint(v.value));
  }

  /** Accumulates, clips, decays, moves, averages. */
  _moveAll(grads: readonly Value[], variables: readonly Variable[]): void {
    const every = this.gradient_accumulation_steps;
    if (!every) this._move(grads, variables);
    else {
      const sums = variables.map((v) => this._accumulated_gradients![this._get_variable_index(v)]!);
      const total = grads.map((g, i) => g.add(sums[i]!._current));
      if ((this._steps + 1) % every === 0) {
        this._move(
          total.map((g) => g.div(every) as Value),
          variables,
        );
        for (const s of this._accumulated_gradients!) s._take(s._current.full(s._current.shape, 0));
      } else total.forEach((g, i) => sums[i]!._take(g as Value));
    }
    if (!this.use_ema) return;
    this._average(this._trainable_variables);
    const often = this.ema_overwrite_frequency;
    if (often && (this._count + 1) % often === 0) this._overwriteByAverages(this._trainable_variables);
  }
  _move(grads: readonly Value[], variables: readonly Variable[]): void {
    const clipped = this._clip_gradients(grads);
    this._apply_weight_decay(variables);
    this._beforeUpdates();
    const rate = this.learning_rate;
    clipped.forEach((g, i) => this.update_step(wrap(g), variables[i]!, rate));
  }
  /** What changes once a step, before the variables. */
  _beforeUpdates(): void {}

  _clip_gradients(grads: readonly Value[]): readonly Value[] {
    if (this.clipnorm && this.clipnorm > 0) return grads.map((g) => clipByNorm(g, Number(this.clipnorm)));
    if (this.global_clipnorm && this.global_clipnorm > 0)
      return clipByGlobalNorm(grads, Number(this.global_clipnorm));
    if (this.clipvalue && this.clipvalue > 0) return grads.map((g) => clipByValue(g, Number(this.clipvalue)));
    return grads;
  }

  /** Leaves variables out of weight decay: by themselves, or by parts of their names. */
  exclude_from_weight_decay(
    var_list: readonly Variable[] | null = null,
    var_names: readonly string[] | null = null,
  ): void {
    const pattern = var_names && var_names.length > 0 ? new RegExp(var_names.join("|")) : null;
    hide(this, "_undecayed", { variables: new Set(var_list ?? []), pattern });
  }
  _use_weight_decay(variable: Variable): boolean {
    const none = this._undecayed;
    return !none || !(none.variables.has(variable) || none.pattern?.test(variable.name));
  }
  _apply_weight_decay(variables: readonly Variable[]): void {
    if (this.weight_decay === null) return;
    for (const v of variables) if (this._use_weight_decay(v)) this._decay(v, this.weight_decay);
  }
  /** v ← v − v·λ·η. */
  _decay(v: Variable, weight_decay: number): void {
    const x = v._current;
    const rate = Number(this.learning_rate);
    v._take(x.sub(x.mul(Number(weight_decay)).mul(rate)) as Value);
  }

  _average(variables: readonly Variable[]): void {
    const momentum = this._count === 0 ? 0 : Number(this.ema_momentum);
    variables.forEach((v, i) => {
      const mean = this._model_variables_moving_average![i];
      if (mean) mean._take(mean._current.mul(momentum).add(v._current.mul(1 - momentum)) as Value);
    });
  }
  _overwriteByAverages(variables: readonly Variable[]): void {
    const means = this._model_variables_moving_average!;
    if (variables.length !== means.length)
      throw new ValueError(
        `The length of model variables (${variables.length}) to override does not match the length of model variables stored in the optimizer (${means.length}). Please check if the optimizer was called on your model.`,
      );
    variables.forEach((v, i) => {
      if (means[i]) v.assign(means[i]!.value);
    });
  }
  /** What is done to the variables when training ends: with `use_ema`, they become their averages. */
  finalize_variable_values(var_list: readonly Variable[]): void {
    if (this.use_ema) this._overwriteByAverages(var_list);
  }

  /** The loss as gradients are taken of it. */
  scale_loss(loss: Tensor): Tensor {
    const scale = this.loss_scale_factor;
    return scale === null ? loss : wrap(loss._value.mul(Number(scale)) as Value);
  }

  get learning_rate(): Variable | Tensor | number {
    const rate = this._learning_rate;
    if (rate instanceof Variable) return rate;
    return rate instanceof LearningRateScheduleImpl ? (rate.__call__(this._iterations) as Tensor) : rate();
  }
  set learning_rate(value: Rate | TensorLike) {
    const before = this._learning_rate;
    if (isRateFunction(value)) {
      this._learning_rate = value;
      const at = this._variables.indexOf(before as Variable);
      if (at >= 0) this._variables.splice(at, 1);
      return;
    }
    if (before instanceof LearningRateScheduleImpl)
      throw new TypeError(
        "This optimizer was created with a `LearningRateSchedule` object as its `learning_rate` constructor argument, hence its learning rate is not settable. If you need the learning rate to be settable, you should instantiate the optimizer with a float `learning_rate` argument.",
      );
    (before as Variable).assign(value as TensorLike);
  }

  set_weights(weights: readonly TensorLike[]): void {
    if (!this.built)
      throw new ValueError(
        "You are calling `set_weights()` on an optimizer that has not yet been built. Please call `optimizer.build(trainable_variables)` to create the optimizer weights before calling `set_weights()`.",
      );
    this._variables.forEach((v, i) => {
      const weight = weights[i];
      if (weight === undefined) return;
      const { shape } = valueOf(weight);
      if (!shapesEqual(v._current.shape, shape))
        throw new ValueError(
          `Optimizer variable ${v.path} has shape ${v.shape} not compatible with provided weight shape ${new TensorShape(shape)}.`,
        );
      v.assign(weight);
    });
  }

  save_own_variables(store: Record<string, unknown>): void {
    this.variables.forEach((v, i) => {
      store[String(i)] = v;
    });
  }
  load_own_variables(store: Readonly<Record<string, unknown>>): void {
    const own = this.variables;
    const count = Object.keys(store).length;
    if (count !== own.length) {
      const unbuilt =
        own.length === 0 ? "This is likely because the optimizer has not been called/built yet." : "";
      warn(
        `Skipping variable loading for optimizer '${this.name}', because it has ${own.length} variables whereas the saved optimizer has ${count} variables. ${unbuilt}`,
      );
      return;
    }
    own.forEach((v, i) => {
      v.assign(store[String(i)] as TensorLike);
    });
  }

  _obj_type(): string {
    return "Optimizer";
  }
  get_config(): Record<string, unknown> {
    const float = (x: number | null): number | null => (x === null ? null : asFloat(Number(x)));
    return {
      name: this.name,
      learning_rate: rateConfig(this._learning_rate),
      weight_decay: float(this.weight_decay),
      clipnorm: float(this.clipnorm),
      global_clipnorm: float(this.global_clipnorm),
      clipvalue: float(this.clipvalue),
      use_ema: this.use_ema,
      ema_momentum: float(this.ema_momentum),
      ema_overwrite_frequency: this.ema_overwrite_frequency,
      loss_scale_factor: float(this.loss_scale_factor),
      gradient_accumulation_steps: this.gradient_accumulation_steps,
    };
  }
  static from_config(
    config: Record<string, unknown>,
    custom_objects: Readonly<Record<string, unknown>> | null = null,
  ): unknown {
    const { learning_rate: rate } = config;
    const own =
      typeof rate === "object" && rate !== null && !(rate instanceof Number)
        ? { ...config, learning_rate: deserialized(rate, {}, custom_objects) }
        : config;
    return constructFrom(this as never, own);
  }
}
keywordMethods("Optimizer", OptimizerImpl, {
  add_variable: "shape initializer dtype aggregation layout name",
  add_variable_from_reference: "reference_variable name initializer",
  add_optimizer_variables: "trainable_variables name initializer",
  apply: "grads trainable_variables",
  exclude_from_weight_decay: "var_list var_names",
});

const isRateFunction = (x: unknown): x is LearningRateScheduleImpl | (() => number) =>
  x instanceof LearningRateScheduleImpl || typeof x === "function";

const rateConfig = (rate: OptimizerImpl["_learning_rate"]): unknown => {
  if (rate instanceof Variable) return asFloat(Number(rate));
  return serialized(rate);
};

/** A value in the type of a variable, whole numbers included. */
const castTo = (value: TensorLike, variable: Variable): Tensor =>
  wrap(castValue(valueOf(value), dtypeNamed(variable._current.dtype.name)!));

export const COMMON =
  "weight_decay clipnorm clipvalue global_clipnorm use_ema ema_momentum ema_overwrite_frequency loss_scale_factor gradient_accumulation_steps name **kwargs";

/**
 * `keras.optimizers.Optimizer`: the base of optimizers of one's own, which override `update_step(gradient, variable,
 * learning_rate)` and keep state by `add_optimizer_variables`.
 *
 * @param learning_rate - a number, a schedule, or a function
 * @param weight_decay - the share of a weight that each step takes off, times the learning rate
 * @param clipnorm - the length that each gradient may have; `global_clipnorm`: all of them together
 * @param clipvalue - the size that entries of gradients may have
 * @param use_ema - keep moving averages of the weights, which replace them at the end
 * @param gradient_accumulation_steps - how many gradients one step averages
 */
export const Optimizer = pyClass(
  "keras.src.optimizers.optimizer.Optimizer",
  `learning_rate ${COMMON}`,
  OptimizerImpl,
);
export type Optimizer = OptimizerImpl;
