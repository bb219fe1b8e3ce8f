/** `torch.distributions.transforms`: invertible functions of random numbers, with the logarithms of their slopes. */
import { Callable, NotImplementedError, pyClass } from "@cognate/py";
import { finfo } from "../limits.js";
import { softplus } from "../nn/functional/activation.js";
import { full_like } from "../ops/creation.js";
import { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";

type Number_ = number | Number | Tensor;
const numberOf = (x: Number_): number | Tensor => (x instanceof Tensor ? x : Number(x));

/** What all transforms are: called, they map; `inv` maps back. */
export abstract class TransformImpl extends Callable {
  readonly bijective: boolean = true;
  /** Whether the function rises (1) or falls (−1). */
  get sign(): number | Tensor {
    return 1;
  }
  get domain(): constraints.Constraint {
    return constraints.real;
  }
  abstract get codomain(): constraints.Constraint;
  private readonly _cache_size: number;
  private _last: readonly [x: Tensor, y: Tensor] | undefined;

  constructor(cache_size = 0) {
    super();
    this._cache_size = cache_size;
  }
  protected abstract _call(x: Tensor): Tensor;
  protected abstract _inverse(y: Tensor): Tensor;
  /** log |dy/dx|. */
  abstract log_abs_det_jacobian(x: Tensor, y: Tensor): Tensor;

  forward(x: Tensor): Tensor {
    if (this._cache_size > 0 && this._last?.[0] === x) return this._last[1];
    const y = this._call(x);
    if (this._cache_size > 0) this._last = [x, y];
    return y;
  }
  /** The x that maps to y. */
  inv(y: Tensor): Tensor {
    if (this._cache_size > 0 && this._last?.[1] === y) return this._last[0];
    const x = this._inverse(y);
    if (this._cache_size > 0) this._last = [x, y];
    return x;
  }
  override __call__(x: Tensor): Tensor {
    return this.forward(x);
  }
}

export interface TransformImpl {
  (x: Tensor): Tensor;
}

/** A class of transforms, called with or without `new`. */
const transform = <C extends new (...args: never[]) => object, const S extends string>(
  name: string,
  signature: S,
  C: C,
) => pyClass(`torch.distributions.transforms.${name}`, signature, C);

abstract class Named extends TransformImpl {
  __repr__(): string {
    return `${(this.constructor as unknown as { readonly __name__: string }).__name__}()`;
  }
  override toString(): string {
    return this.__repr__();
  }
}

class ExpTransformImpl extends Named {
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

class PowerTransformImpl extends Named {
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

class SigmoidTransformImpl extends Named {
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

class TanhTransformImpl extends Named {
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

class SoftplusTransformImpl extends Named {
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

class AbsTransformImpl extends Named {
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

class AffineTransformImpl extends Named {
  readonly loc: number | Tensor;
  readonly scale: number | Tensor;
  readonly event_dim: number;
  constructor(loc: Number_, scale: Number_, event_dim = 0, cache_size = 0) {
    super(cache_size);
    this.loc = numberOf(loc);
    this.scale = numberOf(scale);
    this.event_dim = event_dim;
  }
  get codomain() {
    return constraints.real;
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

class ComposeTransformImpl extends Named {
  constructor(
    readonly parts: readonly TransformImpl[],
    cache_size = 0,
  ) {
    super(cache_size);
  }
  override get domain() {
    return this.parts[0]?.domain ?? constraints.real;
  }
  get codomain() {
    return this.parts.at(-1)?.codomain ?? constraints.real;
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
    return this.parts.reduceRight((x, part) => part.inv(x), y);
  }
  log_abs_det_jacobian(x: Tensor): Tensor {
    let at = x;
    let sum: Tensor | undefined;
    for (const part of this.parts) {
      const next = part.forward(at);
      const own = part.log_abs_det_jacobian(at, next);
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
