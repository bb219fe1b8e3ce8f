import { bool, type DType, ops, type Strided } from "@cognate/kernel";
import { either, falseLike, lexicographic, run } from "./compose.js";
import { binary, unary } from "./make.js";
import { ALL, FLOATS, INTS } from "./types.js";

type Compare = typeof ops.lt;

/** A comparison; complex numbers compare by real, then by imaginary part. */
const comparison = (name: string, row: Compare, beyond: (side: 1 | -1) => boolean, strict?: Compare) =>
  binary(name, {
    types: ALL,
    compute: row,
    complex:
      strict &&
      (([a, b]) => {
        const order = lexicographic(strict, a!, b!);
        return row === strict ? order : either(order, run(ops.eq, undefined, a!, b!));
      }),
    result: "bool",
    quiet: true,
    beyond,
  });

/** x1 == x2, elementwise. */
export const equal = comparison("equal", ops.eq, () => false);
/** x1 != x2, elementwise. */
export const not_equal = comparison("not_equal", ops.ne, () => true);
/** x1 < x2, elementwise. */
export const less = comparison("less", ops.lt, (side) => side > 0, ops.lt);
/** x1 <= x2, elementwise. */
export const less_equal = comparison("less_equal", ops.le, (side) => side > 0, ops.lt);
/** x1 > x2, elementwise. */
export const greater = comparison("greater", ops.gt, (side) => side < 0, ops.gt);
/** x1 >= x2, elementwise. */
export const greater_equal = comparison("greater_equal", ops.ge, (side) => side < 0, ops.gt);

const truth = {
  truths: true,
  types: ALL,
  within: bool,
  result: "bool",
  quiet: true,
} as const;

/** x1 and x2 as truths, elementwise. */
export const logical_and = binary("logical_and", {
  ...truth,
  compute: ops.logicalAnd,
  identity: 1,
  reduce: ops.all,
});
/** x1 or x2 as truths, elementwise. */
export const logical_or = binary("logical_or", {
  ...truth,
  compute: ops.logicalOr,
  identity: 0,
  reduce: ops.any,
});
/** Exactly one of x1 and x2 as truths, elementwise. */
export const logical_xor = binary("logical_xor", { ...truth, compute: ops.logicalXor, identity: 0 });
/** Not x as a truth, elementwise. */
export const logical_not = unary("logical_not", { ...truth, compute: ops.logicalNot });

const BITS = `?${INTS}`;

/** The bits that x1 and x2 share, elementwise. */
export const bitwise_and = binary("bitwise_and", { types: BITS, compute: ops.bitwiseAnd, identity: -1 });
/** The bits of x1 or x2, elementwise. */
export const bitwise_or = binary("bitwise_or", { types: BITS, compute: ops.bitwiseOr, identity: 0 });
/** The bits of exactly one of x1 and x2, elementwise. */
export const bitwise_xor = binary("bitwise_xor", { types: BITS, compute: ops.bitwiseXor, identity: 0 });
/** All bits of x turned round, elementwise. */
export const invert = unary("invert", { types: BITS, compute: ops.bitwiseNot });
/** The bits of x1 moved left by x2, elementwise. */
export const left_shift = binary("left_shift", { types: INTS, compute: ops.leftShift });
/** The bits of x1 moved right by x2, elementwise; the sign stays. */
export const right_shift = binary("right_shift", { types: INTS, compute: ops.rightShift });
/** The number of ones in |x|, elementwise. */
export const bitwise_count = unary("bitwise_count", { types: INTS, compute: ops.bitCount, result: "uint8" });

/** A test that only floats can pass. */
const special = (name: string, row: typeof ops.isnan, whole: boolean) =>
  unary(name, {
    types: ALL,
    compute: ([x], d: DType): Strided => {
      if (d.kind === "float" || d.kind === "complex") return run(row, undefined, x!);
      return whole ? run(ops.logicalNot, undefined, falseLike(x!)) : falseLike(x!);
    },
    result: "bool",
    quiet: true,
  });

/** Whether x is NaN, elementwise. */
export const isnan = special("isnan", ops.isnan, false);
/** Whether x is infinite, elementwise. */
export const isinf = special("isinf", ops.isinf, false);
/** Whether x is neither infinite nor NaN, elementwise. */
export const isfinite = special("isfinite", ops.isfinite, true);
/** Whether the sign bit is set, elementwise: true for −0. */
export const signbit = unary("signbit", { types: FLOATS, compute: ops.signbit, result: "bool", quiet: true });
