/** Linear algebra, NumPy's `numpy.linalg`. */
export { LinAlgError } from "./common.js";
export { cholesky, eig, eigh, eigvals, eigvalsh, qr, svd, svdvals } from "./factors.js";
export {
  cross,
  diagonal,
  matmul,
  matrix_transpose,
  multi_dot,
  outer,
  tensordot,
  trace,
  vecdot,
} from "./products.js";
export { cond, det, matrix_norm, matrix_rank, norm, slogdet, vector_norm } from "./sizes.js";
export { inv, lstsq, matrix_power, pinv, solve, tensorinv, tensorsolve } from "./solving.js";
