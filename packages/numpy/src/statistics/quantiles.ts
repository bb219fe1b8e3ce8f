import { bool, castTo, type DType, float64, isInteger, type Strided as Kernel } from "@cognate/kernel";
import {
  type ArrayLike,
  type Axis,
  axesOf,
  deliverTo,
  type Item,
  logic,
  type ndarray,
  promoteTypes,
  sorting,
} from "@cognate/ndarray/core";
import { def, IndexError, TypeError, ValueError } from "@cognate/py";
import { anyOf, asArray, ops, reshaped, run, Strided, strided, subtract, wrap } from "../internal.js";
import { lined, quantileType } from "./averages.js";

/** How a quantile between two elements is found: the nine of Hyndman and Fan, and four discrete ones. */
export type Method =
  | "inverted_cdf"
  | "averaged_inverted_cdf"
  | "closest_observation"
  | "interpolated_inverted_cdf"
  | "hazen"
  | "weibull"
  | "linear"
  | "median_unbiased"
  | "normal_unbiased"
  | "lower"
  | "higher"
  | "midpoint"
  | "nearest";

/** Hyndman and Fan's α and β: the virtual index is nq + α + q(1 − α − β) − 1. */
const ALPHA_BETA: Readonly<Record<string, readonly [number, number]>> = {
  interpolated_inverted_cdf: [0, 1],
  hazen: [0.5, 0.5],
  weibull: [0, 0],
  linear: [1, 1],
  median_unbiased: [1 / 3, 1 / 3],
  normal_unbiased: [3 / 8, 3 / 8],
};

interface Place {
  /** Positions among n sorted elements, from 0, and the weight of the second. */
  readonly low: number;
  readonly high: number;
  readonly weight: number;
}

const exactly = (i: number): Place => ({ low: i, high: i, weight: 0 });

/** Where the quantile q of n elements lies. */
function placeOf(q: number, n: number, method: Method): Place {
  const within = (i: number): number => Math.min(Math.max(i, 0), n - 1);
  const between = (v: number, weight?: number): Place => {
    const low = Math.floor(v);
    if (v < 0) return exactly(0);
    if (v >= n - 1) return exactly(n - 1);
    return { low, high: low + 1, weight: weight ?? v - low };
  };
  switch (method) {
    case "inverted_cdf":
      return exactly(within(Math.ceil(n * q) - 1));
    case "averaged_inverted_cdf": {
      const v = n * q - 1;
      return between(v, v === Math.floor(v) ? 0.5 : 1);
    }
    case "closest_observation": {
      const v = n * q - 1 - 0.5;
      const low = Math.floor(v);
      return exactly(within(v === low && low % 2 !== 0 ? low : low + 1));
    }
    case "lower":
      return exactly(within(Math.floor((n - 1) * q)));
    case "higher":
      return exactly(within(Math.ceil((n - 1) * q)));
    case "midpoint": {
      const v = (n - 1) * q;
      return {
        low: within(Math.floor(v)),
        high: within(Math.ceil(v)),
        weight: v === Math.floor(v) ? 0 : 0.5,
      };
    }
    case "nearest": {
      const v = (n - 1) * q;
      const low = Math.floor(v);
      return exactly(within(v - low === 0.5 ? low + (low % 2) : Math.round(v)));
    }
    default: {
      const pair = ALPHA_BETA[method];
      if (!pair)
        throw new ValueError(
          `'${method as string}' is not a valid method. Use one of: dict_keys([${METHODS.map((m) => `'${m}'`).join(", ")}])`,
        );
      const [alpha, beta] = pair;
      return between(n * q + (alpha + q * (1 - alpha - beta)) - 1);
    }
  }
}

const METHODS: readonly Method[] = [
  "inverted_cdf",
  "averaged_inverted_cdf",
  "closest_observation",
  "interpolated_inverted_cdf",
  "hazen",
  "weibull",
  "linear",
  "median_unbiased",
  "normal_unbiased",
  "lower",
  "higher",
  "midpoint",
  "nearest",
];

/** Elements at a position along the last axis. */
const pick = (sorted: Kernel, i: number): Kernel =>
  sorted.view(
    sorted.shape.slice(0, -1),
    sorted.strides.slice(0, -1),
    sorted.offset + i * sorted.strides[sorted.rank - 1]!,
  );

/** a + (b − a)·t from the nearer end, so that equal neighbours give themselves. */
function lerp(a: Strided, b: Strided, t: number, work: DType): Strided {
  // The distance is taken in the elements' own type, as their difference may be exact only there.
  const d = castTo(run(ops.sub, undefined, b, a), work);
  return t < 0.5
    ? run(ops.add, undefined, castTo(a, work), run(ops.mul, undefined, d, t))
    : run(ops.sub, undefined, castTo(b, work), run(ops.mul, undefined, d, 1 - t));
}

const DISCRETE: readonly Method[] = ["inverted_cdf", "closest_observation", "lower", "higher", "nearest"];

/** Quantiles along axes: an array whose first axis (if `q` has one) is that of `q`. */
export function quantileArray(
  x: Strided,
  q: ArrayLike,
  axes: readonly number[],
  method: Method,
  keepdim: boolean,
  weights: ArrayLike | null,
  axis: Axis,
): Strided {
  if (x.dtype.kind === "complex") throw new TypeError("a must be an array of real numbers");
  const qs = strided(q);
  const list = wrap(castTo(qs, float64)).ravel().tolist() as number[];
  if (list.some((v) => !(v >= 0 && v <= 1))) throw new ValueError("Quantiles must be in the range [0, 1]");
  const keepsType = DISCRETE.includes(method);
  const { work, result } = keepsType ? { work: x.dtype, result: x.dtype } : typesOf(x.dtype, qs);
  if (!keepsType && x.dtype === bool && weights === null) throw subtract.core.spec.refuses!(bool)!;
  const line = lined(x, axes);
  const last = line.rank - 1;
  const n = line.shape[last]!;
  if (n === 0) throw emptyError(x.dtype, keepsType);
  const parts =
    weights === null
      ? unweighted(line, list, method, work)
      : weighted(line, strided(weights), list, method, x, axes, axis);
  const rest = keepdim ? x.shape.map((m, d) => (axes.includes(d) ? 1 : m)) : line.shape.slice(0, -1);
  if (parts.length === 0) return Strided.zeros(result, [...qs.shape, ...rest]);
  const y = ops.stack.run(parts, { dim: 0 }) as Strided;
  return castTo(reshaped(y, [...qs.shape, ...rest]), result);
}

/** What NumPy says where there is nothing: it depends on how it would look for NaN. */
function emptyError(d: DType, keepsType: boolean): IndexError {
  if (d.kind !== "float" && keepsType)
    return new IndexError("cannot do a non-empty take from an empty axes.");
  return new IndexError(`index ${d.kind === "float" ? -1 : 0} is out of bounds for axis 0 with size 0`);
}

/** Integers and bools go to float64; a quantile given as an array may widen a float. */
function typesOf(d: DType, q: Strided): { work: DType; result: DType } {
  const types = quantileType(d);
  if (isInteger(d) || d === bool || q.rank === 0) return types;
  return { work: promoteTypes(types.work, q.dtype), result: promoteTypes(types.result, q.dtype) };
}

function unweighted(line: Strided, list: readonly number[], method: Method, work: DType): Strided[] {
  const last = line.rank - 1;
  const n = line.shape[last]!;
  const [sorted] = sorting.sortedAlong(line, last);
  const end = pick(sorted, n - 1);
  const spoiled = line.dtype.kind === "float" ? run(ops.isnan, undefined, end) : null;
  return list.map((v) => {
    const { low, high, weight } = placeOf(v, n, method);
    const a = pick(sorted, low);
    const y = weight === 0 ? castTo(a, work) : lerp(a, pick(sorted, high), weight, work);
    return spoiled
      ? run(ops.where, undefined, castTo(end, work), spoiled, y)
      : run(ops.cast, { dtype: y.dtype }, y);
  });
}

/** The first element whose share of the weight reaches q. */
function weighted(
  line: Strided,
  weights: Strided,
  list: readonly number[],
  method: Method,
  x: Strided,
  axes: readonly number[],
  axis: Axis,
): Strided[] {
  if (method !== "inverted_cdf")
    throw new ValueError(`Only method 'inverted_cdf' supports weights. Got: ${method}.`);
  const full = wrap(castTo(weights, float64));
  const same = full.ndim === x.rank && full._a.shape.every((m, d) => m === x.shape[d]);
  if (!same && axis === null)
    throw new TypeError("Axis must be specified when shapes of a and weights differ.");
  const stretched = same
    ? full._a
    : run(
        ops.expand,
        { shape: x.shape },
        reshaped(
          full._a,
          x.shape.map((m, d) => (axes.includes(d) ? m : 1)),
        ),
      );
  const w = lined(stretched, axes);
  const last = line.rank - 1;
  const [sorted, order] = sorting.sortedAlong(line, last);
  const shares = wrap(run(ops.cumsum, { dim: last }, run(ops.gather, { dim: last }, w, order)));
  const total = shares.at("...", "-1:") as ndarray;
  const part = asArray(shares.div(total));
  if (anyOf(logic.isnan(part))) throw new ValueError("Weights included NaN, inf or were all zero.");
  // Elements without weight at the front are never reached, not even by 0.
  part.set(part.eq(0), -1);
  return list.map((v) => {
    const reached = logic.greater_equal(part, v);
    const at = asArray(asArray(reached).argmax({ axis: last, keepdims: true }));
    return reshaped(run(ops.gather, { dim: last }, sorted, at._a), line.shape.slice(0, -1));
  });
}

const quantileImpl =
  (scale: number) =>
  (
    a: ArrayLike,
    q: ArrayLike,
    axis: Axis = null,
    out: ndarray | null = null,
    _overwrite_input = false,
    method: Method = "linear",
    keepdims = false,
    weights: ArrayLike | null = null,
  ): Item => {
    const x = strided(a);
    const share = scale === 1 ? q : shareOf(q, scale);
    return deliverTo(
      quantileArray(x, share, axesOf(axis, x.rank), method, keepdims, weights, axis),
      out,
      "quantile",
    );
  };

/** Percentiles as quantiles. @throws ValueError */
export function shareOf(q: ArrayLike, scale: number): ArrayLike {
  const x = asArray(q);
  const low = anyOf(x.lt(0)) || anyOf(x.gt(scale));
  if (low) throw new ValueError("Percentiles must be in the range [0, 100]");
  return typeof q === "number" ? q / scale : x.div(scale);
}

const signature = "a q axis out overwrite_input method|interpolation keepdims * weights";

/** Quantiles (q from 0 to 1) along axes, by one of 13 methods. @throws ValueError */
export const quantile = def("numpy.quantile", signature, quantileImpl(1));
/** Percentiles (q from 0 to 100) along axes, by one of 13 methods. @throws ValueError */
export const percentile = def("numpy.percentile", signature, quantileImpl(100));
