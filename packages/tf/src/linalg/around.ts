import type { Tensor } from "../shared.js";
import { agreed, type Hints } from "./hints.js";
import { LinearOperatorImpl } from "./operator.js";

const WORDS = {
  is_square: "square",
  is_non_singular: "non-singular",
  is_self_adjoint: "self-adjoint",
  is_positive_definite: "positive-definite",
} as const;

/** An operator made of another one that is square, regular, self-adjoint, positive where that is, and as well conditioned. */
export abstract class AroundImpl extends LinearOperatorImpl {
  readonly operator: LinearOperatorImpl;
  /** @throws ValueError where a hint contradicts the other operator's */
  constructor(
    operator: LinearOperatorImpl,
    given: Hints,
    name: string | null,
    { what, suffix }: { readonly what: string; readonly suffix: string },
  ) {
    const both = (key: keyof Hints): Hints[keyof Hints] =>
      agreed(
        operator[key],
        given[key],
        `An operator is ${WORDS[key]} if and only if its ${what} is ${WORDS[key]}.`,
      );
    const square = both("is_square");
    super(
      operator.dtype,
      null,
      both("is_non_singular"),
      both("is_self_adjoint"),
      both("is_positive_definite"),
      square,
      name ?? `${operator.name}_${suffix}`,
      { operator, ...given, name },
    );
    this.operator = operator;
  }
  override _batched(): Record<string, number> {
    return { operator: 0 };
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
