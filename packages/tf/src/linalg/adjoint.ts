import type { Tensor } from "../shared.js";
import { AroundImpl } from "./around.js";
import type { Hint } from "./hints.js";
import { type LinearOperatorImpl, makers, operatorClass } from "./operator.js";
import type { Sizes } from "./sizes.js";
import { add, adjointOf, conjugate } from "./values.js";

/** The adjoint of an operator: what it does with its arguments, the other way round. */
class AdjointImpl extends AroundImpl {
  constructor(
    operator: LinearOperatorImpl,
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string | null = null,
  ) {
    const given = { is_non_singular, is_self_adjoint, is_positive_definite, is_square };
    super(operator, given, name, { what: "adjoint", suffix: "adjoint" });
  }
  override _sizes(): Sizes {
    const s = this.operator._sizes();
    return [...s.slice(0, -2), s.at(-1)!, s.at(-2)!];
  }
  private _turned(x: Tensor): Tensor {
    return this.is_self_adjoint ? x : conjugate(x);
  }
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return this.operator.matmul(x, !adjoint, adjoint_arg) as Tensor;
  }
  override _matvec(x: Tensor, adjoint = false): Tensor {
    return this.operator.matvec(x, !adjoint);
  }
  override _solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return this.operator.solve(rhs, !adjoint, adjoint_arg) as Tensor;
  }
  override _solvevec(rhs: Tensor, adjoint = false): Tensor {
    return this.operator.solvevec(rhs, !adjoint);
  }
  override _linop_adjoint(): LinearOperatorImpl {
    return this.operator;
  }
  override _determinant(): Tensor {
    return this._turned(this.operator.determinant());
  }
  override _log_abs_determinant(): Tensor {
    return this.operator.log_abs_determinant();
  }
  override _trace(): Tensor {
    return this._turned(this.operator.trace());
  }
  override _to_dense(): Tensor {
    const dense = this.operator.to_dense();
    return this.is_self_adjoint ? dense : adjointOf(dense);
  }
  override _add_to_tensor(x: Tensor): Tensor {
    return add(this.to_dense(), x);
  }
  override _eigvals(): Tensor {
    const values = this.operator.eigvals();
    return this.operator.is_self_adjoint ? values : conjugate(values);
  }
}
makers.adjoint = (o) =>
  new AdjointImpl(o, o.is_non_singular, o.is_self_adjoint, o.is_positive_definite, o.is_square);

export const LinearOperatorAdjoint = operatorClass(
  "adjoint",
  "LinearOperatorAdjoint",
  "operator",
  AdjointImpl,
);
