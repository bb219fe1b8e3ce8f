import { ValueError } from "@cognate/py";
import * as linalg from "../ops/linalg.js";
import { matmul as product } from "../ops/matmul.js";
import type { Tensor } from "../shared.js";
import { LinearOperatorImpl } from "./operator.js";
import { adjointOf } from "./values.js";

/* Functions of `tf.linalg` that take operators, too. */

type Args = readonly unknown[];
const isOperator = (x: unknown): x is LinearOperatorImpl => x instanceof LinearOperatorImpl;
/** A function that leaves what is called with an operator to `own`; arguments are those of `tf.linalg` by position. */
function or<F extends (...args: never[]) => unknown>(f: F, own: (...args: never[]) => unknown): F {
  const call = f as unknown as (...args: Args) => unknown;
  const out = (...args: Args): unknown =>
    isOperator(args[0]) || isOperator(args[1]) ? (own as (...a: Args) => unknown)(...args) : call(...args);
  Object.defineProperty(out, "name", { value: f.name, configurable: true });
  return Object.assign(out, f) as unknown as F;
}
/** Keywords after positional arguments. */
const named = (x: unknown): Readonly<Record<string, unknown>> =>
  typeof x === "object" && x !== null && Object.getPrototypeOf(x) === Object.prototype
    ? (x as Record<string, unknown>)
    : {};

export const adjoint = or(linalg.adjoint, (m: LinearOperatorImpl) => m.adjoint());
export const cholesky = or(linalg.cholesky, (m: LinearOperatorImpl) => m.cholesky());
export const diag_part = or(linalg.diag_part, (m: LinearOperatorImpl) => m.diag_part());
export const det = or(linalg.det, (m: LinearOperatorImpl) => m.determinant());
export const trace = or(linalg.trace, (m: LinearOperatorImpl) => m.trace());
export const inv = or(linalg.inv, (m: LinearOperatorImpl, adjoint: unknown) => {
  const turn = adjoint === true || named(adjoint)["adjoint"] === true;
  return turn ? m.inverse().adjoint() : m.inverse();
});
export const logdet = or(linalg.logdet, (m: LinearOperatorImpl) => {
  if (m.is_positive_definite && m.is_self_adjoint) return m.log_abs_determinant();
  throw new ValueError("Expected matrix to be self-adjoint positive definite.");
});
export const solve = or(linalg.solve, (m: unknown, rhs: unknown, adjoint: unknown) => {
  if (!isOperator(m))
    throw new ValueError("Passing in `matrix` as a Tensor and `rhs` as a LinearOperator is not supported.");
  return m.solve(rhs, adjoint === true || named(adjoint)["adjoint"] === true);
});
export const matmul = or(product, (a: unknown, b: unknown, ...rest: unknown[]) => {
  const given = named(rest.at(-1));
  const at = (i: number, name: string): boolean => rest[i] === true || given[name] === true;
  if (at(0, "transpose_a") || at(1, "transpose_b"))
    throw new ValueError("Transposing not supported at this time.");
  if (at(4, "a_is_sparse") || at(5, "b_is_sparse"))
    throw new ValueError("Sparse methods not supported at this time.");
  const [adjointA, adjointB] = [at(2, "adjoint_a"), at(3, "adjoint_b")];
  if (isOperator(a)) return a.matmul(b, adjointA, adjointB);
  return adjointOf((b as LinearOperatorImpl).matmul(a, !adjointB, !adjointA) as Tensor);
});
