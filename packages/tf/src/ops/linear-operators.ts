import { NotImplementedError } from "@cognate/py";

/* `tf.linalg.LinearOperator*`: left out, with an error that says so and what to write instead. */

const leftOut = (name: string) =>
  class {
    constructor() {
      throw new NotImplementedError(
        `tf.linalg.${name}: linear operators are left out of this TensorFlow; write the matrix and use tf.linalg.matmul, tf.linalg.solve and tf.linalg.det.`,
      );
    }
  };

export const LinearOperator = leftOut("LinearOperator");
export const LinearOperatorAdjoint = leftOut("LinearOperatorAdjoint");
export const LinearOperatorBlockDiag = leftOut("LinearOperatorBlockDiag");
export const LinearOperatorBlockLowerTriangular = leftOut("LinearOperatorBlockLowerTriangular");
export const LinearOperatorCirculant = leftOut("LinearOperatorCirculant");
export const LinearOperatorCirculant2D = leftOut("LinearOperatorCirculant2D");
export const LinearOperatorCirculant3D = leftOut("LinearOperatorCirculant3D");
export const LinearOperatorComposition = leftOut("LinearOperatorComposition");
export const LinearOperatorDiag = leftOut("LinearOperatorDiag");
export const LinearOperatorFullMatrix = leftOut("LinearOperatorFullMatrix");
export const LinearOperatorHouseholder = leftOut("LinearOperatorHouseholder");
export const LinearOperatorIdentity = leftOut("LinearOperatorIdentity");
export const LinearOperatorInversion = leftOut("LinearOperatorInversion");
export const LinearOperatorKronecker = leftOut("LinearOperatorKronecker");
export const LinearOperatorLowRankUpdate = leftOut("LinearOperatorLowRankUpdate");
export const LinearOperatorLowerTriangular = leftOut("LinearOperatorLowerTriangular");
export const LinearOperatorPermutation = leftOut("LinearOperatorPermutation");
export const LinearOperatorScaledIdentity = leftOut("LinearOperatorScaledIdentity");
export const LinearOperatorToeplitz = leftOut("LinearOperatorToeplitz");
export const LinearOperatorTridiag = leftOut("LinearOperatorTridiag");
export const LinearOperatorZeros = leftOut("LinearOperatorZeros");
