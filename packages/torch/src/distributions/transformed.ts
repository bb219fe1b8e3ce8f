import type { Tensor } from "../tensor/tensor.js";
import { Tensor as TensorClass } from "../tensor/tensor.js";
import { DistributionImpl, distribution } from "./distribution.js";
import type { TransformImpl } from "./transforms.js";

type Shape = Parameters<DistributionImpl["sample"]>[0];

class TransformedDistributionImpl extends DistributionImpl {
  readonly arg_constraints = {};
  override readonly has_rsample: boolean;
  readonly base_dist: DistributionImpl;
  readonly transforms: readonly TransformImpl[];

  constructor(
    base_distribution: DistributionImpl,
    transforms: TransformImpl | readonly TransformImpl[],
    validate_args: boolean | null = null,
  ) {
    super(base_distribution.batch_shape, base_distribution.event_shape, validate_args);
    this.base_dist = base_distribution;
    this.transforms = Array.isArray(transforms)
      ? [...(transforms as TransformImpl[])]
      : [transforms as TransformImpl];
    this.has_rsample = base_distribution.has_rsample;
  }
  get support() {
    return this.transforms.at(-1)?.codomain ?? this.base_dist.support;
  }
  private _mapped(x: Tensor): Tensor {
    return this.transforms.reduce((y, t) => t.forward(y), x);
  }
  private _back(y: Tensor): Tensor {
    return this.transforms.reduceRight((x, t) => t.inv(x), y);
  }
  protected _draw(_shape: number[]): Tensor {
    return this.sample();
  }
  override sample(sample_shape: Shape = []): Tensor {
    return this._mapped(this.base_dist.sample(sample_shape)).detach();
  }
  override rsample(sample_shape: Shape = []): Tensor {
    return this._mapped(this.base_dist.rsample(sample_shape));
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const axes = Array.from({ length: this.event_shape.length }, (_, i) => -1 - i);
    const summed = (x: Tensor): Tensor => (axes.length === 0 ? x : x.sum(axes));
    let y = value;
    let slopes: Tensor | undefined;
    for (const t of [...this.transforms].reverse()) {
      const x = t.inv(y);
      const own = summed(t.log_abs_det_jacobian(x, y));
      slopes = slopes === undefined ? own.neg() : slopes.sub(own);
      y = x;
    }
    const base = this.base_dist.log_prob(y);
    return slopes === undefined ? base : slopes.add(base);
  }
  /** A probability turned round where the transforms fall. */
  private _monotone(p: Tensor): Tensor {
    const sign = this.transforms
      .map((t) => t.sign)
      .reduce(
        (a, b) => (a instanceof TensorClass ? a.mul(b) : b instanceof TensorClass ? b.mul(a) : a * b),
        1,
      );
    return sign === 1 ? p : p.sub(0.5).mul(sign).add(0.5);
  }
  override cdf(value: Tensor): Tensor {
    this._validate_sample(value);
    return this._monotone(this.base_dist.cdf(this._back(value)));
  }
  override icdf(value: Tensor): Tensor {
    return this._mapped(this.base_dist.icdf(this._monotone(value)));
  }
}
/** Numbers of a distribution after one transform or several; the transforms work element by element. */
export const TransformedDistribution = distribution(
  "transformed_distribution.TransformedDistribution",
  "base_distribution transforms validate_args",
  TransformedDistributionImpl,
);
export type TransformedDistribution = TransformedDistributionImpl;
