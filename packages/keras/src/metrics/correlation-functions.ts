import { def } from "@cognate/py";
import { epsilon } from "../backend/config.js";
import type { KerasTensor } from "../backend/keras-tensor.js";
import type { Tensor, TensorLike } from "../backend/tensor.js";
import { matched } from "../losses/functions.js";
import type { Either } from "../losses/reduce.js";
import { normalize } from "../ops/nn/norm.js";
import { add, divide, multiply, square, subtract } from "../ops/numpy/elementwise.js";
import { mean, std, sum, var_ } from "../ops/numpy/reduction.js";

type Input = TensorLike | KerasTensor;
type Axis = number | readonly number[];

const centred = (x: Either, axis: Axis): Tensor => subtract.impl(x, mean.impl(x, axis, true));

/** The correlation of targets and predictions along an axis, from −1 to 1. */
export const pearson_correlation = def(
  "keras.metrics.pearson_correlation",
  "y_true y_pred axis",
  (y_true: Input, y_pred: Input, axis: Axis = -1): Tensor => {
    const [t, p] = matched(y_true, y_pred).map((x) => {
      const c = centred(x, axis);
      return divide.impl(c, std.impl(c, axis, true));
    }) as [Tensor, Tensor];
    return mean.impl(multiply.impl(t, p), axis);
  },
);

/** How near targets and predictions are to lying on one diagonal, from −1 to 1. */
export const concordance_correlation = def(
  "keras.metrics.concordance_correlation",
  "y_true y_pred axis",
  (y_true: Input, y_pred: Input, axis: Axis = -1): Tensor => {
    const [t, p] = matched(y_true, y_pred);
    const [tMean, pMean] = [mean.impl(t, axis, true), mean.impl(p, axis, true)];
    const spread = add.impl(
      var_.impl(subtract.impl(t, tMean), axis, true),
      var_.impl(subtract.impl(p, pMean), axis, true),
    );
    const covariance = multiply.impl(subtract.impl(t, pMean), subtract.impl(p, pMean));
    const norm = add.impl(spread, square.impl(subtract.impl(tMean, pMean)));
    const share = divide.impl(multiply.impl(2, covariance), add.impl(norm, epsilon()));
    return mean.impl(share, axis);
  },
);

/** cos of the angle between targets and predictions along an axis. */
export const cosineOf = def(
  "keras.metrics.cosine_similarity",
  "y_true y_pred axis",
  (y_true: Input, y_pred: Input, axis = -1): Tensor => {
    const [t, p] = matched(y_true, y_pred);
    return sum.impl(multiply.impl(normalize.impl(t, axis), normalize.impl(p, axis)), axis);
  },
);
