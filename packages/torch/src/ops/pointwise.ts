import { ops } from "@cognate/kernel";
import { binary, unary } from "./make.js";

/** input + other, elementwise. */
export const add = binary("add", ops.add);
/** input − other, elementwise. */
export const sub = binary("sub", ops.sub);
/** input · other, elementwise. */
export const mul = binary("mul", ops.mul);
/** input / other, elementwise; integers give floats. */
export const div = binary("div", ops.div, "float");
/** −input, elementwise. */
export const neg = unary("neg", ops.neg);
/** e to the power of input, elementwise. */
export const exp = unary("exp", ops.exp, "float");
