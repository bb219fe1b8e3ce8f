import {
  complex128,
  type DType,
  float64,
  int64,
  isDiscrete,
  isInteger,
  kindOf,
  type OpRow,
  ops,
} from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import { callMany, type Input, Value } from "@cognate/tensor";
import { getDefault } from "../dtype.js";
import { inTorchWords } from "../errors.js";
import { cppTypeName, scalarName } from "../promotion.js";
import { frexp as frexpResult, type Named } from "../return-types.js";
import { type Scalar, Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { cannotCast, overflow } from "../words.js";
import { number, refuseBools, requireFit, scaleOther } from "./alpha.js";
import {
  alias,
  binary,
  functional,
  overloads,
  type Plan,
  plan,
  pointwise,
  type Traits,
  unary,
} from "./make.js";
import { castValue, commonType, operandOf, valueOf } from "./operands.js";
import { writeOut } from "./out.js";
import { notImplemented, type Refusals, refused, unimplemented } from "./refuse.js";

const TWO = "input|x|a|x1 other|x2";
const WITH_ALPHA = `${TWO} * alpha` as const;

/**
 * input + alpha·other, elementwise.
 *
 * @throws RuntimeError for shapes that do not broadcast, and for a fractional alpha beside integers
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([1.5, 2]);
 * print(x.add(1), torch.add(x, x, { alpha: 2 })); // prints tensor([2.5000, 3.0000]) tensor([4.5000, 6.0000])
 * ```
 */
export const add = pointwise("add", WITH_ALPHA, (input: TensorLike, other: TensorLike, alpha: Scalar = 1) =>
  plan(
    ops.add,
    [operandOf(input), operandOf(other)],
    undefined,
    alpha === 1 ? undefined : { map: scaleOther(alpha, 1) },
  ),
);

/** input − alpha·other, elementwise. */
export const sub = pointwise("sub", WITH_ALPHA, (input: TensorLike, other: TensorLike, alpha: Scalar = 1) => {
  const args = [operandOf(input), operandOf(other)] as const;
  refuseBools(...args);
  return plan(ops.sub, args, undefined, alpha === 1 ? undefined : { map: scaleOther(alpha, 1) });
});
export const subtract = alias("subtract", sub);
/** input · other, elementwise. */
export const mul = binary("mul", ops.mul, "any", { half: { wideScalars: true } });
export const multiply = alias("multiply", mul);

const DIV = { computes: "float", half: { wideScalars: true }, gradFn: "DivBackward0" } as const;
const WHOLE_DIV = {
  floor: {
    row: ops.floorDiv,
    kernel: "div_floor_cpu",
    refuse: { bool: unimplemented("div_floor_cpu") },
  },
  trunc: {
    row: ops.truncDiv,
    kernel: "div_trunc_cpu",
    refuse: { bool: unimplemented("div_trunc_cpu") },
  },
} as const;

/**
 * input / other, elementwise; integers give floats. `rounding_mode: "floor"` is Python's `//`, `"trunc"` C's integer
 * division.
 *
 * @throws RuntimeError `ZeroDivisionError` for integers divided by 0 with a rounding mode
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * const x = torch.tensor([7, -7]);
 * print(x.div(2), x.div(2, { rounding_mode: "floor" })); // prints tensor([ 3.5000, -3.5000]) tensor([ 3, -4])
 * ```
 */
export const div = pointwise(
  "div",
  `${TWO} * rounding_mode`,
  (input: TensorLike, other: TensorLike, rounding_mode: string | null = null) => {
    const args = [operandOf(input), operandOf(other)];
    if (rounding_mode === null) {
      const [a, b] = args as [Value | Scalar, Value | Scalar];
      // PyTorch has no division of a number but `2 / x`, which it takes as x.reciprocal() * 2.
      if (!(a instanceof Value) && b instanceof Value) return plan(ops.mul, [reciprocal(wrap(b))._value, a]);
      return plan(ops.div, args, undefined, { traits: DIV });
    }
    if (rounding_mode !== "floor" && rounding_mode !== "trunc")
      throw new RuntimeError(
        `div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '${rounding_mode}'`,
      );
    const { row, refuse, kernel } = WHOLE_DIV[rounding_mode];
    return plan(row as OpRow<void>, args, undefined, { traits: { refuse, kernel, gradFn: "DivBackward2" } });
  },
);
export const divide = alias("divide", div);
/** input / other, elementwise; integers give floats. */
export const true_divide = binary("true_divide", ops.div, "float", { ...DIV, kernel: "div_cpu" });

/** ⌊input / other⌋, elementwise, Python's `//`. @throws RuntimeError `ZeroDivisionError` for integers */
export const floor_divide = binary("floor_divide", ops.floorDiv, "any", {
  refuse: WHOLE_DIV.floor.refuse,
  kernel: WHOLE_DIV.floor.kernel,
  gradFn: "NotImplemented",
});
/** The remainder with the sign of `other`, Python's `%`. @throws RuntimeError `ZeroDivisionError` for integers */
export const remainder = binary("remainder", ops.mod, "any", { gradFn: overloads("Remainder", 0, 1) });
/** The remainder with the sign of `input`, C's `%`. @throws RuntimeError `ZeroDivisionError` for integers */
export const fmod = binary("fmod", ops.fmod, "any", { gradFn: overloads("Fmod", 0, 1) });

/** −input. */
export const neg = unary("neg", ops.neg, "any", {
  refuse: {
    bool: refused(
      "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.",
    ),
  },
});
export const negative = alias("negative", neg);
/** `+input`: the tensor itself. @throws RuntimeError for bool */
export const positive = def("torch.positive", "input|x|a|x1", (input: TensorLike): Tensor => {
  const x = input instanceof Tensor ? input : wrap(valueOf(input));
  if (x._value.dtype.kind === "bool")
    throw new RuntimeError("The `+` operator, on a bool tensor is not supported.");
  return x;
});

/** Numbers must fit the integer type that they are beside. */
const fitting =
  (numbers: readonly (Value | Scalar)[]) =>
  (inputs: Input[], type: DType): Input[] => {
    requireFit(numbers, type);
    return inputs;
  };

const POW = (args: Plan["args"]): string =>
  args[0] instanceof Value ? overloads("Pow", 0, 1)(args) : "PowBackward2";

/**
 * input to the power of exponent, elementwise; one of them may be a number.
 *
 * @throws RuntimeError for integers to a negative number
 */
export const pow = pointwise("pow", "input|x|a|x1 exponent", (input: TensorLike, exponent: TensorLike) => {
  let base = operandOf(input);
  const power = operandOf(exponent);
  const traits = {
    kernel: "pow",
    refuse: power instanceof Value ? { bool: unimplemented("pow") } : undefined,
    gradFn: POW,
  };
  const negative = !(power instanceof Value) && Number(power) < 0;
  if (negative && isInteger(commonType([base, power]))) {
    if (!(base instanceof Value) || !base.weak)
      throw new RuntimeError("Integers to negative integer powers are not allowed.");
    // Whole numbers that were floats in Python.
    base = castValue(base, getDefault());
  }
  return plan(ops.pow, [base, power], undefined, { traits, map: fitting([power]) });
});
/** {@link pow} in double precision, whatever the types. */
export const float_power = pointwise(
  "float_power",
  "input|x|a|x1 exponent",
  (input: TensorLike, exponent: TensorLike) => {
    const args = [operandOf(input), operandOf(exponent)];
    const complex = commonType(args).kind === "complex";
    const wide = args.map((x) => (x instanceof Value ? castValue(x, complex ? complex128 : float64) : x));
    return plan(ops.pow, wide, undefined, {
      traits: {
        computes: "float",
        kernel: "pow",
        gradFn: POW,
        exact: true,
        castError: (result, own) =>
          `the base given to float_power_ has dtype ${scalarName(own)} but the operation's result requires dtype ${scalarName(result)}`,
      },
    });
  },
);

// PyTorch's sign of NaN: it is neither above nor below 0.
const NAN_IS_ZERO = { nan: "zero" } as const;

/** |input|; of complex numbers the modulus. */
export const abs = unary("abs", ops.abs, "any", { refuse: { bool: unimplemented("abs_cpu") } });
export const absolute = alias("absolute", abs);
/** −1, 0 or 1. */
export const sign = unary(
  "sign",
  ops.sign,
  "any",
  {
    refuse: {
      complex: notImplemented(
        "Unlike NumPy, torch.sign is not intended to support complex numbers. Please use torch.sgn instead.",
      ),
    },
  },
  NAN_IS_ZERO,
);
/** The sign, for complex numbers z / |z|. */
export const sgn = unary("sgn", ops.sgn, "any", {}, NAN_IS_ZERO);
/** Whether the sign is minus. */
export const signbit = functional("signbit", "input|x|a|x1", (input: TensorLike) =>
  plan(ops.signbit, [operandOf(input)], undefined, {
    traits: { refuse: { complex: notImplemented("signbit is not implemented for complex tensors.") } },
  }),
);
/** input². */
export const square = pointwise("square", "input|x|a|x1", (input: TensorLike) => {
  const x = operandOf(input);
  const counted = x instanceof Value && x.dtype.kind === "bool" ? castValue(x, int64) : x;
  return plan(ops.square, [counted], undefined, { traits: { gradFn: "PowBackward0" } });
});
/** √input. */
export const sqrt = unary("sqrt", ops.sqrt, "float");
/** 1 / √input. */
export const rsqrt = unary("rsqrt", ops.rsqrt, "float");
/** 1 / input. */
export const reciprocal = unary("reciprocal", ops.reciprocal, "float");

/** |input| with the sign of other. */
export const copysign = binary("copysign", ops.copysign, "float", { gradFn: overloads("Copysign", 1, 0) });
/** √(input² + other²). */
export const hypot = binary("hypot", ops.hypot, "floating");
/** The next floating-point number from input towards other. */
export const nextafter = binary("nextafter", ops.nextafter, "floating");
/** 0 below 0, 1 above, `values` at 0. @throws RuntimeError for unlike types */
export const heaviside = pointwise(
  "heaviside",
  "input|x|a|x1 values",
  (input: TensorLike, values: TensorLike) => {
    const args = [operandOf(input), operandOf(values)] as const;
    const [x, v] = args;
    if (commonType(args).kind === "complex")
      throw new RuntimeError("heaviside is not yet implemented for complex tensors.");
    if (x instanceof Value && v instanceof Value && x.dtype !== v.dtype && !x.weak && !v.weak)
      throw new RuntimeError("heaviside is not yet implemented for tensors with different dtypes.");
    return plan(ops.heaviside, args, NAN_IS_ZERO);
  },
);
/** The greatest common divisor of integers. */
export const gcd = binary("gcd", ops.gcd);
/** The least common multiple of integers. */
export const lcm = binary("lcm", ops.lcm);

const ORDERED = (name: string): Refusals => ({
  complex: refused(`${name} not implemented for complex tensors.`),
});
const withoutTwin = (name: string, row: typeof ops.maximum, refuse?: Refusals) =>
  functional(name, TWO, (input: TensorLike, other: TensorLike) =>
    plan(row, [operandOf(input), operandOf(other)], undefined, { traits: { refuse } }),
  );
/** The larger of the two at each place, NaN beside NaN; a tie shares the gradient. */
export const maximum = withoutTwin("maximum", ops.maximum, ORDERED("maximum"));
/** The smaller of the two at each place, NaN beside NaN; a tie shares the gradient. */
export const minimum = withoutTwin("minimum", ops.minimum, ORDERED("minimum"));
/** The larger of the two, the other one beside NaN. */
export const fmax = withoutTwin("fmax", ops.fmax, ORDERED("fmax"));
/** The smaller of the two, the other one beside NaN. */
export const fmin = withoutTwin("fmin", ops.fmin, ORDERED("fmin"));

type Bound = TensorLike | null;

const CLAMP_COMPLEX = notImplemented("clamp is not supported for complex types");

/** What PyTorch refuses of limits, which are all numbers or all tensors to it. */
function limits(name: string, args: readonly (Value | Scalar)[], tensorKernel: string): Traits {
  const [x, ...bounds] = args;
  if (bounds.some((b) => b instanceof Value)) return { kernel: tensorKernel };
  if (name === "clamp") {
    if (bounds.some((b) => kindOf(b) === "complex") && x instanceof Value && x.dtype.kind === "float")
      throw overflow("double");
  } else if (bounds.some((b) => kindOf(b) === "complex")) throw CLAMP_COMPLEX();
  return {
    refuse: { bool: unimplemented(`${name}_scalar_cpu`), complex: CLAMP_COMPLEX },
    castError: (result, own) =>
      `result type ${scalarName(result)} can't be cast to the desired output type ${cppTypeName(own)}`,
  };
}

/**
 * input limited to [min, max]; either bound may be left out, and both may be tensors.
 *
 * @throws RuntimeError where both are left out
 *
 * @example
 * ```ts
 * import * as torch from "@cognate/torch";
 * import { print } from "@cognate/py";
 * print(torch.tensor([-1.5, 0.25, 3]).clamp(0, { max: 1 })); // prints tensor([0.0000, 0.2500, 1.0000])
 * ```
 */
export const clamp = pointwise(
  "clamp",
  "input|x|a|x1 min max",
  (input: TensorLike, min: Bound = null, max: Bound = null): Plan => {
    const x = operandOf(input);
    if (min === null && max === null)
      throw new RuntimeError("torch.clamp: At least one of 'min' or 'max' must not be None");
    const bounds = [min, max].filter((b) => b !== null).map(operandOf);
    const args = [x, ...bounds];
    if (x instanceof Value && x.dtype.kind === "complex") throw CLAMP_COMPLEX();
    const [name, row, kernel] =
      max === null
        ? (["clamp_min", ops.clampMin, "maximum_cpu"] as const)
        : min === null
          ? (["clamp_max", ops.clampMax, "minimum_cpu"] as const)
          : (["clamp", ops.clamp, "clamp_cpu"] as const);
    const traits = limits("clamp", args, kernel);
    const refuse = { ...traits.refuse, bool: traits.refuse && unimplemented(`${name}_scalar_cpu`) };
    const gradFn = bounds.some((b) => b instanceof Value) ? "ClampBackward0" : "ClampBackward1";
    return plan(row, args, undefined, { traits: { ...traits, refuse, gradFn }, map: fitting(bounds) });
  },
);
export const clip = alias("clip", clamp);

const oneBound = (name: string, row: typeof ops.clampMin, bound: "min" | "max", kernel: string) =>
  pointwise(name, `input|x|a|x1 ${bound}`, (input: TensorLike, limit: TensorLike) => {
    const args = [operandOf(input), operandOf(limit)] as const;
    const gradFn = overloads(bound === "min" ? "ClampMin" : "ClampMax", 0, 1);
    return plan(row, args, undefined, { traits: { ...limits(name, args, kernel), gradFn } });
  });
/** input, but at least `min`. */
export const clamp_min = oneBound("clamp_min", ops.clampMin, "min", "maximum_cpu");
/** input, but at most `max`. */
export const clamp_max = oneBound("clamp_max", ops.clampMax, "max", "minimum_cpu");

/** input with NaN, +∞ and −∞ replaced, by 0 and the type's largest and smallest numbers unless given. */
export const nan_to_num = pointwise(
  "nan_to_num",
  "input|x|a|x1 nan posinf neginf",
  (
    input: TensorLike,
    nan: number | Number | null = null,
    posinf: number | Number | null = null,
    neginf: number | Number | null = null,
  ) =>
    plan(ops.nanToNum, [operandOf(input)], {
      nan: Number(nan ?? 0),
      posinf: posinf === null ? null : Number(posinf),
      neginf: neginf === null ? null : Number(neginf),
    }),
);

const SCALED = "input|x|a|x1 tensor1 tensor2 * value";

/** input + value·tensor1·tensor2. */
export const addcmul = pointwise(
  "addcmul",
  SCALED,
  (input: TensorLike, tensor1: TensorLike, tensor2: TensorLike, value: Scalar = 1) => {
    const args = [operandOf(input), operandOf(tensor1), operandOf(tensor2)];
    const factor = number(value);
    // As in PyTorch, a fraction beside integers loses what follows the point.
    const whole = typeof factor === "number" && isInteger(commonType(args)) ? Math.trunc(factor) : factor;
    return plan(
      ops.addcmul,
      args,
      { value: whole },
      {
        traits: { refuse: { bool: unimplemented("addcmul_cpu_out") }, kernel: "addcmul_cpu_out" },
      },
    );
  },
);
/** input + value·tensor1/tensor2. @throws RuntimeError for integers */
export const addcdiv = pointwise(
  "addcdiv",
  SCALED,
  (input: TensorLike, tensor1: TensorLike, tensor2: TensorLike, value: Scalar = 1) => {
    const args = [operandOf(input), operandOf(tensor1), operandOf(tensor2)];
    const [, a, b] = args;
    const whole = (v: Value | Scalar | undefined): boolean =>
      v instanceof Value && !v.weak && isDiscrete(v.dtype);
    if (whole(a) && whole(b))
      throw new RuntimeError(
        "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true division of tensor1 and tensor2. The historic addcdiv behavior can be implemented as (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 / tensor2) for float inputs. The future addcdiv behavior is just the latter implementation: (input + value * tensor1 / tensor2), for all dtypes.",
      );
    return plan(ops.addcdiv, args, { value: number(value) }, { traits: { computes: "float" } });
  },
);

/** input + weight·(end − input). @throws RuntimeError for unlike types */
export const lerp = pointwise(
  "lerp",
  "input|x|a|x1 end weight",
  (input: TensorLike, end: TensorLike, weight: TensorLike) => {
    const args = [operandOf(input), operandOf(end), operandOf(weight)] as const;
    const [x, ...rest] = args;
    const names = ["end", "weight"];
    rest.forEach((v, i) => {
      if (x instanceof Value && v instanceof Value && v.dtype !== x.dtype && !v.weak && !x.weak)
        throw new RuntimeError(
          `expected dtype ${cppTypeName(x.dtype)} for \`${names[i]}\` but got dtype ${cppTypeName(v.dtype)}`,
        );
    });
    const gradFn = overloads("Lerp", 0, 1);
    const kernel = args[2] instanceof Value ? "lerp_kernel_tensor" : "lerp_kernel_scalar";
    return plan(ops.lerp, args, undefined, { traits: { gradFn, kernel, computes: "floating" } });
  },
);

/** input · 2^other. */
export const ldexp = binary("ldexp", ops.ldexp, "float", {
  castError: (result, own) =>
    own.kind === "float"
      ? cannotCast(result, own)
      : `ldexp can't be cast to the desired output type ${scalarName(own)}`,
});

/** Mantissa in [½, 1) and exponent of each number: input = mantissa · 2^exponent. */
export const frexp = def(
  "torch.frexp",
  "input|x|a|x1 * out",
  (input: TensorLike, out: readonly [Tensor, Tensor] | null = null): Named<"mantissa" | "exponent"> => {
    const x = valueOf(input);
    const floating = x.weak ? castValue(x, getDefault()) : x;
    if (floating.dtype.kind !== "float")
      throw new RuntimeError("torch.frexp() only supports floating-point dtypes");
    const parts = inTorchWords("frexp", () => callMany(ops.frexp, [floating], undefined));
    return frexpResult.make(parts.map((y, i) => (out ? writeOut(out[i]!, y, "frexp", [x]) : wrap(y))));
  },
);
