import { bool, castTo, float64, int64, isInteger } from "@cognate/kernel";
import {
  type ArrayLike,
  indexOf,
  itemOf,
  type ndarray,
  select as selection,
  toKernel,
} from "@cognate/ndarray/core";
import { def, Tuple, TypeError, ValueError } from "@cognate/py";
import { linspace } from "../creation/grids.js";
import {
  anyOf,
  asArray,
  cast,
  listOf,
  ops,
  reshaped,
  run,
  Strided,
  strided,
  tooDeep,
  wrap,
} from "../internal.js";
import { diff } from "../math/differences.js";
import { percentile } from "./quantiles.js";

type Bins = number | string | ArrayLike;
type Range = readonly [number, number] | null;

type Estimator = (x: ndarray, range: readonly [number, number]) => number;

const spread = (x: ndarray): number => Number(x.max()) - Number(x.min());
const iqr = (x: ndarray): number => {
  const [low, high] = asArray(percentile(x, [25, 75])).tolist() as [number, number];
  return high - low;
};

/** Widths of bins by the rules that NumPy knows by name. */
const ESTIMATORS: Readonly<Record<string, Estimator>> = {
  sqrt: (x) => spread(x) / Math.sqrt(x.size),
  sturges: (x) => spread(x) / (Math.log2(x.size) + 1),
  rice: (x) => spread(x) / (2 * Math.cbrt(x.size)),
  scott: (x) => Math.cbrt((24 * Math.sqrt(Math.PI)) / x.size) * Number(x.std()),
  fd: (x) => (2 * iqr(x)) / Math.cbrt(x.size),
  doane: (x) => {
    if (x.size <= 2) return 0;
    const sigma = Number(x.std());
    if (sigma <= 0) return 0;
    const g1 = Number(
      asArray(asArray(x.sub(x.mean())).div(sigma))
        .pow(3)
        .mean(),
    );
    const sg1 = Math.sqrt((6 * (x.size - 2)) / ((x.size + 1) * (x.size + 3)));
    return spread(x) / (1 + Math.log2(x.size) + Math.log2(1 + Math.abs(g1) / sg1));
  },
  stone: (x, range) => stone(x, range),
  auto: (x, range) => {
    const [f, s] = [ESTIMATORS.fd!(x, range), ESTIMATORS.sturges!(x, range)];
    const least = Math.max(Math.min(f || s, s), 0);
    // The width of the root rule keeps Freedman and Diaconis's from falling without bound.
    return f ? Math.min(Math.max(f, ESTIMATORS.sqrt!(x, range) / 2), s) : least;
  },
};

function stone(x: ndarray, range: readonly [number, number]): number {
  const n = x.size;
  const width = spread(x);
  if (n <= 1 || width === 0) return 0;
  const risk = (bins: number): number => {
    const h = width / bins;
    const [counts] = histogram(x, bins, range) as unknown as [ndarray];
    const p = asArray(counts.div(n));
    return (2 - (n + 1) * Number(p.dot(p))) / h;
  };
  const most = Math.max(100, Math.floor(Math.sqrt(n)));
  let [best, least] = [1, Number.POSITIVE_INFINITY];
  for (let k = 1; k <= most; k++) {
    const r = risk(k);
    if (r < least) [best, least] = [k, r];
  }
  return width / best;
}

function outerEdges(x: ndarray, range: Range): readonly [number, number] {
  let [low, high] = [0, 1];
  if (range) {
    [low, high] = range.map(Number) as [number, number];
    if (low > high) throw new ValueError("max must be larger than min in range parameter.");
    if (!Number.isFinite(low) || !Number.isFinite(high))
      throw new ValueError(`supplied range of [${low}, ${high}] is not finite`);
  } else if (x.size > 0) {
    [low, high] = [Number(x.min()), Number(x.max())];
    if (!Number.isFinite(low) || !Number.isFinite(high))
      throw new ValueError(`autodetected range of [${textOf(low)}, ${textOf(high)}] is not finite`);
  }
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

const textOf = (x: number): string =>
  Number.isNaN(x) ? "nan" : x === Infinity ? "inf" : x === -Infinity ? "-inf" : String(x);

/** Edges of n bins of one width, in the data's type where that is of floats. */
function edges(low: number, high: number, n: number, { _a: { dtype } }: ndarray): ndarray {
  const line = linspace.impl(low, high, n + 1)._a;
  return wrap(dtype.kind === "float" ? cast(line, dtype) : line);
}

/** Edges of bins, evenly spaced or as given. */
function edgesOf(a: ndarray, bins: Bins, range: Range, weights: ndarray | null): ndarray {
  const flat = a.ravel();
  if (typeof bins === "string") {
    const rule = ESTIMATORS[bins];
    if (!rule) throw new ValueError(`'${bins}' is not a valid estimator for \`bins\``);
    if (weights)
      throw new TypeError("Automated estimation of the number of bins is not supported for weighted data");
    const [low, high] = outerEdges(flat, range);
    const used = range ? (flat.at(asArray(flat.ge(low)).and(flat.le(high))) as ndarray) : flat;
    let width = used.size === 0 ? 0 : rule(wrap(cast(used._a, float64)), [low, high]);
    if (isInteger(a._a.dtype) && width > 0 && width < 1) width = 1;
    const n = used.size === 0 || !width ? 1 : Math.ceil((high - low) / width);
    return edges(low, high, n, a);
  }
  const given = asArray(bins as ArrayLike);
  if (given.ndim === 0) {
    const n = countOf(bins);
    if (n < 1) throw new ValueError("`bins` must be positive, when an integer");
    const [low, high] = outerEdges(flat, range);
    return edges(low, high, n, a);
  }
  if (given.ndim !== 1) throw new ValueError("`bins` must be 1d, when an array");
  if (anyOf(asArray(given.at(":-1")).gt(given.at("1:"))))
    throw new ValueError("`bins` must increase monotonically, when an array");
  return given;
}

function countOf(bins: unknown): number {
  try {
    return indexOf(bins);
  } catch {
    throw new TypeError("`bins` must be an integer, a string, or an array");
  }
}

const weightsFor = (weights: ArrayLike | null, a: ndarray): ndarray | null => {
  if (weights === null) return null;
  const w = asArray(weights);
  if (w.shape.some((n, d) => n !== a.shape[d]) || w.ndim !== a.ndim)
    throw new ValueError("weights should have the same shape as a.");
  return w.ravel();
};

/** The edges of the bins that {@link histogram} would use. */
export const histogram_bin_edges = def(
  "numpy.histogram_bin_edges",
  "a bins range weights",
  (a: ArrayLike, bins: Bins = 10, range: Range = null, weights: ArrayLike | null = null): ndarray => {
    const x = asArray(a);
    return edgesOf(x, bins, range, weightsFor(weights, x));
  },
);

/**
 * How many elements fall into each bin, or the sum of their weights; the last bin includes its right edge.
 *
 * @param bins - their number, their edges, or the name of a rule (`"auto"`, `"sturges"`, `"fd"` …)
 * @returns a tuple of counts (densities if `density`) and edges
 */
export const histogram = def(
  "numpy.histogram",
  "a bins range density weights",
  (
    a: ArrayLike,
    bins: Bins = 10,
    range: Range = null,
    density: boolean | null = null,
    weights: ArrayLike | null = null,
  ): Tuple<ndarray> => {
    const given = asArray(a);
    const x = given._a.dtype === bool ? wrap(cast(given._a, toKernel("uint8"))) : given;
    const w = weightsFor(weights, given);
    const edges = edgesOf(x, bins, range, w);
    const counts = counted(x.ravel(), edges, w);
    if (!density) return Tuple.of_([counts, edges]);
    const widths = asArray(wrap(cast(diff.impl(edges)._a, float64)));
    return Tuple.of_([asArray(counts.div(widths)).div(counts.sum()), edges]);
  },
);

function counted(x: ndarray, edges: ndarray, weights: ndarray | null): ndarray {
  const bounds = castTo(edges._a, float64);
  const one = (w: Strided | null): Strided => run(ops.histogram, undefined, castTo(x._a, float64), bounds, w);
  if (!weights) return wrap(cast(one(null), int64));
  if (weights._a.dtype.kind === "complex")
    return wrap(
      run(
        ops.complex,
        undefined,
        one(run(ops.real, undefined as never, weights._a)),
        one(run(ops.imag, undefined as never, weights._a)),
      ),
    );
  const type = weights._a.dtype === bool ? int64 : weights._a.dtype;
  return wrap(cast(one(castTo(weights._a, float64)), type));
}

/** The histogram of points with any number of coordinates, one column each. */
export const histogramdd = def(
  "numpy.histogramdd",
  "sample bins range density weights",
  (
    sample: ArrayLike,
    bins: Bins | readonly Bins[] = 10,
    range: readonly Range[] | null = null,
    density: boolean | null = null,
    weights: ArrayLike | null = null,
  ): Tuple => {
    const given = asArray(sample);
    const points =
      Array.isArray(sample) && given.ndim === 2 ? given.T : given.ndim === 1 ? given.reshape(-1, 1) : given;
    const [n, dims] = points.shape as unknown as [number, number];
    const each = Array.isArray(bins)
      ? (bins as readonly Bins[])
      : Array.from({ length: dims }, () => bins as Bins);
    if (each.length !== dims)
      throw new ValueError("The dimension of bins must be equal to the dimension of the sample x.");
    const columns = Array.from({ length: dims }, (_, d) => points.at(":", d) as ndarray);
    const edges = columns.map((c, d) =>
      edgesOf(wrap(cast(c._a, float64)), each[d]!, range?.[d] ?? null, null),
    );
    const sizes = edges.map((e) => e.size - 1);
    let inside = run(ops.logicalNot, undefined, Strided.zeros(bool, [n]));
    let flat = Strided.zeros(int64, [n]);
    columns.forEach((c, d) => {
      const e = edges[d]!;
      const x = castTo(c._a, float64);
      const last = run(
        ops.eq,
        undefined,
        x,
        castTo(e._a, float64).view([], [], e._a.offset + (e.size - 1) * e._a.strides[0]!),
      );
      const at = run(ops.sub, undefined, run(ops.searchsorted, { right: true }, castTo(e._a, float64), x), 1);
      const bin = run(ops.sub, undefined, at, castTo(last, int64));
      const fits = run(
        ops.logicalAnd,
        undefined,
        run(ops.ge, undefined, bin, 0),
        run(ops.lt, undefined, bin, sizes[d]!),
      );
      inside = run(ops.logicalAnd, undefined, inside, fits);
      flat = run(ops.add, undefined, run(ops.mul, undefined, flat, sizes[d]!), bin);
    });
    const found = run(ops.nonzero, undefined, inside);
    const kept = reshaped(found, [found.size]);
    const chosen = run(ops.index, { indices: [kept] }, flat);
    const w =
      weights === null ? null : run(ops.index, { indices: [kept] }, castTo(strided(weights), float64));
    const total = sizes.reduce((p, q) => p * q, 1);
    const counts = run(ops.bincount, { minlength: total }, chosen, w);
    const hist = wrap(cast(reshaped(counts, sizes), float64));
    if (!density) return Tuple.of_([hist, Tuple.of_(edges)]);
    const volume = edges.reduce<ndarray>(
      (h, e, d) => asArray(h.div(diff.impl(e).reshape(sizes.map((m, k) => (k === d ? m : 1))))),
      hist,
    );
    return Tuple.of_([volume.div(hist.sum()), Tuple.of_(edges)]);
  },
);

/** The histogram of points in the plane: counts, edges along x, edges along y. */
export const histogram2d = def(
  "numpy.histogram2d",
  "x y bins range density weights",
  (
    x: ArrayLike,
    y: ArrayLike,
    bins: Bins | readonly Bins[] = 10,
    range: readonly Range[] | null = null,
    density: boolean | null = null,
    weights: ArrayLike | null = null,
  ): Tuple<ndarray> => {
    const [a, b] = [asArray(x), asArray(y)];
    if (a.size !== b.size) throw new ValueError("x and y must have the same length.");
    // One list of edges serves both axes, unless it is a pair of them.
    const list = Array.isArray(bins) ? listOf(bins as readonly ArrayLike[]) : null;
    const both = list && list.length !== 2 ? [bins, bins] : bins;
    const points = wrap(ops.stack.run([castTo(a._a, float64), castTo(b._a, float64)], { dim: 1 }) as Strided);
    const [hist, edges] = histogramdd.impl(points, both as Bins, range, density, weights) as unknown as [
      ndarray,
      Tuple<ndarray>,
    ];
    return Tuple.of_([hist, edges[0]!, edges[1]!]);
  },
);

/** How often each whole number from 0 occurs, or the sum of the weights beside it. @throws ValueError, TypeError */
export const bincount = def(
  "numpy.bincount",
  "x weights minlength",
  (x: ArrayLike, weights: ArrayLike | null = null, minlength = 0): ndarray => {
    const { rank } = strided(x);
    if (rank === 0) throw new ValueError("object of too small depth for desired array");
    if (rank > 1) throw tooDeep(x);
    if (minlength < 0) throw new ValueError("'minlength' must not be negative");
    const numbers = selection.wholeNumbers(x);
    if (numbers.size > 0 && itemOf(run(ops.any, {}, run(ops.lt, undefined, numbers, 0))))
      throw new ValueError("'list' argument must have no negative elements");
    const w = weights === null ? null : castTo(strided(weights), float64);
    if (w && w.size !== numbers.size)
      throw new ValueError("The weights and list don't have the same length.");
    return wrap(run(ops.bincount, { minlength }, numbers, w));
  },
);

/** For each element the number of the bin that it falls into; bins rise or fall. @throws ValueError */
export const digitize = def(
  "numpy.digitize",
  "x bins right",
  (x: ArrayLike, bins: ArrayLike, right = false): ndarray => {
    const edges = asArray(bins);
    if (strided(x).dtype.kind === "complex") throw new TypeError("x may not be complex");
    const d = diff.impl(edges);
    // A NaN at the end is no step down.
    const rises = !anyOf(d.lt(0));
    if (!rises && anyOf(d.gt(0))) throw new ValueError("bins must be monotonically increasing or decreasing");
    const side = right ? "left" : "right";
    if (rises) return edges.searchsorted(x, side) as ndarray;
    const turned = edges.at("::-1") as ndarray;
    return asArray(turned.searchsorted(x, right ? "right" : "left")).rsub(edges.size);
  },
);
