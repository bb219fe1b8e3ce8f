import type { ArrayLike, ndarray } from "@cognate/ndarray/core";
import { TextArray, textFromCodes } from "@cognate/ndarray/core";
import { TypeError, ValueError } from "@cognate/py";
import { f64, floats, type TargetLike } from "../base/arrays.js";
import { encode, targetType } from "../base/labels.js";
import { checkLengths, checkSampleWeight, columnOr1d } from "../base/validation.js";

/** True and predicted labels as numbers into one list of labels. */
export interface Compared {
  readonly labels: ndarray;
  readonly actual: Int32Array;
  readonly predicted: Int32Array;
  readonly weight: Float64Array | null;
  readonly type: "binary" | "multiclass";
}

/** Two lists of labels as one. */
export function joined(a: ndarray, b: ndarray): ndarray {
  if (a instanceof TextArray && b instanceof TextArray) {
    const words = [...a._flat(), ...b._flat()];
    return textFromCodes(Int32Array.from(words.keys()), [words.length], words);
  }
  const [x, y] = [floats(a), floats(b)];
  const out = new Float64Array(x.length + y.length);
  out.set(x);
  out.set(y, x.length);
  return f64(out).astype(a.size > 0 ? a.dtype : b.dtype) as ndarray;
}

/** Checks labels against predictions. @throws ValueError for lengths and kinds that do not fit */
export function compare(
  yTrue: TargetLike,
  yPred: TargetLike,
  weight: ArrayLike | null | undefined,
): Compared {
  checkLengths(yTrue, yPred, weight ?? null);
  const [a, b] = [columnOr1d(yTrue, false), columnOr1d(yPred, false)];
  const [kindA, kindB] = [targetType(a), targetType(b)];
  const known = (k: string): k is "binary" | "multiclass" => k === "binary" || k === "multiclass";
  if (!known(kindA) || !known(kindB)) {
    if (kindA === kindB) throw new ValueError(`${kindA} is not supported`);
    throw new ValueError(`Classification metrics can't handle a mix of ${kindA} and ${kindB} targets`);
  }
  if (a instanceof TextArray !== b instanceof TextArray)
    throw new TypeError(
      "Labels in y_true and y_pred should be of the same type. Got y_true=" +
        `${encode(a).classes} and y_pred=${encode(b).classes}. Make sure that the predictions provided by the classifier coincides with the true labels.`,
    );
  const { classes, codes } = encode(joined(a, b));
  const n = a.size;
  return {
    labels: classes,
    actual: codes.slice(0, n),
    predicted: codes.slice(n),
    weight: weight === null || weight === undefined ? null : checkSampleWeight(weight, n),
    type: classes.size <= 2 && kindA === "binary" && kindB === "binary" ? "binary" : "multiclass",
  };
}
