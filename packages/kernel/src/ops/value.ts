import type { DType } from "../dtype/dtype.js";
import type { Shape } from "../strided/strided.js";
import type { AccumulateParams, AlongParams, ReduceParams } from "./engines/lines.js";
import type { IndexParams, IndexPutParams } from "./indexing/index-op.js";
import type { MatmulParams } from "./linalg/matmul.js";
import type { Scalar } from "./row.js";
import type { IndexViewParams } from "./shape/index-view.js";
import type { AsStridedGradParams } from "./shape/as-strided.js";
import type { SliceParams } from "./shape/slice.js";
import type { ViewScatterParams, ViewStep } from "./shape/view-chain.js";

/**
 * What derivatives are written with: an array that remembers how it was made. The tensor package implements it; each
 * method is the row of that name, inputs first, parameters last, so that a derivative can itself be differentiated.
 */
export interface Value {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly size: number;

  /** A constant of this value's element type. */
  full(shape: Shape, value: number): Value;
  /** The same numbers without history. */
  detach(): Value;
  /** This value summed back to `shape`, undoing a broadcast. */
  sumTo(shape: Shape): Value;

  // elementwise
  add(b: Value | Scalar): Value;
  sub(b: Value | Scalar): Value;
  rsub(a: Value | Scalar): Value;
  mul(b: Value | Scalar): Value;
  div(b: Value | Scalar): Value;
  rdiv(a: Value | Scalar): Value;
  pow(b: Value | Scalar): Value;
  neg(): Value;
  abs(): Value;
  sign(): Value;
  square(): Value;
  sqrt(): Value;
  reciprocal(): Value;
  exp(): Value;
  log(): Value;
  log1p(): Value;
  sin(): Value;
  cos(): Value;
  tan(): Value;
  sinh(): Value;
  cosh(): Value;
  tanh(): Value;
  sigmoid(): Value;
  digamma(): Value;
  polygamma(p: { n: number }): Value;
  erf(): Value;
  floor(): Value;
  trunc(): Value;
  maximum(b: Value | Scalar): Value;
  minimum(b: Value | Scalar): Value;
  eq(b: Value | Scalar): Value;
  ne(b: Value | Scalar): Value;
  lt(b: Value | Scalar): Value;
  le(b: Value | Scalar): Value;
  gt(b: Value | Scalar): Value;
  ge(b: Value | Scalar): Value;
  logicalAnd(b: Value): Value;
  logicalOr(b: Value): Value;
  logicalNot(): Value;
  isnan(): Value;
  /** This value where `cond` holds, else `other`. */
  where(cond: Value, other: Value | Scalar): Value;
  cast(p: { dtype: DType; copy?: boolean }): Value;
  conj(): Value;
  real(): Value;
  imag(): Value;

  // reductions and lines
  sum(p?: AccumulateParams): Value;
  mean(p?: ReduceParams): Value;
  prod(p?: AccumulateParams): Value;
  amax(p?: ReduceParams): Value;
  any(p?: ReduceParams): Value;
  cumsum(p: AlongParams): Value;
  softmax(p: AlongParams): Value;

  // shape
  reshape(p: { shape: Shape }): Value;
  permute(p: { axes: readonly number[] }): Value;
  expand(p: { shape: Shape }): Value;
  slice(p: SliceParams): Value;
  flip(p: { dims: readonly number[] }): Value;
  indexView(p: IndexViewParams): Value;
  viewChain(p: { chain: readonly ViewStep[] }): Value;
  viewScatter(src: Value, p: ViewScatterParams): Value;
  asStridedGrad(p: AsStridedGradParams): Value;
  cat(others: readonly Value[], p: { dim: number }): Value;

  // indexing
  gather(index: Value, p: { dim: number }): Value;
  scatterAdd(index: Value, src: Value, p: { dim: number }): Value;
  index(p: IndexParams): Value;
  indexPut(src: Value, p: IndexPutParams): Value;

  // contraction
  matmul(b: Value, p?: MatmulParams): Value;
}
