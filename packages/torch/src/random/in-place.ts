import { type DType, isComplex, ParamError, type Strided } from "@cognate/kernel";
import type * as rng from "@cognate/kernel/rng";
import { def, RuntimeError, TypeError } from "@cognate/py";
import { largest } from "../ops/args.js";
import { unimplemented } from "../ops/refuse.js";
import { cppTypeName, scalarName } from "../promotion.js";
import { Tensor } from "../tensor/tensor.js";
import { requireContinuous } from "./arguments.js";
import { type Generator, samplerOf } from "./generator.js";
import { bound, drawIntegers, drawIntegersOfType, drawIntegersUp } from "./integers.js";
import { cNumber, overwriteBy, settleFloat } from "./write.js";

/*
 * Methods that write random numbers over a tensor, in the order in which its elements lie in memory.
 */

type Num = number | Number;
type MaybeGenerator = Generator | null;

const continuous =
  "is a continuous probability distribution. dtype must be a floating point but you specified";

/** Writes what `fill` draws over a tensor of floats; whole numbers that were meant as such become floats before. */
function drawn(
  input: Tensor,
  name: string,
  gradFn: string,
  generator: MaybeGenerator,
  check: (dtype: DType) => void,
  fill: (sampler: rng.BoxMullerSampler, x: Strided) => void,
): Tensor {
  settleFloat(input);
  check(input._value.dtype);
  const sampler = samplerOf(generator, name);
  return overwriteBy(input, name, gradFn, (x) => fill(sampler, x));
}

/** @throws RuntimeError unless a parameter is positive */
function requirePositive(op: string, what: string, v: number): void {
  if (!(v > 0)) throw new RuntimeError(`${op} expects ${what} > 0.0, but found ${what}=${cNumber(v)}`);
}

/** Uniform numbers of [from, to). @throws RuntimeError where the bounds do not fit; NotImplementedError for integers */
export const uniform_ = def(
  "torch.uniform_",
  "input from to * generator",
  (input: Tensor, from: Num = 0, to: Num = 1, generator: MaybeGenerator = null): Tensor => {
    const [low, high] = [Number(from), Number(to)];
    const check = (dtype: DType): void => {
      requireContinuous(dtype, "check_uniform_bounds");
      if (dtype.kind === "float") requireUniform(low, high, dtype);
    };
    return drawn(input, "uniform_", "UniformBackward0", generator, check, (sampler, x) =>
      sampler.fillUniform(x, low, high),
    );
  },
);

function requireUniform(low: number, high: number, dtype: DType): void {
  const most = largest(dtype);
  for (const [v, label] of [
    [low, "from"],
    [high, "to"],
  ] as const)
    if (!(v >= -most && v <= most))
      throw new RuntimeError(`${label} is out of bounds for ${cppTypeName(dtype)}`);
  if (low > high)
    throw new RuntimeError(
      `uniform_ expects to return a [from, to) range, but found from=${cNumber(low)} > to=${cNumber(high)}`,
    );
  if (high - low > most)
    throw new RuntimeError(
      `uniform_ expects to-from <= std::numeric_limits<${scalarName(dtype)}>::max(), but found to=${cNumber(high)} and from=${cNumber(low)} which result in to-from to exceed the limit`,
    );
}

/** @throws RuntimeError for a negative deviation */
export function requireDeviation(std: number): void {
  if (!(std >= 0)) throw new RuntimeError(`normal expects std >= 0.0, but found std ${cNumber(std)}`);
}

/**
 * Normal numbers. Sixteen and more elements that lie one after another are drawn in blocks of sixteen, others in pairs
 * whose second number waits for the next call.
 */
export const normal_ = def(
  "torch.normal_",
  "input mean std * generator",
  (input: Tensor, mean: Num = 0, std: Num = 1, generator: MaybeGenerator = null): Tensor => {
    const [center, spread] = [Number(mean), Number(std)];
    requireDeviation(spread);
    const check = (dtype: DType): void => requireContinuous(dtype, "normal_kernel_cpu");
    return drawn(input, "normal_", "NormalBackward0", generator, check, (sampler, x) =>
      sampler.fillNormal(x, center, spread),
    );
  },
);

/**
 * Integers: `random_()` of 0 … what the type counts without gaps, `random_(to)` of [0, to), `random_(from, to)` of
 * [from, to), `random_(from, null)` from there on.
 */
export const random_ = def(
  "torch.random_",
  "input from to * generator",
  (
    input: Tensor,
    from: Num | bigint | null = null,
    to: Num | bigint | null | undefined = undefined,
    generator: MaybeGenerator = null,
  ): Tensor => {
    const sampler = samplerOf(generator, "random_");
    const draw = (x: Strided): void => {
      if (from === null && (to === undefined || to === null)) drawIntegersOfType(sampler, x);
      else if (to === null) drawIntegersUp(sampler, x, bound(from!));
      else if (to === undefined) drawIntegers(sampler, x, 0n, bound(from!));
      else drawIntegers(sampler, x, from === null ? 0n : bound(from), bound(to));
    };
    if (from !== null || (to !== undefined && to !== null)) {
      // Bounds are checked also where there is nothing to draw.
      if (input._value.size === 0) draw(input._value.array);
    }
    const gradFn = `RandomBackward${from === null && (to === undefined || to === null) ? 2 : to === undefined ? 1 : 0}`;
    return overwriteBy(input, "random_", gradFn, draw);
  },
);

/** @throws RuntimeError unless 0 ≤ p ≤ 1 */
export function requireProbability(p: number): void {
  if (!(p >= 0 && p <= 1))
    throw new RuntimeError(`bernoulli_ expects p to be in [0, 1], but got p=${cNumber(p)}`);
}

/** Draws by a tensor of probabilities. @throws RuntimeError at the first that is none */
export function drawBernoulliOf(sampler: rng.BoxMullerSampler, x: Strided, p: Strided): void {
  if (p.dtype.kind !== "float") throw unimplemented("bernoulli_tensor_cpu_p_")(p.dtype);
  try {
    sampler.fillBernoulliOf(x, p);
  } catch (e) {
    if (!(e instanceof ParamError)) throw e;
    throw new RuntimeError(
      "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be improved?  If so, please report an enhancement request to PyTorch.)",
    );
  }
}

/** @throws NotImplementedError for types that cannot hold a 0 or 1 of this function */
export function requireBernoulli(dtype: DType, kernel: string): void {
  if (isComplex(dtype) || (dtype.kind === "uint" && dtype.itemsize > 1)) throw unimplemented(kernel)(dtype);
}

/** An exponential distribution's numbers. */
export const exponential_ = def(
  "torch.exponential_",
  "input lambd * generator",
  (input: Tensor, lambd: Num = 1, generator: MaybeGenerator = null): Tensor => {
    const rate = Number(lambd);
    requirePositive("exponential_", "lambda", rate);
    const check = (dtype: DType): void => {
      if (dtype.kind !== "float")
        throw new RuntimeError(`Exponential distribution ${continuous} ${scalarName(dtype)}`);
    };
    return drawn(input, "exponential_", "ExponentialBackward0", generator, check, (sampler, x) =>
      sampler.fillExponential(x, rate),
    );
  },
);

/** How many trials of probability p the first success takes. */
export const geometric_ = def(
  "torch.geometric_",
  "input p * generator",
  (input: Tensor, p: Num, generator: MaybeGenerator = null): Tensor => {
    const q = Number(p);
    if (!(q > 0 && q < 1))
      throw new RuntimeError(`geometric_ expects p to be in (0, 1), but got p=${cNumber(q)}`);
    const { dtype } = input._value;
    if (dtype.kind === "bool" || isComplex(dtype) || (dtype.kind === "uint" && dtype.itemsize > 1))
      throw unimplemented("geometric_cpu")(dtype);
    const sampler = samplerOf(generator, "geometric_");
    return overwriteBy(input, "geometric_", "GeometricBackward0", (x) => sampler.fillGeometric(x, q));
  },
);

/** A Cauchy distribution's numbers. */
export const cauchy_ = def(
  "torch.cauchy_",
  "input median sigma * generator",
  (input: Tensor, median: Num = 0, sigma: Num = 1, generator: MaybeGenerator = null): Tensor => {
    const [center, spread] = [Number(median), Number(sigma)];
    requirePositive("cauchy_", "sigma", spread);
    const check = (dtype: DType): void => {
      if (dtype.kind !== "float")
        throw new RuntimeError(`Cauchy distribution ${continuous} ${cppTypeName(dtype)}`);
    };
    return drawn(input, "cauchy_", "CauchyBackward0", generator, check, (sampler, x) =>
      sampler.fillCauchy(x, center, spread),
    );
  },
);

/** e to the power of normal numbers with that mean and deviation. */
export const log_normal_ = def(
  "torch.log_normal_",
  "input mean std * generator",
  (input: Tensor, mean: Num = 1, std: Num = 2, generator: MaybeGenerator = null): Tensor => {
    const [center, spread] = [Number(mean), Number(std)];
    requirePositive("log_normal_", "std", spread);
    const check = (dtype: DType): void => {
      if (dtype.kind !== "float") throw unimplemented("log_normal_cpu")(dtype);
    };
    return drawn(input, "log_normal_", "LogNormalBackward0", generator, check, (sampler, x) =>
      sampler.fillLogNormal(x, center, spread),
    );
  },
);

/** Ones with a probability (one for all, or a tensor of them), else zeros. */
export const bernoulli_ = def(
  "torch.bernoulli_",
  "input p * generator",
  (input: Tensor, p: Num | Tensor = 0.5, generator: MaybeGenerator = null): Tensor => {
    const sampler = samplerOf(generator, "bernoulli_");
    const { dtype } = input._value;
    if (p instanceof Tensor) {
      settleFloat(p);
      const q = p._value.array;
      requireBernoulli(dtype, "bernoulli_tensor_cpu_self_");
      return overwriteBy(input, "bernoulli_", "BernoulliBackward1", (x) => drawBernoulliOf(sampler, x, q));
    }
    if (typeof p !== "number" && !(p instanceof Number))
      throw new TypeError("bernoulli_(): argument 'p' must be Tensor or float");
    const q = Number(p);
    requireProbability(q);
    requireBernoulli(dtype, "bernoulli_scalar_cpu_");
    return overwriteBy(input, "bernoulli_", "BernoulliBackward2", (x) => sampler.fillBernoulli(x, q));
  },
);
