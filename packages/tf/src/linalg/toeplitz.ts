import { str, ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { int32 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { broadcast_to, concat, gather, reverse } from "../ops/array.js";
import { range } from "../ops/create.js";
import { assert_equal } from "../ops/debugging.js";
import { indexed } from "../ops/operators.js";
import type { Tensor } from "../shared.js";
import { LinearOperatorCirculant, toComplex } from "./circulant.js";
import type { Hint } from "./hints.js";
import { LinearOperatorImpl, operatorClass } from "./operator.js";
import { broadcastSizes, filled, lengthAt, type Sizes, sizesOf, vectorOf } from "./sizes.js";
import { adjointIf, castTo, dtypeOf, type Held, held, mul, now } from "./values.js";

/** A square matrix whose diagonals are constant: by its first column and row [..., n], whose first elements are the same. */
class ToeplitzImpl extends LinearOperatorImpl {
  readonly _col: Held;
  readonly _row: Held;
  constructor(
    col: unknown,
    row: unknown,
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string = "LinearOperatorToeplitz",
  ) {
    const [r, c] = [held(row, "row"), held(col, "col")];
    for (const [what, t] of [
      ["row", r],
      ["col", c],
    ] as const)
      if (sizesOf(t).length < 1)
        throw new ValueError(`Argument ${what} must have at least 1 dimension.  Found: ${str(t)}`);
    const [m, n] = [lengthAt(r as Tensor, -1), lengthAt(c as Tensor, -1)];
    if (m !== null && n !== null && m !== n)
      throw new ValueError("Expected square matrix, got row and col with mismatched dimensions.");
    if (is_square === false) throw new ValueError("Only square Toeplitz operators currently supported.");
    super(dtypeOf(r), null, is_non_singular, is_self_adjoint, is_positive_definite, true, name, {
      col,
      row,
      is_non_singular,
      is_self_adjoint,
      is_positive_definite,
      is_square,
      name,
    });
    this._row = r;
    this._col = c;
  }
  get col(): Held {
    return this._col;
  }
  get row(): Held {
    return this._row;
  }
  override _sizes(): Sizes {
    const v = broadcastSizes(sizesOf(this._row), sizesOf(this._col));
    return [...v, v.at(-1)!];
  }
  override _batched(): Record<string, number> {
    return { col: 1, row: 1 };
  }
  /** The first rows of a circulant matrix of twice the size. */
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    const b = adjointIf(x, adjoint_arg);
    const longer = concat([b, one("ZerosLike", [b])], -2);
    const full = this._sizes().slice(0, -1);
    const [col, row] = [this._col, this._row].map((t) => broadcast_to(now(t), vectorOf(full))) as [
      Tensor,
      Tensor,
    ];
    const first = concat(
      [col, one("ZerosLike", [indexed(col, ["...", "0:1"])]), reverse(indexed(row, ["...", "1:"]), [-1])],
      -1,
    );
    const circulant = LinearOperatorCirculant(one("FFT", [toComplex(first)]), row.dtype);
    const y = circulant.matmul(longer, adjoint) as Tensor;
    const n = this._domain();
    const sizes = sizesOf(y);
    return castTo(
      one("Slice", [
        y,
        toTensor(
          sizes.map(() => 0),
          { dtype: int32 },
        ),
        vectorOf([...sizes.slice(0, -2), n, sizes.at(-1)!]),
      ]),
      this.dtype,
    );
  }
  private _corner(): Tensor {
    return indexed(this._col, ["...", "0:1"]);
  }
  override _trace(): Tensor {
    const n = this._domain();
    const t = typeof n === "number" ? toTensor(n, { dtype: this.dtype }) : castTo(n, this.dtype);
    return mul(t, indexed(this._col, ["...", 0]));
  }
  override _diag_part(): Tensor {
    return mul(this._corner(), filled(1, [this._domain()], this.dtype));
  }
  override _to_dense(): Tensor {
    const full = vectorOf(this._sizes().slice(0, -1));
    const row = broadcast_to(now(this._row), full);
    const col = broadcast_to(now(this._col), full);
    const n = this._domain() as number;
    const elements = concat([reverse(col, [-1]), indexed(row, ["...", "1:"])], -1);
    const places = one("AddV2", [
      range(0, n),
      one("ExpandDims", [range(one("Sub", [toTensor(n), 1]) as never, -1, -1), -1]),
    ]);
    return gather(elements, places, null, -1);
  }
  override _assert_self_adjoint(): unknown {
    return assert_equal(
      now(this._row),
      now(this._col),
      "row and col are not the same, and so this operator is not self-adjoint.",
    );
  }
}
export const LinearOperatorToeplitz = operatorClass(
  "toeplitz",
  "LinearOperatorToeplitz",
  "col row",
  ToeplitzImpl,
);
