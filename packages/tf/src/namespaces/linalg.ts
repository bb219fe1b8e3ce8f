/** `tf.linalg`. */
export { adjoint, band_part, cholesky, cholesky_solve, cross, det, diag, diag_part, eig, eigh, eigvals, eigvalsh, einsum, expm, eye, global_norm, inv, logdet, logm, lstsq, lu, lu_reconstruct, matrix_rank, matrix_transpose, matvec, norm, normalize, pinv, qr, set_diag, slogdet, solve, sqrtm, svd, tensor_diag, tensor_diag_part, tensordot, trace, triangular_solve, tridiagonal_matmul, tridiagonal_solve } from "../ops/linalg.js";
export { l2_normalize, matmul } from "../ops/linalg.js";
