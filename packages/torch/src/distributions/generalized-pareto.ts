import { full_like, ones_like } from "../ops/creation.js";
import { rand } from "../random/factories.js";
import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import { broadcastAll, DistributionImpl, distribution, type Param } from "./distribution.js";

class GeneralizedParetoImpl extends DistributionImpl {
  readonly loc: Tensor;
  readonly scale: Tensor;
  readonly concentration: Tensor;
  override get has_rsample(): boolean {
    return true;
  }
  get arg_constraints() {
    return { loc: constraints.real, scale: constraints.positive, concentration: constraints.real };
  }
  constructor(loc: Param, scale: Param, concentration: Param, validate_args: boolean | null = null) {
    const [l, s, c] = broadcastAll([loc, scale, concentration]) as [Tensor, Tensor, Tensor];
    super(l.shape, [], validate_args);
    this.loc = l;
    this.scale = s;
    this.concentration = c;
    this._check();
  }
  get support() {
    const { loc, scale, concentration: c } = this;
    const most = loc.sub(scale.div(c)).where(c.lt(0), full_like(loc, Number.POSITIVE_INFINITY));
    return constraints.interval(loc, most);
  }
  /** Whether the tail is that of an exponential distribution, and a concentration to divide by elsewhere. */
  private _tail(): [Tensor, Tensor] {
    const c = this.concentration;
    const none = c.isclose(c.detach().mul(0));
    return [none, ones_like(c).where(none, c)];
  }
  private _standard(x: Tensor): Tensor {
    return x.sub(this.loc).div(this.scale);
  }
  protected _draw(shape: number[]): Tensor {
    return this.icdf(rand(shape, { dtype: this.loc.dtype }));
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const z = this._standard(value);
    const [none, c] = this._tail();
    const y = c.reciprocal().add(1);
    const heavy = y.mul(c.mul(z).log1p());
    return z
      .where(none, y.where(y.eq(0), heavy))
      .add(this.scale.log())
      .neg();
  }
  log_survival_function(value: Tensor): Tensor {
    this._validate_sample(value);
    const z = this._standard(value);
    const [none, c] = this._tail();
    return z.where(none, c.mul(z).log1p().div(c)).neg();
  }
  log_cdf(value: Tensor): Tensor {
    return this.log_survival_function(value).exp().neg().log1p();
  }
  override cdf(value: Tensor): Tensor {
    return this.log_cdf(value).exp();
  }
  override icdf(value: Tensor): Tensor {
    const [none, c] = this._tail();
    const log = value.neg().log1p();
    const heavy = this.scale.div(c).mul(c.neg().mul(log).expm1());
    return this.loc.add(this.scale.mul(log).neg().where(none, heavy));
  }
  override get mean(): Tensor {
    const c = this.concentration;
    return this.loc.add(this.scale.div(c.rsub(1))).masked_fill(c.ge(1), Number.NaN);
  }
  override get variance(): Tensor {
    const c = this.concentration;
    const v = this.scale.square().div(c.rsub(1).square().mul(c.mul(2).rsub(1)));
    return v.masked_fill(c.ge(0.5), Number.NaN);
  }
  override get mode(): Tensor {
    return this.loc;
  }
  override entropy(): Tensor {
    return this.scale
      .log()
      .add(this.concentration)
      .add(1)
      .expand([...this.batch_shape]);
  }
}
/** What lies above a high threshold `loc`: tails from exponential ones (concentration 0) to heavy and bounded ones. */
export const GeneralizedPareto = distribution(
  "generalized_pareto.GeneralizedPareto",
  "loc scale concentration validate_args",
  GeneralizedParetoImpl,
);
export type GeneralizedPareto = GeneralizedParetoImpl;
