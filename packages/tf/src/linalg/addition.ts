import { DiagImpl } from "./diag.js";
import { FullMatrixImpl } from "./full-matrix.js";
import type { Hint, Hints } from "./hints.js";
import { ScaledIdentityImpl } from "./identity.js";
import { LowerTriangularImpl } from "./lower-triangular.js";
import type { Kind, LinearOperatorImpl } from "./operator.js";
import { filled } from "./sizes.js";
import { add, type Held } from "./values.js";

/* Sums of operators, as the poorest class that holds both. */

const ORDER: readonly Kind[] = ["identity", "scaled", "diag", "tril", "matrix"];
const rank = (o: LinearOperatorImpl): number => Math.max(1, ORDER.indexOf(o._kind));
const both = (a: Hint, b: Hint): Hint => (a ? b : a);

const factor = (o: LinearOperatorImpl): Held =>
  o instanceof ScaledIdentityImpl ? o.multiplier : filled(1, o._batch(), o.dtype);
function sum(a: LinearOperatorImpl, b: LinearOperatorImpl): LinearOperatorImpl {
  const positive = both(a.is_positive_definite, b.is_positive_definite);
  const h: Hints = {
    is_non_singular: positive ? true : null,
    is_self_adjoint: both(a.is_self_adjoint, b.is_self_adjoint),
    is_positive_definite: positive,
    is_square: null,
  };
  const name = `Add/${a.name}__${b.name}/`;
  const args = [h.is_non_singular, h.is_self_adjoint, h.is_positive_definite] as const;
  const kind = Math.max(rank(a), rank(b));
  if (kind === 1)
    return new ScaledIdentityImpl(a._range(), add(factor(a), factor(b)), ...args, true, false, name);
  if (kind === 2) return new DiagImpl(add(a.diag_part(), b.diag_part()), ...args, null, name);
  const [easy, other] = rank(a) <= 2 ? [a, b] : [b, a];
  const total = easy.add_to_tensor(other.to_dense());
  return kind === 3
    ? new LowerTriangularImpl(total, ...args, null, name)
    : new FullMatrixImpl(total, ...args, null, name);
}
/** All of them added: those of the simplest classes first. */
export function addOperators(operators: readonly LinearOperatorImpl[]): LinearOperatorImpl {
  let open = [...operators].reverse();
  for (let tier = 1; tier <= 4; tier++) {
    const next: LinearOperatorImpl[] = [];
    for (let a = open.pop(); a; a = open.pop()) {
      const at = rank(a) <= tier ? open.findLastIndex((b) => rank(b) <= tier) : -1;
      if (at < 0) next.push(a);
      else open.push(sum(a, open.splice(at, 1)[0]!));
    }
    open = next;
  }
  return open[0]!;
}
/** Whether an operator is of a class that sums are made of. */
export const addable = (o: LinearOperatorImpl): boolean => ORDER.includes(o._kind);
