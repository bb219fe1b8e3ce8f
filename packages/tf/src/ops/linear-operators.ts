import "../linalg/slicing.js";

/* `tf.linalg.LinearOperator*`. */
export { LinearOperatorAdjoint } from "../linalg/adjoint.js";
export { LinearOperatorBlockDiag } from "../linalg/block-diag.js";
export { LinearOperatorBlockLowerTriangular } from "../linalg/block-lower-triangular.js";
export {
  LinearOperatorCirculant,
  LinearOperatorCirculant2D,
  LinearOperatorCirculant3D,
} from "../linalg/circulant.js";
export { LinearOperatorComposition } from "../linalg/composition.js";
export { LinearOperatorDiag } from "../linalg/diag.js";
export { LinearOperatorFullMatrix } from "../linalg/full-matrix.js";
export { LinearOperatorHouseholder } from "../linalg/householder.js";
export { LinearOperatorIdentity, LinearOperatorScaledIdentity } from "../linalg/identity.js";
export { LinearOperatorInversion } from "../linalg/inversion.js";
export { LinearOperatorKronecker } from "../linalg/kronecker.js";
export { LinearOperatorLowRankUpdate } from "../linalg/low-rank-update.js";
export { LinearOperatorLowerTriangular } from "../linalg/lower-triangular.js";
export { LinearOperator } from "../linalg/operator.js";
export { LinearOperatorPermutation } from "../linalg/permutation.js";
export { LinearOperatorToeplitz } from "../linalg/toeplitz.js";
export { LinearOperatorTridiag } from "../linalg/tridiag.js";
export { LinearOperatorZeros } from "../linalg/zeros.js";
