import { float64 as FLOAT64, eye as identity, ops, type Strided, scalarArray } from "@cognate/kernel";
import { def, FutureWarning, Tuple, ValueError, warn } from "@cognate/py";
import { applyInPlace, call, noGrad, Value } from "@cognate/tensor";
import { qr } from "../linalg/factorize.js";
import { freshLike, randperm } from "../random/factories.js";
import type { Generator } from "../random/generator.js";
import { normal_ as normalFill, uniform_ as uniformFill } from "../random/in-place.js";
import { isTrue } from "../random/write.js";
import { type Tensor, wrap } from "../tensor/tensor.js";

/*
 * torch.nn.init: starting values for weights, written in place without history. They return their argument.
 */

type Num = number | Number;
type MaybeGenerator = Generator | null;

/** Writes an array over a tensor without history. */
function write(tensor: Tensor, array: Strided): Tensor {
  noGrad(() => applyInPlace(ops.assign, [tensor._value, new Value(array)], undefined));
  return tensor;
}
const constant = (tensor: Tensor, v: Num): Tensor =>
  write(tensor, scalarArray(Number(v), tensor._value.dtype));

const uniform = (tensor: Tensor, a: number, b: number, generator: MaybeGenerator): Tensor =>
  noGrad(() => uniformFill(tensor, a, b, { generator }));
const normal = (tensor: Tensor, mean: number, std: number, generator: MaybeGenerator): Tensor =>
  noGrad(() => normalFill(tensor, mean, std, { generator }));

/** Uniform numbers of [a, b). */
export const uniform_ = def(
  "torch.nn.init.uniform_",
  "tensor a b generator",
  (tensor: Tensor, a: Num = 0, b: Num = 1, generator: MaybeGenerator = null): Tensor =>
    uniform(tensor, Number(a), Number(b), generator),
);

/** Normal numbers. */
export const normal_ = def(
  "torch.nn.init.normal_",
  "tensor mean std generator",
  (tensor: Tensor, mean: Num = 0, std: Num = 1, generator: MaybeGenerator = null): Tensor =>
    normal(tensor, Number(mean), Number(std), generator),
);

/** One number everywhere. */
export const constant_ = def(
  "torch.nn.init.constant_",
  "tensor val",
  (tensor: Tensor, val: Num): Tensor => constant(tensor, val),
);
/** 1 everywhere. */
export const ones_ = def("torch.nn.init.ones_", "tensor", (tensor: Tensor): Tensor => constant(tensor, 1));
/** 0 everywhere. */
export const zeros_ = def("torch.nn.init.zeros_", "tensor", (tensor: Tensor): Tensor => constant(tensor, 0));

/** The identity matrix. @throws ValueError unless there are two axes */
export const eye_ = def("torch.nn.init.eye_", "tensor", (tensor: Tensor): Tensor => {
  const { shape, dtype } = tensor._value;
  if (shape.length !== 2) throw new ValueError("Only tensors with 2 dimensions are supported");
  return write(tensor, identity(dtype, shape[0]!, shape[1]!));
});

/**
 * The convolution that passes as many channels through as it can: 1 in the middle of the kernel from channel to
 * channel of each group.
 *
 * @throws ValueError unless there are 3 to 5 axes and the groups divide the first
 */
export const dirac_ = def("torch.nn.init.dirac_", "tensor groups", (tensor: Tensor, groups = 1): Tensor => {
  const { shape } = tensor._value;
  if (shape.length < 3 || shape.length > 5)
    throw new ValueError("Only tensors with 3, 4, or 5 dimensions are supported");
  if (shape[0]! % groups !== 0) throw new ValueError("dim 0 must be divisible by groups");
  const perGroup = shape[0]! / groups;
  const passed = Math.min(perGroup, shape[1]!);
  constant(tensor, 0);
  const middle = shape.slice(2).map((n) => Math.floor(n / 2));
  noGrad(() => {
    for (let g = 0; g < groups; g++)
      for (let d = 0; d < passed; d++) tensor.set([g * perGroup + d, d, ...middle], 1);
  });
  return tensor;
});

/** How many inputs and outputs one number of a weight touches. @throws ValueError for fewer than two axes */
export const _calculate_fan_in_and_fan_out = def(
  "torch.nn.init._calculate_fan_in_and_fan_out",
  "tensor",
  (tensor: Tensor): Tuple<number> => {
    const { shape } = tensor._value;
    if (shape.length < 2)
      throw new ValueError("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions");
    const field = shape.slice(2).reduce((a, b) => a * b, 1);
    return Tuple.of_([shape[1]! * field, shape[0]! * field]);
  },
);

type FanMode = "fan_in" | "fan_out";

function correctFan(tensor: Tensor, mode: FanMode): number {
  const which = mode.toLowerCase();
  if (which !== "fan_in" && which !== "fan_out")
    throw new ValueError(`Mode ${which} not supported, please use one of ['fan_in', 'fan_out']`);
  const [fanIn, fanOut] = _calculate_fan_in_and_fan_out(tensor);
  return which === "fan_in" ? fanIn! : fanOut!;
}

const LINEAR = [
  "linear",
  "conv1d",
  "conv2d",
  "conv3d",
  "conv_transpose1d",
  "conv_transpose2d",
  "conv_transpose3d",
  "sigmoid",
];

/**
 * What weights before a nonlinearity are multiplied with so that deviations stay 1.
 *
 * @param param - the slope of `leaky_relu`, 0.01 by default
 * @throws ValueError for a nonlinearity without one
 *
 * @example
 * ```ts
 * import { calculate_gain } from "@cognate/torch/nn/init";
 * import { print } from "@cognate/py";
 * print(calculate_gain("leaky_relu", 0.2)); // prints 1.3867504905630728
 * ```
 */
export const calculate_gain = def(
  "torch.nn.init.calculate_gain",
  "nonlinearity param",
  (nonlinearity: string, param: Num | null = null): number => {
    if (LINEAR.includes(nonlinearity)) return 1;
    if (nonlinearity === "tanh") return 5 / 3;
    if (nonlinearity === "relu") return Math.sqrt(2);
    if (nonlinearity === "selu") return 3 / 4;
    if (nonlinearity !== "leaky_relu") throw new ValueError(`Unsupported nonlinearity ${nonlinearity}`);
    if (param !== null && typeof param !== "number" && !((param as unknown) instanceof Number))
      throw new ValueError(`negative_slope ${param} not a valid number`);
    const slope = param === null ? 0.01 : Number(param);
    return Math.sqrt(2 / (1 + slope ** 2));
  },
);

/** The deviation of X. Glorot, Y. Bengio's scheme (2010): gain·√(2/(fan in + fan out)). */
function xavierStd(tensor: Tensor, gain: Num): number {
  const [fanIn, fanOut] = _calculate_fan_in_and_fan_out(tensor);
  return Number(gain) * Math.sqrt(2 / (fanIn! + fanOut!));
}

/** Uniform numbers with the deviation gain·√(2/(fan in + fan out)). */
export const xavier_uniform_ = def(
  "torch.nn.init.xavier_uniform_",
  "tensor gain generator",
  (tensor: Tensor, gain: Num = 1, generator: MaybeGenerator = null): Tensor => {
    const a = Math.sqrt(3) * xavierStd(tensor, gain);
    return uniform(tensor, -a, a, generator);
  },
);

/** Normal numbers with the deviation gain·√(2/(fan in + fan out)). */
export const xavier_normal_ = def(
  "torch.nn.init.xavier_normal_",
  "tensor gain generator",
  (tensor: Tensor, gain: Num = 1, generator: MaybeGenerator = null): Tensor =>
    normal(tensor, 0, xavierStd(tensor, gain), generator),
);

/** Whether there is nothing to fill, which is warned about. */
function nothing(tensor: Tensor): boolean {
  if (tensor._value.size > 0) return false;
  warn("Initializing zero-element tensors is a no-op");
  return true;
}

/** The deviation of K. He et al.'s scheme (2015): gain/√fan. */
const kaimingStd = (tensor: Tensor, a: Num, mode: FanMode, nonlinearity: string): number =>
  calculate_gain(nonlinearity, a) / Math.sqrt(correctFan(tensor, mode));

/**
 * Uniform numbers with the deviation gain/√fan.
 *
 * @param a - the slope of `leaky_relu`
 * @param mode - `fan_in` keeps deviations forward, `fan_out` backward
 */
export const kaiming_uniform_ = def(
  "torch.nn.init.kaiming_uniform_",
  "tensor a mode nonlinearity generator",
  (
    tensor: Tensor,
    a: Num = 0,
    mode: FanMode = "fan_in",
    nonlinearity = "leaky_relu",
    generator: MaybeGenerator = null,
  ): Tensor => {
    if (nothing(tensor)) return tensor;
    const bound = Math.sqrt(3) * kaimingStd(tensor, a, mode, nonlinearity);
    return uniform(tensor, -bound, bound, generator);
  },
);

/** Normal numbers with the deviation gain/√fan; see {@link kaiming_uniform_}. */
export const kaiming_normal_ = def(
  "torch.nn.init.kaiming_normal_",
  "tensor a mode nonlinearity generator",
  (
    tensor: Tensor,
    a: Num = 0,
    mode: FanMode = "fan_in",
    nonlinearity = "leaky_relu",
    generator: MaybeGenerator = null,
  ): Tensor =>
    nothing(tensor) ? tensor : normal(tensor, 0, kaimingStd(tensor, a, mode, nonlinearity), generator),
);

/** Whether any element is not zero. */
const any = (mask: Value): boolean => isTrue(call(ops.any, [mask], {}));

/** The part of a normal distribution's mass between two bounds. */
function massBetween(low: number, high: number): number {
  const cdf = (x: number): number => {
    const { array } = call(ops.erf, [new Value(scalarArray(x / Math.SQRT2, FLOAT64))], undefined);
    return (1 + (array.data[0] as number)) / 2;
  };
  return cdf(high) - cdf(low);
}

/**
 * Normal numbers between a and b: those outside are drawn again, or, where few would fall inside, uniform ones are
 * thinned by the density.
 *
 * @param a - least value @param b - greatest value
 */
export const trunc_normal_ = def(
  "torch.nn.init.trunc_normal_",
  "tensor mean std a b generator",
  (
    tensor: Tensor,
    mean: Num = 0,
    std: Num = 1,
    a: Num = -2,
    b: Num = 2,
    generator: MaybeGenerator = null,
  ): Tensor => {
    const [m, s, low, high] = [mean, std, a, b].map(Number) as [number, number, number, number];
    if (m < low - 2 * s || m > high + 2 * s)
      warn(
        "mean is more than 2 std from [a, b] in nn.init.trunc_normal_. The distribution of values may be incorrect.",
      );
    noGrad(() => {
      if (massBetween((low - m) / s, (high - m) / s) > 0.3) redraw(tensor, m, s, low, high, generator);
      else thin(tensor, m, s, low, high, generator);
    });
    return tensor;
  },
);

const like = (x: Value): Value => new Value(freshLike(x.array));

function redraw(tensor: Tensor, m: number, s: number, low: number, high: number, g: MaybeGenerator): void {
  normal(tensor, m, s, g);
  const { dtype } = tensor._value;
  // Bounds in the tensor's own type.
  const bounds = [low, high].map((v) => new Value(scalarArray(v, dtype)));
  let result = tensor._value;
  for (;;) {
    const below = call(ops.lt, [result, bounds[0]!], undefined);
    const mask = call(ops.logicalOr, [below, call(ops.gt, [result, bounds[1]!], undefined)], undefined);
    if (!any(mask)) break;
    const again = normal(wrap(like(result)), m, s, g)._value;
    result = call(ops.where, [again, mask, result], undefined);
  }
  if (result !== tensor._value) applyInPlace(ops.assign, [tensor._value, result], undefined);
}

function thin(tensor: Tensor, m: number, s: number, low: number, high: number, g: MaybeGenerator): void {
  const mode = Math.max(low, Math.min(m, high));
  const peak = -0.5 * ((mode - m) / s) ** 2;
  /** The logarithm of the density of uniform numbers, less that at its greatest. */
  const logDensity = (x: Tensor): Tensor => x.sub(m).div_(s).pow_(2).mul_(-0.5).sub_(peak);
  const candidates = wrap(like(tensor._value));
  const chance = wrap(like(tensor._value));
  const rejected = (x: Tensor): Value => uniform(chance, 0, 1, g).log_().gt(logDensity(x))._value;
  uniform(tensor, low, high, g);
  let pending = rejected(tensor);
  let result = tensor._value;
  while (any(pending)) {
    uniform(candidates, low, high, g);
    result = call(ops.where, [candidates._value, pending, result], undefined);
    const still = rejected(candidates);
    pending = call(ops.logicalAnd, [pending, still], undefined);
  }
  if (result !== tensor._value) applyInPlace(ops.assign, [tensor._value, result], undefined);
}

/**
 * Normal numbers of which, in every column, that part is set to 0.
 *
 * @param sparsity - the part of each column that is 0
 * @throws ValueError unless there are two axes
 */
export const sparse_ = def(
  "torch.nn.init.sparse_",
  "tensor sparsity std generator",
  (tensor: Tensor, sparsity: Num, std: Num = 0.01, generator: MaybeGenerator = null): Tensor => {
    const { shape } = tensor._value;
    if (shape.length !== 2) throw new ValueError("Only tensors with 2 dimensions are supported");
    const [rows, columns] = shape as [number, number];
    const zeros = Math.ceil(Number(sparsity) * rows);
    noGrad(() => {
      normal(tensor, 0, Number(std), generator);
      for (let column = 0; column < columns; column++)
        tensor.set([randperm(rows).at(`:${zeros}`), column], 0);
    });
    return tensor;
  },
);

/**
 * Orthonormal rows or columns (A. Saxe et al., 2013) of a tensor seen as a matrix, times `gain`.
 *
 * @throws ValueError for fewer than two axes
 */
export const orthogonal_ = def(
  "torch.nn.init.orthogonal_",
  "tensor gain generator",
  (tensor: Tensor, gain: Num = 1, generator: MaybeGenerator = null): Tensor => {
    const { shape, size } = tensor._value;
    if (shape.length < 2) throw new ValueError("Only tensors with 2 or more dimensions are supported");
    if (size === 0) return tensor;
    const rows = shape[0]!;
    const wide = rows < size / rows;
    return noGrad(() => {
      const noise = normal(tensor.new_empty(rows, size / rows), 0, 1, generator);
      const [q, r] = qr(wide ? noise.t() : noise) as unknown as [Tensor, Tensor];
      const signed = q.mul(r.diag().sign());
      return tensor.copy_((wide ? signed.t() : signed).reshape(tensor.shape)).mul_(gain as number);
    });
  },
);

/** The old name of a function, which warns. */
function renamed<F extends (...args: never[]) => unknown>(f: F & { readonly __name__: string }): F {
  const old = f.__name__.slice(0, -1);
  return ((...args: never[]) => {
    warn(`\`nn.init.${old}\` is now deprecated in favor of \`nn.init.${f.__name__}\`.`, FutureWarning);
    return f(...args);
  }) as F;
}

const oldNames = {
  uniform: renamed(uniform_),
  normal: renamed(normal_),
  constant: renamed(constant_),
  eye: renamed(eye_),
  dirac: renamed(dirac_),
  xavier_uniform: renamed(xavier_uniform_),
  xavier_normal: renamed(xavier_normal_),
  kaiming_uniform: renamed(kaiming_uniform_),
  kaiming_normal: renamed(kaiming_normal_),
  orthogonal: renamed(orthogonal_),
  sparse: renamed(sparse_),
};
const {
  uniform: oldUniform,
  normal: oldNormal,
  constant: oldConstant,
  eye,
  dirac,
  xavier_uniform,
  xavier_normal,
  kaiming_uniform,
  kaiming_normal,
  orthogonal,
  sparse,
} = oldNames;

export {
  dirac,
  eye,
  kaiming_normal,
  kaiming_uniform,
  oldConstant as constant,
  oldNormal as normal,
  oldUniform as uniform,
  orthogonal,
  sparse,
  xavier_normal,
  xavier_uniform,
};
