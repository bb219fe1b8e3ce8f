import { type DType, int64, type Strided } from "@cognate/kernel";
import * as rng from "@cognate/kernel/rng";
import { def, RuntimeError, TypeError } from "@cognate/py";
import type { DeviceLike } from "../device.js";
import { type Int, type Ints, int, typeOf, valueOf } from "../ops/args.js";
import { unimplemented } from "../ops/refuse.js";
import { checkSizes } from "../ops/signatures.js";
import { scalarName } from "../promotion.js";
import { Tensor, type TensorLike } from "../tensor/tensor.js";
import { cName, overflow } from "../words.js";
import {
  finish,
  fresh,
  type MaybeOut,
  type MaybeType,
  requireContinuous,
  resultDType,
  shapeOf,
} from "./arguments.js";
import { type Generator, samplerOf } from "./generator.js";
import { bound, drawIntegers } from "./integers.js";

type MaybeGenerator = Generator | null;
type Sampler = rng.BoxMullerSampler;

const FACTORY = "...size * generator out dtype layout device requires_grad pin_memory names";

/** A function of a shape whose numbers are continuous. */
const factory = (name: string, kernel: string, draw: (s: Sampler, x: Strided) => unknown) =>
  def(
    `torch.${name}`,
    FACTORY,
    (
      size: readonly Ints[],
      generator: MaybeGenerator = null,
      out: MaybeOut = null,
      dtype: MaybeType = null,
      layout: unknown = null,
      device: DeviceLike = null,
      requires_grad = false,
      ...rest: unknown[]
    ): Tensor => {
      void [layout, rest];
      if (size.length === 0)
        throw new TypeError(`${name}() received an invalid combination of arguments - got ()`);
      checkSizes(name, size);
      const shape = shapeOf(size);
      const type = resultDType(dtype, out, name);
      requireContinuous(type, kernel);
      const x = fresh(type, shape);
      draw(samplerOf(generator, name), x);
      return finish(x, { out, requires_grad, device });
    },
  );

/**
 * Uniform numbers of [0, 1): 24 random bits each in float32, 53 in float64.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * torch.manual_seed(0);
 * print(torch.rand(2, 3));
 * // prints
 * // tensor([[0.4963, 0.7682, 0.0885],
 * //         [0.1320, 0.3074, 0.6341]])
 * ```
 */
export const rand = factory("rand", "check_uniform_bounds", (s, x) => s.fillUniform(x));

/**
 * Normal numbers with mean 0 and deviation 1.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * torch.manual_seed(0);
 * print(torch.randn([2, 2], { dtype: torch.float64 }));
 * // prints
 * // tensor([[ 1.5410, -0.2934],
 * //         [-2.1788,  0.5684]], dtype=torch.float64)
 * ```
 */
export const randn = factory("randn", "normal_kernel_cpu", (s, x) => s.fillNormal(x));

/** The three forms of `randint`: high and size; low, high and size; by name. */
function rangeAndSize(
  low: Int | readonly Int[] | undefined,
  high: Int | readonly Int[] | undefined,
  size: readonly Int[] | undefined,
): { low: Int; high: Int; size: readonly Int[] } {
  const isList = (x: unknown): x is readonly Int[] => Array.isArray(x);
  if (size === undefined && isList(high)) {
    if (low === undefined || isList(low)) throw new TypeError("randint(): argument 'high' must be int");
    return { low: 0, high: low, size: high };
  }
  if (isList(size) && !isList(low) && !isList(high)) {
    if (high === undefined && low !== undefined) return { low: 0, high: low, size };
    if (high !== undefined) return { low: low ?? 0, high, size };
  }
  if (size === undefined && low !== undefined && high !== undefined)
    throw new TypeError("randint(): argument 'size' (position 2) must be tuple of ints, not int");
  throw new TypeError("randint() received an invalid combination of arguments");
}

const wide = (x: Int): bigint => (x instanceof Tensor ? BigInt(int(x)) : bound(x));

/** Integers over a fresh array. */
function integers(type: DType, shape: readonly number[], low: Int, high: Int, s: Sampler): Strided {
  const x = fresh(type, shape);
  if (type.kind === "complex") throw unimplemented("check_random_bounds")(type);
  drawIntegers(s, x, wide(low), wide(high));
  return x;
}

/**
 * Integers of [low, high), also in a floating type: `randint(high, size)` or `randint(low, high, size)`.
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * torch.manual_seed(0);
 * print(torch.randint(3, 10, [4]), torch.randint(2, [3]));
 * // prints tensor([7, 6, 3, 5]) tensor([1, 1, 1])
 * ```
 */
export const randint = def(
  "torch.randint",
  "low high size * generator out dtype layout device requires_grad pin_memory",
  (
    low: Int | undefined = undefined,
    high: Int | readonly Int[] | undefined = undefined,
    size: readonly Int[] | undefined = undefined,
    generator: MaybeGenerator = null,
    out: MaybeOut = null,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
  ): Tensor => {
    void [layout, pin_memory];
    const range = rangeAndSize(low, high, size);
    const type = resultDType(dtype, out, "randint", int64);
    const x = integers(type, shapeOf([range.size]), range.low, range.high, samplerOf(generator, "randint"));
    return finish(x, { out, requires_grad, device });
  },
);

/** The greatest n whose permutations a type holds. */
const COUNTS: Readonly<Record<string, number>> = {
  uint8: 255,
  int8: 127,
  int16: 32767,
  int32: 2147483647,
  int64: Number.MAX_SAFE_INTEGER,
  float16: 2049,
  bfloat16: 257,
  float32: 16777217,
  float64: 9007199254740991,
};

/** 0 … n − 1 in random order. @throws RuntimeError where the type does not hold n */
export const randperm = def(
  "torch.randperm",
  "n * generator out dtype layout device requires_grad pin_memory",
  (
    n: Int,
    generator: MaybeGenerator = null,
    out: MaybeOut = null,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    pin_memory = false,
  ): Tensor => {
    void [layout, pin_memory];
    const count = int(n);
    const type = resultDType(dtype, out, "randperm", int64);
    const [length] = shapeOf([count]);
    const most = COUNTS[type.name];
    if (most === undefined) throw unimplemented("randperm")(type);
    if (count > most)
      throw type.kind === "float"
        ? new RuntimeError(`n cannot be greater than ${most} for ${scalarName(type)} type.`)
        : overflow(cName(type));
    const x = samplerOf(generator, "randperm").fillPermutation(fresh(type, [length!]));
    return finish(x, { out, requires_grad, device });
  },
);

/** Zeros that lie in memory in the axis order of `x`, as PyTorch's memory format "preserve" has it. */
export function freshLike(x: Strided, type: DType = x.dtype): Strided {
  const y = fresh(type, x.shape);
  return x.contiguous ? y : y.view(x.shape, rng.preservedStrides(x));
}

const like = (name: string, kernel: string, draw: (s: Sampler, x: Strided) => unknown) =>
  def(
    `torch.${name}`,
    "input * dtype layout device requires_grad memory_format generator",
    (
      input: TensorLike,
      dtype: MaybeType = null,
      layout: unknown = null,
      device: DeviceLike = null,
      requires_grad = false,
      memory_format: unknown = null,
      generator: MaybeGenerator = null,
    ): Tensor => {
      void [layout, memory_format];
      const given = valueOf(input);
      const type = typeOf(dtype, name) ?? (given.weak ? resultDType(null, null, name) : given.dtype);
      requireContinuous(type, kernel);
      const x = freshLike(given.array, type);
      draw(samplerOf(generator, name), x);
      return finish(x, { requires_grad, device });
    },
  );

/** {@link rand} in the shape and type of another tensor. */
export const rand_like = like("rand_like", "check_uniform_bounds", (s, x) => s.fillUniform(x));
/** {@link randn} in the shape and type of another tensor. */
export const randn_like = like("randn_like", "normal_kernel_cpu", (s, x) => s.fillNormal(x));

/** {@link randint} in the shape and type of another tensor: `randint_like(x, high)` or `randint_like(x, low, high)`. */
export const randint_like = def(
  "torch.randint_like",
  "input low high * dtype layout device requires_grad memory_format generator",
  (
    input: TensorLike,
    low: Int | undefined = undefined,
    high: Int | undefined = undefined,
    dtype: MaybeType = null,
    layout: unknown = null,
    device: DeviceLike = null,
    requires_grad = false,
    memory_format: unknown = null,
    generator: MaybeGenerator = null,
  ): Tensor => {
    void [layout, memory_format];
    if (low === undefined && high === undefined)
      throw new TypeError('randint_like() missing 1 required positional arguments: "high"');
    const [from, to] = high === undefined ? [0, low!] : [low ?? 0, high];
    const given = valueOf(input);
    const x = freshLike(given.array, typeOf(dtype, "randint_like") ?? given.dtype);
    if (x.dtype.kind === "complex") throw unimplemented("check_random_bounds")(x.dtype);
    drawIntegers(samplerOf(generator, "randint_like"), x, wide(from), wide(to));
    return finish(x, { requires_grad, device });
  },
);
