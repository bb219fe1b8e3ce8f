import { repr, str, TypeError, ValueError } from "@cognate/py";
import { as_dtype } from "../core/dtypes.js";
import type { Tensor } from "../shared.js";
import type { Hint } from "./hints.js";
import { LinearOperatorImpl, operatorClass } from "./operator.js";
import { type Sizes, sizesOf } from "./sizes.js";
import { dtypeOf, type Held, held, now, product } from "./values.js";

const ALLOWED = ["float16", "float32", "float64", "complex64", "complex128"];

/** Any matrix [..., m, n]. */
export class FullMatrixImpl extends LinearOperatorImpl {
  readonly _matrix: Held;
  constructor(
    matrix: unknown,
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string = "LinearOperatorFullMatrix",
  ) {
    const own = held(matrix, "matrix");
    const dtype = dtypeOf(own);
    if (!ALLOWED.includes(dtype.name))
      throw new TypeError(
        `Argument \`matrix\` must have dtype in ${repr(ALLOWED.map((n) => as_dtype(n)))}. Received: ${str(dtype)}.`,
      );
    if (sizesOf(own).length < 2)
      throw new ValueError(
        `Argument \`matrix\` must have at least 2 dimensions. Received: ${str(now(own).numpy())}.`,
      );
    super(dtype, null, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name, {
      matrix,
      is_non_singular,
      is_self_adjoint,
      is_positive_definite,
      is_square,
      name,
    });
    this._matrix = own;
  }
  get matrix(): Held {
    return this._matrix;
  }
  override _sizes(): Sizes {
    return sizesOf(this._matrix);
  }
  override _batched(): Record<string, number> {
    return { matrix: 2 };
  }
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return product(this._matrix, x, adjoint, adjoint_arg);
  }
  override _to_dense(): Tensor {
    return this._matrix as Tensor;
  }
}
Object.defineProperty(FullMatrixImpl.prototype, "_kind", { value: "matrix" });

export const LinearOperatorFullMatrix = operatorClass(
  "full_matrix",
  "LinearOperatorFullMatrix",
  "matrix",
  FullMatrixImpl,
);
