import { ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { int32 } from "../core/dtypes.js";
import { one } from "../core/execute.js";
import { broadcast_to, roll, stack, unstack } from "../ops/array.js";
import { assert_equal } from "../ops/debugging.js";
import { diag_part, tridiagonal_solve } from "../ops/linalg.js";
import { indexed } from "../ops/operators.js";
import type { Tensor } from "../shared.js";
import { noImaginary } from "./checks.js";
import type { Hint } from "./hints.js";
import { LinearOperatorImpl, operatorClass } from "./operator.js";
import { broadcastSizes, type Sizes, sizesOf, vectorOf } from "./sizes.js";
import { adjointIf, adjointOf, conjugate, dtypeOf, type Held, held, now } from "./values.js";

type Format = "compact" | "matrix" | "sequence";
const band = (): Tensor => toTensor([-1, 1], { dtype: int32 });

/** A square matrix with a diagonal and one on each side of it, in one of three forms. */
class TridiagImpl extends LinearOperatorImpl {
  readonly _diagonals: Held | readonly Held[];
  readonly diagonals_format: Format;
  constructor(
    diagonals: unknown,
    diagonals_format: string = "compact",
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string = "LinearOperatorTridiag",
  ) {
    if (!["compact", "matrix", "sequence"].includes(diagonals_format))
      throw new ValueError(
        `Argument \`diagonals_format\` must be one of compact, matrix, or sequence. Received : ${diagonals_format}.`,
      );
    const own =
      diagonals_format === "sequence"
        ? [...(diagonals as Iterable<unknown>)].map((d, i) => held(d, `diag_${i}`))
        : held(diagonals, "diagonals");
    const first = Array.isArray(own) ? (own[0] as Held) : (own as Held);
    super(dtypeOf(first), null, is_non_singular, is_self_adjoint, is_positive_definite, is_square, name, {
      diagonals,
      diagonals_format,
      is_non_singular,
      is_self_adjoint,
      is_positive_definite,
      is_square,
      name,
    });
    this._diagonals = own;
    this.diagonals_format = diagonals_format as Format;
  }
  get diagonals(): Held | readonly Held[] {
    return this._diagonals;
  }
  override _sizes(): Sizes {
    if (Array.isArray(this._diagonals)) {
      const all = (this._diagonals as Held[]).map(sizesOf);
      const d = [...all.map((s): Sizes => s.slice(0, -1)).reduce(broadcastSizes), all[1]!.at(-1)!];
      return [...d, d.at(-1)!];
    }
    const s = sizesOf(this._diagonals);
    return this.diagonals_format === "matrix" ? s : [...s.slice(0, -2), s.at(-1)!, s.at(-1)!];
  }
  override _batched(): Record<string, number> {
    return { diagonals: 2 };
  }
  /** Above, on and below the diagonal, in the rows that they belong to. */
  private _rows(): [Tensor, Tensor, Tensor] {
    if (Array.isArray(this._diagonals)) {
      const list = (this._diagonals as Held[]).map(now);
      const full = vectorOf(this._sizes().slice(0, -1));
      return list.map((d) => broadcast_to(d, full)) as [Tensor, Tensor, Tensor];
    }
    const d = now(this._diagonals as Held);
    const compact =
      this.diagonals_format === "matrix" ? diag_part(d, "diag_part", band(), 0, "LEFT_RIGHT") : d;
    return unstack(compact, 3, -2) as [Tensor, Tensor, Tensor];
  }
  private _turned(adjoint: boolean): [Tensor, Tensor, Tensor] {
    const [upper, main, lower] = this._rows();
    if (!adjoint) return [upper, main, lower];
    return [roll(conjugate(lower), -1, -1), conjugate(main), roll(conjugate(upper), 1, -1)];
  }
  override _matmul(x: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    const parts = this._turned(adjoint).map((d) => one("ExpandDims", [d, -2]));
    return one("TridiagonalMatMul", [...parts, adjointIf(x, adjoint_arg)]);
  }
  override _solve(rhs: Tensor, adjoint = false, adjoint_arg = false): Tensor {
    const b = adjointIf(rhs, adjoint_arg);
    const d = stack(this._turned(adjoint), -2);
    const batch = broadcastSizes(sizesOf(d).slice(0, -2), sizesOf(b).slice(0, -2));
    const wide = (t: Tensor): Tensor => broadcast_to(t, vectorOf([...batch, ...sizesOf(t).slice(-2)]));
    return tridiagonal_solve(wide(d), wide(b));
  }
  override _diag_part(): Tensor {
    return this.diagonals_format === "matrix" ? diag_part(now(this._diagonals as Held)) : this._rows()[1];
  }
  override _to_dense(): Tensor {
    if (this.diagonals_format === "matrix") return this._diagonals as Tensor;
    return one(
      "MatrixDiagV3",
      [stack(this._rows(), -2), band(), -1, -1, toTensor(0, { dtype: this.dtype })],
      { align: "LEFT_RIGHT" },
    );
  }
  override _assert_self_adjoint(): unknown {
    if (this.diagonals_format === "matrix") {
      const d = now(this._diagonals as Held);
      return assert_equal(d, adjointOf(d), "Matrix was not equal to its adjoint.");
    }
    const [upper, main, lower] = this._rows();
    noImaginary(main, "This tridiagonal operator contained non-zero imaginary values on the diagonal.");
    const below = indexed(roll(lower, -1, -1), ["...", ":-1"]);
    return assert_equal(
      conjugate(below),
      indexed(upper, ["...", ":-1"]),
      "This tridiagonal operator has non-conjugate subdiagonal and superdiagonal.",
    );
  }
}
export const LinearOperatorTridiag = operatorClass(
  "tridiag",
  "LinearOperatorTridiag",
  "diagonals diagonals_format",
  TridiagImpl,
);
