import { str, ValueError } from "@cognate/py";
import { one } from "../core/execute.js";
import { diag_part, diag as diagMatrix, set_diag } from "../ops/linalg.js";
import { reduce_max, reduce_min, reduce_prod, reduce_sum } from "../ops/reduce.js";
import type { Tensor } from "../shared.js";
import { noImaginary, noZeros, positiveReal } from "./checks.js";
import { commuting, type Hint, type Hints, like } from "./hints.js";
import { LowerTriangularImpl } from "./lower-triangular.js";
import { LinearOperatorImpl, operatorClass } from "./operator.js";
import { type Sizes, sizesOf } from "./sizes.js";
import {
  add,
  adjointIf,
  castTo,
  column,
  conjugate,
  div,
  dtypeOf,
  type Held,
  held,
  magnitude,
  mul,
  now,
  over,
} from "./values.js";

/** A square matrix [..., n, n] with nothing beside its diagonal [..., n]. */
export class DiagImpl extends LinearOperatorImpl {
  readonly _diag: Held;
  constructor(
    diag: unknown,
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string = "LinearOperatorDiag",
  ) {
    const own = held(diag, "diag");
    if (sizesOf(own).length < 1)
      throw new ValueError(`Argument diag must have at least 1 dimension.  Found: ${str(own)}`);
    const real = !dtypeOf(own).is_complex;
    if (real && is_self_adjoint === false)
      throw new ValueError("A real diagonal operator is always self adjoint.");
    if (is_square === false) throw new ValueError("Only square diagonal operators currently supported.");
    const adjoint = real ? true : is_self_adjoint;
    super(dtypeOf(own), null, is_non_singular, adjoint, is_positive_definite, true, name, {
      diag,
      is_non_singular,
      is_self_adjoint,
      is_positive_definite,
      is_square,
      name,
    });
    this._diag = own;
  }
  get diag(): Held {
    return this._diag;
  }
  override _sizes(): Sizes {
    const d = sizesOf(this._diag);
    return [...d, d.at(-1)!];
  }
  override _batched(): Record<string, number> {
    return { diag: 1 };
  }
  private _turned(adjoint: boolean): Tensor {
    return adjoint ? conjugate(now(this._diag)) : now(this._diag);
  }
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return mul(column(this._turned(adjoint)), adjointIf(x, adjoint_arg));
  }
  override _matvec(x: Tensor, adjoint = false): Tensor {
    return mul(this._turned(adjoint), x);
  }
  override _solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return mul(adjointIf(rhs, adjoint_arg), column(over(1, this._turned(adjoint))));
  }
  override _linop_matmul(left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    return byParts(left, right, mul) ?? super._linop_matmul(left, right);
  }
  override _linop_solve(left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    return byParts(left, right, (a, b) => div(b, a)) ?? super._linop_solve(left, right);
  }
  override _linop_inverse(): LinearOperatorImpl {
    return diagOf(over(1, this._diag), like(this));
  }
  override _linop_adjoint(): LinearOperatorImpl {
    return diagOf(conjugate(now(this._diag)), like(this));
  }
  override _linop_cholesky(): LinearOperatorImpl {
    return diagOf(one("Sqrt", [now(this._diag)]), {
      is_non_singular: true,
      is_self_adjoint: true,
      is_positive_definite: true,
      is_square: true,
    });
  }
  override _determinant(): Tensor {
    return reduce_prod(now(this._diag), [-1]);
  }
  override _log_abs_determinant(): Tensor {
    return castTo(reduce_sum(one("Log", [magnitude(now(this._diag))]), [-1]), this.dtype);
  }
  override _to_dense(): Tensor {
    return diagMatrix(now(this._diag));
  }
  override _diag_part(): Tensor {
    return this._diag as Tensor;
  }
  override _add_to_tensor(x: Tensor): Tensor {
    return set_diag(x, add(this._diag, diag_part(x)));
  }
  override _eigvals(): Tensor {
    return now(this._diag);
  }
  override _cond(): Tensor {
    const size = magnitude(now(this._diag));
    return div(reduce_max(size, -1), reduce_min(size, -1));
  }
  override _assert_non_singular(): unknown {
    return noZeros(now(this._diag), "Singular operator:  Diagonal contained zero values.");
  }
  override _assert_positive_definite(): unknown {
    return positiveReal(
      now(this._diag),
      this.dtype.is_complex
        ? "Diagonal operator had diagonal entries with non-positive real part, thus was not positive definite."
        : "Real diagonal operator had non-positive diagonal entries, thus was not positive definite.",
    );
  }
  override _assert_self_adjoint(): unknown {
    return noImaginary(
      now(this._diag),
      "This diagonal operator contained non-zero imaginary values.   Thus it was not self-adjoint.",
    );
  }
}
Object.defineProperty(DiagImpl.prototype, "_kind", { value: "diag" });

export const diagOf = (d: unknown, h: Hints): DiagImpl =>
  new DiagImpl(d, h.is_non_singular, h.is_self_adjoint, h.is_positive_definite, true);

/** A diagonal matrix with another that is diagonal, a multiple of the identity, or lower triangular. */
function byParts(
  left: LinearOperatorImpl,
  right: LinearOperatorImpl,
  combine: (a: Held, b: Held) => Tensor,
): LinearOperatorImpl | null {
  const d = (left as DiagImpl).diag;
  const h = commuting(left, right);
  if (right instanceof DiagImpl) return diagOf(combine(d, right.diag), h);
  if (right._kind === "scaled")
    return diagOf(combine(d, (right as unknown as { multiplier: Held }).multiplier), h);
  if (right instanceof LowerTriangularImpl)
    return new LowerTriangularImpl(
      combine(column(d), right.to_dense()),
      h.is_non_singular,
      h.is_self_adjoint,
      null,
      true,
    );
  return null;
}

export const LinearOperatorDiag = operatorClass("diag", "LinearOperatorDiag", "diag", DiagImpl);
