import { str, ValueError } from "@cognate/py";
import { one } from "../core/execute.js";
import { band_part, diag_part, triangular_solve } from "../ops/linalg.js";
import { reduce_prod, reduce_sum } from "../ops/reduce.js";
import type { Tensor } from "../shared.js";
import { noZeros } from "./checks.js";
import { bothNonSingular, commutingSelfAdjoint, type Hint } from "./hints.js";
import { LinearOperatorImpl, makers, operatorClass } from "./operator.js";
import { type Sizes, sizesOf } from "./sizes.js";
import { adjointIf, dtypeOf, type Held, held, magnitude, mul, now, product } from "./values.js";

/** A lower triangular matrix [..., n, n]; what stands above its diagonal is not looked at. */
export class LowerTriangularImpl extends LinearOperatorImpl {
  readonly _tril: Held;
  constructor(
    tril: unknown,
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string = "LinearOperatorLowerTriangular",
  ) {
    if (is_square === false)
      throw new ValueError("Only square lower triangular operators supported at this time.");
    const own = held(tril, "tril");
    if (sizesOf(own).length < 2)
      throw new ValueError(`Argument tril must have at least 2 dimensions.  Found: ${str(own)}`);
    super(dtypeOf(own), null, is_non_singular, is_self_adjoint, is_positive_definite, true, name, {
      tril,
      is_non_singular,
      is_self_adjoint,
      is_positive_definite,
      is_square: true,
      name,
    });
    this._tril = own;
  }
  get tril(): Held {
    return this._tril;
  }
  private _lower(): Tensor {
    return band_part(now(this._tril), -1, 0);
  }
  private _diagonal(): Tensor {
    return diag_part(now(this._tril));
  }
  override _sizes(): Sizes {
    return sizesOf(this._tril);
  }
  override _batched(): Record<string, number> {
    return { tril: 2 };
  }
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return product(this._lower(), x, adjoint, adjoint_arg);
  }
  override _linop_matmul(left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    if (right._kind !== "diag") return super._linop_matmul(left, right);
    return new LowerTriangularImpl(
      mul(left.to_dense(), (right as unknown as { diag: Held }).diag),
      bothNonSingular(right, left),
      commutingSelfAdjoint(right, left),
      null,
      true,
    );
  }
  override _determinant(): Tensor {
    return reduce_prod(this._diagonal(), [-1]);
  }
  override _log_abs_determinant(): Tensor {
    return reduce_sum(one("Log", [magnitude(this._diagonal())]), [-1]);
  }
  override _solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return triangular_solve(this._lower(), adjointIf(rhs, adjoint_arg), true, adjoint);
  }
  override _to_dense(): Tensor {
    return this._lower();
  }
  override _eigvals(): Tensor {
    return this._diagonal();
  }
  override _assert_non_singular(): unknown {
    return noZeros(this._diagonal(), "Singular operator:  Diagonal contained zero values.");
  }
}
Object.defineProperty(LowerTriangularImpl.prototype, "_kind", { value: "tril" });
makers.lowerTriangular = (tril, h) =>
  new LowerTriangularImpl(tril, h.is_non_singular, h.is_self_adjoint, h.is_positive_definite, h.is_square);

export const LinearOperatorLowerTriangular = operatorClass(
  "lower_triangular",
  "LinearOperatorLowerTriangular",
  "tril",
  LowerTriangularImpl,
);
