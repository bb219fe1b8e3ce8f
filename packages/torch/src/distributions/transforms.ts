/** `torch.distributions.transforms`: invertible functions of random numbers, with the logarithms of their slopes. */
import { NotImplementedError } from "@cognate/py";
import { finfo } from "../limits.js";
import { softplus } from "../nn/functional/activation.js";
import { full_like } from "../ops/creation.js";
import { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import { sumRightmost, TransformImpl, transform } from "./transform.js";

export { TransformImpl };

type Number_ = number | Number | Tensor;
const numberOf = (x: Number_): number | Tensor => (x instanceof Tensor ? x : Number(x));

class ExpTransformImpl extends TransformImpl {
  get codomain() {
    return constraints.positive;
  }
  protected _call(x: Tensor): Tensor {
    return x.exp();
  }
  protected _inverse(y: Tensor): Tensor {
    return y.log();
  }
  log_abs_det_jacobian(x: Tensor): Tensor {
    return x;
  }
}
/** y = eˣ. */
export const ExpTransform = transform("ExpTransform", "cache_size", ExpTransformImpl);

class PowerTransformImpl extends TransformImpl {
  readonly exponent: number | Tensor;
  constructor(exponent: Number_, cache_size = 0) {
    super(cache_size);
    this.exponent = numberOf(exponent);
  }
  override get domain() {
    return constraints.positive;
  }
  get codomain() {
    return constraints.positive;
  }
  override get sign(): number | Tensor {
    return this.exponent instanceof Tensor ? this.exponent.sign() : Math.sign(this.exponent);
  }
  protected _call(x: Tensor): Tensor {
    return x.pow(this.exponent);
  }
  protected _inverse(y: Tensor): Tensor {
    return y.pow(this.exponent instanceof Tensor ? this.exponent.rdiv(1) : 1 / this.exponent);
  }
  log_abs_det_jacobian(x: Tensor, y: Tensor): Tensor {
    return y.mul(this.exponent).div(x).abs().log();
  }
}
/** y = x^exponent, of positive x. */
export const PowerTransform = transform("PowerTransform", "exponent cache_size", PowerTransformImpl);

const inside = (y: Tensor): Tensor => {
  const { tiny, eps } = finfo(y.dtype);
  return y.clamp(tiny, 1 - eps);
};

class SigmoidTransformImpl extends TransformImpl {
  get codomain() {
    return constraints.unit_interval;
  }
  protected _call(x: Tensor): Tensor {
    return inside(x.sigmoid());
  }
  protected _inverse(y: Tensor): Tensor {
    const p = inside(y);
    return p.log().sub(p.neg().log1p());
  }
  log_abs_det_jacobian(x: Tensor): Tensor {
    return softplus(x.neg()).neg().sub(softplus(x));
  }
}
/** y = 1/(1 + e⁻ˣ). */
export const SigmoidTransform = transform("SigmoidTransform", "cache_size", SigmoidTransformImpl);

class TanhTransformImpl extends TransformImpl {
  get codomain() {
    return constraints.interval(-1, 1);
  }
  protected _call(x: Tensor): Tensor {
    return x.tanh();
  }
  protected _inverse(y: Tensor): Tensor {
    return y.atanh();
  }
  log_abs_det_jacobian(x: Tensor): Tensor {
    return x
      .rsub(Math.log(2))
      .sub(softplus(x.mul(-2)))
      .mul(2);
  }
}
/** y = tanh x. */
export const TanhTransform = transform("TanhTransform", "cache_size", TanhTransformImpl);

class SoftplusTransformImpl extends TransformImpl {
  get codomain() {
    return constraints.positive;
  }
  protected _call(x: Tensor): Tensor {
    return softplus(x);
  }
  protected _inverse(y: Tensor): Tensor {
    return y.neg().expm1().neg().log().add(y);
  }
  log_abs_det_jacobian(x: Tensor): Tensor {
    return softplus(x.neg()).neg();
  }
}
/** y = log(1 + eˣ). */
export const SoftplusTransform = transform("SoftplusTransform", "cache_size", SoftplusTransformImpl);

class AbsTransformImpl extends TransformImpl {
  override readonly bijective = false;
  get codomain() {
    return constraints.positive;
  }
  protected _call(x: Tensor): Tensor {
    return x.abs();
  }
  protected _inverse(y: Tensor): Tensor {
    return y;
  }
  log_abs_det_jacobian(): Tensor {
    throw new NotImplementedError();
  }
}
/** y = |x|, which has no inverse. */
export const AbsTransform = transform("AbsTransform", "cache_size", AbsTransformImpl);

class AffineTransformImpl extends TransformImpl {
  readonly loc: number | Tensor;
  readonly scale: number | Tensor;
  readonly event_dim: number;
  constructor(loc: Number_, scale: Number_, event_dim = 0, cache_size = 0) {
    super(cache_size);
    this.loc = numberOf(loc);
    this.scale = numberOf(scale);
    this.event_dim = event_dim;
  }
  private get _place() {
    return widened(constraints.real, this.event_dim);
  }
  override get domain() {
    return this._place;
  }
  get codomain() {
    return this._place;
  }
  override get sign(): number | Tensor {
    return this.scale instanceof Tensor ? this.scale.sign() : Math.sign(this.scale);
  }
  protected _call(x: Tensor): Tensor {
    return x.mul(this.scale).add(this.loc);
  }
  protected _inverse(y: Tensor): Tensor {
    return y.sub(this.loc).div(this.scale);
  }
  log_abs_det_jacobian(x: Tensor): Tensor {
    const { scale } = this;
    const each =
      scale instanceof Tensor ? scale.abs().log().expand(x.shape) : full_like(x, Math.log(Math.abs(scale)));
    return this.event_dim === 0 ? each : each.sum(Array.from({ length: this.event_dim }, (_, i) => -1 - i));
  }
}
/** y = loc + scale·x. */
export const AffineTransform = transform(
  "AffineTransform",
  "loc scale event_dim cache_size",
  AffineTransformImpl,
);

/** A constraint that takes more of the last axes together. */
const widened = (c: constraints.Constraint, axes: number): constraints.Constraint =>
  axes > c.event_dim ? constraints.independent(c, axes - c.event_dim) : c;

class ComposeTransformImpl extends TransformImpl {
  constructor(
    readonly parts: readonly TransformImpl[],
    cache_size = 0,
  ) {
    super(cache_size);
  }
  override get domain() {
    let axes = this.parts.at(-1)?.codomain.event_dim ?? 0;
    for (const { domain, codomain } of [...this.parts].reverse())
      axes = Math.max(axes + domain.event_dim - codomain.event_dim, domain.event_dim);
    return widened(this.parts[0]?.domain ?? constraints.real, axes);
  }
  get codomain() {
    let axes = this.parts[0]?.domain.event_dim ?? 0;
    for (const { domain, codomain } of this.parts)
      axes = Math.max(axes + codomain.event_dim - domain.event_dim, codomain.event_dim);
    return widened(this.parts.at(-1)?.codomain ?? constraints.real, axes);
  }
  override forward_shape(shape: readonly number[]) {
    return this.parts.reduce((s, p) => p.forward_shape(s), shape);
  }
  override inverse_shape(shape: readonly number[]) {
    return this.parts.reduceRight((s, p) => p.inverse_shape(s), shape);
  }
  override get sign(): number | Tensor {
    return this.parts
      .map((p) => p.sign)
      .reduce((a, b) => (a instanceof Tensor ? a.mul(b) : b instanceof Tensor ? b.mul(a) : a * b), 1);
  }
  protected _call(x: Tensor): Tensor {
    return this.parts.reduce((y, part) => part.forward(y), x);
  }
  protected _inverse(y: Tensor): Tensor {
    return this.parts.reduceRight((x, part) => part._back(x), y);
  }
  log_abs_det_jacobian(x: Tensor): Tensor {
    let at = x;
    let sum: Tensor | undefined;
    let axes = this.domain.event_dim;
    for (const part of this.parts) {
      const next = part.forward(at);
      const own = sumRightmost(part.log_abs_det_jacobian(at, next), axes - part.domain.event_dim);
      axes += part.codomain.event_dim - part.domain.event_dim;
      sum = sum === undefined ? own : sum.add(own);
      at = next;
    }
    return sum ?? full_like(x, 0);
  }
  override __repr__(): string {
    return `ComposeTransform(\n    ${this.parts.map(String).join(",\n    ")}\n)`;
  }
}
/** Transforms one after the other. */
export const ComposeTransform = transform("ComposeTransform", "parts cache_size", ComposeTransformImpl);
/** The transform that changes nothing. */
export const identity_transform = ComposeTransform([]);

class IndependentTransformImpl extends TransformImpl {
  override readonly bijective: boolean;
  constructor(
    readonly base_transform: TransformImpl,
    readonly reinterpreted_batch_ndims: number,
    cache_size = 0,
  ) {
    super(cache_size);
    this.bijective = base_transform.bijective;
  }
  override get domain() {
    return constraints.independent(this.base_transform.domain, this.reinterpreted_batch_ndims);
  }
  get codomain() {
    return constraints.independent(this.base_transform.codomain, this.reinterpreted_batch_ndims);
  }
  override get sign() {
    return this.base_transform.sign;
  }
  protected _call(x: Tensor): Tensor {
    return this.base_transform.forward(x);
  }
  protected _inverse(y: Tensor): Tensor {
    return this.base_transform._back(y);
  }
  log_abs_det_jacobian(x: Tensor, y: Tensor): Tensor {
    return sumRightmost(this.base_transform.log_abs_det_jacobian(x, y), this.reinterpreted_batch_ndims);
  }
  override forward_shape(shape: readonly number[]) {
    return this.base_transform.forward_shape(shape);
  }
  override inverse_shape(shape: readonly number[]) {
    return this.base_transform.inverse_shape(shape);
  }
  override __repr__(): string {
    return `IndependentTransform(${this.base_transform}, ${this.reinterpreted_batch_ndims})`;
  }
}
/** A transform that takes some of the last axes as one event. */
export const IndependentTransform = transform(
  "IndependentTransform",
  "base_transform reinterpreted_batch_ndims cache_size",
  IndependentTransformImpl,
);
export * from "./transforms-of-vectors.js";
