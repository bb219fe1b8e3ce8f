import { ValueError } from "@cognate/py";
import { finfo } from "../limits.js";
import { lgamma } from "../ops/special-functions.js";
import { rand } from "../random/factories.js";
import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import { Bernoulli, Categorical, OneHotCategorical } from "./discrete.js";
import { broadcastAll, DistributionImpl, distribution, lazy, type Param } from "./distribution.js";
import { TransformedDistribution } from "./transformed.js";
import { ExpTransform, SigmoidTransform } from "./transforms.js";

// Continuous numbers in place of discrete ones, so that gradients pass through samples.

type Constraints = Readonly<Record<string, constraints.Constraint>>;
const epsOf = (x: Tensor): number => finfo(x.dtype).eps;
const inside = (p: Tensor): Tensor => p.clamp(epsOf(p), 1 - epsOf(p));
const logit = (p: Tensor): Tensor => {
  const q = inside(p);
  return q.log().sub(q.neg().log1p());
};

class LogitRelaxedBernoulliImpl extends DistributionImpl {
  readonly temperature: Tensor;
  private readonly _binary: InstanceType<typeof Bernoulli>;
  override get has_rsample(): boolean {
    return true;
  }
  get arg_constraints(): Constraints {
    return { probs: constraints.unit_interval, logits: constraints.real };
  }
  constructor(
    temperature: Tensor,
    probs: Param | null = null,
    logits: Param | null = null,
    validate_args: boolean | null = null,
  ) {
    const binary = Bernoulli(probs, logits);
    super(binary.batch_shape, [], validate_args);
    this.temperature = temperature;
    this._binary = binary;
    // The one that was given prints.
    const name = probs === null ? "logits" : "probs";
    Object.defineProperty(this, name, { value: binary[name], enumerable: true });
  }
  get probs(): Tensor {
    return this._binary.probs;
  }
  get logits(): Tensor {
    return this._binary.logits;
  }
  get support() {
    return constraints.real;
  }
  protected _draw(shape: number[]): Tensor {
    const p = inside(this.probs.expand(shape));
    const u = inside(rand(shape, { dtype: p.dtype }));
    return u.log().sub(u.neg().log1p()).add(p.log()).sub(p.neg().log1p()).div(this.temperature);
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const [logits, v] = broadcastAll([this.logits, value]) as [Tensor, Tensor];
    const diff = logits.sub(v.mul(this.temperature));
    return this.temperature.log().add(diff).sub(diff.exp().log1p().mul(2));
  }
}
export const LogitRelaxedBernoulli = distribution(
  "relaxed_bernoulli.LogitRelaxedBernoulli",
  "temperature probs logits validate_args",
  LogitRelaxedBernoulliImpl,
);

class RelaxedBernoulliImpl extends TransformedDistribution {
  override get arg_constraints(): Constraints {
    return {
      probs: constraints.unit_interval,
      logits: constraints.real,
    };
  }
  constructor(
    temperature: Tensor,
    probs: Param | null = null,
    logits: Param | null = null,
    validate_args: boolean | null = null,
  ) {
    super(LogitRelaxedBernoulli(temperature, probs, logits), [SigmoidTransform()], validate_args);
  }
  private get _logit(): LogitRelaxedBernoulliImpl {
    return this.base_dist as LogitRelaxedBernoulliImpl;
  }
  get temperature(): Tensor {
    return this._logit.temperature;
  }
  get probs(): Tensor {
    return this._logit.probs;
  }
  get logits(): Tensor {
    return this._logit.logits;
  }
  override get support() {
    return constraints.unit_interval;
  }
}
/** Numbers between 0 and 1 that lean to the ends as the temperature falls. */
export const RelaxedBernoulli = distribution(
  "relaxed_bernoulli.RelaxedBernoulli",
  "temperature probs logits validate_args",
  RelaxedBernoulliImpl,
);
export type RelaxedBernoulli = RelaxedBernoulliImpl;

class ExpRelaxedCategoricalImpl extends DistributionImpl {
  readonly temperature: Tensor;
  private readonly _categorical: InstanceType<typeof Categorical>;
  override get has_rsample(): boolean {
    return true;
  }
  get arg_constraints(): Constraints {
    return { probs: constraints.simplex, logits: constraints.real_vector };
  }
  constructor(
    temperature: Tensor,
    probs: Tensor | null = null,
    logits: Tensor | null = null,
    validate_args: boolean | null = null,
  ) {
    const each = Categorical(probs, logits);
    super(each.batch_shape, each.probs.shape.slice(-1), validate_args);
    this.temperature = temperature;
    this._categorical = each;
  }
  get probs(): Tensor {
    return this._categorical.probs;
  }
  get logits(): Tensor {
    return this._categorical.logits;
  }
  get support() {
    return constraints.real_vector;
  }
  protected _draw(shape: number[]): Tensor {
    const u = inside(rand(shape, { dtype: this.logits.dtype }));
    const noise = u.log().neg().log().neg();
    const scores = this.logits.add(noise).div(this.temperature);
    return scores.sub(scores.logsumexp(-1, true));
  }
  log_prob(value: Tensor): Tensor {
    const k = this.event_shape[0]!;
    this._validate_sample(value);
    const [logits, v] = broadcastAll([this.logits, value]) as [Tensor, Tensor];
    const scale = this.temperature
      .mul(0)
      .add(lgamma(this.temperature.mul(0).add(k)))
      .sub(this.temperature.log().mul(-(k - 1)));
    const score = logits.sub(v.mul(this.temperature));
    return score.sub(score.logsumexp(-1, true)).sum(-1).add(scale);
  }
}
export const ExpRelaxedCategorical = distribution(
  "relaxed_categorical.ExpRelaxedCategorical",
  "temperature probs logits validate_args",
  ExpRelaxedCategoricalImpl,
);

class RelaxedOneHotCategoricalImpl extends TransformedDistribution {
  override get arg_constraints(): Constraints {
    return {
      probs: constraints.simplex,
      logits: constraints.real_vector,
    };
  }
  constructor(
    temperature: Tensor,
    probs: Tensor | null = null,
    logits: Tensor | null = null,
    validate_args: boolean | null = null,
  ) {
    super(ExpRelaxedCategorical(temperature, probs, logits), [ExpTransform()], validate_args);
  }
  private get _log(): ExpRelaxedCategoricalImpl {
    return this.base_dist as ExpRelaxedCategoricalImpl;
  }
  get temperature(): Tensor {
    return this._log.temperature;
  }
  get probs(): Tensor {
    return this._log.probs;
  }
  get logits(): Tensor {
    return this._log.logits;
  }
  override get support() {
    return constraints.simplex;
  }
}
/** Vectors of sum 1 that lean to the corners as the temperature falls: softmax of Gumbel numbers. */
export const RelaxedOneHotCategorical = distribution(
  "relaxed_categorical.RelaxedOneHotCategorical",
  "temperature probs logits validate_args",
  RelaxedOneHotCategoricalImpl,
);
export type RelaxedOneHotCategorical = RelaxedOneHotCategoricalImpl;

class OneHotCategoricalStraightThroughImpl extends OneHotCategorical {
  override get has_rsample(): boolean {
    return true;
  }
  override rsample(sample_shape: Parameters<DistributionImpl["sample"]>[0] = []): Tensor {
    const samples = this.sample(sample_shape);
    const { probs } = this;
    return samples.add(probs.sub(probs.detach()));
  }
}
/** One-hot vectors whose gradient is that of their probabilities. */
export const OneHotCategoricalStraightThrough = distribution(
  "one_hot_categorical.OneHotCategoricalStraightThrough",
  "probs logits validate_args",
  OneHotCategoricalStraightThroughImpl,
);
export type OneHotCategoricalStraightThrough = OneHotCategoricalStraightThroughImpl;

class ContinuousBernoulliImpl extends DistributionImpl {
  declare readonly probs: Tensor;
  declare readonly logits: Tensor;
  override get has_rsample(): boolean {
    return true;
  }
  get arg_constraints(): Constraints {
    return { probs: constraints.unit_interval, logits: constraints.real };
  }
  private readonly _low: number;
  private readonly _high: number;
  constructor(
    probs: Param | null = null,
    logits: Param | null = null,
    lims: readonly [number, number] = [0.499, 0.501],
    validate_args: boolean | null = null,
  ) {
    if ((probs === null) === (logits === null))
      throw new ValueError("Either `probs` or `logits` must be specified, but not both.");
    const [given] = broadcastAll([(probs ?? logits) as Param]) as [Tensor];
    super(given.shape, [], validate_args);
    [this._low, this._high] = lims;
    const name = probs === null ? "logits" : "probs";
    if (name === "probs") this._checkNamed({ probs: given });
    Object.defineProperty(this, name, { value: name === "probs" ? inside(given) : given, enumerable: true });
  }
  get support() {
    return constraints.unit_interval;
  }
  /** Where the formulas lose their digits, near ½, Taylor's take over. */
  private _outside(): Tensor {
    return this.probs.le(this._low).logical_or(this.probs.gt(this._high));
  }
  private _cut(): Tensor {
    const low = this.probs.mul(0).add(this._low);
    return this.probs.where(this._outside(), low);
  }
  _logNormalizer(): Tensor {
    const cut = this._cut();
    const below = cut.where(cut.le(0.5), cut.mul(0));
    const above = cut.where(cut.ge(0.5), cut.mul(0).add(1));
    const exact = cut
      .neg()
      .log1p()
      .sub(cut.log())
      .abs()
      .log()
      .sub(below.mul(-2).log1p().where(cut.le(0.5), above.mul(2).sub(1).log()));
    const x = this.probs.sub(0.5).pow(2);
    const near = x
      .mul(104 / 45)
      .add(4 / 3)
      .mul(x)
      .add(Math.log(2));
    return exact.where(this._outside(), near);
  }
  override get mean(): Tensor {
    const cut = this._cut();
    const exact = cut.div(cut.mul(2).sub(1)).add(cut.neg().log1p().sub(cut.log()).reciprocal());
    const x = this.probs.sub(0.5);
    const near = x
      .pow(2)
      .mul(16 / 45)
      .add(1 / 3)
      .mul(x)
      .add(0.5);
    return exact.where(this._outside(), near);
  }
  override get variance(): Tensor {
    const cut = this._cut();
    const exact = cut
      .mul(cut.sub(1))
      .div(cut.mul(2).rsub(1).pow(2))
      .add(cut.neg().log1p().sub(cut.log()).pow(2).reciprocal());
    const x = this.probs.sub(0.5).pow(2);
    const near = x
      .mul(128 / 945)
      .rsub(1 / 15)
      .mul(x)
      .rsub(1 / 12);
    return exact.where(this._outside(), near);
  }
  protected _draw(shape: number[]): Tensor {
    return this.icdf(rand(shape, { dtype: this.probs.dtype }));
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const [logits, v] = broadcastAll([this.logits, value]) as [Tensor, Tensor];
    // −(binary cross entropy of v beside the logits)
    const each = v.sub(1).mul(logits).sub(logits.neg().exp().log1p());
    return each.add(this._logNormalizer());
  }
  override cdf(value: Tensor): Tensor {
    this._validate_sample(value);
    const cut = this._cut();
    const exact = cut
      .pow(value)
      .mul(cut.rsub(1).pow(value.rsub(1)))
      .add(cut)
      .sub(1)
      .div(cut.mul(2).sub(1));
    const inner = exact.where(this._outside(), value);
    return inner.masked_fill(value.le(0), 0).masked_fill(value.ge(1), 1);
  }
  override icdf(value: Tensor): Tensor {
    const cut = this._cut();
    const exact = cut
      .neg()
      .add(value.mul(cut.mul(2).sub(1)))
      .log1p()
      .sub(cut.neg().log1p())
      .div(cut.log().sub(cut.neg().log1p()));
    return exact.where(this._outside(), value);
  }
  override entropy(): Tensor {
    const [a, b] = [this.probs.neg().log1p(), this.probs.log()];
    return this.mean.mul(a.sub(b)).sub(this._logNormalizer()).sub(a);
  }
}
lazy(ContinuousBernoulliImpl, {
  probs: (d) => inside(d.logits.sigmoid()),
  logits: (d) => logit(d.probs),
});
/** Numbers of [0, 1] with the density p^x·(1 − p)^(1 − x), up to a factor. */
export const ContinuousBernoulli = distribution(
  "continuous_bernoulli.ContinuousBernoulli",
  "probs logits lims validate_args",
  ContinuousBernoulliImpl,
);
export type ContinuousBernoulli = ContinuousBernoulliImpl;
