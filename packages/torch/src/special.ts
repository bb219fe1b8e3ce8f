/**
 * `torch.special`: special functions.
 *
 * @packageDocumentation
 */
import { type OpRow, ops } from "@cognate/kernel";
import { def } from "@cognate/py";
import type { DTypeLike } from "./dtype.js";
import { along } from "./nn/functional/softmax.js";
import type { Int } from "./ops/args.js";
import { functional, overloads, plan, type Traits } from "./ops/make.js";
import { operandOf } from "./ops/operands.js";
import { type Tensor, type TensorLike, wrap } from "./tensor/tensor.js";

export { exp2, expm1, log1p, logit, sigmoid as expit, xlogy } from "./ops/exponential.js";
export { logsumexp } from "./ops/reduction.js";
export { round } from "./ops/rounding.js";
export {
  digamma,
  digamma as psi,
  erf,
  erfc,
  erfinv,
  i0,
  igamma as gammainc,
  igammac as gammaincc,
  lgamma as gammaln,
  mvlgamma as multigammaln,
  polygamma,
} from "./ops/special-functions.js";
export { sinc } from "./ops/trigonometric.js";

const ONE = "input";
const node = (name: string): string =>
  `Special${name.replace(/(^|_)([a-z])/g, (_m, _u, c: string) => c.toUpperCase())}Backward0`;

function one(name: string, row: OpRow<void>, gradFn = node(name), kernel?: string) {
  const traits: Traits = { computes: "float", gradFn, kernel };
  return functional(name, ONE, (input: TensorLike) => plan(row, [operandOf(input)], undefined, { traits }));
}

function two<S extends string>(name: string, signature: S, row: OpRow<void>, more?: Traits) {
  const traits: Traits = { computes: "float", ...more };
  return functional(name, signature, (first: TensorLike, second: TensorLike) =>
    plan(row, [operandOf(first), operandOf(second)], undefined, { traits }),
  );
}

/** −input·log(input), 0 at 0 and −∞ below. */
export const entr = one("entr", ops.entr);
/** exp(input²)·erfc(input). */
export const erfcx = one("erfcx", ops.erfcx);
/** exp(−|input|)·I₀(input). */
export const i0e = one("i0e", ops.i0e, "SpecialI0EBackward0");
/** The modified Bessel function of the first kind of order 1. */
export const i1 = one("i1", ops.i1);
/** exp(−|input|)·I₁(input). */
export const i1e = one("i1e", ops.i1e, "SpecialI1EBackward0");
/** The distribution function of the standard normal distribution. */
export const ndtr = one("ndtr", ops.ndtr, "MulBackward1", "erf_vml_cpu");
/** The quantile of the standard normal distribution. */
export const ndtri = one("ndtri", ops.ndtri);
/** The logarithm of {@link ndtr}, accurate in both tails. */
export const log_ndtr = one("log_ndtr", ops.logNdtr);
/** Airy's function Ai. */
export const airy_ai = one("airy_ai", ops.airyAi);
/** The Bessel function of the first kind of order 0. */
export const bessel_j0 = one("bessel_j0", ops.besselJ0);
/** The Bessel function of the first kind of order 1. */
export const bessel_j1 = one("bessel_j1", ops.besselJ1);
/** The Bessel function of the second kind of order 0. */
export const bessel_y0 = one("bessel_y0", ops.besselY0);
/** The Bessel function of the second kind of order 1. */
export const bessel_y1 = one("bessel_y1", ops.besselY1);
/** The modified Bessel function of the first kind of order 0. */
export const modified_bessel_i0 = one("modified_bessel_i0", ops.i0);
/** The modified Bessel function of the first kind of order 1. */
export const modified_bessel_i1 = one("modified_bessel_i1", ops.i1);
/** The modified Bessel function of the second kind of order 0. */
export const modified_bessel_k0 = one("modified_bessel_k0", ops.besselK0);
/** The modified Bessel function of the second kind of order 1. */
export const modified_bessel_k1 = one("modified_bessel_k1", ops.besselK1);
/** exp(x)·K₀(x). */
export const scaled_modified_bessel_k0 = scaled("scaled_modified_bessel_k0", ops.besselK0e);
/** exp(x)·K₁(x). */
export const scaled_modified_bessel_k1 = scaled("scaled_modified_bessel_k1", ops.besselK1e);
/** sin(input)/input, 1 at 0. */
export const spherical_bessel_j0 = one("spherical_bessel_j0", ops.sphericalBesselJ0);

function scaled(name: string, row: OpRow<void>) {
  const traits: Traits = { computes: "float" };
  return functional(name, "x", (x: TensorLike) => plan(row, [operandOf(x)], undefined, { traits }));
}

/** input·log(1 + other), 0 where input is 0. */
export const xlog1py = two("xlog1py", "input other", ops.xlog1py, {
  gradFn: overloads("SpecialXlog1Py", 2, 0),
});
/** Hurwitz' zeta function Σ (other + k)^−input. */
export const zeta = two("zeta", "input other", ops.zeta, { gradFn: overloads("SpecialZeta", 2, 0) });

/** exp(xᵢ)/Σ exp(xⱼ) along an axis. */
export const softmax = def(
  "torch.special.softmax",
  "input dim * dtype",
  (input: TensorLike, dim: Int, dtype: DTypeLike | null = null): Tensor =>
    wrap(along("softmax", input, dim, dtype)),
);
/** The logarithm of {@link softmax}. */
export const log_softmax = def(
  "torch.special.log_softmax",
  "input dim * dtype",
  (input: TensorLike, dim: Int, dtype: DTypeLike | null = null): Tensor =>
    wrap(along("log_softmax", input, dim, dtype)),
);

/** Chebyshev polynomials of the first kind, of degree n. */
export const chebyshev_polynomial_t = two("chebyshev_polynomial_t", "input n", ops.chebyshevT);
/** Chebyshev polynomials of the second kind. */
export const chebyshev_polynomial_u = two("chebyshev_polynomial_u", "input n", ops.chebyshevU);
/** Chebyshev polynomials of the third kind. */
export const chebyshev_polynomial_v = two("chebyshev_polynomial_v", "input n", ops.chebyshevV);
/** Chebyshev polynomials of the fourth kind. */
export const chebyshev_polynomial_w = two("chebyshev_polynomial_w", "input n", ops.chebyshevW);
/** {@link chebyshev_polynomial_t} moved to [0, 1]. */
export const shifted_chebyshev_polynomial_t = two(
  "shifted_chebyshev_polynomial_t",
  "input n",
  ops.shiftedChebyshevT,
);
/** {@link chebyshev_polynomial_u} moved to [0, 1]. */
export const shifted_chebyshev_polynomial_u = two(
  "shifted_chebyshev_polynomial_u",
  "input n",
  ops.shiftedChebyshevU,
);
/** {@link chebyshev_polynomial_v} moved to [0, 1]. */
export const shifted_chebyshev_polynomial_v = two(
  "shifted_chebyshev_polynomial_v",
  "input n",
  ops.shiftedChebyshevV,
);
/** {@link chebyshev_polynomial_w} moved to [0, 1]. */
export const shifted_chebyshev_polynomial_w = two(
  "shifted_chebyshev_polynomial_w",
  "input n",
  ops.shiftedChebyshevW,
);
/** The physicists' Hermite polynomials. */
export const hermite_polynomial_h = two("hermite_polynomial_h", "input n", ops.hermiteH);
/** The probabilists' Hermite polynomials. */
export const hermite_polynomial_he = two("hermite_polynomial_he", "input n", ops.hermiteHe);
/** Laguerre polynomials. */
export const laguerre_polynomial_l = two("laguerre_polynomial_l", "input n", ops.laguerreL);
/** Legendre polynomials. */
export const legendre_polynomial_p = two("legendre_polynomial_p", "input n", ops.legendreP);
