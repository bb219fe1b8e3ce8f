import { str, TypeError, ValueError } from "@cognate/py";
import { toTensor } from "../core/convert.js";
import { one } from "../core/execute.js";
import { concat } from "../ops/array.js";
import type { Tensor } from "../shared.js";
import { addable, addOperators } from "./addition.js";
import { joined } from "./block-diag.js";
import { BlockwiseImpl } from "./blocks.js";
import { FullMatrixImpl } from "./full-matrix.js";
import type { Hint } from "./hints.js";
import { ScaledIdentityImpl } from "./identity.js";
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
import { add, adjointIf, mul, sub } from "./values.js";

type Rows = readonly (readonly LinearOperatorImpl[])[];

/** @throws TypeError, ValueError where blocks do not fit together; whether the diagonal says that there is an inverse */
function checked(rows: Rows, is_non_singular: Hint, is_square: Hint): Hint {
  const dtype = rows[0]![0]!.dtype;
  rows.forEach((row, i) => {
    if (row.some((o) => o.dtype !== dtype))
      throw new TypeError(
        `Expected all operators to have the same dtype.  Found ${row.map((o) => str(o.dtype)).join(", ")} in row ${i} and ${str(dtype)} in row 0.`,
      );
  });
  const diagonal = rows.map((r) => r.at(-1)!);
  let regular: Hint = null;
  if (diagonal.every((o) => o.is_non_singular)) {
    if (is_non_singular === false)
      throw new ValueError(
        "A blockwise lower-triangular operator with non-singular operators on the main diagonal is always non-singular. Expected argument `is_non_singular` to be True. Received: False.",
      );
    regular = true;
  } else if (diagonal.some((o) => o.is_non_singular === false)) {
    if (is_non_singular === true)
      throw new ValueError(
        "A blockwise lower-triangular operator with a singular operator on the main diagonal is always singular. Expected argument `is_non_singular` to be True. Received: True.",
      );
    regular = false;
  }
  rows.forEach((row, i) => {
    if (row.length !== i + 1)
      throw new ValueError(
        `Argument \`operators[${i}]\` must contain \`${i + 1}\` blocks. Received: ${row.length} blocks.`,
      );
  });
  const differ = (
    key: "domain_dimension" | "range_dimension",
    i: number,
    j: number,
    k: number,
    l: number,
  ): void => {
    const [a, b] = [rows[i]![j]![key], rows[k]![l]![key]];
    if (a.value !== null && b.value !== null && a.value !== b.value)
      throw new ValueError(
        `Argument \`operators[${i}][${j}].${key}\` (${a}) must be the same as \`operators[${k}][${l}].${key}\` (${b}).`,
      );
  };
  for (let i = 1; i < rows.length; i++)
    for (let j = 0; j < i; j++) {
      differ("domain_dimension", i, j, i - 1, j);
      differ("range_dimension", i, j, i, j + 1);
    }
  if (is_square === false)
    throw new ValueError(
      "`LinearOperatorBlockLowerTriangular` must be square. Expected argument `is_square` to be True. Received: False.",
    );
  diagonal.forEach((o, i) => {
    if (o.is_square === false)
      throw new ValueError(
        `Matrices on the diagonal (the final elements of each row-partition in the \`operators\` list) must be square. Expected argument \`operators[${i}][-1].is_square\` to be True. Received: False.`,
      );
  });
  return regular;
}

/** A matrix of blocks with nothing above those on the diagonal. */
class BlockLowerTriangularImpl extends BlockwiseImpl {
  readonly operators: Rows;
  constructor(
    operators: Rows,
    is_non_singular: Hint = null,
    is_self_adjoint: Hint = null,
    is_positive_definite: Hint = null,
    is_square: Hint = null,
    name: string = "LinearOperatorBlockLowerTriangular",
  ) {
    const rows = [...operators].map((r) => [...r]);
    if (rows.length === 0)
      throw new ValueError("Argument `operators` must be a list of >=1 operators. Received: [].");
    const regular = checked(rows, is_non_singular, is_square);
    super(rows[0]![0]!.dtype, null, regular, is_self_adjoint, is_positive_definite, true, name, {
      operators,
      is_non_singular,
      is_self_adjoint,
      is_positive_definite,
      is_square,
      name,
    });
    this.operators = rows;
  }
  override get _diagonal(): readonly LinearOperatorImpl[] {
    return this.operators.map((r) => r.at(-1)!);
  }
  override _sizes(): Sizes {
    const batch = this.operators
      .flat()
      .map((o) => o._batch())
      .reduce(broadcastSizes);
    const n = this._diagonal.map((o) => o._domain()).reduce(plus);
    return [...batch, n, n];
  }
  override _batched(): Record<string, number> {
    return { operators: 0 };
  }
  override _matmulBlocks(x: readonly Tensor[], adjoint: boolean, adjoint_arg: boolean): Tensor[] {
    return this.operators.map((row, i) => {
      const terms = adjoint
        ? this.operators.slice(i).map((r, k) => [r[i]!, x[i + k]!] as const)
        : row.map((o, j) => [o, x[j]!] as const);
      return terms.map(([o, b]) => o.matmul(b, adjoint, adjoint_arg) as Tensor).reduce(add);
    });
  }
  /** Forward (backward, for the adjoint) substitution. */
  override _solveBlocks(rhs: readonly Tensor[], adjoint: boolean, adjoint_arg: boolean): Tensor[] {
    const n = this.operators.length;
    const out: Tensor[] = new Array(n);
    for (let k = 0; k < n; k++) {
      const i = adjoint ? n - 1 - k : k;
      let y = adjointIf(rhs[i]!, adjoint_arg);
      for (let s = 0; s < k; s++) {
        const j = adjoint ? n - 1 - s : s;
        const o = adjoint ? this.operators[j]![i]! : this.operators[i]![j]!;
        y = sub(y, o.matmul(out[j], adjoint) as Tensor);
      }
      out[i] = this._diagonal[i]!.solve(y, adjoint) as Tensor;
    }
    return out;
  }
  override _linop_inverse(): LinearOperatorImpl {
    const made = (rows: Rows): BlockLowerTriangularImpl =>
      new BlockLowerTriangularImpl(
        rows,
        this.is_non_singular,
        this.is_self_adjoint,
        this.is_positive_definite,
        true,
      );
    const rows = this.operators;
    if (rows.length === 1) return made([[rows[0]![0]!.inverse()]]);
    const upper = new BlockLowerTriangularImpl(rows.slice(0, -1)).inverse() as BlockLowerTriangularImpl;
    const last = rows.at(-1)!;
    const corner = last.at(-1)!.inverse();
    const bottom = last.slice(0, -1).map((_, i) => {
      const terms = last.slice(i, -1).map((o, k) => {
        const p = o.matmul(upper.operators[i + k]![i]) as LinearOperatorImpl;
        return addable(p) ? p : new FullMatrixImpl(p.to_dense());
      });
      const block = corner.matmul(addOperators(terms)) as LinearOperatorImpl;
      const minusOne = new ScaledIdentityImpl(corner._domain(), toTensor(-1, { dtype: block.dtype }));
      return minusOne.matmul(block) as LinearOperatorImpl;
    });
    return made([...upper.operators, [...bottom, corner]]);
  }
  override _determinant(): Tensor {
    if (this._diagonal.every((o) => o.is_positive_definite)) return one("Exp", [this._log_abs_determinant()]);
    return this._diagonal.map((o) => o.determinant()).reduce(mul);
  }
  override _log_abs_determinant(): Tensor {
    return this._diagonal.map((o) => o.log_abs_determinant()).reduce(add);
  }
  override _diag_part(): Tensor {
    return joined(this._diagonal.map((o) => o.diag_part()));
  }
  override _trace(): Tensor {
    return this._diagonal.map((o) => o.trace()).reduce(add);
  }
  override _eigvals(): Tensor {
    return joined(this._diagonal.map((o) => o.eigvals()));
  }
  override _to_dense(): Tensor {
    const all = broadcastMatrices(this.operators.flat().map((o) => o.to_dense()));
    const total = this._domain();
    let width: Size = 0;
    const rows = this.operators.map((row, i) => {
      const blocks = all.slice((i * (i + 1)) / 2, (i * (i + 1)) / 2 + row.length);
      width = plus(width, sizesOf(blocks.at(-1)!).at(-1)!);
      const rest = filled(0, [...sizesOf(blocks[0]!).slice(0, -1), minus(total, width)], this.dtype);
      return concat([...blocks, rest], -1);
    });
    return concat(rows, -2);
  }
  override _assert_non_singular(): unknown {
    for (const o of this._diagonal) o.assert_non_singular();
    return null;
  }
}
export const LinearOperatorBlockLowerTriangular = operatorClass(
  "block_lower_triangular",
  "LinearOperatorBlockLowerTriangular",
  "operators",
  BlockLowerTriangularImpl,
);
