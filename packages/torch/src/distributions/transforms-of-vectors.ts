import { ValueError } from "@cognate/py";
import { finfo } from "../limits.js";
import { cholesky } from "../linalg/factorize.js";
import { logsigmoid, softplus } from "../nn/functional/activation.js";
import { pad } from "../nn/functional/pad.js";
import { arange, zeros } from "../ops/creation.js";
import { cat, stack } from "../ops/joining.js";
import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import type { DistributionImpl } from "./distribution.js";
import { sumRightmost, TransformImpl, transform } from "./transform.js";

// Transforms of whole vectors and matrices, and of parts of an array.

const last = (x: Tensor): number => x.shape.at(-1) as number;
/** All but the last entry of each vector. */
const cropped = (x: Tensor): Tensor => x.narrow(-1, 0, last(x) - 1);
const inside = (y: Tensor): Tensor => {
  const { tiny, eps } = finfo(y.dtype);
  return y.clamp(tiny, 1 - eps);
};

class SoftmaxTransformImpl extends TransformImpl {
  override readonly bijective: boolean = false;
  override get domain() {
    return constraints.real_vector;
  }
  get codomain() {
    return constraints.simplex;
  }
  protected _call(x: Tensor): Tensor {
    const p = x.sub(x.amax(-1, true)).exp();
    return p.div(p.sum(-1, true));
  }
  protected _inverse(y: Tensor): Tensor {
    return y.log();
  }
  log_abs_det_jacobian(x: Tensor, y: Tensor): Tensor {
    void [x, y];
    throw new ValueError("the softmax is not one to one");
  }
}
/** y = eˣ/Σeˣ. */
export const SoftmaxTransform = transform("SoftmaxTransform", "cache_size", SoftmaxTransformImpl);

class StickBreakingTransformImpl extends TransformImpl {
  override get domain() {
    return constraints.real_vector;
  }
  get codomain() {
    return constraints.simplex;
  }
  /** How many parts are still to be broken off, from the first on. */
  private _left(n: number, of: Tensor): Tensor {
    return arange(n, 0, -1, { dtype: of.dtype }).log();
  }
  protected _call(x: Tensor): Tensor {
    const z = inside(x.sub(this._left(last(x), x)).sigmoid());
    const rest = z.rsub(1).cumprod(-1);
    return pad(z, [0, 1], { value: 1 }).mul(pad(rest, [1, 0], { value: 1 }));
  }
  protected _inverse(y: Tensor): Tensor {
    const parts = cropped(y);
    const rest = parts
      .cumsum(-1)
      .rsub(1)
      .clamp({ min: finfo(y.dtype).tiny });
    return parts
      .log()
      .sub(rest.log())
      .add(this._left(last(parts), y));
  }
  log_abs_det_jacobian(x: Tensor, y: Tensor): Tensor {
    const moved = x.sub(this._left(last(x), x));
    return moved.neg().add(logsigmoid(moved)).add(cropped(y).log()).sum(-1);
  }
  override forward_shape(shape: readonly number[]) {
    if (shape.length < 1) throw new ValueError("Too few dimensions on input");
    return [...shape.slice(0, -1), shape.at(-1)! + 1];
  }
  override inverse_shape(shape: readonly number[]) {
    if (shape.length < 1) throw new ValueError("Too few dimensions on input");
    return [...shape.slice(0, -1), shape.at(-1)! - 1];
  }
}
/** A vector of n numbers as n + 1 positive ones with sum 1: pieces broken off a stick. */
export const StickBreakingTransform = transform(
  "StickBreakingTransform",
  "cache_size",
  StickBreakingTransformImpl,
);

/** Where the elements below a diagonal of n × n matrices are, row by row. */
const belowMask = (n: number, diagonal: number): Tensor =>
  arange(n).lt(
    arange(n)
      .view(-1, 1)
      .add(diagonal + 1),
  );

/** Vectors as the elements below the diagonal of matrices of zeros. */
function fillBelow(vec: Tensor): Tensor {
  const count = last(vec);
  const n = Math.round((1 + Math.sqrt(1 + 8 * count)) / 2);
  const mat = zeros([...vec.shape.slice(0, -1), n, n], { dtype: vec.dtype });
  mat.set(["...", belowMask(n, -1)], vec);
  return mat;
}
const takeBelow = (mat: Tensor, diagonal: number): Tensor => mat.at("...", belowMask(last(mat), diagonal));

class CorrCholeskyTransformImpl extends TransformImpl {
  override get domain() {
    return constraints.real_vector;
  }
  get codomain() {
    return constraints.corr_cholesky;
  }
  protected _call(x: Tensor): Tensor {
    const { eps } = finfo(x.dtype);
    const r = fillBelow(x.tanh().clamp(eps - 1, 1 - eps));
    const rest = r.square().rsub(1).sqrt().cumprod(-1);
    const whole = r.add(x.new_ones(last(r)).diag());
    return whole.mul(pad(cropped(rest), [1, 0], { value: 1 }));
  }
  protected _inverse(y: Tensor): Tensor {
    const rest = pad(cropped(y.square().cumsum(-1).rsub(1)), [1, 0], { value: 1 });
    const t = takeBelow(y, -1).div(takeBelow(rest, -1).sqrt());
    return t.log1p().sub(t.neg().log1p()).div(2);
  }
  log_abs_det_jacobian(x: Tensor, y: Tensor): Tensor {
    const stick = takeBelow(y.square().cumsum(-1).rsub(1), -2).log().sum(-1).mul(0.5);
    const slope = x
      .add(softplus(x.mul(-2)))
      .sub(Math.log(2))
      .sum(-1);
    return stick.sub(slope.mul(2));
  }
  override forward_shape(shape: readonly number[]) {
    if (shape.length < 1) throw new ValueError("Too few dimensions on input");
    const count = shape.at(-1)!;
    const n = Math.round(0.5 + Math.sqrt(0.25 + 2 * count));
    if ((n * (n - 1)) / 2 !== count) throw new ValueError("Input is not a flattened lower-diagonal number");
    return [...shape.slice(0, -1), n, n];
  }
  override inverse_shape(shape: readonly number[]) {
    if (shape.length < 2) throw new ValueError("Too few dimensions on input");
    const n = shape.at(-1)!;
    if (shape.at(-2) !== n) throw new ValueError("Input is not square");
    return [...shape.slice(0, -2), (n * (n - 1)) / 2];
  }
}
/** A vector as the Cholesky factor of a matrix of correlations. */
export const CorrCholeskyTransform = transform(
  "CorrCholeskyTransform",
  "cache_size",
  CorrCholeskyTransformImpl,
);

class LowerCholeskyTransformImpl extends TransformImpl {
  override readonly bijective: boolean = false;
  override get domain() {
    return constraints.independent(constraints.real, 2);
  }
  get codomain(): constraints.Constraint {
    return constraints.lower_cholesky;
  }
  private _withDiagonal(x: Tensor, f: (d: Tensor) => Tensor): Tensor {
    return x.tril(-1).add(f(x.diagonal(0, -2, -1)).diag_embed());
  }
  protected _call(x: Tensor): Tensor {
    return this._withDiagonal(x, (d) => d.exp());
  }
  protected _inverse(y: Tensor): Tensor {
    return this._withDiagonal(y, (d) => d.log());
  }
  log_abs_det_jacobian(x: Tensor, y: Tensor): Tensor {
    void [x, y];
    throw new ValueError("matrices lose their upper triangle");
  }
}
/** Any matrix as a lower triangular one with positive diagonal. */
export const LowerCholeskyTransform = transform(
  "LowerCholeskyTransform",
  "cache_size",
  LowerCholeskyTransformImpl,
);

class PositiveDefiniteTransformImpl extends LowerCholeskyTransformImpl {
  override get codomain() {
    return constraints.positive_definite;
  }
  protected override _call(x: Tensor): Tensor {
    const factor = super._call(x);
    return factor.matmul(factor.mT);
  }
  protected override _inverse(y: Tensor): Tensor {
    return super._inverse(cholesky(y));
  }
}
/** Any matrix as a positive definite one. */
export const PositiveDefiniteTransform = transform(
  "PositiveDefiniteTransform",
  "cache_size",
  PositiveDefiniteTransformImpl,
);

class ReshapeTransformImpl extends TransformImpl {
  constructor(
    readonly in_shape: readonly number[],
    readonly out_shape: readonly number[],
    cache_size = 0,
  ) {
    super(cache_size);
    const size = (s: readonly number[]): number => s.reduce((a, b) => a * b, 1);
    if (size(in_shape) !== size(out_shape))
      throw new ValueError("in_shape, out_shape have different numbers of elements");
  }
  override get domain() {
    return constraints.independent(constraints.real, this.in_shape.length);
  }
  get codomain() {
    return constraints.independent(constraints.real, this.out_shape.length);
  }
  private _lead(x: Tensor, own: readonly number[]): number[] {
    return x.shape.slice(0, x.ndim - own.length);
  }
  protected _call(x: Tensor): Tensor {
    return x.reshape([...this._lead(x, this.in_shape), ...this.out_shape]);
  }
  protected _inverse(y: Tensor): Tensor {
    return y.reshape([...this._lead(y, this.out_shape), ...this.in_shape]);
  }
  log_abs_det_jacobian(x: Tensor): Tensor {
    return x.new_zeros(this._lead(x, this.in_shape));
  }
  override forward_shape(shape: readonly number[]) {
    return exchanged(shape, this.in_shape, this.out_shape);
  }
  override inverse_shape(shape: readonly number[]) {
    return exchanged(shape, this.out_shape, this.in_shape);
  }
}
/** Events of other lengths of axes. */
export const ReshapeTransform = transform(
  "ReshapeTransform",
  "in_shape out_shape cache_size",
  ReshapeTransformImpl,
);

function exchanged(shape: readonly number[], from: readonly number[], to: readonly number[]): number[] {
  if (shape.length < from.length) throw new ValueError("Too few dimensions on input");
  const cut = shape.length - from.length;
  if (shape.slice(cut).join() !== from.join())
    throw new ValueError(
      `Shape mismatch: expected torch.Size([${shape.slice(cut).join(", ")}]) but got torch.Size([${from.join(", ")}])`,
    );
  return [...shape.slice(0, cut), ...to];
}

class CumulativeDistributionTransformImpl extends TransformImpl {
  constructor(
    readonly distribution: DistributionImpl,
    cache_size = 0,
  ) {
    super(cache_size);
  }
  override get domain() {
    return this.distribution.support ?? constraints.real;
  }
  get codomain() {
    return constraints.unit_interval;
  }
  protected _call(x: Tensor): Tensor {
    return this.distribution.cdf(x);
  }
  protected _inverse(y: Tensor): Tensor {
    return this.distribution.icdf(y);
  }
  log_abs_det_jacobian(x: Tensor): Tensor {
    return this.distribution.log_prob(x);
  }
}
/** Numbers as the probabilities of being below them. */
export const CumulativeDistributionTransform = transform(
  "CumulativeDistributionTransform",
  "distribution cache_size",
  CumulativeDistributionTransformImpl,
);

abstract class Parts extends TransformImpl {
  override readonly bijective: boolean;
  constructor(
    readonly transforms: readonly TransformImpl[],
    readonly dim: number,
    cache_size: number,
  ) {
    super(cache_size);
    this.bijective = transforms.every((t) => t.bijective);
  }
  protected abstract _slices(x: Tensor): Tensor[];
  protected abstract _joined(parts: readonly Tensor[], dim: number): Tensor;
  protected _call(x: Tensor): Tensor {
    return this._joined(
      this._slices(x).map((part, i) => this.transforms[i]!.forward(part)),
      this.dim,
    );
  }
  protected _inverse(y: Tensor): Tensor {
    return this._joined(
      this._slices(y).map((part, i) => this.transforms[i]!._back(part)),
      this.dim,
    );
  }
  log_abs_det_jacobian(x: Tensor, y: Tensor): Tensor {
    const ys = this._slices(y);
    const slopes = this._slices(x).map((part, i) => {
      const t = this.transforms[i]!;
      return sumRightmost(t.log_abs_det_jacobian(part, ys[i]!), this.domain.event_dim - t.domain.event_dim);
    });
    // Counted from the end, the axis has moved where events were summed.
    const dim = this.dim >= 0 ? this.dim - x.ndim : this.dim;
    return this._joined(slopes, dim + this.domain.event_dim);
  }
}

class CatTransformImpl extends Parts {
  readonly lengths: readonly number[];
  constructor(
    tseq: readonly TransformImpl[],
    dim = 0,
    lengths: readonly number[] | null = null,
    cache_size = 0,
  ) {
    super(tseq, dim, cache_size);
    this.lengths = lengths ?? tseq.map(() => 1);
  }
  protected _slices(x: Tensor): Tensor[] {
    let at = 0;
    return this.lengths.map((n) => {
      at += n;
      return x.narrow(this.dim, at - n, n);
    });
  }
  protected _joined(parts: readonly Tensor[], dim: number): Tensor {
    return dim === 0 && parts[0]!.ndim === 0 ? stack(parts).sum() : cat(parts, dim);
  }
  override get domain() {
    return constraints.cat(
      this.transforms.map((t) => t.domain),
      this.dim,
      this.lengths,
    );
  }
  get codomain() {
    return constraints.cat(
      this.transforms.map((t) => t.codomain),
      this.dim,
      this.lengths,
    );
  }
}
/** Transforms of neighbouring parts along an axis. */
export const CatTransform = transform("CatTransform", "tseq dim lengths cache_size", CatTransformImpl);

class StackTransformImpl extends Parts {
  constructor(transforms: readonly TransformImpl[], dim = 0, cache_size = 0) {
    super(transforms, dim, cache_size);
  }
  protected _slices(x: Tensor): Tensor[] {
    return this.transforms.map((_, i) => x.select(this.dim, i));
  }
  protected _joined(parts: readonly Tensor[], dim: number): Tensor {
    return stack(parts, dim);
  }
  override get domain() {
    return constraints.stack(
      this.transforms.map((t) => t.domain),
      this.dim,
    );
  }
  get codomain() {
    return constraints.stack(
      this.transforms.map((t) => t.codomain),
      this.dim,
    );
  }
}
/** Transforms of the slices along an axis. */
export const StackTransform = transform("StackTransform", "transforms dim cache_size", StackTransformImpl);
