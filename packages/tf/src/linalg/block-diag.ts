import { NotImplementedError, ValueError } from "@cognate/py";
import { concat } from "../ops/array.js";
import type { Tensor } from "../shared.js";
import { BlockwiseImpl } from "./blocks.js";
import { sameType } from "./composition.js";
import { bothNonSingular, type Hint, impliedByAll, like } from "./hints.js";
import { type LinearOperatorImpl, operatorClass } from "./operator.js";
import {
  broadcastMatrices,
  broadcastSizes,
  filled,
  minus,
  plus,
  type Size,
  type Sizes,
  sizesOf,
} from "./sizes.js";
import { add, column, mul, uncolumn } from "./values.js";

/** Vectors [..., n] one after another. */
export const joined = (list: readonly Tensor[]): Tensor =>
  uncolumn(concat(broadcastMatrices(list.map(column)), -2));

/** A matrix of blocks with nothing beside those on the diagonal. */
class BlockDiagImpl extends BlockwiseImpl {
  readonly operators: readonly LinearOperatorImpl[];
  constructor(
    operators: readonly LinearOperatorImpl[],
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = true,
    name: string | null = null,
  ) {
    const list = sameType(operators);
    const all = (
      key: "is_non_singular" | "is_self_adjoint" | "is_positive_definite",
      given: Hint,
      words: string,
    ): Hint =>
      impliedByAll(
        list.map((o) => o[key]),
        given,
        `The direct sum of ${words} operators is always ${words}.`,
      );
    super(
      list[0]!.dtype,
      null,
      all("is_non_singular", is_non_singular, "non-singular"),
      all("is_self_adjoint", is_self_adjoint, "self-adjoint"),
      all("is_positive_definite", is_positive_definite, "positive definite"),
      is_square,
      name ?? list.map((o) => o.name).join("_ds_"),
      { operators, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name },
    );
    this.operators = list;
  }
  override get _diagonal(): readonly LinearOperatorImpl[] {
    return this.operators;
  }
  override _sizes(): Sizes {
    const batch = this.operators.map((o) => o._batch()).reduce(broadcastSizes);
    const rows = this.operators.map((o) => o._range()).reduce(plus);
    return [...batch, rows, this.operators.map((o) => o._domain()).reduce(plus)];
  }
  override _batched(): Record<string, number> {
    return { operators: 0 };
  }
  override _matmulBlocks(x: readonly Tensor[], adjoint: boolean, adjoint_arg: boolean): Tensor[] {
    return this.operators.map((o, i) => o.matmul(x[i], adjoint, adjoint_arg) as Tensor);
  }
  override _solveBlocks(rhs: readonly Tensor[], adjoint: boolean, adjoint_arg: boolean): Tensor[] {
    return this.operators.map((o, i) => o.solve(rhs[i], adjoint, adjoint_arg) as Tensor);
  }
  override _pairBlocks(left: LinearOperatorImpl, right: LinearOperatorImpl, solving: boolean): void {
    if (!(right instanceof BlockDiagImpl) || !(left instanceof BlockDiagImpl)) return;
    if (left.operators.length !== right.operators.length)
      throw new ValueError(
        solving
          ? "Can not efficiently solve `LinearOperatorBlockDiag` when number of blocks differ."
          : "Can not efficiently multiply two `LinearOperatorBlockDiag`s together when number of blocks differ.",
      );
    left.operators.forEach((o, i) => {
      const [a, b] = [o.domain_dimension, right.operators[i]!.range_dimension];
      if (a.value !== null && b.value !== null && a.value !== b.value)
        throw new ValueError(`Blocks are incompatible. Expected \`x\` to have dimension ${a} but got ${b}.`);
    });
  }
  private _together(
    left: LinearOperatorImpl,
    right: BlockDiagImpl,
    combine: (a: LinearOperatorImpl, b: LinearOperatorImpl) => unknown,
  ): BlockDiagImpl {
    const own = (left as BlockDiagImpl).operators;
    const list = own.map((o, i) => combine(o, right.operators[i]!) as LinearOperatorImpl);
    return new BlockDiagImpl(list, bothNonSingular(left, right), null, null, true);
  }
  override _linop_matmul(left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    return right instanceof BlockDiagImpl
      ? this._together(left, right, (a, b) => a.matmul(b))
      : super._linop_matmul(left, right);
  }
  override _linop_solve(left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    return right instanceof BlockDiagImpl
      ? this._together(left, right, (a, b) => a.solve(b))
      : super._linop_solve(left, right);
  }
  private _each(f: (o: LinearOperatorImpl) => LinearOperatorImpl): BlockDiagImpl {
    const h = like(this);
    return new BlockDiagImpl(
      this.operators.map(f),
      h.is_non_singular,
      h.is_self_adjoint,
      h.is_positive_definite,
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
    return new BlockDiagImpl(
      this.operators.map((o) => o.cholesky()),
      true,
      null,
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
  private _squares(what: string): readonly LinearOperatorImpl[] {
    if (!this.operators.every((o) => o.is_square))
      throw new NotImplementedError(
        `\`${what}\` not implemented for an operator whose blocks are not square.`,
      );
    return this.operators;
  }
  override _diag_part(): Tensor {
    return joined(this._squares("diag_part").map((o) => o.diag_part()));
  }
  override _trace(): Tensor {
    return this._squares("trace")
      .map((o) => o.trace())
      .reduce(add);
  }
  override _eigvals(): Tensor {
    return joined(this._squares("eigvals").map((o) => o.eigvals()));
  }
  override _to_dense(): Tensor {
    let before: Size = 0;
    const total = this._domain();
    const rows = broadcastMatrices(this.operators.map((o) => o.to_dense())).map((block) => {
      const sizes = sizesOf(block);
      const wide = (n: Size): Tensor => filled(0, [...sizes.slice(0, -1), n], this.dtype);
      const left = wide(before);
      before = plus(before, sizes.at(-1)!);
      return concat([left, block, wide(minus(total, before))], -1);
    });
    return concat(rows, -2);
  }
  override _assert_non_singular(): unknown {
    for (const o of this.operators) o.assert_non_singular();
    return null;
  }
  override _assert_self_adjoint(): unknown {
    for (const o of this.operators) o.assert_self_adjoint();
    return null;
  }
  override _assert_positive_definite(): unknown {
    for (const o of this.operators) o.assert_positive_definite();
    return null;
  }
}
Object.defineProperty(BlockDiagImpl.prototype, "_pairName", { value: "x" });
export const LinearOperatorBlockDiag = operatorClass(
  "block_diag",
  "LinearOperatorBlockDiag",
  "operators",
  BlockDiagImpl,
);
