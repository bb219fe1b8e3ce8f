import { finfo } from "../limits.js";
import { one_hot } from "../nn/functional/embedding.js";
import { empty, full_like } from "../ops/creation.js";
import { xlogy } from "../ops/exponential.js";
import { stack } from "../ops/joining.js";
import { digamma, igamma, lgamma } from "../ops/special-functions.js";
import { _dirichlet_grad, _standard_gamma } from "../random/gamma.js";
import { normal } from "../random/sample.js";
import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import { broadcastAll, DistributionImpl, distribution, type Param } from "./distribution.js";

// The gamma distribution and those that are made of it.

const tiny = (x: Tensor): number => finfo(x.dtype).tiny;

class GammaImpl extends DistributionImpl {
  override get has_rsample(): boolean {
    return true;
  }
  readonly concentration: Tensor;
  readonly rate: Tensor;
  get arg_constraints(): Readonly<Record<string, constraints.Constraint>> {
    return { concentration: constraints.positive, rate: constraints.positive };
  }
  constructor(concentration: Param, rate: Param, validate_args: boolean | null = null) {
    const [a, b] = broadcastAll([concentration, rate]) as [Tensor, Tensor];
    super(a.shape, [], validate_args);
    this.concentration = a;
    this.rate = b;
    this._check();
  }
  get support() {
    return constraints.nonnegative;
  }
  override get mean(): Tensor {
    return this.concentration.div(this.rate);
  }
  override get mode(): Tensor {
    return this.concentration.sub(1).div(this.rate).clamp({ min: 0 });
  }
  override get variance(): Tensor {
    return this.concentration.div(this.rate.pow(2));
  }
  protected _draw(shape: number[]): Tensor {
    const y = _standard_gamma(this.concentration.expand(shape)).div(this.rate.expand(shape));
    return y.clamp({ min: tiny(y) });
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const { concentration: a, rate: b } = this;
    return xlogy(a, b)
      .add(xlogy(a.sub(1), value))
      .sub(b.mul(value))
      .sub(lgamma(a));
  }
  override entropy(): Tensor {
    const a = this.concentration;
    return a
      .sub(this.rate.log())
      .add(lgamma(a))
      .add(a.rsub(1).mul(digamma(a)));
  }
  override cdf(value: Tensor): Tensor {
    this._validate_sample(value);
    return igamma(this.concentration, this.rate.mul(value));
  }
}
/**
 * The gamma distribution with shape `concentration` and inverse scale `rate`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.distributions.Gamma(2.5, 0.5).mean); // prints tensor(5.)
 * ```
 */
export const Gamma = distribution("gamma.Gamma", "concentration rate validate_args", GammaImpl);
export type Gamma = GammaImpl;

class Chi2Impl extends GammaImpl {
  override get arg_constraints(): Readonly<Record<string, constraints.Constraint>> {
    return { df: constraints.positive };
  }
  constructor(df: Param, validate_args: boolean | null = null) {
    const [half] = broadcastAll([df]) as [Tensor];
    super(half.mul(0.5), 0.5, validate_args);
  }
  get df(): Tensor {
    return this.concentration.mul(2);
  }
}
/** The distribution of the sum of the squares of `df` normal numbers. */
export const Chi2 = distribution("chi2.Chi2", "df validate_args", Chi2Impl);
export type Chi2 = Chi2Impl;

class DirichletImpl extends DistributionImpl {
  override get has_rsample(): boolean {
    return true;
  }
  readonly concentration: Tensor;
  get arg_constraints() {
    return { concentration: constraints.independent(constraints.positive, 1) };
  }
  constructor(concentration: Tensor, validate_args: boolean | null = null) {
    super(concentration.shape.slice(0, -1), concentration.shape.slice(-1), validate_args);
    this.concentration = concentration;
    this._check();
  }
  get support() {
    return constraints.simplex;
  }
  protected _draw(shape: number[]): Tensor {
    const a = this.concentration.expand(shape);
    // PyTorch draws and divides in float64.
    const drawn = _standard_gamma(a.detach().double());
    const least = tiny(a);
    const y = drawn
      .div(drawn.sum(-1, true))
      .to(a.dtype)
      .clamp(least, 1 - finfo(a.dtype).eps / 2);
    if (!a.requires_grad) return y;
    // Zero, but for its gradient: each part moves along its own quantile, and all keep their sum.
    const moved = _dirichlet_grad(y, a.detach(), a.detach().sum(-1, true)).mul(a.sub(a.detach()));
    return y.add(moved.sub(y.mul(moved.sum(-1, true))));
  }
  override get mean(): Tensor {
    return this.concentration.div(this.concentration.sum(-1, true));
  }
  override get variance(): Tensor {
    const sum = this.concentration.sum(-1, true);
    return this.concentration.mul(sum.sub(this.concentration)).div(sum.pow(2).mul(sum.add(1)));
  }
  override get mode(): Tensor {
    const more = this.concentration.sub(1).clamp({ min: 0 });
    const mode = more.div(more.sum(-1, true));
    const corner = one_hot(mode.argmax(-1), more.shape.at(-1) as number).to(mode.dtype);
    return mode.where(this.concentration.lt(1).all(-1, true).logical_not(), corner);
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const a = this.concentration;
    return xlogy(a.sub(1), value)
      .sum(-1)
      .add(lgamma(a.sum(-1)))
      .sub(lgamma(a).sum(-1));
  }
  override entropy(): Tensor {
    const a = this.concentration;
    const k = a.shape.at(-1) as number;
    const sum = a.sum(-1);
    return lgamma(a)
      .sum(-1)
      .sub(lgamma(sum))
      .sub(sum.rsub(k).mul(digamma(sum)))
      .sub(a.sub(1).mul(digamma(a)).sum(-1));
  }
}
/** Vectors of positive numbers with sum 1, whose weights are `concentration`. */
export const Dirichlet = distribution("dirichlet.Dirichlet", "concentration validate_args", DirichletImpl);
export type Dirichlet = DirichletImpl;

class BetaImpl extends DistributionImpl {
  override get has_rsample(): boolean {
    return true;
  }
  get arg_constraints() {
    return { concentration1: constraints.positive, concentration0: constraints.positive };
  }
  private readonly _pair: DirichletImpl;
  constructor(concentration1: Param, concentration0: Param, validate_args: boolean | null = null) {
    const [a, b] = broadcastAll([concentration1, concentration0]) as [Tensor, Tensor];
    super(a.shape, [], validate_args);
    this._pair = new DirichletImpl(stack([a, b], -1), validate_args);
    Object.defineProperty(this, "_pair", { enumerable: false });
  }
  get concentration1(): Tensor {
    return this._pair.concentration.select(-1, 0);
  }
  get concentration0(): Tensor {
    return this._pair.concentration.select(-1, 1);
  }
  get support() {
    return constraints.unit_interval;
  }
  override get mode(): Tensor {
    return this._pair.mode.select(-1, 0);
  }
  override get mean(): Tensor {
    return this.concentration1.div(this.concentration1.add(this.concentration0));
  }
  override get variance(): Tensor {
    const total = this.concentration1.add(this.concentration0);
    return this.concentration1.mul(this.concentration0).div(total.pow(2).mul(total.add(1)));
  }
  protected _draw(shape: number[]): Tensor {
    const n = shape.length - this.batch_shape.length;
    return this._pair.rsample(shape.slice(0, n)).select(-1, 0);
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    return this._pair.log_prob(stack([value, value.rsub(1)], -1));
  }
  override entropy(): Tensor {
    return this._pair.entropy();
  }
}
/** Numbers of [0, 1] with the density x^(concentration1 − 1)·(1 − x)^(concentration0 − 1), up to a factor. */
export const Beta = distribution("beta.Beta", "concentration1 concentration0 validate_args", BetaImpl);
export type Beta = BetaImpl;

class StudentTImpl extends DistributionImpl {
  override get has_rsample(): boolean {
    return true;
  }
  readonly df: Tensor;
  readonly loc: Tensor;
  readonly scale: Tensor;
  get arg_constraints() {
    return { df: constraints.positive, loc: constraints.real, scale: constraints.positive };
  }
  constructor(df: Param, loc: Param = 0, scale: Param = 1, validate_args: boolean | null = null) {
    const [d, l, s] = broadcastAll([df, loc, scale]) as [Tensor, Tensor, Tensor];
    super(d.shape, [], validate_args);
    this.df = d;
    this.loc = l;
    this.scale = s;
    this._check();
  }
  get support() {
    return constraints.real;
  }
  override get mean(): Tensor {
    return this.loc.clone().masked_fill(this.df.le(1), Number.NaN);
  }
  override get mode(): Tensor {
    return this.loc;
  }
  override get variance(): Tensor {
    const m = this.scale.pow(2).mul(this.df).div(this.df.sub(2));
    return m.masked_fill(this.df.le(2), Number.POSITIVE_INFINITY).masked_fill(this.df.le(1), Number.NaN);
  }
  protected _draw(shape: number[]): Tensor {
    const zeros = empty(shape, { dtype: this.df.dtype }).fill_(0);
    const x = normal(zeros, full_like(zeros, 1));
    const n = shape.length - this.batch_shape.length;
    const z = new Chi2Impl(this.df).rsample(shape.slice(0, n));
    return this.loc.add(this.scale.mul(x.mul(z.div(this.df).rsqrt())));
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const { df } = this;
    const y = value.sub(this.loc).div(this.scale);
    const z = this.scale
      .log()
      .add(df.log().mul(0.5))
      .add(0.5 * Math.log(Math.PI))
      .add(lgamma(df.mul(0.5)))
      .sub(lgamma(df.add(1).mul(0.5)));
    return df.add(1).mul(-0.5).mul(y.pow(2).div(df).log1p()).sub(z);
  }
  override entropy(): Tensor {
    const { df } = this;
    const half = df.mul(0.5);
    const lbeta = lgamma(half)
      .add(Math.log(Math.PI) / 2)
      .sub(lgamma(half.add(0.5)));
    return this.scale
      .log()
      .add(
        df
          .add(1)
          .mul(0.5)
          .mul(digamma(df.add(1).mul(0.5)).sub(digamma(half))),
      )
      .add(df.log().mul(0.5))
      .add(lbeta);
  }
}
/** Student's t distribution with `df` degrees of freedom, moved by `loc` and stretched by `scale`. */
export const StudentT = distribution("studentT.StudentT", "df loc scale validate_args", StudentTImpl);
export type StudentT = StudentTImpl;
