import { str, TypeError, ValueError } from "@cognate/py";
import { isGraphTensor } from "../core/context.js";
import { as_dtype, type TypeLike } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { broadcast_to, gather } from "../ops/array.js";
import { range } from "../ops/create.js";
import { argsort } from "../ops/sorting.js";
import type { Tensor } from "../shared.js";
import type { Hint } from "./hints.js";
import { LinearOperatorImpl, plainClass } from "./operator.js";
import { broadcastSizes, filled, reshaped, type Sizes, sizesOf, vectorOf } from "./sizes.js";
import { adjointIf, castTo, column, dtypeOf, type Held, held, now } from "./values.js";

/** The matrix whose rows are those of the identity in another order [..., n]. */
class PermutationImpl extends LinearOperatorImpl {
  readonly _perm: Held;
  constructor(
    perm: unknown,
    dtype: TypeLike = "float32",
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string = "LinearOperatorPermutation",
  ) {
    const own = held(perm, "perm", true);
    const n = sizesOf(own).length;
    if (n < 1)
      throw new ValueError(`Argument \`perm\` must have at least 1 dimension. Received: ${str(own)}.`);
    if (!dtypeOf(own).is_integer)
      throw new TypeError(`Argument \`perm\` must be integer dtype. Received: ${str(own)}.`);
    if (!isGraphTensor(own)) {
      const last = sizesOf(own).at(-1) as number;
      const rows = one("Reshape", [now(own), [-1, last]]).tolist() as (number | bigint)[][];
      if (
        rows.some((r) =>
          [...r]
            .map(Number)
            .sort((a, b) => a - b)
            .some((v, i) => v !== i),
        )
      )
        throw new ValueError(`Argument \`perm\` must be a vector of unique integers from 0 to ${last - 1}.`);
    }
    if (is_non_singular === false)
      throw new ValueError(
        "A Permutation operator is always non-singular. Expected argument `is_non_singular` to be True. Received: False.",
      );
    if (is_square === false)
      throw new ValueError(
        "A Permutation operator is always square. Expected argument `is_square` to be True. Received: False.",
      );
    super(as_dtype(dtype), null, is_non_singular, is_self_adjoint, is_positive_definite, true, name, {
      perm,
      dtype,
      is_non_singular,
      is_self_adjoint,
      is_positive_definite,
      is_square,
      name,
    });
    this._perm = own;
  }
  get perm(): Held {
    return this._perm;
  }
  override _sizes(): Sizes {
    const d = sizesOf(this._perm);
    return [...d, d.at(-1)!];
  }
  override _batched(): Record<string, number> {
    return { perm: 1 };
  }
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    const order = adjoint && !this.is_self_adjoint ? argsort(now(this._perm), -1) : now(this._perm);
    const b = adjointIf(x, adjoint_arg);
    const sizes = sizesOf(b);
    const lead = broadcastSizes(sizes.slice(0, -1), sizesOf(order));
    const full = [...lead, sizes.at(-1)!];
    const flat = reshaped(broadcast_to(b, vectorOf(full)), [-1, lead.at(-1)!, sizes.at(-1)!]);
    const rows = reshaped(broadcast_to(order, vectorOf(lead)), [-1, lead.at(-1)!]);
    return reshaped(gather(flat, rows, null, -2, 1), full);
  }
  override _solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return this._matmul(rhs, !adjoint, adjoint_arg);
  }
  private _places(): Tensor {
    return castTo(range(this._domain() as number), dtypeOf(this._perm));
  }
  override _to_dense(): Tensor {
    return castTo(one("Equal", [this._places(), column(this._perm)]), this.dtype);
  }
  override _diag_part(): Tensor {
    return castTo(one("Equal", [this._places(), now(this._perm)]), this.dtype);
  }
  override _log_abs_determinant(): Tensor {
    return filled(0, this._batch(), this.dtype);
  }
  override _cond(): Tensor {
    return filled(1, this._batch(), this.dtype);
  }
  override _assert_non_singular(): unknown {
    return null;
  }
}
export const LinearOperatorPermutation = plainClass(
  "permutation",
  "LinearOperatorPermutation",
  "perm dtype is_non_singular is_self_adjoint is_positive_definite is_square name",
  PermutationImpl,
);
