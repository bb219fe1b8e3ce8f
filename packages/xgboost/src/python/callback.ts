import {
  callable,
  format,
  nameClass,
  pyClass,
  repr,
  str,
  Tuple,
  TypeError,
  type,
  ValueError,
  write,
} from "@cognate/py";
import { XGBoostError } from "../errors.js";
import type { Booster, CustomMetric, Eval } from "./booster.js";

/** A metric's value, in cross validation with its deviation. */
export type Score = number | Tuple<number>;
/** Values by data and metric, one a round. */
export type EvalsLog = Record<string, Record<string, Score[]>>;

/** What callbacks see of a model in training: a booster, or the boosters of cross validation. */
export interface Trained {
  readonly cvfolds?: readonly unknown[];
  best_iteration: number;
  best_score: number;
  attr(key: string): string | null;
  _setAttr(values: Readonly<Record<string, unknown>>): void;
  set_param(params: string, value: unknown): void;
  num_boosted_rounds(): number;
  /** A metric's texts: one, or one a fold. */
  _evaluate(
    evals: readonly Eval[],
    epoch: number,
    metric: CustomMetric | null,
    margin: boolean,
  ): string | string[];
}

/** What happens around the rounds of training; subclasses override what they need. */
class TrainingCallbackImpl {
  /** @returns the model to go on with */
  before_training<M>(model: M): M {
    return model;
  }
  after_training<M>(model: M): M {
    return model;
  }
  /** @returns whether to stop */
  before_iteration(_model: unknown, _epoch: number, _evals_log: EvalsLog): boolean {
    return false;
  }
  after_iteration(_model: unknown, _epoch: number, _evals_log: EvalsLog): boolean {
    return false;
  }
}

/** The base of callbacks. Source: XGBoost 3.2, `xgboost.callback.TrainingCallback`. */
export const TrainingCallback = pyClass("xgboost.callback.TrainingCallback", "", TrainingCallbackImpl);
export type TrainingCallback = TrainingCallbackImpl;

/** `[3]\ttrain-rmse:0.5` as names and values. */
export function parseEval(text: string): [string, number][] {
  return text
    .split(/\s+/)
    .slice(1)
    .filter((s) => s !== "")
    .map((s): [string, number] => {
      const at = s.lastIndexOf(":");
      return [s.slice(0, at), pyFloat(s.slice(at + 1))];
    });
}
const pyFloat = (s: string): number =>
  /nan/i.test(s) ? Number.NaN : /inf/i.test(s) ? (s.startsWith("-") ? -Infinity : Infinity) : Number(s);

/** Means and deviations over the folds' texts. */
export function aggregate(texts: readonly string[]): [string, number, number][] {
  const folds = texts.map(parseEval);
  return (folds[0] ?? []).map(([name], k): [string, number, number] => {
    const values = folds.map((f) => f[k]![1]);
    const mean = values.reduce((s, v) => s + v, 0) / values.length;
    const variance = values.reduce((s, v) => s + (v - mean) ** 2, 0) / values.length;
    return [name, mean, Math.sqrt(variance)];
  });
}

/** Runs the callbacks of a training and keeps what was measured. */
export class CallbackContainer {
  readonly history: EvalsLog = {};
  aggregated: readonly [string, number, number][] = [];
  private readonly callbacks: readonly TrainingCallback[];

  constructor(
    callbacks: readonly TrainingCallback[],
    private readonly metric: CustomMetric | null,
    private readonly outputMargin: boolean,
    private readonly isCv = false,
  ) {
    this.callbacks = [...new Set(callbacks)];
    for (const cb of callbacks)
      if (!(cb instanceof TrainingCallback))
        throw new TypeError("callback must be an instance of `TrainingCallback`.");
    if (metric !== null && !callable(metric))
      throw new TypeError(
        "metric must be callable object for monitoring.  For builtin metrics, passing them in training parameter invokes monitor automatically.",
      );
  }
  before_training<M>(given: M): M {
    return this.callbacks.reduce((model, c) => c.before_training(model), given);
  }
  after_training<M>(given: M): M {
    return this.callbacks.reduce((model, c) => c.after_training(model), given);
  }
  before_iteration(model: unknown, epoch: number): boolean {
    return this.callbacks.some((c) => c.before_iteration(model, epoch, this.history));
  }
  after_iteration(model: Trained, epoch: number, evals: readonly Eval[]): boolean {
    if (this.isCv) {
      this.aggregated = aggregate(model._evaluate(evals, epoch, this.metric, this.outputMargin) as string[]);
      for (const [name, mean, std] of this.aggregated) this.note(name, Tuple.of_([mean, std]));
    } else {
      for (const [, name] of evals)
        if (name.includes("-")) throw new ValueError("Dataset name should not contain `-`");
      const text = model._evaluate(evals, epoch, this.metric, this.outputMargin) as string;
      for (const [name, value] of parseEval(text)) this.note(name, value);
    }
    return this.callbacks.some((c) => c.after_iteration(model, epoch, this.history));
  }
  private note(name: string, score: Score): void {
    const [data, ...rest] = name.split("-");
    this.history[data!] ??= {};
    const own = this.history[data!]!;
    const metric = rest.join("-");
    own[metric] ??= [];
    own[metric]!.push(score);
  }
}

class LearningRateSchedulerImpl extends TrainingCallback {
  private readonly rate: (epoch: number) => number;
  constructor(learning_rates: ((epoch: number) => number) | readonly number[]) {
    super();
    const isFunction = typeof learning_rates === "function";
    if (!isFunction && !Array.isArray(learning_rates))
      throw new TypeError(
        `Invalid learning rates, expecting callable or sequence, got: ${typeText(learning_rates)}`,
      );
    this.rate = isFunction ? learning_rates : (epoch) => learning_rates[epoch]!;
  }
  override after_iteration(model: Trained, epoch: number): boolean {
    model.set_param("learning_rate", this.rate(epoch));
    return false;
  }
}
const typeText = (x: unknown): string => repr(type(x));

/** Another learning rate for each round, by a function or a list. Source: XGBoost 3.2. */
export const LearningRateScheduler = pyClass(
  "xgboost.callback.LearningRateScheduler",
  "learning_rates",
  LearningRateSchedulerImpl,
);
export type LearningRateScheduler = LearningRateSchedulerImpl;

const MAXIMIZED = ["auc", "aucpr", "pre", "pre@", "map", "ndcg", "auc@", "aucpr@", "map@", "ndcg@"];

class EarlyStoppingImpl extends TrainingCallback {
  private waited = 0;
  private best: Score | null = null;
  private start = 0;

  constructor(
    readonly rounds: number,
    readonly metric_name: string | null = null,
    readonly data: string | null = null,
    public maximize: boolean | null = null,
    readonly save_best: boolean | null = false,
    private readonly min_delta = 0,
  ) {
    super();
    if (Number(min_delta) < 0) throw new ValueError("min_delta must be greater or equal to 0.");
  }
  override before_training<M>(model: M): M {
    this.start = (model as unknown as Trained).num_boosted_rounds();
    if (this.save_best && (model as unknown as Trained).cvfolds)
      throw new ValueError(
        "`save_best` is not applicable to the `cv` function as it doesn't return a model.",
      );
    return model;
  }
  override after_iteration(model: Trained, round: number, log: EvalsLog): boolean {
    const epoch = round + this.start;
    const names = Object.keys(log);
    if (names.length < 1) throw new ValueError("Must have at least 1 validation dataset for early stopping.");
    const data = this.data || names.at(-1)!;
    if (!(data in log)) throw new ValueError(`No dataset named: ${data}`);
    const metrics = log[data]!;
    const metric = this.metric_name || Object.keys(metrics).at(-1)!;
    if (!(metric in metrics)) throw new ValueError(`No metric named: ${metric}`);
    return this.update(metrics[metric]!.at(-1)!, metric, model, epoch);
  }
  private update(score: Score, metric: string, model: Trained, epoch: number): boolean {
    this.maximize ??= metric !== "mape" && MAXIMIZED.some((m) => metric.startsWith(m));
    const delta = Number(this.min_delta);
    const value = valueOf(score);
    const best = this.best === null ? null : valueOf(this.best);
    const better = best === null || (this.maximize ? value - delta > best : best - delta > value);
    if (better) {
      this.best = score;
      model._setAttr({ best_score: floatText(value), best_iteration: str(epoch) });
      this.waited = 0;
    } else this.waited++;
    return this.waited >= this.rounds;
  }
  override after_training<M>(given: M): M {
    if (!this.save_best) return given;
    const model = given as unknown as Booster;
    try {
      const { best_iteration, best_score } = model;
      const out = model.at(`:${best_iteration + 1}`);
      out.best_iteration = best_iteration;
      out.best_score = best_score;
      return out as unknown as M;
    } catch (error) {
      if (!(error instanceof XGBoostError)) throw error;
      throw Object.assign(new XGBoostError("`save_best` is not applicable to the current booster"), {
        cause: error,
      });
    }
  }
}
const valueOf = (s: Score): number => (s instanceof Tuple ? s[0]! : s) as number;
/** Python's text of a float, also of a whole one. */
const floatText = (v: number): string => (Number.isInteger(v) && Math.abs(v) < 1e16 ? `${v}.0` : str(v));

/**
 * Stops where a metric has not improved for `rounds` rounds; the best round is in `best_iteration`.
 *
 * @throws ValueError for a negative `min_delta`, or without data to validate on
 */
export const EarlyStopping = pyClass(
  "xgboost.callback.EarlyStopping",
  "* rounds metric_name data_name maximize save_best min_delta" as const,
  EarlyStoppingImpl,
);
export type EarlyStopping = EarlyStoppingImpl;

class EvaluationMonitorImpl extends TrainingCallback {
  private latest: string | null = null;
  constructor(
    readonly rank = 0,
    readonly period = 1,
    readonly show_stdv = false,
    private readonly logger: (message: string) => void = (message) => write(`${message}`),
  ) {
    super();
  }
  override after_iteration(_model: unknown, epoch: number, log: EvalsLog): boolean {
    if (Object.keys(log).length === 0) return false;
    let text = `[${epoch}]`;
    for (const [data, metrics] of Object.entries(log))
      for (const [metric, scores] of Object.entries(metrics)) {
        const last = scores.at(-1)!;
        text += `\t${data}-${metric}:${format(valueOf(last), ".5f")}`;
        if (last instanceof Tuple && this.show_stdv) text += `+${format(last[1]!, ".5f")}`;
      }
    text += "\n";
    if (epoch % this.period === 0 || this.period === 1) {
      this.logger(text);
      this.latest = null;
    } else this.latest = text;
    return false;
  }
  override after_training<M>(model: M): M {
    if (this.latest !== null) this.logger(this.latest);
    return model;
  }
}
/** Prints the metrics every `period` rounds. Source: XGBoost 3.2. */
export const EvaluationMonitor = pyClass(
  "xgboost.callback.EvaluationMonitor",
  "rank period show_stdv logger" as const,
  EvaluationMonitorImpl,
);
export type EvaluationMonitor = EvaluationMonitorImpl;

class TrainingCheckPointImpl extends TrainingCallback {
  private epoch = 0;
  private start = 0;
  constructor(
    readonly directory: string,
    readonly name = "model",
    as_pickle = false,
    readonly interval = 100,
  ) {
    super();
    if (as_pickle) throw new ValueError("models are saved as UBJSON here: leave out `as_pickle`");
  }
  override before_training<M>(model: M): M {
    this.start = (model as unknown as Booster).num_boosted_rounds();
    return model;
  }
  override after_iteration(model: unknown, epoch: number, _log: EvalsLog): boolean {
    if (this.epoch === this.interval) {
      this.epoch = 0;
      (model as Booster).save_model(`${this.directory}/${this.name}_${epoch + this.start}.ubj`);
    }
    this.epoch++;
    return false;
  }
}
/** Saves the model every `interval` rounds. Source: XGBoost 3.2. */
export const TrainingCheckPoint = pyClass(
  "xgboost.callback.TrainingCheckPoint",
  "directory name as_pickle interval" as const,
  TrainingCheckPointImpl,
);
export type TrainingCheckPoint = TrainingCheckPointImpl;

for (const [name, C] of Object.entries({ CallbackContainer })) nameClass(`xgboost.callback.${name}`, C);
