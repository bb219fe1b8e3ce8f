import { type ArrayLike, type ndarray, TextArray } from "@cognate/ndarray/core";
import { pyClass, repr, ValueError } from "@cognate/py";
import { i64, type TargetLike, wholes } from "../base/arrays.js";
import { check_is_fitted, Estimator } from "../base/estimator.js";
import { decode, encode } from "../base/labels.js";
import { columnOr1d } from "../base/validation.js";

class LabelEncoderImpl extends Estimator {
  /** The labels in order. */
  declare classes_: ndarray;

  constructor() {
    super();
    this._assign({});
  }
  override get _estimator_type() {
    return "transformer" as const;
  }
  /** Learns the labels. */
  fit(y: TargetLike): this {
    this.classes_ = encode(columnOr1d(y)).classes;
    return this;
  }
  /** `fit`, then `transform` of the same labels. */
  fit_transform(y: TargetLike): ndarray {
    const { classes, codes } = encode(columnOr1d(y));
    this.classes_ = classes;
    return i64(codes);
  }
  /** The labels' places in the order. @throws ValueError for labels not seen before */
  transform(y: TargetLike): ndarray {
    check_is_fitted(this);
    const line = columnOr1d(y);
    const place = new Map((this.classes_.tolist() as unknown[]).map((label, i) => [label, i]));
    const labels = line.tolist() as unknown[];
    const unseen = [...new Set(labels.filter((v) => !place.has(v)))];
    if (unseen.length > 0) {
      const shown = unseen.map((v) =>
        line instanceof TextArray ? `np.str_(${repr(v)})` : `np.${line.dtype.name}(${repr(v)})`,
      );
      throw new ValueError(`y contains previously unseen labels: [${shown.join(", ")}]`);
    }
    return i64(labels.map((v) => place.get(v)!));
  }
  /** The labels that places in the order stand for. @throws ValueError */
  inverse_transform(y: ArrayLike): ndarray {
    check_is_fitted(this);
    const codes = wholes(columnOr1d(y));
    const wrong = [...new Set(codes)].filter((c) => c < 0 || c >= this.classes_.size);
    if (wrong.length > 0)
      throw new ValueError(`y contains previously unseen labels: [${wrong.sort((a, b) => a - b).join(" ")}]`);
    return decode(this.classes_, codes);
  }
}

/**
 * Numbers labels 0 … n_classes − 1 in their order.
 *
 * @example
 * ```ts
 * import { preprocessing } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const le = preprocessing.LabelEncoder().fit(["paris", "paris", "tokyo", "amsterdam"]);
 * print(le.classes_, le.transform(["tokyo", "paris"]), le.inverse_transform([2, 2, 1]));
 * // prints ['amsterdam' 'paris' 'tokyo'] [2 1] ['tokyo' 'tokyo' 'paris']
 * ```
 */
export const LabelEncoder = pyClass("sklearn.preprocessing._label.LabelEncoder", "", LabelEncoderImpl);
export type LabelEncoder = LabelEncoderImpl;
