import { repr, ValueError } from "@cognate/py";
import type { Tensor } from "../shared.js";
import { AroundImpl } from "./around.js";
import type { Hint } from "./hints.js";
import { type LinearOperatorImpl, makers, operatorClass } from "./operator.js";
import type { Sizes } from "./sizes.js";
import { over, scaled } from "./values.js";

/** The inverse of an operator: its solutions are the operator's products. */
class InversionImpl extends AroundImpl {
  constructor(
    operator: LinearOperatorImpl,
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string | null = null,
  ) {
    for (const [key, given] of [
      ["is_non_singular", is_non_singular],
      ["is_square", is_square],
    ] as const)
      if (operator[key] === false || given === false)
        throw new ValueError(
          `Argument \`${key}\` or argument \`operator\` must have supplied hint \`${key}\` equal to \`True\` or \`None\`. Found \`operator.${key}\`: ${repr(operator[key])}, \`${key}\`: ${repr(given)}.`,
        );
    const given = { is_non_singular, is_self_adjoint, is_positive_definite, is_square };
    super(operator, given, name, { what: "inverse", suffix: "inv" });
  }
  override _sizes(): Sizes {
    return this.operator._sizes();
  }
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return this.operator.solve(x, adjoint, adjoint_arg) as Tensor;
  }
  override _solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return this.operator.matmul(rhs, adjoint, adjoint_arg) as Tensor;
  }
  override _linop_inverse(): LinearOperatorImpl {
    return this.operator;
  }
  override _linop_solve(left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    return (left as InversionImpl).operator.matmul(right) as LinearOperatorImpl;
  }
  override _determinant(): Tensor {
    return over(1, this.operator.determinant());
  }
  override _log_abs_determinant(): Tensor {
    return scaled(-1, this.operator.log_abs_determinant());
  }
  override _eigvals(): Tensor {
    return over(1, this.operator.eigvals());
  }
}
makers.inversion = (o, h) =>
  h
    ? new InversionImpl(o, h.is_non_singular, h.is_self_adjoint, h.is_positive_definite, h.is_square)
    : new InversionImpl(o);

export const LinearOperatorInversion = operatorClass(
  "inversion",
  "LinearOperatorInversion",
  "operator",
  InversionImpl,
);
