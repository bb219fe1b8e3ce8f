import { repr, ValueError } from "@cognate/py";
import type { Tensor } from "../shared.js";
import { agreed, type Hint } from "./hints.js";
import { LinearOperatorImpl, makers, operatorClass } from "./operator.js";
import type { Sizes } from "./sizes.js";
import { over, scaled } from "./values.js";

/** The inverse of an operator: its solutions are the operator's products. */
class InversionImpl extends LinearOperatorImpl {
  readonly operator: LinearOperatorImpl;
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
    const both = (
      key: "is_square" | "is_non_singular" | "is_self_adjoint" | "is_positive_definite",
      given: Hint,
      words: string,
    ): Hint =>
      agreed(operator[key], given, `An operator is ${words} if and only if its inverse is ${words}.`);
    const square = both("is_square", is_square, "square");
    super(
      operator.dtype,
      null,
      both("is_non_singular", is_non_singular, "non-singular"),
      both("is_self_adjoint", is_self_adjoint, "self-adjoint"),
      both("is_positive_definite", is_positive_definite, "positive-definite"),
      square,
      name ?? `${operator.name}_inv`,
      { operator, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name },
    );
    this.operator = operator;
  }
  override _sizes(): Sizes {
    return this.operator._sizes();
  }
  override _batched(): Record<string, number> {
    return { operator: 0 };
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
  override _cond(): Tensor {
    return this.operator.cond();
  }
  override _assert_non_singular(): unknown {
    return this.operator.assert_non_singular();
  }
  override _assert_positive_definite(): unknown {
    return this.operator.assert_positive_definite();
  }
  override _assert_self_adjoint(): unknown {
    return this.operator.assert_self_adjoint();
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
