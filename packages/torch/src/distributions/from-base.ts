import { full_like, zeros_like } from "../ops/creation.js";
import { digamma, lgamma } from "../ops/special-functions.js";
import { tensor } from "../tensor/factories.js";
import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import { Cauchy, Exponential, Normal, Uniform } from "./continuous.js";
import { broadcastAll, type DistributionImpl, distribution, type Param } from "./distribution.js";
import { Gamma } from "./gamma.js";
import { TransformedDistribution } from "./transformed.js";
import {
  AbsTransform,
  AffineTransform,
  ExpTransform,
  PowerTransform,
  type TransformImpl,
} from "./transforms.js";

// Distributions that are one of a simpler kind after a transform or two.

const EULER = 0.5772156649015329;
type Constraints = Readonly<Record<string, constraints.Constraint>>;

/** A transformed distribution with parameters of its own. */
export abstract class FromBase extends TransformedDistribution {
  constructor(base: DistributionImpl, transforms: readonly TransformImpl[], validate_args: boolean | null) {
    super(base, transforms, validate_args);
    for (const name of ["base_dist", "transforms"])
      Object.defineProperty(this, name, {
        ...Object.getOwnPropertyDescriptor(this, name),
        enumerable: false,
      });
  }
}

/** The positive half of a symmetric distribution around 0, with twice its density. */
abstract class Half extends FromBase {
  override get arg_constraints(): Constraints {
    return { scale: constraints.positive };
  }
  abstract get scale(): Tensor;
  override get support() {
    return constraints.nonnegative;
  }
  override get mode(): Tensor {
    return zeros_like(this.scale);
  }
  override log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const twice = this.base_dist.log_prob(value).add(Math.log(2));
    return twice.masked_fill(value.lt(0), Number.NEGATIVE_INFINITY);
  }
  override cdf(value: Tensor): Tensor {
    this._validate_sample(value);
    return this.base_dist.cdf(value).mul(2).sub(1);
  }
  override icdf(prob: Tensor): Tensor {
    return this.base_dist.icdf(prob.add(1).div(2));
  }
  override entropy(): Tensor {
    return this.base_dist.entropy().sub(Math.log(2));
  }
}

class HalfNormalImpl extends Half {
  constructor(scale: Param, validate_args: boolean | null = null) {
    super(Normal(0, scale, { validate_args: false }), [AbsTransform()], validate_args);
    this._checkNamed({ scale: this.scale });
  }
  get scale(): Tensor {
    return (this.base_dist as InstanceType<typeof Normal>).scale;
  }
  override get mean(): Tensor {
    return this.scale.mul(Math.sqrt(2 / Math.PI));
  }
  override get variance(): Tensor {
    return this.scale.pow(2).mul(1 - 2 / Math.PI);
  }
}
/** The size of a normal number around 0 with deviation `scale`. */
export const HalfNormal = distribution("half_normal.HalfNormal", "scale validate_args", HalfNormalImpl);
export type HalfNormal = HalfNormalImpl;

class HalfCauchyImpl extends Half {
  constructor(scale: Param, validate_args: boolean | null = null) {
    super(Cauchy(0, scale, { validate_args: false }), [AbsTransform()], validate_args);
    this._checkNamed({ scale: this.scale });
  }
  get scale(): Tensor {
    return (this.base_dist as InstanceType<typeof Cauchy>).scale;
  }
  override get mean(): Tensor {
    return full_like(this.scale, Number.POSITIVE_INFINITY);
  }
  override get variance(): Tensor {
    return this.base_dist.variance;
  }
}
/** The size of a Cauchy number around 0. */
export const HalfCauchy = distribution("half_cauchy.HalfCauchy", "scale validate_args", HalfCauchyImpl);
export type HalfCauchy = HalfCauchyImpl;

class ParetoImpl extends FromBase {
  readonly scale: Tensor;
  readonly alpha: Tensor;
  override get arg_constraints(): Constraints {
    return {
      alpha: constraints.positive,
      scale: constraints.positive,
    };
  }
  constructor(scale: Param, alpha: Param, validate_args: boolean | null = null) {
    const [s, a] = broadcastAll([scale, alpha]) as [Tensor, Tensor];
    super(
      Exponential(a, { validate_args }),
      [ExpTransform(), AffineTransform({ loc: 0, scale: s })],
      validate_args,
    );
    this.scale = s;
    this.alpha = a;
    this._check();
  }
  override get support() {
    return constraints.greater_than_eq(this.scale);
  }
  override get mean(): Tensor {
    const a = this.alpha.clamp({ min: 1 });
    return a.mul(this.scale).div(a.sub(1));
  }
  override get mode(): Tensor {
    return this.scale;
  }
  override get variance(): Tensor {
    const a = this.alpha.clamp({ min: 2 });
    return this.scale
      .pow(2)
      .mul(a)
      .div(a.sub(1).pow(2).mul(a.sub(2)));
  }
  override entropy(): Tensor {
    return this.scale.div(this.alpha).log().add(this.alpha.reciprocal().add(1));
  }
}
/** Numbers above `scale` whose density falls as x^(−alpha − 1). */
export const Pareto = distribution("pareto.Pareto", "scale alpha validate_args", ParetoImpl);
export type Pareto = ParetoImpl;

class WeibullImpl extends FromBase {
  readonly scale: Tensor;
  readonly concentration: Tensor;
  readonly concentration_reciprocal: Tensor;
  override get arg_constraints(): Constraints {
    return {
      scale: constraints.positive,
      concentration: constraints.positive,
    };
  }
  constructor(scale: Param, concentration: Param, validate_args: boolean | null = null) {
    const [s, k] = broadcastAll([scale, concentration]) as [Tensor, Tensor];
    const reciprocal = k.reciprocal();
    super(
      Exponential(full_like(s, 1), { validate_args }),
      [PowerTransform({ exponent: reciprocal }), AffineTransform({ loc: 0, scale: s })],
      validate_args,
    );
    this.scale = s;
    this.concentration = k;
    this.concentration_reciprocal = reciprocal;
    this._check();
  }
  override get support() {
    return constraints.positive;
  }
  /** E[(x/scale)ⁿ]. */
  private _moment(n: number): Tensor {
    return lgamma(this.concentration_reciprocal.mul(n).add(1));
  }
  override get mean(): Tensor {
    return this.scale.mul(this._moment(1).exp());
  }
  override get mode(): Tensor {
    const k = this.concentration;
    return this.scale.mul(k.sub(1).div(k).pow(k.reciprocal()));
  }
  override get variance(): Tensor {
    return this.scale.pow(2).mul(this._moment(2).exp().sub(this._moment(1).mul(2).exp()));
  }
  override entropy(): Tensor {
    const r = this.concentration_reciprocal;
    return r.rsub(1).mul(EULER).add(this.scale.mul(r).log()).add(1);
  }
}
/** `scale` times an exponential number to the power of 1/concentration. */
export const Weibull = distribution("weibull.Weibull", "scale concentration validate_args", WeibullImpl);
export type Weibull = WeibullImpl;

class KumaraswamyImpl extends FromBase {
  readonly concentration1: Tensor;
  readonly concentration0: Tensor;
  override get arg_constraints(): Constraints {
    return {
      concentration1: constraints.positive,
      concentration0: constraints.positive,
    };
  }
  constructor(concentration1: Param, concentration0: Param, validate_args: boolean | null = null) {
    const [a, b] = broadcastAll([concentration1, concentration0]) as [Tensor, Tensor];
    super(
      Uniform(full_like(b, 0), full_like(b, 1), { validate_args }),
      [
        PowerTransform({ exponent: b.reciprocal() }),
        AffineTransform({ loc: 1, scale: -1 }),
        PowerTransform({ exponent: a.reciprocal() }),
      ],
      validate_args,
    );
    this.concentration1 = a;
    this.concentration0 = b;
    this._check();
  }
  override get support() {
    return constraints.unit_interval;
  }
  private _moment(n: number): Tensor {
    const { concentration1: a, concentration0: b } = this;
    const x = a.rdiv(n).add(1);
    return b.mul(
      lgamma(x)
        .add(lgamma(b))
        .sub(lgamma(x.add(b)))
        .exp(),
    );
  }
  override get mean(): Tensor {
    return this._moment(1);
  }
  override get mode(): Tensor {
    const { concentration1: a, concentration0: b } = this;
    const log = b.reciprocal().mul(b.neg().log1p()).sub(b.mul(a).neg().log1p());
    return log.masked_fill(b.lt(1).logical_or(a.lt(1)), Number.NaN).exp();
  }
  override get variance(): Tensor {
    return this._moment(2).sub(this.mean.pow(2));
  }
  override entropy(): Tensor {
    const { concentration1: a, concentration0: b } = this;
    const harmonic = digamma(b.add(1)).add(EULER);
    return b.reciprocal().rsub(1).add(a.reciprocal().rsub(1).mul(harmonic)).sub(a.log()).sub(b.log());
  }
}
/** Numbers of [0, 1] with the density a·b·x^(a − 1)·(1 − x^a)^(b − 1). */
export const Kumaraswamy = distribution(
  "kumaraswamy.Kumaraswamy",
  "concentration1 concentration0 validate_args",
  KumaraswamyImpl,
);
export type Kumaraswamy = KumaraswamyImpl;

class InverseGammaImpl extends FromBase {
  override get arg_constraints(): Constraints {
    return {
      concentration: constraints.positive,
      rate: constraints.positive,
    };
  }
  constructor(concentration: Param, rate: Param, validate_args: boolean | null = null) {
    const base = Gamma(concentration, rate, { validate_args });
    super(base, [PowerTransform({ exponent: tensor(-1, { dtype: base.rate.dtype }) })], validate_args);
  }
  override get support() {
    return constraints.positive;
  }
  get concentration(): Tensor {
    return (this.base_dist as InstanceType<typeof Gamma>).concentration;
  }
  get rate(): Tensor {
    return (this.base_dist as InstanceType<typeof Gamma>).rate;
  }
  override get mean(): Tensor {
    const a = this.concentration;
    return this.rate.div(a.sub(1)).masked_fill(a.le(1), Number.POSITIVE_INFINITY);
  }
  override get mode(): Tensor {
    return this.rate.div(this.concentration.add(1));
  }
  override get variance(): Tensor {
    const a = this.concentration;
    const v = this.rate.square().div(a.sub(1).square().mul(a.sub(2)));
    return v.masked_fill(a.le(2), Number.POSITIVE_INFINITY);
  }
  override entropy(): Tensor {
    const a = this.concentration;
    return a
      .add(this.rate.log())
      .add(lgamma(a))
      .sub(a.add(1).mul(digamma(a)));
  }
}
/** One over a gamma number. */
export const InverseGamma = distribution(
  "inverse_gamma.InverseGamma",
  "concentration rate validate_args",
  InverseGammaImpl,
);
export type InverseGamma = InverseGammaImpl;
