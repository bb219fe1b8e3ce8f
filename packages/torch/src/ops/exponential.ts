import { ops } from "@cognate/kernel";
import { Value } from "@cognate/tensor";
import type { TensorLike } from "../tensor/tensor.js";
import { binary, functional, overloads, plan, pointwise, unary } from "./make.js";
import { operandOf } from "./operands.js";

/** e to the power of input, elementwise. */
export const exp = unary("exp", ops.exp, "float");
/** 2 to the power of input. */
export const exp2 = unary("exp2", ops.exp2, "float");
/** e to the power of input, less 1, accurate near 0. */
export const expm1 = unary("expm1", ops.expm1, "float");
/** The natural logarithm. */
export const log = unary("log", ops.log, "float");
/** The logarithm to base 2. */
export const log2 = unary("log2", ops.log2, "float");
/** The logarithm to base 10. */
export const log10 = unary("log10", ops.log10, "float");
/** log(1 + input), accurate near 0. */
export const log1p = unary("log1p", ops.log1p, "float", { gradFn: "Log1PBackward0" });

const TWO = "input|x|a|x1 other|x2";
/** log(exp(input) + exp(other)) without overflow. */
export const logaddexp = functional("logaddexp", TWO, (input: TensorLike, other: TensorLike) =>
  plan(ops.logaddexp, [operandOf(input), operandOf(other)], undefined, {
    traits: { computes: "floating" },
  }),
);
/** log₂(2^input + 2^other) without overflow. */
export const logaddexp2 = functional("logaddexp2", TWO, (input: TensorLike, other: TensorLike) =>
  plan(ops.logaddexp2, [operandOf(input), operandOf(other)], undefined, {
    traits: { computes: "floating" },
  }),
);
/** input · log(other), 0 where input is 0. */
export const xlogy = binary("xlogy", ops.xlogy, "float", {
  gradFn: (args) => (args[0] instanceof Value ? overloads("Xlogy", 2, 0)(args) : "XlogyBackward1"),
});

/** 1 / (1 + exp(−input)). */
export const sigmoid = unary("sigmoid", ops.sigmoid, "float");
/** log(input / (1 − input)); with `eps`, input is limited to [eps, 1 − eps] first. */
export const logit = pointwise("logit", "input|x|a|x1 eps", (input: TensorLike, eps: number | null = null) =>
  plan(ops.logit, [operandOf(input)], { eps }, { traits: { computes: "float" } }),
);
