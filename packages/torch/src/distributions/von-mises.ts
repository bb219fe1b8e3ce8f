import { zeros } from "../ops/creation.js";
import { rand } from "../random/factories.js";
import { i0, i1 } from "../special.js";
import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import { broadcastAll, DistributionImpl, distribution, type Param } from "./distribution.js";

class VonMisesImpl extends DistributionImpl {
  readonly loc: Tensor;
  readonly concentration: Tensor;
  get arg_constraints() {
    return { loc: constraints.real, concentration: constraints.positive };
  }
  constructor(loc: Param, concentration: Param, validate_args: boolean | null = null) {
    const [l, k] = broadcastAll([loc, concentration]) as [Tensor, Tensor];
    super(l.shape, [], validate_args);
    this.loc = l;
    this.concentration = k;
    this._check();
  }
  get support() {
    return constraints.real;
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const k = this.concentration;
    return k
      .mul(value.sub(this.loc).cos())
      .sub(Math.log(2 * Math.PI))
      .sub(logOf(i0, k));
  }
  /** Best and Fisher's rejection from a wrapped Cauchy distribution (1979), in float64. */
  protected _draw(shape: number[]): Tensor {
    const [loc, k] = [this.loc.double(), this.concentration.double()];
    const tau = k.square().mul(4).add(1).sqrt().add(1);
    const rho = tau.sub(tau.mul(2).sqrt()).div(k.mul(2));
    const r = rho.square().add(1).div(rho.mul(2)).where(k.ge(1e-5), k.reciprocal().add(k));
    let x = zeros(shape, { dtype: loc.dtype });
    let done = x.bool();
    while (!done.all().item()) {
      const [u1, u2, u3] = rand([3, ...shape], { dtype: loc.dtype }).unbind() as unknown as [
        Tensor,
        Tensor,
        Tensor,
      ];
      const z = u1.mul(Math.PI).cos();
      const f = r.mul(z).add(1).div(r.add(z));
      const c = k.mul(r.sub(f));
      const accept = c.mul(c.rsub(2)).sub(u2).gt(0).logical_or(c.div(u2).log().add(1).sub(c).ge(0));
      x = u3.sub(0.5).sign().mul(f.acos()).where(accept, x);
      done = done.logical_or(accept);
    }
    return x
      .add(Math.PI)
      .add(loc)
      .remainder(2 * Math.PI)
      .sub(Math.PI)
      .to(this.loc.dtype);
  }
  override get mean(): Tensor {
    return this.loc;
  }
  override get mode(): Tensor {
    return this.loc;
  }
  override get variance(): Tensor {
    return logOf(i1, this.concentration).sub(logOf(i0, this.concentration)).exp().rsub(1);
  }
}
const logOf = (bessel: (x: Tensor) => Tensor, x: Tensor): Tensor => bessel(x).log();

/** Angles around `loc`, the closer the larger `concentration` is: e^(concentration·cos(x − loc)), up to a factor. */
export const VonMises = distribution("von_mises.VonMises", "loc concentration validate_args", VonMisesImpl);
export type VonMises = VonMisesImpl;
