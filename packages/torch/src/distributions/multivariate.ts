import { ValueError } from "@cognate/py";
import { cholesky, cholesky_inverse } from "../linalg/factorize.js";
import { inv, solve_triangular } from "../linalg/solve.js";
import { empty } from "../ops/creation.js";
import type { Tensor } from "../tensor/tensor.js";
import * as constraints from "./constraints.js";
import { DistributionImpl, distribution, lazy } from "./distribution.js";

/** A matrix for every element of the batch. */
export const wholeOf = (d: DistributionImpl, matrix: Tensor): Tensor =>
  matrix.expand([...d.batch_shape, ...matrix.shape.slice(-2)]);

/** The three matrices that a Cholesky factor stands for, each made when it is first read. */
export const factored = {
  scale_tril: (d) => wholeOf(d, d._unbroadcasted_scale_tril),
  covariance_matrix: (d) => wholeOf(d, d._unbroadcasted_scale_tril.matmul(d._unbroadcasted_scale_tril.mT)),
  precision_matrix: (d) => wholeOf(d, cholesky_inverse(d._unbroadcasted_scale_tril)),
} satisfies Record<string, (d: DistributionImpl & { readonly _unbroadcasted_scale_tril: Tensor }) => Tensor>;

class MultivariateNormalImpl extends DistributionImpl {
  readonly loc: Tensor;
  declare readonly covariance_matrix: Tensor;
  declare readonly precision_matrix: Tensor;
  declare readonly scale_tril: Tensor;
  override get has_rsample(): boolean {
    return true;
  }
  get arg_constraints() {
    return {
      loc: constraints.real_vector,
      covariance_matrix: constraints.positive_definite,
      precision_matrix: constraints.positive_definite,
      scale_tril: constraints.lower_cholesky,
    };
  }
  readonly _unbroadcasted_scale_tril: Tensor;

  constructor(
    loc: Tensor,
    covariance_matrix: Tensor | null = null,
    precision_matrix: Tensor | null = null,
    scale_tril: Tensor | null = null,
    validate_args: boolean | null = null,
  ) {
    if (loc.ndim < 1) throw new ValueError("loc must be at least one-dimensional.");
    const given = { scale_tril, covariance_matrix, precision_matrix };
    const [found, ...more] = Object.entries(given).filter(([, v]) => v !== null) as [string, Tensor][];
    if (!found || more.length > 0)
      throw new ValueError(
        "Exactly one of covariance_matrix or precision_matrix or scale_tril may be specified.",
      );
    const [name, matrix] = found;
    if (matrix.ndim < 2)
      throw new ValueError(
        `${name} must be at least two-dimensional, with optional leading batch dimensions`,
      );
    const n = loc.shape[loc.ndim - 1]!;
    const lead = matrix.shape.length - 2 >= loc.ndim - 1 ? matrix.shape.slice(0, -2) : loc.shape.slice(0, -1);
    super(lead, [n], validate_args);
    this.loc = loc.expand([...lead, n]);
    const own = matrix.expand([...lead, n, n]);
    Object.defineProperty(this, name, { value: own, enumerable: true });
    this._check();
    this._unbroadcasted_scale_tril = scale_tril
      ? matrix
      : covariance_matrix
        ? cholesky(matrix)
        : cholesky(inv(matrix));
  }
  get support() {
    return constraints.real_vector;
  }
  override get mean(): Tensor {
    return this.loc;
  }
  override get mode(): Tensor {
    return this.loc;
  }
  override get variance(): Tensor {
    return this._unbroadcasted_scale_tril
      .pow(2)
      .sum(-1)
      .expand([...this.batch_shape, ...this.event_shape]);
  }
  protected _draw(shape: number[]): Tensor {
    const eps = empty(shape, { dtype: this.loc.dtype }).normal_();
    return this.loc.add(this._unbroadcasted_scale_tril.matmul(eps.unsqueeze(-1)).squeeze(-1));
  }
  log_prob(value: Tensor): Tensor {
    this._validate_sample(value);
    const n = this.event_shape[0]!;
    const diff = value.sub(this.loc).unsqueeze(-1);
    const m = solve_triangular(this._unbroadcasted_scale_tril, diff, { upper: false })
      .squeeze(-1)
      .pow(2)
      .sum(-1);
    return m
      .add(n * Math.log(2 * Math.PI))
      .mul(-0.5)
      .sub(this._logDiagonal());
  }
  private _logDiagonal(): Tensor {
    return this._unbroadcasted_scale_tril.diagonal(0, -2, -1).log().sum(-1);
  }
  override entropy(): Tensor {
    const n = this.event_shape[0]!;
    return this._logDiagonal()
      .add(0.5 * n * (1 + Math.log(2 * Math.PI)))
      .expand([...this.batch_shape]);
  }
  override __repr__(): string {
    return super.__repr__();
  }
}
lazy(MultivariateNormalImpl, factored);
/** Normal vectors with a covariance, its inverse, or its Cholesky factor. */
export const MultivariateNormal = distribution(
  "multivariate_normal.MultivariateNormal",
  "loc covariance_matrix precision_matrix scale_tril validate_args",
  MultivariateNormalImpl,
);
export type MultivariateNormal = MultivariateNormalImpl;
