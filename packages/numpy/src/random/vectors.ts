import { castTo, contiguous, float64, int64, rng, Strided } from "@cognate/kernel";
import { type ArrayLike, type Item, indexOf, type ndarray } from "@cognate/ndarray/core";
import { RuntimeWarning, TypeError, ValueError, warn } from "@cognate/py";
import { asArray, ops, run, strided, wrap } from "../internal.js";
import { allclose } from "../testing/compare.js";
import { type Size, type Source, sizeShape } from "./source.js";

const lead = (size: Size): number[] => (size === null ? [] : sizeShape(size));

const floats = (x: ArrayLike): Float64Array => contiguous(castTo(strided(x), float64)).flat() as Float64Array;

/** How often each outcome came up in n trials. @throws ValueError */
export function multinomialOf(source: Source, n: ArrayLike, pvals: ArrayLike, size: Size): Item {
  const p = strided(pvals);
  const values = floats(pvals);
  const k = p.rank === 0 ? 0 : p.shape[p.rank - 1]!;
  if (p.rank === 0 || k === 0)
    throw new ValueError("pvals must have at least 1 dimension and the last dimension must be at least 1.");
  const trials = asArray(n);
  const counts = trials.ravel().tolist() as number[];
  if (counts.some((v) => v < 0)) throw new ValueError("n < 0");
  if (values.some((v) => !(v >= 0 && v <= 1)))
    throw new ValueError("pvals < 0, pvals > 1 or pvals contains NaNs");
  const head = values.slice(0, k - 1).reduce((a, b) => a + b, 0);
  if (head > 1 + 1e-12)
    throw new ValueError(
      source.legacy && p.dtype === float64
        ? "sum(pvals[:-1]) > 1.0"
        : `sum(pvals[:-1]${p.dtype === float64 ? "" : ".astype(np.float64)"}) > 1.0`,
    );
  const shape = size === null ? [...trials.shape] : lead(size);
  const out = Strided.zeros(int64, [...shape, k]);
  rng.fillRows(out, (line, row) =>
    source.sampler.multinomial(counts[counts.length === 1 ? 0 : row]!, values, line),
  );
  return wrap(out) as Item;
}

/** Shares that sum to 1. @throws ValueError */
export function dirichletOf(source: Source, alpha: ArrayLike, size: Size): Item {
  const values = floats(alpha);
  if (source.legacy && values.some((v) => !(v > 0))) throw new ValueError("alpha <= 0");
  if (values.some((v) => v < 0)) throw new ValueError("alpha < 0");
  const out = Strided.zeros(float64, [...lead(size), values.length]);
  rng.fillRows(out, (line) => source.sampler.dirichlet(values, line));
  return wrap(out) as Item;
}

/** How often each colour is among nsample things drawn without putting back. @throws ValueError */
export function multivariateHypergeometricOf(
  source: Source,
  colors: ArrayLike,
  nsample: number,
  size: Size,
  method: "marginals" | "count",
): Item {
  if (method !== "marginals" && method !== "count")
    throw new ValueError('method must be "count" or "marginals".');
  const values = floats(colors);
  if (values.some((v) => v < 0))
    throw new ValueError(
      "colors must be one-dimensional sequence of nonnegative integers not exceeding 9223372036854775807.",
    );
  const total = values.reduce((a, b) => a + b, 0);
  const n = indexOf(nsample);
  if (n < 0) throw new ValueError("nsample must be nonnegative.");
  if (n > total) throw new ValueError("nsample > sum(colors)");
  const out = Strided.zeros(int64, [...lead(size), values.length]);
  if (method === "marginals") {
    rng.fillRows(out, (line) => source.sampler.multivariateHypergeometric(values, n, line));
    return wrap(out) as Item;
  }
  const things = Uint32Array.from([...values].flatMap((c, k) => Array.from({ length: c }, () => k)));
  rng.fillRows(out, (line) => source.sampler.multivariateHypergeometricByThing(values, things, n, line));
  return wrap(out) as Item;
}

type Factor = "svd" | "eigh" | "cholesky";

/** Vectors from a normal distribution, by the factors of its covariances. @throws ValueError */
export function multivariateNormalOf(
  source: Source,
  mean: ArrayLike,
  cov: ArrayLike,
  size: Size,
  checkValid: "warn" | "raise" | "ignore",
  tol: number,
  method: Factor,
): Item {
  const centre = wrap(castTo(strided(mean), float64));
  const c = wrap(castTo(strided(cov), float64));
  if (centre.ndim !== 1) throw new ValueError("mean must be 1 dimensional");
  if (c.ndim !== 2 || c.shape[0] !== c.shape[1]) throw new ValueError("cov must be 2 dimensional and square");
  if (centre.shape[0] !== c.shape[0]) throw new ValueError("mean and cov must have same length");
  if (!["warn", "raise", "ignore"].includes(checkValid))
    throw new ValueError("check_valid must equal 'warn', 'raise', or 'ignore'");
  const n = centre.size;
  const shape = [...lead(size), n];
  const z = Strided.zeros(float64, shape);
  rng.fillDraws(z, () => source.sampler.standardNormal(), []);
  const factor = factorOf(c, method, checkValid, tol);
  const flat = wrap(z).reshape(-1, n);
  return asArray(flat.dot(factor)).reshape(shape).add(centre) as Item;
}

/** A matrix F with FᵀF = c. */
function factorOf(c: ndarray, method: Factor, checkValid: string, tol: number): ndarray {
  const valid = (same: () => boolean): void => {
    if (checkValid === "ignore" || same()) return;
    const text = "covariance is not symmetric positive-semidefinite.";
    if (checkValid === "warn") warn(text, RuntimeWarning);
    else throw new ValueError(text);
  };
  const close = (y: ArrayLike): boolean => allclose.impl(y, c, tol, tol);
  if (method === "cholesky") return wrap(run(ops.cholesky, undefined, c._a)).T;
  if (method === "eigh") {
    const [w, v] = ops.eigh.run([c._a], {}) as readonly Strided[];
    const [values, vectors] = [wrap(w!), wrap(v!)];
    valid(() => !(values.tolist() as number[]).some((s) => s < -tol));
    const roots = asArray(asArray(values.clip(0)).pow(0.5));
    return asArray(asArray(roots.at(":", null)).mul(vectors.T));
  }
  if (method !== "svd") throw new TypeError(`method must be one of {'eigh', 'svd', 'cholesky'}`);
  const [, s, vh] = ops.svd.run([c._a], { fullMatrices: true }) as readonly Strided[];
  const [values, right] = [wrap(s!), wrap(vh!)];
  valid(() => close(asArray(right.T.mul(values)).dot(right)));
  return asArray(asArray(values.pow(0.5)).at(":", null)).mul(right) as ndarray;
}
