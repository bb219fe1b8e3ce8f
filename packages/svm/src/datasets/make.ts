import type { rng } from "@cognate/kernel";
import { type ArrayLike, asStrided, type ndarray } from "@cognate/ndarray/core";
import { def, repr, Tuple, ValueError } from "@cognate/py";
import { f64, floats } from "../base/arrays.js";
import { check_random_state, type RandomStateLike } from "../base/random.js";
import { isCount, labelled, type Made, reordered, uniforms } from "./made.js";

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
