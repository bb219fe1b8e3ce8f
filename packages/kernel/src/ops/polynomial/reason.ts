/** Why rows of orthogonal polynomials have no derivative. */
export const POLYNOMIAL = "no framework differentiates it; the degree is a whole number";
