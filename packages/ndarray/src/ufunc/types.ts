// Codes of the types that ufuncs compute in, in the order in which NumPy tries them.

export const INTS = "bBhHiIlL";
export const FLOATS = "efd";
export const COMPLEX = "FD";
export const NUMBERS = INTS + FLOATS + COMPLEX;
export const REALS = INTS + FLOATS;
export const INEXACT = FLOATS + COMPLEX;
export const ALL = `?${NUMBERS}`;
