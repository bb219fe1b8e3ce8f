import { AssertionError, UserWarning, ValueError, warn } from "@cognate/py";
import { finfo } from "../limits.js";
import { cholesky, cholesky_solve } from "../linalg/factorize.js";
import { slogdet } from "../linalg/products.js";
import { inv } from "../linalg/solve.js";
import { arange } from "../ops/creation.js";
import { cat } from "../ops/joining.js";
import { digamma, lgamma, mvlgamma } from "../ops/special-functions.js";
import { randn } from "../random/factories.js";
import { tensor } from "../tensor/factories.js";
import { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import { broadcastAll, DistributionImpl, distribution, lazy, type Param } from "./distribution.js";
import { Beta, Chi2 } from "./gamma.js";
import { factored, wholeOf } from "./multivariate.js";

// Random matrices.

class LKJCholeskyImpl extends DistributionImpl {
  readonly concentration: Tensor;
  declare readonly dim: number;
  declare private readonly _beta: Beta;
  get arg_constraints() {
    return { concentration: constraints.positive };
  }
  constructor(dim: number, concentration: Param = 1, validate_args: boolean | null = null) {
    if (dim < 2)
      throw new ValueError(`Expected dim to be an integer greater than or equal to 2. Found dim=${dim}.`);
    const [eta] = broadcastAll([concentration]) as [Tensor];
    super(eta.shape, [dim, dim], validate_args);
    this.concentration = eta;
    const offset = cat([tensor([0], { dtype: eta.dtype }), arange(dim - 1, { dtype: eta.dtype })]);
    const beta = Beta(
      offset.add(0.5),
      eta
        .add(0.5 * (dim - 2))
        .unsqueeze(-1)
        .sub(offset.mul(0.5)),
    );
    Object.defineProperties(this, { dim: { value: dim }, _beta: { value: beta } });
    this._check();
  }
  get support() {
    return constraints.corr_cholesky;
  }
  /** The onion method: each row is a direction on the sphere times a length. */
  protected _draw(shape: number[]): Tensor {
    const lead = shape.slice(0, shape.length - this.batch_shape.length - 2);
    const y = this._beta.sample(lead).unsqueeze(-1);
    const normal = randn(shape, { dtype: this.concentration.dtype }).tril(-1);
    const direction = normal.div(normal.norm({ dim: -1, keepdim: true }));
    direction.set(["...", 0, ":"], 0);
    const w = y.sqrt().mul(direction);
    const diagonal = w
      .square()
      .sum(-1)
      .rsub(1)
      .clamp({ min: finfo(w.dtype).tiny })
      .sqrt();
    return w.add(diagonal.diag_embed());
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const n = this.dim;
    const eta = this.concentration;
    const diagonal = value.diagonal(0, -2, -1).narrow(-1, 1, n - 1);
    const order = eta
      .sub(1)
      .mul(2)
      .unsqueeze(-1)
      .add(n)
      .sub(arange(2, n + 1));
    const density = order.mul(diagonal.log()).sum(-1);
    const alpha = eta.add(0.5 * (n - 1));
    const constant = mvlgamma(alpha.sub(0.5), n - 1)
      .sub(lgamma(alpha).mul(n - 1))
      .add(0.5 * (n - 1) * Math.log(Math.PI));
    return density.sub(constant);
  }
}
/** Cholesky factors of random matrices of correlations, with density det^(concentration − 1) of the matrix. */
export const LKJCholesky = distribution(
  "lkj_cholesky.LKJCholesky",
  "dim concentration validate_args",
  LKJCholeskyImpl,
);
export type LKJCholesky = LKJCholeskyImpl;

class WishartImpl extends DistributionImpl {
  readonly df: Tensor;
  declare readonly covariance_matrix: Tensor;
  declare readonly precision_matrix: Tensor;
  declare readonly scale_tril: Tensor;
  readonly _unbroadcasted_scale_tril: Tensor;
  declare private readonly _chi2: Chi2;
  override get has_rsample(): boolean {
    return true;
  }
  get arg_constraints() {
    const n = (this.event_shape?.at(-1) as number | undefined) ?? 1;
    return {
      covariance_matrix: constraints.positive_definite,
      precision_matrix: constraints.positive_definite,
      scale_tril: constraints.lower_cholesky,
      df: constraints.greater_than(n - 1),
    };
  }
  constructor(
    df: Param,
    covariance_matrix: Tensor | null = null,
    precision_matrix: Tensor | null = null,
    scale_tril: Tensor | null = null,
    validate_args: boolean | null = null,
  ) {
    const given = { scale_tril, covariance_matrix, precision_matrix };
    const [found, ...more] = Object.entries(given).filter(([, v]) => v !== null) as [string, Tensor][];
    if (!found || more.length > 0)
      throw new AssertionError(
        "Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified.",
      );
    const [name, matrix] = found;
    if (matrix.ndim < 2)
      throw new ValueError(
        "scale_tril must be at least two-dimensional, with optional leading batch dimensions",
      );
    const lead = matrix.shape.slice(0, -2);
    const nu = df instanceof Tensor ? df : tensor(Number(df), { dtype: matrix.dtype });
    const batch = nu.ndim > lead.length ? [...nu.shape] : lead;
    const n = matrix.shape.at(-1) as number;
    super(batch, matrix.shape.slice(-2), validate_args);
    this.df = nu.expand(batch);
    if (
      this.df
        .le(n - 1)
        .any()
        .item()
    )
      throw new ValueError(`Value of df=${df} expected to be greater than ndim - 1 = ${n - 1}.`);
    Object.defineProperty(this, name, { value: wholeOf(this, matrix), enumerable: true });
    if (this.df.lt(n).any().item())
      warn(
        "Low df values detected. Singular samples are highly likely to occur for ndim - 1 < df < ndim.",
        UserWarning,
      );
    this._check();
    this._unbroadcasted_scale_tril = scale_tril
      ? matrix
      : covariance_matrix
        ? cholesky(matrix)
        : cholesky(inv(matrix));
    const degrees = this.df.unsqueeze(-1).sub(arange(n, { dtype: matrix.dtype }));
    Object.defineProperty(this, "_chi2", { value: Chi2(degrees) });
  }
  get support() {
    return constraints.positive_definite;
  }
  private _column(x: Tensor): Tensor {
    return x.view([...this.batch_shape, 1, 1]);
  }
  override get mean(): Tensor {
    return this._column(this.df).mul(this.covariance_matrix);
  }
  override get mode(): Tensor {
    const factor = this.df.sub(this._size + 1);
    return this._column(factor.masked_fill(factor.le(0), Number.NaN)).mul(this.covariance_matrix);
  }
  override get variance(): Tensor {
    const v = this.covariance_matrix;
    const d = v.diagonal(0, -2, -1);
    return this._column(this.df).mul(v.square().add(d.unsqueeze(-1).mul(d.unsqueeze(-2))));
  }
  private get _size(): number {
    return this.event_shape[0]!;
  }
  /** PyTorch draws once more where the first matrices are positive definite, then again where they are not. */
  protected _draw(shape: number[]): Tensor {
    const lead = shape.slice(0, shape.length - this.batch_shape.length - 2);
    const definite = (x: Tensor): Tensor =>
      this.batch_shape.reduce<Tensor>((ok) => ok.any(-1), this.support.check(x));
    const sample = this._bartlett(lead);
    let again = definite(sample);
    for (let i = 0; i < 10; i++) {
      const count = Number(again.sum().item());
      if (count === 0) break;
      const fresh = this._bartlett([count]);
      sample.set([again], fresh);
      const next = again.clone();
      next.set([again], definite(fresh).logical_not());
      again = next;
    }
    return sample;
  }
  /** Bartlett's decomposition. */
  private _bartlett(lead: readonly number[]): Tensor {
    const n = this._size;
    const chi = this._chi2.rsample(lead).sqrt();
    const noise = chi.clamp({ min: finfo(chi.dtype).eps }).diag_embed();
    const below = arange(n).lt(arange(n).view(-1, 1));
    const count = (n * (n - 1)) / 2;
    const normal = randn([...lead, ...this.batch_shape, count], { dtype: noise.dtype });
    noise.set(["...", below], normal);
    const factor = this._unbroadcasted_scale_tril.matmul(noise);
    return factor.matmul(factor.mT);
  }
  private _logDiagonal(): Tensor {
    const logs = this._unbroadcasted_scale_tril.diagonal(0, -2, -1).log().sum(-1);
    return logs.add((this._size * Math.log(2)) / 2);
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const [nu, n] = [this.df, this._size];
    const factor = this._unbroadcasted_scale_tril;
    const trace = cholesky_solve(value, factor.expand(value.shape)).diagonal(0, -2, -1).sum(-1);
    return nu
      .neg()
      .mul(this._logDiagonal())
      .sub(mvlgamma(nu.div(2), n))
      .add(
        nu
          .sub(n + 1)
          .div(2)
          .mul(slogdet(value).logabsdet),
      )
      .sub(trace.div(2));
  }
  override entropy(): Tensor {
    const [nu, n] = [this.df, this._size];
    const half = nu.div(2);
    const slopes = digamma(half.unsqueeze(-1).sub(arange(n, { dtype: nu.dtype }).div(2))).sum(-1);
    return this._logDiagonal()
      .mul(n + 1)
      .add(mvlgamma(half, n))
      .sub(
        nu
          .sub(n + 1)
          .div(2)
          .mul(slopes),
      )
      .add(nu.mul(n / 2));
  }
}
lazy(WishartImpl, factored);
/** Sums of `df` outer products of normal vectors with a covariance. */
export const Wishart = distribution(
  "wishart.Wishart",
  "df covariance_matrix precision_matrix scale_tril validate_args",
  WishartImpl,
);
export type Wishart = WishartImpl;
