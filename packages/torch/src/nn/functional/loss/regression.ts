import { ops } from "@cognate/kernel";
import { def, RuntimeError, ValueError } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { inTorchWords } from "../../../errors.js";
import { valueOf } from "../../../ops/args.js";
import type { Tensor, TensorLike } from "../../../tensor/tensor.js";
import { done, number, type Optional, type Reduction, reduced, reductionOf } from "../args.js";
import { promoted, refuse, sameSize, warnSizes } from "./common.js";

/** Weighted losses: `mean` divides by the weights' sum. */
function weighted(loss: Value, x: Value, weight: TensorLike, reduction: string, byWeight: boolean): Tensor {
  const w = valueOf(weight);
  if (!sameSize(w, x)) throw new ValueError("Weights and input must have the same size.");
  const each = loss.mul(w.cast({ dtype: loss.dtype }));
  if (reduction === "none") return done(each, "MulBackward0");
  if (reduction === "sum") return done(each.sum(), "SumBackward0");
  if (reduction !== "mean")
    throw new ValueError(`Invalid reduction mode: ${reduction}. Expected one of 'none', 'mean', 'sum'.`);
  return byWeight
    ? done(each.sum().div(w.sum().cast({ dtype: loss.dtype })), "DivBackward0")
    : done(each.mean(), "MeanBackward0");
}

const SIGNATURE = "input target size_average reduce reduction weight";

/**
 * (input − target)², averaged unless `reduction` says otherwise.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as F from "@cognate/torch/nn/functional";
 * import { print } from "@cognate/py";
 * print(F.mse_loss(torch.tensor([0.5, 2]), torch.tensor([1.5, 2]))); // prints tensor(0.5000)
 * ```
 */
export const mse_loss = def(
  "torch.nn.functional.mse_loss",
  SIGNATURE,
  (
    input: TensorLike,
    target: TensorLike,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
    weight: Optional = null,
  ): Tensor => {
    const [x, t] = promoted(input, target) as [Value, Value];
    warnSizes(valueOf(input), valueOf(target));
    return inTorchWords("mse_loss", () => {
      if (weight !== null) {
        const how =
          size_average !== null || reduce !== null ? reductionOf(reduction, size_average, reduce) : reduction;
        return weighted(call(ops.squaredError, [x, t], undefined), valueOf(input), weight, how, true);
      }
      const how = reductionOf(reduction, size_average, reduce);
      refuse("mse_cpu", x);
      return done(reduced(call(ops.squaredError, [x, t], undefined), how), "MseLossBackward0");
    });
  },
);

/** |input − target|, averaged unless `reduction` says otherwise. */
export const l1_loss = def(
  "torch.nn.functional.l1_loss",
  SIGNATURE,
  (
    input: TensorLike,
    target: TensorLike,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
    weight: Optional = null,
  ): Tensor => {
    const [x, t] = promoted(input, target) as [Value, Value];
    warnSizes(valueOf(input), valueOf(target));
    return inTorchWords("l1_loss", () => {
      const each = x.sub(t).abs() as Value;
      if (weight !== null) {
        const how =
          size_average !== null || reduce !== null ? reductionOf(reduction, size_average, reduce) : reduction;
        return weighted(each, valueOf(input), weight, how, true);
      }
      const how = reductionOf(reduction, size_average, reduce);
      return done(reduced(each, how), L1_GRAD[how]);
    });
  },
);

const L1_GRAD: Readonly<Record<Reduction, string>> = {
  none: "AbsBackward0",
  mean: "MeanBackward0",
  sum: "SumBackward0",
};

/** A square where |input − target| is below beta, a line beyond it. @throws RuntimeError for a negative beta */
export const smooth_l1_loss = def(
  "torch.nn.functional.smooth_l1_loss",
  "input target size_average reduce reduction beta",
  (
    input: TensorLike,
    target: TensorLike,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
    beta: number | Number = 1,
  ): Tensor => {
    const [x, t] = promoted(input, target) as [Value, Value];
    warnSizes(valueOf(input), valueOf(target));
    const how = reductionOf(reduction, size_average, reduce);
    return inTorchWords("smooth_l1_loss", () => {
      if (number(beta) === 0) return done(reduced(x.sub(t).abs(), how), L1_GRAD[how]);
      if (number(beta) < 0)
        throw new RuntimeError("smooth_l1_loss does not support negative values for beta.");
      refuse("smooth_l1_cpu", x);
      return done(reduced(call(ops.smoothL1, [x, t], { beta: number(beta) }), how), "SmoothL1LossBackward0");
    });
  },
);

/** Half the square where |input − target| is at most delta, a line beyond it. @throws RuntimeError unless delta > 0 */
export const huber_loss = def(
  "torch.nn.functional.huber_loss",
  "input target reduction delta weight",
  (
    input: TensorLike,
    target: TensorLike,
    reduction = "mean",
    delta: number | Number = 1,
    weight: Optional = null,
  ): Tensor => {
    const [x, t] = promoted(input, target) as [Value, Value];
    warnSizes(valueOf(input), valueOf(target));
    const each = (): Value => {
      if (number(delta) <= 0)
        throw new RuntimeError("huber_loss does not support non-positive values for delta.");
      refuse("huber_cpu", x);
      return call(ops.huber, [x, t], { delta: number(delta) });
    };
    return inTorchWords("huber_loss", () => {
      if (weight !== null) return weighted(each(), valueOf(input), weight, reduction, false);
      const how = reductionOf(reduction);
      return done(reduced(each(), how), "HuberLossBackward0");
    });
  },
);
