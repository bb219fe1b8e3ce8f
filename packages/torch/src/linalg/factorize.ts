import { ops } from "@cognate/kernel";
import { def, RuntimeError, Tuple } from "@cognate/py";
import { call, callMany, type Value } from "@cognate/tensor";
import { deliver, deliverAll, named, valueOf } from "../ops/args.js";
import * as returned from "../return-types.js";
import type { Tensor, TensorLike } from "../tensor/tensor.js";
import { wrap } from "../tensor/tensor.js";
import { LinAlgError } from "./errors.js";
import { adjointOf, factor, matrixOf } from "./matrix.js";

type Outs = readonly Tensor[] | null;
type Out = Tensor | null;

const CHOLESKY = "LinalgCholeskyExBackward0";

/** L or Lᴴ of an {@link ops.cholesky}, which reads the lower triangle. */
const choleskyOf = (op: string, x: Value, upper: boolean, label = CHOLESKY): Value => {
  return named(factor(op, ops.cholesky, [x], { upper }), label);
};

/**
 * The lower triangular L with A = L·Lᴴ (or the upper Lᴴ) of Hermitian positive-definite matrices.
 *
 * @throws LinAlgError where a matrix is not positive-definite
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.linalg.cholesky(torch.tensor([[4, 2], [2, 5]])));
 * // prints
 * // tensor([[2., 0.],
 * //         [1., 2.]])
 * ```
 */
export const cholesky = def(
  "torch.linalg.cholesky",
  "input|A * upper out",
  (input: TensorLike, upper = false, out: Out = null): Tensor =>
    deliver(choleskyOf("linalg.cholesky", matrixOf("linalg.cholesky", input, { square: true }), upper), out),
);

/** {@link cholesky} that tells by `info` where a matrix was not positive-definite. */
export const cholesky_ex = def(
  "torch.linalg.cholesky_ex",
  "input|A * upper check_errors out",
  (input: TensorLike, upper = false, check_errors = false, out: Outs = null): returned.CholeskyEx => {
    const x = matrixOf("linalg.cholesky_ex", input, { square: true });
    if (check_errors) factor("linalg.cholesky_ex", ops.cholesky, [x.detach() as Value], { upper });
    const [y, info] = callMany(ops.choleskyEx, [x], { upper }) as [Value, Value];
    named(y, CHOLESKY);
    return returned.linalg_cholesky_ex.make(deliverAll([y, info], out));
  },
);

/** {@link cholesky} by its old name. */
export const oldCholesky = def(
  "torch.cholesky",
  "input upper * out",
  (input: TensorLike, upper = false, out: Out = null): Tensor =>
    deliver(
      choleskyOf("cholesky", matrixOf("cholesky", input, { square: true }), upper, "CholeskyBackward0"),
      out,
    ),
);

/** The lower factor whose other triangle is not looked at, though its gradient is that of a whole matrix, as in PyTorch. */
function throughTriangle(l: Value, upper: boolean): Value {
  const lower = upper ? adjointOf(l) : l;
  const outside = call(ops.triu, [lower.detach() as Value], { k: 1 });
  return lower.sub(outside) as Value;
}

/** X with (L·Lᴴ)·X = input, from a Cholesky factor. */
export const cholesky_solve = def(
  "torch.cholesky_solve",
  "input L|input2 upper * out",
  (input: TensorLike, L: TensorLike, upper = false, out: Out = null): Tensor => {
    const b = matrixOf("cholesky_solve", input);
    const l = matrixOf("cholesky_solve", L, { square: true });
    if (b.shape[b.shape.length - 2] !== l.shape[l.shape.length - 1])
      throw new RuntimeError(
        `Incompatible matrix sizes for cholesky_solve: each A matrix is ${l.shape.slice(-2).join(" by ")} but each b matrix is ${b.shape.slice(-2).join(" by ")}`,
      );
    const lower = throughTriangle(l, upper);
    const y = factor("cholesky_solve", ops.solve, [lower, b], undefined);
    return deliver(
      named(factor("cholesky_solve", ops.solve, [adjointOf(lower), y], undefined), "CholeskySolveBackward0"),
      out,
    );
  },
);

/** (L·Lᴴ)⁻¹ from a Cholesky factor. */
export const cholesky_inverse = def(
  "torch.cholesky_inverse",
  "input|L upper * out",
  (input: TensorLike, upper = false, out: Out = null): Tensor => {
    const l = matrixOf("cholesky_inverse", input, { square: true });
    const inverse = factor("cholesky_inverse", ops.inv, [throughTriangle(l, upper)], undefined);
    return deliver(named(adjointOf(inverse).matmul(inverse) as Value, "CholeskyInverseBackward0"), out);
  },
);

/** Q and R of a QR factorisation, where Q may be left out. */
function qrOf(x: Value, mode: string, label: string): [Value, Value] {
  if (mode !== "reduced" && mode !== "complete" && mode !== "r")
    throw new RuntimeError(
      `qr received unrecognized mode '${mode}' but expected one of 'reduced' (default), 'r', or 'complete'`,
    );
  const [q, r] = callMany(ops.qr, [x], { complete: mode === "complete" }) as [Value, Value];
  named(q, label);
  if (mode !== "r") return [q, r];
  return [x.full([0], 0) as Value, r];
}

/**
 * Q with orthonormal columns and upper triangular R with Q·R = A. `mode`: `"reduced"`, `"complete"` (Q square) or `"r"` (Q left empty).
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const [Q, R] = torch.linalg.qr(torch.tensor([[3, 1], [4, 2]]).to(torch.float64));
 * print(R.at(0, 0), torch.allclose(Q.matmul(R), torch.tensor([[3, 1], [4, 2]]).double())); // prints tensor(-5., dtype=torch.float64) True
 * ```
 */
export const qr = def(
  "torch.linalg.qr",
  "A|input mode * out",
  (A: TensorLike, mode = "reduced", out: Outs = null): returned.Qr =>
    returned.linalg_qr.make(deliverAll(qrOf(matrixOf("linalg.qr", A), mode, "LinalgQrBackward0"), out)),
);

/** {@link qr} by its old name. */
export const oldQr = def(
  "torch.qr",
  "input some * out",
  (input: TensorLike, some = true, out: Outs = null): returned.Qr =>
    returned.qr.make(
      deliverAll(qrOf(matrixOf("linalg.qr", input), some ? "reduced" : "complete", "LinalgQrBackward0"), out),
    ),
);

/** A QR factorisation in compact form: R on and above the diagonal, the reflections below it; and their factors. */
export const geqrf = def(
  "torch.geqrf",
  "input * out",
  (input: TensorLike, out: Outs = null): returned.Geqrf =>
    returned.geqrf.make(
      deliverAll(callMany(ops.geqrf, [matrixOf("torch.geqrf", input, { arg: "input" })], undefined), out),
    ),
);

/** The first columns of a product of reflections 1 − τ·v·vᴴ, as {@link geqrf} gives them. */
export const householder_product = def(
  "torch.linalg.householder_product",
  "input|A tau * out",
  (input: TensorLike, tau: TensorLike, out: Out = null): Tensor => {
    const [a, t] = [valueOf(input), valueOf(tau)];
    const [m, n] = a.shape.slice(-2) as [number, number];
    if (a.shape.length < 2)
      throw new RuntimeError("torch.linalg.householder_product: input must have at least 2 dimensions.");
    if (m < n)
      throw new RuntimeError(
        "torch.linalg.householder_product: input.shape[-2] must be greater than or equal to input.shape[-1]",
      );
    if (n < t.shape[t.shape.length - 1]!)
      throw new RuntimeError(
        "torch.linalg.householder_product: input.shape[-1] must be greater than or equal to tau.shape[-1]",
      );
    return deliver(
      named(call(ops.householderProduct, [a, t], undefined), "LinalgHouseholderProductBackward0"),
      out,
    );
  },
);

/** {@link householder_product} by LAPACK's name. */
export const orgqr = def(
  "torch.orgqr",
  "input input2 * out",
  (input: TensorLike, input2: TensorLike, out: Out = null): Tensor =>
    householder_product(input, input2, { out }),
);

/** Q·other, Qᴴ·other, other·Q or other·Qᴴ for the Q of a {@link geqrf}. */
export const ormqr = def(
  "torch.ormqr",
  "input|self input2|tau input3|other left transpose * out",
  (
    input: TensorLike,
    tau: TensorLike,
    other: TensorLike,
    left = true,
    transpose = false,
    out: Out = null,
  ): Tensor => {
    const [a, t, c] = [valueOf(input), valueOf(tau), valueOf(other)];
    if (a.shape.length < 2) throw new RuntimeError("torch.ormqr: input must have at least 2 dimensions.");
    if (c.shape.length < 2) throw new RuntimeError("torch.ormqr: other must have at least 2 dimensions.");
    const order = c.shape.at(left ? -2 : -1)!;
    const side = left ? "other.shape[-2]" : "other.shape[-1]";
    if (order < t.shape.at(-1)!)
      throw new RuntimeError(`torch.ormqr: ${side} must be greater than or equal to tau.shape[-1]`);
    if (t.shape.at(-1) !== Math.min(order, a.shape.at(-1)!))
      throw new RuntimeError(`torch.ormqr: tau.shape[-1] must be equal to min(${side}, input.shape[-1])`);
    return deliver(named(call(ops.ormqr, [a, t, c], { left, adjoint: transpose }), "OrmqrBackward0"), out);
  },
);

const NO_PIVOTS = (op: string): string => `${op}: LU without pivoting is not implemented on the CPU`;

function luOf(op: string, input: TensorLike, pivot: boolean): [Value, Value, Value] {
  const x = matrixOf(op, input);
  if (!pivot) throw new RuntimeError(NO_PIVOTS(op));
  const [lu, pivots, info] = callMany(ops.luFactor, [x], undefined) as [Value, Value, Value];
  named(lu, "LinalgLuFactorExBackward0");
  return [lu, pivots, info];
}

/** @throws LinAlgError where a pivot is zero */
function checkPivots(op: string, info: Value): void {
  const all = wrap(info);
  const bad = all.flatten().tolist() as number[];
  const k = bad.findIndex((v) => v !== 0);
  if (k < 0) return;
  throw new LinAlgError(
    `${op}: ${info.shape.length > 0 ? `(Batch element ${k}): ` : ""}U[${bad[k]},${bad[k]}] is zero and using it on lu_solve would result in a division by zero. If you still want to perform the factorization, consider calling linalg.lu(A, pivot) or linalg.lu_factor_ex(A, pivot)`,
  );
}

/** PA = LU in compact form, and the row exchanges (from 1). @throws LinAlgError where a pivot is zero */
export const lu_factor = def(
  "torch.linalg.lu_factor",
  "input|A * pivot out",
  (input: TensorLike, pivot = true, out: Outs = null): returned.LuFactor => {
    const [lu, pivots, info] = luOf("linalg.lu_factor", input, pivot);
    checkPivots("torch.linalg.lu_factor", info);
    return returned.linalg_lu_factor.make(deliverAll([lu, pivots], out));
  },
);

/** {@link lu_factor} that tells by `info` where a pivot is zero. */
export const lu_factor_ex = def(
  "torch.linalg.lu_factor_ex",
  "input|A * pivot check_errors out",
  (input: TensorLike, pivot = true, check_errors = false, out: Outs = null): returned.LuFactorEx => {
    const ys = luOf("linalg.lu_factor_ex", input, pivot);
    if (check_errors) checkPivots("torch.linalg.lu_factor_ex", ys[2]);
    return returned.linalg_lu_factor_ex.make(deliverAll(ys, out));
  },
);

/** P, L and U with A = P·L·U. */
export const lu = def(
  "torch.linalg.lu",
  "input|A * pivot out",
  (input: TensorLike, pivot = true, out: Outs = null): returned.Lu => {
    const [compact, pivots] = luOf("linalg.lu", input, pivot);
    const [p, l, u] = callMany(ops.luUnpack, [compact, pivots], undefined) as [Value, Value, Value];
    named(l, "LinalgLuBackward0");
    return returned.linalg_lu.make(deliverAll([p.detach(), l, u] as Value[], out));
  },
);

/** {@link lu_factor} by its old name: compact factors, pivots and, if asked, the info. */
export const oldLu = def(
  "torch.lu",
  "A|input pivot get_infos out",
  (A: TensorLike, pivot = true, get_infos = false, out: Outs = null): Tuple<Tensor> => {
    const [compact, pivots, info] = luOf("linalg.lu_factor_ex", A, pivot);
    if (!get_infos) checkPivots("torch.linalg.lu_factor_ex", info);
    return Tuple.of_(deliverAll(get_infos ? [compact, pivots, info] : [compact, pivots], out));
  },
);

/** P, L and U from compact factors; either part may be left out (empty). */
export const lu_unpack = def(
  "torch.lu_unpack",
  "LU_data LU_pivots unpack_data unpack_pivots * out",
  (
    LU_data: TensorLike,
    LU_pivots: TensorLike,
    unpack_data = true,
    unpack_pivots = true,
    out: Outs = null,
  ): returned.Lu => {
    const [compact, pivots] = [valueOf(LU_data), valueOf(LU_pivots)];
    const [p, l, u] = callMany(ops.luUnpack, [compact, pivots], undefined) as [Value, Value, Value];
    named(l, "LuUnpackBackward0");
    const none = compact.full([0], 0) as Value;
    return returned.lu_unpack.make(
      deliverAll(
        [unpack_pivots ? (p.detach() as Value) : none, unpack_data ? l : none, unpack_data ? u : none],
        out,
      ),
    );
  },
);
