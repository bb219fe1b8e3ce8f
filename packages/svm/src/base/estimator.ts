import { className, isClass, repr, shortName, TypeError, type, ValueError } from "@cognate/py";
import { reader } from "./call.js";
import { type Constraint, checkParameters } from "./constraints.js";
import { NotFittedError } from "./errors.js";
import { estimatorText } from "./text.js";

/** Parameters by name. */
export type Parameters = Record<string, unknown>;

/** How classes of estimators are told apart where data is split and scored. */
export type EstimatorKind = "classifier" | "regressor" | "outlier_detector" | "transformer" | null;

const readDeep = reader("get_params", "deep", 0);

/**
 * What every estimator has: parameters that the constructor takes and stores unchanged, `get_params`, `set_params`,
 * a text that shows the parameters that were changed.
 */
export abstract class Estimator {
  /** What each parameter may be. */
  get _constraints(): Readonly<Record<string, readonly Constraint[]>> {
    return {};
  }
  get _estimator_type(): EstimatorKind {
    return null;
  }
  /** Whether rows of X stand for rows and columns of a kernel matrix. */
  get _pairwise(): boolean {
    return false;
  }
  /** Parameters without a default, with something to stand for them. */
  get _required(): Parameters {
    return {};
  }
  declare n_features_in_: number;

  private static readonly names = new WeakMap<object, readonly string[]>();

  /** Stores the constructor's arguments, whose names are the class's parameters. */
  protected _assign(parameters: Parameters): void {
    Object.assign(this, parameters);
    if (!Estimator.names.has(this.constructor))
      Estimator.names.set(this.constructor, Object.keys(parameters).sort());
  }

  /** The names of the parameters, in order. */
  get _parameter_names(): readonly string[] {
    return Estimator.names.get(this.constructor) ?? [];
  }

  /** @throws InvalidParameterError for a parameter that is nothing it may be */
  _validate_params(): void {
    checkParameters(this._constraints, this.get_params({ deep: false }), className(this.constructor));
  }

  /** Parameters by name; with `deep` those of estimators among them too, as `name__parameter`. */
  get_params(...args: readonly unknown[]): Parameters {
    const [deep = true] = readDeep(args);
    const out: Parameters = {};
    for (const name of this._parameter_names) {
      const value = (this as unknown as Parameters)[name];
      if (deep && value instanceof Estimator)
        for (const [k, v] of Object.entries(value.get_params())) out[`${name}__${k}`] = v;
      out[name] = value;
    }
    return out;
  }

  /** Changes parameters, `name__parameter` those of an estimator among them. @throws ValueError for unknown names */
  set_params(parameters: Parameters = {}): this {
    const nested = new Map<string, Parameters>();
    const valid = this.get_params();
    const own = Object.keys(this.get_params({ deep: false })).sort();
    for (const [key, value] of Object.entries(parameters)) {
      const at = key.indexOf("__");
      const name = at < 0 ? key : key.slice(0, at);
      if (!(name in valid))
        throw new ValueError(
          `Invalid parameter ${repr(name)} for estimator ${repr(this)}. Valid parameters are: ${repr(own)}.`,
        );
      if (at < 0) {
        this._set_param(key, value);
        valid[key] = value;
      } else nested.set(name, { ...nested.get(name), [key.slice(at + 2)]: value });
    }
    for (const [name, inner] of nested) (valid[name] as Estimator).set_params(inner);
    return this;
  }
  protected _set_param(name: string, value: unknown): void {
    (this as unknown as Parameters)[name] = value;
  }

  /** Whether `fit` has run: some attribute's name ends in an underscore. */
  get _fitted(): boolean {
    return Object.keys(this).some((k) => k.endsWith("_") && !k.startsWith("_"));
  }

  __repr__(): string {
    return estimatorText(this);
  }
  toString(): string {
    return this.__repr__();
  }
  /** A new estimator with the same parameters. */
  __sklearn_clone__(): Estimator {
    const parameters = Object.fromEntries(
      Object.entries(this.get_params({ deep: false })).map(([k, v]) => [k, cloned(v)]),
    );
    const Class = this.constructor as new (p: Parameters) => Estimator;
    return new Class(parameters);
  }
}

/** @throws NotFittedError before `fit` */
export function check_is_fitted(estimator: Estimator): void {
  if (isClass(estimator)) throw new TypeError(`${shortName(String(estimator))} is a class, not an instance.`);
  if (!estimator._fitted)
    throw new NotFittedError(
      `This ${className(estimator.constructor)} instance is not fitted yet. Call 'fit' with appropriate arguments before using this estimator.`,
    );
}

function cloned(x: unknown): unknown {
  if (x instanceof Estimator) return x.__sklearn_clone__();
  if (Array.isArray(x) && x.some((v) => v instanceof Estimator || Array.isArray(v)))
    return Object.assign(x.slice(), x.map(cloned));
  return x;
}

/**
 * A new estimator of the same class and parameters, not fitted.
 *
 * @throws TypeError for what is no estimator
 *
 * @example
 * ```ts
 * import { clone, SVC } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const a = SVC({ C: 10 }).fit([[0], [1]], [0, 1]);
 * print(clone(a)); // prints SVC(C=10)
 * ```
 */
export function clone<E>(estimator: E): E {
  if (estimator instanceof Estimator) return estimator.__sklearn_clone__() as E;
  if (Array.isArray(estimator)) return estimator.map((e) => clone(e)) as E;
  throw new TypeError(
    isClass(estimator)
      ? "Cannot clone object. You should provide an instance of scikit-learn estimator instead of a class."
      : `Cannot clone object '${repr(estimator)}' (type ${repr(type(estimator))}): it does not seem to be a scikit-learn estimator as it does not implement a 'get_params' method.`,
  );
}
