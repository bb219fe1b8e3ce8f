import { NotImplementedError, ValueError } from "@cognate/py";
import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import { DistributionImpl, distribution } from "./distribution.js";

class IndependentImpl extends DistributionImpl {
  get arg_constraints() {
    return {};
  }
  override get has_rsample(): boolean {
    return this.base_dist.has_rsample;
  }
  override get has_enumerate_support(): boolean {
    return this.reinterpreted_batch_ndims === 0 && this.base_dist.has_enumerate_support;
  }
  override enumerate_support(expand = true): Tensor {
    if (this.reinterpreted_batch_ndims > 0)
      throw new NotImplementedError("Enumeration over cartesian product is not implemented");
    return this.base_dist.enumerate_support(expand);
  }

  constructor(
    readonly base_dist: DistributionImpl,
    readonly reinterpreted_batch_ndims: number,
    validate_args: boolean | null = null,
  ) {
    const { batch_shape, event_shape } = base_dist;
    const k = reinterpreted_batch_ndims;
    if (k > batch_shape.length)
      throw new ValueError(
        `Expected reinterpreted_batch_ndims <= len(base_distribution.batch_shape), actual ${k} vs ${batch_shape.length}`,
      );
    const all = [...batch_shape, ...event_shape];
    const split = batch_shape.length - k;
    super(all.slice(0, split), all.slice(split), validate_args);
  }
  get support() {
    const own = this.base_dist.support;
    return own && this.reinterpreted_batch_ndims > 0
      ? constraints.independent(own, this.reinterpreted_batch_ndims)
      : own;
  }
  private _summed(x: Tensor): Tensor {
    const k = this.reinterpreted_batch_ndims;
    return k === 0 ? x : x.sum(Array.from({ length: k }, (_, i) => -1 - i));
  }
  override get mean(): Tensor {
    return this.base_dist.mean;
  }
  override get mode(): Tensor {
    return this.base_dist.mode;
  }
  override get variance(): Tensor {
    return this.base_dist.variance;
  }
  protected _draw(_shape: number[]): Tensor {
    return this.base_dist.sample();
  }
  override sample(sample_shape: Parameters<DistributionImpl["sample"]>[0] = []): Tensor {
    return this.base_dist.sample(sample_shape);
  }
  override rsample(sample_shape: Parameters<DistributionImpl["sample"]>[0] = []): Tensor {
    return this.base_dist.rsample(sample_shape);
  }
  log_prob(value: Tensor): Tensor {
    return this._summed(this.base_dist.log_prob(value));
  }
  override entropy(): Tensor {
    return this._summed(this.base_dist.entropy());
  }
  override __repr__(): string {
    return `Independent(${this.base_dist.__repr__()}, ${this.reinterpreted_batch_ndims})`;
  }
}
/** A batch of distributions taken as one of vectors: their log-probabilities are summed over the last axes. */
export const Independent = distribution(
  "independent.Independent",
  "base_distribution reinterpreted_batch_ndims validate_args",
  IndependentImpl,
);
export type Independent = IndependentImpl;
