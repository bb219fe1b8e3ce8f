import { ops, type Strided } from "@cognate/kernel";
import { type BinaryUfunc, binary, type UnaryUfunc, unary } from "@cognate/ndarray/core";

type Row = Parameters<typeof unary>[1]["compute"];

/** SciPy's ufuncs compute in single and double precision; they raise no floating-point errors. */
const one = (name: string, compute: Row): UnaryUfunc => unary(name, { types: "fd", compute, quiet: true });
const two = (name: string, compute: Row): BinaryUfunc => binary(name, { types: "fd", compute, quiet: true });

interface One {
  run(x: readonly Strided[], p: undefined): unknown;
}

/** A function that SciPy gives no value at the infinities. */
const finite =
  (row: One) =>
  ([x]: readonly Strided[]): Strided => {
    const y = row.run([x!], undefined) as Strided;
    return ops.add.run([y, ops.mul.run([x!, 0], undefined) as Strided], undefined) as Strided;
  };

/**
 * The logistic function 1 / (1 + e⁻ˣ), elementwise.
 *
 * @example
 * ```ts
 * import * as special from "@cognate/scipy/special";
 * import { print } from "@cognate/py";
 * print(special.expit(0), special.expit([-1, 1])); // prints 0.5 [0.26894142 0.73105858]
 * ```
 */
export const expit = one("expit", ops.sigmoid);
/** log(p / (1 − p)), elementwise: the inverse of {@link expit}. */
export const logit = one("logit", ops.logit);
/** The logarithm of {@link expit}, elementwise. */
export const log_expit = one("log_expit", ops.logSigmoid);
/** 2/√π·∫₀ˣ e^(−t²) dt, elementwise. */
export const erf = one("erf", ops.erf);
/** 1 − erf x, elementwise, without loss for large x. */
export const erfc = one("erfc", ops.erfc);
/** e^(x²)·erfc x, elementwise. */
export const erfcx = one("erfcx", ops.erfcx);
/** The inverse of {@link erf}, elementwise. */
export const erfinv = one("erfinv", ops.erfinv);
/** Γ(x), elementwise. */
export const gamma = one("gamma", ops.gamma);
/** log |Γ(x)|, elementwise. */
export const gammaln = one("gammaln", ops.lgamma);
/** The derivative of log Γ, elementwise. */
export const digamma = one("psi", ops.digamma);
export { digamma as psi };
/** P(a, x), the regularised lower incomplete gamma function, elementwise. */
export const gammainc = two("gammainc", ops.lowerGamma);
/** Q(a, x) = 1 − P(a, x), elementwise. */
export const gammaincc = two("gammaincc", ops.upperGamma);
/** The normal distribution function Φ(x), elementwise. */
export const ndtr = one("ndtr", ops.ndtr);
/** log Φ(x), elementwise. */
export const log_ndtr = one("log_ndtr", ops.logNdtr);
/** The inverse of {@link ndtr}, elementwise. */
export const ndtri = one("ndtri", ops.ndtri);
/** Modified Bessel functions of the first kind; those with e are multiplied by e^(−|x|). */
export const i0 = one("i0", finite(ops.i0));
export const i0e = one("i0e", ops.i0e);
export const i1 = one("i1", finite(ops.i1));
export const i1e = one("i1e", ops.i1e);
/** Modified Bessel functions of the second kind; those with e are multiplied by eˣ. */
export const k0 = one("k0", ops.besselK0);
export const k0e = one("k0e", ops.besselK0e);
export const k1 = one("k1", ops.besselK1);
export const k1e = one("k1e", ops.besselK1e);
/** Bessel functions of the first and the second kind. */
export const j0 = one("j0", finite(ops.besselJ0));
export const j1 = one("j1", finite(ops.besselJ1));
export const y0 = one("y0", ops.besselY0);
export const y1 = one("y1", ops.besselY1);
/** x·log y, elementwise, 0 where x is. */
export const xlogy = two("xlogy", ops.xlogy);
/** x·log(1 + y), elementwise, 0 where x is. */
export const xlog1py = two("xlog1py", ops.xlog1py);
/** −x·log x, elementwise, 0 at 0, −∞ below. */
export const entr = one("entr", ops.entr);
export { cbrt, exp2, expm1, log1p } from "@cognate/ndarray/functions";
