import { ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, callMany, type Value } from "@cognate/tensor";
import { deliver, deliverAll, shown, valueOf } from "../ops/args.js";
import { scalarName } from "../promotion.js";
import * as returned from "../return-types.js";
import type { Tensor, TensorLike } from "../tensor/tensor.js";
import { LinAlgError } from "./errors.js";
import { matrixOf } from "./matrix.js";

type Outs = readonly Tensor[] | null;

const factors = (input: TensorLike, hermitian: boolean): [Value, Value, Value] =>
  callMany(ops.ldlFactor, [matrixOf("torch.linalg.ldl_factor_ex", input, { square: true }).detach()], {
    hermitian,
  }) as [Value, Value, Value];

/** @throws LinAlgError for a block of D that is zero */
function checkBlocks(op: string, info: Value): void {
  const data = [...info.array.data].map(Number);
  const k = data.findIndex((v) => v !== 0);
  if (k >= 0)
    throw new LinAlgError(
      `${op}: ${info.shape.length > 0 ? `(Batch element ${k}): ` : ""}D[${data[k]},${data[k]}] is zero, which makes the matrix singular.`,
    );
}

/**
 * A = L·D·Lᵀ (Lᴴ where `hermitian`) of symmetric matrices by Bunch and Kaufman's pivoting, in LAPACK's compact form; the lower triangle is
 * read.
 *
 * @throws LinAlgError for a singular matrix
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const A = torch.tensor([[4, 2], [2, 5.5]]);
 * const [LD, pivots] = torch.linalg.ldl_factor(A);
 * print(torch.linalg.ldl_solve(LD, pivots, A.matmul(torch.tensor([[1.5], [0.25]]))).T, pivots); // prints tensor([[1.5000, 0.2500]]) tensor([1, 2], dtype=torch.int32)
 * ```
 */
export const ldl_factor = def(
  "torch.linalg.ldl_factor",
  "input|A * hermitian out",
  (input: TensorLike, hermitian = false, out: Outs = null): returned.LdlFactor => {
    const [y, pivots, info] = factors(input, hermitian);
    checkBlocks("torch.linalg.ldl_factor", info);
    return returned.linalg_ldl_factor.make(deliverAll([y, pivots], out));
  },
);

/** {@link ldl_factor} that tells by `info` where a block is zero. */
export const ldl_factor_ex = def(
  "torch.linalg.ldl_factor_ex",
  "input|A * hermitian check_errors out",
  (input: TensorLike, hermitian = false, check_errors = false, out: Outs = null): returned.LdlFactorEx => {
    const ys = factors(input, hermitian);
    if (check_errors) checkBlocks("torch.linalg.ldl_factor_ex", ys[2]);
    return returned.linalg_ldl_factor_ex.make(deliverAll(ys, out));
  },
);

/** X with A·X = B, from the factors of A. @throws RuntimeError where shapes or types do not fit */
export const ldl_solve = def(
  "torch.linalg.ldl_solve",
  "LD pivots B * hermitian out",
  (
    LD: TensorLike,
    pivots: TensorLike,
    B: TensorLike,
    hermitian = false,
    out: Tensor | null = null,
  ): Tensor => {
    const ld = matrixOf("torch.linalg.ldl_solve", LD, { square: true });
    const [p, b] = [valueOf(pivots), valueOf(B)];
    if (b.shape.length < 2)
      throw new RuntimeError(
        "torch.linalg.ldl_solve: Expected B to have at least 2 dimensions, but it has " +
          `${b.shape.length} dimensions instead`,
      );
    const n = ld.shape.at(-1)!;
    const [rows, columns] = b.shape.slice(-2);
    if (rows !== n)
      throw new RuntimeError(
        `Incompatible matrix sizes for torch.linalg.ldl_solve: each A matrix is ${n} by ${n} but each b matrix is ${rows} by ${columns}`,
      );
    if (p.shape.join() !== ld.shape.slice(0, -1).join())
      throw new RuntimeError(
        `torch.linalg.ldl_solve: Expected LD.shape[:-1] and pivots.shape to be the same, but got pivots with shape ${shown(p.shape)} instead`,
      );
    if (b.dtype !== ld.dtype)
      throw new RuntimeError(
        `Expected b and A to have the same dtype, but found b of type ${scalarName(b.dtype)} and A of type ${scalarName(ld.dtype)} instead.`,
      );
    return deliver(call(ops.ldlSolve, [ld.detach(), p, b.detach()] as Value[], { hermitian }), out);
  },
);
