/** `torch.linalg`: factorisations, systems of equations, norms. */
export { eig, eigh, eigvals, eigvalsh, svd, svdvals } from "./eigen.js";
export { LinAlgError } from "./errors.js";
export { cholesky, cholesky_ex, householder_product, lu, lu_factor, lu_factor_ex, qr } from "./factorize.js";
export { ldl_factor, ldl_factor_ex, ldl_solve } from "./ldl.js";
export { cond, matrix_norm, matrix_rank, norm, vecdot, vector_norm } from "./norms.js";
export {
  cross,
  det,
  diagonal,
  matmul,
  matrix_exp,
  matrix_power,
  multi_dot,
  slogdet,
  vander,
} from "./products.js";
export {
  inv,
  inv_ex,
  lstsq,
  lu_solve,
  pinv,
  solve,
  solve_ex,
  solve_triangular,
  tensorinv,
  tensorsolve,
} from "./solve.js";
