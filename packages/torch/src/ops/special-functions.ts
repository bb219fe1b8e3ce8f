import { ops } from "@cognate/kernel";
import { def, RuntimeError } from "@cognate/py";
import type { Tensor, TensorLike } from "../tensor/tensor.js";
import { binary, plan, pointwise, unary } from "./make.js";
import { operandOf } from "./operands.js";

/** erf(input) = (2/√π)·∫₀ e^(−t²) dt. */
export const erf = unary("erf", ops.erf, "float", { kernel: "erf_vml_cpu" });
/** 1 − erf(input), accurate in the tail. */
export const erfc = unary("erfc", ops.erfc, "float", { kernel: "erfc_vml_cpu" });
/** The number whose erf is input. */
export const erfinv = unary("erfinv", ops.erfinv, "float", { kernel: "erfinv_vml_cpu" });
/** log |Γ(input)|. */
export const lgamma = unary("lgamma", ops.lgamma, "float", { kernel: "lgamma_vml_cpu" });
/** The derivative of {@link lgamma}. */
export const digamma = unary("digamma", ops.digamma, "float", { kernel: "digamma" });
/** The modified Bessel function of the first kind of order 0. */
export const i0 = unary("i0", ops.i0, "float", { kernel: "i0_vml_cpu" });

const byOrder = pointwise("polygamma", "input n", (input: TensorLike, n: number | Number) => {
  if (Number(n) < 0) throw new RuntimeError("polygamma(n, x) does not support negative n.");
  return plan(ops.polygamma, [operandOf(input)], { n: Number(n) }, { traits: { computes: "float" } });
});
/** The n-th derivative of {@link digamma}; as a method `x.polygamma(n)`. */
export const polygamma = Object.assign(
  def(
    "torch.polygamma",
    "n input * out",
    (n: number | Number, input: TensorLike, out: Tensor | null = null): Tensor => byOrder.impl(input, n, out),
  ),
  { method: byOrder.method, twin: byOrder.twin },
);

/** The logarithm of the multivariate gamma function of dimension p. */
export const mvlgamma = pointwise("mvlgamma", "input p", (input: TensorLike, p: number) => {
  if (p < 1) throw new RuntimeError("p has to be greater than or equal to 1");
  return plan(
    ops.multigamma,
    [operandOf(input)],
    { p: Number(p) },
    { traits: { computes: "float", gradFn: "MvlgammaBackward0" } },
  );
});
/** The regularised lower incomplete gamma function P(input, other). */
export const igamma = binary("igamma", ops.lowerGamma, "floating", { gradFn: "IgammaBackward0" });
/** The regularised upper incomplete gamma function Q(input, other). */
export const igammac = binary("igammac", ops.upperGamma, "floating", { gradFn: "IgammacBackward0" });
