import { rng } from "@cognate/kernel";
import { type ArrayLike, asStrided, type ndarray } from "@cognate/ndarray/core";
import { def, Tuple, ValueError } from "@cognate/py";
import { f64, floats } from "../base/arrays.js";
import {
  check_random_state,
  permutation,
  type RandomStateLike,
  shuffle as shuffled,
} from "../base/random.js";
import { isCount, labelled, type Made, normals, reordered, type Sampler, turned, uniforms } from "./made.js";

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
