import { bool, dtypeNamed, int32, type OpRow, ops } from "@cognate/kernel";
import { Tuple } from "@cognate/py";
import type { Value } from "@cognate/tensor";
import { castValue, valueOf } from "../../backend/create.js";
import { run } from "../../backend/record.js";
import { type Tensor, type TensorLike, wrap } from "../../backend/tensor.js";
import { binary, compute, type Operand, op, promoted, shapes, unary } from "../make.js";

/*
 * Functions of `keras.ops` that work place by place, named as in NumPy. Integers become floats where NumPy's would, in
 * Keras's widths.
 */

export const exp = unary("numpy.Exp", "exp", ops.exp, "float");
export const exp2 = unary("numpy.Exp2", "exp2", ops.exp2, "float");
export const expm1 = unary("numpy.Expm1", "expm1", ops.expm1, "float");
export const log = unary("numpy.Log", "log", ops.log, "float");
export const log2 = unary("numpy.Log2", "log2", ops.log2, "float");
export const log10 = unary("numpy.Log10", "log10", ops.log10, "float");
export const log1p = unary("numpy.Log1p", "log1p", ops.log1p, "float");
export const sqrt = unary("numpy.Sqrt", "sqrt", ops.sqrt, "float");
export const cbrt = unary("numpy.Cbrt", "cbrt", ops.cbrt, "float");
export const sin = unary("numpy.Sin", "sin", ops.sin, "float");
export const cos = unary("numpy.Cos", "cos", ops.cos, "float");
export const tan = unary("numpy.Tan", "tan", ops.tan, "float");
export const arcsin = unary("numpy.Arcsin", "arcsin", ops.asin, "float");
export const arccos = unary("numpy.Arccos", "arccos", ops.acos, "float");
export const arctan = unary("numpy.Arctan", "arctan", ops.atan, "float");
export const sinh = unary("numpy.Sinh", "sinh", ops.sinh, "float");
export const cosh = unary("numpy.Cosh", "cosh", ops.cosh, "float");
export const tanh = unary("numpy.Tanh", "tanh", ops.tanh, "float");
export const arcsinh = unary("numpy.Arcsinh", "arcsinh", ops.asinh, "float");
export const arccosh = unary("numpy.Arccosh", "arccosh", ops.acosh, "float");
export const arctanh = unary("numpy.Arctanh", "arctanh", ops.atanh, "float");
export const sinc = unary("numpy.Sinc", "sinc", ops.sinc, "float");
export const i0 = unary("numpy.I0", "i0", ops.i0, "float");
export const deg2rad = unary("numpy.Deg2rad", "deg2rad", ops.deg2rad, "float");
export const rad2deg = unary("numpy.Rad2deg", "rad2deg", ops.rad2deg, "float");
export const ceil = unary("numpy.Ceil", "ceil", ops.ceil, "float");
export const floor = unary("numpy.Floor", "floor", ops.floor, "float");
export const trunc = unary("numpy.Trunc", "trunc", ops.trunc);

export const absolute = unary("numpy.Absolute", "absolute", ops.abs);
export const negative = unary("numpy.Negative", "negative", ops.neg);
export const sign = unary("numpy.Sign", "sign", ops.sign);
export const conjugate = unary("numpy.Conjugate", "conjugate", ops.conj);
export const conj = unary("numpy.Conj", "conj", ops.conj);
export const real = unary("numpy.Real", "real", ops.real);
export const isfinite = unary("numpy.Isfinite", "isfinite", ops.isfinite);
export const isinf = unary("numpy.IsInf", "isinf", ops.isinf);
export const isnan = unary("numpy.Isnan", "isnan", ops.isnan);
export const isneginf = unary("numpy.Isneginf", "isneginf", ops.isneginf);
export const isposinf = unary("numpy.Isposinf", "isposinf", ops.isposinf);
export const isreal = unary("numpy.Isreal", "isreal", ops.isreal);
export const signbit = unary("numpy.Signbit", "signbit", ops.signbit);
export const bitwise_not = unary("numpy.BitwiseNot", "bitwise_not", ops.bitwiseNot);
export const bitwise_invert = unary("numpy.BitwiseInvert", "bitwise_invert", ops.bitwiseNot);
export const abs = unary("numpy.Abs", "abs", ops.abs);

export const add = binary("numpy.Add", "add", ops.add, { tf: "AddV2" });
export const subtract = binary("numpy.Subtract", "subtract", ops.sub, { tf: "Sub" });
export const multiply = binary("numpy.Multiply", "multiply", ops.mul, { tf: "Mul" });
export const power = binary("numpy.Power", "power", ops.pow, { tf: "Pow" });
/** ⌊x1/x2⌋; of floats the quotient is rounded before, so that 1 over a third is 3. */
export const floor_divide = op(
  "numpy.FloorDivide",
  "floor_divide",
  "x1 x2",
  (x1: TensorLike, x2: TensorLike): Tensor => {
    const { values, type } = promoted([x1, x2]);
    if (type.kind !== "float") return compute(ops.floorDiv, values, undefined, "FloorDiv");
    return compute(ops.floor, [run(ops.div, values, undefined)], undefined);
  },
  { arity: 2, shape: shapes.stretched },
);
export const mod = binary("numpy.Mod", "mod", ops.mod, { tf: "FloorMod" });
export const fmod = binary("numpy.Fmod", "fmod", ops.fmod);
export const equal = binary("numpy.Equal", "equal", ops.eq);
export const not_equal = binary("numpy.NotEqual", "not_equal", ops.ne);
export const less = binary("numpy.Less", "less", ops.lt);
export const less_equal = binary("numpy.LessEqual", "less_equal", ops.le);
export const greater = binary("numpy.Greater", "greater", ops.gt);
export const greater_equal = binary("numpy.GreaterEqual", "greater_equal", ops.ge);
export const bitwise_and = binary("numpy.BitwiseAnd", "bitwise_and", ops.bitwiseAnd);
export const bitwise_or = binary("numpy.BitwiseOr", "bitwise_or", ops.bitwiseOr);
export const bitwise_xor = binary("numpy.BitwiseXor", "bitwise_xor", ops.bitwiseXor);
export const bitwise_left_shift = binary("numpy.BitwiseLeftShift", "bitwise_left_shift", ops.leftShift, {
  tf: "LeftShift",
});
export const left_shift = binary("numpy.LeftShift", "left_shift", ops.leftShift);
export const bitwise_right_shift = binary("numpy.BitwiseRightShift", "bitwise_right_shift", ops.rightShift, {
  tf: "RightShift",
});
export const right_shift = binary("numpy.RightShift", "right_shift", ops.rightShift);
export const gcd = binary("numpy.Gcd", "gcd", ops.gcd);
export const lcm = binary("numpy.Lcm", "lcm", ops.lcm);
export const fmax = binary("numpy.Fmax", "fmax", ops.fmax);
export const fmin = binary("numpy.Fmin", "fmin", ops.fmin);

export const arctan2 = binary("numpy.Arctan2", "arctan2", ops.atan2, { computes: "float", tf: "Atan2" });

/** A function of two floats in steps of Keras's own: of equal ones, the first takes the larger's gradient. */
const inSteps = (cls: string, name: string, f: (a: Value, b: Value) => Operand) =>
  op(
    `numpy.${cls}`,
    name,
    "x1 x2",
    (x1: TensorLike, x2: TensorLike): Tensor => {
      const [a, b] = promoted([x1, x2], "float").values as [Value, Value];
      return wrap(f(a, b) as Value);
    },
    { arity: 2, shape: shapes.stretched },
  );
const FIRST = { ties: "first" } as const;
/** log_base(baseᵃ + baseᵇ) for the natural logarithm of a base. */
const logSum =
  (unit: number) =>
  (a: Value, b: Value): Operand => {
    const delta = a.sub(b);
    const less = delta.abs().neg().mul(unit).exp().log1p().div(unit);
    return a.add(b).where(delta.isnan(), a.maximum(b, FIRST).add(less));
  };
/** √(x1² + x2²), without overflow on the way. */
export const hypot = inSteps("Hypot", "hypot", (x1, x2) => {
  const [a, b] = [x1.abs(), x2.abs()];
  const most = a.maximum(b, FIRST);
  const none = most.eq(0);
  const ratio = most.mul(0).where(none, a.minimum(b, FIRST).div(most.full([], 1).where(none, most)));
  return most.mul(ratio.square().add(1).sqrt());
});
export const logaddexp = inSteps("Logaddexp", "logaddexp", logSum(1));
export const logaddexp2 = inSteps("Logaddexp2", "logaddexp2", logSum(Math.LN2));
export const nextafter = binary("numpy.Nextafter", "nextafter", ops.nextafter, {
  computes: "float",
  tf: "NextAfter",
});
export const heaviside = binary("numpy.Heaviside", "heaviside", ops.heaviside, { computes: "float" });

/** The larger of two; a tie's gradient goes to the first. */
export const maximum = binary("numpy.Maximum", "maximum", ops.maximum, { params: { ties: "first" } });
/** The smaller of two; a tie's gradient goes to the first. */
export const minimum = binary("numpy.Minimum", "minimum", ops.minimum, { params: { ties: "first" } });

const division = (cls: string, name: string) =>
  binary(`numpy.${cls}`, name, ops.div, { computes: "float", tf: "RealDiv" });
/** x1 / x2; integers give floats. */
export const divide = division("Divide", "divide");
export const true_divide = division("TrueDivide", "true_divide");

/** x1 / x2, and 0 where x2 is 0. */
export const divide_no_nan = op(
  "numpy.DivideNoNan",
  "divide_no_nan",
  "x1 x2",
  (x1: TensorLike, x2: TensorLike): Tensor => {
    const [a, b] = promoted([x1, x2], "float").values;
    const zero = b!.eq(0);
    const quotient = a!.div(b!.full([], 1).where(zero, b!));
    return compute(ops.where, [b!.full([], 0), zero, quotient], undefined);
  },
  { arity: 2, shape: shapes.stretched },
);

const logical = (cls: string, name: string, row: OpRow<void | undefined>) =>
  op(
    `numpy.${cls}`,
    name,
    "x1 x2",
    (x1: TensorLike, x2: TensorLike): Tensor =>
      compute(row, [valueOf(x1, bool), valueOf(x2, bool)], undefined),
    { arity: 2, shape: shapes.stretched },
  );
export const logical_and = logical("LogicalAnd", "logical_and", ops.logicalAnd);
export const logical_or = logical("LogicalOr", "logical_or", ops.logicalOr);
export const logical_xor = logical("LogicalXor", "logical_xor", ops.logicalXor);
export const logical_not = op(
  "numpy.LogicalNot",
  "logical_not",
  "x",
  (x: TensorLike): Tensor => compute(ops.logicalNot, [valueOf(x, bool)], undefined),
  { shape: shapes.same },
);

/** x²; of bools as int32. */
export const square = op(
  "numpy.Square",
  "square",
  "x",
  (x: TensorLike): Tensor => {
    const v = valueOf(x);
    return compute(ops.square, [v.dtype === bool ? castValue(v, dtypeNamed("int32")!) : v], undefined);
  },
  { shape: shapes.same },
);
/** 1/x. */
export const reciprocal = unary("numpy.Reciprocal", "reciprocal", ops.reciprocal, "float");
export const fabs = unary("numpy.Fabs", "fabs", ops.abs, "float");
/** The imaginary parts; zeros for real numbers. */
export const imag = op(
  "numpy.Imag",
  "imag",
  "x",
  (x: TensorLike): Tensor => {
    const v = valueOf(x);
    return v.dtype.kind === "complex"
      ? compute(ops.imag, [v], undefined)
      : compute(ops.mul, [v, 0], undefined);
  },
  { shape: shapes.same },
);
export const angle = unary("numpy.Angle", "angle", ops.angle, "float");

/** x between two bounds; the gradient passes at the bounds themselves. */
export const clip = op(
  "numpy.Clip",
  "clip",
  "x x_min x_max",
  (x: TensorLike, x_min: TensorLike, x_max: TensorLike): Tensor => {
    const v = valueOf(x);
    const wide = v.dtype === bool ? castValue(v, dtypeNamed("int32")!) : v;
    const [low, high] = [valueOf(x_min, wide.dtype), valueOf(x_max, wide.dtype)];
    return compute(ops.clamp, [wide, low, high], undefined);
  },
  { shape: shapes.same },
);
/** x to a number of decimals, halves to even. */
export const round = op(
  "numpy.Round",
  "round",
  "x decimals",
  (x: TensorLike, decimals = 0): Tensor => {
    const v = valueOf(x);
    return compute(ops.round, [v], (decimals === 0 ? undefined : { decimals }) as never);
  },
  { shape: shapes.same },
);
/** NaN and infinities replaced by numbers. */
export const nan_to_num = op(
  "numpy.NanToNum",
  "nan_to_num",
  "x nan posinf neginf",
  (x: TensorLike, nan = 0, posinf: number | null = null, neginf: number | null = null): Tensor =>
    compute(ops.nanToNum, [valueOf(x)], { nan: Number(nan), posinf, neginf }),
  { shape: shapes.same },
);
/** Whether two numbers lie within a tolerance of each other. */
export const isclose = op(
  "numpy.Isclose",
  "isclose",
  "x1 x2 rtol atol equal_nan",
  (x1: TensorLike, x2: TensorLike, rtol = 1e-5, atol = 1e-8, equal_nan = false): Tensor => {
    const { values } = promoted([x1, x2], "float");
    return compute(ops.isclose, values, { rtol: Number(rtol), atol: Number(atol), equalNan: equal_nan });
  },
  { arity: 2, shape: shapes.stretched },
);
/** x1 · 2^x2. */
export const ldexp = op(
  "numpy.Ldexp",
  "ldexp",
  "x1 x2",
  (x1: TensorLike, x2: TensorLike): Tensor => {
    const { values, type } = promoted([x1, x2], "float");
    const [a, b] = values;
    return compute(ops.mul, [a!, b!.full([], 2).pow(b!)], undefined, type.name);
  },
  { arity: 2, shape: shapes.stretched },
);

/** The coordinates of elements that are not zero, one list an axis. */
const positions = (x: Value): readonly Tensor[] => {
  const at = run(ops.nonzero, [x], undefined);
  return Tuple.of_(
    x.shape.map((_, axis) =>
      wrap(
        castValue(
          run(ops.indexView, [at], { items: [whole(at.shape[0]!), { kind: "select", index: axis }] }),
          int32,
        ),
      ),
    ),
  );
};
const whole = (length: number) => ({ kind: "slice", start: 0, step: 1, length }) as const;

/** The positions of elements that are not zero, one tensor an axis. */
export const nonzero = op(
  "numpy.Nonzero",
  "nonzero",
  "x",
  (x: TensorLike): readonly Tensor[] => [...positions(valueOf(x))],
  { shape: () => [null] },
);

/** x1 where the condition holds, else x2; without them, the positions where it holds. */
export const where = op(
  "numpy.Where",
  "where",
  "condition x1 x2",
  (
    condition: TensorLike,
    x1: TensorLike | null = null,
    x2: TensorLike | null = null,
  ): Tensor | readonly Tensor[] => {
    const cond = valueOf(condition, bool);
    if (x1 === null || x2 === null) return positions(cond);
    const [a, b] = promoted([x1, x2]).values;
    return compute(ops.where, [a!, cond, b!], undefined, "SelectV2");
  },
  { arity: 3, shape: (given) => (given.length < 3 ? [null] : shapes.stretched(given)) },
);
