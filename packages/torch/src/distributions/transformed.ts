import { NotImplementedError, ValueError } from "@cognate/py";
import { Size } from "../size.js";
import { Tensor } from "../tensor/tensor.js";
import type { Constraint } from "./constraints.js";
import { independent } from "./constraints.js";
import { DistributionImpl, distribution } from "./distribution.js";
import { Independent } from "./independent.js";
import { sumRightmost, type TransformImpl } from "./transform.js";
import { ComposeTransform } from "./transforms.js";

type Shape = Parameters<DistributionImpl["sample"]>[0];

class TransformedDistributionImpl extends DistributionImpl {
  override get arg_constraints(): Readonly<Record<string, Constraint>> {
    return {};
  }
  override get has_rsample(): boolean {
    return this.base_dist.has_rsample;
  }
  readonly base_dist: DistributionImpl;
  readonly transforms: readonly TransformImpl[];

  constructor(
    base_distribution: DistributionImpl,
    transforms: TransformImpl | readonly TransformImpl[],
    validate_args: boolean | null = null,
  ) {
    const parts = Array.isArray(transforms)
      ? [...(transforms as TransformImpl[])]
      : [transforms as TransformImpl];
    const whole = ComposeTransform(parts);
    const { batch_shape, event_shape } = base_distribution;
    const shape = [...batch_shape, ...event_shape];
    const axes = whole.domain.event_dim;
    if (shape.length < axes)
      throw new ValueError(
        `base_distribution needs to have shape with size at least ${axes}, but got ${Size(shape)}.`,
      );
    const after = whole.forward_shape(shape);
    const before = whole.inverse_shape(after);
    let base = base_distribution;
    if (before.join() !== shape.join())
      base = base.expand(before.slice(0, before.length - event_shape.length));
    const together = axes - event_shape.length;
    if (together > 0) base = Independent(base, together);
    const change = whole.codomain.event_dim - axes;
    const own = Math.max(whole.codomain.event_dim, event_shape.length + change);
    super(after.slice(0, after.length - own), after.slice(after.length - own), validate_args);
    this.base_dist = base;
    this.transforms = parts;
  }
  override expand(batch_shape: readonly number[]): this {
    const shape = [...batch_shape, ...this.event_shape];
    const back = [...this.transforms]
      .reverse()
      .reduce<readonly number[]>((s, t) => t.inverse_shape(s), shape);
    const base = this.base_dist.expand(back.slice(0, back.length - this.base_dist.event_shape.length));
    return this._expanded(batch_shape, { base_dist: base });
  }
  get support(): Constraint | null {
    const last = this.transforms.at(-1);
    if (!last) return this.base_dist.support;
    const axes = this.event_shape.length - last.codomain.event_dim;
    return axes > 0 ? independent(last.codomain, axes) : last.codomain;
  }
  private _mapped(x: Tensor): Tensor {
    return this.transforms.reduce((y, t) => t.forward(y), x);
  }
  private _back(y: Tensor): Tensor {
    return this.transforms.reduceRight((x, t) => t._back(x), y);
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
    let axes = this.event_shape.length;
    let y = value;
    let slopes: Tensor | undefined;
    for (const t of [...this.transforms].reverse()) {
      const x = t._back(y);
      axes += t.domain.event_dim - t.codomain.event_dim;
      const own = sumRightmost(t.log_abs_det_jacobian(x, y), axes - t.domain.event_dim);
      slopes = slopes === undefined ? own.neg() : slopes.sub(own);
      y = x;
    }
    const base = sumRightmost(this.base_dist.log_prob(y), axes - this.base_dist.event_shape.length);
    return slopes === undefined ? base : slopes.add(base);
  }
  /** A probability turned round where the transforms fall. */
  private _monotone(p: Tensor): Tensor {
    if (this.transforms.some((t) => t.codomain.event_dim > 0)) throw new NotImplementedError();
    const sign = this.transforms
      .map((t) => t.sign)
      .reduce((a, b) => (a instanceof Tensor ? a.mul(b) : b instanceof Tensor ? b.mul(a) : a * b), 1);
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
/** Numbers, vectors or matrices of a distribution after one transform or several. */
export const TransformedDistribution = distribution(
  "transformed_distribution.TransformedDistribution",
  "base_distribution transforms validate_args",
  TransformedDistributionImpl,
);
export type TransformedDistribution = TransformedDistributionImpl;
