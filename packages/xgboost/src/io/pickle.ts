/**
 * `pickle` and `joblib`: boosters and estimators as Python saved them with `pickle.dump` or `joblib.dump`.
 *
 * @packageDocumentation
 */
import {
  type ByteInput,
  bytesOf,
  type Global,
  inertGlobal,
  PickledArray,
  PickledObject,
  PickledTable,
  readEstimators,
} from "@cognate/formats";
import { fromStrided, itemOf } from "@cognate/ndarray/core";
import { Float, Tuple, UnpicklingError } from "@cognate/py";
import { Booster } from "../python/booster.js";
import { XGBClassifier, XGBRFClassifier } from "../sklearn/classifier.js";
import { XGBModel } from "../sklearn/model.js";
import { DEFAULTS, type EstimatorParams } from "../sklearn/params.js";
import { XGBRanker } from "../sklearn/ranker.js";
import { XGBRegressor, XGBRFRegressor } from "../sklearn/regressor.js";
import { loadRaw } from "./snapshot.js";

type Bag = Record<string, unknown>;
type Estimator = new (params: EstimatorParams) => XGBModel;

const ESTIMATORS: Readonly<Record<string, Estimator>> = {
  XGBModel,
  XGBClassifier,
  XGBRegressor,
  XGBRanker: XGBRanker as unknown as Estimator,
  XGBRFClassifier,
  XGBRFRegressor,
};

/** Attributes that follow from others here, or that later versions dropped. */
const DERIVED = new Set([
  "classes_",
  "n_features_in_",
  "_le",
  "best_iteration",
  "best_score",
  "best_ntree_limit",
]);

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
    if (x instanceof PickledArray) {
      if (x instanceof PickledTable && x.items) return [...x.items];
      if (!x.array) throw new UnpicklingError("the pickle holds an array without content");
      return x.scalar ? itemOf(x.array) : fromStrided(x.array);
    }
    if (x instanceof Uint8Array) return x;
    if (x instanceof Number) return Number.isInteger(x.valueOf()) ? new Float(x.valueOf()) : x.valueOf();
    if (x instanceof Map) return this.dict(x);
    if (Array.isArray(x)) {
      const items = Array.from(x, (v) => this.value(v));
      return x.constructor === Array ? items : Tuple.of_(items);
    }
    return x instanceof PickledObject ? this.object(x) : x;
  }
  private dict(x: ReadonlyMap<unknown, unknown>): unknown {
    const entries = [...x].map(([k, v]) => [this.value(k), this.value(v)] as const);
    return entries.every(([k]) => typeof k === "string")
      ? Object.fromEntries(entries as [string, unknown][])
      : new Map(entries);
  }
  private state(o: PickledObject): Bag {
    return this.value(o.state ?? new Map()) as Bag;
  }
  private object(o: PickledObject): unknown {
    const { module, name } = o.callable;
    if (module === "xgboost.core" && name === "Booster") return booster(this.state(o));
    const Class = module.startsWith("xgboost") ? ESTIMATORS[name] : undefined;
    if (!Class)
      throw new UnpicklingError(
        `the pickle holds a ${o.callable.path}, which is none of Booster, ${Object.keys(ESTIMATORS).join(", ")}`,
      );
    return estimator(Class, this.state(o));
  }
}

function booster(state: Bag): Booster {
  const out = new Booster();
  if (state.handle instanceof Uint8Array) out._categories = loadRaw(out._learner, state.handle);
  const names = state.feature_names;
  if (Array.isArray(names) && out.feature_names === null) out.feature_names = names as string[];
  return out;
}

function estimator(Class: Estimator, state: Bag): XGBModel {
  const params = Object.fromEntries(Object.entries(state).filter(([k]) => k in DEFAULTS));
  const out = new Class({ ...params, ...(state.kwargs as Bag | undefined) });
  const bag = out as unknown as Bag;
  for (const [key, value] of Object.entries(state))
    if (!(key in DEFAULTS) && !DERIVED.has(key) && /^(_Booster|[a-z]\w*_)$/.test(key)) bag[key] = value;
  return out;
}

const known = new Map<string, Global>();

/** Names of XGBoost stand for descriptions; nothing of them is run. */
function findClass(module: string, name: string): Global | undefined {
  if (!/^xgboost(\.|$)/.test(module)) return undefined;
  const path = `${module}.${name}`;
  let made = known.get(path);
  if (!made) {
    made = inertGlobal(module, name);
    known.set(path, made);
  }
  return made;
}

/**
 * Opens a pickled booster or estimator from bytes. Nothing in the file is executed.
 *
 * @throws UnpicklingError, FormatError, GlobalRefusedError
 */
export const loads = <T = Booster | XGBModel>(data: Uint8Array): T =>
  new Reviver().value(readEstimators(data, findClass)) as T;

/**
 * Opens a file of `pickle.dump` or `joblib.dump` (plain, zlib or gzip): a path or the bytes.
 *
 * @throws UnpicklingError, FormatError, GlobalRefusedError
 */
export const load = <T = Booster | XGBModel>(file: ByteInput): T => loads<T>(bytesOf(file));
