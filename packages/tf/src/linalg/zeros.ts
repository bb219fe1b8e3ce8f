import { ValueError } from "@cognate/py";
import { as_dtype, float32, type TypeLike } from "../core/dtypes.js";
import { InvalidArgumentError } from "../core/errors.js";
import type { Tensor } from "../shared.js";
import type { Hint } from "./hints.js";
import { LinearOperatorImpl, NOT_SQUARE, plainClass } from "./operator.js";
import { batchArgument, rowsArgument, stretchedTo } from "./rows.js";
import { filled, type Size, type Sizes, sizesOf } from "./sizes.js";
import { adjointIf } from "./values.js";

/** The matrix of zeros [..., m, n]. */
class ZerosImpl extends LinearOperatorImpl {
  private readonly _rows: Size;
  private readonly _columns: Size;
  private readonly _lead: Sizes | null;
  constructor(
    num_rows: unknown,
    num_columns: unknown = null,
    batch_shape: unknown = null,
    dtype: TypeLike | null = null,
    is_non_singular: Hint = false,
    is_self_adjoint: Hint = true,
    is_positive_definite: Hint = false,
    is_square: Hint = true,
    assert_proper_shapes = false,
    name: string = "LinearOperatorZeros",
  ) {
    if (!is_self_adjoint && is_square) throw new ValueError("A zero operator is always self adjoint.");
    if (is_non_singular) throw new ValueError("A zero operator is always singular.");
    if (is_positive_definite) throw new ValueError("A zero operator is always not positive-definite.");
    super(
      as_dtype(dtype ?? float32),
      null,
      is_non_singular,
      is_self_adjoint,
      is_positive_definite,
      is_square,
      name,
      {
        num_rows,
        num_columns,
        batch_shape,
        dtype,
        is_non_singular,
        is_self_adjoint,
        is_positive_definite,
        is_square,
        assert_proper_shapes,
        name,
      },
    );
    this._rows = rowsArgument(num_rows, "num_rows");
    this._columns = num_columns === null ? this._rows : rowsArgument(num_columns, "num_columns");
    const [m, n] = [this._rows, this._columns];
    if (is_square && typeof m === "number" && typeof n === "number" && m !== n)
      throw new ValueError(
        `LinearOperatorZeros initialized as is_square=True, but got num_rows(${m}) != num_columns(${n})`,
      );
    this._lead = batchArgument(batch_shape);
  }
  override _sizes(): Sizes {
    return [...(this._lead ?? []), this._rows, this._columns];
  }
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    const sizes = sizesOf(adjointIf(x, adjoint_arg));
    const rows = this.is_square ? sizes.at(-2)! : adjoint ? this._columns : this._rows;
    return stretchedTo(filled(0, [...sizes.slice(0, -2), rows, sizes.at(-1)!], x.dtype), this._lead);
  }
  override _linop_matmul(left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    if (!left.is_square || !right.is_square) throw new ValueError(NOT_SQUARE);
    return left;
  }
  override _determinant(): Tensor {
    return filled(0, this._batch(), this.dtype);
  }
  override _trace(): Tensor {
    return filled(0, this._batch(), this.dtype);
  }
  override _diag_part(): Tensor {
    const [m, n] = [this._rows, this._columns];
    const least = typeof m === "number" && typeof n === "number" ? Math.min(m, n) : m;
    return filled(0, [...this._batch(), least], this.dtype);
  }
  override _add_to_tensor(x: Tensor): Tensor {
    return stretchedTo(x, this._lead);
  }
  override _eigvals(): Tensor {
    return this._diag_part();
  }
  override _assert_non_singular(): unknown {
    throw new InvalidArgumentError("Zero operators are always non-invertible.");
  }
  override _assert_positive_definite(): unknown {
    throw new InvalidArgumentError("Zero operators are always non-positive definite.");
  }
  override _assert_self_adjoint(): unknown {
    return null;
  }
}
Object.defineProperty(ZerosImpl.prototype, "_kind", { value: "zeros" });

export const LinearOperatorZeros = plainClass(
  "zeros",
  "LinearOperatorZeros",
  "num_rows num_columns batch_shape dtype is_non_singular is_self_adjoint is_positive_definite is_square assert_proper_shapes name",
  ZerosImpl,
);
