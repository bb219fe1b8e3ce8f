import { def, method, NotImplementedError, pyClass, str, TypeError, ValueError } from "@cognate/py";
import { isTensor, toTensor } from "../core/convert.js";
import { as_dtype, type TypeLike } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { Module } from "../function/module.js";
import { type Dimension, dimsOf, type GraphShape } from "../graph/shape.js";
import { assert_equal, assert_less, assert_positive } from "../ops/debugging.js";
import { cholesky, cholesky_solve, diag, diag_part, eigvalsh, slogdet, svd } from "../ops/linalg.js";
import { withNameScope } from "../ops/name-scope.js";
import { reduce_max, reduce_min, reduce_sum } from "../ops/reduce.js";
import type { DType, Tensor } from "../shared.js";
import { bothNonSingular, type Hint, type Hints, like } from "./hints.js";
import {
  broadcastMatrices,
  dimensionOf,
  filled,
  lengthAt,
  mustAgree,
  type Size,
  type Sizes,
  shapeOf,
  vectorOf,
} from "./sizes.js";
import { add, adjointIf, adjointOf, castTo, column, div, magnitude, scaled, uncolumn } from "./values.js";

/** What kinds of operators others ask for, where importing them would be a circle. */
export type Kind = "identity" | "scaled" | "zeros" | "diag" | "tril" | "matrix" | "other";

/** Operators that the base class makes; their modules put them here. */
export const makers = {} as {
  composition(operators: readonly LinearOperatorImpl[], hints: Hints): LinearOperatorImpl;
  inversion(operator: LinearOperatorImpl, hints: Hints | null): LinearOperatorImpl;
  adjoint(operator: LinearOperatorImpl): LinearOperatorImpl;
  lowerTriangular(tril: Tensor, hints: Hints): LinearOperatorImpl;
};

const squareOf = (a: LinearOperatorImpl, b: LinearOperatorImpl): Hint => {
  if (a.is_square && b.is_square) return true;
  if (a.is_square === false && b.is_square === false) {
    const [m, l] = [a.range_dimension.value, b.domain_dimension.value];
    return m !== null && l !== null ? m === l : null;
  }
  return a.is_square !== b.is_square && a.is_square !== null && b.is_square !== null ? false : null;
};
/** What is known of a product of any two operators. */
function productHints(a: LinearOperatorImpl, b: LinearOperatorImpl): Hints {
  const is_square = squareOf(a, b);
  const no = is_square === false ? false : null;
  return {
    is_square,
    is_non_singular: is_square ? bothNonSingular(a, b) : no,
    is_self_adjoint: no,
    is_positive_definite: no,
  };
}
const sized = (list: Sizes, at: number): Size => list[list.length + at]!;

/**
 * `tf.linalg.LinearOperator`: a matrix [..., m, n], or a batch of them, known by what it does. Subclasses give `_shape()` and
 * `_matmul(x, adjoint, adjoint_arg)`; the rest follows by way of the dense matrix, or is theirs where they know better.
 */
export class LinearOperatorImpl extends (Module as unknown as new () => object) implements Hints {
  declare readonly _kind: Kind;
  declare readonly _dtype: DType | null;
  declare private readonly _title: string;
  declare private readonly _hints: Hints;
  declare readonly _parameters: Readonly<Record<string, unknown>> | null;
  constructor(
    dtype: TypeLike | null,
    _graph_parents: unknown = null,
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string | null = null,
    parameters: Readonly<Record<string, unknown>> | null = null,
  ) {
    super();
    if (is_positive_definite) {
      if (is_non_singular === false)
        throw new ValueError("A positive definite matrix is always non-singular.");
      is_non_singular = true;
    }
    if (is_non_singular) {
      if (is_square === false) throw new ValueError("A non-singular matrix is always square.");
      is_square = true;
    }
    if (is_self_adjoint) {
      if (is_square === false) throw new ValueError("A self-adjoint matrix is always square.");
      is_square = true;
    }
    const hidden = {
      _dtype: dtype === null ? null : as_dtype(dtype),
      _title: name ?? (this.constructor as unknown as { __name__?: string }).__name__ ?? "LinearOperator",
      _hints: { is_non_singular, is_self_adjoint, is_positive_definite, is_square },
      _parameters: parameters,
    };
    for (const [k, value] of Object.entries(hidden))
      Object.defineProperty(this, k, { value, enumerable: false });
  }

  get parameters(): Record<string, unknown> {
    return { ...this._parameters };
  }
  get dtype(): DType {
    return this._dtype!;
  }
  get name(): string {
    return this._title;
  }
  get graph_parents(): readonly unknown[] {
    return [];
  }
  get is_non_singular(): Hint {
    return this._hints.is_non_singular;
  }
  get is_self_adjoint(): Hint {
    return this._hints.is_self_adjoint;
  }
  get is_positive_definite(): Hint {
    return this._hints.is_positive_definite;
  }
  get is_square(): Hint {
    const [m, n] = [this.range_dimension.value, this.domain_dimension.value];
    const auto = m === null || n === null ? null : m === n;
    if (this._hints.is_square === false && auto)
      throw new ValueError("User set is_square hint to False, but the operator was square.");
    return this._hints.is_square ?? auto;
  }

  /** What the operator's tensors say about its shape, lengths that are not known as tensors. */
  _sizes(): Sizes {
    const own = dimsOf(this._shape());
    if (own?.every((d) => d !== null)) return own as number[];
    const all = this._shape_tensor();
    return (own ?? []).map(
      (d, i) => d ?? one("StridedSlice", [all, [i], [i + 1], [1]], { shrink_axis_mask: 1 }),
    );
  }
  _shape(): GraphShape {
    return shapeOf(this._sizes());
  }
  _shape_tensor(): Tensor {
    return vectorOf(this._sizes());
  }
  get shape(): GraphShape {
    return this._shape();
  }
  get batch_shape(): GraphShape {
    return this.shape.at(":-2") as unknown as GraphShape;
  }
  get tensor_rank(): number | null {
    return this.shape.ndims;
  }
  get domain_dimension(): Dimension {
    return dimensionOf(this.shape._dims?.at(-1));
  }
  get range_dimension(): Dimension {
    return dimensionOf(this.shape._dims?.at(-2));
  }
  _batch(): Sizes {
    return this._sizes().slice(0, -2);
  }
  _domain(): Size {
    return sized(this._sizes(), -1);
  }
  _range(): Size {
    return sized(this._sizes(), -2);
  }

  _scoped<R>(name: string | null, f: () => R): R {
    return withNameScope(name === null ? this.name : `${this.name}/${name}`, f);
  }
  /** A tensor for the operator to work on. @throws TypeError for another element type, ValueError for another length */
  _argument(x: unknown, name: string, own: Dimension, axis: number): Tensor {
    const given = toTensor(x, isTensor(x) ? { name } : { hint: this.dtype, name });
    const t =
      given._value?.weak === true && given.dtype !== this.dtype
        ? toTensor(given, { dtype: this.dtype })
        : given;
    this._check_input_dtype(t);
    mustAgree(own, lengthAt(t, axis));
    return t;
  }
  _check_input_dtype(t: Tensor): void {
    if (t.dtype !== this.dtype)
      throw new TypeError(
        `Expected argument to have dtype ${str(this.dtype)}.  Found: ${str(t.dtype)} in tensor ${str(t)}`,
      );
  }
  /** The two operators of a product, checked. */
  _pair(
    x: LinearOperatorImpl,
    adjoint: boolean,
    adjoint_arg: boolean,
    arg: string,
  ): [LinearOperatorImpl, LinearOperatorImpl] {
    const left = adjoint ? this.adjoint() : this;
    const right = adjoint_arg ? x.adjoint() : x;
    const [a, b] = [left.domain_dimension, right.range_dimension];
    if (a.value !== null && b.value !== null && a.value !== b.value)
      throw new ValueError(
        `Operators are incompatible. Expected \`${arg}\` to have dimension ${a} but got ${b}.`,
      );
    return [left, right];
  }

  _matmul(_x: Tensor, _adjoint = false, _adjoint_arg = false): Tensor {
    throw new NotImplementedError("_matmul is not implemented.");
  }
  _matvec(x: Tensor, adjoint = false): Tensor {
    return uncolumn(this.matmul(column(x), adjoint) as Tensor);
  }
  _linop_matmul(left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    if (right._kind === "identity") return left;
    if (right._kind === "zeros") {
      if (!right.is_square || !left.is_square) throw new ValueError(NOT_SQUARE);
      return right;
    }
    return makers.composition([left, right], productHints(left, right));
  }
  _linop_solve(left: LinearOperatorImpl, right: LinearOperatorImpl): LinearOperatorImpl {
    if (right._kind === "identity") return left.inverse();
    return makers.composition([makers.inversion(left, null), right], productHints(left, right));
  }
  _linop_adjoint(): LinearOperatorImpl {
    return makers.adjoint(this);
  }
  _linop_inverse(): LinearOperatorImpl {
    return makers.inversion(this, { ...like(this), is_square: this.is_square });
  }
  _linop_cholesky(): LinearOperatorImpl {
    return makers.lowerTriangular(cholesky(this.to_dense()), {
      is_non_singular: true,
      is_self_adjoint: false,
      is_positive_definite: null,
      is_square: true,
    });
  }
  _can_use_cholesky(): boolean {
    return this.is_self_adjoint === true && this.is_positive_definite === true;
  }
  _determinant(): Tensor {
    if (this._can_use_cholesky()) return one("Exp", [this.log_abs_determinant()]);
    return one("MatrixDeterminant", [this.to_dense()]);
  }
  _log_abs_determinant(): Tensor {
    if (!this._can_use_cholesky())
      return castTo((slogdet(this.to_dense()) as unknown as readonly Tensor[])[1]!, this.dtype);
    return scaled(2, reduce_sum(one("Log", [diag_part(cholesky(this.to_dense()))]), [-1]));
  }
  _dense_solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    if (this.is_square === false)
      throw new NotImplementedError("Solve is not yet implemented for non-square operators.");
    const b = adjointIf(rhs, adjoint_arg);
    if (this._can_use_cholesky()) return cholesky_solve(cholesky(this.to_dense()), b);
    const [m, r] = broadcastMatrices([this.to_dense(), b]);
    return one("MatrixSolve", [m, r], { adjoint });
  }
  _solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    return this._dense_solve(rhs, adjoint, adjoint_arg);
  }
  _solvevec(rhs: Tensor, adjoint = false): Tensor {
    return uncolumn(this.solve(column(rhs), adjoint) as Tensor);
  }
  _to_dense(): Tensor {
    return this.matmul(diag(filled(1, [...this._batch(), this._domain()], this.dtype))) as Tensor;
  }
  _diag_part(): Tensor {
    return diag_part(this.to_dense());
  }
  _trace(): Tensor {
    return reduce_sum(this.diag_part(), -1);
  }
  _add_to_tensor(x: Tensor): Tensor {
    return add(this.to_dense(), x);
  }
  _eigvals(): Tensor {
    return eigvalsh(this.to_dense());
  }
  _cond(): Tensor {
    const values = this.is_self_adjoint
      ? magnitude(this._eigvals())
      : (svd(this.to_dense(), false, false) as Tensor);
    return div(reduce_max(values, -1), reduce_min(values, -1));
  }
  _assert_non_singular(): unknown {
    if (this._can_use_cholesky()) return this.assert_positive_definite();
    const s = svd(this.to_dense(), false, false) as Tensor;
    const eps =
      { float16: 2 ** -10, float64: 2 ** -52, complex128: 2 ** -52 }[this.dtype.name as string] ?? 2 ** -23;
    const [m, n] = [this.range_dimension.value ?? 0, this.domain_dimension.value ?? 0];
    const limit = 1 / (Math.max(100, m, n) * eps);
    return assert_less(
      div(reduce_max(s, -1), reduce_min(s, -1)),
      toTensor(limit, { dtype: s.dtype }),
      "Singular matrix up to precision epsilon.",
    );
  }
  _assert_positive_definite(): unknown {
    if (this.is_self_adjoint)
      return assert_positive(
        castTo(diag_part(cholesky(this.to_dense())), this.dtype.real_dtype),
        "Matrix was not positive definite.",
      );
    throw new NotImplementedError("assert_positive_definite is not implemented.");
  }
  _assert_self_adjoint(): unknown {
    const dense = this.to_dense();
    return assert_equal(dense, adjointOf(dense), "Matrix was not equal to its adjoint.");
  }
  /** Parameters that have leading axes, with how many axes of each belong to one matrix. */
  _batched(): Readonly<Record<string, number>> {
    return {};
  }

  get H(): LinearOperatorImpl {
    return this.adjoint();
  }
  declare matmul: Methods["matmul"];
  declare matvec: Methods["matvec"];
  declare solve: Methods["solve"];
  declare solvevec: Methods["solvevec"];
  declare adjoint: Methods["adjoint"];
  declare inverse: Methods["inverse"];
  declare cholesky: Methods["cholesky"];
  declare determinant: Methods["determinant"];
  declare log_abs_determinant: Methods["log_abs_determinant"];
  declare to_dense: Methods["to_dense"];
  declare diag_part: Methods["diag_part"];
  declare trace: Methods["trace"];
  declare add_to_tensor: Methods["add_to_tensor"];
  declare eigvals: Methods["eigvals"];
  declare cond: Methods["cond"];
  declare assert_non_singular: Methods["assert_non_singular"];
  declare assert_positive_definite: Methods["assert_positive_definite"];
  declare assert_self_adjoint: Methods["assert_self_adjoint"];
  declare shape_tensor: Methods["shape_tensor"];
  declare batch_shape_tensor: Methods["batch_shape_tensor"];
  declare tensor_rank_tensor: Methods["tensor_rank_tensor"];
  declare domain_dimension_tensor: Methods["domain_dimension_tensor"];
  declare range_dimension_tensor: Methods["range_dimension_tensor"];
}
export const NOT_SQUARE =
  "Matmul with non-square `LinearOperator`s or non-square `LinearOperatorZeros` not supported at this time.";

type Self = LinearOperatorImpl;
/** A method without arguments but a name. */
const simple = <R>(key: string, shown: string, f: (self: Self) => R) =>
  method(
    def(
      `LinearOperator.${key}`,
      "self name",
      (self: Self, name: string = shown): R => self._scoped(name, () => f(self)),
    ),
  );
const squareOnly = (self: Self): void => {
  if (self.is_square === false)
    throw new NotImplementedError(
      "Determinant not implemented for an operator that is expected to not be square.",
    );
};
const tensorOf = (n: Size): Tensor => (typeof n === "number" ? toTensor(n) : n);

const methods = {
  matmul: method(
    def(
      "LinearOperator.matmul",
      "self x adjoint adjoint_arg name",
      (
        self: Self,
        x: unknown,
        adjoint = false,
        adjoint_arg = false,
        name: string = "matmul",
      ): Tensor | LinearOperatorImpl => {
        if (x instanceof LinearOperatorImpl) {
          const [left, right] = self._pair(x, adjoint, adjoint_arg, "x");
          return self._scoped(name, () => left._linop_matmul(left, right));
        }
        return self._scoped(name, () => {
          const own = adjoint ? self.range_dimension : self.domain_dimension;
          return self._matmul(self._argument(x, "x", own, adjoint_arg ? -1 : -2), adjoint, adjoint_arg);
        });
      },
    ),
  ),
  matvec: method(
    def(
      "LinearOperator.matvec",
      "self x adjoint name",
      (self: Self, x: unknown, adjoint = false, name: string = "matvec") =>
        self._scoped(name, () =>
          self._matvec(
            self._argument(x, "x", adjoint ? self.range_dimension : self.domain_dimension, -1),
            adjoint,
          ),
        ),
    ),
  ),
  solve: method(
    def(
      "LinearOperator.solve",
      "self rhs adjoint adjoint_arg name",
      (
        self: Self,
        rhs: unknown,
        adjoint = false,
        adjoint_arg = false,
        name: string = "solve",
      ): Tensor | LinearOperatorImpl => {
        solvable(self);
        if (rhs instanceof LinearOperatorImpl) {
          const [left, right] = self._pair(rhs, adjoint, adjoint_arg, "rhs");
          return self._scoped(name, () => left._linop_solve(left, right));
        }
        return self._scoped(name, () => {
          const own = adjoint ? self.domain_dimension : self.range_dimension;
          return self._solve(self._argument(rhs, "rhs", own, adjoint_arg ? -1 : -2), adjoint, adjoint_arg);
        });
      },
    ),
  ),
  solvevec: method(
    def(
      "LinearOperator.solvevec",
      "self rhs adjoint name",
      (self: Self, rhs: unknown, adjoint = false, name: string = "solve") =>
        self._scoped(name, () =>
          self._solvevec(
            self._argument(rhs, "rhs", adjoint ? self.domain_dimension : self.range_dimension, -1),
            adjoint,
          ),
        ),
    ),
  ),
  adjoint: simple(
    "adjoint",
    "adjoint",
    (self): LinearOperatorImpl => (self.is_self_adjoint === true ? self : self._linop_adjoint()),
  ),
  inverse: simple("inverse", "inverse", (self): LinearOperatorImpl => {
    if (self.is_square === false)
      throw new ValueError("Cannot take the Inverse: This operator represents a non square matrix.");
    if (self.is_non_singular === false)
      throw new ValueError("Cannot take the Inverse: This operator represents a singular matrix.");
    return self._linop_inverse();
  }),
  cholesky: simple("cholesky", "cholesky", (self): LinearOperatorImpl => {
    if (!self._can_use_cholesky())
      throw new ValueError(
        "Cannot take the Cholesky decomposition: Not a positive definite self adjoint matrix.",
      );
    return self._linop_cholesky();
  }),
  determinant: simple("determinant", "det", (self) => {
    squareOnly(self);
    return self._determinant();
  }),
  log_abs_determinant: simple("log_abs_determinant", "log_abs_det", (self) => {
    squareOnly(self);
    return self._log_abs_determinant();
  }),
  to_dense: simple("to_dense", "to_dense", (self) => self._to_dense()),
  diag_part: simple("diag_part", "diag_part", (self) => self._diag_part()),
  trace: simple("trace", "trace", (self) => self._trace()),
  add_to_tensor: method(
    def(
      "LinearOperator.add_to_tensor",
      "self x|mat name",
      (self: Self, x: unknown, name: string = "add_to_tensor") =>
        self._scoped(name, () => self._add_to_tensor(self._argument(x, "x", dimensionOf(null), -1))),
    ),
  ),
  eigvals: simple("eigvals", "eigvals", (self) => {
    if (!self.is_self_adjoint) throw new NotImplementedError("Only self-adjoint matrices are supported.");
    return self._eigvals();
  }),
  cond: simple("cond", "cond", (self) => self._cond()),
  assert_non_singular: simple("assert_non_singular", "assert_non_singular", (self) =>
    self._assert_non_singular(),
  ),
  assert_positive_definite: simple("assert_positive_definite", "assert_positive_definite", (self) =>
    self._assert_positive_definite(),
  ),
  assert_self_adjoint: simple("assert_self_adjoint", "assert_self_adjoint", (self) =>
    self._assert_self_adjoint(),
  ),
  shape_tensor: simple("shape_tensor", "shape_tensor", (self) => vectorOf(self._sizes())),
  batch_shape_tensor: simple("batch_shape_tensor", "batch_shape_tensor", (self) => vectorOf(self._batch())),
  tensor_rank_tensor: simple("tensor_rank_tensor", "tensor_rank_tensor", (self) =>
    toTensor(self._sizes().length),
  ),
  domain_dimension_tensor: simple("domain_dimension_tensor", "domain_dimension_tensor", (self) =>
    tensorOf(self._domain()),
  ),
  range_dimension_tensor: simple("range_dimension_tensor", "range_dimension_tensor", (self) =>
    tensorOf(self._range()),
  ),
};
export function solvable(self: Self): void {
  if (self.is_non_singular === false)
    throw new NotImplementedError(
      "Exact solve not implemented for an operator that is expected to be singular.",
    );
  if (self.is_square === false)
    throw new NotImplementedError(
      "Exact solve not implemented for an operator that is expected to not be square.",
    );
}
type Methods = typeof methods;
for (const [key, value] of Object.entries({ ...methods, __matmul__: methods.matmul }))
  Object.defineProperty(LinearOperatorImpl.prototype, key, { value, writable: true, configurable: true });
Object.defineProperty(LinearOperatorImpl.prototype, "_kind", {
  value: "other",
  writable: true,
  configurable: true,
});

/**
 * `tf.linalg.LinearOperator`: the class that operators of one's own extend.
 *
 * @example
 * ```ts
 * import * as tf from "@cognate/tf";
 * import { print } from "@cognate/py";
 * const d = tf.linalg.LinearOperatorDiag([2.5, 4]);
 * print(d.matvec([1, 10]).numpy(), d.inverse().diag_part().numpy()); // prints [ 2.5 40. ] [0.4  0.25]
 * ```
 */
export const LinearOperator = pyClass(
  "tensorflow.python.ops.linalg.linear_operator.LinearOperator",
  "dtype graph_parents is_non_singular is_self_adjoint is_positive_definite is_square name parameters:dict",
  LinearOperatorImpl,
);
export type LinearOperator = LinearOperatorImpl;

/** A class of operators by the name of its file, its own, and its parameters. */
export const plainClass = <C extends new (...args: never[]) => object, const S extends string>(
  file: string,
  name: string,
  signature: S,
  C: C,
) => pyClass(`tensorflow.python.ops.linalg.linear_operator_${file}.${name}`, signature, C);
/** The same where the last parameters are the hints and a name. */
export const operatorClass = <C extends new (...args: never[]) => object, const S extends string>(
  file: string,
  name: string,
  signature: S,
  C: C,
) =>
  plainClass(
    file,
    name,
    `${signature} is_non_singular is_self_adjoint is_positive_definite is_square name` as const,
    C,
  );
