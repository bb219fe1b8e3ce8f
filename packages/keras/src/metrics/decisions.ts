import { asFloat, pyClass, ValueError } from "@cognate/py";
import type { Tensor, TensorLike } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import type { DTypePolicyLike } from "../dtype-policies/dtype-policy.js";
import { hide } from "../hide.js";
import { add, divide_no_nan, greater_equal, where } from "../ops/numpy/elementwise.js";
import { max } from "../ops/numpy/reduction.js";
import type { OptionClass } from "../option-class.js";
import { areEven, type Count, NEG_INF, thresholdsOf, updateCounts } from "./confusion.js";
import { MetricImpl, namedUpdates, type Weights } from "./metric.js";

const PATH = "keras.src.metrics.confusion_metrics";
type Type = DTypePolicyLike | null;
type Thresholds = number | readonly number[] | null;

/** Names of counts as variables. */
const NAMES: Readonly<Record<Count, string>> = {
  tp: "true_positives",
  fp: "false_positives",
  tn: "true_negatives",
  fn: "false_negatives",
};

const share = (a: Variable, b: Variable): Tensor => divide_no_nan.impl(a, add.impl(a, b)) as Tensor;

/** Metrics that count decisions at thresholds. */
abstract class CountingImpl extends MetricImpl {
  declare thresholds: readonly number[];
  declare readonly _even: boolean;
  declare readonly _counts: Partial<Record<Count, Variable>>;

  _start(thresholds: readonly number[], even: boolean, kept: readonly Count[]): void {
    hide(this, "thresholds", thresholds);
    hide(this, "_even", even);
    hide(this, "_counts", {});
    for (const c of kept) {
      const v = this.add_variable([thresholds.length], "zeros", null, "sum", NAMES[c]);
      this._counts[c] = v;
      hide(this, NAMES[c], v);
    }
  }
  _update(
    y_true: TensorLike,
    y_pred: TensorLike,
    sampleWeight: Weights,
    topK: number | null,
    classId: number | null,
  ) {
    updateCounts(this._counts, y_true, y_pred, {
      thresholds: this.thresholds,
      even: this._even,
      topK,
      classId,
      sampleWeight,
    });
  }
  /** The only entry where there is one threshold. */
  _single(x: Tensor): Tensor {
    return this.thresholds.length === 1 ? x.at(0) : x;
  }
}

/** One of the four counts. */
function counting(name: string, count: Count) {
  class Impl extends CountingImpl {
    readonly init_thresholds: Thresholds;
    declare accumulator: Variable;
    constructor(thresholds: Thresholds = null, name: string | null = null, dtype: Type = null) {
      super(dtype, name);
      this.init_thresholds = thresholds;
      const list = thresholdsOf(thresholds, 0.5);
      this._start(list, areEven(list), []);
      hide(this, "accumulator", this.add_variable([list.length], "zeros", null, "sum", "accumulator"));
      this._counts[count] = this.accumulator;
    }
    override update_state(y_true: TensorLike, y_pred: TensorLike, sample_weight: Weights = null): void {
      this._update(y_true, y_pred, sample_weight, null, null);
    }
    override result(): Tensor {
      return this._single(this.accumulator.value);
    }
    override get_config(): Record<string, unknown> {
      return { ...super.get_config(), thresholds: this.init_thresholds };
    }
  }
  namedUpdates(Impl);
  return pyClass(`${PATH}.${name}`, "thresholds name dtype", Impl);
}
/** `keras.metrics.TruePositives`: how many positives were seen as such. */
export const TruePositives = counting("TruePositives", "tp");
/** `keras.metrics.FalsePositives`: how many negatives were seen as positives. */
export const FalsePositives = counting("FalsePositives", "fp");
/** `keras.metrics.TrueNegatives`: how many negatives were seen as such. */
export const TrueNegatives = counting("TrueNegatives", "tn");
/** `keras.metrics.FalseNegatives`: how many positives were seen as negatives. */
export const FalseNegatives = counting("FalseNegatives", "fn");

/** true positives / (true positives + `other`). */
function shareOfPositives(name: string, other: Count) {
  class Impl extends CountingImpl {
    readonly init_thresholds: Thresholds;
    readonly top_k: number | null;
    readonly class_id: number | null;
    constructor(
      thresholds: Thresholds = null,
      top_k: number | null = null,
      class_id: number | null = null,
      name: string | null = null,
      dtype: Type = null,
    ) {
      super(dtype, name);
      this._direction = "up";
      this.init_thresholds = thresholds;
      this.top_k = top_k;
      this.class_id = class_id;
      const list = thresholdsOf(thresholds, top_k === null ? 0.5 : NEG_INF);
      this._start(list, areEven(list), ["tp", other]);
    }
    override update_state(y_true: TensorLike, y_pred: TensorLike, sample_weight: Weights = null): void {
      this._update(y_true, y_pred, sample_weight, this.top_k, this.class_id);
    }
    override result(): Tensor {
      return this._single(share(this._counts.tp!, this._counts[other]!));
    }
    override get_config(): Record<string, unknown> {
      const { init_thresholds: thresholds, top_k, class_id } = this;
      return { ...super.get_config(), thresholds, top_k, class_id };
    }
  }
  namedUpdates(Impl);
  return pyClass(`${PATH}.${name}`, "thresholds top_k class_id name dtype", Impl);
}
/**
 * `keras.metrics.Precision`: how many of what was seen as positive is.
 *
 * @example
 * ```ts
 * import * as keras from "@cognate/keras";
 * import { print } from "@cognate/py";
 * const precision = keras.metrics.Precision();
 * precision.update_state([0, 1, 1, 1], [1, 0, 1, 1]);
 * print(precision.result()); // prints tf.Tensor(0.6666667, shape=(), dtype=float32)
 * ```
 */
export const Precision = shareOfPositives("Precision", "fp");
export type Precision = InstanceType<typeof Precision>;
/** `keras.metrics.Recall`: how many of the positives were seen as such. */
export const Recall = shareOfPositives("Recall", "fn");
export type Recall = InstanceType<typeof Recall>;

type Ratio = (c: Readonly<Record<Count, Variable>>) => Tensor;
const sensitivity: Ratio = ({ tp, fn }) => share(tp, fn);
const specificity: Ratio = ({ tn, fp }) => share(tn, fp);
const precision: Ratio = ({ tp, fp }) => share(tp, fp);

/** The best of one ratio over the thresholds at which another is at least a value. */
function bestUnder<const K extends string>(name: string, parameter: K, held: Ratio, wanted: Ratio) {
  class Impl extends CountingImpl {
    readonly value: number;
    readonly class_id: number | null;
    readonly num_thresholds: number;
    constructor(
      value: number,
      num_thresholds = 200,
      class_id: number | null = null,
      name: string | null = null,
      dtype: Type = null,
    ) {
      if (!(value >= 0 && value <= 1))
        throw new ValueError(
          `Argument \`${parameter}\` must be in the range [0, 1]. Received: ${parameter}=${value}`,
        );
      super(dtype, name);
      this._direction = "up";
      if (num_thresholds <= 0)
        throw new ValueError(
          `Argument \`num_thresholds\` must be an integer > 0. Received: num_thresholds=${num_thresholds}`,
        );
      this.value = value;
      this.class_id = class_id;
      this.num_thresholds = num_thresholds;
      (this as unknown as Record<string, unknown>)[parameter] = value;
      const list =
        num_thresholds === 1
          ? [0.5]
          : Array.from({ length: num_thresholds }, (_, i) => i / (num_thresholds - 1));
      this._start(list, num_thresholds > 1, ["tp", "fp", "tn", "fn"]);
    }
    override update_state(y_true: TensorLike, y_pred: TensorLike, sample_weight: Weights = null): void {
      this._update(y_true, y_pred, sample_weight, null, this.class_id);
    }
    override result(): Tensor {
      const counts = this._counts as Record<Count, Variable>;
      const feasible = greater_equal.impl(held(counts), this.value);
      return max.impl(where.impl(feasible, wanted(counts), 0) as Tensor, null, false, 0) as Tensor;
    }
    override get_config(): Record<string, unknown> {
      const { class_id, num_thresholds } = this;
      return { ...super.get_config(), class_id, num_thresholds, [parameter]: asFloat(this.value) };
    }
  }
  Object.defineProperty(Impl, "length", { value: 1 });
  namedUpdates(Impl);
  type Make = (
    value: number,
    num_thresholds?: number,
    class_id?: number | null,
    name?: string | null,
    dtype?: Type,
  ) => object;
  return pyClass(
    `${PATH}.${name}`,
    `${parameter} num_thresholds class_id name dtype`,
    Impl,
  ) as unknown as OptionClass<`${K} num_thresholds class_id name dtype`, Make, Impl>;
}
/** `keras.metrics.SensitivityAtSpecificity`: the best sensitivity at a specificity of at least a value. */
export const SensitivityAtSpecificity = bestUnder(
  "SensitivityAtSpecificity",
  "specificity",
  specificity,
  sensitivity,
);
/** `keras.metrics.SpecificityAtSensitivity`: the best specificity at a sensitivity of at least a value. */
export const SpecificityAtSensitivity = bestUnder(
  "SpecificityAtSensitivity",
  "sensitivity",
  sensitivity,
  specificity,
);
/** `keras.metrics.PrecisionAtRecall`: the best precision at a recall of at least a value. */
export const PrecisionAtRecall = bestUnder("PrecisionAtRecall", "recall", sensitivity, precision);
/** `keras.metrics.RecallAtPrecision`: the best recall at a precision of at least a value. */
export const RecallAtPrecision = bestUnder("RecallAtPrecision", "precision", precision, sensitivity);
