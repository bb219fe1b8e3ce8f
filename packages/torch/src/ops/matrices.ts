/** PyTorch's functions of matrices that hang on `torch` itself and are methods of tensors. */
export { oldSvd as svd } from "../linalg/eigen.js";
export {
  cholesky_inverse,
  cholesky_solve,
  geqrf,
  lu_unpack,
  oldCholesky as cholesky,
  oldLu as lu,
  oldQr as qr,
  orgqr,
  ormqr,
} from "../linalg/factorize.js";
export { det, logdet, matrix_exp, oldSlogdet as slogdet } from "../linalg/products.js";
export { eig, lstsq, matrix_rank, solve, symeig } from "../linalg/removed.js";
export { inverse, oldLuSolve as lu_solve, pinverse, triangular_solve } from "../linalg/solve.js";
