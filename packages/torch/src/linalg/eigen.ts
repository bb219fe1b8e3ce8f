import { isComplex, ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { deliver, deliverAll, named } from "../ops/args.js";
import * as returned from "../return-types.js";
import type { Tensor, TensorLike } from "../tensor/tensor.js";
import { adjointOf, factor, factors, matrixOf } from "./matrix.js";

type Outs = readonly Tensor[] | null;
type Out = Tensor | null;

/** @throws RuntimeError for anything but L and U */
function isUpper(UPLO: string): boolean {
  const which = UPLO.toUpperCase();
  if (which !== "L" && which !== "U")
    throw new RuntimeError(`Expected UPLO argument to be 'L' or 'U', but got ${UPLO}`);
  return which === "U";
}

/** Eigenvalues and eigenvectors (columns of length 1) of square matrices, complex. */
export const eig = def(
  "torch.linalg.eig",
  "input|A * out",
  (input: TensorLike, out: Outs = null): returned.Eigen => {
    const ys = factors("linalg.eig", ops.eig, [matrixOf("linalg.eig", input, { square: true })], undefined);
    named(ys[0]!, "LinalgEigBackward0");
    return returned.linalg_eig.make(deliverAll(ys, out));
  },
);

/** Eigenvalues of square matrices, complex. */
export const eigvals = def(
  "torch.linalg.eigvals",
  "input|A * out",
  (input: TensorLike, out: Out = null): Tensor => {
    const x = matrixOf("linalg.eigvals", input, { square: true });
    return deliver(named(factor("linalg.eigvals", ops.eigvals, [x], undefined), "LinalgEigBackward0"), out);
  },
);

/**
 * Eigenvalues (ascending) and eigenvectors (columns) of Hermitian matrices, of which one triangle is read.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.linalg.eigh(torch.tensor([[2., 1], [1, 2]]).double()).eigenvalues); // prints tensor([1., 3.], dtype=torch.float64)
 * ```
 */
export const eigh = def(
  "torch.linalg.eigh",
  "input|A UPLO * out",
  (input: TensorLike, UPLO = "L", out: Outs = null): returned.Eigen => {
    const x = matrixOf("linalg.eigh", input, { square: true });
    const ys = factors("linalg.eigh", ops.eigh, [x], { upper: isUpper(UPLO) });
    named(ys[0]!, "LinalgEighBackward0");
    return returned.linalg_eigh.make(deliverAll(ys, out));
  },
);

/** Eigenvalues (ascending) of Hermitian matrices. */
export const eigvalsh = def(
  "torch.linalg.eigvalsh",
  "input|A UPLO * out",
  (input: TensorLike, UPLO = "L", out: Out = null): Tensor => {
    const x = matrixOf("linalg.eigvalsh", input, { square: true });
    return deliver(
      named(factor("linalg.eigvalsh", ops.eigvalsh, [x], { upper: isUpper(UPLO) }), "LinalgEighBackward0"),
      out,
    );
  },
);

/**
 * U, the singular values (descending) and Vᴴ with A = U·diag(S)·Vᴴ.
 *
 * @param full_matrices - U and Vᴴ square, else cut to min(m, n)
 * @throws LinAlgError for matrices that are not finite
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const { U, S, Vh } = torch.linalg.svd(torch.tensor([[3., 0], [0, 4], [0, 0]]).float(), false);
 * print(S, U.shape, Vh.shape); // prints tensor([4., 3.]) torch.Size([3, 2]) torch.Size([2, 2])
 * ```
 */
export const svd = def(
  "torch.linalg.svd",
  "A|input full_matrices * driver out",
  (A: TensorLike, full_matrices = true, driver: string | null = null, out: Outs = null): returned.Svd => {
    if (driver !== null)
      throw new RuntimeError(
        "torch.linalg.svd: keyword argument `driver=` is only supported on CUDA inputs with cuSOLVER backend.",
      );
    const ys = factors("linalg.svd", ops.svd, [matrixOf("linalg.svd", A)], { fullMatrices: full_matrices });
    named(ys[0]!, "LinalgSvdBackward0");
    return returned.linalg_svd.make(deliverAll(ys, out));
  },
);

/** Singular values, descending. */
export const svdvals = def(
  "torch.linalg.svdvals",
  "A|input * driver out",
  (A: TensorLike, driver: string | null = null, out: Out = null): Tensor => {
    void driver;
    const x = matrixOf("linalg.svd", A);
    return deliver(named(factor("linalg.svd", ops.svdvals, [x], undefined), "LinalgSvdBackward0"), out);
  },
);

/** {@link svd} by its old name, with V in place of Vᴴ. */
export const oldSvd = def(
  "torch.svd",
  "input some compute_uv * out",
  (input: TensorLike, some = true, compute_uv = true, out: Outs = null): returned.OldSvd => {
    const x = matrixOf("linalg.svd", input);
    if (!compute_uv) {
      const s = factor("linalg.svd", ops.svdvals, [x], undefined);
      const [m, n] = x.shape.slice(-2) as [number, number];
      const none = (size: number): Value => x.full([...x.shape.slice(0, -2), size, size], 0) as Value;
      return returned.svd.make(deliverAll([none(m), named(s, "LinalgSvdBackward0"), none(n)], out));
    }
    const [u, s, vh] = factors("linalg.svd", ops.svd, [x], { fullMatrices: !some }) as [Value, Value, Value];
    named(u, "LinalgSvdBackward0");
    const v = isComplex(vh.dtype) ? adjointOf(vh) : call(ops.permute, [vh], { axes: lastSwapped(vh) });
    return returned.svd.make(deliverAll([u, s, v], out));
  },
);

const lastSwapped = (x: Value): number[] => {
  const n = x.shape.length;
  return x.shape.map((_, i) => (i === n - 1 ? n - 2 : i === n - 2 ? n - 1 : i));
};
