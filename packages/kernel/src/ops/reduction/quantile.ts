import { type AlongParams, along } from "../engines/lines.js";
import { orderAt } from "../sort/select.js";

/** How a quantile between two elements is found. */
export type QuantileMethod = "linear" | "lower" | "higher" | "midpoint" | "nearest";

export interface QuantileParams extends AlongParams {
  /** Numbers from 0 to 1. */
  readonly q: readonly number[];
  readonly method?: QuantileMethod;
  /** Leave NaNs out; else one NaN makes the whole line NaN. */
  readonly ignoreNan?: boolean;
  /** Rounds ranks q·(n − 1) as the library's own type of ranks does; float64 by default. */
  readonly single?: boolean;
}

/** Where a rank falls: the positions below and above it among sorted elements, and the weight of the upper one. */
function placeOf(rank: number, method: QuantileMethod): readonly [number, number, number] {
  const [below, above] = [Math.floor(rank), Math.ceil(rank)];
  switch (method) {
    case "lower":
      return [below, below, 0];
    case "higher":
      return [above, above, 0];
    case "midpoint":
      return [below, above, below === above ? 0 : 0.5];
    case "nearest": {
      const near = rank - below === 0.5 ? below + (below % 2) : Math.round(rank);
      return [near, near, 0];
    }
    default:
      return [below, above, rank - below];
  }
}

/**
 * Quantiles along an axis, whose length becomes that of `q`. The other outputs say where each came from: positions of
 * the elements below and above, and the weight of the upper one.
 */
export const quantile = along<
  QuantileParams,
  "y" | "below" | "above" | "weight",
  "below" | "above" | "weight"
>({
  name: "quantile",
  outputs: ["y", "below", "above", "weight"],
  dtypes: ["same", "index", "index", "same"],
  floatOnly: true,
  lengths: (_n, { q }) => [q.length, q.length, q.length, q.length],
  reference: (x, [y, below, above, weight], { q, method = "linear", ignoreNan = false, single = false }) => {
    let n = x.length;
    let lastNan = 0;
    for (let i = 0; i < x.length; i++)
      if (Number.isNaN(x[i])) {
        n--;
        lastNan = i;
      }
    if (n === 0 || (n < x.length && !ignoreNan)) {
      y!.fill(Number.NaN);
      below!.fill(lastNan);
      above!.fill(lastNan);
      weight!.fill(0);
      return;
    }
    const places = q.map((share) =>
      placeOf(single ? Math.fround(Math.fround(share) * (n - 1)) : share * (n - 1), method),
    );
    const ranks: number[] = [];
    for (const [i, j] of places) ranks.push(i, j);
    const found = orderAt(x, ranks);
    for (let k = 0; k < q.length; k++) {
      const w = places[k]![2];
      const [lo, hi] = [found[2 * k]!, found[2 * k + 1]!];
      const [a, b] = [x[lo]!, x[hi]!];
      // From the nearer end, so that equal or infinite neighbours give themselves.
      y![k] = w === 0 || a === b ? a : w < 0.5 ? a + w * (b - a) : b - (b - a) * (1 - w);
      [below![k], above![k], weight![k]] = [lo, hi, w];
    }
  },
  saves: ["below", "above", "weight"],
  vjps: ({ y: gy }, { below, above, weight }, { params, shape }) => {
    if (!gy) return { x: null };
    if (shape(0).length === 0) return { x: gy.reshape({ shape: [params.q.length] }).sum({ dims: [0] }) };
    const upper = gy.mul(weight);
    return {
      x: gy
        .full(shape(0), 0)
        .scatterAdd(below, gy.sub(upper), { dim: params.dim })
        .scatterAdd(above, upper, { dim: params.dim }),
    };
  },
  samples: [
    { inputs: [[3, 4]], params: { dim: 1, q: [0, 0.3, 1] } },
    { inputs: [[3, 4]], params: { dim: 0, q: [0.25], method: "midpoint" } },
  ],
});
