import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import {
  AttributeError,
  className,
  isClass,
  pyClass,
  repr,
  Slice,
  slice,
  str,
  Tuple,
  TypeError,
  ValueError,
} from "@cognate/py";
import type { MatrixLike, TargetLike } from "../base/arrays.js";
import { reader } from "../base/call.js";
import { check_is_fitted, Estimator, type EstimatorKind, type Parameters } from "../base/estimator.js";
import { Bunch } from "../datasets/bunch.js";

/** A name and an estimator, or `"passthrough"`. */
export type Step = readonly [name: string, estimator: unknown] | Tuple<unknown>;

type Method = (...args: unknown[]) => unknown;
type Capable = Estimator & Record<string, Method | undefined>;

const readFit = reader("Pipeline.fit", "X:dict y **params", 1);
const readScore = reader("Pipeline.score", "X:dict y sample_weight", 1);
const readX = reader("Pipeline.predict", "X:dict", 1);

const passes = (x: unknown): boolean => x === null || x === "passthrough";

class PipelineImpl extends Estimator {
  declare steps: readonly Step[];
  declare transform_input: readonly string[] | null;
  declare memory: null;
  declare verbose: boolean;

  constructor(
    steps: readonly Step[],
    transform_input: readonly string[] | null = null,
    memory: null = null,
    verbose = false,
  ) {
    super();
    const listed = Array.isArray(steps)
      ? steps.map((s) => (Array.isArray(s) ? Tuple.of_([...s]) : s))
      : steps;
    this._assign({ steps: listed, transform_input, memory, verbose });
  }

  override get _required(): Parameters {
    return { steps: [] };
  }
  override get _estimator_type(): EstimatorKind {
    const last = this._last;
    return last instanceof Estimator ? last._estimator_type : null;
  }
  override get _pairwise(): boolean {
    const first = this.steps[0]?.[1];
    return first instanceof Estimator && first._pairwise;
  }
  override get _fitted(): boolean {
    const last = this._last;
    return last instanceof Estimator ? last._fitted : true;
  }
  /** The last step's estimator. */
  get _last(): unknown {
    return this.steps[this.steps.length - 1]?.[1];
  }
  /** The steps by name. */
  get named_steps(): Bunch & Record<string, Estimator> {
    return new Bunch(Object.fromEntries(this.steps as readonly [string, unknown][])) as never;
  }
  get length(): number {
    return this.steps.length;
  }
  __len__(): number {
    return this.steps.length;
  }
  get classes_(): ndarray {
    return (this._last as { classes_: ndarray }).classes_;
  }

  /** Python's `pipe[i]`, `pipe["name"]`, `pipe[:-1]`. */
  at(index: number | string | Slice): Estimator {
    if (index instanceof Slice || (typeof index === "string" && index.includes(":")))
      return new PipelineImpl(
        slice(this.steps as Step[], index as never) as readonly Step[],
        null,
        this.memory,
        this.verbose,
      );
    if (typeof index === "string") return this.named_steps.at(index) as Estimator;
    const i = index < 0 ? index + this.steps.length : index;
    return this.steps[i]![1] as Estimator;
  }

  override get_params(options: { readonly deep?: boolean } = {}): Parameters {
    const { deep = true } = options;
    const out = super.get_params({ deep });
    if (!deep) return out;
    for (const [name, e] of this.steps as readonly [string, unknown][]) out[name] = e;
    for (const [name, e] of this.steps as readonly [string, unknown][])
      if (e instanceof Estimator)
        for (const [k, v] of Object.entries(e.get_params())) out[`${name}__${k}`] = v;
    return out;
  }
  protected override _set_param(name: string, value: unknown): void {
    const at = this.steps.findIndex(([n]) => n === name);
    if (at < 0) super._set_param(name, value);
    else this.steps = this.steps.map((s, i) => (i === at ? Tuple.of_([name, value]) : s));
  }

  private checkSteps(): void {
    if (this.steps.length === 0) throw new ValueError("The pipeline is empty. Please add steps.");
    const names = this.steps.map(([n]) => n as string);
    if (new Set(names).size !== names.length)
      throw new ValueError(`Names provided are not unique: ${repr(names)}`);
    const own = names.filter((n) => this._parameter_names.includes(n)).sort();
    if (own.length > 0)
      throw new ValueError(`Estimator names conflict with constructor arguments: ${repr(own)}`);
    const bad = names.filter((n) => n.includes("__"));
    if (bad.length > 0) throw new ValueError(`Estimator names must not contain __: got ${repr(bad)}`);
    for (const [, e] of this.steps)
      if (isClass(e))
        throw new TypeError(
          `Expected an estimator instance (${className(e as object)}()), got estimator class instead (${className(e as object)}).`,
        );
    const kind = (e: unknown): string => repr((e as object | null)?.constructor ?? null);
    for (const [, e] of this.steps.slice(0, -1))
      if (!passes(e) && !(has(e, "fit") && has(e, "transform")))
        throw new TypeError(
          `All intermediate steps should be transformers and implement fit and transform or be the string 'passthrough' '${str(e)}' (type ${kind(e)}) doesn't`,
        );
    if (!passes(this._last) && !has(this._last, "fit"))
      throw new TypeError(
        `Last step of Pipeline should implement fit or be the string 'passthrough'. '${str(this._last)}' (type ${kind(this._last)}) doesn't`,
      );
  }

  /** Keywords of `fit` by step. @throws ValueError for names without a step */
  private byStep(params: Readonly<Record<string, unknown>>): Map<string, Parameters> {
    const out = new Map<string, Parameters>();
    for (const [key, value] of Object.entries(params)) {
      const at = key.indexOf("__");
      if (at < 0)
        throw new ValueError(
          `Pipeline.fit does not accept the ${key} parameter. You can pass parameters to specific steps of your pipeline using the stepname__parameter format, e.g. \`Pipeline.fit(X, y, logisticregression__sample_weight=sample_weight)\`.`,
        );
      const name = key.slice(0, at);
      out.set(name, { ...out.get(name), [key.slice(at + 2)]: value });
    }
    return out;
  }

  private fitBefore(X: MatrixLike, y: unknown, more: Map<string, Parameters>): MatrixLike {
    this.checkSteps();
    let x: MatrixLike = X;
    for (const [name, e] of this.steps.slice(0, -1) as unknown as readonly [string, Capable][])
      if (!passes(e)) x = e.fit_transform!(x, y, more.get(name) ?? {}) as MatrixLike;
    return x;
  }

  /** Fits one step after the other, each to what the last one gave. */
  fit(X: MatrixLike, ...args: readonly unknown[]): this {
    const [x, y = null, params = {}] = readFit([X, ...args]) as [MatrixLike, TargetLike | null, Parameters?];
    const more = this.byStep(params);
    const before = this.fitBefore(x, y, more);
    const name = this.steps[this.steps.length - 1]![0] as string;
    if (!passes(this._last)) (this._last as Capable).fit!(before, y, more.get(name) ?? {});
    return this;
  }

  /** `fit`, then what the last step's `fit_transform` gives. */
  fit_transform(X: MatrixLike, ...args: readonly unknown[]): ndarray {
    const [x, y = null, params = {}] = readFit([X, ...args]) as [MatrixLike, TargetLike | null, Parameters?];
    const before = this.fitBefore(x, y, this.byStep(params));
    if (passes(this._last)) return before as ndarray;
    return this.capable("fit_transform").fit_transform!(before, y) as ndarray;
  }

  private capable(name: string): Capable {
    const last = this._last;
    if (!has(last, name)) throw new AttributeError(`This 'Pipeline' has no attribute '${name}'`);
    return last as Capable;
  }
  /** Samples as the last step sees them. */
  private through(X: MatrixLike): MatrixLike {
    check_is_fitted(this);
    let x: MatrixLike = X;
    for (const [, e] of this.steps.slice(0, -1) as unknown as readonly [string, Capable][])
      if (!passes(e)) x = e.transform!(x) as MatrixLike;
    return x;
  }
  private last(name: string, args: readonly unknown[]): ndarray {
    const step = this.capable(name);
    const [X] = readX(args) as [MatrixLike];
    return step[name]!(this.through(X)) as ndarray;
  }

  predict(...args: readonly unknown[]): ndarray {
    return this.last("predict", args);
  }
  predict_proba(...args: readonly unknown[]): ndarray {
    return this.last("predict_proba", args);
  }
  predict_log_proba(...args: readonly unknown[]): ndarray {
    return this.last("predict_log_proba", args);
  }
  decision_function(...args: readonly unknown[]): ndarray {
    return this.last("decision_function", args);
  }
  score_samples(...args: readonly unknown[]): ndarray {
    return this.last("score_samples", args);
  }
  /** Samples after all steps. */
  transform(...args: readonly unknown[]): ndarray {
    if (passes(this._last)) return this.through((readX(args) as [MatrixLike])[0]) as ndarray;
    return this.last("transform", args);
  }
  /** What went in, from what came out. */
  inverse_transform(X: MatrixLike): ndarray {
    let x: MatrixLike = X;
    for (const [, e] of [...this.steps].reverse() as unknown as [string, Capable][])
      if (!passes(e)) x = e.inverse_transform!(x) as MatrixLike;
    return x as ndarray;
  }
  /** The last step's score. */
  score(...args: readonly unknown[]): number {
    const step = this.capable("score");
    const [X, y, weight = null] = readScore(args) as [MatrixLike, TargetLike, ArrayLike | null];
    return step.score!(this.through(X), y, weight) as number;
  }
}

const has = (e: unknown, name: string): boolean =>
  typeof e === "object" && e !== null && typeof (e as Record<string, unknown>)[name] === "function";

/**
 * Steps one after the other: transformers, then an estimator.
 *
 * @example
 * ```ts
 * import { pipeline, preprocessing, SVC } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const pipe = pipeline.Pipeline([["scaler", preprocessing.StandardScaler()], ["svc", SVC()]]);
 * print(pipe.set_params({ svc__C: 10 }).at("svc")); // prints SVC(C=10)
 * ```
 */
export const Pipeline = pyClass(
  "sklearn.pipeline.Pipeline",
  "steps * transform_input memory verbose",
  PipelineImpl,
);
export type Pipeline = PipelineImpl;

const readMake = reader("make_pipeline", "...steps memory transform_input verbose", 0);

/** A pipeline whose steps are named after their classes. */
export function make_pipeline(...args: readonly unknown[]): Pipeline {
  const last = args[args.length - 1];
  const [steps, memory = null, , verbose = false] = readMake(
    last instanceof Estimator || typeof last === "string" ? [...args, {}] : args,
  ) as [unknown[], null, unknown, boolean];
  const names = steps.map((e) =>
    typeof e === "string" ? e : className((e as object).constructor).toLowerCase(),
  );
  const total = (n: string): number => names.filter((m) => m === n).length;
  const seen = new Map<string, number>();
  const listed = steps.map((e, i) => {
    const n = names[i]!;
    if (total(n) === 1) return [n, e] as const;
    seen.set(n, (seen.get(n) ?? 0) + 1);
    return [`${n}-${seen.get(n)}`, e] as const;
  });
  return Pipeline(listed as readonly Step[], { memory, verbose });
}
