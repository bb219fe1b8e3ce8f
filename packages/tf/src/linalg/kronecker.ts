import { str, TypeError, ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { InvalidArgumentError } from "../core/errors.js";
import { one } from "../core/execute.js";
import { matrix_transpose } from "../ops/linalg.js";
import { indexed } from "../ops/operators.js";
import type { Tensor } from "../shared.js";
import { type Hint, impliedByAll } from "./hints.js";
import { LinearOperatorImpl, operatorClass } from "./operator.js";
import { broadcastSizes, per, reshaped, type Sizes, sizesOf, times } from "./sizes.js";
import { add, castTo, conjugate, mul } from "./values.js";

type Hinted = "is_non_singular" | "is_self_adjoint" | "is_positive_definite";

/** The Kronecker product of operators. */
class KroneckerImpl extends LinearOperatorImpl {
  readonly operators: readonly LinearOperatorImpl[];
  constructor(
    operators: readonly LinearOperatorImpl[],
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string | null = null,
  ) {
    const list = [...operators];
    if (list.length === 0)
      throw new ValueError("Argument `operators` must be a list of >=1 operators. Received: [].");
    if (list.some((o) => o.dtype !== list[0]!.dtype))
      throw new TypeError(
        `Expected every operation in argument \`operators\` to have the same dtype. Received ${list.map((o) => str(o.dtype)).join(", ")}.`,
      );
    const all = (key: Hinted, given: Hint, words: string): Hint =>
      impliedByAll(
        list.map((o) => o[key]),
        given,
        `The Kronecker product of ${words} operators is always ${words}. Expected argument \`${key}\` to be True. Received: False.`,
      );
    super(
      list[0]!.dtype,
      null,
      all("is_non_singular", is_non_singular, "non-singular"),
      all("is_self_adjoint", is_self_adjoint, "self-adjoint"),
      all("is_positive_definite", is_positive_definite, "positive-definite"),
      is_square,
      name ?? list.map((o) => o.name).join("_x_"),
      { operators, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name },
    );
    this.operators = list;
  }
  override _sizes(): Sizes {
    const batch = this.operators.map((o) => o._batch()).reduce(broadcastSizes);
    const rows = this.operators.map((o) => o._range()).reduce(times);
    return [...batch, rows, this.operators.map((o) => o._domain()).reduce(times)];
  }
  override _batched(): Record<string, number> {
    return { operators: 0 };
  }
  /** Each operator in turn on the axis of columns that is its own, as a matrix of the others' rows. */
  private _through(
    x: Tensor,
    f: (o: LinearOperatorImpl, x: Tensor) => Tensor,
    adjoint: boolean,
    adjoint_arg: boolean,
  ): Tensor {
    let y = adjoint_arg ? conjugate(x) : matrix_transpose(x);
    for (const o of [...this.operators].reverse()) {
      const own = adjoint ? o._range() : o._domain();
      const sizes = sizesOf(y);
      y = reshaped(y, [...sizes.slice(0, -2), per(times(sizes.at(-2)!, sizes.at(-1)!), own), own]);
      y = f(o, conjugate(y));
    }
    const columns = sizesOf(x).at(adjoint_arg ? -2 : -1)!;
    return reshaped(y, [...sizesOf(y).slice(0, -2), adjoint ? this._domain() : this._range(), columns]);
  }
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return this._through(x, (o, y) => o.matmul(y, adjoint, true) as Tensor, adjoint, adjoint_arg);
  }
  override _solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return this._through(rhs, (o, y) => o.solve(y, adjoint, true) as Tensor, adjoint, adjoint_arg);
  }
  private _each(f: (o: LinearOperatorImpl) => LinearOperatorImpl): KroneckerImpl {
    return new KroneckerImpl(
      this.operators.map(f),
      this.is_non_singular,
      this.is_self_adjoint,
      this.is_positive_definite,
      true,
    );
  }
  override _linop_adjoint(): LinearOperatorImpl {
    return this._each((o) => o.adjoint());
  }
  override _linop_inverse(): LinearOperatorImpl {
    return this._each((o) => o.inverse());
  }
  override _linop_cholesky(): LinearOperatorImpl {
    return new KroneckerImpl(
      this.operators.map((o) => o.cholesky()),
      true,
      null,
      null,
      true,
    );
  }
  /** How many times an operator stands in the product. */
  private _times(o: LinearOperatorImpl): Tensor {
    const n = per(this._domain(), o._domain());
    return typeof n === "number" ? toTensor(n, { dtype: o.dtype }) : castTo(n, o.dtype);
  }
  override _determinant(): Tensor {
    return this.operators.map((o) => one("Pow", [o.determinant(), this._times(o)])).reduce(mul);
  }
  override _log_abs_determinant(): Tensor {
    return this.operators.map((o) => mul(o.log_abs_determinant(), this._times(o))).reduce(add);
  }
  override _trace(): Tensor {
    return this.operators.map((o) => o.trace()).reduce((a, b) => mul(a, b));
  }
  /** Every product of an element of each vector [..., n], those of the last changing fastest. */
  private _outer(list: readonly Tensor[]): Tensor {
    return list.reduce((a, b) => {
      const p = mul(indexed(a, ["...", null]), indexed(b, ["...", null, ":"]));
      const s = sizesOf(p);
      return reshaped(p, [...s.slice(0, -2), times(s.at(-2)!, s.at(-1)!)]);
    });
  }
  override _diag_part(): Tensor {
    return this._outer(this.operators.map((o) => o.diag_part()));
  }
  override _eigvals(): Tensor {
    return this._outer(this.operators.map((o) => o.eigvals()));
  }
  override _to_dense(): Tensor {
    return this.operators
      .map((o) => o.to_dense())
      .reduce((a, b) => {
        const p = mul(indexed(a, ["...", ":", null, ":", null]), indexed(b, ["...", null, ":", null, ":"]));
        const s = sizesOf(p);
        return reshaped(p, [...s.slice(0, -4), times(s.at(-4)!, s.at(-3)!), times(s.at(-2)!, s.at(-1)!)]);
      });
  }
  private _squares(check: (o: LinearOperatorImpl) => unknown): unknown {
    if (!this.operators.every((o) => o.is_square))
      throw new InvalidArgumentError(
        "All Kronecker factors must be square for the product to be invertible. Expected hint `is_square` to be True for every operator in argument `operators`.",
      );
    this.operators.forEach(check);
    return null;
  }
  override _assert_non_singular(): unknown {
    return this._squares((o) => o.assert_non_singular());
  }
  override _assert_self_adjoint(): unknown {
    return this._squares((o) => o.assert_self_adjoint());
  }
}
export const LinearOperatorKronecker = operatorClass(
  "kronecker",
  "LinearOperatorKronecker",
  "operators",
  KroneckerImpl,
);
