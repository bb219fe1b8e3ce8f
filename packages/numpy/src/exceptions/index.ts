/** NumPy's exceptions and warnings, `numpy.exceptions`. */
import {
  type BaseException,
  DeprecationWarning,
  type ExceptionClass,
  nameClass,
  RuntimeError,
  RuntimeWarning,
  TypeError,
  UserWarning,
} from "@cognate/py";

export { AxisError, ComplexWarning } from "@cognate/ndarray/core";

type Base = new (...args: readonly unknown[]) => BaseException;

class Visible extends (UserWarning as Base) {}
/** A deprecation that users see. */
export const VisibleDeprecationWarning = nameClass(
  "numpy.exceptions.VisibleDeprecationWarning",
  Visible,
) as unknown as ExceptionClass;

class Module extends (DeprecationWarning as Base) {}
/** A module that will go. */
export const ModuleDeprecationWarning = nameClass(
  "numpy.exceptions.ModuleDeprecationWarning",
  Module,
) as unknown as ExceptionClass;

class Rank extends (RuntimeWarning as Base) {}
/** A matrix that has less rank than a fit needs. */
export const RankWarning = nameClass("numpy.exceptions.RankWarning", Rank) as unknown as ExceptionClass;

class Hard extends (RuntimeError as Base) {}
/** A question about shared memory that takes too long to answer. */
export const TooHardError = nameClass("numpy.exceptions.TooHardError", Hard) as unknown as ExceptionClass;

/** Types that have no common one. */
export class DTypePromotionError extends TypeError {}
nameClass("numpy.exceptions.DTypePromotionError", DTypePromotionError);
