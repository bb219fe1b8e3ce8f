import { ValueError } from "@cognate/py";
import { one } from "../core/execute.js";
import { cholesky, cholesky_solve, diag_part } from "../ops/linalg.js";
import { reduce_sum } from "../ops/reduce.js";
import type { Tensor } from "../shared.js";
import { DiagImpl } from "./diag.js";
import type { Hint } from "./hints.js";
import { IdentityImpl } from "./identity.js";
import { LinearOperatorImpl, plainClass } from "./operator.js";
import {
  broadcastMatrices,
  broadcastSizes,
  dimensionOf,
  lengthAt,
  mustAgree,
  type Sizes,
  shapeOf,
  sizesOf,
} from "./sizes.js";
import {
  add,
  castTo,
  conjugate,
  type Held,
  held,
  magnitude,
  mul,
  now,
  product,
  scaled,
  sub,
} from "./values.js";

/** L + U·D·Vᴴ: an operator and a change of few columns, by Woodbury's formula. */
class LowRankUpdateImpl extends LinearOperatorImpl {
  readonly base_operator: LinearOperatorImpl;
  readonly _u: Held;
  readonly _v: Held;
  readonly _diag_update: Held | null;
  readonly diag_operator: LinearOperatorImpl;
  readonly is_diag_update_positive: Hint;
  private readonly _byCholesky: boolean;
  constructor(
    base_operator: LinearOperatorImpl,
    u: unknown,
    diag_update: unknown = null,
    v: unknown = null,
    is_diag_update_positive: Hint = null,
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string = "LinearOperatorLowRankUpdate",
  ) {
    const { dtype } = base_operator;
    if (diag_update === null && is_diag_update_positive === false)
      throw new ValueError(
        "Default diagonal is the identity, which is positive.  However, user set 'is_diag_update_positive' to False.",
      );
    const positive = diag_update === null ? true : is_diag_update_positive;
    const byCholesky =
      base_operator.is_positive_definite === true &&
      base_operator.is_self_adjoint === true &&
      positive === true &&
      v === null;
    let [regular, adjoint, definite] = [is_non_singular, is_self_adjoint, is_positive_definite];
    if (base_operator.is_self_adjoint && v === null && !dtype.is_complex) {
      if (is_self_adjoint === false)
        throw new ValueError(
          "A = L + UDU^H, with L self-adjoint and D real diagonal.  Since UDU^H is self-adjoint, this must be a self-adjoint operator.",
        );
      adjoint = true;
    }
    if (byCholesky) {
      if (is_positive_definite === false || is_self_adjoint === false || is_non_singular === false)
        throw new ValueError("Arguments imply this is self-adjoint positive-definite operator.");
      [regular, adjoint, definite] = [is_non_singular, true, true];
    }
    super(dtype, null, regular, adjoint, definite, is_square, name, {
      base_operator,
      u,
      diag_update,
      v,
      is_diag_update_positive,
      is_non_singular,
      is_self_adjoint,
      is_positive_definite,
      is_square,
      name,
    });
    this._u = held(u, "u");
    this._v = v === null ? this._u : held(v, "v");
    this._diag_update = diag_update === null ? null : held(diag_update, "diag_update");
    this.base_operator = base_operator;
    this.diag_operator = this._diag_update
      ? new DiagImpl(this._diag_update, null, null, positive)
      : new IdentityImpl(sizesOf(this._u).at(-1), null, dtype);
    this.is_diag_update_positive = positive;
    this._byCholesky = byCholesky;
    const uv = shapeOf(broadcastSizes(sizesOf(this._u), sizesOf(this._v)))._dims!;
    mustAgree(base_operator.domain_dimension, uv.at(-2));
    if (this._diag_update) mustAgree(dimensionOf(uv.at(-1)), lengthAt(this._diag_update as Tensor, -1));
  }
  get u(): Held {
    return this._u;
  }
  get v(): Held {
    return this._v;
  }
  get diag_update(): Held | null {
    return this._diag_update;
  }
  override _sizes(): Sizes {
    const batches = [
      this.base_operator._batch(),
      this.diag_operator._batch(),
      sizesOf(this._u).slice(0, -2),
      sizesOf(this._v).slice(0, -2),
    ];
    return [...batches.reduce(broadcastSizes), ...this.base_operator._sizes().slice(-2)];
  }
  override _batched(): Record<string, number> {
    return { base_operator: 0, u: 2, diag_update: 1, v: 2 };
  }
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    const [left, right] = adjoint ? [this._v, this._u] : [this._u, this._v];
    const inner = this.diag_operator.matmul(product(right, x, true, adjoint_arg), adjoint) as Tensor;
    return add(this.base_operator.matmul(x, adjoint, adjoint_arg) as Tensor, product(left, inner));
  }
  /** D⁻¹ + Vᴴ·L⁻¹·U. */
  private _capacitance(u: Held, v: Held): Tensor {
    const inner = product(v, this.base_operator.solve(now(u)) as Tensor, true);
    return this.diag_operator.inverse().add_to_tensor(inner);
  }
  override _solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    const base = this.base_operator;
    if (base.is_non_singular === false)
      throw new ValueError(
        "Solve not implemented unless this is a perturbation of a non-singular LinearOperator.",
      );
    const [u, v] = adjoint ? [this._v, this._u] : [this._u, this._v];
    const c = this._capacitance(this._u, this._v);
    const plain = base.solve(rhs, adjoint, adjoint_arg) as Tensor;
    const inner = product(v, plain, true);
    let w: Tensor;
    if (this._byCholesky) w = cholesky_solve(cholesky(c), inner);
    else {
      const [m, b] = broadcastMatrices([c, inner]);
      w = one("MatrixSolve", [m, b], { adjoint });
    }
    return sub(plain, base.solve(product(u, w), adjoint) as Tensor);
  }
  override _determinant(): Tensor {
    if (this.is_positive_definite) return one("Exp", [this.log_abs_determinant()]);
    const c = one("MatrixDeterminant", [this._capacitance(this._u, this._v)]);
    return mul(mul(c, this.diag_operator.determinant()), this.base_operator.determinant());
  }
  override _log_abs_determinant(): Tensor {
    const c = this._capacitance(this._u, this._v);
    const own = this._byCholesky
      ? scaled(2, reduce_sum(one("Log", [diag_part(cholesky(c))]), [-1]))
      : castTo(one("Log", [magnitude(one("MatrixDeterminant", [c]))]), this.dtype);
    return add(add(own, this.diag_operator.log_abs_determinant()), this.base_operator.log_abs_determinant());
  }
  override _diag_part(): Tensor {
    const outer = mul(this._u, conjugate(now(this._v)));
    const weighted = this._diag_update ? mul(outer, one("ExpandDims", [now(this._diag_update), -2])) : outer;
    return add(reduce_sum(weighted, -1), this.base_operator.diag_part());
  }
  override _assert_self_adjoint(): unknown {
    return this._u === this._v && this._diag_update === null
      ? this.base_operator.assert_self_adjoint()
      : super._assert_self_adjoint();
  }
}
export const LinearOperatorLowRankUpdate = plainClass(
  "low_rank_update",
  "LinearOperatorLowRankUpdate",
  "base_operator u diag_update v is_diag_update_positive is_non_singular is_self_adjoint is_positive_definite is_square name",
  LowRankUpdateImpl,
);
