import { str, ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { InvalidArgumentError } from "../core/errors.js";
import { concat } from "../ops/array.js";
import { diag_part, l2_normalize, set_diag } from "../ops/linalg.js";
import type { Tensor } from "../shared.js";
import type { Hint } from "./hints.js";
import { LinearOperatorImpl, operatorClass } from "./operator.js";
import { filled, minus, type Sizes, sizesOf } from "./sizes.js";
import {
  add,
  adjointIf,
  castTo,
  column,
  conjugate,
  dtypeOf,
  type Held,
  held,
  mul,
  now,
  product,
  scaled,
  sub,
} from "./values.js";

/** The reflection I − 2·v·vᴴ at the plane across a vector [..., n]; v is its unit vector. */
class HouseholderImpl extends LinearOperatorImpl {
  readonly _reflection_axis: Held;
  constructor(
    reflection_axis: unknown,
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string = "LinearOperatorHouseholder",
  ) {
    const own = held(reflection_axis, "reflection_axis");
    if (sizesOf(own).length < 1)
      throw new ValueError(`Argument reflection_axis must have at least 1 dimension.  Found: ${str(own)}`);
    if (is_self_adjoint === false) throw new ValueError("A Householder operator is always self adjoint.");
    if (is_positive_definite === true)
      throw new ValueError("A Householder operator is always non-positive definite.");
    if (is_square === false) throw new ValueError("A Householder operator is always square.");
    super(dtypeOf(own), null, is_non_singular, true, false, true, name, {
      reflection_axis,
      is_non_singular,
      is_self_adjoint,
      is_positive_definite,
      is_square,
      name,
    });
    this._reflection_axis = own;
  }
  get reflection_axis(): Held {
    return this._reflection_axis;
  }
  override _sizes(): Sizes {
    const d = sizesOf(this._reflection_axis);
    return [...d, d.at(-1)!];
  }
  override _batched(): Record<string, number> {
    return { reflection_axis: 1 };
  }
  private _unit(): Tensor {
    return l2_normalize(now(this._reflection_axis), -1);
  }
  override _matmul(x: Tensor, _adjoint = false, adjoint_arg = false): Tensor {
    const v = column(this._unit());
    const b = adjointIf(x, adjoint_arg);
    return sub(b, mul(scaled(2, v), product(v, b, true)));
  }
  override _solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return this._matmul(rhs, adjoint, adjoint_arg);
  }
  override _linop_adjoint(): LinearOperatorImpl {
    return this;
  }
  override _linop_inverse(): LinearOperatorImpl {
    return this;
  }
  override _trace(): Tensor {
    const n = minus(this._domain(), 2);
    const t = typeof n === "number" ? toTensor(n, { dtype: this.dtype }) : castTo(n, this.dtype);
    return mul(t, filled(1, this._batch(), this.dtype));
  }
  override _determinant(): Tensor {
    return filled(-1, this._batch(), this.dtype);
  }
  override _log_abs_determinant(): Tensor {
    return filled(0, this._batch(), this.dtype);
  }
  override _to_dense(): Tensor {
    const v = column(this._unit());
    const m = scaled(-2, product(v, v, false, true));
    return set_diag(m, add(toTensor(1, { dtype: m.dtype }), diag_part(m)));
  }
  override _diag_part(): Tensor {
    const v = this._unit();
    return sub(toTensor(1, { dtype: v.dtype }), mul(scaled(2, v), conjugate(v)));
  }
  override _eigvals(): Tensor {
    const batch = this._batch();
    return concat(
      [filled(-1, [...batch, 1], this.dtype), filled(1, [...batch, minus(this._domain(), 1)], this.dtype)],
      -1,
    );
  }
  override _cond(): Tensor {
    return filled(1, this._batch(), this.dtype);
  }
  override _assert_non_singular(): unknown {
    return null;
  }
  override _assert_positive_definite(): unknown {
    throw new InvalidArgumentError("Householder operators are always non-positive definite.");
  }
  override _assert_self_adjoint(): unknown {
    return null;
  }
}
export const LinearOperatorHouseholder = operatorClass(
  "householder",
  "LinearOperatorHouseholder",
  "reflection_axis",
  HouseholderImpl,
);
