import { broadcastShapes, type DType, int64, ops, ParamError, type Shape } from "@cognate/kernel";
import type * as rng from "@cognate/kernel/rng";
import { def, RuntimeError, TypeError, ValueError } from "@cognate/py";
import { call, callMany, Value } from "@cognate/tensor";
import type { DeviceLike } from "../device.js";
import { type Int, type Ints, int, valueOf } from "../ops/args.js";
import { writeOut } from "../ops/out.js";
import { unimplemented } from "../ops/refuse.js";
import { scalarName } from "../promotion.js";
import { Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import {
  finish,
  fresh,
  type MaybeOut,
  type MaybeType,
  requireContinuous,
  resultDType,
  shapeOf,
} from "./arguments.js";
import { freshLike } from "./factories.js";
import { default_generator, type Generator, samplerOf } from "./generator.js";
import { drawBernoulliOf, requireBernoulli, requireDeviation, requireProbability } from "./in-place.js";
import { drawnWith, isTrue, settleFloat } from "./write.js";

type Num = number | Number;
type MaybeGenerator = Generator | null;
type Sampler = rng.BoxMullerSampler;

const deliver = (y: Tensor, out: MaybeOut): Tensor => (out ? writeOut(out, y._value) : y);

/**
 * Ones with the probabilities that stand in `input`, else zeros; with a number `p`, with that probability everywhere in
 * the shape and type of `input`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * torch.manual_seed(0);
 * print(torch.bernoulli(torch.tensor([0.1, 0.9, 0.5, 0.5]))); // prints tensor([0., 1., 1., 1.])
 * ```
 */
export const bernoulli = def(
  "torch.bernoulli",
  "input p * generator out",
  (
    input: TensorLike,
    p: Num | null = null,
    generator: MaybeGenerator = null,
    out: MaybeOut = null,
  ): Tensor => {
    const sampler = samplerOf(generator, "bernoulli");
    const given = valueOf(input);
    if (input instanceof Tensor) settleFloat(input);
    const x = input instanceof Tensor ? input._value : given;
    const y = freshLike(x.array);
    if (p === null) {
      requireBernoulli(x.dtype, "bernoulli_tensor_cpu_self_");
      drawBernoulliOf(sampler, y, x.array);
    } else {
      requireProbability(Number(p));
      requireBernoulli(x.dtype, "bernoulli_scalar_cpu_");
      sampler.fillBernoulli(y, Number(p));
    }
    return deliver(drawnWith(y, [x], "BernoulliBackward0"), out);
  },
);

/** Poisson numbers of the rates that stand in `input`. @throws RuntimeError for a negative rate */
export const poisson = def(
  "torch.poisson",
  "input generator",
  (input: TensorLike, generator: MaybeGenerator = null): Tensor => {
    if (input instanceof Tensor) settleFloat(input);
    const x = valueOf(input);
    if (x.dtype.kind !== "float") throw unimplemented("poisson_cpu")(x.dtype);
    const y = fresh(x.dtype, x.shape);
    try {
      samplerOf(generator, "poisson").fillPoisson(y, x.array);
    } catch (e) {
      throw e instanceof ParamError
        ? new RuntimeError("invalid Poisson rate, expected rate to be non-negative")
        : e;
    }
    return drawnWith(y, [x], "PoissonBackward0");
  },
);

/** How many of `count` tries succeed with probability `prob`, place by place. @throws ValueError for whole numbers */
export const binomial = def(
  "torch.binomial",
  "count prob generator",
  (count: Tensor, prob: Tensor, generator: MaybeGenerator = null): Tensor => {
    for (const x of [count, prob]) settleFloat(x);
    const [n, p] = [count._value, prob._value];
    if (n.dtype.kind !== "float")
      throw new ValueError(
        `binomial only supports floating-point dtypes for count, got: ${scalarName(n.dtype)}`,
      );
    if (n.dtype !== p.dtype)
      throw new RuntimeError(`Found dtype ${scalarName(p.dtype)} but expected ${scalarName(n.dtype)}`);
    const shape = broadcastShapes("binomial", [n.shape, p.shape]);
    const y = fresh(n.dtype, shape);
    const stretched = (x: Value) => (x.expand({ shape }) as Value).array;
    samplerOf(generator, "binomial").fillBinomial(y, stretched(n), stretched(p));
    return drawnWith(y, [n, p], "BinomialBackward0");
  },
);

const asValue = (x: Num | Tensor): Value | number => (x instanceof Tensor ? x._value : Number(x));

/** Normal numbers for a mean or deviation that is a tensor. */
function normalOf(mean: Num | Tensor, std: Num | Tensor, sampler: Sampler): Tensor {
  for (const x of [mean, std]) if (x instanceof Tensor) settleFloat(x);
  const [m, s] = [asValue(mean), asValue(std)];
  if (s instanceof Value) {
    if (s.dtype.kind === "complex")
      throw new RuntimeError("normal expects standard deviation to be non-complex");
    if (s.size > 0 && isTrue(call(ops.any, [call(ops.lt, [s, 0], undefined)], {})))
      throw new RuntimeError("normal expects all elements of std >= 0.0");
  } else requireDeviation(s);
  const type = m instanceof Value ? m.dtype : (s as Value).dtype;
  requireContinuous(type, "normal_kernel_cpu");
  const shape = shapeTogether(m, s);
  const x = fresh(type, shape);
  sampler.fillNormal(x, 0, s instanceof Value ? 1 : s);
  const y = wrap(new Value(x));
  if (s instanceof Value) y.mul_(wrap(s.detach()));
  y.add_(m instanceof Value ? wrap(m.detach()) : m);
  const parameters = [m, s].filter((v): v is Value => v instanceof Value);
  return drawnWith(y._value.array, parameters, `NormalBackward${normalOverload(m, s)}`);
}

const normalOverload = (m: unknown, s: unknown): number =>
  m instanceof Value ? (s instanceof Value ? 3 : 1) : 2;

function shapeTogether(m: Value | number, s: Value | number): Shape {
  if (!(m instanceof Value)) return (s as Value).shape;
  if (!(s instanceof Value)) return m.shape;
  return wrap(m.detach()).add(wrap(s.detach()))._value.shape;
}

/**
 * Normal numbers: `normal(mean, std)` for tensors (one of them may be a number), `normal(mean, std, size)` for numbers.
 *
 * @throws RuntimeError for a negative deviation
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * torch.manual_seed(0);
 * print(torch.normal(torch.tensor([1.5, 20, 300]), 0.1), torch.normal(2, 3, [2]));
 * // prints tensor([  1.6541,  19.9707, 299.7821]) tensor([ 3.7053, -1.2536])
 * ```
 */
export const normal = def(
  "torch.normal",
  "mean std size * generator out dtype layout device requires_grad pin_memory",
  (
    mean: Num | Tensor,
    std: Num | Tensor = 1,
    size: Ints | null = null,
    generator: MaybeGenerator = null,
    out: MaybeOut = null,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
  ): Tensor => {
    void [layout, pin_memory];
    const sampler = samplerOf(generator, "normal");
    if (mean instanceof Tensor || std instanceof Tensor) return deliver(normalOf(mean, std, sampler), out);
    if (size === null)
      throw new TypeError("normal() received an invalid combination of arguments - got (float, float)");
    const [center, spread] = [Number(mean), Number(std)];
    requireDeviation(spread);
    const type = resultDType(dtype, out, "normal");
    requireContinuous(type, "normal_kernel_cpu");
    const x = sampler.fillNormal(fresh(type, shapeOf([size])), center, spread);
    return finish(x, { out, requires_grad, device });
  },
);

const WEIGHTS: Readonly<Record<string, string>> = {
  negative: "invalid multinomial distribution (encountering probability entry < 0)",
  infinite: "invalid multinomial distribution (encountering probability entry = infinity or NaN)",
  sum: "invalid multinomial distribution (sum of probabilities <= 0)",
};

/**
 * Indices drawn with the weights in `input` (one line of them, or several), with or without putting them back.
 *
 * @throws RuntimeError for weights that are none, or fewer than are to be drawn
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * torch.manual_seed(0);
 * const weights = torch.tensor([0, 10, 3, 0.5]);
 * print(torch.multinomial(weights, 3), torch.multinomial(weights, 5, { replacement: true }));
 * // prints tensor([1, 2, 3]) tensor([1, 2, 1, 1, 1])
 * ```
 */
export const multinomial = def(
  "torch.multinomial",
  "input num_samples replacement * generator out",
  (
    input: TensorLike,
    num_samples: Int,
    replacement = false,
    generator: MaybeGenerator = null,
    out: MaybeOut = null,
  ): Tensor => {
    if (input instanceof Tensor) settleFloat(input);
    const x = valueOf(input).detach();
    const n = int(num_samples);
    const rank = x.shape.length;
    if (rank !== 1 && rank !== 2) throw new RuntimeError("prob_dist must be 1 or 2 dim");
    if (x.dtype.kind !== "float")
      throw new RuntimeError(
        `multinomial only supports floating-point dtypes for input, got: ${scalarName(x.dtype)}`,
      );
    if (n <= 0) throw new RuntimeError("cannot sample n_sample <= 0 samples");
    const categories = x.shape[rank - 1]!;
    if (!replacement && n > categories)
      throw new RuntimeError("cannot sample n_sample > prob_dist.size(-1) samples without replacement");
    if (categories > 2 ** 24) throw new RuntimeError("number of categories cannot exceed 2^24");
    const sampler = samplerOf(generator, "multinomial");
    if (out && out._value.dtype !== int64)
      throw new RuntimeError(`multinomial expects Long tensor out, got: ${scalarName(out._value.dtype)}`);
    const drawn = replacement && n > 1 ? withReplacement(x, n, sampler) : byRace(x, n, sampler);
    return deliver(wrap(drawn), out);
  },
);

function withReplacement(x: Value, n: number, sampler: Sampler): Value {
  const y = fresh(int64, [...x.shape.slice(0, -1), n]);
  try {
    sampler.fillWeightedIndices(y, x.array);
  } catch (e) {
    throw e instanceof ParamError ? new RuntimeError(WEIGHTS[e.param]!) : e;
  }
  return new Value(y);
}

/** The n first to arrive where each takes an exponential time by its weight. */
function byRace(x: Value, n: number, sampler: Sampler): Value {
  if (x.size > 0) {
    const valid = isTrue(call(ops.all, [call(ops.ge, [x, 0], undefined)], {}));
    if (!valid || !isTrue(call(ops.all, [call(ops.lt, [x, Number.POSITIVE_INFINITY], undefined)], {})))
      throw new RuntimeError("probability tensor contains either `inf`, `nan` or element < 0");
    const sums = call(ops.sum, [x], { dims: [x.shape.length - 1], keepdim: false });
    if (isTrue(call(ops.any, [call(ops.eq, [sums, 0], undefined)], {}))) throw new RuntimeError(WEIGHTS.sum!);
  }
  const times = new Value(sampler.fillExponential(freshLike(x.array), 1));
  const race = call(ops.div, [x, times], undefined);
  const dim = x.shape.length - 1;
  if (n === 1) return call(ops.argmax, [race], { dims: [dim], keepdim: true });
  return callMany(ops.topk, [race], { dim, k: n })[1]!;
}

/** A mask of ones with probability p, for what drops out inside other functions. */
export function bernoulliMask(
  shape: Shape,
  p: number,
  dtype: DType,
  generator: Generator = default_generator,
): Value {
  return new Value(generator._sampler.fillBernoulli(fresh(dtype, shape), p));
}
