import { float32 as FLOAT32, float64 as FLOAT64, type Strided } from "@cognate/kernel";
import { def, floatRepr, RuntimeError } from "@cognate/py";
import { Value } from "@cognate/tensor";
import { leaky_relu, leaky_relu_ } from "../nn/functional/activation.js";
import { valueOf } from "../ops/args.js";
import { castValue } from "../ops/operands.js";
import { unimplemented } from "../ops/refuse.js";
import { Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { fresh } from "./arguments.js";
import { freshLike } from "./factories.js";
import { type Generator, samplerOf } from "./generator.js";
import { settleFloat } from "./write.js";

type Num = number | Number;

/** What drops out together, and what takes its place. */
interface Kind {
  /** Whole channels: one draw for the first two axes. */
  readonly features?: boolean;
  /** Keeps mean and variance of self-normalising networks. */
  readonly alpha?: boolean;
  readonly inPlace?: boolean;
}

/** An argument as a tensor in floating point, unless it was meant to be whole. */
function tensorOf(input: TensorLike): Tensor {
  const x = input instanceof Tensor ? input : wrap(valueOf(input));
  settleFloat(x);
  return x;
}

/** Where the noise of an input lies: one number an element or a channel. */
function noiseFor(x: Strided, features: boolean): Strided {
  if (!features) return freshLike(x);
  if (x.shape.length < 2)
    throw new RuntimeError("Feature dropout requires at least 2 dimensions in the input");
  return fresh(
    x.dtype,
    x.shape.map((n, i) => (i < 2 ? n : 1)),
  );
}

// −λα of the SELU function: where units saturate.
const ALPHA = 1.7580993408473766;

/** @throws RuntimeError unless 0 ≤ p ≤ 1, and for integers */
export function dropOut(input: TensorLike, p: number, train: boolean, kind: Kind): Tensor {
  const { features = false, alpha = false, inPlace = false } = kind;
  if (!(p >= 0 && p <= 1))
    throw new RuntimeError(`dropout probability has to be between 0 and 1, but got ${shown(p)}`);
  const x = input instanceof Tensor ? input : wrap(valueOf(input));
  if (p === 0 || !train || x._value.size === 0) return x;
  settleFloat(x);
  const times = (noise: Tensor): Tensor => (inPlace ? x.mul_(noise) : x.mul(noise));
  if (p === 1) return times(wrap(new Value(fresh(x._value.dtype, []))));
  const drawn = noiseFor(x._value.array, features);
  samplerOf(null, "dropout").fillBernoulli(drawn, 1 - p);
  const noise = wrap(new Value(drawn));
  if (!alpha) return times(noise.div_(1 - p));
  const a = 1 / Math.sqrt((ALPHA * ALPHA * p + 1) * (1 - p));
  const shift = noise
    .add(-1)
    .mul_(ALPHA * a)
    .add_(ALPHA * a * p);
  return times(noise.mul_(a)).add_(shift);
}

const shown = (p: number): string => (Number.isInteger(p) ? String(p) : floatRepr(p));

const pair = (name: string, kind: Kind) => {
  const make = (own: string, inPlace: boolean) =>
    def(
      `torch.${own}`,
      "input p train",
      (input: TensorLike, p: Num, train: boolean): Tensor =>
        dropOut(input, Number(p), train, { ...kind, inPlace }),
    );
  return [make(name, false), make(`${name}_`, true)] as const;
};

/** Zeros with probability p while training, the rest scaled by 1/(1 − p). */
export const [dropout, dropout_] = pair("dropout", {});
/** {@link dropout} that keeps mean and variance of self-normalising networks. */
export const [alpha_dropout, alpha_dropout_] = pair("alpha_dropout", { alpha: true });
/** {@link dropout} of whole channels. */
export const [feature_dropout, feature_dropout_] = pair("feature_dropout", { features: true });
/** {@link alpha_dropout} of whole channels. */
export const [feature_alpha_dropout, feature_alpha_dropout_] = pair("feature_alpha_dropout", {
  features: true,
  alpha: true,
});

/** A leaky rectifier whose slope is random while training and the middle of its range otherwise. */
export function leak(
  input: TensorLike,
  lower: number,
  upper: number,
  training: boolean,
  generator: Generator | null,
  inPlace: boolean,
): Tensor {
  if (lower > upper) throw new RuntimeError("Lower bound should be less than or equal to the upper bound");
  const x = tensorOf(input);
  const { array, dtype } = x._value;
  // Below float64 the kernels take the bounds, and the slope between them, in float32.
  const own = dtype === FLOAT64 ? Number : Math.fround;
  if (!training) return labelled((inPlace ? leaky_relu_ : leaky_relu)(x, own((lower + upper) / 2)));
  if (dtype.kind !== "float" || dtype.name === "float16")
    throw unimplemented("rrelu_with_noise_out_cpu")(dtype);
  const computed = dtype.half ? FLOAT32 : dtype;
  const slopes = samplerOf(generator, "rrelu").fillSlopes(
    fresh(computed, array.shape),
    array,
    own(lower),
    own(upper),
  );
  const noise = wrap(new Value(slopes));
  return labelled(inPlace ? x.mul_(noise) : wrap(castValue(x.mul(noise)._value, dtype)));
}

function labelled(y: Tensor): Tensor {
  const node = y._value.ownNode;
  if (node && !y._value.view) node.label = "RreluWithNoiseBackward0";
  return y;
}

const leaky = (name: string, inPlace: boolean) =>
  def(
    `torch.${name}`,
    "input lower upper training generator",
    (
      input: TensorLike,
      lower: Num = 1 / 8,
      upper: Num = 1 / 3,
      training = false,
      generator: Generator | null = null,
    ): Tensor => leak(input, Number(lower), Number(upper), training, generator, inPlace),
  );

/** A leaky rectifier whose slope is random in [lower, upper) while training, the middle otherwise. */
export const rrelu = leaky("rrelu", false);
/** {@link rrelu} in place. */
export const rrelu_ = leaky("rrelu_", true);
