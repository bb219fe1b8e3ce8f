import { ops } from "@cognate/kernel";
import { def } from "@cognate/py";
import { call } from "@cognate/tensor";
import { type Tensor, type TensorLike, wrap } from "../tensor/tensor.js";
import { alias, binary, functional, plan, unary } from "./make.js";
import { operandOf, valueOf } from "./operands.js";
import { refused } from "./refuse.js";

/** sin input, in radians. */
export const sin = unary("sin", ops.sin, "float");
/** cos input, in radians. */
export const cos = unary("cos", ops.cos, "float");
/** tan input, in radians. */
export const tan = unary("tan", ops.tan, "float");
/** The arc sine in [−π/2, π/2]. */
export const asin = unary("asin", ops.asin, "float");
export const arcsin = alias("arcsin", asin);
/** The arc cosine in [0, π]. */
export const acos = unary("acos", ops.acos, "float");
export const arccos = alias("arccos", acos);
/** The arc tangent in (−π/2, π/2). */
export const atan = unary("atan", ops.atan, "float");
export const arctan = alias("arctan", atan);
/** The angle of the point (other, input) in (−π, π]. */
export const atan2 = binary("atan2", ops.atan2, "float");
export const arctan2 = alias("arctan2", atan2);
/** The hyperbolic sine. */
export const sinh = unary("sinh", ops.sinh, "float");
/** The hyperbolic cosine. */
export const cosh = unary("cosh", ops.cosh, "float");
/** The hyperbolic tangent. */
export const tanh = unary("tanh", ops.tanh, "float");
/** The inverse hyperbolic sine. */
export const asinh = unary("asinh", ops.asinh, "float");
export const arcsinh = alias("arcsinh", asinh);
/** The inverse hyperbolic cosine. */
export const acosh = unary("acosh", ops.acosh, "float");
export const arccosh = alias("arccosh", acosh);
/** The inverse hyperbolic tangent. */
export const atanh = unary("atanh", ops.atanh, "float");
export const arctanh = alias("arctanh", atanh);
/** sin(π·input) / (π·input), 1 at 0. */
export const sinc = unary("sinc", ops.sinc, "float");

/** Degrees as radians. */
export const deg2rad = unary("deg2rad", ops.deg2rad, "float", {
  gradFn: "Deg2RadBackward0",
  refuse: { complex: refused("deg2rad is not supported for complex tensors.") },
});
/** Radians as degrees. */
export const rad2deg = unary("rad2deg", ops.rad2deg, "float", {
  gradFn: "Rad2DegBackward0",
  refuse: { complex: refused("rad2deg is not supported for complex tensors.") },
});

/** The angle of each complex number in (−π, π]; of real ones 0 or π. */
export const angle = functional("angle", "input|x|a|x1", (input: TensorLike) =>
  plan(ops.angle, [operandOf(input)], undefined, { traits: { computes: "float" } }),
);
/** The conjugate, always a copy. */
export const conj_physical = unary("conj_physical", ops.conj, "any", { gradFn: "ConjPhysicalBackward0" });

/** The conjugate; of a real tensor the tensor itself. */
export const conj = def("torch.conj", "input|x|a|x1", (input: TensorLike): Tensor => {
  const x = valueOf(input);
  return x.dtype.kind === "complex" ? wrap(call(ops.conj, [x], undefined)) : wrap(x);
});
