import { Callable, pyClass } from "@cognate/py";
import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";

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
  private _inverted: TransformImpl | undefined;
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
  _back(y: Tensor): Tensor {
    if (this._cache_size > 0 && this._last?.[1] === y) return this._last[0];
    const x = this._inverse(y);
    if (this._cache_size > 0) this._last = [x, y];
    return x;
  }
  override __call__(x: Tensor): Tensor {
    return this.forward(x);
  }
  /** The transform back: `t.inv(y)`. */
  get inv(): TransformImpl {
    this._inverted ??= new InverseTransformImpl(this);
    return this._inverted;
  }
  /** Lengths of axes after the transform. */
  forward_shape(shape: readonly number[]): readonly number[] {
    return shape;
  }
  /** Lengths of axes before the transform. */
  inverse_shape(shape: readonly number[]): readonly number[] {
    return shape;
  }
  __repr__(): string {
    return `${(this.constructor as unknown as { readonly __name__: string }).__name__}()`;
  }
  override toString(): string {
    return this.__repr__();
  }
}

export interface TransformImpl {
  (x: Tensor): Tensor;
}

/** A transform the other way round. */
class InverseTransformImpl extends TransformImpl {
  override readonly bijective: boolean;
  constructor(private readonly _of: TransformImpl) {
    super();
    this.bijective = _of.bijective;
  }
  override get domain() {
    return this._of.codomain;
  }
  get codomain() {
    return this._of.domain;
  }
  override get sign() {
    return this._of.sign;
  }
  override get inv() {
    return this._of;
  }
  protected _call(x: Tensor): Tensor {
    return this._of._back(x);
  }
  protected _inverse(y: Tensor): Tensor {
    return this._of.forward(y);
  }
  log_abs_det_jacobian(x: Tensor, y: Tensor): Tensor {
    return this._of.log_abs_det_jacobian(y, x).neg();
  }
  override forward_shape(shape: readonly number[]) {
    return this._of.inverse_shape(shape);
  }
  override inverse_shape(shape: readonly number[]) {
    return this._of.forward_shape(shape);
  }
  override __repr__(): string {
    return `_InverseTransform(${this._of})`;
  }
}

/** The sum over the last `n` axes. */
export const sumRightmost = (x: Tensor, n: number): Tensor =>
  n <= 0 ? x : x.reshape([...x.shape.slice(0, -n), -1]).sum(-1);

/** A class of transforms, called with or without `new`. */
export const transform = <C extends new (...args: never[]) => object, const S extends string>(
  name: string,
  signature: S,
  C: C,
) => pyClass(`torch.distributions.transforms.${name}`, signature, C);
