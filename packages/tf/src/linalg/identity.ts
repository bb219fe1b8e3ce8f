import { ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { as_dtype, float32, type TypeLike } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { assert_equal, assert_positive } from "../ops/debugging.js";
import { diag_part, set_diag } from "../ops/linalg.js";
import { where } from "../ops/math.js";
import type { Tensor } from "../shared.js";
import { imagPart, realPart } from "./checks.js";
import { DiagImpl, diagOf } from "./diag.js";
import { commuting, type Hint, type Hints, like } from "./hints.js";
import { LinearOperatorImpl, plainClass } from "./operator.js";
import { batchArgument, rowsArgument, stretchedTo } from "./rows.js";
import { filled, type Size, type Sizes, sizesOf } from "./sizes.js";
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

/** A length as a number of some element type. */
const asNumber = (n: Size, dtype: Tensor["dtype"]): Tensor =>
  typeof n === "number" ? toTensor(n, { dtype }) : castTo(n, dtype);

/** The identity [..., n, n], which is never written out. */
export class IdentityImpl extends LinearOperatorImpl {
  private readonly _rows: Size;
  private readonly _lead: Sizes | null;
  constructor(
    num_rows: unknown,
    batch_shape: unknown = null,
    dtype: TypeLike | null = null,
    is_non_singular: Hint = true,
    is_self_adjoint: Hint = true,
    is_positive_definite: Hint = true,
    is_square: Hint = true,
    assert_proper_shapes = false,
    name: string = "LinearOperatorIdentity",
  ) {
    if (!is_self_adjoint) throw new ValueError("An identity operator is always self adjoint.");
    if (!is_non_singular) throw new ValueError("An identity operator is always non-singular.");
    if (!is_positive_definite) throw new ValueError("An identity operator is always positive-definite.");
    if (!is_square) throw new ValueError("An identity operator is always square.");
    super(as_dtype(dtype ?? float32), null, true, true, true, true, name, {
      num_rows,
      batch_shape,
      dtype,
      is_non_singular,
      is_self_adjoint,
      is_positive_definite,
      is_square,
      assert_proper_shapes,
      name,
    });
    this._rows = rowsArgument(num_rows, "num_rows");
    this._lead = batchArgument(batch_shape);
  }
  override _sizes(): Sizes {
    return [...(this._lead ?? []), this._rows, this._rows];
  }
  private _ones(sizes: Sizes): Tensor {
    return filled(1, sizes, this.dtype);
  }
  override _matmul(x: Tensor, _adjoint = false, adjoint_arg = false): Tensor {
    return stretchedTo(adjointIf(x, adjoint_arg), this._lead);
  }
  override _solve(rhs: Tensor, _adjoint = false, adjoint_arg = false): Tensor {
    return this._matmul(rhs, false, adjoint_arg);
  }
  override _linop_matmul(_left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    return right;
  }
  override _linop_solve(_left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    return right;
  }
  override _linop_adjoint(): LinearOperatorImpl {
    return this;
  }
  override _linop_inverse(): LinearOperatorImpl {
    return this;
  }
  override _linop_cholesky(): LinearOperatorImpl {
    return new IdentityImpl(this._rows, this._lead, this.dtype);
  }
  override _determinant(): Tensor {
    return this._ones(this._batch());
  }
  override _log_abs_determinant(): Tensor {
    return filled(0, this._batch(), this.dtype);
  }
  override _trace(): Tensor {
    return mul(asNumber(this._rows, this.dtype), this._ones(this._batch()));
  }
  override _diag_part(): Tensor {
    return this._ones([...this._batch(), this._rows]);
  }
  override _add_to_tensor(x: Tensor): Tensor {
    return set_diag(x, add(toTensor(1, { dtype: x.dtype }), diag_part(x)));
  }
  override _eigvals(): Tensor {
    return this._diag_part();
  }
  override _cond(): Tensor {
    return this._ones(this._batch());
  }
  override _assert_non_singular(): unknown {
    return null;
  }
  override _assert_positive_definite(): unknown {
    return null;
  }
  override _assert_self_adjoint(): unknown {
    return null;
  }
}
Object.defineProperty(IdentityImpl.prototype, "_kind", { value: "identity" });

/** A multiple of the identity, one for each of the leading axes of the multiplier. */
export class ScaledIdentityImpl extends LinearOperatorImpl {
  private readonly _rows: Size;
  readonly _multiplier: Held;
  constructor(
    num_rows: unknown,
    multiplier: unknown,
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = true,
    assert_proper_shapes = false,
    name: string = "LinearOperatorScaledIdentity",
  ) {
    const own = held(multiplier, "multiplier");
    const real = !dtypeOf(own).is_complex;
    if (real && is_self_adjoint === false)
      throw new ValueError("A real diagonal operator is always self adjoint.");
    if (!is_square) throw new ValueError("A ScaledIdentity operator is always square.");
    super(
      dtypeOf(own),
      null,
      is_non_singular,
      real ? true : is_self_adjoint,
      is_positive_definite,
      is_square,
      name,
      {
        num_rows,
        multiplier,
        is_non_singular,
        is_self_adjoint,
        is_positive_definite,
        is_square,
        assert_proper_shapes,
        name,
      },
    );
    this._rows = rowsArgument(num_rows, "num_rows");
    this._multiplier = own;
  }
  get multiplier(): Held {
    return this._multiplier;
  }
  override _sizes(): Sizes {
    return [...sizesOf(this._multiplier), this._rows, this._rows];
  }
  override _batched(): Record<string, number> {
    return { multiplier: 0 };
  }
  private _factor(adjoint: boolean): Tensor {
    const m = column(column(this._multiplier));
    return adjoint ? conjugate(m) : m;
  }
  private _another(multiplier: Tensor, h: Hints): ScaledIdentityImpl {
    return new ScaledIdentityImpl(
      this._rows,
      multiplier,
      h.is_non_singular,
      h.is_self_adjoint,
      h.is_positive_definite,
      true,
    );
  }
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return mul(adjointIf(x, adjoint_arg), this._factor(adjoint));
  }
  override _solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return div(adjointIf(rhs, adjoint_arg), this._factor(adjoint));
  }
  private _with(
    left: LinearOperatorImpl,
    right: LinearOperatorImpl,
    combine: (a: Held, b: Held) => Tensor,
  ): LinearOperatorImpl | null {
    const own = (left as ScaledIdentityImpl).multiplier;
    const h = commuting(left, right);
    if (right instanceof ScaledIdentityImpl) return this._another(combine(own, right.multiplier), h);
    return right instanceof DiagImpl ? diagOf(combine(own, right.diag), h) : null;
  }
  override _linop_matmul(left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    return this._with(left, right, mul) ?? super._linop_matmul(left, right);
  }
  override _linop_solve(left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    return this._with(left, right, (a, b) => div(b, a)) ?? super._linop_solve(left, right);
  }
  override _linop_adjoint(): LinearOperatorImpl {
    return this._another(conjugate(now(this._multiplier)), like(this));
  }
  override _linop_inverse(): LinearOperatorImpl {
    return this._another(over(1, this._multiplier), like(this, { is_self_adjoint: true }));
  }
  override _linop_cholesky(): LinearOperatorImpl {
    return this._another(one("Sqrt", [now(this._multiplier)]), {
      is_non_singular: true,
      is_self_adjoint: true,
      is_positive_definite: true,
      is_square: true,
    });
  }
  override _determinant(): Tensor {
    return one("Pow", [now(this._multiplier), asNumber(this._rows, this.dtype)]);
  }
  override _log_abs_determinant(): Tensor {
    return mul(asNumber(this._rows, this.dtype.real_dtype), one("Log", [magnitude(now(this._multiplier))]));
  }
  override _trace(): Tensor {
    const n = mul(this._multiplier, asNumber(this._rows, this.dtype));
    return mul(n, filled(1, this._batch(), this.dtype));
  }
  override _diag_part(): Tensor {
    return mul(filled(1, [...this._batch(), this._rows], this.dtype), column(this._multiplier));
  }
  override _add_to_tensor(x: Tensor): Tensor {
    return set_diag(x, add(column(this._multiplier), diag_part(x)));
  }
  override _eigvals(): Tensor {
    return this._diag_part();
  }
  override _cond(): Tensor {
    const m = now(this._multiplier);
    return where(
      one("Equal", [m, toTensor(0, { dtype: m.dtype })]),
      toTensor(Number.NaN, { dtype: m.dtype }),
      toTensor(1, { dtype: m.dtype }),
    );
  }
  override _assert_non_singular(): unknown {
    return assert_positive(magnitude(now(this._multiplier)), "LinearOperator was singular");
  }
  override _assert_positive_definite(): unknown {
    return assert_positive(realPart(now(this._multiplier)), "LinearOperator was not positive definite.");
  }
  override _assert_self_adjoint(): unknown {
    const m = now(this._multiplier);
    if (!m.dtype.is_complex) return null;
    const imaginary = imagPart(m);
    return assert_equal(one("ZerosLike", [imaginary]), imaginary, "LinearOperator was not self-adjoint");
  }
}
Object.defineProperty(ScaledIdentityImpl.prototype, "_kind", { value: "scaled" });

const NAMES =
  "is_non_singular is_self_adjoint is_positive_definite is_square assert_proper_shapes name" as const;
export const LinearOperatorIdentity = plainClass(
  "identity",
  "LinearOperatorIdentity",
  `num_rows batch_shape dtype ${NAMES}` as const,
  IdentityImpl,
);
export const LinearOperatorScaledIdentity = plainClass(
  "identity",
  "LinearOperatorScaledIdentity",
  `num_rows multiplier ${NAMES}` as const,
  ScaledIdentityImpl,
);
