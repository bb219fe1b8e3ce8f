import type { DType } from "../dtype/dtype.js";
import type { Shape, Strided } from "../strided/strided.js";
import type { GeluParams } from "./activation/gelu.js";
import type { SoftplusParams } from "./activation/softplus.js";
import type { AttentionParams } from "./attention/attention.js";
import type { ConvInputParams } from "./conv/conv-input.js";
import type { ConvWeightParams } from "./conv/conv-weight.js";
import type { ConvParams } from "./conv/geometry.js";
import type { CdistParams } from "./distance/cdist.js";
import type { DropoutParams } from "./dropout/dropout-apply.js";
import type { EmbeddingParams, EmbeddingWeightParams } from "./embedding/embedding.js";
import type { BagParams, BagWeightParams } from "./embedding/embedding-bag.js";
import type { AccumulateParams, AlongParams, ReduceParams } from "./engines/lines.js";
import type { ScaledParams } from "./engines/scaled.js";
import type { TiesParams } from "./engines/ties.js";
import type { WindowParams } from "./engines/windows.js";
import type { FftParams } from "./fft/fft.js";
import type { IndexParams, IndexPutParams } from "./indexing/index-op.js";
import type { GatherParams } from "./indexing/named.js";
import type { ScatterReduceParams } from "./indexing/scatter-reduce.js";
import type { EighParams } from "./linalg/eigh.js";
import type { LuSolveParams } from "./linalg/lu.js";
import type { MatmulParams } from "./linalg/matmul.js";
import type { SolveTriangularParams } from "./linalg/solve.js";
import type { SvdParams } from "./linalg/svd.js";
import type { ClassParams } from "./loss/classes.js";
import type { CrossEntropyParams } from "./loss/cross-entropy.js";
import type { CtcParams } from "./loss/ctc.js";
import type { NllInputParams } from "./loss/nll.js";
import type { StandardizeParams } from "./norm/groups.js";
import type { AdaptiveInputParams } from "./pool/adaptive-avg-pool.js";
import type { AvgPoolInputParams, AvgPoolParams } from "./pool/avg-pool.js";
import type { UnpoolParams } from "./pool/max-unpool.js";
import type { AdaptiveParams } from "./pool/windows.js";
import type { GruParams } from "./recurrent/gru.js";
import type { LstmParams } from "./recurrent/lstm.js";
import type { RnnParams } from "./recurrent/rnn.js";
import type { ExtremeParams } from "./reduction/amax.js";
import type { ArgParams } from "./reduction/arg.js";
import type { Scalar } from "./row.js";
import type { CumulateParams } from "./scan/cumsum.js";
import type { RecurrenceParams } from "./scan/recurrence.js";
import type { AsStridedGradParams } from "./shape/as-strided.js";
import type { DiagonalParams } from "./shape/diagonal.js";
import type { RollParams } from "./shape/flip.js";
import type { IndexViewParams } from "./shape/index-view.js";
import type { PadParams } from "./shape/pad.js";
import type { SliceParams } from "./shape/slice.js";
import type { TriangleParams } from "./shape/triangle.js";
import type { ViewScatterParams, ViewStep } from "./shape/view-chain.js";
import type { PolygammaParams } from "./special/polygamma.js";
import type { GridSampleParams } from "./vision/grid-sample.js";
import type { Col2imParams } from "./vision/im2col.js";
import type { ResampleInputParams, ResampleParams } from "./vision/resample.js";

/**
 * What derivatives are written with: an array that remembers how it was made. The tensor package implements it; each
 * method is the row of that name, inputs first, parameters last, so that a derivative can itself be differentiated.
 */
export interface Value {
  readonly shape: Shape;
  readonly dtype: DType;
  readonly size: number;
  /** The numbers as they are, for what a definition by parts must look at: labels, lengths. */
  readonly array: Strided;

  /** A constant of this value's element type. */
  full(shape: Shape, value: Scalar): Value;
  /** An array as a constant. */
  constant(array: Strided): Value;
  /** The same numbers without history. */
  detach(): Value;
  /** This value summed back to `shape`, undoing a broadcast. */
  sumTo(shape: Shape): Value;

  // elementwise
  add(b: Value | Scalar): Value;
  sub(b: Value | Scalar): Value;
  rsub(a: Value | Scalar): Value;
  mul(b: Value | Scalar): Value;
  mulNoNan(b: Value | Scalar): Value;
  div(b: Value | Scalar): Value;
  rdiv(a: Value | Scalar): Value;
  neg(): Value;
  abs(): Value;
  sign(): Value;
  sgn(): Value;
  square(): Value;
  sqrt(): Value;
  rsqrt(): Value;
  reciprocal(): Value;
  exp(): Value;
  exp2(): Value;
  expm1(): Value;
  log(): Value;
  log2(): Value;
  log10(): Value;
  log1p(): Value;
  sin(): Value;
  cos(): Value;
  tan(): Value;
  asin(): Value;
  acos(): Value;
  atan(): Value;
  sinh(): Value;
  cosh(): Value;
  tanh(): Value;
  asinh(): Value;
  acosh(): Value;
  atanh(): Value;
  sinc(): Value;
  sigmoid(): Value;
  logSigmoid(): Value;
  tanhshrink(): Value;
  softsign(): Value;
  entr(): Value;
  pow(b: Value | Scalar): Value;
  atan2(b: Value | Scalar): Value;
  hypot(b: Value | Scalar): Value;
  floorDiv(b: Value | Scalar): Value;
  truncDiv(b: Value | Scalar): Value;
  mod(b: Value | Scalar): Value;
  fmod(b: Value | Scalar): Value;
  logaddexp(b: Value | Scalar): Value;
  logaddexp2(b: Value | Scalar): Value;
  xlogy(b: Value | Scalar): Value;
  xlog1py(b: Value | Scalar): Value;
  addcmul(a: Value | Scalar, b: Value | Scalar, p?: ScaledParams): Value;
  maximum(b: Value | Scalar, p?: TiesParams): Value;
  minimum(b: Value | Scalar, p?: TiesParams): Value;
  clampMin(low: Value | Scalar): Value;
  clampMax(high: Value | Scalar): Value;
  softplus(p: SoftplusParams): Value;

  // special functions
  erf(): Value;
  erfc(): Value;
  erfcx(): Value;
  erfinv(): Value;
  lgamma(): Value;
  digamma(): Value;
  ndtr(): Value;
  ndtri(): Value;
  logNdtr(): Value;
  i0(): Value;
  i0e(): Value;
  i1(): Value;
  i1e(): Value;
  besselJ0(): Value;
  besselJ1(): Value;
  besselY0(): Value;
  besselY1(): Value;
  besselK0(): Value;
  besselK1(): Value;
  besselK0e(): Value;
  besselK1e(): Value;
  sphericalBesselJ0(): Value;
  airyAi(): Value;
  polygamma(p: PolygammaParams): Value;
  zeta(q: Value | Scalar): Value;

  // rounding
  floor(): Value;
  ceil(): Value;
  trunc(): Value;
  frac(): Value;

  // comparison
  eq(b: Value | Scalar): Value;
  ne(b: Value | Scalar): Value;
  lt(b: Value | Scalar): Value;
  le(b: Value | Scalar): Value;
  gt(b: Value | Scalar): Value;
  ge(b: Value | Scalar): Value;
  logicalAnd(b: Value): Value;
  logicalOr(b: Value): Value;
  logicalXor(b: Value): Value;
  logicalNot(): Value;
  isnan(): Value;
  isinf(): Value;
  isfinite(): Value;

  // selection and types
  /** This value where `cond` holds, else `other`. */
  where(cond: Value, other: Value | Scalar): Value;
  cast(p: { dtype: DType; copy?: boolean }): Value;
  conj(): Value;
  complex(im: Value): Value;
  real(): Value;
  imag(): Value;

  // reductions and lines
  sum(p?: AccumulateParams): Value;
  mean(p?: AccumulateParams): Value;
  prod(p?: AccumulateParams): Value;
  amax(p?: ExtremeParams): Value;
  argmax(p?: ArgParams): Value;
  any(p?: ReduceParams): Value;
  cumsum(p: CumulateParams): Value;
  cumprod(p: CumulateParams): Value;
  recurrence(b: Value, p: RecurrenceParams): Value;
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
  roll(p: RollParams): Value;
  pad(p: PadParams): Value;
  tril(p?: TriangleParams): Value;
  triu(p?: TriangleParams): Value;
  diagonal(p: DiagonalParams): Value;
  viewAsReal(): Value;
  viewAsComplex(): Value;

  // indexing
  gather(index: Value, p: GatherParams): Value;
  scatter(index: Value, src: Value | Scalar, p: GatherParams): Value;
  scatterAdd(index: Value, src: Value, p: GatherParams): Value;
  scatterReduce(index: Value, src: Value, p: ScatterReduceParams): Value;
  index(p: IndexParams): Value;
  indexPut(src: Value, p: IndexPutParams): Value;

  // contraction
  matmul(b: Value, p?: MatmulParams): Value;

  // matrices
  inv(): Value;
  det(): Value;
  cofactor(): Value;
  solve(b: Value): Value;
  solveTriangular(b: Value, p: SolveTriangularParams): Value;
  luSolve(pivots: Value, b: Value, p?: LuSolveParams): Value;
  eigh(p?: EighParams): readonly Value[];
  eig(): readonly Value[];
  svd(p?: SvdParams): readonly Value[];
  svdvals(): Value;
  pinv(atol: Value | Scalar | null, rtol: Value | Scalar | null): Value;
  matrixExp(): Value;

  // Fourier transforms
  fftC2c(p: FftParams): Value;
  fftR2c(p: FftParams & { readonly onesided: boolean }): Value;
  fftC2r(p: FftParams & { readonly n: number }): Value;

  // neural networks
  conv(w: Value, b: Value | null, p: ConvParams): Value;
  convInput(w: Value, b: Value | null, p: ConvInputParams): Value;
  convWeight(gy: Value, p: ConvWeightParams): Value;
  maxUnpool(index: Value, p: UnpoolParams): Value;
  planeGather(index: Value, p: { axes: number }): Value;
  avgPool(p: AvgPoolParams): Value;
  avgPoolInput(p: AvgPoolInputParams): Value;
  adaptiveAvgPool(p: AdaptiveParams): Value;
  adaptiveAvgPoolInput(p: AdaptiveInputParams): Value;
  nll(target: Value, weight: Value | null, p: ClassParams): readonly Value[];
  nllInput(target: Value, weight: Value | null, total: Value, p: NllInputParams): Value;
  crossEntropyGrad(
    x: Value,
    target: Value,
    weight: Value | null,
    total: Value,
    p: CrossEntropyParams,
  ): readonly Value[];
  multilabelMarginGrad(x: Value, target: Value): Value;
  ctcGrad(logp: Value, target: Value, inputLengths: Value, targetLengths: Value, p: CtcParams): Value;
  /** gy·(1 − y²). */
  tanhGrad(y: Value): Value;
  gelu(p: GeluParams | undefined): Value;
  /** gy·y·(1 − y). */
  sigmoidGrad(y: Value): Value;
  /** gy where y > 0, else 0. */
  reluGrad(y: Value): Value;
  softmaxGrad(y: Value, p: AlongParams): Value;
  logSoftmax(p: AlongParams): Value;
  logSoftmaxGrad(y: Value, p: AlongParams): Value;
  rnnGrad(
    h: Value,
    wx: Value,
    wh: Value,
    bx: Value | null,
    bh: Value | null,
    mask: Value | null,
    gy: Value | null,
    ghn: Value | null,
    reserve: Value,
    p: RnnParams,
  ): readonly Value[];
  lstmGrad(
    h: Value,
    c: Value,
    wx: Value,
    wh: Value,
    bx: Value | null,
    bh: Value | null,
    wp: Value | null,
    mask: Value | null,
    gy: Value | null,
    ghn: Value | null,
    gcn: Value | null,
    reserve: Value,
    p: LstmParams,
  ): readonly Value[];
  gruGrad(
    h: Value,
    wx: Value,
    wh: Value,
    bx: Value | null,
    bh: Value | null,
    mask: Value | null,
    gy: Value | null,
    ghn: Value | null,
    reserve: Value,
    p: GruParams,
  ): readonly Value[];
  embedding(index: Value, p: EmbeddingParams): Value;
  embeddingWeight(index: Value, p: EmbeddingWeightParams): Value;
  bagSum(index: Value, offsets: Value, scale: Value | null, p: BagParams): Value;
  bagSumWeight(index: Value, offsets: Value, scale: Value | null, p: BagWeightParams): Value;
  bagDot(weight: Value, index: Value, offsets: Value, p: BagParams): Value;
  linear(w: Value, b: Value | null): Value;
  pdistGrad(x: Value, p: CdistParams): Value;
  cdistGrad(a: Value, b: Value, p: CdistParams): readonly Value[];
  dropoutApply(mask: Value, p: DropoutParams): Value;
  im2col(p: WindowParams): Value;
  col2im(p: Col2imParams): Value;
  resample(p: ResampleParams): Value;
  resampleInput(p: ResampleInputParams): Value;
  gridSampleGrad(x: Value, grid: Value, p: GridSampleParams): readonly Value[];
  attentionGrad(
    q: Value,
    k: Value,
    v: Value,
    mask: Value | null,
    keep: Value | null,
    p: AttentionParams,
  ): readonly Value[];
  standardizeGrad(
    x: Value,
    w: Value | null,
    gmean: Value | null,
    gvariance: Value | null,
    p: StandardizeParams,
  ): readonly Value[];
}
