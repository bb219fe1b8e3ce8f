import { ops } from "@cognate/kernel";
import { def, floatRepr, RuntimeError, ValueError, warn } from "@cognate/py";
import { call, Value } from "@cognate/tensor";
import { axis, type Int, valueOf } from "../../ops/args.js";
import { fresh } from "../../random/arguments.js";
import { dropOut, leak } from "../../random/dropout.js";
import { samplerOf } from "../../random/generator.js";
import { settleFloat } from "../../random/write.js";
import { Tensor, type TensorLike, wrap } from "../../tensor/tensor.js";

type Num = number | Number;

const asTensor = (x: TensorLike): Tensor => (x instanceof Tensor ? x : wrap(valueOf(x)));

/** A probability as a number. @throws ValueError unless 0 ≤ p ≤ 1 */
function probability(p: Num): number {
  const q = Number(p);
  if (q < 0 || q > 1)
    throw new ValueError(`dropout probability has to be between 0 and 1, but got ${floatRepr(q)}`);
  return q;
}

/**
 * Zeros with probability p while training, the rest scaled by 1/(1 − p).
 *
 * @throws ValueError unless 0 ≤ p ≤ 1
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import * as F from "@cognate/torch/nn/functional";
 * import { print } from "@cognate/py";
 * torch.manual_seed(0);
 * print(F.dropout(torch.tensor([1.5, 2, 3, 4]), 0.5), F.dropout(torch.tensor([1.5]), { training: false }));
 * // prints tensor([0., 0., 6., 0.]) tensor([1.5000])
 * ```
 */
export const dropout = def(
  "torch.nn.functional.dropout",
  "input p training inplace",
  (input: TensorLike, p: Num = 0.5, training = true, inplace = false): Tensor =>
    dropOut(input, probability(p), training, { inPlace: inplace }),
);

/** Dropout that keeps mean and variance of self-normalising networks. @throws ValueError unless 0 ≤ p ≤ 1 */
export const alpha_dropout = def(
  "torch.nn.functional.alpha_dropout",
  "input p training inplace",
  (input: TensorLike, p: Num = 0.5, training = false, inplace = false): Tensor =>
    dropOut(input, probability(p), training, { alpha: true, inPlace: inplace }),
);

/** {@link alpha_dropout} of whole channels. @throws ValueError unless 0 ≤ p ≤ 1 */
export const feature_alpha_dropout = def(
  "torch.nn.functional.feature_alpha_dropout",
  "input p training inplace",
  (input: TensorLike, p: Num = 0.5, training = false, inplace = false): Tensor =>
    dropOut(input, probability(p), training, { alpha: true, features: true, inPlace: inplace }),
);

/** Drops whole channels; without a batch axis the first one are the channels. */
function byChannels(x: Tensor, p: number, training: boolean, inplace: boolean, batched: boolean): Tensor {
  const kind = { features: true, inPlace: inplace };
  if (batched) return dropOut(x, p, training, kind);
  const y = dropOut(x.unsqueeze(0), p, training, kind);
  return inplace ? x : y.squeeze(0);
}

/** Drops whole channels of (N, C, L) or (C, L). @throws RuntimeError for other ranks */
export const dropout1d = def(
  "torch.nn.functional.dropout1d",
  "input p training inplace",
  (input: TensorLike, p: Num = 0.5, training = true, inplace = false): Tensor => {
    const q = probability(p);
    const x = asTensor(input);
    if (x.ndim !== 2 && x.ndim !== 3)
      throw new RuntimeError(
        `dropout1d: Expected 2D or 3D input, but received a ${x.ndim}D input. Note that dropout1d exists to provide channel-wise dropout on inputs with 1 spatial dimension, a channel dimension, and an optional batch dimension (i.e. 2D or 3D inputs).`,
      );
    return byChannels(x, q, training, inplace, x.ndim === 3);
  },
);

const deprecated = (name: string, rank: number, spatial: string, ranks: string): void =>
  warn(
    `${name}: Received a ${rank}-D input to ${name}, which is deprecated and will result in an error in a future release. To retain the behavior and silence this warning, please use dropout instead. Note that ${name} exists to provide channel-wise dropout on inputs with ${spatial} spatial dimensions, a channel dimension, and an optional batch dimension (i.e. ${ranks} inputs).`,
  );

/** Drops whole channels of (N, C, H, W). */
export const dropout2d = def(
  "torch.nn.functional.dropout2d",
  "input p training inplace",
  (input: TensorLike, p: Num = 0.5, training = true, inplace = false): Tensor => {
    const q = probability(p);
    const x = asTensor(input);
    if (x.ndim !== 3 && x.ndim !== 4) deprecated("dropout2d", x.ndim, "2", "3D or 4D");
    if (x.ndim === 3)
      warn(
        "dropout2d: Received a 3D input to dropout2d and assuming that channel-wise 1D dropout behavior is desired - input is interpreted as shape (N, C, L), where C is the channel dim. This behavior will change in a future release to interpret the input as one without a batch dimension, i.e. shape (C, H, W). To maintain the 1D channel-wise dropout behavior, please switch to using dropout1d instead.",
      );
    return byChannels(x, q, training, inplace, true);
  },
);

/** Drops whole channels of (N, C, D, H, W) or (C, D, H, W). */
export const dropout3d = def(
  "torch.nn.functional.dropout3d",
  "input p training inplace",
  (input: TensorLike, p: Num = 0.5, training = true, inplace = false): Tensor => {
    const q = probability(p);
    const x = asTensor(input);
    if (x.ndim !== 4 && x.ndim !== 5) deprecated("dropout3d", x.ndim, "3", "4D or 5D");
    return byChannels(x, q, training, inplace, x.ndim === 5);
  },
);

/** A leaky rectifier whose slope is random in [lower, upper) while training, the middle otherwise. */
export const rrelu = def(
  "torch.nn.functional.rrelu",
  "input lower upper training inplace",
  (input: TensorLike, lower: Num = 1 / 8, upper: Num = 1 / 3, training = false, inplace = false): Tensor =>
    leak(input, Number(lower), Number(upper), training, null, inplace),
);

/** {@link rrelu} in place. */
export const rrelu_ = def(
  "torch.nn.functional.rrelu_",
  "input lower upper training",
  (input: TensorLike, lower: Num = 1 / 8, upper: Num = 1 / 3, training = false): Tensor =>
    leak(input, Number(lower), Number(upper), training, null, true),
);

/**
 * A sample of a categorical distribution made smooth: softmax((logits + Gumbel noise) / tau).
 *
 * @param hard - give the one-hot vector of the greatest entry, with the gradient of the smooth sample
 */
export const gumbel_softmax = def(
  "torch.nn.functional.gumbel_softmax",
  "logits tau hard eps dim",
  (logits: TensorLike, tau: Num = 1, hard = false, eps: Num = 1e-10, dim: Int = -1): Tensor => {
    if (Number(eps) !== 1e-10) warn("`eps` parameter is deprecated and has no effect.");
    const x = asTensor(logits);
    settleFloat(x);
    const { dtype, shape } = x._value;
    const times = samplerOf(null, "gumbel_softmax").fillExponential(fresh(dtype, shape), 1);
    const gumbels = wrap(new Value(times)).log().neg();
    const scaled = x.add(gumbels).div(Number(tau));
    const d = axis(dim, shape.length);
    const soft = call(ops.softmax, [scaled._value], { dim: d });
    if (!hard) return wrap(soft);
    const index = call(ops.argmax, [soft.detach()], { dims: [d], keepdim: true });
    const one = call(ops.scatter, [new Value(fresh(dtype, shape)), index, 1], { dim: d });
    return wrap(one).sub(wrap(soft.detach())).add(wrap(soft));
  },
);
