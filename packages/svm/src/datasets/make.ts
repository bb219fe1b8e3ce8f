import { rng } from "@cognate/kernel";
import { type ArrayLike, asStrided, type ndarray } from "@cognate/ndarray/core";
import { def, repr, Tuple, ValueError } from "@cognate/py";
import { f64, floats, i64 } from "../base/arrays.js";
import {
  check_random_state,
  permutation,
  type RandomStateLike,
  shuffle as shuffled,
} from "../base/random.js";

type Sampler = rng.Sampler;

/** Samples and labels while they are made. */
interface Made {
  x: Float64Array;
  y: Float64Array;
  readonly width: number;
}

const uniforms = (s: Sampler, n: number): Float64Array => Float64Array.from({ length: n }, () => s.random());
const normals = (s: Sampler, n: number): Float64Array =>
  Float64Array.from({ length: n }, () => s.standardNormal());

/** The samples in random order. */
function reordered(made: Made, s: rng.PolarSampler): void {
  const order = permutation(s, made.y.length);
  const { x, y, width } = made;
  made.y = Float64Array.from(order, (i) => y[i]!);
  made.x = new Float64Array(x.length);
  order.forEach((from, to) => {
    made.x.set(x.subarray(from * width, (from + 1) * width), to * width);
  });
}

/** The columns in another order. */
function turned(x: Float64Array, width: number, order: Int32Array): Float64Array {
  const out = new Float64Array(x.length);
  for (let i = 0; i < x.length; i += width) for (let c = 0; c < width; c++) out[i + c] = x[i + order[c]!]!;
  return out;
}

const labelled = ({ x, y, width }: Made): Tuple<ndarray> => Tuple.of_([f64(x, [y.length, width]), i64(y)]);

const isCount = (x: unknown): x is number => typeof x === "number" || x instanceof Number;

/**
 * Clouds of normally distributed samples around centres.
 *
 * @param n_samples - how many in all, or a number for each centre
 * @param centers - how many centres, or the centres themselves
 * @param cluster_std - the standard deviation, or one for each centre
 *
 * @example
 * ```ts
 * import { datasets } from "@cognate/svm";
 * import { print } from "@cognate/py";
 * const [X, y] = datasets.make_blobs({ n_samples: 4, centers: 2, random_state: 0 });
 * print(X.round(3).tolist(), y); // prints [[2.199, 2.352], [1.952, 1.308], [1.926, 4.152], [2.844, 3.327]] [1 1 0 0]
 * ```
 */
export const make_blobs = def(
  "sklearn.datasets.make_blobs",
  "n_samples n_features * centers cluster_std center_box shuffle random_state return_centers",
  (
    n_samples: number | ArrayLike = 100,
    n_features = 2,
    centers: number | ArrayLike | null = null,
    cluster_std: number | ArrayLike = 1,
    center_box: readonly number[] = [-10, 10],
    shuffle = true,
    random_state: RandomStateLike = null,
    return_centers = false,
  ): Tuple<ndarray> => {
    const s = check_random_state(random_state);
    const given = isCount(n_samples) ? null : floats(asStrided(n_samples));
    const [low, high] = center_box as [number, number];
    let place: Float64Array;
    let width = n_features;
    if (centers === null || isCount(centers)) {
      if (given && centers !== null)
        throw new ValueError(`Parameter \`centers\` must be array-like. Got ${repr(centers)} instead`);
      const k = given ? given.length : Number(centers ?? 3);
      place = uniforms(s, k * width).map((u) => low + (high - low) * u);
    } else {
      const a = asStrided(centers);
      width = a.shape[1]!;
      place = floats(a);
      if (given && a.shape[0] !== given.length)
        throw new ValueError(
          `Length of \`n_samples\` not consistent with number of centers. Got n_samples = ${repr(n_samples)} and centers = ${repr(centers)}`,
        );
    }
    const k = place.length / width;
    const deviation = isCount(cluster_std)
      ? new Float64Array(k).fill(Number(cluster_std))
      : floats(asStrided(cluster_std));
    if (deviation.length !== k)
      throw new ValueError(
        `Length of \`clusters_std\` not consistent with number of centers. Got centers = ${f64(place, [k, width])} and cluster_std = ${repr(cluster_std)}`,
      );
    const each =
      given ??
      Float64Array.from(
        { length: k },
        (_, i) => Math.floor(Number(n_samples) / k) + (i < Number(n_samples) % k ? 1 : 0),
      );
    const total = each.reduce((a, v) => a + v, 0);
    const made: Made = { x: new Float64Array(total * width), y: new Float64Array(total), width };
    let at = 0;
    for (let c = 0; c < k; c++)
      for (let i = 0; i < each[c]!; i++, at++) {
        made.y[at] = c;
        for (let f = 0; f < width; f++)
          made.x[at * width + f] = s.normal(place[c * width + f]!, deviation[c]!);
      }
    if (shuffle) reordered(made, s);
    const [X, y] = labelled(made) as unknown as [ndarray, ndarray];
    return Tuple.of_(return_centers ? [X, y, f64(place, [k, width])] : [X, y]);
  },
);

/** Outer and inner points, in order, perhaps shuffled, with noise. */
function twoCurves(
  outer: readonly (readonly [number, number])[],
  inner: readonly (readonly [number, number])[],
  shuffle: boolean,
  noise: number | null,
  s: rng.PolarSampler,
): Tuple<ndarray> {
  const made: Made = {
    x: Float64Array.from([...outer, ...inner].flat()),
    y: Float64Array.from([...outer.map(() => 0), ...inner.map(() => 1)]),
    width: 2,
  };
  if (shuffle) reordered(made, s);
  if (noise !== null) for (let i = 0; i < made.x.length; i++) made.x[i]! += s.normal(0, Number(noise));
  return labelled(made);
}

/** How many points lie outside and inside. */
function halves(n: number | readonly number[], words: string): readonly [number, number] {
  if (isCount(n)) {
    const out = Math.floor(Number(n) / 2);
    return [out, Number(n) - out];
  }
  if (n.length !== 2) throw new ValueError(words);
  return [n[0]!, n[1]!];
}

const steps = (n: number, to: number, closed: boolean): number[] =>
  Array.from({ length: n }, (_, i) =>
    closed && i === n - 1 && n > 1 ? to : i * (to / (closed ? Math.max(n - 1, 1) : n)),
  );

/** Two half circles that reach into each other. */
export const make_moons = def(
  "sklearn.datasets.make_moons",
  "n_samples * shuffle noise random_state",
  (
    n_samples: number | readonly number[] = 100,
    shuffle = true,
    noise: number | null = null,
    random_state: RandomStateLike = null,
  ): Tuple<ndarray> => {
    const [out, inside] = halves(n_samples, "`n_samples` can be either an int or a two-element tuple.");
    return twoCurves(
      steps(out, Math.PI, true).map((t) => [Math.cos(t), Math.sin(t)] as const),
      steps(inside, Math.PI, true).map((t) => [1 - Math.cos(t), 1 - Math.sin(t) - 0.5] as const),
      shuffle,
      noise,
      check_random_state(random_state),
    );
  },
);

/** A circle around a smaller one. */
export const make_circles = def(
  "sklearn.datasets.make_circles",
  "n_samples * shuffle noise random_state factor",
  (
    n_samples: number | readonly number[] = 100,
    shuffle = true,
    noise: number | null = null,
    random_state: RandomStateLike = null,
    factor = 0.8,
  ): Tuple<ndarray> => {
    const [out, inside] = halves(n_samples, "When a tuple, n_samples must have exactly two elements.");
    return twoCurves(
      steps(out, 2 * Math.PI, false).map((t) => [Math.cos(t), Math.sin(t)] as const),
      steps(inside, 2 * Math.PI, false).map((t) => [Math.cos(t) * factor, Math.sin(t) * factor] as const),
      shuffle,
      noise,
      check_random_state(random_state),
    );
  },
);

/** Different corners of a cube, as rows of zeros and ones. */
function corners(count: number, dimensions: number, s: rng.PolarSampler): Float64Array {
  const out = new Float64Array(count * dimensions);
  const low = Math.max(dimensions - 30, 0);
  for (let i = 0; i < count; i++)
    for (let c = 0; c < low; c++) out[i * dimensions + c] = s.engine.next32() & 1;
  const bits = dimensions - low;
  distinct(2 ** bits, count, s).forEach((v, i) => {
    for (let b = 0; b < bits; b++) out[i * dimensions + low + b] = Math.floor(v / 2 ** (bits - 1 - b)) % 2;
  });
  return out;
}

/** Different numbers below n in no order, as scikit-learn draws them. */
function distinct(n: number, count: number, s: rng.PolarSampler): number[] {
  const ratio = count / n;
  if (ratio > 0.01 && ratio < 0.99) return [...permutation(s, n)].slice(0, count);
  if (ratio >= 0.99) {
    const kept = Array.from({ length: count }, (_, i) => i);
    for (let i = count; i < n; i++) {
      const j = below(s, i + 1);
      if (j < count) kept[j] = i;
    }
    return kept;
  }
  const found = new Set<number>();
  while (found.size < count) found.add(below(s, n));
  return [...found];
}

const below = (s: Sampler, n: number): number => rng.interval(s.engine, n - 1);

/**
 * Clusters of normally distributed samples at corners of a cube, with features that say nothing, and wrong labels.
 *
 * Source: scikit-learn 1.9; the design follows I. Guyon's for the NIPS 2003 variable selection benchmark.
 */
export const make_classification = def(
  "sklearn.datasets.make_classification",
  "n_samples n_features * n_informative n_redundant n_repeated n_classes n_clusters_per_class weights flip_y class_sep hypercube shift scale shuffle random_state",
  (
    n_samples = 100,
    n_features = 20,
    n_informative = 2,
    n_redundant = 2,
    n_repeated = 0,
    n_classes = 2,
    n_clusters_per_class = 2,
    weights: readonly number[] | null = null,
    flip_y = 0.01,
    class_sep = 1,
    hypercube = true,
    shift: number | ArrayLike | null = 0,
    scale: number | ArrayLike | null = 1,
    shuffle = true,
    random_state: RandomStateLike = null,
  ): Tuple<ndarray> => {
    const s = check_random_state(random_state);
    const d = n_features;
    const m = n_informative;
    if (m + n_redundant + n_repeated > d)
      throw new ValueError(
        "Number of informative, redundant and repeated features must sum to less than the number of total features",
      );
    if (m < Math.log2(n_classes * n_clusters_per_class))
      throw new ValueError(
        `n_classes(${n_classes}) * n_clusters_per_class(${n_clusters_per_class}) must be smaller or equal 2**n_informative(${m})=${2 ** m}`,
      );
    if (weights !== null && weights.length !== n_classes && weights.length !== n_classes - 1)
      throw new ValueError("Weights specified but incompatible with number of classes.");
    const share =
      weights === null
        ? new Array<number>(n_classes).fill(1 / n_classes)
        : weights.length === n_classes
          ? [...weights]
          : [...weights, 1 - weights.reduce((a, v) => a + v, 0)];
    const clusters = n_classes * n_clusters_per_class;
    const each = Array.from({ length: clusters }, (_, k) =>
      Math.trunc((n_samples * share[k % n_classes]!) / n_clusters_per_class),
    );
    const missing = n_samples - each.reduce((a, v) => a + v, 0);
    for (let i = 0; i < missing; i++) each[i % clusters]!++;
    const centre = corners(clusters, m, s).map((v) => v * (2 * class_sep) - class_sep);
    if (!hypercube) {
      const [byRow, byColumn] = [uniforms(s, clusters), uniforms(s, m)];
      for (let i = 0; i < centre.length; i++) centre[i]! *= byRow[Math.floor(i / m)]! * byColumn[i % m]!;
    }
    const made: Made = { x: new Float64Array(n_samples * d), y: new Float64Array(n_samples), width: d };
    const base = normals(s, n_samples * m);
    let at = 0;
    each.forEach((count, k) => {
      const a = uniforms(s, m * m).map((u) => 2 * u - 1);
      for (let i = 0; i < count; i++, at++) {
        made.y[at] = k % n_classes;
        for (let c = 0; c < m; c++) {
          let v = 0;
          for (let p = 0; p < m; p++) v += base[at * m + p]! * a[p * m + c]!;
          made.x[at * d + c] = v + centre[k * m + c]!;
        }
      }
    });
    if (n_redundant > 0) {
      const b = uniforms(s, m * n_redundant).map((u) => 2 * u - 1);
      for (let i = 0; i < n_samples; i++)
        for (let c = 0; c < n_redundant; c++) {
          let v = 0;
          for (let p = 0; p < m; p++) v += made.x[i * d + p]! * b[p * n_redundant + c]!;
          made.x[i * d + m + c] = v;
        }
    }
    const known = m + n_redundant;
    if (n_repeated > 0) {
      const from = Array.from(uniforms(s, n_repeated), (u) => Math.trunc((known - 1) * u + 0.5));
      for (let i = 0; i < n_samples; i++)
        from.forEach((f, c) => {
          made.x[i * d + known + c] = made.x[i * d + f]!;
        });
    }
    const rest = d - known - n_repeated;
    if (rest > 0) {
      const noise = normals(s, n_samples * rest);
      for (let i = 0; i < n_samples; i++)
        for (let c = 0; c < rest; c++) made.x[i * d + d - rest + c] = noise[i * rest + c]!;
    }
    if (flip_y >= 0) {
      const flipped = [...uniforms(s, n_samples).entries()].filter(([, u]) => u < flip_y);
      for (const [i] of flipped) made.y[i] = below(s, n_classes);
    }
    const perFeature = (given: number | ArrayLike | null, draw: (u: number) => number): Float64Array => {
      if (given === null) return uniforms(s, d).map(draw);
      return isCount(given) ? new Float64Array(d).fill(Number(given)) : floats(asStrided(given));
    };
    const moved = perFeature(shift, (u) => (2 * u - 1) * class_sep);
    for (let i = 0; i < made.x.length; i++) made.x[i]! += moved[i % d]!;
    const factor = perFeature(scale, (u) => 1 + 100 * u);
    for (let i = 0; i < made.x.length; i++) made.x[i]! *= factor[i % d]!;
    if (shuffle) {
      reordered(made, s);
      const order = Int32Array.from({ length: d }, (_, i) => i);
      shuffled(s, order);
      made.x = turned(made.x, d, order);
    }
    return labelled(made);
  },
);

/** A linear relation of some features, with noise. */
export const make_regression = def(
  "sklearn.datasets.make_regression",
  "n_samples n_features * n_informative n_targets bias effective_rank tail_strength noise shuffle coef random_state",
  (
    n_samples = 100,
    n_features = 100,
    n_informative = 10,
    n_targets = 1,
    bias = 0,
    effective_rank: number | null = null,
    _tail_strength = 0.5,
    noise = 0,
    shuffle = true,
    coef = false,
    random_state: RandomStateLike = null,
  ): Tuple<ndarray> => {
    if (effective_rank !== null)
      throw new ValueError(
        "make_regression here makes well conditioned samples only: leave effective_rank out",
      );
    if (n_targets !== 1) throw new ValueError("make_regression here makes one target: leave n_targets out");
    const s = check_random_state(random_state);
    const d = n_features;
    const made: Made = { x: normals(s, n_samples * d), y: new Float64Array(n_samples), width: d };
    let truth = new Float64Array(d);
    truth.set(uniforms(s, Math.min(d, n_informative)).map((u) => 100 * u));
    for (let i = 0; i < n_samples; i++) {
      let v = 0;
      for (let c = 0; c < d; c++) v += made.x[i * d + c]! * truth[c]!;
      made.y[i] = v + bias;
    }
    if (noise > 0) for (let i = 0; i < n_samples; i++) made.y[i]! += s.normal(0, noise);
    if (shuffle) {
      reordered(made, s);
      const order = Int32Array.from({ length: d }, (_, i) => i);
      shuffled(s, order);
      made.x = turned(made.x, d, order);
      truth = Float64Array.from(order, (c) => truth[c]!);
    }
    const X = f64(made.x, [n_samples, d]);
    return Tuple.of_(coef ? [X, f64(made.y), f64(truth)] : [X, f64(made.y)]);
  },
);
