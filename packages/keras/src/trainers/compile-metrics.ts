import { className, repr, type, ValueError } from "@cognate/py";
import { to_snake_case } from "../backend/global-state.js";
import type { Tensor, TensorLike } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import { hide } from "../hide.js";
import { LossFunctionWrapper } from "../losses/classes.js";
import * as crossentropies from "../losses/crossentropies.js";
import { get as lossOf } from "../losses/index.js";
import { LossImpl } from "../losses/loss.js";
import {
  BinaryAccuracy,
  CategoricalAccuracy,
  MeanMetricWrapper,
  get as metricOf,
  SparseCategoricalAccuracy,
} from "../metrics/index.js";
import { MetricImpl } from "../metrics/metric.js";
import * as tree from "../tree.js";

/** What a name such as `accuracy` means for outputs of a shape. */
type Kind = "binary" | "sparse" | "categorical";

function kindOf(y_true: Tensor, y_pred: Tensor): Kind {
  const [t, p] = [y_true._value.shape, y_pred._value.shape];
  const [tLast, pLast] = [t[t.length - 1], p[p.length - 1]];
  if (pLast === 1) return "binary";
  return t.length < p.length || (tLast === 1 && pLast! > 1) ? "sparse" : "categorical";
}

/** The name by which logs call an object. */
export function objectName(x: unknown): string {
  const { name } = x as { name?: unknown };
  if (typeof x === "object" || (typeof x === "function" && !isPlainFunction(x)))
    return typeof name === "string" ? name : to_snake_case(className((x as object).constructor));
  return to_snake_case(String((x as { __name__?: string }).__name__ ?? name ?? "function"));
}
const isPlainFunction = (x: Function): boolean => Object.getPrototypeOf(x) === Function.prototype;

const isName = (x: unknown, ...names: readonly string[]): boolean =>
  typeof x === "string" && names.includes(x.toLowerCase());

/** The metric that an argument of `compile` stands for, named as logs call it. @throws ValueError for `null` */
function metricFor(identifier: unknown, y_true: Tensor, y_pred: Tensor): MetricImpl {
  if (identifier === null || identifier === undefined)
    throw new ValueError("Expected metric, received `None`");
  let metric: unknown;
  if (isName(identifier, "accuracy", "acc")) {
    const classes = {
      binary: BinaryAccuracy,
      sparse: SparseCategoricalAccuracy,
      categorical: CategoricalAccuracy,
    } as const;
    metric = new classes[kindOf(y_true, y_pred)]({ name: String(identifier) });
  } else metric = metricOf(identifier as string);
  const name = typeof identifier === "string" ? identifier : objectName(metric);
  const own = metric instanceof MetricImpl ? metric : MeanMetricWrapper(metric as never);
  own.name = name;
  return own;
}

/** The loss that an argument of `compile` stands for. */
export function lossFor(identifier: unknown, y_true: Tensor, y_pred: Tensor): LossImpl | null {
  if (identifier === null || identifier === undefined) return null;
  const found = isName(identifier, "crossentropy", "ce")
    ? {
        binary: crossentropies.binary_crossentropy,
        sparse: crossentropies.sparse_categorical_crossentropy,
        categorical: crossentropies.categorical_crossentropy,
      }[kindOf(y_true, y_pred)]
    : lossOf(identifier as string);
  if (found instanceof LossImpl) return found;
  const name = typeof identifier === "string" ? identifier : objectName(found);
  return LossFunctionWrapper(found as never, { name });
}

/** The metrics of one output. */
interface MetricsList {
  readonly metrics: readonly MetricImpl[];
  readonly output: string | null;
}

const listFor = (
  metrics: unknown,
  y_true: Tensor,
  y_pred: Tensor,
  output: string | null,
): MetricsList | null => {
  if (metrics === null || metrics === undefined) return null;
  const list = Array.isArray(metrics) ? metrics : [metrics];
  return { metrics: list.map((m) => metricFor(m, y_true, y_pred)), output };
};

/** The metrics given to `compile`, made when the first outputs show what they are. */
export class CompileMetrics extends MetricImpl {
  declare readonly output_names: readonly string[] | null;
  declare built: boolean;
  declare private readonly _given: { readonly plain: unknown; readonly weighted: unknown };
  declare private _plain: readonly (MetricsList | null)[];
  declare private _weighted: readonly (MetricsList | null)[];
  declare private _order: readonly string[] | null;

  constructor(metrics: unknown, weighted_metrics: unknown, output_names: readonly string[] | null) {
    super(null, "compile_metrics");
    for (const [key, given] of [
      ["metrics", metrics],
      ["weighted_metrics", weighted_metrics],
    ])
      if (given && !tree.isNested(given))
        throw new ValueError(
          `Expected \`${String(key)}\` argument to be a list, tuple, or dict. Received instead: ${String(key)}=${typeof given === "string" ? given : repr(given)} of type ${repr(type(given))}`,
        );
    hide(this, "output_names", output_names);
    hide(this, "built", false);
    hide(this, "_given", { plain: metrics, weighted: weighted_metrics });
    hide(this, "_plain", []);
    hide(this, "_weighted", []);
    hide(this, "_order", null);
  }

  get metrics(): MetricImpl[] {
    return [...this._plain, ...this._weighted].flatMap((list) => list?.metrics ?? []);
  }
  override get variables(): Variable[] {
    return this.metrics.flatMap((m) => m.variables);
  }

  build(y_true: unknown, y_pred: unknown): void {
    const outputs = tree.flatten(y_pred);
    const isDict = tree.isNested(y_pred) && !Array.isArray(y_pred);
    const flat = tree.isNested(y_pred) && Object.keys(y_pred).length === outputs.length;
    let names = this.output_names;
    if (flat && isDict) {
      const keys = Object.keys(y_pred);
      if (!names || names.length !== keys.length || !names.every((n) => keys.includes(n)))
        names = [...keys].sort();
    }
    this._order = outputs.length > 1 && flat ? names : null;
    const { plain, weighted } = this._given;
    this._plain = this._listsFor(plain, "metrics", y_true, y_pred, flat, names);
    this._weighted = this._listsFor(weighted, "weighted_metrics", y_true, y_pred, flat, names);
    this.built = true;
  }

  private _listsFor(
    metrics: unknown,
    argument: string,
    y_true: unknown,
    y_pred: unknown,
    flat: boolean,
    names: readonly string[] | null,
  ): (MetricsList | null)[] {
    const targets = this._flatten(y_true);
    const outputs = this._flatten(y_pred);
    if (!metrics || (Array.isArray(metrics) && metrics.length === 0)) return outputs.map(() => null);
    if (outputs.length === 1) return [listFor(tree.flatten(metrics), targets[0]!, outputs[0]!, null)];
    const each = flat ? this._perOutput(metrics, outputs.length, names) : null;
    if (each !== null)
      return each.map((m, i) => {
        try {
          return listFor(m, targets[i]!, outputs[i]!, names?.[i] ?? null);
        } catch (e) {
          if (!(e instanceof ValueError)) throw e;
          throw new ValueError(`${e.message}\nReceived: ${argument}=${repr(metrics)}`);
        }
      });
    const structure = repr(tree.map(() => "X", y_pred));
    const wanted = this.output_names
      ? `either be a dict or a list matching the output names of the functional model ${repr(this.output_names)} or match the output structure of the model: ${structure}`
      : `match the output structure of the model: ${structure}`;
    throw new ValueError(
      `The two structures don't have the same nested structure.\nInvalid \`${argument}\`. \`${argument}\` should contain metrics objects and ${wanted}.\nReceived: ${argument}=${repr(metrics)}`,
    );
  }
  private _perOutput(metrics: unknown, count: number, names: readonly string[] | null): unknown[] | null {
    if (Array.isArray(metrics)) return metrics.length === count ? metrics : null;
    const given = metrics as Readonly<Record<string, unknown>>;
    if (!names || !Object.keys(given).every((k) => names.includes(k))) return null;
    return names.map((n) => given[n] ?? null);
  }
  private _flatten(y: unknown): Tensor[] {
    if (this._order && tree.isNested(y) && !Array.isArray(y))
      return this._order.map((n) => (y as Record<string, Tensor>)[n]!);
    return tree.flatten(y) as Tensor[];
  }

  override update_state(...args: unknown[]): void {
    const [y_true, y_pred, sample_weight = null] = args;
    if (!this.built) this.build(y_true, y_pred);
    const [t, p] = [this._flatten(y_true), this._flatten(y_pred)];
    const update = (list: MetricsList | null | undefined, i: number, weight: TensorLike | null): void => {
      for (const m of list?.metrics ?? [])
        (m.update_state as (...a: unknown[]) => void)(t[i], p[i], ...(weight === null ? [] : [weight]));
    };
    this._plain.forEach((list, i) => update(list, i, null));
    const weights = sample_weight === null ? [] : this._flatten(sample_weight);
    this._weighted.forEach((list, i) => update(list, i, weights[weights.length < t.length ? 0 : i] ?? null));
  }
  override reset_state(): void {
    for (const m of this.metrics) m.reset_state();
  }
  /** The results by name, names of several outputs with the output's in front. @throws ValueError before the first update */
  override result(): Record<string, Tensor> {
    if (!this.built) throw new ValueError("Cannot get result() since the metric has not yet been built.");
    const results: Record<string, Tensor> = {};
    const counts = new Map<string, number>();
    const add = (name: string, m: MetricImpl): void => {
      const n = counts.get(name) ?? 0;
      counts.set(name, n + 1);
      results[n === 0 ? name : `${name}_${n}`] = m.result() as Tensor;
    };
    const named = (output: string | null, name: string): string => (output ? `${output}_${name}` : name);
    for (const list of this._plain) for (const m of list?.metrics ?? []) add(named(list!.output, m.name), m);
    for (const list of this._weighted)
      for (const m of list?.metrics ?? []) {
        const name = named(list!.output, m.name);
        add(counts.has(name) ? named(list!.output, `weighted_${m.name}`) : name, m);
      }
    return results;
  }
}
