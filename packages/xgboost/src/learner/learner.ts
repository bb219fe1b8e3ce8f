import type { GradientBooster, LearnerShape } from "../booster/booster.js";
import { createBooster } from "../booster/create.js";
import { GBTree } from "../booster/gbtree.js";
import type { PredictionCache } from "../booster/prediction.js";
import type { Matrix } from "../data/matrix.js";
import { XGBoostError } from "../errors.js";
import { GBLinear } from "../linear/gblinear.js";
import type { Metric } from "../metric/metric.js";
import { createMetric } from "../metric/registry.js";
import { GBLinearModel, GBTreeModel } from "../model/gbtree-model.js";
import type { Args, Objective } from "../objective/objective.js";
import { createObjective } from "../objective/registry.js";
import { ParamSet } from "../params/param-set.js";
import { globalRandom } from "../sampling/mt19937.js";
import { checkDevice, warnUnused } from "./checks.js";
import type { BoosterName, ModelState } from "./model-state.js";

export type { BoosterName, ModelState } from "./model-state.js";

const SEED_FACTOR = 127;

/**
 * The engine behind `Booster`: parameters, model, training. Parameters come in by `setParam` as text, as they do in XGBoost, and are read
 * when the learner is next used.
 */
export class Learner {
  readonly generic = new ParamSet("generic_param");
  readonly train = new ParamSet("learner_train_param");
  /** In probability (mean) space, float32 values, one an output. */
  baseScore: number[] = [];
  boostFromAverage = true;
  numFeature = 0;
  numClass = 0;
  numTarget = 1;
  readonly attributes = new Map<string, string>();
  featureNames: readonly string[] = [];
  featureTypes: readonly string[] = [];
  metricNames: string[] = [];
  metrics: Metric[] = [];
  private configuredObjective: Objective | null = null;
  private configuredBooster: GradientBooster | null = null;
  private boosterName = "";
  private readonly settings = new Map<string, string>();
  private dirty = true;
  private seeded = false;
  private baseMargin: readonly number[] = [];
  private readonly caches = new Map<Matrix, PredictionCache>();

  constructor(cached: readonly Matrix[] = []) {
    for (const m of cached) this.cacheOf(m);
  }

  get booster(): BoosterName {
    return this.train.text("booster") as BoosterName;
  }
  get objectiveName(): string {
    return this.train.text("objective");
  }
  get gbm(): GradientBooster {
    this.configure();
    return this.configuredBooster!;
  }
  get objective(): Objective {
    this.configure();
    return this.configuredObjective!;
  }
  /** The trees of gbtree and dart. */
  get trees(): GBTreeModel {
    return this.configuredBooster instanceof GBTree ? this.configuredBooster.model : new GBTreeModel();
  }
  /** The weights of gblinear. */
  get linear(): GBLinearModel {
    return this.configuredBooster instanceof GBLinear ? this.configuredBooster.model : new GBLinearModel();
  }
  /** Outputs of a row: classes, targets, or 1. */
  get outputs(): number {
    return Math.max(this.numClass, this.numTarget, 1);
  }
  get rounds(): number {
    return this.configuredBooster?.rounds ?? 0;
  }
  /** base_score as margins, one or one an output. */
  get interceptMargins(): readonly number[] {
    this.configure();
    return this.baseMargin;
  }
  get vectorLeaf(): boolean {
    return this.train.choice("multi_strategy") === "multi_output_tree" && this.outputs > 1;
  }
  private get shape(): LearnerShape {
    const { numFeature, outputs, baseMargin, vectorLeaf } = this;
    return { numFeature, outputs, baseMargin, vectorLeaf };
  }

  /** Sets a parameter; `eval_metric` adds one. */
  setParam(key: string, value: string): void {
    this.dirty = true;
    if (key === "eval_metric") {
      if (!this.metricNames.includes(value)) this.metricNames.push(value);
    } else this.settings.set(key, value);
  }

  /** Reads the parameters set since the last time. */
  configure(): void {
    if (!this.dirty) return;
    const { settings } = this;
    this.train.update(this.args());
    this.readModelParams();
    const seedBefore = this.generic.number("seed");
    this.generic.update(this.args());
    checkDevice(this.generic.text("device"));
    const seed = this.generic.number("seed");
    if (!this.seeded || seed !== seedBefore) globalRandom.seed(seed);
    this.seeded = true;
    this.countFeatures();
    this.configureObjective();
    this.configureBooster();
    this.initBaseScore();
    this.configureMetrics();
    this.dirty = false;
    if (this.generic.bool("validate_parameters")) warnUnused([...settings.keys()], this.groups());
    settings.clear();
  }

  /** Every group of parameters that is in force. */
  private groups(): ParamSet[] {
    const own = [
      this.generic,
      this.train,
      new ParamSet("learner_model_param"),
      this.configuredObjective!.params,
    ];
    const metrics = this.metrics.map((m) => m.params);
    return [...own, ...this.configuredBooster!.groups, ...metrics].filter((g) => g !== null);
  }
  private args(): Args {
    return [...this.settings].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  }

  private readModelParams(): void {
    const params = new ParamSet("learner_model_param");
    params.update(this.args());
    const has = (key: string) => this.settings.has(key);
    if (has("base_score")) {
      this.baseScore = [...params.list("base_score")];
      this.boostFromAverage = false;
    }
    if (has("num_class")) this.numClass = params.number("num_class");
    if (has("num_target")) this.numTarget = params.number("num_target");
    if (has("num_feature")) this.numFeature = params.number("num_feature");
  }

  private countFeatures(): void {
    if (this.numFeature === 0)
      for (const m of this.caches.keys()) this.numFeature = Math.max(this.numFeature, m.info.numCol);
    if (this.numFeature === 0)
      throw new XGBoostError(
        "Check failed: mparam_.num_feature != 0 (0 vs. 0) : 0 feature is supplied.  Are you using raw Booster interface?",
      );
  }

  private configureObjective(): void {
    const { settings } = this;
    let name = this.train.text("objective");
    const classes = settings.get("num_class");
    if (classes !== undefined && classes !== "0" && name !== "multi:softprob") {
      settings.set("num_output_group", classes);
      if (Number.parseInt(classes, 10) > 1 && !settings.has("objective")) {
        name = "multi:softmax";
        this.train.set("objective", name);
      }
    }
    // The one parameter that an objective and the trees share.
    if (!settings.has("max_delta_step") && settings.has("objective") && name === "count:poisson")
      settings.set("max_delta_step", "0.7");
    if (this.configuredObjective?.name !== name) this.configuredObjective = createObjective(name);
    const args = this.args().filter(([key]) => key !== "num_class");
    this.configuredObjective.configure([...args, ["num_class", String(this.numClass)]]);
  }

  private configureBooster(): void {
    const name = this.train.text("booster");
    if (!this.configuredBooster || this.boosterName !== name) {
      this.configuredBooster = createBooster(name);
      this.boosterName = name;
    }
    this.configuredBooster.configure(this.args());
  }

  private configureMetrics(): void {
    for (const name of this.metricNames)
      if (!this.metrics.some((m) => m.name === name)) this.metrics.push(createMetric(name));
    for (const m of this.metrics) m.configure(this.args());
  }

  private get needFit(): boolean {
    return this.boostFromAverage && !this.configuredBooster!.fitted;
  }

  private initBaseScore(): void {
    let targets = 1;
    for (const m of this.caches.keys()) {
      const t = this.configuredObjective!.targets(m.info);
      if (targets === 1) targets = t;
      else if (t !== targets && t !== 1)
        throw new XGBoostError("Check failed: n_targets == t || 1 == t: Inconsistent labels.");
    }
    if (this.numTarget > 1) {
      if (targets !== 1 && targets !== this.numTarget)
        throw new XGBoostError(
          `Check failed: n_targets == 1 || n_targets == mparam_.num_target: Inconsistent configuration of the \`num_target\`.  Configuration result from input data:${targets}, configuration from parameters:${this.numTarget}`,
        );
    } else this.numTarget = targets;
    if (this.numClass > 1 && this.numTarget > 1)
      throw new XGBoostError(
        `multi-target-multi-class is not yet supported. Output classes:${this.numClass}, output targets:${this.numTarget}`,
      );
    if (this.needFit) {
      this.baseScore = new Array<number>(this.outputs).fill(0.5);
      this.baseMargin = this.baseScore;
      return;
    }
    if (this.baseScore.length === 1 && this.outputs > 1)
      this.baseScore = new Array<number>(this.outputs).fill(this.baseScore[0]!);
    this.baseMargin = this.configuredObjective!.probToMargin(this.baseScore);
  }

  /** Estimates base_score before the first round, unless it was given. */
  private fitIntercept(matrix: Matrix | null): void {
    if (!this.needFit) return;
    if (matrix) this.baseScore = this.configuredObjective!.initEstimation(matrix.info);
    this.baseMargin = this.configuredObjective!.probToMargin(this.baseScore);
    if (this.baseScore.some((b) => !Number.isFinite(b)))
      throw new XGBoostError(
        "Check failed: std::none_of(base_score.cbegin(), base_score.cend(), [](float v) { return std::isnan(v) || std::isinf(v); }): ",
      );
  }

  private cacheOf(matrix: Matrix): PredictionCache {
    let cache = this.caches.get(matrix);
    if (!cache) {
      cache = { margins: null, version: 0 };
      this.caches.set(matrix, cache);
    }
    return cache;
  }

  private checkMatrix({ info }: Matrix, training: boolean): void {
    const fits = training ? info.numCol === this.numFeature : info.numCol <= this.numFeature;
    if (!fits)
      throw new XGBoostError(
        `Check failed: learner_model_param_.num_feature ${training ? "==" : ">="} p_fmat->Info().num_col_ (${this.numFeature} vs. ${info.numCol}) : Number of columns does not match number of features in booster.`,
      );
  }

  private reseed(iteration: number): void {
    if (this.generic.bool("seed_per_iteration"))
      globalRandom.seed(this.generic.number("seed") * SEED_FACTOR + iteration);
  }

  /** One round with the objective's gradient. */
  updateOneIter(iteration: number, matrix: Matrix): void {
    this.configure();
    this.fitIntercept(matrix);
    this.reseed(iteration);
    this.checkMatrix(matrix, true);
    const cache = this.cacheOf(matrix);
    this.configuredBooster!.predict(this.shape, matrix, cache, true, 0, 0);
    const gpair = new Float32Array(2 * matrix.info.numRow * this.outputs);
    this.configuredObjective!.gradient(cache.margins!, matrix.info, iteration, gpair);
    this.configuredBooster!.boost(this.shape, matrix, gpair, cache, this.configuredObjective!);
  }

  /** One round with given gradients, interleaved pairs, row-major. */
  boostOneIter(iteration: number, matrix: Matrix, gpair: Float32Array): void {
    this.configure();
    this.reseed(iteration);
    this.checkMatrix(matrix, true);
    this.configuredBooster!.boost(this.shape, matrix, gpair, this.cacheOf(matrix), this.configuredObjective!);
  }

  /** Every metric on every matrix, matrix by matrix: `[name of matrix, name of metric, value]`. */
  evalOneIter(matrices: readonly Matrix[], names: readonly string[]): [string, string, number][] {
    this.configure();
    if (this.metrics.length === 0 && !this.train.bool("disable_default_eval_metric")) {
      const metric = createMetric(this.configuredObjective!.defaultMetric);
      metric.configure(this.configuredObjective!.defaultMetricArgs());
      this.metrics.push(metric);
    }
    return matrices.flatMap((matrix, i) => {
      const preds = this.configuredObjective!.evalTransform(this.margins(matrix).slice());
      return this.metrics.map((m): [string, string, number] => [
        names[i]!,
        m.name,
        m.evaluate(preds, matrix.info),
      ]);
    });
  }
  /** Margins of all rounds, or of rounds `begin … end`; the cache's own array. */
  margins(matrix: Matrix, training = false, begin = 0, end = 0): Float32Array {
    this.configure();
    if (training) this.fitIntercept(null);
    this.checkMatrix(matrix, false);
    const cache = this.caches.get(matrix) ?? { margins: null, version: 0 };
    this.configuredBooster!.predict(this.shape, matrix, cache, training, begin, end);
    return cache.margins!;
  }

  /** Takes a model from a file. Its parameters stay those of the learner. */
  restore(m: ModelState): void {
    this.train.set("objective", m.objective);
    this.train.set("booster", m.booster);
    this.baseScore = [...m.baseScore];
    this.boostFromAverage = m.boostFromAverage;
    this.numFeature = m.numFeature;
    this.numClass = m.numClass;
    this.numTarget = m.numTarget;
    this.attributes.clear();
    for (const [key, value] of m.attributes) this.attributes.set(key, value);
    this.featureNames = m.featureNames;
    this.featureTypes = m.featureTypes;
    this.configuredObjective = createObjective(m.objective);
    this.configuredObjective.configure(Object.entries(m.objectiveParams));
    this.configuredObjective.vectors = m.objectiveVectors ?? {};
    this.configuredBooster = createBooster(m.booster, m.trees, m.linear);
    this.boosterName = m.booster;
    for (const cache of this.caches.values()) {
      cache.margins = null;
      cache.version = 0;
    }
    this.dirty = true;
  }
  /** Takes another learner's model and parameters, as loading its whole configuration does. */
  copyFrom(other: Learner): void {
    const { state } = other;
    this.restore({ ...state, trees: state.trees.copy(), linear: state.linear.copy() });
    this.train.copyFrom(other.train);
    this.generic.copyFrom(other.generic);
    this.configuredBooster!.copyParams(other.gbm);
    this.metricNames = [...other.metricNames];
    this.metrics = other.metrics.map((m) => {
      const made = createMetric(m.name);
      if (m.params) made.params!.copyFrom(m.params);
      return made;
    });
    this.keepRandomState();
  }

  /** Parameters come from a saved configuration: the random engine goes on where it is. */
  keepRandomState(): void {
    this.seeded = true;
  }

  /** What a model file holds. */
  get state(): ModelState {
    this.configure();
    return {
      booster: this.booster,
      objective: this.objectiveName,
      objectiveParams: Object.fromEntries(this.configuredObjective!.params?.texts() ?? []),
      objectiveVectors: this.configuredObjective!.vectors,
      baseScore: this.baseScore,
      boostFromAverage: this.boostFromAverage,
      numFeature: this.numFeature,
      numClass: this.numClass,
      numTarget: this.numTarget,
      attributes: this.attributes,
      featureNames: this.featureNames,
      featureTypes: this.featureTypes,
      trees: this.trees,
      linear: this.linear,
    };
  }

  /** What `Booster.predict` gives, row-major. */
  predict(matrix: Matrix, outputMargin: boolean, training = false, begin = 0, end = 0): Float32Array {
    const margins = this.margins(matrix, training, begin, end).slice();
    return outputMargin ? margins : this.configuredObjective!.predTransform(margins);
  }
}
