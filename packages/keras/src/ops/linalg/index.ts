/** `keras.ops.linalg`. */
export {
  cholesky,
  cholesky_inverse,
  det,
  eig,
  eigh,
  lu_factor,
  matrix_rank,
  pinv,
  qr,
  svd,
} from "./factors.js";
export * from "./jvp.js";
export * from "./norm.js";
export { inv, lstsq, solve, solve_triangular } from "./solve.js";
