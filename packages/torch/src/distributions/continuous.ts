import { empty } from "../ops/creation.js";
import { rand } from "../random/factories.js";
import { normal } from "../random/sample.js";
import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import { broadcastAll, DistributionImpl, distribution, type Param } from "./distribution.js";

const LOG_ROOT_2PI = Math.log(Math.sqrt(2 * Math.PI));
const EULER = 0.5772156649015329;

/** Distributions with a place and a width. */
abstract class LocationScale extends DistributionImpl {
  readonly loc: Tensor;
  readonly scale: Tensor;
  override get has_rsample(): boolean {
    return true;
  }
  get arg_constraints() {
    return LOC_SCALE;
  }
  constructor(loc: Param, scale: Param, validate_args: boolean | null = null) {
    const [l, s] = broadcastAll([loc, scale]) as [Tensor, Tensor];
    super(l.shape, [], validate_args);
    this.loc = l;
    this.scale = s;
    this._check();
  }
  get support() {
    return constraints.real;
  }
  override get mean(): Tensor {
    return this.loc;
  }
  override get mode(): Tensor {
    return this.loc;
  }
  /** Noise of a shape in the type of the parameters, without history. */
  protected _noise(shape: readonly number[], f: (x: Tensor) => Tensor): Tensor {
    return f(empty(shape, { dtype: this.loc.dtype }));
  }
  /** (value − loc)/scale. */
  protected _standard(value: Tensor): Tensor {
    this._validate_sample(value);
    return value.sub(this.loc).div(this.scale);
  }
}
const LOC_SCALE = { loc: constraints.real, scale: constraints.positive };

class NormalImpl extends LocationScale {
  protected _draw(shape: number[]): Tensor {
    const noise = this._noise(shape, (x) => x.normal_());
    return this.loc.add(noise.mul(this.scale));
  }
  override sample(sample_shape: Parameters<DistributionImpl["sample"]>[0] = []): Tensor {
    const shape = this._extended(sample_shape);
    return normal(this.loc.detach().expand(shape), this.scale.detach().expand(shape));
  }
  override get variance(): Tensor {
    return this.stddev.pow(2);
  }
  override get stddev(): Tensor {
    return this.scale;
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    return value
      .sub(this.loc)
      .pow(2)
      .neg()
      .div(this.scale.pow(2).mul(2))
      .sub(this.scale.log())
      .sub(LOG_ROOT_2PI);
  }
  override cdf(value: Tensor): Tensor {
    return this._standard(value).div(Math.SQRT2).erf().add(1).mul(0.5);
  }
  override icdf(value: Tensor): Tensor {
    return this.loc.add(this.scale.mul(value.mul(2).sub(1).erfinv()).mul(Math.SQRT2));
  }
  override entropy(): Tensor {
    return this.scale.log().add(0.5 + 0.5 * Math.log(2 * Math.PI));
  }
}

/**
 * The normal distribution with mean `loc` and standard deviation `scale`.
 *
 * @throws ValueError for a scale that is not positive
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const d = torch.distributions.Normal(0.5, 2);
 * print(d, d.log_prob(torch.tensor(1.5))); // prints Normal(loc: 0.5, scale: 2.0) tensor(-1.7371)
 * ```
 */
export const Normal = distribution("normal.Normal", "loc scale validate_args", NormalImpl);
export type Normal = NormalImpl;

class LogNormalImpl extends NormalImpl {
  override get support(): typeof constraints.positive {
    return constraints.positive;
  }
  protected override _draw(shape: number[]): Tensor {
    return super._draw(shape).exp();
  }
  override sample(sample_shape: Parameters<DistributionImpl["sample"]>[0] = []): Tensor {
    return super.sample(sample_shape).exp();
  }
  override get mean(): Tensor {
    return this.loc.add(this.scale.pow(2).div(2)).exp();
  }
  override get mode(): Tensor {
    return this.loc.sub(this.scale.square()).exp();
  }
  override get variance(): Tensor {
    const square = this.scale.pow(2);
    return square.expm1().mul(this.loc.mul(2).add(square).exp());
  }
  override get stddev(): Tensor {
    return this.variance.sqrt();
  }
  override log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const x = value.log();
    return x
      .sub(this.loc)
      .pow(2)
      .neg()
      .div(this.scale.pow(2).mul(2))
      .sub(this.scale.log())
      .sub(LOG_ROOT_2PI)
      .sub(x);
  }
  override cdf(value: Tensor): Tensor {
    this._validate_sample(value);
    return value.log().sub(this.loc).div(this.scale).div(Math.SQRT2).erf().add(1).mul(0.5);
  }
  override icdf(value: Tensor): Tensor {
    return super.icdf(value).exp();
  }
  override entropy(): Tensor {
    return super.entropy().add(this.loc);
  }
  override __repr__(): string {
    return "LogNormal()";
  }
}
/** e^X of a normal X. */
export const LogNormal = distribution("log_normal.LogNormal", "loc scale validate_args", LogNormalImpl);
export type LogNormal = LogNormalImpl;

class LaplaceImpl extends LocationScale {
  protected _draw(shape: number[]): Tensor {
    const eps = this.loc.dtype.itemsize === 8 ? 2 ** -52 : 2 ** -23;
    const u = this._noise(shape, (x) => x.uniform_(eps - 1, 1));
    return this.loc.sub(this.scale.mul(u.sign()).mul(u.abs().neg().log1p()));
  }
  override get variance(): Tensor {
    return this.scale.pow(2).mul(2);
  }
  override get stddev(): Tensor {
    return this.scale.mul(Math.SQRT2);
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    return this.scale.mul(2).log().neg().sub(value.sub(this.loc).abs().div(this.scale));
  }
  override cdf(value: Tensor): Tensor {
    const distance = value.sub(this.loc);
    this._validate_sample(value);
    const tail = distance.abs().neg().div(this.scale).expm1();
    return distance.sign().mul(tail).mul(0.5).rsub(0.5);
  }
  override icdf(value: Tensor): Tensor {
    const term = value.sub(0.5);
    return this.loc.sub(this.scale.mul(term.sign()).mul(term.abs().mul(-2).log1p()));
  }
  override entropy(): Tensor {
    return this.scale.mul(2).log().add(1);
  }
}
/** e^(−|x − loc|/scale)/(2·scale). */
export const Laplace = distribution("laplace.Laplace", "loc scale validate_args", LaplaceImpl);
export type Laplace = LaplaceImpl;

class CauchyImpl extends LocationScale {
  protected _draw(shape: number[]): Tensor {
    return this.loc.add(this._noise(shape, (x) => x.cauchy_()).mul(this.scale));
  }
  override get mean(): Tensor {
    return this.loc.mul(0).add(Number.NaN);
  }
  override get variance(): Tensor {
    return this.loc.mul(0).add(Number.POSITIVE_INFINITY);
  }
  log_prob(value: Tensor): Tensor {
    const z = this._standard(value);
    return this.scale.log().rsub(-Math.log(Math.PI)).sub(z.pow(2).log1p());
  }
  override cdf(value: Tensor): Tensor {
    return this._standard(value).atan().div(Math.PI).add(0.5);
  }
  override icdf(value: Tensor): Tensor {
    return value.sub(0.5).mul(Math.PI).tan().mul(this.scale).add(this.loc);
  }
  override entropy(): Tensor {
    return this.scale.log().add(Math.log(4 * Math.PI));
  }
}
/** 1/(π·scale·(1 + ((x − loc)/scale)²)). */
export const Cauchy = distribution("cauchy.Cauchy", "loc scale validate_args", CauchyImpl);
export type Cauchy = CauchyImpl;

class GumbelImpl extends LocationScale {
  protected _draw(shape: number[]): Tensor {
    const double = this.loc.dtype.itemsize === 8;
    const [tiny, eps] = double ? [2 ** -1022, 2 ** -52] : [2 ** -126, 2 ** -23];
    const u = rand(shape, { dtype: this.loc.dtype })
      .mul(1 - eps - tiny)
      .add(tiny);
    return this.loc.sub(this.scale.mul(u.log().neg().log()));
  }
  override get mean(): Tensor {
    return this.loc.add(this.scale.mul(EULER));
  }
  override get stddev(): Tensor {
    return this.scale.mul(Math.PI / Math.sqrt(6));
  }
  override get variance(): Tensor {
    return this.stddev.pow(2);
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const y = this.loc.sub(value).div(this.scale);
    return y.sub(y.exp()).sub(this.scale.log());
  }
  override cdf(value: Tensor): Tensor {
    return this._standard(value).neg().exp().neg().exp();
  }
  override icdf(value: Tensor): Tensor {
    return this.loc.sub(this.scale.mul(value.log().neg().log()));
  }
  override entropy(): Tensor {
    return this.scale.log().add(1 + EULER);
  }
}
/** The distribution of the largest of many. */
export const Gumbel = distribution("gumbel.Gumbel", "loc scale validate_args", GumbelImpl);
export type Gumbel = GumbelImpl;

class UniformImpl extends DistributionImpl {
  readonly low: Tensor;
  readonly high: Tensor;
  override get has_rsample(): boolean {
    return true;
  }
  get arg_constraints() {
    return { low: constraints.less_than(this.high), high: constraints.greater_than(this.low) };
  }
  constructor(low: Param, high: Param, validate_args: boolean | null = null) {
    const [l, h] = broadcastAll([low, high]) as [Tensor, Tensor];
    super(l.shape, [], validate_args);
    this.low = l;
    this.high = h;
    this._check();
  }
  get support() {
    return constraints.interval(this.low, this.high);
  }
  protected _draw(shape: number[]): Tensor {
    return this.low.add(rand(shape, { dtype: this.low.dtype }).mul(this.high.sub(this.low)));
  }
  override get mean(): Tensor {
    return this.high.add(this.low).div(2);
  }
  override get mode(): Tensor {
    return this.high.mul(0).add(Number.NaN);
  }
  override get stddev(): Tensor {
    return this.high.sub(this.low).div(Math.sqrt(12));
  }
  override get variance(): Tensor {
    return this.high.sub(this.low).pow(2).div(12);
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const [from, below] = [this.low.le(value), this.high.gt(value)];
    return from.type_as(this.low).mul(below.type_as(this.low)).log().sub(this.high.sub(this.low).log());
  }
  override cdf(value: Tensor): Tensor {
    this._validate_sample(value);
    return value.sub(this.low).div(this.high.sub(this.low)).clamp(0, 1);
  }
  override icdf(value: Tensor): Tensor {
    return value.mul(this.high.sub(this.low)).add(this.low);
  }
  override entropy(): Tensor {
    return this.high.sub(this.low).log();
  }
}
/** Equally likely from `low` up to `high`. */
export const Uniform = distribution("uniform.Uniform", "low high validate_args", UniformImpl);
export type Uniform = UniformImpl;

class ExponentialImpl extends DistributionImpl {
  readonly rate: Tensor;
  override get has_rsample(): boolean {
    return true;
  }
  get arg_constraints() {
    return { rate: constraints.positive };
  }
  constructor(rate: Param, validate_args: boolean | null = null) {
    const [r] = broadcastAll([rate]) as [Tensor];
    super(r.shape, [], validate_args);
    this.rate = r;
    this._check();
  }
  get support() {
    return constraints.nonnegative;
  }
  protected _draw(shape: number[]): Tensor {
    return empty(shape, { dtype: this.rate.dtype }).exponential_().div(this.rate);
  }
  override get mean(): Tensor {
    return this.rate.reciprocal();
  }
  override get mode(): Tensor {
    return this.rate.mul(0);
  }
  override get stddev(): Tensor {
    return this.rate.reciprocal();
  }
  override get variance(): Tensor {
    return this.rate.pow(-2);
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    return this.rate.log().sub(this.rate.mul(value));
  }
  override cdf(value: Tensor): Tensor {
    this._validate_sample(value);
    return this.rate.neg().mul(value).exp().rsub(1);
  }
  override icdf(value: Tensor): Tensor {
    return value.neg().log1p().neg().div(this.rate);
  }
  override entropy(): Tensor {
    return this.rate.log().rsub(1);
  }
}
/** rate·e^(−rate·x). */
export const Exponential = distribution("exponential.Exponential", "rate validate_args", ExponentialImpl);
export type Exponential = ExponentialImpl;
