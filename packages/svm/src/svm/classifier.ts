import type { Strided } from "@cognate/kernel";
import { type ArrayLike, elementary, type ndarray } from "@cognate/ndarray/core";
import { AttributeError, className, FutureWarning, ValueError, warn } from "@cognate/py";
import { f64, floats, type MatrixLike, type TargetLike } from "../base/arrays.js";
import { reader } from "../base/call.js";
import * as must from "../base/constraints.js";
import { NotFittedError } from "../base/errors.js";
import { check_is_fitted } from "../base/estimator.js";
import {
  type ClassWeight,
  checkClassificationTargets,
  computeClassWeight,
  decode,
  type Encoded,
  encode,
} from "../base/labels.js";
import { columnOr1d } from "../base/validation.js";
import { accuracy_score } from "../metrics/classification.js";
import { classProbabilities, votes } from "../solver/model.js";
import { BaseLibSVM, type FitArguments, readFit, readX, SHARED_CONSTRAINTS } from "./libsvm-base.js";

/** Constraints of both classifiers besides C or ν. */
export const CLASSIFIER_CONSTRAINTS = {
  ...SHARED_CONSTRAINTS,
  probability: [must.boolean, must.hidden("deprecated")],
  class_weight: [must.words("balanced"), must.dictionary, must.none],
  random_state: [must.randomState],
  decision_function_shape: [must.words("ovr", "ovo")],
  break_ties: [must.boolean],
};

const readPredict = readX("BaseSVC.predict");
const readDecision = readX("BaseSVC.decision_function");
const readProba = readX("BaseSVC.predict_proba");
export const readScore = reader("ClassifierMixin.score", "X:dict y sample_weight", 2);

export type XArguments = [X: MatrixLike] | [keywords: { X: MatrixLike }];

/** What SVC and NuSVC have in common. */
export abstract class BaseSVC extends BaseLibSVM {
  declare class_weight: ClassWeight;
  declare decision_function_shape: "ovr" | "ovo";
  declare break_ties: boolean;
  /** The labels in order. */
  declare classes_: ndarray;
  /** C's factor for each class. */
  declare class_weight_: ndarray;

  override get _estimator_type() {
    return "classifier" as const;
  }

  override _validate_targets(y: TargetLike): Float64Array {
    const line = columnOr1d(y);
    checkClassificationTargets(line);
    const found: Encoded = encode(line);
    this.class_weight_ = f64(computeClassWeight(this.class_weight, found));
    const k = found.classes.size;
    if (k < 2) throw new ValueError(`The number of classes has to be greater than one; got ${k} class`);
    this.classes_ = found.classes;
    return Float64Array.from(found.codes);
  }
  override get _class_factors(): Float64Array {
    return floats(this.class_weight_);
  }

  /**
   * Trains the machine.
   *
   * @param X - samples, [n_samples, n_features]; for a precomputed kernel the matrix K(X, X)
   * @param y - a label for each sample
   * @param sample_weight - factors of C
   * @throws ValueError, InvalidParameterError in scikit-learn's words
   */
  fit(...args: FitArguments): this {
    const [X, y, weight] = readFit(args) as [MatrixLike, TargetLike, ArrayLike | null | undefined];
    return this.fitTo(X, y, weight);
  }

  /** One value a pair of classes ("ovo"), a class ("ovr"), or, for two classes, a sample: positive for the second. */
  decision_function(...args: XArguments): ndarray {
    const [X] = readDecision(args) as [MatrixLike];
    const { values, samples } = this.rawDecision(X);
    const k = this.classes_.size;
    if (k === 2) return f64(values.map((v) => -v));
    if (this.decision_function_shape === "ovr") return f64(oneVersusRest(values, samples, k), [samples, k]);
    return f64(values, [samples, values.length / samples]);
  }

  /** The label of each sample. */
  override predict(...args: XArguments): ndarray {
    const [X] = readPredict(args) as [MatrixLike];
    check_is_fitted(this);
    if (this.break_ties && this.decision_function_shape === "ovo")
      throw new ValueError("break_ties must be False when decision_function_shape is 'ovo'");
    if (this.break_ties && this.classes_.size > 2) {
      const best = this.decision_function(X).argmax(1) as ndarray;
      return decode(this.classes_, Int32Array.from(floats(best)));
    }
    return decode(this.classes_, votes(this._model, this.rawDecision(X).values));
  }

  private checkProbability(): void {
    if (this.probability !== true)
      throw new AttributeError(`This '${className(this.constructor)}' has no attribute 'predict_proba'`);
  }

  /** Class probabilities, [n_samples, n_classes]. @throws AttributeError where `probability` is not set */
  predict_proba(...args: XArguments): ndarray {
    this.checkProbability();
    const [X] = readProba(args) as [MatrixLike];
    const { values, samples } = this.rawDecision(X);
    if (this._model.probA.length === 0)
      throw new NotFittedError("predict_proba is not available when fitted with probability=False");
    return f64(classProbabilities(this._model, values), [samples, this.classes_.size]);
  }
  /** Logarithms of the class probabilities. */
  predict_log_proba(...args: XArguments): ndarray {
    return elementary.log(this.predict_proba(...args)) as ndarray;
  }

  get probA_(): ndarray {
    return this.sigmoid("probA_", this._model.probA);
  }
  get probB_(): ndarray {
    return this.sigmoid("probB_", this._model.probB);
  }
  private sigmoid(name: string, data: Float64Array): ndarray {
    void name;
    warn(
      "Attribute `probA_` was deprecated in version 1.9 and will be removed in 1.11 as the `probability=True` option for SVC and NuSVC was deprecated and will be removed in 1.11.".replace(
        "probA_",
        name,
      ),
      FutureWarning,
    );
    return f64(data.slice());
  }

  /** The share of samples whose label is predicted. */
  score(...args: FitArguments): number {
    const [X, y, weight = null] = readScore(args) as [MatrixLike, TargetLike, ArrayLike | null | undefined];
    return accuracy_score(y, this.predict(X), { sample_weight: weight });
  }

  protected override pairWeights(dual: Strided, vectors: Strided): Strided {
    const k = this.classes_.size;
    if (k === 2) return super.pairWeights(dual, vectors);
    const [m, d] = vectors.shape as [number, number];
    const [c, v] = [floats(dual), floats(vectors)];
    const counts = this._model.counts;
    const start = new Int32Array(k + 1);
    for (let i = 0; i < k; i++) start[i + 1] = start[i]! + counts[i]!;
    const out = new Float64Array(((k * (k - 1)) / 2) * d);
    let row = 0;
    const add = (from: number, to: number, line: number): void => {
      for (let t = from; t < to; t++)
        for (let f = 0; f < d; f++) out[row * d + f]! += c[line * m + t]! * v[t * d + f]!;
    };
    for (let i = 0; i < k; i++)
      for (let j = i + 1; j < k; j++, row++) {
        add(start[i]!, start[i + 1]!, j - 1);
        add(start[j]!, start[j + 1]!, i);
      }
    return f64(out, [(k * (k - 1)) / 2, d])._a;
  }
}

/** Votes of the pairs, with their confidences to break ties. */
function oneVersusRest(values: Float64Array, n: number, k: number): Float64Array {
  const pairs = (k * (k - 1)) / 2;
  const out = new Float64Array(n * k);
  const sums = new Float64Array(k);
  for (let r = 0; r < n; r++) {
    sums.fill(0);
    let at = r * pairs;
    for (let i = 0; i < k; i++)
      for (let j = i + 1; j < k; j++, at++) {
        const v = values[at]!;
        sums[i]! += v;
        sums[j]! -= v;
        out[r * k + (v < 0 ? j : i)]! += 1;
      }
    for (let i = 0; i < k; i++) out[r * k + i]! += sums[i]! / (3 * (Math.abs(sums[i]!) + 1));
  }
  return out;
}
