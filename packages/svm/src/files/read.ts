import { PickledArray, PickledObject, PickledTable, readEstimators } from "@cognate/formats";
import { fromStrided, itemOf, type ndarray, textArray } from "@cognate/ndarray/core";
import { Float, Tuple, UnpicklingError } from "@cognate/py";
import { CsrMatrix, floats, wholes } from "../base/arrays.js";
import type { Estimator } from "../base/estimator.js";
import { Bunch } from "../datasets/bunch.js";
import { Pipeline } from "../pipeline/pipeline.js";
import { LabelEncoder } from "../preprocessing/label.js";
import { MaxAbsScaler, MinMaxScaler, Normalizer } from "../preprocessing/scalers.js";
import { StandardScaler } from "../preprocessing/standard-scaler.js";
import { BaseLibSVM } from "../svm/libsvm-base.js";
import { LinearSVC, LinearSVR } from "../svm/linear.js";
import { NuSVR, OneClassSVM, SVR } from "../svm/regressor.js";
import { NuSVC, SVC } from "../svm/svc.js";
import { modelOf } from "./model-state.js";

/** Estimators by the last part of their path; modules moved over the years. */
export const CLASSES: Readonly<Record<string, Function>> = {
  SVC,
  NuSVC,
  SVR,
  NuSVR,
  OneClassSVM,
  LinearSVC,
  LinearSVR,
  StandardScaler,
  MinMaxScaler,
  MaxAbsScaler,
  Normalizer,
  LabelEncoder,
  Pipeline,
};

/** What is needed to make values of a pickle our own: objects met before, so that sharing stays. */
class Reviver {
  private readonly done = new Map<object, unknown>();

  value(x: unknown): unknown {
    if (typeof x !== "object" || x === null) return x;
    if (this.done.has(x)) return this.done.get(x);
    const made = this.make(x);
    this.done.set(x, made);
    return made;
  }

  private make(x: object): unknown {
    if (x instanceof PickledArray) return arrayOf(x);
    if (x instanceof Number) return Number.isInteger(x.valueOf()) ? new Float(x.valueOf()) : x.valueOf();
    if (x instanceof Map) {
      const entries = [...x].map(([k, v]) => [this.value(k), this.value(v)] as const);
      return entries.every(([k]) => typeof k === "string")
        ? Object.fromEntries(entries as [string, unknown][])
        : new Map(entries);
    }
    if (Array.isArray(x)) {
      const items = Array.from(x, (v) => this.value(v));
      return x.constructor === Array ? items : Tuple.of_(items);
    }
    if (x instanceof PickledObject) return this.object(x);
    return x;
  }

  private object(o: PickledObject): unknown {
    const { name, module } = o.callable;
    if (module.startsWith("scipy.sparse")) return this.sparse(o);
    if (name === "Bunch") return new Bunch(this.state(o));
    const Class = module.startsWith("sklearn") ? CLASSES[name] : undefined;
    if (!Class)
      throw new UnpicklingError(
        `the pickle holds a ${o.callable.path}, which is none of ${Object.keys(CLASSES).join(", ")}`,
      );
    const e = new (Class as new (...args: unknown[]) => Estimator)(...(Class === Pipeline ? [[]] : []));
    this.done.set(o, e);
    restore(e, this.state(o));
    return e;
  }

  private state(o: PickledObject): Record<string, unknown> {
    const state = this.value(o.state ?? new Map()) as Record<string, unknown>;
    return { ...state };
  }

  private sparse(o: PickledObject): CsrMatrix {
    const s = this.state(o);
    if (!o.callable.name.startsWith("csr"))
      throw new UnpicklingError(
        `the pickle holds a ${o.callable.path}; only matrices by rows (csr) are read`,
      );
    const shape = (s._shape ?? s.shape) as readonly number[];
    return new CsrMatrix({
      data: floats(s.data as ndarray),
      indices: wholes(s.indices as ndarray),
      indptr: wholes(s.indptr as ndarray),
      shape: [Number(shape[0]), Number(shape[1])],
    });
  }
}

function arrayOf(x: PickledArray): unknown {
  if (x instanceof PickledTable && x.items) {
    const texts = x.items.every((v) => typeof v === "string");
    if (texts) return textArray(x.items.length === 0 ? [] : x.items).reshape([...x.shape]);
    return [...x.items];
  }
  if (!x.array) throw new UnpicklingError("the pickle holds an array without content");
  return x.scalar ? itemOf(x.array) : fromStrided(x.array);
}

/** Attributes that only the pickle has: they follow from others here. */
const DERIVED = new Set([
  "_sklearn_version",
  "_effective_probability",
  "_n_support",
  "_probA",
  "_probB",
  "_num_iter",
  "_intercept_",
  "_dual_coef_",
]);

/** Gives an estimator the attributes of its pickle. */
function restore(e: Estimator, state: Record<string, unknown>): void {
  const names = e._parameter_names;
  for (const name of names) if (name in state) (e as unknown as Record<string, unknown>)[name] = state[name];
  for (const [key, value] of Object.entries(state)) {
    if (names.includes(key) || DERIVED.has(key)) continue;
    if (
      e instanceof BaseLibSVM &&
      ["nu", "C", "epsilon", "probability", "class_weight", "random_state"].includes(key)
    )
      continue;
    (e as unknown as Record<string, unknown>)[key] = value;
  }
  if (e instanceof BaseLibSVM && "_dual_coef_" in state) e._model = modelOf(e, state);
}

/**
 * What a pickle of scikit-learn's holds: fitted estimators, arrays, plain values. Nothing from it is executed.
 *
 * @throws UnpicklingError for classes that are not known here
 */
export const revive = (bytes: Uint8Array): unknown => new Reviver().value(readEstimators(bytes));
