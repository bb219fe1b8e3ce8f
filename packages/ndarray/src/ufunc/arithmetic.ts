import { type DType, ops, type Strided, scalarArray } from "@cognate/kernel";
import { TypeError } from "@cognate/py";
import { noLoopError } from "../errors/classes.js";
import { both, lexicographic, run, select, whereNumber } from "./compose.js";
import { binary, unary } from "./make.js";
import { ALL, FLOATS, INEXACT, INTS, NUMBERS, REALS } from "./types.js";

const isBool = (d: DType): boolean => d.kind === "bool";
const notBools = (name: string) => (d: DType) => (isBool(d) ? noLoopError(name) : undefined);

/** x1 + x2, elementwise; of bools their or. */
export const add = binary("add", {
  types: ALL,
  compute: ops.add,
  identity: 0,
  reduce: ops.sum,
  widens: true,
});

/** x1 − x2, elementwise. @throws TypeError for bools */
export const subtract = binary("subtract", {
  types: NUMBERS,
  compute: ops.sub,
  refuses: (d) =>
    isBool(d)
      ? new TypeError(
          "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, or the logical_xor function instead.",
        )
      : undefined,
});

/** x1 · x2, elementwise; of bools their and. */
export const multiply = binary("multiply", {
  types: ALL,
  compute: ops.mul,
  identity: 1,
  reduce: ops.prod,
  widens: true,
});

/** x1 / x2, elementwise; integers give float64. */
export const divide = binary("divide", { types: INEXACT, compute: ops.div, integersAsFloat: true, pole: 1 });

const byZero = { byZero: "zero" } as const;

/** ⌊x1 / x2⌋, elementwise. Integers divided by zero give 0. */
export const floor_divide = binary("floor_divide", {
  types: REALS,
  compute: ops.floorDiv,
  params: byZero,
  divides: true,
  pole: 1,
});

const byDivisor = { byZero: "zero", zero: "divisor" } as const;

/** x1 − x2·⌊x1 / x2⌋, elementwise: the remainder with the divisor's sign. */
export const remainder = binary("remainder", {
  types: REALS,
  compute: ops.mod,
  params: byDivisor,
  divides: true,
});

/** The remainder of the division that truncates, elementwise: it has the sign of x1. */
export const fmod = binary("fmod", { types: REALS, compute: ops.fmod, params: byZero, divides: true });

/** (⌊x1 / x2⌋, remainder), elementwise. */
export const divmod = binary("divmod", {
  nout: 2,
  types: REALS,
  compute: ([a, b]) => [run(ops.floorDiv, byZero, a!, b!), run(ops.mod, byDivisor, a!, b!)],
  result: ["same", "same"],
  divides: true,
  pole: 1,
});

/** x1 to the power of x2, elementwise. @throws ValueError for integers to negative integer powers */
export const power = binary("power", {
  types: NUMBERS,
  compute: ops.pow,
  params: { negative: "error" },
  beside: (v) => (v === 2 ? ops.square : undefined),
  pole: 0,
});

/** x1 to the power of x2, elementwise, in float64 at least, so that negative powers of integers exist. */
export const float_power = binary("float_power", { types: "dD", compute: ops.pow, pole: 0 });

/** −x, elementwise. @throws TypeError for bools */
export const negative = unary("negative", {
  types: NUMBERS,
  compute: ops.neg,
  refuses: (d) =>
    isBool(d)
      ? new TypeError(
          "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the logical_not function instead.",
        )
      : undefined,
});

/** +x, elementwise. */
export const positive = unary("positive", {
  unnamed: true,
  refuses: notBools("positive"),
  types: NUMBERS,
  compute: ([x], dtype) => run(ops.cast, { dtype }, x!),
  quiet: true,
});

/** |x|, elementwise; of complex numbers the real modulus. */
export const absolute = unary("absolute", { types: ALL, compute: ops.abs, result: "real" });

/** |x| of real numbers, elementwise, as floats. */
export const fabs = unary("fabs", { types: FLOATS, compute: ops.abs });

/** −1, 0 or 1 by the sign, elementwise; z/|z| of complex numbers. */
export const sign = unary("sign", {
  unnamed: true,
  refuses: notBools("sign"),
  types: NUMBERS,
  compute: ([x], d) => run(d.kind === "complex" ? ops.sgn : ops.sign, undefined, x!),
  quiet: true,
});

/** x², elementwise. */
export const square = unary("square", { types: NUMBERS, compute: ops.square });

/** 1/x, elementwise; of integers with the fraction cut off. */
export const reciprocal = unary("reciprocal", {
  types: NUMBERS,
  compute: ([x], d) =>
    d.kind === "float" || d.kind === "complex"
      ? run(ops.reciprocal, undefined, x!)
      : whereNumber(
          run(ops.eq, undefined, x!, 0),
          POLES[d.name] ?? 0,
          run(ops.truncDiv, undefined, one(d), nonzero(x!, d)),
          d,
        ),
  pole: "all",
});

/** 1/0 of integers: infinity as x86 converts it. */
const POLES: Readonly<Record<string, number>> = { int32: -(2 ** 31), int64: -(2 ** 63) };

const one = (d: DType): Strided => scalarArray(1, d);
/** Zeros as the number whose reciprocal is cut off to 0. */
const nonzero = (x: Strided, d: DType): Strided => whereNumber(run(ops.eq, undefined, x, 0), 2, x, d);

/** The complex conjugate, elementwise. */
export const conjugate = unary("conjugate", { types: NUMBERS, compute: ops.conj, quiet: true });

/** √x, elementwise; NaN below 0. */
export const sqrt = unary("sqrt", { types: INEXACT, compute: ops.sqrt });

/** ∛x, elementwise. */
export const cbrt = unary("cbrt", { types: FLOATS, compute: ops.cbrt });

/** √(x1² + x2²), elementwise, without overflow on the way. */
export const hypot = binary("hypot", { types: FLOATS, compute: ops.hypot, identity: 0 });

/** The greatest common divisor of integers, elementwise. */
export const gcd = binary("gcd", {
  unnamed: true,
  refuses: notBools("gcd"),
  types: INTS,
  compute: ops.gcd,
  identity: 0,
});

/** The least common multiple of integers, elementwise. */
export const lcm = binary("lcm", { unnamed: true, refuses: notBools("lcm"), types: INTS, compute: ops.lcm });

/** 0 below 0, 1 above, x2 at 0, elementwise. */
export const heaviside = binary("heaviside", { types: FLOATS, compute: ops.heaviside, quiet: true });

type Order = typeof ops.lt;

/** The larger or smaller of two by a row; complex numbers by real, then by imaginary part. */
const extreme =
  (row: typeof ops.maximum, before: Order, ignoresNaN: boolean) =>
  ([a, b]: readonly Strided[], d: DType): Strided => {
    if (d.kind !== "complex") return run(row, undefined, a!, b!);
    const nan = (x: Strided) => run(ops.isnan, undefined, x);
    const first = run(ops.logicalNot, undefined, lexicographic(before, a!, b!));
    const [na, nb] = [nan(a!), nan(b!)];
    const takesA = ignoresNaN
      ? run(ops.logicalOr, undefined, nb, both(first, run(ops.logicalNot, undefined, na)))
      : run(ops.logicalOr, undefined, na, both(first, run(ops.logicalNot, undefined, nb)));
    return select(takesA, a!, b!);
  };

/** The larger of x1 and x2, elementwise; NaN if one of them is. */
export const maximum = binary("maximum", {
  types: ALL,
  compute: extreme(ops.maximum, ops.lt, false),
  reduce: ops.amax,
  quiet: true,
});

/** The smaller of x1 and x2, elementwise; NaN if one of them is. */
export const minimum = binary("minimum", {
  types: ALL,
  compute: extreme(ops.minimum, ops.gt, false),
  reduce: ops.amin,
  quiet: true,
});

/** The larger of x1 and x2, elementwise; a number rather than NaN. */
export const fmax = binary("fmax", { types: ALL, compute: extreme(ops.fmax, ops.lt, true), quiet: true });

/** The smaller of x1 and x2, elementwise; a number rather than NaN. */
export const fmin = binary("fmin", { types: ALL, compute: extreme(ops.fmin, ops.gt, true), quiet: true });
