import {
  AttributeError,
  type ExceptionClass,
  nameClass,
  pyclass,
  RuntimeWarning,
  TypeError,
  UserWarning,
  ValueError,
} from "@cognate/py";

/** Makes `instanceof` see a second base class, which JavaScript's classes cannot have. */
function alsoA(C: ExceptionClass, Second: ExceptionClass): void {
  const { prototype } = C;
  const usual = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(Second, Symbol.hasInstance, {
    configurable: true,
    value(this: Function, x: unknown): boolean {
      if (usual.call(this, x)) return true;
      return (
        this === Second &&
        typeof x === "object" &&
        x !== null &&
        Object.prototype.isPrototypeOf.call(prototype, x)
      );
    },
  });
}

function exception(path: string, C: ExceptionClass): ExceptionClass {
  const E = pyclass(C as unknown as new () => object) as unknown as ExceptionClass;
  nameClass(path, C);
  return nameClass(path, E);
}

/** An estimator was used before `fit`. It is a `ValueError` and an `AttributeError`. */
export const NotFittedError = exception(
  "sklearn.exceptions.NotFittedError",
  class extends ValueError {} as never,
);
alsoA(NotFittedError, AttributeError);
/** A parameter of an estimator has a wrong type or value. It is a `ValueError` and a `TypeError`. */
export const InvalidParameterError = exception(
  "sklearn.utils._param_validation.InvalidParameterError",
  class extends ValueError {} as never,
);
alsoA(InvalidParameterError, TypeError);
/** A solver stopped before it converged. */
export const ConvergenceWarning = exception(
  "sklearn.exceptions.ConvergenceWarning",
  class extends UserWarning {} as never,
);
/** Data was converted on the way in. */
export const DataConversionWarning = exception(
  "sklearn.exceptions.DataConversionWarning",
  class extends UserWarning {} as never,
);
/** A score is not defined on the data. */
export const UndefinedMetricWarning = exception(
  "sklearn.exceptions.UndefinedMetricWarning",
  class extends UserWarning {} as never,
);
/** A fit failed inside a search or cross-validation. */
export const FitFailedWarning = exception(
  "sklearn.exceptions.FitFailedWarning",
  class extends RuntimeWarning {} as never,
);
