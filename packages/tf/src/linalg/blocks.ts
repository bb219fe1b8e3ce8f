import { def, method, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import type { Dimension } from "../graph/shape.js";
import { concat, split } from "../ops/array.js";
import type { Tensor } from "../shared.js";
import { LinearOperatorImpl, solvable } from "./operator.js";
import { broadcastMatrices, lengthAt, mustAgree, type Size, vectorOf } from "./sizes.js";
import { column, uncolumn } from "./values.js";

/* Operators made of blocks take a list, a block for each, as well as one tensor. */

/** Whether an argument is a list of blocks. @throws ValueError where it could be either, or fits neither */
function inBlocks(dims: readonly Dimension[], x: unknown, axis: number): x is unknown[] {
  if (!Array.isArray(x) || isTensor(x) || x.length !== dims.length) return false;
  if (x.some((item) => item instanceof LinearOperatorImpl)) return true;
  if (x.some((item) => !isTensor(item) && !Array.isArray(item))) return false;
  if (!x.some(isTensor)) return false;
  const lengths = x.map((item) => lengthAt(toTensor(item), axis));
  if (dims.every((d) => d.value === null)) {
    if (lengths.length === 1) return false;
    if (lengths.some((n) => n !== lengths[0])) return true;
    throw new ValueError(
      "Parsing of the input structure is ambiguous. Please input a blockwise iterable of `Tensor`s or a single `Tensor`.",
    );
  }
  if (dims.every((d, i) => d.value === null || d.value === lengths[i])) return true;
  const sum = dims.reduce((n, d) => n + (d.value ?? 0), 0);
  if (lengths.every((n) => n === lengths[0]) && (lengths[0] ?? 0) >= sum) return false;
  throw new ValueError("Input dimension does not match operator dimension.");
}

/** A square arrangement of blocks, known by the operators on its diagonal. */
export abstract class BlockwiseImpl extends LinearOperatorImpl {
  abstract readonly _diagonal: readonly LinearOperatorImpl[];
  abstract _matmulBlocks(x: readonly Tensor[], adjoint: boolean, adjoint_arg: boolean): Tensor[];
  abstract _solveBlocks(rhs: readonly Tensor[], adjoint: boolean, adjoint_arg: boolean): Tensor[];
  /** Checks of a product with another operator beyond those of its length. */
  _pairBlocks(_left: LinearOperatorImpl, _right: LinearOperatorImpl, _solving: boolean): void {}

  private _lengths(domain: boolean): Dimension[] {
    return this._diagonal.map((o) => (domain ? o.domain_dimension : o.range_dimension));
  }
  /** One argument, cut into blocks, through `f`, put together again. */
  _blockwise(
    x: unknown,
    name: string,
    domain: boolean,
    adjoint_arg: boolean,
    f: (blocks: readonly Tensor[]) => Tensor[],
  ): Tensor | Tensor[] {
    const axis = adjoint_arg ? -1 : -2;
    const dims = this._lengths(domain);
    if (inBlocks(dims, x, axis))
      return f(
        x.map((block, i) => {
          const t = toTensor(block, isTensor(block) ? {} : { hint: this.dtype });
          this._check_input_dtype(t);
          mustAgree(dims[i]!, lengthAt(t, axis));
          return t;
        }),
      );
    const t = this._argument(x, name, domain ? this.domain_dimension : this.range_dimension, axis);
    const sizes: Size[] = this._diagonal.map((o) => (domain ? o._domain() : o._range()));
    const known = sizes.every((s) => typeof s === "number");
    const parts = split(t, known ? (sizes as number[]) : vectorOf(sizes), axis, sizes.length);
    return concat(broadcastMatrices(f(parts)), -2);
  }
}

type Self = BlockwiseImpl;
const vectors = (
  self: Self,
  x: unknown,
  domain: boolean,
  f: (x: unknown) => unknown,
  name: string,
): unknown => {
  const dims = self._diagonal.map((o) => (domain ? o.domain_dimension : o.range_dimension));
  if (inBlocks(dims, x, -1)) {
    const blocks = x.map((b) => {
      const t = toTensor(b, isTensor(b) ? {} : { hint: self.dtype });
      self._check_input_dtype(t);
      return column(t);
    });
    return (f(blocks) as Tensor[]).map(uncolumn);
  }
  return uncolumn(
    f(column(self._argument(x, name, domain ? self.domain_dimension : self.range_dimension, -1))) as Tensor,
  );
};
const methods = {
  matmul: method(
    def(
      "LinearOperator.matmul",
      "self x adjoint adjoint_arg name",
      (self: Self, x: unknown, adjoint = false, adjoint_arg = false, name: string = "matmul"): unknown => {
        if (x instanceof LinearOperatorImpl) {
          const [left, right] = self._pair(x, adjoint, adjoint_arg, "x");
          self._pairBlocks(left, right, false);
          return self._scoped(name, () => left._linop_matmul(left, right));
        }
        return self._scoped(name, () =>
          self._blockwise(x, "x", !adjoint, adjoint_arg, (b) => self._matmulBlocks(b, adjoint, adjoint_arg)),
        );
      },
    ),
  ),
  solve: method(
    def(
      "LinearOperator.solve",
      "self rhs adjoint adjoint_arg name",
      (self: Self, rhs: unknown, adjoint = false, adjoint_arg = false, name: string = "solve"): unknown => {
        solvable(self);
        if (rhs instanceof LinearOperatorImpl) {
          const [left, right] = self._pair(rhs, adjoint, adjoint_arg, self._pairName);
          self._pairBlocks(left, right, true);
          return self._scoped(name, () => left._linop_solve(left, right));
        }
        return self._scoped(name, () =>
          self._blockwise(rhs, "rhs", adjoint, adjoint_arg, (b) =>
            self._solveBlocks(b, adjoint, adjoint_arg),
          ),
        );
      },
    ),
  ),
  matvec: method(
    def(
      "LinearOperator.matvec",
      "self x adjoint name",
      (self: Self, x: unknown, adjoint = false, name: string = "matvec"): unknown =>
        self._scoped(name, () => vectors(self, x, !adjoint, (m) => self.matmul(m, adjoint), "x")),
    ),
  ),
  solvevec: method(
    def(
      "LinearOperator.solvevec",
      "self rhs adjoint name",
      (self: Self, rhs: unknown, adjoint = false, name: string = "solve"): unknown =>
        self._scoped(name, () => vectors(self, rhs, adjoint, (m) => self.solve(m, adjoint), "rhs")),
    ),
  ),
};
for (const [key, value] of Object.entries({ ...methods, __matmul__: methods.matmul }))
  Object.defineProperty(BlockwiseImpl.prototype, key, { value, writable: true, configurable: true });
/** How the argument of a solution with another operator is called in messages. */
export interface BlockwiseImpl {
  readonly _pairName: string;
}
Object.defineProperty(BlockwiseImpl.prototype, "_pairName", { value: "rhs", writable: true });
