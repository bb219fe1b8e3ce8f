import { repr, TypeError, ValueError } from "@cognate/py";
import { one } from "../core/execute.js";
import { cholesky } from "../ops/linalg.js";
import type { Tensor } from "../shared.js";
import { type Hint, impliedByAll } from "./hints.js";
import { LowerTriangularImpl } from "./lower-triangular.js";
import { LinearOperatorImpl, makers, operatorClass } from "./operator.js";
import { broadcastSizes, mustAgree, type Sizes } from "./sizes.js";
import { add, div, mul } from "./values.js";

/** Whether the operators read the same from both ends, each against its adjoint. */
function mirrored(list: readonly LinearOperatorImpl[]): boolean {
  if (list.length % 2) return false;
  const pair = (x: LinearOperatorImpl, y: LinearOperatorImpl): boolean =>
    x === y && x.is_self_adjoint !== null ? x.is_self_adjoint : adjointIs(x, y) || adjointIs(y, x);
  return list.slice(0, list.length / 2).every((x, i) => pair(x, list[list.length - 1 - i]!));
}
const adjointIs = (x: LinearOperatorImpl, y: LinearOperatorImpl): boolean => x.H === y;

/** @throws ValueError for none, TypeError for operators of several element types */
export function sameType(operators: readonly LinearOperatorImpl[]): LinearOperatorImpl[] {
  const list = [...operators];
  if (list.length === 0) throw new ValueError("Expected a non-empty list of operators. Found: []");
  if (list.some((o) => o.dtype !== list[0]!.dtype))
    throw new TypeError(
      `Expected all operators to have the same dtype.  Found ${list.map((o) => `('${o.name}', ${repr(o.dtype)})`).join("   ")}`,
    );
  return list;
}

/** The product of operators, the last of which is applied first. */
export class CompositionImpl extends LinearOperatorImpl {
  readonly operators: readonly LinearOperatorImpl[];
  constructor(
    operators: readonly LinearOperatorImpl[],
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string | null = null,
  ) {
    const list = sameType(operators);
    const regular = impliedByAll(
      list.map((o) => o.is_non_singular),
      is_non_singular,
      "The composition of non-singular operators is always non-singular.",
    );
    const aat = mirrored(list);
    const adjoint = impliedByAll(
      [aat || (list.length === 1 && list[0]!.is_self_adjoint === true)],
      is_self_adjoint,
      "The composition was determined to be self-adjoint but user provided incorrect `False` hint.",
    );
    const square = impliedByAll(
      [aat],
      is_square,
      "The composition was determined have the form A @ A.H, hence it must be square. The user provided an incorrect `False` hint.",
    );
    const positive = impliedByAll(
      [aat && regular === true],
      is_positive_definite,
      "The composition was determined to be non-singular and have the form A @ A.H, hence it must be positive-definite. The user provided an incorrect `False` hint.",
    );
    super(
      list[0]!.dtype,
      null,
      regular,
      adjoint,
      positive,
      square,
      name ?? list.map((o) => o.name).join("_o_"),
      { operators, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name },
    );
    this.operators = list;
  }
  override _sizes(): Sizes {
    const { operators } = this;
    operators.slice(1).forEach((o, i) => mustAgree(operators[i]!.domain_dimension, o.range_dimension));
    const batch = operators.map((o) => o._batch()).reduce(broadcastSizes);
    return [...batch, operators[0]!._range(), operators.at(-1)!._domain()];
  }
  override _batched(): Record<string, number> {
    return { operators: 0 };
  }
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    const [first, ...rest] = adjoint ? this.operators : [...this.operators].reverse();
    return rest.reduce(
      (y, o) => o.matmul(y, adjoint) as Tensor,
      first!.matmul(x, adjoint, adjoint_arg) as Tensor,
    );
  }
  override _solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    const [first, ...rest] = adjoint ? [...this.operators].reverse() : this.operators;
    return rest.reduce(
      (y, o) => o.solve(y, adjoint) as Tensor,
      first!.solve(rhs, adjoint, adjoint_arg) as Tensor,
    );
  }
  override _linop_cholesky(): LinearOperatorImpl {
    const [left] = this.operators;
    if (this.operators.length !== 2 || !mirrored(this.operators) || !(left instanceof LowerTriangularImpl))
      return new LowerTriangularImpl(cholesky(this.to_dense()), true, false, null, true);
    if (left.is_positive_definite) return left;
    const sign = one("ExpandDims", [one("Sign", [left.diag_part()]), -2]);
    return new LowerTriangularImpl(
      div(left.tril, sign),
      left.is_non_singular,
      left.is_self_adjoint,
      null,
      true,
    );
  }
  override _determinant(): Tensor {
    return this.operators.map((o) => o.determinant()).reduce(mul);
  }
  override _log_abs_determinant(): Tensor {
    return this.operators.map((o) => o.log_abs_determinant()).reduce(add);
  }
  override _assert_non_singular(): unknown {
    if (!this.operators.every((o) => o.is_square)) return super._assert_non_singular();
    for (const o of this.operators) o.assert_non_singular();
    return null;
  }
}
makers.composition = (list, h) =>
  new CompositionImpl(list, h.is_non_singular, h.is_self_adjoint, h.is_positive_definite, h.is_square);

export const LinearOperatorComposition = operatorClass(
  "composition",
  "LinearOperatorComposition",
  "operators",
  CompositionImpl,
);
