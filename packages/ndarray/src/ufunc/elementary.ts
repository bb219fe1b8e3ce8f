import { type DType, float16, ops, type Strided } from "@cognate/kernel";
import { imagOf, realOf, run } from "./compose.js";
import { binary, unary } from "./make.js";
import { FLOATS, INEXACT, INTS } from "./types.js";
import type { AnyRow, UfuncSpec } from "./ufunc.js";

const inexact = (name: string, row: AnyRow, more: Partial<UfuncSpec> = {}) =>
  unary(name, { types: INEXACT, compute: row, ...more });
const floating = (name: string, row: AnyRow, more: Partial<UfuncSpec> = {}) =>
  unary(name, { types: FLOATS, compute: row, ...more });

/** e to the power of x, elementwise. */
export const exp = inexact("exp", ops.exp);
/** 2 to the power of x, elementwise. */
export const exp2 = inexact("exp2", ops.exp2);
/** e to the power of x, less 1, elementwise, without loss for small x. */
export const expm1 = inexact("expm1", ops.expm1);
/** The natural logarithm, elementwise. */
export const log = inexact("log", ops.log, { pole: "all" });
/** The logarithm to base 2, elementwise. */
export const log2 = inexact("log2", ops.log2, { pole: "all" });
/** The logarithm to base 10, elementwise. */
export const log10 = inexact("log10", ops.log10, { pole: "all" });
/** log(1 + x), elementwise, without loss for small x. */
export const log1p = inexact("log1p", ops.log1p, { pole: "all" });
/** log(eˣ¹ + eˣ²), elementwise, without overflow on the way. */
export const logaddexp = binary("logaddexp", {
  types: FLOATS,
  compute: ops.logaddexp,
  identity: Number.NEGATIVE_INFINITY,
  quiet: true,
});
/** log₂(2ˣ¹ + 2ˣ²), elementwise, without overflow on the way. */
export const logaddexp2 = binary("logaddexp2", {
  types: FLOATS,
  compute: ops.logaddexp2,
  identity: Number.NEGATIVE_INFINITY,
  quiet: true,
});

/** sin x, elementwise. */
export const sin = inexact("sin", ops.sin);
/** cos x, elementwise. */
export const cos = inexact("cos", ops.cos);
/** tan x, elementwise. */
export const tan = inexact("tan", ops.tan);
/** arcsin x, elementwise. */
export const arcsin = inexact("arcsin", ops.asin);
/** arccos x, elementwise. */
export const arccos = inexact("arccos", ops.acos);
/** arctan x, elementwise. */
export const arctan = inexact("arctan", ops.atan);
/** The angle of the point (x2, x1), elementwise. */
export const arctan2 = binary("arctan2", { types: FLOATS, compute: ops.atan2 });
/** sinh x, elementwise. */
export const sinh = inexact("sinh", ops.sinh);
/** cosh x, elementwise. */
export const cosh = inexact("cosh", ops.cosh);
/** tanh x, elementwise. */
export const tanh = inexact("tanh", ops.tanh);
/** arsinh x, elementwise. */
export const arcsinh = inexact("arcsinh", ops.asinh);
/** arcosh x, elementwise. */
export const arccosh = inexact("arccosh", ops.acosh);
/** artanh x, elementwise. */
export const arctanh = inexact("arctanh", ops.atanh, { pole: "all" });
/** Radians as degrees, elementwise. */
export const degrees = floating("degrees", ops.rad2deg);
/** Degrees as radians, elementwise. */
export const radians = floating("radians", ops.deg2rad);
/** Radians as degrees, elementwise. */
export const rad2deg = floating("rad2deg", ops.rad2deg);
/** Degrees as radians, elementwise. */
export const deg2rad = floating("deg2rad", ops.deg2rad);

const WHOLE = `?${INTS}${FLOATS}`;

/** Whole numbers are their own rounding. */
const rounding =
  (row: typeof ops.floor) =>
  ([x]: readonly Strided[], d: DType): Strided =>
    d.kind === "float" ? run(row, undefined, x!) : run(ops.cast, { dtype: d }, x!);

/** The largest whole number not above x, elementwise. */
export const floor = unary("floor", { types: WHOLE, compute: rounding(ops.floor) });
/** The smallest whole number not below x, elementwise. */
export const ceil = unary("ceil", { types: WHOLE, compute: rounding(ops.ceil) });
/** x without its fraction, elementwise. */
export const trunc = unary("trunc", { types: WHOLE, compute: rounding(ops.trunc) });
/** The nearest whole number, halves to the even one, elementwise. */
export const rint = unary("rint", {
  types: INEXACT,
  compute: ([x], d) => (d.kind === "complex" ? byParts(x!) : roundEven(x!)),
});

const roundEven = (x: Strided): Strided => run(ops.round, undefined as never, x);
const byParts = (x: Strided): Strided =>
  run(ops.complex, undefined, roundEven(realOf(x)), roundEven(imagOf(x)));

/** |x1| with the sign of x2, elementwise. */
export const copysign = binary("copysign", { types: FLOATS, compute: ops.copysign, quiet: true });
/** The float next to x1 towards x2, elementwise. */
export const nextafter = binary("nextafter", { types: FLOATS, compute: ops.nextafter, quiet: true });
/** The distance from x to the next float away from zero, elementwise. */
export const spacing = unary("spacing", {
  types: FLOATS,
  compute: ([x], d) => {
    // NumPy's halves step upwards, its other floats away from zero.
    const from = d === float16 ? x! : run(ops.abs, undefined, x!);
    const next = run(ops.nextafter, undefined, from, Number.POSITIVE_INFINITY);
    const gap = run(ops.sub, undefined, next, from);
    return d === float16 ? gap : run(ops.copysign, undefined, gap, x!);
  },
  quiet: true,
});
/** x1 · 2ˣ², elementwise. */
export const ldexp = binary("ldexp", {
  types: FLOATS,
  compute: ops.ldexp,
  integerSecond: true,
  asked: ["float64"],
});
/** (mantissa in [½, 1), exponent of 2), elementwise. */
export const frexp = unary("frexp", {
  nout: 2,
  types: FLOATS,
  compute: ops.frexp,
  asked: [],
  result: ["same", "int32"],
  quiet: true,
});
/** (fraction, whole part), elementwise, both with the sign of x. */
export const modf = unary("modf", {
  nout: 2,
  types: FLOATS,
  compute: ([x]) => {
    const whole = run(ops.trunc, undefined, x!);
    const infinite = run(ops.isinf, undefined, x!);
    const rest = run(ops.where, undefined, 0, infinite, run(ops.sub, undefined, x!, whole));
    return [run(ops.copysign, undefined, rest, x!), whole];
  },
  result: ["same", "same"],
  quiet: true,
});
