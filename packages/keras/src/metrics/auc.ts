import { dtypeNamed } from "@cognate/kernel";
import { pyClass, repr, Tuple, ValueError } from "@cognate/py";
import { epsilon } from "../backend/config.js";
import { valueOf } from "../backend/create.js";
import { type Tensor, type TensorLike, wrap } from "../backend/tensor.js";
import type { Variable } from "../backend/variable.js";
import type { DTypePolicyLike } from "../dtype-policies/dtype-policy.js";
import { hide } from "../hide.js";
import { sigmoid } from "../ops/nn/activation.js";
import {
  add,
  divide_no_nan,
  equal,
  greater,
  log,
  logical_and,
  maximum,
  minimum,
  multiply,
  subtract,
  where,
} from "../ops/numpy/elementwise.js";
import { mean, sum } from "../ops/numpy/reduction.js";
import { areEven, updateCounts } from "./confusion.js";
import { MetricImpl, namedUpdates, type Weights } from "./metric.js";

type Curve = "ROC" | "PR" | "PRGAIN";
type Summation = "interpolation" | "majoring" | "minoring";

function curveOf(name: string): Curve {
  const found = (["ROC", "PR", "PRGAIN"] as const).find((c) => name === c || name === c.toLowerCase());
  if (found) return found;
  throw new ValueError(`Invalid AUC curve value: "${name}". Expected values are ["PR", "ROC", "PRGAIN"]`);
}
function summationOf(name: string): Summation {
  const found = (["interpolation", "majoring", "minoring"] as const).find(
    (s) => name === s || name === s[0]!.toUpperCase() + s.slice(1),
  );
  if (found) return found;
  throw new ValueError(
    `Invalid AUC summation method value: "${name}". Expected values are ["interpolation", "majoring", "minoring"]`,
  );
}

const ratio = (a: Tensor, b: Tensor): Tensor => divide_no_nan.impl(a, b) as Tensor;
const share = (a: Tensor, b: Tensor): Tensor => ratio(a, add.impl(a, b));

class AUCImpl extends MetricImpl {
  readonly num_thresholds: number;
  readonly curve: Curve;
  readonly summation_method: Summation;
  readonly multi_label: boolean;
  readonly num_labels: number | null;
  declare readonly label_weights: Tensor | null;
  declare readonly _from_logits: boolean;
  declare readonly _thresholds: readonly number[];
  declare readonly _given: readonly number[] | null;
  declare readonly _even: boolean;
  declare _built: boolean;
  declare true_positives: Variable;
  declare false_positives: Variable;
  declare true_negatives: Variable;
  declare false_negatives: Variable;

  constructor(
    num_thresholds = 200,
    curve = "ROC",
    summation_method = "interpolation",
    name: string | null = null,
    dtype: DTypePolicyLike | null = null,
    thresholds: readonly number[] | null = null,
    multi_label = false,
    num_labels: number | null = null,
    label_weights: TensorLike | null = null,
    from_logits = false,
  ) {
    const given = thresholds === null ? null : [...thresholds].map(Number).sort((a, b) => a - b);
    if (given === null && num_thresholds <= 1)
      throw new ValueError(
        `Argument \`num_thresholds\` must be an integer > 1. Received: num_thresholds=${num_thresholds}`,
      );
    const kind = curveOf(curve);
    const method = summationOf(summation_method);
    super(dtype, name);
    this._direction = "up";
    this.num_thresholds = given === null ? num_thresholds : given.length + 2;
    const inner =
      given ?? Array.from({ length: num_thresholds - 2 }, (_, i) => (i + 1) / (num_thresholds - 1));
    hide(this, "_given", given);
    hide(this, "_even", given === null || areEven([0, ...given, 1]));
    hide(this, "_thresholds", [-epsilon(), ...inner, 1 + epsilon()]);
    this.curve = kind;
    this.summation_method = method;
    this.multi_label = multi_label;
    this.num_labels = num_labels;
    const weights = label_weights === null ? null : wrap(valueOf(label_weights, dtypeNamed(this.dtype)!));
    hide(this, "label_weights", weights);
    hide(this, "_from_logits", from_logits);
    hide(this, "_built", false);
    if (!multi_label && num_labels)
      throw new ValueError("`num_labels` is needed only when `multi_label` is True.");
    if (!multi_label) this._build(null);
    else if (num_labels) this._build([null, num_labels]);
  }
  get thresholds(): number[] {
    return [...this._thresholds];
  }

  _build(shape: readonly (number | null)[] | null): void {
    if (this.multi_label && shape!.length !== 2)
      throw new ValueError(
        `\`y_pred\` must have rank 2 when \`multi_label=True\`. Found rank ${shape!.length}. Full shape received for \`y_pred\`: ${repr(Tuple.of_(shape!))}`,
      );
    const lengths = this.multi_label ? [this.num_thresholds, shape![1]!] : [this.num_thresholds];
    for (const key of ["true_positives", "false_positives", "true_negatives", "false_negatives"])
      hide(this, key, this.add_variable(lengths, "zeros", null, "sum", key));
    this._built = true;
  }

  override update_state(y_true: TensorLike, y_pred: TensorLike, sample_weight: Weights = null): void {
    if (!this._built) this._build(valueOf(y_pred).shape);
    updateCounts(
      {
        tp: this.true_positives,
        tn: this.true_negatives,
        fp: this.false_positives,
        fn: this.false_negatives,
      },
      y_true,
      this._from_logits ? sigmoid.impl(y_pred) : y_pred,
      {
        thresholds: this._thresholds,
        even: this._even,
        sampleWeight: sample_weight,
        multiLabel: this.multi_label,
        labelWeights: this.multi_label ? null : this.label_weights,
      },
    );
  }

  private _added(areas: Tensor): Tensor {
    if (!this.multi_label) return sum.impl(areas);
    const each = sum.impl(areas, 0);
    const weights = this.label_weights;
    if (weights === null) return mean.impl(each);
    return ratio(sum.impl(multiply.impl(each, weights)), sum.impl(weights));
  }
  /** The area under precision over recall, between thresholds as J. Davis, M. Goadrich (2006) interpolate it. */
  interpolate_pr_auc(): Tensor {
    const [tp, fp, fn] = this._counted();
    const before = (x: Tensor): Tensor => x.at(":-1");
    const after = (x: Tensor): Tensor => x.at("1:");
    const gained = subtract.impl(before(tp), after(tp));
    const p = add.impl(tp, fp);
    const [p0, p1] = [before(p), after(p)];
    const slope = ratio(gained, maximum.impl(subtract.impl(p0, p1), 0));
    const intercept = subtract.impl(after(tp), multiply.impl(slope, p1));
    const both = logical_and.impl(greater.impl(p0, 0), greater.impl(p1, 0));
    const growth = where.impl(both, ratio(p0, maximum.impl(p1, 0)), 1) as Tensor;
    const area = multiply.impl(slope, add.impl(gained, multiply.impl(intercept, log.impl(growth))));
    return this._added(ratio(area, maximum.impl(add.impl(after(tp), after(fn)), 0)));
  }
  private _counted(): [tp: Tensor, fp: Tensor, fn: Tensor, tn: Tensor] {
    return [
      this.true_positives.value,
      this.false_positives.value,
      this.false_negatives.value,
      this.true_negatives.value,
    ];
  }
  private _axes(): [x: Tensor, y: Tensor] {
    const [tp, fp, fn, tn] = this._counted();
    const recall = share(tp, fn);
    if (this.curve === "ROC") return [share(fp, tn), recall];
    if (this.curve === "PR") return [recall, share(tp, fp)];
    const scale = ratio(add.impl(tp, fn), add.impl(tn, fp));
    const gain = (missed: Tensor, none: number): Tensor => {
      const own = subtract.impl(1, multiply.impl(scale, ratio(missed, tp)));
      return where.impl(equal.impl(tp, 0), none, own) as Tensor;
    };
    return [maximum.impl(gain(fn, 0), 0), gain(fp, 1)];
  }
  override result(): Tensor {
    if (this.curve === "PR" && this.summation_method === "interpolation") return this.interpolate_pr_auc();
    const [x, y] = this._axes();
    const [y0, y1] = [y.at(":-1"), y.at("1:")];
    const heights = {
      interpolation: () => multiply.impl(add.impl(y0, y1), 0.5),
      minoring: () => minimum.impl(y0, y1),
      majoring: () => maximum.impl(y0, y1),
    }[this.summation_method]();
    return this._added(multiply.impl(subtract.impl(x.at(":-1"), x.at("1:")), heights));
  }
  override get_config(): Record<string, unknown> {
    const { num_thresholds, curve, summation_method, multi_label, num_labels, label_weights } = this;
    return {
      ...super.get_config(),
      num_thresholds,
      curve,
      summation_method,
      multi_label,
      num_labels,
      label_weights,
      from_logits: this._from_logits,
      ...(this._given ? { thresholds: [...this._given] } : {}),
    };
  }
}
namedUpdates(AUCImpl);
/**
 * `keras.metrics.AUC`: the area under the curve of true over false positives (`ROC`), or of precision over recall (`PR`),
 * as thresholds go from 0 to 1.
 */
export const AUC = pyClass(
  "keras.src.metrics.confusion_metrics.AUC",
  "num_thresholds curve summation_method name dtype thresholds multi_label num_labels label_weights from_logits",
  AUCImpl,
);
export type AUC = AUCImpl;
