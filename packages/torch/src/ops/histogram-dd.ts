// Histograms of points with several coordinates.
import { def, NotImplementedError, RuntimeError, Tuple } from "@cognate/py";
import { get_default_dtype } from "../dtype.js";
import { scalarName } from "../promotion.js";
import * as returned from "../return-types.js";
import { Tensor } from "../tensor/tensor.js";
import { type Int, int } from "./args.js";
import { linspace, zeros } from "./creation.js";
import { bucketize } from "./search.js";

type Bins = Int | readonly (Int | Tensor)[];

/** Whole numbers that JavaScript could not write as floats as what they were meant to be. */
const settled = (x: Tensor): Tensor => (x._value.weak ? x.to(get_default_dtype()) : x);

/** The histogram and the edges of its bins along each axis. */
export type HistogramDd = Tuple<Tensor | Tuple<Tensor>> & {
  readonly hist: Tensor;
  readonly bin_edges: Tuple<Tensor>;
};

/**
 * How many points (or what weight) lie in each box of a grid; the last axis of `input` holds a point's coordinates.
 *
 * @param bins - the number of parts of each axis, or their edges
 * @param range - least and greatest coordinate of each axis, those of the points if left out
 * @param density - divide by the sum and by the volumes of the boxes
 * @throws RuntimeError where `bins` does not fit the coordinates
 */
export const histogramdd = def(
  "torch.histogramdd",
  "input bins range weight density",
  (
    input: Tensor,
    bins: Bins,
    range: readonly number[] | null = null,
    weight: Tensor | null = null,
    density = false,
  ): HistogramDd => {
    const x = settled(input);
    if (input.ndim < 2)
      throw new RuntimeError("torch.histogramdd: input tensor should have at least 2 dimensions");
    const axes = input.shape.at(-1) as number;
    const given: readonly (Int | Tensor)[] = Array.isArray(bins)
      ? bins
      : Array.from({ length: axes }, () => bins as Int);
    if (given.length !== axes)
      throw new RuntimeError(
        "histogramdd: The size of bins must be equal to the innermost dimension of the input.",
      );
    if (!x.dtype.is_floating_point)
      throw new NotImplementedError(`"histogramdd" not implemented for '${scalarName(input._value.dtype)}'`);
    const points = x.detach().reshape(-1, axes);
    const edges = given.map((b, i) => {
      if (b instanceof Tensor && b.ndim > 0) return b;
      const column = points.select(1, i);
      const [low, high] = range
        ? [range[2 * i]!, range[2 * i + 1]!]
        : column.numel() === 0
          ? [0, 1]
          : [Number(column.min()), Number(column.max())];
      const by = low === high ? 0.5 : 0;
      return linspace(low! - by, high! + by, int(b as Int) + 1, { dtype: x.dtype });
    });
    const counts = edges.map((e) => e.numel() - 1);
    let place = zeros(points.shape[0]!).long();
    let inside = points.select(1, 0).eq(points.select(1, 0)).clone();
    edges.forEach((e, i) => {
      const column = points.select(1, i).contiguous();
      const last = e.at(-1);
      inside = inside.logical_and(column.ge(e.at(0))).logical_and(column.le(last));
      const bin = bucketize(column, e, { right: true })
        .sub(1)
        .clamp_max(counts[i]! - 1);
      place = place.mul(counts[i]!).add(bin);
    });
    const total = counts.reduce((a, b) => a * b, 1);
    const weights = (weight ? weight.detach().reshape(-1) : points.select(1, 0).mul(0).add(1)).at(inside);
    let hist = zeros(total, { dtype: x.dtype })
      .index_add(0, place.at(inside), weights)
      .view(...counts);
    if (density) {
      hist = hist.div(hist.sum());
      edges.forEach((e, i) => {
        hist = hist.div(e.diff().view(...counts.map((_, k) => (k === i ? -1 : 1))));
      });
    }
    return returned.histogramdd.make([hist, Tuple.of_(edges) as never]) as unknown as HistogramDd;
  },
);
