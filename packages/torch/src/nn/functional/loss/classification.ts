import { IndexRangeError, isDiscrete, ops } from "@cognate/kernel";
import { def, IndexError, RuntimeError, ValueError } from "@cognate/py";
import { callMany, type Value } from "@cognate/tensor";
import { type Int, int, shown, valueOf } from "../../../ops/args.js";
import { castValue } from "../../../ops/make.js";
import { promoteTypes, scalarName } from "../../../promotion.js";
import type { Tensor, TensorLike } from "../../../tensor/tensor.js";
import {
  alike,
  done,
  expectType,
  notDifferentiable,
  number,
  type Optional,
  type Reduction,
  reductionOf,
} from "../args.js";
import { linear } from "../linear.js";
import { refuse, sameSize } from "./common.js";

/** Scores, class indices and weights with a batch axis, checked in PyTorch's words. */
interface Classes {
  readonly x: Value;
  readonly target: Value;
  readonly weight: Value | null;
  /** The scores had no batch axis. */
  readonly single: boolean;
}

function checkClasses(x: Value, t: Value, w: Value | null): Classes {
  const fail = (text: string): never => {
    throw new RuntimeError(text);
  };
  const [rank, batch] = [x.shape.length, x.shape[0]];
  if (rank < 1) throw new ValueError("Expected 1 or more dimensions (got 0)");
  const single = rank === 1;
  if (!single && batch !== t.shape[0])
    throw new ValueError(
      `Expected input batch_size (${batch}) to match target batch_size (${t.shape[0] ?? 0}).`,
    );
  const classes = single ? x.shape[0]! : x.shape[1]!;
  const spatial = x.shape.slice(2);
  if (rank <= 2) {
    if (t.shape.length > 1) fail("0D or 1D target tensor expected, multi-target not supported");
    if (single && t.shape.length > 0 && t.shape[0] !== 1)
      throw new ValueError(`For 1D input, 1D target must have size 1, but got target size: ${t.shape[0]}`);
  } else if (t.shape.length !== rank - 1 || spatial.some((n, i) => n !== t.shape[i + 1])) {
    if (rank === 4 && t.shape.length === 3)
      fail(`size mismatch (got input: ${shown(x.shape)} , target: ${shown(t.shape)}`);
    fail(
      rank === 4
        ? `only batches of spatial targets supported (3D tensors) but got targets of dimension: ${t.shape.length}`
        : `Expected target size ${shown([batch!, ...spatial])}, got ${shown(t.shape)}`,
    );
  }
  if (t.dtype.name !== "int64" && t.dtype.name !== "uint8")
    fail(`expected target dtype to be Long or Byte, but got ${scalarName(t.dtype)}`);
  if (w && (w.shape.length !== 1 || w.size !== classes))
    fail(
      `weight tensor should be defined either for all ${classes} classes or no classes but got weight tensor of shape: ${shown(w.shape)}`,
    );
  if (!single) return { x, target: t, weight: w, single };
  return {
    x: x.reshape({ shape: [1, classes] }) as Value,
    target: t.reshape({ shape: [1] }) as Value,
    weight: w,
    single,
  };
}

/** Runs a row of class losses; a class that there is not becomes PyTorch's IndexError. */
function run(f: () => Value[], { single }: Pick<Classes, "single">, how: Reduction, gradFn: string): Tensor {
  try {
    const [y] = f() as [Value];
    return done(single && how === "none" ? y.reshape({ shape: [] }) : y, gradFn);
  } catch (e) {
    if (e instanceof IndexRangeError) throw new IndexError(`Target ${e.index} is out of bounds.`);
    throw e;
  }
}

/** −weight[target] · input[target] of log-probabilities `(N, C, …)` and class indices `(N, …)`. */
export const nll_loss = def(
  "torch.nn.functional.nll_loss",
  "input target weight size_average ignore_index reduce reduction",
  (
    input: TensorLike,
    target: TensorLike,
    weight: Optional = null,
    size_average: boolean | null = null,
    ignore_index: Int = -100,
    reduce: boolean | null = null,
    reduction = "mean",
  ): Tensor => {
    const how = reductionOf(reduction, size_average, reduce);
    const [x, w] = alike<[Value, Value | null]>(input, weight);
    const c = checkClasses(x, valueOf(target), w);
    refuse("nll_loss_out_frame", x);
    expectType(x.dtype, w);
    notDifferentiable("nll_loss_forward", { weight: w });
    const params = { reduction: how, ignoreIndex: int(ignore_index) };
    const gradFn = x.shape.length > 2 ? "NllLoss2DBackward0" : "NllLossBackward0";
    return run(() => callMany(ops.nll, [c.x, c.target, c.weight], params), c, how, gradFn);
  },
);

/**
 * The cross entropy of logits `(N, C, …)` with class indices `(N, …)` or with probabilities of the logits' shape.
 *
 * @throws IndexError for a class that there is not
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as F from "@cognate/torch/nn/functional";
 * import { print } from "@cognate/py";
 * const logits = torch.tensor([[1.5, 0.5, -1], [0, 2, 0.5]]);
 * print(F.cross_entropy(logits, torch.tensor([0, 2]))); // prints tensor(1.0889)
 * ```
 */
export const cross_entropy = def(
  "torch.nn.functional.cross_entropy",
  "input target weight size_average ignore_index reduce reduction label_smoothing",
  (
    input: TensorLike,
    target: TensorLike,
    weight: Optional = null,
    size_average: boolean | null = null,
    ignore_index: Int = -100,
    reduce: boolean | null = null,
    reduction = "mean",
    label_smoothing: number | Number = 0,
  ): Tensor => {
    const how = reductionOf(reduction, size_average, reduce);
    const smoothing = number(label_smoothing);
    if (!(smoothing >= 0 && smoothing <= 1))
      throw new RuntimeError(`label_smoothing must be between 0.0 and 1.0. Got: ${smoothing}`);
    const [x, w] = alike<[Value, Value | null]>(input, weight);
    const t = valueOf(target);
    const last = x.shape.length > 1 && x.shape[1] !== 1 && x.shape.length === 2 ? "_lastdim" : "";
    if (sameSize(x, t)) return softTarget(x, t, w, how, int(ignore_index), smoothing);
    refuse(`log_softmax${last}_kernel_impl`, x);
    const c = checkClasses(x, t, w);
    expectType(x.dtype, w);
    notDifferentiable("nll_loss_forward", { weight: w });
    const params = { reduction: how, ignoreIndex: int(ignore_index), smoothing };
    const gradFn =
      smoothing > 0 ? "AddBackward0" : x.shape.length > 2 ? "NllLoss2DBackward0" : "NllLossBackward0";
    return run(() => callMany(ops.crossEntropy, [c.x, c.target, c.weight], params), c, how, gradFn);
  },
);

function softTarget(
  logits: Value,
  target: Value,
  w: Value | null,
  how: Reduction,
  ignore: number,
  smoothing: number,
): Tensor {
  const discrete = isDiscrete(target.dtype);
  if (discrete && !target.weak)
    throw new RuntimeError(
      `Expected floating point type for target with class probabilities, got ${scalarName(target.dtype)}`,
    );
  if (ignore >= 0) throw new RuntimeError("ignore_index is not supported for floating point target");
  const single = logits.shape.length === 1;
  const classes = logits.shape[single ? 0 : 1]!;
  if (w && (w.shape.length !== 1 || w.size !== classes))
    throw new RuntimeError(
      `cross_entropy: weight tensor should be defined either for all ${classes} classes or no classes but got weight tensor of shape: ${shown(w.shape)}`,
    );
  const type = discrete ? logits.dtype : promoteTypes(logits.dtype, target.dtype);
  const [x, t] = [castValue(logits, type), castValue(target, type)];
  const batched = (v: Value): Value => (single ? (v.reshape({ shape: [1, classes] }) as Value) : v);
  if (w?.requiresGrad) {
    const share = t.mul(1 - smoothing).add(smoothing / classes);
    const wide = x.shape.map((n, i) => (i === (single ? 0 : 1) ? n : 1));
    const logp = x.logSoftmax({ dim: single ? 0 : 1 });
    const each = logp
      .mul(share)
      .mul(w.reshape({ shape: wide }))
      .sum({ dims: [single ? 0 : 1] })
      .neg();
    const sum = how === "none" ? each : each.sum();
    return done(how === "mean" ? sum.div(x.size / classes) : sum, "DivBackward1");
  }
  const inputs = [batched(x), batched(t), w && castValue(w, type)];
  const gradFn = how === "mean" ? "DivBackward1" : "NegBackward0";
  return run(
    () => callMany(ops.crossEntropy, inputs, { reduction: how, smoothing }),
    { single },
    how,
    gradFn,
  );
}

/** {@link cross_entropy} of a linear map of input. */
export const linear_cross_entropy = def(
  "torch.nn.functional.linear_cross_entropy",
  "input linear_weight target * linear_bias weight reduction ignore_index label_smoothing options",
  (
    input: TensorLike,
    linear_weight: TensorLike,
    target: TensorLike,
    linear_bias: Optional = null,
    weight: Optional = null,
    reduction = "mean",
    ignore_index: Int | null = null,
    label_smoothing: number | Number = 0,
    // How PyTorch cuts the work into chunks changes memory, not the result.
    _options: unknown = null,
  ): Tensor => {
    const [x, w, b] = alike<[Value, Value, Value | null]>(input, linear_weight, linear_bias);
    const fail = (text: string): never => {
      throw new RuntimeError(text);
    };
    const [rank, features] = [x.shape.length, x.shape[x.shape.length - 1]!];
    if (rank < 1 || rank > 2) fail(`expected input with dimensionality 1 or 2, got ${rank}`);
    if (w.shape.length < 2)
      fail(`expected linear_weight with dimensionality at least 2, got ${w.shape.length}`);
    const width = w.shape[w.shape.length - 1]!;
    if (features !== width)
      fail(
        `expected equal input and linear_weight last dimensions (in_features), got ${features} and ${width}, respectively`,
      );
    const out = w.shape.slice(0, -1);
    const flat = out.reduce((m, n) => m * n, 1);
    const shape = [...x.shape.slice(0, -1), ...out];
    const t = valueOf(target);
    if (ignore_index !== null && t.shape.length === shape.length && t.shape.every((n, i) => n === shape[i]))
      fail("ignore_index cannot be specified when target contains probabilities");
    const bias = b && done(b.reshape({ shape: [flat] }));
    const logits = linear(done(x), done(w.reshape({ shape: [flat, width] })), bias)._value.reshape({ shape });
    return cross_entropy(
      done(logits),
      target,
      weight,
      null,
      ignore_index ?? -100,
      null,
      reduction,
      label_smoothing,
    );
  },
);
