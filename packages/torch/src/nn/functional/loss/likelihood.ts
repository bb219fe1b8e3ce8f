import { broadcastShapes, ops } from "@cognate/kernel";
import { def, RuntimeError, ValueError, warn } from "@cognate/py";
import { call, type Value } from "@cognate/tensor";
import { inTorchWords } from "../../../errors.js";
import { scalarName } from "../../../promotion.js";
import { Tensor, type TensorLike } from "../../../tensor/tensor.js";
import {
  alike,
  done,
  floating,
  notDifferentiable,
  number,
  type Optional,
  type Reduction,
  reduced,
  reductionOf,
} from "../args.js";
import { promoted, refuse, sameSize, size, someOf } from "./common.js";

const OF_REDUCTION = (name: string, how: Reduction): string =>
  how === "none" ? name : how === "mean" ? "MeanBackward0" : "SumBackward0";

/**
 * −target · log input − (1 − target) · log(1 − input) of probabilities; logarithms stop at −100.
 *
 * @throws RuntimeError for an input outside [0, 1]
 */
export const binary_cross_entropy = def(
  "torch.nn.functional.binary_cross_entropy",
  "input target weight size_average reduce reduction",
  (
    input: TensorLike,
    target: TensorLike,
    weight: Optional = null,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
  ): Tensor => {
    const how = reductionOf(reduction, size_average, reduce);
    const [x, t, w] = alike<[Value, Value, Value | null]>(input, target, weight);
    if (!sameSize(x, t))
      throw new ValueError(
        `Using a target size (${size(t)}) that is different to the input size (${size(x)}) is deprecated. Please ensure they have the same size.`,
      );
    for (const v of [t, w])
      if (v && v.dtype !== x.dtype)
        throw new RuntimeError(`Found dtype ${scalarName(v.dtype)} but expected ${scalarName(x.dtype)}`);
    refuse("binary_cross_entropy", x);
    if (someOf(x.ge(0).logicalAnd(x.le(1)).logicalNot()))
      throw new RuntimeError("all elements of input should be between 0 and 1");
    return inTorchWords("binary_cross_entropy", () => {
      notDifferentiable("binary_cross_entropy", { weight: w });
      const each = call(ops.binaryCrossEntropy, [x, t], { floor: -100 });
      return done(reduced(w ? each.mul(w) : each, how), "BinaryCrossEntropyBackward0");
    });
  },
);

/**
 * {@link binary_cross_entropy} of σ(input), computed from the logits themselves; `pos_weight` scales the positive class.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as F from "@cognate/torch/nn/functional";
 * import { print } from "@cognate/py";
 * print(F.binary_cross_entropy_with_logits(torch.tensor([0.5, -1]), torch.tensor([1.5, 0]).gt(1).float())); // prints tensor(0.3937)
 * ```
 */
export const binary_cross_entropy_with_logits = def(
  "torch.nn.functional.binary_cross_entropy_with_logits",
  "input target weight size_average reduce reduction pos_weight",
  (
    input: TensorLike,
    target: TensorLike,
    weight: Optional = null,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
    pos_weight: Optional = null,
  ): Tensor => {
    const how = reductionOf(reduction, size_average, reduce);
    const given = [
      input,
      target,
      ...(pos_weight === null ? [] : [pos_weight]),
      ...(weight === null ? [] : [weight]),
    ];
    const values = promoted(...given);
    const [x, t] = values as [Value, Value];
    const positive = pos_weight === null ? null : values[2]!;
    const w = weight === null ? null : values[values.length - 1]!;
    if (!sameSize(x, t))
      throw new ValueError(`Target size (${size(t)}) must be the same as input size (${size(x)})`);
    return inTorchWords("binary_cross_entropy_with_logits", () => {
      if (positive) broadcastShapes("binary_cross_entropy_with_logits", [positive.shape, t.shape]);
      notDifferentiable("binary_cross_entropy_with_logits", { weight: w, pos_weight: positive });
      const each = call(ops.binaryCrossEntropyWithLogits, [x, t, positive ?? 1], undefined);
      return done(reduced(w ? each.mul(w) : each, how), "BinaryCrossEntropyWithLogitsBackward0");
    });
  },
);

/** target · (log target − input) of log-probabilities; `batchmean` divides by the number of rows. */
export const kl_div = def(
  "torch.nn.functional.kl_div",
  "input target size_average reduce reduction log_target",
  (
    input: TensorLike,
    target: TensorLike,
    size_average: boolean | null = null,
    reduce: boolean | null = null,
    reduction = "mean",
    log_target = false,
  ): Tensor => {
    const old = size_average !== null || reduce !== null;
    if (!old && reduction === "mean")
      warn(
        "reduction: 'mean' divides the total loss by both the batch size and the support size.'batchmean' divides only by the batch size, and aligns with the KL div math definition.'mean' will be changed to behave the same as 'batchmean' in the next major release.",
      );
    const byBatch = reduction === "batchmean";
    const how = byBatch && !old ? "sum" : reductionOf(reduction, size_average, reduce);
    const [x, t] = promoted(input, target) as [Value, Value];
    return inTorchWords("kl_div", () => {
      broadcastShapes("kl_div", [t.shape, x.shape]);
      const loss = reduced(call(ops.klDiv, [x, t], { logTarget: log_target }), how);
      if (byBatch && x.shape.length > 0) return done(loss.div(x.shape[0]!), "DivBackward0");
      return done(loss, OF_REDUCTION(log_target ? "MulBackward0" : "SubBackward0", how));
    });
  },
);

/** e^input − target · input for log rates, input − target · log(input + eps) for rates. */
export const poisson_nll_loss = def(
  "torch.nn.functional.poisson_nll_loss",
  "input target log_input full size_average eps reduce reduction",
  (
    input: TensorLike,
    target: TensorLike,
    log_input = true,
    full = false,
    size_average: boolean | null = null,
    eps: number | Number = 1e-8,
    reduce: boolean | null = null,
    reduction = "mean",
  ): Tensor => {
    const how = reductionOf(reduction, size_average, reduce);
    const [x, t] = promoted(input, target).map(floating) as [Value, Value];
    return inTorchWords("poisson_nll_loss", () => {
      let loss = log_input ? x.exp().sub(t.mul(x)) : x.sub(t.mul(x.add(number(eps)).log()));
      if (full) {
        // Stirling's approximation of log target!, which is not one below 2.
        const stirling = t
          .mul(t.log())
          .sub(t)
          .add(
            t
              .mul(2 * Math.PI)
              .log()
              .mul(0.5),
          );
        loss = loss.add(stirling.where(t.gt(1), 0));
      }
      return done(reduced(loss, how), OF_REDUCTION(full ? "AddBackward0" : "SubBackward0", how));
    });
  },
);

/** ½(log var + (input − target)²/var), var being at least eps; `full` adds ½ log 2π. */
export const gaussian_nll_loss = def(
  "torch.nn.functional.gaussian_nll_loss",
  "input target var full eps reduction",
  (
    input: TensorLike,
    target: TensorLike,
    variance: TensorLike,
    full = false,
    eps: number | Number = 1e-6,
    reduction = "mean",
  ): Tensor => {
    const [x, t, v] = promoted(input, target, variance instanceof Tensor ? variance : Number(variance)) as [
      Value,
      Value,
      Value | number,
    ];
    let spread = typeof v === "number" ? (x.full(x.shape, v) as Value) : v;
    if (someOf(spread.lt(0))) throw new ValueError("var has negative entry/entries");
    if (!sameSize(spread, x)) {
      const [a, b] = [x.shape, spread.shape];
      const perRow = b.length === a.length - 1 && b.every((n, i) => n === a[i]);
      const oneAxis = a.length === b.length && a.reduce((s, n, i) => s + (n === b[i] ? 0 : b[i]!), 0) === 1;
      if (perRow) spread = spread.reshape({ shape: [...b, 1] }) as Value;
      else if (!oneAxis) throw new ValueError("var is of incorrect size");
    }
    if (reduction !== "none" && reduction !== "mean" && reduction !== "sum")
      throw new ValueError(`${reduction} is not valid`);
    return inTorchWords("gaussian_nll_loss", () => {
      // The bound holds the value but lets the gradient pass as if it were not there.
      const held = spread.add(spread.detach().clampMin(number(eps)).sub(spread.detach()));
      const loss = held.log().add(x.sub(t).square().div(held)).mul(0.5);
      return done(
        reduced(full ? loss.add(0.5 * Math.log(2 * Math.PI)) : loss, reduction),
        OF_REDUCTION(full ? "AddBackward0" : "MulBackward0", reduction),
      );
    });
  },
);
