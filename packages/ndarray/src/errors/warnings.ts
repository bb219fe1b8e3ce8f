import { type BaseException, type ExceptionClass, nameClass, RuntimeWarning } from "@cognate/py";

class Complex extends (RuntimeWarning as new (...args: readonly unknown[]) => BaseException) {}

/** `np.exceptions.ComplexWarning`: an imaginary part is discarded. */
export const ComplexWarning = nameClass(
  "numpy.exceptions.ComplexWarning",
  Complex,
) as unknown as ExceptionClass;
