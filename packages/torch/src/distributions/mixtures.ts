import { ValueError } from "@cognate/py";
import { finfo } from "../limits.js";
import { cholesky } from "../linalg/factorize.js";
import { solve_triangular } from "../linalg/solve.js";
import { empty } from "../ops/creation.js";
import { lgamma } from "../ops/special-functions.js";
import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import type { Categorical } from "./discrete.js";
import { broadcastAll, DistributionImpl, distribution, type Param } from "./distribution.js";
import { Gamma } from "./gamma.js";

// Distributions made of several others.

type Constraints = Readonly<Record<string, constraints.Constraint>>;

class MixtureSameFamilyImpl extends DistributionImpl {
  get arg_constraints(): Constraints {
    return {};
  }
  private readonly _mixture: InstanceType<typeof Categorical>;
  private readonly _component: DistributionImpl;
  constructor(
    mixture_distribution: InstanceType<typeof Categorical>,
    component_distribution: DistributionImpl,
    validate_args: boolean | null = null,
  ) {
    const batch = component_distribution.batch_shape;
    const count = batch.at(-1) as number | undefined;
    if (mixture_distribution.probs.shape.at(-1) !== count)
      throw new ValueError(
        `\`mixture_distribution component\` (${mixture_distribution.probs.shape.at(-1)}) does not equal \`component_distribution.batch_shape[-1]\` (${count})`,
      );
    super(batch.slice(0, -1), component_distribution.event_shape, validate_args);
    this._mixture = mixture_distribution;
    this._component = component_distribution;
  }
  get mixture_distribution(): InstanceType<typeof Categorical> {
    return this._mixture;
  }
  get component_distribution(): DistributionImpl {
    return this._component;
  }
  get support() {
    return this._component.support;
  }
  /** The axes of one value added to the mixture's. */
  private _padded(x: Tensor): Tensor {
    return this.event_shape.reduce<Tensor>((y) => y.unsqueeze(-1), x);
  }
  private get _axis(): number {
    return -1 - this.event_shape.length;
  }
  override get mean(): Tensor {
    return this._padded(this._mixture.probs).mul(this._component.mean).sum(this._axis);
  }
  override get variance(): Tensor {
    const probs = this._padded(this._mixture.probs);
    const within = probs.mul(this._component.variance).sum(this._axis);
    const between = probs
      .mul(this._component.mean.sub(this.mean.unsqueeze(this._axis)).pow(2))
      .sum(this._axis);
    return within.add(between);
  }
  override cdf(value: Tensor): Tensor {
    return this._component.cdf(value.unsqueeze(this._axis)).mul(this._mixture.probs).sum(-1);
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const each = this._component.log_prob(value.unsqueeze(this._axis));
    return each.add(this._mixture.logits.log_softmax(-1)).logsumexp(-1);
  }
  protected _draw(shape: number[]): Tensor {
    const lead = shape.slice(0, shape.length - this.batch_shape.length - this.event_shape.length);
    const picks = this._mixture.sample(lead);
    const all = this._component.sample(lead);
    const axis = all.ndim + this._axis;
    const index = this._padded(picks.unsqueeze(-1));
    const wide = index.expand(all.shape.map((n, i) => (i === axis ? 1 : n)));
    return all.gather(axis, wide).squeeze(axis);
  }
  override __repr__(): string {
    return `MixtureSameFamily(\n  ${this._mixture},\n  ${this._component})`;
  }
}
/** One of several distributions of a kind, picked by a categorical one. */
export const MixtureSameFamily = distribution(
  "mixture_same_family.MixtureSameFamily",
  "mixture_distribution component_distribution validate_args",
  MixtureSameFamilyImpl,
);
export type MixtureSameFamily = MixtureSameFamilyImpl;

class FisherSnedecorImpl extends DistributionImpl {
  override get has_rsample(): boolean {
    return true;
  }
  readonly df1: Tensor;
  readonly df2: Tensor;
  get arg_constraints(): Constraints {
    return { df1: constraints.positive, df2: constraints.positive };
  }
  constructor(df1: Param, df2: Param, validate_args: boolean | null = null) {
    const [a, b] = broadcastAll([df1, df2]) as [Tensor, Tensor];
    super(a.shape, [], validate_args);
    this.df1 = a;
    this.df2 = b;
    this._check();
  }
  get support() {
    return constraints.positive;
  }
  override get mean(): Tensor {
    const d = this.df2.masked_fill(this.df2.le(2), Number.NaN);
    return d.div(d.sub(2));
  }
  override get mode(): Tensor {
    const { df1, df2 } = this;
    const mode = df1.sub(2).div(df1).mul(df2).div(df2.add(2));
    return mode.masked_fill(df1.le(2), Number.NaN);
  }
  override get variance(): Tensor {
    const { df1 } = this;
    const d = this.df2.masked_fill(this.df2.le(4), Number.NaN);
    return d
      .pow(2)
      .mul(2)
      .mul(df1.add(d).sub(2))
      .div(df1.mul(d.sub(2).pow(2)).mul(d.sub(4)));
  }
  protected _draw(shape: number[]): Tensor {
    const lead = shape.slice(0, shape.length - this.batch_shape.length);
    const part = (df: Tensor): Tensor => Gamma(df.mul(0.5), df).rsample(lead).view(shape);
    const { tiny } = finfo(this.df2.dtype);
    const top = part(this.df1);
    const bottom = part(this.df2).clamp({ min: tiny });
    return top.div(bottom).clamp({ min: tiny });
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const [a, b] = [this.df1.mul(0.5), this.df2.mul(0.5)];
    const ratio = this.df1.div(this.df2);
    const scale = lgamma(a.add(b)).sub(lgamma(a)).sub(lgamma(b));
    return scale
      .add(a.mul(ratio.log()).add(a.sub(1).mul(value.log())))
      .sub(a.add(b).mul(ratio.mul(value).log1p()));
  }
}
/** The quotient of two mean squares with df1 and df2 degrees of freedom. */
export const FisherSnedecor = distribution(
  "fishersnedecor.FisherSnedecor",
  "df1 df2 validate_args",
  FisherSnedecorImpl,
);
export type FisherSnedecor = FisherSnedecorImpl;

class LowRankMultivariateNormalImpl extends DistributionImpl {
  readonly loc: Tensor;
  readonly cov_factor: Tensor;
  readonly cov_diag: Tensor;
  override get has_rsample(): boolean {
    return true;
  }
  get arg_constraints(): Constraints {
    return {
      loc: constraints.real_vector,
      cov_factor: constraints.independent(constraints.real, 2),
      cov_diag: constraints.independent(constraints.positive, 1),
    };
  }
  readonly _capacitance: Tensor;
  constructor(loc: Tensor, cov_factor: Tensor, cov_diag: Tensor, validate_args: boolean | null = null) {
    if (loc.ndim < 1) throw new ValueError("loc must be at least one-dimensional.");
    const n = loc.shape.at(-1)!;
    if (cov_factor.ndim < 2)
      throw new ValueError(
        "cov_factor must be at least two-dimensional, with optional leading batch dimensions",
      );
    if (cov_factor.shape.at(-2) !== n)
      throw new ValueError(`cov_factor must be a batch of matrices with shape ${n} x m`);
    if (cov_diag.shape.at(-1) !== n)
      throw new ValueError(`cov_diag must be a batch of vectors with shape (${n},)`);
    const lead = [loc.shape.slice(0, -1), cov_factor.shape.slice(0, -2), cov_diag.shape.slice(0, -1)].reduce(
      (a, b) => (b.length > a.length ? b : a),
    );
    super(lead, [n], validate_args);
    this.loc = loc.expand([...lead, n]);
    this.cov_factor = cov_factor.expand([...lead, n, cov_factor.shape.at(-1)!]);
    this.cov_diag = cov_diag.expand([...lead, n]);
    this._check();
    // I + Wᵀ·D⁻¹·W, in whose few rows everything is solved.
    const scaled = this.cov_factor.mT.div(this.cov_diag.unsqueeze(-2));
    const k = scaled.matmul(this.cov_factor);
    const eye = empty([k.shape.at(-1)!], { dtype: k.dtype })
      .fill_(1)
      .diag();
    this._capacitance = cholesky(k.add(eye));
    Object.defineProperty(this, "_capacitance", { enumerable: false });
  }
  get support() {
    return constraints.real_vector;
  }
  override get mean(): Tensor {
    return this.loc;
  }
  override get mode(): Tensor {
    return this.loc;
  }
  override get variance(): Tensor {
    return this.cov_factor.pow(2).sum(-1).add(this.cov_diag);
  }
  get covariance_matrix(): Tensor {
    return this.cov_factor.matmul(this.cov_factor.mT).add(this.cov_diag.diag_embed());
  }
  get scale_tril(): Tensor {
    return cholesky(this.covariance_matrix);
  }
  get precision_matrix(): Tensor {
    return this.covariance_matrix.inverse();
  }
  protected _draw(shape: number[]): Tensor {
    const rank = this.cov_factor.shape.at(-1)!;
    const w = empty([...shape.slice(0, -1), rank], { dtype: this.loc.dtype }).normal_();
    const d = empty(shape, { dtype: this.loc.dtype }).normal_();
    return this.loc.add(this.cov_factor.matmul(w.unsqueeze(-1)).squeeze(-1)).add(this.cov_diag.sqrt().mul(d));
  }
  private _logDet(): Tensor {
    return this._capacitance.diagonal(0, -2, -1).log().sum(-1).mul(2).add(this.cov_diag.log().sum(-1));
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const diff = value.sub(this.loc);
    const scaled = diff.div(this.cov_diag);
    const seen = this.cov_factor.mT.matmul(scaled.unsqueeze(-1));
    const solved = solve_triangular(this._capacitance, seen, { upper: false }).squeeze(-1);
    const distance = diff.pow(2).div(this.cov_diag).sum(-1).sub(solved.pow(2).sum(-1));
    const n = this.event_shape[0]!;
    return distance
      .add(this._logDet())
      .add(n * Math.log(2 * Math.PI))
      .mul(-0.5);
  }
  override entropy(): Tensor {
    const n = this.event_shape[0]!;
    return this._logDet()
      .add(n * (1 + Math.log(2 * Math.PI)))
      .mul(0.5)
      .expand([...this.batch_shape]);
  }
}
/** Normal vectors whose covariance is W·Wᵀ plus a diagonal. */
export const LowRankMultivariateNormal = distribution(
  "lowrank_multivariate_normal.LowRankMultivariateNormal",
  "loc cov_factor cov_diag validate_args",
  LowRankMultivariateNormalImpl,
);
export type LowRankMultivariateNormal = LowRankMultivariateNormalImpl;
