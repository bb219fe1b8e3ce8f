import { ValueError } from "@cognate/py";

/** What is known about an operator: `null` where nothing is. */
export type Hint = boolean | null;
export interface Hints {
  readonly is_non_singular: Hint;
  readonly is_self_adjoint: Hint;
  readonly is_positive_definite: Hint;
  readonly is_square: Hint;
}

/** A product of two non-singular operators is one. */
export const bothNonSingular = (a: Hints, b: Hints): Hint =>
  a.is_non_singular === false || b.is_non_singular === false
    ? false
    : a.is_non_singular === null
      ? null
      : b.is_non_singular;
/** A product of two operators that commute is self-adjoint where both are. */
export const commutingSelfAdjoint = (a: Hints, b: Hints): Hint =>
  a.is_self_adjoint === true && b.is_self_adjoint === true
    ? true
    : (a.is_self_adjoint === true && b.is_self_adjoint === false) ||
        (a.is_self_adjoint === false && b.is_self_adjoint === true)
      ? false
      : null;
export const commutingPositive = (a: Hints, b: Hints): Hint =>
  [a, b].every((x) => x.is_positive_definite === true && x.is_self_adjoint === true) ? true : null;
/** What is known of a product of two operators that commute. */
export const commuting = (a: Hints, b: Hints): Hints => ({
  is_non_singular: bothNonSingular(a, b),
  is_self_adjoint: commutingSelfAdjoint(a, b),
  is_positive_definite: commutingPositive(a, b),
  is_square: true,
});
/** An operator's hints, for another of which the same is known. */
export const like = (a: Hints, more: Partial<Hints> = {}): Hints => ({
  is_non_singular: a.is_non_singular,
  is_self_adjoint: a.is_self_adjoint,
  is_positive_definite: a.is_positive_definite,
  is_square: true,
  ...more,
});
/** What two say about the same. @throws ValueError where they contradict */
export function agreed(own: Hint, given: Hint, message: string): Hint {
  if ((own === false && given === true) || (own === true && given === false)) throw new ValueError(message);
  return own === true || given === true ? true : own === false || given === false ? false : null;
}
/** A hint that holds where all parts have it. @throws ValueError where the given one denies it */
export function impliedByAll(parts: readonly Hint[], given: Hint, message: string): Hint {
  if (!parts.every((p) => p === true)) return given;
  if (given === false) throw new ValueError(message);
  return true;
}
